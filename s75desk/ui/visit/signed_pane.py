"""A signed visit: what it came to, its versions, what prints it, and the way to amend it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from s75desk.domain.records import VisitVersion
from s75desk.domain.visits.book import VisitBook
from s75desk.domain.visits.levels import VisitRating
from s75desk.domain.visits.standing import open_words, standing
from s75desk.domain.wording import moment_text
from s75desk.ui.theme import Theme
from s75desk.ui.visit.fields import TallLine
from s75desk.ui.visit.shrinking import Scrolling
from s75desk.ui.widgets.announce import announce
from s75desk.ui.widgets.buttons import make_button
from s75desk.ui.widgets.chip import StatusChip
from s75desk.ui.widgets.labels import Label, WrappedLabel
from s75desk.ui.widgets.layouts import column, row
from s75desk.ui.widgets.surface import Surface

_NARROW = 54.0
"""Width in multiples of b below which the buttons stand below each other."""


class SignedPane(Surface):
    """See the module.

    Signals:
        print_sheet: Print the feedback sheet.
        save_sheet: Save the feedback sheet as a PDF.
        save_report: Save the visit report as a PDF.
        amend_pressed: Begin an amendment; carries the reason.
        leave_pressed: Leave visit mode.
    """

    print_sheet = Signal()
    save_sheet = Signal()
    save_report = Signal()
    amend_pressed = Signal(str)
    leave_pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("canvas", parent)
        self._title = Label("", "visit_question", bold=True, parent=self)
        self._chip_row = row(gap=0)
        self._chip: StatusChip | None = None
        self._reasons = WrappedLabel("", "visit_body", parent=self)
        self.printing = make_button("Print the feedback sheet", "briefing", "primary", touch=True, parent=self)
        self.saving = make_button("Save the feedback sheet", "file", touch=True, parent=self)
        self.report = make_button("Save the visit report", "file", touch=True, parent=self)
        self.leaving = make_button("Leave", "chevron_left", touch=True, parent=self)
        self._said = WrappedLabel("", "visit_body", parent=self)
        self._versions = WrappedLabel("", "visit_small", parent=self, selectable=True)
        self.reason = TallLine("Why it is amended", "why it is amended; printed with the new version", self)
        self.amend = make_button("Amend the visit", "pencil", touch=True, parent=self)
        self._refusal = WrappedLabel("", "visit_small", colour="alert_text", parent=self)
        self._refusal.hide()
        amending = Surface("well", self)
        column(
            Label("Something has to change?", "visit_body", bold=True),
            WrappedLabel("The signed version is kept as it is. Amending opens the visit again, and signing it anew "
                         "makes the next version, with what changed field by field.", "visit_small"),
            row((self.reason, 1), self.amend, gap=10),
            self._refusal,
            gap=6,
            margins=(16, 12, 16, 12),
            parent=amending,
        )  # fmt: skip
        self._buttons = row(self.printing, self.saving, self.report, None, gap=10)
        inside = QWidget()
        column(
            self._title,
            self._chip_row,
            self._reasons,
            10,
            self._buttons,
            self._said,
            14,
            Label("Signed versions", "visit_small", bold=True),
            self._versions,
            14,
            amending,
            None,
            row(self.leaving, None),
            gap=6,
            margins=(24, 14, 24, 12),
            parent=inside,
        )
        column((Scrolling(inside, parent=self), 1), gap=0, parent=self)
        self._number = 0
        self.printing.clicked.connect(self.print_sheet)
        self.saving.clicked.connect(self.save_sheet)
        self.report.clicked.connect(self.save_report)
        self.leaving.clicked.connect(self.leave_pressed)
        self.amend.clicked.connect(self._amend)
        self.reason.returnPressed.connect(self._amend)

    def show_book(self, book: VisitBook, rating: VisitRating) -> None:
        """Show a signed visit."""
        newest = book.versions[-1]
        if newest.number != self._number:
            self._number = newest.number or 0
            self.reason.clear()
            self._said.setText("")
            self._refusal.hide()
        self._title.setText(f"Signed, version {newest.number}")
        overall = rating.overall
        status = standing(overall, signed=True)
        if self._chip is None:
            self._chip = StatusChip(status, "visit_body", parent=self)
            self._chip_row.put(self._chip)
            self._chip_row.put(None)
        self._chip.set_status(status)
        told = [*overall.reasons, open_words(overall, signed=True)]
        self._reasons.setText(" ".join(f"{words.rstrip('.')}." for words in told if words))
        self._versions.setText("\n".join(_lines(book.versions)))

    def begin(self, words: str) -> None:
        """Say what led here; a reason given before is no reason for the next amendment."""
        self.reason.clear()
        self.say(words)

    def say(self, words: str) -> None:
        """Say what was printed or saved."""
        self._said.setText(words)
        announce(self, words)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the buttons stand below each other."""
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        """Sizes follow the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_buttons"):
            self._arrange()

    def _arrange(self) -> None:
        narrow = self.width() < Theme.of(self).metrics.px(_NARROW)
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._buttons.setDirection(down if narrow else across)

    def said(self) -> str:
        """What was said last."""
        return self._said.text()

    def take_keyboard(self) -> None:
        """Put the keyboard onto printing."""
        self.printing.setFocus(Qt.FocusReason.TabFocusReason)

    def refuse(self, words: str) -> None:
        """Say why it cannot be amended."""
        self._refusal.setText(words)
        self._refusal.show()
        announce(self, words, urgent=True)

    def _amend(self) -> None:
        reason = self.reason.text().strip()
        if not reason:
            self.refuse("Say why it is amended; the reason is printed with the new version.")
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._refusal.hide()
        self.amend_pressed.emit(reason)


def _lines(versions: Sequence[VisitVersion]) -> list[str]:
    found = []
    for version in reversed(versions):
        when = f"signed {moment_text(version.signed)}" if version.signed else "date not known"
        because = f"; amended because: {version.because}" if version.because else ""
        mark = (version.sha256 or "")[:16]
        found.append(f"Version {version.number}: {version.overall or 'Not known'}, {when}, content {mark}{because}")
    return found
