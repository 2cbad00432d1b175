"""The band that says the desk is shown as at another day: which, what that means, and the ways to others."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from s75desk.domain.wording import date_long
from s75desk.ui.theme import Theme
from s75desk.ui.widgets.surface import Surface

_MEANS = "What was so and known on that day. Nothing can be changed here."
_AHEAD = "As planned for that day. Nothing can be changed here."


class AsAtBand(Surface):
    """Ink across the window, so that another day is never taken for today.

    Signals:
        chooser_asked: Another day is to be chosen.
        step_asked: To the next change before (-1) or after (1) the day.
        today_asked: Back to today.
    """

    chooser_asked = Signal()
    step_asked = Signal(int)
    today_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("ink", parent)
        self._mark = QLabel(self)
        self._day = QLabel(self)
        self._day.setProperty("bold", True)
        self._means = QLabel(self)
        self._before = self._button("chevron_left", "", "The change before this day (Alt+Page Up)")
        self._before.clicked.connect(lambda: self.step_asked.emit(-1))
        self._choose = self._button("calendar", "Another day", "Choose another day")
        self._choose.clicked.connect(self.chooser_asked)
        self._after = self._button("chevron_right", "", "The change after this day (Alt+Page Down)")
        self._after.clicked.connect(lambda: self.step_asked.emit(1))
        self.back = self._button("", "Back to today", "Back to today (Ctrl+T)")
        self.back.setProperty("kind", "on_ink_first")
        self.back.clicked.connect(self.today_asked)
        self._line = QHBoxLayout(self)
        for label in (self._mark, self._day, self._means):
            self._line.addWidget(label)
        self._line.addStretch(1)
        for button in (self._before, self._choose, self._after, self.back):
            self._line.addWidget(button)
        self._dress()
        self.hide()

    @property
    def chooser(self) -> QWidget:
        """Where the calendar opens."""
        return self._choose

    def show_day(self, day: date | None, today: date) -> None:
        """Say which day is shown; nothing while it is today."""
        self.setVisible(day is not None)
        if day is None:
            return
        words = f"As at {date_long(day)}"
        means = _AHEAD if day > today else _MEANS
        self._day.setText(words)
        self._means.setText(means)
        self._means.setToolTip(means)
        self._choose.setText(date_long(day))
        self._choose.setAccessibleName(f"Another day than {date_long(day)}")
        self.setAccessibleName(f"{words}. {means}")

    def changeEvent(self, event: QEvent) -> None:
        """Sizes and icons follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_line"):
            self._dress()

    def _button(self, icon: str, words: str, name: str) -> QPushButton:
        button = QPushButton(words, self)
        button.setProperty("kind", "on_ink")
        button.setProperty("picture", icon)
        button.setAccessibleName(name.partition(" (")[0])
        button.setToolTip(name)
        button.setAutoDefault(False)
        return button

    def _dress(self) -> None:
        theme = Theme.of(self)
        side = theme.icons.size
        side_gap, gap = theme.metrics.space(16), theme.metrics.space(6)
        self._line.setContentsMargins(side_gap, gap, side_gap, gap)
        self._line.setSpacing(theme.metrics.space(8))
        self._mark.setPixmap(theme.icons.pixmap("history", "surface"))
        for button in (self._before, self._choose, self._after):
            button.setIcon(theme.icons.icon(str(button.property("picture")), "surface"))
            button.setIconSize(QSize(side, side))
