"""The focus ring: 2 px, 1 px clear of the control, for keyboard focus only."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QWindow
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QFocusFrame,
    QLineEdit,
    QPlainTextEdit,
    QProxyStyle,
    QStyle,
    QStyleHintReturn,
    QStyleOption,
    QTextEdit,
    QWidget,
)

from s75desk.ui.theme import Theme

_BY_HAND = (QEvent.Type.MouseButtonPress, QEvent.Type.TouchBegin, QEvent.Type.TabletPress)
_OWN_SIGN = (QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QAbstractSpinBox, QAbstractItemView)
"""Fields show focus by their edge (a wrong one by the ring as well), tables by the row bar, menus by their line."""


class _RingStyle(QProxyStyle):
    """Tells the focus frame how far outside the control it reaches."""

    def pixelMetric(
        self, metric: QStyle.PixelMetric, option: QStyleOption | None = None, widget: QWidget | None = None
    ) -> int:
        if metric in (QStyle.PixelMetric.PM_FocusFrameHMargin, QStyle.PixelMetric.PM_FocusFrameVMargin):
            line = Theme.of().tokens.line
            return int(line["focus"] + line["focus_gap"])
        return super().pixelMetric(metric, option, widget)

    def styleHint(
        self,
        hint: QStyle.StyleHint,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
        returnData: QStyleHintReturn | None = None,  # noqa: N803 - Qt's name
    ) -> int:
        """The frame belongs to the window or the scrolled page, so that no container cuts it off."""
        if hint == QStyle.StyleHint.SH_FocusFrame_AboveWidget:
            return 1
        return super().styleHint(hint, option, widget, returnData)


class _Frame(QFocusFrame):
    def __init__(self, style: QStyle) -> None:
        super().__init__()
        self.setStyle(style)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = Theme.of(self)
        wide = theme.tokens.line["focus"]
        corner = theme.metrics.radius("control") + theme.tokens.line["focus_gap"] + wide / 2
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour("focus"), wide))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), corner, corner)


class FocusRing(QObject):
    """Draws the ring round whatever has the keyboard in the windows of the application, if the keyboard put it there.

    One is enough for the application; make it once with the first window. A widget whose property ``ring`` is False
    gets none. Qt knows of Tab, arrow keys and its own shortcuts; for everything else that moves the keyboard, what was
    used last in the window counts: a key, or the pointer and the finger.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._style = _RingStyle()
        self._style.setParent(self)
        self._frame: _Frame | None = None
        self._keys_last = False
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._moved)
            app.focusWindowChanged.connect(self._watch)
            self._watch(app.focusWindow())

    def around(self) -> QWidget | None:
        """The widget that has the ring now, or None."""
        return self._frame.widget() if self._frame is not None and self._frame.isVisible() else None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A window hears of every key and press before its widgets do."""
        if event.type() == QEvent.Type.KeyPress:
            self._keys_last = True
        elif event.type() in _BY_HAND:
            self._keys_last = False
        return False

    def _watch(self, window: QWindow | None) -> None:
        if window is not None:
            window.installEventFilter(self)

    def _moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        by_keyboard = False
        if new is not None:
            window = new.window()
            # Qt marks the window when Tab or a shortcut moves the keyboard, and never unmarks it.
            by_keyboard = self._keys_last or window.testAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange)
            window.setAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange, False)
        if new is None or not by_keyboard or _shows_focus(new):
            self._drop()
            return
        if self._frame is None:
            self._frame = _Frame(self._style)
            self._frame.destroyed.connect(self._gone)
        frame = self._frame  # showing it may move the keyboard again, and end or replace the frame meanwhile
        frame.setWidget(new)
        # Qt hides the frame of what is out of sight and leaves it hidden when that is scrolled into sight.
        if frame is self._frame:
            frame.setVisible(new.isVisible())
        if frame is self._frame:
            frame.raise_()

    def _drop(self) -> None:
        if self._frame is not None:
            frame, self._frame = self._frame, None
            frame.hide()
            frame.deleteLater()

    def _gone(self) -> None:
        self._frame = None


def _shows_focus(widget: QWidget) -> bool:
    if widget.property("ring") is False or widget.windowType() == Qt.WindowType.Popup:
        return True
    return isinstance(widget, _OWN_SIGN) and widget.property("state") != "fault"
