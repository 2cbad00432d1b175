"""Scroll areas of a visit: one that scrolls down only, and one that gives way before anything else does."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QFrame, QScrollArea, QSizePolicy, QWidget

from s75desk.ui.theme import Theme

_CLEAR = 8
"""Pixels that stay free above and below what has the keyboard, so that its ring is seen."""


class Scrolling(QScrollArea):
    """Scrolls down when there is no room, never across; what gets the keyboard comes into sight, whoever gave it.

    Args:
        inside: What scrolls.
    """

    def __init__(self, inside: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._inside = inside
        self._brought = 0
        inside.setObjectName("scrolled")
        self.setWidget(inside)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._follow)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """With other room the beginning is shown again, if what has the keyboard can be seen from there."""
        super().resizeEvent(event)
        part, bar = QApplication.focusWidget(), self.verticalScrollBar()
        scrolled = bar.value() != min(self._brought, bar.maximum())
        if part is not None and self._inside.isAncestorOf(part) and not scrolled:
            bar.setValue(0)
            self._bring(part)

    def _follow(self, _: QWidget | None, new: QWidget | None) -> None:
        # What is being pressed is in sight already; if it moved, it would be let go of beside it.
        if new is not None and self._inside.isAncestorOf(new) and not QApplication.mouseButtons():
            self._settle(new)
            self._bring(new)

    def _bring(self, part: QWidget) -> None:
        """All of a part, where there is room for it; Qt alone would be content with the caret of a field."""
        bar, high = self.verticalScrollBar(), self.viewport().height()
        top = part.mapTo(self._inside, QPoint(0, 0)).y() - _CLEAR
        tall = part.height()
        if isinstance(part, QAbstractItemView):  # a list shows by itself where the keyboard is in it
            tall = min(tall, high // 2)
        bottom = top + tall + 2 * _CLEAR
        if bottom - top > high:
            self.ensureWidgetVisible(part, 0, _CLEAR)
        elif bar.value() > top:
            bar.setValue(top)
        elif bar.value() < bottom - high:
            bar.setValue(bottom - high)
        self._brought = bar.value()

    def _settle(self, part: QWidget) -> None:
        """Give a part that has only just appeared its place, from the inside out."""
        above = part.parentWidget()
        while above is not None:
            layout = above.layout()
            if layout is not None:
                layout.activate()
            above = None if above is self._inside else above.parentWidget()
        QApplication.sendEvent(self, QEvent(QEvent.Type.LayoutRequest))


class Shrinking(Scrolling):
    """Is as high as its contents while there is room.

    Args:
        inside: What scrolls; its layout gives the height for a width.
        least: Least height in multiples of b.
    """

    def __init__(self, inside: QWidget, *, least: float = 5.0, parent: QWidget | None = None) -> None:
        super().__init__(inside, parent)
        self._least = least
        self._whole = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        inside.installEventFilter(self)

    def sizeHint(self) -> QSize:
        """All of the contents."""
        return QSize(super().sizeHint().width(), self._wanted())

    def minimumSizeHint(self) -> QSize:
        """A few lines, or less if that is all there is."""
        wanted = self._wanted()
        return QSize(0, wanted if self._whole else min(wanted, Theme.of(self).metrics.px(self._least)))

    def set_whole(self, whole: bool) -> None:
        """Be as high as the contents in any case: something around it scrolls, and one of that is enough."""
        if whole != self._whole:
            self._whole = whole
            self.updateGeometry()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width wants another height."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.updateGeometry()
        self._offer_keys()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Other contents want another height."""
        if event.type() == QEvent.Type.LayoutRequest and watched is self.widget():
            self.updateGeometry()
            self._offer_keys()
        return super().eventFilter(watched, event)

    def _offer_keys(self) -> None:
        """Where there is more than can be seen, Tab stops here, and arrow keys scroll."""
        more = self._wanted() > self.height()
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if more else Qt.FocusPolicy.NoFocus)

    def _wanted(self) -> int:
        layout = self._inside.layout()
        if layout is None or not layout.hasHeightForWidth():
            return self._inside.sizeHint().height()
        return layout.totalHeightForWidth(max(1, self.viewport().width()))
