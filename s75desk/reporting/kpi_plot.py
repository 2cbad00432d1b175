"""What of a KPI is drawn, and how: which figures belong together, as a line or as bars, against which target."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from itertools import pairwise

from s75desk.domain.kpi_figures import Gap, Point, Usable, alike, follows, point_words, usable_figures
from s75desk.domain.kpi_totals import judged_forecast, total_in, total_words
from s75desk.domain.months import is_month_end
from s75desk.domain.performance import KpiSheet
from s75desk.domain.periods.flows import Total
from s75desk.domain.periods.kinds import LENGTHS, adds_up, cumulative, year_kind
from s75desk.domain.periods.span import Length
from s75desk.domain.periods.years import YearKind
from s75desk.domain.records import Kpi
from s75desk.domain.records.kpi import Adding, Measure
from s75desk.domain.targets import unit_for, unit_of
from s75desk.domain.wording import MONTHS, list_words, plural
from s75desk.reporting.reaches import Reach, reach_of

LEAST_FOR_A_LINE = 3
"""One or two figures make no line: they are drawn as bars from nought."""

NOT_OF_ONE_LENGTH = "Not joined: the periods are not of one length."


class Form(Enum):
    """How the figures are drawn."""

    NOTHING = "nothing"
    RUN = "run chart"  # equal periods one after another, a slot each
    DATED = "line chart"  # figures at days, as far apart as the days are
    BARS = "bar chart"  # periods of different lengths, figures of different scopes, or very few of them


@dataclass(frozen=True, slots=True)
class YearSum:
    """A year under the chart: "2016/17 to Nov: 2,133"."""

    year: int
    words: str


@dataclass(frozen=True, slots=True)
class KpiPlot:
    """Everything a chart of a KPI needs.

    Attributes:
        form: How it is drawn.
        points: The figures, oldest first.
        gaps: Figures that say why they have no value, oldest first.
        length: The length of their periods for a run chart.
        unit: "%", "£" or a word.
        measure: What kind of figures they are.
        own_measure: Whether that is the KPI's own measure, so that its target applies.
        reaches: The target as drawn beside each point, or None where there is none for such a period.
        joined: For each point whether the line goes on to it from the one before.
        years: The kind of year it has.
        forecast: The running year's sum and forecast, for bars of a flow that has a target; or None.
        sums: Years with their totals for a run chart of a flow, or just the years.
        scoped: Whether the figures have different scopes, which the labels must say.
        notes: What the chart does not show by itself: figures that it leaves to the totals, why a line is broken.
    """

    form: Form
    points: tuple[Point, ...]
    gaps: tuple[Gap, ...]
    length: Length
    unit: str
    measure: Measure | None
    own_measure: bool
    reaches: tuple[Reach | None, ...]
    joined: tuple[bool, ...]
    years: YearKind
    forecast: Total | None
    sums: tuple[YearSum, ...]
    scoped: bool
    notes: tuple[str, ...]

    def shown(self, point: Point) -> str:
        """A figure as written: "about 700", "78.6%", "Nil"."""
        return point_words(point, self.unit)

    @property
    def reach(self) -> Reach | None:
        """The target of the latest figure that has one."""
        return next((reach for reach in reversed(self.reaches) if reach is not None), None)

    @property
    def broken(self) -> bool:
        """Whether figures stand beside each other that cannot be compared."""
        return NOT_OF_ONE_LENGTH in self.notes

    @property
    def forecast_value(self) -> Decimal | None:
        """The forecast as it is judged and shown."""
        return judged_forecast(self.forecast, self.unit) if self.forecast else None


def plot_of(sheet: KpiSheet, today: date) -> KpiPlot:
    """Decide what is drawn of a KPI as at ``today``."""
    kpi = sheet.kpi
    scopes = _scopes(sheet, today)
    every = sorted((point for found in scopes for point in found), key=lambda point: point.ends)
    own, scoped = bool(every), len(scopes) > 1
    measure = kpi.measure
    usable = usable_figures(kpi, sheet.measurements, today)
    if not every:
        measure = usable.unlike[-1].measurement.measure if usable.unlike else measure
        every = [point for point in usable.unlike if point.measurement.measure is measure]
    flow = own and adds_up(kpi)
    form, points, length = _form(kpi, every, flow=flow, scoped=scoped)
    unit = unit_of(kpi) if own else unit_for(measure)
    forecast = sheet.state.running if flow and form is Form.BARS and sheet.state.band else None
    alone = forecast.counted[0].measurement if forecast and len(forecast.counted) == 1 else None
    against = own and not scoped
    joined = _joined(kpi, points, form)
    return KpiPlot(
        form=form,
        points=tuple(points),
        gaps=usable.gaps if own and not scoped else (),
        length=length,
        unit=unit,
        measure=measure,
        own_measure=own,
        reaches=tuple(
            reach_of(sheet, point, whole=point.measurement is alone) if against else None for point in points
        ),
        joined=joined,
        years=year_kind(kpi),
        forecast=forecast,
        sums=_sums(kpi, usable, points, unit) if form is Form.RUN and length is not Length.YEAR else (),
        scoped=scoped,
        notes=_notes(kpi, every, points, form),
    )


def _scopes(sheet: KpiSheet, today: date) -> list[tuple[Point, ...]]:
    """The KPI's own figures by scope, as figures of different people or services are not one series."""
    groups: dict[str, list[int]] = {}
    for place, measurement in enumerate(sheet.measurements):
        groups.setdefault(" ".join((measurement.scope or "").casefold().split()), []).append(place)
    found = []
    merged = usable_figures(sheet.kpi, sheet.measurements, today).points
    if merged:
        found.append(merged)
    taken = {id(point.measurement) for point in merged}
    for places in groups.values():
        points = usable_figures(sheet.kpi, [sheet.measurements[place] for place in places], today).points
        left = tuple(point for point in points if id(point.measurement) not in taken)
        if left:
            found.append(left)
    return found


def _form(kpi: Kpi, points: list[Point], *, flow: bool, scoped: bool) -> tuple[Form, list[Point], Length]:
    if not points:
        return Form.NOTHING, points, Length.OTHER
    if scoped or len(points) < LEAST_FOR_A_LINE:
        return Form.BARS, points, Length.OTHER
    if cumulative(kpi):
        steps = LENGTHS.get(kpi.period, Length.OTHER) if kpi.period else Length.OTHER
        if steps.regular and steps is not Length.YEAR and len(on_grid(points, steps)) >= LEAST_FOR_A_LINE:
            return Form.RUN, points, steps
        return Form.DATED, points, Length.OTHER
    lengths = {point.length for point in points}
    if len(lengths) == 1:
        length = lengths.pop()
        regular = length.regular and not (flow and length is Length.YEAR)
        if regular and len(on_grid(points, length)) >= LEAST_FOR_A_LINE:
            return Form.RUN, points, length
        return (Form.BARS if flow else Form.DATED), points, length
    for length in (Length.MONTH, Length.QUARTER, Length.HALF, Length.WEEK):
        single = [point for point in points if point.length is length]
        # Sums over longer periods beside enough single ones would tower over them: a note says that they are left out.
        if flow and len(on_grid(single, length)) >= LEAST_FOR_A_LINE:
            shortest = min(point.stretch.days for point in single if point.stretch)
            fitting = [point for point in points if not point.stretch or point.stretch.days * 2 <= shortest * 3]
            return Form.RUN, fitting, length
    return (Form.BARS if flow else Form.DATED), points, Length.OTHER


def on_grid(points: Sequence[Point], length: Length) -> list[Point]:
    """The figures whose periods follow one another: the most that begin their month, quarter or year alike."""
    if not length.regular:
        return []
    groups: dict[tuple[int, int], list[Point]] = {}
    for point in points:
        day = 0 if is_month_end(point.ends) else point.ends.day
        months = (point.ends.year * 12 + point.ends.month) % max(length.value, 1)
        phase = (point.ends.toordinal() % 7, 0) if length is Length.WEEK else (months, day)
        groups.setdefault(phase, []).append(point)
    return max(groups.values(), key=len, default=[])


def _joined(kpi: Kpi, points: Sequence[Point], form: Form) -> tuple[bool, ...]:
    if form not in (Form.RUN, Form.DATED):
        return tuple(False for _ in points)
    return (False, *(follows(kpi, earlier, later) for earlier, later in pairwise(points)))


def _notes(kpi: Kpi, every: Sequence[Point], points: Sequence[Point], form: Form) -> tuple[str, ...]:
    notes = []
    drawn = {id(point.measurement) for point in points}
    left = [point.caption for point in every if id(point.measurement) not in drawn]
    if left:
        words = list_words(left) if len(left) < 3 else plural(len(left), "figure") + " of longer periods"
        notes.append(f"Not drawn but in the totals: {words}.")
    if form is Form.DATED and not cumulative(kpi):
        pairs = pairwise(points)
        if any(one.ends != other.ends and not alike(one, other, kpi) for one, other in pairs):
            notes.append(NOT_OF_ONE_LENGTH)
    return tuple(notes)


def _sums(kpi: Kpi, usable: Usable, points: Sequence[Point], unit: str) -> tuple[YearSum, ...]:
    """The years drawn, each with what all its figures make, those that are not drawn among them."""
    years = sorted({year_kind(kpi).of(point.ends) for point in points})
    return tuple(YearSum(year, _sum_words(kpi, usable, year, unit)) for year in years)


def _sum_words(kpi: Kpi, usable: Usable, year: int, unit: str) -> str:
    years = year_kind(kpi)
    total = total_in(kpi, usable.points, usable.gaps, years.span(year))
    name = years.short(year)
    if total is None or kpi.adding is Adding.STOCK:
        return name
    text = total_words(total, unit)
    if total.complete:
        return f"{name}: {text}"
    last = MONTHS[total.counted[-1].ends.month - 1][:3]
    whole_so_far = total.counted[0].starts == total.span.starts and not total.findings
    so_far = f" to {last}" if whole_so_far else f", {total.caption}"
    return f"{name}{so_far}: {text}"
