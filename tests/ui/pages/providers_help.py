"""The Providers tab in the hands of a test: the names it lists, and a provider opened by its name."""

from __future__ import annotations

from collections.abc import Callable

from s75desk.ui.navigation import Destination
from s75desk.ui.pages.providers.page import ProvidersPage

Settle = Callable[[], None]


def uid_of(page: ProvidersPage, name: str) -> str:
    return next(row.uid for row in page.table.rows_model().all_rows() if row.name == name)


def names(page: ProvidersPage) -> list[str]:
    return [row.name for row in page.table.visible_rows()]


def open_at(page: ProvidersPage, name: str, settle: Settle, sub: str = "") -> None:
    page.arrive(Destination("providers", uid_of(page, name), sub))
    settle()
