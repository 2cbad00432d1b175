"""What an archived record was, to read before it is brought back."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from s75desk.domain.fields import FieldType
from s75desk.domain.statuses.kept import ARCHIVED, archived_status
from s75desk.domain.wording import date_long, number, plural, value_text
from s75desk.services.archive import ArchivedRow
from s75desk.ui.pages.field_sheet import FieldSheet
from s75desk.ui.pages.record_view import SubPage
from s75desk.ui.widgets.buttons import make_button
from s75desk.ui.widgets.labels import ElidedLabel, Label, WrappedLabel
from s75desk.ui.widgets.layouts import column, row
from s75desk.ui.widgets.status_line import StatusLine
from s75desk.ui.widgets.surface import Hairline, Surface


class ArchivedDetail(Surface):
    """Shows one archived record, or how many are marked.

    Signals:
        restore_asked: Bring back what is marked.
    """

    restore_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("surface", parent)
        self._title = WrappedLabel("", "title", bold=True, parent=self)
        self._subtitle = ElidedLabel("", colour="muted", parent=self)
        self._status = StatusLine(ARCHIVED, parent=self)
        self.restore = make_button("Restore", "undo", "primary", parent=self)
        self.restore.clicked.connect(self.restore_asked)
        self._facts = FieldSheet(label_width=10, parent=self)
        page = SubPage(parent=self)
        page.put(self._facts)
        step = row(self.restore, None)
        head = column(self._title, self._subtitle, 8, self._status, 10, step, 12, gap=0, margins=(24, 12, 20, 0))
        shown = QWidget(self)
        column(head, Hairline(parent=shown), (page, 1), gap=0, parent=shown)
        nothing = QWidget(self)
        hint = Label("Choose a record to see what it was.", colour="muted", parent=nothing)
        column(hint, None, margins=(24, 16, 24, 16), parent=nothing)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(nothing)
        self._stack.addWidget(shown)
        column((self._stack, 1), gap=0, parent=self)

    def show_rows(self, marked: Sequence[ArchivedRow]) -> None:
        """Show the record that is marked, or what all of those marked are."""
        self._stack.setCurrentIndex(1 if marked else 0)
        if len(marked) == 1:
            self._show_one(marked[0])
        elif marked:
            self._show_several(marked)

    def _show_one(self, found: ArchivedRow) -> None:
        self._title.setText(found.heading)
        self._subtitle.setText(f"{found.noun} of {found.of}" if found.of else found.noun)
        if found.waits_for:
            words = f"It belongs to {found.waits_for}, which is archived. Restore both."
        elif found.went_with:
            words = "It was archived together with what it belongs to. Restore that."
        elif found.brings:
            words = f"Restoring brings it back with {plural(found.brings, 'record')} that it owns."
        else:
            words = "Restoring brings it back as it was."
        self._status.set_status(archived_status(words))
        self.restore.set_words(f"Restore {type(found.record).NOUN}")
        self._facts.set_pairs(facts_of(found))

    def _show_several(self, marked: Sequence[ArchivedRow]) -> None:
        kinds = list(dict.fromkeys(found.noun for found in marked))
        self._title.setText(f"{number(len(marked))} records")
        self._subtitle.setText(", ".join(kinds))
        self._status.set_status(archived_status("Restoring brings them back in one step."))
        self.restore.set_words(f"Restore {plural(len(marked), 'record')}")
        self._facts.set_pairs([(found.noun, found.heading) for found in marked])


def facts_of(found: ArchivedRow) -> list[tuple[str, str]]:
    """When and by whom it was archived, and every field whose value is known and can be read by itself."""
    at = found.at.astimezone()
    pairs = [("Archived", f"{date_long(at.date())} at {at:%H:%M}"), ("By", found.who)]
    for name, field in type(found.record).fields().items():
        value = getattr(found.record, name)
        if value in (None, "") or field.hidden or field.type is FieldType.REFERENCE:
            continue
        pairs.append((field.label, value_text(field, value, long=True, unit=True)))
    return pairs
