"""What was known later than the day shown, and so is not used: the sub-page of a record on another day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from PySide6.QtWidgets import QWidget

from s75desk.domain.dated import Difference, Later
from s75desk.domain.records import KINDS
from s75desk.domain.wording import date_long, list_words, plural, value_text
from s75desk.ui.itemmodels.cells import Cell, Column
from s75desk.ui.pages.cell_words import day, said
from s75desk.ui.pages.context import Context
from s75desk.ui.widgets.labels import Label, WrappedLabel
from s75desk.ui.widgets.layouts import column, row
from s75desk.ui.widgets.table import RecordTable

TITLE = "Different today"


class DifferentToday(QWidget):
    """Shows what is another today, since when and by what."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names: Mapping[str, str] = {}
        shown = context.today
        columns: list[Column[Difference]] = [
            Column("what", "What", lambda one: Cell(one.field.label, bold=True), "text", 12),
            Column("then", f"On {date_long(shown)}", lambda one: self._value(one, one.then), "text", 0),
            Column("now", "Today", lambda one: self._value(one, one.now), "text", 0),
            Column("since", "Known from", lambda one: day(one.since), "date", 8),
            Column("by", "By", lambda one: said(one.by), "text", 10),
        ]
        self.table: RecordTable[Difference] = RecordTable(
            TITLE, columns, lambda one: one.field.name, settings=context.settings, parent=self
        )
        self.table.set_empty_text("Nothing about this record itself has changed since.")
        self.left_out = WrappedLabel("", colour="muted")
        column(
            row(
                Label(TITLE, "heading", bold=True, parent=self),
                Label(_said(shown, context.office.place.today()), colour="muted", parent=self),
                None,
            ),
            (self.table, 1),
            self.left_out,
            gap=4,
            margins=(24, 12, 24, 16),
            parent=self,
        )

    def show_later(self, later: Later) -> None:
        """Show what a record was not yet on the day."""
        self._names = later.names
        self.table.set_rows(later.differences)
        self.left_out.setText(left_out_words(later.left_out))

    def _value(self, one: Difference, value: object) -> Cell:
        if value in (None, ""):
            return Cell("Not known", colour="muted")
        words = value_text(one.field, value, names=self._names, unit=True)
        return Cell(words, sort=value if isinstance(value, date) else words, tip=words)


def _said(shown: date, today: date) -> str:
    """What the page holds: what came after a day that has passed, or what will be another on one to come."""
    if shown > today:
        return f"what is agreed to be another on {date_long(shown)} than it is today"
    return f"known later than {date_long(shown)}, so not used"


def left_out_words(left_out: Mapping[str, int]) -> str:
    """What is left out, by kind: “3 later facts are left out: 1 decision and 2 actions.”; "" for nothing."""
    if not left_out:
        return ""
    parts = [plural(count, KINDS[kind].NOUN, KINDS[kind].PLURAL) for kind, count in left_out.items()]
    total = sum(left_out.values())
    return f"{plural(total, 'later fact')} {'is' if total == 1 else 'are'} left out: {list_words(parts)}."
