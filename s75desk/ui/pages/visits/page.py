"""The Quality visits tab: visits as a list or a month, and services that are due a visit by frequency or rating."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from s75desk.domain.changes import Changes
from s75desk.domain.records import Visit
from s75desk.domain.wording import date_short, number, plural
from s75desk.services.visit_rows import VisitRow
from s75desk.services.visits import Planning
from s75desk.ui.itemmodels.cells import Cell, Column
from s75desk.ui.navigation import Destination
from s75desk.ui.pages.context import Context
from s75desk.ui.pages.form_pane import FormWish
from s75desk.ui.pages.list_page import ListPage, ListSpec
from s75desk.ui.pages.plan_visit import plan_visit, usual_visit
from s75desk.ui.pages.visits.frequency_strip import FrequencyStrip
from s75desk.ui.pages.visits.month import MonthView
from s75desk.ui.pages.visits.record import VisitRecord
from s75desk.ui.pages.visits.view_switch import ViewSwitch
from s75desk.ui.widgets.filter_button import FilterButton

_VIEW = "visits/view"
_LIST_SPLIT, _MONTH_SPLIT = 0.46, 0.58
_UNKNOWN = Cell("Not known", colour="muted")


def _visit(row: VisitRow) -> Cell:
    return Cell(row.service, row.provider if row.provider != row.service else row.kind)


def _day(row: VisitRow) -> Cell:
    return Cell(date_short(row.day), row.at, sort=row.day) if row.day else _UNKNOWN


def _to_grade(row: VisitRow) -> Cell:
    if row.past:
        return Cell("", sort=None)
    return Cell(number(row.to_grade), sort=row.to_grade, tip="Actions from before that this visit has to grade")


COLUMNS: list[Column[VisitRow]] = [
    Column(
        "visit",
        "Visit",
        _visit,
        "two_line",
        0,
        facts=(("Service", lambda r: r.service), ("Provider", lambda r: r.provider), ("Kind", lambda r: r.reason)),
    ),
    Column("day", "Date", _day, "date", 7.2),
    Column("at", "Time", lambda r: Cell(r.at) if r.at else _UNKNOWN, "text", 6, shown=False),
    Column("status", "Status", lambda r: Cell(status=r.status, tip=r.status.sentence), "status", 9.8),
    Column(
        "outcome",
        "Outcome",
        lambda r: Cell(status=r.outcome),
        "status",
        12.6,
        from_width=38,
        facts=(
            ("Outcome", lambda r: r.outcome.state if r.outcome.known else None),
            ("Questions asked", lambda r: r.asked),
            ("Questions answered", lambda r: r.answered),
        ),
    ),
    Column("kind", "Kind", lambda r: Cell(r.kind), "text", 15, from_width=60),
    Column("to_grade", "To grade", _to_grade, "number", 5.8, from_width=67),
    Column(
        "team",
        "Team",
        lambda r: Cell(r.team, colour="muted" if r.team == "Not known" else ""),
        "text",
        12,
        from_width=80,
    ),
]


def _count(shown: Sequence[VisitRow], rows: Sequence[VisitRow]) -> str:
    ahead = sum(1 for row in shown if not row.past)
    if len(shown) == len(rows):
        return f"{plural(len(rows), 'visit')}, {ahead} planned"
    return f"{number(len(shown))} of {plural(len(rows), 'visit')}, {ahead} planned"


class VisitsPage(ListPage):
    """Quality visits."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        self._show = FilterButton("Show", [("planned", "Planned"), ("past", "Past")], anything="Planned and past")
        self._kind = FilterButton("Kind")
        self._outcome = FilterButton("Outcome")
        self._planning = Planning((), "", -1)
        spec = ListSpec(
            page="visits",
            title="Quality visits",
            hint="Search service, provider, team",
            new="Plan a visit",
            columns=COLUMNS,
            uid=lambda row: row.uid,
            search=lambda row: " ".join((row.service, row.provider, row.kind, row.team)),
            load=lambda archived: context.office.visits.rows(archived=archived),
            stale=frozenset(
                "visit service provider action question_set rating membership visit_answer visit_version".split()
            ),
            count=_count,
            empty_title="No visits yet",
            empty_text="Plan one and it stands here with its question set and the actions still open.\n"
            "A visit is made to a service, so its provider comes first.",
            split=_LIST_SPLIT,
            heading=lambda row: f"{row.service}, {date_short(row.day)}" if row.day else row.service,
        )
        super().__init__(
            context,
            spec,
            VisitRecord(context),
            filters=(self._show, self._kind, self._outcome),
            parent=parent,
        )
        self.switch = ViewSwitch(self)
        self.filter_row.add_wide(self.switch)
        self.strip = FrequencyStrip(context.today, self)
        self.strip.button.setVisible(context.may_change)
        layout = self.layout()
        layout.insertWidget(layout.count() - 1, self.strip)  # type: ignore[union-attr]
        self.month = MonthView(context.today, self)
        self.month.grid.may_plan = context.may_change
        self.left.addWidget(self.month)
        self.switch.chosen.connect(self._switch_view)
        self.strip.plan_asked.connect(self.plan)
        self.table.shown_changed.connect(self._show_month)
        self.month.opened.connect(self._open_visit)
        self.month.plan_asked.connect(self._plan_on)
        self.month.due_asked.connect(self.plan)
        self.show_view(context.settings.get(_VIEW) or "list")

    # Two views of the same rows

    def show_view(self, view: str) -> None:
        """Show the visits as a "list" or as a "month"."""
        self.switch.set_view(view)
        month = view == "month"
        self.left.setCurrentWidget(self.month if month else self.table)
        self.filter_row.columns.setVisible(not month)
        self.share_width()
        self.context.settings.set(_VIEW, view)
        if self.isVisible():
            self.focus_list()

    def _switch_view(self, view: str) -> None:
        """The officer wants to see the other view, also where a narrow window shows a record in its place."""
        self._single = False
        self._arrange()
        self.show_view(view)

    def focus_list(self) -> None:
        """Put the keyboard into the list or the month."""
        (self.month.grid if self._by_month else self.table).setFocus(Qt.FocusReason.OtherFocusReason)

    def split(self) -> float:
        """A month needs more room than a list."""
        return _MONTH_SPLIT if self._by_month else _LIST_SPLIT

    @property
    def _by_month(self) -> bool:
        return self.left.currentIndex() > 0

    def arrive(self, destination: Destination) -> None:
        """Show what a destination names, or plan a visit to the service it names; a month goes to a visit's day."""
        if destination.new and destination.filter:
            self.plan(destination.filter)
            self.refresh_if_stale()
            return
        super().arrive(destination)
        for row in self.table.rows_model().all_rows():
            if row.uid == destination.uid and row.day is not None:
                self.month.show_day(row.day)

    def _show_month(self) -> None:
        self.month.set_visits(self.table.visible_rows())

    def _open_visit(self, row: VisitRow) -> None:
        self.table.select_uid(row.uid)
        self._activated(row)

    # What is particular to visits

    def new_wish(self) -> FormWish | None:
        """The form of a new visit; without any service the way to enter one."""
        if self._planning.services == 0:
            self.context.navigator.go(Destination("providers", new="provider"))
            self.context.operations.bus.said.emit(
                Changes("A visit is made to a service. Enter the provider, then its service.")
            )
            return None
        self.plan()
        return None

    def plan(self, service: str = "", planned: date | None = None) -> None:
        """Open the form of a new visit, with what is known of the last one to the service.

        Args:
            service: Uid of the service, "" for one that is chosen in the form.
            planned: The day, if that is known.
        """
        waiting = (*self._planning.overdue, *self._planning.due)
        name = next((one.name for one in waiting if one.service == service), "")

        def show(visit: Visit) -> None:
            words = name or "Which service, when, and by whom."
            self.open_form(FormWish(visit, "Plan a visit", words, usual=usual_visit(self.context)))

        plan_visit(self, self.context, show, service, planned)

    def _plan_on(self, day: date) -> None:
        if day >= self.context.today and self._planning.services != 0:
            self.plan(planned=day)

    def apply_filter(self, value: str) -> None:
        """Show "planned" or "past" visits."""
        self._show.set_value(value)

    def clear_filters(self) -> None:
        """Let go of every filter."""
        for button in (self._show, self._kind, self._outcome):
            button.set_value("")

    def rows_loaded(self, rows: Sequence[VisitRow]) -> None:
        """Offer the kinds and outcomes there are, and read what is overdue."""
        self._kind.set_options([(kind, kind) for kind in sorted({row.reason for row in rows})])
        outcomes = {row.outcome.state: row.outcome.shape.urgency for row in rows}
        self._outcome.set_options([(word, word) for word in sorted(outcomes, key=lambda word: (outcomes[word], word))])
        self.context.operations.read(self, self.context.office.visits.planning, self._take_planning)

    def _take_planning(self, planning: Planning) -> None:
        self._planning = planning
        self.strip.set_due(planning.overdue, planning.due)
        self.month.set_due((*planning.overdue, *planning.due))

    def accept(self) -> Callable[[VisitRow], bool] | None:
        """All filters together."""
        show, kind, outcome = self._show.value(), self._kind.value(), self._outcome.value()
        if not any((show, kind, outcome)):
            return None

        def accepted(row: VisitRow) -> bool:
            if show and row.past != (show == "past"):
                return False
            return (not kind or row.reason == kind) and (not outcome or row.outcome.state == outcome)

        return accepted
