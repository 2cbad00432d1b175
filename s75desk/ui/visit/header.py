"""The bar above a visit: where, when, how far, whether everything is on the disk, and the way out."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QProgressBar, QSizePolicy, QWidget

from s75desk.domain.errors import DeskError, Rejected
from s75desk.domain.visits.book import VisitBook
from s75desk.domain.wording import plural, weekday_date
from s75desk.ui.theme import Theme
from s75desk.ui.widgets.announce import announce
from s75desk.ui.widgets.buttons import ToolIcon, make_button
from s75desk.ui.widgets.chip import IconMark
from s75desk.ui.widgets.labels import ElidedLabel, Label
from s75desk.ui.widgets.layouts import boxed, column, row
from s75desk.ui.widgets.surface import Surface

_HIGH = 4.57


class VisitHeader(Surface):
    """See the module.

    Signals:
        leave_pressed: Leave visit mode; the visit stays as it is.
        finish_pressed: Go to what is missing, signatures and print.
    """

    leave_pressed = Signal()
    finish_pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("surface", parent)
        self.back = ToolIcon("chevron_left", "Leave visit mode", key="F11", parent=self)
        self.back.clicked.connect(self.leave_pressed)
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
        titles = boxed(column(self._title, self._subtitle, gap=0), self)
        row(
            self.back,
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

    def take_jumps(self, jumps: QWidget) -> None:
        """Put the jumps to questions before the progress."""
        layout = self.layout()
        assert isinstance(layout, QBoxLayout)
        layout.insertWidget(2, jumps, 0, Qt.AlignmentFlag.AlignVCenter)

    def show_book(self, book: VisitBook, answered: int, total: int) -> None:
        """Say which visit it is and how far it has come."""
        self._title.setText(book.name)
        visit = book.visit
        kind = visit.kind.word if visit.kind else "Quality visit"
        day = visit.made or visit.planned
        provider = book.provider.name if book.provider and book.provider.name != book.name else ""
        parts = (kind, weekday_date(day) if day else "", provider)
        self._subtitle.setText("  ·  ".join(part for part in parts if part))
        self._count.setText(f"{answered} of {plural(total, 'question')} answered")
        self._bar.setRange(0, max(1, total))
        self._bar.setValue(answered)
        self._bar.setAccessibleName(self._count.text())
        if book.locked:
            number = book.versions[-1].number
            self._show("lock", "muted", f"Signed, version {number}")
            self.finish.set_words("Print, amend")
        else:
            self.finish.set_words("Finish visit")

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
