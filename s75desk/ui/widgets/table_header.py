"""The header of a table: sorts, and shows, hides, widens and moves columns; the officer's wishes are remembered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QActionGroup, QFontMetrics, QHideEvent, QPainter
from PySide6.QtWidgets import QHeaderView, QMenu, QTableView

from s75desk.ui.itemmodels.cells import Cell, Column
from s75desk.ui.itemmodels.table_model import RowsModel
from s75desk.ui.theme import Theme
from s75desk.ui.widgets.cell_painting import line_height, lines_of, word_width
from s75desk.ui.widgets.table_state import Settings, TableState

_PAD = 10
_FIRST_PAD = 4
_MARKS_BELOW = 22.0
"""Width of a table in b below which a status is its mark alone."""
_MARK = 2.8
_LEAST_STRETCH = 9.0
_SAVE_AFTER_MS = 300
_MOST_WRAPPED = 300
"""Rows that are measured for words that wrap; a longer list keeps its rows alike."""
_MOST_LINES = 4
"""Lines that a row of a list may take."""
RECORD_LINES = 40
"""Lines that a row inside a record may take, where the words are read and not only looked through."""
_WIDEST_WORD = 24.0
"""Width in b that a column takes for its longest word at the most: some hundred letters without a space are no word."""
_MOST_MEASURED = 20_000
_NARROWEST = 3.6
"""Room in b below which nothing wraps: there is a mark, or a few letters."""


class TableHeader(QHeaderView):
    """Header over the columns of a ``RowsModel``.

    Signals:
        sort_wanted: The officer asks to sort by a column: its key, "" for the order given, and whether downwards.
        lines_fitted: Rows are higher or lower than they were.

    Args:
        view: The table.
        columns: Its columns.
        settings: Where wishes are kept, or None.
        name: Name of the table among the wishes.
        ground: Token of the ground.
        edge: Whether the first column keeps the 4 px more that the bar needs.

    Attributes:
        whole: Whether no figure and no word is cut: columns are as wide as the widest. For short tables, as every row
            is measured.
        most_lines: So many lines of words a row may take before they are cut; 1 where all rows are alike.
    """

    sort_wanted = Signal(str, bool)
    lines_fitted = Signal()

    def __init__(
        self,
        view: QTableView,
        columns: tuple[Column[object], ...],
        settings: Settings | None,
        name: str,
        *,
        ground: str = "surface",
        edge: bool = True,
    ) -> None:
        super().__init__(Qt.Orientation.Horizontal, view)
        self._view = view
        self._columns = columns
        self._settings = settings
        self._key = f"table/{name}"
        self._ground = ground
        self._edge = edge
        self.whole = False
        self.most_lines = _MOST_LINES
        self._measured: dict[tuple[int, int, str, str, bool], int] = {}
        self.wishes = TableState.from_text(settings.get(self._key) if settings is not None else None)
        self._sort = ("", False)
        self._fitting = False
        self._saving = QTimer(self)
        self._saving.setSingleShot(True)
        self._saving.setInterval(_SAVE_AFTER_MS)
        self._saving.timeout.connect(self.save)
        self.setSectionsClickable(True)
        self.setSectionsMovable(settings is not None)
        self.setFirstSectionMovable(True)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(24)
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._show_menu)
        self.sectionClicked.connect(self._click)
        self.sectionResized.connect(self._resized)
        self.sectionMoved.connect(self._moved)

    # Columns

    def arrange(self) -> None:
        """Put the columns in the officer's order and widths; the model must be set."""
        self._fitting = True
        for place, key in enumerate(key for key in self.wishes.order if key in self._keys()):
            self.moveSection(self.visualIndex(self._keys().index(key)), place)
        self._fitting = False
        self.fit()

    def is_shown(self, key: str) -> bool:
        """Whether a column is shown at the width the table has now."""
        return not self.isSectionHidden(self._keys().index(key))

    def show_column(self, key: str, *, shown: bool) -> None:
        """Show or hide a column; the last one stays."""
        others = any(self.is_shown(other) for other in self._keys() if other != key)
        if shown or others:
            self.wishes = replace(self.wishes, shown=self.wishes.shown | {key: shown})
            self.fit()
            self._save_soon()

    def shown_columns(self) -> tuple[int, ...]:
        """Columns that are shown, from left to right."""
        order = (self.logicalIndex(place) for place in range(self.count()))
        return tuple(logical for logical in order if not self.isSectionHidden(logical))

    def forget(self) -> None:
        """Back to the columns, widths and sort of the program."""
        self.wishes = TableState()
        self._fitting = True
        for logical in range(self.count()):
            self.moveSection(self.visualIndex(logical), logical)
        self._fitting = False
        self.fit()
        self.save()
        self.sort_wanted.emit("", False)

    def fit(self) -> None:
        """Give every column its width; those without one share what is left."""
        if self._fitting or self.count() != len(self._columns):
            return
        self._fitting = True
        metrics = Theme.of(self).metrics
        room = whole = self._view.viewport().width()
        stretching = []
        for logical, column in enumerate(self._columns):
            wide_enough = whole >= metrics.px(column.from_width)
            shown = self.wishes.shown.get(column.key, column.shown and wide_enough)
            self.setSectionHidden(logical, not shown)
            if not shown:
                continue
            if column.width == 0:
                stretching.append(logical)
                self.setSectionResizeMode(logical, QHeaderView.ResizeMode.Fixed)
                continue
            self.setSectionResizeMode(logical, QHeaderView.ResizeMode.Interactive)
            wide = metrics.px(self.wishes.widths.get(column.key, column.width))
            if self.whole and column.key not in self.wishes.widths:
                wide = max(wide, self._whole(logical))
            if column.kind == "status" and whole < metrics.px(_MARKS_BELOW):
                wide = metrics.px(_MARK)  # the name has the room; the mark's words are told by its tip
            self.resizeSection(logical, wide)
            room -= wide
        for left, logical in zip(range(len(stretching), 0, -1), stretching, strict=True):
            wide = max(metrics.px(_LEAST_STRETCH), room // left)
            self.resizeSection(logical, wide)
            room -= wide
        self._fitting = False
        self.fit_lines()

    def _whole(self, logical: int) -> int:
        """The width at which no figure of a column is cut, and no word of one that wraps."""
        if self._columns[logical].right:
            return self._view.sizeHintForColumn(logical)
        theme = Theme.of(self)
        cells = (self._cell(line, logical) for line in range(self._view.verticalHeader().count()))
        room = max((word_width(theme, cell) for cell in cells), default=0)
        wide = round(room) + 2 * theme.metrics.space(_PAD) + theme.metrics.space(_FIRST_PAD) + 1
        return min(wide, theme.metrics.px(_WIDEST_WORD))

    def fit_lines(self) -> None:
        """Make rows as high as their words need; past some hundreds of rows all stay alike."""
        theme, lines = Theme.of(self), self._view.verticalHeader()
        base, was = lines.defaultSectionSize(), lines.length()
        high, pad = line_height(theme), theme.metrics.space(_PAD)
        wrapped = self.most_lines > 1 and lines.count() <= _MOST_WRAPPED
        shown = [place for place in self.shown_columns() if self._columns[place].kind not in ("spark", "bar")]
        shown = shown if wrapped else []
        rooms = {place: self._room(theme, place) for place in shown}
        for line in range(min(lines.count(), _MOST_WRAPPED)):
            count = max((self._lines(theme, line, place, room) for place, room in rooms.items()), default=1)
            wanted = max(base, count * high + pad) if count > 1 else base
            if lines.sectionSize(line) != wanted:
                lines.resizeSection(line, wanted)
        if lines.length() != was:
            self.lines_fitted.emit()

    def _room(self, theme: Theme, place: int) -> int:
        """Room for words in a column, in logical pixels."""
        first = self.visualIndex(place) == 0
        edge = theme.metrics.space(_FIRST_PAD) if first and self._edge else 0
        return self.sectionSize(place) - 2 * theme.metrics.space(_PAD) - edge

    def _lines(self, theme: Theme, line: int, place: int, room: int) -> int:
        """Lines that a cell needs; the same words in the same room are measured once."""
        cell = self._cell(line, place)
        if room < theme.metrics.px(_NARROWEST):
            return 1
        key = (place, room, cell.words, cell.sub, cell.status is not None)
        if key not in self._measured:
            if len(self._measured) > _MOST_MEASURED:
                self._measured.clear()
            bold = self.visualIndex(place) == 0
            found = lines_of(theme, self._columns[place], cell, room, bold=bold, most=self.most_lines)
            self._measured[key] = found.count
        return self._measured[key]

    def _cell(self, line: int, place: int) -> Cell:
        model = self.model()
        assert isinstance(model, RowsModel)
        return model.cell_at(line, place)

    def changeEvent(self, event: QEvent) -> None:
        """Another text size has other measures."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self._measured.clear()

    def save(self) -> None:
        """Keep the officer's wishes now."""
        self._saving.stop()
        if self._settings is not None:
            self._settings.set(self._key, self.wishes.as_text())

    def hideEvent(self, event: QHideEvent) -> None:
        """What was not kept yet is kept before the window goes."""
        super().hideEvent(event)
        if self._saving.isActive():
            self.save()

    def _save_soon(self) -> None:
        """Dragging a column asks many times; one write is enough."""
        if self._settings is not None:
            self._saving.start()

    # Sorting

    def show_sort(self, key: str, *, descending: bool) -> None:
        """Draw the arrow at a column; "" for none."""
        self._sort = (key, descending)
        self.viewport().update()

    def keep_sort(self, key: str, *, descending: bool) -> None:
        """Remember the sort as the officer's wish."""
        self.wishes = replace(self.wishes, sort=key, descending=descending)
        self._save_soon()

    def columns_menu(self) -> QMenu:
        """A menu that shows and hides columns and sorts, for those who use no pointer; the caller owns and keeps it."""
        menu = QMenu("Columns and sort")
        menu.addSection("Show")
        for column in self._columns:
            action = menu.addAction(column.title)
            action.setCheckable(True)
            action.setChecked(self.is_shown(column.key))
            action.setData(("show", column.key))
        menu.addSeparator()
        by = menu.addMenu("Sort by")
        group = QActionGroup(by)
        for column in self._columns:
            if column.sortable:
                self._add_sorts(by, group, column)
        menu.addSeparator()
        menu.addAction("Put columns back").setData(("forget", ""))
        menu.triggered.connect(self._act)
        menu.aboutToShow.connect(self._tick)
        return menu

    def _tick(self) -> None:
        """Tick what is so now, whenever the menu opens."""
        menu = self.sender()
        assert isinstance(menu, QMenu)
        for action in _entries(menu):
            wish, key = action.data()
            shown = wish == "show" and self.is_shown(key)
            action.setChecked(shown or (wish in ("up", "down") and self._sort == (key, wish == "down")))

    def _add_sorts(self, menu: QMenu, group: QActionGroup, column: Column[object]) -> None:
        for descending, words in ((False, "ascending"), (True, "descending")):
            action = menu.addAction(f"{column.title}, {words}")
            action.setCheckable(True)
            action.setChecked(self._sort == (column.key, descending))
            action.setData(("down" if descending else "up", column.key))
            group.addAction(action)

    def _act(self, action: QAction) -> None:
        wish, key = action.data()
        if wish == "show":
            self.show_column(key, shown=action.isChecked())
        elif wish == "forget":
            self.forget()
        else:
            self.sort_wanted.emit(key, wish == "down")

    def _show_menu(self) -> None:
        menu = self.columns_menu()
        menu.setParent(self, menu.windowFlags())
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.cursor().pos())

    def _click(self, logical: int) -> None:
        column = self._columns[logical]
        if column.sortable:
            self.sort_wanted.emit(column.key, self._sort == (column.key, False))

    def _resized(self, logical: int, _old: int, new: int) -> None:
        column = self._columns[logical]
        if self._fitting or column.width == 0 or new == 0:
            return
        self.wishes = replace(
            self.wishes, widths=self.wishes.widths | {column.key: round(new / Theme.of().metrics.b, 2)}
        )
        self.fit()
        self._save_soon()

    def _moved(self) -> None:
        if not self._fitting:
            keys = self._keys()
            order = tuple(keys[self.logicalIndex(place)] for place in range(self.count()))
            self.wishes = replace(self.wishes, order=order)
            self._save_soon()

    def _keys(self) -> list[str]:
        return [column.key for column in self._columns]

    # Painting

    def sizeHint(self) -> QSize:
        """As tall as a row."""
        return QSize(super().sizeHint().width(), Theme.of(self).metrics.size("table_header"))

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:  # noqa: N803 - Qt's name
        """Title, arrow if it sorts, and the strong line below."""
        theme = Theme.of(self)
        column = self._columns[logicalIndex]
        shown = self.shown_columns()
        pad = theme.metrics.space(_PAD)
        start = pad + (theme.metrics.space(_FIRST_PAD) if shown and shown[0] == logicalIndex and self._edge else 0)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(rect, theme.colour(self._ground))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.colour("line_strong"))
        area = QRectF(rect).adjusted(start, 0, -pad, -1)
        key, descending = self._sort
        if key and key == column.key:
            side = theme.metrics.space(14)
            arrow = QRectF(area.right() - side + 2, area.center().y() - side / 2, side, side)
            theme.icons.paint(painter, "chevron" if descending else "up", arrow, "text")
            area.setRight(arrow.left() - 2)
        font = theme.fonts.get(bold=True)
        painter.setFont(font)
        painter.setPen(theme.colour("text" if key and key == column.key else "muted"))
        words = QFontMetrics(font).elidedText(column.title, Qt.TextElideMode.ElideRight, int(area.width()))
        words = "" if rect.width() <= theme.metrics.px(_MARK) else words
        side_flag = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
        painter.drawText(area, int(side_flag | Qt.AlignmentFlag.AlignVCenter), words)
        painter.restore()


def _entries(menu: QMenu) -> Iterator[QAction]:
    """Everything that can be chosen in a menu of columns, in its sub-menu too, which is asked for anew each time.

    WORKAROUND(PySide6 6.12): the wrapper of a sub-menu is called off as soon as that of its action goes.
    """
    for action in menu.actions():
        inner = action.menu()
        if isinstance(inner, QMenu):
            yield from inner.actions()
        elif action.data() is not None:
            yield action
