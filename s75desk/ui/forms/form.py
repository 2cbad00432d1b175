"""The form of any record: explains as one types, keeps a draft from the first key, and never loses a word."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QHideEvent, QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QFrame, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from s75desk.domain.dated import FromDay
from s75desk.domain.errors import DeskError, Rejected
from s75desk.domain.findings import Finding, Fix, Weight
from s75desk.domain.records import Record
from s75desk.ui.forms.dated_rows import (
    add_questions,
    answer_again,
    answers_of,
    of_its_days,
    save_words,
    say_what_follows,
    unsaid,
)
from s75desk.ui.forms.editors import Lookup
from s75desk.ui.forms.footer import FormFooter
from s75desk.ui.forms.form_row import FormRow, Shape
from s75desk.ui.forms.messages import Messages
from s75desk.ui.forms.reading import Reading, Validate, read
from s75desk.ui.forms.reference_editor import ReferenceEditor
from s75desk.ui.forms.sections import boxes_of, sections_of
from s75desk.ui.theme import Theme
from s75desk.ui.widgets.announce import announce
from s75desk.ui.widgets.enter import presses
from s75desk.ui.widgets.error_panel import ErrorPanel
from s75desk.ui.widgets.layouts import column
from s75desk.ui.widgets.surface import Hairline

VALIDATE_AFTER_MS = 150
DRAFT_AFTER_MS = 400
Follows = Callable[[Record, str, FromDay], str]
_WIDE_FROM = 50.0
_MIDDLE_FROM = 33.0


class RecordForm(QWidget):
    """Edits one record. It writes nothing itself: it says what the officer wants, and is told what came of it.

    Signals:
        submitted: The officer saves: the ``Record`` as typed, without a fault. Answer with ``show_error`` or
            ``show_trouble``, or take the form away.
        draft_changed: What was typed, as raw text by field name, within half a second of a key.
        cancelled: The officer leaves (Esc, or "Keep as draft"); the draft was told just before.
        discarded: The officer throws away what was typed.

    Args:
        record: What it starts from; its class decides the fields.
        today: The as-at date.
        lookup: What references may name.
        validate: Findings about a record as typed; quick, as it runs while typing.
        typed: Raw text by field name from a draft, or None.
        noun: What one of them is called, for the save button.
        sections: Titles with names of fields, to group them; the rest come first.
        addable: Kinds of which a reference may name one that is not there yet.
        only: Names of the only fields that are asked; () for all.
        owner: The record that owns it, by which a line such as "Q3 2025/26" is understood.
        asks_days: Whether a field that can change from a day asks, once it is changed, whether it did.
        follows: What follows for a record from a field that changes from a day, in a sentence; "" for nothing.
        fills_in: Whether the record is being filled in: it is new, or it says more now than it did.
    """

    submitted = Signal(object)
    draft_changed = Signal(dict)
    cancelled = Signal()
    discarded = Signal()

    def __init__(
        self,
        record: Record,
        *,
        today: date,
        lookup: Lookup,
        validate: Validate,
        typed: Mapping[str, str] | None = None,
        noun: str = "",
        sections: Sequence[tuple[str, Sequence[str]]] = (),
        addable: frozenset[str] = frozenset(),
        only: Sequence[str] = (),
        owner: Record | None = None,
        asks_days: bool = False,
        fills_in: bool | None = None,
        follows: Follows | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._record = record
        self._owner = owner
        self._fills_in = not record.uid if fills_in is None else fills_in
        self._validate = validate
        self._follows = follows
        self._tried = False
        self._refused: tuple[str, str] | None = None
        self._told_draft = False
        self._shape = Shape.WIDE
        self._page = QWidget()
        self._page.setObjectName("scrolled")
        self._boxes = boxes_of(sections_of(record, sections, only), record, today, lookup, addable)
        self._rows: dict[str, FormRow] = {line.editor.field.name: line for box in self._boxes for line in box.rows}
        self._whole = Messages()
        self._assemble(noun or record.NOUN)
        self._initial = {name: line.editor.text() for name, line in self._rows.items()}
        self._suggested: dict[str, str] = {}
        self._validating = self._timer(VALIDATE_AFTER_MS, self._check)
        self._drafting = self._timer(DRAFT_AFTER_MS, self._tell_draft)
        if asks_days:
            add_questions(self._record, self._rows.values(), today, self._said)
        self._restore(typed or {})
        self._connect()
        self._check()
        self._ask_what_is_needed()
        self._footer.show_changed(self.is_changed())

    # What pages use

    def start(self) -> None:
        """Put the keyboard into the first field that is to be filled, in reading order, or else into the first one.

        In a form that fills in a record every field on show is; in one that edits it, what is needed and is empty.
        """
        lines = [line for box in self._boxes if not box.folded for line in box.rows if not line.isHidden()]
        needed = [line for line in lines if self._fills_in or line.editor.field.required]
        for line in (*(line for line in needed if not line.editor.text()), *lines):
            # As Tab does: what is filled in already is marked, so that the first letter takes its place.
            line.editor.setFocus(Qt.FocusReason.OtherFocusReason)
            if isinstance(now := QApplication.focusWidget(), QLineEdit):
                now.selectAll()
            return

    def record(self) -> Record:
        """The record as typed; what cannot be read is not known in it."""
        return self._read().record

    def typed(self) -> dict[str, str]:
        """Raw text by field name of everything that differs from what the form started from."""
        texts = {name: line.editor.text() for name, line in self._rows.items()}
        return {name: text for name, text in texts.items() if text != self._initial[name]}

    def days(self) -> dict[str, FromDay]:
        """From which day fields changed, of those that did; the others were wrong."""
        found = {name: line.question.answer() for name, line in self._rows.items() if line.question}
        typed = self.typed()
        return {name: answer for name, answer in found.items() if answer is not None and name in typed}

    def is_changed(self) -> bool:
        """Whether anything differs from what the form started from."""
        return bool(self.typed())

    def asks_for(self, name: str) -> bool:
        """Whether a field is on the form; what owns the record is not, once it is known."""
        return name in self._rows

    def editor_row(self, name: str) -> FormRow:
        """The row of a field.

        Raises:
            KeyError: The field is not on the form.
        """
        return self._rows[name]

    def suggest(self, found: Record) -> None:
        """Fill in what a record says, field by field, wherever the officer has typed nothing."""
        for name, line in self._rows.items():
            untouched = line.editor.text() == self._suggested.get(name, self._initial[name])
            if untouched and (getattr(found, name) or name in self._suggested):
                line.editor.set_from(found)
                self._suggested[name] = line.editor.text()

    def newcomers(self) -> dict[str, tuple[str, str]]:
        """Kind and name, by the uid it is to have, of each record that is named and not in the desk yet."""
        references = [line.editor for line in self._rows.values() if isinstance(line.editor, ReferenceEditor)]
        return {uid: (each.field.refers_to, each.words().strip()) for each in references if (uid := each.newcomer())}

    def save(self) -> None:
        """Submit the record, or go to the first fault."""
        self._tried = True
        self._trouble.hide()
        for line in self._rows.values():
            line.editor.normalise()
        reading = self._check()
        if not reading.sound or any(self._unsaid(name, line) for name, line in self._rows.items()):
            self._go_to_next(from_start=True)
            announce(self, self._footer.accessibleDescription(), urgent=True)
            return
        self._tell_draft()
        self.submitted.emit(reading.record)

    def leave(self) -> None:
        """Keep what was typed as a draft and go."""
        self._tell_draft()
        self.cancelled.emit()

    def show_error(self, rejected: Rejected) -> None:
        """Put the reason of a refusal beside its field; it stands until the field changes."""
        name = rejected.field if rejected.field in self._rows else ""
        self._refused = (name, rejected.reason)
        self._check()
        if name:
            self._go_to(self._rows[name])
        announce(self, rejected.reason, urgent=True)

    def show_trouble(self, trouble: DeskError) -> None:
        """Say in its place why it could not be saved; every word stays."""
        self._trouble.show()
        self._trouble.set_trouble(trouble)

    def copy_words(self) -> None:
        """Put everything typed on the clipboard, label by label."""
        lines = ((line.editor.field.label, line.editor.words()) for line in self._rows.values())
        QGuiApplication.clipboard().setText("\n".join(f"{label}: {words}" for label, words in lines if words))

    # Checking

    def _read(self) -> Reading:
        return read(self._record, self._rows.values(), self._validate, self._owner)

    def _check(self) -> Reading:
        self._validating.stop()
        reading = self._read()
        faults = doubts = 0
        for name, line in self._rows.items():
            found = [seen for finding in reading.of_field(name) if (seen := self._to_be_seen(line, finding, reading))]
            found = [*of_its_days(line, found), *self._unsaid(name, line)]
            if self._refused is not None and self._refused[0] == name:
                found.insert(0, Finding(Weight.FAULT, name, self._refused[1]))
            line.show_findings(found)
            faults += line.weight is Weight.FAULT
            doubts += line.weight is Weight.DOUBT
        whole = list(reading.of_others(self._rows))
        if self._refused is not None and not self._refused[0]:
            whole.insert(0, Finding(Weight.FAULT, "", self._refused[1]))
        self._whole.show_findings(whole)
        self._whole.setVisible(not self._whole.empty)
        faults += any(finding.weight is Weight.FAULT for finding in whole)
        doubts += any(finding.weight is Weight.DOUBT for finding in whole)
        self._footer.show_counts(faults, doubts)
        self._footer.show_result(save_words(self._footer.noun, [self._rows[name] for name in self.typed()]))
        if (follows := self._follows) is not None:
            say_what_follows(self._rows, lambda name, day: follows(reading.record, name, day))
        return reading

    def _unsaid(self, name: str, line: FormRow) -> list[Finding]:
        return unsaid(self._record, line, line.editor.text() != self._initial[name], self._tried)

    def _to_be_seen(self, line: FormRow, finding: Finding, reading: Reading) -> Finding | None:
        """Nobody is told off for a field not reached yet, or half typed; what it might mean is offered quietly."""
        if finding.weight is not Weight.FAULT or self._tried or line.visited:
            return finding
        if not line.editor.text():
            return None
        if line.editor.field.name in reading.unread and self.with_keyboard() is line:
            return replace(finding, weight=Weight.NOTE) if finding.fixes else None
        return finding

    def with_keyboard(self) -> FormRow | None:
        """The row that has the keyboard."""
        now = QApplication.focusWidget()
        if now is None:
            return None
        return next((line for line in self._rows.values() if line.isAncestorOf(now)), None)

    def _ask_what_is_needed(self) -> None:
        """Show what the moment asks for: a field with a rule of its own waits for the choice that calls for it."""
        for name, line in self._rows.items():
            if (rule := line.editor.field.asked_if) is None:
                continue
            other = self._rows.get(rule[0])
            asked = other is None or (other.editor.value() in rule[1] if rule[1] else bool(other.editor.text()))
            line.setHidden(not asked and not line.editor.text() and name != (self._refused or ("",))[0])

    def _go_to_next(self, *, from_start: bool = False) -> None:
        """Go to the next field with a fault, or with a doubt where there is no fault."""
        lines = list(self._rows.values())
        now = None if from_start else self.with_keyboard()
        after = lines.index(now) + 1 if now is not None else 0
        in_turn = lines[after:] + lines[:after]
        for weight in (Weight.FAULT, Weight.DOUBT) if from_start else (None,):
            for line in in_turn:
                grave = line.weight in (Weight.FAULT, Weight.DOUBT)
                if (weight is None and grave) or (weight is not None and line.weight is weight):
                    self._go_to(line)
                    return

    def _go_to(self, line: FormRow) -> None:
        for box in self._boxes:
            if line in box.rows:
                box.set_folded(False)
        name = line.editor.field.name
        if line.question is not None and self._unsaid(name, line):
            line.question.ask_again()
        else:
            line.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        self._area.ensureWidgetVisible(line)

    def _take_fix(self, fix: Fix) -> None:
        line = self._rows.get(fix.field)
        if line is not None:
            line.editor.set_text(fix.text)
            self._go_to(line)
            line.editor.normalise()
            self._check()

    # Typing

    def _changed(self) -> None:
        editor = self.sender()
        if self._refused is not None and (not self._refused[0] or self._rows[self._refused[0]].editor is editor):
            self._refused = None
        for name, line in self._rows.items():
            if line.editor is editor:
                line.touched = True
                self._unsaid(name, line)  # at once: the next Tab goes into the question, and not past it
        self._ask_what_is_needed()
        self._said()
        self._footer.show_changed(self.is_changed())

    def _said(self) -> None:
        self._validating.start()
        if not self._drafting.isActive():
            self._drafting.start()

    def _tell_draft(self) -> None:
        self._drafting.stop()
        typed = self.typed() | answers_of(self._rows)
        if typed or self._told_draft:
            self._told_draft = True
            self.draft_changed.emit(typed)

    def _discard(self) -> None:
        self._drafting.stop()
        self.discarded.emit()

    def _entered(self) -> None:
        for line in self._rows.values():
            if line.editor is self.sender():
                self._area.ensureWidgetVisible(line, 0, Theme.of(self).metrics.space(24))

    def _left(self) -> None:
        for line in self._rows.values():
            if line.editor is self.sender() and line.touched:
                line.visited = True
        self._check()

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002 - Qt's name
        """What was just typed is read first: the answers that it is offered come next, and not behind the keyboard."""
        if self._validating.isActive():
            self._check()
        return super().focusNextPrevChild(next)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves with the draft kept; Enter presses a button, and goes on from a field to the next."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        elif presses(event):
            return
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.with_keyboard() is not None:
            self.focusNextChild()
        else:
            super().keyPressEvent(event)

    # Build

    def _assemble(self, noun: str) -> None:
        column(self._whole, *self._boxes, None, gap=16, margins=(24, 10, 24, 16), parent=self._page)
        self._area = QScrollArea()
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setWidget(self._page)
        self._trouble = ErrorPanel("Save again", "Copy my words", margins=0)
        self._trouble.hide()
        self._footer = FormFooter(noun)
        self._foot = column(self._trouble, Hairline(), self._footer, gap=10, margins=(24, 0, 24, 12))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._area, 1)
        whole.addLayout(self._foot)

    def _restore(self, typed: Mapping[str, str]) -> None:
        for name, text in typed.items():
            if name in self._rows:
                self._rows[name].editor.set_text(text)
                self._rows[name].visited = True
        answer_again(self._rows, typed)
        blank = type(self._record)()
        for box in self._boxes:
            names = [line.editor.field.name for line in box.rows]
            said = [name for name in names if getattr(self._record, name) != getattr(blank, name)]
            box.set_folded(not said and not any(name in typed for name in names))

    def _connect(self) -> None:
        for line in self._rows.values():
            line.editor.changed.connect(self._changed)
            line.editor.entered.connect(self._entered)
            line.editor.left.connect(self._left)
            line.messages.fix_pressed.connect(self._take_fix)
        self._whole.fix_pressed.connect(self._take_fix)
        self._footer.save_pressed.connect(self.save)
        self._footer.draft_pressed.connect(self.leave)
        self._footer.next_pressed.connect(self._next)
        self._footer.discarded.connect(self._discard)
        self._trouble.retry_pressed.connect(self.save)
        self._trouble.copy_pressed.connect(self.copy_words)
        context = Qt.ShortcutContext.WidgetWithChildrenShortcut
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, context=context).activated.connect(self.save)

    def _timer(self, after: int, then: Callable[[], object]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(after)
        timer.timeout.connect(then)
        return timer

    def _next(self) -> None:
        self._go_to_next()

    def hideEvent(self, event: QHideEvent) -> None:
        """Whoever takes the form away in the middle of a word is told the draft first."""
        super().hideEvent(event)
        self._validating.stop()
        if self._drafting.isActive():
            self._tell_draft()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room, messages go below their fields, then fields below their labels."""
        super().resizeEvent(event)
        metrics = Theme.of(self).metrics
        room = self.width() - 2 * metrics.space(24)
        shape = Shape.NARROW
        if room >= metrics.px(_WIDE_FROM):
            shape = Shape.WIDE
        elif room >= metrics.px(_MIDDLE_FROM):
            shape = Shape.MIDDLE
        for line in self._rows.values():
            line.set_shape(shape, room)
