"""Actions that belong to the record shown: a KPI's, a provider's, a visit's. A row opens the action's own page."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from s75desk.domain.records import Action
from s75desk.domain.statuses.actions import action_status
from s75desk.domain.statuses.counts import open_count
from s75desk.domain.wording import date_short, plural
from s75desk.ui.itemmodels.cells import Cell, Column
from s75desk.ui.pages.child_section import ChildSection
from s75desk.ui.pages.context import Context
from s75desk.ui.pages.record_view import SubPage


def action_columns(context: Context) -> list[Column[Action]]:
    """Columns of a list of actions."""
    unknown = Cell("Not known", colour="muted")

    def status(action: Action) -> Cell:
        found = action_status(action, context.today)
        return Cell(status=found, sort=found.shape.urgency)

    return [
        Column("title", "Action", lambda a: Cell(a.title, tip=a.why or ""), "text", 0),
        Column("owner", "Owner", lambda a: Cell(a.owner) if a.owner else unknown, "text", 12),
        Column("due", "Due", lambda a: Cell(date_short(a.due), sort=a.due) if a.due else unknown, "date", 8),
        Column("status", "Status", status, "status", 10),
    ]


class LinkedActions(SubPage):
    """See the module.

    Signals:
        form_asked: A ``FormWish``.

    Args:
        context: Operations, navigation, settings.
        make: Gives a blank action that names the record shown.
    """

    form_asked = Signal(object)

    def __init__(self, context: Context, make: Callable[[], Action], parent: QWidget | None = None) -> None:
        super().__init__(fills=True, parent=parent)
        self._context = context
        self.list = ChildSection(
            context,
            "Actions",
            action_columns(context),
            name="linked actions",
            make=make,
            add="Add an action",
            fill=True,
            page_kind="action",
            parent=self,
        )
        self.list.form_asked.connect(self.form_asked)
        self.list.opened.connect(context.navigator.open)
        self.put((self.list, 1))

    def show_actions(self, actions: Sequence[Action]) -> None:
        """Show other actions."""
        open_ = open_count(actions, self._context.today)
        self.list.set_rows(actions, f"{open_} open of {plural(len(actions), 'action')}" if actions else "")
