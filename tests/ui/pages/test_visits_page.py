"""The Quality visits tab on the sample desk: the list, the services that are due a visit, export and trouble."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from PySide6.QtGui import QAction

from s75desk.domain.errors import DeskError
from s75desk.domain.records import Service
from s75desk.services.office import Office
from s75desk.services.visits import OverdueVisit
from s75desk.ui.navigation import Destination
from s75desk.ui.pages.visits.page import VisitsPage
from tests.ui.pages.buttons import button
from tests.ui.pages.conftest import TODAY
from tests.ui.pages.visits_help import Settle, go, rows

pytestmark = pytest.mark.qt_log_ignore("^This plugin does not support grabbing the keyboard", extend=True)


# The list


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
    page._outcome.set_value("Requires improvement, as recorded")
    assert {row.outcome.word for row in rows(page)} == {
        "Requires improvement, as recorded; no answers in this desk",
    }
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


def test_a_service_without_a_frequency_is_never_overdue(office: Office) -> None:
    (gap,) = office.visits.overdue()
    service = office.records.get(Service, gap.service)
    office.records.revise(replace(service, visit_every=None))
    assert office.visits.overdue() == ()


# Export, emptiness, trouble


def test_export_keeps_dates_as_dates(page_factory: Any, settle: Settle, tmp_path: Path) -> None:
    page = page_factory(VisitsPage)
    page.export_to(tmp_path / "visits.xlsx")
    settle()
    sheet = openpyxl.load_workbook(tmp_path / "visits.xlsx").active
    table = [[cell.value for cell in line] for line in sheet.iter_rows()]
    assert table[0][:7] == ["Service", "Provider", "Kind", "Date", "Status", "Days late", "Outcome"]
    assert table[1][3].date() == date(2026, 1, 24)
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


def test_trouble_is_told_in_place(page_factory: Any, settle: Settle) -> None:
    page = page_factory(VisitsPage)

    def broken(archived: bool) -> Any:
        raise DeskError("Not read: the disk is gone.", "Put it back.")

    page.spec = replace(page.spec, load=broken)
    page.reload()
    settle()
    assert page._error.isVisible()
    assert page._error.accessibleName() == "Not read: the disk is gone. Put it back."


def test_a_notice_names_the_visit_and_not_only_its_kind(page_factory: Any, settle: Settle, recorder: Any) -> None:
    page = page_factory(VisitsPage)
    go(page, settle, "Pellgate House")
    page.archive_current()
    settle()
    assert recorder.said[-1].label == "Archived: Quality visit, Pellgate House, 2 Feb 2026. Its history is kept."
