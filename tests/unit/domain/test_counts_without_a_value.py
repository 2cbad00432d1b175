"""A part of a breakdown or its total that was suppressed, is nil, awaited or approximate is held as what it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from s75desk.domain.parted import PartedTotal
from s75desk.domain.questions_sums import parts_and_total
from s75desk.domain.records import Breakdown, Measurement, Part, Record
from s75desk.domain.records.kpi import Absent
from s75desk.domain.refusals import NotUnderstood
from s75desk.domain.small_numbers import small_numbers
from s75desk.domain.typed import typed_in_one

TODAY = date(2026, 2, 2)


def typed(record: Record, name: str, text: str) -> dict[str, object]:
    found = typed_in_one(record, name, text, None, TODAY)
    assert found is not None
    return {key: value for key, value in found.items() if value is not None}


@pytest.mark.parametrize(
    ("record", "name"), [(Part(breakdown="b", label="x"), "count"), (Breakdown(title="x"), "total")]
)
@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("<5", {"absent": Absent.SUPPRESSED, "below": Decimal(5)}),
        ("*", {"absent": Absent.SUPPRESSED}),
        ("[c]", {"absent": Absent.SUPPRESSED}),
        ("nil", {"absent": Absent.NIL}),
        ("tbc", {"absent": Absent.AWAITED}),
        ("c. 27", {"value": Decimal(27), "about": True}),
        ("27", {"value": Decimal(27)}),
    ],
)
def test_a_count_is_read_as_every_figure_is(record: Record, name: str, text: str, held: dict[str, object]) -> None:
    found = typed(record, name, text)
    if name in found:
        found["value"] = found.pop(name)
    assert found == held


def test_one_of_n_and_base_that_is_suppressed_leaves_the_figure_so() -> None:
    said = typed(Measurement(kpi="k", base=Decimal(20)), "n", "<5")
    assert said == {"absent": Absent.SUPPRESSED, "as_stated": "n <5"}
    assert typed(Measurement(kpi="k"), "base", "c. 40") == {"base": Decimal(40), "about": True}
    with pytest.raises(NotUnderstood):
        typed_in_one(Measurement(kpi="k", value=Decimal(3)), "n", "*", None, TODAY)


def parts(*said: int | str) -> list[Part]:
    found = []
    for number, one in enumerate(said):
        values = {"count": Decimal(one)} if isinstance(one, int) else typed(Part(breakdown="b", label=""), "count", one)
        found.append(Part(uid=f"p{number}", breakdown="b", label=f"Part {number}", **values))  # type: ignore[arg-type]
    return found


@pytest.mark.parametrize(
    ("total", "said", "asked"),
    [
        (30, (27, "<5"), False),
        (33, (27, "<5"), True),
        (27, (27, "<5"), False),
        (26, (27, "<5"), True),
        (27, (27, "nil"), False),
        (28, (27, "nil"), True),
        (90, (27, "*"), False),
        (90, (27, "tbc"), False),
        (30, (27, "c. 4"), False),
        (30, (27, 4), True),
    ],
)
def test_a_sum_is_asked_about_only_where_no_value_could_make_it(
    total: int, said: tuple[int | str, ...], *, asked: bool
) -> None:
    found = parts_and_total(Breakdown(uid="b", title="By ethnicity", total=Decimal(total)), parts(*said))
    assert (found is not None) is asked


@given(st.lists(st.integers(0, 40), min_size=1, max_size=6), st.data())
def test_what_is_published_of_a_true_breakdown_is_never_doubted(counts: list[int], data: st.DataObject) -> None:
    shown: list[int | str] = [
        data.draw(st.sampled_from(["<5", "*", count] if count in range(1, 5) else ["nil", 0] if not count else [count]))
        for count in counts
    ]
    assert parts_and_total(Breakdown(uid="b", title="x", total=Decimal(sum(counts))), parts(*shown)) is None


@pytest.mark.parametrize(
    ("total", "said", "warned"),
    [
        (30, (27, "<5"), True),
        (30, (27, "*"), True),
        (30, (20, "<5", "<5"), False),
        (28, (20, "<5", "<5"), True),
        (22, (20, "<5", "<5"), True),
        (28, (20, "*", "*"), False),
        (28, (20, "nil", "<5"), True),
        (30, (27, "tbc"), False),
        (None, (27, "<5"), False),
    ],
)
def test_what_was_left_out_and_follows_from_the_rest_is_warned_of(
    total: int | None, said: tuple[int | str, ...], warned: bool
) -> None:
    whole = Breakdown(uid="b", title="By ethnicity", total=None if total is None else Decimal(total), as_at=TODAY)
    held = PartedTotal(whole, tuple(parts(*said)))
    found = small_numbers([], TODAY, [held])
    assert any("can be worked out" in each for each in found) is warned
    assert small_numbers([], TODAY - timedelta(days=1), [held]) == ()


def test_a_part_that_was_left_empty_is_worked_out_too() -> None:
    whole = Breakdown(uid="b", title="By ethnicity", total=Decimal(30))
    left = Part(uid="left", breakdown="b", label="Left out")
    (warning,) = small_numbers([], TODAY, [PartedTotal(whole, (*parts(27), left))])
    assert "can be worked out" in warning
    assert small_numbers([], TODAY, [PartedTotal(whole, (*parts(20), left))]) == ()


def test_a_share_that_was_left_out_says_why_and_one_beside_a_count_is_refused() -> None:
    bare = Part(breakdown="b", label="Other")
    assert typed_in_one(bare, "percent", "*", None, TODAY) == {"percent": None, "absent": Absent.SUPPRESSED}
    with pytest.raises(NotUnderstood, match="count"):
        typed_in_one(replace(bare, count=Decimal(3)), "percent", "*", None, TODAY)
    with pytest.raises(NotUnderstood, match="limit"):
        typed_in_one(bare, "percent", "<5%", None, TODAY)
    with pytest.raises(NotUnderstood, match="base"):
        typed_in_one(Breakdown(title="By age"), "base", "<5", None, TODAY)
    assert typed_in_one(bare, "percent", "12%", None, TODAY) is None
