"""Tables of a briefing as flowables: cells, column widths, lines, and how much of one must stay together."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from s75desk.reporting import content, styles
from s75desk.reporting.columns import Extent, column_widths
from s75desk.reporting.numbering import Label
from s75desk.reporting.part import shortened
from s75desk.reporting.pieces import Kind, Piece, Setter
from s75desk.reporting.shapes_pdf import paint_shape
from s75desk.reporting.tagged import fonts
from s75desk.reporting.tagged.flowables import ShapedParagraph, TaggedParagraph
from s75desk.reporting.tagged.items import ListItem, list_tag
from s75desk.reporting.tagged.tables import TaggedTable

_WHOLE_TABLE = 0.3
"""A table no taller than this share of the page is kept whole."""

_HEAD = 120
"""So many characters of a heading head a column; a head stands again on every page that the table runs over."""

_SHORT_CELL = 15
"""A cell of no more characters is kept on one line."""


def table_piece(block: content.Table, label: Label | None, setter: Setter) -> Piece:
    """A table with its caption and note."""
    return _TableSetter(setter).piece(block, label)


def items_of(setter: Setter, items: tuple[content.Rich, ...], style: Any, *, ordered: bool = False) -> list[ListItem]:
    """The items of one list."""
    tag = list_tag(ordered=ordered)
    return [
        ListItem(setter.markup(item), style).of(tag, f"{place}." if ordered else "•")
        for place, item in enumerate(items, 1)
    ]


class _TableSetter:
    def __init__(self, setter: Setter) -> None:
        self._setter = setter

    def piece(self, block: content.Table, label: Label | None) -> Piece:
        setter = self._setter
        table = self._grid(block)
        prefix = setter.next_table()
        table.tagged(row_headers=_row_headers(block), prefix=prefix, page_depth=styles.PAGE.depth)
        flowables: list[Any] = [setter.caption(block.caption, label, table.tag)] if block.caption else []
        above = sum(setter.height(each) for each in flowables)
        flowables.append(table)
        table.spaceAfter = styles.BODY.spaceAfter + 4
        note = 0.0
        if block.note:
            remark = TaggedParagraph(setter.markup(block.note), styles.REMARK)
            note = setter.height(remark)
            table.spaceAfter = 0
            flowables.append(remark)
        whole = above + setter.height(table) + note
        start = above + min(table.start_height, styles.PAGE.depth * 0.4)
        keep = whole <= styles.PAGE.depth * _WHOLE_TABLE
        return Piece(tuple(flowables), whole, whole if keep else start, Kind.SOLID, block.whole)

    def _grid(self, block: content.Table) -> TaggedTable:
        heads = [
            TaggedParagraph(
                self._setter.plain(shortened(column.title, _HEAD)),
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
            return items_of(self._setter, cell.items, styles.CELL_LIST)
        if not cell.text:
            return ""
        strong = cell.bold or row.total
        markup = self._setter.markup(cell.text)
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
            least = max(column.least, min(least, self._setter.width / 4))
            extents.append(Extent(least, max(whole, column.least), stretches=column.align == "left"))
        return column_widths(extents, self._setter.width)

    def _texts(self, block: content.Table, place: int) -> Iterator[tuple[str, bool, bool]]:
        yield self._setter.printable(shortened(block.columns[place].title, _HEAD)), True, False
        for row in block.rows:
            cell = row.cells[place]
            for part in (cell.text, *cell.items):
                text = self._setter.printable(self._setter.numbering.plain(part))
                yield text, cell.bold or row.total, cell.shape is not None or bool(cell.items)


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
        ("TOPPADDING", (0, 0), (-1, -1), 1.8 if block.dense else 3.5),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 2.4 if block.dense else 4),
        ("LINEBELOW", (0, 0), (-1, 0), 0.9, styles.colour("text")),
        ("LINEBELOW", (0, 1), (-1, -1), 0.5, styles.colour("line")),
    ]
    commands += [
        ("LINEABOVE", (0, place), (-1, place), 0.9, styles.colour("text"))
        for place, row in enumerate(block.rows, 1)
        if row.total
    ]
    return commands
