"""The ring is for the keyboard only."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QFocusFrame,
    QLineEdit,
    QMainWindow,
    QMenu,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from s75desk.ui.theme import Theme
from s75desk.ui.widgets import focus_ring
from s75desk.ui.widgets.focus_ring import FocusRing
from s75desk.ui.widgets.styling import set_look


@pytest.fixture
def ring(qapp: QApplication, theme: Theme) -> Iterator[FocusRing]:
    made = FocusRing(qapp)
    yield made
    qapp.focusChanged.disconnect(made._moved)
    made.deleteLater()


@pytest.fixture
def parts(window: QMainWindow, qtbot: QtBot, ring: FocusRing) -> tuple[QPushButton, QPushButton, QLineEdit]:
    one, two, field = QPushButton("One"), QPushButton("Two"), QLineEdit()
    layout = QVBoxLayout(window.centralWidget())
    for part in (one, two, field):
        layout.addWidget(part)
    qtbot.waitUntil(field.isVisible)
    return one, two, field


def test_tab_brings_it_and_the_pointer_does_not(
    parts: tuple[QPushButton, QPushButton, QLineEdit], ring: FocusRing, qtbot: QtBot
) -> None:
    one, two, _ = parts
    qtbot.mouseClick(one, Qt.MouseButton.LeftButton)
    assert one.hasFocus()
    assert ring.around() is None
    qtbot.keyClick(one, Qt.Key.Key_Tab)
    assert ring.around() is two
    qtbot.mouseClick(one, Qt.MouseButton.LeftButton)
    assert one.hasFocus()
    assert ring.around() is None
    qtbot.keyClick(one, Qt.Key.Key_Tab)
    qtbot.keyClick(two, Qt.Key.Key_Backtab)
    assert ring.around() is one


def test_it_stands_clear_of_the_control(
    parts: tuple[QPushButton, QPushButton, QLineEdit], ring: FocusRing, window: QMainWindow, qtbot: QtBot, theme: Theme
) -> None:
    one, two, _ = parts
    one.setFocus()
    qtbot.keyClick(one, Qt.Key.Key_Tab)
    shown = window.grab().toImage()
    corner = two.mapTo(window, two.rect().topLeft())
    middle = corner.y() + two.height() // 2
    assert shown.pixelColor(corner.x() - 2, middle) == theme.colour("focus")
    assert shown.pixelColor(corner.x() - 3, middle) == theme.colour("focus")
    assert shown.pixelColor(corner.x() - 1, middle) != theme.colour("focus")


def test_fields_show_focus_themselves_unless_a_fault_has_their_edge(
    parts: tuple[QPushButton, QPushButton, QLineEdit], ring: FocusRing, qtbot: QtBot
) -> None:
    _, two, field = parts
    two.setFocus()
    qtbot.keyClick(two, Qt.Key.Key_Tab)
    assert field.hasFocus()
    assert ring.around() is None
    set_look(field, "state", "fault")
    two.setFocus()
    qtbot.keyClick(two, Qt.Key.Key_Tab)
    assert ring.around() is field


def test_a_part_that_goes_takes_the_ring_along(
    parts: tuple[QPushButton, QPushButton, QLineEdit], ring: FocusRing, qtbot: QtBot
) -> None:
    one, two, _ = parts
    one.setFocus()
    qtbot.keyClick(one, Qt.Key.Key_Tab)
    assert ring.around() is two
    two.hide()
    two.deleteLater()
    qtbot.waitUntil(lambda: ring.around() is None)


def test_what_was_used_last_decides_where_qt_does_not_know(
    parts: tuple[QPushButton, QPushButton, QLineEdit], ring: FocusRing, window: QMainWindow, qtbot: QtBot
) -> None:
    one, two, _ = parts
    handle = window.windowHandle()
    QTest.keyClick(handle, Qt.Key.Key_Control)
    one.setFocus()
    assert ring.around() is one, "a key of the program moved it"
    QTest.mouseClick(handle, Qt.MouseButton.LeftButton, pos=QPoint(1, 1))
    two.setFocus()
    assert ring.around() is None, "a press moved it"


def test_what_is_scrolled_into_sight_has_it(window: QMainWindow, ring: FocusRing, qtbot: QtBot) -> None:
    area, page = QScrollArea(), QWidget()
    inner = QVBoxLayout(page)
    first, last = QPushButton("First"), QPushButton("Last")
    inner.addWidget(first)
    inner.addSpacing(3000)
    inner.addWidget(last)
    area.setWidget(page)
    area.setWidgetResizable(True)
    window.setCentralWidget(area)
    qtbot.waitUntil(first.isVisible)
    first.setFocus()
    qtbot.keyClick(first, Qt.Key.Key_Tab)
    area.ensureWidgetVisible(last)
    assert ring.around() is last
    frame = ring._frame
    assert frame is not None
    assert frame.geometry().contains(QRect(last.mapTo(area.viewport(), QPoint(0, 0)), last.size()))


def test_it_is_not_cut_off_by_the_box_the_control_stands_in(
    window: QMainWindow, ring: FocusRing, qtbot: QtBot, theme: Theme
) -> None:
    area, page, box = QScrollArea(), QWidget(), QWidget()
    inner = QVBoxLayout(box)
    inner.setContentsMargins(0, 0, 0, 0)
    first, button = QPushButton("First"), QPushButton("Flush")
    inner.addWidget(first)
    inner.addWidget(button)
    outer = QVBoxLayout(page)
    outer.addWidget(box)
    area.setWidget(page)
    area.setWidgetResizable(True)
    window.setCentralWidget(area)
    qtbot.waitUntil(button.isVisible)
    first.setFocus()
    qtbot.keyClick(first, Qt.Key.Key_Tab)
    shown = window.grab().toImage()
    corner = button.mapTo(window, button.rect().topLeft())
    assert shown.pixelColor(corner.x() - 2, corner.y() + button.height() // 2) == theme.colour("focus")


@pytest.mark.qt_log_ignore("^This plugin does not support")
def test_a_menu_has_no_ring_and_leaves_the_ring_whole(
    parts: tuple[QPushButton, QPushButton, QLineEdit], ring: FocusRing, qtbot: QtBot
) -> None:
    one, two, _ = parts
    one.setFocus()
    qtbot.keyClick(one, Qt.Key.Key_Tab)
    assert ring.around() is two
    menu = QMenu(one)
    menu.addMenu("More").addAction("Open")
    menu.popup(one.mapToGlobal(QPoint(0, 0)))
    ring._moved(two, menu)  # the offscreen platform gives no keyboard to menus
    assert ring.around() is None
    menu.close()
    ring._keys_last = True
    ring._moved(menu, two)
    assert ring.around() is two
    menu.deleteLater()


def test_a_ring_that_goes_while_it_is_shown_is_not_touched_again(
    parts: tuple[QPushButton, QPushButton, QLineEdit], ring: FocusRing, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Showing a frame may move the keyboard, and the ring is told of it before the frame is on show."""
    one, _, _ = parts
    one.setFocus()
    raised = []

    class Shy(QFocusFrame):
        def setVisible(self, shown: bool) -> None:
            if shown:
                ring._moved(one, None)

        def raise_(self) -> None:
            raised.append(self)

    monkeypatch.setattr(focus_ring, "_Frame", lambda _style: Shy())
    ring._keys_last = True
    ring._moved(None, one)
    assert ring.around() is None
    assert not raised
