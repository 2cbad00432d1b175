"""Turns a numbered briefing into what platypus lays out, and decides what must stay together on a page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import takewhile
from typing import Any

from reportlab.platypus import CondPageBreak, PageBreak, Spacer

from s75desk.reporting import content, styles
from s75desk.reporting.beside_pieces import entry_pieces, facts_pieces, gallery_pieces
from s75desk.reporting.drawing_pdf import figure
from s75desk.reporting.numbering import Label, NumberedBlock, NumberedSection, Numbering
from s75desk.reporting.one_page import one_page
from s75desk.reporting.pieces import Kind, Piece, Setter
from s75desk.reporting.shapes_pdf import paint_shape
from s75desk.reporting.table_pieces import items_of, table_piece
from s75desk.reporting.tagged.contents import ContentsEntry
from s75desk.reporting.tagged.flowables import Callout, Heading, PlacedParagraph, TaggedParagraph
from s75desk.reporting.tagged.structure import Tag

_SHORT_LINES = 6
"""A paragraph of no more lines stays with the table or figure that follows it."""


_GREAT_GAP = 0.35
"""A gap of this share of the page, or more, is not left to keep something whole."""


class _Break(CondPageBreak):  # type: ignore[misc]
    """Goes to the next page if there is not the least room, or not room for the whole and little is lost by it."""

    def __init__(self, least: float, whole: float) -> None:
        super().__init__(least)
        self._least = least
        self._whole = whole

    def wrap(self, availWidth: float, availHeight: float) -> Any:  # noqa: N803 (reportlab)
        """Break or not; reportlab asks when it comes to it."""
        little = availHeight <= styles.PAGE.depth * _GREAT_GAP
        breaks = self._least < availHeight < self._whole <= styles.PAGE.depth and little
        self.height = self._whole if breaks else self._least
        return super().wrap(availWidth, availHeight)


def build_story(numbering: Numbering, printable: Callable[[str], str]) -> list[Any]:
    """The flowables of a whole briefing, page breaks included.

    Args:
        numbering: The briefing with its numbers.
        printable: Makes any text printable (see ``tagged.fonts.Printable``).
    """
    return list(_Story(Setter(numbering, printable)).flowables())


class _Story:
    def __init__(self, setter: Setter) -> None:
        self._setter = setter
        self._numbering = setter.numbering
        self._style = styles.NUMBERED_TYPE if setter.numbering.briefing.numbered else styles.PLAIN_TYPE

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
        before = sum(piece.height for piece in pieces[:-1])
        need, whole = before + pieces[-1].least, before + pieces[-1].height
        if need:
            yield _Break(min(need, styles.PAGE.depth - 1), whole if pieces[-1].whole else 0.0)
        for piece in pieces:
            yield from piece.flowables

    def _pieces(self) -> Iterator[Piece]:
        opening = list(self._opening())
        yield from opening
        yield from self._summary(opening)
        if self._numbering.briefing.contents:
            yield from self._contents()
        laid = [(numbered.section, list(self._section(numbered))) for numbered in self._numbering.sections]
        for place, (_, pieces) in enumerate(laid):
            following = [each for _, each in takewhile(lambda one: one[0].follows, laid[place + 1 :])]
            if following:
                yield self._in_company(pieces, following)
            yield from pieces

    def _section(self, numbered: NumberedSection) -> Iterator[Piece]:
        if numbered.section.appendix:
            yield Piece((PageBreak(),), 0.0, 0.0)
        yield self._section_heading(numbered.section.title, numbered.label)
        for block in numbered.blocks:
            yield from self._block(block)

    def _in_company(self, pieces: list[Piece], following: list[list[Piece]]) -> Piece:
        """A turn to the next page unless a section fits here with those that stay with it; nothing if no page does."""
        whole = [each for part in (pieces, *following) for piece in part for each in piece.flowables]
        height = sum(self._setter.tall(each) for each in whole)
        fits = height < styles.PAGE.depth
        return Piece((CondPageBreak(height),), 0.0, 0.0) if fits else Piece((), 0.0, 0.0)

    # --- the first page --------------------------------------------------------------------------------------------

    def _opening(self) -> Iterator[Piece]:
        briefing = self._numbering.briefing
        yield self._setter.prose(TaggedParagraph(self._setter.plain(briefing.kind), styles.EYEBROW))
        title = Heading(self._setter.plain(briefing.title), styles.TITLE)
        yield self._setter.prose(title.with_place("title", self._setter.printable(briefing.title), 0))
        if briefing.subtitle:
            yield self._setter.prose(TaggedParagraph(self._setter.plain(briefing.subtitle), styles.SUBTITLE))
        yield from facts_pieces(briefing.facts, self._setter)
        for box in (briefing.notice, briefing.key_message):
            if box:
                yield self._callout(box, close=not briefing.numbered or bool(briefing.summary))

    def _summary(self, above: list[Piece]) -> Iterator[Piece]:
        """The one page, in what the opening leaves of it, and the turn to what was asked for besides."""
        briefing = self._numbering.briefing
        if briefing.summary:
            room = styles.PAGE.depth - sum(self._setter.tall(each) for piece in above for each in piece.flowables)
            gap = Spacer(1, styles.SUMMARY_GAP)
            yield Piece((gap,), styles.SUMMARY_GAP, styles.SUMMARY_GAP)
            yield from one_page(briefing.summary, self._setter, room - styles.SUMMARY_GAP)
            if briefing.sections:
                yield Piece((PageBreak(),), 0.0, 0.0)

    def _contents(self) -> Iterator[Piece]:
        heading = TaggedParagraph("Contents", styles.CONTENTS_HEADING)
        yield self._setter.heading(heading)
        toc = Tag("TOC")
        for numbered in self._numbering.sections:
            entry = ContentsEntry(
                self._setter.plain(numbered.section.title), self._style.contents, number=numbered.label.number
            )
            yield self._setter.prose(entry.of(toc, numbered.label.anchor))

    # --- blocks ----------------------------------------------------------------------------------------------------

    def _section_heading(self, title: str, label: Label) -> Piece:
        heading = Heading(self._setter.plain(title), self._style.heading, number=label.number)
        heading.with_place(label.anchor, f"{label.number} {self._setter.printable(title)}".strip(), 1)
        return self._setter.heading(heading)

    def _block(self, numbered: NumberedBlock) -> Iterator[Piece]:
        match numbered.block:
            case content.Paragraph() as block:
                yield self._paragraph(block, numbered.label)
            case content.Remark() as block:
                yield self._setter.prose(TaggedParagraph(self._setter.markup(block.text), styles.REMARK))
            case content.Subheading() as block:
                heading = TaggedParagraph(self._setter.plain(block.title), self._style.subheading)
                yield self._setter.heading(heading)
            case content.Bullets() as block:
                yield from self._bullets(block)
            case content.Callout() as block:
                yield self._callout(block)
            case content.Table() as block:
                yield table_piece(block, numbered.label, self._setter)
            case content.Figure() as block:
                yield self._figure(block, numbered.label)
            case content.Facts() as block:
                yield from facts_pieces(block.facts, self._setter)
            case content.Entry() as block:
                yield from entry_pieces(block, self._setter)
            case content.Gallery() as block:
                yield from gallery_pieces(block, self._setter)

    def _paragraph(self, block: content.Paragraph, label: Label | None) -> Piece:
        paragraph = PlacedParagraph(
            self._setter.markup(block.text),
            self._style.paragraph,
            number=label.number if label else "",
            language=block.language,
        )
        return self._setter.prose(paragraph.at(label.anchor if label and block.key else ""))

    def _bullets(self, block: content.Bullets) -> Iterator[Piece]:
        style = styles.SMALL_LIST if block.small else self._style.bullet
        items = items_of(self._setter, block.items, style, ordered=block.ordered)
        if items:
            items[-1].spaceAfter = styles.BODY.spaceAfter
        for item in items:
            yield self._setter.prose(item)

    def _callout(self, block: content.Callout, *, close: bool = False) -> Piece:
        shape = block.status.shape
        lead = content.bold(f"{block.status.word.rstrip('.')}.")
        paragraph = Callout(self._setter.markup((lead, content.Words(" "), *block.text)), styles.callout(shape))
        paragraph.with_shape(shape, paint_shape, styles.CALLOUT_INSET)
        if close:
            paragraph.spaceBefore = paragraph.spaceAfter = styles.CLOSE_CALLOUT
        return self._setter.prose(paragraph.with_bar(styles.bar(shape)))

    def _figure(self, block: content.Figure, label: Label | None) -> Piece:
        drawn = figure(block.drawing, self._setter.printable)
        caption = self._setter.caption(block.caption, label, drawn.tag)
        # Room below the drawing, so that the next paragraph does not stick to it.
        drawn.spaceAfter = styles.BODY.spaceAfter
        height = self._setter.height(caption) + drawn.height
        return Piece((caption, drawn), height, height, Kind.SOLID)
