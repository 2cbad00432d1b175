"""Actions from before, each to be graded met, partly met or not met before the visit can be finished."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from s75desk.domain.records import Action, PriorGrading
from s75desk.domain.records.action import ActionState
from s75desk.domain.records.visit_work import PriorGrade
from s75desk.domain.status import Shape
from s75desk.domain.statuses.actions import action_state
from s75desk.domain.wording import date_long, days_phrase, plural
from s75desk.ui.visit.fields import TallLine, set_read_only
from s75desk.ui.visit.rating_keys import KeyButton
from s75desk.ui.visit.roving import Roving
from s75desk.ui.visit.shrinking import Scrolling
from s75desk.ui.widgets.buttons import make_button
from s75desk.ui.widgets.key_hint import KeyHint
from s75desk.ui.widgets.labels import Label, WrappedLabel
from s75desk.ui.widgets.layouts import boxed, column, row
from s75desk.ui.widgets.styling import set_look
from s75desk.ui.widgets.surface import Surface

_HARD = "\u00a0"
_WHAT_FOLLOWS = "What is met is verified when the visit is signed."
_KEYS = (
    (PriorGrade.MET, "M", Shape.GOOD),
    (PriorGrade.PARTLY, "P", Shape.WATCH),
    (PriorGrade.NOT_MET, "X", Shape.ALERT),
)


class PriorCard(Surface):
    """One action from before with its three grades and a reason.

    Signals:
        graded: The ``PriorGrading`` as it now is.
        typed: The ``PriorGrading`` as it now is; a reason is being typed.
        step_asked: Up (-1) or down (1) to another card.

    Args:
        action: The action.
        today: For what is overdue.
    """

    graded = Signal(object)
    typed = Signal(object)
    step_asked = Signal(int)

    def __init__(self, action: Action, today: date, parent: QWidget | None = None) -> None:
        super().__init__("panel", parent)
        self.action = action
        self._grading = PriorGrading()
        self.buttons: dict[PriorGrade, KeyButton] = {}
        keys = row(gap=8)
        for grade, key, shape in _KEYS:
            button = KeyButton(key, grade.word, shape, parent=self)
            button.setAccessibleDescription(action.title)
            button.clicked.connect(self._pressed)
            self.buttons[grade] = button
            keys.put((button, 1))
        self._keys = Roving(self, list(self.buttons.values()))
        self.reason = TallLine(f"Reason for the grade of {action.title}", parent=self)
        self.reason.textEdited.connect(self._reason_typed)
        self.reason.editingFinished.connect(self._reason_left)
        self._reason_row = boxed(row(Label("Reason", "visit_small", bold=True), (self.reason, 1), gap=10), self)
        evidence = f"Evidence wanted: {action.evidence_wanted}" if action.evidence_wanted else ""
        wanted = WrappedLabel(evidence, "visit_small", colour="muted")
        if not evidence:  # shown without a parent it would be a window of its own for a moment
            wanted.hide()
        column(
            WrappedLabel(action.title, "visit_body", bold=True),
            WrappedLabel(_details(action, today), "visit_small", colour="muted"),
            wanted,
            4,
            keys,
            self._reason_row,
            gap=4,
            margins=(16, 12, 16, 12),
            parent=self,
        )

    def show_grading(self, grading: PriorGrading, *, able: bool) -> None:
        """Show a grade."""
        self._grading = grading
        for grade, button in self.buttons.items():
            button.setChecked(grading.grade is grade)
            button.setEnabled(able)
            if grading.grade is grade:
                self._keys.stop_at(button)
        set_read_only(self.reason, not able)
        if (grading.reason or "") != self.reason.text():
            self.reason.setText(grading.reason or "")
        needed = grading.grade in (PriorGrade.PARTLY, PriorGrade.NOT_MET)
        self._reason_row.setVisible(grading.grade is not None)
        lacking = needed and not (grading.reason or "").strip()
        self.reason.setPlaceholderText("Say why; it is printed" if needed else "What was seen")
        set_look(self.reason, "state", "doubt" if lacking else "none")

    @property
    def graded_already(self) -> bool:
        """Whether there is a grade."""
        return self._grading.grade is not None

    def press(self, key: str) -> bool:
        """Press a grade by its key: "M". Returns whether there is such a key."""
        for button in self.buttons.values():
            if button.key == key:
                if button.isEnabled():
                    button.click()
                return True
        return False

    def take_keyboard(self, *, reason: bool = False) -> None:
        """Put the keyboard onto the grade that is chosen, else onto the first; into the reason if that is asked for."""
        if reason and self.graded_already:
            self.reason.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return
        chosen = [button for button in self.buttons.values() if button.isChecked()]
        (chosen or list(self.buttons.values()))[0].setFocus(Qt.FocusReason.TabFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """M, P and X grade; Up and Down go to another action."""
        typing = self.reason.hasFocus()
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and not typing and self.press(event.text().upper()):
            return
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step is not None and plain:
            self.step_asked.emit(step)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and typing:
            self.step_asked.emit(1)
        else:
            super().keyPressEvent(event)

    def _pressed(self) -> None:
        pressed = next(grade for grade, button in self.buttons.items() if button is self.sender())
        grade = None if self._grading.grade is pressed else pressed
        self._grading = replace(self._grading, grade=grade)
        self.show_grading(self._grading, able=True)
        self.graded.emit(self._grading)
        if grade in (PriorGrade.PARTLY, PriorGrade.NOT_MET) and not self.reason.text():
            self.reason.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _reason_typed(self, text: str) -> None:
        self._grading = replace(self._grading, reason=text or None)
        self.show_grading(self._grading, able=True)
        self.typed.emit(self._grading)

    def _reason_left(self) -> None:
        if not self.reason.isReadOnly():
            self.graded.emit(self._grading)


class PriorPane(Surface):
    """All actions from before.

    Signals:
        graded: The ``PriorGrading`` as it now is.
        typed: The ``PriorGrading`` as it now is; a reason is being typed.
        next_pressed: On to what comes next.

    Args:
        today: The as-at date.
    """

    graded = Signal(object)
    typed = Signal(object)
    next_pressed = Signal()

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__("canvas", parent)
        self._today = today
        self.cards: dict[str, PriorCard] = {}
        self._count = WrappedLabel("", "visit_body")
        self._inside = QWidget()
        self._column = column(gap=10, margins=(0, 0, 8, 0), parent=self._inside)
        self._area = Scrolling(self._inside, self)
        self._hint = Label("", "visit_small", colour="muted")
        self.next = make_button(
            "People spoken to", "chevron_right", "primary", touch=True, key="Ctrl+Down", parent=self
        )
        self.next.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.next.clicked.connect(self.next_pressed)
        self.next.installEventFilter(self)
        column(
            Label("Actions from before", "visit_question", bold=True),
            self._count,
            (self._area, 1),
            row(self._hint, None,
                KeyHint("Ctrl ↓", raw=True), self.next, gap=10, margins=(0, 0, 8, 0)),
            gap=10,
            margins=(24, 12, 16, 12),
            parent=self,
        )  # fmt: skip

    def show_actions(self, actions: Sequence[Action], gradings: dict[str, PriorGrading], *, able: bool) -> None:
        """Show actions with their grades.

        Args:
            actions: Soonest due first.
            gradings: By uid of the action; an empty one where there is none.
            able: Whether they can be graded.
        """
        if list(self.cards) != [action.uid for action in actions]:
            self._rebuild(actions)
        for uid, card in self.cards.items():
            card.show_grading(gradings[uid], able=able)
        self._hint.setText("M, P or X grades; up and down go on" if able else "")
        self._tell_count()

    def _tell_count(self) -> None:
        left = sum(not card.graded_already for card in self.cards.values())
        said = f"{plural(left, 'action')} of {len(self.cards)} still to be graded." if left else "All are graded."
        self._count.setText(f"{said} {_WHAT_FOLLOWS}" if self.cards else "There are none.")

    def press(self, key: str) -> None:
        """Grade the action in which the keyboard is, also while its reason is being typed."""
        card = next((card for card in self.cards.values() if card.isAncestorOf(self.focusWidget())), None)
        if card is not None:
            card.press(key)

    def take_keyboard(self) -> None:
        """Put the keyboard onto the first action that is not graded."""
        for card in self.cards.values():
            if not card.graded_already:
                card.take_keyboard()
                self._area.ensureWidgetVisible(card)
                return
        if self.cards:
            next(iter(self.cards.values())).take_keyboard()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up goes back from the way on to the last action, and Down goes no further: Qt would take it for Tab."""
        if watched is self.next and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
                return False
            if event.key() == Qt.Key.Key_Up and self.cards:
                self.show_action(list(self.cards)[-1])
            return event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down)
        return super().eventFilter(watched, event)

    def show_action(self, uid: str, *, reason: bool = False) -> None:
        """Go to one action, into its reason where that is asked for."""
        if uid in self.cards:
            self.cards[uid].take_keyboard(reason=reason)
            self._area.ensureWidgetVisible(self.cards[uid])

    def _rebuild(self, actions: Sequence[Action]) -> None:
        while (item := self._column.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self.cards = {}
        for action in actions:
            card = PriorCard(action, self._today)
            card.graded.connect(self.graded)
            card.graded.connect(self._tell_count)
            card.typed.connect(self.typed)
            card.step_asked.connect(self._step)
            self.cards[action.uid] = card
            self._column.addWidget(card)
        self._column.addStretch(1)
        if self.cards:
            QWidget.setTabOrder(card.reason, self.next)

    def _step(self, by: int) -> None:
        cards = list(self.cards.values())
        place = cards.index(self.sender()) + by  # type: ignore[arg-type]
        if place >= len(cards):
            self.next.setFocus(Qt.FocusReason.TabFocusReason)
        elif place >= 0:
            cards[place].take_keyboard()
            self._area.ensureWidgetVisible(cards[place])


def _details(action: Action, today: date) -> str:
    kind = action.kind.word if action.kind else ""
    owner = f"owner: {action.owner}" if action.owner else "owner not known"
    if action_state(action, today) is ActionState.DONE:
        state = f"said to be done on {date_long(action.done)}" if action.done else "said to be done"
    elif action.due is None:
        state = "no date"
    else:
        late = f", {days_phrase(action.due, today)}" if action.due < today else ""
        state = f"due {date_long(action.due)}{late}"
    raised = f"raised {date_long(action.raised)}" if action.raised else ""
    # A line breaks between them, and not within a date or a role.
    words = "  ·  ".join(part.replace(" ", _HARD) for part in (kind, owner, state, raised) if part)
    return words[:1].upper() + words[1:]
