"""Councils, NHS bodies, provider companies and regulators, with the codes they are known by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from s75desk.domain.fields import Choice, choice, text
from s75desk.domain.records.base import Sourced


class OrganisationType(Choice):
    """What sort of body it is."""

    COUNCIL = "council"
    NHS_COMMISSIONER = "NHS commissioner"
    NHS_PROVIDER = "NHS provider"
    COMPANY = "provider company"
    REGULATOR = "regulator"
    OTHER = "other"


@dataclass(frozen=True, kw_only=True, slots=True)
class Organisation(Sourced):
    """A body that can be a party to an agreement or own providers."""

    KIND: ClassVar[str] = "organisation"
    NOUN: ClassVar[str] = "organisation"
    PLURAL: ClassVar[str] = "organisations"
    TITLE: ClassVar[tuple[str, ...]] = ("name",)
    FIND: ClassVar[tuple[str, ...]] = ("short_name", "ods_code", "cqc_provider_id", "company_number")

    name: str = text("Name", required=True, unique=True, dated=True)
    short_name: str | None = text(
        "Short name", hint="As used in tables, for instance “the council” or “CCG”.", dated=True
    )
    type: OrganisationType | None = choice("Type", OrganisationType, dated=True)
    ods_code: str | None = text("ODS code")
    cqc_provider_id: str | None = text("CQC provider id")
    company_number: str | None = text("Company number")
