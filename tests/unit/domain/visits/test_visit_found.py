"""What was found at a visit, from its answers; and which actions from before it has to grade."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from s75desk.domain.records import Action, Visit, VisitPhoto
from s75desk.domain.records.action import ActionState
from s75desk.domain.records.visit_work import PriorGrade, SpokenRole
from s75desk.domain.status import Shape
from s75desk.domain.visits.book import VisitBook
from s75desk.domain.visits.found import findings, good_practice, grade_status, people_words
from s75desk.domain.visits.prior import TO_GRADE, in_order, to_grade
from tests.unit.domain.visits.visit_help import area, question, question_set, standard

BODY = question_set(
    area("A", standard("1", question("1.1"), question("1.2", critical=True)), standard("2", question("2.1"))),
    area("B", standard("3", question("3.1", critical=True), question("3.2"), question("3.3"))),
)


def book_of(**ratings: int) -> VisitBook:
    book = VisitBook(Visit(uid="v", service="s"), BODY)
    for name, rating in ratings.items():
        code = name.removeprefix("q").replace("_", ".")
        book = book.holding(replace(book.answer(code), rating=rating))
    return book


def test_findings_are_rated_below_good_the_lowest_first_and_critical_before_others() -> None:
    book = book_of(q1_1=2, q1_2=2, q2_1=1, q3_1=3, q3_2=4, q3_3=1)
    assert [found.question.code for found in findings(book)] == ["2.1", "3.3", "1.2", "1.1"]
    assert [(found.status.shape, found.status.word) for found in findings(book)][:1] == [(Shape.ALERT, "Poor")]
    assert findings(book_of(q1_1=3)) == findings(book_of()) == ()


def test_good_practice_is_rated_best_what_has_a_note_first() -> None:
    book = book_of(q1_1=4, q1_2=3, q3_2=4)
    book = book.holding(replace(book.answer("3.2"), seen="Kind, unhurried care."))
    assert [found.question.code for found in good_practice(book)] == ["3.2", "1.1"]


def test_what_a_finding_rests_on_and_what_comes_of_it() -> None:
    book = book_of(q1_1=1, q1_2=1)
    book = book.holding(replace(book.answer("1.1"), seen=" Gaps. ", population=45, looked_at=2, codes="CP1, CP2"))
    book = book.holding(VisitPhoto(uid="p", visit="v", question="1.1"))
    book = book.holding(Action(uid="a", visit="v", title="Audit every week", questions="1.1, 3.1"))
    by_code = {found.question.code: found for found in findings(book)}
    assert by_code["1.1"].seen == "Gaps."
    assert by_code["1.1"].proof == "Sample: 2 of 45: CP1 and CP2. 1 photo"
    assert [action.title for action in by_code["1.1"].actions] == ["Audit every week"]
    assert by_code["1.2"].seen == "No note was made of what was seen."
    assert (by_code["1.2"].proof, by_code["1.2"].actions) == ("", ())


def test_whom_was_spoken_to_by_role_and_count() -> None:
    book = book_of()
    assert people_words(book) == ""
    for role, count in ((SpokenRole.MANAGER, 1), (SpokenRole.PEOPLE, 7), (SpokenRole.NURSES, 0)):
        book = book.holding(replace(book.spoken(role), count=count))
    assert people_words(book) == "people who use the service (7), registered manager (1)"


def test_a_grade_as_shape_and_word() -> None:
    action, book = Action(uid="a", title="A"), book_of()
    assert (grade_status(book, action).shape, grade_status(book, action).word) == (Shape.UNKNOWN, "Not graded")
    for grade, shape in (
        (PriorGrade.MET, Shape.GOOD),
        (PriorGrade.PARTLY, Shape.WATCH),
        (PriorGrade.NOT_MET, Shape.ALERT),
    ):
        graded = book.holding(replace(book.grading("a"), grade=grade))
        assert (grade_status(graded, action).shape, grade_status(graded, action).word) == (shape, grade.word)


MADE = Visit(uid="v", service="s", made=date(2026, 2, 2))


@pytest.mark.parametrize(
    ("values", "visit", "wanted"),
    [
        ({}, MADE, True),
        ({"state": None}, MADE, True),
        ({"state": ActionState.DONE}, MADE, True),
        ({"state": ActionState.VERIFIED}, MADE, False),
        ({"state": ActionState.WITHDRAWN}, MADE, False),
        ({"visit": "v"}, MADE, False),
        ({"visit": "before"}, MADE, True),
        ({"archived_at": datetime(2026, 1, 1, tzinfo=UTC)}, MADE, False),
        ({"raised": date(2026, 2, 2)}, MADE, True),
        ({"raised": date(2026, 2, 3)}, MADE, False),
        ({"raised": date(2026, 2, 3)}, replace(MADE, made=None), True),
    ],
    ids=[
        "open", "state not known", "said to be done", "seen done", "given up", "raised at it", "raised at another",
        "archived", "raised that day", "raised since", "not made yet",
    ],
)  # fmt: skip
def test_which_actions_a_visit_has_to_grade(values: dict[str, object], visit: Visit, wanted: bool) -> None:
    assert to_grade(Action(uid="a", title="A", **values), visit) is wanted  # type: ignore[arg-type]


def test_only_what_nobody_has_seen_done_is_graded() -> None:
    assert set(TO_GRADE) == {None, ActionState.OPEN, ActionState.DONE}


def test_actions_are_graded_the_soonest_due_first() -> None:
    found = [Action(uid="1", title="b"), Action(uid="2", title="C", due=date(2026, 3, 1)), Action(uid="3", title="A")]
    found.append(Action(uid="4", title="D", due=date(2026, 2, 1)))
    assert [action.title for action in in_order(found)] == ["D", "C", "A", "b"]
