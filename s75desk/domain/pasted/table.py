"""A table as it comes from a spreadsheet by the clipboard: rows of cells, its head, and which column holds what."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum

from s75desk.domain.no_value import read_written
from s75desk.domain.refusals import NotUnderstood

_PERIOD = re.compile(r"period|month|quarter|week|year|date|when", re.IGNORECASE)
_VALUE = re.compile(
    r"value|figure|actual|result|performance|outturn|rate|percent|per cent|%|score|total|count", re.IGNORECASE
)
_COUNT = re.compile(r"numerator|number met|achieved|met|yes|within", re.IGNORECASE)
_BASE = re.compile(r"denominator|base|out of|of how many|all|eligible", re.IGNORECASE)
_COMMENT = re.compile(r"comment|note|remark|reason|narrative", re.IGNORECASE)
_ACROSS = 3


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


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells without their head, and what each column holds; ``first`` is the line of the first row."""

    rows: tuple[tuple[str, ...], ...]
    roles: tuple[Role, ...]
    first: int


def table_of(text: str, is_period: Callable[[str], bool], *, share: bool) -> Table:
    """Read what was copied from a spreadsheet.

    Args:
        text: Cells with tabs between them, a line a row.
        is_period: Whether a cell can be read as a period.
        share: Whether two columns of figures are n and N.
    """
    lines = text.rstrip("\r\n").splitlines()
    between = "," if _by_commas(lines, is_period) else "\t"
    rows = [[cell.strip().strip('"').strip() for cell in line.split(between)] for line in lines]
    wide = max((len(row) for row in rows), default=0)
    rows = [row + [""] * (wide - len(row)) for row in rows]
    if len(rows) <= _ACROSS < wide and _across(rows, is_period):
        rows = [list(cells) for cells in zip(*rows, strict=True)]
    head = _is_head(rows[0], is_period) if len(rows) > 1 else False
    below = rows[1:] if head else rows
    columns = [[row[place] for row in below] for place in range(len(rows[0]) if rows else 0)]
    roles = _by_head(rows[0]) if head else [None] * len(columns)
    return Table(tuple(map(tuple, below)), _filled(roles, columns, is_period, share=share), 2 if head else 1)


def _by_commas(lines: Sequence[str], is_period: Callable[[str], bool]) -> bool:
    """Whether each line is a period, one comma and a figure: a comma within a figure groups thousands."""
    if not lines or not all(line.count(",") == 1 and "\t" not in line for line in lines):
        return False
    return sum(is_period(line.split(",")[0].strip().strip('"')) for line in lines) * 2 > len(lines)


def _across(rows: Sequence[Sequence[str]], is_period: Callable[[str], bool]) -> bool:
    """Whether periods run across: one row alone, or one whose cells after the first are periods."""
    return len(rows) == 1 or any(sum(map(is_period, row[1:])) * 2 > len(row) - 1 for row in rows)


def _is_head(cells: Sequence[str], is_period: Callable[[str], bool]) -> bool:
    """Whether a row only names: it has a name, and no figure and no period but bare words such as "nil" or "N"."""
    return any(cells) and not any(cell and (is_period(cell) or _is_figure(cell)) for cell in cells)


def _is_figure(cell: str) -> bool:
    return any(letter.isdigit() for letter in cell) and reads(cell)


def reads(cell: str) -> bool:
    """Whether a cell is a figure, a word for why there is none, or empty."""
    try:
        read_written(cell, None)
    except NotUnderstood:
        return False
    return True


def _by_head(cells: Sequence[str]) -> list[Role | None]:
    found: list[Role | None] = []
    for cell in cells:
        role = _named(cell)
        found.append(role if role not in found or role is None else Role.NOTHING)
    return found


def _named(cell: str) -> Role | None:
    if cell in ("n", "N"):
        return Role.N if cell == "n" else Role.BASE
    if re.fullmatch(r"(?:period )?(?:from|start|starts)", cell, re.IGNORECASE):
        return Role.STARTS
    if re.fullmatch(r"(?:period )?(?:to|end|ends)", cell, re.IGNORECASE):
        return Role.ENDS
    tests = (
        (Role.COMMENT, _COMMENT),
        (Role.BASE, _BASE),
        (Role.N, _COUNT),
        (Role.PERIOD, _PERIOD),
        (Role.VALUE, _VALUE),
    )
    return next((role for role, test in tests if test.search(cell)), None)


def _filled(
    roles: Sequence[Role | None], columns: Sequence[Sequence[str]], is_period: Callable[[str], bool], *, share: bool
) -> tuple[Role, ...]:
    """What the columns hold that no head names: a period first, then figures by how many of them there are."""
    found = list(roles)
    timed = any(role in (Role.PERIOD, Role.ENDS) for role in found)
    figures = []
    for place, column in enumerate(columns):
        if found[place] is not None:
            continue
        known = [cell for cell in column if cell]
        if not known:
            found[place] = Role.NOTHING
        elif not timed and len(columns) > 1 and _may_be_periods(known, is_period, first=place == 0):
            found[place], timed = Role.PERIOD, True
        elif sum(map(reads, known)) * 2 >= len(known):
            figures.append(place)
        else:
            found[place] = Role.COMMENT if Role.COMMENT not in found else Role.NOTHING
    if not figures and Role.VALUE not in found and timed and Role.COMMENT in found:
        # The one column beside the periods holds the figures, whatever is written beside them.
        figures.append(found.index(Role.COMMENT))
    free = [role for role in _usual(len(figures), share=share) if role not in found]
    for place, role in zip(figures, [*free, *([Role.NOTHING] * len(figures))], strict=False):
        found[place] = role
    return tuple(role or Role.NOTHING for role in found)


def _may_be_periods(cells: Sequence[str], is_period: Callable[[str], bool], *, first: bool) -> bool:
    """Whether a column says of when its rows are: by what can be read, or as the first column, which is no figures.

    What it says and cannot be read is asked row by row: no period is made up beside it.
    """
    if sum(map(is_period, cells)) * 2 > len(cells):
        return True
    dates = all(re.fullmatch(r"[34567]\d{4}", cell) for cell in cells) and len(set(cells)) == len(cells)
    if dates and [*cells] == sorted(cells):
        return True
    years = [bool(re.fullmatch(r"(?:19|20)\d\d", cell)) for cell in cells]
    plain = [reads(cell) and not is_period(cell) and not year for cell, year in zip(cells, years, strict=True)]
    return first and sum(plain) * 2 < len(cells) and len(set(cells)) == len(cells)


def _usual(count: int, *, share: bool) -> tuple[Role, ...]:
    if count == 2 and share:
        return Role.N, Role.BASE
    return Role.VALUE, Role.N, Role.BASE
