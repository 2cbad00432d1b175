"""Question sets that no visit could be rated by: each fault is found and told with its place."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from s75desk.domain.status import Shape
from s75desk.domain.visits.question_set import QuestionSetBody
from s75desk.domain.visits.rule import Counted, LevelKind, Limit, Rule, Threshold
from s75desk.domain.visits.scale import Scale, Step
from s75desk.domain.visits.set_faults import faults_of
from tests.unit.domain.visits.visit_help import RULE, SCALE, THRESHOLDS, area, question, question_set, standard

SOUND = question_set(area("A", standard("1", question("1.1", critical=True), question("1.2", "0"))))
UNCRITICAL = question_set(area("A", standard("1", question("1.1"))))


def _rule(**changes: object) -> QuestionSetBody:
    return replace(UNCRITICAL, rule=replace(RULE, **changes))  # type: ignore[arg-type]


def _limit(limit: Limit) -> QuestionSetBody:
    return _rule(limits=(limit,))


def test_a_sound_set_has_no_faults() -> None:
    assert faults_of(SOUND) == ()


@pytest.mark.parametrize(
    ("body", "place", "reason"),
    [
        (replace(SOUND, title=" "), "question set", "no title"),
        (replace(SOUND, version=""), "question set", "no version"),
        (replace(SOUND, scale=Scale((Step(1, "Poor", Shape.ALERT),))), "scale", "2 to 9 steps"),
        (replace(SOUND, scale=replace(SCALE, steps=SCALE.steps[::-1])), "scale", "from the best down"),
        (replace(SOUND, scale=replace(SCALE, unanswered="good")), "scale", "good is used twice"),
        (replace(SOUND, scale=replace(SCALE, not_applicable=" ")), "scale", "has no word"),
        (_rule(thresholds=THRESHOLDS[:2]), "rule", "one threshold for every step"),
        (_rule(thresholds=(Threshold(4, Decimal(63)), *THRESHOLDS[1:])), "rule", "lower than the one before"),
        (_rule(thresholds=(Threshold(4, Decimal(101)), *THRESHOLDS[1:])), "rule", "at most 100"),
        (_rule(thresholds=(Threshold(4, Decimal("NaN")), *THRESHOLDS[1:])), "rule", "at most 100"),
        (_rule(thresholds=(*THRESHOLDS[:2], Threshold(2, Decimal(25)))), "rule", "gives more than that"),
        (_rule(places=5), "rule", "0 to 4 decimals"),
        (_limit(Limit(Counted.AREA, 4, 1, LevelKind.OVERALL, 2)), "rule", "below the best"),
        (_limit(Limit(Counted.AREA, 1, 0, LevelKind.OVERALL, 2)), "rule", "counts from 1"),
        (_limit(Limit(Counted.AREA, 1, 1, LevelKind.STANDARD, 2)), "rule", "limits what stands below"),
        (_limit(Limit(Counted.STANDARD, 1, 1, LevelKind.STANDARD, 2)), "rule", "limits what stands below"),
        (_rule(limits=RULE.limits[:1] * 2), "rule", "stands twice"),
        (replace(SOUND, rule=Rule(THRESHOLDS)), "rule", "no rule that they limit"),
        (question_set(area("A", standard("1", question("1.1")), weight="0")), "question set", "No area counts"),
        (question_set(area("A", standard("1", question("1.1"), weight="0"))), "area A", "None of its standards"),
        (question_set(area("A")), "area A", "None of its standards"),
        (question_set(area("A", standard("1", question("1.1", "0")))), "standard 1", "None of its questions"),
        (question_set(area("A", standard("1", question("1.1", "-1"), question("1.2")))), "question 1.1", "0 to 100"),
        (question_set(area("A", standard("1", question("1.1", "0.0001"), question("1.2")))), "question 1.1", "3 dec"),
        (question_set(area("A", standard("1", question("2.1")))), "question 2.1", "begin with 1 and a dot"),
        (question_set(area("A", standard("1", question("1.1"), question("1.1")))), "question 1.1", "used twice"),
        (
            question_set(area("A", standard("1", question("1.1"))), area("A", standard("2", question("2.1")))),
            "area A",
            "used twice",
        ),
        (
            question_set(area("A", standard("1", question("1.1")), standard("1", question("1.2")))),
            "standard 1",
            "used twice",
        ),
        (question_set(area(" ", standard("1", question("1.1")))), "area", "has no code"),
        (
            question_set(area("A", standard("1", question("1.1", "0", critical=True), question("1.2")))),
            "question 1.1",
            "does not count",
        ),
        (
            question_set(
                area("A", standard("1", question("1.1"))),
                area("B", standard("2", question("2.1", critical=True)), weight="0"),
            ),
            "question 2.1",
            "does not count",
        ),
        (
            question_set(area("A", standard("1", replace(question("1.1", critical=True), critical_because=" ")))),
            "question 1.1",
            "does not say why",
        ),
        (
            question_set(area("A", standard("1", replace(question("1.1"), critical_because="It hurts.")))),
            "question 1.1",
            "not marked so",
        ),
    ],
)
def test_each_fault_is_told_with_its_place(body: QuestionSetBody, place: str, reason: str) -> None:
    assert any(fault.place == place and reason in fault.reason for fault in faults_of(body)), faults_of(body)
