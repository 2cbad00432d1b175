"""The page of a visit that was made question by question: rating and reasons, findings, versions, next steps."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel

from s75desk.domain.records import Visit
from s75desk.domain.records.visit import VisitStage
from s75desk.domain.records.visit_work import Party
from s75desk.services.office import Office
from s75desk.services.sample_values import sample_uid
from s75desk.ui.navigation import VISIT_MODE, Destination
from s75desk.ui.pages.overview.page import OverviewPage
from s75desk.ui.pages.visits.page import VisitsPage
from tests.ui.pages.buttons import button
from tests.unit.signing import stamped

Settle = Callable[[], None]
LAST, TODAYS = sample_uid("sample.visit.pellgate.last"), sample_uid("sample.visit.pellgate.next")
pytestmark = pytest.mark.qt_log_ignore("^This plugin does not support grabbing the keyboard", extend=True)


def steps(page: VisitsPage) -> list[str]:
    return [b.accessibleName() for b in page.record._step_buttons]


def open_visit(page: VisitsPage, settle: Settle, uid: str, sub: str = "") -> Any:
    page.arrive(Destination("visits", uid, sub))
    settle()
    return page.record


def sign_again(office: Office, uid: str) -> None:
    """Amend a visit: a note more, signed anew by both."""
    office.visiting.amend(uid, "A dose was found on another chart.")
    book = office.visiting.book(uid)
    at = datetime(2026, 2, 2, 11, 0, tzinfo=UTC)
    signed = [
        replace(book.signature(party), strokes="[[[10,10],[90,40]]]", signed=at, role=f"{party.value} role")
        for party in Party
    ]
    better = replace(book.answer("8.3"), seen="One of five charts had a gap after all.")
    office.visiting.keep(uid, settled=stamped(book, [better, *signed]))
    office.visiting.finish(uid)


def test_what_it_came_to_and_why(page_factory: Any, settle: Settle) -> None:
    page = page_factory(VisitsPage)
    record = open_visit(page, settle, LAST)
    assert record.page.status.sentence == "Made on 14 October 2025. Version 1 is signed and locked."
    rating = record.sheet.rating
    assert rating.isVisible()
    assert rating._chip.status.word == "Requires improvement"
    reasons = [rating._reasons.itemAt(place).widget().text() for place in range(rating._reasons.count())]
    assert reasons == list(record.page.rating.overall.reasons)
    assert reasons[0].startswith("3.2 Risks known and acted on and 8.3 Doses right and recorded are rated")
    facts = record.sheet.facts.accessibleName()
    assert "Spoken to: People who use the service (7), relatives and friends (3), registered manager (1)" in facts
    assert "Provider’s comment: We accept the findings." in facts


def test_ratings_by_area_and_standard_each_with_its_working(
    page_factory: Any, settle: Settle, keyboard: Any, recorder: Any
) -> None:
    page = page_factory(VisitsPage)
    record = open_visit(page, settle, LAST, "Standards")
    table = record.standards.table
    shown = [(row.level.heading, row.level.status.word) for row in table.visible_rows()]
    assert len(shown) == 1 + 5 + 16
    assert shown[:3] == [
        ("Overall", "Requires improvement"), ("Involvement and information", "Good"),
        ("1 Respecting and involving people", "Good"),
    ]  # fmt: skip
    answered = next(column for column in table.rows_model().columns if column.key == "answered")
    assert answered.value(table.visible_rows()[0]).text == "74 of 74"
    table.setFocus()
    table.select_uid("standard 8")
    keyboard.press("Return")
    (working,) = recorder.workings
    assert working.title == "8 Medicines: Requires improvement"
    keyboard.press("F9")
    assert recorder.workings[1:] == [working]


def test_findings_and_good_practice_say_what_they_rest_on(page_factory: Any, settle: Settle) -> None:
    page = page_factory(VisitsPage)
    record = open_visit(page, settle, LAST, "Findings")
    names = [
        entry.accessibleName()
        for part in (record.findings.findings, record.findings.practice)
        for place in range(part._lines.count())
        for entry in [part._lines.itemAt(place).widget()]
    ]
    assert names[0].startswith("3.2 Risks known and acted on: Requires improvement. Six of twelve"), "critical first"
    assert names[1].startswith("8.3 Doses right and recorded: Requires improvement. Two of five charts")
    assert any(name.startswith("1.1 Dignity in every contact: Excellent. ") for name in names)
    text = "\n".join(label.text() for label in record.findings.findChildren(type(record.findings._none)))
    assert "Sample: 5 of 45 medicines charts, at random: CP1, CP2, CP3, CP4 and CP5. 1 photo." in text
    assert "1 action: “Weekly medicines audit on every unit”" in text
    assert record.tabs.strip.title(2) == "Findings"


def test_what_was_found_stands_nowhere_for_a_visit_recorded_without_answers(page_factory: Any, settle: Settle) -> None:
    page = page_factory(VisitsPage)
    record = open_visit(page, settle, sample_uid("sample.visit.corven.last"), "Findings")
    assert record.findings._none.isVisible()
    assert not record.findings.findings.isVisible()
    assert not record.sheet.rating.isVisible()


def test_prior_actions_stand_with_their_grade(page_factory: Any, settle: Settle, keyboard: Any, recorder: Any) -> None:
    page = page_factory(VisitsPage)
    record = open_visit(page, settle, LAST, "Prior actions")
    table = record.prior.list.table
    assert {row.action.title: row.grade.word for row in table.visible_rows()} == {
        "Medicines audit every month on both units": "Not met",
        "Review every care plan once a month": "Met",
        "Supervision every eight weeks": "Partly met",
    }
    assert record.prior.list._caption.text() == "3 of 3 graded met, partly met or not met"
    table.setFocus()
    table.select_first()
    keyboard.press("Delete", "F2")
    assert recorder.said == [], "they are edited where they belong"
    keyboard.press("Return")
    assert recorder.wanted == [Destination("actions", table.current_row().uid)]


def test_the_steps_of_a_signed_visit_lead_to_it_and_to_its_papers(
    page_factory: Any, settle: Settle, recorder: Any
) -> None:
    page = page_factory(VisitsPage)
    record = open_visit(page, settle, LAST)
    for words in steps(page):
        button(record, words).click()
    more = dict(record.more_actions())
    more["Print the visit report"]()
    assert recorder.wanted == [
        Destination(VISIT_MODE, LAST),
        Destination("briefings", new="visit feedback sheet", filter=LAST),
        Destination(VISIT_MODE, LAST, "finish"),
        Destination("briefings", new="visit report", filter=LAST),
    ]
    assert record.edit_wish() is None, "what is signed is amended, not edited"
    page.edit_current()
    assert page.form.form is None
    assert "Edit (F2)" not in [action.text() for action in record._more.menu().actions()]
    more["Plan the next visit"]()
    settle()
    blank = page.form.form.record()
    assert (blank.planned, blank.team, blank.days) == (date(2026, 4, 14), "Two quality officers", 2)


def test_signed_versions_and_what_changed_between_them(page_factory: Any, settle: Settle, office: Office) -> None:
    page = page_factory(VisitsPage)
    record = open_visit(page, settle, LAST)
    block = record.sheet.versions
    assert [version.number for version in block.versions.visible_rows()] == [1]
    assert not block._changed.isVisible()
    first = block.versions.visible_rows()[0]
    cells = {column.key: column.value(first) for column in block.versions.rows_model().columns}
    assert cells["signed"].text == "15 October 2025, 17:20", "in British time, as on paper"
    assert cells["mark"].text == first.sha256[:12]
    page.context.operations.write(page, lambda: office.visiting.amend(LAST, "A dose was found on another chart."))
    settle()
    assert steps(page)[0] == "Continue the amendment"
    assert record.page.status.word == "Being amended"
    assert record.page.status.sentence == (
        "Signed version 1 is kept. It is being amended because: A dose was found on another chart."
    )
    assert block._caption.text() == "kept as signed; being amended now"


def test_the_second_version_says_what_it_says_differently(page_factory: Any, settle: Settle, office: Office) -> None:
    sign_again(office, LAST)
    page = page_factory(VisitsPage)
    record = open_visit(page, settle, LAST)
    block = record.sheet.versions
    assert [version.number for version in block.versions.visible_rows()] == [2, 1]
    assert record.page.status.word == "Signed"
    (change,) = record.page.changes
    assert (change.number, change.because) == (2, "A dose was found on another chart.")
    assert "One of five charts had a gap after all." in {told.after for told in block.changes.told}
    shown = [label.text() for label in block.changes.findChildren(QLabel) if label.isVisible()]
    assert "Version 2. Amended because: A dose was found on another chart." in shown
    assert [label for label, _ in record.more_actions()].count("Make the report final") == 1
    dict(record.more_actions())["Make the report final"]()
    settle()
    assert office.records.get(Visit, LAST).stage is VisitStage.FINAL


def test_a_visit_under_way_says_how_far_it_has_come(
    page_factory: Any, settle: Settle, office: Office, recorder: Any
) -> None:
    page = page_factory(VisitsPage)
    record = open_visit(page, settle, TODAYS)
    button(record, "Start the visit").click()
    assert recorder.wanted == [Destination(VISIT_MODE, TODAYS)]
    page.context.operations.write(page, lambda: office.visiting.start(TODAYS))
    settle()
    left_out = sum(1 for answer in record.page.book.answers.values() if answer.not_applicable)
    assert left_out == 2
    answer = replace(record.page.book.answer("1.1"), rating=3)
    page.context.operations.write(page, lambda: office.visiting.keep(TODAYS, settled=[answer]))
    settle()
    assert steps(page) == ["Continue the visit", "Add an action", "Print the feedback sheet"]
    sentence = "It has been started and not finished: 1 of 74 questions answered."
    assert record.page.status.sentence == sentence
    row = next(row for row in page.table.visible_rows() if row.uid == TODAYS)
    assert (row.status.sentence, row.under_way) == (sentence, True)
    assert record.sheet.rating._open.text().startswith("71 questions still open: it may end as")


def test_the_overview_starts_the_visit_of_today_and_goes_on_with_it(
    page_factory: Any, settle: Settle, office: Office, recorder: Any, keyboard: Any
) -> None:
    page = page_factory(OverviewPage)
    item = next(item for item in page.table.visible_rows() if item.uid == TODAYS)
    assert (item.title, item.step) == ("Quality visit: Pellgate House", "Start visit")
    page.table.setFocus()
    page.table.select_uid(f"{item.group.name}{item.kind}{item.uid}{item.title}")
    keyboard.press("Return")
    assert recorder.wanted == [Destination(VISIT_MODE, TODAYS)]
    page.context.operations.write(page, lambda: office.visiting.start(TODAYS))
    settle()
    item = next(item for item in page.table.visible_rows() if item.uid == TODAYS)
    assert (item.title, item.step, item.when) == ("Visit under way: Pellgate House", "Continue visit", "Under way")
    page._open(item)
    assert recorder.wanted[1:] == [Destination(VISIT_MODE, TODAYS)]
    tomorrow = next(item for item in page.table.visible_rows() if item.title == "Quality visit: Marlow Tye Homecare")
    page._open(tomorrow)
    assert recorder.wanted[2:] == [Destination("visits", tomorrow.uid)]
