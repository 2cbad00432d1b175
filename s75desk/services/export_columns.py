"""Columns of an export that a rule works out from the records, so that a sum over the file is the sum of the papers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from s75desk.domain.money.amounts import Sum
from s75desk.domain.records import Agreement, Contribution, Kpi, Provider, Record, Visit
from s75desk.domain.status import Status
from s75desk.domain.statuses import STATUSES, status_of
from s75desk.services.workplace import Workplace

COUNTS, COUNTS_TO = "Amount that counts (£)", "Amount that counts, at most (£)"


STATUS, LATE = "Status", "Days late"

Native = str | int | Decimal | date | None


def export_columns(cls: type[Record], records: Sequence[Record], today: date) -> dict[str, Mapping[str, Native]]:
    """Values by uid, by heading.

    Where a record stands on the day as a word, and how many days late it is; for money lines the amount that the totals
    are made of (both ends of a range), and nothing where it is in none: a planned amount that a revised one has
    replaced, or a quarter of a year that is stated as a whole.
    """
    if cls in STATUSES and cls is not Visit:
        found = {record.uid: status for record in records if (status := status_of(record, today))}
        return {
            STATUS: {uid: _state(status) for uid, status in found.items()},
            LATE: {uid: status.days_late for uid, status in found.items()},
        }
    if not issubclass(cls, Contribution):
        return {}
    counting = _counting([record for record in records if isinstance(record, Contribution)])
    return {
        COUNTS: {uid: total.low for uid, total in counting.items()},
        COUNTS_TO: {uid: total.high for uid, total in counting.items() if total.exact is None},
    }


def rows_columns(place: Workplace, cls: type[Record], *, archived: bool) -> dict[str, Mapping[str, Native]]:
    """Values by uid, by heading, of the kinds that need what hangs under them: the facts that their lists show."""
    if cls is Agreement:
        from s75desk.services.agreements import AgreementService

        return _by_heading(_AGREEMENT, AgreementService(place).rows(archived=archived))
    if cls is Provider:
        from s75desk.services.providers import ProviderService

        return _by_heading(_PROVIDER, ProviderService(place).rows(archived=archived))
    if cls is Kpi:
        from s75desk.services.kpis import KpiService

        return _by_heading(_KPI, KpiService(place).rows(archived=archived))
    if cls is Visit:
        from s75desk.services.visits import VisitService

        return _by_heading(_VISIT, VisitService(place).rows(archived=archived))
    return {}


def _by_heading(facts: Mapping[str, Callable[[Any], Native]], rows: Sequence[Any]) -> dict[str, Mapping[str, Native]]:
    return {heading: {row.uid: fact(row) for row in rows} for heading, fact in facts.items()}


def _state(status: Status) -> str | None:
    """The word that can be filtered; what is not known stays empty."""
    return status.state if status.known else None


_AGREEMENT: Mapping[str, Callable[[Any], Native]] = {
    STATUS: lambda row: _state(row.status),
    "Ends as things stand": lambda row: row.ends,
    "Last possible end": lambda row: row.last_end,
    "Next date to act on": lambda row: row.next_date,
    "Value worked out (£)": lambda row: row.worth,
    "Value worked out, at most (£)": lambda row: row.value.upto,
    "Figures in doubt": lambda row: row.doubts,
}
_PROVIDER: Mapping[str, Callable[[Any], Native]] = {
    STATUS: lambda row: _state(row.status),
    LATE: lambda row: row.status.days_late,
    "CQC overall, worst": lambda row: _state(row.cqc),
    "Our assessment, worst": lambda row: _state(row.ours),
    "Services rated by CQC": lambda row: row.cqc_services,
    "Services rated by us": lambda row: row.ours_services,
    "Manager": lambda row: _state(row.manager),
    "Services": lambda row: row.services,
    "Open actions": lambda row: row.open_actions,
    "Overdue actions": lambda row: row.overdue_actions,
    "Next visit": lambda row: row.next_visit,
    "Last visit": lambda row: row.last_visit,
}
_VISIT: Mapping[str, Callable[[Any], Native]] = {
    STATUS: lambda row: _state(row.status),
    LATE: lambda row: row.status.days_late,
    "Outcome": lambda row: _state(row.outcome),
    "Questions asked": lambda row: row.asked,
    "Questions answered": lambda row: row.answered,
}
_KPI: Mapping[str, Callable[[Any], Native]] = {
    STATUS: lambda row: _state(row.status),
    "Latest figure": lambda row: plain_number(row.latest.value),
    "Latest figure is for the period to": lambda row: row.ends,
    "Target at least": lambda row: row.target_lower,
    "Target at most": lambda row: row.target_upper,
    "Forecast for the year": lambda row: plain_number(row.forecast),
}


def plain_number(value: Decimal | date | None) -> Native:
    """A figure as a spreadsheet should have it: a share of n and N to four places."""
    if not isinstance(value, Decimal):
        return value
    exponent = value.as_tuple().exponent
    return round(value, 4).normalize() if isinstance(exponent, int) and exponent < -4 else value


def _counting(entries: Sequence[Contribution]) -> dict[str, Sum]:
    from s75desk.domain.money.ledger import counted
    from s75desk.domain.money.states import stated_sum

    own: dict[str, list[Contribution]] = {}
    for entry in entries:
        if entry.archived_at is None:
            own.setdefault(entry.agreement, []).append(entry)
    found = (entry for each in own.values() for entry in counted(each))
    return {entry.uid: total for entry in found if (total := stated_sum(entry)) is not None}
