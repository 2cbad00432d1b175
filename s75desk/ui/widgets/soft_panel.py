"""A raised sheet with a soft edge painted by hand, which may point at something."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from s75desk.ui.theme import Theme

Side = Literal["left", "right", "top", "bottom"]

_EDGE = 16
_STEP = 2
_ARROW = 9.0
_SHADE = {"light": 5, "dark": 12}


class SoftPanel(QWidget):
    """Base of everything that floats: a child of the window, so that it is moved, grabbed and tested with it."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window.window())
        self._arrow: tuple[Side, float] | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)

    @property
    def edge(self) -> int:
        """Width of the soft edge round the sheet proper."""
        return Theme.of(self).metrics.space(_EDGE)

    def sheet_rect(self) -> QRect:
        """The sheet proper, in coordinates of this widget."""
        edge = self.edge
        return self.rect().adjusted(edge, edge, -edge, -edge)

    def set_arrow(self, side: Side | None, at: float = 0) -> None:
        """Point from one side, ``at`` logical pixels along it; None for no arrow."""
        self._arrow = None if side is None else (side, at)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw soft edge, sheet and arrow."""
        theme = Theme.of(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        sheet = QRectF(self.sheet_rect())
        corner = theme.metrics.radius("floating")
        painter.setPen(Qt.PenStyle.NoPen)
        shade = QColor(0, 0, 0, _SHADE[theme.mode])
        painter.setBrush(shade)
        drop = self.edge / 4
        for reach in range(self.edge, 0, -_STEP):
            soft = sheet.adjusted(-reach, -reach + drop, reach, min(reach + drop / 2, self.edge))
            painter.drawRoundedRect(soft, corner + reach, corner + reach)
        path = QPainterPath()
        path.addRoundedRect(sheet.adjusted(0.5, 0.5, -0.5, -0.5), corner, corner)
        if self._arrow is not None:
            path = path.united(_arrow_path(sheet, *self._arrow))
        painter.setBrush(theme.colour("raised"))
        painter.setPen(QPen(theme.colour("line_strong"), 1))
        painter.drawPath(path)


def _arrow_path(sheet: QRectF, side: Side, at: float) -> QPainterPath:
    reach = _ARROW
    corners = {
        "right": (QPointF(sheet.right() - 2, at - reach), QPointF(sheet.right() + reach, at), (0.0, 2 * reach)),
        "left": (QPointF(sheet.left() + 2, at - reach), QPointF(sheet.left() - reach, at), (0.0, 2 * reach)),
        "top": (QPointF(at - reach, sheet.top() + 2), QPointF(at, sheet.top() - reach), (2 * reach, 0.0)),
        "bottom": (QPointF(at - reach, sheet.bottom() - 2), QPointF(at, sheet.bottom() + reach), (2 * reach, 0.0)),
    }
    start, point, across = corners[side]
    path = QPainterPath(start)
    path.lineTo(point)
    path.lineTo(start + QPointF(*across))
    path.closeSubpath()
    return path
