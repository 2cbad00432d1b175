"""Bytes kept inside the desk, each once, under their SHA-256."""

from __future__ import annotations

import hashlib

from sqlalchemy import Connection, LargeBinary, cast, select
from sqlalchemy.dialects.sqlite import insert

from s75desk.domain.records import Briefing, Document, VisitPhoto
from s75desk.models.tables import BLOB, TABLES


def put(connection: Connection, data: bytes) -> str:
    """Keep bytes and return their fingerprint; bytes that are already there are not kept twice."""
    fingerprint = hashlib.sha256(data).hexdigest()
    connection.execute(insert(BLOB).values(sha256=fingerprint, size=len(data), data=data).on_conflict_do_nothing())
    return fingerprint


def get(connection: Connection, fingerprint: str) -> bytes | None:
    """The bytes, or None if the desk does not hold them."""
    found = connection.execute(select(BLOB.c.data).where(BLOB.c.sha256 == fingerprint)).scalar_one_or_none()
    return None if found is None else bytes(found)


def damaged(connection: Connection) -> list[str]:
    """Fingerprints whose bytes no longer match them."""
    fingerprints = connection.execute(select(BLOB.c.sha256).order_by(BLOB.c.sha256)).scalars().all()
    return [held for held in fingerprints if not _matches(connection, held)]


def missing(connection: Connection) -> list[str]:
    """Records whose file the desk does not hold any more, a sentence each."""
    found = []
    for cls in (Document, Briefing, VisitPhoto):
        table = TABLES[cls.KIND]
        query = (
            select(table.c.uid)
            .outerjoin(BLOB, BLOB.c.sha256 == table.c.sha256)
            .where(table.c.sha256 != "", BLOB.c.sha256.is_(None))
        )
        for uid in connection.execute(query).scalars():
            found.append(f"The file of a {cls.NOUN} is not in the desk any more ({cls.KIND} {uid}).")
    return found


def _matches(connection: Connection, fingerprint: str) -> bool:
    """Read one file alone, as bytes whatever has become of it: together they may be larger than the memory."""
    data = connection.execute(select(cast(BLOB.c.data, LargeBinary)).where(BLOB.c.sha256 == fingerprint)).scalar_one()
    return hashlib.sha256(data).hexdigest() == fingerprint
