"""The page of notes that an older desk brought along: each is read, and printed from then on or kept private."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from s75desk.domain.changes import Changes
from s75desk.domain.errors import DeskError
from s75desk.domain.wording import plural
from s75desk.services.notes import NoteRow
from s75desk.ui.itemmodels.cells import Cell, Column
from s75desk.ui.navigation import PAGE_OF, Destination
from s75desk.ui.pages.context import Context
from s75desk.ui.widgets.buttons import make_button
from s75desk.ui.widgets.empty_state import EmptyState
from s75desk.ui.widgets.error_panel import ErrorPanel
from s75desk.ui.widgets.labels import ElidedLabel, Label, WrappedLabel
from s75desk.ui.widgets.layouts import column, row
from s75desk.ui.widgets.skeleton import Skeleton
from s75desk.ui.widgets.surface import Hairline, Surface
from s75desk.ui.widgets.table import RecordTable
from s75desk.ui.widgets.table_extras import copy_all

COLUMNS: list[Column[NoteRow]] = [
    Column("of", "Record", lambda note: Cell(note.of, note.noun, tip=note.of), "two_line", 24, second="Kind of record"),
    Column("text", "Note", lambda note: Cell(" ".join(note.text.split()), tip=note.text), "text", 0),
]

_LEAD = "They came with the desk and print on no paper until you have decided. P prints a note, K keeps it private."


class NotesPage(QWidget):
    """See the module. It offers the methods that the window uses of a page; those without sense here do nothing."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self._stale = True
        self._keyboard_due = False
        self.table: RecordTable[NoteRow] = RecordTable(
            "Notes to go through",
            COLUMNS,
            lambda note: f"{note.kind}{note.uid}",
            settings=context.settings,
            parent=self,
        )
        self._assemble()
        self.table.typed.connect(self._typed)
        self.table.activated_row.connect(self._open)
        self.table.selectionModel().selectionChanged.connect(self._mark)
        context.operations.bus.changed.connect(self._changed)

    # What the window asks of a page

    def arrive(self, destination: Destination) -> None:
        """Show the page."""
        self.refresh_if_stale()

    def where(self) -> Destination:
        """Where the page is now."""
        return Destination("notes")

    def take_keyboard(self) -> None:
        """Put the keyboard into the list, or on the way back where no note waits."""
        shown = self._whole.currentWidget()
        self._keyboard_due = shown is self._waiting
        if shown is self._empty:
            self._empty.setFocus(Qt.FocusReason.OtherFocusReason)
        elif shown is self._body:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_search(self) -> None:
        """There is no search here; the keyboard goes to the list."""
        self.take_keyboard()

    def start_new(self) -> None:
        """Nothing is made here; the keyboard goes to the list."""
        self.take_keyboard()

    def edit_current(self) -> None:
        """Open the record that the note belongs to."""
        self._open(self.table.current_row())

    def archive_current(self) -> None:
        """A note is no record: nothing happens."""

    def export(self, what: str = "copy") -> None:
        """Copy the list as a table."""
        copy_all(self.table)
        self.context.operations.bus.said.emit(Changes(f"Copied: {plural(len(self.table.visible_rows()), 'row')}"))

    def refresh_if_stale(self) -> None:
        """Read the notes again if anything was written and the page can be seen."""
        if self._stale and self.isVisible():
            self._stale = False
            self.context.operations.read(self, self.context.office.notes.waiting, self._take, self._fail)

    def reload(self) -> None:
        """Read the notes again."""
        self._stale = True
        self.refresh_if_stale()

    def showEvent(self, event: QShowEvent) -> None:
        """A page that can be seen reads what it has missed."""
        super().showEvent(event)
        self.refresh_if_stale()

    # Deciding

    def decide(self, *, prints: bool) -> None:
        """Print what is marked from now on, or keep it private; the next note is marked then."""
        chosen = [(note.kind, note.uid) for note in self.table.marked_rows()]
        if chosen:
            notes = self.context.office.notes
            self.context.operations.write(self, lambda: notes.decide(chosen, prints=prints))
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _print(self) -> None:
        self.decide(prints=True)

    def _keep(self) -> None:
        self.decide(prints=False)

    def _typed(self, letters: str) -> None:
        if letters.casefold() in ("p", "k"):
            self.decide(prints=letters.casefold() == "p")

    def _open(self, note: NoteRow | None) -> None:
        if note is not None and note.kind in PAGE_OF:
            self.context.navigator.open(note.kind, note.uid)

    # Showing

    def _take(self, rows: Sequence[NoteRow]) -> None:
        marked = self.table.marked_lines()
        self.table.set_rows(rows)
        self._title.setText(f"{plural(len(rows), 'note')} to go through")
        self._whole.setCurrentWidget(self._body if rows else self._empty)
        shown = self.table.visible_rows()
        if shown:
            note = shown[min(marked[0] if marked else 0, len(shown) - 1)]
            self.table.select_uid(f"{note.kind}{note.uid}")
        self._mark()
        if self._keyboard_due:
            self.take_keyboard()

    def _mark(self) -> None:
        marked = self.table.marked_rows()
        several = f" {len(marked)}" if len(marked) > 1 else " it"
        self._yes.setText(f"Print{several}")
        self._no.setText("Keep private" if len(marked) < 2 else f"Keep {len(marked)} private")
        self._text.setText("\n\n".join(note.text for note in marked[:3]))
        for button in (self._yes, self._no):
            button.withhold("" if marked else "No note is marked.")

    def _fail(self, trouble: DeskError) -> None:
        self._error.set_trouble(trouble)
        self._whole.setCurrentWidget(self._error)

    def _changed(self, _: Changes) -> None:
        self._stale = True
        self.refresh_if_stale()

    # Build

    def _assemble(self) -> None:
        self._title = Label("Notes to go through", "title", bold=True, parent=self)
        self._yes = make_button("Print it", "briefing", "primary", key="P", parent=self)
        self._no = make_button("Keep private", "", key="K", parent=self)
        self._yes.clicked.connect(self._print)
        self._no.clicked.connect(self._keep)
        self._text = WrappedLabel("", selectable=True)
        reading = Surface("panel", self)
        column(self._text, None, gap=0, margins=(14, 10, 14, 10), parent=reading)
        self._body = QWidget(self)
        head = row(
            (column(self._title, ElidedLabel(_LEAD, colour="muted", parent=self), gap=1), 1), self._no, self._yes, gap=8
        )
        column(head, Hairline(), (self.table, 4), (reading, 1), gap=10, margins=(20, 14, 20, 12), parent=self._body)
        self._empty = EmptyState(
            "No note waits for you",
            "Notes print on papers unless you mark them as private in the form of their record.",
            "Go to the Overview",
            icons=("overview", "", ""),
            parent=self,
        )
        self._empty.primary_pressed.connect(lambda: self.context.navigator.go(Destination("overview")))
        self._error = ErrorPanel(parent=self)
        self._error.retry_pressed.connect(self.reload)
        self._whole = QStackedWidget(self)
        self._waiting = Skeleton(parent=self)
        for part in (self._waiting, self._body, self._empty, self._error):
            self._whole.addWidget(part)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._whole)
