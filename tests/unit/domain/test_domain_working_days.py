"""Working days against known Easters, Christmases and one-off holidays, with the calendar that is shipped."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from s75desk.domain.records.kpi import Clock
from s75desk.domain.working_days import (
    OutsideCalendar,
    add_working_days,
    is_working_day,
    limit_end,
    limit_figure,
    load_calendar,
    working_days_between,
)
from s75desk.paths import resource

TEXT = resource("calendar", "bank-holidays-england-and-wales.json").read_text(encoding="utf-8")
CALENDAR = load_calendar(TEXT)


def test_referral_before_easter_2026():
    assert add_working_days(date(2026, 4, 2), 3, CALENDAR) == date(2026, 4, 9)


def test_calendar_days_differ_and_say_so():
    start = date(2026, 4, 2)
    assert limit_end(start, 3, Clock.CALENDAR, CALENDAR) == date(2026, 4, 5)
    assert limit_end(start, 3, None, CALENDAR) == date(2026, 4, 5)
    figure = limit_figure(start, 3, Clock.WORKING, CALENDAR)
    assert figure.text == "9 Apr 2026"
    text = figure.working.as_text()
    assert "Good Friday, 3 Apr 2026 and Easter Monday, 6 Apr 2026" in text
    assert "Thursday 9 April 2026" in text
    assert "weekends and bank holidays too" in limit_figure(start, 3, Clock.CALENDAR, CALENDAR).working.as_text()


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 4, 3), False),  # Good Friday
        (date(2026, 4, 6), False),  # Easter Monday
        (date(2026, 12, 25), False),
        (date(2026, 12, 28), False),  # Boxing Day is a Saturday
        (date(2026, 12, 29), True),
        (date(2027, 12, 24), True),
        (date(2027, 12, 27), False),  # Christmas Day is a Saturday
        (date(2027, 12, 28), False),  # Boxing Day is a Sunday
        (date(2027, 12, 29), True),
        (date(2027, 12, 31), True),
        (date(2028, 1, 3), False),  # 1 January is a Saturday
        (date(2028, 1, 4), True),
        (date(2020, 5, 4), True),  # moved to Friday 8 May
        (date(2020, 5, 8), False),
        (date(2022, 5, 30), True),  # moved to Thursday 2 June
        (date(2022, 6, 2), False),
        (date(2022, 6, 3), False),  # extra
        (date(2022, 9, 19), False),  # extra
        (date(2023, 5, 8), False),  # extra
        (date(2012, 6, 4), False),  # moved
        (date(2012, 6, 5), False),  # extra
        (date(2026, 2, 1), False),  # Sunday
        (date(2026, 2, 2), True),
    ],
)
def test_traps(day, works):
    assert is_working_day(day, CALENDAR) is works


def test_nought_and_backwards():
    saturday = date(2026, 4, 4)
    assert add_working_days(saturday, 0, CALENDAR) == date(2026, 4, 7)
    assert add_working_days(date(2026, 4, 7), 0, CALENDAR) == date(2026, 4, 7)
    assert add_working_days(date(2026, 4, 9), -3, CALENDAR) == date(2026, 4, 2)
    assert working_days_between(date(2026, 4, 9), date(2026, 4, 2), CALENDAR) == -3


def test_every_year_has_its_eight_and_the_one_offs_more():
    counts = {year: sum(day.year == year for day in CALENDAR.holidays) for year in range(2012, 2036)}
    assert {year: count for year, count in counts.items() if count != 8} == {2012: 9, 2022: 10, 2023: 9}
    assert all(day.weekday() < 5 for day in CALENDAR.holidays)


def test_coverage_is_known_and_never_passed_silently():
    assert (CALENDAR.covered_from, CALENDAR.published_until, CALENDAR.covered_until) == (2012, 2028, 2035)
    assert CALENDAR.coverage == "2012 to 2035; from 2029 projected"
    assert {day.year for day in CALENDAR.projected} == set(range(2029, 2036))
    assert "GOV.UK" in CALENDAR.source
    with pytest.raises(OutsideCalendar, match="2012 to 2035"):
        add_working_days(date(2035, 12, 28), 10, CALENDAR)
    with pytest.raises(OutsideCalendar):
        is_working_day(date(2011, 12, 30), CALENDAR)
    with pytest.raises(OutsideCalendar):
        working_days_between(date(2035, 12, 30), date(2036, 1, 2), CALENDAR)
    projected = limit_figure(date(2030, 4, 18), 3, Clock.WORKING, CALENDAR)
    assert "not published yet" in projected.working.as_text()


def test_the_file_as_published_is_read_too():
    event = {"title": "Boxing Day", "date": "2026-12-28", "notes": "Substitute day", "bunting": True}
    text = json.dumps({"england-and-wales": {"division": "england-and-wales", "events": [event]}, "scotland": {}})
    calendar = load_calendar(text)
    assert (calendar.covered_from, calendar.covered_until, calendar.published_until) == (2026, 2026, 2026)
    assert calendar.coverage == "2026 to 2026"
    assert not is_working_day(date(2026, 12, 28), calendar)


@pytest.mark.parametrize(
    "text",
    [
        "not json",
        "[]",
        "{}",
        '{"england-and-wales": {"events": []}}',
        '{"england-and-wales": {"events": [{"title": "x", "date": "28/12/2026"}]}}',
        '{"covered_until": "2035", "england-and-wales": {"events": [{"title": "x", "date": "2026-12-28"}]}}',
    ],
)
def test_anything_else_is_refused(text):
    with pytest.raises(ValueError):  # noqa: PT011 - the texts differ, the promise is the type
        load_calendar(text)


starts = st.dates(min_value=date(2013, 1, 1), max_value=date(2034, 1, 1))


@settings(max_examples=60, deadline=None)
@given(starts, st.integers(min_value=-120, max_value=120))
def test_adding_and_counting_are_inverse(start, count):
    end = add_working_days(start, count, CALENDAR)
    assert is_working_day(end, CALENDAR)
    if count:
        assert working_days_between(start, end, CALENDAR) == count
    assert (end - start).days >= count if count > 0 else (start - end).days >= -count or count == 0


@settings(max_examples=40, deadline=None)
@given(starts, st.integers(min_value=0, max_value=60), st.integers(min_value=1, max_value=60))
def test_counts_add_up(start, first, second):
    middle = add_working_days(start, first + 1, CALENDAR)
    assert add_working_days(middle, second, CALENDAR) == add_working_days(start, first + 1 + second, CALENDAR)
    assert working_days_between(start, start + timedelta(days=first), CALENDAR) <= first
