"""The editor for a date: type it as people do, or pick it from a calendar."""

from __future__ import annotations

from datetime import MAXYEAR, MINYEAR, date, timedelta

from PySide6.QtCore import QDate, QEvent, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCharFormat
from PySide6.QtWidgets import (
    QApplication,
    QCalendarWidget,
    QFrame,
    QLineEdit,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from s75desk.domain.fields import Field
from s75desk.domain.parsing import NotUnderstood, parse_date
from s75desk.domain.wording import date_long
from s75desk.ui.forms.editors import Editor
from s75desk.ui.theme import Theme
from s75desk.ui.widgets.announce import announce
from s75desk.ui.widgets.buttons import ToolIcon
from s75desk.ui.widgets.labels import WrappedLabel
from s75desk.ui.widgets.layouts import row

_WIDE = 9.3
_GAP = 2
_ACROSS, _DOWN = 7, 8
"""Days of a week; the weeks of a month, the names of the days and the arrows above them."""


class CalendarPopup(QFrame):
    """A month to pick a day from; Esc closes it, and a letter or figure goes on to where the day is typed.

    Signals:
        picked: The day.

    Args:
        parent: What it belongs to.
        typed_in: The line for typing the day: that of the field, or none, and the calendar has a line of its own.
    """

    picked = Signal(object)

    def __init__(self, parent: QWidget, typed_in: QLineEdit | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("surface", "popup")
        self._least = 0
        self.calendar = QCalendarWidget()
        self.calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self.calendar.setGridVisible(False)
        self.calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.calendar.setHorizontalHeaderFormat(QCalendarWidget.HorizontalHeaderFormat.ShortDayNames)
        self.calendar.clicked.connect(self._pick)
        self.calendar.activated.connect(self._pick)
        self.calendar.setDateEditEnabled(False)  # the toolkit's own box knows other ways to write a day than ours
        self._today = date.min
        self._line = typed_in or QLineEdit(self)
        self._own_line = typed_in is None
        self._refusal = WrappedLabel("", "caption", colour="alert_text", parent=self)
        self._refusal.hide()
        self._arrows = [self.calendar.findChild(QToolButton, f"qt_calendar_{name}month") for name in ("prev", "next")]
        for arrow, words in zip(self._arrows, ("The month before", "The month after"), strict=True):
            if arrow is not None:
                arrow.setToolTip(words)
                arrow.setAccessibleName(words)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        if self._own_line:
            self._line.setAccessibleName("Day")
            self._line.setPlaceholderText("Type a day, for instance 31/3/24")
            self._line.returnPressed.connect(self._pick_typed)
            self._line.textEdited.connect(self._refusal.hide)
            layout.setContentsMargins(8, 8, 8, 8)
            layout.addWidget(self._line)
            layout.addWidget(self._refusal)
        layout.addWidget(self.calendar)
        for part in (self.calendar, *self.calendar.findChildren(QTableView), self._line):
            part.installEventFilter(self)

    def set_least(self, side: int) -> None:
        """Make every day and every arrow at least so wide and high, in pixels; 0 for as small as the letters allow."""
        self._least = side

    def open_for(self, day: date, today: date, below: QWidget) -> None:
        """Show the month of ``day`` below a widget."""
        self._today = today
        theme = Theme.of(self)
        plain, muted, marked = QTextCharFormat(), QTextCharFormat(), QTextCharFormat()
        plain.setForeground(theme.colour("text"))
        muted.setForeground(theme.colour("muted"))
        marked.setFontUnderline(True)
        for weekend in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            self.calendar.setWeekdayTextFormat(weekend, muted)
        self.calendar.setHeaderTextFormat(muted)
        self.calendar.setDateTextFormat(QDate(today.year, today.month, today.day), marked)
        self.calendar.setSelectedDate(QDate(day.year, day.month, day.day))
        self.calendar.setMinimumSize(_ACROSS * self._least, _DOWN * self._least)
        for arrow in self._arrows:
            if arrow is not None and self._least:
                arrow.ensurePolished()  # the style sheet has a size of its own for it, each time it is put on
                arrow.setMinimumSize(self._least, self._least)
        self.adjustSize()
        self.move(self._place(below))
        self.show()
        (self._line if self._own_line else self.calendar).setFocus(Qt.FocusReason.PopupFocusReason)
        if self._own_line:
            self._line.clear()
            self._refusal.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What is typed belongs into the line; from its own line Down goes into the month."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if watched is self._line:
            if self._own_line and event.key() == Qt.Key.Key_Down:
                self.calendar.setFocus(Qt.FocusReason.OtherFocusReason)
                return True
            return False
        if not event.text().strip() or not event.text().isprintable():
            return False
        if not self._own_line:
            self.hide()
        self._line.setFocus(Qt.FocusReason.OtherFocusReason)
        self._line.selectAll()
        QApplication.sendEvent(self._line, event)
        return True

    def _place(self, beside: QWidget) -> QPoint:
        """Below a widget, or above it where there is no room below; never beyond the window."""
        window = beside.window()
        around = QRect(window.mapToGlobal(QPoint(0, 0)), window.size())
        field = QRect(beside.mapToGlobal(QPoint(0, 0)), beside.size())
        lowest = around.y() + around.height() - self.height()
        x = min(field.x(), around.x() + around.width() - self.width())
        y = field.y() + field.height() + _GAP
        if y > lowest:
            above = field.y() - _GAP - self.height()
            y = above if above >= around.y() else lowest
        return QPoint(max(around.x(), x), max(around.y(), y))

    def _pick_typed(self) -> None:
        try:
            day = parse_date(self._line.text(), self._today)
        except NotUnderstood as trouble:
            self._refusal.setText(trouble.reason)
            self._refusal.show()
            self.adjustSize()
            announce(self, trouble.reason, urgent=True)
            return
        self._pick(QDate(day.year, day.month, day.day))

    def _pick(self, day: QDate) -> None:
        if not day.isValid() or not MINYEAR <= day.year() <= MAXYEAR:
            return
        self.hide()
        self.picked.emit(date(day.year(), day.month(), day.day()))


class DateEditor(Editor):
    """A date as text, written in full when the keyboard leaves.

    Up and Down go a day on or back, Alt+Down opens the calendar.
    """

    def __init__(self, field: Field, *, today: date, parent: QWidget | None = None) -> None:
        super().__init__(field, today=today, parent=parent)
        self.edit = QLineEdit()
        self.take_input(self.edit)
        self.edit.textEdited.connect(self._edited)
        self.button = ToolIcon("calendar", "Choose a date", key="Alt+Down")
        self.button.setAccessibleName(f"Choose a date for {field.label}")
        self.button.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.button.clicked.connect(self._open)
        self._popup: CalendarPopup | None = None
        self._least = 0
        row(self.edit, self.button, None, gap=8, parent=self)
        self._size()

    def set_least(self, side: int) -> None:
        """Have its button, and each day of the calendar, at least so wide and high, in pixels."""
        self._least = side
        self.button.setMinimumSize(side, side)
        if self._popup is not None:
            self._popup.set_least(side)

    def text(self) -> str:
        """What was typed."""
        return self.edit.text()

    def set_text(self, text: str) -> None:
        """Put typed text back."""
        if text != self.edit.text():
            self.edit.setText(text)
            self.changed.emit()

    def normalise(self) -> None:
        """Write the date in full: "1/4/26" becomes "1 April 2026"."""
        day = self._day()
        if day is not None:
            self.set_text(date_long(day))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows move the date."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self._arrow(event):
            return True
        return super().eventFilter(watched, event)

    def changeEvent(self, event: QEvent) -> None:
        """Width follows the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "edit"):
            self._size()

    def _arrow(self, event: QKeyEvent) -> bool:
        step = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()))
        if step is None:
            return False
        if event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self._open()
            return True
        day = self._day()
        if day is None:
            return False
        self.set_text(date_long(day + timedelta(days=step)))
        return True

    def _day(self) -> date | None:
        try:
            return parse_date(self.edit.text(), self.today) if self.edit.text().strip() else None
        except NotUnderstood:
            return None

    def _open(self) -> None:
        if self._popup is None:
            self._popup = CalendarPopup(self, self.edit)
            self._popup.picked.connect(self._picked)
            self._popup.set_least(self._least)
        self._popup.open_for(self._day() or self.today, self.today, self.edit)

    def _picked(self, day: date) -> None:
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self.set_text(date_long(day))

    def _edited(self) -> None:
        self.changed.emit()

    def _size(self) -> None:
        self.edit.setFixedWidth(Theme.of(self).metrics.px(_WIDE))
