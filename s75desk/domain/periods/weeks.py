"""Periods of weeks: where those of 4-4-5 weeks begin, told from the others, and the days that the weeks of a year make.

A year of weeks does not end with a month: a week, or four or five of them, count in the year in which most of their
days lie.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise

from s75desk.domain.periods.span import DAY, Span
from s75desk.domain.records.kpi import Period

_FOUR, _FIVE, _THIRTEEN = (timedelta(weeks=weeks) for weeks in (4, 5, 13))
_LONGEST = {Period.WEEK: 7, Period.FOUR_FOUR_FIVE: 35}
"""The most days that a period of weeks has."""


def days_before(periods: Iterable[tuple[date | None, date]]) -> Mapping[date, date]:
    """By the last day of a period of four or five weeks the day before its first; only those that can be told.

    Two of them next to each other say how long the later is. Of the others it is told from where the five weeks fall:
    once in every thirteen.

    Args:
        periods: First day, where it is recorded, and last day of each.
    """
    known = [*periods]
    ends = sorted({last for _, last in known} | {first - DAY for first, _ in known if first is not None})
    steps = list(pairwise(ends))
    before = {last: earlier for earlier, last in steps if last - earlier in (_FOUR, _FIVE)}
    fives = [last for last, earlier in before.items() if last - earlier == _FIVE]
    # After two of four weeks comes one of five, whether or not there is a figure for the one between.
    fives += [last + _FIVE for last, earlier in before.items() if last - earlier == _length(before, earlier) == _FOUR]
    fives += [last + _FIVE for earlier, last in steps if last - earlier == 2 * _FOUR]
    for last in ends:
        if last not in before and fives:
            nearest = min((abs(five - last), five) for five in fives)[1]
            rest = (nearest - last) % _THIRTEEN
            length = {timedelta(): _FIVE, _FIVE: _FOUR, _FIVE + _FOUR: _FOUR}.get(rest)
            if length is not None:
                before[last] = last - length
    return before


def _length(before: Mapping[date, date], last: date) -> timedelta | None:
    """How long the period that ends on a day is, where that is known."""
    return last - before[last] if last in before else None


def weeks_of(period: Period | None, spans: Sequence[Span], year: Span) -> Span:
    """The days that the weeks of a year, or part of it, make up; the year itself where periods are not of weeks."""
    longest = _LONGEST.get(period) if period else None
    if longest is None:
        return year
    weeks = [each for each in spans if each.days <= longest]
    first = _first(weeks, year, longest)
    return Span(first, _last(weeks, year, longest, first))


def _first(weeks: Sequence[Span], year: Span, longest: int) -> date:
    for each in weeks:
        if each.starts < year.starts <= each.ends:
            return each.starts if _most_days_in(each, year) else each.ends + DAY
    first = min((each.starts for each in weeks if each.within(year)), default=year.starts)
    return first if (first - year.starts).days * 2 < longest else year.starts


def _last(weeks: Sequence[Span], year: Span, longest: int, first: date) -> date:
    for each in weeks:
        if each.starts <= year.ends < each.ends:
            return each.ends if _most_days_in(each, year) else each.starts - DAY
    last = max((each.ends for each in weeks if each.within(year)), default=year.ends)
    if (year.ends - last).days * 2 < longest:
        return last
    if first == year.starts:
        return year.ends
    # The year still runs: it ends with a whole week, of 4-4-5 weeks with a whole quarter of thirteen.
    days = (year.ends - first).days + 1
    step = 91 if longest > 7 and days > 45 else 7
    return first + timedelta(days=round(days / step) * step - 1)


def _most_days_in(week: Span, year: Span) -> bool:
    inside = (min(week.ends, year.ends) - max(week.starts, year.starts)).days + 1
    return inside * 2 > week.days or (inside * 2 == week.days and week.ends <= year.ends)
