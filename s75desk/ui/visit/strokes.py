"""Lines of a signature: in and out of text, thinned to what the eye can tell apart, and smooth on the screen.

A signature lies in a box 1,000 wide and 400 high, whatever it is drawn or printed on.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import hypot, isfinite

from PySide6.QtCore import QPointF
from PySide6.QtGui import QFont, QFontMetricsF, QPainterPath, QTransform

WIDE, HIGH = 1000, 400
BASELINE = 330
"""Where the line to sign on lies, here and in print."""

MOST_POINTS = 4000
NEAREST = 2.0
"""Points nearer to the one before are left out."""

_INSET = 40
_ABOVE = 10
_TALLEST, _LEAST_LINE = 96.0, 13
_MOST_LINES = 5

Point = tuple[float, float]
Stroke = list[Point]


def as_text(strokes: Iterable[Sequence[Point]]) -> str:
    """Strokes as JSON, a list of lines of [x, y] in whole numbers; "" for none. A dot becomes a line one long."""
    lines = []
    for stroke in strokes:
        line = [[round(x), round(y)] for x, y in stroke]
        line = [point for place, point in enumerate(line) if not place or point != line[place - 1]]
        if len(line) == 1:
            (x, y) = line[0]
            line.append([x + 1 if x < WIDE else x - 1, y])
        if line:
            lines.append(line)
    return json.dumps(lines, separators=(",", ":")) if lines else ""


def from_text(text: str) -> list[Stroke]:
    """Strokes of such a text; what is no point is left out, and a text that is no JSON holds none."""
    try:
        lines = json.loads(text)
    except (ValueError, RecursionError):
        return []
    if not isinstance(lines, list):
        return []
    strokes = [[inside(*point) for point in line if _is_point(point)] for line in lines if isinstance(line, list)]
    return [stroke for stroke in strokes if stroke]


def _is_point(point: object) -> bool:
    return (
        isinstance(point, list)
        and len(point) == 2
        and all(type(part) in (int, float) and abs(part) < 1e9 and isfinite(part) for part in point)
    )


def inside(x: float, y: float) -> Point:
    """The nearest point of the box."""
    return min(float(WIDE), max(0.0, x)), min(float(HIGH), max(0.0, y))


def far_enough(one: Point, other: Point, nearest: float = NEAREST) -> bool:
    """Whether two points are to be told apart."""
    return hypot(one[0] - other[0], one[1] - other[1]) >= nearest


def thinned(strokes: Sequence[Stroke], nearest: float = NEAREST, most: int = MOST_POINTS) -> list[Stroke]:
    """Strokes without points too near to the one before; ends stay. Sparser still where there are more than ``most``.

    The strokes themselves stay, so that there are never fewer lines than were drawn.
    """
    thin = [_thin(stroke, nearest) for stroke in strokes]
    while sum(map(len, thin)) > most and any(len(stroke) > 2 for stroke in thin):
        nearest *= 1.5
        thin = [_thin(stroke, nearest) for stroke in thin]
    return thin


def _thin(stroke: Stroke, nearest: float) -> Stroke:
    kept = stroke[:1]
    for point in stroke[1:-1]:
        if far_enough(point, kept[-1], nearest):
            kept.append(point)
    return kept + stroke[-1:] if len(stroke) > 1 else kept


def smooth_path(stroke: Sequence[Point]) -> QPainterPath:
    """A curve that goes by the points of a stroke; a dot for one alone."""
    points = [QPointF(x, y) for x, y in stroke]
    path = QPainterPath(points[0])
    if len(points) == 1:
        path.lineTo(points[0] + QPointF(0.1, 0))
    for here, after in pairwise(points[1:]):
        path.quadTo(here, (here + after) / 2)
    if len(points) > 1:
        path.lineTo(points[-1])
    return path


def strokes_of_words(words: str, font: QFont) -> list[Stroke]:
    """Words as the outlines of their letters, standing on the line to sign on; as large as there is room for."""
    lines = _broken(" ".join(words.split()), QFontMetricsF(font))
    if not lines:
        return []
    path = QPainterPath()
    step = QFontMetricsF(font).lineSpacing()
    for place, line in enumerate(lines):
        path.addText(QPointF(0, (place - len(lines) + 1) * step), font, line)
    bounds = path.boundingRect()
    if bounds.isEmpty():
        return []
    room = WIDE - 2 * _INSET
    scale = min(room / bounds.width(), (BASELINE - _INSET) / max(1.0, -bounds.top()), _TALLEST / step)
    above = max(_ABOVE, bounds.bottom() * scale + _ABOVE)  # no letter reaches below the line
    put = QTransform.fromTranslate(_INSET - bounds.left() * scale, BASELINE - above).scale(scale, scale)
    outlines = [[polygon.at(at) for at in range(polygon.count())] for polygon in path.toSubpathPolygons(put)]
    return thinned([[inside(point.x(), point.y()) for point in outline] for outline in outlines if outline], 1.2)


def _broken(words: str, metrics: QFontMetricsF) -> list[str]:
    """The words in lines of a length that can be read, five at most; what is left over stands in the last."""
    widest = metrics.averageCharWidth() * max(_LEAST_LINE, len(words) / _MOST_LINES)
    lines: list[str] = []
    for word in words.split():
        if lines and metrics.horizontalAdvance(f"{lines[-1]} {word}") <= 1.6 * widest:
            lines[-1] = f"{lines[-1]} {word}"
        else:
            lines.append(word)
    return [*lines[: _MOST_LINES - 1], " ".join(lines[_MOST_LINES - 1 :])] if len(lines) > _MOST_LINES else lines
