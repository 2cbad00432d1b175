"""Giving an amendment up: a button that asks once more, in its place and not in a window of its own."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from s75desk.ui.widgets.announce import announce
from s75desk.ui.widgets.buttons import make_button
from s75desk.ui.widgets.labels import WrappedLabel
from s75desk.ui.widgets.layouts import column, row
from s75desk.ui.widgets.surface import Surface


class Withdrawal(Surface):
    """What is asked before an amendment is given up; shown only once ``ask`` was pressed.

    Signals:
        confirmed: It is to be given up.
        asking: Whether the question is on show.

    Attributes:
        ask: The button that asks; it stands where its owner puts it.
    """

    confirmed = Signal()
    asking = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("well", parent)
        self.ask = make_button("Withdraw the amendment", "undo", "quiet", touch=True, parent=parent)
        self.keep = make_button("Go on amending", touch=True, parent=self)
        self.withdraw = make_button("Withdraw it", "undo", touch=True, parent=self)
        self._words = WrappedLabel("", "visit_small", parent=self)
        # What takes back stands far from the button that asked: pressed twice, nothing is taken back.
        column(self._words, row(self.keep, None, self.withdraw, gap=10), gap=6, margins=(12, 8, 12, 8), parent=self)
        self.ask.hide()
        self.hide()
        self.ask.clicked.connect(self._ask)
        self.withdraw.clicked.connect(self._confirm)
        self.keep.clicked.connect(self._put_away)

    def show_version(self, amends: int | None) -> None:
        """Say which version stands if it is given up; None where nothing is being amended."""
        self.ask.setVisible(amends is not None)
        if amends is None:
            self._show(asking=False)
        self._words.setText(
            f"Everything changed since the amendment was begun is taken back, with the actions and photos added. "
            f"Version {amends} stands as it was signed. The history keeps what was done."
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape goes on amending."""
        if event.key() == Qt.Key.Key_Escape:
            self._put_away()
        else:
            super().keyPressEvent(event)

    def _show(self, *, asking: bool) -> None:
        self.setVisible(asking)
        self.asking.emit(asking)

    def _ask(self) -> None:
        self._show(asking=True)
        announce(self, self._words.text())
        self.keep.setFocus(Qt.FocusReason.OtherFocusReason)  # Enter pressed twice takes nothing back

    def _put_away(self) -> None:
        self._show(asking=False)
        self.ask.setFocus(Qt.FocusReason.OtherFocusReason)

    def _confirm(self) -> None:
        self._show(asking=False)
        self.confirmed.emit()
