"""A stretch of days, and which usual length it has."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from s75desk.domain.months import add_months
from s75desk.domain.wording import period_words

DAY = timedelta(days=1)


class Length(Enum):
    """How long a period is; the value is its length in months, or in days where it is negative."""

    DAY = 0
    WEEK = -7
    FOUR_WEEKS = -28
    FIVE_WEEKS = -35
    MONTH = 1
    QUARTER = 3
    HALF = 6
    YEAR = 12
    OTHER = -1

    @property
    def word(self) -> str:
        """What one is called: "month", "half year"."""
        return _WORDS.get(self, "period")

    @property
    def parts(self) -> int:
        """How many make a year, 0 where none do: 12 months, 52 weeks."""
        if self.value > 0:
            return 12 // self.value
        return 52 if self is Length.WEEK else 0

    @property
    def regular(self) -> bool:
        """Whether such periods follow one another in equal steps."""
        return self.value > 0 or self is Length.WEEK

    def after(self, ends: date, count: int = 1) -> date:
        """The last day of the period ``count`` later than one that ends on ``ends``.

        Raises:
            OverflowError: There is no such day.
        """
        if self.value > 0:
            return add_months(ends + DAY, self.value * count) - DAY
        return ends + timedelta(days=-self.value * count)


_WORDS = {
    Length.DAY: "day",
    Length.WEEK: "week",
    Length.FOUR_WEEKS: "four weeks",
    Length.FIVE_WEEKS: "five weeks",
    Length.MONTH: "month",
    Length.QUARTER: "quarter",
    Length.HALF: "half year",
    Length.YEAR: "year",
}


_DAYS = {Length.MONTH: (28, 31), Length.QUARTER: (89, 92), Length.HALF: (181, 184), Length.YEAR: (365, 366)}
"""The least and the most days that one has: whatever lies outside needs no calendar."""


@dataclass(frozen=True, slots=True)
class Span:
    """First and last day of a period, both in it."""

    starts: date
    ends: date

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.ends - self.starts).days + 1

    @property
    def words(self) -> str:
        """The period in the shortest usual words: "2025/26", "April 2026", "1 to 5 April 2026"."""
        return period_words(self.starts, self.ends)

    def overlaps(self, other: Span) -> bool:
        """Whether a day lies in both."""
        return self.starts <= other.ends and other.starts <= self.ends

    def within(self, other: Span) -> bool:
        """Whether every day lies in the other, too."""
        return other.starts <= self.starts and self.ends <= other.ends


def length_of(starts: date | None, ends: date) -> Length:
    """The usual length of a period, on whatever day of the month it begins; a day where no start is known."""
    if starts is None or starts == ends:
        return Length.DAY
    if starts > ends:
        return Length.OTHER
    days = (ends - starts).days + 1
    for length, (least, most) in _DAYS.items():
        if least <= days <= most and add_months(starts, length.value) == ends + DAY:
            return length
    return next(
        (each for each in (Length.WEEK, Length.FOUR_WEEKS, Length.FIVE_WEEKS) if -each.value == days), Length.OTHER
    )
