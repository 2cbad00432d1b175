"""Locks the open desk behind its passphrase, by a key or after idle minutes, and gives it back as it was left."""

from __future__ import annotations

import time
from functools import cached_property
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QWindow
from PySide6.QtWidgets import QApplication, QWidget

from s75desk.ui.widgets.floating import FloatingSheet

if TYPE_CHECKING:
    from s75desk.ui.window.locked_page import LockedPage
    from s75desk.ui.window.main_window import MainWindow

CHOICES = (5, 10, 30, 0)
"""Idle minutes offered after which a desk locks itself; 0 for never."""

_USUAL = 10
_KEPT_AS = "lock_after_minutes"
_LOOK_EVERY_MS = 5_000
_USED = {
    QEvent.Type.KeyPress,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseMove,
    QEvent.Type.Wheel,
    QEvent.Type.TouchBegin,
    QEvent.Type.TouchUpdate,
    QEvent.Type.TabletPress,
    QEvent.Type.TabletMove,
}


class DeskLock(QObject):
    """Nothing of a locked desk is on show, and no key reaches it; it goes on saving what was typed.

    Args:
        window: The window, its pages made.

    Attributes:
        locked: Whether it is.
    """

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.locked = False
        self._focus: QWidget | None = None
        self._bar_shown = True
        self._used = time.time()
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusWindowChanged.connect(self._watch)

    @cached_property
    def page(self) -> LockedPage:
        """Stands in the desk's place while it is locked; made when it is first needed."""
        from s75desk.ui.window.locked_page import LockedPage

        page = LockedPage(self._window)
        page.given.connect(self._try)
        self._window.stack.addWidget(page)
        return page

    @property
    def minutes(self) -> int:
        """Idle minutes after which the desk locks itself; 0 for never."""
        return max(0, self._window.preferences.value(_KEPT_AS, _USUAL))

    def set_minutes(self, minutes: int) -> None:
        """Lock after so many idle minutes from now on; 0 for never."""
        self._window.preferences.keep(_KEPT_AS, minutes)
        self._used = time.time()

    def begin(self) -> None:
        """A desk was opened: count idle time from now."""
        self.locked = False
        self._used = time.time()
        self._timer.start()

    def end(self) -> None:
        """The desk is gone."""
        self._timer.stop()
        self.locked = False
        self._focus = None

    def lock(self) -> None:
        """Lock the desk now; one without a passphrase cannot be, and says why."""
        window = self._window
        if window.view is None or self.locked:
            return
        if not window.desks.desk.encrypted:
            window.tell("This desk has no passphrase, so it cannot be locked. Give it one first: Desk, Passphrase.")
            return
        self.locked = True
        _close_what_floats(window)
        self._focus = QApplication.focusWidget()
        self._bar_shown = not window.bar.isHidden()
        window.bar.hide()
        window.stack.setCurrentWidget(self.page)
        window.setWindowTitle("Locked – s75desk")
        self.page.ask()

    def look(self) -> None:
        """Lock a desk that nobody has used for so long; the clock counts, so that sleep does too."""
        if self.minutes and not self.locked and time.time() - self._used >= 60 * self.minutes:
            window = self._window
            if window.view is not None and window.desks.is_open and window.desks.desk.encrypted:
                self.lock()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A window hears of every key and press before its widgets do."""
        if event.type() in _USED:
            self._used = time.time()
        return False

    def _watch(self, system_window: QWindow | None) -> None:
        if system_window is not None:
            system_window.installEventFilter(self)

    def _try(self, secret: str) -> None:
        desks = self._window.desks
        self._window.on_worker(lambda: desks.is_open and desks.is_passphrase(secret), self._tried)

    def _tried(self, right: bool) -> None:
        window = self._window
        if not self.locked or window.view is None:
            return
        if not right:
            self.page.refuse()
            return
        self.locked = False
        self._used = time.time()
        self.page.field.clear()
        window.stack.setCurrentWidget(window.view)
        window.bar.setVisible(self._bar_shown)
        window.name_desk()
        focus, self._focus = self._focus, None
        if focus is not None and shiboken6.isValid(focus) and focus.isVisible():
            focus.setFocus(Qt.FocusReason.OtherFocusReason)


def _close_what_floats(window: MainWindow) -> None:
    """Close menus, dialogs and sheets: they would show something of the desk, or lie over the lock."""
    while (popup := QApplication.activePopupWidget()) is not None:
        popup.close()
    for other in QApplication.topLevelWidgets():
        if other is not window and other.isWindow() and other.isVisible() and other.window() is not window:
            other.close()
    for sheet in window.findChildren(FloatingSheet):
        sheet.close_sheet()
    if window.view is not None:
        window.view.finder.close_sheet()
        window.view.notice.dismiss()
    window.notice.dismiss()
