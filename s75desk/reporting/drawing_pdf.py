"""Draws a ``domain.drawing.Drawing`` on paper: the same marks as in the window, in the light colours."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from reportlab.lib.colors import HexColor

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
from s75desk.reporting.palette import blend, light
from s75desk.reporting.shapes_pdf import paint_shape
from s75desk.reporting.tagged import fonts
from s75desk.reporting.tagged.flowables import Figure

_HATCH_STEP = 5.0
_HATCH_SHARE = 0.28  # chart.band_hatch_opacity of the tokens


def figure(drawing: Drawing, printable: Callable[[str], str]) -> Figure:
    """The drawing as a tagged figure of the same size in points."""

    def paint(canvas: Any) -> None:
        paint_drawing(canvas, drawing, printable)

    return Figure(drawing.width, drawing.height, printable(drawing.alternative), paint)


def paint_drawing(canvas: Any, drawing: Drawing, printable: Callable[[str], str]) -> None:
    """Draw every mark with the drawing's lower left corner at the origin of ``canvas``."""
    pen = _Pen(canvas, drawing.height, printable)
    for mark in drawing.marks:
        canvas.saveState()
        pen.draw(mark)
        canvas.restoreState()


class _Pen:
    """Draws marks; turns y, which grows downwards in a drawing and upwards on paper."""

    def __init__(self, canvas: Any, height: float, printable: Callable[[str], str]) -> None:
        self._canvas = canvas
        self._height = height
        self._printable = printable

    def draw(self, mark: Mark) -> None:
        match mark:
            case LineMark():
                self._polyline(((mark.x1, mark.y1), (mark.x2, mark.y2)), mark.colour, mark.width, mark.dash)
            case PolylineMark():
                self._polyline(mark.points, mark.colour, mark.width, mark.dash)
            case RectMark():
                self._rectangle(mark)
            case PolygonMark():
                self._polygon(mark)
            case CircleMark():
                stroke, fill = self._ink(mark.edge, mark.edge_width, mark.fill)
                self._canvas.circle(mark.x, self._y(mark.y), mark.radius, stroke=stroke, fill=fill)
            case TextMark():
                self._text(mark)
            case StatusMark():
                paint_shape(self._canvas, mark.shape, mark.x, self._y(mark.y), mark.size)

    def _y(self, y: float) -> float:
        return self._height - y

    def _ink(self, edge: str, width: float, fill: str) -> tuple[int, int]:
        if fill:
            self._canvas.setFillColor(HexColor(light()[fill]))
        if edge:
            self._canvas.setStrokeColor(HexColor(light()[edge]))
            self._canvas.setLineWidth(width)
        return int(bool(edge)), int(bool(fill))

    def _polyline(
        self, points: tuple[tuple[float, float], ...], colour: str, width: float, dash: tuple[float, ...]
    ) -> None:
        self._ink(colour, width, "")
        if dash:
            self._canvas.setDash(list(dash))
        self._canvas.setLineJoin(1)
        self._canvas.drawPath(self._path(points), stroke=1, fill=0)

    def _polygon(self, mark: PolygonMark) -> None:
        stroke, fill = self._ink(mark.edge, mark.edge_width, mark.fill)
        path = self._path(mark.points)
        path.close()
        self._canvas.setLineJoin(1)
        self._canvas.drawPath(path, stroke=stroke, fill=fill)

    def _path(self, points: tuple[tuple[float, float], ...]) -> Any:
        path = self._canvas.beginPath()
        path.moveTo(points[0][0], self._y(points[0][1]))
        for x, y in points[1:]:
            path.lineTo(x, self._y(y))
        return path

    def _rectangle(self, mark: RectMark) -> None:
        bottom = self._y(mark.y + mark.height)
        if mark.hatch:
            self._ink("", 0, mark.fill)
            if mark.fill:
                self._canvas.rect(mark.x, bottom, mark.width, mark.height, stroke=0, fill=1)
            self._hatch(mark, bottom)
        stroke, fill = self._ink(mark.edge, mark.edge_width, "" if mark.hatch else mark.fill)
        if not (stroke or fill):
            return
        if mark.dash:
            self._canvas.setDash(list(mark.dash))
        if mark.radius:
            radius = min(mark.radius, mark.width / 2, mark.height / 2)
            self._canvas.roundRect(mark.x, bottom, mark.width, mark.height, radius, stroke=stroke, fill=fill)
        else:
            self._canvas.rect(mark.x, bottom, mark.width, mark.height, stroke=stroke, fill=fill)

    def _hatch(self, mark: RectMark, bottom: float) -> None:
        """Diagonal lines clipped to the rectangle, in a solid tint of its edge."""
        canvas = self._canvas
        canvas.saveState()
        clip = canvas.beginPath()
        clip.rect(mark.x, bottom, mark.width, mark.height)
        canvas.clipPath(clip, stroke=0, fill=0)
        canvas.setStrokeColor(HexColor(blend(mark.edge or "band_edge", mark.fill or "surface", _HATCH_SHARE)))
        canvas.setLineWidth(0.5)
        lines = canvas.beginPath()
        offset = -mark.height
        while offset < mark.width:
            lines.moveTo(mark.x + offset, bottom)
            lines.lineTo(mark.x + offset + mark.height, bottom + mark.height)
            offset += _HATCH_STEP
        canvas.drawPath(lines, stroke=1, fill=0)
        canvas.restoreState()

    def _text(self, mark: TextMark) -> None:
        canvas = self._canvas
        canvas.setFont(fonts.BOLD if mark.bold else fonts.REGULAR, mark.size)
        canvas.setFillColor(HexColor(light()[mark.colour]))
        draw = {"start": canvas.drawString, "middle": canvas.drawCentredString, "end": canvas.drawRightString}
        draw[mark.anchor](mark.x, self._y(mark.y), self._printable(mark.text))
