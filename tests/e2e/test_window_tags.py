"""Tags in the window: typed on a record, shown as chips, a filter of the list, put on and taken off many."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QMenu

from tests.e2e.driver import Officer


def test_a_tag_is_typed_shown_and_taken_off(officer: Officer) -> None:
    uid = officer.office.providers.rows()[0].uid
    record = officer.go("providers", uid).record
    assert not record.tags.isVisible()
    record.tags.ask()
    officer.type("winter plan")
    officer.press("Return")
    officer.wait(lambda: record.tags.chips)
    assert [chip.text() for chip in record.tags.chips] == ["winter plan"]
    officer.press("Esc")
    record.tags.chips[0].click()
    officer.wait(lambda: not record.tags.chips)
    assert officer.office.tags.of("provider", uid) == ()


@pytest.mark.parametrize("page", ["agreements", "providers", "visits", "kpis", "actions"])
def test_every_list_is_narrowed_by_a_tag(officer: Officer, page: str) -> None:
    listed = officer.go(page)
    uids = [listed.spec.uid(row) for row in listed.table.visible_rows()][:2]
    assert not listed.tags.isVisible()
    officer.view.operations.write(listed, lambda: officer.office.tags.add(listed.record.kind, uids, "urgent"))
    officer.wait(listed.tags.isVisible)
    listed.tags.set_value("urgent")
    officer.settle()
    assert [listed.spec.uid(row) for row in listed.table.visible_rows()] == uids
    listed.tags.set_value("")
    officer.settle()
    assert len(listed.table.visible_rows()) > 2


def answer(officer: Officer, tag: str = "") -> None:
    """Type a tag into the question and press Enter; the one that stands there without one."""
    officer.dialog()
    assert officer.focus.accessibleName() == "Tag"
    officer.type(tag)
    officer.press("Return")


def test_many_are_tagged_and_untagged_at_once(officer: Officer) -> None:
    page = officer.go("providers")
    officer.press("Home", "Shift+Down", "Shift+Down")
    steps = {step.words: step for step in page.beside.many_steps()}
    steps["Tag 3"].do()
    answer(officer, "urgent")
    officer.wait(lambda: officer.notice() == "Tagged “urgent”: 3 providers")
    steps["Take a tag off 3"].do()
    answer(officer)
    officer.wait(lambda: officer.notice() == "Tag “urgent” taken off: 3 providers")
    officer.press("Ctrl+Z")
    officer.settle()
    assert len(officer.office.tags.by_record("provider")) == 3


def test_many_long_tags_never_widen_the_window(officer: Officer) -> None:
    uid = officer.office.providers.rows()[0].uid
    for number in range(12):
        officer.office.tags.add("provider", [uid], f"a tag of many letters, number {number:02}")
    record = officer.go("providers", uid).record
    officer.wait(lambda: len(record.tags.chips) == 12)
    assert record.tags._more.isVisible()
    assert sum(chip.isVisible() for chip in record.tags.chips) < 12
    assert officer.window.width() == 1366
    assert record.minimumSizeHint().width() < 700


def test_a_service_is_tagged_from_its_menu(officer: Officer) -> None:
    provider = officer.office.providers.rows()[0].uid
    services = officer.go("providers", provider, "Services").record.services.list
    service = officer.office.providers.page(provider).services[0]
    menu = QMenu(services)
    services._menu(service, menu)
    next(action for action in menu.actions() if action.text().startswith("Add a tag")).trigger()
    answer(officer, "north")
    officer.wait(lambda: officer.office.tags.of("service", service.uid) == ("north",))
    assert service.uid in {found.uid for found in officer.office.finder.find("north")}
