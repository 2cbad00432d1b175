"""A length of time as a paper states it, "3 years", "12 weeks" or "3 to 5 years", and where it ends.

The unit that was written is kept: 28 days stay 28 days. ``length_reading`` reads what people type.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import reduce

from s75desk.domain.months import LONGEST_MONTHS, add_months, last_notice_day, term_end

UNITS = ("years", "months", "weeks", "days")
_DAYS_A_MONTH = Decimal("30.4375")


@dataclass(frozen=True, slots=True)
class Length:
    """A length of time in the units it was written in.

    Attributes:
        years, months, weeks, days: How many of each; nought of all is "none".
        most: The longer end of "3 to 5 years", of which this is the shorter; None for a plain length.
    """

    years: int = 0
    months: int = 0
    weeks: int = 0
    days: int = 0
    most: Length | None = None

    @property
    def in_months(self) -> int:
        """The part counted by the calendar: years and months."""
        return self.years * 12 + self.months

    @property
    def in_days(self) -> int:
        """The part counted in days: weeks and days."""
        return self.weeks * 7 + self.days

    @property
    def whole_months(self) -> int | None:
        """The length in months; None where weeks, days or a range make it no number of months."""
        return None if self.in_days or self.most else self.in_months

    @property
    def rough_months(self) -> Decimal:
        """About how many months, for limits and for sorting; of a range the longer end."""
        longest = self.longest
        return Decimal(longest.in_months) + longest.in_days / _DAYS_A_MONTH

    @property
    def longest(self) -> Length:
        """The longer end of a range; itself for a plain length."""
        return self.most or self

    @property
    def shortest(self) -> Length:
        """The shorter end of a range; itself for a plain length."""
        return replace(self, most=None) if self.most else self

    @property
    def too_long(self) -> bool:
        """Whether it would run off the calendar."""
        return self.rough_months > LONGEST_MONTHS

    @property
    def words(self) -> str:
        """As it is written: "1 year 6 months", "3 to 5 years", "up to 2 years", "none"."""
        if self.most is None:
            return _plain_words(self) or "none"
        low, high = _plain_words(self.shortest), _plain_words(self.most)
        if not low:
            return f"up to {high}"
        if low.split()[1:] and low.split()[1].rstrip("s") == high.split()[-1].rstrip("s") and low.count(" ") == 1:
            low = low.split()[0]
        return f"{low} to {high}"

    def __str__(self) -> str:
        return self.words

    def __bool__(self) -> bool:
        return bool(self.in_months or self.in_days or self.most)

    def __add__(self, other: Length) -> Length:
        parts = {unit: getattr(self, unit) + getattr(other, unit) for unit in UNITS}
        most = self.longest + other.longest if self.most or other.most else None
        return Length(**parts, most=most)


def _plain_words(length: Length) -> str:
    counted = [(getattr(length, unit), unit) for unit in UNITS]
    return " ".join(f"{count} {unit if count != 1 else unit[:-1]}" for count, unit in counted if count)


# --- where a length ends -----------------------------------------------------------------------------------------


def end_after(starts: date, length: Length) -> date:
    """The last day, inclusive, of a length from ``starts``: months as ``TERM_RULE`` says, then weeks and days.

    Raises:
        OverflowError: It runs off the calendar.
    """
    before = term_end(starts, length.in_months) if length.in_months else starts - timedelta(days=1)
    return before + timedelta(days=length.in_days)


def notice_day(ends: date, notice: Length) -> date:
    """The last day to give notice for an end: a range counts at its longer end, so that nobody is late.

    12 weeks for 31 March 2027: 6 January 2027; 28 days: 3 March 2027; 12 months: 31 March 2026.

    Raises:
        OverflowError: It lies before the calendar.
    """
    longest = notice.longest
    return last_notice_day(ends - timedelta(days=longest.in_days), longest.in_months)


def earliest_end(given: date, notice: Length) -> date:
    """The earliest day on which notice given on ``given`` can have run out.

    Three months from 15 January run out on 15 April (the "corresponding date" rule): the mirror of ``notice_day``.

    Raises:
        OverflowError: It runs off the calendar.
    """
    longest = notice.longest
    return add_months(given, longest.in_months) + timedelta(days=longest.in_days)


def total(lengths: Iterable[Length]) -> Length:
    """All of them one after the other."""
    return reduce(Length.__add__, lengths, Length())


def series_words(lengths: Sequence[Length]) -> str:
    """Lengths in words that ``parse_series`` reads back: "3 + 1 + 1 years", "1 year + 6 months"."""
    units = {_only_unit(length) for length in lengths}
    if len(lengths) > 1 and len(units) == 1 and (unit := units.pop()):
        return f"{' + '.join(str(getattr(length, unit)) for length in lengths)} {unit}"
    return " + ".join(length.words for length in lengths)


def _only_unit(length: Length) -> str:
    used = [unit for unit in UNITS if getattr(length, unit)]
    return used[0] if len(used) == 1 and length.most is None else ""
