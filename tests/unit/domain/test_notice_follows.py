"""What a notice that holds from a day makes of the last day to give it."""

from __future__ import annotations

from datetime import date

import pytest

from s75desk.domain.dated import FromDay
from s75desk.domain.length_reading import parse_length
from s75desk.domain.notice_follows import notice_follows
from s75desk.domain.term_history import Notice

ENDS = date(2027, 3, 31)
SIX, TWELVE, NINE = (parse_length(f"{months} months") for months in (6, 12, 9))


@pytest.mark.parametrize(
    ("since", "last"),
    [
        (date(2026, 9, 30), "30 September 2026"),  # it holds on its own last day
        (date(2026, 10, 1), "31 March 2026"),  # it comes too late for this end
        (date(2027, 4, 1), "31 March 2026"),
        (date(2026, 1, 1), "30 September 2026"),
    ],
)
def test_the_notice_that_holds_on_the_day_counts(since: date, last: str) -> None:
    said = notice_follows(ENDS, (Notice(TWELVE),), SIX, FromDay(since))
    assert said.startswith(f"Last day to give notice for 31 March 2027: {last}.")
    assert said.endswith("before the 6 months hold.") == (since > date(2026, 9, 30)), "and why it is not its own"


def test_the_day_before_a_longer_notice_holds_is_the_last() -> None:
    said = notice_follows(ENDS, (Notice(SIX),), TWELVE, FromDay(date(2026, 4, 1)))
    assert said == "Last day to give notice for 31 March 2027: 31 March 2026."


def test_values_from_later_days_stay_where_they_are() -> None:
    held = (Notice(TWELVE, None, date(2026, 8, 31)), Notice(NINE, date(2026, 9, 1)))
    said = notice_follows(ENDS, held, SIX, FromDay(date(2026, 1, 1)))
    assert said == "Last day to give notice for 31 March 2027: 31 August 2026."


def test_nothing_is_said_where_nothing_is_known() -> None:
    assert notice_follows(None, (Notice(TWELVE),), SIX, FromDay(ENDS)) == ""
    assert notice_follows(ENDS, (Notice(TWELVE),), None, FromDay(ENDS)) == ""
