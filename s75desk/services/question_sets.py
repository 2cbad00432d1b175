"""Question sets by version: the list, one version with its standards, and a new version made from another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any
from uuid import uuid4

from s75desk.domain.changes import Changes
from s75desk.domain.errors import Rejected
from s75desk.domain.records import QuestionSet, Standard, Visit
from s75desk.domain.records.visit import SetState
from s75desk.domain.status import Status
from s75desk.domain.statuses.kept import question_set_status
from s75desk.domain.visits.question_set import QuestionSetBody
from s75desk.domain.wording import NOT_KNOWN as UNKNOWN
from s75desk.domain.wording import date_long, plural
from s75desk.models import blobs
from s75desk.models.repository import Repository
from s75desk.paths import resource
from s75desk.services.question_set_file import (
    content_hash,
    load_question_set,
    question_set_of_text,
    question_set_text,
)
from s75desk.services.records import RecordService
from s75desk.services.workplace import Workplace
from s75desk.services.writer import Change

HOUSE = "house-standards-1.toml"
"""The question set that comes with the program."""


@cache
def house_set() -> QuestionSetBody:
    """The house question set of this program; raises as ``load_question_set``."""
    return load_question_set(resource("question_sets", HOUSE))


@dataclass(frozen=True, slots=True)
class QuestionSetRow:
    """One row of the list of question sets, and of the versions of one.

    Attributes:
        uid: The question set.
        title: Its title.
        version: Its version, "Not known" if it has none.
        status: Draft, in use, retired.
        since: From when it is in use.
        standards: How many standards it has.
        areas: In how many areas these stand.
        visits: How many live visits keep this version.
        with_questions: Whether it has questions; one without only lists its standards.
    """

    uid: str
    title: str
    version: str
    status: Status
    since: date | None
    standards: int
    areas: int
    visits: int
    with_questions: bool


@dataclass(frozen=True, slots=True)
class QuestionSetPage:
    """One version with its standards by number, the other versions of the same title, and the visits made with it.

    Attributes:
        body: Its questions, with scale, rule and sources; None for one that only lists its standards.
        house_is_here: Whether the question set that comes with the program is in this desk.
    """

    question_set: QuestionSet
    status: Status
    standards: tuple[Standard, ...]
    versions: tuple[QuestionSetRow, ...]
    visits: int
    body: QuestionSetBody | None = None
    house_is_here: bool = True

    @property
    def areas(self) -> tuple[str, ...]:
        """The areas in the order of their first standard; "Not known" for standards without one."""
        return tuple(dict.fromkeys(standard.area or UNKNOWN for standard in self.standards))


class QuestionSetService(RecordService):
    """Reads question sets and makes new versions."""

    def __init__(self, place: Workplace) -> None:
        super().__init__(place)
        self._bodies: dict[str, QuestionSetBody] = {}

    def rows(self) -> tuple[QuestionSetRow, ...]:
        """Every live question set, by title, the newest version first."""
        with self.place.desk.reading() as connection:
            return self._rows(Repository(connection))

    def page(self, uid: str) -> QuestionSetPage:
        """One version of a question set.

        Raises:
            NotFound: If it is not in this desk.
        """
        found = self.get(QuestionSet, uid)
        with self.place.desk.reading() as connection:
            repository = Repository(connection)
            standards = tuple(repository.all(Standard, question_set=uid, order=("number",)))
            visits = len(repository.all(Visit, question_set=uid))
            rows = self._rows(repository)
            data = blobs.get(connection, found.content or "")
            here = bool(_of_house(repository))
        body = None if data is None else self._read(found, data)
        versions = tuple(row for row in rows if row.title == found.title and row.uid != uid)
        status = _page_status(found, self.place.day(), len(standards), visits)
        return QuestionSetPage(found, status, standards, versions, visits, body, here)

    def enter_version(self, record: QuestionSet, source: str) -> Changes:
        """Write a new version with copies of every standard of the version ``source``, in one change.

        Visits keep the version they were made with, so standards are changed in a new one.

        Raises:
            Rejected: If the record has a fault, or ``source`` has questions, which a copy of its standards would lack;
                nothing is written.
            NotFound: If ``source`` is not in this desk.
        """
        if self.get(QuestionSet, source).content:
            raise Rejected("", "This version has questions, which cannot be edited here. Nothing was copied.")
        with self.place.change(f"Added: {record.title}, version {record.version}") as change:
            self._check(change.records, record)
            made = change.create(record)
            copied = change.records.all(Standard, question_set=source, order=("number",))
            change.create_many([replace(standard, uid="", question_set=made.uid) for standard in copied])
        return change.result

    def load(self, body: QuestionSetBody, since: date | None = None) -> Changes:
        """Take in a question set with its questions, as a version that visits can be made with.

        Raises:
            Rejected: If another set of this title and version is here already.
        """
        with self.place.change(f"Added: {body.heading}") as change:
            load_into(change, body, since or self.place.today())
        return change.result

    def house(self) -> Changes:
        """Take in the house question set of this program; raises as ``load``."""
        return self.load(house_set())

    def ready(self) -> Changes:
        """Take in the house question set if no set with questions is in use, so that a visit can be planned at once.

        Nothing is written where one is in use, or where the house set is here and was retired on purpose.
        """
        with self.place.change("") as change:
            in_use = change.records.all(QuestionSet, state=SetState.IN_USE)
            if not any(found.content for found in in_use) and not _of_house(change.records):
                change.label = f"Added: {house_set().heading}"
                load_into(change, house_set(), self.place.today())
        return change.result

    def body(self, uid: str) -> QuestionSetBody | None:
        """The questions of a set, or None if it only lists its standards."""
        found = self.get(QuestionSet, uid)
        with self.place.desk.reading() as connection:
            data = blobs.get(connection, found.content or "")
        return None if data is None else self._read(found, data)

    def _read(self, found: QuestionSet, data: bytes) -> QuestionSetBody:
        """The questions of a fingerprint; read once, as they never change."""
        key = found.content or ""
        if key not in self._bodies:
            self._bodies[key] = question_set_of_text(data.decode("utf-8"), found.title)
        return self._bodies[key]

    def _rows(self, repository: Repository) -> tuple[QuestionSetRow, ...]:
        standards: dict[str, list[Standard]] = {}
        for standard in repository.all(Standard):
            standards.setdefault(standard.question_set, []).append(standard)
        visits: dict[str, int] = {}
        for visit in repository.all(Visit):
            if visit.question_set:
                visits[visit.question_set] = visits.get(visit.question_set, 0) + 1
        sets = repository.all(QuestionSet)
        sets.sort(key=lambda found: (found.since or date.min, found.version or ""), reverse=True)
        sets.sort(key=lambda found: found.title.casefold())
        return tuple(
            _row(found, self.place.day(), standards.get(found.uid, []), visits.get(found.uid, 0)) for found in sets
        )


def _any_uid(number: int) -> str:
    return str(uuid4())


def load_into(change: Change, body: QuestionSetBody, since: date, *, uid: str = "", **rest: Any) -> QuestionSet:
    """Write a question set and its standards inside a change.

    Args:
        change: The change.
        body: The questions.
        since: From when it is in use.
        uid: Its uid, "" for a new one.
        rest: Further fields of the records: a source, a sample mark.

    Raises:
        Rejected: If another set of this title and version is here already.
    """
    for other in change.records.all(QuestionSet, title=body.title, version=body.version):
        raise Rejected("version", f"{other.title}, version {other.version}, is in this desk already.")
    blobs.put(change.connection, question_set_text(body).encode("utf-8"))
    made, standards = records_of_set(body, since, uid=uid or str(uuid4()), **rest)
    change.create_many([made, *standards])
    return made


def records_of_set(
    body: QuestionSetBody, since: date, *, uid: str, standard_uid: Callable[[int], str] = _any_uid, **rest: Any
) -> tuple[QuestionSet, list[Standard]]:
    """The records of a question set with questions; its content has to lie in the blob store as well.

    Args:
        body: The questions.
        since: From when it is in use.
        uid: Its uid.
        standard_uid: Gives the uid of a standard by its number.
        rest: Further fields of the records: a source, a sample mark.
    """
    made = QuestionSet(
        uid=uid,
        title=body.title,
        version=body.version,
        state=SetState.IN_USE,
        since=since,
        scale=", ".join(step.word for step in body.scale.steps),
        rule=body.rule.explanation,
        content=content_hash(body),
        **rest,
    )
    standards = [(area, standard) for area in body.areas for standard in area.standards]
    return made, [
        Standard(
            uid=standard_uid(place),
            question_set=uid,
            number=place,
            area=area.title,
            title=standard.title,
            weight=standard.weight,
            **rest,
        )
        for place, (area, standard) in enumerate(standards, start=1)
    ]


def _row(found: QuestionSet, today: date, standards: list[Standard], visits: int) -> QuestionSetRow:
    return QuestionSetRow(
        uid=found.uid,
        title=found.title,
        version=found.version or UNKNOWN,
        status=question_set_status(found, today),
        since=found.since,
        standards=len(standards),
        areas=len({standard.area for standard in standards}),
        visits=visits,
        with_questions=bool(found.content),
    )


def _of_house(repository: Repository) -> list[QuestionSet]:
    """The house question set as it is in a desk, archived or not."""
    return repository.all(QuestionSet, title=house_set().title, version=house_set().version, archived=True)


def _page_status(found: QuestionSet, today: date, standards: int, visits: int) -> Status:
    status = question_set_status(found, today)
    if not standards:
        return replace(status, sentence="It has no standards yet.")
    since = f" since {date_long(found.since)}" if found.since and found.state is SetState.IN_USE else ""
    if found.content:
        kept = f"{plural(visits, 'visit')} {'keeps' if visits == 1 else 'keep'} it" if visits else "No visit has it yet"
        return replace(status, sentence=f"{status.word}{since}. Its questions are fixed. {kept}.")
    if visits:
        kept = f"{plural(visits, 'visit')} {'keeps' if visits == 1 else 'keep'} this version"
        return replace(status, sentence=f"{status.word}{since}. {kept}: change standards in a new version.")
    return replace(status, sentence=f"{status.word}{since}. No visit has been made with it.")
