"""A large desk, the same for the same seed: what an officer of a large region would hold after ten years.

Records are written as the services write them, with history and search index, but many at a time.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import islice, pairwise
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import Connection, insert, text

from s75desk.domain.field_text import value_to_text
from s75desk.domain.lengths import Length
from s75desk.domain.records import (
    KINDS,
    Action,
    Agreement,
    Extension,
    Kpi,
    Measurement,
    Organisation,
    Party,
    Provider,
    QuestionSet,
    Rating,
    Record,
    Service,
    Standard,
    Target,
    Visit,
)
from s75desk.domain.records.action import ActionKind, ActionState
from s75desk.domain.records.agreement import AgreementKind, PartyRole
from s75desk.domain.records.kpi import Adding, Better, Measure, Period, TargetType
from s75desk.domain.records.organisation import OrganisationType
from s75desk.domain.records.provider import CapacityUnit, ManagerState, RatingScheme, RatingValue, ServiceType
from s75desk.domain.records.visit import VisitKind, VisitStage
from s75desk.models import history
from s75desk.models.desk_file import DeskFile
from s75desk.models.headings import heading_of
from s75desk.models.repository import Repository
from s75desk.models.tables import SEARCH_ROW, TABLES

R = TypeVar("R", bound=Record)

TODAY = date(2026, 4, 1)
MOMENT = datetime(2026, 4, 1, 8, 0, tzinfo=UTC)
TOGETHER = 5_000
"""Records written by one statement."""
MONTHS = 100
"""Measurements of one KPI."""

PLACES = ("Northbrook", "Eastmere", "Southfold", "Westhaven", "Midford", "Upper Vale", "Lower Vale", "Harbourside")
TREES = ("Ash", "Beech", "Cedar", "Elder", "Hawthorn", "Hazel", "Juniper", "Larch", "Maple", "Rowan", "Willow", "Yew")
HOUSES = ("Court", "Grange", "House", "Lodge", "Manor", "Place", "View", "Villa")
MEASURES = ("Visits kept on time", "Care plans reviewed", "Complaints answered", "Staff supervised", "Falls reported")


@dataclass(frozen=True, slots=True)
class Size:
    """How much of each; the design's figures unless told otherwise."""

    services: int = 57_000
    visits: int = 5_000
    measurements: int = 500_000

    @property
    def providers(self) -> int:
        """England has a little over two locations to a provider."""
        return max(1, self.services * 2 // 5)

    @property
    def kpis(self) -> int:
        """Each has ``MONTHS`` measurements."""
        return max(1, self.measurements // MONTHS)


QUICK = Size(services=2_000, visits=400, measurements=20_000)


def make(path: Path, size: Size, seed: int = 75) -> None:
    """Write a large desk to ``path``, which must not exist.

    Args:
        path: The file.
        size: How much of each.
        seed: The same seed makes the same records.
    """
    with DeskFile.create(path, now=MOMENT) as desk:
        maker = _Maker(random.Random(seed), size)
        for label, records in maker.everything():
            with desk.writing() as connection:
                _Filler(connection, label, maker.uid).put(records)


class _Maker:
    """Makes up records. Names of providers are invented; no person has one."""

    def __init__(self, chance: random.Random, size: Size) -> None:
        self.chance = chance
        self.size = size
        self.agreements: list[str] = []
        self.providers: list[str] = []
        self.services: list[str] = []
        self.kpis: list[tuple[str, Measure]] = []
        self.question_set = ""

    def uid(self) -> str:
        """A UUID in text from the seed."""
        return str(UUID(int=self.chance.getrandbits(128), version=4))

    def everything(self) -> Iterator[tuple[str, Iterator[Record]]]:
        """Each pile of records with the label of its change, owners before what they own."""
        yield "Agreements entered", self._agreements()
        yield "Providers imported", self._providers()
        yield "Services imported", self._services()
        yield "Ratings imported", self._ratings()
        yield "Visits entered", self._visits()
        yield "KPIs entered", self._kpis()
        yield "Figures imported", self._measurements()
        yield "Actions entered", self._actions()

    def _day(self, earliest: int, latest: int) -> date:
        return TODAY + timedelta(days=self.chance.randint(earliest, latest))

    def _agreements(self) -> Iterator[Record]:
        bodies = [
            Organisation(uid=self.uid(), name=f"{place} {kind.word}", type=kind)
            for place in PLACES
            for kind in (OrganisationType.COUNCIL, OrganisationType.NHS_COMMISSIONER)
        ]
        yield from bodies
        for number in range(60):
            uid = self.uid()
            self.agreements.append(uid)
            yield Agreement(
                uid=uid,
                title=f"{self.chance.choice(PLACES)}: {self.chance.choice(TREES).lower()} services {number + 1}",
                reference=f"S75-{number + 1:03}",
                kind=self.chance.choice(list(AgreementKind)),
                starts=date(self.chance.randint(2021, 2025), 4, 1),
                first_term=Length(years=3),
                notice=Length(months=12),
                yearly_value=Decimal(self.chance.randint(200_000, 4_000_000)),
            )
            yield Party(uid=self.uid(), agreement=uid, organisation=self.chance.choice(bodies).uid, role=PartyRole.LEAD)
            yield from (Extension(uid=self.uid(), agreement=uid, number=n, length=Length(years=1)) for n in (1, 2))

    def _providers(self) -> Iterator[Record]:
        for number in range(self.size.providers):
            uid = self.uid()
            self.providers.append(uid)
            name = f"{self.chance.choice(TREES)} {self.chance.choice(HOUSES)} Care {number + 1}"
            yield Provider(
                uid=uid,
                name=name,
                cqc_provider_id=f"1-{100_000_000 + number}",
                local_authority=self.chance.choice(PLACES),
                postcode=f"ZZ{number % 99 + 1} {number % 9 + 1}ZZ",
            )

    def _services(self) -> Iterator[Record]:
        for number in range(self.size.services):
            uid = self.uid()
            self.services.append(uid)
            manager = self.chance.choice([ManagerState.IN_POST, ManagerState.IN_POST, ManagerState.VACANT, None])
            yield Service(
                uid=uid,
                provider=self.chance.choice(self.providers),
                name=f"{self.chance.choice(TREES)} {self.chance.choice(HOUSES)}, {self.chance.choice(PLACES)}",
                type=self.chance.choice(list(ServiceType)),
                cqc_location_id=f"1-{200_000_000 + number}",
                address=f"{self.chance.randint(1, 200)} {self.chance.choice(TREES)} Road",
                postcode=f"ZZ{number % 99 + 1} {number % 9 + 1}ZZ",
                local_authority=self.chance.choice(PLACES),
                client_groups="Older people, dementia",
                capacity=self.chance.randint(4, 90),
                capacity_unit=CapacityUnit.BEDS,
                manager=manager,
                manager_since=self._day(-3000, -30) if manager else None,
                visit_every=Length(months=12) if number < self.size.visits // 5 else None,
            )

    def _ratings(self) -> Iterator[Record]:
        values = [RatingValue.OUTSTANDING, *[RatingValue.GOOD] * 15, *[RatingValue.REQUIRES_IMPROVEMENT] * 3]
        values.append(RatingValue.INADEQUATE)
        for service in self.services:
            if self.chance.random() < 0.85:
                yield Rating(
                    uid=self.uid(),
                    service=service,
                    scheme=RatingScheme.CQC_OVERALL,
                    value=self.chance.choice(values),
                    published=self._day(-2500, -10),
                )

    def _visits(self) -> Iterator[Record]:
        self.question_set = self.uid()
        yield QuestionSet(uid=self.question_set, title="Quality standards", version="1")
        for number in range(1, 21):
            area = f"Area {(number + 3) // 4}"
            yield Standard(
                uid=self.uid(), question_set=self.question_set, number=number, area=area, title=f"Standard {number}"
            )
        visited = self.services[: max(1, self.size.visits // 5)]
        for number in range(self.size.visits):
            planned = self._day(-1800, 120)
            past = planned < TODAY
            yield Visit(
                uid=self.uid(),
                service=visited[number % len(visited)],
                kind=self.chance.choice(list(VisitKind)),
                stage=VisitStage.FINAL if past else VisitStage.PLANNED,
                planned=planned,
                made=planned if past else None,
                team="Two quality officers",
                question_set=self.question_set,
                outcome=RatingValue.GOOD if past and self.chance.random() < 0.8 else None,
                summary="Care plans are current. Two actions were agreed with the manager." if past else None,
            )

    def _kpis(self) -> Iterator[Record]:
        for number in range(self.size.kpis):
            uid = self.uid()
            share = number % 5 != 4
            self.kpis.append((uid, Measure.PERCENTAGE if share else Measure.COUNT))
            of_agreement = number % 25 == 0
            yield Kpi(
                uid=uid,
                title=MEASURES[number % 5],
                measure=Measure.PERCENTAGE if share else Measure.COUNT,
                unit="%" if share else "falls",
                better=Better.MORE if share else Better.LESS,
                adding=Adding.AVERAGE if share else Adding.FLOW,
                period=Period.MONTH,
                agreement=self.chance.choice(self.agreements) if of_agreement else None,
                provider=None if of_agreement else self.chance.choice(self.providers),
            )
            if share:
                yield Target(uid=self.uid(), kpi=uid, type=TargetType.AT_LEAST, value=Decimal(85), near=Decimal(5))

    def _measurements(self) -> Iterator[Record]:
        months = [date(2017 + (11 + month) // 12, (11 + month) % 12 + 1, 1) for month in range(MONTHS + 1)]
        for kpi, measure in self.kpis:
            base = self.chance.randint(20, 200)
            for starts, following in pairwise(months):
                n = self.chance.randint(base * 3 // 4, base)
                share = measure is Measure.PERCENTAGE
                yield Measurement(
                    uid=self.uid(),
                    kpi=kpi,
                    starts=starts,
                    ends=following - timedelta(days=1),
                    n=Decimal(n) if share else None,
                    base=Decimal(base) if share else None,
                    value=None if share else Decimal(n % 12),
                )

    def _actions(self) -> Iterator[Record]:
        for number in range(self.size.visits // 2):
            raised = self._day(-700, -5)
            done = self.chance.random() < 0.85
            yield Action(
                uid=self.uid(),
                title=f"{self.chance.choice(MEASURES)}: put right ({number + 1})",
                kind=self.chance.choice(list(ActionKind)),
                state=ActionState.VERIFIED if done else ActionState.OPEN,
                owner="Registered manager",
                raised=raised,
                due=raised + timedelta(days=90),
                service=self.services[number % len(self.services)],
                done=raised + timedelta(days=60) if done else None,
            )


class _Filler:
    """Writes one pile of records with history and search index inside one transaction."""

    def __init__(self, connection: Connection, label: str, uid: Any) -> None:
        self.connection = connection
        self.label = label
        self.uid = uid
        self.names = _Names(connection)
        found = connection.execute(text("SELECT coalesce(max(id), 0) FROM search_row")).scalar_one()
        self.place = int(found)

    def put(self, records: Iterable[Record]) -> None:
        """Write all of them."""
        waiting = iter(records)
        while some := list(islice(waiting, TOGETHER)):
            by_kind: dict[str, list[Record]] = {kind: [] for kind in KINDS}  # owners before what they own
            for record in some:
                by_kind[record.KIND].append(record)
            for kind, those in by_kind.items():
                if not those:
                    continue
                names = list(TABLES[kind].c.keys())
                rows = [{name: getattr(record, name) for name in names} for record in those]
                self.connection.execute(insert(TABLES[kind]), rows)
            self._remember(some)
            self._make_findable(some)

    def _remember(self, records: list[Record]) -> None:
        steps = [history.Step(record.KIND, record.uid, "", None, _as_json(record)) for record in records]
        history.append(
            self.connection, steps, change_id=self.uid(), at=MOMENT, who="contract compliance officer", label=self.label
        )

    def _make_findable(self, records: list[Record]) -> None:
        places, words = [], []
        for record in records:
            self.place += 1
            body = "\n".join(str(value) for name in (*record.FIND, "note") if (value := getattr(record, name)))
            places.append({"id": self.place, "kind": record.KIND, "uid": record.uid})
            words.append({"id": self.place, "title": heading_of(record, self.names), "body": body})
        self.connection.execute(insert(SEARCH_ROW), places)
        self.connection.execute(text("INSERT INTO search(rowid, title, body) VALUES (:id, :title, :body)"), words)


class _Names(Repository):
    """Asks the desk for each record once: half a million figures share a few thousand KPIs."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection)
        self.known: dict[str, Record | None] = {}

    def get(self, cls: type[R], uid: str) -> R | None:
        """The record, from memory if it was asked for before."""
        if uid not in self.known:
            self.known[uid] = super().get(cls, uid)
        return self.known[uid]  # type: ignore[return-value]


def _as_json(record: Record) -> str:
    values = {
        name: value_to_text(field, value)
        for name, field in record.fields().items()
        if (value := getattr(record, name)) is not None
    }
    return json.dumps(values, ensure_ascii=False)
