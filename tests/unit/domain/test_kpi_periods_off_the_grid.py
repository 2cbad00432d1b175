"""Periods off the grid of months, what is over, figures that may be of something else: nothing falls out unsaid."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from s75desk.domain.findings import Weight
from s75desk.domain.performance import KpiState, kpi_state
from s75desk.domain.periods.weeks import days_before
from s75desk.domain.records import Kpi, Measurement, Target
from s75desk.domain.records.kpi import Absent, Adding, Better, Measure, Period, TargetType
from s75desk.domain.status import Shape

FLOW = Kpi(title="Visits", measure=Measure.COUNT, adding=Adding.FLOW)
LENGTHS = (4, 4, 5) * 4
FIRST = date(2025, 3, 31)
"""A Monday: the year of weeks from here ends on Sunday 29 March 2026."""


def ends_of(*lengths: int, first: date = FIRST) -> list[date]:
    ends, at = [], first - timedelta(days=1)
    for weeks in lengths:
        at += timedelta(weeks=weeks)
        ends.append(at)
    return ends


def judged(kpi: Kpi, figures: object, *targets: Target, today: date = date(2026, 11, 30)) -> KpiState:
    return kpi_state(kpi, targets, tuple(figures), (), today)  # type: ignore[call-overload]


def at_least(value: str, **rest: object) -> Target:
    return Target(type=TargetType.AT_LEAST, value=Decimal(value), **rest)  # type: ignore[arg-type]


def figures(*pairs: tuple[date, object]) -> list[Measurement]:
    return [Measurement(ends=ends, value=Decimal(str(value))) for ends, value in pairs]


def doubts(state: KpiState) -> list[str]:
    return [each.text for each in state.findings if each.weight is Weight.DOUBT]


# --- weeks -------------------------------------------------------------------------------------------------------


def test_the_first_of_4_4_5_weeks_is_told_from_those_after_it() -> None:
    kpi = replace(FLOW, period=Period.FOUR_FOUR_FIVE)
    state = judged(kpi, figures(*((end, 100) for end in ends_of(*LENGTHS))), at_least("1300"))
    assert (state.to_date.value, state.forecast) == (1200, None)
    assert (state.status.shape, doubts(state)) == (Shape.ALERT, [])
    assert any("31 March 2025 to 29 March 2026" in each.text for each in state.findings)


@given(
    st.integers(0, 2),
    st.sets(st.integers(0, 11), min_size=0, max_size=6),
    st.dates(date(2020, 1, 1), date(2040, 1, 1)),
)
def test_a_start_of_weeks_is_right_or_not_said(turn: int, missing: set[int], first: date) -> None:
    lengths = (LENGTHS * 2)[turn : turn + 12]
    ends = ends_of(*lengths, first=first)
    starts = dict(zip(ends, [first - timedelta(days=1), *ends], strict=False))
    kept = [end for place, end in enumerate(ends) if place not in missing]
    before = days_before((None, end) for end in kept)
    assert before.items() <= starts.items()
    if not missing:
        assert before == starts


@pytest.mark.parametrize("period", [Period.FOUR_FOUR_FIVE, None, Period.MONTH, Period.NAMED])
def test_a_figure_whose_period_cannot_be_told_is_in_no_total_and_says_so(period: Period | None) -> None:
    state = judged(replace(FLOW, period=period), figures((date(2026, 5, 3), 100)), at_least("1300"))
    assert state.to_date is None
    assert state.latest_caption == "to 3 May 2026"
    assert any("first day" in text and "no total" in text for text in doubts(state))


@pytest.mark.parametrize(
    ("period", "step", "of"),
    [(Period.WEEK, 1, 364), (Period.FOUR_FOUR_FIVE, None, 364)],
)
def test_a_year_of_weeks_is_whole_without_the_last_days_of_march(period: Period, step: int | None, of: int) -> None:
    ends = ends_of(*((step,) * 52 if step else LENGTHS))
    state = judged(replace(FLOW, period=period), figures(*((end, 1) for end in ends)), at_least("10"))
    assert state.to_date_caption == f"{of} of {of} days"
    assert state.to_date.value == len(ends)
    # The next week lies mostly in the next year, whose total begins with it.
    more = [*ends, ends[-1] + timedelta(weeks=step or 4)]
    after = judged(replace(FLOW, period=period), figures(*((end, 1) for end in more)), today=more[-1])
    assert after.to_date.value == 1


def test_a_year_of_weeks_that_runs_ends_with_a_whole_week() -> None:
    for period, lengths, first, last in (
        (Period.FOUR_FOUR_FIVE, LENGTHS[:3], date(2026, 4, 6), "4 April 2027"),
        (Period.WEEK, (1,) * 3, date(2026, 3, 30), "28 March 2027"),
    ):
        ends = ends_of(*lengths, first=first)
        state = judged(replace(FLOW, period=period), figures(*((end, 100) for end in ends)), today=ends[-1])
        assert any(last in each.text for each in state.findings), period


def test_every_gap_before_the_last_figure_is_said() -> None:
    ends = ends_of(*LENGTHS)
    weeks = judged(
        replace(FLOW, period=Period.FOUR_FOUR_FIVE), figures(*((end, 100) for end in ends if end != ends[4]))
    )
    assert any("No figure for" in text and "24 August 2025" in text for text in doubts(weeks))
    days = [
        Measurement(starts=date(2026, 4, 1), ends=date(2026, 4, 30), value=Decimal(1)),
        Measurement(starts=date(2026, 5, 11), ends=date(2026, 5, 31), value=Decimal(1)),
    ]
    assert any("No figure for" in text and "10 May 2026" in text for text in doubts(judged(FLOW, days)))
    share = Kpi(title="Share", measure=Measure.PERCENTAGE, adding=Adding.POOLED, period=Period.MONTH)
    pooled = [Measurement(ends=end, n=Decimal(8), base=Decimal(10)) for end in (date(2026, 4, 30), date(2026, 6, 30))]
    state = judged(share, pooled, at_least("75", per=Period.YEAR))
    assert any("No figure for May" in text for text in doubts(state))


# --- what is over ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("today", "forecast"),
    [(date(2026, 10, 30), True), (date(2026, 10, 31), True), (date(2026, 11, 1), False), (date(2030, 1, 1), False)],
)
def test_nothing_is_forecast_for_what_is_over(today: date, forecast: bool) -> None:
    month = [Measurement(starts=date(2026, 10, 1), ends=date(2026, 10, 30), value=Decimal(110))]
    state = judged(FLOW, month, at_least("150", per=Period.MONTH), today=today)
    assert (state.forecast is not None) is forecast
    if not forecast:
        assert (state.status.shape, state.judged.value) == (Shape.UNKNOWN, 110)
        assert "30 of 31 days" in state.status.sentence
        assert "31 October 2026" in state.status.sentence
        assert "so far" not in state.status.sentence
        enough = judged(FLOW, month, at_least("100", per=Period.MONTH), today=today)
        assert enough.status.shape is Shape.GOOD, "what is missing cannot take any away"


def test_a_year_is_carried_on_until_the_figures_of_its_last_month_can_be_in() -> None:
    months = [Measurement(starts=date(2026, 4, 1), ends=date(2027, 2, 28), value=Decimal(110))]
    assert judged(FLOW, months, at_least("150"), today=date(2027, 4, 21)).forecast.value == 120
    assert judged(FLOW, months, at_least("150"), today=date(2027, 4, 22)).forecast is None


# --- suppressed, crossing, year to date --------------------------------------------------------------------------


def test_what_a_range_allows_for_is_not_said_to_be_in_no_total() -> None:
    months = [
        Measurement(ends=date(2026, 4, 30), value=Decimal(3)),
        Measurement(ends=date(2026, 5, 31), absent=Absent.NIL),
        Measurement(ends=date(2026, 6, 30), absent=Absent.SUPPRESSED, below=Decimal(5)),
        Measurement(ends=date(2026, 7, 31), value=Decimal(3)),
    ]
    state = judged(replace(FLOW, period=Period.MONTH), months, at_least("10"))
    assert state.to_date.text == "6 to 10"
    assert state.to_date.value is None
    (said,) = doubts(state)
    assert "no total" not in said
    assert "6 to 10" in said


def test_a_period_that_crosses_two_targets_is_a_doubt() -> None:
    share = Kpi(title="Share", measure=Measure.PERCENTAGE, period=Period.HALF)
    figure = [Measurement(starts=date(2026, 1, 1), ends=date(2026, 6, 30), value=Decimal(85))]
    old, new = at_least("80", year=2025), at_least("90", year=2026)
    assert any("crosses two targets" in text for text in doubts(judged(share, figure, old, new)))
    assert doubts(judged(share, figure, at_least("90", year=2025), new)) == []
    since = (at_least("80", since=date(2025, 4, 1)), at_least("90", since=date(2026, 3, 1)))
    assert any("until 28 February 2026" in text for text in doubts(judged(share, figure, *since)))
    within = [replace(figure[0], starts=date(2026, 4, 1))]
    assert doubts(judged(share, within, old, new)) == []
    year = replace(FLOW, period=Period.QUARTER)
    quarter = [Measurement(ends=date(2026, 6, 30), value=Decimal(50))]
    flow = judged(year, quarter, at_least("80", since=date(2026, 4, 1)), at_least("90", since=date(2026, 6, 1)))
    assert any("crosses two targets" in text for text in doubts(flow))


@pytest.mark.parametrize(
    ("values", "asked"),
    [((100, 210, 300, 410), True), ((100, 110, 120, 130), False), ((100, 90, 120, 80), False), ((100, 200), False)],
)
def test_figures_that_rise_like_a_year_to_date_are_asked_about(values: tuple[int, ...], asked: bool) -> None:
    ends = (date(2025, 6, 30), date(2025, 9, 30), date(2025, 12, 31), date(2026, 3, 31))
    state = judged(replace(FLOW, period=Period.QUARTER), figures(*zip(ends, values, strict=False)), at_least("500"))
    assert any("year to date" in text for text in doubts(state)) is asked


@pytest.mark.parametrize(
    ("kpi", "figures_", "trend"),
    [
        # One within the other: nothing of them is joined.
        (FLOW, [(date(2025, 1, 1), date(2025, 3, 31), 3), (date(2025, 1, 1), date(2025, 12, 31), 12)], (12,)),
        # A month that is missing breaks the line.
        (
            replace(FLOW, adding=Adding.STOCK, period=Period.MONTH),
            [(None, date(2026, 3, 31), 5), (None, date(2026, 9, 30), 9), (None, date(2026, 10, 31), 8)],
            (9, 8),
        ),
        # Three figures of one day are no series.
        (replace(FLOW, adding=Adding.STOCK), [(None, date(2026, 1, 31), v) for v in (1, 1, 5)], (5,)),
        # Rolling years overlap each other and are one.
        (
            replace(FLOW, period=Period.ROLLING, adding=Adding.AVERAGE),
            [(None, date(2026, 1, 31), 20), (None, date(2026, 2, 28), 21)],
            (20, 21),
        ),
    ],
)
def test_a_trend_joins_only_what_follows(
    kpi: Kpi, figures_: list[tuple[date | None, date, int]], trend: tuple[int, ...]
) -> None:
    held = [Measurement(starts=starts, ends=ends, value=Decimal(value)) for starts, ends, value in figures_]
    assert judged(kpi, held).trend == trend


def test_what_is_about_the_edge_itself_is_not_judged() -> None:
    month = [Measurement(starts=date(2026, 10, 1), ends=date(2026, 10, 31), value=Decimal(700), about=True)]
    kpi = replace(FLOW, adding=Adding.AVERAGE)
    assert judged(kpi, month, at_least("700")).status.shape is Shape.UNKNOWN
    assert judged(kpi, month, at_least("600")).status.shape is Shape.GOOD
    assert judged(kpi, [replace(month[0], about=None)], at_least("700")).status.shape is Shape.GOOD


def test_no_figures_and_no_target_are_said_only_where_it_is_so() -> None:
    share = Kpi(title="Share", measure=Measure.PERCENTAGE, period=Period.MONTH)
    held = figures((date(2026, 3, 31), 80))
    other = Measurement(ends=date(2026, 10, 31), value=Decimal(3), measure=Measure.MEAN)
    assert "No figures since" in judged(share, held).status.sentence
    assert "No figures since" not in judged(share, [*held, other]).status.sentence
    last_year = at_least("80", year=2024)
    assert "no target for 2025/26 is recorded" in judged(share, held, last_year).status.sentence
    assert "no target is recorded" in judged(share, held).status.sentence


def test_a_target_the_wrong_way_round_is_doubted_on_the_kpi() -> None:
    falls = replace(FLOW, adding=Adding.AVERAGE, better=Better.LESS)
    assert any(
        "less is better" in text for text in doubts(judged(falls, figures((date(2026, 3, 31), 8)), at_least("50")))
    )
