"""Whole files, or none: names beside a desk, and writing that a kill or a full disk cannot leave half done."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path

from s75desk.domain.errors import NotADesk

SIDE_FILES = ("-wal", "-shm", "-journal")
"""What SQLite keeps beside a database."""


_MOST_NAME = 60


def beside(path: Path, ending: str) -> Path:
    """The file next to ``path`` whose name is longer by ``ending``."""
    return path.with_name(path.name + ending)


def real(path: Path) -> Path:
    """The whole path of a file; of the file itself where the name is a link to it.

    The lock, the log and a file that takes its place belong beside the file, not beside the link.

    Raises:
        NotADesk: No file can be called so, links lead back to themselves, or it is no file: a pipe, which would be
            waited for without end, or a device.
    """
    try:
        found = path.resolve() if path.is_symlink() else path.absolute()
        if "\0" in str(found):
            raise ValueError  # which pathlib keeps to itself
        special = found.exists() and not (found.is_file() or found.is_dir())
    except (OSError, RuntimeError, ValueError) as trouble:
        reason = (getattr(trouble, "strerror", None) or "it leads to no file").lower()
        name = path.name if len(path.name) <= _MOST_NAME else f"{path.name[:_MOST_NAME]}…"
        raise NotADesk(
            f"{name!r} cannot be used ({reason}). Nothing was changed.", "Choose another name or file."
        ) from trouble
    if special:
        raise NotADesk(
            f"{path.name} is a pipe or a device and no file. Nothing was changed.",
            "Choose a file that ends in .s75desk.",
        )
    return found


def sync_file(path: Path) -> None:
    """Have the disk itself hold the file's contents."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Have the disk itself hold the folder's entries, so that a rename outlives a power cut."""
    if sys.platform != "win32":  # Windows has no such call; its renames are journalled.
        handle = os.open(folder, os.O_RDONLY)
        try:
            # Some network folders refuse to sync a folder; the rename itself has happened.
            with suppress(OSError):
                os.fsync(handle)
        finally:
            os.close(handle)


def reserve(path: Path) -> None:
    """Make an empty file that only its owner can read, for SQLite to fill: desks hold personal data."""
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))


def put_in_place(made: Path, target: Path) -> None:
    """Give the finished file ``made`` the name ``target`` in one step, replacing what had it."""
    sync_file(made)
    made.replace(target)
    sync_folder(target.parent)


def publish(made: Path, target: Path) -> None:
    """Give the finished file ``made`` the name ``target`` unless that is taken.

    Raises:
        FileExistsError: If ``target`` exists; nothing has changed.
    """
    sync_file(made)
    try:
        os.link(made, target)
    except FileExistsError:
        raise
    except OSError:
        # Memory sticks often know no links. The desk's lock is held, so no other window makes the same name.
        if target.exists():
            raise FileExistsError(target) from None
        made.replace(target)
    made.unlink(missing_ok=True)
    sync_folder(target.parent)


def write_atomically(path: Path, contents: bytes) -> None:
    """Write a small file so that a reader sees the old contents or the new, never a part."""
    made = beside(path, "-new")
    try:
        made.write_bytes(contents)
        put_in_place(made, path)
    except BaseException:
        with suppress(OSError):
            made.unlink(missing_ok=True)
        raise


def remove_database(path: Path) -> None:
    """Remove a database that nobody has open, with what SQLite keeps beside it."""
    for file in (path, *(beside(path, ending) for ending in SIDE_FILES)):
        file.unlink(missing_ok=True)
