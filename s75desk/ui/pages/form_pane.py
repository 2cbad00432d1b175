"""A form in the record's place: reads what it needs, keeps a draft from the first key, saves through a service."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from s75desk.domain.changes import Changes
from s75desk.domain.dated import FromDay, Held
from s75desk.domain.errors import DeskError, Rejected
from s75desk.domain.findings import Finding
from s75desk.domain.records import KINDS, Record
from s75desk.domain.validation import Surroundings, findings_for
from s75desk.domain.wording import time_and_day
from s75desk.services.records import Draft
from s75desk.ui.forms.form import Follows, RecordForm
from s75desk.ui.forms.form_row import FormRow
from s75desk.ui.pages.context import Context
from s75desk.ui.pages.small_history import SmallHistory, past_words
from s75desk.ui.pages.usual_values import UsualValues
from s75desk.ui.widgets.labels import Label
from s75desk.ui.widgets.layouts import column, row
from s75desk.ui.widgets.surface import Hairline, Surface

Check = Callable[[Any, Surroundings], tuple[Finding, ...]]

ADDABLE = frozenset({"organisation"})
"""Kinds that a reference may name although they are not there yet: nothing but a name makes one."""


DraftOf = tuple[str, str, str]
"""Kind, uid and owner that a draft is kept under."""


@dataclass(frozen=True)
class FormWish:
    """What form is wanted.

    Attributes:
        record: What the form starts from; without a uid it is for a new record.
        title: "New agreement", "Edit milestone".
        subtitle: What it belongs to, or a sentence on what is needed.
        save: Writes the record; ``RecordService.save`` if none is given.
        save_from: The same for a record that is there, with the fields that changed from a day.
        check: Findings about the record as typed; ``findings_for`` if none is given.
        reads: Reads what the check needs when the form opens, and gives it in place of ``check``.
        choices: What a reference to a kind of record may be chosen from, as uid and heading, by kind; every live
            record of the kind where none is given.
        usual: A reference and what to start from once a record is chosen there; see ``UsualValues``.
        about: What a new record is about beside its owner, as uids; keeps drafts about different things apart.
        sections: Titles with names of fields, to group them; the rest come first.
        began: The record as it was read, where ``record`` says more already.
        marked: Field whose words are marked when the form opens, so that the first key replaces them; "" for none.
        only: The only fields that are asked; () for all.
        follows: What follows for the record from a field that changes from a day, in a sentence; "" for nothing.
    """

    record: Record
    title: str
    subtitle: str = ""
    save: Callable[[Any], Changes] | None = None
    save_from: Callable[[Any, Mapping[str, FromDay]], Changes] | None = None
    check: Check | None = None
    reads: Callable[[], Check] | None = None
    choices: Mapping[str, Sequence[tuple[str, str]]] = dataclasses.field(default_factory=dict)
    usual: tuple[str, Callable[[str], Record]] | None = None
    about: str = ""
    began: Record | None = None
    sections: Sequence[tuple[str, Sequence[str]]] = ()
    marked: str = ""
    only: tuple[str, ...] = ()
    follows: Follows | None = None

    @property
    def asks_days(self) -> bool:
        """Whether a field that can change from a day asks, once it is changed, whether it did."""
        return bool(self.record.uid) and self.save is None and not self.marked

    @property
    def fills_in(self) -> bool:
        """Whether the form fills in a record: it is new, or what is there says more than was read."""
        return not self.record.uid or (self.began is not None and self.began != self.record)

    @property
    def draft_of(self) -> DraftOf:
        """What the draft is kept under: kind, uid, and owner or what the record is about."""
        return self.record.KIND, self.record.uid, self.about or (self.owner[1] if self.owner else "")

    @property
    def owner(self) -> tuple[str, str] | None:
        """Kind and uid of the record that owns this one, if one is named."""
        for field in self.record.fields().values():
            if field.parent and getattr(self.record, field.name):
                return field.refers_to, str(getattr(self.record, field.name))
        return None


def wish_for_new(record: Record, of: str = "") -> FormWish:
    """The form for a new record of this class, with what is already known of it."""
    return FormWish(record, f"New {record.NOUN}", of or "Leave empty what is not known.")


def wish_for_edit(record: Record, of: str = "") -> FormWish:
    """The form of a record that is there."""
    return FormWish(record, f"Edit {record.NOUN}", of or record.heading)


@dataclass(frozen=True)
class _Ready:
    surroundings: Surroundings
    draft: Draft | None
    lookups: Mapping[str, Sequence[tuple[str, str]]]
    past: Mapping[str, Sequence[Held]]
    check: Check


class FormPane(Surface):
    """Holds one form at a time.

    Signals:
        done: Saved; carries ``Changes``.
        closed: Given up; a draft is kept if anything was typed.

    Attributes:
        made_kind: Kind of the record that was last saved.
        past: What the field with the keyboard was (Alt+H).
    """

    done = Signal(object)
    closed = Signal()

    AGAIN_MS = 4000
    """After so long a draft that could not be kept is tried again."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("surface", parent)
        self.context = context
        self.made_kind = ""
        self._wish: FormWish | None = None
        self._form: RecordForm | None = None
        self.setProperty("ring", False)
        self._owed: dict[DraftOf, dict[str, str]] = {}
        self._told = False
        self._again = QTimer(self, singleShot=True, interval=self.AGAIN_MS)
        self._again.timeout.connect(self._keep_owed)
        self._early: list[tuple[int, Qt.KeyboardModifier, str]] = []
        self.past = SmallHistory(context, self)
        past = QShortcut(QKeySequence("Alt+H"), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        past.activated.connect(self._show_past)
        self._title = Label("", "title", bold=True, parent=self)
        self._kept = Label("", colour="muted", parent=self)
        self._subtitle = Label("", colour="muted", parent=self)
        self._holder = QVBoxLayout()
        self._holder.setContentsMargins(0, 0, 0, 0)
        head = column(
            row(self._title, None, self._kept), self._subtitle, 8, Hairline(parent=self), gap=2, margins=(24, 14, 24, 0)
        )
        column(head, (self._holder, 1), gap=0, parent=self)

    def open(self, wish: FormWish) -> None:
        """Read what the form needs and show it."""
        self.close_form()
        self._wish = wish
        self._title.setText(wish.title)
        self._subtitle.setText(wish.subtitle)
        self._kept.setText("")
        # Who types on while the form is being read types into it, and not into the list.
        self._early.clear()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        records = self.context.office.records
        cls, uid, owner = type(wish.record), wish.record.uid, wish.owner

        def read() -> _Ready:
            kinds = {field.refers_to for field in cls.fields().values() if field.refers_to and not field.hidden}
            return _Ready(
                records.surroundings(cls, uid, owner),
                records.draft(*wish.draft_of),
                {kind: wish.choices.get(kind) or records.choices(kind, wish.record) for kind in sorted(kinds)},
                records.past(KINDS[cls.KIND], uid) if wish.asks_days else {},
                wish.reads() if wish.reads else wish.check or findings_for,
            )

        # Another form may be asked for while this one is being read: what was read is of this one.
        self.context.operations.read(self, read, lambda ready: self._show(wish, ready))

    def close_form(self) -> None:
        """Take the form away; its draft stays until it is saved."""
        form, self._form = self._form, None
        if form is not None:
            form.hide()  # It tells its last draft now, so the wish must still be there to file it under.
            self._holder.removeWidget(form)
            form.deleteLater()
        self._wish = None

    def take_keyboard(self) -> None:
        """Put the keyboard into the form, if it is there already."""
        if self._form is not None:
            self._form.start()

    def set_aside(self) -> None:
        """The officer went elsewhere: keep the draft and take the form away."""
        self.close_form()

    @property
    def form(self) -> RecordForm | None:
        """The form on show."""
        return self._form

    def _show(self, wish: FormWish, ready: _Ready) -> None:
        if wish is not self._wish or self._form is not None:
            return
        check = ready.check

        def validate(record: Any) -> tuple[Finding, ...]:
            return check(record, ready.surroundings)

        typed = ready.draft.typed if ready.draft else None
        self._form = RecordForm(
            wish.record,
            today=self.context.today,
            lookup=lambda kind: list(ready.lookups.get(kind, [])),
            validate=validate,
            owner=ready.surroundings.owner,
            typed=typed,
            noun=wish.record.NOUN,
            sections=wish.sections,
            only=wish.only,
            asks_days=wish.asks_days,
            follows=wish.follows,
            addable=ADDABLE - set(wish.choices),
            fills_in=wish.fills_in,
            parent=self,
        )
        if ready.draft:
            self._kept.setText(
                f"Draft opened, kept {time_and_day(ready.draft.kept_at.astimezone(), self.context.today)}"
            )
        if wish.usual and self._form.asks_for(wish.usual[0]):
            UsualValues(self._form, *wish.usual, self.context.operations)
        self._form.submitted.connect(self._save)
        self._form.draft_changed.connect(self._keep)
        self._form.cancelled.connect(self.closed)
        self._form.discarded.connect(self._discard)
        self._tell_past(self._form, ready)
        self._holder.addWidget(self._form)
        self._form.show()
        self._form.start()
        if wish.marked:
            editor = self._form.editor_row(wish.marked).editor
            editor.setFocus(Qt.FocusReason.OtherFocusReason)
            mark = getattr(QApplication.focusWidget(), "selectAll", None)
            if mark is not None:
                mark()
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        early, self._early = self._early, []
        for key, modifiers, text in early:
            if (now := QApplication.focusWidget()) is not None:
                QApplication.sendEvent(now, QKeyEvent(QEvent.Type.KeyPress, key, modifiers, text))

    def event(self, event: QEvent) -> bool:
        """Keys that come before the form are kept for it; Esc gives it up."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return super().event(event)
        if self._wish is None or self._form is not None:
            return super().event(event)
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            self._early.append((event.key(), event.modifiers(), event.text()))
        return True

    def _show_past(self) -> None:
        if self._form is not None and self._wish is not None:
            self.past.show(self._form, self._wish.record)

    def _tell_past(self, form: RecordForm, ready: _Ready) -> None:
        """Beside a field that changed from a day stands in short what it was; its clock opens all of it."""
        for name in (name for name in form.record().fields() if form.asks_for(name)):
            line = form.editor_row(name)
            line.past_asked.connect(self._show_past_of)
            if held := ready.past.get(name):
                names = dict(ready.lookups.get(line.editor.field.refers_to, ()))
                line.say_past(past_words(line.editor.field, held, self.context.today, names))

    def _show_past_of(self, line: FormRow) -> None:
        if self._form is not None and self._wish is not None:
            self.past.show(self._form, self._wish.record, line)

    def _save(self, record: Record) -> None:
        wish = self._wish
        if wish is None:
            return
        records = self.context.office.records
        # Only what was changed in the form: the rest may have changed elsewhere since it was read.
        days = self._form.days() if self._form is not None else {}
        began, save_from = wish.began or wish.record, wish.save_from
        save = wish.save or (lambda one: records.save(one, began, days))
        if save_from is not None:
            save = lambda one: save_from(one, days)  # noqa: E731 - as above
        self.made_kind = record.KIND
        newcomers = self._form.newcomers() if self._form is not None else {}

        def write() -> Changes:
            changes = records.with_newcomers(newcomers, lambda: save(record))
            # Saving forgets the draft of the record as it is now; the form may have begun without its owner. The
            # record is safe by then, so a disk that fills up in between is no failure of saving.
            with suppress(DeskError):
                records.drop_draft(*wish.draft_of)
            return changes

        self.context.operations.write(self, write, self._saved, self._failed)

    def _saved(self, changes: Changes) -> None:
        if self._wish is not None:
            self._owed.pop(self._wish.draft_of, None)
        self._wish = None  # What the form still tells of as it goes is saved already.
        self.done.emit(changes)

    def _failed(self, trouble: DeskError | Rejected) -> None:
        if self._form is None:
            return
        if isinstance(trouble, Rejected):
            self._form.show_error(trouble)
        else:
            self._form.show_trouble(trouble)

    def _keep(self, typed: dict[str, str]) -> None:
        wish = self._wish
        if wish is not None:
            self._owed[wish.draft_of] = typed
            self._keep_owed()

    def _keep_owed(self) -> None:
        """Write the drafts that are not in the desk yet; on a full disk again and again until there is room."""
        records = self.context.office.records

        def keep(of: DraftOf, typed: dict[str, str]) -> None:
            def kept(_: object) -> None:
                if self._owed.get(of) is typed:
                    del self._owed[of]
                self._told = bool(self._owed)
                if self._wish is not None and self._wish.draft_of == of:
                    self._kept.setText(f"Draft kept {self.context.office.place.now().astimezone():%H:%M}")

            self.context.operations.quiet(self, lambda: records.keep_draft(*of, typed), self._not_kept, kept)

        for of, typed in self._owed.items():
            keep(of, typed)

    def _not_kept(self, trouble: DeskError) -> None:
        if not self._again.isActive() and not self._told:
            self.context.operations.trouble.emit(trouble)
        self._told = True
        if self._wish is not None and self._wish.draft_of in self._owed:
            self._kept.setText("Draft not kept yet: tried again until it is")
        self._again.start()

    def _discard(self) -> None:
        wish = self._wish
        if wish is None:
            return
        records = self.context.office.records
        self._owed.pop(wish.draft_of, None)
        self._wish = None  # The form tells nothing more as it goes.
        self.context.operations.quiet(self, lambda: records.drop_draft(*wish.draft_of))
        self.closed.emit()
