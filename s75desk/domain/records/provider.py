"""Providers, the services they run, how these are rated, and the lots, tiers and zones they are admitted to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from s75desk.domain.fields import Choice, choice, day, length, long_text, parent, reference, text, whole, yes_no
from s75desk.domain.lengths import Length
from s75desk.domain.records.base import Sourced


@dataclass(frozen=True, kw_only=True, slots=True)
class Provider(Sourced):
    """A provider of care as the officer knows it; the legal person behind it is its ``company``."""

    KIND: ClassVar[str] = "provider"
    NOUN: ClassVar[str] = "provider"
    PLURAL: ClassVar[str] = "providers"
    TITLE: ClassVar[tuple[str, ...]] = ("name",)
    FIND: ClassVar[tuple[str, ...]] = ("cqc_provider_id", "address", "postcode", "local_authority", "note")

    name: str = text("Name", required=True, dated=True)
    company: str | None = reference("Company", "organisation", dated=True)
    cqc_provider_id: str | None = text("CQC provider id", unique=True)
    address: str | None = long_text("Address", dated=True)
    postcode: str | None = text("Postcode", dated=True)
    local_authority: str | None = text("Local authority", dated=True)
    contact_role: str | None = text(
        "First contact", hint="A role: registered manager, nominated individual.", dated=True
    )
    contact_details: str | None = text("Contact details", personal=True, dated=True)


class ServiceType(Choice):
    """What sort of service it is."""

    CARE_HOME = "care home"
    NURSING_HOME = "nursing home"
    HOME_CARE = "home care"
    SUPPORTED_LIVING = "supported living"
    EXTRA_CARE = "extra care"
    DAY_SERVICE = "day service"
    COMMUNITY_HEALTH = "community health"
    OTHER = "other"


class ManagerState(Choice):
    """Whether a registered manager is in post."""

    IN_POST = "in post"
    VACANT = "vacant"


class CapacityUnit(Choice):
    """What capacity is counted in."""

    BEDS = "beds"
    PEOPLE = "people"
    UNITS = "units"
    HOURS = "hours a week"


@dataclass(frozen=True, kw_only=True, slots=True)
class Service(Sourced):
    """A service at a place: what CQC calls a location."""

    KIND: ClassVar[str] = "service"
    NOUN: ClassVar[str] = "service"
    PLURAL: ClassVar[str] = "services"
    TITLE: ClassVar[tuple[str, ...]] = ("name",)
    FIND: ClassVar[tuple[str, ...]] = ("cqc_location_id", "address", "postcode")
    FORMERLY: ClassVar[Mapping[str, str]] = {"visit_every_months": "visit_every"}
    KNOWN_WITH: ClassVar[Mapping[str, Mapping[str, Any]]] = {"manager_since": {"manager": None}}

    provider: str = parent("Provider", "provider", dated=True)
    name: str = text("Name", required=True, dated=True)
    type: ServiceType | None = choice("Type", ServiceType, dated=True)
    cqc_location_id: str | None = text("CQC location id", unique=True)
    address: str | None = long_text("Address", dated=True)
    postcode: str | None = text("Postcode", dated=True)
    local_authority: str | None = text("Local authority", dated=True)
    client_groups: str | None = text("Client groups", hint="For instance older people, dementia.", dated=True)
    capacity: int | None = whole("Capacity", least=Decimal(0), most=Decimal(1000000), dated=True)
    capacity_unit: CapacityUnit | None = choice("Counted in", CapacityUnit, dated=True)
    manager: ManagerState | None = choice("Registered manager", ManagerState, dated=True)
    manager_since: date | None = day("Since", dated=True)
    visit_every: Length | None = length(
        "Visit every",
        asks=("months", "weeks"),
        least=Decimal("0.03"),
        most=Decimal(60),
        hint="As the agreement requires.",
        dated=True,
    )


class RatingScheme(Choice):
    """Who rates, and what."""

    CQC_OVERALL = "CQC overall"
    CQC_SAFE = "CQC safe"
    CQC_EFFECTIVE = "CQC effective"
    CQC_CARING = "CQC caring"
    CQC_RESPONSIVE = "CQC responsive"
    CQC_WELL_LED = "CQC well-led"
    OURS = "our assessment"
    FOOD_HYGIENE = "food hygiene"


class RatingValue(Choice):
    """Every word a scheme may give. Food hygiene gives 0 to 5. Not rated is not the same as not known."""

    OUTSTANDING = "Outstanding"
    EXCELLENT = "Excellent"
    GOOD = "Good"
    REQUIRES_IMPROVEMENT = "Requires improvement"
    INADEQUATE = "Inadequate"
    POOR = "Poor"
    FIVE = "5"
    FOUR = "4"
    THREE = "3"
    TWO = "2"
    ONE = "1"
    ZERO = "0"
    EXEMPT = "Exempt"
    NOT_RATED = "Not rated"
    INSPECTED = "Inspected but not rated"
    INSUFFICIENT = "Insufficient evidence"
    SUSPENDED = "Suspended"


@dataclass(frozen=True, kw_only=True, slots=True)
class Rating(Sourced):
    """A rating as published. It is never recomputed."""

    KIND: ClassVar[str] = "rating"
    NOUN: ClassVar[str] = "rating"
    PLURAL: ClassVar[str] = "ratings"
    TITLE: ClassVar[tuple[str, ...]] = ("scheme",)
    HAPPENS: ClassVar[Mapping[str, tuple[str, ...]]] = {"published": ()}

    service: str = parent("Service", "service")
    scheme: RatingScheme | None = choice("Scheme", RatingScheme, RatingScheme.CQC_OVERALL, required=True)
    value: RatingValue | None = choice("Rating", RatingValue, required=True)
    published: date | None = day("Published", required=True)
    inherited: bool | None = yes_no("Inherited", hint="Carried over from an earlier registration.")
    asked: int | None = whole(
        "Questions",
        least=Decimal(1),
        most=Decimal(10000),
        asked_if=("scheme", (RatingScheme.OURS,)),
        hint="How many questions the assessment has.",
    )
    looked_at: int | None = whole(
        "Looked at",
        least=Decimal(0),
        most=Decimal(10000),
        asked_if=("scheme", (RatingScheme.OURS,)),
        hint="How many of them were looked at or do not apply.",
    )


class LotType(Choice):
    """How a contract is divided."""

    LOT = "lot"
    TIER = "tier"
    ZONE = "zone"


@dataclass(frozen=True, kw_only=True, slots=True)
class Lot(Sourced):
    """A lot, tier or zone of an agreement, to which providers are admitted."""

    KIND: ClassVar[str] = "lot"
    NOUN: ClassVar[str] = "lot, tier or zone"
    PLURAL: ClassVar[str] = "lots, tiers and zones"
    FIND: ClassVar[tuple[str, ...]] = ("covers",)

    agreement: str = parent("Agreement", "agreement")
    type: LotType | None = choice("Type", LotType, LotType.LOT, required=True)
    title: str = text("Name", required=True, dated=True)
    covers: str | None = long_text("What it covers", dated=True)
    stated_members: int | None = whole("Members, as stated", least=Decimal(0), most=Decimal(10000), dated=True)
    units: int | None = whole("Units", least=Decimal(0), most=Decimal(100000), dated=True)


@dataclass(frozen=True, kw_only=True, slots=True)
class Membership(Sourced):
    """A provider's place in a lot, tier or zone, by date."""

    KIND: ClassVar[str] = "membership"
    NOUN: ClassVar[str] = "membership"
    PLURAL: ClassVar[str] = "memberships"
    TITLE: ClassVar[tuple[str, ...]] = ("zone",)
    HAPPENS: ClassVar[Mapping[str, tuple[str, ...]]] = {"admitted": ()}
    KNOWN_WITH: ClassVar[Mapping[str, Mapping[str, Any]]] = {"left": {}}

    provider: str = parent("Provider", "provider")
    agreement: str = reference("Agreement", "agreement", required=True)
    lot: str | None = reference("Lot, tier or zone", "lot")
    zone: str | None = text("Zone", hint="For instance North, if the lot is a tier.")
    admitted: date | None = day("Admitted")
    left: date | None = day("Left")
