"""The counts above the Overview, each with its base, so that a number explains itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from s75desk.domain.attention import Group, Item
from s75desk.domain.dossier import AgreementDossier
from s75desk.domain.records import Action, KpiReturn
from s75desk.domain.status import Shape
from s75desk.domain.wording import plural
from s75desk.services.kpis import KpiRow
from s75desk.services.visits import VisitRow


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
    dossiers: Sequence[AgreementDossier],
    actions: Sequence[Action],
    visits: Sequence[VisitRow],
    returns: Sequence[KpiReturn],
    late: Sequence[KpiReturn],
    kpis: Sequence[KpiRow],
    today: date,
    gaps: int,
) -> tuple[Count, ...]:
    """The tiles in their order, worked out from the same records as the items."""
    def count(group: Group) -> int:
        return sum(1 for item in items if item.group is group)

    live = sum(1 for d in dossiers if not d.term.ends or d.term.ends >= today)
    overdue = [a for a in actions if a.due and a.due < today]
    oldest = max(((today - a.due).days for a in overdue if a.due), default=0)
    booked = [v for v in visits if not v.past and v.day and today <= v.day <= today + timedelta(days=14)]
    to_grade = sum(v.open_actions for v in booked)
    received = sum(1 for r in returns if r.received is not None)
    unknown = sum(1 for k in kpis if k.status.shape is Shape.UNKNOWN)
    late_visits = count(Group.LATE_VISITS)

    def tile(group: Group, shape: Shape, number: int, name: str, why: str) -> Count:
        return Count(group, shape if number else Shape.GOOD, number, name, why)

    return (
        tile(
            Group.DATES,
            Shape.WATCH,
            count(Group.DATES),
            "date to decide" if count(Group.DATES) == 1 else "dates to decide",
            f"{plural(live, 'live agreement')}",
        ),
        tile(
            Group.ACTIONS,
            Shape.ALERT,
            len(overdue),
            "action overdue" if len(overdue) == 1 else "actions overdue",
            f"Of {len(actions)} open" + (f"; oldest {plural(oldest, 'day')}" if overdue else ""),
        ),
        Count(
            Group.VISITS,
            Shape.PLAN,
            len(booked),
            "visit booked" if len(booked) == 1 else "visits booked",
            f"In 14 days; {to_grade} to grade",
        ),
        tile(
            Group.LATE_VISITS,
            Shape.ALERT,
            late_visits,
            "visit overdue" if late_visits == 1 else "visits overdue",
            f"{gaps} by frequency, {late_visits - gaps} planned",
        ),
        tile(
            Group.RETURNS,
            Shape.WATCH,
            len(late),
            "return late" if len(late) == 1 else "returns late",
            f"Of {len(returns)}; {received} received",
        ),
        tile(
            Group.KPIS,
            Shape.ALERT,
            count(Group.KPIS),
            "KPI off target" if count(Group.KPIS) == 1 else "KPIs off target",
            f"Of {len(kpis)}; {unknown} not known",
        ),
        tile(
            Group.DOUBTS,
            Shape.DOUBT,
            count(Group.DOUBTS),
            "figure in doubt" if count(Group.DOUBTS) == 1 else "figures in doubt",
            "Sums that disagree",
        ),
    )
