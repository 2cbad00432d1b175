"""Turns a numbered briefing into what platypus lays out, and decides what must stay together on a page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Any
from xml.sax.saxutils import escape

from reportlab.platypus import CondPageBreak, PageBreak

from s75desk.reporting import content, styles
from s75desk.reporting.columns import Extent, column_widths
from s75desk.reporting.drawing_pdf import figure
from s75desk.reporting.numbering import Label, NumberedBlock, Numbering
from s75desk.reporting.palette import light
from s75desk.reporting.shapes_pdf import paint_shape
from s75desk.reporting.tagged import fonts
from s75desk.reporting.tagged.contents import ContentsEntry
from s75desk.reporting.tagged.flowables import (
    Callout,
    Caption,
    Heading,
    PlacedParagraph,
    ShapedParagraph,
    TaggedParagraph,
)
from s75desk.reporting.tagged.items import ListItem, list_tag
from s75desk.reporting.tagged.structure import Tag
from s75desk.reporting.tagged.tables import TaggedTable

_WHOLE_TABLE = 0.3
"""A table no taller than this share of the page is kept whole."""

_LEAST_LINES = 3
"""So many lines of a paragraph, at least, stand under its heading."""

_SHORT_CELL = 15
"""A cell of no more characters is kept on one line."""

_SHORT_LINES = 6
"""A paragraph of no more lines stays with the table or figure that follows it."""


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
    """

    flowables: tuple[Any, ...]
    height: float
    least: float
    kind: Kind = Kind.PROSE


def build_story(numbering: Numbering, printable: Callable[[str], str]) -> list[Any]:
    """The flowables of a whole briefing, page breaks included.

    Args:
        numbering: The briefing with its numbers.
        printable: Makes any text printable (see ``tagged.fonts.Printable``).
    """
    return list(_Story(numbering, printable).flowables())


class _Story:
    def __init__(self, numbering: Numbering, printable: Callable[[str], str]) -> None:
        self._numbering = numbering
        self._printable = printable
        self._width = styles.PAGE.measure

    def flowables(self) -> Iterator[Any]:
        """Everything in order; headings, and short text before a table or figure, go to the next page with it."""
        pieces = list(self._pieces())
        waiting: list[Piece] = []
        for place, piece in enumerate(pieces):
            waiting.append(piece)
            following = pieces[place + 1] if place + 1 < len(pieces) else None
            if following is not None and self._stays(piece, following, waiting):
                continue
            yield from self._together(waiting)
            waiting = []

    @staticmethod
    def _stays(piece: Piece, following: Piece, waiting: list[Piece]) -> bool:
        if piece.kind is Kind.HEADING:
            return True
        short = piece.kind is Kind.PROSE and piece.height <= _SHORT_LINES * styles.BODY.leading
        fits = sum(each.height for each in waiting) + following.least <= styles.PAGE.depth
        return short and following.kind is Kind.SOLID and fits

    @staticmethod
    def _together(pieces: list[Piece]) -> Iterator[Any]:
        need = sum(piece.height for piece in pieces[:-1]) + pieces[-1].least
        if need:
            yield CondPageBreak(min(need, styles.PAGE.depth - 1))
        for piece in pieces:
            yield from piece.flowables

    def _pieces(self) -> Iterator[Piece]:
        yield from self._opening()
        for numbered in self._numbering.sections:
            if numbered.section.appendix:
                yield Piece((PageBreak(),), 0.0, 0.0)
            yield self._section_heading(numbered.section.title, numbered.label)
            for block in numbered.blocks:
                yield from self._block(block)

    # --- the first page --------------------------------------------------------------------------------------------

    def _opening(self) -> Iterator[Piece]:
        briefing = self._numbering.briefing
        yield self._prose(TaggedParagraph(self._plain(briefing.kind), styles.EYEBROW))
        title = Heading(self._plain(briefing.title), styles.TITLE)
        yield self._prose(title.with_place("title", self._printable(briefing.title), 0))
        if briefing.subtitle:
            yield self._prose(TaggedParagraph(self._plain(briefing.subtitle), styles.SUBTITLE))
        if briefing.key_message:
            yield self._callout(briefing.key_message)
        if briefing.contents:
            yield from self._contents()

    def _contents(self) -> Iterator[Piece]:
        heading = TaggedParagraph("Contents", styles.CONTENTS_HEADING)
        yield self._heading(heading)
        toc = Tag("TOC")
        for numbered in self._numbering.sections:
            entry = ContentsEntry(self._plain(numbered.section.title), styles.CONTENTS, number=numbered.label.number)
            yield self._prose(entry.of(toc, numbered.label.anchor))

    # --- blocks ----------------------------------------------------------------------------------------------------

    def _section_heading(self, title: str, label: Label) -> Piece:
        heading = Heading(self._plain(title), styles.HEADING, number=label.number)
        heading.with_place(label.anchor, f"{label.number} {self._printable(title)}", 1)
        return self._heading(heading)

    def _block(self, numbered: NumberedBlock) -> Iterator[Piece]:
        match numbered.block:
            case content.Paragraph() as block:
                yield self._paragraph(block, numbered.label)
            case content.Remark() as block:
                yield self._prose(TaggedParagraph(self._markup(block.text), styles.REMARK))
            case content.Subheading() as block:
                heading = TaggedParagraph(self._plain(block.title), styles.SUBHEADING)
                yield self._heading(heading)
            case content.Bullets() as block:
                yield from self._bullets(block)
            case content.Callout() as block:
                yield self._callout(block)
            case content.Table() as block:
                yield self._table(block, numbered.label)
            case content.Figure() as block:
                yield self._figure(block, numbered.label)

    def _paragraph(self, block: content.Paragraph, label: Label | None) -> Piece:
        paragraph = PlacedParagraph(
            self._markup(block.text),
            styles.NUMBERED,
            number=label.number if label else "",
            language=block.language,
        )
        return self._prose(paragraph.at(label.anchor if label and block.key else ""))

    def _bullets(self, block: content.Bullets) -> Iterator[Piece]:
        items = self._items(block.items, styles.LIST, ordered=block.ordered)
        if items:
            items[-1].spaceAfter = styles.BODY.spaceAfter
        for item in items:
            yield self._prose(item)

    def _items(self, items: tuple[content.Rich, ...], style: Any, *, ordered: bool = False) -> list[ListItem]:
        tag = list_tag(ordered=ordered)
        return [
            ListItem(self._markup(item), style).of(tag, f"{place}." if ordered else "•")
            for place, item in enumerate(items, 1)
        ]

    def _callout(self, block: content.Callout) -> Piece:
        shape = block.status.shape
        lead = content.bold(f"{block.status.word.rstrip('.')}.")
        paragraph = Callout(self._markup((lead, content.Words(" "), *block.text)), styles.callout(shape))
        paragraph.with_shape(shape, paint_shape, styles.CALLOUT_INSET)
        return self._prose(paragraph.with_bar(styles.bar(shape)))

    def _figure(self, block: content.Figure, label: Label | None) -> Piece:
        drawn = figure(block.drawing, self._printable)
        caption = self._caption(block.caption, label, drawn.tag)
        # Room below the drawing, so that the next paragraph does not stick to it.
        drawn.spaceAfter = styles.BODY.spaceAfter
        height = self._height(caption) + drawn.height
        return Piece((caption, drawn), height, height, Kind.SOLID)

    def _caption(self, text: str, label: Label | None, owner: Tag) -> Caption:
        name = content.bold(f"{label.noun} {label.number}" if label else "")
        caption = Caption(self._markup((name, content.Words(f" {text}"))), styles.CAPTION)
        return caption.of(owner, label.anchor if label else "")

    def _prose(self, paragraph: TaggedParagraph) -> Piece:
        height = self._height(paragraph)
        least = min(height, paragraph.style.spaceBefore + _LEAST_LINES * paragraph.style.leading)
        return Piece((paragraph,), height + paragraph.getSpaceAfter(), least)

    def _heading(self, heading: TaggedParagraph) -> Piece:
        height = self._height(heading) + heading.getSpaceAfter()
        return Piece((heading,), height, height, Kind.HEADING)

    def _height(self, flowable: Any) -> float:
        _, height = flowable.wrap(self._width, styles.PAGE.depth)
        return float(flowable.getSpaceBefore() + height)

    # --- tables ----------------------------------------------------------------------------------------------------

    def _table(self, block: content.Table, label: Label | None) -> Piece:
        table = self._grid(block)
        prefix = f"t{label.number}" if label else "t"
        table.tagged(row_headers=_row_headers(block), prefix=prefix, page_depth=styles.PAGE.depth)
        caption = self._caption(block.caption, label, table.tag)
        flowables: list[Any] = [caption, table]
        table.spaceAfter = styles.BODY.spaceAfter + 4
        note = 0.0
        if block.note:
            remark = TaggedParagraph(self._markup(block.note), styles.REMARK)
            note = self._height(remark)
            table.spaceAfter = 0
            flowables.append(remark)
        whole = self._height(caption) + self._height(table) + note
        start = self._height(caption) + min(table.start_height, styles.PAGE.depth * 0.4)
        keep = whole <= styles.PAGE.depth * _WHOLE_TABLE
        return Piece(tuple(flowables), whole, whole if keep else start, Kind.SOLID)

    def _grid(self, block: content.Table) -> TaggedTable:
        heads = [
            TaggedParagraph(
                self._plain(column.title),
                styles.CELL_HEAD_RIGHT if column.align == "right" else styles.CELL_HEAD,
            )
            for column in block.columns
        ]
        rows = [
            [self._cell(cell, row, column) for cell, column in zip(row.cells, block.columns, strict=True)]
            for row in block.rows
        ]
        return TaggedTable([heads, *rows], colWidths=self._widths(block), style=_table_style(block), hAlign="LEFT")

    def _cell(self, cell: content.Cell, row: content.Row, column: content.Column) -> Any:
        if cell.items:
            return self._items(cell.items, styles.CELL_LIST)
        if not cell.text:
            return ""
        strong = cell.bold or row.total
        markup = self._markup(cell.text)
        if strong:
            markup = f"<b>{markup}</b>"
        if cell.shape is None:
            right = column.align == "right"
            return TaggedParagraph(markup, styles.CELL_RIGHT if right else styles.CELL)
        markup = f'<font color="{styles.word_colour(cell.shape)}">{markup}</font>'
        return ShapedParagraph(markup, styles.CELL_SHAPED).with_shape(cell.shape, paint_shape)

    def _widths(self, block: content.Table) -> list[float]:
        size = styles.CELL.fontSize
        last = len(block.columns) - 1
        extents = []
        for place, column in enumerate(block.columns):
            gutter = styles.GUTTER if place < last else 0.0
            least = whole = 0.0
            for text, strong, shaped in self._texts(block, place):
                room = gutter + (styles.SHAPE_ROOM if shaped else 0.0) + 0.5
                short = len(text) <= _SHORT_CELL
                line = max(text.split("\n"), key=len)
                whole = max(whole, room + fonts.width(line, size, bold=strong))
                # What is short is not broken: a date, a sum, a status.
                longest = line if short else max(text.split(), key=len, default="")
                least = max(least, room + fonts.width(longest, size, bold=strong))
            # A word longer than a quarter of the page may be broken.
            least = max(column.least, min(least, self._width / 4))
            extents.append(Extent(least, max(whole, column.least), stretches=column.align == "left"))
        return column_widths(extents, self._width)

    def _texts(self, block: content.Table, place: int) -> Iterator[tuple[str, bool, bool]]:
        yield self._printable(block.columns[place].title), True, False
        for row in block.rows:
            cell = row.cells[place]
            for part in (cell.text, *cell.items):
                text = self._printable(self._numbering.plain(part))
                yield text, cell.bold or row.total, cell.shape is not None or bool(cell.items)

    # --- words -----------------------------------------------------------------------------------------------------

    def _plain(self, text: str) -> str:
        """Plain text as markup."""
        return _escaped(self._printable(text))

    def _markup(self, text: content.Rich) -> str:
        """Rich text as reportlab's markup."""
        return "".join(self._run(part) for part in text)

    def _run(self, part: content.Inline) -> str:
        if isinstance(part, content.Ref):
            anchor = self._numbering.label(part.key).anchor
            return f'<a href="#{anchor}" color="{light()["accent"]}">{escape(self._numbering.words(part))}</a>'
        run = _escaped(self._printable(part.text))
        if part.muted:
            run = f'<font color="{light()["muted"]}">{run}</font>'
        return f"<b>{run}</b>" if part.bold else run


def _escaped(text: str) -> str:
    """Text as markup: escaped, line breaks kept, blank lines closed up."""
    lines = [escape(line) for line in re.split(r"\s*\n\s*", text)]
    return "<br/>".join(lines)


def _row_headers(block: content.Table) -> bool:
    """Whether first cells are tagged as heads of their rows.

    In a table so small that heads would outnumber data, a listener hears the first cell right before the others
    anyway, and checkers take so many heads for a heading broken into cells.
    """
    heads, data = len(block.columns) + len(block.rows), len(block.rows) * (len(block.columns) - 1)
    return block.row_headers and data >= heads


def _table_style(block: content.Table) -> list[Any]:
    commands: list[Any] = [
        # Cells are paragraphs with styles of their own; without this, reportlab's Helvetica gets into the file.
        ("FONT", (0, 0), (-1, -1), fonts.REGULAR, styles.CELL.fontSize),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("VALIGN", (0, 0), (-1, 0), "BOTTOM"),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("RIGHTPADDING", (0, 0), (-1, -1), styles.GUTTER),
        ("RIGHTPADDING", (-1, 0), (-1, -1), 0),
        ("TOPPADDING", (0, 0), (-1, -1), 3.5),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
        ("LINEBELOW", (0, 0), (-1, 0), 0.9, styles.colour("text")),
        ("LINEBELOW", (0, 1), (-1, -1), 0.5, styles.colour("line")),
    ]
    commands += [
        ("LINEABOVE", (0, place), (-1, place), 0.9, styles.colour("text"))
        for place, row in enumerate(block.rows, 1)
        if row.total
    ]
    return commands
