"""What a table has besides its rows: the menu of a row, figures with a working, and why there are no rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QGuiApplication, QPainter
from PySide6.QtWidgets import QMenu

from s75desk.ui.itemmodels.cells import Cell
from s75desk.ui.itemmodels.table_model import CELL_ROLE
from s75desk.ui.theme import Theme
from s75desk.ui.widgets.table_copy import as_mime

if TYPE_CHECKING:
    from s75desk.ui.widgets.table import RecordTable


def has_working(index: QModelIndex) -> bool:
    """Whether a cell shows a figure that has a working."""
    cell: Cell | None = index.data(CELL_ROLE) if index.isValid() else None
    return cell is not None and cell.figure is not None and cell.figure.working is not None


def figure_place(index: QModelIndex, columns: Sequence[int]) -> QModelIndex | None:
    """A cell if its figure has a working, or else the first such cell of its row."""
    row = (index.siblingAtColumn(column) for column in columns)
    return next((place for place in (index, *row) if has_working(place)), None)


def copy_all(table: RecordTable[Any]) -> None:
    """Put every row shown on the clipboard."""
    QGuiApplication.clipboard().setMimeData(as_mime(table.visible_grid()))


def open_row_menu(table: RecordTable[Any], row: Any, where: QPoint) -> None:
    """Open the menu of a row: what its page can do with it, its working if it has one, and copying."""
    menu = QMenu(table)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    table.menu_opening.emit(row, menu)
    if menu.actions():
        menu.addSeparator()
    if figure_place(table.currentIndex(), range(table.rows_model().columnCount())) is not None:
        menu.addAction("Show the working (F9)", table.ask_figure)
    several = len(table.marked_lines()) > 1
    menu.addAction(f"Copy {'these rows' if several else 'this row'} (Ctrl+C)", table.copy)
    menu.addAction("Copy the whole table", lambda: copy_all(table))
    menu.popup(where)


def paint_empty(table: RecordTable[Any], words: str) -> None:
    """Say in the place of the rows why there are none."""
    theme = Theme.of(table)
    painter = QPainter(table.viewport())
    painter.setFont(theme.fonts.get())
    painter.setPen(theme.colour("muted"))
    pad = theme.metrics.space(14)
    area = table.viewport().rect().adjusted(pad, pad, -pad, -pad)
    flags = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap
    painter.drawText(area, int(flags), words)
