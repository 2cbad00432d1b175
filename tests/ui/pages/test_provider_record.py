"""One provider on the Providers tab: header, steps, summary, sub-pages, their rows and their room."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from s75desk.domain.records import Provider, Service, Visit
from s75desk.services.office import Office
from s75desk.ui.navigation import VISIT_MODE, Destination
from s75desk.ui.pages.providers.events import events_of
from s75desk.ui.pages.providers.page import ProvidersPage
from s75desk.ui.pages.providers.summary import facts_of
from s75desk.ui.theme import Theme
from s75desk.ui.widgets.figure_button import FigureButton
from tests.ui.pages.buttons import button
from tests.ui.pages.providers_help import Settle, open_at

pytestmark = pytest.mark.qt_log_ignore("^This plugin does not support grabbing the keyboard", extend=True)


def test_the_header_says_what_is_overdue_and_what_the_regulator_says(page_factory: Any, settle: Settle) -> None:
    page = page_factory(ProvidersPage)
    open_at(page, "Pellgate House", settle)
    status = page.record.page.status
    assert status.word == "1 action overdue"
    assert status.sentence.startswith("Oldest 12 days late. CQC overall Good, 8 March 2024.")
    assert "No registered manager since 12 January 2026" in status.sentence


def test_a_visit_of_tomorrow_is_the_likeliest_step(page_factory: Any, settle: Settle, recorder: Any) -> None:
    page = page_factory(ProvidersPage)
    open_at(page, "Marlow Tye Homecare", settle)
    QTest.mouseClick(button(page.record, "Open tomorrow’s visit"), Qt.MouseButton.LeftButton)
    visit = page.record.page.next_visit
    assert visit.planned == date(2026, 2, 3)
    assert recorder.wanted == [Destination("visits", visit.uid)]


def test_a_visit_of_today_is_started_and_gone_on_with(
    page_factory: Any, settle: Settle, recorder: Any, office: Office
) -> None:
    page = page_factory(ProvidersPage)
    open_at(page, "Pellgate House", settle)
    visit = page.record.page.next_visit
    words = [b.accessibleName() for b in page.record._step_buttons]
    assert words == ["Start the visit", "Plan a visit", "Add an action"]
    QTest.mouseClick(button(page.record, "Start the visit"), Qt.MouseButton.LeftButton)
    assert recorder.wanted == [Destination(VISIT_MODE, visit.uid)]
    page.context.operations.write(page, lambda: office.visiting.start(visit.uid))
    settle()
    QTest.mouseClick(button(page.record, "Continue the visit"), Qt.MouseButton.LeftButton)
    assert recorder.wanted[1:] == [Destination(VISIT_MODE, visit.uid)]


def test_when_the_next_visit_is_due_and_by_which_rule(page_factory: Any, settle: Settle, recorder: Any) -> None:
    page = page_factory(ProvidersPage)
    open_at(page, "Pellgate House", settle)
    facts = page.record.summary.facts
    assert "Next visit due: By 14 April 2026: rated Requires improvement on 14 October 2025" in facts.accessibleName()
    (figure,) = facts.findChildren(FigureButton)
    assert figure.accessibleName() == "Next visit due: By 14 April 2026, has a working"
    figure.click()
    (working,) = recorder.workings
    assert [line.value for line in working.lines if line.result] == ["By 14 April 2026"]
    assert "Norfolk County Council" in working.source
    open_at(page, "Pellgate House", settle, "Visits")
    assert page.record.visits.list._caption.text() == (
        "4 made, next due by 14 April 2026: rated Requires improvement on 14 October 2025"
    )
    open_at(page, "Quillhaven Support", settle)
    facts = page.record.summary.facts.accessibleName()
    assert "Quillhaven Support: every 12 months is asked for and no visit is recorded" in facts
    assert "Quillhaven Day Opportunities: " in facts


def test_without_a_visit_soon_planning_one_is_the_likeliest_step(page_factory: Any, settle: Settle) -> None:
    page = page_factory(ProvidersPage)
    open_at(page, "Corven Court", settle)
    words = [b.accessibleName() for b in page.record._step_buttons]
    assert words == ["Plan a visit", "Add an action", "Add a rating"]


def test_planning_a_visit_knows_service_team_and_question_set(page_factory: Any, settle: Settle) -> None:
    page = page_factory(ProvidersPage)
    open_at(page, "Corven Court", settle)
    button(page.record, "Plan a visit").click()
    settle()
    blank = page.form.form.record()
    assert isinstance(blank, Visit)
    assert blank.service == page.record.page.services[0].uid
    assert blank.team == page.record.page.made_visits[0].team
    assert blank.question_set


def test_of_several_services_only_the_providers_own_are_offered(page_factory: Any, settle: Settle) -> None:
    page = page_factory(ProvidersPage)
    open_at(page, "Thornmere Care at Home", settle)
    button(page.record, "Plan a visit").click()
    settle()
    editor = page.form.form.editor_row("service").editor
    offered = {uid for uid in editor._options if uid}
    assert offered == {service.uid for service in page.record.page.services}
    assert len(offered) == 2


def test_summary_draws_one_history_for_each_service(page_factory: Any, settle: Settle) -> None:
    from s75desk.ui.widgets.drawing_view import DrawingView

    page = page_factory(ProvidersPage)
    open_at(page, "Thornmere Care at Home", settle)
    drawn = [view for view in page.record.summary.findChildren(DrawingView) if view.isVisible()]
    assert {view.accessibleName() for view in drawn} == {
        "Ratings of Millrace Court over time",
        "Ratings of Thornmere Care at Home over time",
    }
    assert all("Good" in view.accessibleDescription() for view in drawn)


def test_key_facts_say_not_known_for_each_service_apart(office: Office) -> None:
    uid = next(row.uid for row in office.providers.rows() if row.name == "Thornmere Care at Home")
    facts = dict(facts_of(office.providers.page(uid)))
    assert facts["Our assessment"].splitlines() == [
        "Millrace Court: Not known",
        "Thornmere Care at Home: Good, 15 September 2025",
    ]
    assert facts["Visit every"] == "12 months"
    assert facts["CQC provider id"] == ""


def test_the_timeline_runs_backwards_and_stops_today(office: Office) -> None:
    uid = next(row.uid for row in office.providers.rows() if row.name == "Pellgate House")
    page = office.providers.page(uid)
    events = events_of(page, most=100)
    titles = [event.title for event in events]
    assert titles[0] == "Action due, not done"
    assert "Registered manager left" in titles
    assert "CQC overall: Good" in titles
    assert not any(event.uid == page.next_visit.uid for event in events)


def test_rows_open_pages_of_their_own(page_factory: Any, settle: Settle, keyboard: Any, recorder: Any) -> None:
    page = page_factory(ProvidersPage)
    open_at(page, "Thornmere Care at Home", settle)
    record = page.record
    wanted = [
        ("Visits", record.visits.list.table, Destination("visits", record.page.visits[-1].uid)),
        ("Actions", record.linked.list.table, None),
        ("Agreements", record.places.list.table, Destination("agreements", record.page.memberships[0].agreement)),
        ("KPIs", record.kpis.list.table, Destination("kpis", record.page.kpis[0].kpi.uid)),
    ]
    for title, table, destination in wanted:
        record.tabs.set_current(title)
        table.setFocus()
        table.select_first()
        keyboard.press("Return")
        last = recorder.wanted[-1]
        if destination is None:
            assert last.page == "actions"
            assert last.uid in {action.uid for action in record.page.actions}
        else:
            assert last == destination


def test_open_actions_and_visits_of_the_summary_open_too(
    page_factory: Any, settle: Settle, keyboard: Any, recorder: Any
) -> None:
    page = page_factory(ProvidersPage)
    open_at(page, "Pellgate House", settle)
    for short, expected in ((page.record.summary.open_actions, "actions"), (page.record.summary.visits, "visits")):
        short.table.setFocus()
        short.table.select_first()
        keyboard.press("Return")
        assert recorder.wanted[-1].page == expected


def test_ratings_stand_newest_first_as_published(page_factory: Any, settle: Settle) -> None:
    page = page_factory(ProvidersPage)
    open_at(page, "Pellgate House", settle)
    days = [rating.published for rating in page.record.ratings.list.table.visible_rows()]
    assert days == sorted(days, reverse=True)
    assert len(days) == len(page.record.page.ratings)


def test_f2_on_a_row_edits_that_row(page_factory: Any, settle: Settle, keyboard: Any) -> None:
    page = page_factory(ProvidersPage)
    open_at(page, "Pellgate House", settle, "Services")
    table = page.record.services.list.table
    table.setFocus()
    table.select_first()
    keyboard.press("F2")
    assert isinstance(page.form.form.record(), Service)


def test_delete_on_a_row_archives_that_row_and_undo_brings_it_back(
    page_factory: Any, settle: Settle, keyboard: Any, recorder: Any, office: Office
) -> None:
    page = page_factory(ProvidersPage)
    open_at(page, "Pellgate House", settle, "Ratings")
    table = page.record.ratings.list.table
    before = len(table.visible_rows())
    table.setFocus()
    table.select_first()
    keyboard.press("Delete")
    assert len(table.visible_rows()) == before - 1
    assert recorder.said[-1].label.startswith("Archived: ")
    office.records.undo(recorder.said[-1].change_id)
    page.record.reload()
    settle()
    assert len(table.visible_rows()) == before


def test_two_columns_stand_below_each_other_where_it_is_narrow(page_factory: Any, settle: Settle) -> None:
    from s75desk.ui.pages.providers.two_columns import TwoColumns

    page = page_factory(ProvidersPage)
    (columns,) = page.record.summary.findChildren(TwoColumns)
    assert columns.side_by_side
    page.left.hide()
    page.resize(1200, 694)
    page._splitter.setSizes([0, 700])
    columns.resize(600, 400)
    assert not columns.side_by_side


def test_larger_text_leaves_no_row_of_the_summary_out(page_factory: Any, settle: Settle) -> None:
    page = page_factory(ProvidersPage)
    open_at(page, "Pellgate House", settle)
    table = page.record.summary.open_actions.table
    theme = Theme.of()
    theme.set_text_scale(1.5)
    try:
        settle()
        assert len(table.visible_rows()) == 4
        assert table.verticalScrollBar().maximum() == 0
        assert table.height() >= 4 * table.row_height()
    finally:
        theme.set_text_scale(1.0)


def test_a_provider_without_services_can_still_be_planned_for_once_it_has_one(office: Office) -> None:
    uid = office.records.create(Provider(name="Fernholme Grange")).uid
    page = office.providers.page(uid)
    assert page.subtitle == "No services recorded"
    assert page.next_visit is None
    assert page.status.sentence == "No CQC rating is recorded."
