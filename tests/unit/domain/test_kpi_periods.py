"""How periods make a year, which target holds when, and what is judged when a figure has no value."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from s75desk.domain.months import add_months
from s75desk.domain.no_value import read_written, small
from s75desk.domain.performance import KpiSheet, KpiState, kpi_state
from s75desk.domain.periods.kinds import start_of
from s75desk.domain.periods.span import Length, length_of
from s75desk.domain.records import Kpi, Measurement, Target
from s75desk.domain.records.kpi import Absent, Adding, Better, Margin, Measure, Period, TargetType, YearFrom
from s75desk.domain.refusals import NotUnderstood
from s75desk.domain.status import Shape
from s75desk.domain.working import Known
from s75desk.reporting.agreement.performance import latest_of
from s75desk.reporting.kpi_plot import plot_of

COUNT = Kpi(title="Reviews", measure=Measure.COUNT, adding=Adding.FLOW, period=Period.QUARTER)
SHARE = Kpi(title="Seen in time", measure=Measure.PERCENTAGE, adding=Adding.AVERAGE, period=Period.MONTH)


def ending(*days: date, values: object, **rest: object) -> tuple[Measurement, ...]:
    pairs = zip(days, values, strict=True)  # type: ignore[call-overload]
    return tuple(Measurement(ends=day, value=Decimal(str(value)), **rest) for day, value in pairs)  # type: ignore[arg-type]


def target(kind: TargetType, value: object, **rest: object) -> Target:
    return Target(type=kind, value=Decimal(str(value)), **rest)  # type: ignore[arg-type]


def judged(kpi: Kpi, figures: object, *targets: Target, today: date = date(2026, 11, 30)) -> KpiState:
    return kpi_state(kpi, targets, tuple(figures), (), today)  # type: ignore[arg-type]


QUARTERS = (date(2025, 6, 30), date(2025, 9, 30), date(2025, 12, 31), date(2026, 3, 31))


# --- how periods make a year -------------------------------------------------------------------------------------


@pytest.mark.parametrize("period", [Period.QUARTER, Period.TO_DATE, None])
def test_figures_of_the_year_to_date_are_not_added_up(period: Period | None) -> None:
    kpi = replace(COUNT, adding=Adding.TO_DATE, period=period)
    state = judged(kpi, ending(*QUARTERS, values=(100, 210, 300, 410)), target(TargetType.AT_LEAST, 500))
    assert state.judged.value == state.to_date.value == 410
    assert (state.status.shape, state.status.word) == (Shape.ALERT, "Off target")
    half = judged(
        kpi, ending(*QUARTERS[:2], values=(100, 210)), target(TargetType.AT_LEAST, 500), today=date(2025, 11, 1)
    )
    assert (half.to_date.value, half.forecast.value) == (210, 420)


def test_a_contract_year_begins_in_its_own_month() -> None:
    ends = (date(2024, 12, 31), date(2025, 3, 31), date(2025, 6, 30), date(2025, 9, 30))
    figures = ending(*ends, values=(100, 100, 100, 101))
    contract = replace(COUNT, year_from=YearFrom.OCTOBER)
    state = judged(contract, figures, target(TargetType.AT_LEAST, 400))
    assert (state.judged.value, state.judged_caption) == (401, "October 2024 to September 2025")
    assert state.status.shape is Shape.GOOD
    assert state.forecast is None


@given(
    st.sampled_from(list(YearFrom)), st.integers(2000, 2030), st.lists(st.integers(0, 900), min_size=12, max_size=12)
)
def test_twelve_months_of_any_year_make_its_total(year_from: YearFrom, year: int, values: list[int]) -> None:
    first = date(year, year_from.month, 1)
    ends = [add_months(first, number + 1) - timedelta(days=1) for number in range(12)]
    kpi = replace(COUNT, period=Period.MONTH, year_from=year_from)
    state = judged(kpi, ending(*ends, values=values), target(TargetType.AT_LEAST, 1, year=year), today=date(2032, 1, 1))
    assert state.judged.value == sum(values)
    assert state.forecast is None


def test_shares_are_brought_together_by_n_and_base() -> None:
    figures = [
        Measurement(ends=day, n=Decimal(n), base=Decimal(base))
        for day, n, base in zip(QUARTERS, (9, 50, 10, 21), (10, 100, 20, 30), strict=True)
    ]
    pooled = replace(SHARE, adding=Adding.POOLED, period=Period.QUARTER)
    yearly = target(TargetType.AT_LEAST, 60, per=Period.YEAR)
    state = judged(pooled, figures, yearly)
    assert state.judged.value == Decimal(9000) / 160
    assert state.judged.value != state.latest.value
    mean = judged(
        replace(pooled, measure=Measure.MEAN, adding=Adding.MEAN), ending(*QUARTERS, values=(1, 2, 3, 6)), yearly
    )
    assert mean.judged.value == 3
    middle = judged(
        replace(pooled, measure=Measure.MEDIAN, adding=Adding.MEDIAN), ending(*QUARTERS, values=(1, 2, 4, 9)), yearly
    )
    assert middle.judged.value == 3
    last = judged(replace(COUNT, adding=Adding.STOCK), ending(*QUARTERS, values=(1, 2, 4, 9)), yearly)
    assert last.judged.value == 9


@pytest.mark.parametrize("adding", [Adding.AVERAGE, Adding.DISTINCT, None])
def test_a_month_never_stands_against_a_target_for_a_year(adding: Adding | None) -> None:
    month = ending(date(2026, 3, 31), values=(90,))
    state = judged(
        replace(COUNT, adding=adding, period=Period.MONTH), month, target(TargetType.AT_LEAST, 80, per=Period.YEAR)
    )
    assert (state.status.shape, state.against) == (Shape.DOUBT, None)
    each = judged(
        replace(COUNT, adding=adding, period=Period.MONTH), month, target(TargetType.AT_LEAST, 80, per=Period.MONTH)
    )
    assert each.status.shape is Shape.GOOD


def test_a_target_for_a_quarter_is_held_against_the_quarter() -> None:
    ends = [add_months(date(2025, 4, 1), number + 1) - timedelta(days=1) for number in range(5)]
    monthly = replace(COUNT, period=Period.MONTH)
    state = judged(
        monthly,
        ending(*ends, values=(10, 10, 10, 10, 12)),
        target(TargetType.AT_LEAST, 30, per=Period.QUARTER),
        today=date(2025, 9, 15),
    )
    assert (state.judged.value, state.judged_caption) == (33, "forecast for July to September 2025")
    assert state.previous.value == 30


def test_people_in_ten_months_are_not_compared_with_people_in_a_year() -> None:
    figures = [
        Measurement(starts=date(2016, 4, 1), ends=date(2017, 3, 31), value=Decimal(2502)),
        Measurement(starts=date(2017, 4, 1), ends=date(2018, 1, 31), value=Decimal(1636)),
    ]
    people = replace(COUNT, adding=Adding.DISTINCT, period=Period.YEAR)
    state = judged(people, figures, target(TargetType.AT_LEAST, 2000))
    assert state.previous is None
    assert state.status.word == "Cannot compare"
    assert any("2016/17" in finding.text for finding in state.findings)


def test_a_figure_that_crosses_the_year_is_in_no_total_and_says_so() -> None:
    figures = [
        Measurement(starts=date(2025, 2, 1), ends=date(2025, 4, 30), value=Decimal(30)),
        Measurement(starts=date(2025, 5, 1), ends=date(2025, 7, 31), value=Decimal(30)),
    ]
    state = judged(COUNT, figures, target(TargetType.AT_LEAST, 100))
    assert state.to_date.value == 30
    assert any("no total" in finding.text for finding in state.findings)


@pytest.mark.parametrize(
    ("period", "ends", "before", "starts"),
    [
        (Period.WEEK, date(2026, 4, 5), None, date(2026, 3, 30)),
        (Period.FOUR_FOUR_FIVE, date(2026, 5, 3), date(2026, 4, 5), date(2026, 4, 6)),
        (Period.FOUR_FOUR_FIVE, date(2026, 5, 10), date(2026, 4, 5), date(2026, 4, 6)),
        (Period.FOUR_FOUR_FIVE, date(2026, 5, 10), None, None),
        (Period.MONTH, date(2026, 2, 28), None, date(2026, 2, 1)),
        (Period.QUARTER, date(2026, 2, 28), None, date(2025, 12, 1)),
        (Period.HALF, date(2026, 9, 30), None, date(2026, 4, 1)),
        (Period.YEAR, date(2026, 9, 30), None, date(2025, 10, 1)),
        (Period.ROLLING, date(2026, 5, 31), None, date(2025, 6, 1)),
        (Period.TO_DATE, date(2026, 5, 31), None, date(2025, 10, 1)),
        (Period.NAMED, date(2026, 10, 31), None, date(2026, 6, 25)),
        (Period.NAMED, date(2026, 3, 31), None, date(2025, 11, 1)),
        (Period.NAMED, date(2026, 4, 30), None, None),
        (Period.DAY, date(2026, 4, 30), None, date(2026, 4, 30)),
        (Period.MONTH, date(2026, 4, 15), None, None),
    ],
)
def test_the_end_and_the_kind_of_period_give_the_start(
    period: Period, ends: date, before: date | None, starts: date | None
) -> None:
    kpi = replace(COUNT, period=period, own_dates="24 Jun, 31 Oct and 31 Mar", year_from=YearFrom.OCTOBER)
    assert start_of(kpi, None, ends, before) == starts


@given(
    st.dates(date(2001, 1, 1), date(2080, 1, 1)),
    st.sampled_from([Length.MONTH, Length.QUARTER, Length.HALF, Length.YEAR]),
)
def test_a_length_is_known_on_whatever_day_it_begins(first: date, length: Length) -> None:
    last = add_months(first, length.value) - timedelta(days=1)
    assert length_of(first, last) is length


# --- which target holds ------------------------------------------------------------------------------------------


def test_a_target_that_changes_within_the_year_is_taken_by_the_day() -> None:
    old = target(TargetType.AT_LEAST, 80, year=2025)
    new = target(TargetType.AT_LEAST, 85, since=date(2025, 10, 1))
    for targets in ((old, new), (new, old)):
        state = judged(SHARE, ending(date(2026, 1, 31), values=(83,)), *targets)
        assert (state.band.lower, state.status.shape) == (85, Shape.WATCH)
        state = judged(SHARE, ending(date(2025, 9, 30), values=(83,)), *targets)
        assert (state.band.lower, state.status.shape) == (80, Shape.GOOD)
    ended = replace(old, until=date(2025, 9, 30))
    assert judged(SHARE, ending(date(2026, 1, 31), values=(83,)), ended).band is None


def test_less_than_is_missed_by_the_edge_itself() -> None:
    wait = Kpi(title="Wait", measure=Measure.MEAN, unit="days")
    for kind, value, shape in (
        (TargetType.LESS_THAN, 10, Shape.WATCH),
        (TargetType.LESS_THAN, "9.9", Shape.GOOD),
        (TargetType.AT_MOST, 10, Shape.GOOD),
        (TargetType.MORE_THAN, 10, Shape.WATCH),
        (TargetType.MORE_THAN, "10.1", Shape.GOOD),
    ):
        state = judged(wait, ending(date(2026, 1, 31), values=(value,)), target(kind, 10))
        assert state.status.shape is shape, (kind, value)


def test_a_tolerance_in_points() -> None:
    band = replace(target(TargetType.TOLERANCE, 90), tolerance=Decimal(2), margin=Margin.POINTS)
    state = judged(SHARE, ending(date(2026, 1, 31), values=(88,)), band)
    assert (state.band.lower, state.band.upper, state.status.shape) == (88, 92, Shape.GOOD)
    near = replace(target(TargetType.AT_LEAST, 10), near=Decimal(2), margin=Margin.POINTS)
    assert judged(SHARE, ending(date(2026, 1, 31), values=(8,)), near).status.shape is Shape.WATCH
    assert judged(SHARE, ending(date(2026, 1, 31), values=(7,)), near).status.shape is Shape.ALERT


# --- no value is a value -----------------------------------------------------------------------------------------

WRITTEN = {
    "<5": (Absent.SUPPRESSED, 5), "fewer than 5": (Absent.SUPPRESSED, 5), "≤5": (Absent.SUPPRESSED, 6),
    "1-4": (Absent.SUPPRESSED, 5), "*": (Absent.SUPPRESSED, None), "[c]": (Absent.SUPPRESSED, None),
    "[C]": (Absent.SUPPRESSED, None), "n/a": (Absent.NOT_APPLICABLE, None), "N/A": (Absent.NOT_APPLICABLE, None),
    "nil": (Absent.NIL, None), "-": (Absent.NIL, None), "–": (Absent.NIL, None), "tbc": (Absent.AWAITED, None),
    "TBC": (Absent.AWAITED, None), "refused": (Absent.REFUSED, None), "not due": (Absent.NOT_DUE, None),
    "5 or fewer": (Absent.SUPPRESSED, 6), "[x]": (Absent.UNAVAILABLE, None), "..": (Absent.UNAVAILABLE, None),
    ":": (Absent.UNAVAILABLE, None), "not collected": (Absent.UNAVAILABLE, None), "DNR": (Absent.UNAVAILABLE, None),
    "did not return": (Absent.UNAVAILABLE, None), "awaited": (Absent.AWAITED, None),
}  # fmt: skip


@pytest.mark.parametrize("text", WRITTEN)
def test_a_figure_without_a_value_is_held_as_what_it_is(text: str) -> None:
    written = read_written(text)
    assert (written.absent, written.below) == WRITTEN[text]
    assert written.value is None


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("", {}), ("97%", {"value": 97}), ("1,234.5", {"value": Decimal("1234.5")}),
        ("c. 40", {"value": 40, "about": True}),
        ("53 of 54", {"n": 53, "base": 54}), ("0 of 0", {"n": 0, "base": 0}), ("0/0", {"n": 0, "base": 0}),
        ("80% (12/15)", {"value": 80, "n": 12, "base": 15}), ("12 of 15 (80%)", {"value": 80, "n": 12, "base": 15}),
        ("12 (80%)", {"value": 80, "n": 12}), ("1 in 20", {"n": 1, "base": 20}), ("zero", {"value": 0}),
        ("700 approx", {"value": 700, "about": True}), ("700+", {"absent": Absent.SUPPRESSED, "above": 699}),
        ("−3", {"value": -3}), ("(3)", {"value": -3}), ("£1.2m", {"value": 1_200_000}),
    ],
)  # fmt: skip
def test_a_figure_as_people_write_it(text: str, values: dict[str, object]) -> None:
    assert read_written(text).values() == values


@pytest.mark.parametrize(
    ("text", "unit", "named"),
    [
        ("4 days", "weeks", "in days, and this KPI is in weeks"),
        ("4 weeks", "", "no such unit"),
        ("≥95%", "%", "leaves the figure open"),
        ("1:30", "", "a ratio or a time"),
        ("[low]", "", "[low]"),
        ("95 [p]", "%", "[p]"),
        ("5 (suppressed)", "", "“suppressed”"),
        ("1,2345", "", "a comma groups thousands"),
        ("see note", "", "“see note” has no figure in it"),
        ("53 people", "", "“people”"),
    ],
)
def test_what_of_a_figure_cannot_be_read_is_named(text: str, unit: str, named: str) -> None:
    with pytest.raises(NotUnderstood) as caught:
        read_written(text, unit, whole=not unit)
    assert named in caught.value.reason
    assert "A figure such as" not in caught.value.reason


def test_a_figure_may_be_typed_with_the_unit_of_its_kpi() -> None:
    assert read_written("4 weeks", "weeks", whole=False).value == 4
    assert read_written("4.2 working days", "working days", whole=False).value == Decimal("4.2")


def absent(why: Absent | None, **rest: object) -> tuple[Measurement, ...]:
    before = Measurement(ends=date(2026, 9, 30), value=Decimal(6))
    return before, Measurement(ends=date(2026, 10, 31), absent=why, **rest)  # type: ignore[arg-type]


FALLS = Kpi(title="Falls", measure=Measure.COUNT, period=Period.MONTH)
FIVE = {"below": Decimal(5)}


@pytest.mark.parametrize(
    ("why", "rest", "kind", "point", "shape", "known"),
    [
        (Absent.SUPPRESSED, FIVE, TargetType.AT_MOST, 10, Shape.GOOD, Known.SUPPRESSED),
        (Absent.SUPPRESSED, FIVE, TargetType.AT_MOST, 4, Shape.GOOD, Known.SUPPRESSED),
        (Absent.SUPPRESSED, FIVE, TargetType.LESS_THAN, 5, Shape.GOOD, Known.SUPPRESSED),
        (Absent.SUPPRESSED, FIVE, TargetType.AT_MOST, 3, Shape.UNKNOWN, Known.SUPPRESSED),
        (Absent.SUPPRESSED, FIVE, TargetType.AT_LEAST, 5, Shape.ALERT, Known.SUPPRESSED),
        (Absent.SUPPRESSED, FIVE, TargetType.AT_LEAST, 2, Shape.UNKNOWN, Known.SUPPRESSED),
        (Absent.SUPPRESSED, {}, TargetType.AT_MOST, 10, Shape.UNKNOWN, Known.SUPPRESSED),
        (Absent.SUPPRESSED, {"above": Decimal(95)}, TargetType.AT_LEAST, 90, Shape.GOOD, Known.SUPPRESSED),
        (Absent.NIL, {}, TargetType.AT_MOST, 10, Shape.GOOD, Known.NONE_RECORDED),
        (Absent.NOT_APPLICABLE, {}, TargetType.AT_MOST, 10, Shape.UNKNOWN, Known.NOT_APPLICABLE),
        (Absent.REFUSED, {}, TargetType.AT_MOST, 10, Shape.UNKNOWN, Known.NOT_KNOWN),
    ],
)
def test_a_figure_without_a_value_is_judged_as_what_it_is(why, rest, kind, point, shape, known) -> None:
    state = judged(FALLS, absent(why, **rest), target(kind, point))
    assert (state.status.shape, state.latest.known) == (shape, known)
    assert (state.latest.value, state.latest_caption) == (None, "October 2026")
    assert "No figures since" not in state.status.sentence


def test_what_is_awaited_takes_no_ones_place() -> None:
    state = judged(FALLS, absent(Absent.AWAITED), target(TargetType.AT_MOST, 10))
    assert (state.latest.value, state.status.shape) == (6, Shape.GOOD)
    assert "October 2026 is awaited" in state.status.sentence


def test_of_none_there_is_no_share() -> None:
    figures = absent(None, n=Decimal(0), base=Decimal(0))
    state = judged(SHARE, figures, target(TargetType.AT_LEAST, 90))
    assert (state.latest.text, state.latest.known) == ("0 of 0", Known.NOT_APPLICABLE)
    assert state.status.shape is Shape.UNKNOWN


def test_a_suppressed_figure_is_never_summed_and_never_a_nought() -> None:
    figures = (*absent(Absent.SUPPRESSED, **FIVE), Measurement(ends=date(2026, 8, 31), value=Decimal(6)))
    flow = replace(FALLS, adding=Adding.FLOW)
    state = judged(flow, figures, target(TargetType.AT_MOST, 100))
    assert (state.to_date.value, state.to_date.known, state.to_date_caption) == (
        None,
        Known.SUPPRESSED,
        "2 of 12 months",
    )
    assert state.to_date.text == "12 to 16"
    assert any("suppressed" in finding.text for finding in state.findings)
    both = (*figures[1:], replace(figures[0], absent=Absent.SUPPRESSED))
    assert judged(flow, both, target(TargetType.AT_MOST, 100)).to_date.text == "at least 6"
    nil = (figures[0], *absent(Absent.NIL)[1:])
    assert judged(flow, nil, target(TargetType.AT_MOST, 100)).to_date_caption == "2 of 12 months"


def test_no_figures_since_is_said_only_when_it_is_true() -> None:
    for why in (Absent.SUPPRESSED, Absent.NIL, Absent.NOT_APPLICABLE, Absent.REFUSED):
        figures = (Measurement(ends=date(2026, 3, 31), value=Decimal(6)), absent(why)[1])
        assert "No figures" not in judged(FALLS, figures).status.sentence, why
    old = (Measurement(ends=date(2026, 3, 31), value=Decimal(6)),)
    assert "No figures since 31 March 2026" in judged(FALLS, old).status.sentence


def test_small_numbers_are_known_as_such() -> None:
    assert small(Measurement(value=Decimal(3)), Measure.COUNT)
    assert small(Measurement(n=Decimal(4), base=Decimal(90)), Measure.PERCENTAGE)
    assert not small(Measurement(value=Decimal(3)), Measure.MEAN)
    assert not small(Measurement(value=Decimal(0)), Measure.COUNT)
    assert not small(Measurement(absent=Absent.SUPPRESSED, below=Decimal(5)), Measure.COUNT)


# --- forecasts ---------------------------------------------------------------------------------------------------

MONTHLY = replace(COUNT, period=Period.MONTH, better=Better.LESS)


def months(first: date, *values: object) -> tuple[Measurement, ...]:
    ends = [add_months(first, number + 1) - timedelta(days=1) for number in range(len(values))]
    return tuple(
        each
        for end, value in zip(ends, values, strict=True)
        if value is not None
        for each in ending(end, values=(value,))
    )


def test_beside_a_target_for_a_month_no_year_is_forecast() -> None:
    figures = months(date(2026, 4, 1), 12, 12, 12, 12, 12, 12)
    state = judged(MONTHLY, figures, target(TargetType.AT_MOST, 10, per=Period.MONTH))
    assert (state.forecast, state.running, state.judged.value) == (None, None, 12)
    assert state.status.shape is Shape.ALERT
    quarter = judged(MONTHLY, figures[:5], target(TargetType.AT_MOST, 30, per=Period.QUARTER), today=date(2026, 8, 31))
    assert (quarter.forecast.value, quarter.running.words) == (36, "July to September 2026")
    assert judged(MONTHLY, figures, target(TargetType.AT_MOST, 100)).forecast.value == 144


@pytest.mark.parametrize(
    ("values", "today", "forecast"),
    [
        ((None, None, None, None, 12), date(2026, 11, 30), None),
        ((12,), date(2026, 11, 30), None),
        ((12,), date(2026, 5, 20), 144),
        ((12, 12, 12), date(2026, 10, 31), None),
        ((12, 12, 12, 12), date(2026, 11, 30), None),
        ((12, 12, 12, 12, 12), date(2026, 11, 30), 144),
        ((12, None, 12, None, 12, 12, 12), date(2026, 11, 30), 144),
    ],
)
def test_a_forecast_needs_more_than_half_of_the_months_that_have_ended(values, today, forecast) -> None:
    state = judged(MONTHLY, months(date(2026, 4, 1), *values), target(TargetType.AT_MOST, 1000), today=today)
    assert (state.forecast.value if state.forecast else None) == forecast
    assert (state.status.shape is Shape.UNKNOWN) == (forecast is None)


def test_a_quarter_that_runs_is_not_waited_for() -> None:
    first, aim = ending(date(2026, 6, 30), values=(30,)), target(TargetType.AT_MOST, 200)
    state = judged(COUNT, first, aim, today=date(2026, 8, 31))
    assert state.forecast.value == 120
    assert any(line.value == "July to August 2026" for line in state.forecast.working.lines)
    # The second has ended and has no figure: one of two quarters makes no year, and the gap is said.
    ended = judged(COUNT, first, aim, today=date(2026, 11, 30))
    assert (ended.forecast, ended.status.shape) == (None, Shape.UNKNOWN)
    assert "No figures since 30 June 2026" in ended.status.sentence


def test_a_year_with_a_suppressed_month_has_a_range_and_no_forecast() -> None:
    hidden = Measurement(ends=date(2026, 7, 31), absent=Absent.SUPPRESSED, below=Decimal(5))
    shown = months(date(2026, 4, 1), 2, 2, 2, None, 2, 2, 2, 2)
    state = judged(MONTHLY, (*shown, hidden), target(TargetType.AT_MOST, 30))
    assert (state.forecast, state.against, state.status.word) == (None, None, "Not known")
    assert "14 to 18 in 2026/27 so far" in state.status.sentence
    assert "July 2026 is suppressed" in state.status.sentence
    over = judged(MONTHLY, (*shown, hidden), target(TargetType.AT_MOST, 13))
    assert (over.status.shape, over.forecast) == (Shape.ALERT, None)
    rest = months(date(2026, 12, 1), 2, 2, 2, 2)
    whole = judged(MONTHLY, (*shown, hidden, *rest), target(TargetType.AT_MOST, 26), today=date(2027, 4, 1))
    assert whole.status.shape is Shape.GOOD
    # A published total that holds the suppressed month says all there is to say.
    held = Measurement(starts=date(2026, 4, 1), ends=date(2026, 11, 30), value=Decimal(16))
    assert judged(MONTHLY, (*shown, hidden, held), target(TargetType.AT_MOST, 30)).forecast.value == 24


def test_only_a_suppressed_month_is_no_figure_of_a_year() -> None:
    hidden = Measurement(ends=date(2026, 7, 31), absent=Absent.SUPPRESSED, below=Decimal(5))
    state = judged(MONTHLY, (hidden,), target(TargetType.AT_MOST, 30))
    assert (state.status.shape, state.status.word, state.forecast) == (Shape.UNKNOWN, "Suppressed", None)


@pytest.mark.parametrize(("better", "counted"), [(Better.MORE, 46), (Better.LESS, 47), (None, 47)])
@pytest.mark.parametrize("turned", [False, True])
def test_of_two_figures_for_a_month_one_counts_everywhere(better: Better | None, counted: int, turned: bool) -> None:
    kpi = replace(MONTHLY, better=better)
    twice = months(date(2026, 8, 1), 13) + months(date(2026, 8, 1), 14)
    figures = (*months(date(2026, 5, 1), 11, 11, 11), *(reversed(twice) if turned else twice))
    state = judged(kpi, figures, target(TargetType.AT_LEAST, 100), today=date(2026, 10, 31))
    assert state.latest.value == counted - 33
    assert state.to_date.value == counted
    assert state.forecast.value == state.judged.value == counted * 3
    known = KpiSheet(kpi, (target(TargetType.AT_LEAST, 100),), figures, (), state)
    plot = plot_of(known, date(2026, 11, 30))
    assert plot.sums[-1].words.endswith(f": {counted}")
    assert latest_of(known).value == counted - 33
