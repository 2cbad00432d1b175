"""Finished visits of the sample desk: what was found at each, from a file of its own, as the records of the visit.

A file opens with ``[report]`` and ``[made]`` (which visit, the hour it was signed, the provider's comment). Then come
``[[answer]]``, ``[[people]]``, ``[[graded]]``, ``[[override]]``, ``[[photo]]`` and ``[[signature]]`` with the names of
the records' fields. Whom a record belongs to is not written: there is one of each to a visit. Questions that are not
meant for this type of service are left out and noted as not applicable, as they are when a visit is started.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any, TypeVar

from s75desk.domain.records import (
    Action,
    PeopleSpoken,
    PriorGrading,
    QuestionSet,
    Record,
    Service,
    Visit,
    VisitAnswer,
    VisitOverride,
    VisitPhoto,
    VisitSignature,
)
from s75desk.domain.visits.book import VisitBook
from s75desk.domain.visits.question_set import QuestionSetBody
from s75desk.domain.visits.rule import LevelKind
from s75desk.services.sample_files import Report, SampleError, parsed, report_of
from s75desk.services.sample_values import Misfit, Places, sample_uid, value_of

MADE = "made"
"""The sub-folder that these files lie in, with their photos."""

R = TypeVar("R", bound=Record)

_SINGLES = frozenset({"report", MADE})
_KEPT_BY_THE_FILE = frozenset({"visit", "sample", "source", "note", "sha256", "thumbnail", "size", "signed"})


@dataclass(frozen=True, slots=True)
class MadeVisit:
    """A visit that is to be signed.

    Attributes:
        visit: Its uid.
        day: The day it was made.
        signed: When it was signed, UTC.
        records: What was found; the visit itself with the provider's comment among it.
        pictures: Photos and their small pictures, as JPEG.
    """

    visit: str
    day: date
    signed: datetime
    records: tuple[Record, ...]
    pictures: tuple[bytes, ...]


def read_made(
    path: Path,
    folder: Path,
    places: Places,
    records: Mapping[str, Record],
    bodies: Mapping[str, QuestionSetBody],
) -> MadeVisit:
    """Read what was found at one visit.

    Args:
        path: The file.
        folder: The sample folder.
        places: What references stand on.
        records: Every other record of the sample, by uid.
        bodies: Question sets with questions, by the uid of their record.

    Raises:
        SampleError: At the first thing that breaks the format.
    """
    name = path.relative_to(folder).as_posix()
    data = parsed(path, name, _SINGLES)
    report = report_of(data.pop("report", None), name)
    if not report.invented:
        raise SampleError(name, "", "What was found at a visit is not published: leave the date out.")
    return _Reader(name, path.parent, report, places).made(data, records, bodies)


@dataclass(frozen=True, slots=True)
class _Reader:
    file: str
    folder: Path
    report: Report
    places: Places

    def made(
        self, data: dict[str, Any], records: Mapping[str, Record], bodies: Mapping[str, QuestionSetBody]
    ) -> MadeVisit:
        head = data.pop(MADE, None)
        if not isinstance(head, dict) or not {"visit", "signed"} <= set(head) <= {"visit", "signed", "comment"}:
            raise self._error("", "It must hold [made]: visit, signed, and comment if there was one.")
        book = self._book(head["visit"], records, bodies)
        signed = self._signed(book.visit, head["signed"])
        comment = str(head.get("comment") or "").strip()
        found: list[Record] = [replace(book.visit, comment=comment or None, no_comment=None if comment else True)]
        readers: dict[str, Callable[[dict[str, Any]], Record]] = {
            "answer": lambda table: self._answer(book, table),
            "people": lambda table: self._people(book, table),
            "graded": lambda table: self._graded(book, table),
            "override": lambda table: self._override(book, table),
            "photo": lambda table: self._photo(book, table),
            "signature": lambda table: self._signature(book, table, signed),
        }
        pictures: list[bytes] = []
        for kind, tables in data.items():
            if kind not in readers:
                raise self._error("", f"A visit holds no {kind}.")
            for table in tables:
                record = readers[kind](table)
                if any(record.uid == other.uid for other in found):
                    raise self._error(_name(record), "This stands here twice.")
                found.append(record)
                if isinstance(record, VisitPhoto):
                    pictures += self._pictures(table)
        found += self._left_out(book, found)
        found = _stamped(book, found, records)
        return MadeVisit(book.visit.uid, book.visit.made or self.places.today, signed, tuple(found), tuple(pictures))

    def _book(self, key: Any, records: Mapping[str, Record], bodies: Mapping[str, QuestionSetBody]) -> VisitBook:
        visit = records.get(sample_uid(str(key)))
        if not isinstance(visit, Visit):
            raise self._error("", f"It refers to the visit {key!r}, which no file describes.")
        body = bodies.get(visit.question_set or "")
        if visit.made is None or body is None:
            raise self._error("", f"The visit {key!r} needs a date made and a question set with questions.")
        service, questions = records.get(visit.service), records.get(visit.question_set or "")
        return VisitBook(
            visit,
            body,
            questions.content or "" if isinstance(questions, QuestionSet) else "",
            service if isinstance(service, Service) else None,
        )

    def _signed(self, visit: Visit, at: Any) -> datetime:
        if type(at) is not time:
            raise self._error("", f"[made] signed must be a time such as 16:20:00, not {at!r}.")
        last = (visit.made or self.places.today) + timedelta(days=(visit.days or 1) - 1)
        return datetime.combine(last, at, UTC)

    # One kind each

    def _answer(self, book: VisitBook, table: dict[str, Any]) -> VisitAnswer:
        code = str(table.pop("question", ""))
        question = next((one for one in book.body.questions if one.code == code), None)
        if question is None:
            raise self._error(code, f"{book.body.heading}, has no such question.")
        if not book.asked(question):
            raise self._error(code, "This is not asked of a service of this type; leave it out.")
        return self._filled(book.answer(code), table, code)

    def _people(self, book: VisitBook, table: dict[str, Any]) -> PeopleSpoken:
        given = self._filled(PeopleSpoken(visit=book.visit.uid), table, "people")
        if given.role is None:
            raise self._error("people", "The field role is needed.")
        return replace(given, uid=book.spoken(given.role).uid)

    def _graded(self, book: VisitBook, table: dict[str, Any]) -> PriorGrading:
        given = self._filled(PriorGrading(visit=book.visit.uid), table, "graded")
        if not given.action or given.grade is None:
            raise self._error("graded", "The fields action and grade are needed.")
        return replace(given, uid=book.grading(given.action).uid)

    def _override(self, book: VisitBook, table: dict[str, Any]) -> VisitOverride:
        given = self._filled(VisitOverride(visit=book.visit.uid), table, "override")
        if given.level is None or given.rating is None or not given.reason:
            raise self._error("override", "The fields level, rating and reason are needed.")
        return replace(
            given, uid=book.override(LevelKind(given.level.value), given.code or "").uid, code=given.code or ""
        )

    def _photo(self, book: VisitBook, table: dict[str, Any]) -> VisitPhoto:
        file = str(table.get("file", ""))
        picture, small = self._pictures(table)
        given = {name: raw for name, raw in table.items() if name != "file"}
        photo = self._filled(
            VisitPhoto(uid=sample_uid(f"sample.photo.{Path(file).stem}"), visit=book.visit.uid), given, file
        )
        if photo.question not in {question.code for question in book.body.questions}:
            raise self._error(file, f"{book.body.heading}, has no question {photo.question}.")
        return replace(
            photo,
            size=len(picture),
            sha256=hashlib.sha256(picture).hexdigest(),
            thumbnail=hashlib.sha256(small).hexdigest(),
        )

    def _signature(self, book: VisitBook, table: dict[str, Any], at: datetime) -> VisitSignature:
        strokes = table.pop("strokes", None)
        given = self._filled(VisitSignature(visit=book.visit.uid), table, "signature")
        if given.party is None:
            raise self._error("signature", "The field party is needed.")
        signed = at if strokes else None
        drawn = json.dumps(strokes, separators=(",", ":")) if strokes else None
        return replace(given, uid=book.signature(given.party).uid, strokes=drawn, signed=signed)

    def _left_out(self, book: VisitBook, found: list[Record]) -> Iterator[VisitAnswer]:
        kind = book.service.type.value if book.service and book.service.type else ""
        reason = f"{book.body.heading}, does not ask this of a service of this type: {kind}."
        for question in book.body.questions:
            if not book.asked(question):
                answer = replace(book.answer(question.code), not_applicable=True, reason=reason)
                yield replace(answer, **self.report.marks())

    # Parts

    def _filled(self, record: R, table: Mapping[str, Any], key: str) -> R:
        """A record with what a table says; evidence and codes are written as lists."""
        fields = type(record).fields()
        values: dict[str, Any] = {}
        for name, raw in table.items():
            if name not in fields or name in _KEPT_BY_THE_FILE:
                raise self._error(key, f"A {record.NOUN} has no field {name} here.")
            if isinstance(raw, list):
                raw = ", ".join(str(part) for part in raw)
            try:
                values[name] = value_of(fields[name], raw, self.places)
            except Misfit as misfit:
                raise self._error(key, str(misfit)) from None
        return replace(record, **{**values, **self.report.marks()})

    def _pictures(self, table: Mapping[str, Any]) -> list[bytes]:
        file = Path(str(table.get("file", "")))
        found = [self.folder / file.name, self.folder / f"{file.stem}-small{file.suffix}"]
        if not file.stem or not all(path.is_file() for path in found):
            raise self._error(str(file), "The photo or its small picture is not there.")
        return [path.read_bytes() for path in found]

    def _error(self, key: str, reason: str) -> SampleError:
        return SampleError(self.file, key, reason)


def _stamped(book: VisitBook, found: Sequence[Record], records: Mapping[str, Record]) -> list[Record]:
    """The records of a visit, its signatures with what was signed: all that was found, its actions, those it graded."""
    raised = [one for one in records.values() if isinstance(one, Action) and one.visit == book.visit.uid]
    graded = [records.get(one.action or "") for one in found if isinstance(one, PriorGrading)]
    book = replace(book, prior=tuple(one for one in graded if isinstance(one, Action)))
    rest = [record for record in found if not isinstance(record, VisitSignature)]
    for record in (*rest, *raised):
        book = book.holding(record)
    return [*rest, *(book.stamped(record) for record in found if isinstance(record, VisitSignature))]


def _name(record: Record) -> str:
    match record:
        case VisitAnswer():
            return record.question
        case PriorGrading() | Action():
            return "graded"
        case _:
            return record.KIND
