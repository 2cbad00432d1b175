"""The ten status shapes on paper, as ``resources/look/tokens.json`` describes them."""

from __future__ import annotations

import io
import math
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas

from s75desk.domain.status import Shape
from s75desk.reporting.palette import light

_SIDE = 14.0  # the unit square the shapes are drawn in
Points = Sequence[tuple[float, float]]


def paint_shape(canvas: Any, shape: Shape, x: float, top: float, size: float) -> None:
    """Draw ``shape`` in the square of side ``size`` whose top left corner is x, top (PDF points, y upwards).

    A table may hold hundreds of them, so each shape is turned into PDF operators once and these are copied. On a
    tagged canvas a mark must be open: see ``TaggedCanvas.artifact``.
    """
    scale = size / _SIDE
    canvas.addLiteral(f"q {scale:.4f} 0 0 {-scale:.4f} {x:.3f} {top:.3f} cm 1 J 1 j")
    canvas.addLiteral(_operators(shape))
    canvas.addLiteral("Q")


@cache
def _operators(shape: Shape) -> str:
    """The operators that draw a shape in the unit square, y downwards."""
    scratch = Canvas(io.BytesIO())
    _PAINTERS[shape](_Pen(scratch))
    return "\n".join(scratch._code)


class _Pen:
    """Draws in the unit square, y downwards, with colours by token name."""

    def __init__(self, canvas: Any) -> None:
        self._canvas = canvas

    def stroke(self, colour: str, width: float) -> None:
        self._canvas.setStrokeColor(HexColor(light()[colour]))
        self._canvas.setLineWidth(width)

    def fill(self, colour: str) -> None:
        self._canvas.setFillColor(HexColor(light()[colour]))

    def line(self, *points: tuple[float, float]) -> None:
        path = self._path(points)
        self._canvas.drawPath(path, stroke=1, fill=0)

    def dot(self, x: float, y: float) -> None:
        """A dot as wide as the pen."""
        self._canvas.line(x, y, x + 0.01, y)

    def polygon(self, points: Points, *, stroke: bool = True) -> None:
        path = self._path(points)
        path.close()
        self._canvas.drawPath(path, stroke=int(stroke), fill=1)

    def disc(self, radius: float, *, fill: bool) -> None:
        self._canvas.circle(7, 7, radius, stroke=int(not fill), fill=int(fill))

    def square(self, inset: float, *, stroke: bool, fill: bool) -> None:
        side = _SIDE - 2 * inset
        self._canvas.roundRect(inset, inset, side, side, 2.5, stroke=int(stroke), fill=int(fill))

    def curve(self, start: tuple[float, float], *curves: tuple[float, float, float, float, float, float]) -> None:
        path = self._canvas.beginPath()
        path.moveTo(*start)
        for control in curves:
            path.curveTo(*control)
        self._canvas.drawPath(path, stroke=1, fill=0)

    def _path(self, points: Points) -> Any:
        path = self._canvas.beginPath()
        path.moveTo(*points[0])
        for point in points[1:]:
            path.lineTo(*point)
        return path


_TICK = ((4.0, 7.3), (6.2, 9.5), (10.0, 5.0))


def _star(pen: _Pen) -> None:
    radii = (7.0, 3.1)
    pen.fill("good")
    pen.stroke("good", 1)
    pen.polygon(
        [
            (7 + radii[i % 2] * math.sin(i * math.pi / 5), 7.3 - radii[i % 2] * math.cos(i * math.pi / 5))
            for i in range(10)
        ]
    )


def _good(pen: _Pen) -> None:
    pen.fill("good")
    pen.disc(6.5, fill=True)
    pen.stroke("surface", 1.7)
    pen.line(*_TICK)


def _done(pen: _Pen) -> None:
    pen.stroke("muted", 1.4)
    pen.disc(5.8, fill=False)
    pen.line(*_TICK)


def _watch(pen: _Pen) -> None:
    pen.fill("watch_fill")
    pen.stroke("watch_edge", 1.3)
    pen.polygon([(7, 1.2), (13.3, 12.6), (0.7, 12.6)])
    pen.stroke("watch_glyph", 1.6)
    pen.line((7, 5.4), (7, 8.4))
    pen.dot(7, 10.7)


def _alert(pen: _Pen) -> None:
    pen.fill("alert")
    pen.stroke("alert", 1)
    pen.polygon([(7, 0.3), (13.7, 7), (7, 13.7), (0.3, 7)])
    pen.stroke("surface", 1.7)
    pen.line((7, 4), (7, 7.4))
    pen.dot(7, 10)


def _doubt(pen: _Pen) -> None:
    pen.fill("watch_fill")
    pen.stroke("watch_edge", 1.3)
    pen.square(0.8, stroke=True, fill=True)
    pen.stroke("watch_glyph", 1.5)
    pen.line((3.6, 5.5), (10.4, 5.5))
    pen.line((3.6, 8.7), (10.4, 8.7))
    pen.line((8.6, 3.4), (5.4, 10.8))


def _unknown(pen: _Pen) -> None:
    pen.stroke("unknown", 1.4)
    pen.disc(6, fill=False)
    pen.curve((5.2, 5.4), (5.3, 3.4, 8.8, 3.4, 8.8, 5.5), (8.8, 6.7, 7, 6.7, 7, 8.2))
    pen.dot(7, 10.3)


def _plan(pen: _Pen) -> None:
    pen.stroke("info", 1.5)
    pen.square(1.5, stroke=True, fill=False)


def _info(pen: _Pen) -> None:
    pen.fill("info")
    pen.square(1, stroke=False, fill=True)
    pen.stroke("surface", 1.7)
    pen.dot(7, 4.2)
    pen.line((7, 6.8), (7, 10))


def _none(pen: _Pen) -> None:
    pen.stroke("unknown", 1.6)
    pen.line((3.4, 7), (10.6, 7))


_PAINTERS: dict[Shape, Callable[[_Pen], None]] = {
    Shape.STAR: _star,
    Shape.GOOD: _good,
    Shape.DONE: _done,
    Shape.WATCH: _watch,
    Shape.ALERT: _alert,
    Shape.DOUBT: _doubt,
    Shape.UNKNOWN: _unknown,
    Shape.PLAN: _plan,
    Shape.INFO: _info,
    Shape.NONE: _none,
}
