"""A random hand at the window finds no fault: the log stays clean, the window alive and the desk sound.

``--hands 20`` plays as many seeds, ``--actions 2000`` so many actions each. ``tests/e2e/hand_at_a_real_window.py`` does
the same in a real window.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtWidgets import QFileDialog

from tests.e2e.driver import Officer
from tests.e2e.random_hand import RandomHand


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "seed" in metafunc.fixturenames:
        metafunc.parametrize("seed", range(1, 1 + metafunc.config.getoption("--hands")))


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
def test_no_fault_and_a_sound_desk(
    officer: Officer, seed: int, no_system_dialogs: None, pytestconfig: pytest.Config
) -> None:
    hand = RandomHand(officer.window, lambda: officer.window.worker.busy, seed)
    hand.act(pytestconfig.getoption("--actions"))
    officer.settle()
    assert officer.window.isVisible()
    if officer.window.view is not None:
        assert officer.office.checks.check().sound
