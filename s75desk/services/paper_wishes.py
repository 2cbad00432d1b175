"""What can be asked for as a paper besides briefings: the list on show, a provider, a KPI, a plan of actions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from s75desk.domain.answers import Owner
from s75desk.domain.printed import Listing, PlanBy
from s75desk.domain.records.briefing import BriefingKind


@dataclass(frozen=True, slots=True)
class ListWish:
    """The list as it is on show. A list is a working paper: it is not filed."""

    listing: Listing
    as_at: date
    audience: str = ""

    kind = BriefingKind.LIST


@dataclass(frozen=True, slots=True)
class ProviderWish:
    """The record of a provider, by uid."""

    provider: str
    as_at: date
    audience: str = ""

    kind = BriefingKind.PROVIDER


@dataclass(frozen=True, slots=True)
class KpiWish:
    """One KPI, by uid."""

    kpi: str
    as_at: date
    audience: str = ""

    kind = BriefingKind.KPI


@dataclass(frozen=True, slots=True)
class PlanWish:
    """A plan of actions.

    Attributes:
        actions: Uids of those to print; None for every one that is open.
        filters: What holds others back, in words.
    """

    by: PlanBy
    as_at: date
    actions: tuple[str, ...] | None = None
    filters: tuple[str, ...] = ()
    audience: str = ""

    kind = BriefingKind.ACTION_PLAN


@dataclass(frozen=True, slots=True)
class QuestionsWish:
    """What the provider of an agreement, or of a KPI that hangs under none, is to be asked about its figures."""

    owner: Owner
    as_at: date
    audience: str = ""

    kind = BriefingKind.QUESTIONS

    @property
    def agreement(self) -> str | None:
        """Uid of the agreement that it is of."""
        return self.owner.field.get("agreement")

    @property
    def kpi(self) -> str | None:
        """Uid of the KPI that it is of."""
        return self.owner.field.get("kpi")

    @property
    def provider(self) -> str | None:
        """Uid of the provider that it is of."""
        return self.owner.field.get("provider")


PaperWish = ListWish | ProviderWish | KpiWish | PlanWish | QuestionsWish
