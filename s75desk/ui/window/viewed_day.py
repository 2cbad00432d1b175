"""Which day the window shows: another one that the officer chooses, or today, which turns with the clock."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from s75desk.domain.records import KINDS
from s75desk.domain.wording import date_long
from s75desk.ui.window.as_at_band import AsAtBand

if TYPE_CHECKING:
    from s75desk.ui.forms.date_editor import CalendarPopup
    from s75desk.ui.window.desk_view import DeskView

_LOOK_EVERY_MS = 15_000


class ViewedDay(QObject):
    """Chooses the as-at day, and has every view made anew when it turns.

    Signals:
        turned: Another day is shown.

    Args:
        view: The open desk.

    Attributes:
        band: Says so while it is not today.
        stands: Where the window says the day while that is today; it is asked for there.
    """

    turned = Signal()

    def __init__(self, view: DeskView) -> None:
        super().__init__(view)
        self._view = view
        self._place = view.operations.office.place
        self._shown = self._place.day()
        self._calendar: CalendarPopup | None = None
        self.stands: QWidget | None = None
        self.band = AsAtBand(view)
        self.band.chooser_asked.connect(self.choose)
        self.band.today_asked.connect(self.back_to_today)
        self.band.step_asked.connect(self.step)
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look_at_clock)
        self._timer.start()

    @property
    def another(self) -> date | None:
        """The day shown while it is not today, else None."""
        return self._place.another_day

    def toggle(self) -> None:
        """Choose a day; from another day, back to today."""
        if self.another is None:
            self.choose()
        else:
            self.back_to_today()

    def choose(self) -> None:
        """Ask for the day: typed, or picked from a month."""
        if self._calendar is None:
            from s75desk.ui.forms.date_editor import CalendarPopup

            self._calendar = CalendarPopup(self._view)
            self._calendar.picked.connect(self.show)
        anchor = self.band.chooser if self.another is not None else self.stands or self._view.top_bar
        self._calendar.open_for(self._place.day(), self._place.today(), anchor)

    def back_to_today(self) -> None:
        """Show today."""
        self.show(None)

    def show(self, day: date | None) -> None:
        """Show the desk as at a day; None, or today, to go with the clock."""
        self._place.looks_at(day)
        self._turn()

    def step(self, by: int) -> None:
        """To the day before or after the one shown on which something of the record on show changed."""
        if self._view.visits.mode is not None:
            return

        def go(days: Sequence[date]) -> None:
            shown = self._place.day()
            place = bisect_left(days, shown) - 1 if by < 0 else bisect_right(days, shown)
            if 0 <= place < len(days):
                self.show(days[place])
            else:
                when = "before" if by < 0 else "after"
                self._view.notice.say(f"Nothing here changed {when} {date_long(shown)}.", icon="info")

        self._with_days(go)

    def look_at_clock(self) -> None:
        """Turn the views when the day has changed; not while something is being entered, which would be set aside."""
        if self.another is None and self._place.today() != self._shown and not self._view.entering():
            self._turn()

    def _turn(self) -> None:
        self._shown = self._place.day()
        self.band.show_day(self.another, self._place.today())
        self._view.make_pages_anew()
        self.turned.emit()

    def _with_days(self, take: Callable[[Sequence[date]], None]) -> None:
        record = getattr(self._view.current(), "record", None)
        kind, uid = getattr(record, "kind", ""), getattr(record, "uid", "")
        if not uid or kind not in KINDS:
            self._view.notice.say("Open a record to go from one of its changes to the next.", icon="info")
            return
        records = self._view.operations.office.records
        self._view.operations.read(self, lambda: records.days_of_change(KINDS[kind], uid), take)
