"""What of a KPI is drawn, and how: which figures belong together, as a line or as bars, against which target."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import Enum

from s75desk.domain.flows import Stretch, YearTotal, year_total
from s75desk.domain.kpi_figures import Point, is_flow, shown_value, usable_figures
from s75desk.domain.kpi_totals import judged_forecast
from s75desk.domain.months import add_months, is_month_end
from s75desk.domain.performance import KpiSheet
from s75desk.domain.records.kpi import Measure
from s75desk.domain.targets import Band, plain, unit_for, unit_of, with_unit
from s75desk.domain.wording import MONTHS, financial_year, financial_year_of, rounded

_DAY = timedelta(days=1)

LEAST_FOR_A_LINE = 3
"""One or two figures make no line: they are drawn as bars from nought."""


class Length(Enum):
    """How long a figure's period is; the value is its length in months."""

    DAY = 0
    MONTH = 1
    QUARTER = 3
    YEAR = 12
    OTHER = -1


class Form(Enum):
    """How the figures are drawn."""

    NOTHING = "nothing"
    RUN = "run chart"  # equal periods one after another, a slot each
    DATED = "line chart"  # figures at days, as far apart as the days are
    BARS = "bar chart"  # periods of different lengths, figures of different scopes, or very few of them


@dataclass(frozen=True, slots=True)
class Reach:
    """The target as drawn: for the periods of the chart, which may be parts of the target's year.

    Attributes:
        lower: Lower edge or None.
        upper: Upper edge or None.
        words: "Target 277 to 306".
        note: How it follows from the target, "" if it is the target itself.
    """

    lower: Decimal | None
    upper: Decimal | None
    words: str
    note: str = ""

    @property
    def edges(self) -> tuple[Decimal, ...]:
        """The edges that are set."""
        return tuple(edge for edge in (self.lower, self.upper) if edge is not None)


@dataclass(frozen=True, slots=True)
class YearSum:
    """A financial year under the chart: "2016/17 to Nov: 2,133"."""

    year: int
    words: str


@dataclass(frozen=True, slots=True)
class KpiPlot:
    """Everything a chart of a KPI needs.

    Attributes:
        form: How it is drawn.
        points: The figures, oldest first.
        length: The length of their periods for a run chart.
        unit: "%", "£" or a word.
        measure: What kind of figures they are.
        own_measure: Whether that is the KPI's own measure, so that its target applies.
        reach: The target as drawn, or None.
        forecast: The running year's sum and forecast, for bars of a flow that has a target; or None.
        sums: Financial years with their totals for a run chart of a flow, or just the years.
        scoped: Whether the figures have different scopes, which the labels must say.
    """

    form: Form
    points: tuple[Point, ...]
    length: Length
    unit: str
    measure: Measure | None
    own_measure: bool
    reach: Reach | None
    forecast: YearTotal | None
    sums: tuple[YearSum, ...]
    scoped: bool

    def shown(self, point: Point) -> str:
        """A figure as written: "about 700", "78.6%"."""
        about = "about " if point.measurement.about else ""
        return about + shown_value(point.value, self.unit)

    @property
    def forecast_value(self) -> Decimal | None:
        """The forecast as it is judged and shown."""
        return judged_forecast(self.forecast, self.unit) if self.forecast else None


def plot_of(sheet: KpiSheet, today: date) -> KpiPlot:
    """Decide what is drawn of a KPI as at ``today``."""
    kpi = sheet.kpi
    scopes = _scopes(sheet, today)
    points = sorted((point for found in scopes for point in found), key=lambda point: point.ends)
    own = bool(points)
    measure = kpi.measure
    if not points:
        unlike = usable_figures(kpi, sheet.measurements, today).unlike
        measure = unlike[-1].measurement.measure if unlike else measure
        points = [point for point in unlike if point.measurement.measure is measure]
    flow = own and is_flow(kpi)
    form, points, length = _form(points, flow=flow, scoped=len(scopes) > 1)
    unit = unit_of(kpi) if own else unit_for(measure)
    band = sheet.state.band if own and len(scopes) < 2 else None
    return KpiPlot(
        form=form,
        points=tuple(points),
        length=length,
        unit=unit,
        measure=measure,
        own_measure=own,
        reach=_reach(band, length if flow and form is Form.RUN else Length.YEAR, unit) if band else None,
        forecast=_running(points) if flow and form is Form.BARS and band else None,
        sums=_sums(points, unit, flow=flow) if form is Form.RUN and length is not Length.YEAR else (),
        scoped=len(scopes) > 1,
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


def _form(points: list[Point], *, flow: bool, scoped: bool) -> tuple[Form, list[Point], Length]:
    if not points:
        return Form.NOTHING, points, Length.OTHER
    lengths = {length_of(point) for point in points}
    if scoped or len(points) < LEAST_FOR_A_LINE:
        return Form.BARS, points, Length.OTHER
    if len(lengths) == 1:
        length = lengths.pop()
        regular = length in (Length.MONTH, Length.QUARTER) or (length is Length.YEAR and not flow)
        if regular and len(on_grid(points, length)) >= LEAST_FOR_A_LINE:
            return Form.RUN, points, length
        return (Form.BARS if flow else Form.DATED), points, length
    for length in (Length.MONTH, Length.QUARTER):
        single = [point for point in points if length_of(point) is length]
        # Sums over longer periods beside enough single ones would tower over them; the years' totals tell them.
        if flow and len(on_grid(single, length)) >= LEAST_FOR_A_LINE:
            return Form.RUN, single, length
    return (Form.BARS if flow else Form.DATED), points, Length.OTHER


def length_of(point: Point) -> Length:
    """How long a figure's period is."""
    if point.starts is None or point.starts == point.ends:
        return Length.DAY
    if point.starts.day != 1 or not is_month_end(point.ends):
        return Length.OTHER
    for length in (Length.MONTH, Length.QUARTER, Length.YEAR):
        if add_months(point.starts, length.value) == point.ends + _DAY:
            return length
    return Length.OTHER


def on_grid(points: Sequence[Point], length: Length) -> list[Point]:
    """The figures whose periods follow one another: the most that begin their month, quarter or year alike."""
    if length.value < 1:
        return []
    groups: dict[int, list[Point]] = {}
    for point in points:
        groups.setdefault((point.ends.year * 12 + point.ends.month) % length.value, []).append(point)
    return max(groups.values(), key=len, default=[])


def _reach(band: Band, length: Length, unit: str) -> Reach:
    """The band, or for months and quarters of a flow the part of the year's band that falls to one of them."""
    parts = 12 // length.value if length in (Length.MONTH, Length.QUARTER) else 1
    places = 2 if unit == "£" else 0

    def share(edge: Decimal | None) -> Decimal | None:
        return edge if edge is None or parts == 1 else rounded(edge / parts, places)

    lower, upper = share(band.lower), share(band.upper)
    if parts == 1:
        return Reach(lower, upper, f"Target {_edge_words(lower, upper, unit)}")
    name = "month" if length is Length.MONTH else "quarter"
    part = "twelfth" if length is Length.MONTH else "quarter"
    return Reach(lower, upper, f"Target {_edge_words(lower, upper, unit)}", f"a {part} of {band.text} for each {name}")


def _edge_words(lower: Decimal | None, upper: Decimal | None, unit: str) -> str:
    if lower is not None and upper is not None:
        if lower == upper:
            return with_unit(lower, unit)
        return f"{plain(lower, unit if unit == '£' else '')} to {plain(upper, unit)}"
    return (
        f"at least {with_unit(lower, unit)}" if lower is not None else f"at most {with_unit(upper or Decimal(0), unit)}"
    )


def _running(points: Iterable[Point]) -> YearTotal | None:
    """The latest financial year if it is not complete, with its forecast."""
    stretches = _stretches(points)
    if not stretches:
        return None
    total = year_total(stretches, financial_year_of(max(stretch.ends for stretch in stretches)))
    return total if total is not None and not total.complete else None


def _stretches(points: Iterable[Point]) -> list[Stretch]:
    return [stretch for stretch in (point.stretch for point in points) if stretch is not None]


def _sums(points: list[Point], unit: str, *, flow: bool) -> tuple[YearSum, ...]:
    years = sorted({financial_year_of(point.ends) for point in points})
    return tuple(YearSum(year, _sum_words(points, year, unit) if flow else financial_year(year)) for year in years)


def _sum_words(points: list[Point], year: int, unit: str) -> str:
    total = year_total(_stretches(points), year)
    if total is None:
        return financial_year(year)
    text = plain(total.total, unit)
    if total.complete:
        return f"{financial_year(year)}: {text}"
    last = MONTHS[total.counted[-1].ends.month - 1][:3]
    whole_so_far = total.counted[0].starts == date(year, 4, 1) and not total.findings
    so_far = f" to {last}" if whole_so_far else f", {total.caption}"
    return f"{financial_year(year)}{so_far}: {text}"
