"""What keeps a visit open, by name, and what is only worth a look before it is finished."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest

from s75desk.domain.visits.answers import Answer
from s75desk.domain.visits.completeness import (
    Gap,
    Missing,
    PriorAction,
    PriorGrade,
    RaisedAction,
    Signing,
    VisitFacts,
    can_finish,
    missing,
    missing_words,
)
from s75desk.domain.visits.sample import Sample
from tests.unit.domain.visits.visit_help import answers, area, question, question_set, standard

BODY = question_set(
    area("A", standard("1", question("1.1", critical=True), question("1.2")), standard("2", question("2.1")))
)
ACTION = RaisedAction("a1", "Audit medicines weekly", "deputy manager", date(2026, 2, 17), ("1.1",))
WHOLE = VisitFacts(
    body=BODY,
    answers={answer.question: answer for answer in answers(q1_1=2, q1_2=3, q2_1="n")},
    noted=frozenset({"1.1"}),
    samples={"1.1": Sample("charts", 45, 2, codes=("CP1", "CP2"))},
    prior=(
        PriorAction("p1", "Repair the lift", PriorGrade.MET),
        PriorAction("p2", "Train night staff", PriorGrade.NOT_MET, "Two of nine trained."),
    ),
    actions=(ACTION,),
    people={"people who live here": 3, "relatives": 1},
    comment="Fair.",
    officer=Signing.SIGNED,
    provider=Signing.SIGNED,
)


def _with(**changed: Answer) -> Mapping[str, Answer]:
    return {**WHOLE.answers, **{name.removeprefix("q").replace("_", "."): answer for name, answer in changed.items()}}


def test_a_whole_visit_misses_nothing() -> None:
    assert missing(WHOLE) == ()
    assert can_finish(())
    assert missing_words(()) == ""


PARTS = {"ay why": "reason", "no note of what was seen": "note", "Sample:": "sample"}
"""Which part of its place a gap asks for, by its words; any other asks for the whole."""


@pytest.mark.parametrize(
    ("facts", "gap", "target", "title", "text", "blocks"),
    [
        (
            replace(WHOLE, prior=(PriorAction("p1", "Repair the lift"),)),
            *(Gap.PRIOR_ACTION, "p1", "Repair the lift", "Grade it: met, partly met or not met.", True),
        ),
        (
            replace(WHOLE, prior=(PriorAction("p1", "Repair the lift", PriorGrade.PARTLY, " "),)),
            *(Gap.PRIOR_ACTION, "p1", "Repair the lift", "It is partly met. Say why.", True),
        ),
        (
            replace(WHOLE, answers=_with(q2_1=Answer("2.1", not_applicable=True, reason=" "))),
            *(Gap.QUESTION, "2.1", "2.1 Matter 2-1", "Say why it does not apply.", True),
        ),
        (
            replace(WHOLE, answers=_with(q1_2=Answer("1.2", 3, flagged=True))),
            *(Gap.QUESTION, "1.2", "1.2 Matter 1-2", "It is flagged to come back to.", False),
        ),
        (
            replace(WHOLE, noted=frozenset()),
            *(Gap.QUESTION, "1.1", "1.1 Matter 1-1"),
            *("It is rated Requires improvement and has no note of what was seen.", True),
        ),
        (
            replace(WHOLE, actions=()),
            *(Gap.QUESTION, "1.1", "1.1 Matter 1-1"),
            *("It is rated Requires improvement and no action comes from it.", False),
        ),
        (
            replace(WHOLE, samples={"1.1": Sample("charts", 2, 3)}),
            *(Gap.QUESTION, "1.1", "1.1 Matter 1-1", "Sample: 3 were looked at, but there are 2.", True),
        ),
        (
            replace(WHOLE, actions=(replace(ACTION, owner=" "),)),
            *(Gap.ACTION, "a1", "Audit medicines weekly", "It has no owner.", True),
        ),
        (
            replace(WHOLE, actions=(replace(ACTION, due=None),)),
            *(Gap.ACTION, "a1", "Audit medicines weekly", "It has no due date.", True),
        ),
        (
            replace(WHOLE, actions=(replace(ACTION, title=""),)),
            *(Gap.ACTION, "a1", "An action without words", "Say what is needed.", True),
        ),
        (
            replace(WHOLE, people={"relatives": 0}),
            *(Gap.PEOPLE, "", "People spoken to", "Nobody is recorded, by role and number.", False),
        ),
        (
            replace(WHOLE, comment=" "),
            *(Gap.COMMENT, "", "Provider’s comment"),
            *("Ask the manager for a comment, or record that there is none.", False),
        ),
        (
            replace(WHOLE, officer=Signing.OPEN),
            *(Gap.OFFICER, "", "Officer’s signature", "The officer has not signed.", True),
        ),
        (
            replace(WHOLE, provider=Signing.OPEN),
            *(Gap.PROVIDER, "", "Provider’s signature", "The provider has neither signed nor refused.", True),
        ),
        (
            replace(WHOLE, provider=Signing.REFUSED),
            *(Gap.PROVIDER, "", "Provider’s signature", "The provider refused to sign. Say why.", True),
        ),
    ],
)
def test_each_gap_is_told_by_name(
    facts: VisitFacts, gap: Gap, target: str, title: str, text: str, blocks: bool
) -> None:
    (found,) = missing(facts)
    assert replace(found, part="") == Missing(gap, target, title, text, blocks)
    assert found.part == next((part for words, part in PARTS.items() if words in text), "")
    assert can_finish(missing(facts)) is not blocks


def test_unanswered_questions_are_named_when_critical_and_counted_when_not() -> None:
    found = missing(replace(WHOLE, answers=_with(q1_1=Answer("1.1")), actions=()))
    assert [(each.target, each.text, each.blocks) for each in found] == [
        ("1", "1 of 2 questions not looked at.", False),
        ("1.1", "This critical question has no answer.", True),
    ], "a standard stands before its questions"
    assert missing_words(found) == "1 thing is missing."
    nothing = missing(VisitFacts(BODY))
    assert [each.target for each in nothing if each.gap is Gap.STANDARD] == ["1", "2"]
    assert {each.text for each in nothing if each.gap is Gap.STANDARD} == {"Not looked at."}
    assert missing_words(nothing) == "3 things are missing."


def test_a_refusal_with_a_reason_and_no_comment_on_purpose_are_enough() -> None:
    facts = replace(WHOLE, provider=Signing.REFUSED, refusal="The manager had left.", comment="", no_comment=True)
    assert missing(facts) == ()


def test_a_poor_answer_that_is_not_critical_may_stand_without_a_note() -> None:
    facts = replace(WHOLE, answers=_with(q1_2=Answer("1.2", 1)))
    assert [(each.target, each.blocks) for each in missing(facts)] == [("1.2", False), ("1.2", False)]
