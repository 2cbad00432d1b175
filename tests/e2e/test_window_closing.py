"""Closing a desk that cannot be backed up: the window stays and asks, and each answer does what it says."""

from __future__ import annotations

from pathlib import Path

import pytest

from s75desk.domain.errors import DiskTrouble
from s75desk.services.desk import DeskService
from tests.e2e.driver import Officer

FULL = DiskTrouble("Not backed up: the disk is full. The desk is as it was.", "Free some space, then back up again.")


@pytest.fixture
def full(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """The disk of the backups is full for as long as the list is not empty."""
    for_now, real = [True], DeskService.back_up_if_changed

    def back_up(self: DeskService, **rest: object) -> object:
        if for_now:
            raise FULL
        return real(self, **rest)  # type: ignore[arg-type]

    monkeypatch.setattr(DeskService, "back_up_if_changed", back_up)
    return for_now


def asked(officer: Officer) -> None:
    officer.window.close()
    dialog = officer.dialog()
    assert dialog.windowTitle() == "Close without a backup?"
    assert "the disk is full" in dialog.accessibleDescription()
    assert officer.window.isVisible(), "the window waits for the answer"


def test_the_desk_can_be_kept_open_and_worked_in(officer: Officer, full: list[bool]) -> None:
    asked(officer)
    officer.press("Escape")
    officer.wait(lambda: officer.window.view is not None and officer.page.table.visible_rows())
    assert officer.window.isVisible()
    officer.press("Ctrl+2")
    assert officer.page.table.visible_rows()
    full.clear()


def test_it_is_tried_again(officer: Officer, full: list[bool], tmp_path: Path) -> None:
    asked(officer)
    full.clear()
    officer.tab_to("Try again")
    officer.press("Space")
    officer.wait(lambda: not officer.window.isVisible())
    assert list((tmp_path / "data" / "backups").rglob("*.s75desk-backup"))


def test_it_is_closed_without_one_if_that_is_the_answer(officer: Officer, full: list[bool], tmp_path: Path) -> None:
    asked(officer)
    officer.tab_to("Close without a backup")
    officer.press("Space")
    officer.wait(lambda: not officer.window.isVisible())
    assert not officer.program.desks.is_open
