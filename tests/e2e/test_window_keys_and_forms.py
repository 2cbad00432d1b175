"""Keys from wherever one stands, the keyboard given back, and forms that ask no more than the moment needs."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu

from s75desk.domain.records import Action
from s75desk.ui.window.passphrase_dialogs import SetPassphrase
from tests.e2e.driver import Officer

WITH_SUB_PAGES = ("agreements", "providers", "visits", "kpis", "actions", "briefings", "organisations")


@pytest.mark.parametrize("page", WITH_SUB_PAGES)
def test_sub_pages_turn_from_the_list_and_from_the_search(officer: Officer, page: str) -> None:
    shown = officer.go(page)
    shown = getattr(shown, "filed", shown)
    if not shown.record.uid:
        return  # nothing has been printed yet
    shown.focus_list()
    first = shown.record.sub_page()
    officer.press("Ctrl+PgDown")
    assert shown.record.sub_page() != first
    officer.press("Ctrl+F", "Ctrl+PgUp")
    assert shown.record.sub_page() == first


@pytest.mark.parametrize("page", ["agreements", "kpis"])
def test_f9_shows_a_working_from_the_list(officer: Officer, page: str) -> None:
    from s75desk.ui.widgets.working_sheet import WorkingSheet

    officer.go(page).focus_list()
    officer.press("F9")
    assert [sheet for sheet in officer.window.findChildren(WorkingSheet) if sheet.isVisible()]


def test_f9_where_nothing_has_a_working_says_so(officer: Officer) -> None:
    officer.go("organisations").focus_list()
    officer.press("F9")
    assert "working" in officer.notice()


def test_ctrl_enter_saves_the_form_also_from_the_list(officer: Officer) -> None:
    officer.press("Ctrl+6", "Ctrl+N")
    officer.type("Count the keys")
    officer.page.focus_list()
    officer.press("Ctrl+Return")
    assert officer.page.record.page.action.title == "Count the keys"


@pytest.mark.parametrize("page", ["agreements", "providers", "visits", "kpis", "actions", "organisations"])
@pytest.mark.parametrize("key", ["Ctrl+N", "F2"])
def test_esc_in_a_form_gives_the_keyboard_back_to_the_row(officer: Officer, page: str, key: str) -> None:
    officer.go(page).focus_list()
    officer.press(key)
    assert officer.focus is not officer.page.table
    officer.press("Esc")
    assert officer.focus is officer.page.table


@pytest.mark.parametrize("page", ["agreements", "providers", "visits", "kpis", "actions"])
def test_esc_in_a_record_goes_back_to_the_row(officer: Officer, page: str) -> None:
    officer.go(page).focus_list()
    officer.press("Return")
    assert officer.focus is not officer.page.table
    officer.press("Esc")
    assert officer.focus is officer.page.table


def test_a_box_that_was_only_passed_is_not_called_needed(officer: Officer) -> None:
    officer.press("Ctrl+6", "Ctrl+N", "Tab", "Tab", "Shift+Tab")
    assert not officer.form.editor_row("title").findings
    officer.press("Ctrl+Return")
    assert officer.form.editor_row("title").findings, "after a try to save it is"


def test_who_types_on_at_once_types_into_the_form_and_not_into_the_list(officer: Officer) -> None:
    officer.press("Ctrl+6")
    officer.page.focus_list()
    QTest.keyClick(officer.focus, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert officer.page.form.form is None, "it is still being read"
    QTest.keyClicks(officer.focus, "Mend the bell")
    QTest.keyClick(officer.focus, Qt.Key.Key_Tab)
    officer.settle()
    title = officer.form.editor_row("title").editor
    assert title.text() == "Mend the bell"
    assert not title.isAncestorOf(officer.focus)


@pytest.mark.parametrize("page", ["agreements", "providers", "visits", "kpis", "actions", "organisations"])
def test_no_form_begins_with_a_fault(officer: Officer, page: str) -> None:
    officer.go(page)
    officer.press("Ctrl+N", *["Tab"] * 6)
    assert [name for name, line in officer.form._rows.items() if line.weight and line.weight.name == "FAULT"] == []


def shown_fields(form: Any) -> set[str]:
    return {name for name, line in form._rows.items() if line.isVisibleTo(line.parentWidget())}


def test_a_new_action_does_not_ask_when_it_was_done_and_asks_once_it_is(officer: Officer) -> None:
    officer.press("Ctrl+6", "Ctrl+N")
    late = {"done", "evidence", "verified", "verified_by"}
    assert not late & shown_fields(officer.form)
    officer.form.editor_row("state").editor.set_text("Done")
    assert late & shown_fields(officer.form) == {"done", "evidence"}
    officer.form.editor_row("state").editor.set_text("Verified")
    assert late <= shown_fields(officer.form)


def test_a_plan_does_not_ask_for_what_comes_of_it(officer: Officer) -> None:
    officer.press("Ctrl+4", "Ctrl+N")
    officer.settle()
    assert not {"made", "outcome", "summary"} & shown_fields(officer.form)
    officer.form.editor_row("stage").editor.set_text("Draft report")
    assert {"made", "outcome", "summary"} <= shown_fields(officer.form)


def test_what_is_filled_in_already_is_shown_and_marked(officer: Officer) -> None:
    officer.press("Ctrl+6", "F2")
    field = officer.focus
    assert isinstance(field, QLineEdit)
    assert field.selectedText() == field.text() != ""


def test_an_action_without_a_day_needs_attention(officer: Officer) -> None:
    uid = officer.office.records.create(Action(title="Mend the call bell", raised=date(2026, 1, 5))).uid
    (item,) = [item for item in officer.office.overview.read().items if item.uid == uid]
    assert item.when == "No date"
    officer.go("actions", uid)
    assert "Change the date" in [button.accessibleName() for button in officer.page.record._step_buttons]


def test_ri_chooses_requires_improvement(officer: Officer) -> None:
    officer.press("Ctrl+4", "Ctrl+N")
    officer.settle()
    officer.form.editor_row("stage").editor.set_text("Draft report")
    outcome = officer.form.editor_row("outcome").editor
    outcome.setFocus()
    QTest.keyClicks(outcome.combo, "RI")
    assert outcome.text() == "Requires improvement"


def test_tab_goes_from_the_first_typing_of_a_passphrase_to_the_second(officer: Officer) -> None:
    dialog = SetPassphrase(officer.window, "East", new_desk=True)
    dialog.open()
    officer.dialog()
    officer.type("short")
    officer.press("Tab")
    officer.type("other")
    assert (dialog.first.text(), dialog.again.text()) == ("short", "other")
    for name in ("Show new passphrase", "Show new passphrase again"):
        officer.press("Tab")
        assert officer.focus.accessibleName() == name, "and then to what shows it"
    dialog.again.setFocus()
    dialog._answer = "protect"
    dialog.accept()
    assert dialog.message.isVisible()
    officer.type("x")
    assert not dialog.message.isVisible(), "what was wrong is being typed anew"
    dialog.reject()


def test_view_ticks_the_one_in_force_and_menus_have_lines(officer: Officer) -> None:
    menu = officer.view.top_bar.menu_button.menu()
    parts = {action.text(): action.menu() for action in menu.actions()}
    view = parts["View"]
    assert isinstance(view, QMenu)
    officer.window.looks.set_theme("dark")
    view.aboutToShow.emit()
    ticked = [action.text() for action in view.actions() if action.isChecked()]
    assert ticked == ["Dark"]
    view.grab()
    for name in ("Desk", "Record", "Go", "View"):
        assert any(action.isSeparator() for action in parts[name].actions()), name
    assert QApplication.activePopupWidget() is None


# Drafts leave a trace


def drafts_of(officer: Officer) -> list[str]:
    return [draft.words for draft in officer.page.drafts.drafts]


@pytest.mark.parametrize("page", ["agreements", "providers", "kpis", "actions", "organisations"])
def test_a_form_that_was_left_is_met_again_on_its_list(officer: Officer, page: str) -> None:
    officer.go(page)
    assert not officer.page.drafts.isVisible()
    officer.press("Ctrl+N")
    if page == "kpis":  # what it belongs to comes first
        officer.tab_to("Title")
    officer.type("Half a thought")
    officer.press("Esc")
    (words,) = drafts_of(officer)
    assert words.startswith("New ")
    assert "Half a thought" in words
    assert officer.page.drafts.isVisible()
    officer.page.drafts.go_on(officer.page.drafts.drafts[0])
    officer.settle()
    assert "Half a thought" in officer.form.typed().values()
    officer.page.form._discard()
    officer.settle()
    assert not officer.page.drafts.isVisible()


def test_an_edit_that_was_left_is_met_again_on_its_record_and_goes_when_it_is_saved(officer: Officer) -> None:
    officer.press("Ctrl+6", "F2")
    officer.type("Another title")
    officer.press("Esc")
    record = officer.page.record
    (draft,) = record.drafts.drafts
    assert draft.uid == record.uid
    assert record.drafts.isVisible()
    record.drafts.go_on(draft)
    officer.settle()
    assert officer.form.editor_row("title").editor.text() == "Another title"
    officer.press("Ctrl+Return")
    assert not officer.page.record.drafts.isVisible()
    assert drafts_of(officer) == []


def test_a_draft_of_what_hangs_under_a_record_is_met_again_there(officer: Officer) -> None:
    officer.press("Ctrl+6")
    record = officer.page.record
    record.chasers.add()
    officer.settle()
    officer.form.editor_row("said").editor.set_text("Will send it")
    officer.press("Esc")
    (draft,) = record.drafts.drafts
    assert (draft.kind, draft.about) == ("chaser", record.uid)
    record.drafts.go_on(draft)
    officer.settle()
    assert officer.form.editor_row("said").editor.text() == "Will send it"


def test_a_long_name_in_a_field_shows_its_beginning_when_it_is_left_and_all_of_it_in_the_tip(officer: Officer) -> None:
    name = "Cambridgeshire and Peterborough NHS Foundation Trust, adult community services and more besides"
    officer.go("organisations")
    officer.press("Ctrl+N")
    officer.type(name)
    field = officer.focus
    assert isinstance(field, QLineEdit)
    officer.press("Tab")
    assert field.cursorPosition() == 0
    assert field.toolTip() == name


def test_a_name_that_is_cut_keeps_its_beginning_and_its_end(officer: Officer) -> None:
    from s75desk.ui.widgets.labels import ElidedLabel

    label = ElidedLabel("Cambridgeshire and Peterborough NHS Foundation Trust", parent=officer.window)
    label.resize(200, 20)
    label.show()
    assert label.toolTip() == label.text()
    label.deleteLater()


def test_a_draft_of_an_agreement_is_gone_on_with_in_the_form_it_was_kept_in(officer: Officer) -> None:
    page = officer.go("agreements", officer.agreement())
    officer.press("F2")
    officer.tab_to("Term")
    officer.press("Ctrl+A")
    officer.type("4 + 1 years")
    officer.press("Esc")
    (draft,) = page.record.drafts.drafts
    page.record.drafts.go_on(draft)
    officer.settle()
    assert officer.form.editor_row("term").editor.text() == "4 + 1 years"
    officer.press("Esc")
    page.drafts.go_on(draft)
    officer.settle()
    assert officer.form.editor_row("term").editor.text() == "4 + 1 years"
    page.form._discard()
