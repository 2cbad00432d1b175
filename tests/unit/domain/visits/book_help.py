"""Random visits as books, with every kind of record a visit has, over small random question sets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from hypothesis import strategies as st

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
)
from s75desk.domain.records.visit_work import Party, SpokenRole
from s75desk.domain.visits.book import VisitBook
from s75desk.domain.visits.question_set import QuestionSetBody
from s75desk.domain.visits.rule import LevelKind
from tests.unit.domain.visits.visit_help import bodies
from tests.unit.record_help import any_value

R = TypeVar("R", bound=Record)

VISIT = "5a75de5c-7777-4000-8000-000000000001"
SET_CONTENT = "5" * 64
PLACES = {"service": "service-1", "provider": "provider-1", "agreement": "agreement-1", "kpi": "kpi-1"}

_FIXED: Mapping[str, frozenset[str]] = {
    Visit.KIND: frozenset({"service", "stage", "outcome", "amends", "amended_because"}),
    VisitAnswer.KIND: frozenset({"visit", "question", "rating"}),
    VisitOverride.KIND: frozenset({"visit", "level", "code", "rating"}),
    PeopleSpoken.KIND: frozenset({"visit", "role"}),
    PriorGrading.KIND: frozenset({"visit", "action"}),
    VisitPhoto.KIND: frozenset({"visit", "question", "number"}),
    VisitSignature.KIND: frozenset({"visit", "party"}),
    Action.KIND: frozenset({"visit", "service", "questions"}),
}
"""What says whose a record is and where it stands; ratings are drawn on the scale of the set."""

PRIOR_KEPT = ("title", "kind", "owner", "raised", "due", "evidence_wanted")
"""What a content keeps of an action from before, besides its uid."""


@st.composite
def filled(draw: st.DrawFn, record: R, names: Sequence[str] = ()) -> R:
    """The record with any values in its free fields, or in some of them; nothing is None and never ""."""
    fields = record.fields()
    free = [name for name in fields if name not in _FIXED.get(record.KIND, ()) and (not names or name in names)]
    found = {}
    for name in free:
        value = draw(any_value(fields[name], PLACES))
        empty = value in (None, "") and not fields[name].required
        found[name] = None if empty else value
    return replace(record, **found)


@st.composite
def written(draw: st.DrawFn, body: QuestionSetBody) -> list[Record]:
    """Records of every kind that could be put into a visit, each once, photos and actions in the order of adding."""
    blank = VisitBook(Visit(uid=VISIT, service="service-1"), body)
    codes = [question.code for question in body.questions]
    steps = st.integers(1, body.scale.top)
    found: list[Record] = []
    for code in draw(st.lists(st.sampled_from(codes), max_size=4, unique=True)):
        answer = replace(blank.answer(code), rating=draw(st.none() | steps))
        found.append(draw(filled(answer, ("reason", "seen", "flagged", "not_applicable", "population", "method"))))
    levels = [(LevelKind.OVERALL, ""), *((LevelKind.AREA, area.code) for area in body.areas)]
    levels += [(LevelKind.STANDARD, standard.code) for standard in body.standards]
    for level, code in draw(st.lists(st.sampled_from(levels), max_size=2, unique=True)):
        override = replace(blank.override(level, code), rating=draw(st.none() | steps))
        found.append(draw(filled(override, ("reason",))))
    for role in draw(st.lists(st.sampled_from(list(SpokenRole)), max_size=2, unique=True)):
        found.append(draw(filled(blank.spoken(role), ("count",))))
    for party in draw(st.lists(st.sampled_from(list(Party)), max_size=2, unique=True)):
        found.append(draw(filled(blank.signature(party))))
    for number in range(1, draw(st.integers(0, 2)) + 1):
        photo = VisitPhoto(uid=f"photo-{number}", visit=VISIT, question=draw(st.sampled_from(codes)), number=number)
        found.append(draw(filled(photo, ("caption", "wide", "sha256"))))
    for number in range(draw(st.integers(0, 2))):
        questions = ", ".join(draw(st.lists(st.sampled_from(codes), max_size=2, unique=True)))
        action = Action(uid=f"action-{number}", visit=VISIT, service="service-1", questions=questions or None)
        found.append(draw(filled(action, ("title", "owner", "due", "state"))))
    return found


@st.composite
def plans(draw: st.DrawFn) -> VisitBook:
    """A visit with its service, provider and actions from before, of which nothing is recorded yet."""
    body = draw(bodies())
    visit = draw(filled(Visit(uid=VISIT, service="service-1"), ("planned", "made", "kind", "team", "comment", "days")))
    service = draw(st.none() | filled(Service(uid="service-1", provider="provider-1"), ("name", "type")))
    provider = draw(st.none() | filled(Provider(uid="provider-1"), ("name",))) if service else None
    prior = [
        draw(filled(Action(uid=f"prior-{number}", service="service-1"), PRIOR_KEPT))
        for number in range(draw(st.integers(0, 2)))
    ]
    return VisitBook(visit, body, SET_CONTENT, service, provider, prior=tuple(prior))


@st.composite
def books(draw: st.DrawFn) -> VisitBook:
    """A visit with records of any kind put into it."""
    book = draw(plans())
    for record in draw(written(book.body)):
        book = book.holding(record)
    for action in book.prior:
        if draw(st.booleans()):
            book = book.holding(draw(filled(book.grading(action.uid), ("grade", "reason"))))
    return book
