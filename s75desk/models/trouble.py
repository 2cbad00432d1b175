"""Turns what SQLite and the operating system report into a plain sentence and a remedy.

Only the environment's faults are translated; an error that is ours passes through and ends in a crash report.
"""

from __future__ import annotations

import errno
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.exc import DBAPIError
from sqlcipher3 import dbapi2

from s75desk.domain.errors import DeskDamaged, DeskError, DeskInUse, DiskTrouble, ReadOnlyPlace


@dataclass(frozen=True, slots=True)
class Task:
    """What was being done when the trouble came.

    Attributes:
        failed: Start of the sentence: "Not saved".
        unchanged: Sentence that says what has not changed.
        again: End of the remedy: "save again".
    """

    failed: str
    unchanged: str
    again: str


SAVING = Task("Not saved", "Nothing in the desk has changed.", "save again")
READING = Task("Not read", "Nothing in the desk has changed.", "try again")
OPENING = Task("Not opened", "The desk is as it was.", "open it again")
CLOSING = Task("Not closed", "Everything that was saved is in the desk.", "open it again")
CREATING = Task("Not created", "No desk was made.", "try again")
BACKING_UP = Task("Not backed up", "The desk and its older backups are as they were.", "back up again")
RESTORING = Task("Not restored", "The desk and its backups are as they were.", "restore again")
CHANGING_PASSPHRASE = Task("Passphrase not changed", "The desk opens as before.", "try again")

_FULL = ("the disk is full", "Free some space, then {again}.")
_TOO_LARGE = ("the file would be larger than the disk or your account allows", "Use another disk, then {again}.")
_READ_ONLY = (
    "the file or its folder is read-only",
    "Copy the file to a folder that you can write to, and use the copy.",
)
_GONE = ("the file or its folder is no longer there", "Check that the drive is connected, then {again}.")
_FAILING = (
    "the disk did not answer as it should",
    "Check that the drive is connected, then {again}. If it happens twice, move the desk to another disk.",
)
_BUSY = ("another program is using the file", "Close the program that copies or synchronises it, then {again}.")

_SQLITE = {5: _BUSY, 6: _BUSY, 8: _READ_ONLY, 10: _FAILING, 13: _FULL, 14: _GONE, 15: _BUSY, 3: _READ_ONLY}
"""By SQLite's primary code: 3 PERM, 5 BUSY, 6 LOCKED, 8 READONLY, 10 IOERR, 13 FULL, 14 CANTOPEN, 15 PROTOCOL."""

_IOERR, _DISK_FULL = 10, 13

_BY_TEXT = {
    "database is locked": 5,
    "database table is locked": 6,
    "attempt to write a readonly database": 8,
    "disk I/O error": 10,
    "database disk image is malformed": 11,
    "unsupported file format": 11,
    "database or disk is full": 13,
    "unable to open database file": 14,
    "file is not a database": 26,
}
"""WORKAROUND(https://github.com/coleifer/sqlcipher3): errors of ``Connection.backup`` carry no code, and those of
``sqlcipher_export`` a general one; the text is the one that SQLite has for the true code (``sqlite3_errstr``)."""

_HARDLY_ANY = 1 << 20
"""Bytes: with less than this free, a disk that failed is taken for a full one. That the index beside its log found no
room is reported by SQLite as a mere failure."""

_DAMAGED = {11, 26}
"""CORRUPT and NOTADB: in a desk that is open, both mean that its pages are no longer what they were."""

_UNREADABLE_TEXT = "Could not decode to UTF-8"
"""How the driver begins when bytes on the disk are no text any more; what follows is the text and is not repeated."""

_ERRNO = {
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.EFBIG: _TOO_LARGE,
    errno.EROFS: _READ_ONLY,
    errno.EACCES: _READ_ONLY,
    errno.EPERM: _READ_ONLY,
    errno.ENOENT: _GONE,
    errno.ENOTDIR: _GONE,
    errno.ENODEV: _GONE,
    errno.EBUSY: _BUSY,
}


def disk_trouble(reason: tuple[str, str], task: Task) -> DiskTrouble:
    """The sentence for a reason, and its remedy."""
    why, remedy = reason
    trouble = ReadOnlyPlace if reason is _READ_ONLY else DiskTrouble
    return trouble(f"{task.failed}: {why}. {task.unchanged}", remedy.format(again=task.again))


def of_system(error: OSError, task: Task) -> DiskTrouble:
    """What an error of the operating system means for ``task``."""
    if getattr(error, "winerror", None) in (32, 33):  # Windows: a sharing or lock violation, told as "no access".
        return disk_trouble(_BUSY, task)
    return disk_trouble(_ERRNO.get(error.errno or 0, _FAILING), task)


def open_to_read(task: Task) -> ReadOnlyPlace:
    """The desk was opened to read, and something was to be written."""
    return ReadOnlyPlace(
        f"{task.failed}: this desk is open to read. {task.unchanged}",
        "Back it up to a file in a folder that you can write to, and work in that file.",
    )


def moved_away(task: Task) -> DiskTrouble:
    """The file is no longer where it was opened."""
    return disk_trouble(_GONE, task)


def damaged(task: Task) -> DeskDamaged:
    """The pages of the file do not hold together."""
    return DeskDamaged(f"{task.failed}: the file is damaged. {task.unchanged}", "Restore a backup.")


def of_sqlite(error: BaseException, task: Task, near: Path | None = None) -> DeskError | None:
    """What an error of SQLite, bare or wrapped by SQLAlchemy, means; None when the environment is not to blame.

    ``near`` is a file on the disk in question, for telling a full disk from a failing one.
    """
    inner = error.orig if isinstance(error, DBAPIError) else error
    if not isinstance(inner, dbapi2.Error):
        return None
    code = code_of(inner)
    if code == _IOERR and near is not None and _is_full(near):
        code = _DISK_FULL
    if code in _DAMAGED or str(inner).startswith(_UNREADABLE_TEXT):
        return damaged(task)
    if code not in _SQLITE:
        return None
    trouble = disk_trouble(_SQLITE[code], task)
    return DeskInUse(trouble.what, trouble.remedy) if _SQLITE[code] is _BUSY else trouble


def code_of(error: dbapi2.Error) -> int:
    """SQLite's primary result code, 0 when not known."""
    code: int = getattr(error, "sqlite_errorcode", 0)
    if code in (0, 1):
        return _BY_TEXT.get(str(error), code)
    return code & 0xFF


def _is_full(near: Path) -> bool:
    try:
        return shutil.disk_usage(near.parent).free < _HARDLY_ANY
    except OSError:
        return False


@contextmanager
def explained(task: Task, *, near: Path | None = None, system: bool = True) -> Iterator[None]:
    """Raise a ``DeskError`` in place of what SQLite or (with ``system``) the operating system raises inside.

    Args:
        task: What is being done.
        near: A file on the disk in question, for telling a full disk from a failing one.
        system: Whether errors of the operating system are meant too.

    Raises:
        DiskTrouble: The disk is full, read-only, gone or failing.
        DeskInUse: Another program holds the file.
        DeskDamaged: The file's pages do not hold together.
    """
    try:
        yield
    except (DBAPIError, dbapi2.Error) as error:
        trouble = of_sqlite(error, task, near)
        if trouble is None:
            raise
        raise trouble from error
    except MemoryError as error:
        # A page that is not what it was can ask for more memory than there is; a sound desk never does.
        raise damaged(task) from error
    except OSError as error:
        if not system:
            raise
        raise of_system(error, task) from error
