"""A field that can change from a day asks, once it is changed, whether it did or was wrong; papers follow."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

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
    line.question.from_day.setFocus()
    officer.press("Down")
    assert line.question.was_wrong.isChecked()
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


def edit_notice(officer: Officer):
    officer.go("agreements", officer.agreement())
    officer.press("F2")
    officer.wait(lambda: officer.page.form.form is not None)
    officer.tab_to("Notice")
    officer.press("Ctrl+A")
    officer.type("6 months")
    return officer.form.editor_row("notice").question


def test_the_question_is_answered_by_keys_and_the_record_stays_on_show(officer: Officer) -> None:
    question = edit_notice(officer)
    officer.press("Tab")
    assert officer.focus is question.from_day, "the next Tab goes into the question, not past it"
    officer.type("1")  # at the answers
    officer.type(" april 2027")  # in the box
    assert question.day.text() == "1 april 2027"
    assert question.from_day.isChecked()
    officer.press("Tab")
    officer.type("Deed 2")
    officer.press("Ctrl+Return")
    officer.wait(lambda: officer.page.form.form is None)
    assert officer.page.record.uid == officer.agreement()
    assert officer.page.record.isVisible()
    newest = officer.office.records.history(Agreement.KIND, officer.agreement())[0]
    assert (newest.field, newest.before, newest.after) == (
        "Notice",
        "12 months",
        "6 months from 1 April 2027, Deed 2",
    )


def test_what_is_no_day_is_called_so_and_w_says_that_it_was_wrong(officer: Officer) -> None:
    question = edit_notice(officer)
    officer.press("Tab", "C")
    officer.type("Deed 2")
    assert question.missing().startswith("From which day? ")
    question.from_day.setFocus()
    officer.press("W")
    assert question.was_wrong.isChecked()
    assert question.answered


def test_a_draft_keeps_whether_it_changed_or_was_wrong(officer: Officer) -> None:
    edit_notice(officer)
    officer.press("Tab")
    officer.type("1")  # at the answers
    officer.type(" april 2027")  # in the box
    officer.press("Tab")
    officer.type("Deed 2")
    officer.press("Esc")
    officer.press("F2")
    officer.wait(lambda: officer.page.form.form is not None)
    answer = officer.form.days()["notice"]
    assert (answer.since, answer.reason) == (date(2027, 4, 1), "Deed 2")


def test_alt_h_tells_what_the_field_was_and_will_be(officer: Officer) -> None:
    edit_notice(officer)
    officer.press("Tab")
    officer.type("1")  # at the answers
    officer.type(" april 2027")  # in the box
    officer.press("Ctrl+Return")
    officer.wait(lambda: officer.page.form.form is None)
    officer.press("F2")
    officer.wait(lambda: officer.page.form.form is not None)
    officer.tab_to("Notice")
    officer.press("Alt+H")
    sheet = officer.page.form.past.sheet
    assert sheet is not None
    assert sheet.isVisible()
    assert [(line.value, line.days, line.stands) for line in sheet.lines] == [
        ("6 months", "from 1 April 2027", "to come"),
        ("12 months", "until 31 March 2027", "holds today"),
    ]
    officer.press("Esc")
    assert officer.focus.accessibleName() == "Notice"


def test_a_space_meant_for_the_paper_never_says_that_it_was_wrong(officer: Officer) -> None:
    line = edit_total(officer)
    line.question.day.setFocus()
    officer.type("1.4.2026")
    officer.press("Tab", "Tab")
    officer.type("Deed 2 ")
    assert not line.question.was_wrong.hasFocus()
    line.question.was_wrong.setFocus()
    officer.type(" ")
    assert not line.question.was_wrong.isChecked()
    assert line.question.from_day.isChecked()


def test_the_last_press_names_what_comes_of_it_and_the_form_says_what_follows(officer: Officer) -> None:
    question = edit_notice(officer)
    form = officer.form
    assert form._footer.save.text() == "Save agreement", "nothing is said of the day yet"
    officer.press("Tab")
    officer.type("1")  # at the answers
    officer.type(" april 2027")  # in the box
    form._check()
    assert form._footer.save.text() == "Save: 6 months from 1 April 2027"
    assert question.follows.startswith("12 months holds to 31 March 2027;")
    assert "Last day to give notice for 31 March 2027: 31 March 2026." in question.follows
    question.from_day.setFocus()
    officer.press("W")
    form._check()
    assert form._footer.save.text() == "Save: 6 months for every day"
    assert "Last day" not in question.follows
    form.editor_row("reference").editor.set_text("S75-X")
    form._check()
    assert form._footer.save.text() == "Save agreement", "two things are changed"


def test_a_clock_stands_beside_what_is_kept_by_days_and_opens_its_values(officer: Officer) -> None:
    edit_notice(officer)
    officer.press("Tab")
    officer.type("1")  # at the answers
    officer.type(" april 2027")  # in the box
    officer.press("Ctrl+Return")
    officer.wait(lambda: officer.page.form.form is None)
    officer.press("F2")
    officer.wait(lambda: officer.page.form.form is not None)
    line = officer.form.editor_row("notice")
    assert line.messages.words.startswith("6 months from 1 April 2027."), "what comes is said beside what holds"
    assert officer.form.editor_row("reference").clock is None
    line.clock.click()
    officer.settle()
    sheet = officer.page.form.past.sheet
    assert sheet.isVisible()
    assert [one.value for one in sheet.lines] == ["6 months", "12 months"]


def test_a_form_that_is_left_while_its_small_history_is_read_shows_none(officer: Officer) -> None:
    page = officer.go("agreements", officer.agreement())
    officer.press("F2")
    officer.wait(lambda: page.form.form is not None)
    form = page.form.form
    page.form.past.show(form, page.record.edit_wish().record, form.editor_row("notice"))
    page.form.close_form()
    QApplication.sendPostedEvents(form, QEvent.Type.DeferredDelete.value)
    officer.settle()
    assert page.form.past.sheet is None
