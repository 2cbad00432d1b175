"""When the environment or the program itself fails: one plain sentence, a way on, and a window that is alive."""

from __future__ import annotations

import io
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from sqlalchemy import text

from s75desk import crash
from s75desk.domain.errors import DiskTrouble
from s75desk.models.desk_file import DeskFile
from s75desk.models.migrations import LATEST
from s75desk.services.desk import Advance
from s75desk.ui.widgets.progress_sheet import ProgressSheet
from tests.e2e.conftest import StartOfficer
from tests.e2e.driver import Officer
from tests.unit.models.desk_help import held_by_child, mounted, remount


def told(officer: Officer) -> str:
    """What the restore screen says."""
    page = officer.window.restore
    officer.wait(lambda: officer.window.stack.currentWidget() is page)
    return page.accessibleName()


def alive(officer: Officer, sample: Path) -> None:
    """The window still opens a sound desk."""
    officer.window.open_desk(sample)
    officer.wait(lambda: officer.window.view is not None and bool(officer.page.table.visible_rows()))
    officer.press("Ctrl+2")
    assert officer.page.record.uid


def plain(sentence: str) -> None:
    """Words of the house: a sentence with an end, nothing of the inside."""
    assert sentence.strip().endswith((".", "?")), sentence
    for inside in ("Error", "sqlite", "Traceback", "None", "errno", "0x", "!"):
        assert inside not in sentence, sentence


def test_a_file_that_is_no_desk(start: StartOfficer, sample: Path, tmp_path: Path) -> None:
    letter = tmp_path / "letter.s75desk"
    letter.write_text("Dear colleague, " * 500, encoding="utf-8")
    officer = start(letter)
    said = told(officer)
    assert said.startswith("letter.s75desk could not be opened.")
    plain(said)
    assert letter.read_text(encoding="utf-8").startswith("Dear colleague"), "it is as it was"
    alive(officer, sample)


def test_a_desk_of_a_later_version_is_left_alone(start: StartOfficer, sample: Path, tmp_path: Path) -> None:
    path = tmp_path / "Later.s75desk"
    with DeskFile.create(path) as desk, desk.writing() as connection:
        newer = {"newer": str(LATEST + 1)}
        connection.execute(text("UPDATE setting SET value = :newer WHERE key = 'schema_revision'"), newer)
    before = path.read_bytes()
    officer = start(path)
    said = told(officer)
    assert "later version" in said
    plain(said)
    assert not officer.window.restore.restore_button.isEnabled()
    assert path.read_bytes() == before
    assert officer.focus.accessibleName() == "Try again"
    officer.tab_to("Open another desk")
    officer.press("Space")
    assert officer.window.stack.currentWidget() is officer.window.welcome
    alive(officer, sample)


def test_a_desk_that_another_window_has(start: StartOfficer, sample: Path) -> None:
    with held_by_child(sample):
        officer = start(sample)
        said = told(officer)
        assert "already open in another window" in said
        plain(said)
    officer.tab_to("Try again")
    officer.press("Space")
    officer.wait(lambda: officer.window.view is not None)


def test_a_recent_desk_that_has_gone(start: StartOfficer, sample: Path, tmp_path: Path) -> None:
    start(sample)
    officer = start()
    shutil.move(sample, tmp_path / "moved.s75desk")
    officer.window.show_welcome()
    assert officer.words(officer.window.welcome.recent)[0][1] == "Not there now"
    officer.press("Return")
    said = told(officer)
    plain(said)
    assert "East.s75desk" in said
    shutil.move(tmp_path / "moved.s75desk", sample)
    officer.window.restore.retry_button.click()
    officer.wait(lambda: officer.window.view is not None)


def test_a_recent_desk_is_taken_off_the_list(start: StartOfficer, sample: Path) -> None:
    start(sample)
    officer = start()
    officer.tab_to("Take off this list")
    officer.press("Space")
    assert officer.program.desks.recent() == []
    assert not officer.window.welcome.recent.isVisible()
    assert sample.exists(), "the file is not touched"


def test_a_folder_that_can_only_be_read(
    start: StartOfficer, sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with mounted(tmp_path / "disk", "size=6m") as place:
        remount(place, "ro")
        officer = start()
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(place / "New.s75desk"), ""))
        officer.press("Ctrl+N")
        officer.dialog()
        officer.tab_to("Without a passphrase")
        officer.press("Space")
        officer.wait(lambda: officer.window.welcome._error.isVisible())
        said = officer.window.welcome._error.accessibleName()
        assert "read-only" in said or "only be read" in said
        plain(said)
        assert officer.window.stack.currentWidget() is officer.window.welcome
    alive(officer, sample)


def test_a_full_disk_while_a_record_is_saved(start: StartOfficer, sample: Path, tmp_path: Path) -> None:
    with mounted(tmp_path / "disk", "size=24m") as place:
        path = place / "Full.s75desk"
        shutil.copyfile(sample, path)
        officer = start(path)
        officer.press("Ctrl+2", "Ctrl+N")
        officer.wait(lambda: officer.page.form.form is not None)
        filler = place / "filler"
        with filler.open("wb", buffering=0) as file, pytest.raises(OSError, match="No space"):
            fill_up(file)
        officer.type("Equipment " * 3)
        officer.tab_to("What it covers")
        officer.press("Space")
        officer.tab_to("Aims and outcomes")
        QGuiApplication.clipboard().setText("words " * 20_000)
        officer.press("Ctrl+V")
        officer.press("Ctrl+Return")
        form = officer.form
        officer.wait(lambda: form._trouble.isVisible())
        assert "the disk is full" in form._trouble.accessibleName()
        plain(form._trouble.accessibleName())
        assert form.editor_row("title").editor.text().startswith("Equipment")
        filler.unlink()
        officer.tab_to("Save again")
        officer.press("Space")
        officer.wait(lambda: officer.page.form.form is None)
        assert officer.page.record.uid
        start()


def fill_up(file: io.RawIOBase) -> None:
    while file.write(bytes(4096)):
        pass


@pytest.fixture
def reports(data_home: Path) -> Iterator[Path]:
    """The log folder, with faults being caught as in the program."""
    folder = data_home / "logs"
    folder.mkdir(parents=True)
    crash.start(folder)
    yield folder
    crash.listen(None)
    crash.stop()


@pytest.mark.logs_errors
def test_a_fault_of_our_own_is_reported_without_data_and_the_window_lives(
    officer: Officer, reports: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        secret = "Adults of Ely"
        raise ZeroDivisionError(f"cannot divide {secret}")

    with monkeypatch.context() as patch:
        patch.setattr(officer.office.kpis, "page", broken)
        officer.press("Ctrl+5")
        officer.wait(lambda: officer.notice() != "")
    assert officer.notice() == crash.SENTENCE
    kept = "".join(file.read_text(encoding="utf-8") for file in reports.iterdir())
    assert "ZeroDivisionError" in kept
    assert "test_window_trouble.py" in kept, "it says where"
    assert "Adults of Ely" not in kept, "and nothing of the desk"
    officer.press("Ctrl+2")
    officer.press("Ctrl+5")
    officer.press("Down")
    officer.wait(lambda: officer.page.record.page is not None)
    assert officer.page.record.page.sheet.kpi.uid == officer.page.record.uid


@pytest.mark.logs_errors
def test_a_fault_in_making_a_desk_leads_back_to_the_welcome_page(
    start: StartOfficer, reports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    officer = start()

    def broken(*_: object, **__: object) -> None:
        raise KeyError("x")

    monkeypatch.setattr(officer.program.desks, "create", broken)
    officer.window.opener.create(tmp_path / "New.s75desk")
    officer.wait(lambda: officer.notice() == crash.SENTENCE)
    assert officer.window.stack.currentWidget() is officer.window.welcome


def test_trouble_with_reading_a_page_stands_in_its_place_and_can_be_tried_again(
    officer: Officer, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = DiskTrouble("Not read: the drive of this desk is not there.", "Plug it in, then try again.")

    def fail(*_: object, **__: object) -> None:
        raise gone

    with monkeypatch.context() as patch:
        patch.setattr(officer.office.actions, "rows", fail)
        officer.press("Ctrl+6")
        officer.wait(lambda: officer.page._error.isVisible())
        assert officer.page._error.accessibleName() == f"{gone.what} {gone.remedy}"
    officer.tab_to("Try again")
    officer.press("Space")
    officer.wait(lambda: officer.page.table.isVisible() and bool(officer.page.table.visible_rows()))


def test_closing_backs_up_what_was_changed_and_only_then(start: StartOfficer, sample: Path, tmp_path: Path) -> None:
    def kept() -> dict[Path, int]:
        found = (tmp_path / "data" / "backups").rglob("*.s75desk-backup")
        return {path: path.stat().st_mtime_ns for path in found}

    start(sample)
    start(sample)
    first = kept()
    assert first, "what was never backed up is backed up on closing"
    officer = start(sample)
    assert kept() == first, "nothing had changed"
    officer.press("Ctrl+6", "Delete")
    officer.wait(lambda: officer.notice().startswith("Archived"))
    start()
    assert kept() != first
    newest = max(kept(), key=lambda path: kept()[path])
    copy = tmp_path / "copy.s75desk"
    shutil.copyfile(newest, copy)
    with DeskFile.open(copy) as desk, desk.reading() as connection:
        archived = connection.execute(text("SELECT count(*) FROM action WHERE archived_at IS NOT NULL")).scalar_one()
    assert archived == 1


def test_the_desk_cannot_be_opened_twice_from_one_window(officer: Officer, sample: Path) -> None:
    officer.window.open_desk(sample)
    officer.wait(lambda: officer.window.view is not None and bool(officer.page.table.visible_rows()))
    assert officer.window.bar.desk.accessibleName().startswith("East.s75desk")


def test_long_work_shows_how_far_it_is_and_can_be_stopped(officer: Officer, monkeypatch: pytest.MonkeyPatch) -> None:
    desks = officer.program.desks
    real, go_on = desks.back_up, threading.Event()

    def slow(*, advance: Advance) -> object:
        advance(0.62)
        assert go_on.wait(20)
        return real(advance=advance)

    monkeypatch.setattr(desks, "back_up", slow)
    officer.window.files.back_up()
    sheets = officer.window.findChildren(ProgressSheet)
    assert len(sheets) == 1
    officer._qtbot.waitUntil(sheets[0].isVisible, timeout=10_000)
    assert sheets[0]._count.text() == "62%"
    assert not officer.window.opening.isVisible(), "the window goes on"
    QTest.mouseClick(sheets[0]._cancel, Qt.MouseButton.LeftButton)
    go_on.set()
    officer.wait(lambda: officer.notice().startswith("The backup was stopped."))
    assert desks.backups() == []
    officer.wait(lambda: not officer.window.findChildren(ProgressSheet))
    monkeypatch.undo()
    officer.window.files.back_up()
    officer.wait(lambda: officer.notice().startswith("Backed up: "))
    assert len(desks.backups()) == 1
    assert "Backed up today" in officer.window.bar.backed_up.accessibleName()
