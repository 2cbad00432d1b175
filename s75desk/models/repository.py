"""Rows in and out: the frozen records of the domain, read from and written to their tables.

A repository lives inside one transaction. It knows nothing of history or rules; ``services/writer.py`` does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import date
from functools import cache, cached_property
from typing import Any, TypeVar

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    String,
    Update,
    and_,
    bindparam,
    func,
    insert,
    or_,
    select,
    type_coerce,
    update,
)

from s75desk.domain.records import KINDS, Record
from s75desk.domain.sources import as_cited
from s75desk.models.as_at import Changed, changed_fields, seen_table
from s75desk.models.tables import TABLES, recorded

R = TypeVar("R", bound=Record)


class Repository:
    """Reads and writes records on one connection.

    Args:
        connection: Inside a transaction.
        on: The day that records are read as at: as they were known then, without those that were not there yet. None
            for what is recorded, whatever day it belongs to: for writing, and for forms.
        past: Whether that day is over, so that no paper is cited that was published since.
    """

    def __init__(self, connection: Connection, on: date | None = None, *, past: bool = False) -> None:
        self.connection = connection
        self.on = on
        self._past = on if past else None

    def recorded(self) -> Repository:
        """Records as they are recorded, whatever day they belong to; cited as at the same day as here."""
        found = Repository(self.connection)
        found._past = self._past
        return found

    def get(self, cls: type[R], uid: str) -> R | None:
        """The record, archived or not, or None."""
        row = self.connection.execute(self._seen(_one(cls.KIND), cls), {"uid": uid}).one_or_none()
        return None if row is None else self._record(cls, row)

    def all(
        self,
        cls: type[R],
        *conditions: ColumnElement[bool],
        archived: bool = False,
        order: Sequence[str] = (),
        **equal: Any,
    ) -> list[R]:
        """Records that meet every condition; live ones only unless ``archived``; else in the order recorded.

        ``equal`` compares fields with a value, or with any of a list, tuple or set of values; None is not known.
        """
        table = TABLES[cls.KIND]
        query = select(table).where(*conditions)
        if not archived:
            query = query.where(table.c.archived_at.is_(None))
        for name, value in equal.items():
            column = table.c[name]
            if not isinstance(value, (list, tuple, set, frozenset)):
                query = query.where(column == value)
                continue
            among = column.in_([one for one in value if one is not None])
            query = query.where(or_(among, column.is_(None)) if None in value else among)
        query = query.order_by(*(table.c[name] for name in order), recorded(table))
        return [self._record(cls, row) for row in self.connection.execute(self._seen(query, cls))]

    def naming(self, cls: type[R], field: str, uid: str, *, archived: bool = False) -> list[R]:
        """Live records of a kind (archived ones too if asked) that name ``uid`` in a reference."""
        return self.all(cls, TABLES[cls.KIND].c[field] == uid, archived=archived)

    def numbers(self, cls: type[Record], field: str, owner: str, uid: str) -> list[int]:
        """What live and archived records of a kind that name ``uid`` as their owner have in a field of numbers."""
        return list(self.connection.execute(_numbers(cls.KIND, field, owner), {"owner": uid}).scalars())

    def rows(self, cls: type[Record], *names: str, archived: bool = False) -> list[tuple[Any, ...]]:
        """These columns of every live record of a kind (archived ones too if asked), in the order recorded."""
        table = TABLES[cls.KIND]
        query = select(*(table.c[name] for name in names)).order_by(recorded(table))
        if not archived:
            query = query.where(table.c.archived_at.is_(None))
        return [tuple(row) for row in self.connection.execute(self._seen(query, cls))]

    def taken(self, cls: type[Record], field: str, besides: str = "", like: str | None = None) -> dict[str, str]:
        """The headings of live records of a kind that have something in a unique field, by this in small letters.

        Args:
            cls: Kind of record.
            field: Has an index that knows no capitals.
            besides: Uid of a record that does not count.
            like: Only who has this, in capitals or small letters: what a save asks, however large the desk.
        """
        table = TABLES[cls.KIND]
        value = table.c[field]
        query = select(value, *(table.c[name] for name in cls.TITLE)).where(
            table.c.archived_at.is_(None), value != "", table.c.uid != besides
        )
        if like is not None and like.isascii():  # SQLite knows no capitals of other letters
            query = query.where(value.collate("NOCASE") == like)
        return {
            held.casefold(): title_of(cls, title) for held, *title in self.connection.execute(self._seen(query, cls))
        }

    def by_uid(self, cls: type[R], uids: Iterable[str | None]) -> dict[str, R]:
        """The records with these uids, archived ones too (a name is still needed), by uid."""
        wanted = sorted({uid for uid in uids if uid})
        found: dict[str, R] = {}
        for start in range(0, len(wanted), 500):  # SQLite's limit on variables is far above this
            for record in self.all(cls, archived=True, uid=wanted[start : start + 500]):
                found[record.uid] = record
        return found

    def uids(self, cls: type[Record]) -> list[str]:
        """Uids of every live record of a kind."""
        table = TABLES[cls.KIND]
        query = select(table.c.uid).where(table.c.archived_at.is_(None))
        return list(self.connection.execute(self._seen(query, cls)).scalars())

    def count(self, cls: type[Record], *conditions: ColumnElement[bool]) -> int:
        """How many live records meet every condition."""
        table = TABLES[cls.KIND]
        query = select(func.count()).select_from(table).where(table.c.archived_at.is_(None), *conditions)
        return int(self.connection.execute(self._seen(query, cls)).scalar_one())

    def undecided(self, cls: type[R]) -> list[R]:
        """Live records of a kind with a note or comment of which nobody has said whether it prints."""
        return self.all(cls, _undecided(cls))

    def count_undecided(self, cls: type[Record]) -> int:
        """How many of them there are."""
        return self.count(cls, _undecided(cls))

    def latest_of_each(
        self, cls: type[R], owner: str, uids: Sequence[str], order: Sequence[str], least: int, months: int
    ) -> list[R]:
        """The newest live records of each owner, oldest first.

        Args:
            cls: Kind of record.
            owner: Field that names the owner; an index on it and on the date makes this quick.
            uids: The owners.
            order: Fields to order by; the first is the date that says which is newer.
            least: So many of each at least, if there are as many.
            months: And all that is no older than this before the newest of each.
        """
        by = order[0]
        table = TABLES[cls.KIND]
        owners = TABLES[cls.fields()[owner].refers_to]
        newest = table.alias("newest")
        downwards = (
            select(newest.c[by])
            .where(newest.c[owner] == owners.c.uid, newest.c.archived_at.is_(None))
            .order_by(newest.c[by].desc())
            .limit(1)
            .correlate(owners)
        )
        early = func.date(downwards.scalar_subquery(), f"-{months} months")
        oldest = func.min(downwards.offset(least - 1).scalar_subquery(), early, type_=String())
        # Materialised, or SQLite asks for the oldest day again for every row.
        cut = (
            select(owners.c.uid, oldest.label("oldest"))
            .where(owners.c.uid.in_(list(uids)))
            .cte("cut")
            .prefix_with("MATERIALIZED")
        )
        query = (
            select(table)
            .join(cut, table.c[owner] == cut.c.uid)
            .where(
                table.c.archived_at.is_(None),
                or_(cut.c.oldest.is_(None), table.c[by].is_(None), type_coerce(table.c[by], String) >= cut.c.oldest),
            )
            .order_by(*(table.c[name] for name in order), recorded(table))
        )
        return [self._record(cls, row) for row in self.connection.execute(self._seen(query, cls))]

    def children(self, kind: str, uid: str, *, archived: bool = False) -> list[Record]:
        """Live records (archived ones too if asked) of every kind that name this one as an owner."""
        found: list[Record] = []
        for cls in KINDS.values():
            for field in cls.fields().values():
                if field.parent and field.refers_to == kind:
                    found += self.naming(cls, field.name, uid, archived=archived)
        return found

    def referring(self, kind: str, uid: str) -> list[Record]:
        """Live records that name this one without being owned by it."""
        found: list[Record] = []
        for cls in KINDS.values():
            for field in cls.fields().values():
                if not field.parent and field.refers_to == kind:
                    found += self.naming(cls, field.name, uid)
        return found

    def _record(self, cls: type[R], row: Row[Any]) -> R:
        found = cls(**row._mapping)
        return found if self._past is None else as_cited(found, self._past)

    def _seen(self, query: Select[Any], cls: type[Record]) -> Select[Any]:
        """The query on the records as at the day, if there is one."""
        seen = None if self.on is None else seen_table(cls.KIND, self.on, self._changed)
        return query if seen is None else query.add_cte(seen)

    @cached_property
    def _changed(self) -> Changed:
        return changed_fields(self.connection)

    def insert(self, records: Iterable[Record]) -> None:
        """Write new records; all of one kind are written together."""
        by_kind: dict[str, list[dict[str, Any]]] = {}
        for record in records:
            by_kind.setdefault(record.KIND, []).append(_row_of(record))
        for kind, rows in by_kind.items():
            self.connection.execute(insert(TABLES[kind]), rows)

    def update(self, kind: str, uid: str, values: Mapping[str, Any]) -> None:
        """Set some fields of one record."""
        self.connection.execute(_set(kind), {"of_uid": uid, **values})


def title_of(cls: type[Record], values: Iterable[object]) -> str:
    """The heading of a record of which only the fields of its title were read."""
    return next((str(value) for value in values if value not in (None, "")), f"Untitled {cls.NOUN}")


def _row_of(record: Record) -> dict[str, Any]:
    """The values of a record by column; unlike ``asdict``, what is a value of several parts stays one."""
    return {field.name: getattr(record, field.name) for field in fields(record)}


@cache
def _one(kind: str) -> Select[Any]:
    """The statement for one record of a kind, built once: it is asked several times at every save."""
    table = TABLES[kind]
    return select(table).where(table.c.uid == bindparam("uid"))


@cache
def _set(kind: str) -> Update:
    """The same for a change: the values that come with it say which fields it sets."""
    table = TABLES[kind]
    return update(table).where(table.c.uid == bindparam("of_uid"))


def _undecided(cls: type[Record]) -> ColumnElement[bool]:
    columns = TABLES[cls.KIND].c
    texts = [columns[name] for name in ("note", "comment") if name in columns]
    return and_(columns.private.is_(None), or_(*(func.trim(text) != "" for text in texts)))


@cache
def _numbers(kind: str, field: str, owner: str) -> Select[int]:
    table = TABLES[kind]
    return select(table.c[field]).where(table.c[owner] == bindparam("owner"))
