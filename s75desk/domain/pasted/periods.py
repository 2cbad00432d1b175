"""The periods of a pasted column: each as its cell says, a bare month or quarter by the year that it stands under."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from s75desk.domain.dates import full_year, month_number
from s75desk.domain.months import add_months, is_month_end
from s75desk.domain.pasted.cells import looks_like_period
from s75desk.domain.pasted.table import FIGURES, Role, Table
from s75desk.domain.periods.reading import read_period
from s75desk.domain.periods.span import Length, Span
from s75desk.domain.periods.years import YearKind
from s75desk.domain.refusals import NotUnderstood
from s75desk.domain.wording import date_long, period_words

_SLASHED = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})(?:\s+0?0:00(?::00)?)?")
_NAMED_PART = re.compile(r"(?:q|quarter|h|half|p|period|m|month)\s*\d{1,2}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PeriodReader:
    """Reads the periods of a table.

    Attributes:
        today: The day of the paste.
        years: The year of the KPI.
        usual: How long its periods are.
        month_first: Whether the days were written the American way.
    """

    today: date
    years: YearKind
    usual: Length
    month_first: bool = False

    def names(self, cell: str) -> bool:
        """Whether a cell names a period."""
        return looks_like_period(cell, self.today, self.years, self.usual)

    def read(self, cell: str) -> Span | NotUnderstood:
        """The period of one cell, or why it cannot be read."""
        try:
            return read_period(self._turned(cell) if self.month_first else cell, self.today, self.years, self.usual)
        except NotUnderstood as trouble:
            return trouble

    def of(self, table: Table) -> list[Span | NotUnderstood]:
        """The period of each row."""
        places = {role: place for place, role in enumerate(table.roles)}
        if Role.PERIOD not in places:
            return [self._between(row, places) for row in table.rows]
        cells = [row[places[Role.PERIOD]] for row in table.rows]
        figures = [place for place, role in enumerate(table.roles) if role in FIGURES]
        heading = [not any(row[place] for place in figures) for row in table.rows]
        asked = None if self.month_first else self.asked_of(cells)
        if asked is not None:
            return [asked if _SLASHED.fullmatch(cell) else self.read(cell) for cell in cells]
        return self._in_order(cells, heading, self._year_of_head(table))

    def _between(self, row: Sequence[str], places: dict[Role, int]) -> Span | NotUnderstood:
        starts = row[places[Role.STARTS]] if Role.STARTS in places else ""
        ends = row[places[Role.ENDS]]
        return self.read(f"{starts} to {ends}" if starts else ends)

    def _year_of_head(self, table: Table) -> Span | None:
        """The year in the corner or over the figures, which the bare months and quarters beside it are of."""
        years = {span for cell in table.head if cell and (span := self._year(cell)) is not None}
        return years.pop() if len(years) == 1 else None

    def _year(self, cell: str) -> Span | None:
        span = self.read(cell) if self.names(cell) else None
        whole = isinstance(span, Span) and Length.MONTH.after(span.ends, -12) < span.starts
        long = isinstance(span, Span) and 364 < span.days < 367
        return span if whole and long and isinstance(span, Span) else None

    def _in_order(self, cells: Sequence[str], heading: Sequence[bool], year: Span | None) -> list[Span | NotUnderstood]:
        found: list[Span | NotUnderstood] = []
        last: Span | None = None
        for cell, alone in zip(cells, heading, strict=True):
            if alone and (named := self._year(cell)) is not None:
                year, last = named, None  # a line with a year alone stands over those that follow
                found.append(named)
                continue
            read = self.read(cell)
            if isinstance(read, NotUnderstood) and self._bare(cell):
                read = self._bare_in(cell, year, last) or read
            if isinstance(read, Span):
                last = read
            found.append(read)
        return self._back_from_the_end(cells, found)

    def _bare(self, cell: str) -> bool:
        """Whether a cell lacks only its year and is as long as the KPI's periods are."""
        if month_number(cell) is not None:
            return self.usual in (Length.MONTH, Length.OTHER)
        found = _NAMED_PART.fullmatch(cell)
        kinds = {"q": Length.QUARTER, "h": Length.HALF, "p": Length.MONTH, "m": Length.MONTH}
        return found is not None and kinds[cell[0].lower()] is self.usual

    def _bare_in(self, cell: str, year: Span | None, last: Span | None) -> Span | None:
        """A bare month or quarter in the year it stands under, or next after the one before it."""
        if year is not None and last is None:
            return self._part_of(cell, year.starts)
        if last is None:
            return None
        span = self._part_of(cell, last.ends)
        if span is not None and span.starts <= last.ends:
            span = self._part_of(cell, add_months(last.ends, 12)) if month_number(cell) is not None else None
        if span is not None and year is not None and span.ends > year.ends:
            return None
        return span

    def _part_of(self, cell: str, day: date) -> Span | None:
        """The month or quarter of that name in the year that holds ``day``."""
        first = self.years.of(day)
        month = month_number(cell)
        if month is not None:
            read = self.read(f"{cell} {first if month >= self.years.month else first + 1}")
        else:
            read = self.read(f"{cell} {self.years.short(first)}")
        return read if isinstance(read, Span) else None

    def _back_from_the_end(self, cells: Sequence[str], found: list[Span | NotUnderstood]) -> list[Span | NotUnderstood]:
        """Months before any with a year: those that end before the next one that has it, or before today."""
        before = next((each.starts for each in found if isinstance(each, Span)), self.today.replace(day=1))
        places = []
        for place, each in enumerate(found):
            if isinstance(each, Span):
                break
            places.append(place)
        for place in reversed(places):
            month = month_number(cells[place])
            if month is None or not self._bare(cells[place]):
                continue
            span = self.read(f"{cells[place]} {before.year - (month >= before.month)}")
            if isinstance(span, Span):
                found[place], before = span, span.starts
        return found

    # --- days written the American way ---------------------------------------------------------------------------

    def asked_of(self, cells: Sequence[str]) -> NotUnderstood | None:
        """The question, where the days of a column can only be, or fit the KPI better, with the month first."""
        days = [found for cell in cells if (found := _SLASHED.fullmatch(cell))]
        if len(days) < 2:
            return None
        impossible = [each for each in days if int(each[2]) > 12 >= int(each[1])]
        if impossible and not any(int(each[1]) > 12 for each in days):
            return NotUnderstood(
                f"Is the month first here? {impossible[0][0]} is no day with the day first. Say so below."
            )
        if self.usual.value <= 0 or impossible:
            return None
        day_first, month_first = (
            [span for cell in cells if isinstance(span := self._day(cell, turned=turned), date)]
            for turned in (False, True)
        )
        fits = [sum(day.day == 1 or is_month_end(day) for day in each) for each in (day_first, month_first)]
        if fits[1] == len(days) > fits[0]:
            odd = next(day for day in day_first if day.day != 1 and not is_month_end(day))
            cell = next(cell for cell in cells if self._day(cell, turned=False) == odd)
            other = self._day(cell, turned=True)
            assert other is not None
            return NotUnderstood(
                f"Is the month first here? {cell} is {date_long(odd)}, or {date_long(other)}. Say so below."
            )
        return None

    def _turned(self, cell: str) -> str:
        return _SLASHED.sub(r"\2/\1/\3", cell)

    def _day(self, cell: str, *, turned: bool) -> date | None:
        found = _SLASHED.fullmatch(cell)
        if found is None:
            return None
        day, month = (int(found[2]), int(found[1])) if turned else (int(found[1]), int(found[2]))
        try:
            return date(full_year(found[3]), month, day)
        except ValueError:
            return None

    # --- where the paste has no periods --------------------------------------------------------------------------

    def counted_on(self, count: int, first: str, last: date | None) -> tuple[list[Span | NotUnderstood], str, bool]:
        """Periods one after another: from the one typed, after the last figure there is, or up to the last one over."""
        if not self.usual.regular:
            why = NotUnderstood("Which period? Paste a column of periods beside the figures, or set the KPI’s period.")
            return [why] * count, "", False
        if first.strip():
            start = self.read(first)
            if isinstance(start, NotUnderstood):
                return [start] * count, first, False
            return self._from(start.ends, count), first, False
        ends = self.usual.after(last) if last is not None else self._before_today(count)
        return self._from(ends, count), period_words(*self._at(ends)), True

    def _at(self, ends: date) -> tuple[date, date]:
        return add_days(self.usual.after(ends, -1), 1), ends

    def _from(self, ends: date, count: int) -> list[Span | NotUnderstood]:
        return [Span(*self._at(self.usual.after(ends, place))) for place in range(count)]

    def _before_today(self, count: int) -> date:
        if self.usual.value > 0:
            part = self.years.part(self.today, self.usual.value)
            return self.usual.after(add_days(part.starts, -1), 1 - count)
        return self.usual.after(add_days(self.today, -self.today.isoweekday()), 1 - count)


def add_days(day: date, count: int) -> date:
    """The day so many days later."""
    return date.fromordinal(day.toordinal() + count)
