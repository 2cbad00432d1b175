"""The notes of an older desk: read one by one, decided by a key, and offered by the Overview while any is left."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from s75desk.domain.records import Milestone
from s75desk.models.repository import Repository
from s75desk.services.office import Office
from s75desk.ui.pages.notes import NotesPage
from s75desk.ui.pages.overview.page import OverviewPage

Settle = Callable[[], None]


@pytest.fixture
def waiting(office: Office) -> list[Milestone]:
    """Three milestones with a note of which nobody has said whether it prints."""
    with office.place.desk.reading() as connection:
        found = [record for record in Repository(connection).all(Milestone) if record.note][:3]
    for record in found:
        office.records.revise(replace(record, private=None))
    return found


def test_a_key_decides_on_the_note_that_is_marked_and_the_next_is_marked(
    page_factory: Any, office: Office, settle: Settle, waiting: list[Milestone]
) -> None:
    page = page_factory(NotesPage)
    assert [note.uid for note in page.table.visible_rows()] == [record.uid for record in waiting]
    assert waiting[0].note in page._text.text()
    page.take_keyboard()
    QTest.keyClick(page.table, Qt.Key.Key_P)
    settle()
    assert office.records.get(Milestone, waiting[0].uid).private is False
    assert page.table.current_row().uid == waiting[1].uid
    QTest.keyClick(page.table, Qt.Key.Key_K)
    settle()
    assert office.records.get(Milestone, waiting[1].uid).private is True
    assert [note.uid for note in page.table.visible_rows()] == [waiting[2].uid]


def test_several_are_decided_at_once_and_the_button_says_how_many(
    page_factory: Any, office: Office, settle: Settle, waiting: list[Milestone]
) -> None:
    page = page_factory(NotesPage)
    page.table.selectAll()
    assert page._no.text().startswith("Keep 3 private")
    page._no.click()
    settle()
    assert [office.records.get(Milestone, record.uid).private for record in waiting] == [True] * 3
    assert page._whole.currentWidget() is page._empty


def test_the_overview_offers_them_while_any_is_left(
    page_factory: Any, office: Office, settle: Settle, waiting: list[Milestone]
) -> None:
    page = page_factory(OverviewPage)
    settle()
    assert page._notes.isVisibleTo(page)
    assert page._notes.button.text().startswith("3 notes to go through")
    office.notes.decide([(record.KIND, record.uid) for record in waiting], prints=True)
    page.reload()
    settle()
    assert not page._notes.isVisibleTo(page)
