"""A table for the clipboard: tab-separated for a spreadsheet, HTML for a document."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QMimeData

Grid = Sequence[Sequence[str]]


def as_tsv(grid: Grid) -> str:
    """Lines of tab-separated text; tabs and line ends inside a cell become spaces."""
    return "\n".join("\t".join(" ".join(cell.split()) for cell in line) for line in grid)


def as_html(grid: Grid) -> str:
    """An HTML table whose first line is its header."""
    head, *body = grid
    rows = ["<tr>" + "".join(f"<th>{escape(cell)}</th>" for cell in head) + "</tr>"]
    rows += ["<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in line) + "</tr>" for line in body]
    return "<table>" + "".join(rows) + "</table>"


def as_mime(grid: Grid) -> QMimeData:
    """Both forms at once; who pastes takes the one it understands."""
    data = QMimeData()
    data.setText(as_tsv(grid))
    data.setHtml(as_html(grid))
    return data
