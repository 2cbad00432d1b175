"""Planning a visit on the Quality visits tab: by keyboard, with what is usual there and the question set to use."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from PySide6.QtTest import QTest

from s75desk.domain.lengths import Length
from s75desk.domain.records import Provider, QuestionSet, Service, Visit
from s75desk.domain.records.visit import SetState, VisitKind
from s75desk.services.office import Office
from s75desk.ui.navigation import Destination
from s75desk.ui.pages.visits.page import VisitsPage
from tests.ui.pages.buttons import button
from tests.ui.pages.visits_help import Settle, go, rows

pytestmark = pytest.mark.qt_log_ignore("^This plugin does not support grabbing the keyboard", extend=True)


def test_the_next_visit_is_planned_by_the_frequency_asked_for(page_factory: Any, settle: Settle) -> None:
    page = page_factory(VisitsPage)
    go(page, settle, "Ottersley Grange", past=True)
    visit, service = page.record.page.visit, page.record.page.service
    button(page.record, "Plan the next visit").click()
    settle()
    blank = page.form.form.record()
    assert service.visit_every == Length(months=12)
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
