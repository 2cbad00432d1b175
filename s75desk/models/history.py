"""The history of a desk: append-only, each row chained to the one before by its hash.

A row's hash is SHA-256 over the previous hash and the row's own contents as canonical JSON. Changing, removing or
slipping in any row breaks every hash after it; ``verify`` finds the first place. That rows are missing at the very end
no hash can tell, so the setting ``END`` keeps where the chain ends.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, LargeBinary, Row, cast, func, insert, select

from s75desk.domain.field_text import moment_text
from s75desk.models import settings
from s75desk.models.tables import HISTORY

GENESIS = "0" * 64
"""What the first row is chained to."""

END = "history_end"
"""Key of the setting that says where the chain ends, as ``seq:hash``. A desk written before it was kept has none."""

_CHAINED = ("change_id", "at", "who", "label", "kind", "uid", "field", "before", "after")
"""What the hash of a row covers besides the hash before and the place in the chain, in this order."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of history.

    Attributes:
        seq: Place in the chain, from 1.
        change_id: Rows of one change share it.
        at: When, UTC.
        who: Who made the change, as the desk knows them.
        label: What the change was, in words.
        kind: Record kind.
        uid: Record.
        field: Field that changed; "" for the creation of the record as a whole.
        before: Value before as text, None for not known or not there.
        after: Value after as text; for a creation, every known value as JSON.
    """

    seq: int
    change_id: str
    at: datetime
    who: str
    label: str
    kind: str
    uid: str
    field: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Step:
    """What is to be appended: one field of one record."""

    kind: str
    uid: str
    field: str
    before: str | None
    after: str | None


_LAST = select(HISTORY.c.seq, HISTORY.c.hash).order_by(HISTORY.c.seq.desc()).limit(1)
_APPEND = insert(HISTORY)


def append(
    connection: Connection, steps: Sequence[Step], *, change_id: str, at: datetime, who: str, label: str
) -> None:
    """Add the steps of one change to the end of the chain. The caller holds the write lock."""
    last = connection.execute(_LAST).one_or_none()
    seq, chained = (last.seq, last.hash) if last else (0, GENESIS)
    rows: list[dict[str, Any]] = []
    for step in steps:
        seq += 1
        row: dict[str, Any] = {
            "seq": seq,
            "change_id": change_id,
            "at": at,
            "who": who,
            "label": label,
            "kind": step.kind,
            "uid": step.uid,
            "field": step.field,
            "before": step.before,
            "after": step.after,
        }
        chained = _row_hash(chained, seq, [moment_text(at) if name == "at" else row[name] for name in _CHAINED])
        rows.append(row | {"hash": chained})
    if rows:
        connection.execute(_APPEND, rows)
        settings.put(connection, END, f"{seq}:{chained}")


def _row_hash(previous: str, seq: int, values: Sequence[str | None]) -> str:
    """The hash of a row, given the hash of the one before and what lies in ``_CHAINED`` as the file holds it."""
    parts = [previous, seq, *values]
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def verify(connection: Connection) -> int | None:
    """The seq of the first row at which the chain is broken, or None when the whole chain holds."""
    # As bytes: what has been tampered with may be no date, or no text at all.
    raw = [cast(HISTORY.c[name], LargeBinary) for name in ("hash", *_CHAINED)]
    chained, expected = GENESIS, 1
    for seq, stated, *values in connection.execute(select(HISTORY.c.seq, *raw).order_by(HISTORY.c.seq)):
        try:
            held = [None if value is None else value.decode() for value in values]
        except UnicodeDecodeError:
            return expected
        if seq != expected or _row_hash(chained, seq, held).encode() != stated:
            return expected
        chained, expected = stated.decode(), expected + 1
    return _past_end(settings.get(connection, END), expected - 1, chained)


def _past_end(kept: str, last: int, chained: str) -> int | None:
    """The first row that is missing, added or written anew at the end, by what was kept of it; None if it agrees."""
    if not kept or kept == f"{last}:{chained}":
        return None
    seq = kept.partition(":")[0]
    if not seq.isdecimal() or int(seq) > last:
        return last + 1
    return last if int(seq) == last else int(seq) + 1


def length(connection: Connection) -> int:
    """How many rows the history has; unchanged means that nothing was written."""
    return int(connection.execute(select(func.coalesce(func.max(HISTORY.c.seq), 0))).scalar_one())


def of_change(connection: Connection, change_id: str) -> list[Entry]:
    """The rows of one change, in order."""
    query = select(HISTORY).where(HISTORY.c.change_id == change_id).order_by(HISTORY.c.seq)
    return [_entry(row) for row in connection.execute(query)]


def of_records(connection: Connection, uids: Sequence[str], limit: int = 500) -> list[Entry]:
    """The newest rows about any of these records, newest first."""
    query = select(HISTORY).where(HISTORY.c.uid.in_(list(uids))).order_by(HISTORY.c.seq.desc()).limit(limit)
    return [_entry(row) for row in connection.execute(query)]


def last_of(connection: Connection, uids: Iterable[str]) -> dict[str, tuple[int, datetime]]:
    """Place in the chain and moment of the newest row about each of these records, by uid."""
    found: dict[str, tuple[int, datetime]] = {}
    wanted = sorted(uids)
    for start in range(0, len(wanted), 500):
        some = wanted[start : start + 500]
        newest = select(func.max(HISTORY.c.seq)).where(HISTORY.c.uid.in_(some)).group_by(HISTORY.c.uid)
        rows = connection.execute(select(HISTORY.c.uid, HISTORY.c.seq, HISTORY.c.at).where(HISTORY.c.seq.in_(newest)))
        found |= {row.uid: (row.seq, row.at) for row in rows}
    return found


def of_field(connection: Connection, uid: str, field: str) -> list[Entry]:
    """Every row about one field of a record, newest first; "" for its creation."""
    query = select(HISTORY).where(HISTORY.c.uid == uid, HISTORY.c.field == field).order_by(HISTORY.c.seq.desc())
    return [_entry(row) for row in connection.execute(query)]


def since(connection: Connection, seq: int, uids: Sequence[str]) -> list[Entry]:
    """The rows about any of these records from a place in the chain on, in order."""
    query = select(HISTORY).where(HISTORY.c.seq >= seq, HISTORY.c.uid.in_(list(uids))).order_by(HISTORY.c.seq)
    return [_entry(row) for row in connection.execute(query)]


def created(connection: Connection, kind: str) -> list[Entry]:
    """The rows that tell of the creation of each record of a kind, oldest first."""
    query = select(HISTORY).where(HISTORY.c.kind == kind, HISTORY.c.field == "").order_by(HISTORY.c.seq)
    return [_entry(row) for row in connection.execute(query)]


@dataclass(frozen=True, slots=True)
class Told:
    """What a row of history says without its values, which may be long."""

    change_id: str
    at: datetime
    who: str
    label: str
    kind: str
    uid: str
    field: str


def newest(connection: Connection, limit: int) -> list[Told]:
    """The newest rows of the whole desk without their values, newest first."""
    columns = [HISTORY.c[name] for name in Told.__slots__]
    query = select(*columns).order_by(HISTORY.c.seq.desc()).limit(limit)
    return [Told(*row) for row in connection.execute(query)]


def latest(connection: Connection, limit: int = 500) -> list[Entry]:
    """The newest rows of the whole desk, newest first."""
    query = select(HISTORY).order_by(HISTORY.c.seq.desc()).limit(limit)
    return [_entry(row) for row in connection.execute(query)]


def _entry(row: Row[Any]) -> Entry:
    values = dict(row._mapping)
    values.pop("hash")
    return Entry(**values)
