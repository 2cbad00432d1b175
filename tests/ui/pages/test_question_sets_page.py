"""The page of question sets: questions to read, standards to edit where there are none, versions, a new version."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from PySide6.QtWidgets import QLabel

from s75desk.domain.errors import DeskError, NotFound, Rejected
from s75desk.domain.records import QuestionSet, Standard, Visit
from s75desk.domain.records.visit import SetState
from s75desk.domain.visits.rule import limit_words
from s75desk.services.office import Office
from s75desk.ui.navigation import Destination
from s75desk.ui.pages.question_rule import status_of_source
from s75desk.ui.pages.question_sets import QuestionSetsPage
from s75desk.ui.widgets.chip import StatusChip
from tests.ui.pages.buttons import button

Settle = Callable[[], None]
pytestmark = pytest.mark.qt_log_ignore("^This plugin does not support grabbing the keyboard", extend=True)


@pytest.fixture
def listed(office: Office) -> str:
    """Uid of a question set that only lists its standards, the only one of the desk; its visits were made with it."""
    (house,) = office.question_sets.rows()
    standards = office.question_sets.page(house.uid).standards
    found = QuestionSet(title="Paper standards", version="1", state=SetState.IN_USE, since=date(2022, 1, 1))
    uid = office.records.create(found).uid
    for standard in standards:
        office.records.create(replace(standard, uid="", question_set=uid))
    for row in office.visits.rows()[:3]:
        office.records.revise(replace(office.records.get(Visit, row.uid), question_set=uid))
    office.records.archive("question_set", house.uid)
    return uid


# A set with questions


def test_questions_are_read_area_by_area(page_factory: Any, settle: Settle, keyboard: Any) -> None:
    page = page_factory(QuestionSetsPage)
    record = page.record
    assert record.page.status.sentence == "In use since 1 January 2022. Its questions are fixed. 22 visits keep it."
    assert record.tabs.current() == "Questions"
    reader = record.questions
    lines = reader.table.visible_rows()
    assert len(lines) == 5 + 16 + 74
    assert [line.uid for line in lines[:4]] == ["A//", "A/1/", "A/1/1.1", "A/1/1.2"]
    assert reader._caption.text() == "74 in 16 standards and 5 areas, 12 critical"
    reader.table.setFocus()
    reader.table.select_uid("C/8/8.2")
    keyboard.press("Down")
    assert reader._path.text() == "Safeguarding and safety  ·  8 Medicines"
    question = record.page.body.question("8.3")
    assert reader._title.text() == f"8.3  {question.text}"
    said = reader.facts.accessibleName()
    for words in (
        question.guidance,
        question.look,
        "2 in its standard",
        question.critical_because,
        "Every type of service",
    ):
        assert words in said
    assert all(citation.words in said for citation in question.sources)
    reader.table.select_uid("C/8/")
    assert "Purpose: People get the right medicines, safely." in reader.facts.accessibleName()
    reader.table.select_uid("C//")
    assert "Weight: 1 in the whole visit" in reader.facts.accessibleName()
    assert question.critical


def test_how_it_rates_is_said_in_words_and_where_it_comes_from(page_factory: Any, settle: Settle) -> None:
    page = page_factory(QuestionSetsPage)
    page.arrive(Destination("question_sets", page.record.uid, "Rating and versions"))
    settle()
    sheet, body = page.record.sheet, page.record.page.body
    text = "\n".join(label.text() for label in sheet.findChildren(QLabel))
    chips = {chip.status.word for chip in sheet.scale.findChildren(StatusChip)}
    assert chips == {"Excellent", "Good", "Requires improvement", "Poor", "Not applicable", "Not looked at"}
    assert all(step.meaning in text for step in body.scale.steps)
    assert all(limit_words(limit, body.scale) in text for limit in body.rule.limits)
    assert "Excellent from 88%, Good from 63%, Requires improvement from 38%, below that Poor." in text
    assert f"Fingerprint: {page.record.page.question_set.content}" in sheet.facts.accessibleName()
    sources = page.record.sources
    states = [status_of_source(citation).word for citation in sources.table.visible_rows()]
    assert states == sorted(states, reverse=True), "those not confirmed first"
    assert sources._caption.text() == f"{states.count('Confirmed')} of {len(body.sources)} confirmed"
    assert 0 < states.count("Not confirmed") < len(states)


def test_a_set_with_questions_is_read_and_not_edited(
    page_factory: Any, settle: Settle, keyboard: Any, recorder: Any, office: Office
) -> None:
    page = page_factory(QuestionSetsPage)
    record = page.record
    assert [b.accessibleName() for b in record._step_buttons] == ["Plan a visit", "Retire this version"]
    page.edit_current()
    assert page.form.form is None
    assert not record.tabs.strip.isTabVisible(record.tabs.keys().index("Standards"))
    button(record, "Plan a visit").click()
    assert recorder.wanted == [Destination("visits", new="visit")]
    button(record, "Retire this version").click()
    settle()
    assert record.page.status.word == "Retired"
    assert office.records.choices("question_set", Visit()) == []
    button(record, "Put it into use").click()
    settle()
    assert record.page.status.word == "In use"


def test_an_empty_desk_takes_in_the_house_standards(
    page_factory: Any, settle: Settle, empty_desk: None, office: Office, recorder: Any
) -> None:
    page = page_factory(QuestionSetsPage)
    button(page._empty, "Add the house standards").click()
    settle()
    (house,) = office.question_sets.rows()
    assert page.record.uid == house.uid
    assert page.record.tabs.current() == "Questions"
    assert recorder.said[-1].label == "Added: House standards, version 1"
    assert recorder.said[-1].undoable


def test_the_house_standards_are_offered_while_they_are_not_here(
    page_factory: Any, settle: Settle, empty_desk: None, office: Office
) -> None:
    office.records.create(QuestionSet(title="Paper standards", version="1"))
    page = page_factory(QuestionSetsPage)
    button(page.record, "Add the house standards").click()
    settle()
    assert [row.title for row in office.question_sets.rows()] == ["House standards", "Paper standards"]
    words = [b.accessibleName() for b in page.record._step_buttons]
    assert "Add the house standards" not in words


# A set that lists its standards


def test_the_record_shows_standards_by_area_and_says_who_keeps_them(page_factory: Any, listed: str) -> None:
    page = page_factory(QuestionSetsPage)
    record = page.record
    assert record.page.question_set.title == "Paper standards"
    assert record.page.status.sentence == (
        "In use since 1 January 2022. 3 visits keep this version: change standards in a new version."
    )
    assert record.tabs.current() == "Standards"
    keys = [column.key for column in record.standards.list.table.visible_columns()]
    assert keys == ["number", "area", "title", "weight"]
    assert [s.number for s in record.standards.list.table.visible_rows()] == list(range(1, 17))
    assert record.page.areas[0] == "Involvement and information"
    assert len(record.page.areas) == 5


def test_a_standard_is_added_after_the_last_one(page_factory: Any, settle: Settle, keyboard: Any, listed: str) -> None:
    page = page_factory(QuestionSetsPage)
    button(page.record, "Add a standard").click()
    settle()
    blank = page.form.form.record()
    assert (blank.number, blank.area) == (17, "Quality of management")
    keyboard.walk_to("Standard").type("Learning from deaths").press("Ctrl+Return")
    assert page.record.page.standards[-1].title == "Learning from deaths"
    assert page.table.current_row().standards == 17


def test_a_standard_is_edited_and_archived_by_keyboard(
    page_factory: Any, settle: Settle, keyboard: Any, recorder: Any, listed: str
) -> None:
    page = page_factory(QuestionSetsPage)
    table = page.record.standards.list.table
    table.setFocus()
    table.select_first()
    keyboard.press("Return").walk_to("Weight").press("Ctrl+A").type("3").press("Ctrl+Return")
    assert page.record.page.standards[0].weight == 3
    table.setFocus()
    table.select_first()
    keyboard.press("Delete")
    assert len(page.record.page.standards) == 15
    assert recorder.said[-1].undoable


def test_a_new_version_copies_every_standard_and_leaves_the_old_one(
    page_factory: Any, settle: Settle, keyboard: Any, office: Office, listed: str
) -> None:
    page = page_factory(QuestionSetsPage)
    old = page.record.page
    button(page.record, "Make a new version").click()
    settle()
    blank = page.form.form.record()
    assert (blank.version, blank.state, blank.since) == ("2", SetState.DRAFT, None)
    keyboard.press("Ctrl+Return")
    new = page.record.page
    assert new.question_set.version == "2"
    assert new.question_set.uid != old.question_set.uid
    assert [(s.number, s.area, s.title, s.weight) for s in new.standards] == [
        (s.number, s.area, s.title, s.weight) for s in old.standards
    ]
    assert not {s.uid for s in new.standards} & {s.uid for s in old.standards}
    assert office.question_sets.page(old.question_set.uid).standards == old.standards
    assert new.visits == 0
    assert [row.version for row in new.versions] == ["1"]
    assert new.status.sentence == "Draft. No visit has been made with it."
    assert page.table.current_row().version == "2"
    assert office.records.draft("question_set", "", old.question_set.uid) is None


def test_a_new_version_is_one_change_and_undone_as_one(office: Office, listed: str) -> None:
    (row,) = office.question_sets.rows()
    source = office.records.get(QuestionSet, row.uid)
    made = office.question_sets.enter_version(replace(source, uid="", version="2"), row.uid)
    assert len(made.touched) == 17
    office.records.undo(made.change_id)
    assert [found.uid for found in office.question_sets.rows()] == [row.uid]


def test_a_new_version_with_a_fault_writes_nothing(office: Office, listed: str) -> None:
    (row,) = office.question_sets.rows()
    source = office.records.get(QuestionSet, row.uid)
    with pytest.raises(Rejected):
        office.question_sets.enter_version(replace(source, uid="", version=""), row.uid)
    with pytest.raises(NotFound):
        office.question_sets.enter_version(replace(source, uid="", version="2"), "nowhere")
    assert office.question_sets.rows() == (row,)


def test_other_versions_open_and_are_not_archived_from_there(
    page_factory: Any, settle: Settle, keyboard: Any, recorder: Any, office: Office, listed: str
) -> None:
    (row,) = office.question_sets.rows()
    source = office.records.get(QuestionSet, row.uid)
    second = office.question_sets.enter_version(
        replace(source, uid="", version="2", since=date(2026, 4, 1)), row.uid
    ).uid
    page = page_factory(QuestionSetsPage)
    assert [found.version for found in page.table.visible_rows()] == ["2", "1"]
    page.arrive(Destination("question_sets", row.uid, "Rating and versions"))
    settle()
    table = page.record.sheet.versions.table
    table.setFocus()
    table.select_first()
    keyboard.press("Delete")
    assert recorder.said == []
    keyboard.press("Return")
    assert recorder.wanted == [Destination("question_sets", second)]


def test_the_filter_by_state(page_factory: Any, settle: Settle) -> None:
    page = page_factory(QuestionSetsPage)
    page.apply_filter("Draft")
    assert page.table.visible_rows() == ()
    assert page.filter_row.count.text() == "0 of 1, 0 in use"
    page.clear_filters()
    assert page.filter_row.count.text() == "1 question set, 1 in use"


def test_visits_keep_an_archived_version(page_factory: Any, settle: Settle, office: Office) -> None:
    page = page_factory(QuestionSetsPage)
    uid = page.record.uid
    page.archive_current()
    settle()
    assert page.table.visible_rows() == ()
    visit = next(office.records.get(Visit, row.uid) for row in office.visits.rows())
    assert visit.question_set == uid
    assert office.visits.page(visit.uid).question_set.title == "House standards"
    page.context.operations.write(page, lambda: office.records.restore("question_set", uid))
    settle()
    assert [row.standards for row in page.table.visible_rows()] == [16]


def test_an_empty_desk_takes_a_set_and_its_first_standard(
    page_factory: Any, settle: Settle, keyboard: Any, empty_desk: None, office: Office
) -> None:
    page = page_factory(QuestionSetsPage)
    button(page._empty, "New question set").click()
    settle()
    keyboard.type("Home care standards").press("Ctrl+Return")
    assert page.record.page.status.sentence == "It has no standards yet."
    page.record.standards.list.add()
    settle()
    keyboard.walk_to("Standard").type("Punctual calls").press("Ctrl+Return")
    (standard,) = page.record.page.standards
    assert isinstance(standard, Standard)
    assert (standard.number, standard.area) == (1, None)
    assert page.record.page.areas == ("Not known",)


def test_export_and_trouble(page_factory: Any, settle: Settle, tmp_path: Path) -> None:
    page = page_factory(QuestionSetsPage)
    page.export_to(tmp_path / "sets.xlsx")
    settle()
    sheet = openpyxl.load_workbook(tmp_path / "sets.xlsx").active
    assert next(cell.value for cell in sheet[2]) == "House standards"

    def broken(archived: bool) -> Any:
        raise DeskError("Not read: the disk is gone.", "")

    page.spec = replace(page.spec, load=broken)
    page.reload()
    settle()
    assert page._error.isVisible()
