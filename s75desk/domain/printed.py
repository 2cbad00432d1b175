"""What a paper made from the window is about: a list as it is shown, a provider, a KPI, a plan of actions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum

from s75desk.domain.findings import Question
from s75desk.domain.performance import KpiSheet
from s75desk.domain.records import (
    Action,
    Agreement,
    Document,
    Lot,
    Membership,
    Organisation,
    Provider,
    Rating,
    Service,
    Visit,
)
from s75desk.domain.status import Shape, Status


@dataclass(frozen=True, slots=True)
class ListedCell:
    """One cell of a list: what it says, a quieter second line, a status shape before it."""

    text: str
    sub: str = ""
    shape: Shape | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """A list as it is on show.

    Attributes:
        title: "Actions".
        columns: Title of each column, and whether it stands at the right.
        rows: Cells, as many a row as there are columns.
        total: How many rows there are without search and filters.
        filters: What holds them back, in words: "Show: Open", "Search: oak".
        order: How they are sorted: "by Due, the latest first"; "" for the order of the house.
        small: How many rows count so few that they could point at a person.
    """

    title: str
    columns: tuple[tuple[str, bool], ...]
    rows: tuple[tuple[ListedCell, ...], ...]
    total: int
    filters: tuple[str, ...] = ()
    order: str = ""
    small: int = 0


class PlanBy(Enum):
    """What the actions of a plan are put together by."""

    ABOUT = "by what they are about"
    OWNER = "by owner"


@dataclass(frozen=True, slots=True)
class PlannedAction:
    """An action of a plan, with how it stands and what it is about."""

    action: Action
    status: Status
    about: str

    @property
    def overdue(self) -> bool:
        """Whether it is past its date and not done."""
        return self.status.overdue


@dataclass(frozen=True, slots=True)
class ActionPlan:
    """Actions to be printed as a plan.

    Attributes:
        as_at: The day they stand so.
        by: What they are put together by.
        actions: In any order.
        filters: What holds others back, in words; () for nothing.
    """

    as_at: date
    by: PlanBy
    actions: tuple[PlannedAction, ...]
    filters: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ProviderDossier:
    """A provider with everything recorded about it, each with how it stands on the day.

    Attributes:
        as_at: The day.
        ratings: The latest of each scheme, of each service.
        actions: Those that are open.
        visits: Newest first, with what each came to.
    """

    as_at: date
    provider: Provider
    company: Organisation | None
    status: Status
    subtitle: str
    services: tuple[Service, ...]
    ratings: tuple[tuple[Rating, Status], ...]
    visits: tuple[tuple[Visit, Status, Status], ...]
    actions: tuple[PlannedAction, ...]
    memberships: tuple[Membership, ...]
    agreements: Mapping[str, Agreement]
    lots: Mapping[str, Lot]
    kpis: tuple[KpiSheet, ...]
    documents: tuple[Document, ...]
    questions: tuple[Question, ...] = ()

    def service_name(self, uid: str | None) -> str:
        """Name of one of its services, or "Not known"."""
        return next((service.name for service in self.services if service.uid == uid), "Not known")


@dataclass(frozen=True, slots=True)
class KpiDossier:
    """A KPI with its figures, and what it belongs to."""

    as_at: date
    sheet: KpiSheet
    owner: str
    actions: tuple[PlannedAction, ...]
    questions: tuple[Question, ...] = ()
