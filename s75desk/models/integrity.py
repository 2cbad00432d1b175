"""What can be wrong with a whole file: SQLite's own checks, its tables and triggers, cells that nobody wrote so."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, text

from s75desk.domain.records import KINDS
from s75desk.models.columns import UNREADABLE, ChoiceColumn, Kept
from s75desk.models.tables import EXTRAS, METADATA, TABLES

_OF_SEARCH = "search"
"""How the tables begin that SQLite keeps for the full-text index."""


def problems(connection: Connection) -> list[str]:
    """What ``integrity_check`` and ``foreign_key_check`` find, in SQLite's words; [] for a whole file."""
    found = [str(row[0]) for row in connection.execute(text("PRAGMA integrity_check")) if row[0] != "ok"]
    found += [
        f"{row[0]} refers to a {row[2]} that is not there"
        for row in connection.execute(text("PRAGMA foreign_key_check"))
    ]
    return found


def strangers(connection: Connection) -> list[str]:
    """Tables, triggers and views that are missing, changed, or not of this program; [] where all is as it was made."""
    schema = connection.execute(text("SELECT type, name, sql FROM sqlite_schema"))
    there = {(str(kind), str(name)): str(sql or "") for kind, name, sql in schema if not name.startswith("sqlite_")}
    triggers = {_name_of(sql): sql for sql in EXTRAS if sql.startswith("CREATE TRIGGER")}
    found = [f"The table {name} is missing." for name in METADATA.tables if ("table", name) not in there]
    for name, sql in triggers.items():
        held = there.get(("trigger", name))
        if held is None or _plain(held) != _plain(sql):
            found.append(f"The safeguard {name} is {'missing' if held is None else 'changed'}.")
    for kind, name in there:
        known = kind == "index" or name in METADATA.tables or name in triggers or name.startswith(_OF_SEARCH)
        if not known:
            found.append(f"The {kind} {name} is not of this program.")
    return found


def unread_cells(connection: Connection) -> list[str]:
    """Values that this program has never written so, by record and field; they are shown as not known. [] for none."""
    return [words for kind in KINDS for words in _unread(connection, kind)]


def _unread(connection: Connection, kind: str) -> Iterator[str]:
    cls, table = KINDS[kind], TABLES[kind]
    for name, field in cls.fields().items():
        column = table.c[name].type
        held = f'"{kind}"."{name}"'
        wanted = f"{held} IS NOT NULL"
        if isinstance(column, ChoiceColumn):
            words = ", ".join("'" + str(one.value).replace("'", "''") + "'" for one in column.choices)
            wanted = f"{held} NOT IN ({words})"
        elif not isinstance(column, Kept):
            whole = column.python_type is int
            wanted = f"typeof({held}) NOT IN ('{'integer' if whole else 'text'}', 'null')"
        query = text(f'SELECT uid, {held} FROM "{kind}" WHERE {wanted}'.replace(":", "\\:"))  # noqa: S608 - our own names
        for uid, value in connection.execute(query):
            if not isinstance(column, Kept) or isinstance(column, ChoiceColumn) or not _can_be_read(column, value):
                yield f"{field.label} of a {cls.NOUN} cannot be read and is shown as not known ({kind} {uid})."


def _can_be_read(column: Kept[object], value: object) -> bool:
    try:
        column.read(value)
    except UNREADABLE:
        return False
    return True


def _name_of(sql: str) -> str:
    return sql.split()[2]


def _plain(sql: str) -> str:
    return " ".join(sql.split()).casefold()
