"""What stands there while a desk is locked: nothing of the desk, and the field for its passphrase."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from s75desk.ui.theme import Theme
from s75desk.ui.widgets.announce import announce
from s75desk.ui.widgets.buttons import make_button
from s75desk.ui.widgets.chip import IconMark
from s75desk.ui.widgets.labels import Label, WrappedLabel
from s75desk.ui.widgets.layouts import boxed, column, row
from s75desk.ui.widgets.passphrase import PassphraseEdit
from s75desk.ui.widgets.surface import Surface


class LockedPage(Surface):
    """Asks for the passphrase.

    Signals:
        given: What was typed.
    """

    given = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("canvas", parent)
        self.field = PassphraseEdit("Passphrase", self)
        self.message = WrappedLabel("", colour="alert_text")
        self.unlock_button = make_button("Unlock", "lock", "primary", key="Return")
        self.unlock_button.clicked.connect(self._give)
        self.field.entered.connect(self._give)
        said = WrappedLabel("What you typed is safe and comes back as you left it.")
        said.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        middle = boxed(
            column(
                row(None, IconMark("lock", side=32), None),
                row(None, Label("Locked", "title", bold=True), None),
                row(None, (said, 10), None),
                row((self.field, 1), self.unlock_button, gap=8),
                self.message,
                gap=12,
            ),
            self,
        )
        middle.setMaximumWidth(Theme.of(self).metrics.px(36))
        layout = QVBoxLayout(self)
        layout.addStretch(2)
        layout.addLayout(row(None, (middle, 10), None))
        layout.addStretch(3)

    def ask(self) -> None:
        """Ask anew: an empty field that has the keyboard, and no complaint."""
        self.field.clear()
        self._complain("")
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def refuse(self) -> None:
        """Say that what was typed does not open the desk."""
        self.field.clear()
        self._complain("That is not the passphrase of this desk. Check capitals and the keyboard’s language.")
        announce(self, self.message.text(), urgent=True)
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _give(self) -> None:
        if self.field.text():
            self.given.emit(self.field.text())

    def _complain(self, words: str) -> None:
        self.message.setText(words)
        self.message.setVisible(bool(words))
        self.field.set_state("fault" if words else "none")
