"""A body that goes, as it is typed: shares make the whole and every amount keeps its pennies."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from s75desk.domain.body_entry import Amount, BodyEntry, findings_for_going, successors_said
from s75desk.domain.findings import Weight
from s75desk.domain.records import Contribution

DAY = date(2027, 4, 1)


def amount(pounds: str, year: int = 2027, quarter: int | None = None) -> Amount:
    line = Contribution(agreement="a", partner="old", year=year, quarter=quarter, amount=Decimal(pounds))
    return Amount("Community equipment", line)


def entry(first: str | None = None, second: str | None = None, **more: object) -> BodyEntry:
    shares = {"share": Decimal(first) if first else None, "second_share": Decimal(second) if second else None}
    return BodyEntry(organisation="old", successor="north", second="south", since=DAY, **(shares | more))  # type: ignore[arg-type]


def test_shares_that_do_not_add_up_go_to_the_last_with_what_would_do() -> None:
    (found,) = findings_for_going(entry("58.3", "41.2"), ())
    assert (found.weight, found.field) == (Weight.FAULT, "second_share")
    assert found.fix is not None
    assert found.fix.text == "41.7"


def test_what_is_left_falls_to_the_one_without_a_share_and_equal_parts_make_the_whole() -> None:
    assert successors_said(entry("58.3")) == (("north", Decimal("58.3")), ("south", Decimal("41.7")))
    three = successors_said(entry(third="east"))
    assert sum(share for _, share in three) == 100
    assert [who for who, _ in three] == ["north", "south", "east"]
    assert successors_said(BodyEntry(organisation="old", successor="north")) == (("north", Decimal(100)),)


def test_each_amount_is_shown_before_and_after_with_its_odd_penny() -> None:
    found = findings_for_going(entry("58.3", "41.7"), (amount("1204517.00"), amount("100", year=2026)))
    assert [one.weight for one in found] == [Weight.NOTE], "one that began before the day is not divided"
    assert "£1,204,517.00 = £702,233.41 + £502,283.59" in found[0].text


def test_nobody_follows_itself_or_twice() -> None:
    assert findings_for_going(replace(entry(), second="old"), ())[0].field == "second"
    assert findings_for_going(replace(entry(), second="north"), ())[0].field == "second"
    assert findings_for_going(BodyEntry(organisation="old"), ())[0].field == "successor"


@given(
    st.lists(st.decimals("0", "1e7", places=2), min_size=1, max_size=7),
    st.decimals("0.01", "99.99", places=2),
)
def test_what_is_shown_adds_up_to_the_penny(amounts: list[Decimal], share: Decimal) -> None:
    lines = [amount(str(one), quarter=place % 4 + 1, year=2027 + place // 4) for place, one in enumerate(amounts)]
    for found in findings_for_going(entry(str(share)), lines):
        sums = [Decimal(figure.replace(",", "")) for figure in re.findall(r"£([\d,]+\.\d\d)", found.text)]
        assert sums[0] == sums[1] + sums[2]
