"""What stands side by side: facts two to a line, a name with its status, pictures two to a row.

Anything that would be too tall to stay in one piece is set one below the other instead, so that it can be split.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from s75desk.domain.drawing import Drawing
from s75desk.reporting import content, styles
from s75desk.reporting.drawing_pdf import figure
from s75desk.reporting.jpeg import JpegSize, size_of
from s75desk.reporting.pieces import Kind, Piece, Setter
from s75desk.reporting.shapes_pdf import paint_shape
from s75desk.reporting.tagged import fonts
from s75desk.reporting.tagged.beside import Beside
from s75desk.reporting.tagged.flowables import Caption, Figure, ShapedParagraph, TaggedParagraph

_GAP = 18.0
"""Between two columns."""

_TALLEST = 0.25
"""Words of no more than this share of the page are kept in one piece."""

_ABOVE = 4.0
"""Above a row of pictures."""

_PICTURE = 190.0
"""No picture is higher on paper."""


def facts_pieces(facts: tuple[content.Fact, ...], setter: Setter) -> Iterator[Piece]:
    """Facts, two to a line; a long one takes lines of its own."""
    half = _half(setter)
    waiting: list[TaggedParagraph] = []
    for fact in facts:
        markup = setter.markup((content.bold(fact.label), content.Words(f"  {fact.text}")))
        paragraph = TaggedParagraph(markup, styles.FACT)
        if setter.height(paragraph, half) > 2 * styles.FACT.leading:
            yield from _row(waiting, setter)
            yield setter.prose(paragraph)
            waiting = []
            continue
        waiting.append(paragraph)
        if len(waiting) == 2:
            yield from _row(waiting, setter)
            waiting = []
    yield from _row(waiting, setter)


def _row(paragraphs: list[TaggedParagraph], setter: Setter) -> Iterator[Piece]:
    if paragraphs:
        yield _solid(_columns([[each] for each in paragraphs], setter), styles.FACT.spaceAfter, setter, Kind.PROSE)


def entry_pieces(block: content.Entry, setter: Setter) -> Iterator[Piece]:
    """A name with its status at the right, then what is said of it; a short entry is not split."""
    style = styles.ENTRY_OPENING if block.opens else styles.ENTRY[block.level]
    heads = _heads(block, style, setter)
    texts = [TaggedParagraph(setter.markup(text), styles.ENTRY_TEXT) for text in block.texts]
    parts = [*heads, *texts]
    whole = sum(setter.height(part) + part.getSpaceAfter() for part in parts)
    if block.opens and whole <= styles.PAGE.depth / 2:
        yield Piece(tuple(parts), whole, whole, Kind.HEADING)
    elif whole <= styles.PAGE.depth * _TALLEST:
        yield Piece(tuple(parts), whole, whole)
    else:
        for head in heads:
            yield setter.heading(head)
        for text in texts:
            yield setter.prose(text)


def _heads(block: content.Entry, style: Any, setter: Setter) -> list[Any]:
    """Name and status beside one another, or one below the other where the name is very long."""
    markup = setter.plain(block.title)
    if block.mark:
        mark = setter.markup((content.Words(block.mark, muted=True),))
        markup += f'  <font name="{fonts.REGULAR}">{mark}</font>'
    title = TaggedParagraph(markup, style)
    if block.status is None:
        return [title]
    status = _status(block, setter)
    wide = min(setter.width * 0.45, styles.SHAPE_ROOM + 2 + fonts.width(status.getPlainText(), 10.5, bold=True))
    drop = fonts.ascent(style.fontSize) - fonts.ascent(status.style.fontSize)
    widths = [setter.width - wide - _GAP, wide]
    pair = Beside([[title], [status]], widths, _GAP, drops=[0.0, drop], rule=_rule(block))
    pair.spaceBefore, pair.spaceAfter = style.spaceBefore, style.spaceAfter
    return [pair] if setter.height(pair) <= styles.PAGE.depth * _TALLEST else [title, status]


def _rule(block: content.Entry) -> Any:
    return styles.colour("line_strong") if block.opens else None


def _status(block: content.Entry, setter: Setter) -> ShapedParagraph:
    assert block.status is not None
    words = setter.plain(block.status.word)
    if block.status.shape.loud:
        words = f"<b>{words}</b>"
    markup = f'<font color="{styles.word_colour(block.status.shape)}">{words}</font>'
    return ShapedParagraph(markup, styles.ENTRY_STATUS).with_shape(block.status.shape, paint_shape)


def gallery_pieces(block: content.Gallery, setter: Setter) -> Iterator[Piece]:
    """Pictures with their captions, two to a row; one with a long caption stands alone."""
    half = _half(setter)
    waiting: list[list[Any]] = []
    for exhibit in block.exhibits:
        picture = _picture(exhibit, half, setter)
        caption = Caption(setter.markup(exhibit.caption), styles.PICTURE_CAPTION).of(picture.tag, "")
        if setter.height(caption, half) > styles.PAGE.depth * _TALLEST:
            yield from _pictures(waiting, setter)
            yield from (_solid(picture, 4, setter, Kind.HEADING), setter.prose(caption))
            waiting = []
            continue
        waiting.append([picture, caption])
        if len(waiting) == 2:
            yield from _pictures(waiting, setter)
            waiting = []
    yield from _pictures(waiting, setter)


def _pictures(columns: list[list[Any]], setter: Setter) -> Iterator[Piece]:
    if columns:
        pictures = _columns(columns, setter)
        pictures.spaceBefore = _ABOVE
        yield _solid(pictures, styles.BODY.spaceAfter, setter, Kind.SOLID)


def _picture(exhibit: content.Exhibit, width: float, setter: Setter) -> Figure:
    if isinstance(exhibit.picture, Drawing):
        found = figure(exhibit.picture, setter.printable)
    else:
        found = _photo(exhibit.picture, size_of(exhibit.picture), setter.printable(exhibit.alternative), width)
    found.spaceAfter = 3
    return found


def _photo(data: bytes, size: JpegSize, alternative: str, most: float) -> Figure:
    scale = min(most / size.width, _PICTURE / size.height)
    width, height = size.width * scale, size.height * scale
    return Figure(width, height, alternative, lambda canvas: canvas.jpeg(data, size, width, height))


def _columns(columns: list[list[Any]], setter: Setter) -> Beside:
    return Beside(columns, [_half(setter)] * len(columns), _GAP)


def _half(setter: Setter) -> float:
    return (setter.width - _GAP) / 2


def _solid(flowable: Any, after: float, setter: Setter, kind: Kind) -> Piece:
    flowable.spaceAfter = after
    height = setter.height(flowable)
    return Piece((flowable,), height + after, height, kind)
