"""The table on show as a sheet to write out: dates and numbers stay such, what is not known is left empty."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QWidget

from s75desk.domain.changes import Changes
from s75desk.services.exporting import Sheet, Value
from s75desk.ui.itemmodels.cells import Column
from s75desk.ui.pages.context import Context
from s75desk.ui.widgets.table import RecordTable


def ask_file(parent: QWidget, title: str, what: str) -> Path | None:
    """Ask where a table goes as "xlsx" or "csv"; None if the officer thinks better of it."""
    kind = "Workbook (*.xlsx)" if what == "xlsx" else "Comma-separated text (*.csv)"
    name, _ = QFileDialog.getSaveFileName(parent, f"Export {title.lower()}", f"{title}.{what}", kind)
    return Path(name if Path(name).suffix else f"{name}.{what}") if name else None


def shown_sheet(title: str, table: RecordTable[Any]) -> Sheet:
    """Rows and columns of a table as they are shown now."""
    columns = table.visible_columns()
    rows = tuple(tuple(native(column, found) for column in columns) for found in table.visible_rows())
    return Sheet(title, tuple(column.title for column in columns), rows)


def native(column: Column[Any], found: Any) -> Value:
    """The value of a cell as a spreadsheet should have it."""
    cell = column.value(found)
    value = cell.sort
    if isinstance(value, (date, Decimal)) or (isinstance(value, int) and column.kind in ("number", "money")):
        return value
    if column.kind == "two_line":
        return cell.plain
    return cell.plain if cell.words != "Not known" else None


def write_sheet(context: Context, asker: QWidget, sheet: Sheet, file: Path) -> None:
    """Write a sheet to a file, and say how many rows it has."""

    def write() -> Changes:
        context.office.exports.write(sheet, file)
        return Changes(f"Exported: {len(sheet.rows):,} rows to {file.name}")

    context.operations.write(asker, write)
