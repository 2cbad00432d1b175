"""In a narrow window, or with large text, the panes of a visit take turns: a bar says which is on show."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from s75desk.ui.visit.roving import Roving
from s75desk.ui.widgets.buttons import Button
from s75desk.ui.widgets.layouts import row
from s75desk.ui.widgets.surface import Surface

LEFT, MIDDLE, SIDE = "left", "middle", "side"
THREE, TWO = 85.0, 60.5
"""Widths in multiples of b from which three panes stand side by side, or two: the left takes turns first."""

_WORDS = ((LEFT, "Areas", "menu"), (MIDDLE, "Question", "visit"), (SIDE, "Evidence, actions", "clip"))


class Turns(Surface):
    """See the module. It takes no room unless all take turns: where only the left does, the header has a button for it.

    Signals:
        changed: Other panes are to be on show.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("sunken", parent)
        self._abreast = 3
        self._with_side = True
        self._chosen = MIDDLE
        self.buttons: dict[str, Button] = {}
        for name, words, icon in _WORDS:
            button = Button(words, icon, touch=True, parent=self)
            button.setCheckable(True)
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            button.clicked.connect(self._press)
            self.buttons[name] = button
        self._keys = Roving(self, list(self.buttons.values()))
        row(*((button, 1) for button in self.buttons.values()), gap=8, margins=(12, 4, 12, 4), parent=self)
        self._dress()

    def fit(self, wide: float) -> None:
        """Say how wide the window is, in multiples of b."""
        abreast = 3 if wide >= THREE else 2 if wide >= TWO else 1
        if abreast != self._abreast:
            self._abreast = abreast
            self._dress()

    def set_with_side(self, with_side: bool) -> None:
        """Say whether the page on show has a right side at all."""
        if with_side != self._with_side:
            self._with_side = with_side
            if not with_side and self._chosen == SIDE:
                self._chosen = MIDDLE
            self._dress()

    def bring(self, name: str) -> None:
        """Have a pane on show: "left", "middle" or "side"."""
        if name != self._chosen and (name != SIDE or self._with_side):
            self._chosen = name
            self._dress()

    def turn(self) -> None:
        """Have the left on show, or what it stands in for."""
        self.bring(MIDDLE if self._chosen == LEFT else LEFT)

    @property
    def abreast(self) -> int:
        """How many panes stand side by side at most."""
        return self._abreast

    def shows(self, name: str) -> bool:
        """Whether a pane is on show."""
        if name == SIDE and not self._with_side:
            return False
        if self._abreast == 3:
            return True
        if self._abreast == 1:
            return name == self._chosen
        return (name == LEFT) == (self._chosen == LEFT)

    def _dress(self) -> None:
        self.setVisible(self._abreast == 1)
        self.buttons[SIDE].setVisible(self._with_side)
        self.buttons[MIDDLE].set_words("Question" if self._with_side else "This page")
        for name, button in self.buttons.items():
            button.setChecked(self.shows(name))
            if name == self._chosen:
                self._keys.stop_at(button)
        self.changed.emit()

    def _press(self) -> None:
        self._chosen = next(name for name, button in self.buttons.items() if button is self.sender())
        self._dress()
