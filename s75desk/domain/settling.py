"""What a step such as "Record decision" or "Record return" starts from: the record that it settles, filled in."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from s75desk.domain.records import Decision, KpiReturn, Record
from s75desk.domain.records.agreement import Outcome


def settled(record: Record, today: date) -> Record:
    """The record as it will most likely be once the step is done; the officer sees it before it is saved."""
    match record:
        case Decision():
            outcome = Outcome.APPROVED if record.outcome in (None, Outcome.UNDECIDED) else record.outcome
            return replace(record, outcome=outcome, taken=record.taken or today)
        case KpiReturn():
            return replace(record, received=record.received or today)
        case _:
            return record
