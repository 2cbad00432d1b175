"""The table on show as a sheet to write out: dates and numbers stay such, what is not known is left empty."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget

from s75desk.domain.changes import Changes
from s75desk.domain.lanes import Lane
from s75desk.domain.status import NOT_KNOWN, Status
from s75desk.domain.wording import number, plural
from s75desk.services.exporting import Sheet, Value
from s75desk.ui.itemmodels.cells import Column
from s75desk.ui.pages.context import Context
from s75desk.ui.widgets.file_dialogs import Purpose, ask_save
from s75desk.ui.widgets.table import RecordTable
from s75desk.ui.widgets.table_extras import copy_all


def ask_file(parent: QWidget, title: str, what: str) -> Path | None:
    """Ask where a table goes as "xlsx" or "csv"; None if the officer thinks better of it."""
    kind = "Workbook (*.xlsx)" if what == "xlsx" else "Comma-separated text (*.csv)"
    file = ask_save(parent, Purpose.EXPORT, f"Export {title.lower()}", f"{title}.{what}", kind)
    return file if file is None or file.suffix else file.with_name(f"{file.name}.{what}")


def export_as(
    what: str, owner: QWidget, context: Context, title: str, table: RecordTable[Any], write_to: Callable[[Path], None]
) -> None:
    """Copy what a table shows, or write it as "xlsx" or "csv" to a file that the officer chooses."""
    if what == "copy":
        copy_all(table)
        rows = number(len(table.visible_rows()))
        context.operations.bus.said.emit(Changes(f"Copied: {rows} rows as a table"))
    elif (file := ask_file(owner, title, what)) is not None:
        write_to(file)


def write_sheet(context: Context, owner: QWidget, sheet: Sheet, file: Path) -> None:
    """Write a sheet to a file, and say so."""

    def write() -> Changes:
        context.office.exports.write(sheet, file)
        return Changes(f"Exported: {plural(len(sheet.rows), 'row')} to {file.name}")

    context.operations.write(owner, write, lane=Lane.OUT)


def shown_sheet(title: str, table: RecordTable[Any]) -> Sheet:
    """Rows and columns of a table as they are shown now."""
    facts = [fact for column in table.visible_columns() for fact in facts_of(column)]
    rows = tuple(tuple(value(found) for _, value in facts) for found in table.visible_rows())
    return Sheet(title, tuple(heading for heading, _ in facts), rows)


def facts_of(column: Column[Any]) -> tuple[tuple[str, Callable[[Any], Value]], ...]:
    """What a column says, one fact a column: its own facts, both lines of two, a state and how many days late it is."""
    if column.facts:
        return column.facts
    if column.kind == "two_line":
        return (column.title, lambda row: column.value(row).words), (
            column.second or f"{column.title}, more",
            _second(column),
        )
    if column.key == "status":
        return (column.title, _state(column)), ("Days late", lambda row: _status(column, row).days_late)
    if column.kind == "status":
        return ((column.title, _state(column)),)
    return ((column.title, lambda row: native(column, row)),)


def _second(column: Column[Any]) -> Callable[[Any], Value]:
    return lambda row: column.value(row).sub or None


def _state(column: Column[Any]) -> Callable[[Any], Value]:
    """The word without figures, so that it can be filtered; what is not known is left empty."""

    def state(row: Any) -> Value:
        found = _status(column, row)
        return found.state if found.known else None

    return state


def _status(column: Column[Any], row: Any) -> Status:
    return column.value(row).status or NOT_KNOWN


def native(column: Column[Any], found: Any) -> Value:
    """The value of a cell as a spreadsheet should have it."""
    cell = column.value(found)
    figure = cell.figure
    value = figure.value if figure is not None and figure.value is not None else cell.sort
    if isinstance(value, (date, Decimal)) or (isinstance(value, int) and column.kind in ("number", "money")):
        return value
    return None if cell.unknown else cell.plain
