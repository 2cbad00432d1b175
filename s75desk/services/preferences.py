"""What the window remembers of its own: theme, column widths, the last tab. Nothing of a desk's contents."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TypeVar, cast

from s75desk.models.files import write_atomically

FILE = "preferences.json"

T = TypeVar("T", str, bool, int, float, list[int], list[str], dict[str, int], dict[str, str])


class Preferences:
    """Values by name in a small JSON file. A damaged or missing file means defaults, never trouble.

    Args:
        folder: The officer's data folder; the file is ``preferences.json`` in it.
    """

    def __init__(self, folder: Path) -> None:
        self._file = folder / FILE
        self._values = _read(self._file)

    def value(self, name: str, default: T) -> T:
        """What is remembered under ``name``, or ``default`` when nothing of the same type is."""
        stored = self._values.get(name)
        return cast(T, stored) if _alike(stored, default) else default

    def keep(self, name: str, value: T) -> bool:
        """Remember a value and write the file if that changes it.

        Returns:
            Whether the file now says so. False on a full or read-only disk: the value then lasts until the program
            ends, and no message is due for a column width.
        """
        if name in self._values and self._values[name] == value:
            return True
        self._values[name] = value
        return self._write()

    def forget(self, name: str) -> bool:
        """Go back to the default; returns as ``keep`` does."""
        if self._values.pop(name, None) is None:
            return True
        return self._write()

    def _write(self) -> bool:
        text = json.dumps(self._values, indent=1, sort_keys=True)
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(self._file, text.encode())
        except OSError:
            return False
        return True


def _read(file: Path) -> dict[str, object]:
    try:
        values = json.loads(file.read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    return values if isinstance(values, dict) else {}


def _alike(stored: object, default: object) -> bool:
    """Whether a stored value can stand for the default: of its type, and its items of theirs when there are any."""
    if type(stored) is not type(default):
        return False
    if isinstance(stored, list):
        kinds = {type(item) for item in cast(list[object], default)} or {int, str}
        return all(type(item) in kinds for item in stored)
    if isinstance(stored, dict):
        kinds = {type(item) for item in cast(dict[str, object], default).values()} or {int, str}
        return all(type(item) in kinds for item in stored.values())
    return True
