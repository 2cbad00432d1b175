"""The first page of a fresh start: make a desk, open one, or look round the sample."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from s75desk.domain.errors import DeskError
from s75desk.domain.wording import date_short
from s75desk.ui.itemmodels.cells import Cell, Column
from s75desk.ui.theme import Theme
from s75desk.ui.widgets.buttons import make_button
from s75desk.ui.widgets.empty_state import Clipboard
from s75desk.ui.widgets.error_panel import ErrorPanel
from s75desk.ui.widgets.labels import Label, WrappedLabel
from s75desk.ui.widgets.layouts import boxed, column, row
from s75desk.ui.widgets.surface import Surface
from s75desk.ui.widgets.table import RecordTable

if TYPE_CHECKING:
    from s75desk.services.desk import RecentDesk


def _opened(desk: RecentDesk) -> Cell:
    return Cell(date_short(desk.opened_at.astimezone().date()), sort=desk.opened_at, colour="muted")


COLUMNS: list[Column[RecentDesk]] = [
    Column(
        "name", "Desk", lambda d: Cell(d.name, str(d.path.parent), colour="" if d.present else "muted"), "two_line", 0
    ),
    Column("there", "", lambda d: Cell("" if d.present else "Not there now", colour="muted"), "text", 8),
    Column("opened", "Opened", _opened, "date", 7.5),
]


class WelcomePage(Surface):
    """See the module.

    Signals:
        new_wanted: Make a desk.
        open_wanted: Choose a desk to open.
        demo_wanted: Open the sample desk.
        recent_wanted: Open a desk of the list; carries its path.
        forget_wanted: Take a desk off the list; carries its path.
    """

    new_wanted = Signal()
    open_wanted = Signal()
    demo_wanted = Signal()
    recent_wanted = Signal(object)
    forget_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("canvas", parent)
        self._error = ErrorPanel(parent=self)
        self._error.hide()
        self._error.retry_pressed.connect(self._retry)
        self._failed: Path | None = None
        title = Label("Welcome to s75desk", "title", bold=True)
        text = WrappedLabel(
            "Agreements, providers, visits and KPIs in one file that you own. It needs no signal, saves as you type, "
            "and prints the briefing you leave on the table.",
            colour="muted",
        )
        text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.new_button = make_button("Make a desk", "plus", "primary", key="Ctrl+N")
        self.open_button = make_button("Open a desk…", "file", key="Ctrl+O")
        self.demo_button = make_button("Look round the sample desk", "eye")
        self.new_button.clicked.connect(self.new_wanted)
        self.open_button.clicked.connect(self.open_wanted)
        self.demo_button.clicked.connect(self.demo_wanted)
        self.recent: RecordTable[RecentDesk] = RecordTable(
            "Recent desks", COLUMNS, lambda desk: str(desk.path), multiple=False, header=False, ground="surface"
        )
        self.recent.head.most_lines = 1
        self.recent.activated_row.connect(self._chosen)
        self._forget = make_button("Take off this list", "close", "quiet")
        self._forget.clicked.connect(self._take_off)
        self._panel = Surface("panel", self)
        column(
            row(Label("Recent desks", "heading", bold=True), None, self._forget, margins=(14, 6, 8, 4)),
            (self.recent, 1),
            gap=0,
            margins=1,
            parent=self._panel,
        )
        middle = boxed(
            column(
                row(None, Clipboard(), None),
                8,
                row(None, title, None),
                2,
                row(None, (text, 10), None),
                14,
                row(None, self.new_button, self.open_button, self.demo_button, None, gap=8),
                14,
                self._error,
                self._panel,
                gap=0,
            ),
            self,
        )
        middle.setMaximumWidth(Theme.of(self).metrics.px(52))
        layout = QVBoxLayout(self)
        layout.addStretch(3)
        line = row(None, (middle, 10), None)
        layout.addLayout(line)
        layout.addStretch(4)

    def show_recent(self, desks: Sequence[RecentDesk]) -> None:
        """List the desks opened lately."""
        self.recent.set_rows(desks)
        self._panel.setVisible(bool(desks))
        self.recent.setFixedHeight(min(5, max(1, len(desks))) * self.recent.row_height() + 2)
        if desks:
            self.recent.select_first()
            self.recent.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.new_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_trouble(self, trouble: DeskError | None, path: Path | None = None) -> None:
        """Say what went wrong with making or opening a desk; None takes it away."""
        self._failed = path
        self._error.setVisible(trouble is not None)
        if trouble is not None:
            self._error.set_trouble(trouble)

    def _chosen(self, desk: RecentDesk) -> None:
        self.recent_wanted.emit(desk.path)

    def _take_off(self) -> None:
        desk = self.recent.current_row()
        if desk is not None:
            self.forget_wanted.emit(desk.path)

    def _retry(self) -> None:
        if self._failed is not None:
            self.recent_wanted.emit(self._failed)
        else:
            self.show_trouble(None)
