"""Proving that a backup can be restored: open it, look at every page, count what it holds, verify what is chained."""

from __future__ import annotations

from contextlib import closing

from sqlalchemy import func, select
from sqlalchemy.exc import DatabaseError
from sqlcipher3 import dbapi2

from s75desk.domain.errors import DeskDamaged
from s75desk.models import blobs, history, integrity
from s75desk.models.backup import Backup
from s75desk.models.cipher import Key, connect
from s75desk.models.engine import make_engine
from s75desk.models.schema import facts
from s75desk.models.tables import METADATA
from s75desk.models.trouble import OPENING, explained

_IMMUTABLE = "immutable=1"  # A backup has no log, and nothing is to be left beside it.


def opens(backup: Backup, key: Key | None) -> bool:
    """Whether the key is the one that a backup was made with."""
    try:
        with closing(connect(backup.path, key, mode=_IMMUTABLE)) as connection:
            connection.execute("SELECT count(*) FROM sqlite_schema").close()
    except dbapi2.DatabaseError:
        return False
    return True


def prove(backup: Backup, key: Key | None, desk_id: str) -> int:
    """Open a backup as a restore would and read all of it.

    Args:
        backup: The backup.
        key: The one it was made with.
        desk_id: The desk whose it is.

    Returns:
        How many records, rows of history and files it holds.

    Raises:
        DeskDamaged: It would not restore the desk, and why.
        DiskTrouble: It cannot be read.
    """
    engine = make_engine(backup.path, lambda: key, mode=_IMMUTABLE)
    try:
        with explained(OPENING, near=backup.path), engine.connect() as connection:
            found = facts(connection)
            faults = integrity.problems(connection)
            if found is None or found.desk_id != desk_id:
                faults.append("it is another desk's")
            broken = history.verify(connection)
            if broken is not None:
                faults.append(f"its history is broken at row {broken:,}")
            faults += [f"its file {name[:12]} has changed" for name in blobs.damaged(connection)]
            if faults:
                raise DeskDamaged(faults[0])
            there = set(connection.exec_driver_sql("SELECT name FROM sqlite_schema WHERE type = 'table'").scalars())
            held = [table for table in METADATA.sorted_tables if table.name in there]
            return sum(connection.execute(select(func.count()).select_from(table)).scalar_one() for table in held)
    except (DatabaseError, DeskDamaged) as error:
        raise _damaged(backup, str(error)) from error
    finally:
        engine.dispose()


def _damaged(backup: Backup, why: str) -> DeskDamaged:
    return DeskDamaged(
        f"The backup {backup.path.name} cannot be trusted: {why.rstrip('.')}.", "Back the desk up again."
    )
