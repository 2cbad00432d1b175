"""Where the keyboard is after a step and a form that was left; what is offered there is marked."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtWidgets import QLineEdit

from s75desk.domain.records import Action
from s75desk.ui.pages.agreements.deciding import DecidingSheet
from s75desk.ui.widgets.buttons import Button
from tests.e2e.driver import Officer


def test_a_step_that_takes_its_row_away_leaves_the_keyboard_on_the_next_row(officer: Officer) -> None:
    officer.go("actions")
    page = officer.page
    officer.wait(lambda: page.record.uid != "")
    before = page.record.uid
    officer.press("Return")
    assert page.record.step_has_keyboard
    officer.press("Return")
    officer.wait(lambda: page.record.uid != before)
    officer.settle()
    assert officer.office.records.get(Action, before).done
    assert page.table.hasFocus(), (officer.focus, officer.focus.accessibleName())
    after = page.record.uid
    officer.press("Down")
    officer.wait(lambda: page.record.uid != after)


def test_a_step_that_goes_gives_the_keyboard_to_the_one_in_its_place(officer: Officer) -> None:
    officer.go("actions")
    page = officer.page
    page.clear_filters()
    officer.settle()
    rows = page.table.rows_model().all_rows()
    page.table.select_uid(next(one.uid for one in rows if one.open))
    officer.settle()
    page.record.focus_first_step()
    assert isinstance(officer.focus, Button)
    officer.press("Return")
    officer.wait(lambda: page.record.first_step().text() == "Verify")
    assert officer.focus is page.record.first_step()


@pytest.mark.parametrize("from_list", [True, False])
def test_a_draft_goes_on_in_the_form_that_edit_opens(officer: Officer, from_list: bool) -> None:
    officer.go("agreements", officer.agreement())
    officer.press("F2")
    officer.wait(lambda: officer.page.form.form is not None)
    asked = list(officer.form._rows)
    officer.fill("People covered", "Adults of Ely")
    officer.press("Esc")
    line = officer.page.drafts if from_list else officer.page.record.drafts
    officer.wait(lambda: bool(line.drafts))
    line.go_on(line.drafts[0])
    officer.wait(lambda: officer.page.form.form is not None)
    assert list(officer.form._rows) == asked
    assert officer.form.typed() != {}


def test_a_draft_of_another_row_goes_on_there(officer: Officer) -> None:
    uid = officer.agreement()
    officer.go("agreements", uid)
    officer.press("F2")
    officer.wait(lambda: officer.page.form.form is not None)
    officer.fill("People covered", "Adults of Ely")
    officer.press("Esc")
    page = officer.page
    other = next(row.uid for row in page.table.rows_model().all_rows() if row.uid != uid)
    page.table.select_uid(other)
    officer.wait(lambda: page.record.is_shown(other) and bool(page.drafts.drafts))
    page.drafts.go_on(page.drafts.drafts[0])
    officer.wait(lambda: page.form.form is not None)
    assert page.record.uid == uid
    assert officer.form.typed() != {}


def sheet_for(officer: Officer) -> DecidingSheet:
    uid = officer.agreement()
    officer.go("agreements", uid)
    officer.wait(lambda: officer.page.record.is_shown(uid))
    officer.page.record.settle()
    return next(sheet for sheet in officer.window.findChildren(DecidingSheet) if sheet.isVisible())


def test_the_sheet_says_what_the_answer_chosen_writes(officer: Officer) -> None:
    sheet = sheet_for(officer)
    said = [sheet._says.text()]
    for answer in sheet.matter.answers:
        sheet.choose(answer)
        said.append(sheet._says.text())
    sheet.ask_for_a_day()
    said.append(sheet._says.text())
    assert said[0] == said[1] == sheet.matter.writes
    assert said[2] == sheet.matter.writes_end
    assert "31 March 2027" in said[2]
    assert "nothing is decided" in said[3]


def test_the_day_offered_is_marked_and_enter_takes_it(officer: Officer) -> None:
    sheet = sheet_for(officer)
    sheet.ask_for_a_day()
    box = officer.focus
    assert isinstance(box, QLineEdit)
    assert box.selectedText() == box.text() != ""
    officer.type("2 March 2026")
    officer.press("Return")
    officer.wait(lambda: officer.office.agreements.dossier(officer.agreement()).term.reminded == date(2026, 3, 2))
