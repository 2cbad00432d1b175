"""Giving an open desk a passphrase, another one, or none, so that a kill at any moment leaves it whole.

A new file is written beside the desk, compared with it row by row, and put in its place in one step. Until that step
the desk opens as before; after it, with the new passphrase.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing, suppress
from itertools import zip_longest
from pathlib import Path
from typing import Any

from s75desk.domain.errors import DeskDamaged, DeskInUse
from s75desk.models.backup import Advance, check_pages, unseen
from s75desk.models.cipher import Key, connect, uri
from s75desk.models.desk_file import NEW, DeskFile
from s75desk.models.files import beside, put_in_place, remove_database, reserve
from s75desk.models.trouble import CHANGING_PASSPHRASE, explained

_WRITTEN, _CHECKED = 0.5, 0.6  # Shares of the work, roughly: writing, SQLite's check, comparing.


def change_passphrase(desk: DeskFile, passphrase: str | None, *, advance: Advance = unseen) -> None:
    """Encrypt an open desk with ``passphrase``, or lay it open with None or "".

    Backups that were made before keep the passphrase they were made with.

    Args:
        desk: The desk; it stays open. Its transactions wait meanwhile.
        passphrase: The new one.
        advance: Told the share that is done. What it raises leaves the desk as it was.

    Raises:
        DiskTrouble: There is no room for a second copy, or the disk is failing; the desk opens as before.
        DeskInUse: Another program or another thread holds the file.
        DeskDamaged: The copy was not the same as the desk.
    """
    if not passphrase and not desk.encrypted:
        return
    with explained(CHANGING_PASSPHRASE, near=desk.path), desk.alone():
        made = beside(desk.path, NEW)
        key = Key.fresh(passphrase)
        try:
            remove_database(made)
            reserve(made)
            _export(desk, made, key)
            advance(_WRITTEN)
            check_pages(made, key, CHANGING_PASSPHRASE)
            advance(_CHECKED)
            _compare(desk, made, key)
            advance(1.0)  # The last call at which it can still be stopped: what follows is one step.
            shutil.copymode(desk.path, made)
            _refuse_a_log(desk.path)
            put_in_place(made, desk.path)
        finally:
            with suppress(OSError):
                remove_database(made)
        desk.replaced(key)


def _export(desk: DeskFile, made: Path, key: Key | None) -> None:
    with closing(connect(desk.path, desk.key)) as source:
        # All of the desk in its one file: a log left beside it would be taken for the new file's.
        busy, _, _ = source.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if busy:
            raise _held()
        source.execute("ATTACH ? AS fresh KEY ?", (uri(made, "mode=rw"), key.literal if key else "")).close()
        source.execute("PRAGMA fresh.journal_mode = OFF").close()
        source.execute("PRAGMA fresh.synchronous = OFF").close()  # It is synced as a whole before it counts.
        source.execute("SELECT sqlcipher_export('fresh')").fetchall()
        for pragma in ("application_id", "user_version"):
            (value,) = source.execute(f"PRAGMA main.{pragma}").fetchone()
            source.execute(f"PRAGMA fresh.{pragma} = {value}").close()
        source.execute("DETACH fresh").close()


def _compare(desk: DeskFile, made: Path, key: Key | None) -> None:
    """Compare every table's rows and every definition of the two files."""
    immutable = "immutable=1"
    with (
        closing(connect(desk.path, desk.key, mode=immutable)) as before,
        closing(connect(made, key, mode=immutable)) as after,
    ):
        for one, other in zip_longest(_contents(before), _contents(after)):
            if one != other:
                raise DeskDamaged(
                    "Passphrase not changed: the new copy was not the same as the desk. The desk opens as before.",
                    "Back the desk up and have it checked.",
                )


def _contents(connection: Any) -> Iterator[object]:
    """Definitions in the order of their names, then the rows of each table in the order they lie in."""
    definitions = connection.execute(
        "SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite~_%' ESCAPE '~'"
        " ORDER BY name, type"
    ).fetchall()
    yield from definitions
    for kind, name, _, sql in definitions:
        if kind == "table" and not sql.upper().startswith("CREATE VIRTUAL"):
            order = "" if "WITHOUT ROWID" in sql.upper() else " ORDER BY rowid"
            quoted = name.replace('"', '""')
            yield from connection.execute(f'SELECT * FROM "{quoted}"{order}')  # noqa: S608 - the desk's own name.


def _refuse_a_log(path: Path) -> None:
    """A log that another program keeps open beside the desk would be read into the new file."""
    log = beside(path, "-wal")
    if log.exists() and log.stat().st_size:
        raise _held()
    for ending in ("-wal", "-shm"):
        beside(path, ending).unlink(missing_ok=True)


def _held() -> DeskInUse:
    return DeskInUse(
        "Passphrase not changed: another program is using the desk file. The desk opens as before.",
        "Close the program that copies or synchronises it, then try again.",
    )
