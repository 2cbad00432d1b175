"""Reads a visit out of the desk as a book: its records, its questions, the visit before, and what was being typed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TypeVar

from s75desk.domain.errors import DeskError, NotFound
from s75desk.domain.records import (
    KINDS,
    Action,
    PeopleSpoken,
    PriorGrading,
    Provider,
    QuestionSet,
    Record,
    Service,
    Visit,
    VisitAnswer,
    VisitOverride,
    VisitPhoto,
    VisitSignature,
    VisitVersion,
)
from s75desk.domain.visits.book import LastAnswer, VisitBook, on_scale
from s75desk.domain.visits.prior import TO_GRADE, in_order, to_grade
from s75desk.domain.visits.question_set import QuestionSetBody
from s75desk.models import blobs, drafts
from s75desk.models.repository import Repository
from s75desk.services.question_set_file import question_set_of_text
from s75desk.services.visit_content import fields_of, record_of

R = TypeVar("R", bound=Record)

_HELD: tuple[type[Record], ...] = (
    VisitAnswer,
    VisitOverride,
    PeopleSpoken,
    PriorGrading,
    VisitSignature,
)


class VisitReader:
    """Reads visits inside one transaction.

    Args:
        repository: On the transaction's connection.
        bodies: Question sets read before, by fingerprint; added to.
    """

    def __init__(self, repository: Repository, bodies: dict[str, QuestionSetBody]) -> None:
        self._records = repository
        self._bodies = bodies

    def book(self, uid: str) -> VisitBook:
        """The visit as it is recorded.

        Raises:
            NotFound: If it is not in this desk.
            DeskError: If its question set holds no questions.
        """
        visit = self._records.get(Visit, uid)
        if visit is None:
            raise NotFound("That quality visit is not in this desk.", "It may have been taken out of another desk.")
        content, body = self._body_of(visit)
        service = self._records.get(Service, visit.service)
        book = VisitBook(
            visit=visit,
            body=body,
            set_content=content,
            service=service,
            provider=self._records.get(Provider, service.provider) if service else None,
            versions=tuple(self._records.all(VisitVersion, visit=uid, archived=True, order=("number",))),
            last=self._last(visit, body),
        )
        for cls in _HELD:
            for record in self._own(cls, visit):
                book = book.holding(record)
        for photo in self._own(VisitPhoto, visit, order=("number",)):
            book = book.holding(photo)
        for action in self._records.all(Action, visit=uid):
            book = book.holding(action)
        return replace(book, prior=self._prior(book))

    def _own(self, cls: type[R], visit: Visit, order: Sequence[str] = ()) -> list[R]:
        """What hangs under a visit; under an archived one, what went with it and not what was taken out before."""
        found = self._records.all(cls, visit=visit.uid, archived=visit.archived_at is not None, order=order)
        return [record for record in found if record.archived_at in (None, visit.archived_at)]

    def body(self, content: str) -> QuestionSetBody:
        """The questions of a fingerprint.

        Raises:
            NotFound: If the desk does not hold them.
        """
        if content not in self._bodies:
            data = blobs.get(self._records.connection, content)
            if data is None:
                raise NotFound("The questions of this visit are not in this desk.", "Restore a backup.")
            self._bodies[content] = question_set_of_text(data.decode("utf-8"), "question set")
        return self._bodies[content]

    def unsettled(self, uid: str) -> tuple[Record, ...]:
        """What was being typed when it was last kept: records that are not yet in the history."""
        return tuple(
            record_of(KINDS[draft.kind], draft.typed)
            for draft in drafts.below(self._records.connection, draft_key(uid, ""))
        )

    def _body_of(self, visit: Visit) -> tuple[str, QuestionSetBody]:
        found = self._records.get(QuestionSet, visit.question_set or "")
        if found is None:
            raise DeskError("This visit has no question set.", "Edit the visit and choose one.")
        if not found.content:
            raise DeskError(
                f"{found.title}, version {found.version}, lists its standards and holds no questions.",
                "Edit the visit and choose a question set with questions.",
            )
        return found.content, self.body(found.content)

    def _prior(self, book: VisitBook) -> tuple[Action, ...]:
        """Actions of the service from before that are to be graded, or that this visit has graded."""
        found = {action.uid: action for action in self.prior(book.visit, book.provider)}
        graded = self._records.by_uid(Action, book.gradings).values()
        found |= {action.uid: action for action in graded if action.archived_at is None}
        return in_order(found.values())

    def prior(self, visit: Visit, provider: Provider | None) -> tuple[Action, ...]:
        """Actions that a visit has to grade: of its service, and of its provider as a whole."""
        found = self._records.all(Action, service=visit.service, state=TO_GRADE)
        if provider is not None:
            found += self._records.all(Action, provider=provider.uid, service=None, state=TO_GRADE)
        return in_order(action for action in found if to_grade(action, visit))

    def _last(self, visit: Visit, body: QuestionSetBody) -> Mapping[str, LastAnswer]:
        """The answers of the newest visit before this one that has any to the same questions, whatever the version."""
        day = visit.made or visit.planned or date.max
        before = [
            other
            for other in self._records.all(Visit, service=visit.service, order=("made",))
            if other.uid != visit.uid and other.made is not None and other.made <= day
        ]
        for other in reversed(before):
            answers = self._records.all(VisitAnswer, visit=other.uid)
            if answers and (then := self._readable(other)) is not None and then.title == body.title:
                return {answer.question: _last_answer(other, then, answer) for answer in answers}
        return {}

    def _readable(self, visit: Visit) -> QuestionSetBody | None:
        """The questions of another visit; None where they are gone, which keeps no visit from being opened."""
        try:
            return self._body_of(visit)[1]
        except DeskError:
            return None


def _last_answer(visit: Visit, body: QuestionSetBody, answer: VisitAnswer) -> LastAnswer:
    rating = on_scale(answer.rating, body.scale)
    word = body.scale.unanswered
    if rating is not None:
        word = body.scale.word(rating)
    elif answer.not_applicable:
        word = body.scale.not_applicable
    return LastAnswer(visit.made, rating, word, answer.seen or "")


def draft_key(visit: str, uid: str) -> str:
    """Under which key what is being typed into a record of a visit is kept; no form keeps its drafts under such."""
    return f"visiting:{visit}:{uid}"


def draft_of(record: Record) -> Mapping[str, str]:
    """A record as a draft keeps it."""
    return fields_of(record, about_notes=True)


def drafted(records: Iterable[Record], book: VisitBook) -> VisitBook:
    """The book with what was being typed."""
    for record in records:
        if isinstance(record, Visit):
            # The rest of it is planned elsewhere.
            record = replace(book.visit, comment=record.comment, no_comment=record.no_comment)
        book = book.holding(record)
    return book
