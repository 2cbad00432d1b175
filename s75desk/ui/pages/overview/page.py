"""The Overview tab: what needs the officer in the order to deal with it, counts that filter it, the next two weeks."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from s75desk.domain.attention import WHY, Group, Item
from s75desk.domain.changes import Changes
from s75desk.domain.errors import DeskError
from s75desk.domain.kept_overview import KeptOverview
from s75desk.domain.since import News
from s75desk.domain.statuses.marks import mark
from s75desk.domain.working import Line, Working
from s75desk.services.overview import Findings, Overview
from s75desk.services.overview_counts import LATER
from s75desk.ui.itemmodels.cells import Cell, Column
from s75desk.ui.navigation import VISIT_MODE, Destination
from s75desk.ui.pages.context import Context
from s75desk.ui.pages.overview.calendar_step import ask_calendar
from s75desk.ui.pages.overview.coming import Coming
from s75desk.ui.pages.overview.notes_offer import NotesOffer
from s75desk.ui.pages.overview.since_panel import SincePanel
from s75desk.ui.pages.overview.tiles import Tiles
from s75desk.ui.theme import Theme
from s75desk.ui.widgets.agenda import Entry
from s75desk.ui.widgets.buttons import make_button
from s75desk.ui.widgets.empty_state import EmptyState
from s75desk.ui.widgets.error_panel import ErrorPanel
from s75desk.ui.widgets.kept_overview import KeptOverviewView
from s75desk.ui.widgets.labels import ElidedLabel, Label
from s75desk.ui.widgets.layouts import boxed, column, row
from s75desk.ui.widgets.skeleton import Skeleton
from s75desk.ui.widgets.surface import Hairline, Surface
from s75desk.ui.widgets.table import RecordTable

_UNDER = 15.0
"""Height of what stands under the list in a narrow window, in multiples of b."""

_HIGH = 44.0
"""Height from which there is room for that, in multiples of b."""

_ENDLESS = 16777215
_ICONS = {
    Group.VISITS: "visit",
    Group.LATE_VISITS: "visit",
    Group.ACTIONS: "action",
    Group.DUE: "action",
    Group.KPIS: "kpi",
    Group.DOUBTS: "eye",
}
"""Icon of the primary step, by what it is about."""

_LATE = {"alert": "alert_text", "watch": "watch_text"}


def _when(item: Item) -> Cell:
    return Cell(item.when or "No date", item.day, colour=_LATE.get(item.shape.family, ""), sort=item.date)


def _what(item: Item) -> Cell:
    return Cell(item.title, item.text, mark(item.shape), bold=True, tip=item.text)


COLUMNS: list[Column[Item]] = [
    Column("what", "Needs attention", _what, "two_line", 0, sortable=False),
    Column("when", "When", _when, "two_line", 10, sortable=False),
    Column("step", "Next step", lambda i: Cell(i.step), "link", 11, sortable=False),
]


class OverviewPage(QWidget):
    """The first page of the window.

    Signals:
        ready: What can be said at once is on show; KPIs and doubts may still be on their way.
        print_asked: What needs attention is to be printed.
    """

    ready = Signal()
    print_asked = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self._stale = True
        self._asked = 0
        self._first: date | None = None
        self._overview: Overview | None = None
        self._keyboard_due = False
        self._kept: KeptOverviewView | None = None
        self._assemble()
        context.operations.bus.changed.connect(self._changed)

    # What the window asks of a page

    def arrive(self, destination: Destination) -> None:
        """Show the page."""
        self.refresh_if_stale()

    def where(self) -> Destination:
        """Where the page is now."""
        return Destination("overview")

    def focus_search(self) -> None:
        """There is no list search here; the keyboard goes to what needs attention."""
        self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def start_new(self) -> None:
        """A new action is what is entered most often from here."""
        self.context.navigator.go(Destination("actions", new="action"))

    def take_keyboard(self) -> None:
        """The keyboard goes to what needs attention, or to the one step of an empty desk."""
        empty = self._whole.currentWidget() is self._empty
        self._keyboard_due = self._overview is None
        (self._empty if empty else self.table).setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def counted(self) -> str:
        """The count that filters the list, in words; "" for none."""
        group = self.tiles.group
        return group.value if group is not None else ""

    def edit_current(self) -> None:
        """Open what the current line is about."""
        self._open(self.table.current_row())

    def archive_current(self) -> None:
        """Nothing is archived from the Overview."""

    def export(self, what: str = "copy") -> None:
        """Copy what needs attention as a table."""
        self.table.copy()
        self.context.operations.bus.said.emit(Changes("Copied: what needs attention, as a table"))

    def refresh_if_stale(self) -> None:
        """Work the Overview out again if a change may have touched it and it can be seen."""
        if self._stale and self.isVisible():
            self._stale = False
            self._asked += 1
            asked, first, service = self._asked, self._first, self.context.office.overview

            def take(overview: Overview) -> None:
                if asked == self._asked:
                    self._begin(overview)

            self.context.operations.read(self, lambda: service.start(first), take, self._fail)
            self._notes.refresh()

    def _begin(self, overview: Overview) -> None:
        """Show what is known at once; the parts that take longer come one after the other."""
        if self._overview is None or overview.empty or not overview.pending:
            self.show_overview(overview)
            self.ready.emit()
        self._next_part(overview, [], self._asked)

    def _next_part(self, overview: Overview, found: list[Findings], asked: int) -> None:
        service = self.context.office.overview
        if len(found) == len(overview.pending):
            whole = service.complete(overview, found)
            self.show_overview(whole)
            self.context.operations.quiet(self, lambda: service.keep(whole), lambda _: None)
            return
        part = overview.pending[len(found)]

        def take(findings: Findings) -> None:
            if asked == self._asked:
                self._next_part(overview, [*found, findings], asked)

        self.context.operations.read(self, lambda: service.work_out(part), take, self._fail)

    def reload(self) -> None:
        """Work the Overview out again."""
        self._stale = True
        self.refresh_if_stale()

    def showEvent(self, event: QShowEvent) -> None:
        """A page that can be seen reads what it has missed."""
        super().showEvent(event)
        self.refresh_if_stale()

    # Showing

    def show_kept(self, kept: KeptOverview) -> None:
        """Show the Overview as it was last until it has been read anew."""
        self._kept = KeptOverviewView(kept, "Reading the desk", self)
        self._whole.addWidget(self._kept)
        self._whole.setCurrentWidget(self._kept)

    def _drop_kept(self) -> None:
        kept, self._kept = self._kept, None
        if kept is not None:
            self._whole.removeWidget(kept)
            kept.deleteLater()

    def show_overview(self, overview: Overview) -> None:
        """Show what was worked out."""
        self._overview = overview
        self._heading.setText(overview.heading)
        self._lead.setText(overview.lead)
        self.tiles.show_counts(overview.counts, LATER if overview.pending else {})
        self._place_tiles()
        self._show_items()
        self.coming.show_days(overview.days, overview.as_at)
        self._since.show_since(overview.since)
        self._show_first_step(overview.first_step)
        self._whole.setCurrentWidget(self._empty if overview.empty else self._body)
        self._drop_kept()
        if self._keyboard_due:
            self.take_keyboard()

    def _show_first_step(self, item: Item | None) -> None:
        """The primary step is the first row's own, or that of a visit which is today."""
        self.step_button.setVisible(item is not None and self.context.may_change)
        if item is not None:
            self.step_button.set_words(item.step)
            self.step_button.set_icon(_ICONS.get(item.group, "pencil"))
            self.step_button.setAccessibleName(f"{item.step}: {item.title}")
            self.step_button.setToolTip(item.title)

    def _show_items(self) -> None:
        if self._overview is None:
            return
        items, group = self._overview.items, self.tiles.group
        shown = tuple(item for item in items if group in (None, item.group))
        self.table.set_rows(shown)
        self._caption.setText(
            f"{len(shown)}, in the order to deal with them" if group is None else f"{len(shown)} of {len(items)}"
        )
        self.table.set_empty_text(
            "Nothing needs you." if not items else "Nothing here. Press the count again to see everything."
        )
        self.table.select_first()

    def _fail(self, trouble: DeskError) -> None:
        self._error.set_trouble(trouble)
        self._whole.setCurrentWidget(self._error)

    def _changed(self, changes: Changes) -> None:
        self._stale = True
        self.refresh_if_stale()

    # Doing

    def _open(self, item: Item | None) -> None:
        if item is None:
            return
        if item.kind == "service" and item.group is Group.LATE_VISITS:
            self.context.navigator.go(Destination("visits", new="visit", filter=item.uid))
            return
        if item.kind == VISIT_MODE:
            self.context.navigator.go(Destination(VISIT_MODE, item.uid))
            return
        self.context.navigator.open(item.kind, item.uid, item.page, item.settle)

    def _open_entry(self, entry: Entry) -> None:
        if entry.uid:
            self.context.navigator.open(entry.kind, entry.uid)

    def _why(self) -> None:
        steps = [part.strip() for part in WHY.replace(". Then", ";").rstrip(".").split(";")]
        lines = tuple(Line(f"{place}. {step[:1].upper()}{step[1:]}", "") for place, step in enumerate(steps, start=1))
        working = Working("Why this order", lines, "The house order; the same every day.", "House rule")
        corner = self._why_button.mapTo(self.window(), self._why_button.rect().topLeft())
        self.context.show_working(working, QRect(corner, self._why_button.size()))

    def _other_days(self, first: date | None) -> None:
        self._first = first
        self.reload()

    def _save_dates(self) -> None:
        ask_calendar(self.context, self)

    def _seen(self) -> None:
        """Fold what is new, here and on the disk; where the disk takes nothing it is folded all the same."""

        def folded(_: object) -> None:
            self.reload()

        self.context.operations.quiet(self, self.context.office.since.seen, folded, folded)

    def _news_step(self, news: News) -> None:
        if news.item is not None:
            self._open(news.item)
        elif news.uid:
            self.context.navigator.open(news.kind, news.uid)

    # Build

    def _assemble(self) -> None:
        self._heading = Label("", "title", bold=True, parent=self)
        self._lead = ElidedLabel("", colour="muted", parent=self)
        brief = make_button("Print this", "briefing", key="Ctrl+P", tip="What needs attention, on paper", parent=self)
        brief.clicked.connect(self.print_asked)
        plan = make_button("Plan a visit", "visit", parent=self)
        plan.clicked.connect(self._plan)
        self.step_button = make_button("Plan a visit", "pencil", "primary", parent=self)
        self.step_button.clicked.connect(self._first_step)
        for changing in (plan, self.step_button):
            changing.setVisible(self.context.may_change)
        self.tiles = Tiles(self)
        self.tiles.changed.connect(self._show_items)
        self._caption = Label("", colour="muted", parent=self)
        self._notes = NotesOffer(self.context, self)
        self._why_button = make_button("Why this order", "info", "quiet", parent=self)
        self._why_button.clicked.connect(self._why)
        self.table: RecordTable[Item] = RecordTable(
            "Needs attention",
            COLUMNS,
            lambda item: f"{item.group.name}{item.kind}{item.uid}{item.title}",
            row="row_attention",
            header=False,
            multiple=False,
            parent=self,
        )
        self.table.activated_row.connect(self._open)
        self.table.link_pressed.connect(self._link)
        attention = Surface("panel", self)
        title = Label("Needs attention", "heading", bold=True)
        beside = (self._notes, self._why_button)
        line = row(title, self._caption, None, *beside, gap=10, margins=(14, 6, 8, 4))
        column(line, Hairline(), (self.table, 1), gap=0, margins=1, parent=attention)
        self._since = SincePanel(self)
        self._since.seen.connect(self._seen)
        self._since.step_asked.connect(self._news_step)
        self.coming = Coming(self)
        self.agenda = self.coming.agenda
        self.coming.opened.connect(self._open_entry)
        self.coming.moved.connect(self._other_days)
        self.coming.calendar_asked.connect(self._save_dates)
        self._beside = column(self._since, (self.coming, 1), gap=12)
        self._side = boxed(self._beside, self)
        self._attention = attention
        self._body = Surface("canvas", self)
        head = row((column(self._heading, self._lead, gap=1), 1), brief, plan, self.step_button, gap=8)
        self._main = row((attention, 1), self._side, gap=12)
        column(
            head,
            self.tiles,
            (self._main, 1),
            gap=12,
            margins=(20, 14, 20, 12),
            parent=self._body,
        )
        self._empty = EmptyState(
            "Nothing in this desk yet",
            "Enter an agreement. Its notice and extension dates, returns, actions and figures in doubt\n"
            "appear here in the order to deal with them.",
            primary="New agreement",
            secondary="Look round the sample desk" if self.context.look_round is not None else "",
            parent=self,
        )
        self._empty.primary_pressed.connect(self._new_agreement)
        if self.context.look_round is not None:
            self._empty.secondary_pressed.connect(self.context.look_round)
        self._error = ErrorPanel(parent=self)
        self._error.retry_pressed.connect(self.reload)
        waiting = Skeleton(parent=self)
        self._whole = QStackedWidget(self)
        for part in (waiting, self._body, self._empty, self._error):
            self._whole.addWidget(part)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._whole)
        self._size()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What stands beside the list goes under it when there is no room."""
        super().resizeEvent(event)
        self._size()

    def _size(self) -> None:
        metrics = Theme.of(self).metrics
        narrow = self.width() < metrics.size("side_by_side_minimum")
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        # Beside the list what is new stands above the days; under the list, beside them.
        self._main.setDirection(down if narrow else across)
        self._beside.setDirection(across if narrow else down)
        self._beside.setStretch(0, 1 if narrow else 0)
        self._side.setMinimumSize(0, 0)
        self._side.setMaximumSize(_ENDLESS, _ENDLESS)
        self._side.setVisible(not narrow or self.height() >= metrics.px(_HIGH))
        if narrow:
            self._side.setFixedHeight(metrics.px(_UNDER))
        else:
            self._side.setFixedWidth(metrics.px(33 if self.width() >= metrics.px(110) else 28.3))
        self._place_tiles()

    def _place_tiles(self) -> None:
        self.tiles.place(self.width() - 2 * Theme.of(self).metrics.space(20))

    def _link(self, item: Any, key: str) -> None:
        self._open(item)

    def _first_step(self) -> None:
        if self._overview is not None:
            self._open(self._overview.first_step)

    def _plan(self) -> None:
        self.context.navigator.go(Destination("visits", new="visit"))

    def _new_agreement(self) -> None:
        self.context.navigator.go(Destination("agreements", new="agreement"))
