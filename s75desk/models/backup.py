"""Backups: a whole copy of a desk through SQLite's backup API, checked before it counts, encrypted like the desk.

Copying the file instead would lose what still lies in the write-ahead log. A backup keeps the passphrase that the desk
had when it was made.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlcipher3 import dbapi2

from s75desk.models.cipher import Key, Look, connect, look
from s75desk.models.files import beside, put_in_place, remove_database, reserve
from s75desk.models.lines import Line, Lines
from s75desk.models.rotation import to_keep
from s75desk.models.trouble import BACKING_UP, Task, damaged, explained

if TYPE_CHECKING:
    from s75desk.models.desk_file import DeskFile

ENDING = ".s75desk-backup"
_NAME = re.compile(r"(?P<desk>.*) (?P<at>\d{4}-\d\d-\d\d \d{6}\.\d{3}Z) (?P<mark>[0-9a-f]{8})" + re.escape(ENDING))
_TIME = "%Y-%m-%d %H%M%S.%f"
_PAGES = 2048  # 8 MB: several reports of progress a second, and a cancel that is heard.

Advance = Callable[[float], None]
"""Told the share that is done, from 0 to 1. What it raises ends the copy and leaves nothing behind."""


def unseen(share: float) -> None:
    """Show no progress."""


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup in a folder.

    Attributes:
        path: The file.
        desk_name: Name of the desk file it was made from, without its ending.
        at: When it was made, UTC.
        size: In bytes.
        encrypted: Whether it needs the passphrase that the desk had then.
        mark: Of the line it belongs to; see ``lines``.
    """

    path: Path
    desk_name: str
    at: datetime
    size: int
    encrypted: bool
    mark: str = ""


def folder_of(root: Path, desk_id: str) -> Path:
    """Where the backups of one desk lie below the folder of all backups."""
    return root / desk_id


def make_backup(
    desk: DeskFile,
    root: Path,
    now: datetime,
    *,
    even_if_unchanged: bool = False,
    advance: Advance = unseen,
) -> Backup | None:
    """Back up an open desk and thin out its old backups. Others may read and write it meanwhile.

    Args:
        desk: The desk.
        root: Folder of all backups; made if missing.
        now: The moment, UTC; part of the name.
        even_if_unchanged: Make one also when the last one holds the same.
        advance: Told how far it is.

    Returns:
        The backup; None when the desk has not changed since the last one.

    Raises:
        DiskTrouble: The disk is full, read-only, gone or failing; older backups are as they were.
        DeskDamaged: The copy did not pass SQLite's check.
    """
    folder = folder_of(root, desk.desk_id)
    line = line_of(root, desk.origin, desk.desk_id, desk.key)
    if not even_if_unchanged and _unchanged(desk.path, desk.key, folder, line.mark):
        return None
    made = back_up_file(desk.path, desk.key, desk.desk_id, root, now, line.mark, advance=advance)
    with explained(BACKING_UP):
        thin_out(folder, now, line.mark)
    return made


def line_of(root: Path, path: Path, desk_id: str, key: Key | None) -> Line:
    """The line to which the backups of the desk at ``path`` belong; noted if it was not known."""
    return Lines(folder_of(root, desk_id), desk_id).of(path, lambda place: _holds(place, desk_id, key), _names_of)


def _holds(place: Path, desk_id: str, key: Key | None) -> bool:
    """Whether a desk is still where it was; also when that cannot be made out."""
    try:
        return place.exists() and id_of(place, key, mode="immutable=1") == desk_id
    except (dbapi2.Error, OSError, TypeError):
        return True


def _names_of(folder: Path) -> dict[str, str]:
    """The name that the newest backup of each line has, by the line's mark."""
    return {backup.mark: backup.desk_name for backup in reversed(list_backups(folder))}


def back_up_file(
    path: Path, key: Key | None, desk_id: str, root: Path, now: datetime, mark: str, *, advance: Advance = unseen
) -> Backup:
    """Back up a desk that is locked and unlocked but not yet open: before an upgrade. See ``make_backup``."""
    folder = folder_of(root, desk_id)
    moment = now.astimezone(UTC).strftime(_TIME)[:-3]
    target = folder / f"{path.stem} {moment}Z {mark}{ENDING}"
    with explained(BACKING_UP, near=target):
        folder.mkdir(parents=True, exist_ok=True)
        copy_database(path, key, target, BACKING_UP, advance=advance)
        found = read_name(target)
    if found is None:
        raise RuntimeError(f"the name of a backup cannot be read back: {target.name}")
    return found


def copy_database(
    source: Path, key: Key | None, target: Path, task: Task, *, mode: str = "mode=rw", advance: Advance = unseen
) -> None:
    """Copy a database whole, with what lies in its write-ahead log, check the copy and give it its name in one step.

    Args:
        source: The database; may be in use.
        key: Its key, which will be the copy's.
        target: Replaced if it exists.
        task: For the sentence when it fails.
        mode: How to open the source; see ``cipher.connect``.
        advance: Told how far it is.

    Raises:
        DeskDamaged: The copy did not pass SQLite's check.
        OSError: As the system says; nothing is left behind.
    """
    made = beside(target, "-new")
    try:
        remove_database(made)
        reserve(made)
        with closing(connect(source, key, mode=mode)) as origin, closing(connect(made, key)) as copy:
            # One view of the source throughout: a write from elsewhere neither restarts the copy nor enters it.
            origin.execute("BEGIN").close()
            origin.execute("SELECT count(*) FROM sqlite_schema").close()
            origin.backup(copy, pages=_PAGES, progress=lambda _, left, total: advance(1 - left / max(total, 1)))
        check_pages(made, key, task)
        put_in_place(made, target)
    finally:
        with suppress(OSError):
            remove_database(made)


def may_replace(target: Path, path: Path, key: Key | None) -> bool:
    """Whether a backup of the desk at ``path`` may be written over the file ``target``: over an older backup of it.

    An older backup has the id of the desk, and the last step of its history is one that the desk has too. Another desk
    has another id, and a copy that somebody works on has steps of its own.
    """
    query = "SELECT (SELECT value FROM setting WHERE key = 'desk_id'), (SELECT hash FROM history ORDER BY seq DESC)"
    try:
        with closing(connect(target, key, mode="mode=ro")) as copy, closing(connect(path, key)) as desk:
            desk_id, last = copy.execute(query).fetchone()
            (own_id,) = desk.execute("SELECT value FROM setting WHERE key = 'desk_id'").fetchone()
            known = desk.execute("SELECT count(*) FROM history WHERE hash = ?", (last,)).fetchone()[0]
    except (dbapi2.Error, OSError):
        return False
    return desk_id == own_id and (last is None or known > 0)


def id_of(path: Path, key: Key | None, *, mode: str = "mode=rw") -> str:
    """The id of a desk that a window may have open, so that it is known to have one."""
    with closing(connect(path, key, mode=mode)) as desk:
        found = desk.execute("SELECT value FROM setting WHERE key = 'desk_id'").fetchone()
    return str(found[0])


def sweep(folder: Path, mark: str) -> None:
    """Remove what a kill left of a backup that was never finished; that of another line may be under way."""
    with suppress(OSError):
        for left in folder.glob(f"* {mark}{ENDING}-new"):
            remove_database(left)


def check_pages(path: Path, key: Key | None, task: Task) -> None:
    """Have SQLite look at every page of a file that nobody writes to.

    Raises:
        DeskDamaged: If it finds anything.
    """
    with closing(connect(path, key, mode="immutable=1")) as connection:
        result = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    if result != "ok":
        raise damaged(task) from RuntimeError(str(result))


def list_backups(folder: Path, mark: str = "") -> list[Backup]:
    """The backups in a folder, newest first; empty when there is no such folder. Other files are passed over.

    Args:
        folder: Of one desk and its copies.
        mark: Of a line, for its backups alone.
    """
    if not folder.is_dir():
        return []
    read = (read_name(path) for path in folder.iterdir())
    found = [backup for backup in read if backup is not None and mark in ("", backup.mark)]
    return sorted(found, key=lambda backup: backup.at, reverse=True)


def list_all(root: Path) -> list[Backup]:
    """The backups of every desk below the folder of all backups, newest first."""
    if not root.is_dir():
        return []
    found = [backup for folder in root.iterdir() for backup in list_backups(folder)]
    return sorted(found, key=lambda backup: backup.at, reverse=True)


def read_name(path: Path) -> Backup | None:
    """What the name and the first page of a backup tell; None for any other file."""
    parts = _NAME.fullmatch(path.name)
    if parts is None:
        return None
    with suppress(OSError, ValueError):
        at = datetime.strptime(parts["at"].removesuffix("Z"), _TIME).replace(tzinfo=UTC)
        return Backup(path, parts["desk"], at, path.stat().st_size, look(path) is not Look.PLAIN, parts["mark"])
    return None


def thin_out(folder: Path, now: datetime, mark: str) -> list[Path]:
    """Remove the backups of one line that ``rotation.to_keep`` does not keep; return their paths."""
    found = list_backups(folder, mark)
    kept = to_keep((backup.at for backup in found), now)
    gone = [backup.path for backup in found if backup.at not in kept]
    for path in gone:
        path.unlink(missing_ok=True)
    return gone


def _unchanged(path: Path, key: Key | None, folder: Path, mark: str) -> bool:
    """Whether the newest backup holds what the desk holds. One with another passphrase counts as changed."""
    newest = next(iter(list_backups(folder, mark)), None)
    if newest is None or newest.encrypted != (key is not None):
        return False
    try:
        with explained(BACKING_UP), closing(connect(path, key)) as desk:
            present = _stamp(desk)
        with closing(connect(newest.path, key, mode="immutable=1")) as copy:
            return _stamp(copy) == present
    except dbapi2.Error:
        return False


def _stamp(connection: Any) -> str:
    """A fingerprint of what a desk holds: the end of its history, which covers every record, and the rest in full."""
    digest = hashlib.sha256()
    connection.execute("BEGIN").close()
    for row in _telling_rows(connection):
        digest.update(repr(row).encode())
    return digest.hexdigest()


def _telling_rows(connection: Any) -> Iterator[tuple[object, ...]]:
    known = {name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    for table, query in _TELLING.items():
        if table in known:
            yield (table,)
            yield from connection.execute(query)


_TELLING = {
    "setting": "SELECT * FROM setting WHERE key <> 'kept_overview' ORDER BY key",
    "draft": "SELECT * FROM draft ORDER BY key",
    "history": "SELECT seq, hash FROM history ORDER BY seq DESC LIMIT 1",
}
