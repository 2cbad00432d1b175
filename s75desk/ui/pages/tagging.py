"""Tags in the window: the row of a record, the filter of a list, and the steps on all that is marked."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from s75desk.domain.changes import Changes
from s75desk.domain.records import KINDS
from s75desk.domain.records.tag import TAGGABLE
from s75desk.domain.wording import plural
from s75desk.ui.itemmodels.cells import Cell, Column
from s75desk.ui.pages.context import Context
from s75desk.ui.theme import Theme
from s75desk.ui.widgets.choice_box import ChoiceBox
from s75desk.ui.widgets.filter_button import FilterButton
from s75desk.ui.widgets.question_dialog import QuestionDialog
from s75desk.ui.widgets.tag_row import TagRow

_KINDS = frozenset({"tag", "tagged"})
_BOX = 22.0


class RecordTags(TagRow):
    """The tags of the record on show.

    Args:
        context: Operations.
        kind: Kind of the record.
    """

    def __init__(self, context: Context, kind: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._kind = kind
        self._uid = ""
        self.added.connect(self._put_on)
        self.removed.connect(self._take_off)
        context.operations.bus.changed.connect(self._changed)

    def show_record(self, uid: str) -> None:
        """Show the tags of a record."""
        self._uid = uid
        if self._kind not in TAGGABLE or not uid:
            return
        tags, kind = self._context.office.tags, self._kind

        def show(found: tuple[tuple[str, ...], tuple[str, ...]]) -> None:
            if uid == self._uid:
                self.show_tags(*found)

        self._context.operations.read(self, lambda: (tags.of(kind, uid), tags.names()), show)

    def _put_on(self, name: str) -> None:
        uid, kind, tags = self._uid, self._kind, self._context.office.tags
        self._context.operations.write(self, lambda: tags.add(kind, [uid], name))

    def _take_off(self, name: str) -> None:
        uid, kind, tags = self._uid, self._kind, self._context.office.tags
        self._context.operations.write(self, lambda: tags.remove(kind, [uid], name))

    def _changed(self, changes: Changes) -> None:
        if self._uid and changes.kinds & _KINDS:
            self.show_record(self._uid)


class TagsOfRows(QObject):
    """A column that shows the tags of rows which have no page of their own.

    Signals:
        came: Other tags are there to be shown.

    Args:
        context: Operations.
        kind: Kind of the rows.
    """

    came = Signal()

    def __init__(self, context: Context, kind: str, parent: QObject) -> None:
        super().__init__(parent)
        self._context, self._kind = context, kind
        self._uids: tuple[str, ...] = ()
        self._tags: Mapping[str, Sequence[str]] = {}
        self.column: Column[Any] = Column("tags", "Tags", self._cell, width=9, from_width=44)
        context.operations.bus.changed.connect(self._changed)

    def show_rows(self, uids: Sequence[str]) -> None:
        """Read the tags of other rows."""
        self._uids = tuple(uids)
        if not uids:
            return
        wanted, tags = self._uids, self._context.office.tags

        def take(found: Mapping[str, Sequence[str]]) -> None:
            if wanted == self._uids and found != self._tags:
                self._tags = found
                self.came.emit()

        self._context.operations.read(self, lambda: tags.by_record(self._kind, wanted), take)

    def _cell(self, record: Any) -> Cell:
        words = ", ".join(self._tags.get(record.uid, ()))
        return Cell(words, tip=words)

    def _changed(self, changes: Changes) -> None:
        if changes.kinds & _KINDS:
            self.show_rows(self._uids)


class TagFilter(FilterButton):
    """Narrows a list to the records that have a tag; not there while no record of its kind has one.

    Signals:
        read: The tags of the list's records have come.

    Args:
        context: Operations.
        kind: Kind of record that the list is of.
        uid: Identity of a row.
    """

    read = Signal()

    def __init__(self, context: Context, kind: str, uid: Callable[[Any], str]) -> None:
        super().__init__("Tag")
        self._context = context
        self._kind = kind
        self._uid_of = uid
        self._tags: Mapping[str, Sequence[str]] = {}
        self.hide()
        context.operations.bus.changed.connect(self._changed)

    def refresh(self) -> None:
        """Read which records have which tags."""
        if self._kind in TAGGABLE:
            tags = self._context.office.tags
            self._context.operations.read(self, lambda: tags.by_record(self._kind), self._take)

    def narrowed(self, accept: Callable[[Any], bool] | None) -> Callable[[Any], bool] | None:
        """What the other filters let through, and this one too."""
        tag = self.value()
        if not tag:
            return accept
        return lambda row: tag in self._tags.get(self._uid_of(row), ()) and (accept is None or accept(row))

    def _take(self, tags: Mapping[str, Sequence[str]]) -> None:
        self._tags = tags
        names = sorted({name for some in tags.values() for name in some}, key=str.casefold)
        self.set_options([(name, name) for name in names])
        self.setVisible(bool(names))
        self.read.emit()

    def _changed(self, changes: Changes) -> None:
        if changes.kinds & _KINDS:
            self.refresh()


class AskTag(QuestionDialog):
    """Asks for a tag: one that is there, or a new one.

    Signals:
        given: The tag.

    Args:
        window: Who asks.
        what: What is tagged, in words: "3 actions".
        names: The tags to choose from.
        off: Whether it is to be taken off.
    """

    given = Signal(str)

    def __init__(self, window: QWidget, what: str, names: Sequence[str], *, off: bool = False) -> None:
        title, verb = (f"Take which tag off {what}?", "Take it off") if off else (f"Tag {what}", "Put it on")
        text = "" if names else "No tag is on it." if off else "No tag has been used yet: type the first."
        verbs = () if off and not names else (("go", verb, "primary", ""),)
        super().__init__(window, title, text, safe=("leave", "Not now"), verbs=verbs)
        self.box = ChoiceBox()
        self.box.setEditable(not off)
        self.box.addItems(list(names))
        self.box.setAccessibleName("Tag")
        self.box.setMinimumWidth(Theme.of(self).metrics.px(_BOX))
        if verbs:
            self.body.put(self.box)
            self.box.setFocus()
            if (line := self.box.lineEdit()) is not None:
                line.setPlaceholderText("A tag, for instance “winter plan”")
                line.clear()
        self.answered.connect(self._answered)

    def _answered(self, answer: str) -> None:
        if answer == "go" and (name := self.box.currentText().strip()):
            self.given.emit(name)


def ask_tag(context: Context, parent: QWidget, kind: str, uids: Sequence[str], *, off: bool = False) -> None:
    """Ask which tag, then put it on records or take it off, in one change."""
    tags = context.office.tags

    def names() -> tuple[str, ...]:
        return tuple(dict.fromkeys(tag for uid in uids for tag in tags.of(kind, uid))) if off else tags.names()

    def ask(names: tuple[str, ...]) -> None:
        dialog = AskTag(parent, plural(len(uids), KINDS[kind].NOUN), names, off=off)

        def given(name: str) -> None:
            context.operations.write(parent, lambda: (tags.remove if off else tags.add)(kind, uids, name))

        dialog.given.connect(given)
        dialog.open()

    context.operations.read(parent, names, ask)
