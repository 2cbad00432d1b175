"""The Quality visits tab on the sample desk: list, month, record, services that are due a visit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QMenu, QPushButton

from s75desk.domain.errors import DeskError
from s75desk.domain.records import Provider, QuestionSet, Service, Visit
from s75desk.domain.records.provider import RatingValue
from s75desk.domain.records.visit import SetState, VisitKind, VisitStage
from s75desk.services.office import Office
from s75desk.services.visits import OverdueVisit, VisitRow
from s75desk.ui.navigation import Destination
from s75desk.ui.pages.context import Context
from s75desk.ui.pages.visits.day_painter import fitting
from s75desk.ui.pages.visits.month import MonthView
from s75desk.ui.pages.visits.month_model import MonthModel, visit_words
from s75desk.ui.pages.visits.page import VisitsPage
from s75desk.ui.pages.visits.record import VisitRecord
from s75desk.ui.theme import Theme

Settle = Callable[[], None]
TODAY = date(2026, 2, 2)
pytestmark = pytest.mark.qt_log_ignore("^This plugin does not support grabbing the keyboard", extend=True)


def button(owner: Any, words: str) -> QPushButton:
    found = [b for b in owner.findChildren(QPushButton) if b.accessibleName() == words and b.isVisible()]
    assert found, f"no button says {words!r}"
    return found[0]


def rows(page: VisitsPage) -> list[VisitRow]:
    return list(page.table.visible_rows())


def go(page: VisitsPage, settle: Settle, service: str, *, past: bool = False, sub: str = "") -> VisitRow:
    row = next(row for row in page.table.rows_model().all_rows() if row.service == service and row.past == past)
    page.arrive(Destination("visits", row.uid, sub))
    settle()
    return row


# The list


def test_a_record_says_nothing_before_it_is_read(page_factory: Any, settle: Settle, office: Office) -> None:
    record = page_factory(VisitRecord)
    parts = (record.status, record.tabs, record._more)
    assert not any(part.isVisible() for part in parts), "an empty one would say that nothing is known"
    record.show_record(office.visits.rows()[0].uid)
    settle()
    assert all(part.isVisible() for part in parts)


def test_planned_visits_stand_first_by_date_then_past_ones_backwards(page_factory: Any) -> None:
    page = page_factory(VisitsPage)
    shown = rows(page)
    ahead = [row for row in shown if not row.past]
    past = [row for row in shown if row.past]
    assert shown == ahead + past
    assert [row.day for row in ahead] == sorted(row.day for row in ahead)
    assert [row.day for row in past] == sorted((row.day for row in past), reverse=True)
    assert ahead[0].status.word == "Overdue"
    assert page.filter_row.count.text() == "22 visits, 7 planned"


def test_a_day_keeps_its_time_beside_it_and_sorts_as_a_date(page_factory: Any) -> None:
    page = page_factory(VisitsPage)
    column = next(column for column in page.table.rows_model().columns if column.key == "day")
    today = next(row for row in rows(page) if row.service == "Pellgate House" and not row.past)
    cell = column.value(today)
    assert (cell.text, cell.sub, cell.sort) == ("2 Feb 2026", "09:30", TODAY)


def test_filters_hold_together_with_the_search(page_factory: Any) -> None:
    page = page_factory(VisitsPage)
    page.apply_filter("past")
    assert all(row.past for row in rows(page))
    page._outcome.set_value("Requires improvement")
    assert {row.outcome.word for row in rows(page)} == {"Requires improvement"}
    page.filter_row.search.setText("saltern")
    assert {row.service for row in rows(page)} == {"Saltern Lodge"}
    page.filter_row.search.clear()
    page.clear_filters()
    page._kind.set_value("Focused visit")
    assert {row.reason for row in rows(page)} == {"Focused visit"}


def test_actions_to_be_graded_are_counted_for_planned_visits(page_factory: Any) -> None:
    page = page_factory(VisitsPage)
    column = next(column for column in page.table.rows_model().columns if column.key == "to_grade")
    planned = next(row for row in rows(page) if row.service == "Pellgate House" and not row.past)
    made = next(row for row in rows(page) if row.service == "Pellgate House" and row.past)
    assert column.value(planned).text == "9"
    assert column.value(made).text == ""


# One visit


def test_the_record_of_a_planned_visit(page_factory: Any, settle: Settle) -> None:
    page = page_factory(VisitsPage)
    go(page, settle, "Pellgate House")
    record = page.record
    assert record.page.status.word == "Today 09:30"
    facts = record.sheet.facts.accessibleName()
    assert "Planned for: Monday 2 February 2026 at 09:30" in facts
    assert "Made on: Not yet" in facts
    assert "Next visit due: By 14 April 2026: rated Requires improvement on 14 October 2025" in facts
    assert len(record.prior.list.table.visible_rows()) == 9
    assert {row.grade.word for row in record.prior.list.table.visible_rows()} == {"Not graded"}
    assert len(record.standards.plain.list.table.visible_rows()) == 16
    earlier = [visit.made for visit in record.sheet.earlier.table.visible_rows()]
    assert earlier == sorted(earlier, reverse=True)
    assert len(earlier) == 4


@pytest.mark.parametrize(
    ("service", "past", "steps"),
    [
        ("Marlow Tye Homecare", False, ["Edit visit", "Add an action"]),
        ("Harrowdown House", False, ["Start the visit", "Add an action", "Edit visit"]),
        ("Pellgate House", False, ["Start the visit", "Add an action", "Edit visit"]),
        ("Saltern Lodge", True, ["Record the outcome", "Add an action", "Plan the next visit"]),
        ("Ottersley Grange", True, ["Plan the next visit", "Add an action", "Edit visit"]),
        ("Pellgate House", True, ["Open the signed visit", "Print the feedback sheet", "Amend the visit"]),
    ],
    ids=["to come", "overdue", "today", "draft report", "final", "signed"],
)
def test_the_steps_follow_where_the_visit_stands(
    page_factory: Any, settle: Settle, service: str, past: bool, steps: list[str]
) -> None:
    page = page_factory(VisitsPage)
    go(page, settle, service, past=past)
    assert [b.accessibleName() for b in page.record._step_buttons] == steps


def test_standards_are_opened_from_a_visit_and_never_archived(
    page_factory: Any, settle: Settle, keyboard: Any, recorder: Any
) -> None:
    page = page_factory(VisitsPage)
    go(page, settle, "Pellgate House", sub="Standards")
    table = page.record.standards.plain.list.table
    table.setFocus()
    table.select_first()
    keyboard.press("Delete", "F2")
    assert recorder.said == []
    assert page.form.form is None
    keyboard.press("Return")
    assert recorder.wanted == [Destination("question_sets", page.record.page.visit.question_set)]


def test_an_outcome_is_recorded_by_keyboard(page_factory: Any, settle: Settle, keyboard: Any, office: Office) -> None:
    """Of a visit that asks no questions; one that does is made in visit mode."""
    planned = next(row.uid for row in office.visits.rows() if row.service == "Harrowdown House" and not row.past)
    office.records.revise(replace(office.records.get(Visit, planned), question_set=None))
    page = page_factory(VisitsPage)
    row = go(page, settle, "Harrowdown House")
    button(page.record, "Record the outcome").setFocus()
    keyboard.press("Space")
    typed = page.form.form.record()
    assert typed.made == date(2026, 1, 24)
    assert typed.stage is VisitStage.DRAFT
    keyboard.walk_to("Outcome").type("Good").walk_to("Summary").type("Calm and well led.").press("Ctrl+Return")
    visit = office.records.get(Visit, row.uid)
    assert (visit.outcome, visit.summary) == (RatingValue.GOOD, "Calm and well led.")
    assert page.record.page.status.word == "Draft report"
    assert page.table.current_row().outcome.word == "Good"


def test_an_action_raised_on_a_visit_names_it(page_factory: Any, settle: Settle, keyboard: Any, office: Office) -> None:
    page = page_factory(VisitsPage)
    row = go(page, settle, "Saltern Lodge", past=True)
    button(page.record, "Add an action").click()
    settle()
    keyboard.type("Repair the fire door").walk_to("Due").type("+3w").press("Ctrl+Return")
    (raised,) = page.record.page.raised
    assert raised.visit == row.uid
    assert raised.due == TODAY + timedelta(weeks=3)
    assert raised.raised == page.record.page.visit.made
    assert raised.provider == page.record.page.provider.uid


def test_the_next_visit_is_planned_by_the_frequency_asked_for(page_factory: Any, settle: Settle) -> None:
    page = page_factory(VisitsPage)
    go(page, settle, "Ottersley Grange", past=True)
    visit, service = page.record.page.visit, page.record.page.service
    button(page.record, "Plan the next visit").click()
    settle()
    blank = page.form.form.record()
    assert service.visit_every_months == 12
    assert blank.planned == visit.made.replace(year=visit.made.year + 1)
    assert (blank.service, blank.team, blank.question_set) == (visit.service, visit.team, visit.question_set)
    assert blank.made is None


def test_a_visit_is_planned_by_keyboard_alone(page_factory: Any, settle: Settle, keyboard: Any, office: Office) -> None:
    page = page_factory(VisitsPage)
    page.start_new()
    settle()
    assert keyboard.at.accessibleName() == "Service"
    keyboard.type("Corven").press("Tab").walk_to("Date").type("9/3/26").walk_to("Time").type("9.30")
    keyboard.press("Ctrl+Return")
    row = page.table.current_row()
    assert (row.service, row.day) == ("Corven Court", date(2026, 3, 9))
    assert page.record.page.question_set.title == "House standards"
    assert page.record.page.visit.kind is VisitKind.ANNOUNCED


def test_a_visit_is_archived_with_undo(page_factory: Any, settle: Settle, recorder: Any, office: Office) -> None:
    page = page_factory(VisitsPage)
    row = go(page, settle, "Wexbridge Living")
    page.archive_current()
    settle()
    assert row.uid not in {found.uid for found in rows(page)}
    page.context.operations.write(page, lambda: office.records.undo(recorder.said[-1].change_id))
    settle()
    assert row.uid in {found.uid for found in rows(page)}


# The month


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
    from PySide6.QtCore import QRect

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


# Services that are due a visit


def test_services_overdue_for_a_visit_are_named_with_a_way_to_plan(
    page_factory: Any, settle: Settle, office: Office
) -> None:
    page = page_factory(VisitsPage)
    (gap,) = office.visits.overdue()
    assert page.strip.isVisible()
    assert page.strip.accessibleName() == (
        "1 service is overdue for a visit, and none is booked. "
        "Lindle Homecare, South: every 12 months is asked for and no visit is recorded."
    )
    button(page.strip, "Plan this visit").click()
    settle()
    assert page.form.form.record().service == gap.service


def test_planning_the_visit_takes_the_strip_away(
    page_factory: Any, settle: Settle, keyboard: Any, office: Office
) -> None:
    page = page_factory(VisitsPage)
    button(page.strip, "Plan this visit").click()
    settle()
    keyboard.walk_to("Date").type("+2w").press("Ctrl+Return")
    assert office.visits.overdue() == ()
    assert not page.strip.isVisible()


def test_several_services_are_offered_the_most_overdue_first(page_factory: Any, settle: Settle, office: Office) -> None:
    page = page_factory(VisitsPage)
    gaps = [
        OverdueVisit(f"s{n}", f"Home {n}", "Homes", None, date(2025, 1, 1) + timedelta(days=n), "rated Poor on 1 July")
        for n in range(20)
    ]
    page.strip.set_due(gaps)
    assert page.strip.accessibleName().startswith("20 services are overdue for a visit, and none is booked.")
    actions: list[QAction] = page.strip.button.menu().actions()
    assert len(actions) == 13
    assert actions[0].text() == "Home 0: due 1 January 2025, 397 days late: rated Poor on 1 July"
    assert actions[-1].text() == "and 8 more"
    assert not actions[-1].isEnabled()
    asked: list[str] = []
    page.strip.plan_asked.disconnect()
    page.strip.plan_asked.connect(asked.append)
    actions[3].trigger()
    assert asked == ["s3"]
    page.strip.set_due([])
    assert page.strip.isHidden()


def test_where_none_is_overdue_those_due_soon_are_told_quietly(page_factory: Any) -> None:
    page = page_factory(VisitsPage)
    due = [
        OverdueVisit(f"s{n}", f"Home {n}", "Homes", None, TODAY + timedelta(days=days), "rated Poor on 3 August 2025")
        for n, days in enumerate((0, 60, 61))
    ]
    page.strip.set_due([], due)
    assert page.strip.accessibleName() == (
        "2 services are due a visit within 60 days, and none is booked. "
        "The soonest is Home 0: due 2 February 2026, today: rated Poor on 3 August 2025."
    )
    page.strip.set_due([], due[2:])
    assert page.strip.isHidden()


# Export, emptiness, trouble


def test_export_keeps_dates_as_dates(page_factory: Any, settle: Settle, tmp_path: Path) -> None:
    page = page_factory(VisitsPage)
    page.export_to(tmp_path / "visits.xlsx")
    settle()
    sheet = openpyxl.load_workbook(tmp_path / "visits.xlsx").active
    table = [[cell.value for cell in line] for line in sheet.iter_rows()]
    assert table[0][:4] == ["Visit", "Date", "Status", "Outcome"]
    assert table[1][1].date() == date(2026, 1, 24)
    assert len(table) == 23


def test_an_empty_desk_sends_the_officer_to_the_provider_first(
    page_factory: Any, settle: Settle, recorder: Any, empty_desk: None
) -> None:
    page = page_factory(VisitsPage)
    button(page._empty, "Plan a visit").click()
    settle()
    assert recorder.wanted == [Destination("providers", new="provider")]
    assert recorder.said[-1].label == "A visit is made to a service. Enter the provider, then its service."
    assert not page.strip.isVisible()


def test_a_service_chosen_in_the_form_brings_what_is_usual_there(page_factory: Any, settle: Settle) -> None:
    page = page_factory(VisitsPage)
    page.start_new()
    settle()
    form = page.form.form
    service, team, days = (form.editor_row(name).editor for name in ("service", "team", "days"))
    assert (team.text(), days.text()) == ("", "")

    def choose(words: str) -> Visit:
        service.edit.clear()
        QTest.keyClicks(service.edit, words)
        service.normalise()
        settle()
        found: Visit = form.record()
        return found

    first = choose("Pellgate House")
    assert (first.team, first.days) == ("Two quality officers", 2)
    assert first.question_set
    team.edit.clear()
    QTest.keyClicks(team.edit, "Three quality officers")
    never_visited = choose("Lindle Homecare, South")
    assert never_visited.days is None, "what was filled in goes with the service it was filled in for"
    assert never_visited.team == "Three quality officers", "what was typed stays"
    assert choose("Pellgate House").days == 2


def test_a_set_with_questions_is_chosen_and_only_sets_in_use_are_offered(
    page_factory: Any, settle: Settle, office: Office
) -> None:
    house = office.question_sets.rows()[0].uid
    focused = office.records.create(QuestionSet(title="Focused", version="1", state=SetState.IN_USE)).uid
    office.records.create(QuestionSet(title="Older", version="0", state=SetState.RETIRED))
    office.records.create(QuestionSet(title="Not ready", version="1", state=SetState.DRAFT))
    page = page_factory(VisitsPage)
    page.start_new()
    settle()
    assert page.form.form.record().question_set == house
    offered = office.records.choices("question_set", Visit())
    assert offered == [(focused, "Focused, version 1"), (house, "House standards, version 1")]


def test_a_visit_keeps_the_retired_set_it_was_planned_with(page_factory: Any, settle: Settle, office: Office) -> None:
    house = office.records.get(QuestionSet, office.question_sets.rows()[0].uid)
    office.records.revise(replace(house, state=SetState.RETIRED))
    page = page_factory(VisitsPage)
    go(page, settle, "Pellgate House")
    page.edit_current()
    settle()
    assert page.form.form.record().question_set == house.uid
    assert [uid for uid, _ in office.records.choices("question_set", page.record.page.visit)] == [house.uid]
    assert office.records.choices("question_set", Visit()) == []


def test_planning_in_a_desk_without_questions_takes_in_the_house_set(
    page_factory: Any, settle: Settle, keyboard: Any, recorder: Any, empty_desk: None, office: Office
) -> None:
    provider = office.records.create(Provider(name="Alder Care")).uid
    office.records.create(Service(provider=provider, name="Alder House"))
    page = page_factory(VisitsPage)
    button(page._empty, "Plan a visit").click()
    settle()
    (house,) = office.question_sets.rows()
    assert (house.title, house.with_questions, house.standards) == ("House standards", True, 16)
    assert page.form.form.record().question_set == house.uid
    assert recorder.said == [], "it is taken in quietly"
    keyboard.type("Alder").press("Tab").walk_to("Date").type("today").press("Ctrl+Return")
    settle()
    assert [b.accessibleName() for b in page.record._step_buttons] == ["Start the visit", "Add an action", "Edit visit"]
    page.start_new()
    settle()
    assert len(office.question_sets.rows()) == 1, "once is enough"


def test_a_place_may_name_the_service_to_plan_a_visit_to(page_factory: Any, settle: Settle, office: Office) -> None:
    page = page_factory(VisitsPage)
    (gap,) = office.visits.overdue()
    page.arrive(Destination("visits", new="visit", filter=gap.service))
    settle()
    assert page.form.form.record().service == gap.service
    assert len(rows(page)) == 22, "no filter was set"


def test_trouble_is_told_in_place(page_factory: Any, settle: Settle) -> None:
    page = page_factory(VisitsPage)

    def broken(archived: bool) -> Any:
        raise DeskError("Not read: the disk is gone.", "Put it back.")

    page.spec = replace(page.spec, load=broken)
    page.reload()
    settle()
    assert page._error.isVisible()
    assert page._error.accessibleName() == "Not read: the disk is gone. Put it back."


def test_a_service_without_a_frequency_is_never_overdue(office: Office) -> None:
    (gap,) = office.visits.overdue()
    service = office.records.get(Service, gap.service)
    office.records.revise(replace(service, visit_every_months=None))
    assert office.visits.overdue() == ()


def test_a_notice_names_the_visit_and_not_only_its_kind(page_factory: Any, settle: Settle, recorder: Any) -> None:
    page = page_factory(VisitsPage)
    go(page, settle, "Pellgate House")
    page.archive_current()
    settle()
    assert recorder.said[-1].label == "Archived: Quality visit, Pellgate House, 2 Feb 2026. Its history is kept."
