"""The bar above a visit: where, when, how far, whether everything is on the disk, and the way out."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QProgressBar, QSizePolicy, QWidget

from s75desk.domain.errors import DeskError, Rejected
from s75desk.domain.visits.book import VisitBook
from s75desk.domain.wording import plural, weekday_date
from s75desk.ui.theme import Theme
from s75desk.ui.visit.fields import TallButton
from s75desk.ui.visit.jumps import Jumps
from s75desk.ui.visit.roving import tab_through
from s75desk.ui.widgets.announce import announce
from s75desk.ui.widgets.buttons import ToolIcon, make_button
from s75desk.ui.widgets.chip import IconMark
from s75desk.ui.widgets.labels import ElidedLabel, Label
from s75desk.ui.widgets.layouts import boxed, column, row
from s75desk.ui.widgets.surface import Surface

_HIGH = 4.57
_NARROW = 80.0
"""Width in multiples of b below which there is no room for the bar of progress."""
_NARROWEST = 58.0
"""Width in multiples of b below which there is room for one jump alone."""


class VisitHeader(Surface):
    """See the module.

    Signals:
        leave_pressed: Leave visit mode; the visit stays as it is.
        finish_pressed: Go to what is missing, signatures and print.
        areas_pressed: Show the areas, or what they stand in for.
    """

    leave_pressed = Signal()
    finish_pressed = Signal()
    areas_pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("surface", parent)
        self._jumps: Jumps | None = None
        self.back = ToolIcon("chevron_left", "Leave visit mode", key="F11", parent=self)
        self.back.clicked.connect(self.leave_pressed)
        self.areas = TallButton("Areas", "menu", parent=self)
        self.areas.setAccessibleName("Areas and standards")
        self.areas.setCheckable(True)
        self.areas.clicked.connect(self.areas_pressed)
        self.areas.hide()
        self._title = ElidedLabel("", "title", bold=True, parent=self)
        self._subtitle = ElidedLabel("", "visit_small", colour="muted", parent=self)
        self._count = Label("", "visit_small", parent=self)
        self._bar = QProgressBar(self)
        self._bar.setTextVisible(False)
        self._mark = IconMark("tick", "good_text")
        self._saved = Label("", "visit_small", colour="good_text", parent=self)
        self.finish = make_button("Finish visit", "sign", touch=True, parent=self)
        self.finish.clicked.connect(self.finish_pressed)
        progress = boxed(column(self._count, self._bar, gap=5), self)
        progress.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self._progress = progress
        self._pencil = IconMark("pencil", "watch_text", side=15)
        titles = boxed(column(self._title, row(self._pencil, (self._subtitle, 1), gap=5), gap=0), self)
        row(
            self.back,
            self.areas,
            (titles, 1),
            progress,
            8,
            row(self._mark, self._saved, gap=5),
            4,
            self.finish,
            gap=12,
            margins=(12, 0, 16, 0),
            align=Qt.AlignmentFlag.AlignVCenter,
            parent=self,
        )
        self._size()

    def take_jumps(self, jumps: Jumps) -> None:
        """Put the jumps to questions before the progress."""
        layout = self.layout()
        assert isinstance(layout, QBoxLayout)
        self._jumps = jumps
        layout.insertWidget(3, jumps, 0, Qt.AlignmentFlag.AlignVCenter)
        tab_through(self.areas, [*jumps.buttons.values(), self.finish])

    def show_book(self, book: VisitBook) -> None:
        """Say which visit it is and how far it has come."""
        self._title.setText(book.name)
        visit = book.visit
        kind = visit.kind.word if visit.kind else "Quality visit"
        day = visit.made or visit.planned
        provider = book.provider.name if book.provider and book.provider.name != book.name else ""
        parts = (kind, weekday_date(day) if day else "", provider)
        amending = bool(book.versions) and not book.locked
        words = "  ·  ".join(part for part in parts if part)
        if amending:
            because = visit.amended_because or "reason not known"
            words = f"Amending version {book.versions[-1].number}: {because}"
        self._subtitle.setText(words)
        self._subtitle.set_colour("watch_text" if amending else "muted")
        self._pencil.setVisible(amending)
        total, (answered, out) = len(book.body.questions), book.progress
        whole = f"{answered} of {plural(total, 'question')} answered"
        self._count.setText(f"{answered} of {total:,} answered, {out} not asked" if out and answered else whole)
        self._bar.setRange(0, max(1, total))
        self._bar.setValue(answered + out if answered else 0)
        self._bar.setAccessibleName(self._count.text())
        if book.locked:
            number = book.versions[-1].number
            self._show("lock", "muted", f"Signed, version {number}")
        words = "Print, amend" if book.locked else "Finish visit"
        if self.finish.text() != words:
            self.finish.set_words(words)

    def show_areas(self, offered: bool, shown: bool) -> None:
        """Offer the areas where there is no room for them beside the rest; ``shown``: they are on show now."""
        self.areas.setVisible(offered)
        self.areas.setChecked(shown)

    def subtitle(self) -> str:
        """What it says below the name: kind and day of the visit, or that it is being amended and why."""
        return self._subtitle.text()

    def show_saved(self, moment: datetime) -> None:
        """Everything is on the disk since this moment."""
        self._show("tick", "good_text", f"Saved {moment.astimezone():%H:%M:%S}")

    def show_unsaved(self) -> None:
        """Something is on its way to the disk."""
        self._show("clock", "muted", "Saving…")

    def show_trouble(self, trouble: DeskError | Rejected) -> None:
        """Something could not be kept."""
        self._show("warning", "alert_text", "Not saved")
        announce(self, f"Not saved. {trouble}", urgent=True)

    def saved_words(self) -> str:
        """What it says of the disk."""
        return self._saved.text()

    def changeEvent(self, event: QEvent) -> None:
        """Sizes follow the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_progress"):
            self._size()
            self._give_way()

    def _show(self, icon: str, colour: str, words: str) -> None:
        self._mark.set_icon(icon, colour)
        self._saved.set_colour(colour)
        self._saved.setText(words)

    def _size(self) -> None:
        metrics = Theme.of(self).metrics
        self.setFixedHeight(metrics.px(_HIGH))
        self._progress.setFixedWidth(metrics.px(16.57))
        self._saved.setMinimumWidth(metrics.px(7))
        side = metrics.size("touch_minimum")
        self.back.setFixedSize(QSize(side, side))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the bar gives way; the figures of the jumps say the same."""
        super().resizeEvent(event)
        self._give_way()

    def _give_way(self) -> None:
        metrics = Theme.of(self).metrics
        self._progress.setVisible(self.width() >= metrics.px(_NARROW))
        if self._jumps is not None:
            self._jumps.set_few(self.width() < metrics.px(_NARROWEST))
