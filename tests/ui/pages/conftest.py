"""What tests of pages stand on: a real desk, its services, the worker, and pages put into a window of a fixed size."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from s75desk.domain.changes import Changes
from s75desk.domain.errors import DeskError, Rejected
from s75desk.domain.working import Working
from s75desk.models.desk_file import DeskFile
from s75desk.paths import resource
from s75desk.services.office import Office
from s75desk.services.sample_desk import fill
from s75desk.services.workplace import Workplace
from s75desk.ui.bus import Bus
from s75desk.ui.navigation import Destination, Navigator
from s75desk.ui.operations import Operations
from s75desk.ui.pages.context import Context
from s75desk.ui.theme import Theme
from s75desk.ui.worker import Worker

TODAY = date(2026, 2, 2)
WHO = "contract compliance officer"


class MemorySettings:
    """Settings that last as long as the test."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}

    def get(self, key: str) -> str | None:
        """The text kept under a key, or None."""
        return self.kept.get(key)

    def set(self, key: str, value: str) -> None:
        """Keep a text under a key."""
        self.kept[key] = value


@dataclass
class Recorder:
    """What reached the window: workings, wishes to be elsewhere, words of notices, trouble."""

    workings: list[Working] = field(default_factory=list)
    wanted: list[Destination] = field(default_factory=list)
    said: list[Changes] = field(default_factory=list)
    trouble: list[DeskError] = field(default_factory=list)
    refused: list[Rejected] = field(default_factory=list)
    crashed: list[BaseException] = field(default_factory=list)

    def show_working(self, working: Working, where: QRect) -> None:
        """Take the place of the floating sheet."""
        self.workings.append(working)


@pytest.fixture(scope="session")
def sample_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed desk filled with the sample as at ``TODAY``; copied for every test that asks for one."""
    path = tmp_path_factory.mktemp("sample") / "sample.s75desk"
    desk = DeskFile.create(path)
    try:
        fill(_workplace(desk), resource("sample"))
    finally:
        desk.close()
    return path


@pytest.fixture
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[DeskFile]:
    """An open desk: the sample, or an empty one for a test marked with ``empty_desk``."""
    path = tmp_path / "desk" / "east.s75desk"
    path.parent.mkdir()
    if "empty_desk" in request.fixturenames:
        opened = DeskFile.create(path)
    else:
        shutil.copyfile(request.getfixturevalue("sample_file"), path)
        opened = DeskFile.open(path)
    yield opened
    opened.close()


@pytest.fixture
def empty_desk() -> None:
    """Ask for this to have a desk with nothing in it."""


@pytest.fixture
def office(desk: DeskFile) -> Office:
    """The services of the desk, as at ``TODAY``."""
    return Office(_workplace(desk))


@pytest.fixture
def recorder() -> Recorder:
    """What reached the window."""
    return Recorder()


@pytest.fixture
def context(qapp: object, office: Office, recorder: Recorder) -> Iterator[Context]:
    """What the window hands to its pages; the worker ends with the test."""
    Theme.of()
    worker, bus, navigator = Worker(), Bus(), Navigator()
    operations = Operations(office, bus, worker)
    navigator.wanted.connect(recorder.wanted.append)
    bus.said.connect(recorder.said.append)
    operations.trouble.connect(recorder.trouble.append)
    operations.refused.connect(recorder.refused.append)
    operations.crashed.connect(recorder.crashed.append)
    yield Context(operations, navigator, MemorySettings(), recorder.show_working)
    worker.stop()
    assert recorder.crashed == [], "our own fault on the way"


@pytest.fixture
def settle(qtbot: QtBot, context: Context) -> Callable[[], None]:
    """Wait until every answer of the worker has been delivered."""

    def wait() -> None:
        qtbot.waitUntil(lambda: not context.operations.worker.busy, timeout=30_000)

    return wait


PageFactory = Callable[..., Any]


@pytest.fixture
def page_factory(qtbot: QtBot, context: Context, settle: Callable[[], None]) -> PageFactory:
    """Make a page, show it 1366 by 694 (the window less its bars) and wait until it has read its rows.

    ``page_factory(ProvidersPage)``; further arguments go to the page, ``size`` gives another size.
    """

    def make(cls: type[QWidget], *args: Any, size: tuple[int, int] = (1366, 694), **named: Any) -> Any:
        page = cls(context, *args, **named)
        qtbot.addWidget(page)
        page.resize(*size)
        page.show()
        qtbot.waitExposed(page)
        page.activateWindow()
        settle()
        return page

    return make


class Keyboard:
    """Presses keys where the keyboard is, as an officer without a pointer would."""

    def __init__(self, settle: Callable[[], None]) -> None:
        self._settle = settle

    @property
    def at(self) -> QWidget:
        """The widget that has the keyboard."""
        found = QApplication.focusWidget()
        assert found is not None, "nothing has the keyboard"
        return found

    def type(self, text: str) -> Keyboard:
        """Type letters, each where the keyboard is by then."""
        for letter in text:
            QTest.keyClicks(self.at, letter)
        return self

    def press(self, *keys: str) -> Keyboard:
        """Press keys one after another: "Tab", "Ctrl+Return"; waits for what they started."""
        for key in keys:
            combination = QKeySequence(key)[0]
            QTest.keyClick(self.at, combination.key(), combination.keyboardModifiers())
            self._settle()
        return self

    def walk_to(self, name: str, key: str = "Tab", most: int = 80) -> Keyboard:
        """Press a key until a widget of this accessible name has the keyboard."""
        for _ in range(most):
            if self.at.accessibleName() == name:
                return self
            self.press(key)
        raise AssertionError(f"the keyboard does not reach {name!r}")


@pytest.fixture
def keyboard(settle: Callable[[], None]) -> Keyboard:
    """Keys for whatever has the keyboard."""
    return Keyboard(settle)


def _workplace(desk: DeskFile) -> Workplace:
    seconds = itertools.count()
    begin = datetime(2026, 2, 2, 9, 41, tzinfo=UTC)
    return Workplace(desk, WHO, today=lambda: TODAY, now=lambda: begin + timedelta(seconds=next(seconds)))
