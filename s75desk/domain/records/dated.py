"""What changed from a day while the thing stayed the same: values of fields, deeds of variation, bodies that go."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from s75desk.domain.fields import Choice, Field, choice, day, figure, length, long_text, money, parent, reference, text
from s75desk.domain.lengths import Length
from s75desk.domain.records.base import Sourced


@dataclass(frozen=True, kw_only=True, slots=True)
class DatedValue(Sourced):
    """A value that a field of a record has had since a day; the record itself keeps the value from the start.

    ``value`` is written as the history writes it (``domain/field_text.py``); None if it is not known from then on.
    """

    KIND: ClassVar[str] = "dated_value"
    NOUN: ClassVar[str] = "value from a day"
    PLURAL: ClassVar[str] = "values from a day"
    TITLE: ClassVar[tuple[str, ...]] = ("value",)
    FOUND: ClassVar[bool] = False

    kind: str | None = text("Kind of record", hidden=True)
    record: str | None = text("Record", hidden=True)
    field: str | None = text("Field", hidden=True)
    value: str | None = long_text("Value", hidden=True)
    since: date | None = day("Holds from", required=True)
    reason: str | None = text("Reason", hint="What brought the change, in a phrase.")


@dataclass(frozen=True, kw_only=True, slots=True)
class Variation(Sourced):
    """A deed that changes terms of an agreement from a day; a term that is left empty stays as it was."""

    KIND: ClassVar[str] = "variation"
    NOUN: ClassVar[str] = "deed of variation"
    PLURAL: ClassVar[str] = "deeds of variation"
    FIND: ClassVar[tuple[str, ...]] = ("why",)
    HAPPENS: ClassVar[Mapping[str, tuple[str, ...]]] = {"made": ()}

    agreement: str = parent("Agreement", "agreement")
    title: str = text("Deed", required=True, hint="For instance “Second deed of variation”.")
    made: date | None = day("Made on")
    since: date | None = day("Holds from", required=True, hint="The day from which the new terms hold.")
    why: str | None = long_text("What it changes, and why")
    notice: Length | None = length("New notice", asks=("months", "weeks", "days"), least=Decimal(0), most=Decimal(120))
    first_term: Length | None = length("New first term", least=Decimal("0.03"), most=Decimal(600))
    stated_end: date | None = day("New end")
    ends_at_latest: date | None = day("Now cannot run past")
    yearly_value: Decimal | None = money("New value a year", unit="a year", least=Decimal(0))
    stated_total: Decimal | None = money("New total, as stated", least=Decimal(0))
    people: str | None = long_text("People covered from then")
    services: str | None = long_text("Services covered from then")
    functions: str | None = long_text("Functions delegated from then")
    risk_share: str | None = long_text("Risk share from then")


@dataclass(frozen=True, kw_only=True, slots=True)
class TermInDeed(DatedValue):
    """A term of an agreement that a deed changes, as a value from a day; its uid is that of the deed."""

    KIND: ClassVar[str] = "variation"


TERMS: tuple[str, ...] = (
    "notice",
    "first_term",
    "stated_end",
    "ends_at_latest",
    "yearly_value",
    "stated_total",
    "people",
    "services",
    "functions",
    "risk_share",
)
"""The terms of an agreement that a deed can change: fields of both, of the same name and type."""


def changed_terms(deed: Variation) -> tuple[tuple[Field, Any], ...]:
    """The terms that a deed changes, each with its new value."""
    return tuple((deed.fields()[term], value) for term in TERMS if (value := getattr(deed, term)) is not None)


class Going(Choice):
    """What becomes of a body."""

    MERGED = "merged"
    SPLIT = "split"
    REPLACED = "replaced"


@dataclass(frozen=True, kw_only=True, slots=True)
class Succession(Sourced):
    """That a body's place is taken by another from a day; one that is split has one of these for each successor."""

    KIND: ClassVar[str] = "succession"
    NOUN: ClassVar[str] = "succession"
    PLURAL: ClassVar[str] = "successions"
    TITLE: ClassVar[tuple[str, ...]] = ("going",)
    HAPPENS: ClassVar[Mapping[str, tuple[str, ...]]] = {"since": ()}

    organisation: str = parent("Body that goes", "organisation")
    successor: str = reference("Successor", "organisation", required=True)
    going: Going | None = choice("What happens", Going, required=True)
    since: date | None = day("On", hint="Leave empty while the day is not known.")
    share: Decimal | None = figure("Share", unit="%", least=Decimal(0), most=Decimal(100))
    share_by: str | None = text("Shared by", hint="For instance population.")
