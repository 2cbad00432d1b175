"""The difference of two versions: every field that differs and no other, rows known again by their name."""

from __future__ import annotations

import copy
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from s75desk.domain.visits.differences import Difference, Turn, differences

LEAVES = st.none() | st.booleans() | st.integers(0, 3) | st.sampled_from(["", "a", "b"])
TREES = st.recursive(LEAVES, lambda inner: st.dictionaries(st.sampled_from("pqrs"), inner, max_size=4), max_leaves=12)
MAPPINGS = st.dictionaries(st.sampled_from("pqrs"), TREES, max_size=4)


def applied(before: dict[str, Any], found: tuple[Difference, ...]) -> dict[str, Any]:
    """``before`` with every difference put in."""
    after = copy.deepcopy(before)
    for difference in found:
        place: Any = after
        for key in difference.path[:-1]:
            if place.get(key) is None:
                place[key] = {}
            place = place[key]
        place[difference.path[-1]] = difference.after
    return after


def pruned(tree: Any) -> Any:
    """A tree without what is not known: None, and mappings that hold nothing else."""
    if not isinstance(tree, dict):
        return tree
    kept = {key: pruned(value) for key, value in tree.items()}
    return {key: value for key, value in kept.items() if value not in (None, {}) or value is False} or None


@given(MAPPINGS)
def test_nothing_differs_from_itself(tree: dict[str, Any]) -> None:
    assert differences(tree, copy.deepcopy(tree)) == ()


@given(MAPPINGS, MAPPINGS)
def test_the_differences_turn_one_into_the_other(before: dict[str, Any], after: dict[str, Any]) -> None:
    found = differences(before, after)
    assert pruned(applied(before, found)) == pruned(after)
    assert all(
        difference.before != difference.after or type(difference.before) is not type(difference.after)
        for difference in found
    )
    # The other way round the same fields differ, with before and after exchanged.
    back = {(each.path, repr(each.before), repr(each.after)) for each in differences(after, before)}
    assert back == {(each.path, repr(each.after), repr(each.before)) for each in found}


def test_fields_of_a_visit_by_their_path() -> None:
    before = {
        "stage": "final",
        "answers": [{"question": "8.3", "rating": 2, "note": "Two gaps."}, {"question": "8.4", "rating": 3}],
        "comment": None,
        "weights": [Decimal("1.0")],
    }
    after = {
        "stage": "final",
        "answers": [
            {"question": "8.2", "rating": 4},
            {"question": "8.3", "rating": 2, "note": "Two gaps, one signed."},
        ],
        "comment": "Fair.",
        "weights": (Decimal(1),),
    }
    found = differences(before, after)
    assert [(each.path, each.before, each.after, each.turn) for each in found] == [
        (("answers", "8.3", "note"), "Two gaps.", "Two gaps, one signed.", Turn.CHANGED),
        (("answers", "8.4", "question"), "8.4", None, Turn.REMOVED),
        (("answers", "8.4", "rating"), 3, None, Turn.REMOVED),
        (("answers", "8.2", "question"), None, "8.2", Turn.ADDED),
        (("answers", "8.2", "rating"), None, 4, Turn.ADDED),
        (("comment",), None, "Fair.", Turn.ADDED),
    ]


def test_rows_without_a_name_stand_by_their_place() -> None:
    found = differences({"rows": [{"a": 1}, {"a": 2}]}, {"rows": [{"a": 1}, {"a": 3}, {"a": 4}]})
    assert [each.path for each in found] == [("rows", "2", "a"), ("rows", "3", "a")]
    twice = differences({"rows": [{"uid": "x", "a": 1}]}, {"rows": [{"uid": "x", "a": 1}, {"uid": "x", "a": 2}]})
    assert [each.path[1] for each in twice] == ["2", "2"]


def test_a_list_or_mapping_that_is_new_is_told_field_by_field() -> None:
    found = differences({}, {"sample": {"population": 45, "codes": ["CP1"]}, "rows": [{"uid": "x", "a": 1}]})
    assert [(each.path, each.after) for each in found] == [
        (("sample", "population"), 45),
        (("sample", "codes"), ["CP1"]),
        (("rows", "x", "uid"), "x"),
        (("rows", "x", "a"), 1),
    ]


def test_a_change_of_type_is_a_change() -> None:
    assert [each.path for each in differences({"a": 1, "b": "1"}, {"a": True, "b": 1})] == [("a",), ("b",)]
    assert differences({"a": {"b": 1}}, {"a": "b"}) == (Difference(("a",), {"b": 1}, "b"),)
    assert differences({"a": None}, {}) == ()
