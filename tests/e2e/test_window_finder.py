"""Ctrl+K finds any record by any part of its words, opens it, and does any command."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from s75desk.services.finder import Found
from s75desk.ui.widgets.floating import FloatingSheet
from s75desk.ui.window.commands import Command
from tests.e2e.driver import Officer


def find(officer: Officer, words: str) -> list[object]:
    """Type into the finder and wait for what it finds."""
    officer.press("Ctrl+K")
    finder = officer.view.finder
    assert finder.isVisible()
    officer.type(words)
    officer.wait(lambda: not finder._timer.isActive())
    return [line.what for line in finder.model._lines if not line.heading]


@pytest.mark.parametrize(
    ("words", "kind", "page", "sub"),
    [
        ("occupational section", "agreement", "agreements", ""),
        ("pellgate", "provider", "providers", ""),
        ("weekly medicines", "action", "actions", ""),
        ("OT assessments", "kpi", "kpis", ""),
        ("house standards", "question_set", "question_sets", ""),
        ("cambridgeshire county", "organisation", "organisations", ""),
        ("less control over day-to-day", "risk", "agreements", ""),
        ("independent review completed", "milestone", "agreements", ""),
    ],
)
def test_a_record_of_any_kind_is_found_and_opened(officer: Officer, words: str, kind: str, page: str, sub: str) -> None:
    found = find(officer, words)
    first = found[0]
    assert isinstance(first, Found)
    assert first.kind == kind
    officer.press("Return")
    assert not officer.view.finder.isVisible()
    assert officer.page.where().page == page
    assert officer.page.record.uid == first.page_uid


def test_the_window_of_a_found_record_shows_it_although_a_filter_hid_it(officer: Officer) -> None:
    page = officer.go("actions")
    page._state.set_value("overdue")
    officer.settle()
    find(officer, "complaints log")
    officer.press("Return")
    assert officer.page.record.page.action.title.startswith("Complaints log")
    assert page.table.current_row().uid == page.record.uid


def test_arrows_choose_and_pass_over_headings(officer: Officer) -> None:
    found = find(officer, "review")
    assert len(found) > 3
    finder = officer.view.finder
    chosen = []
    for _ in found:
        chosen.append(finder.model.line(finder.list.currentIndex().row()).what)
        officer.press("Down")
    assert chosen == found
    officer.press("Up")
    assert finder.model.line(finder.list.currentIndex().row()).what is found[-2]


def test_a_command_is_found_and_done(officer: Officer) -> None:
    found = find(officer, "new kpi")
    command = next(place for place, what in enumerate(found) if isinstance(what, Command))
    assert found[command].words == "New KPI"
    officer.press(*["Down"] * command, "Return")
    officer.wait(lambda: officer.page.where().page == "kpis" and officer.page.form.form is not None)


def test_the_steps_of_the_record_in_front_are_offered_and_done(officer: Officer) -> None:
    officer.go("agreements", officer.agreement())
    found = find(officer, "")
    offered = [what.words for what in found if isinstance(what, Command)]
    assert offered[:3] == ["Decide extension 1", "Print agreement briefing", "Add a meeting"]
    officer.press("Esc")
    found = find(officer, "decide ext")
    place = next(place for place, what in enumerate(found) if isinstance(what, Command))
    officer.press(*["Down"] * place, "Return")
    officer.wait(lambda: any(sheet.isVisible() for sheet in officer.window.findChildren(FloatingSheet)))


def test_where_no_record_is_in_front_none_of_its_steps_is_offered(officer: Officer) -> None:
    officer.go("agreements", officer.agreement())
    officer.go("overview")
    assert {what.group for what in officer.view.offered()} == {what.group for what in officer.view.commands()}
    officer.go("agreements", officer.agreement())
    officer.press("F2")
    officer.wait(lambda: officer.page.form.form is not None)
    assert "This record" not in {what.group for what in officer.view.offered()}


def test_a_greater_than_sign_asks_for_commands_only(officer: Officer) -> None:
    found = find(officer, ">")
    assert found
    assert all(isinstance(what, Command) for what in found)
    officer.type("dark")
    officer.press("Return")
    assert officer.program.theme.dark
    assert officer.program.preferences.value("theme", "") == "dark"


def test_enter_pressed_at_once_chooses_what_was_typed_not_what_stood_there(officer: Officer) -> None:
    officer.press("Ctrl+K")
    QTest.keyClicks(officer.focus, "pellgate")
    QTest.keyClick(officer.focus, Qt.Key.Key_Return)
    officer.wait(lambda: not officer.view.finder.isVisible())
    assert officer.page.where().page == "providers"
    officer.press("Ctrl+K")
    QTest.keyClicks(officer.focus, ">dark")
    QTest.keyClick(officer.focus, Qt.Key.Key_Return)
    officer.wait(lambda: officer.program.theme.dark)


def test_what_is_not_there_says_so(officer: Officer) -> None:
    assert find(officer, "zeppelin") == []
    assert officer.view.finder._count.text() == "0 records found in this desk"
    officer.press("Return")
    assert officer.view.finder.isVisible(), "Enter on nothing does nothing"


def test_what_was_typed_last_time_is_gone(officer: Officer) -> None:
    find(officer, "pellgate")
    officer.press("Esc", "Ctrl+K")
    assert officer.view.finder.field.text() == ""


def test_a_word_in_a_note_is_found(officer: Officer) -> None:
    found = find(officer, "vacant")
    assert any(isinstance(what, Found) and what.in_text for what in found)
