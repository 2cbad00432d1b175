"""The first page of a paper, which never runs to a second: rows that do not fit are counted, from the bottom up."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from reportlab.platypus import Spacer

from s75desk.reporting import content, styles
from s75desk.reporting.drawing_pdf import figure
from s75desk.reporting.pieces import Kind, Piece, Setter
from s75desk.reporting.table_pieces import items_of, table_piece
from s75desk.reporting.tagged.beside import Beside
from s75desk.reporting.tagged.flowables import Heading, TaggedParagraph

_GAP = 18.0
"""Between two parts that stand beside one another."""

_ROW = 24.0
"""About as high as a row: by how much is too high says how many rows have to go at once."""

_SLACK = 4.0


def one_page(parts: Sequence[content.SummaryPart], setter: Setter, room: float) -> list[Piece]:
    """The parts as pieces that fit into ``room`` points together.

    What gives way is the last row of the lowest part that has more than its ``least``, then of the lowest that has more
    than one, then the lowest part; rows that a total is the sum of stay with it. What room is left over goes to the
    highest part that wants it.
    """
    kept = list(parts)
    while kept:
        shown = [_size(part) for part in kept]

        def excess(shown: Sequence[int], kept: Sequence[content.SummaryPart] = kept) -> float:
            return sum(height for _, height in _laid_out(kept, shown, setter)) + _SLACK - room

        for least in ([part.least for part in kept], [_floor(part) for part in kept]):
            while (over := excess(shown)) > 0:
                place = next((n for n in reversed(range(len(kept))) if shown[n] > least[n]), None)
                if place is None:
                    break
                shown[place] = max(least[place], shown[place] - max(1, int(over // _ROW)))
        if over <= 0:
            _give_back(kept, shown, excess)
            laid = _laid_out(kept, shown, setter)
            laid[0][0].first.with_place("summary", content.ONE_PAGE, 1)
            return [Piece((each,), tall, tall, Kind.SOLID) for each, tall in laid]
        kept.pop()
    return []


def _floor(part: content.SummaryPart) -> int:
    """How little of a part may stand there: one row, or every row that a total below them is the sum of."""
    summed = any(row.total for block in part.blocks if isinstance(block, content.Table) for row in block.rows)
    return min(part.least, _size(part)) if summed else 1


def _give_back(
    parts: Sequence[content.SummaryPart], shown: list[int], excess: Callable[[Sequence[int]], float]
) -> None:
    for place, part in enumerate(parts):
        while shown[place] < _size(part):
            more = [*shown[:place], shown[place] + 1, *shown[place + 1 :]]
            if excess(more) > 0:
                break
            shown[:] = more


def _size(part: content.SummaryPart) -> int:
    """How many rows or items of it could be left out and counted instead."""
    return max((len(_items(block)) for block in part.blocks), default=0)


def _items(block: content.Block) -> Sequence[Any]:
    if isinstance(block, content.Table):
        return [row for row in block.rows if not row.total]
    return block.items if isinstance(block, content.Bullets) else ()


def _cut(block: Any, shown: int) -> Any:
    """The block with its first ``shown`` rows or items, of a table those from its core on; sums are always kept."""
    if isinstance(block, content.Table):
        begins = max(0, min(block.core, len(_items(block)) - shown))
        kept = set(map(id, _items(block)[begins : begins + shown]))
        return replace(block, rows=tuple(row for row in block.rows if row.total or id(row) in kept))
    return replace(block, items=block.items[:shown]) if isinstance(block, content.Bullets) else block


def _laid_out(parts: Sequence[content.SummaryPart], shown: Sequence[int], setter: Setter) -> list[tuple[Any, float]]:
    """Each part, or two beside one another, as one flowable with its height."""
    found: list[tuple[Any, float]] = []
    place = 0
    while place < len(parts):
        share = parts[place].share if place + 1 < len(parts) else 0.0
        left = (setter.width - _GAP) * share
        widths = [left, setter.width - _GAP - left] if share else [setter.width]
        columns = [_column(parts[place + n], shown[place + n], setter, width) for n, width in enumerate(widths)]
        row = Beside(columns, widths, _GAP)
        _, height = row.wrap(setter.width, styles.PAGE.depth)
        found.append((row, height))
        found.append((Spacer(1, styles.SUMMARY_GAP), styles.SUMMARY_GAP))
        place += len(columns)
    return found[:-1]


def _column(part: content.SummaryPart, shown: int, setter: Setter, width: float) -> list[Any]:
    """Heading, blocks, and how many more there are and where."""
    narrow = setter.of_width(width)
    heading = Heading(setter.plain(part.title), styles.SUMMARY_HEADING)
    found: list[Any] = [heading.with_place("", "", 1)]
    left = 0
    for block in part.blocks:
        left += max(0, len(_items(block)) - shown)
        found += _SET[type(block)](_cut(block, shown), narrow)
    if left:
        held = bool(part.more) and setter.numbering.holds(part.more)
        where: content.Inline = content.Ref(part.more) if held else content.Words("on request")
        more = (content.Words(f"and {left} more, "), where)
        found.append(TaggedParagraph(setter.markup(more), styles.SUMMARY_REMARK))
    return found


def _table(block: Any, setter: Setter) -> list[Any]:
    found = list(table_piece(block, None, setter).flowables)
    found[0].spaceAfter = 1
    return found


def _bullets(block: Any, setter: Setter) -> list[Any]:
    style = styles.SUMMARY_SMALL_LIST if block.small else styles.SUMMARY_LIST
    return list(items_of(setter, block.items, style, ordered=block.ordered))


_SET: dict[type, Callable[[Any, Setter], list[Any]]] = {
    content.Table: _table,
    content.Bullets: _bullets,
    content.Remark: lambda block, setter: [TaggedParagraph(setter.markup(block.text), styles.SUMMARY_REMARK)],
    content.Figure: lambda block, setter: [figure(block.drawing, setter.printable)],
}
