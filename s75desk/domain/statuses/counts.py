"""How many are open, overdue, due soon or in doubt: counted in one way, from the statuses themselves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from s75desk.domain.findings import Question
from s75desk.domain.records import Action, Decision, Extension, KpiReturn, Record
from s75desk.domain.status import Shape, Status
from s75desk.domain.statuses import status_of
from s75desk.domain.statuses.actions import is_open
from s75desk.domain.statuses.agreement_parts import is_undecided, is_unextended
from s75desk.domain.statuses.returns import is_waited_for
from s75desk.domain.visits.due import NextVisit


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


def late_count(statuses: Iterable[Status]) -> int:
    """How many are past their date."""
    return sum(1 for status in statuses if status.overdue)


def unfinished_count(statuses: Iterable[Status]) -> int:
    """How many are still to be done."""
    return sum(1 for status in statuses if not status.finished)


def pressing_count(statuses: Iterable[Status]) -> int:
    """How many ask for something to be done."""
    return sum(1 for status in statuses if status.shape.loud)


def state_count(statuses: Iterable[Status], state: str) -> int:
    """How many are in a state."""
    return sum(1 for status in statuses if status.state == state)


def kpi_tally(judged: Iterable[Status]) -> tuple[Mapping[Shape, int], Mapping[str, int]]:
    """How many KPIs stand how, by the status of each: by shape, and by state what is said where there is no verdict.

    What is suppressed, refused or does not apply is counted by the word that its status shows, and never as not known.
    """
    shapes: Counter[Shape] = Counter()
    said: Counter[str] = Counter()
    for status in judged:
        if status.shape is Shape.UNKNOWN and status.known:
            said[status.state] += 1
        else:
            shapes[status.shape] += 1
    return shapes, said


def undecided_count(records: Iterable[Decision | Extension], today: date) -> int:
    """How many decisions are still to be taken, and options to extend neither exercised nor declined."""
    return sum(
        1
        for record in records
        if (is_undecided(record, today) if isinstance(record, Decision) else is_unextended(record, today))
    )


def doubt_count(questions: Sequence[Question]) -> int:
    """How many figures are in doubt."""
    return len(questions)


def waited_count(returns: Iterable[KpiReturn], today: date) -> int:
    """How many returns have not come yet, late or not."""
    return sum(1 for expected in returns if is_waited_for(expected, today))


def unbooked_count(services: Iterable[tuple[str, NextVisit]], today: date) -> Counter[str]:
    """How many services of each provider are past the date of their next visit, from those without a booked one."""
    return Counter(owner for owner, due in services if due.overdue(today))


def tally(statuses: Iterable[Status]) -> Mapping[str, int]:
    """How many stand how, what is finished first; "12 days late" and "3 days late" are both Overdue."""
    found = sorted(statuses, key=lambda status: -status.shape.urgency)
    return Counter(status.state for status in found)
