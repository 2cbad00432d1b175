"""Flows: figures of periods that add up to a financial year, without counting any day twice.

A figure may cover a month or eight months at once. Where figures overlap, the longest count and the others are
said to be left out; a partial overlap, or parts that do not sum to their whole, is a doubt.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from s75desk.domain.findings import Finding, Weight
from s75desk.domain.months import add_months, is_month_end, whole_months
from s75desk.domain.records import Measurement
from s75desk.domain.records.kpi import Period
from s75desk.domain.wording import MONTHS, list_words, number, period_words

_DAY = timedelta(days=1)
_PERIOD_MONTHS = {Period.MONTH: 1, Period.QUARTER: 3, Period.YEAR: 12}


@dataclass(frozen=True, slots=True)
class Stretch:
    """One figure on the calendar. ``starts`` and ``ends`` are its first and last day."""

    starts: date
    ends: date
    value: Decimal
    measurement: Measurement

    @property
    def days(self) -> int:
        """How many days it covers."""
        return (self.ends - self.starts).days + 1

    @property
    def words(self) -> str:
        """The period: "April to November 2016"."""
        return period_words(self.starts, self.ends)

    def overlaps(self, other: Stretch) -> bool:
        """Whether a day lies in both."""
        return self.starts <= other.ends and other.starts <= self.ends

    def within(self, other: Stretch) -> bool:
        """Whether every day lies in the other, too."""
        return other.starts <= self.starts and self.ends <= other.ends


@dataclass(frozen=True, slots=True)
class YearTotal:
    """What is known of one financial year.

    Attributes:
        year: Calendar year in which it starts.
        total: Sum of the figures counted.
        counted: The figures counted, earliest first; never overlapping.
        covered: How many months, or days, of the year they cover.
        of: How many the year has.
        caption: "8 of 12 months" or "245 of 365 days".
        findings: Overlaps, gaps and figures left out.
    """

    year: int
    total: Decimal
    counted: tuple[Stretch, ...]
    covered: int
    of: int
    caption: str
    findings: tuple[Finding, ...]

    @property
    def complete(self) -> bool:
        """Whether the whole year is covered."""
        return self.covered == self.of

    @property
    def forecast(self) -> Decimal:
        """The year at the rate so far, not rounded: 2,133 in 8 of 12 months is 3,199.5."""
        # Multiplied before it is divided: two thirds of a year have no exact decimal.
        return self.total * self.of / self.covered


def start_of(measurement: Measurement, period: Period | None) -> date | None:
    """The first day a figure covers: as recorded, else by the KPI's period; None when it cannot be said."""
    if measurement.starts is not None or measurement.ends is None:
        return measurement.starts
    if period is Period.DAY:
        return measurement.ends
    months = _PERIOD_MONTHS.get(period) if period is not None else None
    if months is None or not is_month_end(measurement.ends):
        return None
    return add_months(measurement.ends.replace(day=1), 1 - months)


def year_total(stretches: Iterable[Stretch], year: int) -> YearTotal | None:
    """The sum of a financial year's figures; None when none lies wholly within it."""
    first, last = date(year, 4, 1), date(year + 1, 3, 31)
    inside = [each for each in stretches if first <= each.starts <= each.ends <= last]
    if not inside:
        return None
    counted, left_out = _without_overlap(inside)
    covered, whole, unit = _coverage(counted, first, last)
    findings = (*_overlap_findings(counted, left_out), *_gap_findings(counted))
    total = sum((each.value for each in counted), Decimal(0))
    return YearTotal(year, total, tuple(counted), covered, whole, f"{covered} of {whole} {unit}", findings)


def _without_overlap(stretches: Sequence[Stretch]) -> tuple[list[Stretch], list[Stretch]]:
    """The longest figures that do not overlap, in order of time, and those left out."""
    counted: list[Stretch] = []
    left_out: list[Stretch] = []
    for stretch in sorted(stretches, key=lambda each: -each.days):
        clashes = any(stretch.overlaps(other) for other in counted)
        (left_out if clashes else counted).append(stretch)
    return sorted(counted, key=lambda each: each.starts), sorted(left_out, key=lambda each: each.starts)


def _coverage(counted: Sequence[Stretch], first: date, last: date) -> tuple[int, int, str]:
    if all(each.starts.day == 1 and is_month_end(each.ends) for each in counted):
        months = sum(whole_months(each.starts, each.ends + _DAY) for each in counted)
        return months, 12, "months"
    return sum(each.days for each in counted), (last - first).days + 1, "days"


def _overlap_findings(counted: Sequence[Stretch], left_out: Sequence[Stretch]) -> list[Finding]:
    found = []
    for whole in counted:
        parts = [each for each in left_out if each.within(whole)]
        if parts:
            found.append(_parts_finding(whole, parts))
    for stretch in left_out:
        if not any(stretch.within(other) for other in counted):
            other = next(other for other in counted if stretch.overlaps(other))
            text = f"The figures for {stretch.words} and {other.words} overlap; only the latter is counted."
            found.append(Finding(Weight.DOUBT, "", text))
    return [each for each in found if each is not None]


def _parts_finding(whole: Stretch, parts: Sequence[Stretch]) -> Finding | None:
    """Figures inside a longer one: they agree with it, contradict it, or are just not added again."""
    same = [each for each in parts if each.starts == whole.starts and each.ends == whole.ends]
    if same:
        if all(each.value == whole.value for each in same):
            return None
        values = list_words(number(each.value) for each in (whole, *same))
        return Finding(Weight.DOUBT, "", f"{whole.words} is recorded with different figures: {values}.")
    tiles = _tiling(parts)
    summed = sum((each.value for each in tiles), Decimal(0))
    if sum(each.days for each in tiles) == whole.days:
        if summed == whole.value:
            return None
        text = f"The parts of {whole.words} add up to {number(summed)}, not {number(whole.value)}."
        return Finding(Weight.DOUBT, "", text)
    names = list_words(each.words for each in parts)
    return Finding(Weight.NOTE, "", f"{names} lies within {whole.words} and is not added again.")


def _tiling(parts: Sequence[Stretch]) -> list[Stretch]:
    tiles: list[Stretch] = []
    for part in sorted(parts, key=lambda each: (each.starts, each.ends)):
        if not tiles or part.starts > tiles[-1].ends:
            tiles.append(part)
    return tiles


def _gap_findings(counted: Sequence[Stretch]) -> list[Finding]:
    """Whole months between the first and the last figure that no figure covers."""
    missing = []
    month = counted[0].starts.replace(day=1)
    while month < counted[-1].ends:
        after = add_months(month, 1)
        if not any(each.starts < after and month <= each.ends for each in counted):
            missing.append(MONTHS[month.month - 1])
        month = after
    if not missing:
        return []
    text = f"No figure for {list_words(missing)}; the forecast is made from the months that have one."
    return [Finding(Weight.DOUBT, "", text)]
