"""The counts above the Overview, each with its base, so that a number explains itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from s75desk.domain.attention import Group, Item
from s75desk.domain.records import Action, KpiReturn
from s75desk.domain.status import Shape
from s75desk.domain.statuses.counts import days_late, finished_count
from s75desk.domain.wording import plural
from s75desk.services.agreements import LiveTerm
from s75desk.services.overview_items import in_two_weeks
from s75desk.services.visit_rows import VisitRow


@dataclass(frozen=True, slots=True)
class Count:
    """A tile: a count with its base. ``shape`` is quiet when the count is nought."""

    group: Group
    shape: Shape
    number: int
    name: str
    why: str


def counts_of(
    items: Sequence[Item],
    terms: Sequence[LiveTerm],
    actions: Sequence[Action],
    visits: Sequence[VisitRow],
    returns: Sequence[KpiReturn],
    late: Sequence[KpiReturn],
    today: date,
) -> tuple[Count, ...]:
    """The tiles that can be counted at once, in their order, from the same records as the items.

    Args:
        items: What needs the officer, as far as it is worked out.
        terms: Every live agreement.
        actions: Every open action.
        visits: Visits planned or under way.
        returns: Every return.
        late: Those that have not come in time.
        today: The as-at date.
    """
    live = sum(1 for found in terms if found.term.live)
    overdue = days_late(actions, today)
    oldest = max(overdue, default=0)
    booked = [visit for visit in visits if in_two_weeks(visit, today)]
    to_grade = sum(visit.to_grade for visit in booked)
    received = finished_count(returns, today)
    dates = _number(items, Group.DATES)
    base = f"Of {len(actions)} open" + (f"; oldest {plural(oldest, 'day')}" if overdue else "")
    return (
        _tile(Group.DATES, Shape.WATCH, dates, "date to decide", "dates to decide", plural(live, "live agreement")),
        _tile(Group.ACTIONS, Shape.ALERT, len(overdue), "action overdue", "actions overdue", base),
        Count(
            Group.VISITS,
            Shape.PLAN,
            len(booked),
            "visit booked" if len(booked) == 1 else "visits booked",
            f"In 14 days; {to_grade} to grade",
        ),
        _tile(
            Group.RETURNS,
            Shape.WATCH,
            len(late),
            "return late",
            "returns late",
            f"Of {len(returns)}; {received} received",
        ),
    )


LATER: Mapping[Group, str] = {
    Group.LATE_VISITS: "visits overdue",
    Group.KPIS: "KPIs off target",
    Group.DOUBTS: "figures in doubt",
}
"""The tiles that are counted after the rest, and what each counts."""


def late_counts(items: Sequence[Item], kpis: int, unknown: int, gaps: int) -> tuple[Count, ...]:
    """The tiles that need every service, every KPI and every figure: visits overdue, off target, in doubt.

    Args:
        items: Everything that needs the officer.
        kpis: How many KPIs there are.
        unknown: Of how many the state is not known.
        gaps: How many services are past their date, by frequency or rating, with no visit booked.
    """
    visits = _number(items, Group.LATE_VISITS)
    why = f"{gaps} not booked, {visits - gaps} not made"
    off, doubts = _number(items, Group.KPIS), _number(items, Group.DOUBTS)
    return (
        _tile(Group.LATE_VISITS, Shape.ALERT, visits, "visit overdue", LATER[Group.LATE_VISITS], why),
        _tile(Group.KPIS, Shape.ALERT, off, "KPI off target", "KPIs off target", f"Of {kpis:,}; {unknown:,} not known"),
        _tile(Group.DOUBTS, Shape.DOUBT, doubts, "figure in doubt", "figures in doubt", "What contradicts itself"),
    )


def with_steps(counts: Sequence[Count], items: Sequence[Item]) -> tuple[Count, ...]:
    """The tiles with overdue milestones and recommendations counted beside the actions, where there are any."""
    late = _number(items, Group.ACTIONS)
    return tuple(
        replace(
            count,
            number=late,
            shape=Shape.ALERT,
            name="step overdue" if late == 1 else "steps overdue",
            why=f"{plural(count.number, 'action')}; {late - count.number} of agreements",
        )
        if count.group is Group.ACTIONS and late > count.number
        else count
        for count in counts
    )


def in_place(counts: Sequence[Count]) -> tuple[Count, ...]:
    """The tiles in the order of their groups."""
    places = list(Group)
    return tuple(sorted(counts, key=lambda count: places.index(count.group)))


def _number(items: Sequence[Item], group: Group) -> int:
    return sum(item.counts for item in items if item.group is group)


def _tile(group: Group, shape: Shape, number: int, one: str, several: str, why: str) -> Count:
    """A count; its shape is quiet when it is nought."""
    return Count(group, shape if number else Shape.GOOD, number, one if number == 1 else several, why)
