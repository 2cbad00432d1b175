"""What a later version says differently, told as an officer would: one line a thing, in words, nothing left silent."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

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
from s75desk.domain.records.action import ActionKind, ActionState
from s75desk.domain.records.visit import VisitKind
from s75desk.domain.records.visit_work import Party, PriorGrade, RatedLevel, SpokenRole
from s75desk.domain.visits.book import VisitBook
from s75desk.domain.visits.difference_words import Told, told
from s75desk.domain.visits.differences import differences
from s75desk.domain.visits.rating import Rater
from s75desk.domain.visits.sample import SampleMethod
from s75desk.services.visit_content import content_of
from tests.unit.domain.visits.visit_help import area, question, question_set, standard

BODY = question_set(
    area("A", standard("1", question("1.1", critical=True), question("1.2"))), area("B", standard("2", question("2.1")))
)
RATER = Rater(BODY)
SIGNED = datetime(2026, 2, 3, 10, 42, tzinfo=UTC)

BOOK = VisitBook(
    visit=Visit(uid="visit", service="service", made=date(2026, 2, 3), kind=VisitKind.ANNOUNCED),
    body=BODY,
    service=Service(uid="service", provider="provider", name="Fernbank House", capacity=45),
    provider=Provider(uid="provider", name="Invented Care"),
    prior=(Action(uid="old", title="Lock the sluice", due=date(2025, 9, 30)),),
)


def answer(code: str, **values: object) -> VisitAnswer:
    return VisitAnswer(uid=f"answer-{code}", visit="visit", question=code, **values)  # type: ignore[arg-type]


def book(*records: Record, **values: object) -> VisitBook:
    made = replace(BOOK, **values)  # type: ignore[arg-type]
    for record in records:
        made = made.holding(record)
    return made


def told_of(before: VisitBook, after: VisitBook) -> list[Told]:
    contents = (content_of(each, each.rate(RATER)) for each in (before, after))
    return list(told(differences(*contents), before, after))


def lines(before: VisitBook, after: VisitBook) -> list[tuple[str, str, str]]:
    return [(one.what, one.before, one.after) for one in told_of(before, after)]


def test_the_same_visit_differs_in_nothing() -> None:
    full = book(answer("1.1", rating=2, seen="Something."))
    assert told_of(full, full) == []


def test_a_rating_changes_what_stands_above_it_and_points_are_left_out() -> None:
    before, after = book(answer("1.1", rating=1)), book(answer("1.1", rating=3))
    assert lines(before, after) == [
        ("Overall rating", "Poor", "Good"),
        ("Rating of the area Area A", "Poor", "Good"),
        ("Rating of standard 1 Standard 1", "Poor", "Good"),
        ("1.1 Matter 1-1: rating", "Poor", "Good"),
    ]


def test_answers_stand_in_the_order_of_the_questions_whatever_their_uids() -> None:
    before = book(replace(answer("2.1", rating=3), uid="a"), replace(answer("1.2", rating=3), uid="z"))
    after = book(replace(answer("2.1", rating=2), uid="a"), replace(answer("1.2", rating=2), uid="z"))
    codes = [one.what.split(" ")[0] for one in told_of(before, after) if one.what.endswith(": rating")]
    assert codes == ["1.2", "2.1"]


@pytest.mark.parametrize(
    ("before", "after", "line"),
    [
        ({"rating": 3}, {"not_applicable": True}, ("rating", "Good", "Not applicable")),
        ({}, {"rating": 4}, ("rating", "Not looked at", "Excellent")),
        ({"rating": 4}, {}, ("rating", "Excellent", "Not looked at")),
        ({"seen": "Two of nine."}, {"seen": "Two of ten."}, ("what was seen", "Two of nine.", "Two of ten.")),
        ({}, {"seen": "A note."}, ("what was seen", "No note", "A note.")),
        ({"reason": "No"}, {}, ("why it does not apply", "No", "None")),
        ({"evidence": "file"}, {"evidence": "file, staff"}, ("evidence", "file", "file, staff")),
        (
            {"sample_of": "charts", "population": 45, "looked_at": 9, "codes": "CP1"},
            {
                "sample_of": "charts", "population": 45, "looked_at": 10, "codes": "CP1, CP2",
                "method": SampleMethod.RANDOM,
            },
            ("sample", "9 of 45 charts: CP1", "10 of 45 charts, at random: CP1 and CP2"),
        ),
    ],
)  # fmt: skip
def test_each_thing_said_of_a_question(
    before: dict[str, object], after: dict[str, object], line: tuple[str, str, str]
) -> None:
    found = lines(book(answer("1.2", **before)), book(answer("1.2", **after)))
    own = [one for one in found if one[0].startswith("1.2")]
    assert own == [(f"1.2 Matter 1-2: {line[0]}", *line[1:])]


def test_what_is_only_a_mark_of_the_officer_is_left_out() -> None:
    assert lines(book(answer("1.2", rating=3)), book(answer("1.2", rating=3, flagged=True))) == []


def test_an_override_comes_with_its_reason_and_with_what_was_worked_out() -> None:
    put = VisitOverride(uid="o", visit="visit", level=RatedLevel.STANDARD, code="1", rating=3, reason="It was mended.")
    before, after = book(answer("1.1", rating=1), put), book(answer("1.1", rating=2), put)
    assert ("Rating of standard 1 Standard 1, worked out", "Poor", "Requires improvement") in lines(before, after)
    bare = book(answer("1.1", rating=1))
    line = ("Officer’s judgement of the rating of standard 1 Standard 1", "None", "Good: It was mended.")
    assert line in lines(bare, before)


def test_people_gradings_and_actions_from_before() -> None:
    before = book(
        PeopleSpoken(uid="p", visit="visit", role=SpokenRole.CARE, count=2),
        PriorGrading(uid="g", visit="visit", action="old", grade=PriorGrade.NOT_MET, reason="Still open."),
    )
    after = book(
        PeopleSpoken(uid="p", visit="visit", role=SpokenRole.CARE, count=4),
        PeopleSpoken(uid="q", visit="visit", role=SpokenRole.RELATIVES, count=1),
        PriorGrading(uid="g", visit="visit", action="old", grade=PriorGrade.MET),
        prior=(replace(BOOK.prior[0], due=date(2025, 10, 1)), Action(uid="two", title="Hold a drill")),
    )
    assert lines(before, after) == [
        ("People spoken to: care staff", "2", "4"),
        ("People spoken to: relatives and friends", "Not known", "1"),
        ("Action from before, “Lock the sluice”: due", "30 Sep 2025", "1 Oct 2025"),
        ("Action from before: Hold a drill", "Not on the list", "Kind not known, no owner, no due date"),
        ("Action from before, “Lock the sluice”: how far it is done", "Not met", "Met"),
        ("Action from before, “Lock the sluice”: why", "Still open.", "None"),
    ]


def test_actions_and_photos_that_come_go_and_change() -> None:
    kept = Action(uid="a", title="Check charts", visit="visit", due=date(2026, 2, 10), owner="clinical lead")
    gone = Action(uid="b", title="Drop it", visit="visit", kind=ActionKind.CORRECTIVE)
    first = VisitPhoto(uid="p", visit="visit", question="1.1", number=1, caption="A chart")
    after = book(
        replace(kept, due=date(2026, 2, 17), state=ActionState.DONE),
        replace(first, caption="The chart"),
        VisitPhoto(uid="q", visit="visit", number=2),
    )
    assert lines(book(kept, gone, first), after) == [
        ("Action agreed, “Check charts”: due", "10 Feb 2026", "17 Feb 2026"),
        ("Action agreed, “Check charts”: state", "Open", "Done"),
        ("Action agreed: Drop it", "Corrective, no owner, no due date", "Not agreed"),
        ("Photo 1, question 1.1", "A chart", "The chart"),
        ("Photo 2", "Not there", "No caption"),
    ]


def test_comment_signatures_and_the_place() -> None:
    one = VisitSignature(
        uid="s", visit="visit", party=Party.PROVIDER, role="registered manager", strokes="[[[1,1]]]", signed=SIGNED
    )
    before = book(one, replace(BOOK.visit, no_comment=True, team="one officer"))
    after = book(
        replace(one, refused=True, reason="Not agreed.", strokes=None, signed=None),
        replace(BOOK.visit, comment="We disagree.", team="two officers"),
        service=replace(BOOK.service, capacity=44),
    )
    assert lines(before, after) == [
        ("Provider’s comment", "None made", "We disagree."),
        ("The visit: team", "one officer", "two officers"),
        (
            "Signature of the provider",
            "Registered manager, signed 3 February 2026, 10:42",
            "Registered manager, refused: Not agreed.",
        ),
        ("Service: capacity", "45", "44"),
    ]


def test_another_version_of_the_question_set_is_told() -> None:
    later = replace(BOOK, body=replace(BODY, version="2"), set_content="other")
    assert ("Question set", "Test standards, version 1", "Test standards, version 2") in lines(BOOK, later)


def test_a_visit_of_which_next_to_nothing_is_known_can_be_compared() -> None:
    empty = replace(BOOK, visit=Visit(uid="visit", service="service"), service=None, provider=None, prior=())
    assert ("The visit: made on", "Not known", "3 Feb 2026") in lines(empty, BOOK)
    assert ("Service: name", "Not known", "Fernbank House") in lines(empty, BOOK)
