"""Sorting and searching of rows, without Qt."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from s75desk.domain.status import Shape, Status
from s75desk.ui.itemmodels.cells import Cell, Column
from s75desk.ui.itemmodels.ordering import RowOrder, natural_key, search_form
from tests.ui.kit.conftest import HOMES, Home, home_columns


@pytest.fixture
def order() -> RowOrder[Home]:
    made = RowOrder(home_columns())
    made.set_rows(HOMES)
    return made


def shown(order: RowOrder[Home]) -> str:
    return "".join(HOMES[place].uid for place in order.shown)


def test_the_order_given_stands_until_something_sorts(order: RowOrder[Home]) -> None:
    assert shown(order) == "abcd"


@pytest.mark.parametrize(
    ("key", "up", "down"),
    [
        ("name", "bdca", "acdb"),  # Élan, Home 2, Home 10, Saltern
        ("beds", "badc", "dabc"),  # 9, 28, 100, not known
        ("seen", "badc", "dabc"),
        ("risk", "dacb", "bcad"),  # by urgency: red, amber, not known, green
    ],
)
def test_columns_sort_natively_and_what_is_not_known_stays_last(
    order: RowOrder[Home], key: str, up: str, down: str
) -> None:
    order.set_sort(key)
    assert shown(order) == up
    order.set_sort(key, descending=True)
    assert shown(order) == down
    order.set_sort("")
    assert shown(order) == "abcd"


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("", "abcd"),
        ("ely", "ac"),
        ("ELY home", "c"),
        ("elan", "b"),
        ("élan", "b"),
        ("court march", "b"),
        ("amber", "a"),
        ("  home   ", "cd"),
        ("nowhere", ""),
    ],
)
def test_every_word_must_be_found_whatever_its_accents_and_capitals(
    order: RowOrder[Home], typed: str, found: str
) -> None:
    order.set_search(typed)
    assert shown(order) == found


def test_search_predicate_and_sort_hold_together(order: RowOrder[Home]) -> None:
    order.set_sort("beds", descending=True)
    order.set_accept(lambda row: row.town != "March")
    assert shown(order) == "dac"
    order.set_search("e")
    assert shown(order) == "dac"
    order.set_search("ely")
    assert shown(order) == "ac"
    order.set_sort("name")
    assert shown(order) == "ca"
    order.set_accept(None)
    order.set_search("")
    assert shown(order) == "bdca"


def test_other_rows_are_searched_and_sorted_anew(order: RowOrder[Home]) -> None:
    order.set_sort("name")
    order.set_search("ely")
    fresh = (Home("z", "Zeta", "Ely"), Home("y", "Alpha", "Ely"), Home("x", "Beta", "March"))
    order.set_rows(fresh)
    assert [fresh[place].uid for place in order.shown] == ["y", "z"]


def test_a_search_text_of_ones_own_makes_no_cells() -> None:
    made: list[str] = []

    def value(row: Home) -> Cell:
        made.append(row.uid)
        return Cell(row.name)

    order = RowOrder([Column("name", "Home", value)], search=lambda row: row.town)
    order.set_rows(HOMES)
    order.set_search("wisbech")
    assert [HOMES[place].uid for place in order.shown] == ["d"]
    assert made == []


def test_search_texts_can_be_made_ahead_in_slices(order: RowOrder[Home]) -> None:
    assert order.warm(3)
    assert not order.warm(3)
    order.set_search("red")
    assert shown(order) == "d"


def test_kinds_that_cannot_be_compared_do_not_stop_a_sort() -> None:
    values = [Decimal("2.5"), date(2026, 1, 1), 3, None]
    order = RowOrder([Column[int]("v", "V", lambda row: Cell(str(row), sort=values[row]), "number")])
    order.set_rows(range(4))
    order.set_sort("v")
    assert sorted(order.shown[:3]) == [0, 1, 2]
    assert order.shown[3] == 3


def test_whole_numbers_and_decimals_are_compared_as_numbers() -> None:
    values = [Decimal("10.5"), 9, Decimal(2)]
    order = RowOrder([Column[int]("v", "V", lambda row: Cell(str(row), sort=values[row]), "number")])
    order.set_rows(range(3))
    order.set_sort("v")
    assert order.shown == [2, 1, 0]


def test_numbers_without_a_native_value_are_not_sorted_by_their_words() -> None:
    order = RowOrder([Column[str]("v", "V", lambda row: Cell(row), "number")])
    order.set_rows(["9", "10"])
    order.set_sort("v")
    assert order.shown == [0, 1]


def test_numbers_in_names_count() -> None:
    assert sorted(["Lot 10", "lot 2", "Lot 1a"], key=natural_key) == ["Lot 1a", "lot 2", "Lot 10"]


def test_quotes_dashes_and_spaces_of_typographers_are_found_with_the_plain_ones() -> None:
    assert search_form("St Mary’s – East\u00a0End") == "st mary's - east end"


@given(st.lists(st.one_of(st.none(), st.integers(-1000, 1000))), st.booleans())
def test_a_sort_loses_no_row_and_keeps_equals_in_order(values: list[int | None], descending: bool) -> None:
    order = RowOrder([Column[int]("v", "V", lambda row: Cell("", sort=values[row]), "number")])
    order.set_rows(range(len(values)))
    order.set_sort("v", descending=descending)
    assert sorted(order.shown) == list(range(len(values)))
    got = [values[place] for place in order.shown]
    known = [value for value in got if value is not None]
    assert known == sorted(known, reverse=descending)
    assert got == known + [None] * (len(got) - len(known))
    for first, second in zip(order.shown, order.shown[1:], strict=False):
        if values[first] == values[second]:
            assert first < second


@given(st.lists(st.text(max_size=6), max_size=12), st.text(max_size=5), st.text(max_size=3))
def test_typing_on_narrows_to_the_same_rows_as_searching_afresh(rows: list[str], typed: str, more: str) -> None:
    columns = [Column[str]("v", "V", lambda row: Cell(row))]
    on, afresh = RowOrder(columns), RowOrder(columns)
    for order in (on, afresh):
        order.set_rows(rows)
    on.set_search(typed)
    on.set_search(typed + more)
    afresh.set_search(typed + more)
    assert on.shown == afresh.shown


def test_a_status_says_its_word_once() -> None:
    cell = Cell("Live", sub="year 2", status=Status(Shape.GOOD, "Live"))
    assert cell.plain == "Live, year 2"
    assert Cell(status=Status(Shape.ALERT, "Red")).words == "Red"
    assert Cell("Audit", status=Status(Shape.ALERT, "Overdue")).plain == "Audit, Overdue"
