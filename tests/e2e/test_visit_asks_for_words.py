"""Where a visit asks for words the caret is in the box before the next key: nothing that is typed rates or grades."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from s75desk.domain.records import Visit
from s75desk.domain.records.visit import VisitStage
from s75desk.ui.navigation import VISIT_MODE
from s75desk.ui.visit.missing_list import GAP
from s75desk.ui.visit.outline import FINISH
from tests.e2e.driver import Officer

TYPED = "Manager xmpn away 123"


@pytest.fixture
def mode(officer: Officer) -> Any:
    uid = next(row.uid for row in officer.office.visits.rows(coming=True) if row.service == "Pellgate House")
    officer.go(VISIT_MODE, uid)
    officer.wait(lambda: officer.view.visits.mode is not None)
    return officer.view.visits.mode


def at_once(officer: Officer, key: str, words: str) -> None:
    """A key and then letters, without a moment in between."""
    QTest.keyClick(officer.focus, key)
    for letter in words:
        QTest.keyClick(officer.focus, letter)
    officer.settle()


def test_after_n_the_caret_is_in_why_not_and_tab_comes_back_to_it(officer: Officer, mode: Any) -> None:
    first = mode.session.book.body.questions[0].code
    mode.go(first)
    officer.settle()
    at_once(officer, "n", TYPED)
    answer = mode.session.book.answer(first)
    assert (answer.reason, answer.rating, answer.not_applicable) == (TYPED, None, True)
    officer.press("Esc", "Tab")
    assert officer.focus is mode.question.reason, "from the keys Tab comes to it first"
    officer.press("Tab")
    assert officer.focus is mode.question.note


@pytest.mark.parametrize("key", ["p", "x"])
def test_a_grade_that_needs_a_reason_takes_the_letters_that_follow_as_the_reason(
    officer: Officer, mode: Any, key: str
) -> None:
    uid = next(iter(mode.prior.cards))
    mode.prior.show_action(uid)
    at_once(officer, key, TYPED)
    grading = mode.session.book.grading(uid)
    assert grading.reason == TYPED
    assert grading.grade.value.startswith({"p": "partly", "x": "not"}[key])


def chosen(officer: Officer, mode: Any, part: str) -> Any:
    """Press Enter on the first gap of the list at the end that asks for a part."""
    mode.go(FINISH)
    officer.wait(lambda: not mode.session.unsaved)
    QTest.qWait(20)
    listed, model = mode.finishing.missing, mode.finishing.missing.gaps_model
    indexes = [model.index(line) for line in range(model.rowCount())]
    index = next(index for index in indexes if index.data(GAP).part == part)
    listed.setCurrentIndex(index)
    listed.setFocus(Qt.FocusReason.OtherFocusReason)
    return index.data(GAP)


def test_say_why_on_the_last_page_leads_into_the_reason_of_a_question(officer: Officer, mode: Any) -> None:
    first = mode.session.book.body.questions[0].code
    mode.go(first)
    officer.press("N")
    code = chosen(officer, mode, "reason").target
    at_once(officer, "\r", TYPED)
    assert mode.session.book.answer(code).reason == TYPED
    assert mode.session.book.answer(code).rating is None


def test_say_why_on_the_last_page_leads_into_the_reason_of_a_grade(officer: Officer, mode: Any) -> None:
    uid = next(iter(mode.prior.cards))
    mode.prior.show_action(uid)
    officer.press("X")
    gap = chosen(officer, mode, "reason")
    assert gap.target == uid
    at_once(officer, "\r", TYPED)
    assert mode.session.book.grading(uid).reason == TYPED
    assert mode.session.book.grading(uid).grade.value.startswith("not")


def test_a_note_that_is_missing_is_what_the_last_page_leads_to(officer: Officer, mode: Any) -> None:
    first = mode.session.book.body.questions[0].code
    mode.go(first)
    officer.press("1")
    code = chosen(officer, mode, "note").target
    rated = mode.session.book.answer(code).rating
    at_once(officer, "\r", TYPED)
    assert (mode.session.book.answer(code).seen or "").endswith(TYPED)
    assert mode.session.book.answer(code).rating == rated


def test_looking_at_a_planned_visit_does_not_begin_it(officer: Officer, mode: Any) -> None:
    uid = mode.session.visit
    before = officer.office.visits.get(Visit, uid)
    assert before.stage not in (VisitStage.UNDER_WAY, VisitStage.DRAFT)


def test_a_visit_begins_with_the_first_thing_that_is_said_at_nought_of_74(officer: Officer, mode: Any) -> None:
    uid = mode.session.visit
    assert mode.header._count.text() == "0 of 74 questions answered"
    mode.go(mode.session.book.body.questions[0].code)
    officer.press("3")
    officer.wait(lambda: not mode.session.unsaved)
    assert officer.office.visits.get(Visit, uid).stage is VisitStage.UNDER_WAY
    assert mode.header._count.text().startswith("1 of 74 ")
    kept = officer.office.visiting.book(uid)
    assert kept.answers == mode.session.book.answers, "what is shown is what is kept, also of what is not asked"


def test_a_letter_of_a_note_begins_a_visit_too(officer: Officer, mode: Any) -> None:
    uid = mode.session.visit
    mode.go(mode.session.book.body.questions[0].code)
    officer.press("Alt+T")
    officer.type("S")
    officer.wait(lambda: officer.office.visits.get(Visit, uid).stage is VisitStage.UNDER_WAY)
