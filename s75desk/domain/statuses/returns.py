"""The status of a return that is expected."""

from __future__ import annotations

from datetime import date

from s75desk.domain.as_at import as_known_of
from s75desk.domain.records import KpiReturn
from s75desk.domain.status import Shape, Status
from s75desk.domain.statuses.late import OVERDUE
from s75desk.domain.wording import date_long, days_phrase, plural


def is_waited_for(expected: KpiReturn, today: date) -> bool:
    """Whether a return had not come by a day."""
    return as_known_of(expected, today).received is None


def return_status(expected: KpiReturn, today: date) -> Status:
    """Received, received late, late, not yet due or without a date."""
    due = expected.due
    if not is_waited_for(expected, today) and expected.received is not None:
        came = f"Received on {date_long(expected.received)}"
        if due is not None and expected.received > due:
            return Status(Shape.DONE, "Received late", f"{came}, {plural((expected.received - due).days, 'day')} late.")
        return Status(Shape.DONE, "Received", f"{came}.")
    if due is None:
        return Status(Shape.UNKNOWN, "No date", "When it is due is not recorded.")
    if due < today:
        said = f"It was due on {date_long(due)} and has not come, {days_phrase(due, today)}."
        return Status(Shape.WATCH, "Late", said, OVERDUE, (today - due).days)
    return Status(Shape.PLAN, "Not yet due", f"Due on {date_long(due)}.")
