"""How many are open, overdue, due soon or in doubt: counted in one way, from the statuses themselves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from s75desk.domain.findings import Question
from s75desk.domain.records import Action, KpiReturn, Record
from s75desk.domain.status import Shape, Status
from s75desk.domain.statuses import status_of
from s75desk.domain.statuses.actions import action_status, is_open
from s75desk.domain.statuses.returns import is_waited_for


def open_count(actions: Iterable[Action], today: date) -> int:
    """How many actions are still to be done."""
    return sum(1 for action in actions if is_open(action, today))


def overdue_count(records: Iterable[Record], today: date) -> int:
    """How many records of any kinds are past their date and not finished."""
    return len(days_late(records, today))


def days_late(records: Iterable[Record], today: date) -> tuple[int, ...]:
    """How many days late each of those is that are late."""
    found = (status_of(record, today) for record in records)
    return tuple(status.days_late for status in found if status is not None and status.overdue)


def finished_count(records: Iterable[Record], today: date) -> int:
    """How many records are done, good or no longer needed."""
    found = (status_of(record, today) for record in records)
    return sum(1 for status in found if status is not None and status.finished)


def done_count(records: Iterable[Record], today: date) -> int:
    """How many records are done, which what was dropped is not."""
    found = (status_of(record, today) for record in records)
    return sum(1 for status in found if status is not None and status.shape is Shape.DONE)


def due_soon_count(actions: Iterable[Action], today: date) -> int:
    """How many actions are due within the days that count as soon."""
    return sum(1 for action in actions if action_status(action, today).shape is Shape.WATCH)


def doubt_count(questions: Sequence[Question]) -> int:
    """How many figures are in doubt."""
    return len(questions)


def waited_count(returns: Iterable[KpiReturn], today: date) -> int:
    """How many returns have not come yet, late or not."""
    return sum(1 for expected in returns if is_waited_for(expected, today))


def tally(statuses: Iterable[Status]) -> Mapping[str, int]:
    """How many stand how, what is finished first; "12 days late" and "3 days late" are both Overdue."""
    found = sorted(statuses, key=lambda status: -status.shape.urgency)
    return Counter(status.state for status in found)
