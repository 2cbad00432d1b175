"""The item model keeps Qt's promises, whatever happens to its rows."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from s75desk.ui.itemmodels.table_model import CELL_ROLE, COLUMN_ROLE, ROW_ROLE, SORT_ROLE, RowsModel
from tests.ui.kit.conftest import HOMES, Home, home_columns


@pytest.fixture
def model(qapp: QApplication) -> RowsModel[Home]:
    return RowsModel(home_columns(), lambda row: row.uid)


def test_it_keeps_qts_promises(model: RowsModel[Home]) -> None:
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.set_rows(HOMES)
    model.sort(1, Qt.SortOrder.DescendingOrder)
    model.set_search("ely")
    model.set_search("")
    model.set_rows(tuple(dataclasses.replace(row, town="Ely") for row in HOMES))
    model.set_accept(lambda row: row.beds is not None)
    model.set_rows(HOMES[:1])
    model.set_rows(())
    model.refresh()
    assert tester.model() is model


def test_cells_are_made_when_seen_and_kept(qapp: QApplication) -> None:
    made: list[str] = []

    def counted(value: Callable[[Home], object]) -> Callable[[Home], object]:
        def call(row: Home) -> object:
            made.append(row.uid)
            return value(row)

        return call

    columns = [dataclasses.replace(column, value=counted(column.value)) for column in home_columns()]
    model = RowsModel(columns, lambda row: row.uid)  # type: ignore[arg-type]
    model.set_rows(HOMES)
    assert made == []
    for _ in range(3):
        model.index(1, 0).data()
    assert made == ["b"]


def test_roles(model: RowsModel[Home]) -> None:
    model.set_rows(HOMES)
    assert model.index(0, 0).data() == "Saltern Lodge"
    assert model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole) == "Saltern Lodge, Ely"
    assert model.index(3, 3).data(Qt.ItemDataRole.AccessibleTextRole) == "Red"
    assert model.index(0, 1).data(SORT_ROLE) == 28
    assert model.index(2, 1).data(SORT_ROLE) is None
    assert model.index(0, 1).data(Qt.ItemDataRole.TextAlignmentRole) & int(Qt.AlignmentFlag.AlignRight)
    assert model.index(0, 0).data(CELL_ROLE).sub == "Ely"
    assert model.index(0, 4).data(COLUMN_ROLE).key == "fee"
    assert model.index(3, 0).data(ROW_ROLE) is HOMES[3]
    assert model.index(0, 0).data(Qt.ItemDataRole.DecorationRole) is None
    assert [model.headerData(place, Qt.Orientation.Horizontal) for place in (0, 1)] == ["Home", "Beds"]
    assert model.headerData(0, Qt.Orientation.Vertical) is None


def test_the_same_rows_changed_in_place_repaint_only_what_changed(model: RowsModel[Home], qtbot: object) -> None:
    model.set_rows(HOMES)
    told: list[tuple[int, int]] = []
    resets: list[int] = []
    model.dataChanged.connect(lambda first, last: told.append((first.row(), last.row())))
    model.modelReset.connect(lambda: resets.append(1))
    fresh = tuple(dataclasses.replace(row, town="Chatteris") if row.uid == "c" else row for row in HOMES)
    model.set_rows(fresh)
    assert told == [(2, 2)]
    assert resets == []
    assert model.index(2, 0).data(CELL_ROLE).sub == "Chatteris"


def test_a_change_that_moves_a_row_under_the_sort_is_told_as_a_whole(model: RowsModel[Home]) -> None:
    model.set_rows(HOMES)
    model.set_sort("beds")
    told: list[int] = []
    model.dataChanged.connect(lambda first, last: told.append(first.row()))
    model.set_rows(tuple(dataclasses.replace(row, beds=1) if row.uid == "d" else row for row in HOMES))
    assert [model.uid_at(line) for line in range(4)] == ["d", "b", "a", "c"]
    assert told == []


def test_lines_are_found_by_identity(model: RowsModel[Home]) -> None:
    model.set_rows(HOMES)
    model.set_sort("beds", descending=True)
    assert [model.line_of(uid) for uid in "dabc"] == [0, 1, 2, 3]
    model.set_search("home")
    assert model.line_of("a") == -1
    assert model.line_of("nobody") == -1
    assert [row.uid for row in model.shown_rows()] == ["d", "c"]
    assert model.row_at(9) is None
    assert model.uid_at(-1) == ""
