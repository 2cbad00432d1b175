"""Who signs, as which role, the signature itself, or that it was refused and why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QWidget

from s75desk.domain.british_time import signed_words
from s75desk.domain.records import VisitSignature
from s75desk.domain.records.visit_work import Party
from s75desk.ui.theme import Theme
from s75desk.ui.visit.fields import TallButton, TallCheck, TallLine, set_read_only
from s75desk.ui.visit.signature_pad import SignaturePad
from s75desk.ui.widgets.announce import announce
from s75desk.ui.widgets.labels import Label, WrappedLabel
from s75desk.ui.widgets.layouts import column, row
from s75desk.ui.widgets.styling import set_look

_ROLE_FIRST = "Type the role first: it stands in for a drawn signature."
_ROLES = {Party.OFFICER: "quality officer", Party.PROVIDER: "registered manager"}


class SignatureBox(QWidget):
    """One party's signature.

    Signals:
        changed: The ``VisitSignature`` as it now is.
        typed: The ``VisitSignature`` as it now is; something is being typed or drawn.

    Args:
        party: Whose.
        now: Gives the moment, UTC.
    """

    changed = Signal(object)
    typed = Signal(object)

    def __init__(self, party: Party, now: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._party = party
        self._now = now
        self._signature = VisitSignature(party=party)
        self._role_wanted = self._outdated = False
        name = "The officer signs" if party is Party.OFFICER else "The provider signs"
        self.role = TallLine(f"Role of the {party.value}", f"role: {_ROLES[party]}", self)
        self.pad = SignaturePad(self)
        self.pad.setAccessibleName(f"Signature of the {party.value}")
        self.by_keyboard = TallButton("Sign by keyboard", "pencil", "quiet", parent=self)
        self.by_keyboard.setAccessibleName(f"Sign by keyboard: {party.value}")
        self.clear = TallButton("Clear", "undo", "quiet", parent=self)
        self.clear.setAccessibleName(f"Clear the signature of the {party.value}")
        self.refuses = TallCheck("Refuses to sign", self)
        policy = self.refuses.sizePolicy()
        policy.setRetainSizeWhenHidden(True)  # so that both pads stand at the same height
        self.refuses.setSizePolicy(policy)
        self.refuses.setVisible(party is Party.PROVIDER)
        self.reason = TallLine("Why the provider refuses to sign", "Why; it is printed", self)
        self._state = WrappedLabel("", "small", colour="muted", parent=self)
        self._state.setAlignment(Qt.AlignmentFlag.AlignTop)
        column(
            row(Label(name, "visit_small", bold=True), None, self.refuses, gap=8),
            self.role,
            self.pad,
            row(self.by_keyboard, self.clear, None, gap=2),
            self.reason,
            self._state,
            None,
            gap=4,
            parent=self,
        )
        self.role.textEdited.connect(self._role_typed)
        self.role.editingFinished.connect(self._left)
        self.reason.textEdited.connect(self._reason_typed)
        self.reason.editingFinished.connect(self._left)
        self.pad.drawn.connect(self._drawn)
        self.clear.clicked.connect(self._cleared)
        self.by_keyboard.clicked.connect(self._sign_with_words)
        self.refuses.toggled.connect(self._refused)
        self._size()

    def show_signature(self, signature: VisitSignature, *, locked: bool, outdated: bool = False) -> None:
        """Show a signature; ``outdated`` if the visit was changed after it was given."""
        self._signature = signature
        self._outdated = outdated
        refused = bool(signature.refused)
        if self.role.text() != (signature.role or ""):
            self.role.setText(signature.role or "")
        if self.reason.text() != (signature.reason or ""):
            self.reason.setText(signature.reason or "")
        if self.pad.strokes() != (signature.strokes or ""):
            self.pad.set_strokes(signature.strokes or "")
        self.refuses.blockSignals(True)
        self.refuses.setChecked(refused)
        self.refuses.blockSignals(False)
        self.reason.setVisible(refused)
        self.pad.set_outdated(outdated)
        self.pad.set_read_only(locked or refused)
        for part in (self.role, self.reason):
            set_read_only(part, locked)
        for button in (self.clear, self.by_keyboard):
            button.setEnabled(not locked and not refused)
        self.refuses.setEnabled(not locked)
        self._tell(refused)

    def take_keyboard(self) -> None:
        """Put the keyboard into the role; where it is known already, onto the paper."""
        refused = self.refuses.isChecked()
        part = self.reason if refused else self.pad if self.role.text().strip() else self.role
        part.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def changeEvent(self, event: QEvent) -> None:
        """Sizes follow the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_state"):
            self._size()

    def _size(self) -> None:
        # Room for what is said when a signature has to be given anew: the paper must not move under the pen.
        self._state.setMinimumHeight(2 * QFontMetrics(Theme.of(self).fonts.get("small")).lineSpacing())

    def _tell(self, refused: bool) -> None:
        signature = self._signature
        lacking = refused and not (signature.reason or "").strip()
        set_look(self.reason, "state", "doubt" if lacking else "none")
        if refused:
            words = "Refused. Say why." if lacking else "Refused; the reason is printed."
        elif signature.strokes and signature.signed and self._outdated:
            words = f"Signed {signed_words(signature.signed)}, before the visit was changed. Sign it as it is now."
        elif signature.strokes and signature.signed:
            words = f"Signed {signed_words(signature.signed)}."
        else:
            words = "Not signed yet."
        self._role_wanted = self._role_wanted and not self.role.text().strip() and not refused
        self._state.set_colour("alert_text" if self._role_wanted or self._outdated else "muted")
        self._state.setText(_ROLE_FIRST if self._role_wanted else words)

    # What the officer does

    def _role_typed(self, text: str) -> None:
        self._signature = replace(self._signature, role=text or None)
        self._tell(bool(self._signature.refused))
        self.typed.emit(self._signature)

    def _reason_typed(self, text: str) -> None:
        self._signature = replace(self._signature, reason=text or None)
        self._tell(refused=True)
        self.typed.emit(self._signature)

    def _left(self) -> None:
        if not self.role.isReadOnly():
            self.changed.emit(self._signature)

    def _drawn(self) -> None:
        self._outdated = False
        strokes = self.pad.strokes() or None
        self._signature = replace(self._signature, strokes=strokes, signed=self._now() if strokes else None)
        self._tell(refused=False)
        self.typed.emit(self._signature)

    def _cleared(self) -> None:
        self._outdated = False
        self.pad.clear()
        self._signature = replace(self._signature, strokes=None, signed=None)
        self._tell(refused=False)
        self.changed.emit(self._signature)

    def _sign_with_words(self) -> None:
        if not self.role.text().strip():
            self._role_wanted = True
            self._tell(refused=False)
            announce(self, _ROLE_FIRST, urgent=True)
            self.role.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return
        self.pad.sign_with_words(f"Signed by keyboard: {self.role.text().strip()}")
        self._drawn()
        self.changed.emit(self._signature)

    def _refused(self, refused: bool) -> None:
        self._signature = replace(
            self._signature, refused=True if refused else None, strokes=None if refused else self._signature.strokes,
            signed=None if refused else self._signature.signed,
        )  # fmt: skip
        self.show_signature(self._signature, locked=False)
        self.changed.emit(self._signature)
        if refused:
            self.reason.setFocus(Qt.FocusReason.ShortcutFocusReason)
