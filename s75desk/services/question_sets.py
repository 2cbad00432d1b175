"""Question sets by version: the list, one version with its standards, and a new version made from another."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from s75desk.domain.changes import Changes
from s75desk.domain.errors import Rejected
from s75desk.domain.records import QuestionSet, Standard, Visit
from s75desk.domain.records.visit import SetState
from s75desk.domain.status import NOT_KNOWN, Shape, Status
from s75desk.domain.visits.question_set import QuestionSetBody
from s75desk.domain.wording import NOT_KNOWN as UNKNOWN
from s75desk.domain.wording import date_long, plural
from s75desk.models import blobs
from s75desk.models.repository import Repository
from s75desk.paths import resource
from s75desk.services.question_set_file import load_question_set, question_set_of_text, question_set_text
from s75desk.services.records import RecordService
from s75desk.services.writer import Change

HOUSE = "house-standards-1.toml"
"""The question set that comes with the program."""


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
    """

    uid: str
    title: str
    version: str
    status: Status
    since: date | None
    standards: int
    areas: int
    visits: int


@dataclass(frozen=True, slots=True)
class QuestionSetPage:
    """One version with its standards by number, the other versions of the same title, and the visits made with it."""

    question_set: QuestionSet
    status: Status
    standards: tuple[Standard, ...]
    versions: tuple[QuestionSetRow, ...]
    visits: int

    @property
    def areas(self) -> tuple[str, ...]:
        """The areas in the order of their first standard; "Not known" for standards without one."""
        return tuple(dict.fromkeys(standard.area or UNKNOWN for standard in self.standards))


class QuestionSetService(RecordService):
    """Reads question sets and makes new versions."""

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
        versions = tuple(row for row in rows if row.title == found.title and row.uid != uid)
        return QuestionSetPage(found, _page_status(found, len(standards), visits), standards, versions, visits)

    def enter_version(self, record: QuestionSet, source: str) -> Changes:
        """Write a new version with copies of every standard of the version ``source``, in one change.

        Visits keep the version they were made with, so standards are changed in a new one.

        Raises:
            Rejected: If the record has a fault; nothing is written.
            NotFound: If ``source`` is not in this desk.
        """
        self.get(QuestionSet, source)
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
        return self.load(load_question_set(resource("question_sets", HOUSE)))

    def body(self, uid: str) -> QuestionSetBody | None:
        """The questions of a set, or None if it only lists its standards."""
        found = self.get(QuestionSet, uid)
        with self.place.desk.reading() as connection:
            data = blobs.get(connection, found.content or "")
        return None if data is None else question_set_of_text(data.decode("utf-8"), found.title)

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
        return tuple(_row(found, standards.get(found.uid, []), visits.get(found.uid, 0)) for found in sets)


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
    made = change.create(
        QuestionSet(
            uid=uid,
            title=body.title,
            version=body.version,
            state=SetState.IN_USE,
            since=since,
            scale=", ".join(step.word for step in body.scale.steps),
            rule=body.rule.explanation,
            content=blobs.put(change.connection, question_set_text(body).encode("utf-8")),
            **rest,
        )
    )
    standards = [(area, standard) for area in body.areas for standard in area.standards]
    change.create_many(
        [
            Standard(
                question_set=made.uid,
                number=place,
                area=area.title,
                title=standard.title,
                weight=standard.weight,
                **rest,
            )
            for place, (area, standard) in enumerate(standards, start=1)
        ]
    )
    return made


def status_of_set(found: QuestionSet) -> Status:
    """Draft, in use or retired."""
    match found.state:
        case SetState.IN_USE:
            return Status(Shape.GOOD, "In use")
        case SetState.DRAFT:
            return Status(Shape.PLAN, "Draft")
        case SetState.RETIRED:
            return Status(Shape.DONE, "Retired")
        case _:
            return NOT_KNOWN


def _row(found: QuestionSet, standards: list[Standard], visits: int) -> QuestionSetRow:
    return QuestionSetRow(
        uid=found.uid,
        title=found.title,
        version=found.version or UNKNOWN,
        status=status_of_set(found),
        since=found.since,
        standards=len(standards),
        areas=len({standard.area for standard in standards}),
        visits=visits,
    )


def _page_status(found: QuestionSet, standards: int, visits: int) -> Status:
    status = status_of_set(found)
    if not standards:
        return replace(status, sentence="It has no standards yet.")
    since = f" since {date_long(found.since)}" if found.since and found.state is SetState.IN_USE else ""
    if visits:
        kept = f"{plural(visits, 'visit')} {'keeps' if visits == 1 else 'keep'} this version"
        return replace(status, sentence=f"{status.word}{since}. {kept}: change standards in a new version.")
    return replace(status, sentence=f"{status.word}{since}. No visit has been made with it.")
