"""The Quality visits tab in the hands of a test: the rows it lists, and a visit opened by its service."""

from __future__ import annotations

from collections.abc import Callable

from s75desk.services.visit_rows import VisitRow
from s75desk.ui.navigation import Destination
from s75desk.ui.pages.visits.page import VisitsPage

Settle = Callable[[], None]


def rows(page: VisitsPage) -> list[VisitRow]:
    return list(page.table.visible_rows())


def go(page: VisitsPage, settle: Settle, service: str, *, past: bool = False, sub: str = "") -> VisitRow:
    row = next(row for row in page.table.rows_model().all_rows() if row.service == service and row.past == past)
    page.arrive(Destination("visits", row.uid, sub))
    settle()
    return row
