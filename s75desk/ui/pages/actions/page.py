"""The Actions tab: every action, whatever it came from, overdue first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta

from PySide6.QtWidgets import QWidget

from s75desk.domain.records import Action
from s75desk.domain.statuses.counts import late_count, unfinished_count
from s75desk.domain.wording import date_short
from s75desk.services.actions import ActionRow
from s75desk.ui.itemmodels.cells import Cell, Column
from s75desk.ui.pages.actions.record import ActionRecord
from s75desk.ui.pages.context import Context
from s75desk.ui.pages.form_pane import FormWish, wish_for_new
from s75desk.ui.pages.list_page import ListPage, ListSpec
from s75desk.ui.widgets.filter_button import FilterButton

_UNKNOWN = Cell("Not known", colour="muted")


def _owner(row: ActionRow) -> Cell:
    return Cell(row.owner, colour="muted" if row.owner == "Not known" else "")


COLUMNS: list[Column[ActionRow]] = [
    Column(
        "title", "Action", lambda r: Cell(r.title, r.about or "not linked to a record"), "two_line", 0, second="About"
    ),
    Column("owner", "Owner", _owner, "text", 10.5, from_width=46),
    Column("due", "Due", lambda r: Cell(date_short(r.due), sort=r.due) if r.due else _UNKNOWN, "date", 7.7),
    Column("status", "Status", lambda r: Cell(status=r.status, sort=r.due), "status", 10),
    Column("kind", "Kind", lambda r: Cell(r.kind), "text", 9, from_width=62),
    Column(
        "raised",
        "Raised",
        lambda r: Cell(date_short(r.raised), sort=r.raised) if r.raised else _UNKNOWN,
        "date",
        8,
        shown=False,
    ),
]


def _count(shown: Sequence[ActionRow], rows: Sequence[ActionRow]) -> str:
    found = [row.status for row in shown]
    open_, overdue = unfinished_count(found), late_count(found)
    return f"{open_} open, {overdue} overdue" + (
        "" if len(shown) == len(rows) else f"; {len(shown)} of {len(rows)} shown"
    )


class ActionsPage(ListPage):
    """Actions."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        self._state = FilterButton(
            "Show",
            [("open", "Open"), ("overdue", "Overdue"), ("closed", "Done and verified"), ("archived", "Archived too")],
        )
        self._about = FilterButton("About")
        self._owner = FilterButton("Owner")
        self._due = FilterButton(
            "Due", [("7", "Within 7 days"), ("30", "Within 30 days"), ("none", "No date")], anything="Any time"
        )
        spec = ListSpec(
            page="actions",
            title="Actions",
            hint="Search action, provider, owner",
            new="New action",
            columns=COLUMNS,
            uid=lambda row: row.uid,
            search=lambda row: " ".join((row.title, row.about, row.owner, row.kind)),
            load=lambda archived: context.office.actions.rows(archived=archived),
            stale=frozenset({"action", "chaser", "provider", "service", "agreement", "kpi", "visit"}),
            count=_count,
            empty_title="No actions yet",
            empty_text="What someone has undertaken to do, by when, and how you will know that it is done.\n"
            "Actions raised on a provider, a KPI or a visit appear here too.",
            split=0.55,
        )
        super().__init__(
            context,
            spec,
            ActionRecord(context),
            filters=(self._state, self._about, self._owner, self._due),
            parent=parent,
        )
        self._state.set_value("open")
        self._state.changed.connect(self.reload)

    def new_wish(self) -> FormWish:
        """The form of a new action."""
        return wish_for_new(Action(raised=self.context.today))

    def wants_archived(self) -> bool:
        """Whether archived actions are listed too."""
        return self._state.value() == "archived"

    def apply_filter(self, value: str) -> None:
        """Show "open", "overdue" or "closed" actions."""
        self._state.set_value(value)

    def clear_filters(self) -> None:
        """Let go of every filter."""
        for button in (self._state, self._about, self._owner, self._due):
            button.set_value("")

    def rows_loaded(self, rows: Sequence[ActionRow]) -> None:
        """Offer what the actions are about and who owns them."""
        self._about.set_options([(word, word) for word in sorted({row.about for row in rows if row.about})])
        self._owner.set_options([(word, word) for word in sorted({row.owner for row in rows})])

    def accept(self) -> Callable[[ActionRow], bool] | None:
        """All filters together."""
        state, about, owner, due = (b.value() for b in (self._state, self._about, self._owner, self._due))
        if not any((state, about, owner, due)):
            return None
        limit = self.context.today + timedelta(days=int(due)) if due.isdigit() else None

        def accepted(row: ActionRow) -> bool:
            if (about and row.about != about) or (owner and row.owner != owner):
                return False
            if (state == "open" and not row.open) or (state == "overdue" and not row.overdue):
                return False
            if state == "closed" and row.open:
                return False
            if due == "none":
                return row.due is None
            return limit is None or (row.due is not None and row.due <= limit)

        return accepted
