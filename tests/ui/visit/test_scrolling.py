"""What scrolls in a visit: what has the keyboard is in sight, and no more is scrolled away than that takes."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QListWidget, QMainWindow, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from s75desk.ui.visit.shrinking import Scrolling


@pytest.fixture
def area(window: QMainWindow) -> Scrolling:
    inside = QWidget()
    lines = QVBoxLayout(inside)
    for name in ("First", "Middle", "Last"):
        part = QWidget()
        part.setObjectName(name)
        part.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        part.setFixedHeight(200)
        lines.addWidget(part)
    made = Scrolling(inside)
    window.setCentralWidget(made)
    return made


def give_keyboard(area: Scrolling, name: str) -> None:
    area.findChild(QWidget, name).setFocus()  # type: ignore[union-attr]
    QApplication.processEvents()


def grow(area: Scrolling, window: QMainWindow, qtbot: QtBot, high: int) -> None:
    window.resize(400, high)
    qtbot.waitUntil(lambda: window.height() == high)
    QApplication.processEvents()


def test_with_more_room_the_beginning_is_in_sight_again(area: Scrolling, window: QMainWindow, qtbot: QtBot) -> None:
    grow(area, window, qtbot, 230)
    give_keyboard(area, "Middle")
    assert area.verticalScrollBar().value() > 150
    grow(area, window, qtbot, 500)
    assert area.verticalScrollBar().maximum() > 0
    assert area.verticalScrollBar().value() == 0


def test_whoever_scrolled_stays_there(area: Scrolling, window: QMainWindow, qtbot: QtBot) -> None:
    grow(area, window, qtbot, 230)
    give_keyboard(area, "First")
    area.verticalScrollBar().setValue(100)
    grow(area, window, qtbot, 260)
    assert area.verticalScrollBar().value() == 100


def test_a_list_need_not_be_in_sight_as_a_whole(window: QMainWindow, qtbot: QtBot) -> None:
    inside, found = QWidget(), QListWidget()
    found.addItems([str(number) for number in range(40)])
    found.setFixedHeight(300)
    lines = QVBoxLayout(inside)
    lines.addSpacing(60)
    lines.addWidget(found)
    area = Scrolling(inside)
    window.setCentralWidget(area)
    grow(area, window, qtbot, 320)
    found.setFocus()
    QApplication.processEvents()
    assert area.verticalScrollBar().maximum() > 0
    assert area.verticalScrollBar().value() == 0
