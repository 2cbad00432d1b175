"""The sample desk: reads the TOML files under ``resources/sample`` into records, strictly, and touches no desk.

Each file opens with a ``[report]`` table (id, title, date, where it was published) and holds arrays of tables named
after the kinds of record. ``key`` names a record for good (its uid is made from it) and references give keys. A record
typed in from a published report must name its paragraph. A file without a report date is invented: its records are
marked as samples and may state dates relative to today. ``docs/sample-desk.md`` describes the format in full.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import MISSING, dataclass
from dataclasses import fields as dataclass_fields
from datetime import date
from pathlib import Path
from typing import Any

from s75desk.domain.fields import FieldType
from s75desk.domain.records import KINDS, Record
from s75desk.domain.wording import date_long
from s75desk.services.sample_values import Misfit, Places, sample_uid, value_of

_WAITING = "waiting"
_REPORT = re.compile("R[0-4]")
_KEY = re.compile(r"[a-z0-9]+([.-][a-z0-9]+)*")
# Fields that put things in order or in time; they are no figures that a source must be given for.
_NOT_FIGURES = frozenset({"number", "quarter"})
_FIGURES = frozenset({FieldType.MONEY, FieldType.NUMBER, FieldType.WHOLE})


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


@dataclass(frozen=True, slots=True)
class Waiting:
    """Published facts that no kind of record holds yet.

    Attributes:
        file: Path below the sample folder.
        title: What they are: "Benefits registers".
        roadmap: Number of the roadmap item that will hold them.
        why: What is missing today.
        entries: The tables as typed, by the name of their array.
    """

    file: str
    title: str
    roadmap: int
    why: str
    entries: Mapping[str, Sequence[Mapping[str, Any]]]


@dataclass(frozen=True, slots=True)
class _Entry:
    file: str
    report: Report
    kind: str
    key: str
    values: Mapping[str, Any]

    def error(self, reason: str) -> SampleError:
        return SampleError(self.file, self.key, reason)


def load_sample(folder: Path, today: date) -> tuple[Record, ...]:
    """Read every record of the sample desk, owners and whatever else is referred to first.

    Args:
        folder: The sample folder; its sub-folder ``waiting`` is left alone.
        today: What relative dates of invented records count from.

    Raises:
        SampleError: At the first thing that breaks the format: an unknown kind, field or key, a value of the wrong
            type, a figure without its paragraph, a key used twice.
    """
    entries: dict[str, _Entry] = {}
    reports: dict[str, Report] = {}
    for path in sorted(folder.rglob("*.toml")):
        if path.relative_to(folder).parts[0] == _WAITING:
            continue
        for entry in _entries_of(path, path.relative_to(folder).as_posix()):
            if entry.key in entries:
                raise entry.error(f"This key is used already, in {entries[entry.key].file}.")
            if reports.setdefault(entry.report.id, entry.report) != entry.report:
                raise entry.error(f"Another file describes report {entry.report.id} differently.")
            entries[entry.key] = entry
    published = {key: entry.kind for key, entry in entries.items() if not entry.report.invented}
    everything = {key: entry.kind for key, entry in entries.items()}
    # A published record must not rest on an invented one, so it does not see any.
    for_published, for_invented = Places(today, published, False), Places(today, everything, True)
    return _owners_first(
        _record(entry, for_invented if entry.report.invented else for_published) for entry in entries.values()
    )


def read_waiting(folder: Path) -> tuple[Waiting, ...]:
    """Read what waits for later roadmap items, with the same discipline: no figure without report and paragraph.

    Raises:
        SampleError: At the first thing that breaks the format.
    """
    read: list[Waiting] = []
    seen: set[str] = set()
    for path in sorted((folder / _WAITING).glob("*.toml")):
        name = path.relative_to(folder).as_posix()
        data = _parsed(path, name)
        head = data.pop(_WAITING, None)
        if not isinstance(head, dict) or set(head) != {"title", "roadmap", "why"}:
            raise SampleError(name, "", "It must open with [waiting]: title, roadmap, why.")
        for entry in (entry for entries in data.values() for entry in entries):
            key = str(entry.get("key", ""))
            if not _KEY.fullmatch(key) or key in seen:
                raise SampleError(name, key, "Each entry needs a key of its own.")
            if not _REPORT.fullmatch(str(entry.get("report"))) or not entry.get("paragraph"):
                raise SampleError(name, key, "Report or paragraph is missing.")
            seen.add(key)
        read.append(Waiting(name, head["title"], head["roadmap"], head["why"], data))
    return tuple(read)


def _parsed(path: Path, name: str) -> dict[str, Any]:
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=_no_floats)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as trouble:
        raise SampleError(name, "", str(trouble)) from None
    except _FloatFound as found:
        raise SampleError(name, "", f"Write {found} in quotes, so that it stays as published.") from None
    for array, tables in data.items():
        whole = isinstance(tables, list) and all(isinstance(table, dict) for table in tables)
        if array not in ("report", _WAITING) and not whole:
            raise SampleError(name, "", f"Write [[{array}]], not [{array}].")
    return data


class _FloatFound(Exception):
    """A number was written so that a computer would round it."""


def _no_floats(text: str) -> Any:
    raise _FloatFound(text)


def _entries_of(path: Path, name: str) -> Iterator[_Entry]:
    data = _parsed(path, name)
    report = _report(data.pop("report", None), name)
    for kind, tables in data.items():
        if kind not in KINDS:
            raise SampleError(name, "", f"There is no kind of record called {kind}.")
        for table in tables:
            key = table.pop("key", "")
            if not isinstance(key, str) or not _KEY.fullmatch(key):
                raise SampleError(name, str(key), f"Each {kind} needs a key in small letters, dots and hyphens.")
            yield _Entry(name, report, kind, key, table)


def _report(table: Any, name: str) -> Report:
    """Read the opening table: an invented file says only id, cited and note."""
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


def _record(entry: _Entry, places: Places) -> Record:
    cls = KINDS[entry.kind]
    fields = cls.fields()
    values: dict[str, Any] = {}
    for name, raw in entry.values.items():
        if name not in fields or name == "sample":
            raise entry.error(f"A {cls.NOUN} has no field {name}.")
        try:
            values[name] = value_of(fields[name], raw, places)
        except Misfit as misfit:
            raise entry.error(str(misfit)) from None
    for name, field in fields.items():
        if field.required and name not in values and _default(cls, name) in (None, ""):
            raise entry.error(f"The field {name} is needed.")
    figures = [name for name in values if fields[name].type in _FIGURES and name not in _NOT_FIGURES]
    if figures and not entry.report.invented and "paragraph" not in values:
        raise entry.error(f"The paragraph is missing for the figure {figures[0]}.")
    note = " ".join(part for part in (values.get("note"), entry.report.note) if part)
    values = {"source": entry.report.cited, **values, "note": note or None, "sample": entry.report.invented}
    return cls(uid=sample_uid(entry.key), **values)


def _default(cls: type[Record], name: str) -> Any:
    default = next(field.default for field in dataclass_fields(cls) if field.name == name)
    return None if default is MISSING else default


def _owners_first(records: Iterable[Record]) -> tuple[Record, ...]:
    """Order by kind, then as typed, but always after whatever is referred to."""
    kinds = {kind: place for place, kind in enumerate(KINDS)}
    ordered = sorted(records, key=lambda record: kinds[record.KIND])
    by_uid = {record.uid: record for record in ordered}
    done: dict[str, Record] = {}

    def place(record: Record) -> None:
        for name, field in record.fields().items():
            other = getattr(record, name)
            if field.type is FieldType.REFERENCE and other and other not in done:
                place(by_uid[other])
        done.setdefault(record.uid, record)

    # No kind refers, even by way of others, to its own kind: this ends.
    for record in ordered:
        place(record)
    return tuple(done.values())
