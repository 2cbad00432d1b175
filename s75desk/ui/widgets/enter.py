"""Enter presses the button that has the keyboard, as Space does; Qt does so in dialogs only."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QRadioButton

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def presses(event: QKeyEvent) -> bool:
    """Press the button with the keyboard if the key is Enter by itself; whether there was such a button.

    Space is sent to it, so that a button with a menu, a box or a figure does what it does for Space. One of several
    radio buttons is chosen by the arrow keys, and Enter goes on from it.
    """
    plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    button = QApplication.focusWidget()
    if event.key() not in _ENTER or not plain or not isinstance(button, QAbstractButton):
        return False
    if isinstance(button, QRadioButton):
        return False
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        if shiboken6.isValid(button):
            QApplication.sendEvent(button, QKeyEvent(kind, Qt.Key.Key_Space, Qt.KeyboardModifier.NoModifier, " "))
    return True
