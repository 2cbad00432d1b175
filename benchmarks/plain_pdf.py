"""A briefing's content laid out by plain reportlab, without tags: what the tagged engine is held against.

Same text, fonts, sizes, tables and drawings; no structure, no metadata, no page count, no page numbers in the list of
contents, so that one pass does and the comparison favours this side.
"""

from __future__ import annotations

import io
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageBreak, PageTemplate, Paragraph, Table

from benchmarks.harness import Comparison, Figures, Row, said_by
from s75desk.domain.drawing import Drawing, LineMark, Mark, PolylineMark, RectMark, TextMark
from s75desk.domain.status import Shape, Status
from s75desk.reporting import content, styles
from s75desk.reporting.drawing_pdf import paint_drawing
from s75desk.reporting.layout import render
from s75desk.reporting.numbering import Numbering
from s75desk.reporting.shapes_pdf import paint_shape
from s75desk.reporting.tagged import fonts

ROOT = Path(__file__).parent.parent
AT_MOST = 1.6


def comparison() -> Comparison:
    """Tagged against plain, each in a process of its own."""

    def side(name: str) -> Callable[[], Figures]:
        return lambda: said_by(["-m", "benchmarks.plain_pdf", name], {}, ROOT)

    row = Row("tagged PDF of 100 pages", "layout", "s", AT_MOST)
    return Comparison("the same content by plain reportlab", side("tagged"), side("plain"), (row,))


def plain_pdf(briefing: content.Briefing) -> bytes:
    """The briefing as an ordinary PDF."""
    file = io.BytesIO()
    page = styles.PAGE
    document = BaseDocTemplate(file, pagesize=(page.width, page.height), initialFontName=fonts.REGULAR, invariant=1)
    frame = Frame(
        page.side, page.bottom, page.measure, page.depth, leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0
    )

    def furniture(canvas: Any, current: Any) -> None:
        canvas.setFont(fonts.REGULAR, 8.5)
        canvas.drawString(page.side, page.foot, briefing.reference)
        canvas.drawRightString(page.width - page.side, page.foot, f"Page {current.page}")

    document.addPageTemplates(PageTemplate("page", [frame], onPage=furniture))
    document.build(list(_story(Numbering(briefing))))
    return file.getvalue()


def _story(numbering: Numbering) -> Iterator[Any]:
    briefing = numbering.briefing
    printable = fonts.Printable()

    def plain(text: content.Rich) -> str:
        return "".join(
            f"<b>{escape(printable(part.text))}</b>"
            if isinstance(part, content.Words) and part.bold
            else escape(printable(numbering.plain((part,))))
            for part in text
        )

    yield Paragraph(escape(briefing.kind), styles.EYEBROW)
    yield Paragraph(escape(briefing.title), styles.TITLE)
    yield Paragraph(escape(briefing.subtitle), styles.SUBTITLE)
    if briefing.contents:
        for section in numbering.sections:
            yield Paragraph(f"{section.label.number} {escape(section.section.title)}", styles.CONTENTS)
    for section in numbering.sections:
        if section.section.appendix:
            yield PageBreak()
        yield _numbered(escape(section.section.title), styles.HEADING, section.label.number)
        for numbered in section.blocks:
            number = numbered.label.number if numbered.label else ""
            yield from _block(numbered.block, number, plain, printable)


def _block(
    block: content.Block, number: str, plain: Callable[[content.Rich], str], printable: fonts.Printable
) -> Iterator[Any]:
    match block:
        case content.Paragraph():
            yield _numbered(plain(block.text), styles.NUMBERED, number)
        case content.Remark():
            yield Paragraph(plain(block.text), styles.REMARK)
        case content.Subheading():
            yield Paragraph(escape(block.title), styles.SUBHEADING)
        case content.Bullets():
            for item in block.items:
                yield Paragraph(plain(item), styles.LIST, bulletText="•")
        case content.Callout():
            lead = f"<b>{escape(block.status.word)}.</b> "
            yield Paragraph(lead + plain(block.text), styles.callout(block.status.shape))
        case content.Table():
            yield Paragraph(f"<b>Table {number}</b> {escape(block.caption)}", styles.CAPTION)
            yield _table(block, plain)
            if block.note:
                yield Paragraph(plain(block.note), styles.REMARK)
        case content.Figure():
            yield Paragraph(f"<b>Figure {number}</b> {escape(block.caption)}", styles.CAPTION)
            yield _Drawing(block.drawing, printable)


def _numbered(markup: str, style: ParagraphStyle, number: str) -> Paragraph:
    return Paragraph(markup, style, bulletText=number)


def _table(block: content.Table, plain: Callable[[content.Rich], str]) -> Table:
    heads = [Paragraph(escape(column.title), styles.CELL_HEAD) for column in block.columns]
    rows = [
        [_cell(cell, column, plain) for cell, column in zip(row.cells, block.columns, strict=True)]
        for row in block.rows
    ]
    widths = [column.least or styles.PAGE.measure / len(block.columns) for column in block.columns]
    commands = [
        ("FONT", (0, 0), (-1, -1), fonts.REGULAR, styles.CELL.fontSize),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LINEBELOW", (0, 0), (-1, 0), 0.9, styles.colour("text")),
        ("LINEBELOW", (0, 1), (-1, -1), 0.5, styles.colour("line")),
        ("TOPPADDING", (0, 0), (-1, -1), 3.5),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
    ]
    return Table([heads, *rows], colWidths=widths, repeatRows=1, splitInRow=1, style=commands)


def _cell(cell: content.Cell, column: content.Column, plain: Callable[[content.Rich], str]) -> Paragraph:
    markup = f"<b>{plain(cell.text)}</b>" if cell.bold else plain(cell.text)
    if cell.shape is None:
        return Paragraph(markup, styles.CELL_RIGHT if column.align == "right" else styles.CELL)
    shaped = _Shaped(f'<font color="{styles.word_colour(cell.shape)}">{markup}</font>', styles.CELL_SHAPED)
    shaped.shape = cell.shape
    return shaped


class _Shaped(Paragraph):  # type: ignore[misc]
    shape = Shape.NONE

    def draw(self) -> None:
        super().draw()
        paint_shape(self.canv, self.shape, 0, self.height - 2, 9)


class _Drawing(Flowable):  # type: ignore[misc]
    def __init__(self, drawing: Drawing, printable: fonts.Printable) -> None:
        super().__init__()
        self.drawing, self.printable = drawing, printable
        self.width, self.height = drawing.width, drawing.height

    def draw(self) -> None:
        paint_drawing(self.canv, self.drawing, self.printable)


# --- a hundred pages ------------------------------------------------------------------------------------------------

_PROSE = (
    "The service was reviewed in the quarter and the partners agreed what follows from it. Demand has grown in every "
    "locality, and the wait for an assessment is longer than the target allows. The provider has appointed to three of "
    "the five posts that were vacant; the others are advertised again. Neither partner has changed its contribution."
)
_STATUSES = (
    Status(Shape.GOOD, "On target"),
    Status(Shape.WATCH, "Near target"),
    Status(Shape.ALERT, "Off target"),
    Status(Shape.UNKNOWN, "Not known"),
)


def long_briefing(sections: int = 42) -> content.Briefing:
    """A briefing of about a hundred pages at 42 sections: prose, lists, tables that run over pages, drawings."""
    return content.Briefing(
        kind="Agreement briefing",
        title="A long agreement",
        subtitle="For a committee with patience. As at 2 February 2026.",
        reference="LONG-1",
        key_message=None,
        sections=tuple(_section(place) for place in range(sections)),
        contents=True,
        author="The contract compliance officer",
    )


def _section(place: int) -> content.Section:
    key = f"section{place}"
    back = content.rich("See ", content.Ref(f"{key}.table"), f". {_PROSE}")
    items = tuple(content.rich(f"Point {number}: ", content.bold("agreed"), f", {_PROSE[:120]}") for number in range(6))
    prose = content.rich(content.bold(f"Matter {place}."), f" {_PROSE} {_PROSE}")
    blocks: list[content.Block] = [content.Paragraph(prose), content.Paragraph(back), content.Bullets(items)]
    blocks.append(_long_table(key, place))
    blocks.append(content.Subheading("Month by month"))
    blocks += [content.Paragraph(content.rich(_PROSE)) for _ in range(3)]
    blocks.append(content.Figure(f"{key}.figure", "Figures by month", _drawing(place)))
    return content.Section(key, f"Section number {place + 1}", tuple(blocks))


def _long_table(key: str, place: int) -> content.Table:
    rows = tuple(
        content.Row(
            (
                content.cell(f"Measure {place}.{row}: {_PROSE[row : row + 30].strip()}"),
                content.cell(f"{(row * 37 + place) % 100}%"),
                content.cell(f"{row * 3 + 10} of {row * 4 + 20}"),
                content.cell("at least 75%"),
                content.status_cell(_STATUSES[row % 4]),
            )
        )
        for row in range(34)
    )
    columns = (
        # The widths that both sides come to, so that both make as many pages.
        content.Column("Measure", least=180.0),
        content.Column("Latest", "right", least=60.0),
        content.Column("n of N", "right", least=70.0),
        content.Column("Target", least=80.0),
        content.Column("Status", least=80.0),
    )
    return content.Table(f"{key}.table", "Measures", columns, rows)


def _drawing(place: int) -> Drawing:
    points = tuple((20.0 + 22 * month, 90.0 - (month * 17 + place * 5) % 60) for month in range(20))
    marks: tuple[Mark, ...] = (
        RectMark(10, 40, 450, 25, "band", "band_edge", hatch=True),
        *(LineMark(10, y, 460, y, "grid") for y in (20.0, 40.0, 60.0, 80.0, 100.0)),
        PolylineMark(points, "spc_common"),
        *(TextMark(x, 112, str(number), "muted", 8, anchor="middle") for number, (x, _) in enumerate(points)),
    )
    return Drawing(470, 120, marks, "A line of twenty invented figures that rises and falls between four grid lines.")


def main(side: str) -> int:
    """Lay the long briefing out once as ``side`` and say how long that took."""
    from datetime import date

    briefing = long_briefing()
    as_at = date(2026, 2, 2)
    warm = long_briefing(1)
    lay_out: Callable[[content.Briefing], bytes] = (
        plain_pdf if side == "plain" else lambda each: render(each, as_at=as_at).data
    )
    # Fonts are parsed and modules loaded once a process, whatever is laid out afterwards.
    lay_out(warm)
    started = time.process_time()
    data = lay_out(briefing)
    seconds = time.process_time() - started
    print(f"layout {seconds:.4f}")
    print(f"kilobytes {len(data) / 1000:.0f}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
