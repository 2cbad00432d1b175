"""How records that hang under another are shown in a table: which columns, in which words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from s75desk.domain.inferred import INFERRED, why_inferred
from s75desk.domain.records import Kpi, Record
from s75desk.ui.itemmodels.cells import Cell, Column
from s75desk.ui.pages import agreement_columns, kpi_columns, provider_columns
from s75desk.ui.pages.cell_words import Names

__all__ = ["Names", "columns_of"]

_MAKERS = agreement_columns.MAKERS | kpi_columns.MAKERS | provider_columns.MAKERS


def columns_of(cls: type[Record], names: Names, *, kpi: Kpi | None = None) -> list[Column[Any]]:
    """The columns of a table of these records.

    Args:
        cls: Class of the records.
        names: Names of what they refer to, and the day.
        kpi: The KPI whose figures they are.
    """
    return [_saying_what_is_inferred(column, cls) for column in _MAKERS[cls](names, kpi)]


_SHOWS = {
    "period": ("starts", "ends"),
    "date": ("taken", "due"),
    "when": ("starts", "ends"),
    "year": ("year", "quarter"),
    "by": ("decided_by",),
    "members": ("stated_members",),
    "cost": ("yearly_cost",),
    "state": ("state",),
    "target": ("value", "lower", "upper", "tolerance", "type"),
}
"""The fields that a column shows, where its key is not the name of the one field."""


def _saying_what_is_inferred(column: Column[Any], cls: type[Record]) -> Column[Any]:
    fields = tuple(name for name in _SHOWS.get(column.key, (column.key,)) if name in cls.fields())
    return replace(column, value=partial(_inferred, column.value, fields)) if fields else column


def _inferred(value: Callable[[Any], Cell], fields: tuple[str, ...], record: Any) -> Cell:
    """The cell, with the word and the reason where what it shows was inferred."""
    cell = value(record)
    why = why_inferred(record, *fields)
    if not why:
        return cell
    tip = "\n".join(part for part in (cell.tip, f"Inferred: {why}") if part)
    if cell.status is not None and not cell.text:
        return replace(cell, sub=INFERRED, tip=tip)
    return replace(cell, text=f"{cell.words}, {INFERRED}", tip=tip)
