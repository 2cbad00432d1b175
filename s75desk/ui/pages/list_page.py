"""The anatomy of every list page: filter row, table, and the record beside it (or in its place when narrow)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QWidget

from s75desk.domain.changes import Changes
from s75desk.domain.errors import DeskError
from s75desk.ui.navigation import Destination
from s75desk.ui.pages.beside import Beside
from s75desk.ui.pages.context import Context
from s75desk.ui.pages.draft_line import DraftLine
from s75desk.ui.pages.filter_row import FilterRow
from s75desk.ui.pages.form_pane import FormPane, FormWish
from s75desk.ui.pages.list_export import export_as, shown_sheet, write_sheet
from s75desk.ui.pages.list_spec import ListSpec
from s75desk.ui.pages.record_view import RecordView
from s75desk.ui.pages.tagging import TagFilter
from s75desk.ui.theme import Theme
from s75desk.ui.widgets.empty_state import EmptyState
from s75desk.ui.widgets.error_panel import ErrorPanel
from s75desk.ui.widgets.filter_button import FilterButton
from s75desk.ui.widgets.layouts import column
from s75desk.ui.widgets.skeleton import Skeleton
from s75desk.ui.widgets.surface import Hairline
from s75desk.ui.widgets.table import RecordTable

__all__ = ["ListPage", "ListSpec"]

_SEARCHED_MS = 150
"""While letters are being typed no record is read for each of them."""


class ListPage(QWidget):
    """A list page. Subclasses say what is in it and make the record view.

    Signals:
        shown_record: A record was selected; its uid and sub-page, for the way back.

    Attributes:
        table: The list.
        left: Holds the table; a page may put another view of the same rows beside it there.
    """

    shown_record = Signal(str, str)

    def __init__(
        self,
        context: Context,
        spec: ListSpec,
        record: RecordView,
        *,
        filters: Sequence[FilterButton] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.context = context
        self.spec = spec = spec if context.may_change else spec.only_read()
        self.record = record
        self._stale = True
        self._loaded = False
        self._narrow = False
        self._wanted_sub = ""
        self._made = ""
        self._keyboard_due = False
        self._line = 0
        self.tags = TagFilter(context, record.kind, spec.uid)
        self.tags.read.connect(self.filters_changed)
        every = (*filters, self.tags)
        self.filter_row = FilterRow(spec.hint, spec.new, new_icon=spec.new_icon, filters=every, parent=self)
        self.table: RecordTable[Any] = RecordTable(
            spec.title,
            spec.columns,
            spec.uid,
            settings=context.settings,
            search=spec.search,
            sort=spec.sort,
            parent=self,
        )
        self.form = FormPane(context, self)
        self.beside = Beside(spec, self.table, record, self.form, self)
        self._searched = QTimer(self)
        self._searched.setSingleShot(True)
        self._searched.setInterval(_SEARCHED_MS)
        self._assemble()
        self._connect()

    # What the window asks of a page

    def arrive(self, destination: Destination) -> None:
        """Show what a destination names: a record, a sub-page, a form for something new."""
        if destination.filter:
            self.apply_filter(destination.filter)
        if destination.new:
            self.start_new()
        elif destination.uid:
            self._wanted_sub = destination.sub
            self._close_form()
            if not self.table.select_uid(destination.uid) and self._loaded and not self._stale:
                self.filter_row.search.clear()
                self.tags.set_value("")
                self.clear_filters()
                self.table.select_uid(destination.uid)
            self._show_record(destination.uid)
        self.refresh_if_stale()

    def where(self) -> Destination:
        """Where the page is now."""
        return Destination(self.spec.page, self.record.uid, self.record.sub_page())

    def start_new(self) -> None:
        """Open the form for a new record."""
        wish = self.new_wish()
        if wish is not None:
            self.open_form(wish)

    def focus_search(self) -> None:
        """Put the cursor into the search field."""
        self.filter_row.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter_row.search.selectAll()

    def take_keyboard(self) -> None:
        """Put the keyboard where the work of this page begins."""
        shown = self._whole.currentWidget()
        self._keyboard_due = shown is self._waiting
        if shown is self._empty:
            self._empty.setFocus(Qt.FocusReason.OtherFocusReason)
        elif shown is self._body and self.beside.entering:
            self.form.take_keyboard()
        elif shown is self._body and self._narrow and self.beside.isVisible():
            self.beside.focus_first_step()
        elif shown is self._body:
            self.focus_list()

    def edit_current(self) -> None:
        """Open the form of the record shown."""
        self.record.ask_edit()

    def archive_current(self) -> None:
        """Archive the record shown, or all that is marked, with undo in the notice that says so."""
        if self.beside.several:
            self.beside.archive_many()
        elif self.record.uid and self.beside.on_record:
            self.record.archive()

    # What subclasses say

    def new_wish(self) -> FormWish | None:
        """The form for something new, or None if nothing can be made here."""
        return None

    def second_step(self) -> None:
        """What ``ListSpec.second`` offers."""

    def apply_filter(self, value: str) -> None:
        """Set the page's own first filter."""

    def clear_filters(self) -> None:
        """Let go of every filter, so that a record asked for can be seen."""

    def accept(self) -> Callable[[Any], bool] | None:
        """Which rows the filters let through; None for all."""
        return None

    def rows_loaded(self, rows: Sequence[Any]) -> None:
        """Rows have come: filters may offer the values in them."""

    def wants_archived(self) -> bool:
        """Whether archived records are to be listed too."""
        return False

    def focus_list(self) -> None:
        """Put the keyboard into the list."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def split(self) -> float:
        """Share of the width that the list gets until the officer drags the handle."""
        return self.spec.split

    # Loading

    def refresh_if_stale(self) -> None:
        """Read the rows again if a change has touched them and the page can be seen."""
        if self._stale and self.isVisible():
            self._stale = False
            archived = self.wants_archived()
            self.context.operations.read(self, lambda: self.spec.load(archived), self._take, self._fail)

    def reload(self) -> None:
        """Read the rows again."""
        self._stale = True
        self.refresh_if_stale()

    def showEvent(self, event: QShowEvent) -> None:
        """A page that can be seen reads what it has missed."""
        super().showEvent(event)
        self.refresh_if_stale()
        self.record.refresh_if_stale()

    def _take(self, rows: Sequence[Any]) -> None:
        self._loaded = True
        pressed = self.record.uid if self.record.step_has_keyboard else ""
        self.rows_loaded(rows)
        self.table.set_rows(rows)
        self.tags.refresh()
        self.table.set_accept(self.tags.narrowed(self.accept()))
        self._say_count()
        self._show_made(rows)
        empty = not rows and not self.wants_archived()
        self._whole.setCurrentWidget(self._empty if empty and not self.beside.entering else self._body)
        self.follow_list()
        if pressed and self.table.rows_model().line_of(pressed) < 0:
            self.focus_list()  # its step took the row away: the next step is on the next row
        self.drafts.look(self.form_kind())
        if self._keyboard_due:
            self.take_keyboard()

    def _show_made(self, rows: Sequence[Any]) -> None:
        """Let go of search and filters if they hide the record that was just entered."""
        made, self._made = self._made, ""
        hidden = self.table.rows_model().line_of(made) < 0 if made else False
        if hidden and any(self.spec.uid(found) == made for found in rows):
            self.filter_row.search.clear()
            self.tags.set_value("")
            self.clear_filters()

    def follow_list(self) -> None:
        """Leave no record open that the list does not show: go to the row that took its place, or to none."""
        self._searched.stop()
        model = self.table.rows_model()
        if self.beside.entering or not self._loaded:
            return
        if self._narrow and self._single:
            if self.record.uid and model.line_of(self.record.uid) < 0:
                self._record_gone()
        elif not model.rowCount():
            self.beside.show_nothing()
        elif self.table.current_row() is None and not self._narrow:
            self.table.select_uid(model.uid_at(min(self._line, model.rowCount() - 1)))

    def _fail(self, trouble: DeskError) -> None:
        self._error.set_trouble(trouble)
        self._whole.setCurrentWidget(self._error)

    def _changed(self, changes: Changes) -> None:
        if changes.kinds & self.spec.stale:
            self._stale = True
            self.refresh_if_stale()

    # Record and form

    def open_form(self, wish: FormWish) -> None:
        """Put a form in the record's place; not while another day is shown."""
        if not self.context.may_change:
            return
        self._whole.setCurrentWidget(self._body)
        self.beside.keep_opener()
        self.beside.show_form()
        self.form.open(wish)
        self._arrange()

    def _close_form(self) -> None:
        if self.beside.entering:
            self.form.close_form()
            self.beside.show_list_choice()
            self.follow_list()
            self.drafts.look_again()
            self.record.drafts.look_again()
            if not self.table.rows_model().all_rows() and not self.wants_archived():
                self._whole.setCurrentWidget(self._empty)
            self._arrange()

    def _given_up(self) -> None:
        self._close_form()
        self.beside.give_back(self.focus_list)

    def _form_done(self, changes: object) -> None:
        self._close_form()
        if isinstance(changes, Changes) and changes.uid and self.form.made_kind == self.form_kind():
            self._made = changes.uid
            self.table.select_uid(changes.uid)
            self._show_record(changes.uid)
        self.record.reload()
        self.beside.give_back(self.focus_list)

    def form_kind(self) -> str:
        """Kind of record that the list is of."""
        return next(iter(self.record.kinds_shown), "")

    def _current(self, found: Any) -> None:
        if found is None:
            return
        self._line = max(0, self.table.currentIndex().row())
        if self.beside.entering:
            self.form.set_aside()
            self.drafts.look_again()
        self._show_record(self.spec.uid(found))

    def _show_record(self, uid: str) -> None:
        if not uid:
            return
        sub, self._wanted_sub = self._wanted_sub, ""
        self.record.show_record(uid, sub)
        self.beside.show_list_choice()
        self.shown_record.emit(uid, sub)
        self._arrange()

    def _activated(self, found: Any) -> None:
        self._single = True
        self._show_record(self.spec.uid(found))
        self.beside.focus_first_step()

    def _record_gone(self) -> None:
        if not self.beside.entering:
            self.beside.show_nothing()
        self._single = False
        self._arrange()
        self.focus_list()

    # Filters, counts, export

    def filters_changed(self) -> None:
        """Filters changed: show other rows."""
        self.table.set_accept(self.tags.narrowed(self.accept()))
        self._say_count()
        self.follow_list()

    def _to_found(self) -> None:
        """Enter in the search field goes to the first that was found."""
        self.follow_list()
        self.table.select_first()
        self.focus_list()

    def _search(self, text: str) -> None:
        self.table.set_search(text)
        self._say_count()
        self._searched.start()

    def _say_count(self) -> None:
        shown = self.table.visible_rows()
        rows = self.table.rows_model().all_rows()
        self.filter_row.count.setText(self.spec.count(shown, rows))
        if not shown and rows:
            self.table.set_empty_text(f"Nothing matches. Clear search and filters to see all {len(rows):,}.")

    def export(self, what: str = "xlsx") -> None:
        """Write what the table shows to a file, or copy it."""
        export_as(what, self, self.context, self.spec.title, self.table, self.export_to)

    def export_to(self, file: Path) -> None:
        """Write the shown rows and columns to a file; dates and numbers stay such."""
        write_sheet(self.context, self, shown_sheet(self.spec.title, self.table), file)

    # Build

    def _assemble(self) -> None:
        spec = self.spec
        self._single = False
        self._splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self._splitter.setHandleWidth(1)
        self._splitter.setChildrenCollapsible(False)
        self.left = QStackedWidget(self)
        self.left.addWidget(self.table)
        self._splitter.addWidget(self.left)
        self._splitter.addWidget(self.beside)
        self._body = self._splitter
        self._empty = EmptyState(spec.empty_title, spec.empty_text, spec.new, spec.second, parent=self)
        self._error = ErrorPanel(parent=self)
        self._waiting = Skeleton(parent=self)
        self._whole = QStackedWidget(self)
        for part in (self._waiting, self._body, self._empty, self._error):
            self._whole.addWidget(part)
        self.drafts = DraftLine(self.context, lambda _: True, self.record.edit_of, self)
        column(self.filter_row, Hairline(parent=self), self.drafts, (self._whole, 1), gap=0, parent=self)

    def _connect(self) -> None:
        self.filter_row.search_changed.connect(self._search)
        self.filter_row.search.returnPressed.connect(self._to_found)
        self.filter_row.filters_changed.connect(self.filters_changed)
        self.filter_row.new_asked.connect(self.start_new)
        self.filter_row.export_asked.connect(self.export)
        self.filter_row.set_columns_menu(self.table.columns_menu())
        self.table.current_changed.connect(self._current)
        self.table.activated_row.connect(self._activated)
        self.table.figure_requested.connect(self._figure)
        self.table.typed.connect(self.filter_row.begin)
        self._empty.primary_pressed.connect(self.start_new)
        self._empty.secondary_pressed.connect(self.second_step)
        self._error.retry_pressed.connect(self.reload)
        self.beside.back.clicked.connect(self._record_gone)
        self.beside.opened.connect(self._activated)
        self._searched.timeout.connect(self.follow_list)
        self.form.done.connect(self._form_done)
        self.form.closed.connect(self._given_up)
        self.drafts.form_asked.connect(self.open_form)
        self.drafts.new_asked.connect(self.start_new)
        self.drafts.record_asked.connect(self.beside.edit)
        self.record.form_asked.connect(self.open_form)
        self.record.gone.connect(self._record_gone)
        self.context.operations.bus.changed.connect(self._changed)

    def share_width(self, left: int = 0) -> None:
        """Give the list its share of the width, or so much."""
        left = left or int(self.width() * self.split())
        self._splitter.setSizes([left, self.width() - left])

    def _figure(self, figure: Any, where: Any) -> None:
        if figure.working is not None:
            self.context.show_working(figure.working, where)

    # Narrow windows: list and record take turns

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Below 75 b, list and record take turns."""
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        """Sizes follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_whole"):
            self._arrange()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete in the list archives the record shown; Esc goes back to the list."""
        if event.key() == Qt.Key.Key_Delete and self.table.hasFocus():
            self.archive_current()
        elif event.key() == Qt.Key.Key_Escape and self._narrow and self.beside.isVisible():
            self._record_gone()
        elif event.key() == Qt.Key.Key_Escape and not self.table.hasFocus():
            self.focus_list()
        else:
            super().keyPressEvent(event)

    def _arrange(self) -> None:
        metrics = Theme.of(self).metrics
        was, self._narrow = self._narrow, self.width() < metrics.size("side_by_side_minimum")
        on_record = self.beside.entering or (self._single and bool(self.record.uid))
        self.left.setVisible(not self._narrow or not on_record)
        self.beside.setVisible(not self._narrow or on_record)
        self.beside.back_bar.setVisible(self._narrow and not self.beside.entering)
        if (was and not self._narrow) or not self._splitter.property("arranged"):
            self._splitter.setProperty("arranged", True)
            self.share_width()
