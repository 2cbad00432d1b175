"""Flows: figures of periods that add up to a year or another whole, without counting any day twice.

A figure may cover a month or eight months at once. Where figures overlap, the longest count and the others are
said to be left out; a partial overlap, or parts that do not sum to their whole, is a doubt.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from s75desk.domain.findings import Finding, Weight
from s75desk.domain.months import add_months, is_month_end, whole_months
from s75desk.domain.periods.span import DAY, Span
from s75desk.domain.records import Measurement
from s75desk.domain.records.kpi import Adding
from s75desk.domain.wording import MONTHS, list_words, number


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
    """

    span: Span
    adding: Adding
    total: Decimal
    counted: tuple[Stretch, ...]
    covered: int
    of: int
    caption: str
    findings: tuple[Finding, ...]

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


def sum_over(stretches: Iterable[Stretch], span: Span, explained: Sequence[Span] = ()) -> Total | None:
    """The sum of the figures within a year; None when none lies wholly within it.

    Args:
        stretches: The figures.
        span: The year.
        explained: Periods that say why they have no value, so that they are no gap.
    """
    known = list(stretches)
    inside = [each for each in known if each.within(span)]
    if not inside:
        return None
    counted, left_out = without_overlap(inside)
    covered, whole, unit = coverage(counted, span)
    across = [each for each in known if each.overlaps(span) and not each.within(span)]
    findings = (
        *_overlap_findings(counted, left_out),
        *_gap_findings(counted, span, explained),
        *_across_findings(across, span),
    )
    total = sum((each.value for each in counted), Decimal(0))
    return Total(span, Adding.FLOW, total, tuple(counted), covered, whole, f"{covered} of {whole} {unit}", findings)


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
    names = list_words(each.words for each in parts)
    return Finding(Weight.NOTE, "", f"{names} lies within {whole.words} and is not added again.")


def _tiling(parts: Sequence[Stretch]) -> list[Stretch]:
    tiles: list[Stretch] = []
    for part in sorted(parts, key=lambda each: (each.starts, each.ends)):
        if not tiles or part.starts > tiles[-1].ends:
            tiles.append(part)
    return tiles


def _gap_findings(counted: Sequence[Stretch], span: Span, explained: Sequence[Span]) -> list[Finding]:
    """Whole months from the start of the year to the last figure that no figure covers."""
    missing = []
    month = span.starts.replace(day=1)
    while month < counted[-1].ends:
        after = add_months(month, 1)
        if not any(each.starts < after and month <= each.ends for each in (*counted, *explained)):
            missing.append(MONTHS[month.month - 1])
        month = after
    if not missing:
        return []
    stand = "is" if len(missing) == 1 else "are"
    text = f"No figure for {list_words(missing)}, which {stand} in no total of {span.words}."
    return [Finding(Weight.DOUBT, "", text)]
