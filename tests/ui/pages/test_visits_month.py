"""The month of the Quality visits tab: its days in words, keys that walk it, and what opens or is planned there."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QMenu

from s75desk.domain.records import Visit
from s75desk.domain.records.visit import VisitKind
from s75desk.services.office import Office
from s75desk.services.visits import OverdueVisit
from s75desk.ui.pages.context import Context
from s75desk.ui.pages.visits.day_painter import fitting
from s75desk.ui.pages.visits.month import MonthView
from s75desk.ui.pages.visits.month_model import MonthModel, visit_words
from s75desk.ui.pages.visits.page import VisitsPage
from s75desk.ui.theme import Theme
from tests.ui.pages.buttons import button
from tests.ui.pages.conftest import TODAY
from tests.ui.pages.visits_help import Settle, go, rows

pytestmark = pytest.mark.qt_log_ignore("^This plugin does not support grabbing the keyboard", extend=True)


def test_the_model_of_a_month_is_sound(qapp: object, office: Office) -> None:
    model = MonthModel(TODAY)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.set_visits(office.visits.rows())
    for months in range(30):
        model.set_month(date(2024 + months // 12, months % 12 + 1, 15))


@pytest.mark.parametrize(
    ("month", "weeks", "first"),
    [
        (date(2026, 2, 1), 5, date(2026, 1, 26)),
        (date(2027, 2, 1), 4, date(2027, 2, 1)),
        (date(2026, 8, 1), 6, date(2026, 7, 27)),
    ],
)
def test_weeks_begin_on_mondays_and_hold_the_month(qapp: object, month: date, weeks: int, first: date) -> None:
    model = MonthModel(month)
    assert model.rowCount() == weeks
    assert model.first == first
    assert model.day_at(model.index_of(month)) == month
    assert not model.index_of(first - timedelta(days=1)).isValid()


def test_a_day_is_told_in_words(qapp: object, office: Office) -> None:
    model = MonthModel(TODAY)
    model.set_visits(office.visits.rows())
    role = Qt.ItemDataRole.AccessibleTextRole
    assert model.data(model.index_of(date(2026, 2, 3)), role) == (
        "Tuesday 3 February 2026: 1 visit: 14:00 Marlow Tye Homecare, focused visit, 1 day, Tomorrow 14:00"
    )
    assert model.data(model.index_of(date(2026, 2, 4)), role) == "Wednesday 4 February 2026: no visits"
    assert model.data(model.index_of(TODAY), role).startswith("Monday 2 February 2026, today: 1 visit: 09:30 Pellgate")
    model.set_due(
        [OverdueVisit("s", "Alder House", "Alder Care", None, date(2026, 2, 4), "rated Poor on 4 August 2025")]
    )
    assert model.data(model.index_of(date(2026, 2, 4)), role) == (
        "Wednesday 4 February 2026: no visits; Alder House is due a visit: rated Poor on 4 August 2025"
    )


@pytest.fixture
def month_page(page_factory: Any, settle: Settle) -> VisitsPage:
    page = page_factory(VisitsPage)
    button(page, "Month").click()
    settle()
    return page


def test_arrows_walk_over_the_ends_of_a_month(month_page: VisitsPage, keyboard: Any) -> None:
    grid = month_page.month.grid
    assert keyboard.at is grid
    assert grid.current_day() == TODAY
    keyboard.press("Left", "Left")
    assert grid.current_day() == date(2026, 1, 31)
    assert month_page.month.model.month == date(2026, 1, 1)
    keyboard.press("Down")
    assert grid.current_day() == date(2026, 2, 7)
    keyboard.press("PgDown", "PgDown")
    assert grid.current_day() == date(2026, 4, 7)
    keyboard.press("PgUp", "Home")
    assert grid.current_day() == TODAY


def test_enter_opens_the_visit_of_a_day(month_page: VisitsPage, keyboard: Any, settle: Settle) -> None:
    keyboard.press("Right", "Return")
    assert month_page.record.page.service.name == "Marlow Tye Homecare"
    assert month_page.table.current_row().service == "Marlow Tye Homecare"
    assert month_page.left.currentWidget() is month_page.month


def test_enter_on_a_day_with_several_lets_one_be_chosen(
    month_page: VisitsPage, keyboard: Any, settle: Settle, office: Office
) -> None:
    service = next(row for row in rows(month_page) if row.service == "Corven Court")
    uid = office.records.get(Visit, service.uid).service
    visit = Visit(service=uid, planned=date(2026, 2, 3), at="08:00", kind=VisitKind.FOCUSED)
    month_page.context.operations.write(month_page, lambda: office.records.create(visit))
    settle()
    keyboard.press("Right", "Return")
    (menu,) = [menu for menu in month_page.month.grid.findChildren(QMenu) if menu.isVisible()]
    words = [action.text() for action in menu.actions()]
    assert words[0].startswith("08:00 Corven Court, focused visit")
    assert words[1].startswith("14:00 Marlow Tye Homecare")
    QTest.keyClick(menu, Qt.Key.Key_Down)
    QTest.keyClick(menu, Qt.Key.Key_Return)
    settle()
    assert month_page.record.page.service.name == "Marlow Tye Homecare"


def test_a_service_that_is_due_stands_on_its_day_and_is_planned_from_there(
    month_page: VisitsPage, keyboard: Any, settle: Settle, office: Office
) -> None:
    due = next(one for one in office.visits.planning().due if one.name == "Saltern Lodge")
    assert due.due == date(2026, 7, 21)
    month_page.month.show_day(due.due)
    assert "2 due and not booked" in month_page.month._caption.text()
    grid = month_page.month.grid
    assert grid.lines_on(due.due) == (due,)
    from s75desk.ui.pages.visits.day_painter import line_rect

    where = line_rect(Theme.of(), grid.visualRect(grid.currentIndex()), 0).center()
    assert grid.line_at(where) == due
    keyboard.press("Return")
    blank = month_page.form.form.record()
    assert (blank.service, blank.team, blank.days) == (due.service, "One quality officer", 1)


def test_enter_on_a_free_day_plans_a_visit_there(month_page: VisitsPage, keyboard: Any) -> None:
    keyboard.press("Right", "Right", "Return")
    assert month_page.form.form.record().planned == date(2026, 2, 4)


def test_enter_on_a_free_day_that_has_passed_plans_nothing(month_page: VisitsPage, keyboard: Any) -> None:
    keyboard.press("Left", "Return")
    assert month_page.form.form is None


def test_a_press_on_a_visit_opens_it(month_page: VisitsPage, settle: Settle) -> None:
    grid = month_page.month.grid
    cell = grid.visualRect(month_page.month.model.index_of(date(2026, 2, 11)))
    from s75desk.ui.pages.visits.day_painter import line_rect

    where = line_rect(Theme.of(), cell, 0).center()
    assert grid.line_at(where).service == "Wexbridge Living"
    assert grid.line_at(cell.bottomRight() - QPoint(4, 4)) is None
    QTest.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=where)
    settle()
    assert month_page.record.page.service.name == "Wexbridge Living"


def test_the_month_obeys_filters_and_search(month_page: VisitsPage) -> None:
    month_page.filter_row.search.setText("pellgate")
    assert [row.service for row in month_page.month.model.in_month()] == ["Pellgate House"]
    assert month_page.month.grid.accessibleName() == "February 2026: 1 visit"
    month_page.apply_filter("past")
    assert month_page.month.model.in_month() == ()


def test_the_buttons_of_the_month_turn_it(month_page: VisitsPage) -> None:
    view = month_page.month
    view.later.click()
    assert view.model.month == date(2026, 3, 1)
    view.earlier.click()
    view.earlier.click()
    assert view.model.month == date(2026, 1, 1)
    view.now.click()
    assert view.grid.current_day() == TODAY


def test_the_view_is_remembered(month_page: VisitsPage, context: Context, page_factory: Any) -> None:
    again = page_factory(VisitsPage)
    assert again.left.currentWidget() is again.month
    assert again.switch.view() == "month"


def test_a_narrow_window_shows_the_month_in_place_of_the_record(
    page_factory: Any, settle: Settle, keyboard: Any
) -> None:
    page = page_factory(VisitsPage, size=(1000, 694))
    page.focus_list()
    keyboard.press("Return")
    assert not page.left.isVisible()
    button(page, "Month").click()
    assert page.month.isVisible()
    keyboard.press("Right", "Return")
    assert not page.month.isVisible()
    assert page.record.page.service.name == "Marlow Tye Homecare"


def test_a_visit_asked_for_is_found_in_the_month(month_page: VisitsPage, settle: Settle) -> None:
    row = go(month_page, settle, "Millrace Court")
    assert month_page.month.grid.current_day() == row.day == date(2026, 4, 3)


def test_what_does_not_fit_into_a_day_is_counted(qapp: object) -> None:

    theme = Theme.of()
    assert fitting(theme, QRect(0, 0, 110, 100), 2) == (2, 0)
    assert fitting(theme, QRect(0, 0, 110, 100), 9) == (2, 7)
    assert fitting(theme, QRect(0, 0, 110, 30), 3) == (0, 3)


def test_many_visits_on_a_day_are_painted_and_read_out(qtbot: Any, office: Office) -> None:
    Theme.of()
    template = next(row for row in office.visits.rows() if not row.past)
    many = [replace(template, uid=str(place), day=TODAY, at=f"{8 + place:02}:00") for place in range(9)]
    view = MonthView(TODAY)
    qtbot.addWidget(view)
    view.resize(760, 500)
    view.set_visits(many)
    view.show()
    qtbot.waitExposed(view)
    assert not view.grab().isNull()
    words = view.model.data(view.model.index_of(TODAY), Qt.ItemDataRole.AccessibleTextRole)
    assert words.count("Harrowdown House") == 9
    assert visit_words(many[0]) in words


def test_a_long_name_goes_on_below_where_a_day_has_room(month_page: VisitsPage) -> None:
    from s75desk.ui.pages.visits.day_painter import places

    theme, name = Theme.of(), "Cambridgeshire and Peterborough NHS Foundation Trust"
    (alone,) = places(theme, QRect(0, 0, 150, 140), [name])
    (short,) = places(theme, QRect(0, 0, 150, 140), ["Elm"])
    assert alone.height() >= 2 * short.height()
    crowded = places(theme, QRect(0, 0, 150, 140), [name] * 9)
    assert {place.height() for place in crowded} == {short.height()}
    assert all(not a.intersects(b) for a, b in pairwise(places(theme, QRect(0, 0, 150, 190), [name, "Elm", name])))


def test_the_menu_of_a_day_opens_its_visits_and_plans_one(month_page: VisitsPage) -> None:
    grid = month_page.month.grid
    words = [action.text() for action in grid.menu_for(date(2026, 2, 11), None).actions() if action.text()]
    assert words[0].startswith("Open: ")
    assert words[-1] == "Plan a visit on 11 February 2026"
    assert grid.menu_for(date(2026, 1, 4), None).actions() == []
