"""What a record opens with: a chip and one sentence that says what is so, what follows, by when."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from s75desk.domain.status import Status
from s75desk.ui.theme import Theme
from s75desk.ui.widgets.chip import StatusChip
from s75desk.ui.widgets.labels import WrappedLabel
from s75desk.ui.widgets.layouts import row


class StatusLine(QWidget):
    """Chip and sentence; the sentence wraps beside the chip."""

    def __init__(self, status: Status, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chip = StatusChip(status, parent=self)
        self._sentence = WrappedLabel(status.sentence, parent=self)
        self._sentence.setMinimumWidth(1)
        row(self._chip, (self._sentence, 100), None, gap=10, align=Qt.AlignmentFlag.AlignTop, parent=self)
        self.set_status(status)

    def set_status(self, status: Status) -> None:
        """Show another status."""
        self._chip.set_status(status)
        self._sentence.setText(status.sentence)
        self._sentence.setContentsMargins(0, Theme.of(self).metrics.space(3 if status.shape.loud else 1), 0, 0)
        self.setAccessibleName(f"{status.word}. {status.sentence}".strip())
