"""Says above the visits which services are past the frequency their agreement asks for, and plans the next visit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QPainter, QPaintEvent
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from s75desk.domain.status import Shape
from s75desk.domain.wording import date_long, number, plural
from s75desk.services.visits import OverdueVisit
from s75desk.ui.theme import Theme
from s75desk.ui.widgets.buttons import Button
from s75desk.ui.widgets.chip import ShapeMark
from s75desk.ui.widgets.labels import ElidedLabel, Label
from s75desk.ui.widgets.layouts import row

_MOST = 12
"""Services offered in the menu, the most overdue first."""


class FrequencyStrip(QWidget):
    """Takes no room while no service is overdue.

    Signals:
        plan_asked: Uid of the service to plan a visit to.

    Args:
        today: The as-at date.
    """

    plan_asked = Signal(str)

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self._count = Label("", bold=True, colour="watch_text", parent=self)
        self._longest = ElidedLabel("", parent=self)
        self.button = Button("Plan a visit", "chevron", trailing=True, parent=self)
        self.button.setProperty("ownarrow", True)
        self._only = ""
        self._services = QMenu(self.button)
        self._services.triggered.connect(self._plan)
        self.button.clicked.connect(self._plan_only)
        row(
            ShapeMark(Shape.WATCH, parent=self),
            self._count,
            (self._longest, 1),
            self.button,
            gap=8,
            margins=(20, 5, 20, 5),
            parent=self,
        )
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.hide()

    def set_overdue(self, overdue: Sequence[OverdueVisit]) -> None:
        """Show other services, the most overdue first."""
        self._services.clear()
        self.setVisible(bool(overdue))
        if not overdue:
            return
        first = overdue[0]
        one = len(overdue) == 1
        self._only = first.service if one else ""
        self.button.set_words("Plan this visit" if one else "Plan one of these")
        self.button.set_icon("" if one else "chevron")
        self.button.setMenu(None if one else self._services)  # type: ignore[arg-type]  # None takes the menu away
        if one:
            said, which = "1 service is past its visit frequency", first.name
        else:
            said = f"{number(len(overdue))} services are past their visit frequency"
            which = f"The longest is {first.name}"
        self._count.setText(said)
        self._longest.setText(f"with no visit booked. {which}: {self._late(first)}.")
        self.setAccessibleName(f"{said}, {self._longest.text()}")
        for gap in overdue[:_MOST]:
            action = QAction(f"{gap.name}: {self._late(gap)}".replace("&", "&&"), self._services)
            action.setData(gap.service)
            self._services.addAction(action)
        if len(overdue) > _MOST:
            rest = QAction(f"and {number(len(overdue) - _MOST)} less overdue", self._services)
            rest.setEnabled(False)
            self._services.addAction(rest)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A ground that says that something is to be done."""
        theme = Theme.of(self)
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("watch_soft"))
        painter.setPen(theme.colour("line"))
        painter.drawLine(self.rect().bottomLeft(), self.rect().bottomRight())

    def _late(self, gap: OverdueVisit) -> str:
        if gap.due is None:
            return f"never visited; every {plural(gap.every_months, 'month')} is asked for"
        return f"due {date_long(gap.due)}, {plural((self._today - gap.due).days, 'day')} late"

    def _plan_only(self) -> None:
        if self._only:
            self.plan_asked.emit(self._only)

    def _plan(self, action: QAction) -> None:
        self.plan_asked.emit(str(action.data()))
