"""A desk where nothing can be written is opened to read: in a copy of ours, so that the file stays untouched.

A stick that is write-protected, a share without rights, a file that is marked read-only: SQLite could not even fold in
what still lies in the log beside the file, nor could tables of an older version be brought to this one's. In a copy it
can, and an encrypted desk stays encrypted in it.
"""

from __future__ import annotations

import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

from s75desk.domain.errors import DeskInUse, DiskTrouble
from s75desk.models.desk_file import DeskFile
from s75desk.models.files import SIDE_FILES, beside, real, reserve
from s75desk.models.lock import DeskLock
from s75desk.models.opening import Progress, Report, Step, refuse_what_is_no_desk, silent
from s75desk.models.trouble import OPENING, explained

_TRIES = 3
_PREFIX = "desk-"


def open_to_read(path: Path, passphrase: str | None, folder: Path, *, report: Report = silent) -> DeskFile:
    """Open a copy of a desk that refuses every change; closing it removes the copy.

    Args:
        path: The desk.
        passphrase: What was typed; ignored for a desk that has none.
        folder: Where copies lie: on this computer, and open to its owner alone. Copies that a kill left go first.
        report: Told of each step as it starts.

    Raises:
        DeskError: As ``DeskFile.open``; also when there is no room for the copy.
    """
    path = real(path)
    with explained(OPENING, near=folder / "x"):
        refuse_what_is_no_desk(path)
        report(Progress(Step.COPY))
        folder.mkdir(parents=True, exist_ok=True)
        sweep(folder)
        place = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=folder))
        try:
            copy = place / path.name
            _copy(path, copy)
            return DeskFile.open(copy, passphrase, backups=place, report=report, origin=path)
        except BaseException:
            shutil.rmtree(place, ignore_errors=True)
            raise


def sweep(folder: Path) -> None:
    """Remove the copies that nobody has open."""
    for place in folder.glob(f"{_PREFIX}*"):
        for copy in place.glob("*.s75desk"):
            with suppress(OSError, DeskInUse):
                DeskLock.take(copy).release()
                shutil.rmtree(place, ignore_errors=True)
        with suppress(OSError):
            place.rmdir()  # empty: the kill came before the copy


def _copy(path: Path, copy: Path) -> None:
    """Copy a desk and its log as they are at one moment."""
    for _ in range(_TRIES):
        before = _looks(path)
        for ending in ("", *SIDE_FILES):
            source, target = beside(path, ending), beside(copy, ending)
            target.unlink(missing_ok=True)
            if ending != "-shm" and source.exists():  # an index of the log, which is made anew
                reserve(target)
                shutil.copyfile(source, target)
        if _looks(path) == before:
            return
    raise DiskTrouble(
        f"Not opened: {path.name} is being changed by another computer. The desk is as it was.", "Try again later."
    )


def _looks(path: Path) -> list[tuple[int, int]]:
    found = []
    for ending in ("", *SIDE_FILES):
        with suppress(FileNotFoundError):
            stat = beside(path, ending).stat()
            found.append((stat.st_size, stat.st_mtime_ns))
    return found
