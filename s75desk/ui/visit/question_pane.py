"""The middle of visit mode: one question with guidance, last visit's answer, the rating keys and the note."""

from __future__ import annotations

from dataclasses import replace
from html import escape

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from s75desk.domain.records import VisitAnswer
from s75desk.domain.visits.book import LastAnswer
from s75desk.domain.visits.question_set import QuestionBody, StandardBody
from s75desk.domain.visits.scale import Scale
from s75desk.domain.wording import date_long
from s75desk.ui.theme import Theme
from s75desk.ui.visit.fields import TallLine, set_read_only
from s75desk.ui.visit.plain_note import PlainNote
from s75desk.ui.visit.rating_keys import RatingKeys
from s75desk.ui.visit.shrinking import Scrolling, Shrinking
from s75desk.ui.widgets.buttons import make_button
from s75desk.ui.widgets.chip import IconMark
from s75desk.ui.widgets.key_hint import KeyHint
from s75desk.ui.widgets.labels import ElidedLabel, Label, WrappedLabel
from s75desk.ui.widgets.layouts import boxed, column, row
from s75desk.ui.widgets.surface import Surface

_NO_NAMES = "no names; use codes such as CP1"
_LOW = 35.0
"""Height in multiples of b below which there is no room to scroll the words by themselves."""

_LAST_MOST = 220
"""Characters of last visit's note; the tip has the whole."""


class QuestionPane(Surface):
    """Shows an answer and tells of every change to it; it keeps nothing itself.

    Signals:
        answered: The ``VisitAnswer`` as it now is; a rating, a mark, a flag.
        typed: The ``VisitAnswer`` as it now is; something is being typed.
        left: The keyboard left a field that was typed in.
        previous_pressed: To the question before.
        next_pressed: To the question after.
        pictures_given: Photos were pasted or dropped onto the note.
    """

    answered = Signal(object)
    typed = Signal(object)
    left = Signal()
    previous_pressed = Signal()
    next_pressed = Signal()
    pictures_given = Signal(object)

    def __init__(self, scale: Scale, parent: QWidget | None = None) -> None:
        super().__init__("canvas", parent)
        self._scale = scale
        self._answer: VisitAnswer | None = None
        self._replaced: VisitAnswer | None = None
        self._place = ElidedLabel("", "visit_small", colour="muted", parent=self)
        self._critical = boxed(
            row(IconMark("flag", "text"), Label("Critical question", "visit_small", bold=True), gap=6)
        )
        self._question = WrappedLabel("", "visit_question", bold=True)
        self._guidance = WrappedLabel("", "visit_body")
        self._look = WrappedLabel("", "visit_body", colour="muted")
        self._because = WrappedLabel("", "visit_small", colour="muted")
        words = QWidget()
        self.words = Shrinking(words, least=6.0)
        self.words.setAccessibleName("Question and guidance")
        self._last_words = WrappedLabel("", "visit_small")
        self._last_words.setTextFormat(Qt.TextFormat.RichText)  # its rating stands out; what was typed is escaped
        self._last = Surface("well")
        row(IconMark("history"), (self._last_words, 100), None, gap=9, margins=(12, 7, 12, 7), parent=self._last)
        column(self._question, self._guidance, self._look, self._because, 0, self._last, gap=6, parent=words)
        self.keys = RatingKeys(scale, self)
        self.reason = TallLine("Why it does not apply", "Why it does not apply here; it is printed", self)
        self._reason_row = boxed(row(Label("Why not", "visit_small", bold=True), (self.reason, 1), gap=10))
        self.note = PlainNote(self)
        self.note.setAccessibleName("Note: what you saw, heard or read")
        self._note_label = Label("Note: what you saw, heard or read", "visit_small", bold=True)
        self._note_label.setBuddy(self.note)
        self._hint = Label(_NO_NAMES, "visit_small", colour="muted")
        self.previous = make_button("Previous", "chevron_left", touch=True, key="Ctrl+Up", parent=self)
        self.next = make_button("Next question", "chevron_right", "primary", touch=True, key="Ctrl+Down", parent=self)
        self.next.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self._note_box = boxed(column((self.note, 1)))
        inside = QWidget()
        column(
            row((self._place, 1), self._critical, gap=6),
            4,
            self.words,
            8,
            self.keys,
            8,
            self._reason_row,
            4,
            row(self._note_label, self._hint, None, gap=10),
            4,
            (self._note_box, 1),
            gap=0,
            margins=(24, 12, 24, 0),
            parent=inside,
        )
        self._around = Scrolling(inside, parent=self)
        column(
            (self._around, 1),
            row(self.previous, None, KeyHint("Ctrl ↓", raw=True), self.next, gap=10, margins=(24, 12, 24, 12)),
            gap=0,
            parent=self,
        )
        self._size()
        self.keys.rated.connect(self._rated)
        self.keys.not_applicable_pressed.connect(self._not_applicable)
        self.keys.flag_pressed.connect(self._flagged)
        self.reason.textEdited.connect(self._reason_typed)
        self.reason.editingFinished.connect(self.left)
        self.note.typed.connect(self._note_typed)
        self.note.pictures_given.connect(self.pictures_given)
        self.previous.clicked.connect(self.previous_pressed)
        self.next.clicked.connect(self.next_pressed)

    @property
    def question(self) -> str:
        """Code of the question on show."""
        return self._answer.question if self._answer else ""

    def show_question(
        self,
        standard: StandardBody,
        question: QuestionBody,
        answer: VisitAnswer,
        last: LastAnswer | None,
        *,
        asked: bool,
        locked: bool,
        ends: bool = False,
    ) -> None:
        """Show a question and its answer.

        Args:
            standard: In which it stands.
            question: The question.
            answer: What has been answered so far.
            last: What was said at the visit before, or None.
            asked: Whether it is meant for this type of service.
            locked: Whether the visit is signed.
            ends: Whether no question comes after it.
        """
        place = standard.questions.index(question) + 1
        not_meant = "" if asked else "  ·  not meant for this type of service"
        self._place.setText(f"{standard.heading}  ·  question {place} of {len(standard.questions)}{not_meant}")
        self._critical.setVisible(question.critical)
        self.next.set_words("To the end" if ends else "Next question")
        for label, text in (
            (self._question, question.text),
            (self._guidance, question.guidance),
            (self._look, question.look),
            (self._because, f"Critical: {question.critical_because}" if question.critical else ""),
        ):
            label.setText(text)
            label.setVisible(bool(text))
        self._show_last(last)
        self.words.verticalScrollBar().setValue(0)
        self._forget_replaced()
        self.show_answer(answer, locked=locked)

    def show_answer(self, answer: VisitAnswer, *, locked: bool) -> None:
        """Show what has been answered; what is being typed keeps its caret."""
        self._answer = answer
        self.keys.show_answer(answer, able=not locked)
        not_applicable = bool(answer.not_applicable) and answer.rating is None
        self._reason_row.setVisible(not_applicable)
        if (answer.reason or "") != self.reason.text():
            self.reason.setText(answer.reason or "")
        self.note.set_words(answer.seen or "")
        set_read_only(self.note, locked)
        set_read_only(self.reason, locked)

    def focus_keys(self) -> None:
        """Put the keyboard onto the rating that is chosen, else onto the first."""
        self.keys.take_keyboard()
        self._around.ensureWidgetVisible(self.keys, 0, 0)

    def focus_reason(self) -> None:
        """Put the keyboard into the reason why it does not apply."""
        self.reason.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def focus_note(self) -> None:
        """Put the keyboard into the note."""
        self.note.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def changeEvent(self, event: QEvent) -> None:
        """Sizes follow the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_around"):
            self._size()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where it is very low, all of it scrolls."""
        super().resizeEvent(event)
        self.words.set_whole(self.height() < Theme.of(self).metrics.px(_LOW))

    def _size(self) -> None:
        # The style sheet lets a field become one line high; a note has three, also where there is little room.
        self._note_box.setMinimumHeight(self.note.minimumSizeHint().height())

    # What the officer does

    def _rated(self, value: int) -> None:
        if self._answer is not None:
            # The same key again takes the rating back.
            rating = None if self._answer.rating == value else value
            self._judge(replace(self._answer, rating=rating, not_applicable=None))

    def _not_applicable(self) -> None:
        if self._answer is None:
            return
        now = not (self._answer.not_applicable and self._answer.rating is None)
        self._judge(replace(self._answer, rating=None, not_applicable=True if now else None))
        if now:
            self.reason.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _judge(self, answer: VisitAnswer) -> None:
        """Tell a judgement; what it takes the place of is named, as one letter beside the boxes is enough for it."""
        before = self._answer
        self._tell(answer)
        if before is None or not (before.rating or before.not_applicable):
            self._forget_replaced()
            return
        self._replaced = before
        word = self._scale.word(before.rating) if before.rating else self._scale.not_applicable
        self._hint.setText(f"Was {word}. Ctrl+Z puts it back.")
        self._hint.set_colour("watch_text")

    def put_back(self) -> bool:
        """Give the question the judgement it had before the last one; false if none was replaced."""
        if self._replaced is None or self._answer is None:
            return False
        before = self._replaced
        self._forget_replaced()
        self._tell(replace(self._answer, rating=before.rating, not_applicable=before.not_applicable))
        self.focus_keys()
        return True

    def _forget_replaced(self) -> None:
        self._replaced = None
        self._hint.setText(_NO_NAMES)
        self._hint.set_colour("muted")

    def _flagged(self) -> None:
        if self._answer is not None:
            self._tell(replace(self._answer, flagged=None if self._answer.flagged else True))

    def _reason_typed(self, text: str) -> None:
        if self._answer is not None:
            self._answer = replace(self._answer, reason=text or None)
            self.typed.emit(self._answer)

    def _note_typed(self) -> None:
        if self._answer is not None:
            self._answer = replace(self._answer, seen=self.note.toPlainText() or None)
            self.typed.emit(self._answer)

    def _tell(self, answer: VisitAnswer) -> None:
        self.show_answer(answer, locked=False)
        self.answered.emit(answer)

    def _show_last(self, last: LastAnswer | None) -> None:
        self._last.setVisible(last is not None)
        if last is None:
            return
        when = date_long(last.made) if last.made else "date not known"
        rated = f"{last.rating}, {last.word.lower()}" if last.rating is not None else last.word.lower()
        words = f"<b>{escape(f'Last visit, {when}: {rated}.')}</b>"
        seen = " ".join(last.seen.split())
        cut = seen if len(seen) <= _LAST_MOST else f"{seen[:_LAST_MOST].rsplit(' ', 1)[0]}…"
        self._last_words.setText(f"{words} {escape(cut)}".strip())
        self._last_words.setAccessibleName(f"Last visit, {when}: {rated}. {seen}".strip())
        whole = escape(last.seen).replace("\n", "<br>")
        self._last_words.setToolTip(f"<p>{whole}</p>" if cut != seen else "")
