"""A drawing that any surface can draw: lines, shapes and words in points, with colours by token name.

``reporting/charts.py`` and ``reporting/timeline.py`` build these; ``reporting`` draws them on paper and ``ui`` in
the window, so that the chart on screen is the chart on paper. The origin is the top left; y grows downwards; the
unit is a point on paper and a logical pixel in the window. Colours are names from ``resources/look/tokens.json``
("text", "accent", "spc_worse"); paper always uses the light ones.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from s75desk.domain.status import Shape

Anchor = Literal["start", "middle", "end"]


@dataclass(frozen=True, slots=True)
class LineMark:
    """A straight line. ``dash`` is on, off in units, or () for a solid line."""

    x1: float
    y1: float
    x2: float
    y2: float
    colour: str
    width: float = 1.0
    dash: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class PolylineMark:
    """Connected straight lines, not closed."""

    points: tuple[tuple[float, float], ...]
    colour: str
    width: float = 1.5
    dash: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class RectMark:
    """A rectangle. ``hatch`` draws diagonal lines in ``edge`` so that it is not told by colour alone."""

    x: float
    y: float
    width: float
    height: float
    fill: str = ""
    edge: str = ""
    edge_width: float = 1.0
    dash: tuple[float, ...] = ()
    radius: float = 0.0
    hatch: bool = False


@dataclass(frozen=True, slots=True)
class PolygonMark:
    """A closed polygon."""

    points: tuple[tuple[float, float], ...]
    fill: str = ""
    edge: str = ""
    edge_width: float = 1.0


@dataclass(frozen=True, slots=True)
class CircleMark:
    """A disc or ring."""

    x: float
    y: float
    radius: float
    fill: str = ""
    edge: str = ""
    edge_width: float = 1.0


@dataclass(frozen=True, slots=True)
class TextMark:
    """One line of words; ``y`` is the baseline."""

    x: float
    y: float
    text: str
    colour: str = "text"
    size: float = 10.0
    bold: bool = False
    anchor: Anchor = "start"


@dataclass(frozen=True, slots=True)
class StatusMark:
    """A status shape in the square of side ``size`` whose top left is x, y."""

    x: float
    y: float
    shape: Shape
    size: float = 12.0


Mark = LineMark | PolylineMark | RectMark | PolygonMark | CircleMark | TextMark | StatusMark


@dataclass(frozen=True, slots=True)
class Spot:
    """A place that says something under the pointer: a data point and its words."""

    x: float
    y: float
    radius: float
    text: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """Marks in painting order, with the words that stand for them.

    Attributes:
        width: Width in units.
        height: Height in units.
        marks: What to draw, back to front.
        alternative: The same story as words, made from the same data; read by screen readers and put in the PDF.
        table: The data behind it as rows of text, the first a header; () where there is none.
        spots: Places with words of their own in the window.
    """

    width: float
    height: float
    marks: tuple[Mark, ...] = field(default_factory=tuple)
    alternative: str = ""
    table: tuple[tuple[str, ...], ...] = ()
    spots: tuple[Spot, ...] = ()
