"""The bar at the bottom: saved when, backed up when, which desk, as-at date."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QStatusBar, QWidget

from s75desk.domain.wording import date_short, plural, weekday_date
from s75desk.ui.theme import Theme
from s75desk.ui.widgets.chip import IconMark
from s75desk.ui.widgets.labels import Label
from s75desk.ui.widgets.layouts import boxed, row

if TYPE_CHECKING:
    from s75desk.services.desk import DeskStatus
    from s75desk.services.workplace import Workplace
    from s75desk.ui.window.viewed_day import ViewedDay


class _Part(QWidget):
    """An icon and a few words."""

    def __init__(self, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = IconMark(icon, side=14, parent=self)
        self._words = Label("", "caption", colour="muted", parent=self)
        row(self._icon, self._words, gap=5, parent=self)
        self.hide()

    def say(self, words: str) -> None:
        """Show other words; nothing for ""."""
        self._words.setText(words)
        self.setAccessibleName(words)
        self.setVisible(bool(words))

    def set_icon(self, icon: str) -> None:
        """Show another icon."""
        self._icon.set_icon(icon)


class _Day(_Part):
    """The as-at day; a press asks for another."""

    pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("calendar", parent)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip("As at another day (Ctrl+T)")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Any press on it."""
        super().mousePressEvent(event)
        self.pressed.emit()


class StatusBar(QStatusBar):
    """See the module."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        self.saved = _Part("tick")
        self.backed_up = _Part("backup")
        self.desk = _Part("file")
        self.as_at = _Day()
        self.addWidget(boxed(row(12, self.saved, self.backed_up, self.desk, gap=18)))
        self.addPermanentWidget(boxed(row(self.as_at, 12)))
        self._dress()

    def follow(self, day: ViewedDay, read: Callable[[], object]) -> None:
        """Say which day it is: have the bar read anew when it turns, and another one asked for where it stands."""
        day.turned.connect(read)
        day.stands = self.as_at
        self.as_at.pressed.connect(day.choose)

    def show_desk(self, status: DeskStatus, place: Workplace) -> None:
        """Say which desk is open, when it was backed up, and as at which day it is shown."""
        self.desk.set_icon("lock" if status.encrypted else "file")
        kept = "encrypted" if status.encrypted else "not encrypted"
        self.desk.say(f"{status.path.name}, {kept}{', open to read' if status.read_only else ''}")
        self.backed_up.say(_backed_up(status, place.today()))
        self.backed_up.setToolTip(status.place_trouble or _proven(status))
        self.as_at.say(f"As at {weekday_date(place.day())}")

    def show_saved(self, at: datetime) -> None:
        """Say when something was last saved (UTC)."""
        self.saved.say(f"Saved {at.astimezone():%H:%M:%S}")

    def clear_desk(self) -> None:
        """Say nothing: no desk is open."""
        for part in (self.saved, self.backed_up, self.desk, self.as_at):
            part.say("")

    def changeEvent(self, event: QEvent) -> None:
        """The height follows the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._dress()

    def _dress(self) -> None:
        self.setFixedHeight(Theme.of(self).metrics.size("status_bar"))


def _backed_up(status: DeskStatus, today: date) -> str:
    last = status.last_backup
    if last is None:
        return "Not backed up yet"
    local = last.at.astimezone()
    day = "today" if local.date() == today else date_short(local.date())
    said = f"Backed up {day} {local:%H:%M}"
    if status.proven is not None:
        proven = status.proven.astimezone().date()
        said += f", proven to open {'today' if proven == today else date_short(proven)}"
    return f"{said}, not in the second place" if status.place_trouble else said


def _proven(status: DeskStatus) -> str:
    if status.proven is None:
        return "No backup has been opened to prove it yet"
    return f"A backup was opened and read: {plural(status.held, 'row')} counted in it"
