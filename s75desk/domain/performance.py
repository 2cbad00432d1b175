"""KPI rules: bands, values from n and N, forecasts, status against the target, the previous period beside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import pairwise

from s75desk.domain.findings import Finding, Weight
from s75desk.domain.kpi_figures import (
    Gap,
    Point,
    Usable,
    age_sentence,
    alike,
    base_drift,
    contradiction,
    figure_of,
    figure_of_gap,
    follows,
    shown_value,
    usable_figures,
    value_of,
)
from s75desk.domain.kpi_so_far import figure_so_far, gap_findings, left_out, so_far, status_so_far
from s75desk.domain.kpi_totals import forecast_figure, judged_forecast, to_date_figure, total_in
from s75desk.domain.kpi_verdicts import (
    NO_TARGET,
    crossing_findings,
    gap_status,
    judged_status,
    target_findings,
    waiting_sentence,
)
from s75desk.domain.parted import PartedTotal
from s75desk.domain.periods.flows import Total
from s75desk.domain.periods.kinds import LENGTHS, adds_up, span_of, year_kind
from s75desk.domain.periods.span import Span
from s75desk.domain.questions_slips import figure_findings
from s75desk.domain.records import Kpi, KpiReturn, Measurement, Target
from s75desk.domain.records.kpi import Adding, Measure, Period
from s75desk.domain.status import Shape, Status
from s75desk.domain.targets import (
    NEAR_PERCENT,
    Band,
    band_of,
    distance,
    plain,
    target_for,
    target_words,
    unit_for,
    unit_of,
    unlike_sentence,
    with_unit,
)
from s75desk.domain.wording import MINUS, NOT_KNOWN, date_long, number, rounded, sentence_case
from s75desk.domain.working import Figure, Known, Line, Working

__all__ = [
    "NEAR_PERCENT",
    "NO_TARGET",
    "Band",
    "KpiSheet",
    "KpiState",
    "band_of",
    "kpi_state",
    "target_words",
    "value_of",
]

_MISS_RULE = "The figure less the nearest edge of the target."


@dataclass(frozen=True, slots=True)
class KpiState:
    """A KPI as at a day.

    Attributes:
        status: On target, Near target, Off target, Cannot compare, No target, Not known; with its sentence.
        latest: The figure returned last, with or without a value; never a forecast.
        latest_caption: Its period: "January 2024".
        latest_ends: The last day of that period, or None.
        judged: What is set against the target: the latest figure, or the year's total or forecast.
        judged_caption: What ``judged`` is: "forecast for 2016/17", "January 2024".
        target: The target in words, "No target".
        band: The band that applies, or None.
        to_date: What the figures of the year make so far, by how they add up; None where they make nothing.
        to_date_caption: "8 of 12 months".
        running: The year, or other period that the target is for, that ``forecast`` carries on; None without one.
        forecast: Its forecast (of figures that add up only), or None.
        forecast_caption: "forecast for 2016/17".
        against: Distance from the nearest edge of the band with working, or None.
        previous: The previous year's total or the previous period's figure, or None.
        previous_caption: "2015/16", "previous: 239 of 666".
        trend: Values of single periods, oldest first, for a sparkline.
        findings: Doubts: base drift, measure against a target of another kind, and so on.
    """

    status: Status
    latest: Figure
    latest_caption: str
    latest_ends: date | None
    judged: Figure
    judged_caption: str
    target: str
    band: Band | None
    to_date: Figure | None
    to_date_caption: str
    running: Total | None
    forecast: Figure | None
    forecast_caption: str
    against: Figure | None
    previous: Figure | None
    previous_caption: str
    trend: tuple[Decimal, ...]
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class KpiSheet:
    """A KPI with what belongs to it, as read in one go; breakdowns that hang under it alone, where doubts are asked."""

    kpi: Kpi
    targets: tuple[Target, ...]
    measurements: tuple[Measurement, ...]
    returns: tuple[KpiReturn, ...]
    state: KpiState
    breakdowns: tuple[PartedTotal, ...] = ()


def kpi_state(
    kpi: Kpi,
    targets: Sequence[Target],
    measurements: Sequence[Measurement],
    returns: Sequence[KpiReturn],
    today: date,
) -> KpiState:
    """Work out the state as at ``today``; figures for periods that end after ``today`` are left out.

    What is judged follows from the target: figures that add up are judged by their year, or by what the target is
    for, as a total or as a forecast while months are missing. Everything else is judged by its latest figure, if that
    is for such a period as the target is for. The year is that of the latest figure; the sentence says so when it is
    not the current one.
    """
    state = _Judgement(kpi, targets, usable_figures(kpi, measurements, today), returns, today).state()
    known = [each for each in measurements if each.ends is not None and each.ends <= today]
    return replace(state, findings=(*state.findings, *figure_findings(kpi, targets, known)))


@dataclass(frozen=True, slots=True)
class _Reading:
    """The figure that is judged.

    Attributes:
        value: Its value, rounded as it is judged; None where it has none.
        figure: As shown, with its working.
        caption: What it is.
        subject: The beginning of the sentence about it: "Forecast 3,200 for the year".
        previous: The figure before it, or None.
        previous_caption: What that is.
        findings: What is doubtful about them.
    """

    value: Decimal | None
    figure: Figure
    caption: str
    subject: str
    previous: Figure | None
    previous_caption: str
    findings: tuple[Finding, ...]


class _Judgement:
    """One KPI as at one day."""

    def __init__(
        self, kpi: Kpi, targets: Sequence[Target], usable: Usable, returns: Sequence[KpiReturn], today: date
    ) -> None:
        self.kpi, self.targets, self.usable, self.returns, self.today = kpi, targets, usable, returns, today
        self.unit = unit_of(kpi)
        self.years = year_kind(kpi)
        self.latest = usable.newest
        self.newest = self.latest or (usable.unlike[-1] if usable.unlike else None)
        self.day = self.newest.ends if self.newest else today
        self.year = self.years.of(self.day)
        self.target = target_for(targets, self.day, self.years)
        self.comparable = self.target is not None and self.target.measure in (None, kpi.measure)
        target_unit = unit_for(self.target.measure, kpi.unit) if self.target and self.target.measure else self.unit
        self.target_text = target_words(self.target, target_unit) if self.target else NO_TARGET
        self.band = band_of(self.target, self.unit) if self.target is not None and self.comparable else None
        self.year_total = self._total(self.years.span(self.year))
        self.per = self._per()
        self.total = self._judged_total()
        total = self.total
        self.so_far = so_far(kpi, total, usable.gaps, self.unit, today) if total is not None else None
        carried_on = total is not None and total.carried_on and not total.complete
        # Of what the target is for: beside a target for a month no year is forecast.
        self.running = total if carried_on and self.so_far is None else None
        # A month must not be set against a target for twelve, nor ten months against one for a year.
        self.unplaced = self.total is None and self._of_another_length()

    def _per(self) -> Period | None:
        """What one target is for: as it says, else the year of figures that add up; counts of people, one period."""
        if self.target is not None and self.target.per in LENGTHS:
            return self.target.per
        if adds_up(self.kpi):
            return Period.YEAR
        counted = self.kpi.measure in (Measure.COUNT, Measure.MONEY)
        return self.kpi.period if counted and self.kpi.adding is Adding.DISTINCT else None

    def _judged_total(self) -> Total | None:
        said = self.target is not None and self.target.per is not None
        span = span_of(self.kpi, self.per, self.day) if adds_up(self.kpi) or said else None
        if span is None or (not adds_up(self.kpi) and self.latest is not None and self._has_length(self.latest)):
            return None
        return self._total(span)

    def _has_length(self, figure: Point | Gap) -> bool:
        return self.per is None or self.per not in LENGTHS or figure.length is LENGTHS[self.per]

    def _of_another_length(self) -> bool:
        return self.latest is not None and not self._has_length(self.latest)

    def state(self) -> KpiState:
        reading = self._reading()
        latest = self.latest
        # The last count of a year is the latest figure and no sum of anything.
        total = self.year_total if self.kpi.adding is not Adding.STOCK else None
        running = self.running
        judged = self.total.whole if self.total else self.latest
        shown = self._latest_figure()
        value = reading.value if reading else None
        return KpiState(
            status=self._status(reading),
            latest=shown,
            latest_caption=latest.caption if latest else self._unlike_caption(),
            latest_ends=self.newest.ends if self.newest else None,
            judged=reading.figure if reading else shown,
            judged_caption=reading.caption if reading else self._unlike_caption(),
            target=self.target_text,
            band=self.band,
            to_date=figure_so_far(total, self.so_far, self.unit) if total else None,
            to_date_caption=total.caption if total else "",
            running=running,
            forecast=self._forecast(running) if running else None,
            forecast_caption=f"forecast for {running.words}" if running else "",
            against=self._against(value) if value is not None and self.band and not self.unplaced else None,
            previous=reading.previous if reading else None,
            previous_caption=reading.previous_caption if reading else "",
            trend=self._trend(),
            findings=(
                *self.usable.findings,
                *(reading.findings if reading else ()),
                *target_findings(self.kpi, self.targets, self.target, self.day),
                *crossing_findings(self.kpi, self.targets, self.target, judged),
            ),
        )

    # --- the figure ----------------------------------------------------------------------------------------------

    def _latest_figure(self) -> Figure:
        if isinstance(self.latest, Gap):
            return figure_of_gap(self.latest, self.unit)
        return figure_of(self.latest, self.unit) if self.latest else self._unlike_figure()

    def _reading(self) -> _Reading | None:
        if self.latest is None:
            return None
        if self.total is not None and (self.band is not None or self.total.complete):
            return self._total_reading(self.total)
        if isinstance(self.latest, Gap):
            return self._gap_reading(self.latest)
        return self._latest_reading(self.latest)

    def _total(self, span: Span) -> Total | None:
        return total_in(self.kpi, self.usable.points, self.usable.gaps, span)

    def _total_reading(self, total: Total) -> _Reading:
        before, caption = self._total_before(total.span)
        findings = (*total.findings, *gap_findings(total, self.usable.gaps, self.so_far))
        words = total.words
        if self.running is None:
            figure = figure_so_far(total, self.so_far, self.unit)
            part = "" if total.complete else self.so_far.part if self.so_far else f" so far, {total.caption}"
            subject = sentence_case(f"{figure.text} in {words}{part}")
            value = total.total if self.so_far is None else None
            return _Reading(value, figure, f"{words}{part}", subject, before, caption, findings)
        figure = self._forecast(total)
        current = total.span == self.years.span(self.years.of(self.today))
        subject = f"Forecast {figure.text} for {'the year' if current else words}"
        value = judged_forecast(total, self.unit)
        return _Reading(value, figure, f"forecast for {words}", subject, before, caption, findings)

    def _forecast(self, running: Total) -> Figure:
        return forecast_figure(running, self.unit, left_out(running, self.today))

    def _gap_reading(self, gap: Gap) -> _Reading:
        figure = figure_of_gap(gap, self.unit)
        return _Reading(None, figure, gap.caption, f"{figure.text} {gap.when}", None, "", ())

    def _latest_reading(self, latest: Point) -> _Reading:
        findings = list(self.total.findings) if self.total else []
        before = next((point for point in reversed(self.usable.points) if point.ends < latest.ends), None)
        figure = self._latest_figure()
        rival = contradiction(latest, self.usable.points)
        findings += [rival] if rival else []
        previous, caption = None, ""
        if before is not None and alike(latest, before, self.kpi):
            previous, caption = figure_of(before, self.unit), f"previous: {self._counted(before)}"
            drift = base_drift(latest, before)
            findings += [drift] if drift else []
        elif before is not None:
            text = f"{latest.caption} is not compared with {before.caption}: the periods are not of one length."
            findings.append(Finding(Weight.NOTE, "", text))
        text = with_unit(latest.value, self.unit) if self.unit not in ("%", "£") else figure.text
        text = figure.text if figure.value is None else text
        text = f"about {text}" if latest.measurement.about and not text.startswith("about ") else text
        subject = sentence_case(f"{text} {latest.when}")
        return _Reading(latest.value, figure, latest.caption, subject, previous, caption, tuple(findings))

    @staticmethod
    def _counted(before: Point) -> str:
        """What the figure before was of, else when: "239 of 666", "October 2023"."""
        measurement = before.measurement
        if measurement.n is not None and measurement.base is not None:
            return f"{number(measurement.n)} of {number(measurement.base)}"
        return before.caption

    def _total_before(self, span: Span) -> tuple[Figure | None, str]:
        """The nearest earlier year, or other whole, with figures, and how it lay to its target."""
        spans = {span_of(self.kpi, self.per, point.ends) for point in self.usable.points}
        earlier = sorted((each for each in spans if each and each.ends < span.starts), key=lambda each: each.ends)
        totals = (self._total(each) for each in reversed(earlier))
        total = next((each for each in totals if each is not None), None)
        if total is None:
            return None, ""
        caption = total.words if total.complete else f"{total.words}, {total.caption}"
        own = target_for(self.targets, total.span.ends, self.years)
        band = band_of(own, self.unit) if own and own.measure in (None, self.kpi.measure) else None
        if total.complete and (miss := (band or self.band)) is not None and miss.miss(total.total):
            edge = "target" if miss.point else "floor" if miss.miss(total.total) < 0 else "ceiling"
            side = "below" if miss.miss(total.total) < 0 else "above"
            whose = f"the {edge}" if band is not None else f"this year’s {edge}"
            caption += f": {distance(abs(miss.miss(total.total)), self.unit)} {side} {whose}"
        return to_date_figure(total, self.unit), caption

    def _unlike_figure(self) -> Figure:
        if not self.usable.unlike:
            return Figure(NOT_KNOWN, known=Known.NOT_KNOWN)
        point = self.usable.unlike[-1]
        return figure_of(point, unit_for(point.measurement.measure, ""))

    def _unlike_caption(self) -> str:
        if not self.usable.unlike:
            return ""
        point = self.usable.unlike[-1]
        kind = point.measurement.measure
        return f"{kind.value if kind else 'figure'}, {point.caption}"

    def _trend(self) -> tuple[Decimal, ...]:
        """Values of single periods that follow each other: of a flow only those as long as its shortest."""
        points: Sequence[Point] = self.usable.points
        stretches = [point for point in points if point.stretch is not None]
        if adds_up(self.kpi) and stretches and self.year_total and self.year_total.adding is not Adding.TO_DATE:
            # Months have 28 to 31 days and quarters 90 to 92: alike means within a tenth.
            shortest = min(point.stretch.days for point in stretches if point.stretch)
            points = [point for point in stretches if point.stretch and point.stretch.days * 10 <= shortest * 12]
        # What cannot be compared is not joined, here or in the chart: the last run that can.
        run = [*points[-1:]]
        for earlier, later in reversed(list(pairwise(points))):
            if not follows(self.kpi, earlier, later):
                break
            run.insert(0, earlier)
        return tuple(point.value for point in run)

    # --- the verdict ---------------------------------------------------------------------------------------------

    def _status(self, reading: _Reading | None) -> Status:
        waiting = waiting_sentence(self.usable.gaps, self.latest)
        if reading is None:
            return self._status_without_figure(waiting)
        last = max((each.ends for each in (self.latest, *self.usable.unlike) if each is not None), default=None)
        age = age_sentence(last, self.kpi.period, self.today) if last else ""

        def sentence(text: str) -> str:
            return " ".join(part for part in (text, waiting, age) if part)

        if self.target is None and reading.value is not None:
            return Status(Shape.NONE, NO_TARGET, sentence(f"{reading.subject}: {self._no_target()}."))
        if self.target is not None and not self.comparable:
            return Status(Shape.DOUBT, "Cannot compare", unlike_sentence(self.kpi.measure, self.target.measure))
        if self.so_far is not None and self.band is not None:
            return status_so_far(self.so_far, self.band, sentence)
        if self.unplaced and isinstance(self.latest, Gap) and adds_up(self.kpi):
            return gap_status(self.latest, self.kpi, None, self.unit, sentence)
        if self.unplaced and self.band is not None:
            return Status(Shape.DOUBT, "Cannot compare", sentence(self._another_length()))
        if reading.value is None and isinstance(self.latest, Gap):
            return gap_status(self.latest, self.kpi, self.band, self.unit, sentence)
        if self.band is None or reading.value is None:
            return Status(Shape.NONE, NO_TARGET, sentence(f"{reading.subject}: the target has no figure."))
        return judged_status(self.band, reading.value, self.unit, reading.subject, sentence, reading.figure.known)

    def _no_target(self) -> str:
        when = f" for {self.years.words(self.year)}" if self.targets else ""
        return f"no target{when} is recorded"

    def _another_length(self) -> str:
        length = LENGTHS[self.per].word if self.per in LENGTHS else "period"
        if self.latest is None or self.latest.starts is None or adds_up(self.kpi):
            crosses = "The period of the latest figure is not known, or crosses years"
            return f"{crosses}; the target is for a {length}."
        return f"The latest figure is for {self.latest.caption}; the target is for a {length}."

    def _status_without_figure(self, waiting: str) -> Status:
        if self.usable.unlike and self.target is not None:
            point = self.usable.unlike[-1]
            target_measure = self.target.measure or self.kpi.measure
            if point.measurement.measure is not target_measure:
                sentence = unlike_sentence(point.measurement.measure, target_measure)
                return Status(Shape.DOUBT, "Cannot compare", sentence)
        expected = [each.due for each in self.returns if each.due is not None and each.received is None]
        sentence = "No figure is recorded."
        if expected:
            due = min(expected)
            late = due < self.today
            sentence += (
                f" The return due on {date_long(due)} is late." if late else f" A return is due on {date_long(due)}."
            )
        return Status(Shape.UNKNOWN, NOT_KNOWN, " ".join(part for part in (sentence, waiting) if part))

    def _against(self, value: Decimal) -> Figure | None:
        if self.band is None:
            return None
        edge = self.band.nearest_edge(value)
        gap = self.band.judged(value) - edge
        shown = shown_value(value, self.unit)
        size = distance(rounded(abs(gap), 3), self.unit)
        text = f"{MINUS if gap < 0 else '+' if gap > 0 else ''}{size}"
        point = "Target" if self.band.point else "Floor" if edge == self.band.lower else "Ceiling"
        lines = (
            Line("Figure", shown),
            Line(point, with_unit(edge, self.unit), self.target_text),
            Line(f"{shown} {MINUS} {plain(edge, self.unit)}", text, result=True),
        )
        source = self.band.target.cited
        working = Working(f"Against the target: {text}", lines, _MISS_RULE, source)
        return Figure(text, working, gap, "points" if self.unit == "%" else self.unit, Known.KNOWN)
