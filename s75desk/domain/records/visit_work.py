"""What an officer records at a visit: answers, overrides, people spoken to, prior actions graded, photos, signatures.

All of it hangs under the visit and is locked with it. A signed version is sealed: it names the whole content of the
visit, as it was signed, in the blob store.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import ClassVar

from s75desk.domain.fields import Choice, choice, long_text, moment, parent, reference, text, whole, yes_no
from s75desk.domain.records.base import Record, Sourced
from s75desk.domain.visits.sample import MOST, SampleMethod

_MOST = Decimal(MOST)


@dataclass(frozen=True, kw_only=True, slots=True)
class VisitAnswer(Sourced):
    """The answer to one question, with what was seen and where it was seen."""

    KIND: ClassVar[str] = "visit_answer"
    NOUN: ClassVar[str] = "answer"
    PLURAL: ClassVar[str] = "answers"
    TITLE: ClassVar[tuple[str, ...]] = ("question",)
    FOUND: ClassVar[bool] = False

    visit: str = parent("Visit", "visit")
    question: str = text("Question", required=True)
    rating: int | None = whole("Rating", least=Decimal(1), most=Decimal(9))
    not_applicable: bool | None = yes_no("Not applicable")
    reason: str | None = long_text("Why it does not apply")
    flagged: bool | None = yes_no("Come back to it")
    seen: str | None = long_text("What was seen, heard or read")
    evidence: str | None = text("Evidence from")
    sample_of: str | None = text("What was sampled")
    population: int | None = whole("How many there are", least=Decimal(0), most=_MOST)
    looked_at: int | None = whole("How many were looked at", least=Decimal(0), most=_MOST)
    method: SampleMethod | None = choice("How they were chosen", SampleMethod)
    codes: str | None = text("Codes")


class RatedLevel(Choice):
    """What is rated above a question."""

    STANDARD = "standard"
    AREA = "area"
    OVERALL = "overall"


@dataclass(frozen=True, kw_only=True, slots=True)
class VisitOverride(Sourced):
    """An officer's judgement in place of a rating that was worked out."""

    KIND: ClassVar[str] = "visit_override"
    NOUN: ClassVar[str] = "override"
    PLURAL: ClassVar[str] = "overrides"
    TITLE: ClassVar[tuple[str, ...]] = ("reason",)
    FOUND: ClassVar[bool] = False

    visit: str = parent("Visit", "visit")
    level: RatedLevel | None = choice("Level", RatedLevel, required=True)
    code: str | None = text("Code")
    rating: int | None = whole("Rating", least=Decimal(1), most=Decimal(9))
    reason: str | None = long_text("Reason")


class SpokenRole(Choice):
    """Whom an officer may have spoken to; roles only, so that nobody is named."""

    PEOPLE = "people who use the service"
    RELATIVES = "relatives and friends"
    MANAGER = "registered manager"
    SENIOR = "deputy and senior staff"
    NURSES = "nurses"
    CARE = "care staff"
    OTHER_STAFF = "other staff"
    PROFESSIONALS = "visiting professionals"
    ADVOCATES = "advocates"


@dataclass(frozen=True, kw_only=True, slots=True)
class PeopleSpoken(Sourced):
    """How many people of one role were spoken to."""

    KIND: ClassVar[str] = "people_spoken"
    NOUN: ClassVar[str] = "people spoken to"
    PLURAL: ClassVar[str] = "people spoken to"
    TITLE: ClassVar[tuple[str, ...]] = ("role",)
    FOUND: ClassVar[bool] = False

    visit: str = parent("Visit", "visit")
    role: SpokenRole | None = choice("Role", SpokenRole, required=True)
    count: int | None = whole("How many", least=Decimal(0), most=Decimal(1000))


class PriorGrade(Choice):
    """How far an action of an earlier visit has been done [domain.md section 3, stage 8]."""

    MET = "met"
    PARTLY = "partly met"
    NOT_MET = "not met"


@dataclass(frozen=True, kw_only=True, slots=True)
class PriorGrading(Sourced):
    """How far an action from before was found done at a visit."""

    KIND: ClassVar[str] = "prior_grading"
    NOUN: ClassVar[str] = "graded action"
    PLURAL: ClassVar[str] = "graded actions"
    TITLE: ClassVar[tuple[str, ...]] = ("grade",)
    FOUND: ClassVar[bool] = False

    visit: str = parent("Visit", "visit")
    action: str | None = reference("Action", "action", required=True)
    grade: PriorGrade | None = choice("Grade", PriorGrade)
    reason: str | None = long_text("Reason")


@dataclass(frozen=True, kw_only=True, slots=True)
class VisitPhoto(Sourced):
    """A photo of evidence: scaled down, without the place it was taken at. Its bytes lie in the blob store."""

    KIND: ClassVar[str] = "visit_photo"
    NOUN: ClassVar[str] = "photo"
    PLURAL: ClassVar[str] = "photos"
    TITLE: ClassVar[tuple[str, ...]] = ("caption",)
    FOUND: ClassVar[bool] = False

    visit: str = parent("Visit", "visit")
    question: str | None = text("Question")
    number: int | None = whole("Number")
    caption: str | None = text("Caption")
    sha256: str | None = text("Fingerprint", hidden=True)
    thumbnail: str | None = text("Fingerprint of the small picture", hidden=True)
    wide: int | None = whole("Width", unit="pixels", hidden=True)
    high: int | None = whole("Height", unit="pixels", hidden=True)
    size: int | None = whole("Size", unit="bytes", hidden=True)


class Party(Choice):
    """Who signs."""

    OFFICER = "officer"
    PROVIDER = "provider"


@dataclass(frozen=True, kw_only=True, slots=True)
class VisitSignature(Sourced):
    """A signature drawn on the screen, or that it was refused.

    ``strokes`` is JSON: lines of points in a box. ``content`` is the fingerprint of what the visit said when it was
    drawn (``domain/visits/signed_for.py``).
    """

    KIND: ClassVar[str] = "visit_signature"
    NOUN: ClassVar[str] = "signature"
    PLURAL: ClassVar[str] = "signatures"
    TITLE: ClassVar[tuple[str, ...]] = ("role", "party")
    FOUND: ClassVar[bool] = False

    visit: str = parent("Visit", "visit")
    party: Party | None = choice("Party", Party, required=True)
    role: str | None = text("Role", hint="A role, not a name.")
    refused: bool | None = yes_no("Refused to sign")
    reason: str | None = long_text("Why it was refused")
    strokes: str | None = long_text("Signature", hidden=True, personal=True)
    signed: datetime | None = moment("Signed", hidden=True)
    content: str | None = text("Fingerprint of what was signed", hidden=True)


@dataclass(frozen=True, kw_only=True, slots=True)
class VisitVersion(Sourced):
    """A visit as it was signed, whole: ``sha256`` names its content in the blob store."""

    KIND: ClassVar[str] = "visit_version"
    NOUN: ClassVar[str] = "signed version"
    PLURAL: ClassVar[str] = "signed versions"
    TITLE: ClassVar[tuple[str, ...]] = ("number",)
    FOUND: ClassVar[bool] = False
    SEALED: ClassVar[bool] = True

    visit: str = parent("Visit", "visit")
    number: int | None = whole("Version")
    signed: datetime | None = moment("Signed")
    because: str | None = long_text("Why it was amended")
    overall: str | None = text("Overall rating")
    sha256: str | None = text("Fingerprint of the content")


ONE_EACH: Mapping[type[Record], tuple[str, ...]] = {
    VisitAnswer: ("question",),
    VisitOverride: ("level", "code"),
    PeopleSpoken: ("role",),
    PriorGrading: ("action",),
    VisitSignature: ("party",),
}
"""Records of which a visit has one for each thing they are about, and the fields that say what that is."""
