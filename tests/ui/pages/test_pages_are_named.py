"""Everything that can have the keyboard on these pages has a name, on every sub-page, in light and in dark."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from s75desk.services.office import Office
from s75desk.ui.pages.archived import ArchivedPage
from s75desk.ui.pages.organisations import OrganisationsPage
from s75desk.ui.pages.providers.page import ProvidersPage
from s75desk.ui.pages.question_sets import QuestionSetsPage
from s75desk.ui.pages.visits.page import VisitsPage
from s75desk.ui.theme import Theme

PAGES = [ProvidersPage, VisitsPage, OrganisationsPage, QuestionSetsPage, ArchivedPage]


def stops(page: QWidget) -> list[QWidget]:
    """Visible widgets that the keyboard can come to."""
    return [
        widget
        for widget in page.findChildren(QWidget)
        if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None
    ]


def nameless(page: QWidget) -> list[str]:
    return [type(widget).__name__ for widget in stops(page) if not widget.accessibleName()]


@pytest.fixture
def dark_after(qapp: object) -> Iterator[Callable[[], None]]:
    theme = Theme.of()
    yield lambda: theme.set_choice("dark")
    theme.set_choice("light")


@pytest.mark.parametrize("cls", PAGES)
def test_every_control_has_a_name(
    cls: type[QWidget], page_factory: Any, settle: Callable[[], None], office: Office, dark_after: Callable[[], None]
) -> None:
    office.records.archive("action", office.actions.rows()[0].uid)
    page = page_factory(cls)
    assert len(stops(page)) > 3
    assert nameless(page) == []
    tabs = getattr(getattr(page, "record", None), "tabs", None)
    for key in tabs.keys() if tabs else ():
        tabs.set_current(key)
        settle()
        assert nameless(page) == [], key
    dark_after()
    settle()
    assert not page.grab().isNull()
    page.start_new()
    settle()
    assert nameless(page) == [], "form"


@pytest.mark.parametrize("cls", [cls for cls in PAGES if cls is not ArchivedPage])
def test_a_narrow_window_shows_list_and_record_in_turns(
    cls: type[QWidget], page_factory: Any, settle: Callable[[], None], keyboard: Any, office: Office
) -> None:
    page = page_factory(cls, size=(1000, 694))
    assert page.left.isVisible() != page.beside.isVisible()
    page.focus_list()
    page.table.select_first()
    keyboard.press("Return")
    assert page.beside.isVisible()
    assert not page.left.isVisible()
    keyboard.press("Escape")
    assert page.left.isVisible()
    assert page.table.hasFocus()
