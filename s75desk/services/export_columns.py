"""Columns of an export that a rule works out from the records, so that a sum over the file is the sum of the papers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from s75desk.domain.records import Contribution, Record

COUNTS = "Amount that counts (£)"


def export_columns(cls: type[Record], records: Sequence[Record]) -> dict[str, Mapping[str, Decimal]]:
    """Values by uid, by heading: for money lines the amount that the totals are made of, and nothing where it is not.

    A planned amount that a revised one has replaced, or a quarter of a year that is stated as a whole, is in no total.
    """
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
