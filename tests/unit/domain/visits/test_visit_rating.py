"""Ratings worked out by hand: the examples of docs/rating-rule.md and the words around them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from s75desk.domain.errors import Rejected
from s75desk.domain.status import Shape
from s75desk.domain.visits.answers import Answer, AnswerState, Override
from s75desk.domain.visits.levels import Level, LevelState, VisitRating
from s75desk.domain.visits.question_set import QuestionSetBody
from s75desk.domain.visits.rating import Rater
from s75desk.domain.visits.rule import Counted, Halves, LevelKind, Limit, Rule, Threshold, limit_words, rule_words
from s75desk.domain.visits.single_changes import what_would_change
from s75desk.services.question_set_file import load_question_set
from tests.unit.domain.visits.redone_by_hand import redo
from tests.unit.domain.visits.visit_help import RULE, SCALE, answers, area, question, question_set, standard

ROOT = Path(__file__).parents[4]
HOUSE = ROOT / "resources" / "question_sets" / "house-standards-1.toml"


@pytest.fixture(scope="module")
def house() -> QuestionSetBody:
    return load_question_set(HOUSE)


# --- the examples of the documentation ----------------------------------------------------------------------------


def _examples() -> Iterator[tuple[str, list[list[str]], list[list[str]]]]:
    text = (ROOT / "docs" / "rating-rule.md").read_text(encoding="utf-8")
    for part in text.split("\n### ")[1:]:
        part = part.split("\n## ")[0]
        rows = [
            [cell.strip() for cell in line.strip("|").split("|")] for line in part.splitlines() if line.startswith("|")
        ]
        rows = [row for row in rows if not set(row[0]) <= set("-")]
        start = next(place for place, row in enumerate(rows) if row[0] == "Level")
        yield part.splitlines()[0], rows[1:start], rows[start + 1 :]


EXAMPLES = list(_examples())


def _given(house: QuestionSetBody, rows: list[list[str]]) -> list[Answer]:
    found = []
    for code, value in rows:
        codes = [q.code for q in house.questions if q.code == code or code == f"{q.code.partition('.')[0]}.*"]
        assert codes, code
        for each in codes:
            not_here = Answer(each, not_applicable=True, reason="Not here.")
            found.append(not_here if value == "N" else Answer(each, int(value)))
    return found


def _level(rating: VisitRating, code: str) -> Level:
    if code == "Overall":
        return rating.overall
    return rating.area(code) if code.isalpha() else rating.standard(code)


def test_there_are_seven_examples() -> None:
    assert [title.partition(":")[0] for title, *_ in EXAMPLES] == [f"Example {number}" for number in range(1, 8)]


@pytest.mark.parametrize(("title", "given", "expected"), EXAMPLES, ids=[title for title, *_ in EXAMPLES])
def test_examples_of_the_documentation(
    house: QuestionSetBody, title: str, given: list[list[str]], expected: list[list[str]]
) -> None:
    rating = Rater(house).rate(_given(house, given))
    assert expected
    for code, points, possible, share, by_share, word, worst, best in expected:
        level = _level(rating, code)
        scale = house.scale
        assert (str(level.points), str(level.possible), str(level.share)) == (points, possible, share)
        assert scale.word(level.by_share) == by_share
        assert level.word == word
        assert (scale.word(level.worst), scale.word(level.best)) == (worst, best)
        assert redo(level.working).final == word


def test_the_rule_in_the_documentation_is_the_rule_of_the_set(house: QuestionSetBody) -> None:
    text = (ROOT / "docs" / "rating-rule.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| (\d+)%", text, re.M) == [str(at.percent) for at in house.rule.thresholds[:3]]
    assert "below 38%" in text
    rows = [line.strip("|").split("|") for line in text.splitlines() if re.match(r"\| (a|an|two|three|four) ", line)]
    numbers = {"a": 1, "an": 1, "two": 2, "three": 3, "four": 4}
    told = set()
    for when, *levels in rows:
        words = when.split()
        low = 2 if "require" in when or when.rstrip().endswith("rated 2") else 1
        counted = next(each for each in Counted if each.value.split()[0] in when)
        for kind, cell in zip(LevelKind, levels, strict=True):
            if cell.strip():
                to = next(step.value for step in house.scale.steps if step.word in cell)
                told.add(Limit(counted, low, numbers[words[0]], kind, to))
    # A critical question at 1 is at 2 or worse as well: the file says that once.
    implied = {limit for limit in told if limit.counted is Counted.CRITICAL and limit.rated == 1 and limit.to == 2}
    assert told - implied == set(house.rule.limits)


# --- limits -------------------------------------------------------------------------------------------------------


@pytest.fixture
def small() -> QuestionSetBody:
    return question_set(
        area(
            "A",
            standard("1", question("1.1", "2", critical=True), question("1.2"), weight="2"),
            standard("2", question("2.1")),
        ),
        area("B", standard("3", question("3.1"), question("3.2", "0"))),
    )


def test_a_critical_question_at_one_makes_its_standard_poor_and_holds_what_is_above(small: QuestionSetBody) -> None:
    rating = Rater(small).rate(answers(q1_1=1, q1_2=4, q2_1=4, q3_1=4))
    first = rating.standard("1")
    assert (first.share, first.by_share, first.rating) == (Decimal(50), 2, 1)
    assert [(applied.limit.to, applied.binds) for applied in first.limits] == [(1, True), (2, False)]
    assert rating.area("A").rating == 2
    assert rating.area("B").rating == 4
    assert rating.overall.rating == 2
    assert rating.overall.by_share == 3


def test_reasons_and_obstacles_name_the_question(small: QuestionSetBody) -> None:
    rating = Rater(small).rate(answers(q1_1=2, q1_2=4, q2_1=4, q3_1=4))
    assert rating.overall.reasons == (
        "1.1 Matter 1-1 is rated Requires improvement: a critical question rated Requires improvement or worse limits "
        "the overall rating to at most Requires improvement.",
    )
    assert rating.overall.obstacles == (
        "1.1 Matter 1-1 is rated Requires improvement. Good needs every critical question at Good or better.",
    )
    assert rating.standard("2").obstacles == ()
    plain = Rater(small).rate(answers(q1_1=3, q1_2=2, q2_1=2, q3_1=2))
    assert plain.standard("1").reasons == ("67% of the points possible: Good from 63%, Excellent from 88%.",)
    assert plain.standard("1").obstacles == ("Excellent needs 88% of the points; there are 67%.",)
    assert plain.standard("3").reasons == ("50% of the points possible: Requires improvement from 38%, Good from 63%.",)


def test_several_causes_are_counted_and_named() -> None:
    rule = replace(RULE, limits=(*RULE.limits, Limit(Counted.STANDARD, 2, 2, LevelKind.OVERALL, 2)))
    body = question_set(
        area("A", *(standard(str(number), question(f"{number}.1")) for number in range(1, 6))), rule=rule
    )
    rating = Rater(body).rate(answers(q1_1=1, q2_1=2, q3_1=4, q4_1=4, q5_1=4))
    assert (rating.overall.by_share, rating.overall.rating) == (3, 2)
    assert rating.overall.obstacles == (
        "1 Standard 1 is rated Poor and 2 Standard 2 is rated Requires improvement. "
        "Good needs fewer than two standards at Requires improvement or worse.",
    )
    only = Rater(body).rate(answers(q1_1=1, q2_1=4, q3_1=4, q4_1=4, q5_1=4))
    assert only.overall.rating == 3


def test_an_override_counts_above_and_does_not_lift_a_critical_failure(small: QuestionSetBody) -> None:
    given = answers(q1_1=1, q1_2=4, q2_1=1, q3_1=4)
    reason = "The chart was rewritten and checked while we were there."
    put = [Override(LevelKind.STANDARD, "1", 4, reason)]
    rating = Rater(small).rate(given, put)
    first = rating.standard("1")
    assert (first.rating, first.computed, first.settled) == (4, 1, True)
    assert first.status.word == "Excellent"
    assert first.status.sentence == "Overridden; worked out: Poor."
    assert first.reasons == (f"Excellent is the officer’s judgement: {reason}", "Worked out: Poor.")
    # 4 x 2 + 1 of 12: 75 per cent and Good by the share; 1.1 still holds it down.
    assert (rating.area("A").share, rating.area("A").rating) == (Decimal(75), 2)
    assert "overridden, worked out Poor" in rating.area("A").working.as_text()
    lifted = Rater(small).rate(given, [*put, Override(LevelKind.AREA, "A", 3, reason)])
    assert (lifted.area("A").rating, lifted.area("A").computed, lifted.overall.rating) == (3, 2, 2)


def test_an_override_of_what_is_not_known_says_so(small: QuestionSetBody) -> None:
    rating = Rater(small).rate([], [Override(LevelKind.STANDARD, "2", 2, "Told by the council’s own file.")])
    level = rating.standard("2")
    assert (level.rating, level.computed_word, level.state) == (2, "Not known", LevelState.RATED)
    assert rating.overall.rating == 2
    assert redo(level.working).worked_out == "Not known"


def test_what_counts_for_nothing_is_shown_and_left_out(small: QuestionSetBody) -> None:
    rating = Rater(small).rate(answers(q3_1=4, q3_2=1))
    line = rating.standard("3").working.lines[1]
    assert (line.value, line.remark) == ("1 Poor", "weight 0, left out")
    assert rating.standard("3").rating == 4
    alone = Rater(small).rate(answers(q3_2=4)).standard("3")
    assert (alone.state, alone.open) == (LevelState.NOT_KNOWN, 1)


def test_a_poor_standard_or_area_of_weight_nought_limits_nothing() -> None:
    limits = [Limit(Counted.STANDARD, 2, 1, kind, 1) for kind in (LevelKind.AREA, LevelKind.OVERALL)]
    limits.append(Limit(Counted.AREA, 2, 1, LevelKind.OVERALL, 1))
    body = question_set(
        area("A", standard("1", question("1.1")), standard("2", question("2.1"), weight="0")),
        area("B", standard("3", question("3.1")), weight="0"),
        rule=replace(RULE, limits=tuple(limits)),
    )
    rating = Rater(body).rate(answers(q1_1=4, q2_1=1, q3_1=1))
    assert [level.rating for level in rating.levels] == [4, 4, 4, 1, 1, 1]
    for level in (rating.overall, rating.area("A")):
        assert (level.limits, level.near) == ((), ())
        assert redo(level.working).final == "Excellent"
    held = Rater(body).rate(answers(q1_1=1, q2_1=4, q3_1=4))
    assert (held.overall.rating, [cause.code for _, cause in held.overall.near]) == (1, ["1"])


# --- words and edges ----------------------------------------------------------------------------------------------


def test_status_says_so_far_until_open_questions_cannot_change_it(small: QuestionSetBody) -> None:
    rater = Rater(small)
    good = rater.rate(answers(q1_1=3))
    assert (good.overall.status.shape, good.overall.status.word) == (Shape.UNKNOWN, "Good so far")
    assert good.overall.status.sentence == "4 questions still open: it may end as Poor to Good."
    poor = rater.rate(answers(q1_1=2))
    assert (poor.overall.status.shape, poor.overall.status.word) == (Shape.WATCH, "Requires improvement so far")
    done = rater.rate(answers(q1_1=4, q1_2=4, q2_1=4, q3_1=4, q3_2=None))
    assert (done.overall.status.shape, done.overall.status.word) == (Shape.STAR, "Excellent")
    assert done.overall.range_words == "1 question still open; it cannot change it."
    nothing = rater.rate([])
    assert nothing.overall.status.sentence == "5 questions, none rated."
    assert nothing.overall.range_words == "5 questions still open: it may end as Poor to Excellent."
    left = rater.rate(answers(q2_1="n"))
    assert (left.standard("2").word, left.standard("2").status.shape) == ("Not applicable", Shape.NONE)
    assert left.standard("2").range_words == ""


def test_the_working_of_a_standard_line_by_line(small: QuestionSetBody) -> None:
    working = Rater(small).rate(answers(q1_1=2, q1_2="n")).standard("1").working
    assert working.title == "1 Standard 1: Requires improvement"
    assert [(line.label, line.value, line.remark) for line in working.lines] == [
        ("1.1 Matter 1-1", "2 Requires improvement", "weight 2, critical"),
        ("1.2 Matter 1-2", "Not applicable", "weight 1, left out, Nobody here needs it."),
        ("Points", "4", "2 × 2"),
        ("Points possible", "8", "4 × weights of 2"),
        ("Share of the points possible", "50%", "4 ÷ 8 = 50%"),
        ("By the share", "2 Requires improvement", "Requires improvement from 38%, Good from 63%"),
        (
            "Limited",
            "at most 2 Requires improvement",
            "A critical question rated Requires improvement or worse limits its standard to at most Requires "
            "improvement: 1.1 Matter 1-1",
        ),
        ("Worked out", "2 Requires improvement", "the lowest of these"),
    ]
    assert working.source == "Test standards, version 1, rating rule"
    assert working.rule.startswith("Each question counts its rating times its weight.")


def test_the_overall_working_lists_what_the_limiting_rules_count(small: QuestionSetBody) -> None:
    working = Rater(small).rate(answers(q1_1=2, q1_2=4, q2_1=4, q3_1=4)).overall.working
    near = [line for line in working.lines if line.remark.endswith("for the limiting rules")]
    assert [(line.label, line.value, line.remark) for line in near] == [
        ("1.1 Matter 1-1", "2 Requires improvement", "critical question, for the limiting rules")
    ]


@pytest.mark.parametrize(
    ("points", "possible", "places", "halves", "share"),
    [
        (10, 16, 0, Halves.DOWN, "62"),
        (10, 16, 0, Halves.UP, "63"),
        (10, 16, 1, Halves.DOWN, "62.5"),
        (17, 28, 0, Halves.DOWN, "61"),
        (1, 3, 2, Halves.UP, "33.33"),
        (2, 3, 2, Halves.DOWN, "66.67"),
        (1, 800, 2, Halves.DOWN, "0.12"),
        (1, 800, 2, Halves.UP, "0.13"),
        (7, 7, 0, Halves.DOWN, "100"),
    ],
)
def test_shares_are_rounded_as_the_rule_says(
    points: int, possible: int, places: int, halves: Halves, share: str
) -> None:
    rule = Rule(RULE.thresholds, places=places, halves=halves)
    assert rule.rounded_share(points, possible) == Decimal(share)


def test_rule_words_say_everything() -> None:
    assert [limit_words(limit, SCALE) for limit in RULE.limits[:2]] == [
        "A critical question rated Poor limits its standard to Poor.",
        "A critical question rated Requires improvement or worse limits its standard to at most Requires improvement.",
    ]
    several = Limit(Counted.AREA, 2, 2, LevelKind.OVERALL, 1)
    assert (
        limit_words(several, SCALE) == "Two areas rated Requires improvement or worse limit the overall rating to Poor."
    )
    one = Limit(Counted.AREA, 1, 1, LevelKind.OVERALL, 2)
    assert limit_words(one, SCALE) == "An area rated Poor limits the overall rating to at most Requires improvement."
    fine = Rule((Threshold(4, Decimal("87.5")), *RULE.thresholds[1:]), places=1, halves=Halves.UP)
    words = rule_words(fine, SCALE, LevelKind.AREA)
    assert "Each standard counts" in words
    assert "rounded to one decimal, halves up." in words
    assert "Excellent from 87.5%, Good from 63%, Requires improvement from 38%, below that Poor." in words


def test_fractions_of_weights_are_exact() -> None:
    body = question_set(
        area("A", standard("1", question("1.1", "0.125"), question("1.2", "0.1"), question("1.3", "3")))
    )
    level = Rater(body).rate(answers(q1_1=3, q1_2=2, q1_3=4)).standard("1")
    assert (level.points, level.possible) == (Decimal("12.575"), Decimal("12.9"))
    assert level.share == Decimal(97)
    assert level.working.lines[5].remark == "12.575 ÷ 12.9 = 97.4806…%"


@pytest.mark.parametrize(
    "wrong",
    [
        [Answer("9.9", 3)],
        [Answer("1.1", 3), Answer("1.1", 2)],
        [Answer("1.1", 5)],
        [Answer("1.1", 0)],
    ],
)
def test_answers_that_are_not_of_the_set_are_refused(small: QuestionSetBody, wrong: list[Answer]) -> None:
    with pytest.raises(ValueError, match=r"no question|twice|scale"):
        Rater(small).rate(wrong)


@pytest.mark.parametrize(
    ("kind", "code", "rating"),
    [(LevelKind.STANDARD, "9", 3), (LevelKind.OVERALL, "A", 3), (LevelKind.AREA, "A", 7)],
)
def test_overrides_that_are_not_of_the_set_are_refused(
    small: QuestionSetBody, kind: LevelKind, code: str, rating: int
) -> None:
    with pytest.raises(ValueError, match=r"not there|scale"):
        Rater(small).rate([], [Override(kind, code, rating, "Seen.")])


def test_an_override_needs_a_reason_and_an_answer_one_state() -> None:
    with pytest.raises(Rejected, match="needs a reason"):
        Override(LevelKind.OVERALL, "", 3, "  ")
    with pytest.raises(ValueError, match="rated and not applicable"):
        Answer("1.1", 3, not_applicable=True)
    states = [Answer("1.1", 3).state, Answer("1.1", not_applicable=True).state, Answer("1.1", flagged=True).state]
    assert states == [AnswerState.RATED, AnswerState.NOT_APPLICABLE, AnswerState.UNANSWERED]


# --- what would change it -----------------------------------------------------------------------------------------


def test_one_answer_that_holds_a_whole_visit_is_named(house: QuestionSetBody) -> None:
    title, given, _ = EXAMPLES[5]
    assert title == "Example 6: a whole visit held by one answer"
    told = what_would_change(Rater(house), _given(house, given))
    assert [change.words for change in told.better] == [
        "8.3 Doses right and recorded: from Requires improvement to Good makes the overall rating Good."
    ]
    assert (told.better[0].critical, told.better[0].steps, told.sentence) == (True, 1, "")


def test_open_questions_that_would_change_it_come_last(small: QuestionSetBody) -> None:
    # Standards 3 and 3, area A 9 of 12; area B 4; overall 7 of 8 points, 87.5 per cent: Good.
    told = what_would_change(Rater(small), answers(q1_2=3, q2_1=3, q3_1=4))
    found = [(change.question, change.before, change.after, change.overall_after) for change in told.better]
    assert found == [("1.2", 3, 4, 4), ("1.1", None, 4, 4)]
    found = [(change.question, change.before, change.after, change.overall_after) for change in told.worse]
    assert found == [("3.1", 4, 2, 2), ("1.1", None, 2, 2)]
    assert told.worse[1].words == (
        "1.1 Matter 1-1: from not looked at to Requires improvement makes the overall rating Requires improvement."
    )


def test_a_critical_answer_that_leaves_its_standard_as_it_is_can_still_change_the_whole() -> None:
    rule = replace(RULE, limits=(Limit(Counted.CRITICAL, 2, 1, LevelKind.OVERALL, 2),))
    body = question_set(area("A", standard("1", question("1.1", critical=True), question("1.2", "5"))), rule=rule)
    told = what_would_change(Rater(body), answers(q1_1=3, q1_2=3))
    assert [(change.question, change.after, change.overall_after) for change in told.worse] == [
        ("1.1", 2, 2),
        ("1.2", 2, 2),
    ]


def test_where_nothing_changes_it_a_sentence_says_so(small: QuestionSetBody) -> None:
    rater = Rater(small)
    assert what_would_change(rater, []).sentence == "There is no overall rating yet."
    put = [Override(LevelKind.OVERALL, "", 3, "Agreed by the panel.")]
    assert what_would_change(rater, answers(q1_1=1), put).sentence.startswith("The overall rating is overridden")
    body = question_set(area("A", *(standard(str(n), question(f"{n}.1")) for n in range(1, 9))))
    firm = what_would_change(Rater(body), answers(**{f"q{n}_1": 3 for n in range(1, 9)}))
    assert (firm.better, firm.worse) == ((), ())
    assert firm.sentence == "No single answer changes the overall rating."
