"""Periods as people write them, in whichever year the KPI has."""

from __future__ import annotations

import contextlib
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from s75desk.domain.periods.reading import read_period
from s75desk.domain.periods.span import Length
from s75desk.domain.periods.years import CALENDAR, FINANCIAL, YearKind
from s75desk.domain.refusals import NotUnderstood
from s75desk.domain.wording import date_short, period_words

TODAY = date(2026, 11, 30)
SAID = {
    "Q3 2025/26": (date(2025, 10, 1), date(2025, 12, 31)),
    "quarter 3, 2025-26": (date(2025, 10, 1), date(2025, 12, 31)),
    "2025/26 Q3": (date(2025, 10, 1), date(2025, 12, 31)),
    "third quarter 25/26": (date(2025, 10, 1), date(2025, 12, 31)),
    "3rd quarter 2025/26": (date(2025, 10, 1), date(2025, 12, 31)),
    "Q4 2025/2026": (date(2026, 1, 1), date(2026, 3, 31)),
    "H1 2025/26": (date(2025, 4, 1), date(2025, 9, 30)),
    "second half 2025/26": (date(2025, 10, 1), date(2026, 3, 31)),
    "M1 2025/26": (date(2025, 4, 1), date(2025, 4, 30)),
    "april 2026": (date(2026, 4, 1), date(2026, 4, 30)),
    "Apr-26": (date(2026, 4, 1), date(2026, 4, 30)),
    "Apr 26": (date(2026, 4, 1), date(2026, 4, 30)),
    "Sept 2026": (date(2026, 9, 1), date(2026, 9, 30)),
    "02/2024": (date(2024, 2, 1), date(2024, 2, 29)),
    "2026-04": (date(2026, 4, 1), date(2026, 4, 30)),
    "2025/26": (date(2025, 4, 1), date(2026, 3, 31)),
    "2025-26": (date(2025, 4, 1), date(2026, 3, 31)),
    "FY 2025/26": (date(2025, 4, 1), date(2026, 3, 31)),
    "academic year 2025/26": (date(2025, 9, 1), date(2026, 8, 31)),
    "calendar year 2025": (date(2025, 1, 1), date(2025, 12, 31)),
    "w/e 5 Apr 2026": (date(2026, 3, 30), date(2026, 4, 5)),
    "week ending 05/04/2026": (date(2026, 3, 30), date(2026, 4, 5)),
    "w/c 30 March 2026": (date(2026, 3, 30), date(2026, 4, 5)),
    "week 14 2026": (date(2026, 3, 30), date(2026, 4, 5)),
    "2026-W14": (date(2026, 3, 30), date(2026, 4, 5)),
    "1/4/25-31/3/26": (date(2025, 4, 1), date(2026, 3, 31)),
    "1 Apr 2025 to 31 Mar 2026": (date(2025, 4, 1), date(2026, 3, 31)),
    "1/4/25 – 31/3/26": (date(2025, 4, 1), date(2026, 3, 31)),
    "2025-04-01 to 2026-03-31": (date(2025, 4, 1), date(2026, 3, 31)),
    "1-5 April 2026": (date(2026, 4, 1), date(2026, 4, 5)),
    "April to June 2025": (date(2025, 4, 1), date(2025, 6, 30)),
    "Apr-Nov 2016": (date(2016, 4, 1), date(2016, 11, 30)),
    "Oct to Mar 2026": (date(2025, 10, 1), date(2026, 3, 31)),
    "Oct 2024 to Sep 2025": (date(2024, 10, 1), date(2025, 9, 30)),
    "YTD Nov 2025": (date(2025, 4, 1), date(2025, 11, 30)),
    "year to date to 30 Nov 2025": (date(2025, 4, 1), date(2025, 11, 30)),
    "rolling 12 months to March 2026": (date(2025, 4, 1), date(2026, 3, 31)),
    "the twelve months to March 2026": (date(2025, 4, 1), date(2026, 3, 31)),
    "4 weeks to 28 June 2026": (date(2026, 6, 1), date(2026, 6, 28)),
    "the four weeks ending 28/6/26": (date(2026, 6, 1), date(2026, 6, 28)),
    "13 wks to 28 June 2026": (date(2026, 3, 30), date(2026, 6, 28)),
    "7 days to 12 April 2026": (date(2026, 4, 6), date(2026, 4, 12)),
    "last two quarters to Sept 2026": (date(2026, 4, 1), date(2026, 9, 30)),
    "the year to 31 March 2026": (date(2025, 4, 1), date(2026, 3, 31)),
    "12 months to May 2026": (date(2025, 6, 1), date(2026, 5, 31)),
    "year ending 30 June 2026": (date(2025, 7, 1), date(2026, 6, 30)),
    "quarter ending June 2025": (date(2025, 4, 1), date(2025, 6, 30)),
    "45747": (date(2025, 3, 31), date(2025, 3, 31)),
    "45,747": (date(2025, 3, 31), date(2025, 3, 31)),
    "31/03/2025 00:00:00": (date(2025, 3, 31), date(2025, 3, 31)),
    "31/03/2025 00:00": (date(2025, 3, 31), date(2025, 3, 31)),
    "2025-03-31T00:00:00": (date(2025, 3, 31), date(2025, 3, 31)),
    "Q3 25-26": (date(2025, 10, 1), date(2025, 12, 31)),
    "25-26": (date(2025, 4, 1), date(2026, 3, 31)),
    "24-25 March 2026": (date(2026, 3, 24), date(2026, 3, 25)),
    "Q1 to Q3 2025/26": (date(2025, 4, 1), date(2025, 12, 31)),
    "Q1-3 2025/26": (date(2025, 4, 1), date(2025, 12, 31)),
    "Apr'25": (date(2025, 4, 1), date(2025, 4, 30)),
    "Quarter 3 (Oct–Dec 2025)": (date(2025, 10, 1), date(2025, 12, 31)),
    "Oct/Nov/Dec 2025": (date(2025, 10, 1), date(2025, 12, 31)),
    "Dec, Jan and Feb 2026": (date(2025, 12, 1), date(2026, 2, 28)),
    "Dec 2025/Jan 2026": (date(2025, 12, 1), date(2026, 1, 31)),
    "2020/21 (to Dec 2020)": (date(2020, 4, 1), date(2020, 12, 31)),
    "2020/21 to Dec": (date(2020, 4, 1), date(2020, 12, 31)),
    "2020/21 to Feb": (date(2020, 4, 1), date(2021, 2, 28)),
    "as at 31 March 2020": (date(2020, 3, 31), date(2020, 3, 31)),
    "1 April 2022 to 31 March 2023 (Q1-Q4)": (date(2022, 4, 1), date(2023, 3, 31)),
    "first eight months of 2016/17": (date(2016, 4, 1), date(2016, 11, 30)),
    "last 2 quarters of 2016/17": (date(2016, 10, 1), date(2017, 3, 31)),
    "10/11/2025": (date(2025, 11, 10), date(2025, 11, 10)),
}


@pytest.mark.parametrize("text", SAID)
def test_a_period_as_people_write_it(text: str) -> None:
    found = read_period(text, TODAY)
    assert (found.starts, found.ends) == SAID[text]


@pytest.mark.parametrize(
    "text",
    ["Q5 2025/26", "Q3 2025", "2025", "2025/27", "April", "31/2/2025", "sometime", "", "13/2025",
     "Mar 2026 to Apr 2025",
     "Q3", "97", "w/e", "month 13 2025/26", "1/4/26-31/3/25"],
)  # fmt: skip
def test_what_could_be_two_periods_is_asked(text: str) -> None:
    with pytest.raises(NotUnderstood):
        read_period(text, TODAY)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("FY26", ("2025/26", "2026/27")),
        ("q3 fy26", ("Q3 2025/26", "Q3 2026/27")),
        ("2017-20", ("2017/18 to 2019/20", "2017/18 to 2020/21")),
        ("2025", ("2025/26", "January to December 2025")),
        ("Q3 2025/26 (Jul-Sep 2025)", ("October to December 2025", "July to September 2025")),
    ],
)
def test_of_two_periods_either_can_be_chosen(text: str, meant: tuple[str, ...]) -> None:
    with pytest.raises(NotUnderstood) as caught:
        read_period(text, TODAY)
    assert caught.value.meant == meant
    assert all(read_period(each, TODAY) for each in meant)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Autumn term 2025", "“autumn term”"),
        ("April 2026 onwards", "“onwards”"),
        ("Wk1 2025/26", "day on which this one ends"),
        ("Oct/Dec 2025", "do not follow"),
        ("Q3", "which year"),
    ],
)
def test_what_of_it_is_no_period_is_named(text: str, named: str) -> None:
    with pytest.raises(NotUnderstood) as caught:
        read_period(text, TODAY)
    assert named in caught.value.reason
    assert "A period such as" not in caught.value.reason


def test_quarters_and_years_are_those_of_the_kpi() -> None:
    contract = YearKind(10)
    assert read_period("Q3 2024/25", TODAY, contract).starts == date(2025, 4, 1)
    assert read_period("2024/25", TODAY, contract).ends == date(2025, 9, 30)
    assert read_period("YTD March 2025", TODAY, contract).starts == date(2024, 10, 1)
    assert read_period("Q3 2025", TODAY, CALENDAR).starts == date(2025, 7, 1)
    assert read_period("2025", TODAY, CALENDAR).ends == date(2025, 12, 31)


@pytest.mark.parametrize("text", ["01/04/2026", "30/04/2026", "2026-04-01", "46113", "1 Apr 2026"])
def test_excel_gives_a_month_by_its_first_or_last_day(text: str) -> None:
    found = read_period(text, TODAY, FINANCIAL, Length.MONTH)
    assert (found.starts, found.ends) == (date(2026, 4, 1), date(2026, 4, 30))


@given(st.dates(date(1990, 1, 1), date(2070, 1, 1)), st.integers(0, 800))
def test_what_the_house_writes_it_reads(starts: date, days: int) -> None:
    ends = starts + timedelta(days=days)
    found = read_period(period_words(starts, ends), TODAY)
    assert (found.starts, found.ends) == (starts, ends)
    short = read_period(f"{date_short(starts)} to {date_short(ends)}", TODAY)
    assert (short.starts, short.ends) == (starts, ends)


@given(st.text(max_size=30))
def test_no_text_ends_the_reading(text: str) -> None:
    with contextlib.suppress(NotUnderstood):
        assert read_period(text, TODAY).ends
