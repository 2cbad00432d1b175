"""The figures of a KPI as usable values: which count, what they are worth, what is odd about them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from s75desk.domain.findings import Finding, Weight
from s75desk.domain.inferred import marked
from s75desk.domain.no_value import KNOWN, absent_words, why_absent
from s75desk.domain.periods.flows import Stretch
from s75desk.domain.periods.kinds import LENGTHS, cumulative, start_of, year_kind
from s75desk.domain.periods.span import Length, length_of
from s75desk.domain.periods.weeks import days_before
from s75desk.domain.proportions import decimals_of, implied_range
from s75desk.domain.records import Kpi, Measurement
from s75desk.domain.records.kpi import Absent, Adding, Better, Measure, Period
from s75desk.domain.targets import EXACT, measure_words, plain, unit_for
from s75desk.domain.wording import NOT_KNOWN, date_long, list_words, number, percent, period_words, plural, rounded
from s75desk.domain.working import Figure, Known, Line, Working

BASE_DRIFT_PERCENT = Decimal(15)
"""A base that differs from the one before by more than this many per cent is flagged. A rule of this house: 805 after
666 (R2) is a fifth more, while the number of people seen in a quarter often varies by a tenth."""

_OF_PERIODS = (Adding.FLOW, Adding.POOLED, Adding.MEAN, Adding.MEDIAN)
"""Ways to make a year of periods: a figure without the first day of its own has no place in it."""

_SHARE_RULE = "n as a percentage of N."


@dataclass(frozen=True, slots=True)
class Dated:
    """A measurement at its place in time.

    Attributes:
        measurement: The record.
        starts: First day covered, or None when it cannot be said.
        ends: Last day covered.
        open: Whether it is of a period, and not of a day, whose first day cannot be said.
    """

    measurement: Measurement
    starts: date | None
    ends: date
    open: bool = field(default=False, kw_only=True)

    @property
    def caption(self) -> str:
        """The period in words: "January 2024", "31 January 2018"; with "inferred" where we made its days up."""
        words = f"to {date_long(self.ends)}" if self.open else period_words(self.starts, self.ends)
        return marked(words, self.measurement, "starts", "ends")

    @property
    def when(self) -> str:
        """The period after its preposition: "in January 2024", "on 31 January 2018", "from April to June 2023"."""
        if self.open:
            return f"in the period {self.caption}"
        if self.starts in (None, self.ends):
            return f"on {self.caption}"
        return f"{'from' if ' to ' in self.caption else 'in'} {self.caption}"

    @property
    def length(self) -> Length:
        """How long its period is."""
        return length_of(self.starts, self.ends)


@dataclass(frozen=True, slots=True)
class Point(Dated):
    """A measurement with its value."""

    value: Decimal

    @property
    def stretch(self) -> Stretch | None:
        """Its place on the calendar, or None when its first day is not known or after its last."""
        if self.starts is None or self.starts > self.ends:
            return None
        return Stretch(self.starts, self.ends, self.value, self.measurement)


@dataclass(frozen=True, slots=True)
class Gap(Dated):
    """A measurement that says why it has no value."""

    why: Absent

    def words(self, unit: str) -> str:
        """As printed: "<5", "Suppressed", "0 of 0"."""
        return absent_words(self.measurement, self.why, unit)


@dataclass(frozen=True, slots=True)
class Usable:
    """The figures of a KPI that may be read together, oldest first.

    Attributes:
        points: Figures of the KPI's own measure and scope with a value.
        unlike: Figures of another measure, which are never compared with its target.
        gaps: Figures of the KPI's own measure that say why they have no value.
        findings: What was left out, and why.
    """

    points: tuple[Point, ...]
    unlike: tuple[Point, ...]
    gaps: tuple[Gap, ...]
    findings: tuple[Finding, ...]

    @property
    def newest(self) -> Point | Gap | None:
        """The figure returned last: what is suppressed or nil was returned, what is awaited was not."""
        gap = max((gap for gap in self.gaps if gap.why.returned), key=lambda each: each.ends, default=None)
        point = self.points[-1] if self.points else None
        return gap if gap is not None and (point is None or gap.ends > point.ends) else point


def value_of(measurement: Measurement, kpi: Kpi) -> Decimal | None:
    """The value as recorded, or n / N x 100 for a proportion, or n for a count; None when there is none.

    Nil of what is counted is none of it, which adds nothing to a sum; of a share or a mean nil is no figure.
    """
    measure = measurement.measure or kpi.measure
    if measurement.absent is not None:
        counted = measurement.absent is Absent.NIL and measure in (Measure.COUNT, Measure.MONEY)
        return Decimal(0) if counted else None
    if measurement.value is not None:
        return measurement.value
    if measurement.n is None:
        return None
    if measure is Measure.COUNT:
        return measurement.n
    if measure is not None and measure.proportion and measurement.base:
        return measurement.n * 100 / measurement.base
    return None


def usable_figures(kpi: Kpi, measurements: Sequence[Measurement], today: date) -> Usable:
    """Sort the figures out: those to come after ``today``, or without a value and a reason, are left out."""
    points: list[Point] = []
    unlike: list[Point] = []
    gaps: list[Gap] = []
    known = [each for each in measurements if each.ends is not None and each.ends <= today]
    four_or_five = kpi.period is Period.FOUR_FOUR_FIVE
    before = days_before((each.starts, each.ends) for each in known if each.ends) if four_or_five else {}
    for measurement in sorted(known, key=lambda each: each.ends or date.max):
        if measurement.ends is None:
            continue
        starts = start_of(kpi, measurement.starts, measurement.ends, before.get(measurement.ends))
        unplaced = starts is None and kpi.adding in _OF_PERIODS
        value = value_of(measurement, kpi)
        foreign = measurement.measure not in (None, kpi.measure)
        if value is not None:
            (unlike if foreign else points).append(Point(measurement, starts, measurement.ends, value, open=unplaced))
        elif not foreign and (why := why_absent(measurement, kpi.measure)) is not None:
            gaps.append(Gap(measurement, starts, measurement.ends, why, open=unplaced))
    # Of two figures with the same end the shorter period is the later; of two for one period the less favourable is,
    # so that a contradiction never makes things look better and the order of recording does not matter.
    points.sort(key=lambda point: (point.ends, point.starts or point.ends, _unfavourable(point.value, kpi)))
    unlike.sort(key=lambda point: point.ends)
    findings = [_unlike_finding(point, kpi) for point in unlike]
    findings += _open_findings([point for point in points if point.open])
    own, others = _of_one_scope(kpi, points)
    if others:
        scopes = ", ".join(dict.fromkeys(point.measurement.scope or "" for point in others))
        text = f"{plural(len(others), 'figure')} of another scope left out: {scopes}."
        findings.append(Finding(Weight.NOTE, "", text))
    if own:
        held = _folded(own[-1].measurement.scope, kpi)
        gaps = [gap for gap in gaps if _folded(gap.measurement.scope, kpi) == held]
    return Usable(tuple(own), tuple(unlike), tuple(gaps), tuple(findings))


def _open_findings(points: Sequence[Point]) -> list[Finding]:
    if not points:
        return []
    text = f"The first day of the period to {list_words(date_long(point.ends) for point in points)} is not known, so"
    return [Finding(Weight.DOUBT, "starts", f"{text} that what it counts is in no total.")]


def _unfavourable(value: Decimal, kpi: Kpi) -> Decimal:
    return -value if kpi.better is Better.MORE else value


def _of_one_scope(kpi: Kpi, points: Sequence[Point]) -> tuple[list[Point], list[Point]]:
    """Figures of different people or services are not one series."""
    if not points:
        return [], []

    def scope(point: Point) -> str:
        return _folded(point.measurement.scope, kpi)

    held = "" if any(scope(point) == "" for point in points) else scope(points[-1])
    return [point for point in points if scope(point) == held], [point for point in points if scope(point) != held]


def _folded(scope: str | None, kpi: Kpi) -> str:
    """A scope to compare by; "" for the KPI's own."""
    words = " ".join((scope or "").casefold().split())
    return "" if words == " ".join((kpi.scope or "").casefold().split()) else words


def _unlike_finding(point: Point, kpi: Kpi) -> Finding:
    shown = plain(point.value, unit_for(point.measurement.measure))
    text = f"The figure {shown} {point.when} is {measure_words(point.measurement.measure)}; this KPI is "
    return Finding(Weight.DOUBT, "measure", text + f"{measure_words(kpi.measure)}. They are not compared.")


def shown_value(value: Decimal, unit: str) -> str:
    """A value as shown everywhere: as stated, or a computed share to one decimal, more where it would look whole."""
    if decimals_of(value) <= EXACT:
        return plain(value, unit)
    short = (rounded(value, places) for places in (1, 2, 3, 4))
    return plain(next((each for each in short if decimals_of(each)), rounded(value, 4)), unit)


def contradiction(point: Point, points: Sequence[Point]) -> Finding | None:
    """A doubt when the period of ``point`` is recorded with another figure as well."""
    same = [each for each in points if (each.starts, each.ends) == (point.starts, point.ends)]
    values = dict.fromkeys(shown_value(each.value, "") for each in (point, *same))
    if len(values) < 2:
        return None
    first = next(iter(values))
    text = f"{point.caption} is recorded with different figures, {list_words(values)}; {first} is shown."
    return Finding(Weight.DOUBT, "value", text)


def alike(one: Dated, other: Dated, kpi: Kpi) -> bool:
    """Whether two figures cover times of one length, so that one can follow the other.

    Counts of ten months and of a year are not alike; a share or a mean of a month may follow one of a quarter, unless
    the quarter holds that month.
    """
    if _days_alike(one, other) or (one.length is other.length and one.length is not Length.OTHER):
        return True
    if kpi.measure in (Measure.COUNT, Measure.MONEY) and kpi.adding is not Adding.STOCK:
        return False
    starts, ends = max(one.starts or one.ends, other.starts or other.ends), min(one.ends, other.ends)
    return starts > ends


def follows(kpi: Kpi, earlier: Point, later: Point) -> bool:
    """Whether a figure may be joined with the one before, drawn or listed: of one length, after it, and the next one.

    Of the year to date it is of one year. Where periods are regular, one that is missing breaks the line.
    """
    if cumulative(kpi):
        return year_kind(kpi).of(earlier.ends) == year_kind(kpi).of(later.ends)
    apart = earlier.ends < (later.starts or later.ends)
    usual = LENGTHS.get(kpi.period) if kpi.period and kpi.period is not Period.ROLLING else None
    if usual is not None and usual.regular and later.length in (usual, Length.DAY):
        apart = apart and later.ends <= usual.after(earlier.ends)
    return alike(earlier, later, kpi) and (apart or _rolling(earlier, later))


def _rolling(earlier: Point, later: Point) -> bool:
    """Whether two figures are each of a year and end at different times: a rolling year overlaps the one before."""
    return earlier.length is later.length is Length.YEAR and earlier.ends < later.ends


def _days_alike(one: Dated, other: Dated) -> bool:
    """Months have 28 to 31 days and quarters 90 to 92: alike means within a tenth."""
    shorter, longer = sorted((each.ends - each.starts).days + 1 if each.starts else 0 for each in (one, other))
    return 0 < longer * 10 <= shorter * 11


def point_words(point: Point, unit: str) -> str:
    """A figure as printed: "about 700", "78.6%", "Nil"."""
    if point.measurement.absent is not None:
        return absent_words(point.measurement, point.measurement.absent, unit)
    return ("about " if point.measurement.about else "") + shown_value(point.value, unit)


def figure_of(point: Point, unit: str) -> Figure:
    """A single figure with its n and N, source and whether it is approximate."""
    measurement = point.measurement
    text = point_words(point, unit)
    lines = []
    rule = ""
    if measurement.n is not None and unit == "%":
        lines.append(Line("n", number(measurement.n)))
        lines.append(Line("N", NOT_KNOWN if measurement.base is None else number(measurement.base)))
        if measurement.value is None:
            rule = _SHARE_RULE
        elif measurement.base:
            worked = percent(measurement.n * 100 / measurement.base, max(1, decimals_of(measurement.value)))
            lines.append(Line("n ÷ N", worked, "the figure is as stated"))
    if measurement.as_stated:
        lines.append(Line("As stated", measurement.as_stated))
    lines.append(Line(point.caption, text, result=True))
    working = Working(f"{text}, {point.caption}", tuple(lines), rule, measurement.cited)
    if measurement.absent is not None:
        return Figure(text, working, unit=unit, known=KNOWN.get(measurement.absent, Known.NOT_KNOWN))
    return Figure(text, working, point.value, unit, Known.ABOUT if measurement.about else Known.KNOWN)


def figure_of_gap(gap: Gap, unit: str) -> Figure:
    """A figure that has no value, and why."""
    text = gap.words(unit)
    figure = gap.measurement
    numbered = figure.below is not None or figure.above is not None or figure.base == 0
    lines = [Line(gap.caption, text, gap.why.value if numbered else "", result=True)]
    if gap.measurement.as_stated:
        lines.insert(0, Line("As stated", gap.measurement.as_stated))
    working = Working(f"{text}, {gap.caption}", tuple(lines), "", gap.measurement.cited)
    return Figure(text, working, unit=unit, known=KNOWN.get(gap.why, Known.NOT_KNOWN))


def base_drift(latest: Point, previous: Point) -> Finding | None:
    """A doubt when the base moved: 805 now, 655 to 673 implied before. Percentages of them are not alike."""
    now, before = base_range(latest), base_range(previous)
    if now is None or before is None or not before[0]:
        return None
    slack = BASE_DRIFT_PERCENT / 100
    if now[0] <= before[1] * (1 + slack) and now[1] >= before[0] * (1 - slack):
        return None
    text = f"The base is {_base_words(now)} {latest.when}; it was {_base_words(before)} {previous.when}."
    if now[0] != now[1] or before[0] != before[1]:
        text += " A range is what n and the percentage imply."
    return Finding(Weight.DOUBT, "base", f"{text} Compare with care.")


def base_range(point: Point) -> tuple[Decimal, Decimal] | None:
    """The base of a share, lowest and highest: as recorded, else as n and the percentage imply, else None."""
    measurement = point.measurement
    if measurement.base is not None:
        return measurement.base, measurement.base
    if measurement.n is None or measurement.value is None:
        return None
    implied = implied_range(measurement.n, measurement.value)
    return None if implied is None else (Decimal(implied[0]), Decimal(implied[1]))


def _base_words(base: tuple[Decimal, Decimal]) -> str:
    return number(base[0]) if base[0] == base[1] else f"{number(base[0])} to {number(base[1])}"


_STALE_DAYS = {
    Period.DAY: 31,
    Period.WEEK: 31,
    Period.FOUR_FOUR_FIVE: 70,
    Period.MONTH: 62,
    Period.QUARTER: 92 + 45,
    Period.HALF: 184 + 61,
    Period.YEAR: 366 + 92,
}
"""After how many days without a figure that is said: the period after the last one has ended, and the time has gone by
in which such a return usually comes."""


def age_sentence(latest: date, period: Period | None, today: date) -> str:
    """Say "No figures since 30 November 2016." once a whole period has gone by without one (a year if none is set)."""
    limit = _STALE_DAYS.get(period, 366) if period is not None else 366
    return f"No figures since {date_long(latest)}." if (today - latest).days > limit else ""
