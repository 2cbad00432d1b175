"""A figure that answers back: a dotted underline means that it has a working, and a press opens it."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from s75desk.domain.working import Figure, Known, Working
from s75desk.ui.theme import Theme
from s75desk.ui.widgets.labels import Label
from s75desk.ui.widgets.layouts import column


class FigureButton(QAbstractButton):
    """A figure; with a working it can be pressed (pointer, Space, Enter or F9), without one it is plain text.

    Signals:
        asked: The officer wants the working: the ``Working``, and where the figure stands in window coordinates.

    Args:
        figure: What to show.
        size: Text size.
        bold: Whether it is bold.
        about: What the figure is, for screen readers: "Forecast".
    """

    asked = Signal(object, QRect)

    def __init__(
        self,
        figure: Figure,
        size: str = "body",
        *,
        bold: bool = False,
        about: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._size = size
        self._bold = bold
        self._about = about
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self._ask)
        self.set_figure(figure)

    @property
    def figure(self) -> Figure:
        """What it shows."""
        return self._figure

    def set_figure(self, figure: Figure) -> None:
        """Show another figure."""
        self._figure = figure
        has = figure.working is not None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if has else Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor if has else Qt.CursorShape.ArrowCursor)
        self.setToolTip("Show the working (F9)" if has else "")
        name = f"{self._about}: {figure.text}" if self._about else figure.text
        self.setAccessibleName(f"{name}, has a working" if has else name)
        self.setText(figure.text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Room for the figure and its underline."""
        metrics = QFontMetrics(self._font())
        return QSize(metrics.horizontalAdvance(self._figure.text) + 1, metrics.height() + 2)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and F9 ask for the working, as Space does."""
        if event.key() in (Qt.Key.Key_F9, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the figure and, with a working, the dotted line."""
        theme = Theme.of(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = self._font()
        metrics = QFontMetrics(font)
        painter.setFont(font)
        known = self._figure.known is not Known.NOT_KNOWN
        painter.setPen(theme.colour("text" if known else "muted"))
        painter.drawText(QPointF(0, metrics.ascent()), self._figure.text)
        if self._figure.working is not None:
            hot = self.underMouse() or self.isDown()
            line = QPen(theme.colour("accent"), 1.4 if hot else 1)
            line.setStyle(Qt.PenStyle.SolidLine if hot else Qt.PenStyle.DotLine)
            painter.setPen(line)
            y = metrics.height() + 0.5
            painter.drawLine(QPointF(0, y), QPointF(metrics.horizontalAdvance(self._figure.text), y))

    def _font(self) -> QFont:
        return Theme.of(self).fonts.get(self._size, bold=self._bold)

    def _ask(self) -> None:
        working: Working | None = self._figure.working
        if working is not None:
            window = self.window()
            self.asked.emit(working, QRect(self.mapTo(window, QPoint(0, 0)), self.size()))


class FigureBlock(QWidget):
    """A large figure with a caption above it and a base below it: "Forecast / 3,200 / 2,133 ÷ 8 × 12".

    Signals:
        asked: As ``FigureButton.asked``.
    """

    asked = Signal(object, QRect)

    def __init__(
        self, caption: str, figure: Figure, base: str = "", *, size: str = "title", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._button = FigureButton(figure, size, bold=True, about=caption, parent=self)
        self._button.asked.connect(self.asked)
        self._base = Label(base, "caption", colour="muted", parent=self)
        column(Label(caption, "caption", colour="muted"), self._button, self._base, gap=3, parent=self)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_figure(self, figure: Figure, base: str = "") -> None:
        """Show another figure and base."""
        self._button.set_figure(figure)
        self._base.setText(base)
