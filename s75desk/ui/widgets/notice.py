"""Notices: at the foot of the window, clear of what is needed there; one at a time, ten seconds, with undo."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QElapsedTimer, QEvent, QObject, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QEnterEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget

from s75desk.ui.theme import Theme
from s75desk.ui.widgets.announce import announce
from s75desk.ui.widgets.buttons import Button, ToolIcon, make_button
from s75desk.ui.widgets.chip import IconMark
from s75desk.ui.widgets.clear_place import clear_place, needed
from s75desk.ui.widgets.fade import fade_in
from s75desk.ui.widgets.key_hint import KeyHint
from s75desk.ui.widgets.labels import WrappedLabel
from s75desk.ui.widgets.layouts import row
from s75desk.ui.widgets.soft_panel import SoftPanel

_BOTTOM = 42
_FRESH_MS = 1000
"""The step that leads to another page may be the one that the notice tells of: then it comes along."""

_WIDEST = 62.0
_LOOKS_MS = 200
"""So often it looks whether a step has come to lie under it: what a change leads to is read after it is told."""


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
        self._lasting = False
        self._age = QElapsedTimer()
        self._before: QWidget | None = None
        self._watching = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.dismiss)
        self._looks = QTimer(self, interval=_LOOKS_MS)
        self._looks.timeout.connect(self._give_way)
        self._undo.clicked.connect(self._undone)
        self._action.clicked.connect(self._acted)
        self._close.clicked.connect(self.dismiss)
        self.window().installEventFilter(self)
        # The first Esc is for what lies on top of everything else.
        self._esc = QShortcut(QKeySequence("Esc"), self.window(), enabled=False)
        self._esc.activated.connect(self.dismiss)
        self.hide()

    @property
    def words(self) -> str:
        """What it says; "" while there is none."""
        return self._words.text() if self.isVisible() else ""

    @property
    def offers_undo(self) -> bool:
        """Whether it is in sight and can be undone."""
        return self.isVisible() and self._undo.isVisibleTo(self)

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
        self._lasting = lasting
        self._esc.setEnabled(lasting)
        self._age.start()
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
        self._looks.start()
        announce(self, words)
        if not lasting:
            self._restart()

    def show_key(self, shown: bool) -> None:
        """Show the key of undo, or not while the key means something else."""
        self._key.setVisible(shown and self._undo.isVisibleTo(self))
        if self.isVisible():
            self.setGeometry(self._place())

    def leave_page(self) -> None:
        """The officer went elsewhere: what was said of the place before goes; trouble stays until it was read."""
        if self.isVisible() and not self._lasting and self._age.elapsed() > _FRESH_MS:
            self.dismiss()

    def dismiss(self) -> None:
        """Take it away."""
        self._timer.stop()
        self._looks.stop()
        self._esc.setEnabled(False)
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
        elif new is not None and not self.isAncestorOf(new):
            self._keep_clear()

    def _keep_clear(self) -> None:
        """Move away from what has come to be needed under it."""
        if self.isVisible():
            self.setGeometry(self._place())

    def _give_way(self) -> None:
        """Move only where it lies over a step or a box; never from under the pointer."""
        inner = self.geometry().adjusted(self.edge, self.edge, -self.edge, -self.edge)
        if self.isVisible() and not self._held and any(inner.intersects(r) for r in needed(self.window(), self)[0]):
            self._keep_clear()

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
        """Stay at the foot of the window."""
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
        edge = self.edge
        inner = QSize(wide - 2 * edge, high - 2 * edge)
        corner = clear_place(window, inner, window.height() - metrics.space(_BOTTOM), self)
        return QRect(corner - QPoint(edge, edge), QSize(wide, high))

    def _undone(self) -> None:
        self.undo_pressed.emit()
        self.dismiss()

    def _acted(self) -> None:
        self.dismiss()
        self.action_pressed.emit()
