"""KPI status and forecast against the figures of R0 and R2, and the rules that keep unlike figures apart."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from s75desk.domain.findings import Weight
from s75desk.domain.performance import band_of, kpi_state, value_of
from s75desk.domain.records import Kpi, KpiReturn, Measurement, Target
from s75desk.domain.records.kpi import Adding, Better, Measure, Period, TargetType
from s75desk.domain.status import Shape

IN_YEAR = date(2017, 1, 15)
R0 = Kpi(
    title="OT assessments completed",
    measure=Measure.COUNT,
    unit="assessments",
    better=Better.MORE,
    adding=Adding.FLOW,
    period=Period.MONTH,
)
R0_TARGET = Target(type=TargetType.TOLERANCE, value=Decimal(3500), tolerance=Decimal(5))
EIGHT_MONTHS = Measurement(starts=date(2016, 4, 1), ends=date(2016, 11, 30), n=Decimal(2133), source="R0")
YEAR_BEFORE = Measurement(starts=date(2015, 4, 1), ends=date(2016, 3, 31), value=Decimal(3294), source="R0")

SHARE = Kpi(
    title="Assistive technology offered", measure=Measure.PERCENTAGE, adding=Adding.AVERAGE, period=Period.OTHER
)
AT_LEAST_75 = Target(type=TargetType.AT_LEAST, value=Decimal(75))
JAN = date(2024, 1, 25)


def at(value: str | None, ends: date = date(2024, 1, 31), **rest: object) -> Measurement:
    starts = ends.replace(day=1)
    return Measurement(
        starts=starts,
        ends=ends,
        value=None if value is None else Decimal(value),
        **rest,  # type: ignore[arg-type]
    )


def month(year: int, number: int, value: int) -> Measurement:
    first = date(year, number, 1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return Measurement(starts=first, ends=last, value=Decimal(value))


# --- targets and values ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("target", "unit", "lower", "upper", "text"),
    [
        (R0_TARGET, "", "3325", "3675", "3,325 to 3,675"),
        (AT_LEAST_75, "%", "75", None, "at least 75%"),
        (Target(type=TargetType.AT_MOST, value=Decimal(4)), "weeks", None, "4", "at most 4 weeks"),
        (Target(type=TargetType.BAND, lower=Decimal(10), upper=Decimal(20)), "%", "10", "20", "10 to 20%"),
        (Target(type=TargetType.BAND, lower=Decimal(10)), "", "10", None, "at least 10"),
        (Target(type=TargetType.AT_MOST, value=Decimal("14.3")), "£", None, "14.3", "at most £14.30"),
    ],
)
def test_bands(target, unit, lower, upper, text):
    band = band_of(target, unit)
    assert band is not None
    assert band.lower == (None if lower is None else Decimal(lower))
    assert band.upper == (None if upper is None else Decimal(upper))
    assert band.text == text


@pytest.mark.parametrize(
    "target",
    [
        Target(type=TargetType.AT_LEAST),
        Target(type=TargetType.TOLERANCE, value=Decimal(3500)),
        Target(type=TargetType.BAND),
        Target(value=Decimal(5)),
    ],
)
def test_a_target_without_a_figure_has_no_band(target):
    assert band_of(target) is None


def test_values_from_n_and_base():
    assert value_of(Measurement(n=Decimal(633), base=Decimal(805)), SHARE) == Decimal(63300) / 805
    assert value_of(Measurement(n=Decimal(2133)), R0) == 2133
    assert value_of(Measurement(value=Decimal(72), n=Decimal(1), base=Decimal(2)), SHARE) == 72
    assert value_of(Measurement(n=Decimal(5)), SHARE) is None
    assert value_of(Measurement(n=Decimal(5), base=Decimal(0)), SHARE) is None
    mean = Kpi(title="Wait", measure=Measure.MEAN)
    assert value_of(Measurement(n=Decimal(5), base=Decimal(10)), mean) is None


# --- R0: a flow with a band ----------------------------------------------------------------------------------------


def test_r0_forecast_off_target():
    state = kpi_state(R0, (R0_TARGET,), (YEAR_BEFORE, EIGHT_MONTHS), (), IN_YEAR)
    assert (state.status.shape, state.status.word) == (Shape.ALERT, "Off target")
    assert state.status.sentence == "Forecast 3,200 for the year: 125 below the floor of 3,325."
    assert (state.latest.text, state.latest_caption) == ("2,133", "April to November 2016")
    assert (state.judged.text, state.judged_caption) == ("3,200", "forecast for 2016/17")
    assert (state.to_date.text, state.to_date_caption) == ("2,133", "8 of 12 months")
    assert state.forecast.text == "3,200"
    assert state.against.text == "−125"
    assert (state.previous.text, state.previous_caption) == ("3,294", "2015/16: 31 below the floor")
    assert state.target == "3,500 ± 5%"
    assert state.band.text == "3,325 to 3,675"
    assert state.findings == ()


def test_r0_forecast_working_can_be_redone():
    state = kpi_state(R0, (R0_TARGET,), (EIGHT_MONTHS,), (), IN_YEAR)
    rows = {line.label: line.value for line in state.forecast.working.lines}
    assert rows == {
        "April to November 2016": "2,133",
        "Sum": "2,133",
        "Without a figure": "December 2016",
        "2,133 ÷ 8 × 12": "3,199.5",
        "Forecast for 2016/17": "3,200",
    }
    assert state.against.working.lines[-1].label == "3,200 − 3,325"


def test_years_later_the_sentence_says_so():
    state = kpi_state(R0, (R0_TARGET,), (EIGHT_MONTHS,), (), date(2026, 2, 2))
    assert (state.forecast, state.running, state.to_date.value) == (None, None, 2133)
    assert state.status.sentence == (
        "2,133 in 2016/17, 8 of 12 months: it cannot be judged, as there is no figure for December 2016 to March 2017. "
        "No figures since 30 November 2016."
    )


def test_figures_after_the_day_are_not_yet_known():
    state = kpi_state(R0, (R0_TARGET,), (YEAR_BEFORE, EIGHT_MONTHS), (), date(2016, 11, 29))
    assert state.latest.text == "3,294"
    assert state.status.sentence.startswith("3,294 in 2015/16: 31 below the floor of 3,325.")
    assert state.forecast is None


def test_target_of_the_year_before_is_named_as_this_years():
    target = replace(R0_TARGET, year=2016)
    state = kpi_state(R0, (target,), (YEAR_BEFORE, EIGHT_MONTHS), (), IN_YEAR)
    assert state.previous_caption == "2015/16: 31 below this year’s floor"


def test_single_months_add_up_and_a_published_total_of_them_is_not_added_again():
    months = [month(2016, number, 266) for number in range(4, 12)]
    aggregate = replace(EIGHT_MONTHS, n=Decimal(8 * 266))
    state = kpi_state(R0, (R0_TARGET,), (*months, aggregate), (), IN_YEAR)
    assert (state.to_date.text, state.to_date_caption) == ("2,128", "8 of 12 months")
    assert state.findings == ()
    assert state.trend == (Decimal(266),) * 8
    differs = kpi_state(R0, (R0_TARGET,), (*months, EIGHT_MONTHS), (), IN_YEAR)
    assert differs.to_date.text == "2,133"
    assert [each.text for each in differs.findings] == [
        "The parts of April to November 2016 add up to 2,128, not 2,133."
    ]


def test_overlap_and_gap_are_doubts():
    overlap = Measurement(starts=date(2016, 10, 1), ends=date(2016, 12, 31), value=Decimal(800))
    state = kpi_state(R0, (R0_TARGET,), (EIGHT_MONTHS, overlap), (), IN_YEAR)
    assert state.to_date.text == "2,133"
    assert state.findings[0].text == (
        "The figures for October to December 2016 and April to November 2016 overlap; only the latter is counted."
    )
    gap = kpi_state(R0, (R0_TARGET,), (month(2016, 4, 300), month(2016, 6, 300)), (), date(2016, 7, 15))
    assert (gap.to_date_caption, gap.forecast.text) == ("2 of 12 months", "3,600")
    assert gap.findings[0].text.startswith("No figure for May,")


def test_same_period_with_different_figures_is_a_doubt():
    twice = (EIGHT_MONTHS, replace(EIGHT_MONTHS, n=Decimal(2233)))
    state = kpi_state(R0, (R0_TARGET,), twice, (), IN_YEAR)
    assert state.findings[0].text == "April to November 2016 is recorded with different figures: 2,133 and 2,233."


def test_a_flow_without_a_period_is_not_set_against_a_year():
    state = kpi_state(replace(R0, period=None), (R0_TARGET,), (replace(EIGHT_MONTHS, starts=None),), (), IN_YEAR)
    assert (state.status.shape, state.status.word) == (Shape.DOUBT, "Cannot compare")
    assert state.against is None


def test_the_first_day_follows_from_the_period():
    state = kpi_state(R0, (R0_TARGET,), (replace(month(2016, 4, 280), starts=None),), (), IN_YEAR)
    assert state.to_date_caption == "1 of 12 months"


# --- shares, waits, distinct people ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "target", "shape", "word", "ending"),
    [
        ("72", "75", Shape.WATCH, "Near target", "72% in January 2024: 3 points below the target of 75%."),
        ("81", "100", Shape.ALERT, "Off target", "81% in January 2024: 19 points below the target of 100%."),
        ("75", "75", Shape.GOOD, "On target", "75% in January 2024: on the target of 75%."),
        ("80", "75", Shape.GOOD, "On target", "80% in January 2024: above the target of 75%."),
        ("71.25", "75", Shape.WATCH, "Near target", "71.25% in January 2024: 3.75 points below the target of 75%."),
        ("71.24", "75", Shape.ALERT, "Off target", "71.24% in January 2024: 3.76 points below the target of 75%."),
    ],
)
def test_share_against_a_point(value, target, shape, word, ending):
    aim = Target(type=TargetType.AT_LEAST, value=Decimal(target))
    state = kpi_state(SHARE, (aim,), (at(value),), (), date(2024, 2, 10))
    assert (state.status.shape, state.status.word, state.status.sentence) == (shape, word, ending)


def test_near_can_be_set_for_a_band_and_is_not_assumed():
    wide = replace(R0_TARGET, near=Decimal(5))
    assert kpi_state(R0, (wide,), (EIGHT_MONTHS,), (), IN_YEAR).status.word == "Near target"


def test_a_wait_below_its_ceiling():
    wait = Kpi(title="Average wait", measure=Measure.MEAN, unit="weeks", better=Better.LESS, adding=Adding.AVERAGE)
    aim = Target(type=TargetType.AT_MOST, value=Decimal(4))
    state = kpi_state(wait, (aim,), (at("7"),), (), date(2024, 3, 7))
    assert state.status.sentence == "7 weeks in January 2024: 3 weeks above the target of 4 weeks."
    assert state.against.text == "+3 weeks"


def test_mean_is_not_compared_with_a_share_within_a_time():
    """R0: the target is 95% within 28 days, the result quoted is a mean of 51.06 days."""
    mean = Kpi(title="Wait for OT assessment, mean", measure=Measure.MEAN, unit="calendar days")
    aim = Target(type=TargetType.AT_LEAST, value=Decimal(95), measure=Measure.PERCENT_WITHIN)
    state = kpi_state(mean, (aim,), (at("51.06", date(2016, 4, 30)),), (), IN_YEAR)
    assert (state.status.shape, state.status.word) == (Shape.DOUBT, "Cannot compare")
    assert state.status.sentence == "The figure is a mean; the target is a percentage within a time."
    assert (state.latest.text, state.band, state.against) == ("51.06", None, None)
    assert state.target == "at least 95%"


def test_figure_of_another_measure_under_a_share_within_a_time():
    within = Kpi(title="Assessed within 28 days", measure=Measure.PERCENT_WITHIN, limit_days=28)
    aim = Target(type=TargetType.AT_LEAST, value=Decimal(95))
    state = kpi_state(within, (aim,), (at("51.06", date(2016, 4, 30), measure=Measure.MEAN),), (), IN_YEAR)
    assert state.status.word == "Cannot compare"
    assert state.latest_caption == "mean, April 2016"
    assert state.trend == ()
    alone = kpi_state(within, (aim,), (), (), IN_YEAR)
    assert (alone.status.word, alone.latest.text) == ("Not known", "Not known")


@pytest.mark.parametrize("adding", [Adding.DISTINCT, Adding.STOCK, Adding.AVERAGE, None])
def test_what_is_no_flow_is_never_added_or_annualised(adding):
    """R4: 2,745, 2,583, 2,502 and 1,636 in the year to date are distinct people."""
    people = Kpi(title="People served", measure=Measure.COUNT, adding=adding, period=Period.YEAR)
    figures = (
        Measurement(starts=date(2016, 4, 1), ends=date(2017, 3, 31), value=Decimal(2502)),
        Measurement(starts=date(2017, 4, 1), ends=date(2018, 1, 31), value=Decimal(1636)),
    )
    state = kpi_state(people, (), figures, (), date(2018, 2, 1))
    assert (state.forecast, state.to_date, state.to_date_caption) == (None, None, "")
    assert (state.latest.text, state.latest_caption) == ("1,636", "April 2017 to January 2018")
    assert (state.status.shape, state.status.word) == (Shape.NONE, "No target")


def test_base_drift_and_previous_base():
    """R2: 54% is 437 of 805; the previous 36% (239) implies a base of 655 to 673."""
    now = at(None, date(2024, 1, 31), n=Decimal(437), base=Decimal(805))
    before = at("36", date(2023, 1, 31), n=Decimal(239), base=Decimal(666))
    state = kpi_state(SHARE, (), (before, now), (), date(2024, 2, 10))
    assert (state.previous.text, state.previous_caption) == ("36%", "previous: 239 of 666")
    assert state.latest.text == "54.3%"
    assert [each.weight for each in state.findings] == [Weight.DOUBT]
    assert state.findings[0].text.startswith("The base is 805 in January 2024; it was 666 in January 2023.")
    implied = kpi_state(SHARE, (), (replace(before, base=None), now), (), date(2024, 2, 10))
    assert "it was 655 to 673 in January 2023. A range is what n and the percentage imply." in implied.findings[0].text
    same = kpi_state(SHARE, (), (replace(before, base=Decimal(790)), now), (), date(2024, 2, 10))
    assert not [each for each in same.findings if each.field == "base"]


def test_n_of_base_stands_in_the_working():
    state = kpi_state(SHARE, (), (at(None, n=Decimal(633), base=Decimal(805)),), (), date(2024, 2, 10))
    assert state.latest.text == "78.6%"
    assert [(line.label, line.value) for line in state.latest.working.lines[:2]] == [("n", "633"), ("N", "805")]


def test_other_scopes_are_left_out():
    mine, other = at("72"), at("90", scope="another team")
    state = kpi_state(SHARE, (), (mine, other), (), date(2024, 2, 10))
    assert state.latest.text == "72%"
    assert state.findings[0].weight is Weight.NOTE


def test_no_figure_is_not_known_and_names_the_return():
    late = KpiReturn(title="Quarter 3", due=date(2026, 1, 23))
    state = kpi_state(SHARE, (AT_LEAST_75,), (), (late,), date(2026, 2, 2))
    assert (state.status.shape, state.status.word) == (Shape.UNKNOWN, "Not known")
    assert state.status.sentence == "No figure is recorded. The return due on 23 January 2026 is late."
    to_come = kpi_state(SHARE, (AT_LEAST_75,), (), (replace(late, due=date(2026, 2, 13)),), date(2026, 2, 2))
    assert to_come.status.sentence == "No figure is recorded. A return is due on 13 February 2026."


def test_two_targets_for_one_year_are_a_doubt():
    rival = replace(AT_LEAST_75, value=Decimal(80))
    state = kpi_state(SHARE, (AT_LEAST_75, rival), (at("72"),), (), date(2024, 2, 10))
    assert state.findings[0].text == "More than one target for every year: at least 75% is used, not at least 80%."


# --- properties --------------------------------------------------------------------------------------------------

amounts = st.decimals(min_value=0, max_value=10**6, places=2)


@settings(max_examples=60, deadline=None)
@given(amounts, st.decimals(min_value=0, max_value=100, places=1))
def test_a_band_holds_its_point(value, tolerance):
    band = band_of(Target(type=TargetType.TOLERANCE, value=value, tolerance=tolerance))
    assert band is not None
    assert band.lower is not None
    assert band.upper is not None
    assert band.lower <= value <= band.upper
    assert band.miss(value) == 0
    assert band.miss(band.upper + 1) == 1
    assert band.miss(band.lower - 1) == -1


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.integers(min_value=0, max_value=10**5), min_size=1, max_size=12),
    st.integers(min_value=0, max_value=11),
    st.integers(min_value=1, max_value=1000),
)
def test_forecast_is_monotone_and_whole_years_are_exact(values, place, more):
    def forecast(figures):
        months = [month(2016 + (number > 8), (number + 3) % 12 + 1, value) for number, value in enumerate(figures)]
        state = kpi_state(R0, (R0_TARGET,), months, (), months[-1].ends)
        assert not [each for each in state.findings if not each.field], "no overlap and no gap"
        return Decimal((state.forecast or state.to_date).text.replace(",", ""))

    larger = list(values)
    larger[place % len(values)] += more
    assert forecast(larger) >= forecast(values)
    assert abs(forecast(values) - Decimal(sum(values)) * 12 / len(values)) <= Decimal("0.5")
    if len(values) == 12:
        assert forecast(values) == sum(values)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 11), st.integers(1, 6)), min_size=1, max_size=6))
def test_no_day_is_ever_counted_twice(pieces):
    figures = []
    for first, length in pieces:
        stop = min(first + length, 12)
        starts = date(2016 + (first > 8), (first + 3) % 12 + 1, 1)
        ends = date(2016 + (stop > 9), (stop + 2) % 12 + 1, 1)
        ends = (ends + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        # One a month, so that the sum is the number of months counted.
        figures.append(Measurement(starts=starts, ends=ends, value=Decimal(stop - first)))
    state = kpi_state(R0, (R0_TARGET,), figures, (), date(2017, 4, 1))
    covered = int(state.to_date_caption.split()[0])
    assert Decimal(state.to_date.text) == covered <= 12


@pytest.mark.parametrize(
    ("n", "base", "target", "shape", "shown"),
    [
        (2, 3, "66.7", Shape.GOOD, "66.7%"),
        (2, 3, "66.8", Shape.WATCH, "66.7%"),
        (1, 3, "33.3", Shape.GOOD, "33.3%"),
        (949963, 1000000, "95", Shape.WATCH, "94.996%"),
        (1899, 2000, "95", Shape.WATCH, "94.95%"),
        (2, 3, "66", Shape.GOOD, "66.7%"),
    ],
)
def test_a_share_is_rounded_once_and_judged_as_it_is_shown(n, base, target, shape, shown):
    kpi = Kpi(title="Share", measure=Measure.PERCENTAGE)
    figure = Measurement(ends=date(2026, 10, 31), n=Decimal(n), base=Decimal(base))
    aim = Target(type=TargetType.AT_LEAST, value=Decimal(target))
    state = kpi_state(kpi, (aim,), (figure,), (), date(2026, 11, 30))
    assert (state.status.shape, state.latest.text) == (shape, shown)
    assert state.status.sentence.startswith(f"{shown} on 31 October 2026: ")
    assert state.against.value == 0 if shown == f"{target}%" else state.against.value != 0
