"""A visit as it stands: the plan, the question set, and all that has been recorded, in one frozen value.

The window holds the present book and puts each change into a new one; the desk keeps the records it is made of. Records
that there is only one of (the answer to a question, the signature of a party) have a uid made from what they stand for,
so that nothing can ever be there twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType
from typing import Any, TypeVar
from uuid import UUID, uuid5

from s75desk.domain.records import (
    Action,
    PeopleSpoken,
    PriorGrading,
    Provider,
    Record,
    Service,
    Visit,
    VisitAnswer,
    VisitOverride,
    VisitPhoto,
    VisitSignature,
    VisitVersion,
)
from s75desk.domain.records.visit import VisitStage
from s75desk.domain.records.visit_work import Party, RatedLevel, SpokenRole
from s75desk.domain.statuses.visits import NOT_ASKED
from s75desk.domain.visits.answers import Answer, Override
from s75desk.domain.visits.completeness import PriorAction, RaisedAction, Signing, VisitFacts
from s75desk.domain.visits.levels import VisitRating
from s75desk.domain.visits.question_set import EvidenceSource, QuestionBody, QuestionSetBody
from s75desk.domain.visits.rating import Rater
from s75desk.domain.visits.rule import LevelKind
from s75desk.domain.visits.sample import Sample
from s75desk.domain.visits.scale import LOWEST, Scale
from s75desk.domain.visits.signed_for import fingerprint

R = TypeVar("R", bound=Record)

_HALF = re.compile("[\ud800-\udfff]")
_NAMESPACE = UUID("9c1f2f8e-54a3-4a55-9c1f-7575de5c0a11")


def uid_for(visit: str, *what: str) -> str:
    """The uid of a record that a visit has only one of: the answer to a question, the grade of an action."""
    return str(uuid5(_NAMESPACE, "/".join((visit, *what))))


@dataclass(frozen=True, slots=True)
class LastAnswer:
    """What was said of a question at the visit before.

    Attributes:
        made: When that visit was made.
        rating: A step of the scale, None if it was not rated.
        word: Its word in the scale of that visit; "Not looked at", "Not applicable".
        seen: What was seen then; "" for nothing.
    """

    made: date | None
    rating: int | None
    word: str
    seen: str


@dataclass(frozen=True, slots=True)
class VisitBook:
    """Everything about one visit.

    Attributes:
        visit: The plan, and what was said of the visit as a whole.
        body: The question set it is made with.
        set_content: Fingerprint of that question set.
        service: The service; None only where it is not known any more.
        provider: The provider.
        answers: By code of the question.
        overrides: By level and code.
        people: By role.
        prior: Actions from before that are to be graded, soonest due first.
        gradings: By uid of the action.
        photos: In the order they were added.
        actions: Raised at this visit, in the order they were added.
        signatures: By party.
        versions: Signed versions, the first first.
        last: What was said at the visit before, by code of the question.
    """

    visit: Visit
    body: QuestionSetBody
    set_content: str = ""
    service: Service | None = None
    provider: Provider | None = None
    answers: Mapping[str, VisitAnswer] = field(default_factory=dict)
    overrides: Mapping[tuple[LevelKind, str], VisitOverride] = field(default_factory=dict)
    people: Mapping[SpokenRole, PeopleSpoken] = field(default_factory=dict)
    prior: tuple[Action, ...] = ()
    gradings: Mapping[str, PriorGrading] = field(default_factory=dict)
    photos: tuple[VisitPhoto, ...] = ()
    actions: tuple[Action, ...] = ()
    signatures: Mapping[Party, VisitSignature] = field(default_factory=dict)
    versions: tuple[VisitVersion, ...] = ()
    last: Mapping[str, LastAnswer] = field(default_factory=lambda: MappingProxyType({}))

    # What there is

    @property
    def name(self) -> str:
        """Name of the service."""
        return self.service.name if self.service else "Service not known"

    @property
    def locked(self) -> bool:
        """Whether it has been signed and is not being amended."""
        return bool(self.versions) and self.visit.amends != self.versions[-1].number

    def answer(self, code: str) -> VisitAnswer:
        """The answer to a question; an empty one that is not yet kept if there is none."""
        found = self.answers.get(code)
        return found or VisitAnswer(uid=uid_for(self.visit.uid, "answer", code), visit=self.visit.uid, question=code)

    def grading(self, action: str) -> PriorGrading:
        """The grade of an action from before; an empty one if there is none."""
        found = self.gradings.get(action)
        return found or PriorGrading(uid=uid_for(self.visit.uid, "grade", action), visit=self.visit.uid, action=action)

    def spoken(self, role: SpokenRole) -> PeopleSpoken:
        """How many of a role were spoken to; an empty record if that is not known."""
        found = self.people.get(role)
        return found or PeopleSpoken(uid=uid_for(self.visit.uid, "spoken", role), visit=self.visit.uid, role=role)

    def signature(self, party: Party) -> VisitSignature:
        """The signature of a party; an empty one if there is none."""
        found = self.signatures.get(party)
        return found or VisitSignature(uid=uid_for(self.visit.uid, "signed", party), visit=self.visit.uid, party=party)

    def override(self, level: LevelKind, code: str) -> VisitOverride:
        """The override of a level; an empty one if there is none."""
        found = self.overrides.get((level, code))
        return found or VisitOverride(
            uid=uid_for(self.visit.uid, "override", level.value, code),
            visit=self.visit.uid,
            level=RatedLevel(level.value),
            code=code or None,
        )

    def photos_of(self, code: str) -> tuple[VisitPhoto, ...]:
        """The photos of a question."""
        return tuple(photo for photo in self.photos if photo.question == code)

    def actions_of(self, code: str) -> tuple[Action, ...]:
        """The actions that come from a question."""
        return tuple(action for action in self.actions if code in questions_of(action))

    def asked(self, question: QuestionBody) -> bool:
        """Whether a question is meant for the type of this service."""
        return question.meant_for(self.service.type if self.service else None)

    def left_out(self) -> tuple[VisitAnswer, ...]:
        """Answers to questions that are not meant for this type of service and have none: not applicable, and why."""
        kind = self.service.type.value if self.service and self.service.type else ""
        reason = f"{self.body.heading}, {NOT_ASKED}: {kind}."
        return tuple(
            replace(self.answer(question.code), not_applicable=True, reason=reason, sample=self.visit.sample)
            for question in self.body.questions
            if not self.asked(question) and question.code not in self.answers
        )

    @property
    def progress(self) -> tuple[int, int]:
        """How many questions were answered, and how many more are not meant for this type of service."""
        given = [code for code, one in self.answers.items() if one.rating is not None or one.not_applicable]
        not_meant = {question.code for question in self.body.questions if not self.asked(question)}
        out = sum(code in not_meant and self.answers[code].rating is None for code in given)
        return len(given) - out, out

    # What changes

    def begun(self) -> VisitBook:
        """The book of a visit that has begun: under way, with what is not meant for its service left out."""
        if self.visit.stage not in (VisitStage.PLANNED, None):
            return self
        book = replace(self, visit=replace(self.visit, stage=VisitStage.UNDER_WAY))
        for answer in self.left_out():
            book = book.holding(answer)
        return book

    def holding(self, record: Record) -> VisitBook:
        """The book with a record put in, or in the place of what it was before.

        Raises:
            TypeError: For a kind of record that does not belong to a visit.
        """
        match record:
            case Visit():
                return replace(self, visit=record)
            case VisitAnswer():
                return replace(self, answers={**self.answers, record.question: record})
            case PriorGrading():
                return replace(self, gradings={**self.gradings, record.action or "": record})
            case PeopleSpoken() if record.role:
                return replace(self, people={**self.people, record.role: record})
            case VisitSignature() if record.party:
                return replace(self, signatures={**self.signatures, record.party: record})
            case VisitOverride() if record.level:
                return replace(
                    self, overrides={**self.overrides, (LevelKind(record.level.value), record.code or ""): record}
                )
            case VisitPhoto():
                return replace(self, photos=_put(self.photos, record))
            case Action():
                return replace(self, actions=_put(self.actions, record))
            case _:
                raise TypeError(f"a {record.KIND} does not belong into a visit")

    def without(self, record: Record) -> VisitBook:
        """The book without a photo, an action raised here, or an override."""
        match record:
            case VisitPhoto():
                return replace(self, photos=tuple(one for one in self.photos if one.uid != record.uid))
            case Action():
                return replace(self, actions=tuple(one for one in self.actions if one.uid != record.uid))
            case VisitOverride():
                left = {place: one for place, one in self.overrides.items() if one.uid != record.uid}
                return replace(self, overrides=left)
            case _:
                raise TypeError(f"a {record.KIND} is not taken out of a visit")

    def records(self) -> Iterator[Record]:
        """Every record the book holds that is written at a visit, the visit first."""
        yield self.visit
        for group in (self.answers, self.overrides, self.people, self.gradings, self.signatures):
            yield from group.values()
        yield from self.photos
        yield from self.actions

    # What follows

    def rate(self, rater: Rater) -> VisitRating:
        """The rating as it stands. ``rater`` is of this book's question set."""
        return rater.rate(self.given(), self.put())

    def given(self) -> tuple[Answer, ...]:
        """The answers as the rating counts them; those of questions the set does not have are left out."""
        codes = {question.code for question in self.body.questions}
        return tuple(said(answer, self.body.scale) for code, answer in self.answers.items() if code in codes)

    def put(self) -> tuple[Override, ...]:
        """The overrides that are complete, with a rating and a reason, and are of a level that the set has."""
        levels = {(LevelKind.OVERALL, ""), *((LevelKind.AREA, area.code) for area in self.body.areas)}
        levels |= {(LevelKind.STANDARD, standard.code) for standard in self.body.standards}
        return tuple(
            Override(*place, rating, record.reason)
            for place, record in self.overrides.items()
            if place in levels
            and (rating := on_scale(record.rating, self.body.scale)) is not None
            and record.reason
            and record.reason.strip()
        )

    def signing(self, party: Party) -> Signing:
        """Whether a party has signed the visit as it now stands; of a locked one nothing can have been changed."""
        held = self.signatures.get(party)
        state = signing(held)
        if held is None or state is not Signing.SIGNED or self.locked:
            return state
        return state if held.content == self.signed_for(party) else Signing.OUTDATED

    def signed_for(self, party: Party) -> str:
        """The fingerprint of what a party would sign now."""
        graded = (action for action in self.prior if self.grading(action.uid).grade is not None)
        return fingerprint(self.records(), party, graded)

    def stamped(self, signature: VisitSignature) -> VisitSignature:
        """A signature as it is put into the book: if it has just been given, with what it was given for."""
        if not (signature.strokes and signature.party):
            return replace(signature, content=None)
        held = self.signature(signature.party)
        if (signature.strokes, signature.signed) == (held.strokes, held.signed):
            return replace(signature, content=held.content)
        return replace(signature, content=self.signed_for(signature.party))

    def facts(self) -> VisitFacts:
        """What finishing the visit looks at."""
        return VisitFacts(
            body=self.body,
            answers={code: said(answer, self.body.scale) for code, answer in self.answers.items()},
            noted=frozenset(code for code, answer in self.answers.items() if (answer.seen or "").strip()),
            samples={code: found for code, answer in self.answers.items() if (found := sample_of(answer)) is not None},
            prior=tuple(
                PriorAction(action.uid, action.title, graded.grade, graded.reason or "")
                for action in self.prior
                for graded in (self.grading(action.uid),)
            ),
            actions=tuple(
                RaisedAction(action.uid, action.title, action.owner or "", action.due, questions_of(action))
                for action in self.actions
            ),
            people={role.value: found.count or 0 for role, found in self.people.items()},
            comment=self.visit.comment or "",
            no_comment=bool(self.visit.no_comment),
            officer=self.signing(Party.OFFICER),
            provider=self.signing(Party.PROVIDER),
            refusal=(self.signature(Party.PROVIDER).reason or ""),
        )


def said(answer: VisitAnswer, scale: Scale | None = None) -> Answer:
    """An answer as the rating counts it: a step that ``scale`` does not have, left by another set, is none."""
    rating = answer.rating if scale is None else on_scale(answer.rating, scale)
    return Answer(
        answer.question,
        rating,
        bool(answer.not_applicable) and rating is None,
        answer.reason or "",
        bool(answer.flagged),
    )


def on_scale(rating: int | None, scale: Scale) -> int | None:
    """A rating, or None if the scale has no such step."""
    return rating if rating is not None and LOWEST <= rating <= scale.top else None


def writable(record: R) -> R:
    """A record whose words any file can hold: a half of a broken sign becomes �, and NUL, which is no sign, goes."""
    changed: dict[str, Any] = {
        name: words
        for name in record.fields()
        if isinstance(held := getattr(record, name), str)
        and (words := _HALF.sub("\ufffd", held.replace("\0", ""))) != held
    }
    return replace(record, **changed) if changed else record


def sample_of(answer: VisitAnswer) -> Sample | None:
    """What was sampled for an answer, or None if nothing is recorded of it."""
    sample = Sample(answer.sample_of or "", answer.population, answer.looked_at, answer.method, codes_of(answer.codes))
    return None if sample == Sample(sample.what) and not sample.what.strip() else sample


def codes_of(text: str | None) -> tuple[str, ...]:
    """The codes of a sample, from how they are kept: "CP1, CP2"."""
    return tuple(code for part in (text or "").split(",") if (code := part.strip()))


def evidence_of(answer: VisitAnswer) -> tuple[EvidenceSource, ...]:
    """Where an answer comes from, in the order of the buttons."""
    kept = {part.strip() for part in (answer.evidence or "").split(",")}
    return tuple(source for source in EvidenceSource if source.value in kept)


def questions_of(action: Action) -> tuple[str, ...]:
    """Codes of the questions an action comes from."""
    return codes_of(action.questions)


def signing(signature: VisitSignature | None) -> Signing:
    """Whether a party has signed or refused, whatever was changed since: of a signed version nothing can be."""
    if signature is None:
        return Signing.OPEN
    if signature.refused:
        return Signing.REFUSED
    return Signing.SIGNED if signature.strokes and signature.signed else Signing.OPEN


def _put(held: tuple[R, ...], record: R) -> tuple[R, ...]:
    if any(one.uid == record.uid for one in held):
        return tuple(record if one.uid == record.uid else one for one in held)
    return (*held, record)
