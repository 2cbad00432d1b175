"""Columns of an export that a rule works out from the records, so that a sum over the file is the sum of the papers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from s75desk.domain.records import Contribution, Record
from s75desk.domain.statuses import STATUSES, status_of

COUNTS = "Amount that counts (£)"


STATUS, LATE = "Status", "Days late"


def export_columns(
    cls: type[Record], records: Sequence[Record], today: date
) -> dict[str, Mapping[str, str | int | Decimal]]:
    """Values by uid, by heading.

    Where a record stands on the day as a word, and how many days late it is; for money lines the amount that the totals
    are made of, and nothing where it is in none: a planned amount that a revised one has replaced, or a quarter of a
    year that is stated as a whole.
    """
    if cls in STATUSES:
        found = {record.uid: status for record in records if (status := status_of(record, today))}
        return {
            STATUS: {uid: status.state for uid, status in found.items()},
            LATE: {uid: status.days_late for uid, status in found.items()},
        }
    if not issubclass(cls, Contribution):
        return {}
    return {COUNTS: _counting([record for record in records if isinstance(record, Contribution)])}


def _counting(entries: Sequence[Contribution]) -> dict[str, Decimal]:
    from s75desk.domain.money.ledger import counted
    from s75desk.domain.money.states import stated_sum

    own: dict[str, list[Contribution]] = {}
    for entry in entries:
        if entry.archived_at is None:
            own.setdefault(entry.agreement, []).append(entry)
    found = (entry for each in own.values() for entry in counted(each))
    return {entry.uid: total.low for entry in found if (total := stated_sum(entry)) is not None}
