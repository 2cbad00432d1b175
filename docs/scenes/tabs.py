"""The tabs of a desk: every page and sub-page, their menus, filters and workings."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt

from docs.scenes import briefings, visit_mode
from docs.studio import Scene, Studio
from s75desk.ui.widgets.tile import Tile


def tab(page: str) -> Callable[[Studio], None]:
    return lambda room: room.go(page) and None


def overview_filtered(room: Studio) -> None:
    page = room.go("overview")
    tile = page.findChildren(Tile)[2]
    tile.setFocus(Qt.FocusReason.TabFocusReason)
    tile.click()
    room.settle()


def overview_why(room: Studio) -> None:
    page = room.go("overview")
    for tile in page.findChildren(Tile):
        if tile.isChecked():
            tile.click()
    page._why_button.click()


def _agreement(sub: str, reference: str = "S75-2024-OT") -> Callable[[Studio], None]:
    return lambda room: room.go("agreements", room.agreement(reference), sub) and None


def agreement_working(room: Studio) -> None:
    page = room.go("agreements", room.agreement(), "Term")
    page.record.terms.value._button.setFocus(Qt.FocusReason.TabFocusReason)
    room.press(Qt.Key.Key_F9)


def agreement_more(room: Studio) -> None:
    page = room.go("agreements", room.agreement(), "Term")
    _pop_up(page.record._more)


def _pop_up(button: Any) -> None:
    menu = button.menu()
    menu.popup(button.mapToGlobal(button.rect().bottomLeft()))


def filter_menu(room: Studio) -> None:
    page = room.go("agreements", room.agreement(), "Term")
    _pop_up(page._kind)


def columns_menu(room: Studio) -> None:
    page = room.go("agreements", room.agreement(), "Term")
    _pop_up(page.filter_row.columns)


def main_menu(room: Studio) -> None:
    room.go("agreements", room.agreement(), "Term")
    _pop_up(room.view.top_bar.menu_button)


def nothing_matches(room: Studio) -> None:
    page = room.go("agreements", room.agreement(), "Term")
    page.filter_row.search.setFocus()
    room.type("harbour")
    room.settle()


def _clear_search(room: Studio) -> None:
    room.page.filter_row.search.clear()
    room.settle()


def _kpi(sub: str, beginning: str) -> Callable[[Studio], None]:
    return lambda room: room.go("kpis", room.kpi(beginning), sub) and None


def _first(page: str, sub: str) -> Callable[[Studio], None]:
    def play(room: Studio) -> None:
        shown = room.go(page)
        room.go(page, shown.table.rows_model().uid_at(0), sub)

    return play


AGREEMENT_PAGES = (
    "Money",
    "KPIs",
    "Forums",
    "Milestones",
    "Options",
    "Decisions",
    "Risks",
    "Documents",
    "Doubts",
    "History",
)

SCENES: list[Scene] = [
    Scene("overview", tab("overview")),
    Scene("overview-filtered", overview_filtered, wide=False),
    Scene("overview-why", overview_why, wide=False),
    Scene("agreements", _agreement("Term")),
    *(Scene(f"agreement-{sub.lower()}", _agreement(sub)) for sub in AGREEMENT_PAGES),
    Scene("agreement-r0-term", _agreement("Term", "S75-2012-COT"), wide=False),
    Scene("agreement-r0-money", _agreement("Money", "S75-2012-COT"), wide=False),
    Scene("agreement-r0-kpis", _agreement("KPIs", "S75-2012-COT"), wide=False),
    Scene("agreement-r0-doubts", _agreement("Doubts", "S75-2012-COT"), wide=False),
    Scene("agreement-lots", _agreement("Lots", "DPS-2020-HC"), wide=False),
    Scene("agreement-working", agreement_working),
    Scene("agreement-more", agreement_more, wide=False),
    Scene("filter-menu", filter_menu, wide=False),
    Scene("columns-menu", columns_menu, wide=False),
    Scene("menu", main_menu, wide=False),
    Scene("nothing-matches", nothing_matches, wide=False, tidy=_clear_search),
    Scene("providers", _first("providers", "Summary")),
    *(
        Scene(f"provider-{sub.lower()}", _first("providers", sub), wide=sub in ("Ratings", "Services"))
        for sub in ("Services", "Ratings", "Visits", "Actions", "Agreements", "KPIs", "Documents", "History")
    ),
    Scene("visits", tab("visits")),
    *visit_mode.SCENES,
    Scene("kpis", _kpi("Chart", "OT assessments")),
    *(
        Scene(f"kpi-{sub.lower()}", _kpi(sub, "OT assessments"), wide=sub == "Figures")
        for sub in ("Figures", "Returns", "Definition", "Actions", "History")
    ),
    Scene("actions", _first("actions", "Action")),
    Scene("action-history", _first("actions", "History"), wide=False),
    *briefings.SCENES,
    Scene("organisations", tab("organisations")),
    Scene("question-sets", tab("question_sets")),
    Scene("archived", tab("archived")),
]
