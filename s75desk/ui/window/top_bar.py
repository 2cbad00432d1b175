"""The bar at the top: menu, seven tabs with what is overdue, and the finder."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QEvent, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QSizePolicy, QTabBar, QWidget

from s75desk.ui.theme import Theme
from s75desk.ui.widgets.buttons import ToolIcon
from s75desk.ui.widgets.key_hint import KeyHint
from s75desk.ui.widgets.labels import Label
from s75desk.ui.widgets.surface import Surface

TABS: tuple[tuple[str, str, str], ...] = (
    ("overview", "Overview", "overview"),
    ("agreements", "Agreements", "agreement"),
    ("providers", "Providers", "provider"),
    ("visits", "Quality visits", "visit"),
    ("kpis", "KPIs", "kpi"),
    ("actions", "Actions", "action"),
    ("briefings", "Briefings", "briefing"),
)
"""Page, title and icon of each tab."""

VISITED: tuple[tuple[str, str, str], ...] = (
    ("organisations", "Organisations", "people"),
    ("question_sets", "Question sets", "book"),
    ("notes", "Notes to go through", "note"),
    ("archived", "Archived", "archive"),
)
"""The same of pages that have a tab only while they are on show."""


class FinderButton(QPushButton):
    """Looks like a search field and opens the finder; shrinks to its icon in a narrow window."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("finder", True)
        self.setAccessibleName("Find a record or a command")
        self.setToolTip("Find a record or a command (Ctrl+K)")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._icon = QLabel(self)
        self._words = Label("Find a record or a command", colour="muted", parent=self)
        self._key = KeyHint("Ctrl+K", parent=self)
        line = QHBoxLayout(self)
        line.addWidget(self._icon)
        line.addWidget(self._words)
        line.addStretch(1)
        line.addWidget(self._key)
        for part in (self._icon, self._words, self._key):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._dress()

    def set_compact(self, compact: bool) -> None:
        """Show only the icon."""
        self._words.setVisible(not compact)
        self._key.setVisible(not compact)
        metrics = Theme.of(self).metrics
        self.setFixedWidth(metrics.px(2.6) if compact else metrics.px(18.7))

    def changeEvent(self, event: QEvent) -> None:
        """Icon and sizes follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_key"):
            self._dress()

    def _dress(self) -> None:
        theme = Theme.of(self)
        side = theme.icons.size
        self._icon.setPixmap(theme.icons.icon("search", "muted").pixmap(QSize(side, side)))
        self.setFixedSize(theme.metrics.px(18.7), theme.metrics.size("control"))
        layout = self.layout()
        assert layout is not None
        layout.setContentsMargins(theme.metrics.space(9), 0, theme.metrics.space(6), 0)
        layout.setSpacing(theme.metrics.space(7))


class TopBar(Surface):
    """Menu button, tabs and finder.

    Signals:
        page_chosen: Name of a page.
        finder_asked: The finder was pressed.
    """

    page_chosen = Signal(str)
    finder_asked = Signal()

    def __init__(self, menu: QMenu, parent: QWidget | None = None) -> None:
        super().__init__("surface", parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.menu_button = ToolIcon("menu", "Menu", key="Alt", parent=self)
        self.menu_button.setMenu(menu)
        self.tabs = QTabBar(self)
        self.tabs.setObjectName("toptabs")
        self.tabs.setProperty("tabs", "top")
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setUsesScrollButtons(False)
        self.tabs.setAccessibleName("Pages")
        self.tabs.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._icons = [icon for _, _, icon in TABS]
        for page, title, _ in TABS:
            index = self.tabs.addTab(title)
            self.tabs.setTabData(index, page)
            self.tabs.setTabToolTip(index, f"{title} (Ctrl+{index + 1})")
        self._badge_box = QWidget(self)
        self._badge = QLabel(self._badge_box)
        self._badge.setObjectName("badge")
        self._badge.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._badge_box.hide()
        self.finder = FinderButton(self)
        self._line = QHBoxLayout(self)
        self._line.addWidget(self.menu_button)
        self._line.addWidget(self.tabs, 0, Qt.AlignmentFlag.AlignBottom)
        self._line.addStretch(1)
        self._line.addWidget(self.finder)
        self.tabs.currentChanged.connect(self._chosen)
        self.finder.clicked.connect(self.finder_asked)
        self._dress()

    def open_menu(self) -> None:
        """Open the menu under its button and return at once; the button's own way would wait until it closes."""
        menu = self.menu_button.menu()
        menu.popup(self.menu_button.mapToGlobal(self.menu_button.rect().bottomLeft()))
        # Marked as by a key: setActiveAction would open its sub-menu too, and the arrows would start in there.
        QCoreApplication.postEvent(menu, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Down, Qt.KeyboardModifier(0)))

    def show_page(self, page: str) -> None:
        """Mark the tab of a page; one that has none otherwise gets one for as long as it is on show."""
        self.tabs.blockSignals(True)
        place = self._place_of(page)
        if self.tabs.count() > len(TABS) and place != len(TABS):
            self.tabs.removeTab(len(TABS))
            del self._icons[len(TABS) :]
        if place < 0:
            title, icon = next((title, icon) for name, title, icon in VISITED if name == page)
            place = self.tabs.addTab(title)
            self.tabs.setTabData(place, page)
            self._icons.append(icon)
        self.tabs.setCurrentIndex(place)
        self.tabs.blockSignals(False)
        self._dress_tabs(self.width())

    def _place_of(self, page: str) -> int:
        places = [self.tabs.tabData(index) for index in range(self.tabs.count())]
        return places.index(page) if page in places else -1

    def set_overdue(self, count: int) -> None:
        """Show how many actions are overdue on their tab; nothing for none."""
        index = [page for page, _, _ in TABS].index("actions")
        if count:
            self._badge.setText(f"{count}" if count < 1000 else "999+")
            self._badge.setAccessibleName(f"{count} overdue")
            self._badge.setToolTip(f"{count} actions overdue")
            self._badge.show()
            self._badge_box.show()
            self._dress_badge()
            if self.tabs.tabButton(index, QTabBar.ButtonPosition.RightSide) is not self._badge_box:
                self.tabs.setTabButton(index, QTabBar.ButtonPosition.RightSide, self._badge_box)
        elif self.tabs.tabButton(index, QTabBar.ButtonPosition.RightSide) is not None:
            self.tabs.setTabButton(index, QTabBar.ButtonPosition.RightSide, None)
            self._badge_box.setParent(self)
            self._badge_box.hide()

    def changeEvent(self, event: QEvent) -> None:
        """Icons and sizes follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_line"):
            self._dress()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window tabs lose their icons first, then the finder shrinks."""
        super().resizeEvent(event)
        self._dress_tabs(event.size().width())

    def _dress(self) -> None:
        metrics = Theme.of(self).metrics
        self.setFixedHeight(metrics.size("top_bar"))
        self._line.setContentsMargins(metrics.space(8), 0, metrics.space(12), 0)
        self._line.setSpacing(metrics.space(4))
        self._dress_badge()
        self._dress_tabs(self.width())

    def _dress_badge(self) -> None:
        metrics = Theme.of(self).metrics
        width = self._badge.fontMetrics().horizontalAdvance(self._badge.text()) + metrics.space(12)
        self._badge.setFixedSize(width, metrics.px(1.3))
        self._badge_box.setFixedSize(width + metrics.space(10), metrics.px(1.3))

    def _dress_tabs(self, width: int) -> None:
        theme = Theme.of(self)
        b = theme.metrics.b
        with_icons = width >= 84 * b
        self.finder.set_compact(width < 74 * b)
        side = theme.icons.size if with_icons else 0
        self.tabs.setIconSize(QSize(side, side))
        current = self.tabs.currentIndex()
        for index, icon in enumerate(self._icons):
            colour = "accent" if index == current else "muted"
            self.tabs.setTabIcon(index, theme.icons.icon(icon, colour) if with_icons else QIcon())

    def _chosen(self, index: int) -> None:
        self._dress_tabs(self.width())
        self.page_chosen.emit(str(self.tabs.tabData(index)))


def page_names() -> Sequence[str]:
    """Names of the pages that have a tab, in order."""
    return [page for page, _, _ in TABS]
