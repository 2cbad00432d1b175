"""The row above every list: search, filters, the count in words, columns, export, and one button for what is new."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtGui import QAction, QIcon
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QWidget

from s75desk.ui.theme import Theme
from s75desk.ui.widgets.buttons import Button, ToolIcon, make_button
from s75desk.ui.widgets.filter_button import FilterButton
from s75desk.ui.widgets.labels import Label
from s75desk.ui.widgets.surface import Surface


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
        self._glass = QAction(self)
        self.addAction(self._glass, QLineEdit.ActionPosition.LeadingPosition)
        self._dress()

    def changeEvent(self, event: QEvent) -> None:
        """Icon and width follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_glass"):
            self._dress()

    def _dress(self) -> None:
        theme = Theme.of(self)
        self._glass.setIcon(theme.icons.icon("search", "muted"))
        words = self.fontMetrics().horizontalAdvance(self.placeholderText()) + theme.metrics.space(56)
        self.setMinimumWidth(theme.metrics.px(9))
        self.setMaximumWidth(max(theme.metrics.px(16), words))
        self.setFixedWidth(max(theme.metrics.px(16), words))


class FilterRow(Surface):
    """See the module.

    Signals:
        search_changed: Text of the search field.
        filters_changed: A filter changed.
        new_asked: The button for what is new was pressed.
        export_asked: "xlsx", "csv" or "copy".

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
        self.count = Label(colour="muted", parent=self)
        self.columns = ToolIcon("columns", "Choose columns", parent=self)
        self.export = ToolIcon("export", "Export this table", key="Ctrl+E", parent=self)
        self.export.setMenu(self._export_menu())
        self.new: Button | None = make_button(new, new_icon, key="Ctrl+N", parent=self) if new else None
        self._line = QHBoxLayout(self)
        self._line.addWidget(self.search)
        for button in filters:
            button.setParent(self)
            button.changed.connect(self.filters_changed)
            self._line.addWidget(button)
        self._line.addStretch(1)
        for part in (self.count, self.columns, self.export, self.new):
            if part is not None:
                self._line.addWidget(part)
        if self.new is not None:
            self.new.clicked.connect(self.new_asked)
        self._dress()

    def set_columns_menu(self, menu: QMenu) -> None:
        """Take the menu of the table's columns, made anew whenever it is opened."""
        self.columns.setMenu(menu)

    def add_wide(self, part: QWidget) -> None:
        """Put a further control after the filters."""
        self._line.insertWidget(self._line.count() - (4 if self.new is not None else 3) - 1, part)

    def changeEvent(self, event: QEvent) -> None:
        """Sizes follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_line"):
            self._dress()

    def sizeHint(self) -> QSize:
        """As wide as it gets, as high as the house says."""
        return QSize(super().sizeHint().width(), Theme.of(self).metrics.size("filter_row"))

    def _dress(self) -> None:
        metrics = Theme.of(self).metrics
        self.setFixedHeight(metrics.size("filter_row"))
        self._line.setContentsMargins(metrics.space(20), 0, metrics.space(20), 0)
        self._line.setSpacing(metrics.space(8))

    def _export_menu(self) -> QMenu:
        menu = QMenu(self.export)
        for words, what in (
            ("Save as a workbook (.xlsx)…", "xlsx"),
            ("Save as text (.csv)…", "csv"),
            ("Copy the table", "copy"),
        ):
            action = QAction(QIcon(), words, menu)
            action.setData(what)
            menu.addAction(action)
        menu.triggered.connect(self._export)
        return menu

    def _export(self, action: QAction) -> None:
        self.export_asked.emit(str(action.data()))
