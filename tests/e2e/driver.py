"""Hands on the keyboard: drives the program's window as an officer does, by keys, and waits for its answers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from s75desk.app import Program
from s75desk.services.office import Office
from s75desk.ui.navigation import Destination

PATIENCE_MS = 30_000


class Officer:
    """Works one program.

    Attributes:
        program: The program.
        window: Its window.
    """

    def __init__(self, program: Program, qtbot: QtBot) -> None:
        self.program = program
        self.window = program.window
        self._qtbot = qtbot

    # Waiting

    def settle(self) -> None:
        """Wait until every answer of the worker has been delivered."""
        self._qtbot.waitUntil(lambda: not self.window.worker.busy, timeout=PATIENCE_MS)
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

    def wait(self, for_what: Callable[[], Any]) -> None:
        """Wait until something is so."""
        self._qtbot.waitUntil(lambda: bool(for_what()), timeout=PATIENCE_MS)
        self.settle()

    # Keys

    @property
    def focus(self) -> QWidget:
        """The widget that has the keyboard."""
        active = QApplication.activeWindow()
        if (active is None or not active.isVisible()) and QApplication.activePopupWidget() is None:
            # No window manager is there to activate the window below a dialog or a list that has closed.
            below = QApplication.activeModalWidget() or self.window
            below.activateWindow()
            self._qtbot.waitUntil(below.isActiveWindow)
        found = QApplication.focusWidget()
        assert found is not None, "nothing has the keyboard"
        return found

    def press(self, *sequences: str) -> None:
        """Press keys one after the other: "Ctrl+2", "Tab", "Shift+F6"."""
        for sequence in sequences:
            combination = QKeySequence(sequence)[0]
            QTest.keyClick(self.focus, combination.key(), combination.keyboardModifiers())
            self.settle()

    def type(self, text: str) -> None:
        """Type where the keyboard is."""
        QTest.keyClicks(self.focus, text)

    def tab_to(self, name: str, *, most: int = 80) -> QWidget:
        """Press Tab until a control whose name begins so has the keyboard."""
        passed = []
        for _ in range(most):
            QTest.keyClick(self.focus, Qt.Key.Key_Tab)
            if self.focus.accessibleName().startswith(name):
                return self.focus
            passed.append(self.focus.accessibleName())
        raise AssertionError(f"Tab does not reach {name}; it passes {', '.join(dict.fromkeys(passed))}")

    def fill(self, name: str, text: str) -> None:
        """Go on with Tab to a field of a form and type into it."""
        self.tab_to(name)
        self.type(text)

    # Places

    @property
    def view(self) -> Any:
        """The open desk in the window."""
        assert self.window.view is not None, "no desk is open"
        return self.window.view

    @property
    def page(self) -> Any:
        """The page on show."""
        return self.view.current()

    @property
    def office(self) -> Office:
        """The services of the open desk."""
        office: Office = self.view.operations.office
        return office

    def go(self, page: str, uid: str = "", sub: str = "", **rest: str) -> Any:
        """Go to a place, as a link does."""
        self.view.go(Destination(page, uid, sub, **rest))
        self.settle()
        return self.page

    def agreement(self, reference: str = "S75-2024-OT") -> str:
        """Uid of an agreement."""
        found = self.office.agreements.by_reference(reference)
        assert found is not None
        return found.uid

    @property
    def form(self) -> Any:
        """The form on show."""
        form = self.page.form.form
        assert form is not None, "no form is open"
        return form

    def dialog(self) -> Any:
        """The dialog that is open."""
        self._qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), QDialog), timeout=PATIENCE_MS)
        found = QApplication.activeModalWidget()
        assert isinstance(found, QDialog)
        found.activateWindow()
        self._qtbot.waitUntil(lambda: found.isActiveWindow() and QApplication.focusWidget() is not None)
        return found

    def notice(self) -> str:
        """What the notice says; "" without one."""
        notice = self.window.view.notice if self.window.view is not None else self.window.notice
        return str(notice.words)

    def words(self, table: Any) -> list[tuple[str, ...]]:
        """What a table shows, line by line."""
        return list(table.visible_grid()[1:])
