"""The one way in: a change writes records, their history and the search index in a single transaction."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from dataclasses import replace
from datetime import date, datetime
from typing import TypeVar
from uuid import uuid4

from s75desk.domain.as_at import kept_by_days
from s75desk.domain.changes import Changes
from s75desk.domain.errors import NotFound
from s75desk.domain.field_text import moment_text, value_to_text
from s75desk.domain.records import KINDS, DatedValue, Record
from s75desk.models import history, search
from s75desk.models.connection import Connection
from s75desk.models.headings import dependents_of
from s75desk.models.repository import Repository
from s75desk.services.set_lock import SetLock
from s75desk.services.signing_lock import SigningLock

R = TypeVar("R", bound=Record)
ARCHIVED = "archived_at"


class Change:
    """A change under way. Its methods may be called any number of times before the block ends.

    Attributes:
        connection: The connection of the transaction, for what is not a record (blobs, drafts).
        records: Repository on it.
        signing: Refuses writes to what has been signed.
        sets: Refuses writes to the questions of a set.
        result: What was changed; complete when the block has ended.
    """

    def __init__(self, connection: Connection, label: str, at: datetime) -> None:
        self.connection = connection
        self.records = Repository(connection)
        self.signing = SigningLock(self.records)
        self.sets = SetLock(self.records)
        self.label = label
        self.at = at
        self.change_id = str(uuid4())
        self.steps: list[history.Step] = []
        self.touched: set[tuple[str, str]] = set()
        self.main = ""
        self.result = Changes(label)

    def create(self, record: R) -> R:
        """Write a new record; it gets a uid unless it brings one."""
        return self.create_many([record])[0]

    def create_many(self, records: Iterable[R]) -> list[R]:
        """Write new records, owners before what they own."""
        made = [record if record.uid else replace(record, uid=str(uuid4())) for record in records]
        for record in made:
            self.signing.refuse(record)
            self.sets.refuse(record)
        self.records.insert(made)
        for record in made:
            self._note(record, "", None, _as_json(record))
        search.index(self.connection, made)
        return made

    def revise(self, record: R, stored: R | None = None, *, keeping: bool = True) -> R:
        """Write the fields of an existing record that differ from what is stored.

        Args:
            record: As it is to be.
            stored: As it was read in this very change, if it has been read already.
            keeping: Keep what was known until a later day that comes now; an undo takes that back by itself.

        Raises:
            NotFound: If no record of the kind has this uid.
        """
        if stored is None:
            stored = self._stored(type(record), record.uid)
        changed = {
            name: getattr(record, name) for name in record.fields() if getattr(record, name) != getattr(stored, name)
        }
        if changed:
            for before_and_after in (stored, record):  # it may be moved from one visit to another
                self.signing.refuse(before_and_after, frozenset(changed))
                self.sets.refuse(before_and_after, frozenset(changed))
            self.records.update(record.KIND, record.uid, changed)
            for name, value in changed.items():
                field = record.fields()[name]
                self._note(record, name, value_to_text(field, getattr(stored, name)), value_to_text(field, value))
            if keeping:
                self._keep_by_days(stored, record, changed)
            # A form may hold the record as it was before it was archived.
            written = replace(record, archived_at=stored.archived_at)
            named_after = dependents_of(stored, self.records) if changed.keys() & set(record.TITLE) else []
            search.index(self.connection, [written, *named_after])
        return record

    def _keep_by_days(self, stored: Record, record: Record, changed: Collection[str]) -> None:
        """Keep what was known of a record until a later day, for papers as at an earlier one."""
        if not record.KNOWN_WITH:
            return
        rows: dict[str, list[DatedValue]] = {}
        for row in self.records.all(DatedValue, record=[record.uid]):
            rows.setdefault(row.field or "", []).append(row)
        later = kept_by_days(stored, record, rows)
        for name, since, value in later:
            self._hold(record, rows.get(name, ()), name, since, value)
        told = {name for name, _, _ in later}
        for name in changed:
            if name not in told and name in rows and (newest := max(rows[name], key=_since)) is not None:
                self.revise(replace(newest, value=value_to_text(record.fields()[name], getattr(record, name))))

    def _hold(self, record: Record, rows: Iterable[DatedValue], name: str, since: date, value: object) -> None:
        text = value_to_text(record.fields()[name], value)
        same = next((row for row in rows if row.since == since), None)
        if same is None:
            private = getattr(record, "private", False) if name == "note" else False
            kept = DatedValue(kind=record.KIND, record=record.uid, field=name, value=text, since=since, private=private)
            self.create(kept)
        else:
            self.revise(replace(same, value=text))

    def archive(self, kind: str, uid: str) -> Record:
        """Archive a record and every live record it owns."""
        stored = self._stored(KINDS[kind], uid)
        for record in self._family(stored, archived_at=None):
            self._set_archived(record, self.at)
        return stored

    def restore(self, kind: str, uid: str) -> Record:
        """Bring back a record and what was archived with it at the same moment."""
        stored = self._stored(KINDS[kind], uid)
        if stored.archived_at is not None:
            for record in self._family(stored, archived_at=stored.archived_at):
                self._set_archived(record, None)
        return replace(stored, archived_at=None)

    def set_archived(self, kind: str, uid: str, at: datetime | None) -> None:
        """Set when one record alone was archived; for undo."""
        self._set_archived(self._stored(KINDS[kind], uid), at)

    def finish(self) -> Changes:
        """Append the history of everything done; called once, before the commit."""
        history.append(
            self.connection, self.steps, change_id=self.change_id, at=self.at, who=self.who, label=self.label
        )
        written = bool(self.steps)
        self.result = Changes(
            self.label, frozenset(self.touched), self.change_id if written else "", self.main, undoable=written
        )
        return self.result

    who = ""

    def _stored(self, cls: type[R], uid: str) -> R:
        stored = self.records.get(cls, uid)
        if stored is None:
            raise NotFound(f"That {cls.NOUN} is not in this desk.", "It may have come from another desk.")
        return stored

    def _note(self, record: Record, field: str, before: str | None, after: str | None) -> None:
        self.steps.append(history.Step(record.KIND, record.uid, field, before, after))
        self.touched.add((record.KIND, record.uid))
        self.main = self.main or record.uid

    def _set_archived(self, record: Record, at: datetime | None) -> None:
        self.signing.refuse_hiding(record)
        self.sets.refuse_hiding(record)
        before = None if record.archived_at is None else moment_text(record.archived_at)
        self.records.update(record.KIND, record.uid, {ARCHIVED: at})
        self._note(record, ARCHIVED, before, None if at is None else moment_text(at))
        search.index(self.connection, [replace(record, archived_at=at)])

    def _family(self, record: Record, archived_at: datetime | None) -> list[Record]:
        """A record and what it owns, owners first and each once, of those that were archived at this moment."""
        found: dict[str, Record] = {}
        waiting = [record]
        while waiting:
            one = waiting.pop(0)
            if one.archived_at == archived_at and one.uid not in found:
                found[one.uid] = one
                waiting += self.records.children(one.KIND, one.uid, archived=archived_at is not None)
        return list(found.values())


class Writer:
    """Opens changes on a desk.

    Args:
        writing: Gives a connection inside BEGIN IMMEDIATE, committed at the end, rolled back on any exception.
        who: The name or role that history shows.
        now: The moment, UTC.
    """

    def __init__(
        self, writing: Callable[[], AbstractContextManager[Connection]], who: str, now: Callable[[], datetime]
    ) -> None:
        self._writing = writing
        self._who = who
        self._now = now

    @contextmanager
    def change(self, label: str) -> Iterator[Change]:
        """One change, written whole or not at all; opened inside another of the same desk, it is part of that one."""
        under_way = _UNDER_WAY.get()
        if under_way is not None and under_way[0] == self._writing:
            under_way[1].label = label or under_way[1].label
            yield under_way[1]
            return
        with self._writing() as connection:
            change = Change(connection, label, self._now())
            change.who = self._who
            before = _UNDER_WAY.set((self._writing, change))
            try:
                yield change
            finally:
                _UNDER_WAY.reset(before)
            change.finish()


_UNDER_WAY: ContextVar[tuple[object, Change] | None] = ContextVar("change under way", default=None)
"""The change that is open in this thread, and on which desk."""


def _since(value: DatedValue) -> date:
    return value.since or date.min


def _as_json(record: Record) -> str:
    values = {
        name: value_to_text(field, getattr(record, name))
        for name, field in record.fields().items()
        if getattr(record, name) is not None
    }
    return json.dumps(values, ensure_ascii=False)
