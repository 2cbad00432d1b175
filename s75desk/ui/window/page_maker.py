"""Makes a page when it is first visited, so that the window opens without paying for all of them."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from PySide6.QtWidgets import QWidget

from s75desk.ui.pages.context import Context

PAGES: dict[str, tuple[str, str]] = {
    "overview": ("s75desk.ui.pages.overview.page", "OverviewPage"),
    "agreements": ("s75desk.ui.pages.agreements.page", "AgreementsPage"),
    "providers": ("s75desk.ui.pages.providers.page", "ProvidersPage"),
    "visits": ("s75desk.ui.pages.visits.page", "VisitsPage"),
    "kpis": ("s75desk.ui.pages.kpis.page", "KpisPage"),
    "actions": ("s75desk.ui.pages.actions.page", "ActionsPage"),
    "briefings": ("s75desk.ui.pages.briefings.page", "BriefingsPage"),
    "organisations": ("s75desk.ui.pages.organisations", "OrganisationsPage"),
    "question_sets": ("s75desk.ui.pages.question_sets", "QuestionSetsPage"),
    "notes": ("s75desk.ui.pages.notes", "NotesPage"),
    "archived": ("s75desk.ui.pages.archived", "ArchivedPage"),
}
"""Module and class of every page; ``build.spec`` freezes these modules by this table."""


def make_page(name: str, context: Context, parent: QWidget) -> Any:
    """The page of a name."""
    module, cls = PAGES[name]
    return getattr(import_module(module), cls)(context, parent)
