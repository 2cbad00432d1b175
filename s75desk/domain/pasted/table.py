"""A table as it comes from a spreadsheet by the clipboard: rows of cells, its head, and which column holds what.

A column that is not understood is asked about or named as left out: it is never given a role that it may not have.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from itertools import permutations

from s75desk.domain.no_value import read_written
from s75desk.domain.pasted.cells import IsPeriod, bare_year, is_figure, numbered_periods, reads, worded
from s75desk.domain.refusals import NotUnderstood

_PERIOD = re.compile(r"period|month|quarter|week|year|date|when", re.IGNORECASE)
_SHARE = re.compile(r"%|per ?cent|\brate\b|performance|proportion|\bshare\b", re.IGNORECASE)
_VALUE = re.compile(r"value|figure|actual|result|performance|outturn|rate|per ?cent|%|score|total|count", re.IGNORECASE)
_COUNT = re.compile(r"numerator|number met|achieved|\bmet\b|\byes\b|within", re.IGNORECASE)
_BASE = re.compile(r"denominator|\bbase\b|out of|of how many|\ball\b|eligible", re.IGNORECASE)
_COMMENT = re.compile(r"comment|note|remark|reason|narrative", re.IGNORECASE)
_OTHER = re.compile(
    r"target|plan(?:ned)?\b|threshold|standard|trajectory|forecast|budget|variance|difference|previous|last year|prior"
    r"|\brag\b|change|average|cumulative|to date|ytd",
    re.IGNORECASE,
)
_ACROSS = 3
_NEAR = Decimal("1.01")


class Role(Enum):
    """What a column of a pasted table holds."""

    PERIOD = "period"
    STARTS = "from"
    ENDS = "to"
    VALUE = "value"
    N = "n"
    BASE = "N"
    COMMENT = "comment"
    NOTHING = "left out"


FIGURES = (Role.VALUE, Role.N, Role.BASE)


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells without their head, and what each column holds.

    Attributes:
        rows: The cells.
        roles: What each column holds.
        first: The line of the first row.
        head: The head, cell by cell; empty where there is none.
        question: What is to be asked before any figure can be read; "" where the columns are clear.
    """

    rows: tuple[tuple[str, ...], ...]
    roles: tuple[Role, ...]
    first: int
    head: tuple[str, ...] = ()
    question: str = ""

    @property
    def unused(self) -> tuple[str, ...]:
        """The heads of the columns that hold something and are not read."""
        return tuple(
            name
            for place, (name, role) in enumerate(zip(self.head, self.roles, strict=False))
            if name and role is Role.NOTHING and any(row[place] for row in self.rows)
        )


def table_of(text: str, is_period: IsPeriod, *, share: bool) -> Table:
    """Read what was copied from a spreadsheet.

    Args:
        text: Cells with tabs between them, a line a row; or with commas, as in a file of such cells.
        is_period: Whether a cell names a period.
        share: Whether two columns of figures are n and N.
    """
    rows = _cells(text, is_period)
    wide = max((len(row) for row in rows), default=0)
    rows = [row + [""] * (wide - len(row)) for row in rows]
    if len(rows) <= _ACROSS < wide and _across(rows, is_period):
        rows = [list(cells) for cells in zip(*rows, strict=True)]
    first = 1
    while len(rows) > 2 and _is_title(rows[0], is_period) and (_is_head(rows[1], is_period) or is_period(rows[1][0])):
        rows, first = rows[1:], first + 1
    headed = len(rows) > 1 and (_is_head(rows[0], is_period) or _is_corner(rows[0], rows[1][0], is_period))
    head = rows[0] if headed else []
    below = rows[1:] if headed else rows
    columns = [[row[place] for row in below] for place in range(len(rows[0]) if rows else 0)]
    named = _by_head(head, share=share) if headed else [None] * len(columns)
    named = [None if headed and is_period(head[place]) else role for place, role in enumerate(named)]
    roles, question = _Columns(named, columns, head, is_period, share=share).roles()
    return Table(tuple(map(tuple, below)), roles, first + headed, tuple(head), question)


def _cells(text: str, is_period: IsPeriod) -> list[list[str]]:
    """The cells between tabs; between commas or semicolons where there is no tab and each line has as many."""
    lines = text.rstrip("\r\n")
    marks = ["\t"] if "\t" in lines else [",", ";", "\t"]
    for mark in marks:
        rows = [[" ".join(cell.split()) for cell in row] for row in _split(lines, mark)]
        rows = [row or [""] for row in rows]
        if mark == "\t":
            return rows
        whole = [" ".join(line.split()).strip('"') for line in lines.splitlines()]
        alike = len({len(row) for row in rows}) == 1 and len(rows[0]) > 1
        begun = all(is_period(row[0]) or worded(row[0]) for row in rows)
        if alike and begun and not any(line and reads(line) for line in whole):
            return rows
    return []


def _split(lines: str, mark: str) -> list[list[str]]:
    try:
        return list(csv.reader(lines.splitlines(keepends=True), delimiter=mark))
    except csv.Error:
        return [line.split(mark) for line in lines.splitlines()]


def _across(rows: Sequence[Sequence[str]], is_period: IsPeriod) -> bool:
    """Whether periods run across: one row of figures alone, or one whose cells after the first are periods."""
    if len(rows) == 1 and not any(map(is_period, rows[0])):
        return True
    return any(sum(map(is_period, row[1:])) * 2 > len(row) - 1 for row in rows)


def _is_title(cells: Sequence[str], is_period: IsPeriod) -> bool:
    """Whether a row is only a title above the table: one cell of words with nothing beside it."""
    return len(cells) > 1 and worded(cells[0]) and not any(cells[1:]) and not is_period(cells[0])


def _is_head(cells: Sequence[str], is_period: IsPeriod) -> bool:
    """Whether a row only names: it has a name, and no figure and no period but bare words such as "nil" or "N".

    The head of figures may be the year that the bare months beside them are of: then nothing stands before it.
    """
    if len(cells) > 1 and not cells[0] and any(map(is_period, cells)):
        return not any(cell and not is_period(cell) for cell in cells)
    return any(cells) and not any(cell and (is_period(cell) or is_figure(cell)) for cell in cells)


def _is_corner(cells: Sequence[str], below: str, is_period: IsPeriod) -> bool:
    """Whether a row names its columns behind the year that stands in the corner over bare quarters or months."""
    named = any(cells[1:]) and all(worded(cell) or not cell for cell in cells[1:])
    return named and is_period(cells[0]) and "/" in cells[0] and is_period(below) and "/" not in below


def _by_head(cells: Sequence[str], *, share: bool) -> list[Role | None]:
    found = [_named(cell, share=share) for cell in cells]
    if share and Role.N in found and Role.BASE not in found:
        # Beside a count of those that did, "Total" is of how many.
        totals = [place for place, cell in enumerate(cells) if found[place] is Role.VALUE and not _SHARE.search(cell)]
        if len(totals) == 1:
            found[totals[0]] = Role.BASE
    shares = [place for place, cell in enumerate(cells) if found[place] is Role.VALUE and _SHARE.search(cell)]
    if share and len(shares) == 1:
        found = [None if role is Role.VALUE and place != shares[0] else role for place, role in enumerate(found)]
    return found


def _named(cell: str, *, share: bool) -> Role | None:
    if cell in ("n", "N"):
        return Role.N if cell == "n" else Role.BASE
    if re.fullmatch(r"(?:period )?(?:from|start|starts)", cell, re.IGNORECASE):
        return Role.STARTS
    if re.fullmatch(r"(?:period )?(?:to|end|ends)", cell, re.IGNORECASE):
        return Role.ENDS
    tests = (
        (Role.COMMENT, _COMMENT),
        (Role.NOTHING, _OTHER),
        *(((Role.VALUE, re.compile(r"%|per ?cent", re.IGNORECASE)),) if share else ()),
        (Role.BASE, _BASE),
        (Role.N, _COUNT),
        (Role.PERIOD, _PERIOD),
        (Role.VALUE, _VALUE),
    )
    return next((role for role, test in tests if test.search(cell)), None)


class _Columns:
    """What the columns hold, those that a head names first."""

    def __init__(
        self,
        named: Sequence[Role | None],
        columns: Sequence[Sequence[str]],
        head: Sequence[str],
        is_period: IsPeriod,
        *,
        share: bool,
    ) -> None:
        self.found, self.columns, self.head, self.is_period, self.share = list(named), columns, head, is_period, share
        self.question = ""

    def roles(self) -> tuple[tuple[Role, ...], str]:
        self._periods()
        figures = self._figures()
        self._share_out(figures)
        for role in FIGURES if self.share else (Role.VALUE,):
            self._only_one(role)
        return tuple(role or Role.NOTHING for role in self.found), self.question

    def _free(self) -> list[int]:
        return [place for place, role in enumerate(self.found) if role is None]

    def _periods(self) -> None:
        """Give one column to the periods: where most cells name one, or words stand before the figures."""
        if any(role in (Role.PERIOD, Role.ENDS) for role in self.found):
            places = [place for place, role in enumerate(self.found) if role is Role.PERIOD]
            for place in places[1:]:
                self.found[place] = Role.NOTHING
            return
        if len(self.columns) < 2:
            return
        for place in self._free():
            known = [cell for cell in self.columns[place] if cell]
            periods = sum(map(self.is_period, known))
            years = sum(map(bare_year, known)) if periods else 0
            if known and ((periods + years) * 2 > len(known) or numbered_periods(known)):
                self.found[place] = Role.PERIOD
                return
        for place in self._free():
            known = [cell for cell in self.columns[place] if cell]
            if not known:
                continue
            if sum(not reads(cell) for cell in known) * 2 > len(known) and place < len(self.columns) - 1:
                self.found[place] = Role.PERIOD  # what a row is of, though not a period: it is asked about
            return

    def _figures(self) -> list[int]:
        """The columns of figures that no head names; the rest is words."""
        figures, words = [], []
        for place in self._free():
            known = [cell for cell in self.columns[place] if cell]
            if not known:
                self.found[place] = Role.NOTHING
            elif sum(map(worded, known)) * 2 <= len(known):
                figures.append(place)
            else:
                words.append(place)
        if not figures and words and not any(role in FIGURES for role in self.found):
            figures, words = words[:1], words[1:]  # a column is there to be read: each cell of it is asked about
        for place in words:
            self.found[place] = Role.COMMENT if Role.COMMENT not in self.found else Role.NOTHING
        return figures

    def _share_out(self, figures: list[int]) -> None:
        taken = [role for role in FIGURES if role in self.found]
        if self.share and not taken and len(figures) == 2 and not self.head and not self._per_cent(figures):
            self._give(figures, (Role.N, Role.BASE))
        elif self.share and not taken and len(figures) == 3 and not self.head:
            self._give(figures, self._that_agrees(figures))
        elif self.share and taken and len(figures) == 1 and len(taken) == 2:
            self._give(figures, [role for role in FIGURES if role not in taken])
        elif self.share and taken in ([Role.N], [Role.BASE]) and len(figures) == 1:
            other = Role.BASE if taken == [Role.N] else Role.N
            self._give(figures, (Role.VALUE,) if self._per_cent(figures) else (other,))
        elif not taken and len(figures) == 1:
            self._give(figures, (Role.VALUE,))
        elif not taken and figures:
            self._ask(figures)
        else:
            self._give(figures, [Role.NOTHING] * len(figures))

    def _give(self, places: Sequence[int], roles: Sequence[Role]) -> None:
        for place, role in zip(places, roles, strict=False):
            self.found[place] = role

    def _ask(self, places: Sequence[int]) -> None:
        names = [self.head[place] if self.head else "" for place in places]
        shown = " or ".join(f"“{name}”" for name in names) if all(names) else f"there are {len(places)} of figures"
        self.question = f"Which column is it: {shown}? Paste that one beside its periods."
        self._give(places, [Role.VALUE, *[Role.NOTHING] * (len(places) - 1)])

    def _only_one(self, role: Role) -> None:
        places = [place for place, each in enumerate(self.found) if each is role]
        if len(places) > 1:
            self._ask(places)

    def _per_cent(self, places: Sequence[int]) -> bool:
        return any("%" in cell for place in places for cell in self.columns[place])

    def _that_agrees(self, places: Sequence[int]) -> Sequence[Role]:
        """The one order of value, n and N in which n of N is the value in each row; else it is asked."""
        rows = [row for row in zip(*(self.columns[place] for place in places), strict=True) if all(row)]
        fitting = [
            order
            for order in permutations(FIGURES)
            if rows and all(_agrees(dict(zip(order, row, strict=True))) for row in rows)
        ]
        if len(fitting) == 1:
            return fitting[0]
        self._ask(places)
        return [Role.VALUE, Role.NOTHING, Role.NOTHING]


def _agrees(said: dict[Role, str]) -> bool:
    try:
        value, n, base = (read_written(said[role], None).value for role in FIGURES)
    except NotUnderstood:
        return True  # asked about in its row
    if value is None or n is None or not base:
        return True
    return n % 1 == base % 1 == 0 and n <= base and abs(n / base * 100 - value) < _NEAR
