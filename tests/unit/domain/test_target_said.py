"""A target typed in one line, as papers state it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from s75desk.domain.records import Target
from s75desk.domain.records.kpi import Margin, TargetType
from s75desk.domain.refusals import NotUnderstood
from s75desk.domain.target_said import target_said
from s75desk.domain.typed import typed_in_one


@pytest.mark.parametrize(
    ("line", "kind", "value"),
    [
        ("at least 95%", TargetType.AT_LEAST, "95"),
        ("≥ 95", TargetType.AT_LEAST, "95"),
        ("95% or more", TargetType.AT_LEAST, "95"),
        ("minimum of 1,200", TargetType.AT_LEAST, "1200"),
        ("no more than 4 weeks", TargetType.AT_MOST, "4"),
        ("within 28 calendar days", TargetType.AT_MOST, "28"),
        ("3 or fewer", TargetType.AT_MOST, "3"),
        ("Less than 10", TargetType.LESS_THAN, "10"),
        ("> 7.5 %", TargetType.MORE_THAN, "7.5"),
        ("at most £14.30", TargetType.AT_MOST, "14.30"),
    ],
)
def test_a_point_with_its_side(line: str, kind: TargetType, value: str) -> None:
    assert target_said(line) == {"type": kind, "value": Decimal(value)}


@pytest.mark.parametrize("line", ["90 to 95", "between 90% and 95%", "90-95%", "90 – 95"])
def test_a_band(line: str) -> None:
    assert target_said(line) == {"type": TargetType.BAND, "lower": Decimal(90), "upper": Decimal(95)}


@pytest.mark.parametrize(
    ("line", "margin"),
    [("3,500 +/- 5%", None), ("3,500 ± 5 per cent", None), ("3,500 plus or minus 5", Margin.POINTS)],
)
def test_a_tolerance(line: str, margin: Margin | None) -> None:
    found = target_said(line)
    assert found == {
        "type": TargetType.TOLERANCE, "value": Decimal(3500), "tolerance": Decimal(5), "margin": margin,
    }  # fmt: skip


def test_crossed_edges_are_said_and_other_lines_are_left_to_their_field() -> None:
    with pytest.raises(NotUnderstood):
        target_said("95 to 90")
    for line in ("95%", "tbc", "", "by March", "at least"):
        assert target_said(line) is None


def test_the_line_is_read_in_the_point_of_a_target_only() -> None:
    assert typed_in_one(Target(), "value", "at least 95%", None, date(2026, 2, 2)) is not None
    assert typed_in_one(Target(), "near", "at least 95%", None, date(2026, 2, 2)) is None
