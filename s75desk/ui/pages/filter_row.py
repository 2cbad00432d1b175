"""The row above every list: search, filters, the count in words, columns, export, and one button for what is new."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QAction, QIcon, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QSizePolicy, QVBoxLayout, QWidget

from s75desk.ui.theme import Theme
from s75desk.ui.widgets.buttons import Button, ToolIcon, make_button
from s75desk.ui.widgets.filter_button import FilterButton
from s75desk.ui.widgets.labels import Label
from s75desk.ui.widgets.named import name_side_buttons
from s75desk.ui.widgets.surface import Surface

_SEARCH, _LEAST_SEARCH = 16.0, 9.0


class SearchBox(QLineEdit):
    """The search field of a list; Esc clears it.

    Args:
        hint: What can be searched: "Search title, reference, partner".
    """

    def __init__(self, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(hint)
        self.setAccessibleName(hint)
        self.setToolTip(f"{hint} (Ctrl+F)")
        self.setClearButtonEnabled(True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._glass = QAction(hint, self)
        self.addAction(self._glass, QLineEdit.ActionPosition.LeadingPosition)
        name_side_buttons(self, "Clear the search")
        self._dress()

    def changeEvent(self, event: QEvent) -> None:
        """Icon and width follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_glass"):
            self._dress()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc clears it; in an empty one it is left to the page."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)

    def _dress(self) -> None:
        theme = Theme.of(self)
        self._glass.setIcon(theme.icons.icon("search", "muted"))
        words = self.fontMetrics().horizontalAdvance(self.placeholderText()) + theme.metrics.space(56)
        self.setMinimumWidth(theme.metrics.px(_LEAST_SEARCH))
        self.setMaximumWidth(max(theme.metrics.px(_SEARCH), words))
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Room for the hint; it gives way before anything else in its row does."""
        return QSize(self.maximumWidth(), super().sizeHint().height())


class FilterRow(Surface):
    """See the module.

    Signals:
        search_changed: Text of the search field.
        filters_changed: A filter changed.
        new_asked: The button for what is new was pressed.
        export_asked: "xlsx", "csv" or "copy".
        print_asked: The list is to be printed.

    Args:
        hint: Words of the search field.
        new: Words of the button for what is new, or "" for none.
        new_icon: Its icon.
        filters: Filters from left to right.
    """

    search_changed = Signal(str)
    filters_changed = Signal()
    new_asked = Signal()
    export_asked = Signal(str)
    print_asked = Signal()

    def __init__(
        self,
        hint: str,
        new: str = "",
        *,
        new_icon: str = "plus",
        filters: Sequence[FilterButton] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("canvas", parent)
        self.search = SearchBox(hint, self)
        self.search.textChanged.connect(self.search_changed)
        self._filters = QWidget(self)  # made before the buttons on its right, so that Tab goes from left to right
        self._beside = QHBoxLayout(self._filters)
        self._beside.setContentsMargins(0, 0, 0, 0)
        for button in filters:
            button.setParent(self._filters)
            button.changed.connect(self.filters_changed)
            self._beside.addWidget(button)
        self.count = Label(colour="muted", parent=self)
        self.columns = ToolIcon("columns", "Choose columns", parent=self)
        self.export = ToolIcon("export", "Export this table", key="Ctrl+E", parent=self)
        self.export.setMenu(self._export_menu())
        self.new: Button | None = make_button(new, new_icon, key="Ctrl+N", parent=self) if new else None
        self._parts: list[QWidget] = [p for p in (self.count, self.columns, self.export, self.new) if p is not None]
        self._line = QHBoxLayout()
        self._line.addWidget(self.search)
        self._line.addWidget(self._filters)
        self._line.addStretch(1)
        for part in self._parts:
            self._line.addWidget(part)
        self._below = QHBoxLayout()
        self._wrapped = False
        self._whole = QVBoxLayout(self)
        self._whole.addLayout(self._line)
        self._whole.addLayout(self._below)
        if self.new is not None:
            self.new.clicked.connect(self.new_asked)
        self._dress()

    def begin(self, letters: str) -> None:
        """Go on in the search field with letters that were typed in the list."""
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)
        self.search.setText(letters)

    def set_columns_menu(self, menu: QMenu) -> None:
        """Take the menu of the table's columns, which brings itself up to date whenever it opens."""
        menu.setParent(self.columns, menu.windowFlags())
        self.columns.setMenu(menu)

    def add_wide(self, part: QWidget) -> None:
        """Put a further control after the filters."""
        self._beside.addWidget(part)

    def changeEvent(self, event: QEvent) -> None:
        """Sizes follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_whole"):
            self._dress()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room the search shrinks, then the count leaves, then the filters go below."""
        super().resizeEvent(event)
        self._arrange()

    def event(self, event: QEvent) -> bool:
        """A filter that names its value, or a longer count, may need another arrangement."""
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._arrange()
        return done

    def _arrange(self) -> None:
        metrics = Theme.of(self).metrics
        gap = metrics.space(8)
        room = self.width() - 2 * metrics.space(20)
        fixed = [part for part in self._parts if part is not self.count]
        needed = metrics.px(_LEAST_SEARCH) + sum(part.sizeHint().width() + gap for part in fixed)
        filters = self._filters.sizeHint().width() + gap
        self.count.setVisible(needed + filters + self.count.sizeHint().width() + gap <= room)
        wrapped = needed + filters > room and self._beside.count() > 0
        if wrapped != self._wrapped:
            self._wrapped = wrapped
            if wrapped:
                self._line.removeWidget(self._filters)
                self._below.addWidget(self._filters)
                self._below.addStretch(1)
            else:
                self._below.takeAt(1)
                self._below.removeWidget(self._filters)
                self._line.insertWidget(1, self._filters)
            self._dress()

    def _dress(self) -> None:
        metrics = Theme.of(self).metrics
        high = metrics.size("filter_row")
        self.setFixedHeight(high + (metrics.size("control") + metrics.space(8) if self._wrapped else 0))
        side, above = metrics.space(20), (high - metrics.size("control")) // 2
        self._whole.setContentsMargins(side, above, side, above)
        for line in (self._whole, self._line, self._below, self._beside):
            line.setSpacing(metrics.space(8))

    def _export_menu(self) -> QMenu:
        menu = QMenu(self.export)
        for words, what in (
            ("Save as a workbook (.xlsx)…", "xlsx"),
            ("Save as text (.csv)…", "csv"),
            ("Copy the table", "copy"),
            ("Print this list…", "print"),
        ):
            action = QAction(QIcon(), words, menu)
            action.setData(what)
            menu.addAction(action)
        menu.triggered.connect(self._export)
        return menu

    def _export(self, action: QAction) -> None:
        what = str(action.data())
        if what == "print":
            self.print_asked.emit()
        else:
            self.export_asked.emit(what)
