"""How every file of the sample desk begins: TOML read strictly, and the table that says where its records come from."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from s75desk.domain.wording import date_long

KEY = re.compile(r"[a-z0-9]+([.-][a-z0-9]+)*")


class SampleError(Exception):
    """A sample file breaks the rules of its format.

    Attributes:
        file: Path of the file below the sample folder.
        key: Key of the record at fault, or "" for the file as a whole.
        reason: One plain sentence.
    """

    def __init__(self, file: str, key: str, reason: str) -> None:
        super().__init__(f"{file}: {key}: {reason}" if key else f"{file}: {reason}")
        self.file = file
        self.key = key
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Report:
    """Where the records of a file come from.

    Attributes:
        id: "R0" to "R4" for the published reports, "sample" for what is invented.
        cited: What stands as the source: "Rotherham Cabinet paper, 10 April 2017".
        title: Full title of the paper.
        body: Who published it.
        dated: Its date; None when the records are invented.
        file: Name of the file the text was read from, "" when invented.
        note: Put at the end of every record's note; "" for none.
    """

    id: str
    cited: str
    title: str
    body: str
    dated: date | None
    file: str
    note: str

    @property
    def invented(self) -> bool:
        """Whether the records are samples of this program's own making."""
        return self.dated is None

    def marks(self, note: str | None = None) -> dict[str, Any]:
        """The fields that say of a record where it comes from; ``note`` is its own."""
        together = " ".join(part for part in (note, self.note) if part)
        return {"source": self.cited, "note": together or None, "sample": self.invented}


def parsed(path: Path, name: str, singles: frozenset[str]) -> dict[str, Any]:
    """The tables of a file.

    Args:
        path: The file.
        name: Its path below the sample folder.
        singles: Names of the tables that stand once, written [name]; all others are arrays, written [[name]].

    Raises:
        SampleError: It is no TOML, holds a bare decimal, or a table is written the wrong way.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=_no_floats)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as trouble:
        raise SampleError(name, "", str(trouble)) from None
    except _FloatFound as found:
        raise SampleError(name, "", f"Write {found} in quotes, so that it stays as published.") from None
    for array, tables in data.items():
        whole = isinstance(tables, list) and all(isinstance(table, dict) for table in tables)
        if array not in singles and not whole:
            raise SampleError(name, "", f"Write [[{array}]], not [{array}].")
    return data


class _FloatFound(Exception):
    """A number was written so that a computer would round it."""


def _no_floats(text: str) -> Any:
    raise _FloatFound(text)


def report_of(table: Any, name: str) -> Report:
    """Read the opening table: an invented file says only id, cited and note.

    Raises:
        SampleError: A field is missing, empty, of the wrong type, or not asked for.
    """
    asked = {"id": str, "cited": str, "title": str, "body": str, "date": date, "file": str}
    if isinstance(table, dict) and "date" not in table:
        asked = {"id": str, "cited": str, "note": str}
    if not isinstance(table, dict) or set(table) != set(asked):
        raise SampleError(name, "", f"It must open with [report]: {', '.join(asked)}.")
    for field, wanted in asked.items():
        if type(table[field]) is not wanted or not table[field]:
            raise SampleError(name, "", f"[report] {field} is empty or of the wrong type.")
    dated = table.get("date")
    return Report(
        id=table["id"],
        cited=f"{table['cited']}, {date_long(dated)}" if dated else table["cited"],
        title=table.get("title", ""),
        body=table.get("body", ""),
        dated=dated,
        file=table.get("file", ""),
        note=table.get("note", ""),
    )
