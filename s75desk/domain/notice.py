"""Notice: the days on which it may expire, the earliest end if it is given today, and the clocks of break clauses."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from s75desk.domain.lengths import Length, earliest_end, end_after
from s75desk.domain.months import month_length
from s75desk.domain.records.agreement import Agreement, BreakClause, BreakState
from s75desk.domain.term_history import UNCHANGED, Notice, TermHistory, last_notice_for
from s75desk.domain.wording import MONTHS
from s75desk.domain.working_days import HolidayCalendar

_NAMES = {name[:3].lower(): place for place, name in enumerate(MONTHS, start=1)}
_DAY = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?(?: of)? ([a-z]+)|([a-z]+) (\d{1,2})(?:st|nd|rd|th)?")
_SPLIT = re.compile(r"\s*(?:,|;|\bor\b|\band\b|&)\s*")
_FRIDAY = 4


def expiry_days(text: str | None) -> tuple[tuple[int, int], ...] | None:
    """Days of the year as month and day: "31 March", "30 June or 31 December", "the last day of any month".

    () where nothing is said, so that notice may expire on any day; None where it cannot be read.
    """
    words = " ".join((text or "").lower().split()).rstrip(".")
    if not words or words in ("any day", "any time"):
        return ()
    if re.fullmatch(r"(?:on )?(?:a|any|the|each|every)? ?(?:usual |english )?quarter days?", words):
        return ((3, 25), (6, 24), (9, 29), (12, 25))
    if re.fullmatch(r"(?:the )?(?:last day|end) of (?:a|any|each|every|the) (?:financial )?quarter|quarter end", words):
        return ((3, 31), (6, 30), (9, 30), (12, 31))
    if re.fullmatch(r"(?:the )?(?:last day|end) of (?:a|any|each|every|the) (?:calendar )?month|month end", words):
        return tuple((month, 31) for month in range(1, 13))
    found = []
    for part in _SPLIT.split(words):
        day = _DAY.fullmatch(part.removeprefix("on ").removeprefix("the "))
        if day is None:
            return None
        name, number = (day[2] or day[3]), int(day[1] or day[4])
        month = _NAMES.get(name[:3]) if len(name) >= 3 and _full_name(name) else None
        if month is None or not 1 <= number <= month_length(2024, month):
            return None
        found.append((month, number))
    return tuple(found)


def _full_name(name: str) -> bool:
    return any(month.lower().startswith(name) for month in MONTHS)


def may_expire_on(agreement: Agreement, day: date) -> bool:
    """Whether notice may run out on a day; what cannot be read forbids nothing."""
    days = expiry_days(agreement.notice_expires)
    return not days or any(day == _in_year(day.year, one) for one in days)


def next_expiry(agreement: Agreement, from_day: date) -> date:
    """The first day from ``from_day`` on which notice may run out."""
    days = expiry_days(agreement.notice_expires)
    if not days:
        return from_day
    years = (from_day.year, from_day.year + 1)
    return min(day for year in years for one in days if (day := _in_year(year, one)) >= from_day)


def _in_year(year: int, day: tuple[int, int]) -> date:
    month, number = day
    return date(year, month, min(number, month_length(year, month)))


def runs_out(agreement: Agreement, notice: Length | None, given: date, not_before: date = date.min) -> date | None:
    """The earliest day on which notice given on a day has run out and may expire; None where that is not known."""
    if notice is None or notice.too_long or expiry_days(agreement.notice_expires) is None:
        return None
    return next_expiry(agreement, max(earliest_end(given, notice), not_before))


def end_by_notice(agreement: Agreement, given: date, notice: Length | None = None) -> date | None:
    """The earliest end if notice is given on a day: it has run out, on a day allowed, and no first term is cut short.

    None where the notice period is not known, or the days on which it may expire cannot be read.

    Args:
        agreement: The agreement.
        given: The day.
        notice: The notice period that held on that day, if it is another than today's.
    """
    least = date.min
    if agreement.starts is not None and agreement.first_term and not agreement.first_term.too_long:
        least = end_after(agreement.starts, agreement.first_term.shortest or Length(days=1))
    return runs_out(agreement, notice or agreement.notice, given, least)


def working_day_by(day: date, calendar: HolidayCalendar | None) -> date:
    """The day itself if it is a working day, else the one before; by weekends alone where holidays are not known."""
    while day.weekday() > _FRIDAY or (calendar is not None and day in calendar.holidays):
        day -= timedelta(days=1)
    return day


@dataclass(frozen=True, slots=True)
class BreakDay:
    """A break clause with its days as at a day.

    Attributes:
        clause: The record.
        ends: The day on which it lets the agreement end, or None where it is not known.
        notice_by: The last day to give notice for it, or None.
        state: What had been decided by that day.
    """

    clause: BreakClause
    ends: date | None
    notice_by: date | None
    state: BreakState

    @property
    def last(self) -> date | None:
        """The last day on which it can be used: by notice, or on its own day where no notice is known."""
        return self.notice_by or self.ends


def break_days(
    agreement: Agreement, clauses: Sequence[BreakClause], today: date, history: TermHistory = UNCHANGED
) -> tuple[BreakDay, ...]:
    """Every break clause in the order of its days; those without one last."""
    found = [_break_day(agreement, clause, today, history) for clause in clauses]
    return tuple(sorted(found, key=lambda each: each.ends or date.max))


def _break_day(agreement: Agreement, clause: BreakClause, today: date, history: TermHistory) -> BreakDay:
    ends = clause.on
    if ends is None and clause.after and agreement.starts is not None and not clause.after.too_long:
        ends = end_after(agreement.starts, clause.after.shortest)
    notices = history.of(agreement) if clause.notice is None else (Notice(clause.notice),)
    state = clause.state or BreakState.OPEN
    if clause.decided is not None and clause.decided > today:
        state = BreakState.OPEN
    return BreakDay(clause, ends, last_notice_for(ends, notices) if ends else None, state)
