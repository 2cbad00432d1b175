"""The Overview as the desk last kept it: muted, with its time, while it is being read anew."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from s75desk.domain.british_time import british
from s75desk.domain.kept_overview import KeptOverview, KeptRow
from s75desk.domain.wording import date_short
from s75desk.ui.theme import Theme
from s75desk.ui.theme.shapes import paint_shape
from s75desk.ui.widgets.labels import ElidedLabel, Label
from s75desk.ui.widgets.surface import Hairline, Surface
from s75desk.ui.widgets.tile import MUTED, Tile

_WHEN = 12.0
"""Width of a row's date, in multiples of b."""

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class KeptOverviewView(Surface):
    """Each thing in the place the Overview has it, so that nothing jumps when it has been read. Nothing is pressed.

    Args:
        kept: What the desk kept.
        step: What is being done meanwhile: "Opening the desk".
    """

    def __init__(self, kept: KeptOverview, step: str, parent: QWidget) -> None:
        super().__init__("canvas", parent)
        local = british(kept.at)
        self._as_it_was = f"As it was on {date_short(local.date())} at {local:%H:%M}"
        metrics = Theme.of(parent).metrics
        self._step = Label("", colour="muted", parent=self)
        self.say(step)
        body = QWidget(self)
        tiles = QHBoxLayout()
        tiles.setSpacing(metrics.space(10))
        for count in kept.counts:
            tile = Tile(count.shape, count.name, count.number, count.why, body)
            tile.setEnabled(False)
            tiles.addWidget(tile)
        panel = Surface("panel", body)
        title = Label("Needs attention", "heading", bold=True, parent=panel)
        title.setContentsMargins(metrics.space(14), metrics.space(8), 0, metrics.space(6))
        inside = QVBoxLayout(panel)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.setSpacing(0)
        inside.addWidget(title)
        inside.addWidget(Hairline(parent=panel))
        inside.addWidget(_Rows(kept.rows, panel), 1)
        inner = QVBoxLayout(body)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(metrics.space(12))
        inner.addLayout(tiles)
        inner.addWidget(panel, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(metrics.space(20), metrics.space(14), metrics.space(20), metrics.space(12))
        whole.setSpacing(metrics.space(1))
        whole.addWidget(Label(kept.heading, "title", bold=True, parent=self))
        whole.addWidget(ElidedLabel(kept.lead, colour="muted", parent=self))
        whole.addWidget(self._step)
        whole.addSpacing(metrics.space(11))
        whole.addWidget(body, 1)

    def say(self, step: str) -> None:
        """Name what is being done beside the time."""
        self._step.setText(f"{self._as_it_was}. {step}…")
        self.setAccessibleName(self._step.text())


class _Rows(QWidget):
    """What needed attention, drawn as the list draws it; nothing here can be pressed."""

    def __init__(self, rows: tuple[KeptRow, ...], parent: QWidget) -> None:
        super().__init__(parent)
        self._rows = rows
        self.setAccessibleName("; ".join(f"{row.title}: {row.when}" for row in rows))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw as many rows as there is room for."""
        theme = Theme.of(self)
        metrics = theme.metrics
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setOpacity(MUTED)
        high, side = metrics.size("row_attention"), metrics.size("status_shape")
        bold, plain = theme.fonts.get(bold=True), theme.fonts.get("small")
        left, room = metrics.space(40), self.width() - metrics.px(_WHEN) - metrics.space(54)
        for place, row in enumerate(self._rows[: self.height() // high]):
            top = place * high
            paint_shape(
                painter, row.shape, QRectF(metrics.space(14), top + (high - side) / 2, side, side), theme.colour
            )
            lines = ((bold, "text", row.title, row.when), (plain, "muted", row.text, row.day))
            for line, (font, colour, words, date) in enumerate(lines):
                y = top + metrics.space(6) + line * (high // 2 - metrics.space(4))
                painter.setFont(font)
                painter.setPen(theme.colour(colour))
                box = QRect(left, y, room, high // 2 - metrics.space(2))
                said = QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, room)
                painter.drawText(box, int(_LEFT), said)
                painter.drawText(box.translated(room + metrics.space(14), 0), int(_LEFT), date)
            painter.fillRect(QRect(0, top + high - 1, self.width(), 1), theme.colour("line"))
