"""From the alert on the Overview to a decision that settles it: three presses, and taken back by Ctrl+Z."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from s75desk.domain.attention import Group
from s75desk.ui.pages.agreements.deciding import DecidingSheet
from tests.e2e.driver import Officer


def alert_of(officer: Officer, uid: str) -> bool:
    table = officer.page.table
    return any(item.uid == uid and item.group is Group.DATES for item in table.rows_model().all_rows())


def open_alert(officer: Officer) -> str:
    officer.press("Ctrl+1")
    uid = officer.agreement()
    officer.wait(lambda: alert_of(officer, uid))
    table = officer.page.table
    (item,) = [one for one in table.rows_model().all_rows() if one.uid == uid and one.group is Group.DATES]
    assert item.step == "Decide extension 1"
    table.setFocus()
    table.select_uid(f"{item.group.name}{item.kind}{item.uid}{item.title}")
    return uid


def sheet_of(officer: Officer) -> DecidingSheet | None:
    return next((sheet for sheet in officer.window.findChildren(DecidingSheet) if sheet.isVisible()), None)


def test_an_extension_is_decided_from_the_overview_in_three_presses(officer: Officer) -> None:
    uid = open_alert(officer)
    officer.press("Return")
    officer.wait(lambda: sheet_of(officer) is not None)
    officer.press("E")
    assert officer.focus.accessibleName() == "Reference"
    officer.press("Ctrl+Return")
    officer.wait(lambda: officer.office.agreements.dossier(uid).term.ends == date(2028, 3, 31))
    officer.wait(lambda: sheet_of(officer) is None)
    officer.press("Ctrl+1")
    officer.wait(lambda: not alert_of(officer, uid))
    officer.view.notice.dismiss()  # it goes by itself where the page was left later
    officer.press("Ctrl+Z")
    assert officer.notice().startswith("Take this back? Decided: ")
    officer.press("Ctrl+Z")
    officer.wait(lambda: alert_of(officer, uid))
    assert officer.office.agreements.dossier(uid).term.ends == date(2027, 3, 31)


def test_not_yet_asks_for_a_day_and_the_sheet_stays_with_its_words(officer: Officer) -> None:
    uid = open_alert(officer)
    officer.press("Return")
    officer.wait(lambda: sheet_of(officer) is not None)
    officer.press("Ctrl+Return")
    sheet = sheet_of(officer)
    assert sheet is not None
    assert sheet.error.isVisible()
    sheet.later_button.click()
    assert officer.focus.accessibleName() == "Remind me on"
    officer.press("Ctrl+A")
    officer.type("1 May 2026")
    officer.press("Ctrl+Return")
    officer.wait(lambda: sheet.error.isVisible())
    officer.press("Ctrl+A")
    officer.type("2 March 2026")
    officer.press("Ctrl+Return")
    officer.wait(lambda: officer.office.agreements.dossier(uid).term.reminded == date(2026, 3, 2))


def test_the_step_is_tinted_while_its_sheet_is_open_and_a_card_is_one_press(officer: Officer) -> None:
    page = officer.go("agreements", officer.agreement(), "Term")
    page.record.settle()
    officer.wait(lambda: sheet_of(officer) is not None)
    sheet, step = sheet_of(officer), page.record.first_step()
    assert step.isChecked()
    assert not any(card.isChecked() for card in sheet.cards), "nothing is chosen by itself"
    end = sheet.cards[1]
    inside = end.childAt(end.rect().center()) or end
    assert inside is end, "what it brings is part of the press"
    QTest.mouseClick(end, Qt.MouseButton.LeftButton)
    assert [card.isChecked() for card in sheet.cards] == [False, True]
    by = sheet._editors["by"]
    assert by.words() == sheet.matter.by
    assert (
        sheet.mapTo(officer.window, sheet.sheet_rect().topLeft()).x()
        >= page.record.mapTo(officer.window, QPoint(0, 0)).x()
    ), "it lies over the record, and not over the list"
    officer.press("Esc")
    assert not step.isChecked()
