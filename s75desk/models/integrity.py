"""SQLite's own checks of a whole file."""

from __future__ import annotations

from sqlalchemy import Connection, text


def problems(connection: Connection) -> list[str]:
    """What ``integrity_check`` and ``foreign_key_check`` find, in SQLite's words; [] for a whole file."""
    found = [str(row[0]) for row in connection.execute(text("PRAGMA integrity_check")) if row[0] != "ok"]
    found += [
        f"{row[0]} refers to a {row[2]} that is not there"
        for row in connection.execute(text("PRAGMA foreign_key_check"))
    ]
    return found
