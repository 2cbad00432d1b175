"""Pieces: flowables that follow one another, with what a page break must know; and what makes words into flowables."""

from __future__ import annotations

import re
from collections.abc import Callable
from copy import copy
from dataclasses import dataclass
from enum import Enum
from itertools import count
from typing import Any
from xml.sax.saxutils import escape

from s75desk.reporting import content, styles
from s75desk.reporting.numbering import Label, Numbering
from s75desk.reporting.palette import light
from s75desk.reporting.tagged.flowables import Caption, TaggedParagraph
from s75desk.reporting.tagged.structure import Tag

_LEAST_LINES = 3
"""So many lines of a paragraph, at least, stand under its heading."""


class Kind(Enum):
    """What a piece is, as far as page breaks go."""

    HEADING = "stays with what follows"
    PROSE = "may be split; stays with a table or figure that follows if it is short"
    SOLID = "a table or figure"


@dataclass(frozen=True, slots=True)
class Piece:
    """Flowables that follow one another.

    Attributes:
        flowables: In order.
        height: Of all of them.
        least: The room that must be left on a page for them to begin there.
        kind: Whether it stays with what follows.
        whole: Whether it should not be split, if the gap this leaves on the page before is not great.
    """

    flowables: tuple[Any, ...]
    height: float
    least: float
    kind: Kind = Kind.PROSE
    whole: bool = False


class Setter:
    """Makes words into markup, and flowables into pieces.

    Args:
        numbering: The briefing with its numbers.
        printable: Makes any text printable (see ``tagged.fonts.Printable``).
    """

    def __init__(self, numbering: Numbering, printable: Callable[[str], str]) -> None:
        self.numbering = numbering
        self.printable = printable
        self.width = styles.PAGE.measure
        self._tables = count(1)

    def next_table(self) -> str:
        """What the names of a table's header cells begin with; no two tables have the same."""
        return f"t{next(self._tables)}"

    def of_width(self, width: float) -> Setter:
        """The same for a narrower column."""
        narrow = copy(self)
        narrow.width = width
        return narrow

    # --- words -----------------------------------------------------------------------------------------------------

    def plain(self, text: str) -> str:
        """Plain text as markup."""
        return _escaped(self.printable(text))

    def markup(self, text: content.Rich) -> str:
        """Rich text as reportlab's markup."""
        return "".join(self._run(part) for part in text)

    def _run(self, part: content.Inline) -> str:
        if isinstance(part, content.Ref):
            anchor = self.numbering.label(part.key).anchor
            words = self.plain(self.numbering.words(part))
            return f'<a href="#{anchor}" color="{light()["accent"]}">{words}</a>'
        run = _escaped(self.printable(part.text))
        if part.muted:
            run = f'<font color="{light()["muted"]}">{run}</font>'
        return f"<b>{run}</b>" if part.bold else run

    # --- pieces ----------------------------------------------------------------------------------------------------

    def height(self, flowable: Any, width: float = 0.0) -> float:
        """How high a flowable is, with the space before it."""
        _, height = flowable.wrap(width or self.width, styles.PAGE.depth)
        return float(flowable.getSpaceBefore() + height)

    def tall(self, flowable: Any) -> float:
        """How high a flowable is, with the space before and after it."""
        return self.height(flowable) + float(flowable.getSpaceAfter())

    def prose(self, paragraph: TaggedParagraph) -> Piece:
        """A paragraph that may be split."""
        height = self.height(paragraph)
        least = min(height, paragraph.style.spaceBefore + _LEAST_LINES * paragraph.style.leading)
        return Piece((paragraph,), height + paragraph.getSpaceAfter(), least)

    def heading(self, heading: Any) -> Piece:
        """What stays with what follows."""
        height = self.height(heading) + heading.getSpaceAfter()
        return Piece((heading,), height, height, Kind.HEADING)

    def caption(self, text: str, label: Label | None, owner: Tag) -> Caption:
        """The caption of a numbered table or figure."""
        name = content.bold(f"{label.noun} {label.number}" if label else "")
        caption = Caption(self.markup((name, content.Words(f" {text}"))), styles.CAPTION)
        return caption.of(owner, label.anchor if label else "")


def _escaped(text: str) -> str:
    """Text as markup: escaped, line breaks kept, blank lines closed up."""
    lines = [escape(line) for line in re.split(r"\s*\n\s*", text)]
    return "<br/>".join(lines)
