"""Tags in the window: the row of a record, the filter of a list, and the steps on all that is marked."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QInputDialog, QWidget

from s75desk.domain.changes import Changes
from s75desk.domain.records.tag import TAGGABLE
from s75desk.ui.pages.context import Context
from s75desk.ui.widgets.filter_button import FilterButton
from s75desk.ui.widgets.tag_row import TagRow

_KINDS = frozenset({"tag", "tagged"})


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


def ask_tag(context: Context, parent: QWidget, kind: str, uids: Sequence[str], *, off: bool = False) -> None:
    """Ask which tag, then put it on records or take it off, in one change."""
    tags = context.office.tags

    def names() -> tuple[str, ...]:
        return tuple(dict.fromkeys(tag for uid in uids for tag in tags.of(kind, uid))) if off else tags.names()

    def ask(names: tuple[str, ...]) -> None:
        title = f"Take a tag off {len(uids)}" if off else f"Tag {len(uids)}"
        name, chosen = QInputDialog.getItem(parent, title, "Tag", list(names), 0, not off)
        if chosen and name.strip():
            context.operations.write(parent, lambda: (tags.remove if off else tags.add)(kind, uids, name))

    context.operations.read(parent, names, ask)
