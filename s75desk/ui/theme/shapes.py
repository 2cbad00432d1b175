"""Paints the ten status shapes: told apart by form alone, with no colour at all."""

from __future__ import annotations

import math
from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from s75desk.domain.status import Shape

Colours = Callable[[str], QColor]
"""Gives the colour of a token name."""

_GRID = 14.0


def paint_shape(painter: QPainter, shape: Shape, where: QRectF, colour: Colours) -> None:
    """Draw ``shape`` into the square ``where``; what is drawn after it is as before."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(where.topLeft())
    painter.scale(where.width() / _GRID, where.height() / _GRID)
    _PAINTERS[shape](painter, colour)
    painter.restore()


def text_colour(shape: Shape) -> str:
    """Token of the word beside a shape; planned and informing words are plain text."""
    family = shape.family
    return "text" if family == "info" else f"{family}_text"


def _pen(colour: QColor, width: float) -> QPen:
    pen = QPen(colour, width)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return pen


def _points(*pairs: tuple[float, float]) -> QPolygonF:
    return QPolygonF([QPointF(x, y) for x, y in pairs])


def _tick(painter: QPainter, pen: QPen) -> None:
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline(_points((4, 7.3), (6.2, 9.5), (10, 5)))


def _good(painter: QPainter, colour: Colours) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour("good"))
    painter.drawEllipse(QRectF(0.5, 0.5, 13, 13))
    _tick(painter, _pen(colour("surface"), 1.7))


def _done(painter: QPainter, colour: Colours) -> None:
    painter.setPen(_pen(colour("muted"), 1.4))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(QRectF(1.2, 1.2, 11.6, 11.6))
    _tick(painter, _pen(colour("muted"), 1.5))


def _star(painter: QPainter, colour: Colours) -> None:
    corners = []
    for turn in range(10):
        reach = 7.0 if turn % 2 == 0 else 3.1
        angle = turn * math.pi / 5
        corners.append((7 + reach * math.sin(angle), 7.3 - reach * math.cos(angle)))
    painter.setPen(_pen(colour("good"), 1))
    painter.setBrush(colour("good"))
    painter.drawPolygon(_points(*corners))


def _watch(painter: QPainter, colour: Colours) -> None:
    painter.setPen(_pen(colour("watch_edge"), 1.3))
    painter.setBrush(colour("watch_fill"))
    painter.drawPolygon(_points((7, 1.2), (13.3, 12.6), (0.7, 12.6)))
    painter.setPen(_pen(colour("watch_glyph"), 1.6))
    painter.drawLine(QPointF(7, 5.4), QPointF(7, 8.4))
    painter.drawPoint(QPointF(7, 10.7))


def _alert(painter: QPainter, colour: Colours) -> None:
    painter.setPen(_pen(colour("alert"), 1))
    painter.setBrush(colour("alert"))
    painter.drawPolygon(_points((7, 0.3), (13.7, 7), (7, 13.7), (0.3, 7)))
    painter.setPen(_pen(colour("surface"), 1.7))
    painter.drawLine(QPointF(7, 4), QPointF(7, 7.4))
    painter.drawPoint(QPointF(7, 10))


def _doubt(painter: QPainter, colour: Colours) -> None:
    painter.setPen(_pen(colour("watch_edge"), 1.3))
    painter.setBrush(colour("watch_fill"))
    painter.drawRoundedRect(QRectF(0.8, 0.8, 12.4, 12.4), 2.5, 2.5)
    painter.setPen(_pen(colour("watch_glyph"), 1.5))
    painter.drawLine(QPointF(3.6, 5.5), QPointF(10.4, 5.5))
    painter.drawLine(QPointF(3.6, 8.7), QPointF(10.4, 8.7))
    painter.drawLine(QPointF(8.6, 3.4), QPointF(5.4, 10.8))


def _unknown(painter: QPainter, colour: Colours) -> None:
    painter.setPen(_pen(colour("unknown"), 1.4))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(QRectF(1, 1, 12, 12))
    hook = QPainterPath(QPointF(5.2, 5.4))
    hook.cubicTo(5.3, 3.4, 8.8, 3.4, 8.8, 5.5)
    hook.cubicTo(8.8, 6.7, 7, 6.8, 7, 8.2)
    painter.drawPath(hook)
    painter.drawPoint(QPointF(7, 10.3))


def _plan(painter: QPainter, colour: Colours) -> None:
    painter.setPen(_pen(colour("info"), 1.5))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(QRectF(1.5, 1.5, 11, 11), 2.5, 2.5)


def _info(painter: QPainter, colour: Colours) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour("info"))
    painter.drawRoundedRect(QRectF(1, 1, 12, 12), 2.5, 2.5)
    painter.setPen(_pen(colour("surface"), 1.7))
    painter.drawPoint(QPointF(7, 4.2))
    painter.drawLine(QPointF(7, 6.8), QPointF(7, 10))


def _none(painter: QPainter, colour: Colours) -> None:
    painter.setPen(_pen(colour("unknown"), 1.6))
    painter.drawLine(QPointF(3.4, 7), QPointF(10.6, 7))


_PAINTERS: dict[Shape, Callable[[QPainter, Colours], None]] = {
    Shape.STAR: _star,
    Shape.GOOD: _good,
    Shape.WATCH: _watch,
    Shape.ALERT: _alert,
    Shape.DOUBT: _doubt,
    Shape.UNKNOWN: _unknown,
    Shape.PLAN: _plan,
    Shape.DONE: _done,
    Shape.INFO: _info,
    Shape.NONE: _none,
}
