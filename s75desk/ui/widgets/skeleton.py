"""Outlines of rows while rows are read; nothing at all for the first 0.2 s, so that quick reads do not flicker."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, QTimer
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from s75desk.ui.theme import Theme

_BARS = ((0.02, 0.36), (0.5, 0.19), (0.76, 0.14))


class Skeleton(QWidget):
    """Shown in the place of a table that is being read.

    Args:
        row: Size of a row: "row", "row_two_lines".
        rows: How many rows at most; 0 for as many as there is room for.
    """

    def __init__(self, row: str = "row_two_lines", rows: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = row
        self._rows = rows
        self._waited = False
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.timeout.connect(self._appear)
        self.setAccessibleName("Reading")

    def showEvent(self, event: QShowEvent) -> None:
        """Begin to wait."""
        super().showEvent(event)
        self._waited = False
        self._wait.start(int(Theme.of(self).tokens.motion["skeleton_after_ms"]))

    def hideEvent(self, event: QHideEvent) -> None:
        """What was waited for has come."""
        super().hideEvent(event)
        self._wait.stop()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw rounded bars where words will be."""
        theme = Theme.of(self)
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("surface"))
        if not self._waited:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        high, bar = theme.metrics.size(self._row), theme.metrics.px(0.72)
        count = self._rows or self.height() // high + 1
        for line in range(count):
            top = line * high
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("hover"))
            for place, (start, share) in enumerate(_BARS):
                wide = self.width() * (share - (0.06 * (line % 3) if place == 0 else 0))
                bar_rect = QRectF(self.width() * start, top + (high - bar) / 2, wide, bar)
                painter.drawRoundedRect(bar_rect, bar / 2, bar / 2)
            painter.fillRect(QRectF(0, top + high - 1, self.width(), 1), theme.colour("line"))

    def _appear(self) -> None:
        self._waited = True
        self.update()
