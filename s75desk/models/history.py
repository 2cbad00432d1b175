"""The history of a desk: append-only, each row chained to the one before by its hash.

A row's hash is SHA-256 over the previous hash and the row's own contents as canonical JSON. Changing, removing or
slipping in any row breaks every hash after it; ``verify`` finds the first place. That rows are missing at the very end
no hash can tell, so the setting ``END`` keeps where the chain ends.

Each copy of a desk writes a chain of its own: a row names the copy that wrote it (``replica``) and the row whose value
it replaced (``parent``), and its hash covers both, and no number that was got by counting. So the chains of two copies
begin alike, part at one row, and can be told apart and put in order by cause; ``domain/causes.py`` does. Rows of the
versions before name no copy: they are sealed at the front, hashed as they were then, and none may follow later.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, LargeBinary, Row, cast, func, insert, select, text

from s75desk.domain.causes import Link
from s75desk.domain.field_text import moment_text
from s75desk.models import settings
from s75desk.models.tables import HISTORY

GENESIS = "0" * 64
"""What the first row is chained to."""

END = "history_end"
"""Key of the setting that says where the chain ends, as ``seq:hash``. A desk written before it was kept has none."""

REPLICA = "replica"
"""Key of the setting that says which copy of the desk this is; made with the first row that it writes."""

_CHAINED = ("change_id", "at", "who", "label", "kind", "uid", "field", "before", "after")
"""What the hash of a row covers besides the hash before and whose it is, in this order."""


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
    if not steps:
        return
    last = connection.execute(_LAST).one_or_none()
    seq, chained = (last.seq, last.hash) if last else (0, GENESIS)
    replica = _replica(connection)
    parents = _newest_of(connection, {step.uid for step in steps if step.field})
    rows: list[dict[str, Any]] = []
    for step in steps:
        seq += 1
        parent = parents.get((step.uid, step.field), parents.get((step.uid, "")) if step.field else None)
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
        values = [moment_text(at) if name == "at" else row[name] for name in _CHAINED]
        chained = _row_hash(chained, seq, values, replica, parent)
        parents[step.uid, step.field] = chained
        rows.append(row | {"hash": chained, "replica": replica, "parent": parent})
    connection.execute(_APPEND, rows)
    settings.put(connection, END, f"{seq}:{chained}")


def _replica(connection: Connection) -> str:
    """Which copy of the desk writes."""
    found = settings.get(connection, REPLICA)
    if not found:
        found = str(uuid4())
        settings.put(connection, REPLICA, found)
    return found


def part_from(connection: Connection, noted: str, head: str) -> None:
    """See to it that this file writes a chain that is its own alone. The caller holds the write lock.

    Args:
        connection: On a file that was opened.
        noted: The copy that the file at this place was when it was last seen; "" when it was never seen.
        head: The last row of its history then.
    """
    if not settings.get(connection, REPLICA):
        return  # It has written nothing, and will name itself when it does.
    # A copy, a backup brought back, a file that a sync program wrote from another state: what the file that was here
    # wrote since is somewhere else now, and two different rows must not come next in one chain.
    settings.put(connection, REPLICA, noted if noted and holds(connection, head) else "")


def is_own(connection: Connection, noted: str, head: str) -> bool:
    """Whether the next row can be written as it is: the file is the copy that was seen at its place."""
    named = settings.get(connection, REPLICA)
    return not named or (named == noted and holds(connection, head))


def _newest_of(connection: Connection, uids: Iterable[str]) -> dict[tuple[str, str], str]:
    """The hash of the newest row about each field of these records, by uid and field."""
    found: dict[tuple[str, str], str] = {}
    wanted = sorted(uids)
    for start in range(0, len(wanted), 500):
        some = HISTORY.c.uid.in_(wanted[start : start + 500])
        newest = select(func.max(HISTORY.c.seq)).where(some).group_by(HISTORY.c.uid, HISTORY.c.field)
        rows = select(HISTORY.c.uid, HISTORY.c.field, HISTORY.c.hash).where(HISTORY.c.seq.in_(newest))
        found |= {(row.uid, row.field): row.hash for row in connection.execute(rows)}
    return found


def _row_hash(
    previous: str, seq: int, values: Sequence[str | None], replica: str | None = None, parent: str | None = None
) -> str:
    """The hash of a row, given the hash of the one before and what lies in ``_CHAINED`` as the file holds it."""
    parts = [previous, seq, *values] if replica is None else [previous, *values, replica, parent]
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def verify(connection: Connection) -> int | None:
    """The seq of the first row at which the chain is broken, or None when the whole chain holds."""
    # As bytes: what has been tampered with may be no date, or no text at all.
    names = ("hash", *_CHAINED, *(name for name in ("replica", "parent") if _has(connection, name)))
    raw = [cast(HISTORY.c[name], LargeBinary) for name in names]
    chained, expected, sealed = GENESIS, 1, True
    for seq, stated, *values in connection.execute(select(HISTORY.c.seq, *raw).order_by(HISTORY.c.seq)):
        try:
            held = [None if value is None else value.decode() for value in values]
        except UnicodeDecodeError:
            return expected
        values, whose = held[: len(_CHAINED)], held[len(_CHAINED) :] or [None, None]
        sealed = sealed and whose[0] is None
        if seq != expected or (whose == [None, None]) is not sealed:
            return expected
        if _row_hash(chained, seq, values, *whose).encode() != stated:
            return expected
        chained, expected = stated.decode(), expected + 1
    return _past_end(settings.get(connection, END), expected - 1, chained)


def _has(connection: Connection, column: str) -> bool:
    """Whether the table has a column: a backup may be of an older version."""
    query = text("SELECT count(*) FROM pragma_table_info('history') WHERE name = :column")
    return bool(connection.execute(query, {"column": column}).scalar_one())


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
    return Entry(**{name: row._mapping[name] for name in Entry.__slots__})


def links(connection: Connection) -> list[Link]:
    """The whole history as what follows what, in order; for putting the changes of two copies in order by cause."""
    columns = [HISTORY.c[name] for name in ("hash", "replica", "uid", "field", "parent")]
    previous, found = GENESIS, []
    for row in connection.execute(select(*columns).order_by(HISTORY.c.seq)):
        found.append(Link(row.hash, previous, row.replica or "", row.uid, row.field, row.parent or ""))
        previous = row.hash
    return found


def head(connection: Connection) -> str:
    """The hash of the last row; ``GENESIS`` for a history without any."""
    last = connection.execute(_LAST).one_or_none()
    return str(last.hash) if last else GENESIS


def holds(connection: Connection, hash_: str) -> bool:
    """Whether a row of this hash is in the history."""
    return (
        hash_ == GENESIS or connection.execute(select(HISTORY.c.seq).where(HISTORY.c.hash == hash_)).first() is not None
    )
