"""Lengths of time: read as people write them, written back the same, and counted against a slow calendar."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from s75desk.domain.length_reading import from_text, parse_length, parse_series
from s75desk.domain.lengths import Length, earliest_end, end_after, notice_day, series_words
from s75desk.domain.refusals import NotUnderstood

Y, M, W = (lambda n: Length(years=n)), (lambda n: Length(months=n)), (lambda n: Length(weeks=n))


@pytest.mark.parametrize(
    ("typed", "length"),
    [
        ("3 years", Y(3)),
        ("1y", Y(1)),
        ("three years", Y(3)),
        ("a year", Y(1)),
        ("3-year", Y(3)),
        ("18 months", M(18)),
        ("18m", M(18)),
        ("Twelve calendar months", M(12)),
        ("12 months’ notice", M(12)),
        ("12 months' notice", M(12)),
        ("1 month’s notice", M(1)),
        ("12 weeks", W(12)),
        ("12 weeks' notice.", W(12)),
        ("a fortnight", W(2)),
        ("28 days", Length(days=28)),
        ("90 calendar days", Length(days=90)),
        ("1.5 years", Length(years=1, months=6)),
        ("two and a half years", Length(years=2, months=6)),
        ("half a year", M(6)),
        ("2 years 6 months", Length(years=2, months=6)),
        ("2 years and 6 months", Length(years=2, months=6)),
        ("2y6m", Length(years=2, months=6)),
        ("1 month, 2 weeks and 3 days", Length(months=1, weeks=2, days=3)),
        ("3 to 5 years", Length(years=3, most=Y(5))),
        ("3-5 years", Length(years=3, most=Y(5))),
        ("between 3 and 5 years", Length(years=3, most=Y(5))),
        ("6 months to 2 years", Length(months=6, most=Y(2))),
        ("up to 2 years", Length(most=Y(2))),
        ("2 years maximum", Length(most=Y(2))),
        ("2 years, 6 months", Length(years=2, months=6)),
        ("six (6) months", M(6)),
        ("6 (six) months’ prior written notice", M(6)),
        ("notice of 6 months", M(6)),
        ("ninety days", Length(days=90)),
        ("twenty-eight days", Length(days=28)),
        ("one hundred and eighty (180) days", Length(days=180)),
        ("28 days (calendar)", Length(days=28)),
        ("one quarter", M(3)),
        ("1/2 year", M(6)),
        ("1½ years", Length(years=1, months=6)),
        ("a year and a half", M(18)),
        ("not less than 3 months' written notice", M(3)),
        ("an initial term of 3 years", Y(3)),
        ("annually", Y(1)),
        ("6 monthly", M(6)),
        ("six-monthly", M(6)),
        ("every 6 months", M(6)),
        ("quarterly", M(3)),
        ("every month", M(1)),
        ("none", Length()),
        ("No notice", Length()),
        ("0", Length()),
    ],
)
def test_a_length_as_people_write_it(typed: str, length: Length) -> None:
    assert parse_length(typed) == length


@pytest.mark.parametrize(
    ("typed", "asks", "meant"),
    [
        ("3", ("years", "months"), ("3 years", "3 months")),
        ("1", ("years", "months"), ("1 year", "1 month")),
        ("12", ("months", "weeks"), ("12 months", "12 weeks")),
        ("three", ("years", "months"), ("3 years", "3 months")),
        ("1.5", ("years", "months"), ("1.5 years",)),
        ("3 to 5", ("years", "months"), ("3 to 5 years", "3 to 5 months")),
        ("at least 3 years", ("years", "months"), ("3 years",)),
        ("6 months (26 weeks)", ("months", "weeks"), ("6 months", "26 weeks")),
        ("months 6", ("months", "weeks"), ("6 months",)),
    ],
)
def test_what_could_be_two_lengths_is_asked(typed: str, asks: tuple[str, ...], meant: tuple[str, ...]) -> None:
    with pytest.raises(NotUnderstood) as caught:
        parse_length(typed, asks)
    assert caught.value.meant == meant
    assert all(parse_length(each) for each in meant)


@pytest.mark.parametrize(
    "typed",
    ["", "years", "soon", "1.3 years", "1.5 weeks", "-3", "6 months 1 year", "3 + 1 years", "9" * 5000 + " months",
     "10 working days", "5 to 3 years", "²"],
)  # fmt: skip
def test_what_is_no_length_is_refused_without_an_offer(typed: str) -> None:
    with pytest.raises(NotUnderstood) as caught:
        parse_length(typed)
    assert caught.value.meant == ()


@pytest.mark.parametrize("typed", ["not less than 6 months", "minimum 12 months", "6 months or more"])
def test_notice_is_always_of_so_much_at_least(typed: str) -> None:
    assert parse_length(typed, ("months", "weeks", "days")).months in (6, 12)


@pytest.mark.parametrize(
    ("typed", "named"),
    [
        ("6 months soon", "soon"),
        ("24 months in any combination", "in any combination"),
        ("10 business days", "Working days"),
        ("28 clear days", "Clear days"),
        ("5 years less a day", "less a day"),
        ("six (7) months", "6 and then 7"),
        ("6 months 1 year", "largest first"),
        ("5 to 3 years", "shorter"),
        ("month", "How many"),
    ],
)
def test_a_refusal_says_what_of_it_cannot_be_read(typed: str, named: str) -> None:
    with pytest.raises(NotUnderstood) as caught:
        parse_length(typed)
    assert named in caught.value.reason
    assert "such as 3 years, 18 months" not in caught.value.reason


@pytest.mark.parametrize(
    ("typed", "lengths"),
    [
        ("3 + 1 + 1 years", (Y(3), Y(1), Y(1))),
        ("3+1+1 years", (Y(3), Y(1), Y(1))),
        ("3 years (+ 1 + 1 years)", (Y(3), Y(1), Y(1))),
        ("2 years then 1 year", (Y(2), Y(1))),
        ("3 years + 12 months", (Y(3), M(12))),
        ("6 + 6 months", (M(6), M(6))),
        ("2 x 1 year", (Y(1), Y(1))),
        ("3 years + 2 x 12 months", (Y(3), M(12), M(12))),
        ("1 year and 6 months", (Length(years=1, months=6),)),
        ("2 years, 6 months", (Length(years=2, months=6),)),
        ("3 years, 6 months + 1 year", (Length(years=3, months=6), Y(1))),
        ("3, 1, 1 years", (Y(3), Y(1), Y(1))),
        ("3 years, 1 year, 1 year", (Y(3), Y(1), Y(1))),
        ("3 years and 1 year and 1 year", (Y(3), Y(1), Y(1))),
        ("3/1/1 years", (Y(3), Y(1), Y(1))),
        ("initial 3 years plus 12 months plus 12 months", (Y(3), M(12), M(12))),
        ("three (3) years plus two one-year extensions", (Y(3), Y(1), Y(1))),
        ("3 years with an option to extend for a further 2 years", (Y(3), Y(2))),
        ("1 year + 1 year option", (Y(1), Y(1))),
        ("12 weeks", (W(12),)),
        ("", ()),
        ("none", ()),
    ],
)
def test_lengths_one_after_the_other(typed: str, lengths: tuple[Length, ...]) -> None:
    assert parse_series(typed) == lengths


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("3 + 1 + 1", ("3 + 1 + 1 years", "3 + 1 + 1 months")),
        ("1 + 1", ("1 + 1 years", "1 + 1 months")),
        ("1", ("1 year", "1 month")),
        ("3 years + 1", ("3 years + 1 years", "3 years + 1 months")),
        ("3 years (+1+1)", ("3 years + 1 + 1 years", "3 years + 1 + 1 months")),
        ("3 years, 1 year, 6 months", ("3 years + 1 year 6 months", "3 years + 1 year + 6 months")),
        ("1 + soon", ()),
        (" + ".join(["1 year"] * 22), ()),
    ],
)
def test_lengths_that_are_asked_or_refused(typed: str, meant: tuple[str, ...]) -> None:
    with pytest.raises(NotUnderstood) as caught:
        parse_series(typed)
    assert caught.value.meant == meant


plain = st.builds(Length, st.integers(0, 30), st.integers(0, 400), st.integers(0, 200), st.integers(0, 400))
ranges = st.tuples(plain, plain).map(lambda two: sorted(two, key=lambda one: one.rough_months)).filter(
    lambda two: two[0].rough_months < two[1].rough_months
).map(lambda two: Length(two[0].years, two[0].months, two[0].weeks, two[0].days, two[1]))  # fmt: skip
anything = st.one_of(plain, ranges)


@given(anything)
def test_a_length_in_words_is_read_back(length: Length) -> None:
    assert parse_length(length.words) == length == from_text(length.words)


@given(st.lists(plain.filter(bool), min_size=1, max_size=20))
def test_a_series_in_words_is_read_back(lengths: list[Length]) -> None:
    assert parse_series(series_words(lengths)) == tuple(lengths)


@given(st.text(max_size=30))
def test_anything_typed_is_read_or_refused_in_a_sentence(typed: str) -> None:
    for parse in (parse_length, parse_series):
        try:
            parse(typed)
        except NotUnderstood as refusal:
            assert refusal.reason.endswith((".", "?"))  # noqa: PT017


def test_what_versions_before_5_kept_were_months() -> None:
    assert [from_text(text) for text in ("36", "18", "0", "3")] == [M(36), M(18), Length(), M(3)]


@pytest.mark.parametrize(
    ("notice", "expected"),
    [
        ("12 months", date(2026, 3, 31)),
        ("12 weeks", date(2027, 1, 6)),
        ("28 days", date(2027, 3, 3)),
        ("6 months", date(2026, 9, 30)),
        ("3 to 6 months", date(2026, 9, 30)),
        ("none", date(2027, 3, 31)),
    ],
)
def test_last_notice_days_for_the_end_of_march(notice: str, expected: date) -> None:
    assert notice_day(date(2027, 3, 31), parse_length(notice)) == expected


# --- the slow calendar: no month is added, days are walked through one by one -------------------------------------


def _walked(day: date, months: int) -> date:
    """The corresponding date, found by walking: the day of that number in the month so many first days later."""
    here, firsts = day, 0
    while firsts < months:
        here += timedelta(days=1)
        firsts += here.day == 1
    if months:
        last = calendar.monthrange(here.year, here.month)[1]
        while here.day < min(day.day, last):
            here += timedelta(days=1)
    return here


days_of = st.dates(date(1990, 1, 1), date(2060, 12, 31))
short = st.builds(Length, st.integers(0, 4), st.integers(0, 14), st.integers(0, 20), st.integers(0, 60))


@settings(max_examples=150, deadline=None)
@given(days_of, short)
def test_notice_and_end_against_a_slow_calendar(day: date, length: Length) -> None:
    months, more = length.years * 12 + length.months, length.weeks * 7 + length.days
    assert earliest_end(day, length) == _walked(day, months) + timedelta(days=more)
    given_by = notice_day(day, length)
    assert _walked(given_by, months) + timedelta(days=more) <= day
    tomorrow = given_by + timedelta(days=1)
    assert _walked(tomorrow, months) + timedelta(days=more) > day


@settings(max_examples=150, deadline=None)
@given(days_of, short.filter(bool))
def test_the_end_of_a_length_against_a_slow_calendar(day: date, length: Length) -> None:
    months, more = length.years * 12 + length.months, length.weeks * 7 + length.days
    after = _walked(day, months)
    whole = after.day == day.day  # else that month has no such day, and its last day belongs to the term
    assert end_after(day, length) == after + timedelta(days=more - (1 if whole else 0))
