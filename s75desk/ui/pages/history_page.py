"""The history of a record and of what it owns: when, who, what, before and after."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from s75desk.services.records import HistoryLine
from s75desk.ui.itemmodels.cells import Cell, Column
from s75desk.ui.pages.context import Context
from s75desk.ui.widgets.labels import Label
from s75desk.ui.widgets.layouts import column, row
from s75desk.ui.widgets.table import RecordTable


def _when(line: HistoryLine) -> Cell:
    local = line.at.astimezone()
    return Cell(f"{local.day} {local:%b %Y %H:%M}", line.who, sort=line.at)


def _value(line: HistoryLine, value: str, colour: str = "") -> Cell:
    """A value of a field; a line about the record as a whole has none."""
    if not line.field:
        return Cell("")
    return Cell(value, colour=colour, tip=value) if value else Cell("Not known", colour="muted")


COLUMNS: list[Column[HistoryLine]] = [
    Column("at", "When", _when, "two_line", 12.6),
    Column(
        "what",
        "What",
        lambda line: Cell(line.heading or line.label, line.field or "Added to the desk", tip=line.label),
        "two_line",
        0,
        second="Field",
    ),
    Column("before", "Before", lambda line: _value(line, line.before, "muted"), "text", 0),
    Column("after", "After", lambda line: _value(line, line.after), "text", 0),
]


class HistoryPage(QWidget):
    """Shows history lines, newest first."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self._caption = Label("", colour="muted", parent=self)
        self.table: RecordTable[HistoryLine] = RecordTable(
            "History",
            COLUMNS,
            lambda line: f"{line.change_id}{line.heading}{line.field}{line.after}",
            settings=context.settings,
            parent=self,
        )
        self.table.set_empty_text("Nothing has been changed since this record came into the desk.")
        column(
            row(Label("History", "heading", bold=True, parent=self), self._caption, None),
            (self.table, 1),
            gap=4,
            margins=(24, 12, 24, 16),
            parent=self,
        )

    def show_history(self, kind: str, uid: str) -> None:
        """Read and show the history of a record."""
        records = self.context.office.records
        self.context.operations.read(self, lambda: records.history(kind, uid), self._take)

    def _take(self, lines: Sequence[HistoryLine]) -> None:
        self.table.set_rows(lines)
        self._caption.setText("append-only, each line chained to the one before" if lines else "")
