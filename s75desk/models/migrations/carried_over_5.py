"""What version 5 carries over by hand: values that a rebuilt table does not take along by itself.

Each subject has a function of its own here; ``before`` runs while the tables are still those of version 4.
"""

from __future__ import annotations

import json
import re
import uuid

from alembic.operations import Operations
from sqlalchemy import text

_POSTCODE = re.compile(r"\b([A-Z]{1,2}\d[A-Z\d]?)\s*(\d[A-Z]{2})\b", re.IGNORECASE)

_OF_VISITS = uuid.UUID("9c1f2f8e-54a3-4a55-9c1f-7575de5c0a11")
"""What the uids of records are made from of which a visit has only one."""

_LENGTHS = (
    ("agreement", "initial_months", "first_term", 12),
    ("agreement", "notice_months", "notice", 0),
    ("extension", "months", "length", 12),
    ("service", "visit_every_months", "visit_every", 0),
)
"""Months that are lengths now: table, column of version 4, column of version 5, and how many make a year there."""


def before(op: Operations) -> None:
    """Keep what would be lost when a table is rebuilt."""
    _keep_months(op)


def after(op: Operations) -> None:
    """Fill the columns and tables that are new."""
    find_addresses(op)
    _months_to_lengths(op)
    _looked_at(op)


def find_addresses(op: Operations) -> None:
    """Let Ctrl+K find providers and services by their address, and by their postcode in one piece."""
    connection = op.get_bind()
    for kind in ("provider", "service"):
        rows = connection.execute(
            text(
                f"SELECT r.id, search.body, t.address, t.postcode FROM {kind} t "  # noqa: S608 - names of our own
                "JOIN search_row r ON r.uid = t.uid JOIN search ON search.rowid = r.id "
                "WHERE t.address IS NOT NULL OR t.postcode IS NOT NULL"
            )
        ).all()
        for row in rows:
            said = "\n".join(part for part in (row.body, row.address) if part)
            joined = (f"{out}{within}".upper() for out, within in _POSTCODE.findall(said))
            body = "\n".join((said, *dict.fromkeys(joined)))
            connection.execute(text("UPDATE search SET body = :body WHERE rowid = :id"), {"body": body, "id": row.id})


def _looked_at(op: Operations) -> None:
    """Our assessment that came of a signed visit says how many of its questions were looked at, as was signed."""
    connection = op.get_bind()
    signed = connection.execute(
        text(
            "SELECT v.visit, b.data FROM visit_version v JOIN blob b ON b.sha256 = v.sha256 "
            "WHERE v.number = (SELECT MAX(n.number) FROM visit_version n WHERE n.visit = v.visit)"
        )
    )
    for visit, data in signed:
        try:
            overall = json.loads(data)["rating"]["overall"]
            asked, done = int(overall["questions"]), int(overall["answered"])
        except (ValueError, KeyError, TypeError):
            continue  # damaged: ``check`` names it, and nothing is known of how much was looked at
        values = {"asked": asked, "done": done, "uid": str(uuid.uuid5(_OF_VISITS, f"{visit}/assessment"))}
        connection.execute(text("UPDATE rating SET asked = :asked, looked_at = :done WHERE uid = :uid"), values)


def _keep_months(op: Operations) -> None:
    for table, months, length, _ in _LENGTHS:
        op.execute(f"CREATE TEMP TABLE kept_{length} AS SELECT uid, {months} AS months FROM {table}")  # noqa: S608


def _months_to_lengths(op: Operations) -> None:
    """A term of 36 becomes "3 years", one of 18 "18 months"; a notice of 12 "12 months", one of 0 "none"."""
    for table, _, length, year in _LENGTHS:
        op.execute(
            f"UPDATE {table} SET {length} = (SELECT CASE WHEN months = 0 THEN 'none' "  # noqa: S608
            f"WHEN months % {year} = 0 THEN (months / 12) || (CASE months WHEN 12 THEN ' year' ELSE ' years' END) "
            "ELSE months || (CASE months WHEN 1 THEN ' month' ELSE ' months' END) END "
            f"FROM kept_{length} WHERE kept_{length}.uid = {table}.uid)"
        )
        op.execute(f"DROP TABLE kept_{length}")
