"""Tables: THead and TBody of rows, header cells with scope and ID, and the same Table on every page it runs over."""

from __future__ import annotations

from typing import Any

from reportlab.platypus import Table

from s75desk.reporting.tagged.structure import Attributes, Tag


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
        self._origin: list[int | None] = list(range(self._nrows))
        self._repeating: Any = None

    def tagged(self, *, row_headers: bool, prefix: str) -> TaggedTable:
        """Say whether rows have headers, and what the IDs of this table's header cells begin with; returns self."""
        self.row_headers, self.prefix = row_headers, prefix
        return self

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
