"""Copies of kept files that are opened by other programs: private, read-only, harmless in name, swept away after.

A copy lies outside the desk, and is not encrypted, for as long as the desk is open. What a program that still holds it
or a kill has left behind is swept when a desk is opened next.
"""

from __future__ import annotations

import os
import re
import stat
import tempfile
import unicodedata
from contextlib import suppress
from pathlib import Path

from s75desk.domain.errors import DeskError
from s75desk.models.lock import is_running

_PREFIX = "s75desk-open-"
_MOST_NAME = 100

RUNS = frozenset(
    "app appimage application bat bash chm cmd com command cpl desktop docm dotm exe gadget hta inf iso img jar js jse "
    "lnk mde msc msi msp pif pptm ps1 psm1 py pyw rb reg scf scr settingcontent-ms sh sldm url vb vbe vbs vhd vhdx wsc "
    "wsf wsh xlam xll xlsm xltm".split()
)
"""Endings of files that run, or may run, something when they are opened."""

_RESERVED = re.compile(r"(?i)^(con|prn|aux|nul|com\d|lpt\d|conin\$|conout\$)(\..*)?$")


class OpenedCopies:
    """The copies of one open desk, in a folder that only this account can read; made with the first copy."""

    def __init__(self) -> None:
        self._folder: Path | None = None

    def put(self, name: str, data: bytes) -> Path:
        """Write a read-only copy.

        Raises:
            DeskError: If the file would run something, or cannot be written.
        """
        safe = safe_name(name)
        ending = safe.rpartition(".")[2].casefold() if "." in safe else ""
        if ending in RUNS:
            raise DeskError(
                f"Not opened: a file that ends in .{ending} can run commands on this computer.",
                "Save a copy, and open it only if you know where it comes from.",
            )
        try:
            if self._folder is None or not self._folder.is_dir():
                self._folder = Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-"))
            place = Path(tempfile.mkdtemp(dir=self._folder)) / safe
            place.write_bytes(data)
            place.chmod(stat.S_IRUSR)
        except OSError as trouble:
            reason = (trouble.strerror or "it cannot be written").lower()
            raise DeskError(f"Not opened: a copy of {safe} could not be made ({reason}).", "Save a copy.") from trouble
        return place

    def sweep(self) -> None:
        """Remove every copy; one that a program holds open stays until the next opening."""
        if self._folder is not None:
            _remove(self._folder)
            self._folder = None


def sweep_left_behind() -> None:
    """Remove copies of programs that have ended."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*-*"):
        pid = folder.name.removeprefix(_PREFIX).partition("-")[0]
        if pid.isdecimal() and not is_running(int(pid)) and folder.is_dir() and not folder.is_symlink():
            _remove(folder)


def safe_name(name: str) -> str:
    """A name that every system takes and that is what it looks like: no path, no reserved word, nothing unseen."""
    plain = name.encode(errors="replace").decode()
    seen = "".join(each for each in plain if unicodedata.category(each) not in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp"))
    spared = re.sub(r'[<>:"/\\|?*]', "-", " ".join(seen.split())).strip(". ")
    stem, dot, ending = spared.rpartition(".")
    if not dot or len(ending) > 16:
        stem, dot, ending = spared, "", ""
    stem = stem[: _MOST_NAME - len(ending)].rstrip(". ") or "document"
    found = f"{stem}{dot}{ending}"
    return f"_{found}" if _RESERVED.match(found) else found


def _remove(folder: Path) -> None:
    for base, folders, files in os.walk(folder, topdown=False):
        for name in files:
            place = Path(base) / name
            with suppress(OSError):
                place.chmod(stat.S_IRUSR | stat.S_IWUSR)  # Windows removes nothing that is read-only.
                place.unlink()
        for name in folders:
            with suppress(OSError):
                (Path(base) / name).rmdir()
    with suppress(OSError):
        folder.rmdir()
