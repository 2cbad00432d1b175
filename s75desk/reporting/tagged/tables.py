"""Tables: THead and TBody of rows, header cells with scope and ID, and the same Table on every page it runs over."""

from __future__ import annotations

from typing import Any

from reportlab.platypus import Table

from s75desk.reporting.tagged.structure import Attributes, Tag

TALL_ROW = 150.0
"""A row of this height in points or more may be split over two pages; a lower one goes to the next page whole."""


class TaggedTable(Table):  # type: ignore[misc]
    """A table whose first row heads its columns and, if ``row_headers``, whose first cells head their rows.

    reportlab makes new tables of the parts when one is split; ``_origin`` says for each row of a part which row of
    the whole it is, or None where it is the header repeated at the top of a page.
    """

    def __init__(self, data: Any, *args: Any, **options: Any) -> None:
        options.setdefault("renderCB", _DRAWING)
        options.setdefault("repeatRows", 1)
        options.setdefault("splitInRow", 1)
        super().__init__(data, *args, **options)
        self.tag = Tag("Table")
        self.row_headers = False
        self.prefix = ""
        self.page_depth = 0.0
        self._origin: list[int | None] = list(range(self._nrows))
        self._repeating: Any = None

    def tagged(self, *, row_headers: bool, prefix: str, page_depth: float) -> TaggedTable:
        """Say whether rows have headers, what the IDs of header cells begin with, how deep a page is; returns self."""
        self.row_headers, self.prefix, self.page_depth = row_headers, prefix, page_depth
        return self

    @property
    def start_height(self) -> float:
        """Height of the header and the first row, once it has been wrapped."""
        return float(sum(self._rowHeights[: int(self.repeatRows) + 1]))

    def split(self, availWidth: float, availHeight: float) -> Any:  # noqa: N803 (reportlab)
        """Split between rows so that the last does not stand alone, and within a row only if it is tall.

        reportlab's own way is to split between rows first and then, on the same page, within the next row, which
        puts a second header in the middle of the page.
        """
        self._calc(availWidth, availHeight)
        if self._splits_in_row(availHeight):
            return self._splitRows(availHeight, doInRowSplit=1)
        return self._splitRows(self._leaving_company(availHeight), doInRowSplit=0)

    def _leaving_company(self, height: float) -> float:
        """The height to split at so that at least two rows go to the next page, if two stay on this one."""
        heights = self._rowHeights
        fitting, top = 0, 0.0
        while fitting < len(heights) and heights[fitting] is not None and top + heights[fitting] <= height:
            top += heights[fitting]
            fitting += 1
        if fitting == len(heights) - 1 and fitting - int(self.repeatRows) > 1:
            return float(top - heights[fitting - 1] / 2)
        return height

    def _splits_in_row(self, height: float) -> bool:
        """Whether the row that crosses the end of the page is tall enough, and has room enough, to be split."""
        # Heights that have not been needed yet are not worked out: None.
        heads = int(self.repeatRows)
        whole_page = self.page_depth - sum(self._rowHeights[:heads])
        top = 0.0
        for place, row in enumerate(self._rowHeights):
            if row is None:
                return False
            if top + row <= height:
                top += row
                continue
            room = height - top
            if place < heads or room < TALL_ROW / 2:
                return False
            # A row that no page can hold must be split; a tall one may be, if enough of it goes on both sides.
            return bool(row > whole_page or (row >= TALL_ROW and room <= row - TALL_ROW / 4))
        return False

    def _splitRows(self, availHeight: float, doInRowSplit: int = 0) -> Any:  # noqa: N802, N803 (reportlab)
        parts = super()._splitRows(availHeight, doInRowSplit)
        if len(parts) == 2:
            before, after = parts
            repeated = int(self.repeatRows)
            # One more row than before: a row was itself split in two, and both halves are the same row.
            shared = before._nrows + after._nrows - repeated - self._nrows
            before._origin = self._origin[: before._nrows]
            after._origin = [None] * repeated + self._origin[before._nrows - shared :]
            for part in parts:
                part.tag, part.row_headers, part.prefix = self.tag, self.row_headers, self.prefix
                part.page_depth = self.page_depth
        return parts


class _Drawing:
    """What reportlab calls round the background, rows, cells and lines of a table while it draws one."""

    def __call__(self, table: TaggedTable, step: str, *arguments: Any) -> None:
        getattr(self, step)(table, *arguments)

    def startTable(self, table: TaggedTable) -> None:  # noqa: N802 (reportlab)
        table.canv.open(table.tag)

    def endTable(self, table: TaggedTable) -> None:  # noqa: N802 (reportlab)
        table.canv.close()

    def startBG(self, table: TaggedTable) -> None:  # noqa: N802 (reportlab)
        table._repeating = table.canv.artifact()
        table._repeating.__enter__()

    def endBG(self, table: TaggedTable) -> None:  # noqa: N802 (reportlab)
        table._repeating.__exit__(None, None, None)
        table._repeating = None

    startLines = startBG  # noqa: N815 (reportlab)
    endLines = endBG  # noqa: N815 (reportlab)

    def startRow(self, table: TaggedTable, row: int) -> None:  # noqa: N802 (reportlab)
        origin = table._origin[row]
        if origin is None:
            table._repeating = table.canv.artifact(pagination=True)
            table._repeating.__enter__()
            return
        head = origin == 0
        table.canv.open((table.tag, head), "THead" if head else "TBody")
        table.canv.open((table.tag, "row", origin), "TR")

    def endRow(self, table: TaggedTable) -> None:  # noqa: N802 (reportlab)
        if table._repeating is not None:
            self.endBG(table)
            return
        table.canv.close()
        table.canv.close()

    def startCell(self, table: TaggedTable, row: int, column: int, *_rest: Any) -> None:  # noqa: N802 (reportlab)
        origin = table._origin[row]
        if origin is None:
            table.canv.open(table.tag)
            return
        column_head, row_head = f"{table.prefix}c{column}", f"{table.prefix}r{origin}"
        if origin == 0:
            role, attributes = "TH", Attributes(scope="Column", identity=column_head)
        elif table.row_headers and column == 0:
            role, attributes = "TH", Attributes(scope="Row", identity=row_head)
        else:
            heads = (column_head, row_head) if table.row_headers else (column_head,)
            role, attributes = "TD", Attributes(headers=heads)
        table.canv.open((table.tag, "cell", origin, column), role, attributes)

    def endCell(self, table: TaggedTable) -> None:  # noqa: N802 (reportlab)
        table.canv.close()


_DRAWING = _Drawing()
