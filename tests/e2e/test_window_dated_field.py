"""A field that can change from a day asks, once it is changed, whether it did or was wrong; papers follow."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from s75desk.domain.records import Agreement
from tests.e2e.driver import Officer

STATED = "10,193,316"


def edit_total(officer: Officer):
    """The form of an agreement with another stated total typed."""
    officer.go("agreements", officer.agreement())
    officer.press("F2")
    officer.wait(lambda: officer.page.form.form is not None)
    line = officer.form.editor_row("stated_total")
    assert not line.question.isVisible(), "nothing is asked before something is changed"
    line.editor.setFocus()
    line.editor.set_text(STATED)
    officer.wait(line.question.isVisible)
    return line


def held(officer: Officer, on: date) -> object:
    return officer.office.records.seen(Agreement, officer.agreement(), on).stated_total


def test_saving_waits_for_the_answer_and_goes_to_it(officer: Officer) -> None:
    line = edit_total(officer)
    officer.press("Ctrl+Return")
    assert officer.page.form.form is not None
    assert line.question.isAncestorOf(officer.focus)


def test_from_a_day_keeps_what_held_before(officer: Officer) -> None:
    line = edit_total(officer)
    before = held(officer, date(2026, 1, 1))
    line.question.day.setFocus()
    QTest.keyClicks(officer.focus, "1 january 2026")
    assert line.question.from_day.isChecked(), "typing a day answers"
    officer.press("Ctrl+Return")
    officer.wait(lambda: officer.page.form.form is None)
    assert str(held(officer, date(2026, 1, 1))) == "10193316"
    assert held(officer, date(2025, 12, 31)) == before != held(officer, date(2026, 1, 1))
    officer.press("Ctrl+Z")
    officer.settle()
    assert held(officer, date(2026, 1, 1)) == held(officer, date(2025, 12, 31))


def test_it_was_wrong_puts_it_right_for_every_day(officer: Officer) -> None:
    line = edit_total(officer)
    line.question.was_wrong.setFocus()
    QTest.keyClick(line.question.was_wrong, Qt.Key.Key_Space)
    officer.press("Ctrl+Return")
    officer.wait(lambda: officer.page.form.form is None)
    assert str(held(officer, date(2025, 1, 1))) == "10193316"


def test_words_that_explain_may_be_put_right_without_an_answer(officer: Officer) -> None:
    officer.go("agreements", officer.agreement())
    officer.press("F2")
    officer.wait(lambda: officer.page.form.form is not None)
    officer.tab_to("People covered")
    officer.type("Adults of Ely")
    officer.press("Ctrl+Return")
    officer.wait(lambda: officer.page.form.form is None)
