"""A column of figures pasted from a spreadsheet, read before anything is changed: each row with what it says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from typing import Any

from s75desk.domain.findings import Finding, Weight
from s75desk.domain.kpi_figures import shown_value, value_of
from s75desk.domain.no_value import Written, absent_words, read_written, why_absent
from s75desk.domain.pasted.periods import PeriodReader
from s75desk.domain.pasted.table import FIGURES, Role, Table, table_of
from s75desk.domain.periods.kinds import LENGTHS, start_of, year_kind
from s75desk.domain.periods.span import Length, Span
from s75desk.domain.records import Kpi, Measurement, Record, Target
from s75desk.domain.records.kpi import Measure
from s75desk.domain.refusals import NotUnderstood
from s75desk.domain.surroundings import Surroundings
from s75desk.domain.targets import unit_of
from s75desk.domain.validation import findings_for
from s75desk.domain.wording import list_words, number, plural

PERIODS = (Role.PERIOD, Role.STARTS, Role.ENDS)


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
        period: Its period as pasted or mended.
        typed: Its figure as pasted or mended.
        undated: Whether it is its period that cannot be read.
    """

    line: int
    cells: tuple[str, ...]
    figure: Measurement | None
    fate: Fate
    findings: tuple[Finding, ...] = ()
    before: str = ""
    period: str = ""
    typed: str = ""
    undated: bool = False

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
        unused: The heads of the columns that are not read.
        month_first: Whether it is to be asked if the month stands before the day.
    """

    kpi: Kpi
    rows: tuple[PastedRow, ...]
    first: str = ""
    assumed: bool = False
    unused: tuple[str, ...] = ()
    month_first: bool = False

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
        names = list_words([f"“{name}”" for name in self.unused])
        unread = f" Not read: {'column' if len(self.unused) == 1 else 'columns'} {names}." if names else ""
        return f"{'; '.join(said)}.{unread}"


@dataclass(frozen=True, slots=True)
class Mended:
    """What was typed in the sheet in place of a pasted cell; None leaves it as pasted."""

    period: str | None = None
    figure: str | None = None


def read_pasted(
    text: str,
    kpi: Kpi,
    held: Sequence[Measurement],
    today: date,
    first: str = "",
    targets: Sequence[Target] = (),
    mended: Mapping[int, Mended] | None = None,
    *,
    month_first: bool = False,
) -> Pasted:
    """Read what was pasted on a KPI's figures: a value, period and value, or n and N with either.

    Args:
        text: The clipboard: cells with tabs between them, a line a row.
        kpi: The KPI.
        held: Its figures so far.
        today: The day.
        first: The period of the first row as typed, where the paste has no column of periods.
        targets: Its targets, which a figure may be far from.
        mended: What was typed in place of cells, by the line of the row.
        month_first: Whether the days are written the American way.
    """
    return _Reader(kpi, held, today, targets, month_first=month_first).read(text, first, mended or {})


class _Reader:
    def __init__(
        self, kpi: Kpi, held: Sequence[Measurement], today: date, targets: Sequence[Target], *, month_first: bool
    ) -> None:
        self.targets = targets
        self.kpi, self.held, self.today = kpi, [each for each in held if each.ends is not None], today
        length = LENGTHS.get(kpi.period, Length.OTHER) if kpi.period else Length.OTHER
        self.periods = PeriodReader(today, year_kind(kpi), length, month_first)
        self.unit = unit_of(kpi)

    def read(self, text: str, first: str, mended: Mapping[int, Mended]) -> Pasted:
        share = self.kpi.measure is not None and self.kpi.measure.proportion
        table = table_of(text, self.periods.names, share=share)
        timed = any(role in (Role.PERIOD, Role.ENDS) for role in table.roles)
        asked = PeriodReader(self.today, self.periods.years, self.periods.usual)
        place = table.roles.index(Role.PERIOD) if Role.PERIOD in table.roles else None
        turns = place is not None and asked.asked_of([row[place] for row in table.rows]) is not None
        if place is not None:
            table = replace(
                table,
                rows=tuple(
                    (*row[:place], typed.period, *row[place + 1 :])
                    if (typed := mended.get(table.first + line)) and typed.period is not None
                    else row
                    for line, row in enumerate(table.rows)
                ),
            )
        assumed = False
        if timed:
            spans = self.periods.of(table)
        else:
            last = max((each.ends for each in self.held if each.ends), default=None)
            spans, first, assumed = self.periods.counted_on(len(table.rows), first, last)
        rows = [
            self._row(table.first + line, cells, table, span, mended.get(table.first + line))
            for line, (cells, span) in enumerate(zip(table.rows, spans, strict=True))
        ]
        return Pasted(
            self.kpi,
            tuple(self._checked(rows)),
            "" if timed else first,
            assumed,
            table.unused,
            month_first=turns,
        )

    # --- rows ----------------------------------------------------------------------------------------------------

    def _row(
        self, line: int, cells: tuple[str, ...], table: Table, span: Span | NotUnderstood, typed: Mended | None
    ) -> PastedRow:
        said = {role: cell for role, cell in zip(table.roles, cells, strict=True) if cell}
        row = PastedRow(line, cells, None, Fate.EMPTY, period=_joined(said, PERIODS), typed=_joined(said, FIGURES))
        if typed is not None and typed.figure is not None:
            said = {role: cell for role, cell in said.items() if role not in FIGURES} | {Role.VALUE: typed.figure}
            row = replace(row, typed=typed.figure)
        elif table.question and row.typed:
            return self._left_out(row, NotUnderstood(table.question))
        if not any(said.get(role) for role in FIGURES):
            return row
        try:
            values = self._values(said)
        except NotUnderstood as trouble:
            return self._left_out(row, trouble)
        if isinstance(span, NotUnderstood):
            return replace(self._left_out(row, span), undated=True)
        figure = Measurement(
            kpi=self.kpi.uid,
            starts=span.starts if span.days > 1 else None,
            ends=span.ends,
            comment=said.get(Role.COMMENT),
            **values,
        )
        return replace(row, figure=figure, fate=Fate.NEW)

    @staticmethod
    def _left_out(row: PastedRow, trouble: NotUnderstood) -> PastedRow:
        return replace(row, figure=None, fate=Fate.LEFT_OUT, findings=(Finding(Weight.FAULT, "", trouble.reason),))

    def _values(self, said: dict[Role, str]) -> dict[str, Any]:
        whole = self.kpi.measure in (None, Measure.COUNT)
        values = _written(said.get(Role.VALUE, ""), self.unit, whole=whole).values()
        for role, name in ((Role.N, "n"), (Role.BASE, "base")):
            part = _written(said.get(role, ""), "", whole=True)
            if part.value is not None:
                values[name] = part.value
            elif part.absent is not None and "value" not in values:
                values.setdefault("absent", part.absent)  # one of n and N that is suppressed leaves the figure so
        return values

    # --- checks --------------------------------------------------------------------------------------------------

    def _checked(self, rows: Sequence[PastedRow]) -> list[PastedRow]:
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
                found.append(self._left_out(row, why))
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
        usual = self.periods.usual
        if usual.value > 0 and figure.starts is None and self._starts(figure) is None:
            text = f"A figure of one day, and this KPI is of a {usual.word}."
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


def _joined(said: Mapping[Role, str], roles: Sequence[Role]) -> str:
    """The cells of a row that say one thing, as they would be typed in one line."""
    return (" to " if roles is PERIODS else " of ").join(said[role] for role in roles if role in said)


def _written(cell: str, unit: str | None, *, whole: bool) -> Written:
    """A cell as a figure; where it is none, with the cell in what is said of it."""
    try:
        return read_written(cell, unit, whole=whole)
    except NotUnderstood as trouble:
        if cell in trouble.reason or "“" in trouble.reason:
            raise
        raise NotUnderstood(f"“{cell}” cannot be read. {trouble.reason}") from None


def shown_figure(figure: Measurement, kpi: Kpi) -> str:
    """A figure in words: "97.5%", "<5", "Nil", "Not known"."""
    unit = unit_of(kpi)
    why = why_absent(figure, kpi.measure)
    if why is not None:
        return absent_words(figure, why, unit)
    value = value_of(figure, kpi)
    return "Not known" if value is None else ("about " if figure.about else "") + shown_value(value, unit)
