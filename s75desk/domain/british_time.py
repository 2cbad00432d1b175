"""British time: the hour that stood on the wall when something was signed, whatever zone a computer is set to.

Paper must come out the same on every computer, so neither the machine's zone nor its time zone files are asked. The
rule is that of the Summer Time Order 2002: summer time begins and ends at one o'clock in the morning, Greenwich mean
time, on the last Sundays of March and October.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone

from s75desk.domain.wording import date_long

_SUMMER = timezone(timedelta(hours=1), "BST")
_WINTER = timezone(timedelta(0), "GMT")
_TURN = time(1, tzinfo=UTC)


def british(moment: datetime) -> datetime:
    """A moment in British time; a moment without an offset is taken as UTC."""
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    at = aware.astimezone(UTC)
    begins, ends = (datetime.combine(_last_sunday(at.year, month), _TURN) for month in (3, 10))
    return at.astimezone(_SUMMER if begins <= at < ends else _WINTER)


def signed_words(moment: datetime) -> str:
    """When something was signed: "3 February 2026, 10:42"."""
    at = british(moment)
    return f"{date_long(at.date())}, {at:%H:%M}"


def _last_sunday(year: int, month: int) -> date:
    last = date(year, month, 31)
    return last - timedelta(days=(last.weekday() + 1) % 7)
