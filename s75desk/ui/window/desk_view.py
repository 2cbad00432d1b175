"""One open desk: top bar, pages made when first visited, finder, notices and workings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget

from s75desk.domain.changes import Changes
from s75desk.domain.errors import DeskError, Rejected
from s75desk.domain.lanes import Lane
from s75desk.domain.wording import date_long
from s75desk.domain.working import Working
from s75desk.services.finder import Found
from s75desk.services.office import Office
from s75desk.services.opened_copies import sweep_left_behind
from s75desk.ui.bus import Bus
from s75desk.ui.navigation import Destination, Navigator
from s75desk.ui.operations import Operations
from s75desk.ui.pages.context import Context, Settings
from s75desk.ui.pages.overview.calendar_step import ask_calendar
from s75desk.ui.theme import Theme
from s75desk.ui.widgets.notice import Notice
from s75desk.ui.widgets.styling import set_look
from s75desk.ui.widgets.surface import Hairline, Surface
from s75desk.ui.widgets.working_sheet import WorkingSheet
from s75desk.ui.window.commands import Command, make_menu
from s75desk.ui.window.finder_sheet import FinderSheet
from s75desk.ui.window.keys_anywhere import answers
from s75desk.ui.window.page_maker import PAGES, make_page
from s75desk.ui.window.recently import RecentlySeen, let_be
from s75desk.ui.window.top_bar import TABS, TopBar
from s75desk.ui.window.undoing import Undoing
from s75desk.ui.window.viewed_day import ViewedDay
from s75desk.ui.window.visit_place import VISIT_MODE, VisitPlace
from s75desk.ui.worker import Worker

_NARROW_LIST = 19.5
"""Width of a narrow list in multiples of b: a name and what it needs."""


class DeskView(QWidget):
    """See the module. It only assembles; pages do the work.

    Signals:
        wrote: A write was committed.
        crashed: Our own fault; carries the exception.

    Args:
        office: Services of the open desk.
        worker: The lanes.
        settings: Where views keep what the officer wishes.
        desk_commands: Commands that concern the desk as a whole.
        look_round: Opens the sample desk.
    """

    wrote = Signal()
    crashed = Signal(object)

    def __init__(
        self,
        office: Office,
        worker: Worker,
        settings: Settings,
        desk_commands: Callable[[], Sequence[Command]],
        look_round: Callable[[], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk_commands = desk_commands
        self.bus = Bus(self)
        self.operations = Operations(office, self.bus, worker, self)
        self.navigator = Navigator(self)
        self.context = Context(self.operations, self.navigator, settings, self.show_working, look_round)
        self._pages: dict[str, Any] = {}
        self._seen = RecentlySeen(self.operations, self)
        self._working: WorkingSheet | None = None
        self.day = ViewedDay(self)
        self.top_bar = TopBar(make_menu(self.commands(), self), self)
        self.stack = QStackedWidget(self)
        self.pages = QWidget(self)
        layout = QVBoxLayout(self.pages)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self._frame = Surface("canvas", self)
        self._framed = QVBoxLayout(self._frame)
        self._framed.addWidget(self.stack)
        layout.addWidget(self.top_bar)
        layout.addWidget(Hairline(parent=self))
        layout.addWidget(self.day.band)
        layout.addWidget(self._frame, 1)
        self._dress_frame()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.pages)
        self.visits = VisitPlace(self.context, self.pages, self)
        self.notice = Notice(parent.window() if parent is not None else self)
        self.undoing = Undoing(self.operations, self.notice, self)
        self.finder = FinderSheet(parent if parent is not None else self, self.operations, self.offered)
        self._connect()
        self.operations.read(self, sweep_left_behind, lambda _: None, lane=Lane.OUT)

    # Places

    def page(self, name: str) -> Any:
        """A page, made if this is the first visit."""
        if name not in self._pages:
            self._pages[name] = make_page(name, self.context, self)
            self.stack.addWidget(self._pages[name])
            listed = getattr(self._pages[name], "filed", self._pages[name])
            self._seen.watch(listed)
            if name == "overview":
                listed.print_asked.connect(self.print_here)
            if hasattr(listed, "filter_row"):
                listed.filter_row.print_asked.connect(self.print_list)
        return self._pages[name]

    def current(self) -> Any:
        """The page on show."""
        return self.stack.currentWidget()

    def go(self, destination: Destination) -> None:
        """Show a place."""
        if destination.page == VISIT_MODE:
            if self.may_change():
                self.visits.open(destination.uid, destination.sub)
            return
        if self._pages.get(destination.page) is not self.current():
            self.notice.leave_page()  # before the page is made, which may take longer than a notice is fresh
        page = self.page(destination.page)
        self.stack.setCurrentWidget(page)
        self.top_bar.show_page(destination.page)
        page.arrive(destination)
        if destination.settle:
            from s75desk.ui.pages.settling import settle_there  # not needed to start

            settle_there(page, destination.settle)
        if destination.uid:
            self._seen.note()
        # Whoever walks along the tabs with the arrow keys stays on them.
        if not destination.new and not self.top_bar.tabs.hasFocus():
            page.take_keyboard()
        self.navigator.arrived(destination)

    def show_page(self, name: str) -> None:
        """Show a page as it was left."""
        self.go(Destination(name))

    def show_working(self, working: Working, where: QRect) -> None:
        """Float a working beside a place given in window coordinates."""
        sheet = WorkingSheet(self.window(), working, source=False, history=False)
        sheet.open_at(where)

    def entering(self) -> bool:
        """Whether something is being entered into a form, or at a visit."""
        forms = (getattr(page, "form", None) for page in self._pages.values())
        return self.visits.mode is not None or any(form is not None and form.form is not None for form in forms)

    def make_pages_anew(self) -> None:
        """Another day is shown: forget every page as it was, and show the one in front again."""
        here = self.current().where() if self._pages else None
        pages, self._pages = self._pages, {}
        for page in pages.values():
            form = getattr(page, "form", None)
            if form is not None:
                form.set_aside()
            self.stack.removeWidget(page)
            page.hide()
            page.deleteLater()
        self._dress_frame()
        if here is not None:
            self.go(here)
        self.count_overdue()

    def _dress_frame(self) -> None:
        """A frame of ink round everything that is shown as at another day."""
        wide = 3 if self.day.another else 0
        set_look(self._frame, "surface", "ink_frame" if wide else "canvas")
        self._framed.setContentsMargins(wide, 0, wide, wide)

    def may_change(self) -> bool:
        """Whether records can be changed now; says why not."""
        if self.context.may_change:
            return True
        if not self.context.on_another_day:
            self.notice.say(self.context.waits_for, icon="info")
            return False
        day = date_long(self.operations.office.place.day())
        self.notice.say(f"Shown as at {day}: nothing can be changed. Back to today with Ctrl+T.", icon="info")
        return False

    def put_away(self) -> None:
        """Keep what is being typed, then ask nothing more of the desk: it is about to be closed."""
        self.visits.put_away()
        for page in self._pages.values():
            form = getattr(page, "form", None)
            if form is not None:
                form.set_aside()
        self.operations.quiet(self, self.operations.office.since.leave, let_be)
        self.operations.retire()
        self.operations.office.documents.opened.sweep()

    # Commands

    def commands(self) -> list[Command]:
        """Everything that can be done now."""
        go = [
            Command("Go", title, self._goer(page), f"Ctrl+{place}", icon)
            for place, (page, title, icon) in enumerate(TABS, start=1)
        ]
        return [
            *self._desk_commands(),
            Command("Record", "New", self.new_here, "Ctrl+N", "plus"),
            Command("Record", "Edit", self.edit_here, "F2", "pencil"),
            Command("Record", "Duplicate", self.duplicate_here, "", "plus"),
            Command("Record", "Archive", self.archive_here, "", "archive"),
            Command("Record", "Undo", self.undo, "Ctrl+Z", "undo", apart=True),
            Command("Record", "Redo", self.redo, "Ctrl+Y", "refresh"),
            Command("Record", "Print", self.print_here, "Ctrl+P", "briefing", apart=True),
            Command("Record", "Start or continue this visit", self.visit_here, "F11", "visit"),
            Command("Desk", "Save the dates for a calendar…", self.save_dates, "", "calendar"),
            Command("Record", "Export this table", self.export_here, "Ctrl+E", "export"),
            Command("Record", "New agreement", self._maker("agreements"), "", "agreement", apart=True),
            Command("Record", "New provider", self._maker("providers"), "", "provider"),
            Command("Record", "Plan a visit", self._maker("visits"), "", "visit"),
            Command("Record", "New KPI", self._maker("kpis"), "", "kpi"),
            Command("Record", "New action", self._maker("actions"), "", "action"),
            Command("Record", "New agreement briefing", self._maker("briefings"), "", "briefing"),
            *go,
            Command("Go", "Organisations", self._goer("organisations"), "", "people", apart=True),
            Command("Go", "Question sets", self._goer("question_sets"), "", "book"),
            Command("Go", "Notes to go through", self._goer("notes"), "", "note"),
            Command("Go", "Archived records", self._goer("archived"), "", "archive"),
            Command("View", "As at another day, or back to today", self.day.toggle, "Ctrl+T", "history"),
            Command("View", "Narrow list, or wide again", self.narrow_list, "Ctrl+Shift+L", "columns"),
            Command("Go", "Find a record or a command", self.open_finder, "Ctrl+K", "search", apart=True),
            Command("Go", "Search this list", self.search_here, "Ctrl+F", "search"),
            Command("Go", "Back", self.navigator.back, "Alt+Left", "chevron_left"),
        ]

    def offered(self) -> list[Command]:
        """What the finder offers: first what can be done with the record in front."""
        beside = getattr(self.current(), "beside", None)
        own = beside.offers() if beside is not None else []
        return [*(Command("This record", words, do) for words, do in own), *self.commands()]

    def other_day(self) -> None:
        """Choose the as-at day, or go back to today."""
        self.day.toggle()

    def step_day(self, by: int) -> None:
        """Go to the change before or after the day shown."""
        self.day.step(by)

    def go_back(self) -> None:
        """Go to the place before this one."""
        self.navigator.back()

    def open_finder(self) -> None:
        """Open the finder."""
        self.finder.open_sheet()

    def new_here(self) -> None:
        """Start something new on the page on show."""
        if self.may_change():
            self.current().start_new()

    def edit_here(self) -> None:
        """Edit what is on show."""
        if self.may_change():
            self.current().edit_current()

    def archive_here(self) -> None:
        """Archive what is on show, with undo."""
        if self.may_change():
            self.current().archive_current()

    def duplicate_here(self) -> None:
        """Make the record on show again, as the beginning of a new one."""
        from s75desk.ui.pages.record_view import DUPLICABLE

        record = getattr(self.current(), "record", None)
        if getattr(record, "kind", "") in DUPLICABLE and record is not None and record.uid:
            record.duplicate()
        else:
            self.notice.say("Nothing here can be duplicated: choose an agreement, a provider or a KPI.", icon="info")

    def save_dates(self) -> None:
        """Save every date of the desk for a calendar of another program."""
        ask_calendar(self.context, self)

    def search_here(self) -> None:
        """Go to the search field of the page."""
        self.current().focus_search()

    def export_here(self) -> None:
        """Export the table of the page."""
        self.current().export()

    def print_here(self) -> None:
        """Print what is in front: this list, this record; what else can be printed from here is offered beside it."""
        page = self.current()
        if hasattr(page, "print_current"):
            page.print_current()
            return
        self._print_one(page, QApplication.focusWidget())

    def print_list(self) -> None:
        """Print the list on show, from the menu above it."""
        page = self.current()
        page = getattr(page, "filed", page)
        self._print_one(page, page.filter_row.search)

    def _print_one(self, page: Any, focus: QWidget | None) -> None:
        from s75desk.ui.pages.printing import printables

        found = printables(page, focus, self.context.office.place.day())
        if not found:
            self.notice.say("There is nothing here to print yet.", icon="info")
        elif isinstance(found[0].what, Destination):
            self.go(found[0].what)
        else:
            self.page("briefings").offer(found)

    def narrow_list(self) -> None:
        """Ctrl+Shift+L: leave the list the width of its names, so that the record has the rest, or give it back."""
        page, narrow = self.current(), Theme.of(self).metrics.px(_NARROW_LIST)
        if hasattr(page, "share_width"):
            page.share_width(0 if page.left.width() <= narrow else narrow)

    def next_doubt(self) -> None:
        """F8: the next figure in doubt of the record on show."""
        record = getattr(self.current(), "record", None)
        if record is not None and record.uid and hasattr(record, "next_doubt"):
            record.next_doubt()

    def visit_here(self) -> None:
        """F11: fill the window with the visit on show."""
        page = self.current()
        shown = hasattr(page, "record") and getattr(page.record, "kind", "") == "visit" and page.record.uid
        if shown and self.may_change():
            self.visits.open(page.record.uid)

    def undo(self) -> None:
        """Take back what the notice tells of; in a field, what was typed."""
        mode = self.visits.mode
        if self.may_change() and not self.undoing.undo(ask=mode is None) and mode is not None:
            mode.undo()

    def redo(self) -> None:
        """Do again what was undone."""
        if self.may_change():
            self.undoing.redo()

    def next_pane(self, by: int = 1) -> None:
        """F6: the keyboard goes to the next pane of the page."""
        panes = [pane for pane in self._panes() if pane.isVisible() and pane.isEnabled()]
        if not panes:
            return
        focus = QApplication.focusWidget()
        here = next(
            (i for i, pane in enumerate(panes) if focus is not None and (pane is focus or pane.isAncestorOf(focus))), -1
        )
        panes[(here + by) % len(panes)].setFocus(Qt.FocusReason.TabFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that mean the same wherever one stands."""
        if not answers(self, event):
            super().keyPressEvent(event)

    # Parts

    def _panes(self) -> list[QWidget]:
        page = self.current()
        panes: list[QWidget] = [self.top_bar.tabs]
        for owner in (page, getattr(page, "filed", None)):
            row = getattr(owner, "filter_row", None)
            if row is not None:
                panes.append(row.search)
            table = getattr(owner, "table", None)
            if isinstance(table, QWidget):
                panes.append(table)
            record = getattr(owner, "record", None)
            if isinstance(record, QWidget):
                panes.append(record.tabs.strip)  # type: ignore[attr-defined]
        return panes

    def _connect(self) -> None:
        self.top_bar.page_chosen.connect(self.show_page)
        self.top_bar.finder_asked.connect(self.open_finder)
        self.navigator.wanted.connect(self.go)
        self.bus.said.connect(self.undoing.say)
        self.bus.changed.connect(self._changed)
        self.undoing.troubled.connect(self._say_trouble)
        self.visits.filled.connect(self.notice.leave_page)
        self.finder.chosen.connect(self._found)
        self.operations.trouble.connect(self._say_trouble)
        self.operations.refused.connect(self._say_trouble)
        self.operations.crashed.connect(self.crashed)
        self.operations.wrote.connect(self._wrote)

    def _found(self, found: Found) -> None:
        self.navigator.open(found.page_kind, found.page_uid)

    def _say_trouble(self, trouble: DeskError | Rejected) -> None:
        if isinstance(trouble, Rejected):
            self.notice.say(f"Not done: {trouble.reason}", icon="warning", lasting=True)
        else:
            self.notice.say(f"{trouble.what} {trouble.remedy}".strip(), icon="warning", lasting=True)

    def _wrote(self, changes: Changes) -> None:
        if changes.change_id:
            self.wrote.emit()

    def _changed(self, changes: Changes) -> None:
        if changes.touches("action"):
            self.count_overdue()

    def count_overdue(self) -> None:
        """Show how many actions are overdue on their tab; on another day none, as none is waited for."""
        if self.day.another:
            self.top_bar.set_overdue(0)
            return
        self.operations.read(self, self.operations.office.actions.overdue, self.top_bar.set_overdue)

    def _goer(self, page: str) -> Callable[[], None]:
        assert page in PAGES
        return lambda: self.show_page(page)

    def _maker(self, page: str) -> Callable[[], None]:
        def make() -> None:
            if self.may_change():
                self.go(Destination(page, new=page))

        return make
