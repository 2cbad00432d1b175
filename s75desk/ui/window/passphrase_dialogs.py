"""The dialogs that ask for a passphrase: to open a desk, and to give it one, another, or none."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from s75desk.domain.passphrases import too_short
from s75desk.ui.widgets.labels import Label, WrappedLabel
from s75desk.ui.widgets.layouts import row
from s75desk.ui.widgets.passphrase import PassphraseEdit
from s75desk.ui.widgets.question_dialog import QuestionDialog


class AskPassphrase(QuestionDialog):
    """Asks for the passphrase of a desk.

    Signals:
        given: What was typed.
        refused: The officer gave up.
    """

    given = Signal(str)
    refused = Signal()

    def __init__(self, window: QWidget, name: str, message: str = "") -> None:
        super().__init__(
            window,
            f"Passphrase of {name}",
            "The desk is encrypted. Without its passphrase nobody can read it, and nobody can bring it back.",
            safe=("cancel", "Not now"),
            verbs=(("open", "Open desk", "primary", "lock"),),
        )
        self.field = PassphraseEdit("Passphrase", self)
        self.message = WrappedLabel(message, colour="alert_text")
        self.message.setVisible(bool(message))
        if message:
            self.field.set_state("fault")
        self.body.put(self.field)
        self.body.put(self.message)
        self.field.entered.connect(self.accept_typed)
        self.field.changed.connect(self._forget_fault)
        self.field.setFocus()
        self.answered.connect(self._answered)

    def accept_typed(self) -> None:
        """Enter in the field opens."""
        self._answer = "open"
        self.accept()

    def _forget_fault(self) -> None:
        """What was wrong is being typed anew."""
        self.field.set_state("none")
        self.message.hide()
        self.fit()

    def _answered(self, answer: str) -> None:
        if answer == "open":
            self.given.emit(self.field.text())
        else:
            self.refused.emit()


class SetPassphrase(QuestionDialog):
    """Asks for a new passphrase, twice, and for the present one where there is one.

    Signals:
        chosen: Present passphrase ("" if none was asked for) and the new one ("" for none).
        refused: The officer gave up.

    Args:
        window: The window.
        name: Name of the desk.
        change: Whether the desk has one now.
        new_desk: Whether the desk is just being made.
    """

    chosen = Signal(str, str)
    refused = Signal()

    def __init__(self, window: QWidget, name: str, *, change: bool = False, new_desk: bool = False) -> None:
        verbs = [("protect", "Protect it" if not change else "Change passphrase", "primary", "lock")]
        if change:
            verbs.insert(0, ("remove", "Remove passphrase", "danger", ""))
        elif new_desk:
            verbs.insert(0, ("without", "Without a passphrase", "secondary", ""))
        super().__init__(
            window,
            f"Change the passphrase of {name}?" if change else f"Protect {name} with a passphrase?",
            "With one, a lost laptop gives nothing away. If it is forgotten, the desk and its backups cannot be read "
            "by anyone.",
            safe=("cancel", "Cancel"),
            verbs=tuple(verbs),
        )
        self.present = PassphraseEdit("Present passphrase", self)
        self.first = PassphraseEdit("New passphrase", self)
        self.again = PassphraseEdit("New passphrase again", self)
        self.message = WrappedLabel("", colour="alert_text")
        self.message.hide()
        fields = [("Present one", self.present)] if change else []
        if not change:
            self.present.hide()
        fields += [("New one", self.first), ("Again", self.again)]
        for words, field in fields:
            label = Label(words)
            label.setMinimumWidth(90)
            label.setBuddy(field)
            self.body.put(row(label, (field, 1), gap=8))
        self.body.put(self.message)
        self.first.set_tab_order_before(self.again)
        for field in (self.present, self.first, self.again):
            field.changed.connect(self._forget_fault)
        fields[0][1].setFocus()
        self.answered.connect(self._answered)

    def _forget_fault(self) -> None:
        """What was wrong is being typed anew."""
        self.first.set_state("none")
        if not self.message.isHidden():
            self.message.hide()
            self.fit()

    def accept(self) -> None:
        """Closing is refused while the two do not agree."""
        if self._answer == "protect":
            reason = fault(self.first.text(), self.again.text())
            if reason:
                self.message.setText(reason)
                self.message.show()
                self.fit()
                self.first.set_state("fault")
                self.first.select_all()  # what is typed anew takes its place
                self.first.setFocus()
                return
        super().accept()

    def _answered(self, answer: str) -> None:
        if answer == "protect":
            self.chosen.emit(self.present.text(), self.first.text())
        elif answer in ("remove", "without"):
            self.chosen.emit(self.present.text(), "")
        else:
            self.refused.emit()


def fault(first: str, again: str) -> str:
    """Why a new passphrase cannot be taken; "" if it can."""
    if not too_short(first) and first != again:
        return "The two are not the same. Type the new one again in both fields."
    return too_short(first)
