"""One visit on the Quality visits tab: its record, the steps that follow from where it stands, its archiving."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from s75desk.domain.records import Visit
from s75desk.domain.records.provider import RatingValue
from s75desk.domain.records.visit import VisitStage
from s75desk.services.office import Office
from s75desk.ui.navigation import Destination
from s75desk.ui.pages.visits.page import VisitsPage
from s75desk.ui.pages.visits.record import VisitRecord
from tests.ui.pages.buttons import button
from tests.ui.pages.conftest import TODAY
from tests.ui.pages.visits_help import Settle, go, rows

pytestmark = pytest.mark.qt_log_ignore("^This plugin does not support grabbing the keyboard", extend=True)


def test_a_record_says_nothing_before_it_is_read(page_factory: Any, settle: Settle, office: Office) -> None:
    record = page_factory(VisitRecord)
    parts = (record.status, record.tabs, record._more)
    assert not any(part.isVisible() for part in parts), "an empty one would say that nothing is known"
    record.show_record(office.visits.rows()[0].uid)
    settle()
    assert all(part.isVisible() for part in parts)


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
    assert page.table.current_row().outcome.word == "Good, as recorded; no answers in this desk"


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


def test_a_visit_is_archived_with_undo(page_factory: Any, settle: Settle, recorder: Any, office: Office) -> None:
    page = page_factory(VisitsPage)
    row = go(page, settle, "Wexbridge Living")
    page.archive_current()
    settle()
    assert row.uid not in {found.uid for found in rows(page)}
    page.context.operations.write(page, lambda: office.records.undo(recorder.said[-1].change_id))
    settle()
    assert row.uid in {found.uid for found in rows(page)}
