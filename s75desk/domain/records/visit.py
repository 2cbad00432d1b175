"""Question sets and quality visits as records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from s75desk.domain.fields import Choice, choice, day, figure, long_text, parent, reference, text, whole, yes_no
from s75desk.domain.records.base import Sourced
from s75desk.domain.records.provider import RatingValue


class SetState(Choice):
    """Whether a question set can be chosen for new visits."""

    DRAFT = "draft"
    IN_USE = "in use"
    RETIRED = "retired"


@dataclass(frozen=True, kw_only=True, slots=True)
class QuestionSet(Sourced):
    """A versioned question set; a visit keeps the version it was made with.

    ``content`` names the questions, scale and rule in the blob store; None for a set that only lists its standards.
    """

    KIND: ClassVar[str] = "question_set"
    NOUN: ClassVar[str] = "question set"
    PLURAL: ClassVar[str] = "question sets"
    FIND: ClassVar[tuple[str, ...]] = ("version",)

    title: str = text("Title", required=True)
    version: str | None = text("Version", required=True)
    state: SetState | None = choice("State", SetState, SetState.IN_USE)
    since: date | None = day("In use from")
    scale: str | None = text("Scale", hint="The words of the rating scale, best first.")
    rule: str | None = long_text("Rating rule", hint="As it would be done by hand.")
    content: str | None = text("Fingerprint of the questions", hidden=True)


@dataclass(frozen=True, kw_only=True, slots=True)
class Standard(Sourced):
    """One standard of a question set, in its area."""

    KIND: ClassVar[str] = "standard"
    NOUN: ClassVar[str] = "standard"
    PLURAL: ClassVar[str] = "standards"
    FIND: ClassVar[tuple[str, ...]] = ("area",)

    question_set: str = parent("Question set", "question_set")
    number: int | None = whole("Number", required=True, least=Decimal(1), most=Decimal(999))
    area: str | None = text("Area")
    title: str = text("Standard", required=True)
    weight: Decimal | None = figure("Weight", least=Decimal(0), most=Decimal(100))


class VisitKind(Choice):
    """Why the visit is made."""

    ANNOUNCED = "announced assessment"
    UNANNOUNCED = "unannounced assessment"
    FOLLOW_UP = "follow-up"
    FOCUSED = "focused visit"
    DESKTOP = "desktop review"


class VisitStage(Choice):
    """How far the visit has come."""

    PLANNED = "planned"
    UNDER_WAY = "under way"
    DRAFT = "draft report"
    FINAL = "final"
    CANCELLED = "cancelled"


_REPORTED = (VisitStage.DRAFT, VisitStage.FINAL)
_BEGUN = (VisitStage.UNDER_WAY, *_REPORTED)


@dataclass(frozen=True, kw_only=True, slots=True)
class Visit(Sourced):
    """A quality visit to a service, planned or past.

    What is found at it hangs under it (``visit_work.py``). It is locked once it has a signed version, until ``amends``
    says which version is being amended and ``amended_because`` why.
    """

    KIND: ClassVar[str] = "visit"
    NOUN: ClassVar[str] = "quality visit"
    PLURAL: ClassVar[str] = "quality visits"
    TITLE: ClassVar[tuple[str, ...]] = ("kind",)
    FIND: ClassVar[tuple[str, ...]] = ("team", "summary")
    KNOWN_WITH: ClassVar[Mapping[str, Mapping[str, Any]]] = {
        "made": {
            "stage": dict.fromkeys((VisitStage.UNDER_WAY, VisitStage.DRAFT, VisitStage.FINAL), VisitStage.PLANNED),
            "outcome": None,
            "summary": None,
            "comment": None,
            "no_comment": None,
            "amends": None,
            "amended_because": None,
        }
    }

    service: str = parent("Service", "service")
    kind: VisitKind | None = choice("Kind", VisitKind, VisitKind.ANNOUNCED, required=True)
    stage: VisitStage | None = choice("Stage", VisitStage, VisitStage.PLANNED)
    planned: date | None = day("Date", required=True)
    at: str | None = text("Time", hint="For instance 09:30.")
    days: int | None = whole("Days", least=Decimal(1), most=Decimal(30))
    team: str | None = text("Team", hint="Roles: two quality officers.")
    question_set: str | None = reference("Question set", "question_set")
    made: date | None = day("Made on", asked_if=("stage", _BEGUN))
    outcome: RatingValue | None = choice("Outcome", RatingValue, asked_if=("stage", _REPORTED))
    summary: str | None = long_text("Summary", asked_if=("stage", _BEGUN))
    comment: str | None = long_text("Provider’s comment", hidden=True)
    no_comment: bool | None = yes_no("No comment to make", hidden=True)
    amends: int | None = whole("Amends version", hidden=True)
    amended_because: str | None = long_text("Why it is amended", hidden=True)
