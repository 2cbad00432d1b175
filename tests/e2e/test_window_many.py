"""Several rows marked: every step acts on all of them, says how many, and is undone as one; no other record is open."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QPushButton

from s75desk.domain.records import Action, Chaser
from s75desk.domain.records.action import ActionState
from s75desk.ui.pages.child_section import ChildSection
from tests.e2e.driver import Officer

PAGES = ("agreements", "providers", "visits", "kpis", "actions", "organisations", "question_sets")


def mark(officer: Officer, count: int) -> list[str]:
    """Mark the first rows of the list with Shift and the arrow keys."""
    officer.press("Home", *["Shift+Down"] * (count - 1))
    page = officer.page
    return [page.spec.uid(row) for row in page.table.marked_rows()]


def offered(officer: Officer) -> dict[str, QPushButton]:
    beside = officer.page.beside
    return {b.accessibleName(): b for b in beside.findChildren(QPushButton) if b.isVisible()}


def actions(officer: Officer, uids: list[str]) -> list[Action]:
    return [officer.office.actions.get(Action, uid) for uid in uids]


def test_a_step_on_three_marked_actions_is_done_to_three_and_undone_as_one(officer: Officer) -> None:
    officer.press("Ctrl+6")
    uids = mark(officer, 3)
    assert len(uids) == 3
    offered(officer)["Mark 3 as done"].click()
    officer.settle()
    assert [one.state for one in actions(officer, uids)] == [ActionState.DONE] * 3
    assert officer.notice() == "Done: 3 actions"
    officer.press("Ctrl+Z")
    assert {one.state for one in actions(officer, uids)} <= {ActionState.OPEN, None}


def test_one_chaser_is_noted_at_all_that_are_marked(officer: Officer) -> None:
    officer.press("Ctrl+6")
    uids = mark(officer, 2)
    before = [len(officer.office.actions.page(uid).chasers) for uid in uids]
    offered(officer)["Chase 2"].click()
    officer.settle()
    officer.form.editor_row("said").editor.set_text("By telephone")
    officer.press("Ctrl+Return")
    chased: list[tuple[Chaser, ...]] = [officer.office.actions.page(uid).chasers for uid in uids]
    assert [len(found) for found in chased] == [count + 1 for count in before]
    assert {found[0].said for found in chased} == {"By telephone"}


def test_another_date_for_several_asks_for_the_date_alone(officer: Officer) -> None:
    officer.press("Ctrl+6")
    uids = mark(officer, 2)
    offered(officer)["Change 2 dates"].click()
    officer.settle()
    assert officer.form.asks_for("due")
    assert not officer.form.asks_for("title")
    officer.form.editor_row("due").editor.set_text("1 March 2027")
    officer.press("Ctrl+Return")
    assert {f"{one.due}" for one in actions(officer, uids)} == {"2027-03-01"}
    assert len({one.title for one in actions(officer, uids)}) == 2, "nothing else of them changes"


@pytest.mark.parametrize("page", PAGES)
def test_delete_archives_all_that_is_marked_on_every_list(officer: Officer, page: str) -> None:
    shown = officer.go(page)
    officer.focus.window().activateWindow()
    shown.focus_list()
    count = min(2, len(shown.table.visible_rows()))
    uids = mark(officer, count)
    if page == "question_sets":
        return  # a set that visits were made with is never archived
    officer.press("Delete")
    left = {shown.spec.uid(row) for row in shown.table.visible_rows()}
    assert not left & set(uids)
    officer.press("Ctrl+Z")
    assert set(uids) <= {shown.spec.uid(row) for row in shown.table.visible_rows()}


@pytest.mark.parametrize("page", PAGES)
def test_a_filtered_list_leaves_no_other_record_open(officer: Officer, page: str, qtbot: Any) -> None:
    shown = officer.go(page)
    rows = shown.table.visible_rows()
    assert shown.record.uid
    shown.filter_row.search.setText("zzzz no such record")
    qtbot.waitUntil(lambda: not shown.record.uid)
    assert not shown.record.isVisible()
    last = shown.spec.uid(rows[-1])
    shown.filter_row.search.setText("")
    officer.settle()
    shown.table.select_uid(last)
    officer.settle()
    assert shown.record.uid == last
    shown.table.set_accept(lambda row: row is not rows[-1])
    shown.follow_list()
    officer.settle()
    seen = {shown.spec.uid(row) for row in shown.table.visible_rows()}
    assert shown.record.uid in seen if seen else not shown.record.isVisible()


def test_a_filter_of_a_page_takes_the_record_along(officer: Officer) -> None:
    officer.press("Ctrl+6")
    page = officer.page
    gone = page.record.uid
    page._state.set_value("closed")
    officer.settle()
    seen = {page.spec.uid(row) for row in page.table.visible_rows()}
    assert gone not in seen
    assert page.record.uid in seen


@pytest.mark.parametrize("page", [*PAGES, "archived"])
def test_every_list_answers_the_right_button(officer: Officer, page: str, qtbot: Any) -> None:
    shown = officer.go(page)
    table = shown.table
    if not table.visible_rows():
        officer.office.records.archive("agreement", officer.agreement())
        shown.reload()
        officer.settle()
    where = table.visualRect(table.rows_model().index(0, 0)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.RightButton, pos=QPoint(where))
    table._ask_menu(table.rows_model().row_at(0), table.viewport().mapToGlobal(where))
    officer.settle()
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is not None)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    words = [action.text() for action in menu.actions() if action.text()]
    menu.close()
    assert words[-1] == "Copy the whole table"
    assert len(words) > 2, "and what can be done with the record"


def test_several_rows_inside_a_record_are_archived_as_one(officer: Officer) -> None:
    uid = officer.agreement()
    milestones = officer.go("agreements", uid, "Milestones").record.findChildren(ChildSection)
    section = next(each for each in milestones if each.isVisible() and each.table.rows_model().rowCount() > 3)
    before = [record.uid for record in section.table.visible_rows()]
    section.table.setFocus()
    assert not section.archive_button.isVisible()
    officer.press("Home", "Shift+Down", "Shift+Down")
    assert section.archive_button.text() == "Archive 3"
    assert section._caption.text() == "3 marked"
    menu = QMenu(section)
    section._menu(section.table.marked_rows()[0], menu)
    assert [action.text() for action in menu.actions() if not action.isSeparator()][-1] == "Archive 3 (Delete)"
    officer.press("Delete")
    officer.wait(lambda: officer.notice().startswith("Archived: 3 "))
    assert [record.uid for record in section.table.visible_rows()] == before[3:]
    assert not section.archive_button.isVisible()
    officer.press("Ctrl+Z")
    officer.wait(lambda: [record.uid for record in section.table.visible_rows()] == before)
