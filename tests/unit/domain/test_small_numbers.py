"""What could point at a person is named before the public reads it: figures, and the parts of breakdowns."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from s75desk.domain.parted import PartedTotal
from s75desk.domain.records.kpi import Breakdown, Part
from s75desk.domain.small_numbers import small_numbers

TODAY = date(2026, 11, 30)


def parted(*counts: int, unit: str | None = None, as_at: date = TODAY) -> PartedTotal:
    whole = Breakdown(uid="b", title="By ethnicity", total=Decimal(sum(counts)), unit=unit, as_at=as_at)
    return PartedTotal(whole, tuple(Part(breakdown="b", label=str(each), count=Decimal(each)) for each in counts))


def test_the_small_parts_of_a_breakdown_are_counted_and_named() -> None:
    (warning,) = small_numbers((), TODAY, [parted(25, 3, 2)])
    assert warning.startswith("2 figures count fewer than 5, in “By ethnicity”.")


@pytest.mark.parametrize(
    "held", [parted(25, 5, 0), parted(3, 2, unit="£"), parted(3, 2, unit="%"), parted(25, 3, as_at=date(2027, 1, 1))]
)
def test_what_is_large_nought_money_or_to_come_points_at_nobody(held: PartedTotal) -> None:
    assert small_numbers((), TODAY, [held]) == ()
