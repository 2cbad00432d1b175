"""The coming days of the Overview: five working days with what falls on them, other weeks, the way to a calendar."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from s75desk.domain.attention import Day
from s75desk.domain.wording import date_long, short_dates
from s75desk.ui.widgets.agenda import Agenda, Entry
from s75desk.ui.widgets.agenda import Day as AgendaDay
from s75desk.ui.widgets.buttons import ToolIcon
from s75desk.ui.widgets.labels import Label
from s75desk.ui.widgets.layouts import column, row
from s75desk.ui.widgets.surface import Hairline, Surface

_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


class Coming(Surface):
    """See the module.

    Signals:
        opened: An entry was pressed: the ``Entry``.
        moved: Other days are asked for: their first, or None for today.
        calendar_asked: The dates are to be saved for a calendar.

    Attributes:
        agenda: The days.
    """

    opened = Signal(object)
    moved = Signal(object)
    calendar_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("panel", parent)
        self._weeks = 0
        self._today: date | None = None
        self.agenda = Agenda(parent=self)
        self.agenda.opened.connect(self.opened)
        self._title = Label("This week", "heading", bold=True)
        out = ToolIcon("export", "Save the dates for a calendar")
        earlier, later = ToolIcon("chevron_left", "A week earlier"), ToolIcon("chevron_right", "A week later")
        out.clicked.connect(self.calendar_asked)
        earlier.clicked.connect(self._earlier)
        later.clicked.connect(self._later)
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget()
        inside.setObjectName("scrolled")
        column(self.agenda, None, gap=0, parent=inside)
        scroll.setWidget(inside)
        head = row(self._title, None, out, earlier, later, gap=0)
        column(head, Hairline(), (scroll, 1), gap=6, margins=(14, 6, 10, 8), parent=self)

    def show_days(self, days: Sequence[Day], today: date) -> None:
        """Show days."""
        self._today = today
        self.agenda.set_days(agenda_days(days, today))

    def _earlier(self) -> None:
        self._move(-1)

    def _later(self) -> None:
        self._move(1)

    def _move(self, weeks: int) -> None:
        if self._today is None:
            return
        self._weeks += weeks
        first = self._today + timedelta(weeks=self._weeks)
        self._title.setText(f"From {short_dates(date_long(first))}" if self._weeks else "This week")
        self.moved.emit(first if self._weeks else None)


def agenda_days(days: Sequence[Day], today: date) -> list[AgendaDay]:
    """The days as the agenda draws them, each week after this one under a heading of its own."""
    shown: list[AgendaDay] = []
    week = None
    for found in days:
        monday = found.day - timedelta(days=found.day.weekday())
        before = ""
        if week is not None and monday != week:
            ahead = (monday - (today - timedelta(days=today.weekday()))).days // 7
            before = "Next week" if ahead == 1 else f"Week of {short_dates(date_long(monday))}"
        week = monday
        entries = tuple(Entry(e.icon, e.text, e.remark, e.kind, e.uid) for e in found.entries)
        shown.append(
            AgendaDay(f"{_WEEKDAYS[found.day.weekday()]} {found.day.day}", entries, found.day == today, before)
        )
    return shown
