"""Which backups to keep as they grow old: all of the last day, then one a day, a week, a month. No file is touched."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from datetime import UTC, date, datetime, timedelta

RECENT = timedelta(hours=24)
DAYS, WEEKS, MONTHS = 14, 8, 24
"""How many calendar days, ISO weeks and calendar months keep their last backup, the present ones included."""


def to_keep(times: Iterable[datetime], now: datetime) -> set[datetime]:
    """The times whose backups stay.

    The last backup of a day, a week or a month stands for it, so that thinning often leaves the same as thinning
    once. Days begin at midnight UTC. The newest backup always stays, however old; so do those dated after ``now``,
    as a clock that was wrong must not cost a backup.

    Args:
        times: When backups were made; aware.
        now: The present moment; aware.

    Returns:
        A subset of ``times``.
    """
    ordered = sorted(set(times))
    kept = {time for time in ordered if time > now - RECENT} | set(ordered[-1:])
    for first_day, period in _rules(_day(now)):
        last = {period(_day(time)): time for time in ordered if _day(time) >= first_day}
        kept |= set(last.values())
    return kept


def _rules(today: date) -> tuple[tuple[date, Callable[[date], Hashable]], ...]:
    """From which day on each rule counts, and the period of a day that keeps one backup."""
    monday = today - timedelta(days=today.weekday())
    months = today.year * 12 + today.month - MONTHS
    return (
        (today - timedelta(days=DAYS - 1), lambda day: day),
        (monday - timedelta(weeks=WEEKS - 1), lambda day: day.isocalendar()[:2]),
        (date(months // 12, months % 12 + 1, 1), lambda day: (day.year, day.month)),
    )


def _day(time: datetime) -> date:
    return time.astimezone(UTC).date()
