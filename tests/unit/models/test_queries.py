"""The queries that answer a whole list at once, against the same worked out record by record."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from s75desk.domain.as_at import as_known
from s75desk.domain.lengths import Length
from s75desk.domain.records import (
    Action,
    Agreement,
    Kpi,
    Measurement,
    Membership,
    Provider,
    Rating,
    Record,
    Service,
    Visit,
    VisitAnswer,
    VisitVersion,
)
from s75desk.domain.records.action import ActionState
from s75desk.domain.records.provider import CapacityUnit, ManagerState, RatingScheme, RatingValue, ServiceType
from s75desk.domain.records.visit import VisitStage
from s75desk.domain.statuses.actions import action_status
from s75desk.domain.statuses.providers import OverallRating, overall_rating
from s75desk.domain.statuses.visits import VisitProgress, is_to_come, last_day, visit_status
from s75desk.domain.visits.due import LastRating, VisitNeeds
from s75desk.models.desk_file import DeskFile
from s75desk.models.queries.archived import archived_by, archived_records
from s75desk.models.queries.providers import ProviderLine, provider_lines
from s75desk.models.queries.visits import ServiceNeeds, progress_of_visits, visit_needs
from s75desk.models.repository import Repository
from s75desk.services.office import Office
from tests.unit.models.desk_help import chance
from tests.unit.record_help import fill_estate, office_of

TODAY = date(2026, 2, 2)
AT = datetime(2026, 1, 1, tzinfo=UTC)


class Market:
    """Providers with everything that hangs under them, by chance; one record in seven is archived."""

    def __init__(self, seed: int) -> None:
        self.chance = chance(seed)
        self.number = 0
        self.agreements = [self.made(Agreement, title=f"A{n}") for n in range(4)]
        self.providers = [self.made(Provider, name=f"{self.one('abcXYZ')}{n}") for n in range(25)]
        self.services = [
            self.made(
                Service,
                provider=provider.uid,
                name=f"S{n}",
                type=self.one([None, ServiceType.CARE_HOME, ServiceType.HOME_CARE]),
                capacity=self.one([None, 10, 45]),
                capacity_unit=self.one([None, CapacityUnit.BEDS, CapacityUnit.BEDS, CapacityUnit.PEOPLE]),
                manager=self.one([None, ManagerState.IN_POST, ManagerState.IN_POST, ManagerState.VACANT]),
                manager_since=self.day(),
                visit_every=self.one([None, Length(months=6), Length(years=1)]),
            )
            for provider in self.providers
            for n in range(self.one([0, 1, 1, 2, 3]))
        ]
        self.ratings = [
            self.made(
                Rating,
                service=self.one(self.services).uid,
                scheme=self.one([RatingScheme.CQC_OVERALL, RatingScheme.OURS, RatingScheme.CQC_SAFE]),
                value=self.one([RatingValue.GOOD, RatingValue.INADEQUATE]),
                published=self.day(),
                inherited=self.one([None, False, True]),
                asked=self.one([None, 74]),
                looked_at=self.one([None, 24, 74]),
            )
            for _ in range(60)
        ]
        self.visits = [
            self.made(
                Visit,
                service=self.one(self.services).uid,
                stage=self.one(
                    [None, VisitStage.PLANNED, VisitStage.FINAL, VisitStage.CANCELLED, VisitStage.UNDER_WAY]
                ),
                planned=self.day(),
                made=self.one([None, self.day()]),
                outcome=self.one([None, RatingValue.GOOD, RatingValue.POOR]),
                amends=self.one([None, None, 1]),
            )
            for _ in range(60)
        ]
        self.actions = [
            self.made(
                Action,
                title="Act",
                provider=self.one([None, self.one(self.providers).uid]),
                service=self.one([None, self.one(self.services).uid]),
                state=self.one([None, ActionState.OPEN, ActionState.DONE]),
                due=self.one([None, self.day()]),
            )
            for _ in range(80)
        ]
        self.memberships = [
            self.made(
                Membership,
                provider=self.one(self.providers).uid,
                agreement=self.one(self.agreements).uid,
                admitted=self.one([None, self.day()]),
                left=self.one([None, self.day()]),
            )
            for _ in range(60)
        ]

        # Known from a file of CQC's, and nobody's to visit.
        self.providers.append(Provider(uid="stranger", name="Stranger"))
        self.services.append(Service(uid="stranger-1", provider="stranger", name="S9"))
        self.ratings.append(
            Rating(
                uid="stranger-r",
                service="stranger-1",
                scheme=RatingScheme.CQC_OVERALL,
                value=RatingValue.INADEQUATE,
                published=TODAY - timedelta(days=400),
            )
        )

    def one(self, among: Any) -> Any:
        return self.chance.choice(list(among))

    def day(self) -> date:
        return TODAY + timedelta(days=self.chance.choice([-400, -200, -30, -1, 0, 1, 30]))

    def made(self, cls: Any, **values: Any) -> Any:
        self.number += 1
        archived = AT if self.chance.randrange(7) == 0 else None
        return cls(uid=f"{self.chance.randrange(10**6):06}-{self.number}", archived_at=archived, **values)

    def records(self) -> list[Record]:
        return [
            *self.agreements, *self.providers, *self.services, *self.ratings, *self.visits, *self.actions,
            *self.memberships,
        ]  # fmt: skip

    def forget_what_lies_ahead(self) -> None:
        for name in ("services", "ratings", "visits", "actions", "memberships"):
            known = (as_known(record, TODAY) for record in getattr(self, name))
            setattr(self, name, [record for record in known if record is not None])

    def line(self, provider: Provider) -> ProviderLine:
        """The line of a provider, worked out by hand."""
        services = [s for s in self.services if s.provider == provider.uid and not s.archived_at]
        homes = {service.uid for service in services}
        owner = {service.uid: service.provider for service in self.services}
        visits = [v for v in self.visits if v.service in homes and not v.archived_at]
        actions = [
            a
            for a in self.actions
            if not a.archived_at
            and a.state in (None, ActionState.OPEN)
            and (a.provider or owner.get(a.service)) == provider.uid
        ]
        live = {agreement.uid for agreement in self.agreements if not agreement.archived_at}
        places = {
            m.agreement
            for m in self.memberships
            if m.provider == provider.uid
            and not m.archived_at
            and m.agreement in live
            and (m.admitted is None or m.admitted <= TODAY)
            and (m.left is None or m.left >= TODAY)
        }
        types = {service.type for service in services}
        units = {service.capacity_unit for service in services}
        sized = services and len(units) == 1 and None not in units and all(s.capacity is not None for s in services)
        vacant = [s for s in services if s.manager is ManagerState.VACANT]
        posts_known = bool(services) and all(s.manager for s in services)
        if vacant:
            manager, since = ManagerState.VACANT, min(s.manager_since for s in vacant)
            empty = min(vacant, key=lambda s: (s.manager_since, s.name)).name
        else:
            manager, empty = ManagerState.IN_POST if posts_known else None, None
            days = [s.manager_since for s in services]
            since = max(days) if days and None not in days else None
        cqc, ours = (self.overall(services, scheme) for scheme in (RatingScheme.CQC_OVERALL, RatingScheme.OURS))
        return ProviderLine(
            uid=provider.uid,
            name=provider.name,
            postcode=None,
            local_authority=None,
            cqc_provider_id=None,
            archived=provider.archived_at is not None,
            services=len(services),
            types=len(types - {None}),
            type=next(iter(types)) if len(types) == 1 else None,
            capacity=sum(s.capacity for s in services) if sized else None,
            capacity_unit=next(iter(units)) if sized else None,
            client_groups=None,
            cqc=as_listed(cqc),
            ours=as_listed(ours),
            manager=manager,
            manager_since=since,
            vacant=empty,
            open_actions=len(actions),
            overdue_actions=sum(1 for a in actions if action_status(a, TODAY).overdue),
            oldest_due=min((a.due for a in actions if action_status(a, TODAY).overdue), default=None),
            last_visit=max((v.made for v in visits if v.made), default=None),
            next_visit=min((v.planned for v in visits if self.booked(v)), default=None),
            late_visit=min(
                (last_day(v) for v in visits if visit_status(v, TODAY).overdue),
                default=None,
            ),
            agreements=len(places),
        )

    def latest(self, homes: set[str], scheme: RatingScheme) -> Rating | None:
        found = [r for r in self.ratings if r.service in homes and r.scheme is scheme and not r.archived_at]
        return max(found, key=lambda rating: (rating.published, rating.uid), default=None)

    def overall(self, services: list[Service], scheme: RatingScheme) -> OverallRating:
        return overall_rating([r for r in self.ratings if not r.archived_at], services, scheme)

    def under_way(self, visit: Visit) -> bool:
        return visit.stage is VisitStage.UNDER_WAY and visit.amends is None and visit.planned is not None

    def booked(self, visit: Visit) -> bool:
        return is_to_come(visit, TODAY) and visit.planned is not None and last_day(visit) >= TODAY


def as_listed(overall: OverallRating) -> OverallRating:
    """The same of a rating as far as the list reads it."""
    if overall.rating is None:
        return overall
    read = ("scheme", "value", "published", "inherited", "asked", "looked_at")
    return replace(overall, rating=Rating(**{name: getattr(overall.rating, name) for name in read}))


@pytest.fixture(scope="module", params=[1, 2, 3])
def market(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Market, DeskFile]]:
    market = Market(request.param)
    with DeskFile.create(tmp_path_factory.mktemp("market") / "a.s75desk") as desk:
        with desk.writing() as connection:
            Repository(connection).insert(market.records())
        market.forget_what_lies_ahead()
        yield market, desk


@pytest.mark.parametrize("archived", [False, True])
def test_the_list_of_providers_is_what_their_records_add_up_to(market: tuple[Market, DeskFile], archived: bool) -> None:
    by_hand, desk = market
    with desk.reading() as connection:
        lines = provider_lines(connection, TODAY, archived=archived)
    wanted = [p for p in by_hand.providers if archived or not p.archived_at]
    assert {line.uid: line for line in lines} == {provider.uid: by_hand.line(provider) for provider in wanted}
    assert [line.name for line in lines] == sorted((p.name for p in wanted), key=str.lower)
    assert len({line.manager for line in lines}) == 3, "the market holds every case"
    assert {None} < {line.capacity for line in lines}


def needs_by_hand(by_hand: Market, service: Service) -> ServiceNeeds:
    """What is recorded of a service, worked out record by record."""
    visits = [v for v in by_hand.visits if v.service == service.uid and not v.archived_at]
    ratings = [r for r in by_hand.ratings if r.service == service.uid and not r.archived_at and r.value]
    live = {agreement.uid for agreement in by_hand.agreements if not agreement.archived_at}
    places = [
        m
        for m in by_hand.memberships
        if m.provider == service.provider
        and m.agreement in live
        and not m.archived_at
        and (m.admitted or TODAY) <= TODAY <= (m.left or TODAY)
    ]
    given: dict[RatingScheme, list[tuple[date, int, str, RatingValue, int | None, int | None]]] = {}
    for rating in ratings:
        if rating.published <= TODAY:
            # Of one day a rating stands before the outcome of a visit; of two ratings the one of the higher uid.
            given.setdefault(rating.scheme, []).append(
                (rating.published, 1, rating.uid, rating.value, rating.looked_at, rating.asked)
            )
    for visit in visits:
        if visit.made and visit.outcome and visit.made <= TODAY:
            given.setdefault(RatingScheme.OURS, []).append((visit.made, 0, visit.uid, visit.outcome, None, None))
    last = {scheme: max(found) for scheme, found in given.items()}
    ours, cqc = last.get(RatingScheme.OURS), last.get(RatingScheme.CQC_OVERALL)
    assessed = any(
        r.scheme is RatingScheme.OURS for r in by_hand.ratings if r.service == service.uid and not r.archived_at
    )
    return ServiceNeeds(
        service.uid,
        service.name,
        next(provider.name for provider in by_hand.providers if provider.uid == service.provider),
        VisitNeeds(
            every=service.visit_every,
            last=max((v.made for v in visits if v.made), default=None),
            ours=LastRating(ours[3], ours[0], *ours[4:]) if ours else None,
            cqc=LastRating(cqc[3], cqc[0]) if cqc else None,
            watched=bool(service.visit_every or visits or assessed or places),
        ),
        min((v.planned for v in visits if by_hand.booked(v) or by_hand.under_way(v)), default=None),
        service.provider,
    )


def test_what_the_next_visit_of_each_service_is_worked_out_from(market: tuple[Market, DeskFile]) -> None:
    by_hand, desk = market
    with desk.reading() as connection:
        found = visit_needs(connection, TODAY)
    expected = [needs_by_hand(by_hand, service) for service in by_hand.services if not service.archived_at]
    assert {one.service: one for one in found} == {one.service: one for one in expected if one.needs.watched}
    assert [one.name for one in found] == sorted(one.name for one in found)
    assert any(not one.needs.watched for one in expected), "the market holds services that are nobody's to visit"
    for holds in ("last", "ours", "cqc", "every"):
        assert {getattr(one.needs, holds) is None for one in found} == {True, False}, holds


def test_what_the_next_visits_of_one_provider_are_worked_out_from(market: tuple[Market, DeskFile]) -> None:
    by_hand, desk = market
    seen = set()
    for provider in by_hand.providers:
        with desk.reading() as connection:
            found = {one.service: one for one in visit_needs(connection, TODAY, provider.uid)}
        expected = [s for s in by_hand.services if s.provider == provider.uid and not s.archived_at]
        assert found == {service.uid: needs_by_hand(by_hand, service) for service in expected}
        seen |= {one.needs.watched for one in found.values()}
    assert seen == {True, False}


def test_how_far_visits_have_come(tmp_path: Path) -> None:
    with DeskFile.create(tmp_path / "a.s75desk") as desk, desk.writing() as connection:
        Repository(connection).insert(
            [
                Provider(uid="p", name="P"),
                Service(uid="s", provider="p", name="S"),
                *(Visit(uid=uid, service="s", stage=stage) for uid, stage in (
                    ("under way", VisitStage.UNDER_WAY), ("draft", VisitStage.DRAFT), ("final", VisitStage.FINAL),
                    ("planned", VisitStage.PLANNED),
                )),
                VisitAnswer(uid="a1", visit="under way", question="1.1", rating=3),
                VisitAnswer(uid="a2", visit="under way", question="1.2", not_applicable=True),
                VisitAnswer(uid="a3", visit="under way", question="1.3", seen="a note alone is no answer"),
                VisitAnswer(uid="a4", visit="under way", question="1.4", rating=3, archived_at=AT),
                VisitVersion(uid="n1", visit="draft", number=1),
                VisitVersion(uid="n2", visit="draft", number=2),
                VisitVersion(uid="n3", visit="final", number=1),
            ]
        )  # fmt: skip
        assert progress_of_visits(connection, TODAY) == {"under way": VisitProgress(0, 2), "draft": VisitProgress(2, 0)}


def test_archived_records_newest_first_with_who_archived_each(tmp_path: Path) -> None:
    with DeskFile.create(tmp_path / "a.s75desk") as desk:
        first = office_of(desk, who="first officer")
        second = Office(replace(first.place, who="second officer"))
        places = fill_estate(first)
        first.records.archive("milestone", places["milestone"])
        first.records.archive("risk", places["risk"])
        first.records.restore("risk", places["risk"])
        second.records.archive("risk", places["risk"])
        with desk.reading() as connection:
            records = archived_records(connection)
            assert [record.KIND for record in records] == ["risk", "milestone"]
            assert archived_by(connection, [places["milestone"], places["risk"], places["forum"]]) == {
                places["milestone"]: "first officer", places["risk"]: "second officer",
            }  # fmt: skip


@pytest.mark.parametrize("every", [1, 7, 31])
def test_the_newest_figures_of_each_kpi(tmp_path: Path, every: int) -> None:
    """So many at least, and all of the two years before the newest, oldest first."""
    with DeskFile.create(tmp_path / "a.s75desk") as desk:
        chance_of = random.Random(every)  # noqa: S311 - the same figures every time
        counts = {"k0": 0, "k1": 5, "k2": 36, "k3": 900}
        days = {uid: [TODAY - timedelta(days=every * n) for n in range(count)] for uid, count in counts.items()}
        figures = [
            Measurement(uid=f"{uid}-{n}", kpi=uid, ends=day)
            for uid, all_days in days.items()
            for n, day in enumerate(all_days)
        ]
        figures += [
            Measurement(uid="gone", kpi="k1", ends=TODAY, archived_at=AT),
            Measurement(uid="none", kpi="k3", value=Decimal(1)),
        ]
        chance_of.shuffle(figures)
        with desk.writing() as connection:
            Repository(connection).insert([*(Kpi(uid=uid, title=uid) for uid in counts), *figures])
        with desk.reading() as connection:
            found = Repository(connection).latest_of_each(Measurement, "kpi", list(counts), ("ends", "starts"), 36, 24)
    early = date(2024, 2, 2)
    for uid, all_days in days.items():
        oldest = min([early, *all_days[35:36]]) if len(all_days) >= 36 else date.min
        expected = sorted(day for day in all_days if day >= oldest)
        assert [figure.ends for figure in found if figure.kpi == uid and figure.ends] == expected
    assert [figure.uid for figure in found if figure.ends is None] == ["none"]
