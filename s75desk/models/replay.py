"""Holds the records of a desk against its history: what is in the one must have come by the other."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, select, text

from s75desk.domain.field_text import text_to_value
from s75desk.domain.records import KINDS, Record
from s75desk.models.repository import Repository
from s75desk.models.tables import HISTORY, TABLES

_TOGETHER = 500
_MOST = 20
"""Faults of one kind that are named one by one."""

_ARCHIVED = "archived_at"


@dataclass(slots=True)
class _Told:
    """What history says of one record."""

    values: dict[str, str | None] = field(default_factory=dict)
    created: bool = False
    sealed: bool = False
    since: set[str] = field(default_factory=set)
    """Fields that were written by this version: an upgrade may have put others right without a row of history."""


def faults(connection: Connection) -> list[str]:
    """Records that were changed, removed or slipped in past the program, a sentence each; [] where all agree.

    Values that a version before this one wrote may have been put right by an upgrade, which writes no history: of
    those only what has been written since is held together.
    """
    older = connection.execute(select(HISTORY.c.seq).where(HISTORY.c.replica.is_(None)).limit(1)).first() is not None
    found: list[str] = []
    for kind, cls in KINDS.items():
        of_kind = [*_gone(connection, kind, cls), *_of_kind(connection, cls, older=older)]
        found += of_kind[:_MOST]
        if len(of_kind) > _MOST:
            found.append(f"{len(of_kind) - _MOST} more {cls.PLURAL} do not agree with their history.")
    return found


def _gone(connection: Connection, kind: str, cls: type[Record]) -> Iterator[str]:
    query = text(
        f'SELECT h.uid FROM history AS h LEFT JOIN "{kind}" AS t ON t.uid = h.uid '  # noqa: S608 - a kind's own name
        "WHERE h.kind = :kind AND h.field = '' AND t.uid IS NULL ORDER BY h.seq"
    )
    for (uid,) in connection.execute(query, {"kind": kind}):
        yield f"A {cls.NOUN} was removed past the program: {uid}."


def _of_kind(connection: Connection, cls: type[Record], *, older: bool) -> Iterator[str]:
    repository = Repository(connection)
    uids = [str(uid) for uid in connection.execute(select(TABLES[cls.KIND].c.uid)).scalars()]
    for start in range(0, len(uids), _TOGETHER):
        some = uids[start : start + _TOGETHER]
        told = _told(connection, cls, some)
        for uid, record in repository.by_uid(cls, some).items():
            said = told.get(uid, _Told())
            if not said.created:
                if not older:
                    yield f"{record.heading}: this {cls.NOUN} was put in past the program."
                continue
            wrong = [label for name, label in _fields(cls) if not _agrees(cls, name, record, said)]
            if wrong:
                yield f"{record.heading}: this {cls.NOUN} was changed past the program ({', '.join(wrong)})."


def _told(connection: Connection, cls: type[Record], uids: Iterable[str]) -> dict[str, _Told]:
    columns = (HISTORY.c.uid, HISTORY.c.field, HISTORY.c.after, HISTORY.c.replica)
    query = select(*columns).where(HISTORY.c.kind == cls.KIND, HISTORY.c.uid.in_(list(uids))).order_by(HISTORY.c.seq)
    found: dict[str, _Told] = {}
    for uid, name, after, replica in connection.execute(query):
        told = found.setdefault(uid, _Told())
        told.sealed = told.sealed or replica is None
        if not name:
            told.created = True
            told.values |= {cls.FORMERLY.get(one, one): value for one, value in _created(after).items()}
            continue
        now = cls.FORMERLY.get(name, name)
        told.values[now] = after
        if replica is not None:
            told.since.add(now)
    return found


def _created(after: str | None) -> dict[str, Any]:
    try:
        found = json.loads(after or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _fields(cls: type[Record]) -> Iterator[tuple[str, str]]:
    yield from ((name, one.label) for name, one in cls.fields().items())
    yield _ARCHIVED, "Archived"


def _agrees(cls: type[Record], name: str, record: Record, told: _Told) -> bool:
    if told.sealed and name not in told.since:
        return True
    said, held = told.values.get(name), getattr(record, name)
    if name == _ARCHIVED:
        return (said is None) == (held is None)
    try:
        return bool(text_to_value(cls.fields()[name], said) == held)
    except (ValueError, TypeError, ArithmeticError, KeyError):
        return False
