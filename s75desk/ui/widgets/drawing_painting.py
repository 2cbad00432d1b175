"""Paints a ``Drawing`` with Qt: the same marks that are drawn on paper."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import singledispatch

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen, QPolygonF

from s75desk.domain.drawing import (
    CircleMark,
    Drawing,
    LineMark,
    Mark,
    PolygonMark,
    PolylineMark,
    RectMark,
    StatusMark,
    TextMark,
)
from s75desk.ui.theme.shapes import Colours, paint_shape

_HATCH_GAP = 6.0
_HATCH_OPACITY = 0.28
_POINTS_TO_AN_INCH = 72.0


def paint_drawing(painter: QPainter, drawing: Drawing, colour: Colours, family: str) -> None:
    """Paint all marks, back to front, in the units of the drawing.

    Args:
        painter: Open, scaled so that a unit is what it should be.
        drawing: What to paint.
        colour: Gives the colour of a token name.
        family: Type family of the words.
    """
    painter.save()
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
    brush = _Brush(painter, colour, family)
    for mark in drawing.marks:
        _paint(mark, brush)
    painter.restore()


class _Brush:
    """A painter with the colours and type of the house."""

    def __init__(self, painter: QPainter, colour: Colours, family: str) -> None:
        self.painter = painter
        self.colour = colour
        self._family = family
        self._dpi = painter.device().logicalDpiY()

    def pen(self, colour: str, width: float, dash: Sequence[float] = ()) -> None:
        """Draw edges in a colour; "" for none."""
        if not colour or width <= 0:
            self.painter.setPen(Qt.PenStyle.NoPen)
            return
        pen = QPen(self.named(colour), width)
        if dash:
            pen.setDashPattern([max(part / width, 0.01) for part in dash])
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        else:
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        self.painter.setPen(pen)

    def fill(self, colour: str) -> None:
        """Fill in a colour; "" for none."""
        if colour:
            self.painter.setBrush(self.named(colour))
        else:
            self.painter.setBrush(Qt.BrushStyle.NoBrush)

    def named(self, colour: str) -> QColor:
        """The colour of a token."""
        return self.colour(colour)

    def font(self, size: float, *, bold: bool) -> QFont:
        """The house font; sizes in pixels may have fractions, which only points allow in Qt."""
        font = QFont(self._family)
        font.setPointSizeF(max(1.0, size * _POINTS_TO_AN_INCH / self._dpi))
        font.setBold(bold)
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        return font


@singledispatch
def _paint(mark: Mark, brush: _Brush) -> None:
    raise TypeError(f"No way to draw {type(mark).__name__}.")


@_paint.register
def _line(mark: LineMark, brush: _Brush) -> None:
    brush.pen(mark.colour, mark.width, mark.dash)
    brush.painter.drawLine(QPointF(mark.x1, mark.y1), QPointF(mark.x2, mark.y2))


@_paint.register
def _polyline(mark: PolylineMark, brush: _Brush) -> None:
    brush.pen(mark.colour, mark.width, mark.dash)
    brush.fill("")
    brush.painter.drawPolyline(_points(mark.points))


@_paint.register
def _rectangle(mark: RectMark, brush: _Brush) -> None:
    rect = QRectF(mark.x, mark.y, mark.width, mark.height)
    painter = brush.painter
    if mark.hatch:
        brush.pen("", 0)
        brush.fill(mark.fill)
        painter.drawRoundedRect(rect, mark.radius, mark.radius)
        _hatch(rect, mark, brush)
        brush.fill("")
    else:
        brush.fill(mark.fill)
    brush.pen(mark.edge, mark.edge_width, mark.dash)
    painter.drawRoundedRect(rect, mark.radius, mark.radius)


def _hatch(rect: QRectF, mark: RectMark, brush: _Brush) -> None:
    """Diagonal lines, so that the band is told by more than its colour."""
    painter = brush.painter
    painter.save()
    path = QPainterPath()
    path.addRoundedRect(rect, mark.radius, mark.radius)
    painter.setClipPath(path, Qt.ClipOperation.IntersectClip)
    painter.setOpacity(_HATCH_OPACITY)
    brush.pen(mark.edge or "band_edge", 1)
    for step in range(math.ceil((rect.width() + rect.height()) / _HATCH_GAP)):
        x = rect.left() - rect.height() + step * _HATCH_GAP
        painter.drawLine(QPointF(x, rect.bottom()), QPointF(x + rect.height(), rect.top()))
    painter.restore()


@_paint.register
def _polygon(mark: PolygonMark, brush: _Brush) -> None:
    brush.pen(mark.edge, mark.edge_width)
    brush.fill(mark.fill)
    brush.painter.drawPolygon(_points(mark.points))


@_paint.register
def _circle(mark: CircleMark, brush: _Brush) -> None:
    brush.pen(mark.edge, mark.edge_width)
    brush.fill(mark.fill)
    brush.painter.drawEllipse(QPointF(mark.x, mark.y), mark.radius, mark.radius)


@_paint.register
def _text(mark: TextMark, brush: _Brush) -> None:
    font = brush.font(mark.size, bold=mark.bold)
    wide = 0.0 if mark.anchor == "start" else QFontMetricsF(font).horizontalAdvance(mark.text)
    x = mark.x - {"start": 0.0, "middle": wide / 2, "end": wide}[mark.anchor]
    brush.painter.setFont(font)
    brush.painter.setPen(brush.named(mark.colour))
    brush.painter.drawText(QPointF(x, mark.y), mark.text)


@_paint.register
def _status(mark: StatusMark, brush: _Brush) -> None:
    paint_shape(brush.painter, mark.shape, QRectF(mark.x, mark.y, mark.size, mark.size), brush.colour)


def _points(pairs: Sequence[tuple[float, float]]) -> QPolygonF:
    return QPolygonF([QPointF(x, y) for x, y in pairs])
