"""The table of every list: sorts and filters natively, keeps its selection by identity, remembers its columns."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QMenu, QTableView, QWidget

from s75desk.ui.itemmodels.cells import Cell, Column, Row
from s75desk.ui.itemmodels.table_model import CELL_ROLE, Index, RowsModel
from s75desk.ui.theme import Theme
from s75desk.ui.widgets.delegate import Cells
from s75desk.ui.widgets.styling import set_look
from s75desk.ui.widgets.table_copy import as_mime
from s75desk.ui.widgets.table_extras import figure_place, has_working, open_row_menu, paint_empty
from s75desk.ui.widgets.table_header import TableHeader
from s75desk.ui.widgets.table_state import Settings

_WARM_AFTER_MS = 400
_READ_ROW = 2.14
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_OF_THE_WINDOW = (*_ENTER, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp)


class RecordTable(QTableView, Generic[Row]):
    """A list of records.

    Rectangles in signals are in window coordinates, where a floating sheet can point at them.

    Signals:
        current_changed: The row the keyboard is on, or None. Also when filter or fresh rows took it away.
        activated_row: Enter or a double click on a row.
        figure_requested: F9 or a press on a figure: the ``Figure`` and where it stands.
        link_pressed: A press on a cell of a link column: the row and the column's key.
        menu_opening: The menu of a row is about to open; whoever knows what can be done with the row adds it.
        menu_waited: With ``menu_waits``, in its place: the row and the place on the screen, for ``open_row_menu``.
        shown_changed: How many rows are shown, and how many there are.
        typed: Letters typed in the list, for the search box above it.

    Args:
        name: Name of the table in settings and for screen readers: "Agreements".
        columns: What to show, left to right.
        uid: Gives the identity of a row.
        settings: Where the officer's wishes are kept, or None.
        search: The text of a row that the search reads; without it, what the cells say.
        sort: Column and direction until the officer decides; "" for the order given.
        row: Height of a row: "row", "row_two_lines", "row_attention", "row_dense_read_only"; "" for what fits.
        header: Whether titles are shown.
        ground: Token of the ground: "surface" or "raised".
        multiple: Whether several rows can be marked, for copying.
    """

    current_changed = Signal(object)
    activated_row = Signal(object)
    figure_requested = Signal(object, QRect)
    link_pressed = Signal(object, str)
    menu_opening = Signal(object, QMenu)
    menu_waited = Signal(object, QPoint)
    shown_changed = Signal(int, int)
    typed = Signal(str)

    def __init__(
        self,
        name: str,
        columns: Sequence[Column[Row]],
        uid: Callable[[Row], str],
        *,
        settings: Settings | None = None,
        search: Callable[[Row], str] | None = None,
        sort: tuple[str, bool] = ("", False),
        row: str = "",
        header: bool = True,
        ground: str = "surface",
        multiple: bool = True,
        bar: bool = True,
        edge: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._row_size = row or ("row_two_lines" if any(c.kind == "two_line" for c in columns) else "row")
        self._empty = self._wanted = self._awaited = ""
        self._wanted_column = 0
        self._to_bring = False
        self._kept: tuple[int, int, int, frozenset[str]] = (-1, 0, 0, frozenset())
        self._told: str | None = None
        self.menu_waits = False
        self._pressed = QModelIndex()
        self._sort_given = sort
        self._rows_model: RowsModel[Row] = RowsModel(columns, uid, search=search, parent=self)
        self._cells = Cells(self, bar=bar, ground=ground, edge=edge)
        self.head = TableHeader(self, tuple(columns), settings, name, ground=ground, edge=edge)  # type: ignore[arg-type]
        self._warming = QTimer(self)
        self._warming.setInterval(0)
        self._warming.timeout.connect(self._warm)
        self.setAccessibleName(name)
        set_look(self, "ground", ground)
        self.setItemDelegate(self._cells)
        self.setHorizontalHeader(self.head)
        self.head.setVisible(header)
        self.setModel(self._rows_model)
        self._dress(multiple=multiple)
        self._rows_model.modelAboutToBeReset.connect(self._remember)
        self._rows_model.modelReset.connect(self._restore)
        self.head.sort_wanted.connect(self._sort_by_wish)
        self.doubleClicked.connect(self._activate)
        wishes = self.head.wishes
        self.sort_by(*((wishes.sort, wishes.descending) if wishes.sort is not None else sort))
        self.head.arrange()

    # What pages use

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Show other rows. The marked row, the place in the list, sort and filter stay."""
        self._rows_model.set_rows(rows)
        self._tell_shown()
        if len(rows) > 500:
            self._warming.start(_WARM_AFTER_MS)

    def set_search(self, text: str) -> None:
        """Show rows that hold every word of ``text``."""
        self._rows_model.set_search(text)
        self._tell_shown()

    def set_accept(self, accept: Callable[[Row], bool] | None) -> None:
        """Show only rows for which ``accept`` is true; None for all. Search and this hold together."""
        self._rows_model.set_accept(accept)
        self._tell_shown()

    def sort_by(self, key: str, descending: bool = False) -> None:
        """Sort by a column; "" for the order given."""
        self._rows_model.set_sort(key, descending=descending)
        self.head.show_sort(key, descending=descending)

    def set_empty_text(self, text: str) -> None:
        """Say this where no row is shown: "Nothing matches “oak”. Clear the search to see all 7 agreements"."""
        self._empty = text
        self.viewport().update()

    def rows_model(self) -> RowsModel[Row]:
        """The item model."""
        return self._rows_model

    def visible_rows(self) -> tuple[Row, ...]:
        """The rows shown, in the order shown."""
        return self._rows_model.shown_rows()

    def visible_columns(self) -> tuple[Column[Row], ...]:
        """The columns shown, from left to right."""
        return tuple(self._rows_model.columns[place] for place in self.head.shown_columns())

    def visible_grid(self) -> tuple[tuple[str, ...], ...]:
        """What is shown as text, the titles first: for export and copying."""
        return self._grid(range(self._rows_model.rowCount()))

    def current_row(self) -> Row | None:
        """The row the keyboard is on, or None."""
        return self._rows_model.row_at(self.currentIndex().row()) if self.currentIndex().isValid() else None

    def select_uid(self, uid: str) -> bool:
        """Go to a row; if it is not shown yet it is taken as soon as it comes. Whether it is shown."""
        self._wanted = uid
        line = self._rows_model.line_of(uid)
        self._awaited = uid if line < 0 else ""
        if line < 0:
            return False
        self._go_to(line)
        return True

    def select_first(self) -> None:
        """Go to the first row, if there is one and none is marked."""
        if self.current_row() is None and self._rows_model.rowCount():
            self._go_to(0)

    def columns_menu(self) -> QMenu:
        """Menu of columns and sort for the button above the table; the caller owns it."""
        return self.head.columns_menu()

    def marked_lines(self) -> list[int]:
        """The marked lines, from top to bottom."""
        return sorted({index.row() for index in self.selectionModel().selectedRows()})

    def marked_rows(self) -> list[Row]:
        """The marked rows, from top to bottom."""
        return [row for line in self.marked_lines() if (row := self._rows_model.row_at(line)) is not None]

    def copy(self) -> None:
        """Put the marked rows, or all if none is marked, on the clipboard as text and as an HTML table."""
        lines = self.marked_lines()
        grid = self._grid(lines or range(self._rows_model.rowCount()))
        QGuiApplication.clipboard().setMimeData(as_mime(grid))

    def row_height(self) -> int:
        """Height of one row in logical pixels."""
        metrics = Theme.of(self).metrics
        return metrics.px(_READ_ROW) if self._row_size == "row_read" else metrics.size(self._row_size)

    # Keeping place while rows change

    def _remember(self) -> None:
        index, top = self.currentIndex(), 0
        if index.isValid():
            self._wanted = self._rows_model.uid_at(index.row())
            self._wanted_column, top = index.column(), self.rowViewportPosition(index.row())
        marked = frozenset(self._rows_model.uid_at(i.row()) for i in self.selectionModel().selectedRows())
        self._kept = (index.row(), top, self.verticalScrollBar().value(), marked)

    def _restore(self) -> None:
        was_line, was_top, was_scroll, marked = self._kept
        self._cells.hovered_line = -1
        self.head.fit_lines()
        # A row that was asked for before it came goes before the one that the keyboard was on meanwhile.
        come = bool(self._awaited) and self._rows_model.line_of(self._awaited) >= 0
        if come:
            self._wanted, self._awaited, marked = self._awaited, "", frozenset()
        line = self._rows_model.line_of(self._wanted) if self._wanted else -1
        self.setAutoScroll(False)
        if line >= 0:
            index = self._rows_model.index(line, self._wanted_column)
            choose = QItemSelectionModel.SelectionFlag
            self.selectionModel().setCurrentIndex(index, choose.ClearAndSelect | choose.Rows)
            for uid in marked - {self._wanted}:
                other = self._rows_model.line_of(uid)
                if other >= 0:
                    self.selectionModel().select(self._rows_model.index(other, 0), choose.Select | choose.Rows)
        self.executeDelayedItemsLayout()
        if come:
            self._to_bring = True
            self._bring_current()
        elif line >= 0 and was_line >= 0:
            self.verticalScrollBar().setValue(self.verticalHeader().sectionPosition(line) - was_top)
        else:
            self.verticalScrollBar().setValue(was_scroll if line < 0 and was_line < 0 else 0)
        self.setAutoScroll(True)
        self._tell_current()

    def _bring_current(self) -> None:
        """Scroll to a row that has come; a table that is not shown yet has no size to do so by, and waits."""
        if self._to_bring and self.isVisible():
            self._to_bring = False
            self.scrollTo(self.currentIndex())

    def showEvent(self, event: QShowEvent) -> None:
        """What came while it was hidden is brought into sight."""
        super().showEvent(event)
        self._bring_current()

    def _go_to(self, line: int) -> None:
        column = self.currentIndex().column() if self.currentIndex().isValid() else self.head.shown_columns()[0]
        index = self._rows_model.index(line, column)
        choose = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(index, choose.ClearAndSelect | choose.Rows)
        self.scrollTo(index)

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell which row the keyboard is on; whoever goes elsewhere waits for no other row."""
        super().currentChanged(current, previous)
        if current.isValid() and previous.isValid():
            self._awaited = ""
        self._tell_current()

    def _tell_current(self) -> None:
        index = self.currentIndex()
        uid = self._rows_model.uid_at(index.row()) if index.isValid() else None
        if uid is not None:
            self._wanted = uid
        if uid != self._told:
            self._told = uid
            self.current_changed.emit(self.current_row())

    def _tell_shown(self) -> None:
        self.shown_changed.emit(self._rows_model.rowCount(), len(self._rows_model.all_rows()))
        self.viewport().update()

    def _warm(self) -> None:
        """Make search texts in small slices while nothing else happens, so that the first key is quick."""
        self._warming.setInterval(0)
        if not self._rows_model.warm(500):
            self._warming.stop()

    # Keys and pointer

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, F9 shows a working, Home and End go to the ends, Ctrl+C copies."""
        index = self.currentIndex()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier and event.key() in _OF_THE_WINDOW:
            event.ignore()
        elif event.key() in _ENTER and index.isValid():
            self._activate(index)
        elif event.key() == Qt.Key.Key_F9:
            event.setAccepted(self._ask_figure(index))
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End) and self._rows_model.rowCount():
            self._go_to(0 if event.key() == Qt.Key.Key_Home else self._rows_model.rowCount() - 1)
        elif event.key() == Qt.Key.Key_Menu and index.isValid():
            below = self.visualRect(index).bottomLeft()
            self._ask_menu(self.current_row(), self.viewport().mapToGlobal(below))
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Letters belong to the search box above; Qt would look through the first column of every row."""
        if search.strip():
            self.typed.emit(search)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tint the row under the pointer; a hand over what can be pressed."""
        super().mouseMoveEvent(event)
        where = event.position().toPoint()
        index = self.indexAt(where)
        self._hover(index.row(), index.column())
        hot = index.isValid() and self._hits(index, where)
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if hot else Qt.CursorShape.ArrowCursor)

    def leaveEvent(self, event: QEvent) -> None:
        """The pointer left."""
        super().leaveEvent(event)
        self._hover(-1, -1)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember what was pressed."""
        self._pressed = self.indexAt(event.position().toPoint())
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A press on a figure or a link does what it says."""
        super().mouseReleaseEvent(event)
        where = event.position().toPoint()
        index = self.indexAt(where)
        if event.button() != Qt.MouseButton.LeftButton or index != self._pressed or not index.isValid():
            return
        if self._hits(index, where):
            if has_working(index):
                self._ask_figure(index)
            else:
                column = self._rows_model.columns[index.column()]
                self.link_pressed.emit(self._rows_model.row_at(index.row()), column.key)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu of the row under the pointer; that of the keyboard has come already."""
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            self._ask_menu(self._rows_model.row_at(self.indexAt(event.pos()).row()), event.globalPos())

    def _ask_menu(self, row: Row | None, where: QPoint) -> None:
        if row is not None and self.menu_waits:
            self.menu_waited.emit(row, where)
        elif row is not None:
            open_row_menu(self, row, where)

    def _hits(self, index: QModelIndex, where: QPoint) -> bool:
        column = self._rows_model.columns[index.column()]
        cell: Cell = index.data(CELL_ROLE)
        if column.kind != "link" and not has_working(index):
            return False
        return bool(cell.words) and self._cells.words_rect(index).adjusted(-4, -4, 4, 6).contains(where)

    def _hover(self, line: int, column: int) -> None:
        was = self._cells.hovered_line
        if (line, column) == (was, self._cells.hovered_column):
            return
        self._cells.hovered_line, self._cells.hovered_column = line, column
        for other in {was, line} - {-1}:
            top = self.rowViewportPosition(other)
            self.viewport().update(0, top, self.viewport().width(), self.rowHeight(other))

    def ask_figure(self) -> bool:
        """Ask for the working of the figure the keyboard is on, as F9 does; whether there is one."""
        return self._ask_figure(self.currentIndex())

    def _ask_figure(self, index: QModelIndex) -> bool:
        """The figure of the cell, or else the first figure of its row; whether there is one."""
        place = figure_place(index, self.head.shown_columns())
        if place is not None:
            rect = self._cells.words_rect(place)
            corner = self.viewport().mapTo(self.window(), rect.topLeft())
            self.figure_requested.emit(place.data(CELL_ROLE).figure, QRect(corner, rect.size()))
        return place is not None

    def _activate(self, index: QModelIndex) -> None:
        row = self._rows_model.row_at(index.row())
        if row is not None:
            self.activated_row.emit(row)

    def _sort_by_wish(self, key: str, descending: bool) -> None:
        if key:
            self.head.keep_sort(key, descending=descending)
            self.sort_by(key, descending)
        else:
            self.sort_by(*self._sort_given)

    def _grid(self, lines: Sequence[int]) -> tuple[tuple[str, ...], ...]:
        places = self.head.shown_columns()
        titles = tuple(self._rows_model.columns[place].title for place in places)
        cells = self._rows_model.cell_at
        return (titles, *(tuple(cells(line, place).plain for place in places) for line in lines))

    # Looks

    def _dress(self, *, multiple: bool) -> None:
        modes = QAbstractItemView.SelectionMode
        self.setSelectionMode(modes.ExtendedSelection if multiple else modes.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(1)
        self.verticalHeader().setSectionResizeMode(self.verticalHeader().ResizeMode.Fixed)
        self._size_rows()

    def _size_rows(self) -> None:
        self.verticalHeader().setDefaultSectionSize(self.row_height())
        self.verticalScrollBar().setSingleStep(self.row_height())
        self.head.updateGeometry()

    def changeEvent(self, event: QEvent) -> None:
        """Heights and widths follow the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "head"):
            self._size_rows()
            self.head.fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Columns share the new width."""
        super().resizeEvent(event)
        self.head.fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Rows, or why there are none."""
        super().paintEvent(event)
        if self._rows_model.rowCount() == 0 and self._empty:
            paint_empty(self, self._empty)
