"""Everything the officer can do from the menu, by a key or through the finder: one list for all three."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import shiboken6
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget


@dataclass(frozen=True)
class Command:
    """One thing that can be done.

    Attributes:
        group: Sub-menu it stands in: "Desk", "Record", "Go", "View", "Help".
        words: A verb and its object: "Back up now".
        do: Does it.
        key: Portable key sequence, or "".
        icon: Icon in the finder.
        checked: For a choice among several: whether it is the one in force.
        apart: Whether a line in the menu sets it apart from what stands above it.
    """

    group: str
    words: str
    do: Callable[[], object]
    key: str = ""
    icon: str = "command"
    checked: Callable[[], bool] | None = None
    apart: bool = False


GROUPS = ("Desk", "Record", "Go", "View", "Help")


def make_menu(commands: Sequence[Command], parent: QWidget) -> QMenu:
    """The menu of all commands, a sub-menu a group. Keys are shown; the window's shortcuts listen to them."""
    menu = QMenu(parent)
    for group in GROUPS:
        part = menu.addMenu(group)
        one_of = QActionGroup(parent)
        asked: list[tuple[QAction, Command]] = []
        for command in commands:
            if command.group == group:
                if command.apart and part.actions():
                    part.addSeparator()
                action = _action(command, parent)
                part.addAction(action)
                if action.isCheckable():
                    one_of.addAction(action)  # so that the one in force has its tick, and only that
                    asked.append((action, command))
        part.aboutToShow.connect(_refresh(asked))
    return menu


def _action(command: Command, parent: QWidget) -> QAction:
    """Of the window: the binding may forget a sub-menu, and what belongs to it, while the menu is still there."""
    action = QAction(command.words.replace("&", "&&"), parent)
    if command.key:
        # Shown only: the window owns the key, as the menu is not always there to hear it.
        native = QKeySequence(command.key).toString(QKeySequence.SequenceFormat.NativeText)
        action.setText(f"{action.text()}\t{native}")
    if command.checked is not None:
        action.setCheckable(True)
        action.setProperty("asks", True)
    action.setData(command)
    action.triggered.connect(_runner(command))
    return action


def _runner(command: Command) -> Callable[[bool], None]:
    def run(_: bool = False) -> None:
        command.do()

    return run


def _refresh(asked: Sequence[tuple[QAction, Command]]) -> Callable[[], None]:
    def refresh() -> None:
        for action, command in asked:
            if shiboken6.isValid(action) and command.checked is not None:
                action.setChecked(command.checked())

    return refresh
