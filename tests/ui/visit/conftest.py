"""What tests of visit mode stand on: the kit's theme and window, an empty clipboard, and visits that fill a window."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QClipboard, QGuiApplication
from PySide6.QtWidgets import QApplication, QMainWindow
from pytestqt.qtbot import QtBot

from s75desk.models.desk_file import DeskFile
from s75desk.services.office import Office
from s75desk.ui.pages.context import Context
from s75desk.ui.theme import Theme
from s75desk.ui.visit.mode import VisitMode
from s75desk.ui.widgets.focus_ring import FocusRing
from tests.e2e.conftest import start
from tests.e2e.visit_desk import office_of
from tests.ui.kit.conftest import theme, window
from tests.ui.pages.conftest import Keyboard, context, keyboard, recorder, settle
from tests.ui.visit.visit_help import Visits, make_desk

__all__ = ["context", "keyboard", "recorder", "settle", "start", "theme", "window"]


@pytest.fixture
def clipboard(qapp: QApplication) -> Iterator[QClipboard]:
    """The clipboard, which is shared by all tests."""
    board = QGuiApplication.clipboard()
    board.clear()
    yield board
    board.clear()


@pytest.fixture(scope="session")
def visits_file(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Visits]:
    """A closed desk with visits in every state, and their uids; copied for every test that asks for one."""
    path = tmp_path_factory.mktemp("visits") / "visits.s75desk"
    return path, make_desk(path)


@pytest.fixture
def visits(visits_file: tuple[Path, Visits]) -> Visits:
    """Uids of the visits of the desk."""
    return visits_file[1]


@pytest.fixture
def desk(visits_file: tuple[Path, Visits], tmp_path: Path) -> Iterator[DeskFile]:
    """An open desk of the test's own."""
    path = tmp_path / "desk" / "visits.s75desk"
    path.parent.mkdir()
    shutil.copyfile(visits_file[0], path)
    with DeskFile.open(path) as opened:
        yield opened


@pytest.fixture
def office(desk: DeskFile) -> Office:
    """Its services."""
    return office_of(desk)


class Hand:
    """A visit in a window, and hands on its keys.

    Attributes:
        mode: The visit mode.
        window: The window it fills.
    """

    def __init__(self, mode: VisitMode, window: QMainWindow, keyboard: Keyboard, qtbot: QtBot) -> None:
        self.mode = mode
        self.window = window
        self._keyboard = keyboard
        self._qtbot = qtbot

    @property
    def at(self) -> Any:
        """What has the keyboard."""
        return self._keyboard.at

    @property
    def name(self) -> str:
        """What a screen reader calls what has the keyboard."""
        return self.at.accessibleName()

    def go(self, place: str) -> Hand:
        """Go to a place of the visit."""
        self.mode.go(place)
        self.rest()
        return self

    def press(self, *keys: str) -> Hand:
        """Press keys, one after another."""
        self._keyboard.press(*keys)
        self.rest()
        return self

    def type(self, text: str) -> Hand:
        """Type letters where the keyboard is."""
        self._keyboard.type(text)
        return self

    def walk_to(self, name: str, key: str = "Tab") -> Hand:
        """Press Tab until a control of this name has the keyboard."""
        self._keyboard.walk_to(name, key)
        return self

    def rest(self) -> None:
        """Let the window show what was done, and the disk have it."""
        self.wait(lambda: not self.mode.context.operations.worker.busy)
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        QApplication.processEvents()

    def wait(self, so: Callable[[], object]) -> None:
        """Wait until something is so."""
        self._qtbot.waitUntil(lambda: bool(so()), timeout=10_000)

    def kept(self, code: str) -> Any:
        """The answer to a question as a window would find it if it were opened now."""
        self.mode.session.settle()
        self.rest()
        return self.mode.context.office.visiting.open(self.mode.session.visit).book.answer(code)


OpenVisitMode = Callable[..., Hand]


@pytest.fixture
def at_visit(
    qtbot: QtBot, theme: Theme, context: Context, visits: Visits, keyboard: Keyboard, settle: Callable[[], None]
) -> Iterator[OpenVisitMode]:
    """Open a visit in a window: ``at_visit(place)``; ``visit`` names another than today's, ``size`` another size."""
    opened: list[Hand] = []
    ring = FocusRing(QApplication.instance())

    def close() -> None:
        for hand in opened:
            hand.mode.stop()
            settle()
            hand.window.close()
            hand.window.deleteLater()
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        opened.clear()

    def begin(place: str = "", visit: str = "", size: tuple[int, int] = (1366, 768)) -> Hand:
        close()
        uid = visit or visits.today
        visiting = context.office.visiting
        visiting.start(uid)
        window = QMainWindow()
        window.resize(*size)
        mode = VisitMode(context, visiting.open(uid), window)
        window.setCentralWidget(mode)
        hand = Hand(mode, window, keyboard, qtbot)
        opened.append(hand)
        with qtbot.waitExposed(window):
            window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        if place:
            mode.go(place)
        mode.take_keyboard()
        hand.rest()
        return hand

    yield begin
    close()
    QApplication.instance().focusChanged.disconnect(ring._moved)  # type: ignore[union-attr]
    ring.deleteLater()
