"""KPI rules: bands, values from n and N, forecasts, status against the target, the previous period beside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from s75desk.domain.findings import Finding, Weight
from s75desk.domain.flows import YearTotal, year_total
from s75desk.domain.kpi_figures import (
    Point,
    Usable,
    age_sentence,
    base_drift,
    contradiction,
    figure_of,
    is_flow,
    shown_value,
    usable_figures,
    value_of,
)
from s75desk.domain.kpi_totals import forecast_figure, judged_forecast, to_date_figure
from s75desk.domain.records import Kpi, KpiReturn, Measurement, Target
from s75desk.domain.status import Shape, Status
from s75desk.domain.targets import (
    NEAR_PERCENT,
    Band,
    band_of,
    distance,
    miss_words,
    plain,
    target_for,
    target_words,
    unit_for,
    unit_of,
    unlike_sentence,
    with_unit,
)
from s75desk.domain.wording import (
    MINUS,
    NOT_KNOWN,
    date_long,
    financial_year,
    financial_year_of,
    number,
    rounded,
    sentence_case,
)
from s75desk.domain.working import Figure, Line, Working

__all__ = ["NEAR_PERCENT", "Band", "KpiSheet", "KpiState", "band_of", "kpi_state", "target_words", "value_of"]

NO_TARGET = "No target"
_MISS_RULE = "The figure less the nearest edge of the target."


@dataclass(frozen=True, slots=True)
class KpiState:
    """A KPI as at a day.

    Attributes:
        status: On target, Near target, Off target, Cannot compare, No target, Not known; with its sentence.
        latest: The latest figure, or the year's forecast for a flow with a yearly target, with working.
        latest_caption: What ``latest`` is: "forecast for 2016/17", "January 2024".
        target: The target in words, "No target".
        band: The band that applies, or None.
        to_date: Sum of the financial year so far (flows only), or None.
        to_date_caption: "8 of 12 months".
        forecast: Forecast for the year (flows only), or None.
        against: Distance from the nearest edge of the band with working, or None.
        previous: The previous year's total or the previous period's figure, or None.
        previous_caption: "2015/16", "previous: 239 of 666".
        trend: Values of single periods, oldest first, for a sparkline.
        findings: Doubts: base drift, measure against a target of another kind, and so on.
    """

    status: Status
    latest: Figure
    latest_caption: str
    target: str
    band: Band | None
    to_date: Figure | None
    to_date_caption: str
    forecast: Figure | None
    against: Figure | None
    previous: Figure | None
    previous_caption: str
    trend: tuple[Decimal, ...]
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class KpiSheet:
    """A KPI with everything that belongs to it, as read in one go."""

    kpi: Kpi
    targets: tuple[Target, ...]
    measurements: tuple[Measurement, ...]
    returns: tuple[KpiReturn, ...]
    state: KpiState


def kpi_state(
    kpi: Kpi,
    targets: Sequence[Target],
    measurements: Sequence[Measurement],
    returns: Sequence[KpiReturn],
    today: date,
) -> KpiState:
    """Work out the state as at ``today``; figures for periods that end after ``today`` are left out.

    A flow is judged by its financial year: its total, or its forecast while months are missing. Everything else is
    judged by its latest figure, and distinct people are never added up or annualised. The year is that of the
    latest figure; the sentence says so when it is not the current one.
    """
    return _Judgement(kpi, targets, usable_figures(kpi, measurements, today), returns, today).state()


@dataclass(frozen=True, slots=True)
class _Reading:
    """The figure that is judged.

    Attributes:
        value: Its value, rounded as it is judged.
        figure: As shown, with its working.
        caption: What it is.
        subject: The beginning of the sentence about it: "Forecast 3,200 for the year".
        previous: The figure before it, or None.
        previous_caption: What that is.
        findings: What is doubtful about them.
    """

    value: Decimal
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
        latest = usable.points[-1] if usable.points else None
        newest = latest or (usable.unlike[-1] if usable.unlike else None)
        self.year = financial_year_of(newest.ends if newest else today)
        self.target = target_for(targets, self.year)
        self.comparable = self.target is not None and self.target.measure in (None, kpi.measure)
        target_unit = unit_for(self.target.measure, kpi.unit) if self.target and self.target.measure else self.unit
        self.target_text = target_words(self.target, target_unit) if self.target else NO_TARGET
        self.band = band_of(self.target, self.unit) if self.target is not None and self.comparable else None
        self.total = self._total(self.year) if is_flow(kpi) else None
        self.latest = latest
        # A flow without its year: a month must not be set against a target for twelve.
        self.unplaced = is_flow(kpi) and self.total is None

    def state(self) -> KpiState:
        reading = self._reading()
        edges = [edge for edge in (self.band.lower, self.band.upper) if edge is not None] if self.band else []
        total = self.total
        return KpiState(
            status=self._status(reading),
            latest=reading.figure if reading else self._unlike_figure(),
            latest_caption=reading.caption if reading else self._unlike_caption(),
            target=self.target_text,
            band=self.band,
            to_date=to_date_figure(total, self.unit) if total else None,
            to_date_caption=total.caption if total else "",
            forecast=forecast_figure(total, self.unit) if total and not total.complete else None,
            against=self._against(reading.value) if reading and edges and not self.unplaced else None,
            previous=reading.previous if reading else None,
            previous_caption=reading.previous_caption if reading else "",
            trend=self._trend(),
            findings=(*self.usable.findings, *(reading.findings if reading else ()), *self._target_findings()),
        )

    # --- the figure ----------------------------------------------------------------------------------------------

    def _reading(self) -> _Reading | None:
        if self.latest is None:
            return None
        if self.total is not None and (self.band is not None or self.total.complete):
            return self._year_reading(self.total)
        return self._latest_reading(self.latest)

    def _total(self, year: int) -> YearTotal | None:
        # Backwards, so that of two figures for one period the less favourable is met, and counted, first.
        stretches = [point.stretch for point in reversed(self.usable.points)]
        return year_total([stretch for stretch in stretches if stretch is not None], year)

    def _year_reading(self, total: YearTotal) -> _Reading:
        year = financial_year(total.year)
        before, caption = self._year_before(total.year)
        if total.complete:
            figure = to_date_figure(total, self.unit)
            return _Reading(total.total, figure, year, f"{figure.text} in {year}", before, caption, total.findings)
        figure = forecast_figure(total, self.unit)
        current = total.year == financial_year_of(self.today)
        subject = f"Forecast {figure.text} for {'the year' if current else year}"
        value = judged_forecast(total, self.unit)
        return _Reading(value, figure, f"forecast for {year}", subject, before, caption, total.findings)

    def _latest_reading(self, latest: Point) -> _Reading:
        findings = list(self.total.findings) if self.total else []
        edges = [edge for edge in (self.band.lower, self.band.upper) if edge is not None] if self.band else []
        before = next((point for point in reversed(self.usable.points) if point.ends < latest.ends), None)
        figure = figure_of(latest, self.unit, edges)
        rival = contradiction(latest, self.usable.points)
        findings += [rival] if rival else []
        previous, caption = None, ""
        if before is not None:
            previous, caption = figure_of(before, self.unit), f"previous: {self._counted(before)}"
            drift = base_drift(latest, before)
            findings += [drift] if drift else []
        text = with_unit(latest.value, self.unit) if self.unit not in ("%", "£") else figure.text
        text = f"about {text}" if latest.measurement.about and not text.startswith("about ") else text
        subject = sentence_case(f"{text} {latest.when}")
        return _Reading(latest.value, figure, latest.caption, subject, previous, caption, tuple(findings))

    @staticmethod
    def _counted(point: Point) -> str:
        """What the figure before was of, else when: "239 of 666", "October 2023"."""
        measurement = point.measurement
        if measurement.n is not None and measurement.base is not None:
            return f"{number(measurement.n)} of {number(measurement.base)}"
        return point.caption

    def _year_before(self, year: int) -> tuple[Figure | None, str]:
        """The nearest earlier year with figures, and how it lay to its target."""
        earlier = {financial_year_of(point.ends) for point in self.usable.points}
        totals = (self._total(each) for each in sorted(earlier, reverse=True) if each < year)
        total = next((each for each in totals if each is not None), None)
        if total is None:
            return None, ""
        year = total.year
        caption = financial_year(year) if total.complete else f"{financial_year(year)}, {total.caption}"
        own = target_for(self.targets, year)
        band = band_of(own, self.unit) if own and own.measure in (None, self.kpi.measure) else None
        if total.complete and (miss := (band or self.band)) is not None and miss.miss(total.total):
            edge = "target" if miss.point else "floor" if miss.miss(total.total) < 0 else "ceiling"
            side = "below" if miss.miss(total.total) < 0 else "above"
            whose = f"the {edge}" if band is not None else f"this year’s {edge}"
            caption += f": {distance(abs(miss.miss(total.total)), self.unit)} {side} {whose}"
        return to_date_figure(total, self.unit), caption

    def _unlike_figure(self) -> Figure:
        if not self.usable.unlike:
            return Figure(NOT_KNOWN)
        point = self.usable.unlike[-1]
        return figure_of(point, unit_for(point.measurement.measure, ""))

    def _unlike_caption(self) -> str:
        if not self.usable.unlike:
            return ""
        point = self.usable.unlike[-1]
        kind = point.measurement.measure
        return f"{kind.value if kind else 'figure'}, {point.caption}"

    def _trend(self) -> tuple[Decimal, ...]:
        """Values of single periods: of a flow only those as long as its shortest, so that a sum does not tower."""
        points = self.usable.points
        if not is_flow(self.kpi):
            return tuple(point.value for point in points)
        stretches = [point.stretch for point in points if point.stretch is not None]
        if not stretches:
            return tuple(point.value for point in points)
        # Months have 28 to 31 days and quarters 90 to 92: alike means within a tenth.
        shortest = min(stretch.days for stretch in stretches)
        return tuple(stretch.value for stretch in stretches if stretch.days * 10 <= shortest * 12)

    # --- the verdict ---------------------------------------------------------------------------------------------

    def _status(self, reading: _Reading | None) -> Status:
        if reading is None:
            return self._status_without_figure()
        age = age_sentence(self.latest.ends, self.kpi.period, self.today) if self.latest else ""
        if self.target is None:
            return Status(Shape.NONE, NO_TARGET, self._sentence(f"{reading.subject}: no target is recorded.", age))
        if not self.comparable:
            return Status(Shape.DOUBT, "Cannot compare", unlike_sentence(self.kpi.measure, self.target.measure))
        if self.band is None:
            return Status(Shape.NONE, NO_TARGET, self._sentence(f"{reading.subject}: the target has no figure.", age))
        if self.unplaced:
            text = "The period of the latest figure is not known, or crosses financial years; the target is for a year."
            return Status(Shape.DOUBT, "Cannot compare", text)
        words = miss_words(self.band, reading.value, self.unit)
        sentence = self._sentence(f"{reading.subject}: {words}.", age)
        if not self.band.miss(reading.value):
            return Status(Shape.GOOD, "On target", sentence)
        if self.band.near(reading.value):
            return Status(Shape.WATCH, "Near target", sentence)
        return Status(Shape.ALERT, "Off target", sentence)

    @staticmethod
    def _sentence(*parts: str) -> str:
        return " ".join(part for part in parts if part)

    def _status_without_figure(self) -> Status:
        if self.usable.unlike and self.target is not None:
            point = self.usable.unlike[-1]
            target_measure = self.target.measure or self.kpi.measure
            if point.measurement.measure is not target_measure:
                sentence = unlike_sentence(point.measurement.measure, target_measure)
                return Status(Shape.DOUBT, "Cannot compare", sentence)
        waiting = [each for each in self.returns if each.due is not None and each.received is None]
        waiting.sort(key=lambda each: each.due or date.max)
        sentence = "No figure is recorded."
        if waiting and waiting[0].due is not None:
            due = waiting[0].due
            late = due < self.today
            sentence += (
                f" The return due on {date_long(due)} is late." if late else f" A return is due on {date_long(due)}."
            )
        return Status(Shape.UNKNOWN, NOT_KNOWN, sentence)

    def _against(self, value: Decimal) -> Figure | None:
        if self.band is None:
            return None
        edge = self.band.nearest_edge(value)
        gap = value - edge
        shown = shown_value(value, self.unit, [edge])
        size = distance(rounded(abs(gap), 3), self.unit)
        text = f"{MINUS if gap < 0 else '+' if gap > 0 else ''}{size}"
        point = "Target" if self.band.point else "Floor" if edge == self.band.lower else "Ceiling"
        lines = (
            Line("Figure", shown),
            Line(point, with_unit(edge, self.unit), self.target_text),
            Line(f"{shown} {MINUS} {plain(edge, self.unit)}", text, result=True),
        )
        source = self.band.target.cited
        return Figure(text, Working(f"Against the target: {text}", lines, _MISS_RULE, source))

    def _target_findings(self) -> list[Finding]:
        found = []
        if self.target is not None and not self.comparable:
            found.append(Finding(Weight.DOUBT, "target", unlike_sentence(self.kpi.measure, self.target.measure)))
        if self.target is not None:
            rivals = [
                each
                for each in self.targets
                if each is not self.target and each.year == self.target.year and each.measure == self.target.measure
            ]
            words = {target_words(each, self.unit) for each in rivals} - {self.target_text}
            if words:
                year = financial_year(self.year) if self.target.year is not None else "every year"
                text = f"More than one target for {year}: {self.target_text} is used, not {', '.join(sorted(words))}."
                found.append(Finding(Weight.DOUBT, "target", text))
        elif self.targets:
            text = f"No target for {financial_year(self.year)}; there is one for another year."
            found.append(Finding(Weight.NOTE, "target", text))
        return found
