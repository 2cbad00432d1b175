"""Says above the visits which services are due a visit by frequency or rating, and plans the next one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QPainter, QPaintEvent
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from s75desk.domain.status import Shape
from s75desk.domain.visits.due import SOON
from s75desk.domain.wording import date_long, days_phrase, number
from s75desk.services.visits import OverdueVisit
from s75desk.ui.theme import Theme
from s75desk.ui.widgets.buttons import Button
from s75desk.ui.widgets.chip import ShapeMark
from s75desk.ui.widgets.labels import ElidedLabel, Label
from s75desk.ui.widgets.layouts import row

_MOST = 12
"""Services offered in the menu, the most overdue first."""


class FrequencyStrip(QWidget):
    """Takes no room while no service is overdue or due soon.

    Signals:
        plan_asked: Uid of the service to plan a visit to.

    Args:
        today: The as-at date.
    """

    plan_asked = Signal(str)

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self._loud = False
        self._marks = {shape: ShapeMark(shape, parent=self) for shape in (Shape.WATCH, Shape.PLAN)}
        self._count = Label("", bold=True, parent=self)
        self._longest = ElidedLabel("", parent=self)
        self.button = Button("Plan a visit", "chevron", trailing=True, parent=self)
        self.button.setProperty("ownarrow", True)
        self._only = ""
        self._services = QMenu(self.button)
        self._services.triggered.connect(self._plan)
        self.button.clicked.connect(self._plan_only)
        row(
            *self._marks.values(),
            self._count,
            (self._longest, 1),
            self.button,
            gap=8,
            margins=(20, 5, 20, 5),
            parent=self,
        )
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.hide()

    def set_due(self, overdue: Sequence[OverdueVisit], due: Sequence[OverdueVisit] = ()) -> None:
        """Show other services.

        Args:
            overdue: Those past their date with no visit booked, the most overdue first.
            due: Those whose date is still to come, the soonest first; they are told where none is overdue.
        """
        soon = [one for one in due if one.due is not None and (one.due - self._today).days <= SOON]
        self._loud = bool(overdue)
        shown = list(overdue) or soon
        self._services.clear()
        self.setVisible(bool(shown))
        if not shown:
            return
        first, one = shown[0], len(shown) == 1
        self._only = first.service if one else ""
        self.button.set_words("Plan this visit" if one else "Plan one of these")
        self.button.set_icon("" if one else "chevron")
        self.button.setMenu(None if one else self._services)  # type: ignore[arg-type]  # None takes the menu away
        for shape, mark in self._marks.items():
            mark.setVisible((shape is Shape.WATCH) == self._loud)
        self._count.set_colour("watch_text" if self._loud else "text")
        subject = "1 service is" if one else f"{number(len(shown))} services are"
        said = f"{subject} overdue for a visit" if self._loud else f"{subject} due a visit within {SOON} days"
        which = first.name if one else f"{'The longest' if self._loud else 'The soonest'} is {first.name}"
        self._count.setText(said)
        self._longest.setText(f"and none is booked. {which}: {self._when(first)}.")
        self.setAccessibleName(f"{said}, {self._longest.text()}")
        for gap in shown[:_MOST]:
            action = QAction(f"{gap.name}: {self._when(gap)}".replace("&", "&&"), self._services)
            action.setData(gap.service)
            self._services.addAction(action)
        if len(shown) > _MOST:
            rest = QAction(f"and {number(len(shown) - _MOST)} more", self._services)
            rest.setEnabled(False)
            self._services.addAction(rest)
        if (layout := self.layout()) is not None:
            layout.activate()  # other words want other widths, before they are drawn
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A ground that says whether something should have been done."""
        theme = Theme.of(self)
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("watch_soft" if self._loud else "sunken"))
        painter.setPen(theme.colour("line"))
        painter.drawLine(self.rect().bottomLeft(), self.rect().bottomRight())

    def _when(self, gap: OverdueVisit) -> str:
        """When and why, after the name: "due 3 May 2026, 12 days late, rated Requires improvement on …"."""
        if gap.due is None:
            return gap.because
        return f"due {date_long(gap.due)}, {days_phrase(gap.due, self._today)}: {gap.because}"

    def _plan_only(self) -> None:
        if self._only:
            self.plan_asked.emit(self._only)

    def _plan(self, action: QAction) -> None:
        self.plan_asked.emit(str(action.data()))
