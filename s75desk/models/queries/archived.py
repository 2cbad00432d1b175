"""Archived records of any kind, and by whom each was archived."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, func, select

from s75desk.domain.records import KINDS, Record
from s75desk.models.repository import Repository
from s75desk.models.tables import HISTORY, TABLES

_FIELD = "archived_at"
_AT_ONCE = 500


def archived_records(connection: Connection) -> list[Record]:
    """Every archived record, newest first; kinds in their own order at the same moment, owners before the owned."""
    repository = Repository(connection)
    found: list[Record] = []
    for kind, cls in KINDS.items():
        found += repository.all(cls, TABLES[kind].c.archived_at.is_not(None), archived=True)
    found.sort(key=lambda record: record.archived_at.timestamp() if record.archived_at else 0.0, reverse=True)
    return found


def archived_by(connection: Connection, uids: Sequence[str]) -> dict[str, str]:
    """Who archived each record last, by uid; records whose history does not say are left out."""
    who: dict[str, str] = {}
    for start in range(0, len(uids), _AT_ONCE):
        some = list(uids[start : start + _AT_ONCE])
        last = (
            select(func.max(HISTORY.c.seq))
            .where(HISTORY.c.uid.in_(some), HISTORY.c.field == _FIELD, HISTORY.c.after.is_not(None))
            .group_by(HISTORY.c.uid)
        )
        rows = connection.execute(select(HISTORY.c.uid, HISTORY.c.who).where(HISTORY.c.seq.in_(last)))
        who |= {row.uid: row.who for row in rows}
    return who
