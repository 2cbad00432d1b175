"""An empty place: what will be here, one primary step, and one sample."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from s75desk.domain.status import Shape
from s75desk.ui.theme import Theme
from s75desk.ui.theme.shapes import paint_shape
from s75desk.ui.widgets.buttons import make_button
from s75desk.ui.widgets.labels import WrappedLabel
from s75desk.ui.widgets.layouts import column, row

_WIDE, _HIGH = 132, 104


class Clipboard(QWidget):
    """The picture of an empty place: a clipboard with three lines."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Grows with the text."""
        metrics = Theme.of(self).metrics
        return QSize(metrics.space(_WIDE), metrics.space(_HIGH))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        theme = Theme.of(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(self.width() / _WIDE, self.height() / _HIGH)
        painter.setPen(QPen(theme.colour("line_strong"), 1.6))
        painter.setBrush(theme.colour("surface"))
        painter.drawRoundedRect(QRectF(26, 12, 80, 90), 7, 7)
        painter.setBrush(theme.colour("accent_soft"))
        painter.drawRoundedRect(QRectF(46, 4, 40, 17), 5, 5)
        for shape, y, right in ((Shape.GOOD, 36, 92), (Shape.WATCH, 57, 84), (Shape.UNKNOWN, 78, 92)):
            paint_shape(painter, shape, QRectF(38, y - 8, 16, 16), theme.colour)
            pen = QPen(theme.colour("line"), 4)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            painter.drawLine(QPointF(64, y), QPointF(right, y))


class EmptyState(QWidget):
    """Stands where a list or record will be.

    Signals:
        primary_pressed: The one step that fills it.
        secondary_pressed: The sample, or another way.
        third_pressed: A quiet way below, such as an import.

    Args:
        title: "No visits yet".
        text: One or two sentences on what will be here.
        primary: A verb and its object, or "".
        secondary: The same, or "".
        third: The same, or "".
        icons: Icons of the three.
    """

    primary_pressed = Signal()
    secondary_pressed = Signal()
    third_pressed = Signal()

    def __init__(
        self,
        title: str,
        text: str,
        primary: str = "",
        secondary: str = "",
        third: str = "",
        *,
        icons: tuple[str, str, str] = ("plus", "eye", "import"),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        middle = Qt.AlignmentFlag.AlignHCenter
        self._title = WrappedLabel(title, "title", bold=True)
        self._text = WrappedLabel(text, colour="muted")
        for label in (self._title, self._text):
            label.setAlignment(middle)
        steps = row(None, gap=8)
        for words, icon, kind, signal in (
            (primary, icons[0], "primary", self.primary_pressed),
            (secondary, icons[1], "secondary", self.secondary_pressed),
        ):
            if words:
                button = make_button(words, icon, kind)
                button.clicked.connect(signal)
                steps.put(button)
                if kind == "primary":
                    self.setFocusProxy(button)
        steps.put(None)
        whole = column((row(), 5), row(None, Clipboard(), None), 14, row(None, (self._title, 100), None), 4, gap=0)
        whole.put(row(None, (self._text, 100), None))
        whole.put(18)
        whole.put(steps)
        if third:
            quiet = make_button(third, icons[2], "quiet")
            quiet.clicked.connect(self.third_pressed)
            whole.put(10)
            whole.put(row(None, quiet, None))
        whole.put((row(), 6))
        self.setLayout(whole)
        self.setAccessibleName(f"{title}. {text}")

    def set_words(self, title: str, text: str) -> None:
        """Say something else."""
        self._title.setText(title)
        self._text.setText(text)
        self.setAccessibleName(f"{title}. {text}")
