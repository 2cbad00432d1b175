"""The commands of menu, finder and keys: one list, no key given twice, every entry does something."""

from __future__ import annotations

from collections import Counter

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu, QWidget
from pytestqt.qtbot import QtBot

from s75desk.ui.window.commands import GROUPS, Command, make_menu


def test_a_menu_has_a_part_for_every_group_and_shows_the_keys(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    done: list[str] = []
    dark = [False]
    commands = [
        Command("Desk", "Open & close", lambda: done.append("open"), "Ctrl+O"),
        Command("View", "Dark", lambda: done.append("dark"), checked=lambda: dark[0]),
    ]
    menu = make_menu(commands, window)
    parts = [action.menu() for action in menu.actions()]
    assert [action.text() for action in menu.actions()] == list(GROUPS)
    desk, view = parts[0], parts[GROUPS.index("View")]
    assert isinstance(desk, QMenu)
    assert isinstance(view, QMenu)
    entry = desk.actions()[0]
    native = QKeySequence("Ctrl+O").toString(QKeySequence.SequenceFormat.NativeText)
    assert entry.text() == f"Open && close\t{native}"
    assert entry.shortcut().isEmpty(), "the window listens to the key; the menu only shows it"
    entry.trigger()
    assert done == ["open"]
    for so in (True, False):
        dark[0] = so
        view.aboutToShow.emit()
        assert view.actions()[0].isChecked() is so


def test_no_key_is_given_twice(qtbot: QtBot) -> None:
    from s75desk.ui.window.keys import _ON_A_DESK

    counted = Counter(key for key, _, _ in _ON_A_DESK)
    assert [key for key, count in counted.items() if count > 1] == []
