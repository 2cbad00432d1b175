"""What people type: every form that is promised, every refusal with its reason, and the way back to the same value."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from s75desk.domain.fields import Field, FieldType
from s75desk.domain.lengths import Length
from s75desk.domain.parsing import (
    NotUnderstood,
    field_text,
    hint_for,
    parse_choice,
    parse_date,
    parse_field,
    parse_financial_year,
    parse_money,
    parse_number,
    parse_percent,
    parse_time,
    parse_whole,
    parse_yes_no,
)
from s75desk.domain.records import KINDS, Agreement, Briefing, Contribution, Kpi, Target, Visit
from s75desk.domain.records.agreement import AgreementKind, Stage
from s75desk.domain.records.kpi import Measure
from s75desk.domain.wording import date_long, date_short, weekday_date

TODAY = date(2026, 2, 2)  # a Monday


def refusal(call, *args) -> str:
    with pytest.raises(NotUnderstood) as caught:
        call(*args)
    assert str(caught.value) == caught.value.reason
    return caught.value.reason


# --- dates -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1/4/24", date(2024, 4, 1)),
        ("01.04.2024", date(2024, 4, 1)),
        ("1-4-24", date(2024, 4, 1)),
        ("1 4 24", date(2024, 4, 1)),
        ("010424", date(2024, 4, 1)),
        ("01042024", date(2024, 4, 1)),
        ("20240401", date(2024, 4, 1)),
        ("2024-04-01", date(2024, 4, 1)),
        ("1 Apr 24", date(2024, 4, 1)),
        ("1st of April 2024", date(2024, 4, 1)),
        ("1apr24", date(2024, 4, 1)),
        ("April 1, 2024", date(2024, 4, 1)),
        ("31 March", date(2026, 3, 31)),
        ("the 31st March", date(2026, 3, 31)),
        ("1/4", date(2026, 4, 1)),
        ("1 Jan", date(2026, 1, 1)),
        ("1/4/85", date(1985, 4, 1)),
        ("29/2/24", date(2024, 2, 29)),
        ("sept 30 25", date(2025, 9, 30)),
        ("Monday 2 February 2026", date(2026, 2, 2)),
        ("Wed 4 Feb", date(2026, 2, 4)),
        ("2027-03-31 00:00:00", date(2027, 3, 31)),
        ("2027-03-31T00:00:00", date(2027, 3, 31)),
        ("2027-03-31T00:00:00Z", date(2027, 3, 31)),
        ("31/03/2027 00:00", date(2027, 3, 31)),
        ("31/3/2027 10:00", date(2027, 3, 31)),
        ("31 March 2027 at 9.30am", date(2027, 3, 31)),
        ("midnight on 31 March 2027", date(2027, 3, 31)),
        ("46112", date(2026, 3, 31)),
        ("46,112", date(2026, 3, 31)),
        ("46112.604", date(2026, 3, 31)),
        ("31–3–27", date(2027, 3, 31)),
        ("31 Mar '27", date(2027, 3, 31)),
        ("31 Mar ’27", date(2027, 3, 31)),
        ("end of March 2027", date(2027, 3, 31)),
        ("end Feb 28", date(2028, 2, 29)),
        ("31st day of March 2027", date(2027, 3, 31)),
        ("31 March 2027 (Wednesday)", date(2027, 3, 31)),
        ("today", TODAY),
        ("Tomorrow", date(2026, 2, 3)),
        ("yesterday", date(2026, 2, 1)),
        ("Friday", date(2026, 2, 6)),
        ("monday", date(2026, 2, 9)),
        ("+3w", date(2026, 2, 23)),
        ("+10d", date(2026, 2, 12)),
        ("-10 days", date(2026, 1, 23)),
        ("+1m", date(2026, 3, 2)),
        ("+1y", date(2027, 2, 2)),
        ("in 3 weeks", date(2026, 2, 23)),
    ],
)
def test_dates(text, expected):
    assert parse_date(text, TODAY) == expected


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "A date such as 31 March 2026 or 31/3/26."),
        ("soon", "“soon” cannot be read as part of a date."),
        ("tbc", "“tbc” is no day. Leave this empty until there is one."),
        ("next Friday", "Which one? 6 February 2026, or 13 February 2026."),
        ("within 28 days", "From which day? From today that is 2 March 2026 at the latest."),
        ("31 March 2027 or later", "“or later” cannot be read as part of a date."),
        ("31/3/204", "“31/3/204” cannot be read as a date. A date such as 31 March 2026 or 31/3/26."),
        ("2027", "“2027” is a year. Give the day and the month as well."),
        ("99999", "“99999” is no date: write the day, the month and the year, such as 31/3/26."),
        ("41025", "26 April 2012, if it is a number of Excel’s, or 4 October 2025?"),
        ("2027-03-31T23:30:00Z", "This is a time of the world’s clock: write the day here, such as 31 March 2026."),
        ("3/31/26", "There is no month 31. The day comes first: 31/3/26 is 31 March 2026."),
        ("30/2/24", "February 2024 has no day 30."),
        ("29 Feb 2026", "February 2026 has no day 29."),
        ("Tuesday 2 February 2026", "2 February 2026 is a Monday, not a Tuesday."),
        ("April 2024", "Give the day as well: 1 April 2024 or 30 April 2024."),
        ("may 24", "Day or year? Write 24 May for the day."),
        ("1/4/1066", "The year must lie between 1900 and 2199."),
        ("+9999y", "That is too far away. A date such as 31 March 2026 or 31/3/26."),
    ],
)
def test_dates_refused(text, reason):
    assert refusal(parse_date, text, TODAY) == reason


# --- figures -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("£1.81m", "1810000"),
        ("372,000", "372000"),
        ("372k", "372000"),
        ("1.5 million", "1500000"),
        ("£2bn", "2000000000"),
        ("12 000", "12000"),
        ("£13.5", "13.5"),
        (".5", "0.5"),
        ("50p", "0.5"),
        ("(500)", "-500"),
        ("(£500)", "-500"),
        ("-500", "-500"),
        ("−£500", "-500"),
        ("£-500", "-500"),
        ("£2,038,663 a year", "2038663"),
        ("1.81M pa", "1810000"),
        ("25 pounds", "25"),
        ("0", "0"),
    ],
)
def test_money(text, expected):
    value = parse_money(text)
    assert value == Decimal(expected)
    assert value.as_tuple().exponent == -2


@pytest.mark.parametrize("text", ["", "£", "abc", "1,81", "1.234", "1.810.426,00", "12,34,567", "--5", "5.", "1" * 30])
def test_money_refused(text):
    assert refusal(parse_money, text)[-1] == "."


def test_numbers_percentages_and_wholes():
    assert parse_number("3,199.5") == Decimal("3199.5")
    assert parse_number("95%") == 95
    assert parse_number("£14.30") == Decimal("14.3")
    assert parse_number("-1.5") == Decimal("-1.5")
    assert [parse_percent(text) for text in ("95%", "95 per cent", "95", "49.87 %", "12pc")] == [
        95,
        95,
        95,
        Decimal("49.87"),
        12,
    ]
    assert [parse_whole(text) for text in ("12", "8,400", "57k", "-3")] == [12, 8400, 57000, -3]
    assert refusal(parse_whole, "1.5") == "“1.5” is no whole number."
    assert refusal(parse_number, "some") == "“some” has no figure in it."
    assert refusal(parse_number, "12 beds") == "“beds” cannot be read as part of a figure."
    assert refusal(parse_number, "") == "A figure such as 3,500 or 51.06."
    assert refusal(parse_percent, "all") == "“all” has no figure in it."


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("9.30", "09:30"),
        ("0930", "09:30"),
        ("930", "09:30"),
        ("9:30am", "09:30"),
        ("9", "09:00"),
        ("2pm", "14:00"),
        ("2.15 p.m.", "14:15"),
        ("12am", "00:00"),
        ("12pm", "12:00"),
        ("noon", "12:00"),
        ("23:59", "23:59"),
    ],
)
def test_times(text, time):
    assert parse_time(text) == time


@pytest.mark.parametrize("text", ["", "24:00", "9:60", "13pm", "0am", "morning", "9.3"])
def test_times_refused(text):
    assert refusal(parse_time, text) == "A time such as 09:30 or 2pm."


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2016/17", 2016),
        ("2016-17", 2016),
        ("2016–17", 2016),
        ("16/17", 2016),
        ("2016", 2016),
        ("2016/2017", 2016),
        ("FY 2016/17", 2016),
        ("1999/00", 1999),
        ("99/00", 1999),
    ],
)
def test_financial_years(text, year):
    assert parse_financial_year(text) == year


def test_financial_years_refused():
    assert refusal(parse_financial_year, "2016/18") == ("2016/18 is not one year. The year from April 2016 is 2016/17.")
    for text in ("", "1617", "last year", "16"):
        assert refusal(parse_financial_year, text) == "A financial year such as 2016/17."


# --- words -------------------------------------------------------------------------------------------------------


def test_yes_no():
    assert [parse_yes_no(text) for text in ("Yes", "y", "NO", "n", "", "not known")] == [
        True,
        True,
        False,
        False,
        None,
        None,
    ]
    assert refusal(parse_yes_no, "perhaps").startswith("Yes or No")


def test_choices():
    assert parse_choice("Draft", Stage) is Stage.DRAFT
    assert parse_choice("ENDED  early", Stage) is Stage.ENDED_EARLY
    assert parse_choice("ended_early".replace("_", " "), Stage) is Stage.ENDED_EARLY
    assert parse_choice("agr", Stage) is Stage.AGREED
    assert parse_choice("Section 75, pooled", AgreementKind) is AgreementKind.POOLED_FUND
    assert refusal(parse_choice, "section", AgreementKind) == (
        "One of: Section 75, pooled fund, Section 75, lead commissioning or Section 75, delegated functions."
    )
    assert refusal(parse_choice, "live", Stage) == "One of: Draft, Proposed, Agreed, Ended, Ended early or Not made."
    assert parse_choice("percentage", Measure) is Measure.PERCENTAGE


# --- any field ---------------------------------------------------------------------------------------------------


def test_empty_and_unknown_are_none_except_needed_text():
    fields = Agreement.fields()
    for name in ("starts", "first_term", "yearly_value", "kind", "reference", "aims"):
        assert parse_field(fields[name], "  ", TODAY) is None
    assert parse_field(fields["starts"], "Not known", TODAY) is None
    assert parse_field(fields["title"], " ", TODAY) == ""
    assert all(field_text(field, None) == "" for field in fields.values())


def test_fields_by_type():
    fields = Agreement.fields()
    assert parse_field(fields["first_term"], "3 years", TODAY) == Length(years=3)
    assert parse_field(fields["notice"], "12 weeks’ notice", TODAY) == Length(weeks=12)
    assert parse_field(fields["yearly_value"], "£1.81m", TODAY) == Decimal(1810000)
    assert parse_field(fields["title"], "  Occupational \n therapy ", TODAY) == "Occupational therapy"
    assert parse_field(fields["aims"], "One  \n\nTwo\n", TODAY) == "One\n\nTwo"
    assert parse_field(Target.fields()["tolerance"], "5%", TODAY) == 5
    assert parse_field(Target.fields()["value"], "95%", TODAY) == 95
    assert parse_field(Kpi.fields()["limit_days"], "4 weeks", TODAY) == 28
    assert parse_field(Kpi.fields()["limit_days"], "28 days", TODAY) == 28
    assert parse_field(Visit.fields()["at"], "9.30", TODAY) == "09:30"
    assert refusal(parse_field, Visit.fields()["at"], "early", TODAY) == "A time such as 09:30 or 2pm."
    moment = parse_field(Briefing.fields()["printed"], "2026-02-02 10:42", TODAY)
    assert moment == datetime(2026, 2, 2, 10, 42, tzinfo=UTC)
    assert refusal(parse_field, Briefing.fields()["printed"], "just now", TODAY).startswith("A moment")


def test_hints_say_what_is_understood():
    fields = Agreement.fields()
    assert hint_for(fields["starts"]) == "A date such as 31 March 2026 or 31/3/26."
    assert hint_for(fields["first_term"]) == "A length such as 3 years, 18 months, 12 weeks or 28 days."
    assert hint_for(fields["title"]) == ""
    assert hint_for(Visit.fields()["at"]) == "A time such as 09:30 or 2pm."


# --- round trips -------------------------------------------------------------------------------------------------

_LINES = st.text(st.characters(categories=("L", "N", "P")), min_size=1, max_size=20)
_VALUES = {
    FieldType.TEXT: _LINES,
    FieldType.LONG_TEXT: st.lists(_LINES, min_size=1, max_size=3).map("\n".join),
    FieldType.DATE: st.dates(min_value=date(1900, 1, 1), max_value=date(2199, 12, 31)),
    FieldType.MOMENT: st.datetimes(min_value=datetime(1990, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    FieldType.MONEY: st.decimals(min_value=-(10**11), max_value=10**11, places=2),
    FieldType.NUMBER: st.decimals(min_value=-(10**9), max_value=10**9, places=4),
    FieldType.WHOLE: st.integers(min_value=0, max_value=10**9),
    FieldType.LENGTH: st.builds(
        Length, st.integers(0, 50), st.integers(0, 600), st.integers(0, 99), st.integers(0, 999)
    ),
    FieldType.YES_NO: st.booleans(),
    FieldType.YEAR: st.integers(min_value=1900, max_value=2198),
    FieldType.REFERENCE: st.uuids().map(str),
}
_FIELDS = [field for kind in KINDS.values() for field in kind.fields().values() if field.name != "at"]


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_what_an_editor_shows_is_read_back_as_the_same_value(data):
    field: Field = data.draw(st.sampled_from(_FIELDS))
    strategy = st.sampled_from(list(field.choices)) if field.choices else _VALUES[field.type]
    value = data.draw(strategy)
    assert parse_field(field, field_text(field, value), TODAY) == value


@settings(max_examples=80, deadline=None)
@given(st.dates(min_value=date(1980, 1, 1), max_value=date(2079, 12, 31)), st.dates(min_value=date(2000, 1, 1)))
def test_every_way_of_writing_a_date_is_the_same_date(day, today):
    slashes = f"{day.day}/{day.month}/{day.year % 100:02d}"
    for text in (date_long(day), date_short(day), weekday_date(day), day.isoformat(), slashes, f"{day:%d%m%Y}"):
        assert parse_date(text, today) == day


@settings(max_examples=40, deadline=None)
@given(st.dates(min_value=date(2000, 1, 1), max_value=date(2100, 1, 1)), st.integers(min_value=0, max_value=400))
def test_steps_from_today(today, count):
    assert parse_date(f"+{count}d", today) == today + timedelta(days=count)
    assert parse_date(f"-{count}w", today) == today - timedelta(weeks=count)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=20), st.sampled_from(_FIELDS))
def test_nothing_typed_ever_raises_anything_else(text, field):
    with suppress(NotUnderstood):
        parse_field(field, text, TODAY)


def test_whole_numbers_with_what_they_count():
    days = Kpi.fields()["limit_days"]
    assert [parse_field(days, text, TODAY) for text in ("28", "28 days", "28 calendar days", "4 weeks")] == [
        28,
        28,
        28,
        28,
    ]
    with pytest.raises(NotUnderstood, match="clock"):
        parse_field(days, "3 working days", TODAY)
    assert [parse_field(Contribution.fields()["quarter"], text, TODAY) for text in ("Q1", "quarter 2", "3")] == [
        1,
        2,
        3,
    ]


@given(
    st.dates(date(1980, 1, 1), date(2079, 12, 31)), st.sampled_from(["/", "-", ".", " "]), st.booleans(), st.booleans()
)
def test_a_day_in_figures_is_that_day_whatever_stands_between(day: date, mark: str, short: bool, noughts: bool) -> None:
    two = "02d" if noughts else "d"
    text = mark.join((format(day.day, two), format(day.month, two), f"{day:%y}" if short else f"{day:%Y}"))
    assert parse_date(text, date(2026, 12, 1)) == day


@pytest.mark.parametrize("text", ["85-90%", "85 to 90", "between 3 and 5", "3.5 – 4"])
def test_a_range_is_called_one_where_a_figure_is_asked_for(text: str) -> None:
    with pytest.raises(NotUnderstood, match="range"):
        parse_number(text)
