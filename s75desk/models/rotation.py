"""Which backups to keep as they grow old: all of the last day, then one a day, a week, a month. No file is touched."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from datetime import UTC, date, datetime, timedelta

RECENT = timedelta(hours=24)
DAYS, WEEKS, MONTHS = 14, 8, 24
"""How many calendar days, ISO weeks and calendar months keep their last backup: the latest of which there is one."""

_PERIODS: tuple[tuple[int, Callable[[date], Hashable]], ...] = (
    (DAYS, lambda day: day),
    (WEEKS, lambda day: day.isocalendar()[:2]),
    (MONTHS, lambda day: (day.year, day.month)),
)


def to_keep(times: Iterable[datetime], now: datetime) -> set[datetime]:
    """The times whose backups stay.

    The last backup of a day, a week or a month stands for it, so that thinning often leaves the same as thinning
    once. Days begin at midnight UTC. A period without a backup is not counted: neither a long absence nor a clock that
    was years ahead for a moment costs the backups of before. The newest backup always stays, however old; so do those
    dated after ``now``.

    Args:
        times: When backups were made; aware.
        now: The present moment; aware.

    Returns:
        A subset of ``times``.
    """
    ordered = sorted(set(times))
    kept = {time for time in ordered if time > now - RECENT} | set(ordered[-1:])
    for count, period in _PERIODS:
        last = {period(_day(time)): time for time in ordered if time <= now}
        kept |= set(list(last.values())[-count:])
    return kept


def _day(time: datetime) -> date:
    return time.astimezone(UTC).date()
