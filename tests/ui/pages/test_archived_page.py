"""The page of archived records: what is there, with whom it went, and how it comes back."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from s75desk.domain.errors import DeskError, Rejected
from s75desk.domain.records import Action, Provider, Rating
from s75desk.services.office import Office
from s75desk.ui.navigation import Destination
from s75desk.ui.pages.archived import ArchivedPage

Settle = Callable[[], None]


@pytest.fixture
def pellgate(office: Office) -> str:
    """Uid of a provider with service, ratings, visits and actions."""
    return next(row.uid for row in office.providers.rows() if row.name == "Pellgate House")


def headings(page: ArchivedPage) -> list[str]:
    return [found.heading for found in page.table.visible_rows()]


def archive_actions(office: Office, count: int) -> list[str]:
    found = list(office.actions.rows()[:count])
    for row in found:
        office.records.archive("action", row.uid)
    return [row.title for row in reversed(found)]


def test_with_nothing_archived_it_says_what_would_be_here(page_factory: Any) -> None:
    page = page_factory(ArchivedPage)
    assert page._whole.currentWidget() is page._empty
    assert page._empty.accessibleName().startswith("Nothing is archived.")


def test_what_was_archived_itself_stands_newest_first_with_when_and_by_whom(
    page_factory: Any, office: Office, pellgate: str
) -> None:
    titles = archive_actions(office, 2)
    office.records.archive("provider", pellgate)
    page = page_factory(ArchivedPage)
    assert headings(page) == ["Pellgate House", *titles]
    assert page.filter_row.count.text() == "3 records"
    first = page.table.visible_rows()[0]
    assert first.who == "contract compliance officer"
    assert first.noun == "Provider"
    assert first.brings > 20
    assert first.waits_for == ""
    subtitle = page.table.rows_model().cell_at(0, 0).sub
    assert subtitle == f"with {first.brings} that it owns"


def test_what_went_with_it_is_shown_on_demand(page_factory: Any, office: Office, pellgate: str) -> None:
    office.records.archive("provider", pellgate)
    page = page_factory(ArchivedPage)
    alone = page.table.visible_rows()
    page._show.set_value("all")
    everything = page.table.visible_rows()
    assert len(everything) == 1 + alone[0].brings
    assert {found.went_with for found in everything} == {"", pellgate}
    rating = next(found for found in everything if isinstance(found.record, Rating))
    assert rating.of == "Pellgate House"


def test_the_filter_by_kind_and_the_search(page_factory: Any, office: Office, pellgate: str) -> None:
    titles = archive_actions(office, 2)
    office.records.archive("provider", pellgate)
    page = page_factory(ArchivedPage)
    page._kind.set_values(("action",))
    assert headings(page) == titles
    assert page.filter_row.count.text() == "2 of 3 records"
    page.clear_filters()
    page.filter_row.search.setText("pellgate house")
    assert "Pellgate House" in headings(page)
    assert len(headings(page)) < 3


def test_a_record_is_read_before_it_is_restored_by_keyboard(
    page_factory: Any, settle: Settle, keyboard: Any, office: Office, pellgate: str, recorder: Any
) -> None:
    before = office.providers.page(pellgate)
    office.records.archive("provider", pellgate)
    page = page_factory(ArchivedPage)
    page.table.setFocus()
    facts = page.detail._facts.accessibleName()
    assert "Archived: 2 February 2026 at " in facts
    assert "By: contract compliance officer" in facts
    assert "Postcode: ZZ99 1AA" in facts
    keyboard.press("Return")
    assert keyboard.at.accessibleName() == "Restore provider"
    keyboard.press("Space")
    assert recorder.said[-1].label == "Restored: Pellgate House"
    assert page._whole.currentWidget() is page._empty
    assert office.providers.page(pellgate) == before


def test_several_are_restored_in_one_change(
    page_factory: Any, settle: Settle, keyboard: Any, office: Office, recorder: Any
) -> None:
    archive_actions(office, 3)
    page = page_factory(ArchivedPage)
    page.table.setFocus()
    keyboard.press("Ctrl+A")
    assert page.detail.restore.accessibleName() == "Restore 3 records"
    page.detail.restore.click()
    settle()
    assert recorder.said[-1].label == "Restored: 3 records"
    assert page.table.visible_rows() == ()
    office.records.undo(recorder.said[-1].change_id)
    page.reload()
    settle()
    assert len(page.table.visible_rows()) == 3


def test_only_marked_records_come_back(page_factory: Any, settle: Settle, office: Office) -> None:
    titles = archive_actions(office, 3)
    page = page_factory(ArchivedPage)
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_Home)
    QTest.keyClick(page.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    page.restore()
    settle()
    assert headings(page) == titles[2:]


def test_what_belongs_to_an_archived_record_waits_for_it(
    page_factory: Any, settle: Settle, office: Office, pellgate: str, recorder: Any
) -> None:
    service = office.providers.page(pellgate).services[0]
    rating = office.providers.page(pellgate).ratings[0]
    office.records.archive("rating", rating.uid)
    office.records.archive("provider", pellgate)
    page = page_factory(ArchivedPage)
    row = next(found for found in page.table.visible_rows() if found.record.uid == rating.uid)
    assert row.waits_for == service.name
    page.table.select_uid(rating.uid)
    page.restore()
    settle()
    assert len(recorder.refused) == 1
    assert "archived" in recorder.refused[0].reason
    assert len(headings(page)) == 2
    page.table.selectAll()
    page.restore()
    settle()
    assert headings(page) == []
    assert rating in office.providers.page(pellgate).ratings


def test_restoring_a_name_that_was_taken_meanwhile_changes_nothing(office: Office) -> None:
    first = office.records.create(Provider(name="One", cqc_provider_id="1-1")).uid
    office.records.archive("provider", first)
    office.records.create(Provider(name="Two", cqc_provider_id="1-1"))
    other = office.records.create(Action(title="Send the rota")).uid
    office.records.archive("action", other)
    with pytest.raises(Rejected):
        office.archive.restore_all([("action", other), ("provider", first)])
    assert {found.record.uid for found in office.archive.rows()} == {first, other}


def test_a_change_elsewhere_shows_at_once(page_factory: Any, settle: Settle, office: Office, pellgate: str) -> None:
    page = page_factory(ArchivedPage)
    page.context.operations.write(page, lambda: office.records.archive("provider", pellgate))
    settle()
    assert headings(page) == ["Pellgate House"]


def test_it_offers_what_the_window_asks_of_a_page(
    page_factory: Any, settle: Settle, keyboard: Any, office: Office, pellgate: str, recorder: Any
) -> None:
    office.records.archive("provider", pellgate)
    page = page_factory(ArchivedPage)
    assert page.where() == Destination("archived", pellgate)
    page.focus_search()
    assert keyboard.at is page.filter_row.search
    page.start_new()
    assert keyboard.at is page.table
    page.archive_current()
    page.edit_current()
    assert keyboard.at is page.detail.restore
    settle()
    assert recorder.said == []
    assert recorder.wanted == []


def test_a_record_asked_for_is_found_behind_filters(
    page_factory: Any, settle: Settle, office: Office, pellgate: str
) -> None:
    rating = office.providers.page(pellgate).ratings[0]
    office.records.archive("provider", pellgate)
    page = page_factory(ArchivedPage)
    page.arrive(Destination("archived", rating.uid))
    settle()
    assert page.table.current_row().record.uid == rating.uid
    assert page.table.current_row().went_with == pellgate


def test_export_writes_what_is_shown(
    page_factory: Any, settle: Settle, office: Office, pellgate: str, tmp_path: Path
) -> None:
    office.records.archive("provider", pellgate)
    page = page_factory(ArchivedPage)
    page.export_to(tmp_path / "archived.csv")
    settle()
    with (tmp_path / "archived.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0] == ["Record", "Kind", "Belongs to", "Archived", "By"]
    assert rows[1][0:3] == ["Pellgate House", "Provider", ""]
    assert len(rows) == 2


def test_trouble_is_told_in_place_and_tried_again(
    page_factory: Any, settle: Settle, office: Office, pellgate: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.records.archive("provider", pellgate)
    page = page_factory(ArchivedPage)

    def broken() -> Any:
        raise DeskError("Not read: the disk is gone.", "Put it back.")

    monkeypatch.setattr(office.archive, "rows", broken)
    page.reload()
    settle()
    assert page._error.isVisible()
    monkeypatch.undo()
    page._error.retry_pressed.emit()
    settle()
    assert headings(page) == ["Pellgate House"]
