"""A desk on a write-protected stick: it can be looked at, checked, exported and printed, and says why not more."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from tests.e2e.conftest import StartOfficer
from tests.unit.models.desk_help import mounted, remount


@pytest.fixture
def stick(sample_file: Path, tmp_path: Path) -> Iterator[Path]:
    with mounted(tmp_path / "stick", "size=24m") as place:
        path = place / "Stick.s75desk"
        shutil.copyfile(sample_file, path)
        remount(place, "ro")
        yield path


def command(*words: object) -> str:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "s75desk", *map(str, words)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_command_line_checks_exports_prints_and_backs_it_up(stick: Path, tmp_path: Path) -> None:
    assert "Sound" in command("check", stick)
    assert "Exported" in command("export", "agreement", "--desk", stick, "-o", tmp_path / "a.csv")
    paper = tmp_path / "a.pdf"
    command("brief", "agreement", "--desk", stick, "--agreement", "S75-2024-OT", "-o", paper)
    assert paper.read_bytes().startswith(b"%PDF-")
    command("backup", stick, "-o", tmp_path / "mine.s75desk")
    assert "Sound" in command("check", tmp_path / "mine.s75desk")


def test_the_window_shows_it_and_lets_nobody_type_what_cannot_be_kept(
    start: StartOfficer, stick: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = stick.read_bytes()
    officer = start(stick)
    officer.wait(lambda: officer.window.view is not None)
    assert officer.window.windowTitle() == "Stick (open to read) – s75desk"
    assert "Nothing can be written" in officer.notice()
    officer.press("Ctrl+2")
    officer.page.table.select_uid(officer.agreement())
    officer.settle()
    officer.press("F2")
    assert officer.page.form.form is None
    assert "open to read" in officer.notice()
    assert not officer.page.record.step_has_keyboard
    officer.press("Ctrl+N")
    assert officer.page.form.form is None

    target = tmp_path / "Mine.s75desk"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    officer.window.files.back_up_to()
    officer.wait(target.exists)
    assert stick.read_bytes() == before
