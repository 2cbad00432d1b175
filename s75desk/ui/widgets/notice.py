"""Notices: bottom middle, one at a time, ten seconds, longer under the pointer; undo beside what happened."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QEnterEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from s75desk.ui.theme import Theme
from s75desk.ui.widgets.announce import announce
from s75desk.ui.widgets.buttons import Button, ToolIcon, make_button
from s75desk.ui.widgets.chip import IconMark
from s75desk.ui.widgets.fade import fade_in
from s75desk.ui.widgets.key_hint import KeyHint
from s75desk.ui.widgets.labels import WrappedLabel
from s75desk.ui.widgets.layouts import row
from s75desk.ui.widgets.soft_panel import SoftPanel

_BOTTOM = 42
_WIDEST = 62.0


class Notice(SoftPanel):
    """The notice of a window; keep one and ``say`` through it. It never takes the keyboard.

    Signals:
        undo_pressed: Undo what the notice tells.
        action_pressed: The other button, where one was asked for.
        gone: It went away, by time, by Esc or by hand.

    Args:
        window: Any widget of the window.
    """

    undo_pressed = Signal()
    action_pressed = Signal()
    gone = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._icon = IconMark("tick")
        self._words = WrappedLabel()
        self._undo = make_button("Undo", "undo", "quiet", key="Ctrl+Z")
        self._key = KeyHint("Ctrl+Z")
        self._action: Button = make_button("", "", "quiet")
        self._close = ToolIcon("close", "Dismiss", small=True)
        self._line = row(
            self._icon,
            (self._words, 1),
            6,
            self._undo,
            self._key,
            self._action,
            self._close,
            margins=(30, 23, 22, 23),
            parent=self,
        )
        self._held = False
        self._before: QWidget | None = None
        self._watching = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.dismiss)
        self._undo.clicked.connect(self._undone)
        self._action.clicked.connect(self._acted)
        self._close.clicked.connect(self.dismiss)
        self.window().installEventFilter(self)
        self.hide()

    @property
    def words(self) -> str:
        """What it says; "" while there is none."""
        return self._words.text() if self.isVisible() else ""

    def say(
        self, words: str, *, icon: str = "tick", undo: bool = False, action: str = "", lasting: bool = False
    ) -> None:
        """Show a notice in place of the one before.

        Args:
            words: What happened, then what to do.
            icon: Icon before the words.
            undo: Offer to undo.
            action: Words of another button, or "".
            lasting: Stay until it is dismissed.
        """
        self._timer.stop()
        self._held = False
        self._icon.set_icon(icon)
        self._words.setText(words)
        self._undo.setVisible(undo)
        self._key.setVisible(undo)
        self._action.setVisible(bool(action))
        if action:
            self._action.set_words(action)
        self.setAccessibleName(words)
        self.hide()
        fade_in(self, self._place())
        self._watch(True)
        announce(self, words)
        if not lasting:
            self._restart()

    def dismiss(self) -> None:
        """Take it away."""
        self._timer.stop()
        if self.isVisible():
            focus = QApplication.focusWidget()
            held = focus is not None and self.isAncestorOf(focus)
            self._watch(False)
            self.hide()
            if held and self._before is not None and shiboken6.isValid(self._before) and self._before.isVisible():
                self._before.setFocus(Qt.FocusReason.OtherFocusReason)
            self._before = None
            self.gone.emit()

    def _watch(self, watching: bool) -> None:
        """Remember from where the keyboard came, to give it back."""
        app = QApplication.instance()
        if watching != self._watching:
            self._watching = watching
            changed = app.focusChanged  # type: ignore[union-attr]
            (changed.connect if watching else changed.disconnect)(self._focus_moved)

    def _focus_moved(self, old: QWidget | None, new: QWidget | None) -> None:
        if new is not None and old is not None and self.isAncestorOf(new) and not self.isAncestorOf(old):
            self._before = old

    def enterEvent(self, event: QEnterEvent) -> None:
        """It stays under the pointer."""
        super().enterEvent(event)
        self._held = self._held or self._timer.isActive()
        self._timer.stop()

    def leaveEvent(self, event: QEvent) -> None:
        """Its time starts again."""
        super().leaveEvent(event)
        if self._held and self.isVisible():
            self._restart()
        self._held = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc takes it away while one of its buttons has the keyboard."""
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay at the bottom middle of the window."""
        if event.type() == QEvent.Type.Resize and watched is self.window() and self.isVisible():
            self.setGeometry(self._place())
        return False

    def _restart(self) -> None:
        self._timer.start(int(Theme.of(self).tokens.motion["toast_seconds"]) * 1000)

    def _place(self) -> QRect:
        metrics = Theme.of(self).metrics
        window = self.window()
        layout = self._line
        layout.invalidate()
        layout.activate()
        others = layout.sizeHint().width() - self._words.sizeHint().width()
        said = self._words.fontMetrics().horizontalAdvance(self._words.text()) + 4
        wide = min(others + said, metrics.px(_WIDEST), window.width() - metrics.space(16))
        high = layout.totalHeightForWidth(wide)
        x = (window.width() - wide) // 2
        return QRect(QPoint(x, window.height() - high + self.edge - metrics.space(_BOTTOM)), QSize(wide, high))

    def _undone(self) -> None:
        self.dismiss()
        self.undo_pressed.emit()

    def _acted(self) -> None:
        self.dismiss()
        self.action_pressed.emit()
