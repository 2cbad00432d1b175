"""How paper looks: page, type, space and colour of every briefing. Sizes are points."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_LEFT, TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm

from s75desk.domain.status import Shape
from s75desk.reporting.palette import light
from s75desk.reporting.paper import MEASURE
from s75desk.reporting.tagged import fonts


def colour(token: str) -> Any:
    """A colour of the house for reportlab."""
    return HexColor(light()[token])


@dataclass(frozen=True, slots=True)
class Page:
    """The sheet and its margins."""

    width: float = A4[0]
    height: float = A4[1]
    side: float = (A4[0] - MEASURE) / 2
    top: float = 22 * mm
    bottom: float = 24 * mm
    head: float = 13 * mm
    foot: float = 13 * mm

    @property
    def measure(self) -> float:
        """Width of the text."""
        return self.width - 2 * self.side

    @property
    def depth(self) -> float:
        """Height of the text."""
        return self.height - self.top - self.bottom


PAGE = Page()
HANG = 30.0
"""How far paragraphs hang from their numbers."""

GUTTER = 10.0
"""Between the columns of a table."""

SHAPE_ROOM = 14.0
"""What a status shape takes in front of its word in a table."""


def _style(name: str, parent: ParagraphStyle | None = None, **options: Any) -> ParagraphStyle:
    return ParagraphStyle(name, parent, **options)


BODY = _style(
    "body",
    fontName=fonts.REGULAR,
    fontSize=10.5,
    leading=15,
    textColor=colour("text"),
    spaceAfter=6,
    alignment=TA_LEFT,
    allowWidows=0,
    allowOrphans=0,
    bulletFontName=fonts.REGULAR,
    bulletFontSize=10.5,
    bulletColor=colour("text"),
    splitLongWords=1,
    linkUnderline=1,
    underlineWidth=0.6,
    underlineOffset="-0.16*F",
    role="P",
)
NUMBERED = _style("numbered", BODY, leftIndent=HANG, bulletIndent=0)
EYEBROW = _style("eyebrow", BODY, fontName=fonts.BOLD, fontSize=10, leading=13, textColor=colour("muted"), spaceAfter=4)
TITLE = _style("title", BODY, fontName=fonts.BOLD, fontSize=22, leading=27, spaceAfter=3, role="H1")
SUBTITLE = _style("subtitle", BODY, fontSize=9.5, leading=13, textColor=colour("muted"), spaceAfter=12)
HEADING = _style(
    "heading",
    BODY,
    fontName=fonts.BOLD,
    fontSize=14,
    leading=18,
    spaceBefore=14,
    spaceAfter=5,
    leftIndent=HANG,
    bulletIndent=0,
    bulletFontName=fonts.BOLD,
    bulletFontSize=14,
    role="H2",
)
CONTENTS_HEADING = _style("contents heading", HEADING, fontSize=11.5, leading=15, leftIndent=0, spaceAfter=3)
SUBHEADING = _style(
    "subheading",
    BODY,
    fontName=fonts.BOLD,
    fontSize=11,
    leading=15,
    leftIndent=HANG,
    spaceBefore=8,
    spaceAfter=3,
    role="H3",
)
REMARK = _style("remark", BODY, fontSize=9, leading=12, textColor=colour("muted"), spaceBefore=4, spaceAfter=8)
LIST = _style("list", BODY, leftIndent=HANG + 14, bulletIndent=HANG, spaceAfter=3)
SMALL_LIST = _style("small list", LIST, fontSize=9, leading=12, bulletFontSize=9, spaceAfter=2)
SUMMARY_HEADING = _style("summary heading", BODY, fontName=fonts.BOLD, fontSize=12, leading=15, spaceAfter=2, role="H2")
SUMMARY_REMARK = _style("summary remark", REMARK, leading=11.5, spaceBefore=0, spaceAfter=0)
SUMMARY_LIST = _style("summary list", BODY, fontSize=9.5, leading=12.5, leftIndent=14, bulletIndent=0, spaceAfter=1)
SUMMARY_LIST.bulletFontSize = 9.5
SUMMARY_SMALL_LIST = _style("summary small list", SUMMARY_LIST, fontSize=9, leading=11.5)
SUMMARY_SMALL_LIST.bulletFontSize = 9
SUMMARY_GAP = 9.0
"""Between the parts of the one page."""

CAPTION = _style("caption", BODY, fontSize=9.5, leading=12, spaceBefore=8, spaceAfter=2, role="Caption")
CONTENTS = _style(
    "contents", BODY, leading=15.5, spaceAfter=0, leftIndent=HANG, rightIndent=34, bulletIndent=0, linkUnderline=0
)
CONTENTS.dotColor = colour("line_strong")

CELL = _style("cell", BODY, fontSize=9.5, leading=12, bulletFontSize=9.5, spaceAfter=0)
CELL_SHAPED = _style("shaped cell", CELL, leftIndent=SHAPE_ROOM)
CELL_LIST = _style("cell list", CELL, leftIndent=9, bulletIndent=0, spaceAfter=2)
CELL_RIGHT = _style("right cell", CELL, alignment=TA_RIGHT)
CELL_HEAD = _style("head cell", CELL, fontName=fonts.BOLD)
CELL_HEAD_RIGHT = _style("right head cell", CELL_HEAD, alignment=TA_RIGHT)

FACT = _style("fact", BODY, fontSize=9.5, leading=13, spaceAfter=2)
ENTRY = {
    3: _style("entry", BODY, fontName=fonts.BOLD, fontSize=11, leading=15, spaceBefore=7, spaceAfter=1, role="H3"),
    4: _style("entry below", BODY, fontName=fonts.BOLD, spaceBefore=5, spaceAfter=1, role="H4"),
}
"""Names of entries, by level of heading."""
ENTRY_OPENING = _style("opening entry", ENTRY[3], fontSize=12.5, leading=17, spaceBefore=16, spaceAfter=2)
ENTRY_TEXT = _style("entry text", BODY, fontSize=10, leading=14, spaceAfter=3)
ENTRY_STATUS = _style("entry status", BODY, leftIndent=SHAPE_ROOM + 1, spaceAfter=1)
PICTURE_CAPTION = _style("picture caption", BODY, fontSize=9, leading=12, spaceAfter=4, role="Caption")


@dataclass(frozen=True, slots=True)
class Type:
    """What differs between a briefing whose sections and paragraphs hang from numbers and one without numbers."""

    heading: ParagraphStyle
    subheading: ParagraphStyle
    paragraph: ParagraphStyle
    bullet: ParagraphStyle
    contents: ParagraphStyle


NUMBERED_TYPE = Type(HEADING, SUBHEADING, NUMBERED, LIST, CONTENTS)
PLAIN_TYPE = Type(
    _style("plain heading", HEADING, leftIndent=0, spaceBefore=12, spaceAfter=4),
    _style("plain subheading", SUBHEADING, leftIndent=0),
    BODY,
    _style("plain list", LIST, leftIndent=14, bulletIndent=0),
    _style("plain contents", CONTENTS, leftIndent=0),
)
PLAIN_TYPE.contents.dotColor = CONTENTS.dotColor

_CALLOUT = _style(
    "callout",
    BODY,
    # The fill reaches over the indents to both edges of the measure.
    borderPadding=(8, 12, 8, 31),
    leftIndent=31,
    rightIndent=12,
    spaceBefore=18,
    spaceAfter=18,
    role="KeyMessage",
)
CALLOUT_INSET = 13.0
CLOSE_CALLOUT = 11.0
"""Room above and below a box that stands with others at the head of a paper."""

_FILL = {
    "good": "good_soft",
    "watch": "watch_soft",
    "alert": "alert_soft",
    "unknown": "unknown_soft",
    "info": "info_soft",
}
_BAR = {"good": "good", "watch": "watch_edge", "alert": "alert", "unknown": "unknown", "info": "accent"}
_WORD = {"good": "good_text", "watch": "watch_text", "alert": "alert_text", "unknown": "unknown_text", "info": "text"}


def callout(shape: Shape) -> ParagraphStyle:
    """The style of a box for a status: soft fill of its family."""
    return _style(f"callout {shape.family}", _CALLOUT, backColor=colour(_FILL[shape.family]))


def bar(shape: Shape) -> Any:
    """The colour of the bar on the left of such a box."""
    return colour(_BAR[shape.family])


def word_colour(shape: Shape) -> str:
    """The colour of a status word beside its shape, as "#rrggbb"."""
    return light()[_WORD[shape.family]]
