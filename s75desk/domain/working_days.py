"""Working days: Monday to Friday less the bank holidays of England and Wales.

The dates are data (``resources/calendar``, in the form GOV.UK publishes them) and can be replaced by a newer file.
A count never runs silently past the years the calendar covers.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from s75desk.domain.records.kpi import Clock
from s75desk.domain.wording import date_short, list_words, plural, weekday_date
from s75desk.domain.working import Figure, Line, Working

_DIVISION = "england-and-wales"
_DAY = timedelta(days=1)
_FRIDAY = 4


class OutsideCalendar(ValueError):
    """A count of working days needs a year that the calendar does not cover.

    Attributes:
        reason: A plain sentence with the years covered.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class HolidayCalendar:
    """The bank holidays of the years covered.

    Attributes:
        holidays: Title by date.
        projected: Dates that follow from the rules but were not yet published; a one-off may still be added.
        covered_from: First year covered.
        covered_until: Last year covered.
        published_until: Last year that was published rather than projected.
        source: Where the dates come from.
    """

    holidays: Mapping[date, str]
    projected: frozenset[date]
    covered_from: int
    covered_until: int
    published_until: int
    source: str

    def covers(self, day: date) -> bool:
        """Whether ``day`` lies in a year covered."""
        return self.covered_from <= day.year <= self.covered_until

    @property
    def coverage(self) -> str:
        """The years covered in words: "2012 to 2035; from 2029 projected"."""
        words = f"{self.covered_from} to {self.covered_until}"
        more = self.published_until < self.covered_until
        return f"{words}; from {self.published_until + 1} projected" if more else words


def load_calendar(text: str) -> HolidayCalendar:
    """Read a calendar from JSON as GOV.UK publishes it, with or without our own lines about coverage.

    Without these lines the years from the first to the last date are taken as covered and published.

    Raises:
        ValueError: The text is not such a calendar, or holds no date.
    """
    try:
        data = json.loads(text)
        events = data[_DIVISION]["events"]
        holidays = {date.fromisoformat(event["date"]): str(event["title"]) for event in events}
        projected = frozenset(date.fromisoformat(event["date"]) for event in events if event.get("projected"))
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError("This is not a list of bank holidays as GOV.UK publishes it.") from error
    if not holidays:
        raise ValueError("The list of bank holidays holds no date for England and Wales.")
    first, last = min(holidays).year, max(holidays).year
    until = _year(data, "covered_until", last)
    return HolidayCalendar(
        holidays=holidays,
        projected=projected,
        covered_from=_year(data, "covered_from", first),
        covered_until=until,
        published_until=_year(data, "published_until", until),
        source=str(data.get("source", "Bank holidays of England and Wales, GOV.UK")),
    )


def _year(data: Mapping[str, Any], name: str, otherwise: int) -> int:
    value = data.get(name, otherwise)
    if not isinstance(value, int):
        raise ValueError(f"The calendar's {name} is not a year.")
    return value


def is_working_day(day: date, calendar: HolidayCalendar) -> bool:
    """Whether ``day`` is Monday to Friday and no bank holiday.

    Raises:
        OutsideCalendar: Its year is not covered.
    """
    if not calendar.covers(day):
        raise OutsideCalendar(f"Bank holidays are known for {calendar.coverage}, not for {day.year}.")
    return day.weekday() <= _FRIDAY and day not in calendar.holidays


def add_working_days(start: date, count: int, calendar: HolidayCalendar) -> date:
    """The day ``count`` working days after ``start``, which itself is not counted; before it when negative.

    With a count of 0, ``start`` itself if it is a working day, else the next one. A referral on Thursday
    2 April 2026 with 3 working days runs to Thursday 9 April, over Good Friday and Easter Monday.

    Raises:
        OutsideCalendar: The count runs past the years covered.
    """
    step = -_DAY if count < 0 else _DAY
    day, left = start, abs(count)
    while left or not is_working_day(day, calendar):
        day += step
        if is_working_day(day, calendar) and left:
            left -= 1
    return day


def working_days_between(start: date, end: date, calendar: HolidayCalendar) -> int:
    """How many working days lie after ``start`` up to and with ``end``; negative when ``end`` comes first.

    Raises:
        OutsideCalendar: A day between them is not covered.
    """
    if end < start:
        # Backwards the end is counted and the start is not, as add_working_days does.
        return -sum(is_working_day(end + _DAY * place, calendar) for place in range((start - end).days))
    return sum(is_working_day(start + _DAY * (place + 1), calendar) for place in range((end - start).days))


def limit_end(start: date, days: int, clock: Clock | None, calendar: HolidayCalendar) -> date:
    """The last day of a time limit of ``days`` from ``start`` by its clock; calendar days where none is named.

    Raises:
        OutsideCalendar: The limit counts working days past the years covered.
    """
    return add_working_days(start, days, calendar) if clock is Clock.WORKING else start + timedelta(days=days)


def limit_figure(start: date, days: int, clock: Clock | None, calendar: HolidayCalendar) -> Figure:
    """The last day of a time limit with its working: the clock, the weekends and the bank holidays passed over.

    Raises:
        OutsideCalendar: The limit counts working days past the years covered.
    """
    end = limit_end(start, days, clock, calendar)
    working = clock is Clock.WORKING
    passed = [day for day in sorted(calendar.holidays) if start < day <= end and day.weekday() <= _FRIDAY]
    lines = [
        Line("From", weekday_date(start), "not counted"),
        Line("Limit", plural(days, "working day" if working else "calendar day")),
    ]
    if working and passed:
        names = list_words(f"{calendar.holidays[day]}, {date_short(day)}" for day in passed)
        lines.append(Line("Bank holidays passed over", names))
    if working and any(start < day <= end for day in calendar.projected):
        lines.append(Line("Projected", "yes", "bank holidays of this year are not published yet"))
    lines.append(Line("Last day", weekday_date(end), result=True))
    rule = "Monday to Friday less bank holidays." if working else "Every day counts, weekends and bank holidays too."
    source = calendar.source if working else "The calendar"
    return Figure(date_short(end), Working("Last day of the limit", tuple(lines), rule, source))
