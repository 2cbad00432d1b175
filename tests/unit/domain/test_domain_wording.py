"""Values as words, in the forms of the house."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest

from s75desk.domain import wording
from s75desk.domain.lengths import Length
from s75desk.domain.records import Agreement, Contribution, Kpi, Party, Target
from s75desk.domain.records.kpi import Measure
from s75desk.domain.wording import (
    count_words,
    date_long,
    date_short,
    days_phrase,
    financial_year,
    financial_year_of,
    moment_text,
    months_words,
    number,
    ordinal,
    percent,
    period_words,
    plural,
    pounds,
    pounds_short,
    rounded,
    share_of,
    signed,
    value_text,
    weekday_date,
)


def test_dates():
    day = date(2026, 2, 2)
    assert date_short(date(2026, 3, 31)) == "31 Mar 2026"
    assert date_long(date(2026, 3, 31)) == "31 March 2026"
    assert weekday_date(day) == "Monday 2 February 2026"
    assert moment_text(datetime(2026, 2, 2, 10, 42, tzinfo=UTC)) == "2 Feb 2026, 10:42"
    assert moment_text(datetime(2026, 7, 1, 23, 30), timezone(timedelta(hours=1))) == "2 Jul 2026, 00:30"  # noqa: DTZ001


@pytest.mark.parametrize(
    ("starts", "ends", "words"),
    [
        (date(2016, 4, 1), date(2017, 3, 31), "2016/17"),
        (date(2024, 1, 1), date(2024, 1, 31), "January 2024"),
        (date(2024, 2, 1), date(2024, 2, 29), "February 2024"),
        (date(2016, 4, 1), date(2016, 11, 30), "April to November 2016"),
        (date(2015, 4, 1), date(2016, 11, 30), "April 2015 to November 2016"),
        (date(2018, 1, 31), date(2018, 1, 31), "31 January 2018"),
        (None, date(2018, 1, 31), "31 January 2018"),
        (date(2026, 4, 3), date(2026, 4, 9), "3 April 2026 to 9 April 2026"),
    ],
)
def test_periods(starts, ends, words):
    assert period_words(starts, ends) == words


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (57, "57 days left"),
        (2, "2 days left"),
        (1, "tomorrow"),
        (0, "today"),
        (-1, "1 day late"),
        (-12, "12 days late"),
    ],
)
def test_days_off(days, words):
    today = date(2026, 2, 2)
    assert days_phrase(today + timedelta(days=days), today) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("10193315", "£10,193,315"),
        ("13.5", "£13.50"),
        ("-500", "−£500"),
        ("0", "£0"),
        ("-0.001", "£0"),
        ("1000000.10", "£1,000,000.10"),
    ],
)
def test_pounds(value, words):
    assert pounds(Decimal(value)) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("1810426", "£1.81m"),
        ("372000", "£372k"),
        ("36000000", "£36m"),
        ("999499", "£999k"),
        ("999500", "£1m"),
        ("950", "£950"),
        ("-228237", "−£228k"),
        ("1200000000", "£1.2bn"),
    ],
)
def test_pounds_short(value, words):
    assert pounds_short(Decimal(value)) == words


def test_numbers():
    assert number(Decimal("3199.50")) == "3,199.5"
    assert number(Decimal("1E+3")) == "1,000"
    assert number(Decimal("-0.00")) == "0"
    assert number(-125) == "−125"
    assert number(Decimal("3199.5"), 0) == "3,200"
    assert (signed(Decimal("3.9")), signed(-3), signed(0), signed(Decimal("0.01"), 1)) == ("+3.9", "−3", "0", "0.0")
    assert percent(Decimal("49.866"), 2) == "49.87%"
    assert percent(Decimal("80.0"), 1) == "80.0%"
    assert percent(Decimal("95")) == "95%"
    assert rounded(Decimal("2.5")) == 3
    assert share_of(15, 0) is None
    assert rounded(share_of(15, 805), 1) == Decimal("1.9")


def test_years():
    assert [financial_year(year) for year in (2016, 1999, 2009)] == ["2016/17", "1999/00", "2009/10"]
    assert [financial_year_of(day) for day in (date(2016, 3, 31), date(2016, 4, 1))] == [2015, 2016]


def test_words():
    assert [plural(1, "action"), plural(0, "party"), plural(2, "day"), plural(3500, "visit")] == [
        "1 action",
        "0 parties",
        "2 days",
        "3,500 visits",
    ]
    assert plural(2, "KPI", "KPIs") == "2 KPIs"
    assert [count_words(count) for count in (0, 1, 14, 20, 21)] == ["No", "One", "Fourteen", "Twenty", "21"]
    assert [ordinal(count) for count in (1, 2, 3, 4, 11, 12, 13, 21)] == ("1st 2nd 3rd 4th 11th 12th 13th 21st".split())
    assert [months_words(months) for months in (36, 12, 18, 1, 0)] == [
        "3 years",
        "1 year",
        "18 months",
        "1 month",
        "0 months",
    ]


def test_any_field():
    fields = Agreement.fields()
    assert value_text(fields["starts"], date(2024, 4, 1)) == "1 Apr 2024"
    assert value_text(fields["starts"], date(2024, 4, 1), long=True) == "1 April 2024"
    assert value_text(fields["first_term"], Length(years=3), unit=True) == "3 years"
    assert value_text(fields["yearly_value"], Decimal(2038663), unit=True) == "£2,038,663 a year"
    assert value_text(replace(Target.fields()["tolerance"], unit="%"), Decimal(5), unit=True) == "5%"
    assert value_text(Kpi.fields()["measure"], Measure.PERCENT_WITHIN) == "Percentage within a time"
    assert value_text(Contribution.fields()["year"], 2016) == "2016/17"
    assert [value_text(Contribution.fields()["about"], value) for value in (True, False, None)] == [
        "Yes",
        "No",
        "Not known",
    ]
    organisation = Party.fields()["organisation"]
    assert value_text(organisation, "uid", names={"uid": "Council"}) == "Council"
    assert value_text(organisation, "other", names={}) == "Not known"
    assert value_text(fields["title"], "") == wording.NOT_KNOWN
