"""Which backups belong together: those of one file. A copy of a desk has its id, and yet a line of backups of its own.

This computer notes for each desk where it lay when it was opened. A file at a place that is known is the same file,
whoever wrote it anew: a sync program, a restore. At a new place it was moved if the old place is there without it;
else it is a copy, or may be one, and a new line begins. So thinning never takes a backup of one for one of the other.
"""

from __future__ import annotations

import json
import os
import uuid
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from s75desk.models.files import write_atomically

FILE = "lines.json"
_MARK = 8


@dataclass(frozen=True, slots=True)
class Line:
    """The backups of one file.

    Attributes:
        line: UUID in text; the first is the desk's own id.
        path: Where the file was last opened.
        volume: The file system's number for the disk that it was on; -1 when not known.
        proven: When a backup of it was last opened and read whole, UTC; None for never.
        held: How many records, rows of history and files that backup held.
        replica: The copy of the desk that the file was as its history was last noted; "" when it was not.
        head: Hash of the last row of that history.
    """

    line: str
    path: Path
    volume: int = -1
    proven: datetime | None = None
    held: int = 0
    replica: str = ""
    head: str = ""

    @property
    def mark(self) -> str:
        """What the names of its backups end with."""
        return self.line[:_MARK]

    @property
    def left(self) -> bool:
        """Whether its place is there as it was, so that a file that is not in it was moved away."""
        return self.volume != -1 and _volume(self.path) == self.volume


class Lines:
    """The lines of one desk and its copies, in ``lines.json`` in its folder of backups.

    A damaged or missing note means that nothing is known, and then new lines begin: that costs room, never a backup.
    """

    def __init__(self, folder: Path, desk_id: str) -> None:
        self._folder = folder
        self._desk_id = desk_id

    def all(self) -> list[Line]:
        """Every line that is known, the one opened first at the start."""
        try:
            notes = json.loads((self._folder / FILE).read_bytes())["lines"]
            found = [_read(note) for note in notes]
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            return []
        return [line for line in found if line is not None]

    def of(self, path: Path, holds: Callable[[Path], bool], names: Callable[[Path], dict[str, str]]) -> Line:
        """The line of the file at ``path``, noted if it is new there.

        Args:
            path: Where the desk is.
            holds: Whether another place still holds the desk.
            names: The name of the desk in the newest backup of each line in a folder, by mark.
        """
        known = self.all()
        here = next((line for line in known if _same(line.path, path)), None)
        if here is not None:
            if here.volume != _volume(path):
                self._keep([replace(line, volume=_volume(path)) if line is here else line for line in known])
            return here
        moved = next((line for line in reversed(known) if line.left and not holds(line.path)), None)
        if moved is not None:
            line = replace(moved, path=path, volume=_volume(path))
            self._keep([each for each in known if each is not moved] + [line])
            return line
        line = Line(self._fresh(path, known, names(self._folder)), path, _volume(path))
        self._keep([*known, line])
        return line

    def note_proven(self, line: Line, at: datetime, held: int) -> None:
        """Note that a backup of a line was opened and read whole."""
        self._note(line, proven=at, held=held)

    def note_history(self, line: Line, replica: str, head: str) -> None:
        """Note how far the history of a file has come, and as which copy it is written."""
        if (line.replica, line.head) != (replica, head):
            self._note(line, replica=replica, head=head)

    def _note(self, line: Line, **what: Any) -> None:
        self._keep([replace(each, **what) if each.line == line.line else each for each in self.all()])

    def _fresh(self, path: Path, known: list[Line], names: dict[str, str]) -> str:
        """An id for a new line. The first goes on where a version without lines left off, if the name is the same."""
        first = self._desk_id
        name = names.get(first[:_MARK], "" if known else path.stem)
        if name == path.stem and all(line.line != first for line in known):
            return first
        taken = {line.mark for line in known} | set(names) | {first[:_MARK]}
        while (line := str(uuid.uuid4()))[:_MARK] in taken:
            pass
        return line

    def _keep(self, lines: list[Line]) -> None:
        notes = [
            asdict(line) | {"path": str(line.path), "proven": line.proven and line.proven.isoformat()} for line in lines
        ]
        with suppress(OSError):  # The disk is full: a backup will say so.
            self._folder.mkdir(parents=True, exist_ok=True)
            write_atomically(self._folder / FILE, json.dumps({"lines": notes}, indent=1).encode())


def _same(one: Path, other: Path) -> bool:
    return os.path.normcase(one) == os.path.normcase(other)


def _volume(path: Path) -> int:
    """The number of the disk that a file's folder is on; -1 when the folder cannot be seen."""
    try:
        return path.parent.stat().st_dev
    except OSError:
        return -1


def _read(note: Any) -> Line | None:
    try:
        line = Line(
            str(uuid.UUID(note["line"])),
            Path(note["path"]),
            int(note["volume"]),
            replica=str(note.get("replica") or ""),
            head=str(note.get("head") or ""),
        )
        if not note.get("proven"):
            return line
        proven = datetime.fromisoformat(note["proven"])
        return replace(line, proven=proven if proven.tzinfo else None, held=int(note.get("held") or 0))
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
