"""A column of figures pasted from a spreadsheet, read before anything is changed: each row with what it says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from typing import Any

from s75desk.domain.dates import month_number
from s75desk.domain.findings import Finding, Weight
from s75desk.domain.kpi_figures import shown_value, value_of
from s75desk.domain.no_value import absent_words, read_written, why_absent
from s75desk.domain.pasted.table import Role, Table, table_of
from s75desk.domain.periods.kinds import LENGTHS, start_of, year_kind
from s75desk.domain.periods.reading import read_period
from s75desk.domain.periods.span import DAY, Length, Span
from s75desk.domain.records import Kpi, Measurement, Record, Target
from s75desk.domain.records.kpi import Measure
from s75desk.domain.refusals import NotUnderstood
from s75desk.domain.surroundings import Surroundings
from s75desk.domain.targets import unit_of
from s75desk.domain.validation import findings_for
from s75desk.domain.wording import financial_year, list_words, number, period_words, plural

_NUMBERS = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](?:\d{4}|\d{2})(?: 00:00(?::00)?)?")


class Fate(Enum):
    """What becomes of a pasted row."""

    NEW = "New"
    CHANGES = "Changes"
    SAME = "Already recorded"
    EMPTY = "Empty"
    LEFT_OUT = "Left out"


@dataclass(frozen=True, slots=True)
class PastedRow:
    """One row.

    Attributes:
        line: Its place in the paste, from 1.
        cells: What it says.
        figure: The record it makes, or None.
        fate: What becomes of it.
        findings: Faults and doubts, gravest first.
        before: The figure that it changes, as shown, or "".
    """

    line: int
    cells: tuple[str, ...]
    figure: Measurement | None
    fate: Fate
    findings: tuple[Finding, ...] = ()
    before: str = ""

    @property
    def kept(self) -> bool:
        """Whether saving writes it."""
        return self.fate in (Fate.NEW, Fate.CHANGES)


@dataclass(frozen=True, slots=True)
class Pasted:
    """A paste as read.

    Attributes:
        kpi: The KPI it is for.
        rows: Its rows in order.
        first: The period of the first row, where the paste gives none and it follows from the others; "" else.
        assumed: Whether ``first`` was made up and not typed.
    """

    kpi: Kpi
    rows: tuple[PastedRow, ...]
    first: str = ""
    assumed: bool = False

    @property
    def figures(self) -> tuple[Measurement, ...]:
        """The records that saving writes."""
        return tuple(row.figure for row in self.rows if row.kept and row.figure is not None)

    @property
    def summary(self) -> str:
        """What saving does, in a sentence: "8 new figures, 1 changed. 2 left out."."""
        count = {fate: sum(row.fate is fate for row in self.rows) for fate in Fate}
        does = [plural(count[Fate.NEW], "new figure")] if count[Fate.NEW] else []
        does += [f"{number(count[Fate.CHANGES])} changed"] if count[Fate.CHANGES] else []
        said = [list_words(does) or "Nothing to save"]
        said += [f"{number(count[Fate.SAME])} already recorded"] if count[Fate.SAME] else []
        said += [f"{number(count[Fate.LEFT_OUT])} left out"] if count[Fate.LEFT_OUT] else []
        doubts = sum(any(finding.weight is Weight.DOUBT for finding in row.findings) for row in self.rows if row.kept)
        said += [f"{number(doubts)} with a doubt"] if doubts else []
        return f"{'; '.join(said)}."


def read_pasted(
    text: str, kpi: Kpi, held: Sequence[Measurement], today: date, first: str = "", targets: Sequence[Target] = ()
) -> Pasted:
    """Read what was pasted on a KPI's figures: a value, period and value, or n and N with either.

    Args:
        text: The clipboard: cells with tabs between them, a line a row.
        kpi: The KPI.
        held: Its figures so far.
        today: The day.
        first: The period of the first row as typed, where the paste has no column of periods.
        targets: Its targets, which a figure may be far from.
    """
    return _Reader(kpi, held, today, targets).read(text, first)


class _Reader:
    def __init__(self, kpi: Kpi, held: Sequence[Measurement], today: date, targets: Sequence[Target]) -> None:
        self.targets = targets
        self.kpi, self.held, self.today = kpi, [each for each in held if each.ends is not None], today
        self.years = year_kind(kpi)
        self.length = LENGTHS.get(kpi.period, Length.OTHER) if kpi.period else Length.OTHER
        self.unit = unit_of(kpi)

    def read(self, text: str, first: str) -> Pasted:
        share = self.kpi.measure is not None and self.kpi.measure.proportion
        table = table_of(text, self._is_period, share=share)
        timed = any(role in (Role.PERIOD, Role.ENDS) for role in table.roles)
        spans: list[Span | NotUnderstood]
        assumed = False
        if timed:
            spans = self._spans(table)
        else:
            spans, first, assumed = self._counted_on(len(table.rows), first)
        rows = [
            self._row(table.first + place, cells, table.roles, span)
            for place, (cells, span) in enumerate(zip(table.rows, spans, strict=True))
        ]
        return Pasted(self.kpi, tuple(self._checked(rows, assumed=assumed)), "" if timed else first, assumed)

    # --- periods -------------------------------------------------------------------------------------------------

    def _is_period(self, cell: str) -> bool:
        if month_number(cell) is not None:
            return True
        # A bare figure is one: "2025" and "46113" are periods only where the others of the column are dates as well.
        if cell.replace(",", "").replace(".", "").isdigit():
            return False
        try:
            read_period(cell, self.today, self.years, self.length)
        except NotUnderstood as trouble:
            return not trouble.foreign and "cannot be read" not in trouble.reason
        return True

    def _spans(self, table: Table) -> list[Span | NotUnderstood]:
        places = {role: place for place, role in enumerate(table.roles)}
        if Role.PERIOD in places:
            cells = [row[places[Role.PERIOD]] for row in table.rows]
            if (turned := self._month_first(cells)) is not None:
                return [turned] * len(cells)
            above = self._years_above(table.rows)
            years = self._years_of_bare_months(cells)
            return [self._dated(*each) for each in zip(cells, years, above, strict=True)]
        found: list[Span | NotUnderstood] = []
        for row in table.rows:
            starts = row[places[Role.STARTS]] if Role.STARTS in places else ""
            ends = row[places[Role.ENDS]]
            found.append(self._span(f"{starts} to {ends}" if starts else ends))
        return found

    def _dated(self, cell: str, year: int | None, above: int | None) -> Span | NotUnderstood:
        """The period of a cell, of the year that stands above it where it says none."""
        month = month_number(cell)
        if month is not None and above is not None:
            year = above + (month < self.years.month)
        elif month is None and above is not None and re.fullmatch(r"[a-z]+\.?\s*\d{1,2}", cell.strip().lower()):
            return self._span(f"{cell} {financial_year(above)}")
        return self._span(f"{cell} {year}" if year else cell)

    def _years_above(self, rows: Sequence[Sequence[str]]) -> list[int | None]:
        """By row the year of the last row above it that holds nothing but a year."""
        found: list[int | None] = []
        year: int | None = None
        for row in rows:
            span = self._heading(row)
            year = self.years.of(span.starts) if span is not None else year
            found.append(year)
        return found

    def _heading(self, row: Sequence[str]) -> Span | None:
        """The year that a row holds and nothing else, or None."""
        said = [cell for cell in row if cell]
        span = self._span(said[0]) if len(said) == 1 else None
        return span if isinstance(span, Span) and span == self.years.span(self.years.of(span.starts)) else None

    def _month_first(self, cells: Sequence[str]) -> NotUnderstood | None:
        """Dates with the month before the day, as in America: by the day first they are days of one month."""
        found = [_NUMBERS.fullmatch(cell) for cell in cells if cell]
        if self.length.value < 1 or len(found) < 3 or not all(found):
            return None
        days = [each[1].lstrip("0") for each in found if each]
        seconds = {each[2].lstrip("0") for each in found if each}
        if (
            len(set(days)) < len(days)
            or len(seconds) > 1
            or seconds != {"1"}
            or not all(int(day) <= 12 for day in days)
        ):
            return None
        first = next(cell for cell in cells if cell)
        return NotUnderstood(
            f"Is the month first here? “{first}” is read with the day first. Write 1 Feb 2026, or 1/2/26."
        )

    def _span(self, cell: str) -> Span | NotUnderstood:
        try:
            return read_period(cell, self.today, self.years, self.length)
        except NotUnderstood as trouble:
            return trouble

    def _years_of_bare_months(self, cells: Sequence[str]) -> list[int | None]:
        """The years of months without one, so that the last of them is over: "Apr", "May" and so on."""
        months = [month_number(cell) for cell in cells]
        found: list[int | None] = [None] * len(cells)
        latest, year = self.today.month, self.today.year
        for place in reversed(range(len(cells))):
            month = months[place]
            if month is None:
                continue
            # The month of today itself is not over.
            year -= month > latest or (month == latest and year == self.today.year and latest == self.today.month)
            latest, found[place] = month, year
        return found

    def _counted_on(self, count: int, first: str) -> tuple[list[Span | NotUnderstood], str, bool]:
        """Periods one after another: from the one typed, after the last figure there is, or up to the last one over."""
        if not self.length.regular:
            why = NotUnderstood("Which period? Paste a column of periods beside the figures, or set the KPI’s period.")
            return [why] * count, "", False
        if first.strip():
            start = self._span(first)
            if isinstance(start, NotUnderstood):
                return [start] * count, first, False
            return self._from(start.ends, count), first, False
        last = max((each.ends for each in self.held if each.ends), default=None)
        ends = self.length.after(last) if last is not None else self._before_today(count)
        return self._from(ends, count), self._caption(ends), True

    def _from(self, ends: date, count: int) -> list[Span | NotUnderstood]:
        found: list[Span | NotUnderstood] = []
        for place in range(count):
            last = self.length.after(ends, place)
            found.append(Span(self.length.after(last, -1) + DAY, last))
        return found

    def _before_today(self, count: int) -> date:
        if self.length.value > 0:
            part = self.years.part(self.today, self.length.value)
            return self.length.after(part.starts - DAY, 1 - count)
        sunday = date.fromordinal(self.today.toordinal() - self.today.isoweekday())
        return self.length.after(sunday, 1 - count)

    def _caption(self, ends: date) -> str:
        return period_words(self.length.after(ends, -1) + DAY, ends)

    # --- rows ----------------------------------------------------------------------------------------------------

    def _row(self, line: int, cells: tuple[str, ...], roles: Sequence[Role], span: Span | NotUnderstood) -> PastedRow:
        said = {role: cell for role, cell in zip(roles, cells, strict=True) if cell}
        if not any(role in said for role in (Role.VALUE, Role.N, Role.BASE)) or self._heading(cells) is not None:
            return PastedRow(line, cells, None, Fate.EMPTY)
        try:
            values = self._values(said)
        except NotUnderstood as trouble:
            return self._left_out(line, cells, trouble)
        if isinstance(span, NotUnderstood):
            return self._left_out(line, cells, span)
        figure = Measurement(
            kpi=self.kpi.uid,
            starts=span.starts if span.days > 1 else None,
            ends=span.ends,
            comment=said.get(Role.COMMENT),
            **values,
        )
        return PastedRow(line, cells, figure, Fate.NEW)

    @staticmethod
    def _left_out(line: int, cells: tuple[str, ...], trouble: NotUnderstood) -> PastedRow:
        return PastedRow(line, cells, None, Fate.LEFT_OUT, (Finding(Weight.FAULT, "", trouble.reason),))

    def _values(self, said: dict[Role, str]) -> dict[str, Any]:
        whole = self.kpi.measure in (None, Measure.COUNT)
        values = read_written(said.get(Role.VALUE, ""), self.unit, whole=whole).values()
        for role, name in ((Role.N, "n"), (Role.BASE, "base")):
            part = read_written(said.get(role, ""))
            if part.value is not None:
                values[name] = part.value
            elif part.absent is not None and "value" not in values:
                values.setdefault("absent", part.absent)  # one of n and N that is suppressed leaves the figure so
        return values

    # --- checks --------------------------------------------------------------------------------------------------

    def _checked(self, rows: Sequence[PastedRow], *, assumed: bool) -> list[PastedRow]:
        found: list[PastedRow] = []
        seen: dict[tuple[date | None, date | None], int] = {}
        for row in rows:
            figure = row.figure
            if figure is None:
                found.append(row)
                continue
            key = (self._starts(figure), figure.ends)
            if key in seen:
                why = NotUnderstood(f"The same period as row {seen[key]}. Keep one of the two.")
                found.append(self._left_out(row.line, row.cells, why))
                continue
            seen[key] = row.line
            found.append(self._against_held(row, figure, [each.figure for each in rows if each.figure is not None]))
        return found

    def _starts(self, figure: Measurement) -> date | None:
        return start_of(self.kpi, figure.starts, figure.ends) if figure.ends else None

    def _against_held(self, row: PastedRow, figure: Measurement, pasted_too: Sequence[Measurement]) -> PastedRow:
        scope = (self.kpi.scope or "").casefold()
        twin = next(
            (
                each
                for each in self.held
                if (self._starts(each), each.ends) == (self._starts(figure), figure.ends)
                and (each.scope or "").casefold() in ("", scope)
                and each.measure in (None, self.kpi.measure)
            ),
            None,
        )
        others = [each for each in self.held if each is not twin]
        if twin is not None:
            pasted = {
                name: getattr(figure, name) for name in ("value", "n", "base", "absent", "below", "above", "about")
            }
            if figure.comment:
                pasted["comment"] = figure.comment
            revised = replace(twin, **pasted)
            if revised == twin or self._same(revised, twin):
                return replace(row, figure=twin, fate=Fate.SAME)
            row = replace(row, fate=Fate.CHANGES, before=self.shown(twin))
            figure = revised
        # A column is checked as it will stand: with what is pasted beside it, where that has no figure yet.
        ends = {each.ends for each in (figure, *others)}
        others += [each for each in pasted_too if each.ends not in ends]
        siblings: dict[str, Sequence[Record]] = {Measurement.KIND: others, Target.KIND: self.targets}
        around = Surroundings(self.today, siblings=siblings, owner=self.kpi)
        findings = [each for each in findings_for(figure, around) if each.weight is not Weight.NOTE]
        if self.length.value > 0 and figure.starts is None and self._starts(figure) is None:
            text = f"A figure of one day, and this KPI is of a {self.length.word}."
            findings = [each for each in findings if each.field != "starts"]
            findings.append(Finding(Weight.DOUBT, "starts", text))
        if any(each.weight is Weight.FAULT for each in findings):
            return replace(row, figure=None, fate=Fate.LEFT_OUT, findings=tuple(findings))
        return replace(row, figure=figure, findings=tuple(findings))

    def _same(self, one: Measurement, other: Measurement) -> bool:
        """Whether a paste of the value alone says what is recorded with its n and N."""
        alone = one.n is None and one.base is None and one.absent == other.absent
        return alone and value_of(one, self.kpi) == value_of(other, self.kpi)

    def shown(self, figure: Measurement) -> str:
        """A figure as it will be shown."""
        return shown_figure(figure, self.kpi)


def shown_figure(figure: Measurement, kpi: Kpi) -> str:
    """A figure in words: "97.5%", "<5", "Nil", "Not known"."""
    unit = unit_of(kpi)
    why = why_absent(figure, kpi.measure)
    if why is not None:
        return absent_words(figure, why, unit)
    value = value_of(figure, kpi)
    return "Not known" if value is None else ("about " if figure.about else "") + shown_value(value, unit)
