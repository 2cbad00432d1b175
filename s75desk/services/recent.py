"""The desks that were opened lately, for the welcome page and for finding the backups of one that no longer opens."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from s75desk.models.files import write_atomically
from s75desk.models.seal import Seal

FILE = "recent.json"
MOST = 12


@dataclass(frozen=True, slots=True)
class RecentDesk:
    """A desk that was opened on this computer.

    Attributes:
        path: Where it was.
        desk_id: Its id, by which its backups are filed.
        opened_at: When it was last opened, UTC.
        seal: How its file lay when it was last closed here; None when it was not closed cleanly.
    """

    path: Path
    desk_id: str
    opened_at: datetime
    seal: Seal | None = None

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
        """Put a desk that was opened at the top."""
        rest = [desk for desk in self.all() if desk.path != path]
        self._write([RecentDesk(path, desk_id, at), *rest][:MOST])

    def note_closed(self, path: Path, seal: Seal | None) -> None:
        """Note how a desk on the list was closed."""
        self._write([replace(desk, seal=seal) if desk.path == path else desk for desk in self.all()])

    def forget(self, path: Path) -> None:
        """Take a desk off the list; the file is not touched."""
        self._write([desk for desk in self.all() if desk.path != path])

    def at(self, path: Path) -> RecentDesk | None:
        """What is known of the desk that was last at ``path``."""
        return next((desk for desk in self.all() if desk.path == path), None)

    def _write(self, desks: list[RecentDesk]) -> None:
        notes = [_note(desk) for desk in desks]
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(self._file, json.dumps({"desks": notes}, indent=1).encode())
        except OSError:
            return  # A desk is opened or saved all the same; the list is a convenience.


def _note(desk: RecentDesk) -> dict[str, Any]:
    note: dict[str, Any] = {
        "path": str(desk.path),
        "desk_id": desk.desk_id,
        "opened_at": desk.opened_at.isoformat(),
    }
    if desk.seal is not None:
        note["closed"] = asdict(desk.seal) | {"checked_at": desk.seal.checked_at.isoformat()}
    return note


def _read(note: Any) -> RecentDesk | None:
    try:
        return RecentDesk(
            Path(note["path"]), str(note["desk_id"]), _moment(note["opened_at"]), _seal(note.get("closed"))
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def _seal(note: Any) -> Seal | None:
    try:
        return Seal(int(note["size"]), int(note["modified"]), int(note["inode"]), _moment(note["checked_at"]))
    except (ValueError, KeyError, TypeError):
        return None


def _moment(text: str) -> datetime:
    at = datetime.fromisoformat(text)
    return at if at.tzinfo else at.replace(tzinfo=UTC)
