"""A signature as it was drawn, as a drawing: the same strokes on screen and on paper."""

from __future__ import annotations

import json
import math
from itertools import pairwise
from math import dist
from typing import Any

from s75desk.domain.british_time import signed_words
from s75desk.domain.drawing import CircleMark, Drawing, LineMark, Mark, PolylineMark
from s75desk.domain.records import VisitSignature

BOX = (1000.0, 400.0)
"""Width and height of the box in which strokes are kept; y grows downwards."""

_BASELINE = 330.0
_PEN = 1.3

_OUTLINE = 0.4
"""The pen for an outline that closes, as those of typed letters do; as thick as a drawn line, it would fill them."""

_DOT = 2.0
"""What is no larger is a dot."""

_PIECE = 8.0
"""About how long the pieces of a curve are, in units of the box; shorter than the pen is wide on paper."""

_MOST_PIECES = 16

Point = tuple[float, float]


def signature_drawing(signature: VisitSignature, width: float) -> Drawing | None:
    """The strokes of a signature over a line, ``width`` points wide; None if there are none that can be drawn."""
    scale = width / BOX[0]
    strokes = strokes_of(signature.strokes)
    if not strokes:
        return None
    marks: list[Mark] = [LineMark(0, _BASELINE * scale, width, _BASELINE * scale, "line_strong", 0.7)]
    for stroke in strokes:
        if _is_dot(stroke):
            x, y = stroke[0]
            marks.append(CircleMark(x * scale, y * scale, _PEN * 0.7, fill="text"))
        else:
            line = tuple((x * scale, y * scale) for x, y in _smooth(stroke))
            marks.append(PolylineMark(line, "text", _OUTLINE if _closes(stroke) else _PEN))
    return Drawing(width, BOX[1] * scale, tuple(marks), signature_alternative(signature))


def _is_dot(stroke: list[Point]) -> bool:
    """Whether the pen did not move, or by no more than makes a dot a line."""
    return all(max(along) - min(along) <= _DOT for along in ([x for x, _ in stroke], [y for _, y in stroke]))


def _closes(stroke: list[Point]) -> bool:
    """Whether a stroke ends where it began."""
    return len(stroke) > 2 and stroke[0] == stroke[-1]


def _smooth(stroke: list[Point]) -> list[Point]:
    """The curve that the window draws through a stroke, as a line of short pieces.

    Between the middles of two pieces it bends round the point where they meet.
    """
    line = [stroke[0]]
    for here, after in pairwise(stroke[1:]):
        start, end = line[-1], ((here[0] + after[0]) / 2, (here[1] + after[1]) / 2)
        pieces = min(_MOST_PIECES, 1 + int((dist(start, here) + dist(here, end)) / _PIECE))
        for place in range(1, pieces + 1):
            at = place / pieces
            far, near = at * at, (1 - at) * (1 - at)
            x, y = (near * a + 2 * at * (1 - at) * b + far * c for a, b, c in zip(start, here, end, strict=True))
            line.append((x, y))
    line.append(stroke[-1])
    return line


def signature_alternative(signature: VisitSignature) -> str:
    """The words that stand for it: "Signature of the officer, quality officer, signed 3 February 2026 10:42"."""
    party = signature.party.value if signature.party else "party not known"
    role = (signature.role or "").strip() or "role not known"
    when = signed_words(signature.signed).replace(",", "") if signature.signed else "at a time not known"
    return f"Signature of the {party}, {role}, signed {when}"


def strokes_of(text: str | None) -> list[list[Point]]:
    """The strokes kept as JSON, each a list of points inside the box; what is not a point is left out."""
    try:
        kept = json.loads(text or "")
    except (ValueError, RecursionError):
        return []
    if not isinstance(kept, list):
        return []
    strokes = ([_inside(point) for point in stroke if _is_point(point)] for stroke in kept if isinstance(stroke, list))
    return [stroke for stroke in strokes if stroke]


def _is_point(point: Any) -> bool:
    return (
        isinstance(point, list)
        and len(point) == 2
        and all(isinstance(at, int | float) and not isinstance(at, bool) and math.isfinite(at) for at in point)
    )


def _inside(point: list[float]) -> Point:
    x, y = (min(max(float(at), 0.0), most) for at, most in zip(point, BOX, strict=True))
    return x, y
