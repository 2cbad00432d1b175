"""The desks that were opened lately, for the welcome page and for finding the backups of one that no longer opens."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from s75desk.models.files import write_atomically

FILE = "recent.json"
MOST = 12


@dataclass(frozen=True, slots=True)
class RecentDesk:
    """A desk that was opened on this computer.

    Attributes:
        path: Where it was.
        desk_id: Its id, by which its backups are filed.
        opened_at: When it was last opened, UTC.
    """

    path: Path
    desk_id: str
    opened_at: datetime

    @property
    def name(self) -> str:
        """The file's name without its ending."""
        return self.path.stem

    @property
    def present(self) -> bool:
        """Whether the file is there now. On a drive that sleeps this may take a moment."""
        return self.path.is_file()


class RecentDesks:
    """The list, newest first, in ``recent.json``. A damaged or missing file means an empty list.

    Args:
        folder: The officer's data folder.
    """

    def __init__(self, folder: Path) -> None:
        self._file = folder / FILE

    def all(self) -> list[RecentDesk]:
        """Every desk on the list, whether its file is there or not."""
        try:
            notes = json.loads(self._file.read_bytes())["desks"]
            found = [_read(note) for note in notes]
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            return []
        return [desk for desk in found if desk is not None]

    def note(self, path: Path, desk_id: str, at: datetime) -> None:
        """Put a desk at the top."""
        rest = [desk for desk in self.all() if desk.path != path]
        self._write([RecentDesk(path, desk_id, at), *rest][:MOST])

    def forget(self, path: Path) -> None:
        """Take a desk off the list; the file is not touched."""
        self._write([desk for desk in self.all() if desk.path != path])

    def id_of(self, path: Path) -> str | None:
        """The id of the desk that was last at ``path``, None when not known."""
        return next((desk.desk_id for desk in self.all() if desk.path == path), None)

    def _write(self, desks: list[RecentDesk]) -> None:
        notes = [
            {"path": str(desk.path), "desk_id": desk.desk_id, "opened_at": desk.opened_at.isoformat()} for desk in desks
        ]
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(self._file, json.dumps({"desks": notes}, indent=1).encode())
        except OSError:
            return  # A desk is opened or saved all the same; the list is a convenience.


def _read(note: Any) -> RecentDesk | None:
    try:
        at = datetime.fromisoformat(note["opened_at"])
        return RecentDesk(Path(note["path"]), str(note["desk_id"]), at if at.tzinfo else at.replace(tzinfo=UTC))
    except (ValueError, KeyError, TypeError):
        return None
