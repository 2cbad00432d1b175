"""A screen reader that asks the window finds a name for every control and words in every cell."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtGui import QAccessible, QAccessibleInterface

from s75desk.ui.navigation import VISIT_MODE
from tests.e2e.driver import Officer

PAGES = ("overview", "agreements", "providers", "visits", "kpis", "actions", "briefings")
ROLES = QAccessible.Role
CONTROLS = {
    ROLES.Button,
    ROLES.ButtonMenu,
    ROLES.ButtonDropDown,
    ROLES.CheckBox,
    ROLES.RadioButton,
    ROLES.EditableText,
    ROLES.ComboBox,
    ROLES.SpinBox,
    ROLES.PageTab,
    ROLES.PageTabList,
    ROLES.Table,
    ROLES.List,
    ROLES.Tree,
    ROLES.ListItem,
    ROLES.Cell,
    ROLES.ColumnHeader,
    ROLES.MenuItem,
    ROLES.Dialog,
}


def nameless(top: QAccessibleInterface) -> tuple[list[str], int]:
    """What has no name, with what it stands in, and how many controls there are at all."""
    found: list[str] = []
    asked = 0

    def ask(one: QAccessibleInterface, way: tuple[str, ...], depth: int) -> None:
        nonlocal asked
        if not one or not one.isValid() or depth > 60 or one.state().invisible:
            return
        name = one.text(QAccessible.Text.Name)
        if one.role() in CONTROLS:
            asked += 1
            if not name.strip():
                thing = one.object()
                found.append(" > ".join((*way[-3:], f"{one.role().name} {type(thing).__name__ if thing else ''}")))
        for place in range(min(one.childCount(), 400)):
            child = one.child(place)
            if child is not None:
                ask(child, (*way, name) if name else way, depth + 1)

    ask(top, (), 0)
    return found, asked


def walked(officer: Officer) -> tuple[list[str], int]:
    top = QAccessible.queryAccessibleInterface(officer.window)
    assert top is not None
    return nameless(top)


@pytest.mark.parametrize("page", PAGES)
def test_every_control_and_every_cell_of_a_page_has_words(officer: Officer, page: str) -> None:
    officer.go(page)
    found, asked = walked(officer)
    assert asked > 12
    assert found == [], "\n".join(found)


@pytest.mark.parametrize("page", ["agreements", "providers", "visits", "kpis", "actions"])
def test_every_control_of_a_form_has_words(officer: Officer, page: str) -> None:
    officer.go(page)
    officer.press("Ctrl+N")
    found, asked = walked(officer)
    assert asked > 12
    assert found == [], "\n".join(found)


def test_every_control_of_every_place_of_a_visit_has_words(officer: Officer) -> None:
    uid = next(row.uid for row in officer.office.visits.rows(coming=True) if row.service == "Pellgate House")
    officer.go(VISIT_MODE, uid)
    officer.wait(lambda: officer.view.visits.mode is not None)
    mode: Any = officer.view.visits.mode
    lost: list[str] = []
    for place in ("prior", "people", mode.session.book.body.questions[0].code, "finish"):
        mode.go(place)
        officer.settle()
        found, asked = walked(officer)
        assert asked > 12
        lost += found
    assert lost == []
