"""Providers and their services: the list, and one provider with ratings, visits, actions and memberships."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, TypeVar

from s75desk.domain.answers import told_apart
from s75desk.domain.findings import Question
from s75desk.domain.membership import is_member
from s75desk.domain.performance import KpiSheet
from s75desk.domain.postcodes import compact_postcodes
from s75desk.domain.questions_provider import provider_questions
from s75desk.domain.records import (
    Action,
    Agreement,
    Document,
    DoubtAnswer,
    Kpi,
    Lot,
    Membership,
    Organisation,
    Provider,
    QuestionSet,
    Rating,
    Record,
    Service,
    Visit,
)
from s75desk.domain.records.provider import RatingScheme, ServiceType
from s75desk.domain.records.visit import SetState, VisitStage
from s75desk.domain.status import NOT_KNOWN, Status
from s75desk.domain.statuses.actions import action_status, is_open
from s75desk.domain.statuses.counts import days_late, unbooked_count
from s75desk.domain.statuses.providers import (
    ProviderFacts,
    facts_of,
    manager_status,
    provider_status,
    troubles_of,
)
from s75desk.domain.statuses.visits import VisitProgress, is_to_come, last_day
from s75desk.domain.visits.due import NextVisit, next_visit
from s75desk.domain.wording import inside, number, plural, sentence_case
from s75desk.models.dossier_reader import DossierReader
from s75desk.models.queries.providers import ProviderLine, provider_lines
from s75desk.models.queries.visits import ServiceNeeds, visit_needs
from s75desk.models.repository import Repository
from s75desk.services.records import RecordService
from s75desk.services.visit_rules import visit_rules
from s75desk.services.visits import VisitService, chosen_set

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class ProviderRow:
    """One row of the Providers list.

    Attributes:
        uid: The provider.
        name: Its name.
        subtitle: "Care home, 45 beds", "3 services".
        status: What presses at it, or what CQC says: the chip of its record.
        troubles: How many things press.
        cqc: The worst of its services’ latest CQC overall, and how many have none; Not known if none is recorded.
        cqc_on: When that was published.
        ours: The worst of our latest assessments of its services, and how many have none.
        manager: Whether a registered manager is in post.
        open_actions: How many actions are open.
        overdue_actions: How many of them are overdue.
        last_visit: When a visit was last made.
        next_visit: When one is booked.
        local_authority: Local authority.
        kind: Type of its services when they are of one type.
        services: How many services it runs.
        agreements: On how many agreements it is now.
        search: Further words that the search box finds it by.
        archived: Whether it is archived.
        capacity: How much its services hold together, where that is known of each.
        capacity_unit: What that is counted in.
        cqc_services: How many of its services CQC rates.
        ours_services: How many of them we have rated.
    """

    uid: str
    name: str
    subtitle: str
    status: Status
    troubles: int
    cqc: Status
    cqc_on: date | None
    ours: Status
    manager: Status
    open_actions: int
    overdue_actions: int
    last_visit: date | None
    next_visit: date | None
    local_authority: str | None
    kind: str
    services: int
    agreements: int
    search: str
    archived: bool
    capacity: int | None = None
    capacity_unit: str | None = None
    cqc_services: int = 0
    ours_services: int = 0


@dataclass(frozen=True, slots=True)
class ProviderDoubts:
    """Doubts of one provider: those that are open, and those that are answered."""

    provider: Provider
    questions: tuple[Question, ...]
    answered: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class ProviderPage:
    """One provider with everything recorded about it; archived records left out.

    Attributes:
        as_at: The day its states were worked out for.
        question_set: Uid of the question set that a new visit is made with, "" if that has to be chosen.
        due: When each of its services is to be visited next and by which rule, by the service.
        ahead: What is dated after today, for the lists alone: a rating to be published next week.
        progress: How far its visits under way or in draft have come, by the visit.
        with_questions: Uids of its visits that can be made in visit mode.
        questions: What is in doubt of it, its services, ratings and visits.
        answered: Doubts of it that somebody answered.
    """

    provider: Provider
    company: Organisation | None
    status: Status
    subtitle: str
    services: tuple[Service, ...]
    ratings: tuple[Rating, ...]
    visits: tuple[Visit, ...]
    actions: tuple[Action, ...]
    memberships: tuple[Membership, ...]
    agreements: Mapping[str, Agreement]
    lots: Mapping[str, Lot]
    kpis: tuple[KpiSheet, ...]
    documents: tuple[Document, ...]
    as_at: date
    question_set: str
    due: Mapping[str, NextVisit] = field(default_factory=dict)
    progress: Mapping[str, VisitProgress] = field(default_factory=dict)
    with_questions: frozenset[str] = frozenset()
    questions: tuple[Question, ...] = ()
    answered: tuple[Question, ...] = ()
    ahead: tuple[Record, ...] = ()

    @property
    def open_actions(self) -> tuple[Action, ...]:
        """Actions that are still open, the soonest due first, those without a date last."""
        found = [action for action in self.actions if is_open(action, self.as_at)]
        return tuple(sorted(found, key=lambda action: (action.due or date.max, action.title.casefold())))

    @property
    def overdue_actions(self) -> tuple[Action, ...]:
        """Open actions past their date."""
        return tuple(action for action in self.open_actions if action_status(action, self.as_at).overdue)

    def listed(self, shown: Iterable[R], cls: type[R]) -> tuple[R, ...]:
        """The records that the page goes by and those of the kind that are dated after today: what a list holds."""
        return (*shown, *(record for record in self.ahead if isinstance(record, cls)))

    @property
    def next_visit(self) -> Visit | None:
        """The next visit that is planned for today or later."""
        found = [v for v in self.visits if is_to_come(v, self.as_at) and v.planned and last_day(v) >= self.as_at]
        return min(found, key=lambda v: (v.planned or date.max, v.at or "", v.uid), default=None)

    @property
    def under_way(self) -> Visit | None:
        """The visit that has been started and not finished, or is being amended; the latest of several."""
        found = [visit for visit in self.visits if visit.stage is VisitStage.UNDER_WAY]
        return max(found, key=lambda v: (v.planned or date.min, v.uid), default=None)

    @property
    def made_visits(self) -> tuple[Visit, ...]:
        """Visits that were made, newest first."""
        found = [visit for visit in self.visits if visit.made]
        return tuple(sorted(found, key=lambda visit: visit.made or date.min, reverse=True))

    def service_name(self, uid: str | None) -> str:
        """Name of one of its services, or "Not known"."""
        return next((service.name for service in self.services if service.uid == uid), "Not known")

    def latest(self, scheme: RatingScheme, service: str | None = None) -> Rating | None:
        """The latest rating of a scheme, of one service or of any."""
        found = [r for r in self.ratings if r.scheme is scheme and service in (None, r.service)]
        return max(found, key=lambda r: (r.published or date.min, r.uid), default=None)


class ProviderService(RecordService):
    """Reads providers."""

    def rows(self, *, archived: bool = False) -> tuple[ProviderRow, ...]:
        """Every live provider (archived ones too if asked), by name."""
        today = self.place.day()
        with self.place.desk.reading() as connection:
            lines = provider_lines(connection, today, archived=archived)
            unbooked = _unbooked(visit_needs(connection, today), today)
        return tuple(_row(line, today, unbooked[line.uid]) for line in lines)

    def page(self, uid: str) -> ProviderPage:
        """One provider with what is recorded about it.

        Raises:
            NotFound: If it is not in this desk.
        """
        from s75desk.services.dossiers import sheet_of

        provider = self.seen(Provider, uid)
        today = self.place.day()
        with self.place.desk.reading() as connection:
            repository = self.place.records(connection)
            services = tuple(repository.all(Service, provider=uid, order=("name",)))
            keys = [service.uid for service in services]
            ratings = tuple(repository.all(Rating, service=keys, order=("published",)))
            visits = tuple(repository.all(Visit, service=keys, order=("planned",)))
            actions = {a.uid: a for a in repository.all(Action, provider=uid, order=("due",))}
            actions |= {a.uid: a for a in repository.all(Action, service=keys, order=("due",))}
            memberships = tuple(repository.all(Membership, provider=uid, order=("admitted",)))
            agreements = repository.by_uid(Agreement, [m.agreement for m in memberships])
            lots = repository.by_uid(Lot, [m.lot for m in memberships])
            company = repository.by_uid(Organisation, [provider.company]).get(provider.company or "")
            kpis = DossierReader(repository).kpis(repository.all(Kpi, provider=uid, order=("title",)))
            documents = tuple(repository.all(Document, provider=uid, order=("dated",)))
            sets = repository.all(QuestionSet, state=SetState.IN_USE)
            asking = repository.by_uid(QuestionSet, [visit.question_set for visit in visits])
            progress = VisitService(self.place).progress(connection, visits, asking)
            answers = repository.all(DoubtAnswer, provider=uid, order=("answered",))
            needs = visit_needs(connection, today, uid)
            ahead = (
                *self.ahead(connection, services, Service, provider=uid),
                *self.ahead(connection, ratings, Rating, service=keys),
                *self.ahead(connection, visits, Visit, service=keys),
                *self.ahead(connection, actions.values(), Action, provider=uid),
                *self.ahead(connection, actions.values(), Action, service=keys),
                *self.ahead(connection, memberships, Membership, provider=uid),
                *self.ahead(connection, documents, Document, provider=uid),
            )
            joining = [one for one in ahead if isinstance(one, Membership)]
            places: list[Record] = list(repository.by_uid(Agreement, [one.agreement for one in joining]).values())
            places += repository.by_uid(Lot, [one.lot for one in joining]).values()
            due = {one.service: next_visit(one.needs, visit_rules()) for one in needs}
        questions, answered = told_apart(provider_questions(provider, services, ratings, visits, today), answers)
        page = ProviderPage(
            questions=questions,
            answered=answered,
            provider=provider,
            company=company,
            status=NOT_KNOWN,
            subtitle=_page_subtitle(provider, company, services, _agreements_now(memberships, agreements, today)),
            services=services,
            ratings=ratings,
            visits=visits,
            actions=tuple(actions.values()),
            memberships=memberships,
            agreements=agreements,
            lots=lots,
            kpis=tuple(sheet_of(records, today) for records in kpis),
            documents=documents,
            as_at=today,
            question_set=chosen_set(sets),
            due=due,
            progress=progress,
            ahead=tuple({record.uid: record for record in (*ahead, *places)}.values()),
            with_questions=frozenset(
                v.uid for v in visits if getattr(asking.get(v.question_set or ""), "content", None)
            ),
        )
        late, missed = days_late(page.actions, today), days_late(visits, today)
        facts = facts_of(ratings, services, late, today, missed, _unbooked(needs, today)[uid])
        return replace(page, status=provider_status(facts))

    def uids(self) -> tuple[str, ...]:
        """Every live provider, for working them out in parts."""
        with self.place.desk.reading() as connection:
            return tuple(self.place.records(connection).uids(Provider))

    def in_doubt(self, uids: Sequence[str] | None = None) -> tuple[ProviderDoubts, ...]:
        """What is in doubt of providers, their services, ratings and visits.

        Args:
            uids: Only these providers; every one if None.
        """
        today = self.place.day()
        with self.place.desk.reading() as connection:
            repository = self.place.records(connection)
            some: dict[str, Any] = {} if uids is None else {"uid": list(uids)}
            providers = repository.all(Provider, order=("name",), **some)
            keys = [provider.uid for provider in providers]
            services = repository.all(Service, provider=keys, order=("name",))
            of_service = {service.uid: service.provider for service in services}
            ratings = repository.all(Rating, service=list(of_service), order=("published",))
            visits = repository.all(Visit, service=list(of_service), order=("planned",))
            answers = repository.all(DoubtAnswer, provider=keys, order=("answered",))
        found = []
        for provider in providers:
            asked = provider_questions(
                provider,
                [each for each in services if each.provider == provider.uid],
                [each for each in ratings if of_service[each.service] == provider.uid],
                [each for each in visits if of_service[each.service] == provider.uid],
                today,
            )
            own = [each for each in answers if each.provider == provider.uid]
            found.append(ProviderDoubts(provider, *told_apart(asked, own)))
        return tuple(found)

    def statuses(self, repository: Repository, uids: Sequence[str]) -> dict[str, Status]:
        """The status of each of these providers by uid, as its page and the list say it."""
        today = repository.on or self.place.day()
        services = repository.all(Service, provider=uids, order=("name",))
        of_service = {service.uid: service.provider for service in services}
        ratings = repository.all(Rating, service=list(of_service), order=("published",))
        visits = repository.all(Visit, service=list(of_service), stage=VisitStage.PLANNED)
        actions = {a.uid: a for a in repository.all(Action, provider=uids)}
        actions |= {a.uid: a for a in repository.all(Action, service=list(of_service))}
        unbooked = _unbooked(visit_needs(repository.connection, today), today)
        found = {}
        for uid in uids:
            own = [service for service in services if service.provider == uid]
            acted = (a for a in actions.values() if uid in (a.provider, of_service.get(a.service or "")))
            rated = [rating for rating in ratings if of_service[rating.service] == uid]
            planned = (visit for visit in visits if of_service[visit.service] == uid)
            late = days_late(planned, today)
            facts = facts_of(rated, own, days_late(acted, today), today, late, unbooked[uid])
            found[uid] = provider_status(facts)
        return found


def _unbooked(services: Iterable[ServiceNeeds], today: date) -> Counter[str]:
    """How many services of each provider are past the date by which they are to be visited, with no visit booked."""
    rules = visit_rules()
    return unbooked_count(((one.owner, next_visit(one.needs, rules)) for one in services if one.next is None), today)


def _row(line: ProviderLine, today: date, unbooked: int) -> ProviderRow:
    if line.services == 1 or line.type:
        what = sentence_case(line.type) if line.type else "Service of unknown type"
        if line.capacity is not None and line.capacity_unit:
            what += f", {number(line.capacity)} {line.capacity_unit}"
        if line.services > 1:
            what += f", {plural(line.services, 'service')}"
    else:
        what = plural(line.services, "service") if line.services else "No services recorded"
    words = (
        line.postcode,
        *compact_postcodes(line.postcode or ""),
        line.local_authority,
        line.cqc_provider_id,
        line.client_groups,
    )
    facts = ProviderFacts(
        cqc=line.cqc.status,
        cqc_on=line.cqc.published,
        ours=line.ours.status,
        ours_on=line.ours.published,
        vacant=line.vacant,
        vacant_since=line.manager_since if line.vacant is not None else None,
        overdue=line.overdue_actions,
        days_late=(today - line.oldest_due).days if line.oldest_due else 0,
        visit_late=(today - line.late_visit).days if line.late_visit else 0,
        unbooked=unbooked,
    )
    return ProviderRow(
        uid=line.uid,
        name=line.name,
        subtitle=what,
        status=provider_status(facts),
        troubles=troubles_of(facts),
        cqc=facts.cqc,
        cqc_on=facts.cqc_on,
        ours=facts.ours,
        manager=manager_status(line.manager, line.manager_since),
        open_actions=line.open_actions,
        overdue_actions=line.overdue_actions,
        last_visit=line.last_visit,
        next_visit=line.next_visit,
        local_authority=line.local_authority,
        kind=sentence_case(line.type) if line.type else ("Several" if line.types > 1 else NOT_KNOWN.word),
        services=line.services,
        agreements=line.agreements,
        search=" ".join(word for word in words if word),
        archived=line.archived,
        capacity=line.capacity,
        capacity_unit=line.capacity_unit,
        cqc_services=line.cqc.rated,
        ours_services=line.ours.rated,
    )


def _agreements_now(memberships: Iterable[Membership], agreements: Mapping[str, Agreement], today: date) -> int:
    """On how many live agreements a provider is today; a place without dates counts, as it has not ended."""
    now = [m for m in memberships if is_member(m, today)]
    return len({m.agreement for m in now if agreements[m.agreement].archived_at is None})


def _page_subtitle(
    provider: Provider, company: Organisation | None, services: tuple[Service, ...], agreements: int
) -> str:
    parts: list[str] = []
    if len(services) == 1:
        service = services[0]
        kind = sentence_case((service.type or ServiceType.OTHER).value) if service.type else "Service"
        size = (
            f", {number(service.capacity)} {service.capacity_unit.value}"
            if service.capacity is not None and service.capacity_unit
            else ""
        )
        people = f" for {inside(service.client_groups)}" if service.client_groups else ""
        parts.append(f"{kind}{people}{size}")
    else:
        parts.append(plural(len(services), "service") if services else "No services recorded")
    if company:
        parts.append(company.name)
    if agreements:
        parts.append(f"on {plural(agreements, 'agreement')}")
    if provider.sample:
        parts.append("invented sample")
    return "  ·  ".join(parts)
