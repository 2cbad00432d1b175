"""How a desk lay when this computer last closed it cleanly: as long as it lies so, its check need not be repeated.

SQLite's check reads every page: 1.4 s for a desk of 670 MB, 3.5 s when it is encrypted. It is for files that were cut
off, copied, synchronised or left by a crash, and each of those shows in what is noted here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from s75desk.models.files import SIDE_FILES, beside

TRUSTED = timedelta(days=7)
"""However a file lies, its pages are looked at once in so long: disks forget silently."""


@dataclass(frozen=True, slots=True)
class Seal:
    """A file that was closed cleanly.

    Attributes:
        size: In bytes.
        modified: When it was last written, in the file system's nanoseconds.
        inode: The file system's number for it; a file put in its place has another.
        checked_at: When SQLite last looked at every page, UTC.
    """

    size: int
    modified: int
    inode: int
    checked_at: datetime

    @staticmethod
    def of(path: Path, checked_at: datetime) -> Seal | None:
        """The seal of a file as it lies now; None while SQLite keeps anything beside it.

        Raises:
            OSError: The file is not there.
        """
        if any(beside(path, ending).exists() for ending in SIDE_FILES):
            return None
        state = path.stat()
        return Seal(state.st_size, state.st_mtime_ns, state.st_ino, checked_at)

    def holds(self, path: Path, now: datetime) -> bool:
        """Whether the file still lies as it was closed and its last check is not too old."""
        try:
            return timedelta() <= now - self.checked_at < TRUSTED and self == Seal.of(path, self.checked_at)
        except OSError:
            return False
