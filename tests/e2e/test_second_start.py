"""A second start with a desk that is open brings its window to the front and ends; one with another desk goes on."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from s75desk.ui.window.one_window import OneWindow, called_to_front
from tests.e2e.conftest import StartOfficer
from tests.e2e.driver import Officer


def listening(officer: Officer) -> OneWindow:
    """What listens for calls to the officer's desk."""
    found = officer.window.findChild(OneWindow)
    assert isinstance(found, OneWindow)
    return found


def test_the_window_that_has_the_desk_comes_to_the_front(
    officer: Officer, sample: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    officer.window.showMinimized()
    with qtbot.waitSignal(listening(officer).called, timeout=10_000):
        done = subprocess.run(
            [sys.executable, "-m", "s75desk", str(sample)],
            env=os.environ | {"S75DESK_DATA": str(tmp_path / "data"), "QT_QPA_PLATFORM": "offscreen"},
            timeout=60,
            check=False,
        )
    assert done.returncode == 0
    assert not officer.window.windowState() & Qt.WindowState.WindowMinimized
    assert list((tmp_path / "data" / "open").glob("*.call")) == [], "the call was answered"


def test_a_desk_that_no_window_has_is_opened(officer: Officer, sample: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    assert called_to_front(data, sample)
    assert not called_to_front(data, sample.with_name("West.s75desk"))
    officer.window.close_desk()
    officer.settle()
    assert not called_to_front(data, sample), "the window has left it"


def test_another_name_of_the_file_is_the_same_desk(officer: Officer, sample: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.s75desk"
    link.symlink_to(sample)
    assert called_to_front(tmp_path / "data", link)


def test_a_data_folder_that_takes_nothing_changes_nothing(tmp_path: Path) -> None:
    blocked = tmp_path / "a file"
    blocked.write_bytes(b"")
    assert not called_to_front(blocked, tmp_path / "East.s75desk")


def test_a_lock_that_a_crash_left_holds_nobody_up(start: StartOfficer, sample: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    leave = (
        "import os, sys; from pathlib import Path; from s75desk.ui.window.one_window import _lock;"
        "lock = _lock(Path(sys.argv[1]), Path(sys.argv[2])); assert lock.tryLock(0); os._exit(9)"
    )
    subprocess.run([sys.executable, "-c", leave, str(data), str(sample)], check=False, timeout=60)
    assert list((data / "open").glob("*.lock")), "it was left"
    assert not called_to_front(data, sample)
    officer = start(sample)
    assert called_to_front(data, sample)
    officer.settle()


@pytest.fixture(autouse=True)
def _data(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("S75DESK_LOGS", str(tmp_path / "logs"))
