"""Years that begin in any month: financial, calendar, academic, or of a contract."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from s75desk.domain.months import add_months
from s75desk.domain.periods.span import Span
from s75desk.domain.wording import financial_year


@dataclass(frozen=True, slots=True)
class YearKind:
    """A year that begins on the first day of a month; it is named by the calendar year in which it starts."""

    month: int = 4

    def of(self, day: date) -> int:
        """The year that ``day`` lies in: 31 March 2026 is in 2025 of the financial year."""
        return day.year if day.month >= self.month else day.year - 1

    def span(self, year: int) -> Span:
        """First and last day of a year."""
        first = date(year, self.month, 1)
        return Span(first, add_months(first, 12) - timedelta(days=1))

    def words(self, year: int) -> str:
        """A year in words: "2025/26", "2025", "October 2025 to September 2026"."""
        return str(year) if self.month == 1 else self.span(year).words

    def short(self, year: int) -> str:
        """A year in a narrow place: "2025/26", "2025"."""
        return str(year) if self.month == 1 else financial_year(year)

    def part(self, day: date, months: int) -> Span:
        """The part of so many months (1, 2, 3, 4, 6 or 12) that ``day`` lies in, counted from the year's start."""
        first = date(self.of(day), self.month, 1)
        passed = (day.year - first.year) * 12 + day.month - first.month
        starts = add_months(first, passed - passed % months)
        return Span(starts, add_months(starts, months) - timedelta(days=1))


FINANCIAL = YearKind(4)
CALENDAR = YearKind(1)
ACADEMIC = YearKind(9)
