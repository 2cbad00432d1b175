"""The way of the keyboard: a group of buttons as one stop of the Tab key, and new parts at their place in its order."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

_ACROSS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_DOWN = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class Roving(QObject):
    """Has the arrow keys, Home and End go from button to button; Tab stops at the one that had the keyboard last.

    Args:
        owner: Owns the group.
        buttons: In the order they are read.
        columns: How many stand in a line; 0 for all of them. Where all stand in one line, Up and Down are left to
            whoever holds the group.
    """

    def __init__(self, owner: QObject, buttons: Sequence[QWidget] = (), columns: int = 0) -> None:
        super().__init__(owner)
        self._buttons: list[QWidget] = []
        self._columns = columns
        self.take(buttons)

    def take(self, buttons: Sequence[QWidget]) -> None:
        """Look after other buttons; Tab stops at the first."""
        self._buttons = list(buttons)
        for button in self._buttons:
            button.installEventFilter(self)
        if self._buttons:
            self.stop_at(self._buttons[0])

    def stop_at(self, stop: QWidget) -> None:
        """Have Tab stop at one of them."""
        for button in self._buttons:
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if button is stop else Qt.FocusPolicy.ClickFocus)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrow keys go on; the one that has the keyboard is where Tab comes back to."""
        if watched not in self._buttons:
            return False
        if event.type() == QEvent.Type.FocusIn and isinstance(watched, QWidget):
            self.stop_at(watched)
        elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._pressed(watched, event)
        return False

    def _pressed(self, watched: QObject, event: QKeyEvent) -> bool:
        able = [button for button in self._buttons if button.isEnabled() and not button.isHidden()]
        here = next((place for place, button in enumerate(able) if button is watched), -1)
        if here < 0 or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            there = 0 if key == Qt.Key.Key_Home else len(able) - 1
        elif key in _ACROSS:
            there = (here + _ACROSS[key]) % len(able)
        elif key in _DOWN and self._columns:
            there = here + _DOWN[key] * self._columns
            there = there if 0 <= there < len(able) else here
        else:
            return False
        able[there].setFocus(Qt.FocusReason.TabFocusReason)
        return True


def tab_through(first: QWidget, parts: Sequence[QWidget]) -> None:
    """Have Tab come to parts in their order, where ``first`` stands; made later, they would come at the window's end.

    Args:
        first: A widget that stands before them; it need not take the keyboard.
        parts: In the order of Tab.
    """
    policy = first.focusPolicy()
    if policy == Qt.FocusPolicy.NoFocus:
        first.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # Qt orders only what could have the keyboard
    for one, other in pairwise([first, *parts]):
        QWidget.setTabOrder(one, other)
    if policy == Qt.FocusPolicy.NoFocus:
        first.setFocusPolicy(policy)
