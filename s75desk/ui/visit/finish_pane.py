"""Finishing a visit: what is missing, the provider's comment, both signatures, and the lock."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget

from s75desk.domain.records import Visit
from s75desk.domain.records.visit_work import Party
from s75desk.domain.visits.book import VisitBook
from s75desk.domain.visits.completeness import Gap, Missing, Signing, missing
from s75desk.domain.wording import plural
from s75desk.ui.theme import Theme
from s75desk.ui.visit.fields import TallCheck
from s75desk.ui.visit.missing_list import MissingList
from s75desk.ui.visit.plain_note import PlainNote
from s75desk.ui.visit.shrinking import Scrolling
from s75desk.ui.visit.signature_box import SignatureBox
from s75desk.ui.visit.withdrawal import Withdrawal
from s75desk.ui.widgets.announce import announce
from s75desk.ui.widgets.buttons import make_button
from s75desk.ui.widgets.labels import Label, WrappedLabel
from s75desk.ui.widgets.layouts import boxed, column, row
from s75desk.ui.widgets.surface import Hairline, Surface

_NARROW = 58.0
"""Width in multiples of b below which what is missing stands above the signatures, not beside them."""


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
        withdraw_pressed: Give the amendment up.

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
    withdraw_pressed = Signal()

    def __init__(self, now: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__("canvas", parent)
        self._visit = Visit()
        self._gaps: tuple[Missing, ...] = ()
        self._refused = self._held = False
        self._said = WrappedLabel("", "visit_body")
        self.missing = MissingList(self)
        self.comment = PlainNote(self, lines=3)  # the rest of the page has to fit a small window without scrolling
        self.comment.setAccessibleName("Provider’s comment")
        self.no_comment = TallCheck("Asked; no comment to make", self)
        self.boxes = {party: SignatureBox(party, now, self) for party in Party}
        self.sign = make_button("Sign and lock", "lock", "primary", touch=True, parent=self)
        self.draft = make_button("Print as a draft", "briefing", touch=True, parent=self)
        self.draft.setToolTip("The sheet as it stands, marked as not signed")
        self.withdrawal = Withdrawal(self)
        self._refusal = WrappedLabel("", "visit_small", colour="alert_text", parent=self)
        self._refusal.hide()
        self._what_follows = Label("", "visit_small", colour="muted", parent=self)
        self.comment.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._buttons = boxed(row(self.withdrawal.ask, None, self.draft, self.sign, gap=10))
        left = boxed(
            column(
                Label("Before you finish", "visit_question", bold=True), self._said, (self.missing, 1), gap=8,
                margins=(24, 12, 16, 12),
            ),
        )  # fmt: skip
        right = boxed(
            column(
                row(Label("Provider’s comment", "visit_small", bold=True), None, self.no_comment, gap=8),
                (self.comment, 2),
                6,
                row((self.boxes[Party.OFFICER], 1), (self.boxes[Party.PROVIDER], 1), gap=20),
                6,
                self._refusal,
                self._what_follows,
                self.withdrawal,
                self._buttons,
                gap=6,
                margins=(20, 4, 24, 12),
            ),
        )  # fmt: skip
        inside = QWidget()
        self._line = Hairline(upright=True)
        self._halves = row((left, 2), self._line, (right, 3), gap=0, parent=inside)
        column((Scrolling(inside, parent=self), 1), gap=0, parent=self)
        self.setTabOrder(self.missing, self.comment)  # the box comes before what says that it stays empty
        self.setTabOrder(self.comment, self.no_comment)
        self.missing.chosen.connect(self.place_chosen)
        self.comment.typed.connect(self._comment_typed)
        self.no_comment.toggled.connect(self._no_comment)
        self.sign.clicked.connect(self._sign)
        self.draft.clicked.connect(self.draft_pressed)
        self.withdrawal.confirmed.connect(self.withdraw_pressed)
        self.withdrawal.asking.connect(self._buttons.setHidden)  # one question at a time
        for box in self.boxes.values():
            box.changed.connect(self.signed)
            box.typed.connect(self.signature_typed)

    def show_book(self, book: VisitBook) -> None:
        """Show what is missing, the comment and the signatures."""
        self._visit = book.visit
        gaps = missing(book.facts())
        if gaps != self._gaps and self._refused:
            self.say("")  # what was refused then is not what is so now
        self._gaps = gaps
        self.missing.gaps_model.set_gaps(gaps)
        needed = len([gap for gap in gaps if gap.blocks])
        self._said.setText(_counted(needed, len(gaps) - needed))
        number = len(book.versions)
        again = f"Signing again makes version {number + 1}; version {number} is kept as it is."
        self.withdrawal.show_version(book.visit.amends)
        self._what_follows.setText(again if number else "Signing locks the visit. A later change makes version 2.")
        self.comment.set_words(book.visit.comment or "")
        self.no_comment.blockSignals(True)
        self.no_comment.setChecked(bool(book.visit.no_comment))
        self.no_comment.blockSignals(False)
        for party, box in self.boxes.items():
            outdated = book.signing(party) is Signing.OUTDATED
            box.show_signature(book.signature(party), locked=False, outdated=outdated)

    def take_keyboard(self) -> None:
        """Put the keyboard onto what is missing, else into the comment."""
        if not self.said():
            self.say("")
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
        self._refused = True
        self._refusal.setMinimumHeight(0)
        self._refusal.set_colour("alert_text")
        self._refusal.setText(words)
        self._refusal.show()
        announce(self, words, urgent=True)

    def say(self, words: str) -> None:
        """Say what was printed; "" for nothing."""
        # A refusal that no longer holds leaves its room: the paper must not move under the pen that answers it.
        kept = self._refusal.height() if self._refused and not words else 0
        self._refused = False
        self._refusal.setMinimumHeight(kept)
        self._refusal.set_colour("muted")
        self._refusal.setText(words)
        self._refusal.setVisible(bool(words or kept))
        announce(self, words)

    def said(self) -> str:
        """What was said last, or why it was not signed; "" for nothing."""
        return self._refusal.text()

    def set_signing(self, signing: bool) -> None:
        """Let nothing be pressed twice while it is being signed."""
        held = self.sign.hasFocus()
        self.sign.setEnabled(not signing)
        self.sign.set_words("Signing…" if signing else "Sign and lock")
        if held and signing:
            self._held = True
        elif self._held and not signing:
            self._held = False
            self.sign.setFocus(Qt.FocusReason.TabFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window one half stands below the other."""
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        """Sizes follow the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_halves"):
            self._arrange()

    def _arrange(self) -> None:
        metrics = Theme.of(self).metrics
        narrow = self.width() < metrics.px(_NARROW)
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._halves.setDirection(down if narrow else across)
        self._line.setVisible(not narrow)
        self.missing.setMinimumHeight(metrics.px(12) if narrow else 0)

    def _sign(self) -> None:
        needed = [gap for gap in self._gaps if gap.blocks]
        if needed:
            first = needed[0]
            more = f" {plural(len(needed) - 1, 'more thing')} missing." if len(needed) > 1 else ""
            self.refuse(f"Not signed: {first.title}. {first.text}{more}")
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
    must = f"{plural(needed, 'thing')} must be there before signing" if needed else "It can be signed"
    return f"{must}; {plural(rest, 'thing')} {'is' if rest == 1 else 'are'} worth a look." if rest else f"{must}."
