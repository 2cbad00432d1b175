"""A random hand: keys, words and clicks over a window, the same for the same seed, counted in actions."""

from __future__ import annotations

import random
from collections.abc import Callable

from PySide6.QtCore import QElapsedTimer, QEventLoop, QPoint, Qt, QTimer
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

KEYS = {
    "Tab": 14, "Shift+Tab": 4, "Down": 12, "Up": 6, "Left": 5, "Right": 6, "Return": 9, "Space": 5, "Esc": 7,
    "Home": 1, "End": 1, "PgDown": 2, "PgUp": 2, "Ctrl+1": 1, "Ctrl+2": 2, "Ctrl+3": 2, "Ctrl+4": 2, "Ctrl+5": 2,
    "Ctrl+6": 1, "Ctrl+7": 1, "Ctrl+K": 3, "Ctrl+N": 2, "Ctrl+F": 1, "Ctrl+Z": 2, "Ctrl+Y": 1, "Ctrl+T": 1, "F2": 3,
    "F6": 2, "F8": 1, "F9": 2, "F10": 2, "F11": 1, "F1": 1, "Alt+Left": 2, "Ctrl+PgDown": 2, "Ctrl+PgUp": 1,
    "Ctrl+Return": 2, "Del": 1, "Shift+Down": 2, "Ctrl+A": 1, "Ctrl+C": 1, "Ctrl+V": 1, "Alt+Down": 1, "Menu": 1,
    "Ctrl+P": 1, "Ctrl+E": 1, "Ctrl+Down": 2, "Ctrl++": 0.2, "Ctrl+-": 0.2,
}  # fmt: skip
"""Keys and how often each is pressed, against the others."""

WORDS = (
    "12", "1 apr 2026", "£1.81m", "pellgate", "3 + 1 + 1", "n", "95%", "m", "2", "4", "x", "31/03/2027", "a note",
    "2,133", "-5", "é", "CP1", "=1+1", "<5", "12 weeks", "tbc", "Q3 2025/26", "مرحبا",
)  # fmt: skip
"""What is typed: right, wrong and odd answers to what forms ask."""

_PATIENCE_MS = 3_000


class RandomHand:
    """Acts on the window, its dialogs and menus as they come, from a timer, so that a dialog's own loop is no end.

    Args:
        window: The window to act on.
        busy: Whether an answer is still awaited; most actions wait for it, as people do.
        seed: The same hand again.
    """

    def __init__(self, window: QWidget, busy: Callable[[], bool], seed: int) -> None:
        self.window = window
        self.done: list[str] = []
        self._busy = busy
        self._chance = random.Random(seed)  # noqa: S311 - it plays
        self._hurried = False

    def act(self, actions: int) -> None:
        """So many actions, one after the other."""
        loop = QEventLoop()
        timer = QTimer()
        waited = QElapsedTimer()
        waited.start()

        def tick() -> None:
            if len(self.done) >= actions:
                timer.stop()
                self._leave_everything()
                loop.quit()
            elif self._hurried or not self._busy() or waited.elapsed() > _PATIENCE_MS:
                waited.restart()
                self._hurried = self._chance.random() < 0.15
                self._act_once()

        timer.timeout.connect(tick)
        timer.start(0)
        loop.exec()

    def _act_once(self) -> None:
        roll = self._chance.random()
        if roll < 0.70:
            key = self._chance.choices(list(KEYS), list(KEYS.values()))[0]
            self.done.append(key)
            combination = QKeySequence(key)[0]
            self._press(combination.key(), combination.keyboardModifiers())
        elif roll < 0.85:
            word = self._chance.choice(WORDS)
            self.done.append(repr(word))
            for letter in word:
                self._press(letter, Qt.KeyboardModifier.NoModifier)
        else:
            self._click()

    def _press(self, key: Qt.Key | str, modifiers: Qt.KeyboardModifier) -> None:
        """Down and up again; what had the keyboard may be gone between the two."""
        QTest.keyPress(self._target(), key, modifiers)
        QTest.keyRelease(self._target(), key, modifiers)

    def _click(self) -> None:
        area = QApplication.activePopupWidget() or QApplication.activeModalWidget() or self.window
        where = QPoint(self._chance.randrange(max(1, area.width())), self._chance.randrange(max(1, area.height())))
        button = Qt.MouseButton.RightButton if self._chance.random() < 0.15 else Qt.MouseButton.LeftButton
        self.done.append(f"click {where.x()}, {where.y()}")
        for act in (QTest.mousePress, QTest.mouseRelease):
            area = QApplication.activePopupWidget() or QApplication.activeModalWidget() or self.window
            below = area.childAt(where) or area
            act(below, button, Qt.KeyboardModifier.NoModifier, below.mapFrom(area, where))

    def _target(self) -> QWidget:
        popup = QApplication.activePopupWidget()
        if popup is not None:
            return popup
        within = QApplication.activeModalWidget() or self.window
        focus = QApplication.focusWidget()
        return focus if focus is not None and focus.window() is within else within

    def _leave_everything(self) -> None:
        """Close what would keep the window from closing."""
        for _ in range(20):
            left = QApplication.activePopupWidget() or QApplication.activeModalWidget()
            if left is None:
                return
            left.close()
