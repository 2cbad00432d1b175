"""What ``test_random_hand.py`` plays in a process of its own, a seed a process: no test by this name is collected."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtWidgets import QFileDialog

from tests.e2e.driver import Officer
from tests.e2e.random_hand import RandomHand


@pytest.fixture
def no_system_dialogs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The system's file and print boxes answer at once: a new file, no file, no printer."""
    made = iter(range(100_000))

    def new_file(*_: object) -> tuple[str, str]:
        number = next(made)
        return ("", "") if number % 3 == 0 else (str(tmp_path / f"by hand {number}"), "")

    monkeypatch.setattr(QFileDialog, "getSaveFileName", new_file)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("", ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([], ""))
    monkeypatch.setattr(QPrintDialog, "exec", lambda _: QPrintDialog.DialogCode.Rejected)


@pytest.mark.timeout(900)
@pytest.mark.qt_log_ignore("^This plugin does not support")
def test_no_fault_and_a_sound_desk(officer: Officer, no_system_dialogs: None, pytestconfig: pytest.Config) -> None:
    hand = RandomHand(officer.window, lambda: officer.window.worker.busy, pytestconfig.getoption("--hands"))
    hand.act(pytestconfig.getoption("--actions"))
    officer.settle()
    assert officer.window.isVisible()
    if officer.window.view is not None:
        assert officer.office.checks.check().sound
