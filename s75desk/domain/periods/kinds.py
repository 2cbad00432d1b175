"""The kinds of period that a KPI can have: which year is its own, and where a period begins that ends on a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from s75desk.domain.dates import parse_date
from s75desk.domain.months import add_months, is_month_end, month_length
from s75desk.domain.periods.span import DAY, Length, Span
from s75desk.domain.periods.years import FINANCIAL, YearKind
from s75desk.domain.records.kpi import Adding, Kpi, Measure, Measurement, Period
from s75desk.domain.refusals import NotUnderstood

LENGTHS = {
    Period.DAY: Length.DAY,
    Period.WEEK: Length.WEEK,
    Period.MONTH: Length.MONTH,
    Period.QUARTER: Length.QUARTER,
    Period.HALF: Length.HALF,
    Period.YEAR: Length.YEAR,
    Period.ROLLING: Length.YEAR,
    Period.TO_DATE: Length.YEAR,
}
"""The length that goes with a kind of period, where it has one."""

_WEEKS = (timedelta(weeks=4), timedelta(weeks=5))


def year_kind(kpi: Kpi) -> YearKind:
    """The year of a KPI: the financial year unless it says otherwise."""
    return YearKind(kpi.year_from.month) if kpi.year_from else FINANCIAL


def cumulative(kpi: Kpi) -> bool:
    """Whether each figure holds those before it in the year."""
    return kpi.adding is Adding.TO_DATE or (kpi.period is Period.TO_DATE and kpi.adding in (None, Adding.FLOW))


def adds_up(kpi: Kpi) -> bool:
    """Whether its periods make the sum of a year: never assumed, and never so of shares, means and extremes."""
    if kpi.measure not in (Measure.COUNT, Measure.MONEY):
        return False
    return kpi.adding is Adding.FLOW or cumulative(kpi)


def start_of(kpi: Kpi, starts: date | None, ends: date, before: date | None = None) -> date | None:
    """The first day of a figure's period: as recorded, else by the KPI's kind of period; None if it cannot be said.

    Args:
        kpi: Whose period it is.
        starts: As recorded.
        ends: The last day.
        before: The last day of the figure before it, by which four weeks are told from five.
    """
    if cumulative(kpi):
        kind = year_kind(kpi)
        return kind.span(kind.of(ends)).starts
    if starts is not None:
        return starts
    match kpi.period:
        case Period.DAY:
            return ends
        case Period.WEEK:
            return ends - timedelta(days=6)
        case Period.FOUR_FOUR_FIVE:
            return before + DAY if before is not None and ends - before in _WEEKS else None
        case Period.NAMED:
            return _after_own_date(own_dates(kpi), ends)
    length = LENGTHS.get(kpi.period) if kpi.period else None
    if length is None or not is_month_end(ends):
        return None
    return add_months(ends.replace(day=1), 1 - length.value)


def next_span(kpi: Kpi, figures: Sequence[Measurement], today: date) -> Span | None:
    """The period after the latest figure's, once it has begun; None where the KPI's kind of period does not say."""
    length = LENGTHS.get(kpi.period) if kpi.period not in (None, Period.ROLLING, Period.TO_DATE) else None
    last = max((one.ends for one in figures if one.ends), default=None)
    if length is None or last is None or last >= today:
        return None
    ends = length.after(last)
    starts = start_of(kpi, None, ends) if cumulative(kpi) else last + DAY
    return Span(starts, ends) if starts is not None and starts <= ends else None


def own_dates(kpi: Kpi) -> tuple[tuple[int, int], ...]:
    """Month and day on which the periods of an agreement's own end, as its KPI says; those it can be read from."""
    found = []
    for part in (kpi.own_dates or "").replace(";", ",").replace(" and ", ",").split(","):
        try:
            day = parse_date(part.strip(), date(2024, 1, 1))  # a leap year, so that 29 February can be one
        except NotUnderstood:
            continue
        found.append((day.month, day.day))
    return tuple(sorted(found))


def _after_own_date(named: Sequence[tuple[int, int]], ends: date) -> date | None:
    """The day after the last named day before ``ends``, if that is one itself."""
    days = [
        date(year, month, min(day, month_length(year, month)))
        for year in (ends.year - 1, ends.year)
        for month, day in named
    ]
    earlier = [day for day in days if day < ends]
    return max(earlier) + DAY if ends in days and earlier else None


def span_of(kpi: Kpi, per: Period | None, ends: date) -> Span | None:
    """The period that a target is for and that ``ends`` lies in; None where the length does not say."""
    length = LENGTHS.get(per) if per else None
    kind = year_kind(kpi)
    if length is Length.YEAR:
        return kind.span(kind.of(ends))
    return kind.part(ends, length.value) if length is not None and length.value > 0 else None
