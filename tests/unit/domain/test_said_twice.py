"""Two stated counts of one thing are asked about; what cannot be held against each other is not."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from s75desk.domain.performance import KpiSheet, kpi_state
from s75desk.domain.records import Breakdown, Kpi, Measurement
from s75desk.domain.records.kpi import Measure
from s75desk.domain.said_twice import total_and_figure, two_figures, two_totals

DAY = date(2024, 1, 31)
USERS = Kpi(uid="k", title="People with a service", measure=Measure.COUNT, unit="people")
SHARE = Kpi(uid="k", title="Reviewed", measure=Measure.PERCENTAGE)


def total(**values: Any) -> Breakdown:
    return Breakdown(**{"uid": "b", "title": "By rating", "as_at": DAY, "total": Decimal(25), **values})


def figure(**values: Any) -> Measurement:
    return Measurement(**{"uid": "m", "kpi": "k", "ends": DAY, "value": Decimal(24), **values})


@pytest.mark.parametrize(
    ("other", "asked"),
    [
        ({"total": Decimal(24)}, 1),
        ({"total": Decimal(24), "title": "by  Rating"}, 1),
        ({}, 0),
        ({"total": None}, 0),
        ({"total": Decimal(24), "about": True}, 0),
        ({"total": Decimal(24), "as_at": date(2023, 1, 31)}, 0),
        ({"total": Decimal(24), "unit": "£"}, 0),
        ({"total": Decimal(24), "title": "By age"}, 0),
    ],
)
def test_two_totals_of_one_title_and_day(other: dict[str, Any], asked: int) -> None:
    assert len(two_totals([total(), total(uid="c", **other)])) == asked


@pytest.mark.parametrize(
    ("kpi", "held", "stated", "asked"),
    [
        (USERS, {}, {}, 1),
        (USERS, {"value": Decimal(25)}, {}, 0),
        (USERS, {}, {"unit": "people"}, 1),
        (USERS, {}, {"unit": "hours"}, 0),
        (USERS, {"scope": "Council"}, {}, 0),
        (USERS, {"about": True}, {}, 0),
        (USERS, {"ends": date(2024, 2, 29)}, {}, 0),
        (SHARE, {"base": Decimal(805)}, {"base": Decimal(790)}, 1),
        (SHARE, {"base": Decimal(805)}, {"base": Decimal(805)}, 0),
        (SHARE, {}, {}, 0),
    ],
)
def test_a_total_and_the_figure_of_its_day(kpi: Kpi, held: dict[str, Any], stated: dict[str, Any], asked: int) -> None:
    found = total_and_figure(kpi, [figure(**held)], [total(**stated)])
    assert len(found) == asked
    assert all(question.uid == "b" for question in found)


@pytest.mark.parametrize(
    ("one", "other", "value", "asked"),
    [
        (USERS, {}, Decimal(25), 1),
        (USERS, {}, Decimal(24), 0),
        (USERS, {"unit": "hours"}, Decimal(25), 0),
        (USERS, {"provider": "p"}, Decimal(25), 0),
        (SHARE, {}, Decimal(25), 0),
    ],
)
def test_two_kpis_of_one_title(one: Kpi, other: dict[str, Any], value: Decimal, asked: int) -> None:
    values = {"title": f" {one.title.upper()}", "measure": one.measure, "unit": one.unit, **other}
    sheets = [
        KpiSheet(kpi, (), (held,), (), kpi_state(kpi, (), (held,), (), DAY))
        for kpi, held in ((one, figure()), (Kpi(uid="l", **values), figure(uid="n", kpi="l", value=value)))
    ]
    assert [question.uid for question in two_figures(sheets)] == ["l"] * asked
