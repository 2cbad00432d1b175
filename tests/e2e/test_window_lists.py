"""Lists: filtered, searched, sorted, columns chosen and remembered, exported and copied."""

from __future__ import annotations

import csv
from datetime import datetime
from decimal import Decimal
from pathlib import Path

from openpyxl import load_workbook
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from tests.e2e.conftest import StartOfficer
from tests.e2e.driver import Officer


def choose(menu: QMenu, words: str) -> None:
    """Choose an entry of an open menu with the arrow keys and Enter."""
    for _ in range(40):
        QTest.keyClick(menu, Qt.Key.Key_Down)
        if menu.activeAction() is not None and menu.activeAction().text() == words:
            QTest.keyClick(menu, Qt.Key.Key_Return)
            return
    raise AssertionError(f"{words} is not in the menu")


def open_menu(officer: Officer, button: str) -> QMenu:
    """Go on to a button with Tab and open its menu."""
    officer.tab_to(button)
    officer.press("Space")
    officer.wait(lambda: QApplication.activePopupWidget() is not None)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def first_column(officer: Officer) -> list[str]:
    return [line[0].split(",")[0] for line in officer.words(officer.page.table)]


def test_letters_typed_in_a_list_search_it(officer: Officer) -> None:
    officer.press("Ctrl+2")
    officer.type("o")
    search = officer.page.filter_row.search
    assert officer.focus is search
    officer.type("cc ther")
    assert search.text() == "occ ther"
    assert [line[0] for line in officer.words(officer.page.table)] == [
        "Occupational therapy, Section 75, S75-2024-OT · Council and NHS trust",
        "Community occupational therapy, pooled fund, S75-2012-COT · Council and CCG",
    ]
    assert officer.page.filter_row.count.text().startswith("2 of 7 agreements")
    officer.press("Esc")
    assert search.text() == ""
    assert len(officer.words(officer.page.table)) == 7
    officer.press("Esc")
    assert officer.focus is officer.page.table, "a second Esc goes back to the list"


def test_what_matches_nothing_says_how_to_see_everything(officer: Officer) -> None:
    officer.press("Ctrl+2", "Ctrl+F")
    officer.type("harbour master")
    assert officer.words(officer.page.table) == []
    assert officer.page.table._empty == "Nothing matches. Clear search and filters to see all 7."


def test_a_filter_chosen_by_keys_is_named_and_tinted(officer: Officer) -> None:
    officer.press("Ctrl+2")
    choose(open_menu(officer, "Filter by Show"), "Ended")
    officer.settle()
    button = officer.page._life
    assert button.text() == "Show: Ended"
    assert button.property("filter") == "on"
    assert first_column(officer) == ["Community occupational therapy", "Domiciliary care framework"]
    choose(open_menu(officer, "Filter by Show"), "Live and ended")
    officer.settle()
    assert len(first_column(officer)) == 7


def test_filters_and_search_hold_together(officer: Officer) -> None:
    page = officer.go("actions")
    page._state.set_value("overdue")
    officer.settle()
    assert len(first_column(officer)) == 3
    officer.press("Ctrl+F")
    officer.type("pellgate")
    assert first_column(officer) == ["Weekly medicines audit on every unit"]
    assert page.filter_row.count.text() == "1 open, 1 overdue; 1 of 49 shown"


def test_archived_records_are_listed_when_asked_for(officer: Officer) -> None:
    page = officer.go("agreements", officer.agreement("FWK-2017-DC"))
    officer.press("Delete")
    officer.wait(lambda: len(first_column(officer)) == 6)
    page._life.set_value("archived")
    officer.wait(lambda: len(first_column(officer)) == 7)


def test_sorted_by_header_and_by_menu_dates_sort_as_dates(officer: Officer) -> None:
    page = officer.go("actions")
    head = page.table.horizontalHeader()
    due = [column.key for column in page.table.visible_columns()].index("due")
    where = head.sectionViewportPosition(due) + 20
    for descending in (False, True):
        QTest.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(where, 10))
        days = [row.due for row in page.table.visible_rows() if row.due is not None]
        assert days == sorted(days, reverse=descending)
        assert page.table.visible_rows()[-1].due is None, "what has no date comes last either way"
    choose_sub(officer, "Sort by", "Owner, ascending")
    owners = [row.owner for row in page.table.visible_rows()]
    assert owners == sorted(owners, key=lambda owner: (owner == "Not known", owner.casefold()))


def choose_sub(officer: Officer, part: str, words: str) -> None:
    menu = open_menu(officer, "Choose columns")
    for _ in range(40):
        QTest.keyClick(menu, Qt.Key.Key_Down)
        if menu.activeAction() is not None and menu.activeAction().text() == part:
            break
    QTest.keyClick(menu, Qt.Key.Key_Right)
    officer.wait(lambda: QApplication.activePopupWidget() is not menu)
    sub = QApplication.activePopupWidget()
    assert isinstance(sub, QMenu)
    choose(sub, words)
    officer.settle()


def test_a_hidden_column_and_the_sort_are_remembered(officer: Officer, start: StartOfficer, sample: Path) -> None:
    officer.go("actions")
    choose(open_menu(officer, "Choose columns"), "Owner")
    choose_sub(officer, "Sort by", "Action, descending")
    assert [column.key for column in officer.page.table.visible_columns()] == ["title", "due", "status"]
    again = start(sample)
    again.go("actions")
    assert [column.key for column in again.page.table.visible_columns()] == ["title", "due", "status"]
    shown = [row.title.casefold() for row in again.page.table.visible_rows()]
    assert shown == sorted(shown, reverse=True)
    choose(open_menu(again, "Choose columns"), "Put columns back")
    assert "owner" in [column.key for column in again.page.table.visible_columns()]


def test_a_list_is_exported_to_a_workbook_with_dates_and_money_as_such(officer: Officer, tmp_path: Path) -> None:
    page = officer.go("agreements")
    page.table.horizontalHeader().show_column("value", shown=True)
    page.export_to(tmp_path / "agreements.xlsx")
    officer.wait(lambda: officer.notice() == "Exported: 7 rows to agreements.xlsx")
    lines = list(load_workbook(tmp_path / "agreements.xlsx").active.iter_rows(values_only=True))
    head = next(place for place, line in enumerate(lines) if "Agreement" in line)
    titles = lines[head]
    first = dict(zip(titles, lines[head + 1], strict=True))
    assert isinstance(first["Ends"], datetime)
    assert first["Ends"].date().isoformat() == "2027-03-31"
    assert Decimal(str(first["Value"])) == 10193315
    assert len(lines) - head - 1 == 7


def test_what_is_shown_is_what_is_exported_to_csv(officer: Officer, tmp_path: Path) -> None:
    page = officer.go("actions")
    page._state.set_value("overdue")
    officer.settle()
    page.export_to(tmp_path / "overdue.csv")
    officer.wait(lambda: officer.notice() == "Exported: 3 rows to overdue.csv")
    with (tmp_path / "overdue.csv").open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.reader(file))
    assert lines[0] == ["Action", "About", "Owner", "Due", "Status", "Days late"]
    assert [line[3] for line in lines[1:]] == ["2026-01-21", "2026-01-26", "2026-01-30"]


def test_rows_are_copied_as_text_and_as_a_table(officer: Officer) -> None:
    page = officer.go("agreements")
    page.table.select_uid(officer.agreement())
    officer.settle()
    officer.press("Ctrl+C")
    data = QGuiApplication.clipboard().mimeData()
    assert data.text().splitlines()[1].startswith("Occupational therapy, Section 75")
    assert "<table" in data.html()
    assert data.html().count("<tr") == 2
    officer.press("Shift+Down", "Ctrl+C")
    assert len(QGuiApplication.clipboard().text().splitlines()) == 3
    page.export("copy")
    assert len(QGuiApplication.clipboard().text().splitlines()) == 8
    assert officer.notice() == "Copied: 7 rows as a table"


def test_a_count_of_the_overview_filters_and_lets_go(officer: Officer) -> None:
    table = officer.page.table
    everything = len(table.visible_rows())
    officer.tab_to("4 steps overdue")
    officer.press("Space")
    shown = sorted(item.title.split(":")[0] for item in table.visible_rows())
    assert shown == ["Milestone overdue", "Overdue", "Overdue", "Overdue"]
    officer.press("Space")
    assert len(table.visible_rows()) == everything


def test_enter_on_the_overview_opens_what_needs_doing(officer: Officer) -> None:
    rows = officer.page.table.visible_rows()
    notice = next(place for place, item in enumerate(rows) if item.title.startswith("Notice by 31 March 2026"))
    for _ in range(notice):
        officer.press("Down")
    officer.press("Return")
    assert officer.page.where().page == "agreements"
    assert officer.page.record.uid == officer.agreement()
    officer.press("Alt+Left")
    assert officer.page.where().page == "overview"


def test_a_list_is_made_narrow_and_wide_again_by_one_key(officer: Officer) -> None:
    page = officer.go("agreements", officer.agreement())
    wide, record = page.left.width(), page.record.width()
    officer.press("Ctrl+Shift+L")
    assert page.left.width() < wide * 0.75
    assert page.record.width() > record
    assert officer.words(page.table)[0][0], "the names stay"
    officer.press("Ctrl+Shift+L")
    assert page.left.width() == wide
