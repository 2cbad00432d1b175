"""A row of the list of quality visits: where a visit stands, what it came to, how far it has come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from s75desk.domain.records import Provider, Service, Visit
from s75desk.domain.records.visit import VisitStage
from s75desk.domain.status import Status
from s75desk.domain.statuses.visits import VisitProgress, is_over, outcome_of_visit, visit_in_short, visit_status
from s75desk.domain.wording import plural


@dataclass(frozen=True, slots=True)
class VisitRow:
    """One row of the Quality visits list.

    Attributes:
        uid: The visit.
        service: Name of the service.
        provider: Name of the provider.
        kind: Why it is made, and for how many days.
        reason: Why it is made.
        day: When it was made, or is planned.
        at: Time of day, "" if not known.
        status: Planned, overdue, under way, signed, final.
        outcome: Rating it came to.
        team: Roles.
        to_grade: Actions from before that it has to grade.
        short: The rating it came to, else where it stands.
        past: Whether it has been made or cancelled.
        archived: Whether it is archived.
        with_questions: Whether its question set has questions, so that it can be made in visit mode.
        under_way: Whether it has been started and not finished, or is being amended.
        asked: How many questions it asks; None where that is not known or it has none.
        answered: How many of them are answered; None likewise.
    """

    uid: str
    service: str
    provider: str
    kind: str
    reason: str
    day: date | None
    at: str
    status: Status
    outcome: Status
    team: str
    to_grade: int
    short: Status
    past: bool
    archived: bool
    with_questions: bool = False
    under_way: bool = False
    asked: int | None = None
    answered: int | None = None


def row_of(
    visit: Visit,
    service: Service | None,
    provider: Provider | None,
    waiting: int,
    today: date,
    progress: VisitProgress | None,
    *,
    with_questions: bool,
) -> VisitRow:
    """The row of a visit as at a day; ``waiting`` is how many actions from before it has to grade."""
    kind = visit.kind.word if visit.kind else "Not known"
    return VisitRow(
        uid=visit.uid,
        service=service.name if service else "Not known",
        provider=provider.name if provider else "Not known",
        kind=kind + (f", {plural(visit.days, 'day')}" if visit.days else ""),
        reason=kind,
        day=visit.made or visit.planned,
        at=visit.at or "",
        status=visit_status(visit, today, progress),
        outcome=outcome_of_visit(visit, progress),
        team=visit.team or "Not known",
        to_grade=waiting,
        short=visit_in_short(visit, today, progress),
        past=is_over(visit, today),
        archived=visit.archived_at is not None,
        with_questions=with_questions,
        under_way=visit.stage is VisitStage.UNDER_WAY,
        asked=progress.questions - progress.not_meant if progress and progress.questions else None,
        answered=progress.answered if progress and progress.questions else None,
    )
