"""What version 5 carries over by hand: values that a rebuilt table does not take along by itself.

Each subject has a function of its own here; ``before`` runs while the tables are still those of version 4.
"""

from __future__ import annotations

import re

from alembic.operations import Operations
from sqlalchemy import text

_POSTCODE = re.compile(r"\b([A-Z]{1,2}\d[A-Z\d]?)\s*(\d[A-Z]{2})\b", re.IGNORECASE)


def before(op: Operations) -> None:
    """Keep what would be lost when a table is rebuilt."""


def after(op: Operations) -> None:
    """Fill the columns and tables that are new."""
    find_addresses(op)


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
