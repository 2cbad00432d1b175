"""The period that is ready when a figure is recorded: the one after the last."""

from __future__ import annotations

from datetime import date

import pytest

from s75desk.domain.periods.kinds import next_span
from s75desk.domain.records import Kpi, Measurement
from s75desk.domain.records.kpi import Adding, Measure, Period

TODAY = date(2026, 11, 30)


@pytest.mark.parametrize(
    ("period", "last", "starts", "ends"),
    [
        (Period.MONTH, date(2026, 10, 31), date(2026, 11, 1), date(2026, 11, 30)),
        (Period.MONTH, date(2026, 1, 31), date(2026, 2, 1), date(2026, 2, 28)),
        (Period.QUARTER, date(2026, 9, 30), date(2026, 10, 1), date(2026, 12, 31)),
        (Period.WEEK, date(2026, 11, 22), date(2026, 11, 23), date(2026, 11, 29)),
        (Period.YEAR, date(2026, 3, 31), date(2026, 4, 1), date(2027, 3, 31)),
    ],
)
def test_it_follows_from_the_kind_of_period(period: Period, last: date, starts: date, ends: date) -> None:
    span = next_span(Kpi(period=period), (Measurement(ends=date(2020, 3, 31)), Measurement(ends=last)), TODAY)
    assert span is not None
    assert (span.starts, span.ends) == (starts, ends)


def test_what_holds_all_before_it_begins_with_the_year() -> None:
    kpi = Kpi(period=Period.MONTH, measure=Measure.COUNT, adding=Adding.TO_DATE)
    span = next_span(kpi, (Measurement(ends=date(2026, 10, 31)),), TODAY)
    assert span is not None
    assert (span.starts, span.ends) == (date(2026, 4, 1), date(2026, 11, 30))


@pytest.mark.parametrize("period", [None, Period.OTHER, Period.NAMED, Period.ROLLING, Period.DAY])
def test_nothing_is_made_up_where_the_kind_does_not_say(period: Period | None) -> None:
    assert next_span(Kpi(period=period), (Measurement(ends=date(2026, 10, 31)),), TODAY) is None


def test_a_period_that_has_not_begun_is_not_offered() -> None:
    assert next_span(Kpi(period=Period.MONTH), (Measurement(ends=TODAY),), TODAY) is None
    assert next_span(Kpi(period=Period.MONTH), (), TODAY) is None
