"""A whole program in a folder of its own, on 2 February 2026, closed properly after every test."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QCursor, QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from s75desk.app import Program
from s75desk.models.desk_file import DeskFile
from s75desk.paths import resource
from s75desk.services.sample_desk import fill
from s75desk.services.workplace import Workplace
from tests.e2e.driver import Officer

TODAY = date(2026, 2, 2)
NOW = datetime(2026, 2, 2, 9, 41, 7, tzinfo=UTC)

StartOfficer = Callable[..., Officer]

_HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The offscreen platform grabs no keyboard for menus and lists of completions, and says so each time."""
    for item in items:
        if item.path.is_relative_to(_HERE):
            item.add_marker(pytest.mark.qt_log_ignore("^This plugin does not support grabbing", extend=True))


@pytest.fixture(scope="session")
def sample_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed desk filled with the sample; copied for every test that asks for one."""
    path = tmp_path_factory.mktemp("sample") / "sample.s75desk"
    desk = DeskFile.create(path)
    try:
        fill(Workplace(desk, "contract compliance officer", lambda: TODAY, lambda: NOW), resource("sample"))
    finally:
        desk.close()
    return path


@pytest.fixture
def start(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[StartOfficer]:
    """Start the program: ``start()`` shows the welcome page, ``start(path)`` opens a desk.

    Every start of one test uses the same data folder, as the same officer would.
    """
    running: list[Officer] = []

    def close(officer: Officer) -> None:
        window = officer.window
        window.close()
        qtbot.waitUntil(lambda: not window.isVisible(), timeout=10_000)
        officer.program.clear_away()
        window.deleteLater()
        officer.program.theme.set_choice("light")
        officer.program.theme.set_text_scale(1.0)
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        running.remove(officer)

    def begin(desk: Path | None = None, *, size: tuple[int, int] | None = (1366, 768)) -> Officer:
        for officer in list(running):
            close(officer)
        program = Program(qapp, tmp_path / "data", lambda: TODAY, lambda: NOW)
        program.theme.set_choice("light")
        if size is not None:
            program.window.resize(*size)
        officer = Officer(program, qtbot)
        running.append(officer)
        QCursor.setPos(2000, 2000)  # where nothing lies under it
        with qtbot.waitExposed(program.window), qtbot.waitSignal(program.window.painted, timeout=10_000):
            program.window.start(desk)
        program.window.activateWindow()
        qtbot.waitUntil(program.window.isActiveWindow)
        officer.settle()
        return officer

    yield begin
    for officer in list(running):
        close(officer)
    # The offscreen clipboard outlives the interpreter, and what Python put on it would be destroyed too late.
    QGuiApplication.clipboard().clear()


@pytest.fixture
def sample(sample_file: Path, tmp_path: Path) -> Path:
    """A desk of the test's own, filled with the sample."""
    path = tmp_path / "desks" / "East.s75desk"
    path.parent.mkdir()
    shutil.copyfile(sample_file, path)
    return path


@pytest.fixture
def officer(start: StartOfficer, sample: Path) -> Officer:
    """An officer with the sample desk open on its Overview."""
    return start(sample)
