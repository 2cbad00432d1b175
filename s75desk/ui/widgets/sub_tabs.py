"""Sub-pages of a record: a strip of names with counts over a stack."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QEnterEvent,
    QFocusEvent,
    QFontMetrics,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QShortcut,
)
from PySide6.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout, QWidget

from s75desk.ui.theme import Theme
from s75desk.ui.widgets.layouts import row
from s75desk.ui.widgets.surface import Hairline

_GAP, _LEAST_GAP = 20, 9
"""Space between names at b = 14; it gives way before names have to scroll."""

_KEYBOARD = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)


class TabStrip(QTabBar):
    """Names in a line; the current one bold over a blue bar. Paints itself, so that bold names are not cut short."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._counts: list[str] = []
        self._hovered = -1
        self._keyboard = False
        self._gap = _GAP
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(True)
        self.setElideMode(Qt.TextElideMode.ElideNone)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setProperty("ring", False)
        self.setMouseTracking(True)

    def add(self, title: str, count: str = "") -> int:
        """Add a tab at the end; its place."""
        self._counts.append(count)
        place = self.addTab(self._whole(title, count))
        self._fit()
        return place

    def title(self, place: int) -> str:
        """Name without the count."""
        count = self._counts[place]
        return self.tabText(place).removesuffix(f"  {count}") if count else self.tabText(place)

    def set_count(self, place: int, count: str) -> None:
        """Change what stands after a name; "" for nothing."""
        if count != self._counts[place]:
            title = self.title(place)
            self._counts[place] = count
            self.setTabText(place, self._whole(title, count))
            self._fit()

    def set_shown(self, place: int, *, shown: bool) -> None:
        """Show or hide a tab."""
        if shown != self.isTabVisible(place):
            self.setTabVisible(place, shown)
            self._fit()

    def tabSizeHint(self, index: int) -> QSize:
        """Room for the name in bold, so that nothing moves when it is chosen."""
        metrics = Theme.of(self).metrics
        if not self.isTabVisible(index):
            return QSize(0, metrics.size("sub_tab"))
        return QSize(self._words_width(index) + metrics.space(4 + self._gap), metrics.size("sub_tab"))

    def minimumTabSizeHint(self, index: int) -> QSize:
        """Names are never cut short; the strip scrolls instead."""
        return self.tabSizeHint(index)

    def changeEvent(self, event: QEvent) -> None:
        """Widths follow the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and self.count():
            self.setTabText(0, self.tabText(0))
            self._fit()
            self.updateGeometry()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More or less space between names."""
        self._fit()
        super().resizeEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Remember whether the keyboard came by a key."""
        self._keyboard = event.reason() in _KEYBOARD
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The ring goes."""
        super().focusOutEvent(event)
        self.update()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Darken the name under the pointer."""
        super().enterEvent(event)
        self._hover(self.tabAt(event.position().toPoint()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Darken the name under the pointer."""
        super().mouseMoveEvent(event)
        self._hover(self.tabAt(event.position().toPoint()))

    def leaveEvent(self, event: QEvent) -> None:
        """The pointer left."""
        super().leaveEvent(event)
        self._hover(-1)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw names, counts and the bar."""
        theme = Theme.of(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for place in range(self.count()):
            if self.isTabVisible(place):
                self._paint_tab(painter, theme, place)

    def _paint_tab(self, painter: QPainter, theme: Theme, place: int) -> None:
        current = place == self.currentIndex()
        rect = QRectF(self.tabRect(place)).adjusted(0, 0, -theme.metrics.space(self._gap), 0)
        font = theme.fonts.get(bold=current)
        words = self.title(place)
        start = rect.left() + theme.metrics.space(2)
        middle = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        dark = current or place == self._hovered
        painter.setFont(font)
        painter.setPen(theme.colour("text" if dark else "muted"))
        painter.drawText(QRectF(start, rect.top(), rect.width(), rect.height() - 2), middle, words)
        end = start + QFontMetrics(font).horizontalAdvance(words)
        if self._counts[place]:
            plain = theme.fonts.get()
            start = end + theme.metrics.space(6)
            painter.setFont(plain)
            painter.setPen(theme.colour("text" if current else "muted"))
            painter.drawText(QRectF(start, rect.top(), rect.width(), rect.height() - 2), middle, self._counts[place])
            end = start + QFontMetrics(plain).horizontalAdvance(self._counts[place])
        rect.setRight(end + theme.metrics.space(2))
        if current:
            thick = theme.tokens.line["sub_tab_bar"]
            painter.fillRect(QRectF(rect.left(), rect.bottom() - thick, rect.width(), thick), theme.colour("accent"))
        if current and self.hasFocus() and self._keyboard:
            wide = theme.tokens.line["focus"]
            corner = theme.metrics.radius("control")
            painter.setPen(QPen(theme.colour("focus"), wide))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect.adjusted(1, 3, -1, -4), corner, corner)

    def _words_width(self, place: int) -> int:
        """Room for a name in bold with its count."""
        theme = Theme.of(self)
        wide = QFontMetrics(theme.fonts.get(bold=True)).horizontalAdvance(self.title(place))
        if self._counts[place]:
            wide += theme.metrics.space(6)
            wide += QFontMetrics(theme.fonts.get()).horizontalAdvance(self._counts[place])
        return wide

    def _fit(self) -> None:
        """Leave as much space between the names as there is, up to the usual."""
        metrics = Theme.of(self).metrics
        shown = [place for place in range(self.count()) if self.isTabVisible(place)]
        needed = sum(self._words_width(place) + metrics.space(4) for place in shown)
        spare = (self.width() - needed) / max(1, len(shown)) / metrics.factor
        gap = max(_LEAST_GAP, min(_GAP, int(spare)))
        if shown and gap != self._gap:
            self._gap = gap
            self.setTabText(shown[0], self.tabText(shown[0]))  # lays all tabs out anew

    def _hover(self, place: int) -> None:
        if place != self._hovered:
            self._hovered = place
            self.update()

    @staticmethod
    def _whole(title: str, count: str) -> str:
        return f"{title}  {count}" if count else title


class SubTabs(QWidget):
    """Strip and pages. Ctrl+PgDn and Ctrl+PgUp go to the next and previous page while the keyboard is inside.

    Signals:
        changed: Another page is shown: its key.

    Args:
        keys: Whether it listens to the keys itself; otherwise the window calls ``step``.
        indent: Space left of the names at b = 14, so that they stand under the title above them.
    """

    changed = Signal(str)

    def __init__(self, *, keys: bool = True, indent: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names: list[str] = []
        self.strip = TabStrip(self)
        self.stack = QStackedWidget(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        beside = row(self.strip, margins=(indent, 0, 0, 0))
        column.addLayout(beside)
        column.addWidget(Hairline(parent=self))
        column.addWidget(self.stack, 1)
        self.strip.currentChanged.connect(self._show)
        if keys:
            context = Qt.ShortcutContext.WidgetWithChildrenShortcut
            QShortcut(QKeySequence("Ctrl+PgDown"), self, context=context).activated.connect(self._next)
            QShortcut(QKeySequence("Ctrl+PgUp"), self, context=context).activated.connect(self._previous)

    def add_page(self, key: str, title: str, page: QWidget, count: str = "") -> None:
        """Add a page at the end; the first one is shown."""
        self._names.append(key)
        self.stack.addWidget(page)
        self.strip.add(title, count)

    def page(self, key: str) -> QWidget:
        """The widget of a page.

        Raises:
            ValueError: There is no such page.
        """
        page = self.stack.widget(self._names.index(key))
        if page is None:
            raise ValueError(key)
        return page

    def keys(self) -> tuple[str, ...]:
        """Keys of the pages, left to right."""
        return tuple(self._names)

    def set_count(self, key: str, count: str) -> None:
        """Change what stands after the name of a page."""
        self.strip.set_count(self._names.index(key), count)

    def set_shown(self, key: str, *, shown: bool) -> None:
        """Show or hide the tab of a page."""
        self.strip.set_shown(self._names.index(key), shown=shown)

    def current(self) -> str:
        """Key of the page shown, "" if there is none."""
        place = self.strip.currentIndex()
        return self._names[place] if 0 <= place < len(self._names) else ""

    def set_current(self, key: str) -> bool:
        """Show a page; whether there is one of that key."""
        if key not in self._names:
            return False
        self.strip.setCurrentIndex(self._names.index(key))
        return True

    def step(self, by: int) -> None:
        """Go ``by`` pages on, round the end; hidden ones are passed over."""
        places = [place for place in range(self.strip.count()) if self.strip.isTabVisible(place)]
        if places:
            now = places.index(self.strip.currentIndex()) if self.strip.currentIndex() in places else 0
            self.strip.setCurrentIndex(places[(now + by) % len(places)])

    def _show(self, place: int) -> None:
        if 0 <= place < self.stack.count():
            self.stack.setCurrentIndex(place)
            self.changed.emit(self._names[place])

    def _next(self) -> None:
        self.step(1)

    def _previous(self) -> None:
        self.step(-1)
