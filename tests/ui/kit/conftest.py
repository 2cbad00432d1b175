"""What the tests of the kit stand on: a theme, rows of a made-up class, and a window to hold parts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget
from pytestqt.qtbot import QtBot

from s75desk.domain.status import Shape, Status
from s75desk.domain.working import Figure, Line, Working
from s75desk.ui.itemmodels.cells import Cell, Column
from s75desk.ui.theme import Theme

WORKING = Working("£746,000 a year", (Line("Council", "£372,000"), Line("NHS partner", "£374,000")), "They are added.")


@dataclass(frozen=True)
class Home:
    """A row of a made-up list."""

    uid: str
    name: str
    town: str
    beds: int | None = None
    seen: date | None = None
    shape: Shape = Shape.GOOD
    word: str = "Green"


HOMES = (
    Home("a", "Saltern Lodge", "Ely", 28, date(2026, 1, 9), Shape.WATCH, "Amber"),
    Home("b", "Élan Court", "March", 9, date(2025, 12, 1)),
    Home("c", "Home 10", "Ely", None, None, Shape.UNKNOWN, "Not known"),
    Home("d", "Home 2", "Wisbech", 100, date(2026, 2, 1), Shape.ALERT, "Red"),
)


def home_columns() -> list[Column[Home]]:
    return [
        Column("name", "Home", lambda row: Cell(row.name, sub=row.town), "two_line"),
        Column(
            "beds",
            "Beds",
            lambda row: Cell(str(row.beds), sort=row.beds) if row.beds is not None else Cell("Not known"),
            "number",
            width=6,
        ),
        Column(
            "seen",
            "Last seen",
            lambda row: Cell(f"{row.seen:%d %m %Y}", sort=row.seen) if row.seen else Cell("Not known"),
            "date",
            width=8,
        ),
        Column("risk", "Risk", lambda row: Cell(status=Status(row.shape, row.word)), "status", width=9),
        Column(
            "fee",
            "Fee",
            lambda row: Cell(figure=Figure("£746,000", WORKING if row.uid == "b" else None)),
            "figure",
            width=8,
        ),
        Column("step", "Next step", lambda row: Cell("Open risk"), "link", width=8),
    ]


class KeptSettings:
    """Settings kept in a dictionary."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}

    def get(self, key: str) -> str | None:
        return self.kept.get(key)

    def set(self, key: str, value: str) -> None:
        self.kept[key] = value


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    """A light theme without motion, so that nothing is still moving when a test looks."""
    theme = Theme.of()
    theme.set_choice("light")
    theme.set_text_scale(1.0)
    yield theme
    theme.set_choice("light")
    theme.set_text_scale(1.0)


@pytest.fixture
def window(qtbot: QtBot, theme: Theme) -> QMainWindow:
    """A shown window with an empty middle."""
    shown = QMainWindow()
    qtbot.addWidget(shown)
    shown.setCentralWidget(QWidget())
    shown.resize(QSize(1200, 760))
    with qtbot.waitExposed(shown):
        shown.show()
    shown.activateWindow()
    qtbot.waitUntil(shown.isActiveWindow)
    return shown
