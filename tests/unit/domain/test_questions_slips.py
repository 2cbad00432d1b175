"""Slips of a unit are asked about where putting them right makes the figure fit, and nowhere else."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from s75desk.domain.questions_slips import money_slips, slips, whole_and_parts
from s75desk.domain.records import Contribution, Measurement, Target
from s75desk.domain.records.kpi import Adding, Kpi, Measure, TargetType
from s75desk.domain.records.money import MoneyType
from s75desk.domain.said_twice import two_clocks, wider_count

MONTHS = [(date(2025, month, 1), date(2025, month, 28)) for month in range(1, 13)]


def kpi(measure: Measure, unit: str = "", adding: Adding = Adding.AVERAGE) -> Kpi:
    return Kpi(uid="k", title="Seen in time", measure=measure, unit=unit, adding=adding)


def series(*values: str) -> list[Measurement]:
    return [
        Measurement(uid=str(place), kpi="k", starts=starts, ends=ends, value=Decimal(value))
        for place, (value, (starts, ends)) in enumerate(zip(values, MONTHS, strict=False))
    ]


def point(value: str, type_: TargetType = TargetType.AT_LEAST) -> Target:
    return Target(kpi="k", type=type_, value=Decimal(value))


def slipped(of: Kpi, targets: list[Target], *values: str) -> list[str]:
    return [question.uid for question in slips(of, targets, series(*values))]


SHARE = kpi(Measure.PERCENTAGE, "%")


@pytest.mark.parametrize(
    ("targets", "values", "which"),
    [
        ([], ("96", "0.97", "98"), ["1"]),
        ([], ("0.97", "96"), ["0"]),
        ([point("95")], ("0.97",), ["0"]),
        ([], ("96", "97", "0.98", "0.95", "96", "97"), ["2", "3"]),
        ([], ("96", "9700", "95"), ["1"]),
        ([], ("0.97",), ["0"]),
        ([point("1", TargetType.AT_MOST)], ("0.97", "0.8"), []),
        ([], ("96", "12", "95"), []),
        ([], ("96", "0", "95"), []),
        ([], ("0.4", "0.6", "0.9"), []),
    ],
)
def test_a_share_may_be_a_fraction(targets: list[Target], values: tuple[str, ...], which: list[str]) -> None:
    assert slipped(SHARE, targets, *values) == which


@pytest.mark.parametrize(
    ("unit", "values", "which"),
    [
        ("days", ("28", "29", "4", "30"), ["2"]),
        ("weeks", ("4", "5", "28", "4"), ["2"]),
        ("days", ("28", "35", "20", "30"), []),
        ("days", ("28", "9", "60", "30"), []),
        ("hours", ("2", "2.5", "120", "2"), ["2"]),
        ("days", ("10", "100", "10"), []),
    ],
)
def test_a_wait_may_be_in_another_unit(unit: str, values: tuple[str, ...], which: list[str]) -> None:
    assert slipped(kpi(Measure.MEAN, unit), [], *values) == which


def test_pounds_may_be_thousands() -> None:
    assert slipped(kpi(Measure.MONEY, "£", Adding.FLOW), [], "1810", "1790000", "1820000", "1805000") == ["0"]


def money(year: int, amount: str, what: str = "Budget") -> Contribution:
    return Contribution(
        uid=str(year),
        agreement="a",
        partner="council",
        type=MoneyType.CONTRIBUTION,
        year=year,
        amount=Decimal(amount),
        what=what,
    )


def test_an_amount_may_be_in_thousands() -> None:
    assert [q.uid for q in money_slips([money(2023, "1810426"), money(2024, "1850000"), money(2025, "1900")])] == [
        "2025"
    ]
    assert money_slips([money(2023, "1810426"), money(2024, "2038663")]) == []
    assert money_slips([money(2023, "1810426"), money(2024, "1850", "Training")]) == []


def test_a_whole_that_its_parts_do_not_make_is_asked_about() -> None:
    of = kpi(Measure.COUNT, "", Adding.FLOW)
    quarters = [(date(2025, 4, 1), date(2025, 6, 30)), (date(2025, 7, 1), date(2025, 9, 30))]
    parts = [Measurement(uid=str(at), starts=at, ends=to, value=Decimal(100)) for at, to in quarters]
    for value, asked in (("200", 0), ("210", 1)):
        half = Measurement(uid="half", starts=date(2025, 4, 1), ends=date(2025, 9, 30), value=Decimal(value))
        assert [q.uid for q in whole_and_parts(of, [*parts, half])] == ["half"] * asked
    lone = Measurement(uid="half", starts=date(2025, 4, 1), ends=date(2025, 9, 30), value=Decimal(150))
    assert whole_and_parts(of, [parts[0], lone]) == [], "the other quarter is not known"


@pytest.mark.parametrize(
    ("said", "asked"),
    [("within 3 days", True), ("within three days", True), ("within 3 working days", False), ("within 5 days", False)],
)
def test_one_limit_by_two_clocks(said: str, asked: bool) -> None:
    target = Target(kpi="k", type=TargetType.AT_LEAST, as_stated="all seen within 3 working days")
    assert (two_clocks(SHARE, [target], [Measurement(as_stated=said)]) is not None) == asked


@pytest.mark.parametrize(
    ("target", "counted", "asked"),
    [
        ("all hold a Level 2", "54% hold a Level 2 or are studying towards it", True),
        ("all hold or are studying for a Level 2", "54% hold a Level 2 or are studying towards it", False),
        ("all have the certificate", "79% have the certificate or are exempt", False),
        ("all visited", "80% visited in a care or nursing home", False),
        ("all trained", "80% trained or booked on a course", True),
    ],
)
def test_more_counted_than_the_target_asks(target: str, counted: str, asked: bool) -> None:
    aim = Target(kpi="k", type=TargetType.AT_LEAST, as_stated=target)
    assert (wider_count(SHARE, [aim], [Measurement(as_stated=counted)]) is not None) == asked
