"""The page of archived records of every kind, with the way to bring them back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QMenu, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from s75desk.domain.changes import Changes
from s75desk.domain.errors import DeskError
from s75desk.domain.wording import date_short, number, plural
from s75desk.services.archive import ArchivedRow
from s75desk.services.exporting import Sheet
from s75desk.ui.itemmodels.cells import Cell, Column
from s75desk.ui.navigation import Destination
from s75desk.ui.pages.archived_detail import ArchivedDetail
from s75desk.ui.pages.context import Context
from s75desk.ui.pages.filter_row import FilterRow
from s75desk.ui.pages.list_export import export_as, write_sheet
from s75desk.ui.widgets.empty_state import EmptyState
from s75desk.ui.widgets.error_panel import ErrorPanel
from s75desk.ui.widgets.filter_button import FilterButton
from s75desk.ui.widgets.skeleton import Skeleton
from s75desk.ui.widgets.surface import Hairline
from s75desk.ui.widgets.table import RecordTable

_SPLIT = 0.55


def _at(found: ArchivedRow) -> Cell:
    local = found.at.astimezone()
    return Cell(date_short(local.date()), f"{local:%H:%M}", sort=found.at)


def _what(found: ArchivedRow) -> Cell:
    parts = [found.of] if found.of else []
    if found.brings:
        parts.append(f"with {number(found.brings)} that it owns")
    return Cell(found.heading, " · ".join(parts) or found.noun)


COLUMNS: list[Column[ArchivedRow]] = [
    Column("what", "Record", _what, "two_line", 0, second="Belongs to"),
    Column("kind", "Kind", lambda r: Cell(r.noun), "text", 9.5),
    Column("at", "Archived", _at, "date", 7.6),
    Column("who", "By", lambda r: Cell(r.who, colour="muted"), "text", 13.5),
]


class ArchivedPage(QWidget):
    """Every archived record. It is no list page: several records can be marked, and none is edited here.

    It offers the methods that the window uses of a page; those that make no sense here say so.
    """

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self._stale = True
        self._wanted = ""
        self._loaded = False
        self._keyboard_due = False
        self._kind = FilterButton("Kind", multiple=True)
        self._show = FilterButton("Show", [("all", "What was archived with them too")], anything="What was archived")
        self.filter_row = FilterRow("Search archived records", filters=(self._kind, self._show), parent=self)
        self.table: RecordTable[ArchivedRow] = RecordTable(
            "Archived records",
            COLUMNS,
            lambda found: found.record.uid,
            settings=context.settings,
            search=lambda found: f"{found.heading} {found.noun} {found.of} {found.who}",
            parent=self,
        )
        self.detail = ArchivedDetail(self)
        self._assemble()
        self._connect()
        self.filters_changed()

    # What the window asks of a page

    def arrive(self, destination: Destination) -> None:
        """Show the page, at an archived record if one is named."""
        self._wanted = destination.uid
        if destination.uid and not self._stale:
            self._go_to_wanted()
        self.refresh_if_stale()

    def where(self) -> Destination:
        """Where the page is now."""
        current = self.table.current_row()
        return Destination("archived", current.record.uid if current else "")

    def focus_search(self) -> None:
        """Put the cursor into the search field."""
        self.filter_row.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter_row.search.selectAll()

    def take_keyboard(self) -> None:
        """Put the keyboard into the list, or into the search while nothing is archived."""
        seen = self._whole.currentWidget() is self._body
        self._keyboard_due = not self._loaded
        (self.table if seen else self.filter_row.search).setFocus(Qt.FocusReason.OtherFocusReason)

    def start_new(self) -> None:
        """Nothing is made here; the keyboard goes to the list."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def edit_current(self) -> None:
        """An archived record is restored before it is edited; the keyboard goes to the button that does so."""
        if self.marked():
            self.detail.restore.setFocus(Qt.FocusReason.TabFocusReason)

    def archive_current(self) -> None:
        """What is here is archived already; nothing happens."""

    def refresh_if_stale(self) -> None:
        """Read the archive again if anything was written and the page can be seen."""
        if self._stale and self.isVisible():
            self._stale = False
            self.context.operations.read(self, self.context.office.archive.rows, self._take, self._fail)

    def reload(self) -> None:
        """Read the archive again."""
        self._stale = True
        self.refresh_if_stale()

    def export(self, what: str = "xlsx") -> None:
        """Write what the table shows to a file, or copy it."""
        export_as(what, self, self.context, "Archived records", self.table, self.export_to)

    def export_to(self, file: Path) -> None:
        """Write the shown rows to a file; days stay days."""
        titles = ("Record", "Kind", "Belongs to", "Archived", "By")
        rows = tuple(
            (found.heading, found.noun, found.of or None, found.at.astimezone().date(), found.who)
            for found in self.table.visible_rows()
        )

        write_sheet(self.context, self, Sheet("Archived records", titles, rows), file)

    # Restoring

    def marked(self) -> list[ArchivedRow]:
        """The records that are marked, in the order shown."""
        return self.table.marked_rows()

    def restore(self) -> None:
        """Bring back what is marked, in one change."""
        wanted = [(found.record.KIND, found.record.uid) for found in self.marked()]
        if wanted:
            archive = self.context.office.archive
            self.context.operations.write(self, lambda: archive.restore_all(wanted), self._restored)

    def _fill_menu(self, _: ArchivedRow, menu: QMenu) -> None:
        menu.addAction(self.detail.restore.text(), self.restore)

    def _restored(self, _: Changes) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    # Loading and filters

    def showEvent(self, event: QShowEvent) -> None:
        """A page that can be seen reads what it has missed."""
        super().showEvent(event)
        self.refresh_if_stale()

    def filters_changed(self) -> None:
        """Show other rows."""
        kinds, everything = set(self._kind.values()), self._show.value() == "all"
        self.table.set_accept(
            lambda found: (everything or not found.went_with) and (not kinds or found.record.KIND in kinds)
        )
        self._say_count()

    def clear_filters(self) -> None:
        """Let go of every filter."""
        self._kind.set_value("")
        self._show.set_value("")

    def _take(self, rows: Sequence[ArchivedRow]) -> None:
        kinds = {found.record.KIND: found.noun for found in rows}
        self._kind.set_options(sorted(kinds.items(), key=lambda pair: pair[1]))
        self.table.set_rows(rows)
        self._say_count()
        self._whole.setCurrentWidget(self._body if rows else self._empty)
        if self._wanted:
            self._go_to_wanted()
        elif self.table.current_row() is None:
            self.table.select_first()
        self._mark()
        self._loaded = True
        if self._keyboard_due:  # after a row is marked: Qt gives a table that gets the keyboard a row without a mark
            self.take_keyboard()

    def _fail(self, trouble: DeskError) -> None:
        self._error.set_trouble(trouble)
        self._whole.setCurrentWidget(self._error)

    def _go_to_wanted(self) -> None:
        wanted, self._wanted = self._wanted, ""
        if not self.table.select_uid(wanted):
            self.filter_row.search.clear()
            self._kind.set_value("")
            self._show.set_value("all")
            self.table.select_uid(wanted)

    def _changed(self, _: Changes) -> None:
        self._stale = True
        self.refresh_if_stale()

    def _search(self, text: str) -> None:
        self.table.set_search(text)
        self._say_count()

    def _say_count(self) -> None:
        shown, rows = self.table.visible_rows(), self.table.rows_model().all_rows()
        themselves = sum(1 for found in rows if not found.went_with)
        base = len(rows) if self._show.value() == "all" else themselves
        words = plural(base, "record")
        self.filter_row.count.setText(words if len(shown) == base else f"{number(len(shown))} of {words}")
        if rows and not shown:
            self.table.set_empty_text(f"Nothing matches. Clear search and filters to see all {number(base)}.")
        self._mark()

    def _mark(self) -> None:
        self.detail.show_rows(self.marked())

    # Build

    def _assemble(self) -> None:
        self._body = QSplitter(Qt.Orientation.Horizontal, self)
        self._body.setHandleWidth(1)
        self._body.setChildrenCollapsible(False)
        self._body.addWidget(self.table)
        self._body.addWidget(self.detail)
        self._body.setStretchFactor(0, round(_SPLIT * 100))
        self._body.setStretchFactor(1, round((1 - _SPLIT) * 100))
        self._empty = EmptyState(
            "Nothing is archived",
            "Records that you archive stand here with everything they own and their history.\n"
            "Nothing is ever deleted from a desk: what is here can be restored.",
            parent=self,
        )
        self._error = ErrorPanel(parent=self)
        self._waiting = Skeleton(parent=self)
        self._whole = QStackedWidget(self)
        for part in (self._waiting, self._body, self._empty, self._error):
            self._whole.addWidget(part)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.filter_row)
        layout.addWidget(Hairline(parent=self))
        layout.addWidget(self._whole, 1)

    def _connect(self) -> None:
        self.filter_row.search_changed.connect(self._search)
        self.filter_row.filters_changed.connect(self.filters_changed)
        self.filter_row.export_asked.connect(self.export)
        self.filter_row.set_columns_menu(self.table.columns_menu())
        self.table.selectionModel().selectionChanged.connect(self._mark)
        self.table.activated_row.connect(self._activated)
        self.table.typed.connect(self.filter_row.begin)
        self.table.menu_opening.connect(self._fill_menu)
        self.detail.restore_asked.connect(self.restore)
        self._error.retry_pressed.connect(self.reload)
        self.context.operations.bus.changed.connect(self._changed)

    def _activated(self, _: ArchivedRow) -> None:
        self.edit_current()
