"""A desk left open at a provider's table is locked by one key or by itself, and comes back as it was left."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from s75desk.models.desk_file import DeskFile
from s75desk.models.passphrase import change_passphrase
from s75desk.ui.window import desk_lock
from tests.e2e.conftest import StartOfficer
from tests.e2e.driver import Officer

SECRET = "correct horse battery"


@pytest.fixture
def officer(start: StartOfficer, sample_file: Path, tmp_path: Path) -> Officer:
    """At an encrypted desk."""
    path = tmp_path / "Desk at a table.s75desk"
    shutil.copyfile(sample_file, path)
    with DeskFile.open(path) as desk:
        change_passphrase(desk, SECRET)
    officer = start(path)
    officer.dialog()
    officer.type(SECRET)
    officer.press("Return")
    officer.wait(lambda: officer.window.view is not None)
    return officer


def unlock(officer: Officer, secret: str = SECRET) -> None:
    assert officer.window.lock.page.isAncestorOf(officer.focus), "the field has the keyboard"
    officer.type(secret)
    officer.press("Return")


def shown(officer: Officer) -> str:
    """Every word that can be seen."""
    labels = [label for label in officer.window.findChildren(QLabel) if label.isVisible()]
    return " ".join([officer.window.windowTitle(), *(label.text() for label in labels)])


def test_one_key_locks_and_only_the_passphrase_goes_on(officer: Officer) -> None:
    officer.press("Ctrl+2")
    officer.page.table.select_uid(officer.agreement())
    officer.settle()
    before = officer.focus
    officer.press("F12")
    assert officer.window.lock.locked
    assert "Occupational" not in shown(officer)
    assert "Desk at a table" not in shown(officer), "not even its name"
    for key in (
        "Ctrl+K",
        "Ctrl+3",
        "Ctrl+P",
        "Ctrl+N",
        "F2",
        "F11",
        "F1",
        "Ctrl+O",
        "Ctrl+W",
        "Ctrl+Z",
        "Esc",
        "Alt+Left",
    ):
        officer.press(key)
        assert officer.window.stack.currentWidget() is officer.window.lock.page, key
        assert QApplication.activePopupWidget() is None
    unlock(officer, "another horse battery")
    assert officer.window.lock.locked
    assert officer.window.lock.page.message.isVisible()
    unlock(officer)
    assert not officer.window.lock.locked
    assert officer.window.stack.currentWidget() is officer.window.view
    assert officer.page is officer.view.page("agreements")
    assert officer.focus is before
    assert officer.window.windowTitle() == "Desk at a table – s75desk"


def test_what_was_being_typed_is_there_again(officer: Officer) -> None:
    officer.press("Ctrl+2")
    officer.page.table.select_uid(officer.agreement())
    officer.settle()
    officer.press("F2")
    officer.wait(lambda: officer.page.form.form is not None)
    officer.tab_to("People covered")
    officer.type("Adults of Ely")
    field = officer.focus
    officer.press("F12")
    unlock(officer)
    assert officer.focus is field
    officer.type(" and March")
    officer.press("Ctrl+Return")
    officer.wait(lambda: officer.page.form.form is None)


def test_a_visit_comes_back_at_its_question(officer: Officer) -> None:
    uid, _ = next(pair for pair in officer.office.records.lookup("visit") if "Pellgate House" in pair[1])
    officer.view.visits.open(uid, "8.3")
    officer.wait(lambda: officer.view.visits.mode is not None)
    mode = officer.view.visits.mode
    assert mode.place == "8.3"
    officer.window.lock.lock()
    officer.settle()
    assert not mode.isVisible()
    unlock(officer)
    assert officer.view.visits.mode is mode
    assert mode.isVisible()
    assert mode.place == "8.3"
    assert officer.window.bar.isHidden(), "a visit has a bar of its own"


def test_dialogs_sheets_and_menus_go(officer: Officer) -> None:
    officer.press("Ctrl+K")
    officer.window.change_passphrase()
    officer.dialog()
    officer.window.lock.lock()
    officer.settle()
    assert QApplication.activeModalWidget() is None
    assert not officer.view.finder.isVisible()
    unlock(officer)


def test_it_locks_itself_after_idle_minutes(officer: Officer, monkeypatch: pytest.MonkeyPatch) -> None:
    lock = officer.window.lock
    now = [1_000_000.0]
    monkeypatch.setattr(desk_lock.time, "time", lambda: now[0])
    lock.set_minutes(5)
    now[0] += 299
    lock.look()
    assert not lock.locked
    QTest.keyClick(officer.window.windowHandle(), Qt.Key.Key_Tab)  # somebody is there
    now[0] += 299
    lock.look()
    assert not lock.locked
    now[0] += 1
    lock.look()
    assert lock.locked
    unlock(officer)
    lock.set_minutes(0)
    now[0] += 1e6
    lock.look()
    assert not lock.locked


def test_a_desk_without_a_passphrase_says_what_to_do(start: StartOfficer, sample: Path) -> None:
    officer = start(sample)
    officer.press("F12")
    assert not officer.window.lock.locked
    assert "Passphrase" in officer.notice()


def test_a_locked_desk_can_be_left(officer: Officer) -> None:
    officer.press("F12")
    officer.window.close()
    officer.wait(lambda: not officer.window.isVisible())
    assert not officer.program.desks.is_open


def test_a_passphrase_that_is_tried_as_the_desk_closes_is_no_fault(officer: Officer) -> None:
    officer.press("F12")
    officer.window.close_desk()
    officer.wait(lambda: officer.window.view is None)
    officer.window.lock.page.given.emit(SECRET)
    officer.settle()
    assert not officer.window.lock.locked
