"""The Providers tab on the sample desk, with real keys."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from s75desk.domain.errors import DeskError
from s75desk.domain.records import Provider, Rating, Service, Visit
from s75desk.domain.records.provider import RatingScheme, RatingValue
from s75desk.services.office import Office
from s75desk.ui.navigation import VISIT_MODE, Destination
from s75desk.ui.pages.context import Context
from s75desk.ui.pages.providers.events import events_of
from s75desk.ui.pages.providers.page import ProvidersPage
from s75desk.ui.pages.providers.summary import facts_of
from s75desk.ui.theme import Theme
from s75desk.ui.widgets.figure_button import FigureButton

Settle = Callable[[], None]
pytestmark = pytest.mark.qt_log_ignore("^This plugin does not support grabbing the keyboard", extend=True)


def uid_of(page: ProvidersPage, name: str) -> str:
    return next(row.uid for row in page.table.rows_model().all_rows() if row.name == name)


def names(page: ProvidersPage) -> list[str]:
    return [row.name for row in page.table.visible_rows()]


def button(owner: Any, words: str) -> QPushButton:
    found = [b for b in owner.findChildren(QPushButton) if b.accessibleName() == words and b.isVisible()]
    assert found, f"no button says {words!r}"
    return found[0]


def open_at(page: ProvidersPage, name: str, settle: Settle, sub: str = "") -> None:
    page.arrive(Destination("providers", uid_of(page, name), sub))
    settle()


# The list


def test_the_list_shows_every_provider_and_opens_the_first(page_factory: Any) -> None:
    page = page_factory(ProvidersPage)
    assert len(names(page)) == 10
    assert page.filter_row.count.text() == "10 providers, 14 services"
    assert page.record.page.provider.name == names(page)[0] == "Corven Court"


def test_overdue_actions_stand_in_words_and_in_the_colour_of_alerts(page_factory: Any) -> None:
    page = page_factory(ProvidersPage)
    columns = {column.key: column for column in page.table.rows_model().columns}
    cells = {row.name: columns["actions"].value(row) for row in page.table.visible_rows()}
    assert cells["Pellgate House"].text == "4, 1 overdue"
    assert cells["Pellgate House"].colour == "alert_text"
    assert cells["Corven Court"].text == "3"
    assert cells["Corven Court"].colour == ""


def test_sorting_by_open_actions_puts_the_most_overdue_first(page_factory: Any) -> None:
    page = page_factory(ProvidersPage)
    page.table.sort_by("actions", descending=True)
    rows = page.table.visible_rows()
    counts = [(row.overdue_actions, row.open_actions) for row in rows]
    assert counts == sorted(counts, reverse=True)
    assert counts[0][0] == 1


def test_wide_windows_gain_columns(page_factory: Any) -> None:
    page = page_factory(ProvidersPage)
    narrow = [column.key for column in page.table.visible_columns()]
    assert narrow == ["name", "cqc", "actions"]
    page.resize(1920, 1005)
    wide = [column.key for column in page.table.visible_columns()]
    assert wide[:4] == ["name", "cqc", "actions", "ours"]


def test_letters_typed_in_the_list_search_it(page_factory: Any, keyboard: Any) -> None:
    page = page_factory(ProvidersPage)
    page.table.setFocus()
    keyboard.type("pell")
    assert names(page) == ["Pellgate House"]
    assert page.filter_row.count.text() == "1 of 10 providers, 1 service"
    keyboard.press("Ctrl+A", "Backspace")
    assert len(names(page)) == 10


@pytest.mark.parametrize(
    ("choose", "expected"),
    [
        (("cqc", "Requires improvement"), {"Saltern Lodge"}),
        (("cqc", "Not rated"), {"Quillhaven Support"}),
        (("kind", "Nursing home"), {"Corven Court", "Ottersley Grange"}),
    ],
)
def test_filters_hold(page_factory: Any, choose: tuple[str, str], expected: set[str]) -> None:
    page = page_factory(ProvidersPage)
    getattr(page, f"_{choose[0]}").set_value(choose[1])
    assert set(names(page)) == expected
    page.clear_filters()
    assert len(names(page)) == 10


def test_the_filter_by_last_visit_agrees_with_the_records(page_factory: Any) -> None:
    page = page_factory(ProvidersPage)
    last = {row.name: row.last_visit for row in page.table.visible_rows()}
    expected = {
        "6": {name for name, day in last.items() if day and day >= date(2025, 8, 2)},
        "12": {name for name, day in last.items() if day and day >= date(2025, 2, 2)},
        "longer": {name for name, day in last.items() if day and day < date(2025, 2, 2)},
        "never": {name for name, day in last.items() if day is None},
    }
    assert expected["6"], "the sample has visits of the last half year"
    for value, wanted in expected.items():
        page._last.set_value(value)
        assert set(names(page)) == wanted, value


def test_a_record_asked_for_is_shown_although_filters_hide_it(page_factory: Any, settle: Settle) -> None:
    page = page_factory(ProvidersPage)
    page.filter_row.search.setText("lindle")
    open_at(page, "Pellgate House", settle, "Ratings")
    assert page.record.page.provider.name == "Pellgate House"
    assert page.record.sub_page() == "Ratings"
    assert page.filter_row.search.text() == ""


# The record


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


# Entering


def test_a_provider_with_service_and_rating_is_entered_by_keyboard_alone(
    page_factory: Any, settle: Settle, keyboard: Any, office: Office
) -> None:
    page = page_factory(ProvidersPage)
    page.start_new()
    settle()
    keyboard.type("Fernholme Grange").walk_to("Postcode").type("ZZ99 8AA").press("Ctrl+Return")
    row = page.table.current_row()
    assert row.name == "Fernholme Grange"
    assert page.record.page.provider.postcode == "ZZ99 8AA"

    page.table.setFocus()
    keyboard.press("Return")
    assert keyboard.at.accessibleName() == "Add a service"
    keyboard.press("Space")
    typed = page.form.form.record()
    assert (typed.name, typed.postcode) == ("Fernholme Grange", "ZZ99 8AA")
    keyboard.walk_to("Type").type("Care").walk_to("Capacity").type("32").press("Ctrl+Return")
    (service,) = page.record.page.services
    assert (service.capacity, service.type.value) == (32, "care home")

    page.table.setFocus()
    keyboard.press("Return").walk_to("Add a rating").press("Space")
    keyboard.walk_to("Rating").type("Good").walk_to("Published").type("5 jan 26").press("Ctrl+Return")
    (rating,) = page.record.page.ratings
    assert rating.scheme is RatingScheme.CQC_OVERALL
    assert rating.value is RatingValue.GOOD
    assert rating.published == date(2026, 1, 5)
    assert page.table.current_row().cqc.word == "Good"
    assert office.providers.page(row.uid).latest(RatingScheme.CQC_OVERALL) == rating


def test_a_new_provider_is_shown_although_filters_would_hide_it(
    page_factory: Any, settle: Settle, keyboard: Any
) -> None:
    page = page_factory(ProvidersPage)
    page._cqc.set_value("Requires improvement")
    page.filter_row.search.setText("saltern")
    page.start_new()
    settle()
    keyboard.type("Fernholme Grange").press("Ctrl+Return")
    assert page.table.current_row().name == "Fernholme Grange"
    assert page.record.page.provider.name == "Fernholme Grange"
    assert len(names(page)) == 11


def test_one_of_several_services_is_chosen_in_the_rating_form(
    page_factory: Any, settle: Settle, keyboard: Any, office: Office
) -> None:
    page = page_factory(ProvidersPage)
    open_at(page, "Thornmere Care at Home", settle, "Ratings")
    before = {rating.uid for rating in page.record.page.ratings}
    button(page.record, "Add a rating").click()
    settle()
    assert keyboard.at.accessibleName() == "Service"
    keyboard.type("Millrace").press("Tab").walk_to("Rating").type("Requires")
    keyboard.walk_to("Published").type("12/1/26").press("Ctrl+Return")
    (new,) = [rating for rating in page.record.page.ratings if rating.uid not in before]
    assert page.record.page.service_name(new.service) == "Millrace Court"
    assert new.value is RatingValue.REQUIRES_IMPROVEMENT
    assert office.records.draft("rating", "", page.record.uid) is None


def test_a_draft_about_one_provider_is_not_offered_for_another(
    page_factory: Any, settle: Settle, keyboard: Any, qtbot: Any
) -> None:
    page = page_factory(ProvidersPage)
    open_at(page, "Thornmere Care at Home", settle)
    button(page.record, "Add an action").click()
    settle()
    keyboard.type("Send the rota").press("Escape")
    open_at(page, "Quillhaven Support", settle)
    button(page.record, "Add an action").click()
    settle()
    assert page.form.form.record().title == ""
    keyboard.press("Escape")
    open_at(page, "Thornmere Care at Home", settle)
    button(page.record, "Add an action").click()
    settle()
    assert page.form.form.record().title == "Send the rota"


def test_editing_is_saved_with_history(page_factory: Any, settle: Settle, keyboard: Any, office: Office) -> None:
    page = page_factory(ProvidersPage)
    open_at(page, "Lindle Homecare", settle)
    page.edit_current()
    settle()
    keyboard.walk_to("Local authority").press("Ctrl+A").type("Barnsley").press("Ctrl+Return")
    assert page.record.page.provider.local_authority == "Barnsley"
    line = office.records.history("provider", page.record.uid)[0]
    assert (line.field, line.before, line.after) == ("Local authority", "Rotherham", "Barnsley")
    page.record.tabs.set_current("History")
    settle()
    assert page.record.history.table.visible_rows()[0].after == "Barnsley"


def test_archiving_takes_the_row_and_restoring_brings_it_back(
    page_factory: Any, settle: Settle, recorder: Any, office: Office
) -> None:
    page = page_factory(ProvidersPage)
    open_at(page, "Pellgate House", settle)
    uid = page.record.uid
    page.archive_current()
    settle()
    assert "Pellgate House" not in names(page)
    assert recorder.said[-1].label == "Archived: Pellgate House. Its history is kept."
    assert recorder.said[-1].undoable
    assert page.record.uid != uid
    page.context.operations.write(page, lambda: office.records.restore("provider", uid))
    settle()
    assert "Pellgate House" in names(page)
    assert len(office.providers.page(uid).ratings) == 15


def test_a_rating_written_elsewhere_shows_at_once(page_factory: Any, settle: Settle, office: Office) -> None:
    page = page_factory(ProvidersPage)
    open_at(page, "Corven Court", settle)
    service = page.record.page.services[0].uid
    rating = Rating(
        service=service, scheme=RatingScheme.CQC_OVERALL, value=RatingValue.INADEQUATE, published=date(2026, 1, 30)
    )
    page.context.operations.write(page, lambda: office.records.create(rating))
    settle()
    assert page.record.page.status.word == "Inadequate"
    assert page.table.current_row().cqc.word == "Inadequate"


# Export, emptiness, trouble


def test_export_writes_what_is_shown(page_factory: Any, settle: Settle, tmp_path: Path) -> None:
    page = page_factory(ProvidersPage)
    page._cqc.set_value("Requires improvement")
    page.export_to(tmp_path / "providers.xlsx")
    page.export_to(tmp_path / "providers.csv")
    settle()
    sheet = openpyxl.load_workbook(tmp_path / "providers.xlsx").active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[0] == ["Provider", "CQC overall", "Open actions"]
    assert rows[1] == ["Saltern Lodge, Care home, 28 beds", "Requires improvement", "4, 1 overdue"]
    with (tmp_path / "providers.csv").open(encoding="utf-8-sig", newline="") as file:
        assert next(csv.reader(file)) == rows[0]


def test_an_empty_desk_offers_to_begin(page_factory: Any, settle: Settle, keyboard: Any, empty_desk: None) -> None:
    page = page_factory(ProvidersPage)
    assert page._whole.currentWidget() is page._empty
    button(page._empty, "New provider").click()
    settle()
    keyboard.type("Fernholme Grange").press("Ctrl+Return")
    assert names(page) == ["Fernholme Grange"]
    assert page.record.page.status.word == "Not known"
    assert [b.accessibleName() for b in page.record._step_buttons] == ["Add a service", "Add an action"]


def test_trouble_is_told_in_place_and_tried_again(page_factory: Any, settle: Settle) -> None:
    page = page_factory(ProvidersPage)
    load = page.spec.load

    def broken(archived: bool) -> Any:
        raise DeskError("Not read: the disk is gone.", "Put it back, then try again.")

    page.spec = replace(page.spec, load=broken)
    page.reload()
    settle()
    assert page._whole.currentWidget() is page._error
    assert page._error.accessibleName() == "Not read: the disk is gone. Put it back, then try again."
    page.spec = replace(page.spec, load=load)
    button(page._error, "Try again").click()
    settle()
    assert page._whole.currentWidget() is not page._error
    assert len(names(page)) == 10


def test_trouble_with_one_record_leaves_the_list(
    page_factory: Any, settle: Settle, monkeypatch: pytest.MonkeyPatch, context: Context
) -> None:
    page = page_factory(ProvidersPage)

    def broken(uid: str) -> Any:
        raise DeskError("Not read: the disk is gone.", "")

    monkeypatch.setattr(page.record, "read", broken)
    open_at(page, "Pellgate House", settle)
    assert page.record._error.isVisible()
    assert len(names(page)) == 10
    monkeypatch.undo()
    button(page.record._error, "Try again").click()
    settle()
    assert page.record.page.provider.name == "Pellgate House"
    assert not page.record._error.isVisible()


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
