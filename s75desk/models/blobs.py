"""Bytes kept inside the desk, each once, under their SHA-256."""

from __future__ import annotations

import hashlib

from sqlalchemy import Connection, select
from sqlalchemy.dialects.sqlite import insert

from s75desk.models.tables import BLOB


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
    rows = connection.execute(select(BLOB.c.sha256, BLOB.c.data))
    return [row.sha256 for row in rows if hashlib.sha256(row.data).hexdigest() != row.sha256]
