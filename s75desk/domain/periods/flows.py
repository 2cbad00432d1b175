"""Flows: figures of periods that add up to a year or another whole, without counting any day twice.

A figure may cover a month or eight months at once. Where figures overlap, the longest count and the others are
said to be left out; a partial overlap, or parts that do not sum to their whole, is a doubt.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from s75desk.domain.findings import Finding, Weight
from s75desk.domain.months import is_month_end, whole_months
from s75desk.domain.periods.span import DAY, Span
from s75desk.domain.records import Measurement
from s75desk.domain.records.kpi import Adding
from s75desk.domain.wording import MONTHS, date_long, list_words, number


@dataclass(frozen=True, slots=True)
class Stretch(Span):
    """One figure on the calendar. ``starts`` and ``ends`` are its first and last day."""

    value: Decimal
    measurement: Measurement


@dataclass(frozen=True, slots=True)
class Total:
    """What is known of a year, or of another period that figures make up.

    Attributes:
        span: The year.
        adding: How its figures were brought together.
        total: What they make: a sum, a share of sums, a mean, the last of them.
        counted: The figures counted, earliest first; never overlapping.
        covered: How many months, or days, of the year they cover.
        of: How many the year has.
        caption: "8 of 12 months" or "245 of 365 days".
        findings: Overlaps, gaps and figures left out.
        weeks: The days that the weeks of the year make up, where they do not begin and end with it.
    """

    span: Span
    adding: Adding
    total: Decimal
    counted: tuple[Stretch, ...]
    covered: int
    of: int
    caption: str
    findings: tuple[Finding, ...]
    weeks: Span | None = None

    @property
    def whole(self) -> Span:
        """The days that its periods make up."""
        return self.weeks or self.span

    @property
    def words(self) -> str:
        """The year in words: "2016/17", "October 2024 to September 2025"."""
        return self.span.words

    @property
    def complete(self) -> bool:
        """Whether the whole year is covered."""
        return self.covered >= self.of

    @property
    def carried_on(self) -> bool:
        """Whether it can be carried on to the end of the year: a mean cannot, and a count on a day cannot."""
        return self.adding in (Adding.FLOW, Adding.TO_DATE)

    @property
    def about(self) -> bool:
        """Whether one of its figures is approximate."""
        return any(stretch.measurement.about for stretch in self.counted)

    @property
    def forecast(self) -> Decimal:
        """The year at the rate so far, not rounded: 2,133 in 8 of 12 months is 3,199.5."""
        # Multiplied before it is divided: two thirds of a year have no exact decimal.
        return self.total * self.of / self.covered if self.carried_on else self.total


def sum_over(
    stretches: Iterable[Stretch], span: Span, explained: Sequence[Span] = (), weeks: Span | None = None
) -> Total | None:
    """The sum of the figures within a year; None when none lies wholly within it.

    Args:
        stretches: The figures.
        span: The year.
        explained: Periods that say why they have no value, so that they are no gap.
        weeks: The days that its weeks make up, where they are not those of the year.
    """
    known = list(stretches)
    days = weeks or span
    inside = [each for each in known if each.within(days)]
    if not inside:
        return None
    counted, left_out = without_overlap(inside)
    covered, whole, unit = coverage(counted, days)
    across = [each for each in known if each.overlaps(days) and not each.within(days)]
    findings = (
        *_overlap_findings(counted, left_out),
        *gap_findings(counted, span, days, explained),
        *_across_findings(across, span),
        *_so_far_each(counted),
        *_weeks_findings(span, days),
    )
    total = sum((each.value for each in counted), Decimal(0))
    caption = f"{covered} of {whole} {unit}"
    return Total(span, Adding.FLOW, total, tuple(counted), covered, whole, caption, findings, weeks)


def _weeks_findings(span: Span, weeks: Span) -> list[Finding]:
    if weeks == span:
        return []
    words = f"{date_long(weeks.starts)} to {date_long(weeks.ends)}"
    return [Finding(Weight.NOTE, "", f"The weeks of {span.words} are those from {words}.")]


def _so_far_each(counted: Sequence[Stretch]) -> list[Finding]:
    """A question where each figure is higher than the one before by about as much as the first: 100, 210, 300, 410."""
    if len(counted) < 3 or not counted[0].value > 0:
        return []
    first = counted[0].value
    rises = [later.value - earlier.value for earlier, later in pairwise(counted)]
    if not all(first <= rise * 2 and rise <= first * 2 for rise in rises):
        return []
    values = list_words(number(each.value) for each in counted)
    text = f"Each figure is higher than the last by about as much: {values}. Are they of the year to date?"
    return [Finding(Weight.DOUBT, "adding", text)]


def _across_findings(across: Sequence[Stretch], span: Span) -> list[Finding]:
    """Figures of which a part lies in the year: which part of them cannot be said, so they are in no total."""
    if not across:
        return []
    periods = list_words(each.words for each in sorted(across, key=lambda each: each.starts))
    text = f"Only a part of {periods} lies in {span.words}; that is in no total of it."
    return [Finding(Weight.DOUBT, "", text)]


def without_overlap(stretches: Iterable[Stretch]) -> tuple[list[Stretch], list[Stretch]]:
    """The longest figures that do not overlap, in order of time, and those left out."""
    counted: list[Stretch] = []
    left_out: list[Stretch] = []
    for stretch in sorted(stretches, key=lambda each: -each.days):
        clashes = any(stretch.overlaps(other) for other in counted)
        (left_out if clashes else counted).append(stretch)
    return sorted(counted, key=lambda each: each.starts), sorted(left_out, key=lambda each: each.starts)


def coverage(counted: Sequence[Span], span: Span) -> tuple[int, int, str]:
    """How much of ``span`` the figures cover, how much it has, and in what: months where all begin and end with one."""
    if all(each.starts.day == 1 and is_month_end(each.ends) for each in (*counted, span)):
        months = sum(whole_months(each.starts, each.ends + DAY) for each in counted)
        return months, whole_months(span.starts, span.ends + DAY), "months"
    return sum(each.days for each in counted), span.days, "days"


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
    names, one = list_words(each.words for each in parts), len(parts) == 1
    again = "lies within {} and is not" if one else "lie within {} and are not"
    return Finding(Weight.NOTE, "", f"{names} {again.format(whole.words)} added again.")


def _tiling(parts: Sequence[Stretch]) -> list[Stretch]:
    tiles: list[Stretch] = []
    for part in sorted(parts, key=lambda each: (each.starts, each.ends)):
        if not tiles or part.starts > tiles[-1].ends:
            tiles.append(part)
    return tiles


def gap_findings(counted: Sequence[Stretch], span: Span, days: Span, explained: Sequence[Span] = ()) -> list[Finding]:
    """Days of a year, from its first to those of the last figure, that no figure covers."""
    missing = [name for each in uncovered(days, counted[-1].ends, (*counted, *explained)) for name in _names(each)]
    if not missing:
        return []
    stand = "is" if len(missing) == 1 else "are"
    text = f"No figure for {list_words(missing)}, which {stand} in no total of {span.words}."
    return [Finding(Weight.DOUBT, "", text)]


def uncovered(days: Span, until: date, covering: Iterable[Span]) -> list[Span]:
    """The stretches of ``days`` up to a day that nothing covers."""
    found = []
    at = days.starts
    for each in sorted(covering, key=lambda each: each.starts):
        if each.starts > at:
            found.append(Span(at, min(each.starts - DAY, until)))
        at = max(at, each.ends + DAY)
    if at <= min(until, days.ends):
        found.append(Span(at, min(until, days.ends)))
    return [each for each in found if each.starts <= each.ends]


def _names(gap: Span) -> list[str]:
    """A gap in words: its months by name, where it is of whole months."""
    if gap.starts.day != 1 or not is_month_end(gap.ends):
        return [gap.words]
    count = whole_months(gap.starts, gap.ends + DAY)
    return [MONTHS[(gap.starts.month - 1 + place) % 12] for place in range(count)]
