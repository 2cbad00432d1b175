"""Worst and best case are reached and never passed, many raised answers lower nothing, a failure always limits."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from s75desk.domain.visits.answers import Answer, Override
from s75desk.domain.visits.book import VisitBook
from s75desk.domain.visits.levels import VisitRating
from s75desk.domain.visits.question_set import QuestionBody, QuestionSetBody
from s75desk.domain.visits.rating import Rater
from s75desk.domain.visits.rule import Counted, LevelKind
from tests.unit.domain.visits.book_help import books
from tests.unit.domain.visits.redone_by_hand import redo
from tests.unit.domain.visits.visit_help import answered, bodies, overrides, visits

Visit = tuple[QuestionSetBody, dict[str, Answer], list[Override]]


def ratings(rating: VisitRating) -> dict[tuple[LevelKind, str], tuple[int | None, ...]]:
    return {
        (level.kind, level.code): (level.rating, level.computed, level.worst, level.best) for level in rating.levels
    }


@given(bodies(), st.data())
@settings(max_examples=40)
def test_worst_and_best_case_are_what_the_open_questions_can_still_make_of_it(
    body: QuestionSetBody, data: st.DataObject
) -> None:
    """Every way of answering what is open is tried: the lowest and the highest that comes out are what was said."""
    codes = [asked.code for asked in body.questions]
    left = data.draw(st.lists(st.sampled_from(codes), min_size=1, max_size=3, unique=True))
    values = {code: data.draw(st.sampled_from((0, *range(1, body.scale.top + 1)))) for code in codes}
    found = {
        code: Answer(code, value or None, not_applicable=not value, reason="" if value else "Not here.")
        for code, value in values.items()
        if code not in left
    }
    put = data.draw(overrides(body))
    rater = Rater(body)
    before = rater.rate(found.values(), put)
    reached: dict[tuple[LevelKind, str], set[int]] = {(level.kind, level.code): set() for level in before.levels}
    for ending in product(range(1, body.scale.top + 1), repeat=len(left)):
        given_then = [*found.values(), *(Answer(code, value) for code, value in zip(left, ending, strict=True))]
        for level in rater.rate(given_then, put).levels:
            if level.rating is not None:
                reached[level.kind, level.code].add(level.rating)
    for level in before.levels:
        values_there = reached[level.kind, level.code]
        assert (level.worst, level.best) == (min(values_there, default=None), max(values_there, default=None))
        assert level.settled is (len(values_there) <= 1)


@given(visits(), st.data())
def test_raising_many_answers_at_once_lowers_nothing(visit: Visit, data: st.DataObject) -> None:
    body, found, put = visit
    raised = {
        code: replace(answer, rating=data.draw(st.integers(answer.rating, body.scale.top)))
        for code, answer in found.items()
        if answer.rating
    }
    assume(raised)
    rater = Rater(body)
    before, after = ratings(rater.rate(found.values(), put)), ratings(rater.rate((found | raised).values(), put))
    for place, old in before.items():
        for was, now in zip(old, after[place], strict=True):
            assert (was is None) is (now is None)
            assert was is None or now >= was  # type: ignore[operator]


@given(visits(), st.data())
def test_answering_what_is_open_narrows_what_is_left(visit: Visit, data: st.DataObject) -> None:
    body, found, put = visit
    left = [asked.code for asked in body.questions if (found.get(asked.code) or Answer("")).rating is None]
    left = [code for code in left if not (found.get(code) or Answer("")).not_applicable]
    assume(left)
    code = data.draw(st.sampled_from(left))
    rater = Rater(body)
    before = rater.rate(found.values(), put)
    after = rater.rate((found | {code: Answer(code, data.draw(st.integers(1, body.scale.top)))}).values(), put)
    for old, new in zip(before.levels, after.levels, strict=True):
        if old.worst is not None and new.worst is not None:
            assert old.worst <= new.worst <= new.best <= old.best  # type: ignore[operator]


@given(visits())
def test_a_critical_failure_limits_now_and_whatever_is_still_answered(visit: Visit) -> None:
    """At every level that has such a rule: what is worked out, the worst case, and the best case too."""
    body, found, put = visit
    overridden = {(each.kind, each.code) for each in put}
    for level in Rater(body).rate(found.values(), put).levels:
        low = [
            answer.rating
            for asked in counting_for(body, level.kind, level.code)
            if asked.critical and (answer := found.get(asked.code)) is not None and answer.rating
        ]
        for limit in body.rule.limits_of(level.kind):
            if limit.counted is Counted.CRITICAL and sum(value <= limit.rated for value in low) >= limit.count:
                assert level.computed is not None
                assert level.computed <= limit.to
                if (level.kind, level.code) not in overridden:
                    assert level.worst <= level.rating <= level.best <= limit.to  # type: ignore[operator]


def counting_for(body: QuestionSetBody, kind: LevelKind, code: str) -> list[QuestionBody]:
    """The questions that a level counts in the end, whatever is between."""
    return [
        asked
        for area in body.areas
        for standard in area.standards
        for asked in standard.questions
        if asked.weight
        and (
            (kind is LevelKind.STANDARD and standard.code == code)
            or (kind is LevelKind.AREA and area.code == code and standard.weight)
            or (kind is LevelKind.OVERALL and area.weight and standard.weight)
        )
    ]


@given(bodies(), st.data())
def test_what_weighs_nothing_stands_in_the_working_and_counts_for_nothing(
    body: QuestionSetBody, data: st.DataObject
) -> None:
    found = data.draw(answered(body))
    rating = Rater(body).rate(found.values())
    for standard in body.standards:
        level = rating.standard(standard.code)
        assert [part.code for part in level.parts] == [asked.code for asked in standard.questions]
        idle = [part for part in level.parts if not part.weight]
        counted = sum((part.weight * part.rating for part in level.parts if part.rating), start=0 * level.points)
        assert level.points == counted
        assert level.possible == sum(part.weight for part in level.parts if part.rating) * body.scale.top
        assert all(cause.code not in {part.code for part in idle} for one in level.limits for cause in one.causes)


@given(books())
@settings(max_examples=40)
def test_the_working_of_a_visit_redone_by_other_code_gives_its_rating(book: VisitBook) -> None:
    """From the records of a visit to the last word on paper, not only from answers made for the purpose."""
    rating = book.rate(Rater(book.body))
    for level in rating.levels:
        assert redo(level.working).worked_out == level.computed_word
        assert redo(level.working).final == level.word
