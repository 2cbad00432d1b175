"""The right of visit mode: what proves an answer. Evidence, sample, photos and actions, or the action being entered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from s75desk.domain.records import Action, VisitAnswer, VisitPhoto
from s75desk.domain.visits.book import evidence_of
from s75desk.domain.visits.question_set import EvidenceSource, QuestionBody
from s75desk.ui.theme import Theme
from s75desk.ui.visit.action_cards import ActionCards
from s75desk.ui.visit.action_form import ActionForm
from s75desk.ui.visit.evidence_panel import EvidencePanel
from s75desk.ui.visit.photo_strip import PhotoStrip
from s75desk.ui.visit.sample_panel import SamplePanel
from s75desk.ui.visit.shrinking import Scrolling
from s75desk.ui.visit.taken_out import TakenOut
from s75desk.ui.widgets.layouts import column
from s75desk.ui.widgets.surface import Surface

_WIDE, _SNUG = 24.14, 23.2
_NO_LIMIT = 16777215
"""Qt's own word for a width without a limit."""


class SidePanel(Surface):
    """See the module. Its parts tell of changes; it puts them into the answer on show.

    Signals:
        answered: The ``VisitAnswer`` as it now is.
        typed: The ``VisitAnswer`` as it now is; something is being typed.
        action_wanted: A new action from this question.

    Attributes:
        photos: The photos of the question.
        cards: Its actions.
        form: The action being entered.
        taken: The way back for what was just taken out.
    """

    answered = Signal(object)
    typed = Signal(object)
    action_wanted = Signal()

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__("surface", parent)
        self._answer: VisitAnswer | None = None
        self._locked = False
        self._abreast, self._alone = 3, False
        self.evidence = EvidencePanel()
        self.sample = SamplePanel()
        self.photos = PhotoStrip()
        self.cards = ActionCards()
        self.form = ActionForm(today)
        inside = QWidget()
        self.taken = TakenOut()
        self._inside = column(
            self.evidence, self.sample, self.photos, self.cards, self.taken, None,
            gap=9, margins=(16, 8, 16, 8), parent=inside,
        )  # fmt: skip
        self._around = Scrolling(inside)
        entering = QWidget()
        column((self.form, 1), gap=0, margins=(16, 12, 16, 12), parent=entering)
        self.stack = QStackedWidget(self)
        self.stack.addWidget(self._around)
        self.stack.addWidget(entering)
        column((self.stack, 1), gap=0, parent=self)
        self.evidence.changed.connect(self._sources_changed)
        self.sample.changed.connect(self._sample_changed)
        self.sample.typed.connect(self._sample_typed)
        self.cards.add_pressed.connect(self.action_wanted)
        self.cards.opened.connect(self.edit_action)
        self.form.done.connect(self.show_proof)
        self._size()

    @property
    def entering(self) -> bool:
        """Whether an action is being entered."""
        return self.stack.currentIndex() == 1

    def show_answer(self, question: QuestionBody, answer: VisitAnswer, *, locked: bool) -> None:
        """Show what proves an answer."""
        self._answer, self._locked = answer, locked
        self.evidence.show_sources(evidence_of(answer), question.evidence, able=not locked)
        self.sample.show_answer(answer, able=not locked)

    def show_actions(self, actions: Sequence[Action], low: str = "") -> None:
        """Show the actions of the question; ``low`` is its rating, if that asks for one."""
        self.cards.show_actions(actions, able=not self._locked, low=low)

    def take_keyboard(self) -> None:
        """Put the keyboard onto the first part that can have it."""
        part = self._around.nextInFocusChain()
        while part is not None and part is not self._around:
            able = part.isEnabled() and part.isVisible() and part.focusPolicy() & Qt.FocusPolicy.TabFocus
            if able and self.isAncestorOf(part):
                part.setFocus(Qt.FocusReason.TabFocusReason)
                return
            part = part.nextInFocusChain()

    def put_back(self) -> None:
        """Put back what was just taken out, as its button does."""
        if self.taken.words:
            self.taken.button.click()

    def show_taken(self, record: VisitPhoto | Action | None) -> None:
        """Offer to put back what was just taken out; None offers nothing any more."""
        self.taken.show_record(record)
        if record is not None:
            self._inside.activate()  # it has its place before it is brought into sight
            self._around.ensureWidgetVisible(self.taken)

    def edit_action(self, action: Action) -> None:
        """Enter an action here."""
        self.form.show_action(action, locked=self._locked)
        self.stack.setCurrentIndex(1)
        self.form.take_keyboard()

    def show_proof(self) -> None:
        """Show evidence, sample, photos and actions again."""
        entering = self.entering
        self.stack.setCurrentIndex(0)
        if entering and self.cards.add.isVisible():
            self.cards.add.setFocus(Qt.FocusReason.TabFocusReason)

    def changeEvent(self, event: QEvent) -> None:
        """Its width follows the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "stack"):
            self._size()

    def set_room(self, abreast: int, *, alone: bool) -> None:
        """Give way to the question where two panes share the window; take all of it where this one stands alone."""
        if (abreast, alone) != (self._abreast, self._alone):
            self._abreast, self._alone = abreast, alone
            self._size()

    def _size(self) -> None:
        if self._alone:
            self.setMinimumWidth(0)
            self.setMaximumWidth(_NO_LIMIT)
            return
        self.setFixedWidth(Theme.of(self).metrics.px(_WIDE if self._abreast == 3 else _SNUG))

    def _sources_changed(self, sources: tuple[EvidenceSource, ...]) -> None:
        if self._answer is not None:
            kept = ", ".join(source.value for source in sources) or None
            self._answer = replace(self._answer, evidence=kept)
            self.answered.emit(self._answer)

    def _sample_changed(self, answer: VisitAnswer) -> None:
        self._answer = self._sampled(answer)
        self.answered.emit(self._answer)

    def _sample_typed(self, answer: VisitAnswer) -> None:
        self._answer = self._sampled(answer)
        self.typed.emit(self._answer)

    def _sampled(self, answer: VisitAnswer) -> VisitAnswer:
        """The answer on show with another sample: the rest of it may have changed meanwhile."""
        assert self._answer is not None
        return replace(
            self._answer,
            sample_of=answer.sample_of,
            population=answer.population,
            looked_at=answer.looked_at,
            method=answer.method,
            codes=answer.codes,
        )
