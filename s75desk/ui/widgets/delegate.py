"""The delegate of every table: ground, row bar and hairline, with the contents by ``cell_painting``."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize
from PySide6.QtGui import QHelpEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolTip,
)

from s75desk.ui.itemmodels.cells import Cell, Column
from s75desk.ui.itemmodels.table_model import CELL_ROLE, COLUMN_ROLE
from s75desk.ui.theme import Theme
from s75desk.ui.widgets.cell_painting import Place, paint_cell, words_rect, words_width

_PAD = 10
_FIRST_PAD = 4


class Cells(QStyledItemDelegate):
    """Paints cells of a ``RowsModel``.

    Args:
        view: The table.
        bar: Whether the selected row has a bar and a bold first cell.
        ground: Token of the ground.
        edge: Whether the first column keeps the 4 px more that the bar needs.
    """

    def __init__(self, view: QTableView, *, bar: bool = True, ground: str = "surface", edge: bool = True) -> None:
        super().__init__(view)
        self._view = view
        self._bar = bar
        self._ground = ground
        self._edge = edge
        self.hovered_line = -1
        self.hovered_column = -1

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint one cell."""
        theme = Theme.of(self._view)
        cell: Cell | None = index.data(CELL_ROLE)
        column: Column[object] = index.data(COLUMN_ROLE)
        rect = QRect(option.rect)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(rect, theme.colour(self._ground_of(index.row(), selected=selected)))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.colour("line"))
        first = self._is_first(index.column())
        if selected and first and self._bar:
            self._paint_bar(painter, theme, rect)
        if cell is not None:
            paint_cell(painter, theme, column, cell, self._place(theme, index, rect, column, selected=selected))
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Room to say everything."""
        theme = Theme.of(self._view)
        cell: Cell | None = index.data(CELL_ROLE)
        column: Column[object] = index.data(COLUMN_ROLE)
        high = theme.metrics.size("row")
        if cell is None:
            return QSize(0, high)
        if column.kind in ("spark", "bar"):
            return QSize(theme.metrics.px(6), high)
        wide = words_width(theme, column, cell, bold=self._is_first(index.column()))
        return QSize(round(wide) + 2 * theme.metrics.space(_PAD) + theme.metrics.space(_FIRST_PAD) + 2, high)

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> bool:
        """A tip with what is cut short, what the small chart says, or what the cell has to add."""
        tip = self.tip(option, index)
        if tip:
            QToolTip.showText(event.globalPos(), tip, view)
        else:
            QToolTip.hideText()
        return True

    def tip(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> str:
        """What ``helpEvent`` says of a cell; "" where everything is to be seen."""
        cell: Cell | None = index.data(CELL_ROLE) if index.isValid() else None
        if cell is None or cell.tip:
            return "" if cell is None else cell.tip
        cut = self.sizeHint(option, index).width() > option.rect.width()
        return cell.plain if cut or cell.spark is not None else ""

    def words_rect(self, index: QModelIndex | QPersistentModelIndex) -> QRect:
        """Where the words of a cell stand, in viewport coordinates."""
        theme = Theme.of(self._view)
        column: Column[object] = index.data(COLUMN_ROLE)
        rect = self._view.visualRect(index)
        place = self._place(theme, index, rect, column, selected=False)
        return words_rect(theme, column, index.data(CELL_ROLE), place).toAlignedRect()

    def _place(
        self,
        theme: Theme,
        index: QModelIndex | QPersistentModelIndex,
        rect: QRect,
        column: Column[object],
        *,
        selected: bool,
    ) -> Place:
        pad = theme.metrics.space(_PAD)
        first = self._is_first(index.column())
        start = pad + (theme.metrics.space(_FIRST_PAD) if first and self._edge else 0)
        here = (index.row(), index.column())
        return Place(
            area=QRectF(rect).adjusted(start, 0, -pad, -1),
            right=column.right,
            bold=selected and first and self._bar,
            hot=here == (self.hovered_line, self.hovered_column),
            ring=self._view.hasFocus() and self._view.currentIndex() == index,
        )

    def _is_first(self, column: int) -> bool:
        header = self._view.horizontalHeader()
        for place in range(header.count()):
            logical = header.logicalIndex(place)
            if not header.isSectionHidden(logical):
                return logical == column
        return False

    def _ground_of(self, line: int, *, selected: bool) -> str:
        if selected:
            return "selected"
        return "hover" if line == self.hovered_line else self._ground

    def _paint_bar(self, painter: QPainter, theme: Theme, rect: QRect) -> None:
        """The bar is blue while the keyboard is here, and grey while it is elsewhere."""
        wide = int(theme.tokens.line["selected_bar"])
        colour = "accent" if self._view.hasFocus() else "line_strong"
        painter.fillRect(QRect(rect.left(), rect.top(), wide, rect.height() - 1), theme.colour(colour))
