"""Quality visits and question sets as records: the list, one visit, and services whose next visit is overdue."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from s75desk.domain.months import add_months
from s75desk.domain.ratings import rating_status
from s75desk.domain.records import Action, Document, Provider, QuestionSet, Service, Standard, Visit
from s75desk.domain.records.visit import SetState, VisitStage
from s75desk.domain.status import Shape, Status
from s75desk.domain.wording import date_long, days_phrase, plural
from s75desk.models.queries.visits import visit_gaps
from s75desk.models.repository import Repository
from s75desk.services.actions import STILL_OPEN
from s75desk.services.records import RecordService

TO_COME = (VisitStage.PLANNED, None)
"""Stages of a visit that is still to be made."""


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
        status: Planned, overdue, draft, final.
        outcome: Rating it came to.
        team: Roles.
        open_actions: Open actions of the service, to be graded.
        past: Whether it has been made or cancelled.
        archived: Whether it is archived.
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
    open_actions: int
    past: bool
    archived: bool


@dataclass(frozen=True, slots=True)
class VisitPage:
    """One visit with what it needs."""

    visit: Visit
    status: Status
    service: Service | None
    provider: Provider | None
    question_set: QuestionSet | None
    standards: tuple[Standard, ...]
    prior_actions: tuple[Action, ...]
    raised: tuple[Action, ...]
    earlier: tuple[Visit, ...]
    documents: tuple[Document, ...]


@dataclass(frozen=True, slots=True)
class OverdueVisit:
    """A service that should have been visited by ``due`` and has no visit booked."""

    service: str
    name: str
    provider: str
    last: date | None
    due: date | None
    every_months: int


@dataclass(frozen=True, slots=True)
class Planning:
    """What planning a visit starts from.

    Attributes:
        overdue: Services past their required frequency with no visit booked.
        question_set: Uid of the only question set in use, "" if there is none or more than one.
        services: How many services there are to visit.
    """

    overdue: tuple[OverdueVisit, ...]
    question_set: str
    services: int


class VisitService(RecordService):
    """Reads visits and question sets."""

    def rows(self, *, archived: bool = False, coming: bool = False) -> tuple[VisitRow, ...]:
        """Live visits: planned by date, then past ones newest first.

        Args:
            archived: Archived ones too.
            coming: Only those that are planned or under way.
        """
        today = self.place.today()
        with self.place.desk.reading() as connection:
            repository = Repository(connection)
            some: dict[str, Any] = {"stage": (*TO_COME, VisitStage.UNDER_WAY)} if coming else {}
            visits = repository.all(Visit, archived=archived, **some)
            services = repository.by_uid(Service, [visit.service for visit in visits])
            providers = repository.by_uid(Provider, [service.provider for service in services.values()])
            planned = {v.service for v in visits if v.stage in TO_COME}
            waiting: dict[str, int] = {}
            for action in repository.all(Action, state=STILL_OPEN, service=sorted(planned)):
                waiting[str(action.service)] = waiting.get(str(action.service), 0) + 1
        rows = []
        for visit in visits:
            service = services.get(visit.service)
            provider = providers.get(service.provider) if service else None
            rows.append(_row(visit, service, provider, waiting.get(visit.service, 0), today))
        far = date.max.toordinal()
        return tuple(
            sorted(
                rows,
                key=lambda r: (r.past, (r.day.toordinal() if r.day else far) * (-1 if r.past else 1), r.service),
            )
        )

    def page(self, uid: str) -> VisitPage:
        """One visit.

        Raises:
            NotFound: If it is not in this desk.
        """
        visit = self.get(Visit, uid)
        with self.place.desk.reading() as connection:
            repository = Repository(connection)
            service = repository.by_uid(Service, [visit.service]).get(visit.service)
            actions = repository.all(Action, service=visit.service, order=("due",))
            earlier = [v for v in repository.all(Visit, service=visit.service, order=("planned",)) if v.uid != uid]
            sets = repository.by_uid(QuestionSet, [visit.question_set])
            standards = repository.all(Standard, question_set=visit.question_set, order=("number",))
            return VisitPage(
                visit=visit,
                status=status_of_visit(visit, self.place.today()),
                service=service,
                provider=repository.by_uid(Provider, [service.provider]).get(service.provider) if service else None,
                question_set=sets.get(visit.question_set or ""),
                standards=tuple(standards) if visit.question_set else (),
                prior_actions=tuple(a for a in actions if a.visit != uid and a.state in STILL_OPEN),
                raised=tuple(a for a in actions if a.visit == uid),
                earlier=tuple(reversed([v for v in earlier if v.made])),
                documents=tuple(repository.all(Document, visit=uid, order=("dated",))),
            )

    def overdue(self) -> tuple[OverdueVisit, ...]:
        """Services past their required frequency with no visit booked; one never visited is overdue."""
        today = self.place.today()
        with self.place.desk.reading() as connection:
            gaps = visit_gaps(connection, today)
        found = []
        for gap in gaps:
            due = add_months(gap.last, gap.every_months) if gap.last else None
            if gap.next is None and (due is None or due < today):
                found.append(OverdueVisit(gap.service, gap.name, gap.provider, gap.last, due, gap.every_months))
        return tuple(sorted(found, key=lambda gap: gap.due or date.min))

    def planning(self) -> Planning:
        """What planning a visit starts from."""
        overdue = self.overdue()
        with self.place.desk.reading() as connection:
            repository = Repository(connection)
            sets = repository.all(QuestionSet, state=SetState.IN_USE)
            return Planning(overdue, sets[0].uid if len(sets) == 1 else "", repository.count(Service))

    def question_sets(self, *, archived: bool = False) -> tuple[tuple[QuestionSet, tuple[Standard, ...]], ...]:
        """Every question set with its standards, by title and version."""
        with self.place.desk.reading() as connection:
            repository = Repository(connection)
            sets = repository.all(QuestionSet, archived=archived, order=("title", "version"))
            return tuple(
                (found, tuple(repository.all(Standard, question_set=found.uid, order=("number",)))) for found in sets
            )


def status_of_visit(visit: Visit, today: date) -> Status:
    """Where a visit stands, with a sentence. One whose stage is not known is not taken for made."""
    stage = visit.stage
    if stage is VisitStage.CANCELLED:
        return Status(Shape.NONE, "Cancelled", "It was not made.")
    if stage is VisitStage.FINAL:
        when = f"Made on {date_long(visit.made)}." if visit.made else "The date it was made is not known."
        return Status(Shape.DONE, "Final", when)
    if stage is VisitStage.DRAFT:
        return Status(Shape.INFO, "Draft report", "The report is with the provider or waiting to be finished.")
    if stage is VisitStage.UNDER_WAY:
        return Status(Shape.INFO, "Under way", "It has been started and not finished.")
    if visit.planned is None:
        return Status(Shape.UNKNOWN, "No date", "It has no date yet.")
    phrase = days_phrase(visit.planned, today)
    at = f" at {visit.at}" if visit.at else ""
    if visit.planned < today:
        return Status(Shape.ALERT, "Overdue", f"It was planned for {date_long(visit.planned)}, {phrase}.")
    if phrase in ("today", "tomorrow"):
        word = f"{phrase.capitalize()}{f' {visit.at}' if visit.at else ''}"
        return Status(Shape.PLAN, word, f"Planned for {phrase}{at}.")
    return Status(Shape.PLAN, "Planned", f"Planned for {date_long(visit.planned)}{at}, {phrase}.")


def outcome_of_visit(visit: Visit) -> Status:
    """The rating a visit came to; "Not yet" while it is planned or under way, "Not made" if it was cancelled."""
    if visit.outcome is not None:
        return rating_status(visit.outcome)
    if visit.stage is VisitStage.CANCELLED:
        return Status(Shape.NONE, "Not made")
    if visit.stage in (*TO_COME, VisitStage.UNDER_WAY):
        return Status(Shape.NONE, "Not yet")
    return rating_status(None)


def _row(visit: Visit, service: Service | None, provider: Provider | None, waiting: int, today: date) -> VisitRow:
    past = visit.stage in (VisitStage.FINAL, VisitStage.CANCELLED, VisitStage.DRAFT)
    kind = visit.kind.word if visit.kind else "Not known"
    return VisitRow(
        uid=visit.uid,
        service=service.name if service else "Not known",
        provider=provider.name if provider else "Not known",
        kind=kind + (f", {plural(visit.days, 'day')}" if visit.days else ""),
        reason=kind,
        day=visit.made or visit.planned,
        at=visit.at or "",
        status=status_of_visit(visit, today),
        outcome=outcome_of_visit(visit),
        team=visit.team or "Not known",
        open_actions=waiting,
        past=past,
        archived=visit.archived_at is not None,
    )
