"""What needs the officer, in the order to deal with it. Pure: it is given what the rules already worked out.

The order is the house's (look.md, "Overview order"): dates that cannot move within 90 days; visits within two working
days; overdue; late returns; due soon; off target; what lies further ahead; figures in doubt, last those of agreements
that have ended. ``WHY`` says so in the window.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from s75desk.domain.status import Shape

HORIZON = 90
"""Days ahead within which a date that cannot move needs attention; house rule."""

WEEK = 5
"""Working days shown by the agenda; house rule."""


class Group(Enum):
    """Which count of the Overview an item belongs to; the order here is the order of the tiles."""

    DATES = "notice and decision dates"
    ACTIONS = "actions overdue"
    DUE = "actions due soon"
    VISITS = "visits booked"
    LATE_VISITS = "visits overdue"
    RETURNS = "returns late"
    KPIS = "KPIs off target"
    DOUBTS = "figures in doubt"


PLACE: dict[Group, int] = {
    Group.DATES: 0,
    Group.VISITS: 1,
    Group.ACTIONS: 2,
    Group.LATE_VISITS: 3,
    Group.RETURNS: 4,
    Group.DUE: 5,
    Group.KPIS: 6,
    Group.DOUBTS: 7,
}

WHY = (
    "Dates that cannot move come first, if they fall within 90 days. Then visits booked within two working days; "
    "actions overdue, the latest first; visits overdue by the agreement’s frequency or by rating; returns that have "
    "not come; what falls due soon; KPIs off target. Then dates and visits further ahead and actions without a date; "
    "figures that contradict each other wait for the next paper, those of agreements that have ended last."
)


TERM = "term"
"""What an item settles that is asked by the term of an agreement."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that needs the officer.

    Attributes:
        group: Which count it belongs to.
        shape: Status shape before it.
        title: What it is.
        text: The reason in a line.
        when: "57 days left", "12 days late", "Off target".
        day: The date beside it in words: "31 Mar 2026", or "".
        date: For sorting within the group; None last.
        step: The next step as a verb and its object: "Record decision".
        kind: Record kind the step opens.
        uid: Record the step opens.
        page: Sub-page to open: "Terms", or "".
        settle: What its step settles there: ``TERM`` for what an agreement's term asks, or kind and uid of a record
            whose form is filled in; "" where the step only opens something.
        pressing: Whether it belongs before its group's usual place (a visit within two working days).
        counts: How many things it stands for: doubts of one agreement are one row.
        over: Whether it is about something that has ended; last of its group.
    """

    group: Group
    shape: Shape
    title: str
    text: str
    when: str
    day: str
    date: date | None
    step: str
    kind: str
    uid: str
    page: str = ""
    pressing: bool = True
    settle: str = ""
    counts: int = 1
    over: bool = False


def in_order(items: Iterable[Item]) -> tuple[Item, ...]:
    """Items in the order to deal with them."""
    return tuple(
        sorted(
            items,
            key=lambda item: (
                PLACE[item.group] if item.pressing else len(PLACE) + PLACE[item.group],
                item.over,
                item.date or date.max,
                item.title.casefold(),
            ),
        )
    )


@dataclass(frozen=True, slots=True)
class Appointment:
    """One entry of the agenda: which day, an icon by name, what, and a time or remark."""

    day: date
    icon: str
    text: str
    remark: str
    kind: str
    uid: str


@dataclass(frozen=True, slots=True)
class Day:
    """One working day (or a weekend day with something on it) of the agenda."""

    day: date
    entries: tuple[Appointment, ...]


def agenda(entries: Iterable[Appointment], first: date, working_days: int = WEEK) -> tuple[Day, ...]:
    """So many weekdays from ``first``, and weekend days between them only if something falls on them."""
    found: dict[date, list[Appointment]] = {}
    for entry in entries:
        found.setdefault(entry.day, []).append(entry)
    shown: list[Day] = []
    day = first
    while working_days:
        if day.weekday() < 5 or day in found:
            shown.append(Day(day, tuple(sorted(found.get(day, ()), key=lambda e: (e.remark or "~", e.text)))))
        working_days -= day.weekday() < 5
        day += timedelta(days=1)
    return tuple(shown)
