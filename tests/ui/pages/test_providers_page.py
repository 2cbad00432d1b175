"""The Providers tab on the sample desk, with real keys: the list, its export, emptiness and trouble."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from s75desk.domain.errors import DeskError
from s75desk.ui.pages.context import Context
from s75desk.ui.pages.providers.page import ProvidersPage
from tests.ui.pages.buttons import button
from tests.ui.pages.providers_help import Settle, names, open_at

pytestmark = pytest.mark.qt_log_ignore("^This plugin does not support grabbing the keyboard", extend=True)


# The list


def test_the_list_shows_every_provider_the_troubled_first_and_opens_that(page_factory: Any) -> None:
    page = page_factory(ProvidersPage)
    assert len(names(page)) == 10
    assert page.filter_row.count.text() == "10 providers, 14 services"
    assert page.record.page.provider.name == names(page)[0] == "Pellgate House"
    rows = page.table.visible_rows()
    assert [row.status.shape.loud for row in rows] == [True] * 6 + [False] * 4
    assert [row.name for row in rows if row.status.state == "No visit booked"] == ["Lindle Homecare"]
    assert rows[0].troubles == max(row.troubles for row in rows) == 3
    assert page.record.page.status == rows[0].status


def test_overdue_actions_stand_in_words_and_in_the_colour_of_alerts(page_factory: Any) -> None:
    page = page_factory(ProvidersPage)
    columns = {column.key: column for column in page.table.rows_model().columns}
    cells = {row.name: columns["actions"].value(row) for row in page.table.visible_rows()}
    assert cells["Pellgate House"].text == "4, 1 overdue"
    assert cells["Pellgate House"].colour == "alert_text"
    assert cells["Corven Court"].text == "3"
    assert cells["Corven Court"].colour == ""


def test_sorting_by_open_actions_puts_the_most_overdue_first(page_factory: Any) -> None:
    page = page_factory(ProvidersPage)
    page.table.sort_by("actions", descending=True)
    rows = page.table.visible_rows()
    counts = [(row.overdue_actions, row.open_actions) for row in rows]
    assert counts == sorted(counts, reverse=True)
    assert counts[0][0] == 1


def test_wide_windows_gain_columns(page_factory: Any) -> None:
    page = page_factory(ProvidersPage)
    narrow = [column.key for column in page.table.visible_columns()]
    assert narrow == ["name", "status"], "what presses shows where there is room for one column"
    page.resize(1920, 1005)
    wide = [column.key for column in page.table.visible_columns()]
    assert wide[:4] == ["name", "status", "cqc", "actions"]


def test_letters_typed_in_the_list_search_it(page_factory: Any, keyboard: Any) -> None:
    page = page_factory(ProvidersPage)
    page.table.setFocus()
    keyboard.type("pell")
    assert names(page) == ["Pellgate House"]
    assert page.filter_row.count.text() == "1 of 10 providers, 1 service"
    keyboard.press("Ctrl+A", "Backspace")
    assert len(names(page)) == 10


@pytest.mark.parametrize(
    ("choose", "expected"),
    [
        (("cqc", "Requires improvement"), {"Saltern Lodge"}),
        (("cqc", "Not rated"), {"Quillhaven Support"}),
        (("kind", "Nursing home"), {"Corven Court", "Ottersley Grange"}),
    ],
)
def test_filters_hold(page_factory: Any, choose: tuple[str, str], expected: set[str]) -> None:
    page = page_factory(ProvidersPage)
    getattr(page, f"_{choose[0]}").set_value(choose[1])
    assert set(names(page)) == expected
    page.clear_filters()
    assert len(names(page)) == 10


def test_the_filter_by_last_visit_agrees_with_the_records(page_factory: Any) -> None:
    page = page_factory(ProvidersPage)
    last = {row.name: row.last_visit for row in page.table.visible_rows()}
    expected = {
        "6": {name for name, day in last.items() if day and day >= date(2025, 8, 2)},
        "12": {name for name, day in last.items() if day and day >= date(2025, 2, 2)},
        "longer": {name for name, day in last.items() if day and day < date(2025, 2, 2)},
        "never": {name for name, day in last.items() if day is None},
    }
    assert expected["6"], "the sample has visits of the last half year"
    for value, wanted in expected.items():
        page._last.set_value(value)
        assert set(names(page)) == wanted, value


def test_a_record_asked_for_is_shown_although_filters_hide_it(page_factory: Any, settle: Settle) -> None:
    page = page_factory(ProvidersPage)
    page.filter_row.search.setText("lindle")
    open_at(page, "Pellgate House", settle, "Ratings")
    assert page.record.page.provider.name == "Pellgate House"
    assert page.record.sub_page() == "Ratings"
    assert page.filter_row.search.text() == ""


# Export, emptiness, trouble


def test_export_writes_what_is_shown(page_factory: Any, settle: Settle, tmp_path: Path) -> None:
    page = page_factory(ProvidersPage)
    page._cqc.set_value("Requires improvement")
    page.export_to(tmp_path / "providers.xlsx")
    page.export_to(tmp_path / "providers.csv")
    settle()
    sheet = openpyxl.load_workbook(tmp_path / "providers.xlsx").active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    heads = [
        "Provider",
        "Kind",
        "Services",
        "Capacity",
        "Capacity in",
        "Status",
        "Days late",
    ]
    assert rows[0] == heads
    assert rows[1] == ["Saltern Lodge", "Care home", 1, 28, "beds", "Actions overdue", 7]
    with (tmp_path / "providers.csv").open(encoding="utf-8-sig", newline="") as file:
        assert next(csv.reader(file)) == rows[0]


def test_an_empty_desk_offers_to_begin(page_factory: Any, settle: Settle, keyboard: Any, empty_desk: None) -> None:
    page = page_factory(ProvidersPage)
    assert page._whole.currentWidget() is page._empty
    button(page._empty, "New provider").click()
    settle()
    keyboard.type("Fernholme Grange").press("Ctrl+Return")
    assert names(page) == ["Fernholme Grange"]
    assert page.record.page.status.word == "Not known"
    assert [b.accessibleName() for b in page.record._step_buttons] == ["Add a service", "Add an action"]


def test_trouble_is_told_in_place_and_tried_again(page_factory: Any, settle: Settle) -> None:
    page = page_factory(ProvidersPage)
    load = page.spec.load

    def broken(archived: bool) -> Any:
        raise DeskError("Not read: the disk is gone.", "Put it back, then try again.")

    page.spec = replace(page.spec, load=broken)
    page.reload()
    settle()
    assert page._whole.currentWidget() is page._error
    assert page._error.accessibleName() == "Not read: the disk is gone. Put it back, then try again."
    page.spec = replace(page.spec, load=load)
    button(page._error, "Try again").click()
    settle()
    assert page._whole.currentWidget() is not page._error
    assert len(names(page)) == 10


def test_trouble_with_one_record_leaves_the_list(
    page_factory: Any, settle: Settle, monkeypatch: pytest.MonkeyPatch, context: Context
) -> None:
    page = page_factory(ProvidersPage)

    def broken(uid: str) -> Any:
        raise DeskError("Not read: the disk is gone.", "")

    monkeypatch.setattr(page.record, "read", broken)
    open_at(page, "Corven Court", settle)
    assert page.record._error.isVisible()
    assert len(names(page)) == 10
    monkeypatch.undo()
    button(page.record._error, "Try again").click()
    settle()
    assert page.record.page.provider.name == "Corven Court"
    assert not page.record._error.isVisible()
