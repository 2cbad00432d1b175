"""The sample desk: reads the TOML files under ``resources/sample`` into records, strictly, and touches no desk.

Each file opens with a ``[report]`` table (id, title, date, where it was published) and holds arrays of tables named
after the kinds of record. ``key`` names a record for good (its uid is made from it) and references give keys. A record
typed in from a published report must name its paragraph. A file without a report date is invented: its records are
marked as samples and may state dates relative to today. What was found at a visit has a file and a format of its own
(``sample_visits.py``). ``docs/sample-desk.md`` describes all of it in full.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import MISSING, dataclass
from dataclasses import fields as dataclass_fields
from datetime import date
from pathlib import Path
from typing import Any

from s75desk.domain.fields import FieldType
from s75desk.domain.records import KINDS, QuestionSet, Record
from s75desk.domain.records.money import MoneyType
from s75desk.domain.visits.question_set import QuestionSetBody
from s75desk.services.question_set_file import QuestionSetError, load_question_set, question_set_text
from s75desk.services.question_sets import records_of_set
from s75desk.services.sample_files import KEY, Report, SampleError, parsed, report_of
from s75desk.services.sample_values import Misfit, Places, sample_uid, value_of
from s75desk.services.sample_visits import MADE, MadeVisit, read_made

__all__ = ["SampleDesk", "SampleError", "Waiting", "load_sample", "read_sample", "read_waiting"]

_WAITING = "waiting"
_REPORT = re.compile("R[0-4]")
# Fields that put things in order or in time; they are no figures that a source must be given for.
_NOT_FIGURES = frozenset({"number", "quarter"})
_FIGURES = frozenset({FieldType.MONEY, FieldType.NUMBER, FieldType.WHOLE, FieldType.LENGTH})
# What nobody knew before the paper said it: the field that keeps its day, and those that tell another one.
_FIRST_SAID: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "contribution": ("stated_on", ("known",)),
    "contradiction": ("known", ()),
    "milestone": ("known", ()),
    "option": ("known", ()),
    "recommendation": ("known", ("made",)),
    "risk": ("known", ("raised",)),
}
_SINGLES = frozenset({"report", _WAITING})


@dataclass(frozen=True, slots=True)
class SampleDesk:
    """Everything the sample desk is filled with.

    Attributes:
        records: Owners and whatever else is referred to first.
        blobs: Question sets and photos as the desk keeps them; records name them by their SHA-256.
        made: Visits that are to be signed.
    """

    records: tuple[Record, ...]
    blobs: tuple[bytes, ...]
    made: tuple[MadeVisit, ...]


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
    """Read every record of the sample desk; see ``read_sample``."""
    return read_sample(folder, today).records


def read_sample(folder: Path, today: date) -> SampleDesk:
    """Read everything the sample desk is filled with.

    Args:
        folder: The sample folder; its sub-folder ``waiting`` is left alone. Question sets lie in the folder
            ``question_sets`` beside it.
        today: What relative dates of invented records count from.

    Raises:
        SampleError: At the first thing that breaks the format: an unknown kind, field or key, a value of the wrong
            type, a figure without its paragraph, a key used twice.
    """
    entries: dict[str, _Entry] = {}
    reports: dict[str, Report] = {}
    for path in sorted(folder.rglob("*.toml")):
        if path.relative_to(folder).parts[0] in (_WAITING, MADE):
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
    records: dict[str, Record] = {}
    bodies: dict[str, QuestionSetBody] = {}
    for entry in entries.values():
        places = for_invented if entry.report.invented else for_published
        if "questions" in entry.values and entry.kind == QuestionSet.KIND:
            body = bodies[sample_uid(entry.key)] = _body(entry, folder.parent / "question_sets")
            found: Iterable[Record] = _set_records(entry, body, places)
        else:
            found = (_record(entry, places),)
        records |= {record.uid: record for record in found}
    made = tuple(
        read_made(path, folder, for_invented, records, bodies) for path in sorted((folder / MADE).glob("*.toml"))
    )
    for visit in made:
        records |= {record.uid: record for record in visit.records}
    blobs = [question_set_text(body).encode("utf-8") for body in bodies.values()]
    blobs += [picture for visit in made for picture in visit.pictures]
    return SampleDesk(_owners_first(records), tuple(blobs), made)


def read_waiting(folder: Path) -> tuple[Waiting, ...]:
    """Read what waits for later roadmap items, with the same discipline: no figure without report and paragraph.

    Raises:
        SampleError: At the first thing that breaks the format.
    """
    read: list[Waiting] = []
    seen: set[str] = set()
    for path in sorted((folder / _WAITING).glob("*.toml")):
        name = path.relative_to(folder).as_posix()
        data = parsed(path, name, _SINGLES)
        head = data.pop(_WAITING, None)
        if not isinstance(head, dict) or set(head) != {"title", "roadmap", "why"}:
            raise SampleError(name, "", "It must open with [waiting]: title, roadmap, why.")
        for entry in (entry for entries in data.values() for entry in entries):
            key = str(entry.get("key", ""))
            if not KEY.fullmatch(key) or key in seen:
                raise SampleError(name, key, "Each entry needs a key of its own.")
            if not _REPORT.fullmatch(str(entry.get("report"))) or not entry.get("paragraph"):
                raise SampleError(name, key, "Report or paragraph is missing.")
            seen.add(key)
        read.append(Waiting(name, head["title"], head["roadmap"], head["why"], data))
    return tuple(read)


def _entries_of(path: Path, name: str) -> Iterator[_Entry]:
    data = parsed(path, name, _SINGLES)
    report = report_of(data.pop("report", None), name)
    for kind, tables in data.items():
        if kind not in KINDS:
            raise SampleError(name, "", f"There is no kind of record called {kind}.")
        for table in tables:
            key = table.pop("key", "")
            if not isinstance(key, str) or not KEY.fullmatch(key):
                raise SampleError(name, str(key), f"Each {kind} needs a key in small letters, dots and hyphens.")
            yield _Entry(name, report, kind, key, table)


def _values(entry: _Entry, given: Mapping[str, Any], places: Places) -> dict[str, Any]:
    """What a table says for the fields of its record, marks of its source included."""
    cls = KINDS[entry.kind]
    fields = cls.fields()
    values: dict[str, Any] = {}
    for name, raw in given.items():
        if name not in fields or name == "sample":
            raise entry.error(f"A {cls.NOUN} has no field {name}.")
        try:
            values[name] = value_of(fields[name], raw, places)
        except Misfit as misfit:
            raise entry.error(str(misfit)) from None
    noted = entry.report.marks(values.get("note"))["note"]
    # The mark that stands on every invented record need not stand on every paper.
    if not entry.report.invented and entry.kind in _FIRST_SAID:
        name, others = _FIRST_SAID[entry.kind]
        # What partners pay is agreed before a paper tells of it.
        if values.get("type") is not MoneyType.CONTRIBUTION and all(
            values.get(other) is None for other in (name, *others)
        ):
            values[name] = entry.report.dated
    values.setdefault("private", entry.report.invented and "note" not in values and "comment" not in values)
    return {**entry.report.marks(), **values, "note": noted}


def _record(entry: _Entry, places: Places) -> Record:
    cls = KINDS[entry.kind]
    fields = cls.fields()
    values = _values(entry, entry.values, places)
    for name, field in fields.items():
        if field.required and name not in values and _default(cls, name) in (None, ""):
            raise entry.error(f"The field {name} is needed.")
    figures = [name for name in values if fields[name].type in _FIGURES and name not in _NOT_FIGURES]
    if figures and not entry.report.invented and "paragraph" not in values:
        raise entry.error(f"The paragraph is missing for the figure {figures[0]}.")
    return cls(uid=sample_uid(entry.key), **values)


def _body(entry: _Entry, folder: Path) -> QuestionSetBody:
    """The questions of a set that says in which file they stand."""
    name = entry.values["questions"]
    known = sorted(path.name for path in folder.glob("*.toml"))
    if name not in known:
        raise entry.error(
            f"Its questions must be one of the files {', '.join(known) or 'there are none'}; not {name!r}."
        )
    try:
        return load_question_set(folder / name)
    except QuestionSetError as trouble:
        raise entry.error(str(trouble)) from None


def _set_records(entry: _Entry, body: QuestionSetBody, places: Places) -> tuple[Record, ...]:
    """A question set with its standards: what the file of its questions says is not said again."""
    given = {name: raw for name, raw in entry.values.items() if name != "questions"}
    if set(given) - {"since", "note"}:
        raise entry.error("A question set with questions says besides only since and note; the rest is in their file.")
    values = _values(entry, given, places)
    if "since" not in values:
        raise entry.error("The field since is needed.")
    made, standards = records_of_set(
        body,
        values.pop("since"),
        uid=sample_uid(entry.key),
        standard_uid=lambda number: sample_uid(f"{entry.key}.{number}"),
        **values,
    )
    return (made, *standards)


def _default(cls: type[Record], name: str) -> Any:
    default = next(field.default for field in dataclass_fields(cls) if field.name == name)
    return None if default is MISSING else default


def _owners_first(records: Mapping[str, Record]) -> tuple[Record, ...]:
    """Order by kind, then as typed, but always after whatever is referred to."""
    kinds = {kind: place for place, kind in enumerate(KINDS)}
    ordered = sorted(records.values(), key=lambda record: kinds[record.KIND])
    done: dict[str, Record] = {}

    def place(record: Record) -> None:
        for name, field in record.fields().items():
            other = getattr(record, name)
            if field.type is FieldType.REFERENCE and other and other not in done:
                place(records[other])
        done.setdefault(record.uid, record)

    # No kind refers, even by way of others, to its own kind: this ends.
    for record in ordered:
        place(record)
    return tuple(done.values())
