"""The arithmetic of months: when a term ends, and the last day on which notice can be given for an end.

Programs of this kind have got these dates wrong for a decade (domain.md section 4), so the two rules stand here
alone and in words.
"""

from __future__ import annotations

import calendar
from datetime import date, timedelta

TERM_RULE = (
    "A term of n months ends the day before the same day n months later; where that month has no such day, it ends "
    "on the last day of that month."
)
NOTICE_RULE = (
    "The last notice day is the latest day from which the notice period runs out no later than the end: the same day "
    "of the month, or the last day of the month where the end is the last of its own. The agreement’s own clause on "
    "notice decides if it counts otherwise."
)

LONGEST_MONTHS = 6000
"""No term or notice is longer: five hundred years. A slip of the keyboard must not run off the calendar."""


def month_length(year: int, month: int) -> int:
    """How many days a month has."""
    return calendar.monthrange(year, month)[1]


def is_month_end(day: date) -> bool:
    """Whether ``day`` is the last of its month."""
    return day.day == month_length(day.year, day.month)


def add_months(day: date, months: int) -> date:
    """The same day ``months`` later (earlier when negative), or the last of that month where it is shorter.

    31 January + 1 month is 28 or 29 February; 29 February + 12 months is 28 February.

    Raises:
        OverflowError: The result lies outside the years 1 to 9999.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        raise OverflowError(f"{months} months from {day} is out of range")
    return date(year, month + 1, min(day.day, month_length(year, month + 1)))


def term_end(starts: date, months: int) -> date:
    """The last day, inclusive, of a term of ``months`` (1 or more) from ``starts``, as ``TERM_RULE`` says.

    36 months from 1 April 2024 end on 31 March 2027; 1 month from 31 January 2026 ends on 28 February 2026.
    """
    same_day = add_months(starts, months)
    return same_day - timedelta(days=1) if same_day.day == starts.day else same_day


def last_notice_day(ends: date, months: int) -> date:
    """The last day to give ``months`` of notice (0 or more) for an end on ``ends``, as ``NOTICE_RULE`` says.

    A period of months that starts on a day runs out on the same day of a later month, or on that month's last day if
    it has no such day (the "corresponding date" rule of Dodds v Walker [1981] UKHL 6). 12 months for 31 March 2027:
    31 March 2026; 6 months for 31 March 2017: 30 September 2016; 1 month for 30 September: 31 August.
    """
    same_day = add_months(ends, -months)
    if is_month_end(ends):
        return same_day.replace(day=month_length(same_day.year, same_day.month))
    return same_day


def whole_months(starts: date, today: date) -> int:
    """How many whole months have passed since ``starts`` when ``today`` begins; negative before it."""
    months = (today.year - starts.year) * 12 + today.month - starts.month
    # A term from the 31st completes its month with the last day of a shorter one, so the next day begins a new one.
    if months > 0:
        return months if today > term_end(starts, months) else months - 1
    return months if today.day >= starts.day else months - 1
