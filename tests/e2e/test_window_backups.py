"""Backups in the window: when one was last proven, where they are, and a second place that may be gone."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QFileDialog

from s75desk.ui.pages.field_sheet import FieldSheet
from s75desk.ui.widgets.labels import WrappedLabel
from s75desk.ui.window.backups_sheet import BackupsSheet
from tests.e2e.driver import Officer


def sheet_of(officer: Officer) -> BackupsSheet:
    """The sheet that the Desk menu opens."""
    officer.window.files.show_backups()
    officer.wait(lambda: any(sheet.isVisible() for sheet in officer.window.findChildren(BackupsSheet)))
    return next(sheet for sheet in officer.window.findChildren(BackupsSheet) if sheet.isVisible())


def words_of(sheet: BackupsSheet) -> str:
    return " ".join(label.text() for label in sheet.findChildren(FieldSheet)[0].findChildren(object) if has_text(label))


def has_text(widget: object) -> bool:
    return callable(getattr(widget, "text", None))


def said(officer: Officer) -> str:
    return officer.window.bar.backed_up.accessibleName()


def test_the_bar_says_when_a_backup_was_proven_to_open(officer: Officer) -> None:
    assert "Not backed up yet" in said(officer)
    officer.window.files.back_up_quietly()
    officer.wait(lambda: "proven to open" in said(officer))
    status = officer.window.desks.status()
    assert status.proven is not None
    shown = words_of(sheet_of(officer))
    assert str(status.backup_folder) in shown
    assert f"{status.held:,}" in shown


def test_a_desk_left_open_is_proven_without_being_asked(officer: Officer) -> None:
    officer.window.desks.back_up()
    officer.window.files._first_proof.start(0)
    officer.wait(lambda: "proven to open" in said(officer))


def test_a_backup_that_cannot_be_trusted_is_named(officer: Officer) -> None:
    made = officer.window.desks.back_up()
    with made.path.open("rb+") as file:
        file.seek(made.size // 2 // 4096 * 4096)
        file.write(b"\x5a" * 4096)
    officer.window.files.prove_quietly()
    officer.wait(lambda: made.path.name in officer.notice())
    officer.wait(lambda: "proven to open" in said(officer))
    assert made.path.with_name(f"{made.path.name}-damaged").exists()


def test_a_second_place_is_chosen_said_when_gone_and_given_up(
    officer: Officer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(stick))
    officer.window.desks.back_up()
    sheet_of(officer).place_wanted.emit()
    officer.wait(lambda: len(list(stick.rglob("*-backup"))) == 1)
    officer.wait(officer.notice)
    shutil.rmtree(stick)
    officer.window.files.back_up()
    officer.wait(lambda: "not in the second place" in said(officer))
    assert str(stick) in officer.notice()
    officer.window.files._place(None)
    officer.wait(lambda: "second place" not in said(officer))
    assert officer.window.desks.kept.place is None


def test_a_folder_that_cannot_be_made_is_said_in_words(officer: Officer) -> None:
    sheet = sheet_of(officer)
    held = officer.window.desks.status().backup_folder
    shutil.rmtree(held, ignore_errors=True)
    held.parent.mkdir(parents=True, exist_ok=True)
    held.write_text("a file stands where the folder should be")
    next(button for button in sheet.findChildren(QAbstractButton) if button.text() == "Open the folder").click()
    assert "cannot be opened" in " ".join(label.text() for label in sheet.findChildren(WrappedLabel))
    held.unlink()
