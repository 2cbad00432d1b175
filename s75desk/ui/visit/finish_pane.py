"""Finishing a visit: what is missing, the provider's comment, both signatures, and the lock."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QWidget

from s75desk.domain.records import Visit
from s75desk.domain.records.visit_work import Party
from s75desk.domain.visits.book import VisitBook
from s75desk.domain.visits.completeness import Gap, Missing, missing
from s75desk.domain.wording import plural
from s75desk.ui.visit.missing_list import MissingList
from s75desk.ui.visit.plain_note import PlainNote
from s75desk.ui.visit.signature_box import SignatureBox
from s75desk.ui.widgets.buttons import make_button
from s75desk.ui.widgets.labels import Label, WrappedLabel
from s75desk.ui.widgets.layouts import boxed, column, row
from s75desk.ui.widgets.surface import Hairline, Surface


class FinishPane(Surface):
    """See the module.

    Signals:
        commented: The ``Visit`` with its comment as it now is.
        comment_typed: The same, while it is being typed.
        signed: A ``VisitSignature`` as it now is.
        signature_typed: The same, while it is being drawn or typed.
        place_chosen: A ``Missing`` to go to.
        sign_pressed: Sign and lock.
        draft_pressed: Print the sheet as it stands, unsigned.

    Args:
        now: Gives the moment, UTC.
    """

    commented = Signal(object)
    comment_typed = Signal(object)
    signed = Signal(object)
    signature_typed = Signal(object)
    place_chosen = Signal(object)
    sign_pressed = Signal()
    draft_pressed = Signal()

    def __init__(self, now: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__("canvas", parent)
        self._visit = Visit()
        self._gaps: tuple[Missing, ...] = ()
        self._said = WrappedLabel("", "visit_body")
        self.missing = MissingList(self)
        self.comment = PlainNote(self)
        self.comment.setAccessibleName("Provider’s comment")
        self.no_comment = QCheckBox("Asked; no comment to make", self)
        self.boxes = {party: SignatureBox(party, now, self) for party in Party}
        self.sign = make_button("Sign and lock", "lock", "primary", touch=True, parent=self)
        self.draft = make_button("Print as a draft", "briefing", touch=True, parent=self)
        self.draft.setToolTip("The sheet as it stands, marked as not signed")
        self._refusal = WrappedLabel("", "visit_small", colour="alert_text", parent=self)
        self._refusal.hide()
        self.comment.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        left = boxed(
            column(
                Label("Before you finish", "visit_question", bold=True), self._said, (self.missing, 1), gap=8,
                margins=(24, 12, 16, 12),
            ),
            self,
        )  # fmt: skip
        right = boxed(
            column(
                row(Label("Provider’s comment", "visit_small", bold=True), None, self.no_comment, gap=8),
                (self.comment, 2),
                6,
                row((self.boxes[Party.OFFICER], 1), (self.boxes[Party.PROVIDER], 1), gap=20),
                6,
                self._refusal,
                Label("Signing locks the visit. A later change makes version 2.", "visit_small", colour="muted"),
                row(None, self.draft, self.sign, gap=10),
                gap=6,
                margins=(20, 14, 24, 12),
            ),
            self,
        )  # fmt: skip
        row((left, 2), Hairline(upright=True), (right, 3), gap=0, parent=self)
        self.missing.chosen.connect(self.place_chosen)
        self.comment.typed.connect(self._comment_typed)
        self.no_comment.toggled.connect(self._no_comment)
        self.sign.clicked.connect(self._sign)
        self.draft.clicked.connect(self.draft_pressed)
        for box in self.boxes.values():
            box.changed.connect(self.signed)
            box.typed.connect(self.signature_typed)

    def show_book(self, book: VisitBook) -> None:
        """Show what is missing, the comment and the signatures."""
        self._visit = book.visit
        self._gaps = missing(book.facts())
        self.missing.gaps_model.set_gaps(self._gaps)
        needed = len([gap for gap in self._gaps if gap.blocks])
        rest = len(self._gaps) - needed
        self._said.setText(_counted(needed, rest))
        self.comment.set_words(book.visit.comment or "")
        self.no_comment.blockSignals(True)
        self.no_comment.setChecked(bool(book.visit.no_comment))
        self.no_comment.blockSignals(False)
        for party, box in self.boxes.items():
            box.show_signature(book.signature(party), locked=False)
        if not needed and self._refusal.property("colour") == "alert_text":
            self._refusal.hide()

    def take_keyboard(self) -> None:
        """Put the keyboard onto what is missing, else into the comment."""
        if self._gaps:
            self.missing.setFocus(Qt.FocusReason.ShortcutFocusReason)
            if not self.missing.currentIndex().isValid():
                self.missing.setCurrentIndex(self.missing.gaps_model.index(0))
        else:
            self.comment.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def go_to(self, gap: Missing) -> bool:
        """Put the keyboard where something of this page is missing; false if it belongs to another page."""
        match gap.gap:
            case Gap.COMMENT:
                self.comment.setFocus(Qt.FocusReason.ShortcutFocusReason)
            case Gap.OFFICER:
                self.boxes[Party.OFFICER].take_keyboard()
            case Gap.PROVIDER:
                self.boxes[Party.PROVIDER].take_keyboard()
            case _:
                return False
        return True

    def refuse(self, words: str) -> None:
        """Say why it was not signed."""
        self._refusal.set_colour("alert_text")
        self._refusal.setText(words)
        self._refusal.show()

    def say(self, words: str) -> None:
        """Say what was printed."""
        self._refusal.set_colour("muted")
        self._refusal.setText(words)
        self._refusal.setVisible(bool(words))

    def _sign(self) -> None:
        needed = [gap for gap in self._gaps if gap.blocks]
        if needed:
            first = needed[0]
            self.refuse(f"Not signed: {first.title}. {first.text}")
            self.missing.setCurrentIndex(self.missing.gaps_model.index(0))
            self.missing.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return
        self.sign_pressed.emit()

    def _comment_typed(self) -> None:
        self._visit = replace(self._visit, comment=self.comment.toPlainText() or None)
        self.comment_typed.emit(self._visit)

    def _no_comment(self, ticked: bool) -> None:
        self._visit = replace(self._visit, no_comment=True if ticked else None)
        self.commented.emit(self._visit)


def _counted(needed: int, rest: int) -> str:
    if not needed and not rest:
        return "Nothing is missing."
    must = f"{plural(needed, 'thing')} must be there before signing" if needed else "Nothing keeps it open"
    return f"{must}; {plural(rest, 'thing')} {'is' if rest == 1 else 'are'} worth a look." if rest else f"{must}."
