"""A status as a shape and a word, and a shape alone for in front of a title that says the same."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from s75desk.domain.status import Shape, Status
from s75desk.ui.theme import Theme
from s75desk.ui.theme.shapes import paint_shape, text_colour


class StatusChip(QWidget):
    """Shape and word. A loud status stands bold on a soft fill, the others are plain.

    Args:
        status: What to show.
        size: Text size.
        bold: Whether loud words are bold, as in the header of a record.
    """

    def __init__(self, status: Status, size: str = "body", *, bold: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._size = size
        self._bold = bold
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.set_status(status)

    @property
    def status(self) -> Status:
        """What it shows."""
        return self._status

    def set_status(self, status: Status) -> None:
        """Show another status."""
        self._status = status
        self.setAccessibleName(status.word)
        self.setAccessibleDescription(status.sentence)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Room for shape, word and, if loud, the fill."""
        metrics = self._font_metrics()
        side, gap, pad, high = self._measures(metrics)
        return QSize(metrics.horizontalAdvance(self._status.word) + side + gap + 2 * pad + 1, high)

    def minimumSizeHint(self) -> QSize:
        """The word may be cut short, the shape never."""
        side, gap, pad, high = self._measures(self._font_metrics())
        return QSize(min(self.sizeHint().width(), side + gap + 2 * pad + side * 2), high)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw fill, shape and word."""
        theme = Theme.of(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        metrics = self._font_metrics()
        side, gap, pad, high = self._measures(metrics)
        shape = self._status.shape
        if shape.loud:
            corner = theme.metrics.radius("chip")
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour(f"{shape.family}_soft"))
            painter.drawRoundedRect(QRectF(0, 0, self.width(), high), corner, corner)
        paint_shape(painter, shape, QRectF(pad, (high - side) / 2, side, side), theme.colour)
        painter.setFont(self._font())
        painter.setPen(theme.colour(text_colour(shape)))
        start = pad + side + gap
        room = self.width() - start - pad
        words = metrics.elidedText(self._status.word, Qt.TextElideMode.ElideRight, room + 1)
        painter.drawText(QRectF(start, 0, room + 1, high), Qt.AlignmentFlag.AlignVCenter, words)

    def _font(self) -> QFont:
        return Theme.of(self).fonts.get(self._size, bold=self._bold and self._status.shape.loud)

    def _font_metrics(self) -> QFontMetrics:
        return QFontMetrics(self._font())

    def _measures(self, metrics: QFontMetrics) -> tuple[int, int, int, int]:
        """Side of the shape, gap after it, padding at both ends, height."""
        sizes = Theme.of(self).metrics
        side = round(metrics.height() * 0.8)
        loud = self._status.shape.loud
        return side, sizes.space(6), sizes.space(8) if loud else 0, metrics.height() + sizes.space(6 if loud else 2)


class ShapeMark(QWidget):
    """A status shape alone. Only for in front of words that say the same; ``words`` tells a screen reader.

    Args:
        shape: Which shape.
        words: What it means here; "" if the text beside it is read anyway.
        side: Side at b = 14.
    """

    def __init__(self, shape: Shape, words: str = "", *, side: int = 14, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shape = shape
        self._side = side
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(words)

    def set_shape(self, shape: Shape, words: str = "") -> None:
        """Show another shape."""
        self._shape = shape
        self.setAccessibleName(words)
        self.update()

    def sizeHint(self) -> QSize:
        """A square that grows with the text."""
        side = Theme.of(self).metrics.space(self._side)
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the shape."""
        theme = Theme.of(self)
        side = min(self.width(), self.height())
        paint_shape(QPainter(self), self._shape, QRectF(0, 0, side, side), theme.colour)


class IconMark(QWidget):
    """An icon that cannot be pressed, in front of words.

    Args:
        icon: Icon name from the tokens.
        colour: Text token.
        side: Side at b = 14.
    """

    def __init__(self, icon: str, colour: str = "muted", *, side: int = 18, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = icon
        self._colour = colour
        self._side = side
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_icon(self, icon: str, colour: str | None = None) -> None:
        """Show another icon."""
        self._icon = icon
        self._colour = colour or self._colour
        self.update()

    def sizeHint(self) -> QSize:
        """A square that grows with the text."""
        side = Theme.of(self).metrics.space(self._side)
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the icon."""
        side = min(self.width(), self.height())
        Theme.of(self).icons.paint(QPainter(self), self._icon, QRectF(0, 0, side, side), self._colour)
