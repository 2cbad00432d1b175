"""What must hold of every rating, whatever the question set and the answers: tried on random ones."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from s75desk.domain.status import Shape
from s75desk.domain.visits.answers import Answer, Override
from s75desk.domain.visits.levels import Level, VisitRating
from s75desk.domain.visits.parts import LevelState
from s75desk.domain.visits.question_set import QuestionSetBody
from s75desk.domain.visits.rating import Rater
from s75desk.domain.visits.rule import Counted, LevelKind
from s75desk.domain.visits.set_faults import faults_of
from s75desk.domain.visits.single_changes import what_would_change
from tests.unit.domain.visits.redone_by_hand import redo
from tests.unit.domain.visits.visit_help import answered, bodies, figures, mapped, overrides, visits

Visit = tuple[QuestionSetBody, dict[str, Answer], list[Override]]


def rate(body: QuestionSetBody, given_answers: dict[str, Answer], put: list[Override] = ()) -> VisitRating:
    return Rater(body).rate(given_answers.values(), put)


@given(bodies())
def test_random_question_sets_are_sound(body: QuestionSetBody) -> None:
    assert faults_of(body) == ()


@given(visits(), st.data())
def test_raising_an_answer_never_lowers_any_rating(visit: Visit, data: st.DataObject) -> None:
    body, found, put = visit
    raisable = [code for code, answer in found.items() if answer.rating and answer.rating < body.scale.top]
    assume(raisable)
    code = data.draw(st.sampled_from(raisable))
    higher = data.draw(st.integers(found[code].rating + 1, body.scale.top))
    before = rate(body, found, put)
    after = rate(body, found | {code: Answer(code, higher)}, put)
    for old, new in zip(before.levels, after.levels, strict=True):
        for was, now in (
            (old.rating, new.rating),
            (old.computed, new.computed),
            (old.worst, new.worst),
            (old.best, new.best),
        ):
            assert (was is None) is (now is None)
            assert was is None or now >= was


@given(visits(), st.data())
def test_a_weight_of_nought_never_matters(visit: Visit, data: st.DataObject) -> None:
    body, found, put = visit
    other = data.draw(answered(body))
    idle = {asked.code for asked in body.questions if not asked.weight}
    idle_standards = {each.code for each in body.standards if not each.weight}
    idle_areas = {each.code for each in body.areas if not each.weight}
    assume(idle or idle_standards or idle_areas)
    plain = figures(rate(body, found, put))

    # Whatever is answered where nothing counts, the levels above stay as they are.
    changed = {code: answer for code, answer in found.items() if code not in idle}
    changed |= {code: answer for code, answer in other.items() if code in idle}
    assert figures(rate(body, changed, put)) == plain
    below = {
        asked.code
        for area in body.areas
        for standard in area.standards
        if area.code in idle_areas or standard.code in idle_standards
        for asked in standard.questions
    }
    changed = {code: answer for code, answer in found.items() if code not in below}
    changed |= {code: answer for code, answer in other.items() if code in below}
    after = figures(rate(body, changed, put))
    assert after["overall", ""] == plain["overall", ""]
    for area in body.areas:
        if area.code not in idle_areas:
            assert after["area", area.code] == plain["area", area.code]

    # And without it altogether, the rest is the same.
    rest = mapped(body, lambda each: replace(each, questions=tuple(q for q in each.questions if q.weight)))
    kept = {code: answer for code, answer in found.items() if code not in idle}
    assert figures(rate(rest, kept, put)) == plain


@given(visits())
def test_a_limiting_rule_always_limits(visit: Visit) -> None:
    body, found, put = visit
    rating = rate(body, found, put)
    for level in rating.levels:
        pools = _pools(body, rating, level, found)
        for limit in body.rule.limits_of(level.kind):
            low = sum(value <= limit.rated for value in pools[limit.counted])
            if low >= limit.count and level.computed is not None:
                assert level.computed <= limit.to
            assert (limit in [applied.limit for applied in level.limits]) is (low >= limit.count)


@given(visits())
def test_a_critical_failure_limits_through_overrides_below(visit: Visit) -> None:
    body, found, put = visit
    rating = rate(body, found, put)
    limits = [each for each in body.rule.limits_of(LevelKind.OVERALL) if each.counted is Counted.CRITICAL]
    failed = [
        asked.code for asked in body.questions if asked.critical and (found.get(asked.code) or Answer("")).rating == 1
    ]
    for limit in limits:
        if len(failed) >= limit.count:
            assert rating.overall.computed is not None
            assert rating.overall.computed <= limit.to


def _pools(
    body: QuestionSetBody, rating: VisitRating, level: Level, found: dict[str, Answer]
) -> dict[Counted, list[int]]:
    """What a limiting rule of a level counts, gathered the long way round."""
    pools: dict[Counted, list[int]] = {counted: [] for counted in Counted}
    for area in body.areas:
        if level.kind is LevelKind.AREA and area.code != level.code:
            continue
        if level.kind is LevelKind.OVERALL and not area.weight:
            continue
        if level.kind is LevelKind.OVERALL and rating.area(area.code).rating:
            pools[Counted.AREA].append(rating.area(area.code).rating)
        for standard in area.standards:
            if level.kind is LevelKind.STANDARD and standard.code != level.code:
                continue
            if level.kind is not LevelKind.STANDARD and not standard.weight:
                continue
            if level.kind is not LevelKind.STANDARD and rating.standard(standard.code).rating:
                pools[Counted.STANDARD].append(rating.standard(standard.code).rating)
            for asked in standard.questions:
                if asked.critical and asked.code in found and found[asked.code].rating:
                    pools[Counted.CRITICAL].append(found[asked.code].rating)
    return pools


@given(visits(), st.data())
def test_worst_case_now_and_best_case_stand_in_order(visit: Visit, data: st.DataObject) -> None:
    body, found, put = visit
    rating = rate(body, found, put)
    for level in rating.levels:
        assert (level.worst is None) is (level.best is None)
        if level.rating is not None:
            assert level.worst <= level.rating <= level.best
    # However the open questions are answered in the end, it ends between the two.
    ending = dict(found)
    for asked in body.questions:
        if asked.code not in found or (found[asked.code].rating is None and not found[asked.code].not_applicable):
            value = data.draw(st.integers(0, body.scale.top))
            ending[asked.code] = Answer(
                asked.code, value or None, not_applicable=not value, reason="" if value else "No."
            )
    for level, final in zip(rating.levels, rate(body, ending, put).levels, strict=True):
        if final.rating is not None:
            assert level.worst <= final.rating <= level.best
            assert not level.settled or level.rating in (None, final.rating)
        assert final.settled


@given(visits())
def test_what_does_not_apply_never_counts(visit: Visit) -> None:
    body, found, put = visit
    gone = {code for code, answer in found.items() if answer.not_applicable}
    assume(gone)
    rest = mapped(body, lambda each: replace(each, questions=tuple(q for q in each.questions if q.code not in gone)))
    # A standard whose last question has gone would not be a question set any more.
    assume(all(any(asked.weight for asked in each.questions) for each in rest.standards))
    kept = {code: answer for code, answer in found.items() if code not in gone}
    assert figures(rate(rest, kept, put)) == figures(rate(body, found, put))


@given(bodies())
def test_nothing_answered_is_not_known_and_nothing_that_applies_is_not_applicable(body: QuestionSetBody) -> None:
    for level in rate(body, {}).levels:
        assert (level.state, level.rating, level.settled) == (LevelState.NOT_KNOWN, None, False)
        assert level.status.word == "Not known"
        assert redo(level.working).final == "Not known"
    nothing = {q.code: Answer(q.code, not_applicable=True, reason="Not here.") for q in body.questions}
    for level in rate(body, nothing).levels:
        assert (level.state, level.rating, level.settled) == (LevelState.NOT_APPLICABLE, None, True)
        assert level.status.word == "Not applicable"
        assert redo(level.working).final == "Not applicable"


@given(visits())
def test_unanswered_is_not_good(visit: Visit) -> None:
    body, found, put = visit
    for level in rate(body, found, put).levels:
        if not level.settled:
            assert level.status.shape.family != "good"
        if level.state is LevelState.NOT_KNOWN:
            assert level.status.shape is Shape.UNKNOWN


@given(visits())
@settings(max_examples=300)
def test_the_printed_working_redone_by_other_code_gives_the_same(visit: Visit) -> None:
    body, found, put = visit
    rating = rate(body, found, put)
    for level in rating.levels:
        redone = redo(level.working)
        assert redone.worked_out == level.computed_word
        assert redone.final == level.word
        assert level.working.title == f"{level.heading}: {level.word}"
        # What the working of a level takes from below is what the workings below arrive at.
        below = {LevelKind.OVERALL: rating.areas, LevelKind.AREA: rating.standards}.get(level.kind, ())
        results = {each.heading: redo(each.working).final for each in below}
        for line in level.working.lines[: len(level.parts)]:
            if level.kind is not LevelKind.STANDARD:
                assert line.value.lstrip("0123456789 ") == results[line.label]


@given(visits(overridden=False))
@settings(max_examples=60)
def test_single_changes_are_all_there_is(visit: Visit) -> None:
    body, found, put = visit
    rater = Rater(body)
    now = rater.rate(found.values(), put).overall.rating
    assume(now is not None)
    told = what_would_change(rater, found.values(), put)
    better, worse = {}, {}
    for asked in body.questions:
        answer = found.get(asked.code, Answer(asked.code))
        if answer.not_applicable:
            continue
        tried = {}
        for value in range(1, body.scale.top + 1):
            after = found | {asked.code: Answer(asked.code, value)}
            tried[value] = rater.rate(after.values(), put).overall.rating
        up = [value for value in tried if tried[value] > now and value > (answer.rating or 0)]
        down = [value for value in tried if tried[value] < now and value < (answer.rating or body.scale.top + 1)]
        if up:
            better[asked.code] = (min(up), tried[min(up)])
        if down:
            worse[asked.code] = (max(down), tried[max(down)])
    assert {change.question: (change.after, change.overall_after) for change in told.better} == better
    assert {change.question: (change.after, change.overall_after) for change in told.worse} == worse
    assert bool(told.sentence) is not bool(told.better or told.worse)
    for changes in (told.better, told.worse):
        assert [change.steps for change in changes if change.before] == sorted(
            change.steps for change in changes if change.before
        )


@given(bodies(), st.data())
def test_an_override_replaces_and_stays_beside_what_was_worked_out(body: QuestionSetBody, data: st.DataObject) -> None:
    found, put = data.draw(answered(body)), data.draw(overrides(body))
    plain, changed = rate(body, found), rate(body, found, put)
    for override in put:
        levels = {(level.kind, level.code): level for level in changed.levels}
        level = levels[override.kind, override.code]
        assert (level.rating, level.worst, level.best) == (override.rating,) * 3
        assert f"{override.rating} {body.scale.word(override.rating)}" in level.working.as_text()
        assert override.reason in level.working.as_text()
    for standard in plain.standards:
        assert changed.standard(standard.code).computed == standard.computed
