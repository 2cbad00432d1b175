"""How SQLAlchemy reaches a desk: one pool of keyed connections, explicit transactions, the PRAGMAs of a safe file.

The pool is a ``QueuePool``: a connection belongs to one transaction at a time, whatever thread runs it, so a long read
never sees half of a write, and in a file with a log beside it neither waits for the other. One that writes and two that
read are kept, which spares the opening. No ``StaticPool``: its one connection would mix the transactions of two
threads. The passphrase is in no URL and no statement, and parameters are kept out of messages.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import QueuePool
from sqlcipher3 import dbapi2

from s75desk.domain.lanes import go_on, told_to_stop
from s75desk.models.cipher import Key, connect

WRITING = {"desk_begin": "BEGIN IMMEDIATE"}
"""Execution options of a connection that is going to write: it takes the write lock at once, not half way."""

OUTSIDE = {"desk_begin": ""}
"""Execution options of a connection for what SQLite does only outside a transaction."""

_STEPS = 100_000
"""So many steps of SQLite's machine, about a hundredth of a second, between two questions whether to go on."""

_PRAGMAS = (
    "foreign_keys = ON",
    "synchronous = FULL",
    # On macOS only these reach the disk's platter; elsewhere they change nothing.
    "fullfsync = ON",
    "checkpoint_fullfsync = ON",
    "trusted_schema = OFF",
    "temp_store = MEMORY",  # Nothing of an encrypted desk in a temporary file.
    "cache_size = -16000",
    "journal_size_limit = 67108864",
)


def set_up(connection: Any) -> None:
    """Give a bare connection the PRAGMAs that every connection to a desk has."""
    try:
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}").close()
    except UnicodeDecodeError:
        # SQLite reads the definitions now. Where damage has left no text in them, the driver cannot even say so.
        raise dbapi2.DatabaseError("database disk image is malformed") from None


def make_engine(path: Path, key: Callable[[], Key | None], *, mode: str = "mode=rw") -> Engine:
    """An engine for a desk file that exists.

    Args:
        path: The file.
        key: Asked at every new connection, so that a change of passphrase needs no new engine.
        mode: How to open it; see ``cipher.connect``.
    """

    def creator() -> Any:
        connection = connect(path, key(), mode=mode)
        try:
            set_up(connection)
            # SQLite asks on the thread that runs the statement; one that is broken off undoes itself.
            connection.set_progress_handler(told_to_stop, _STEPS)
        except BaseException:
            connection.close()
            raise
        return connection

    engine = create_engine(
        "sqlite://",
        module=dbapi2,
        creator=creator,
        poolclass=QueuePool,
        pool_size=3,
        max_overflow=7,
        hide_parameters=True,
    )
    event.listen(engine, "begin", _begin)
    event.listen(engine, "before_cursor_execute", _go_on)
    return engine


def _go_on(*_: object) -> None:
    go_on()


def _begin(connection: Connection) -> None:
    statement = connection.get_execution_options().get("desk_begin", "BEGIN")
    if statement:
        connection.exec_driver_sql(statement)
