"""Briefings that were printed or saved, each with its hash and the PDF itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from s75desk.domain.fields import Choice, choice, day, long_text, moment, parent, text, whole
from s75desk.domain.records.base import Sourced


class BriefingKind(Choice):
    """The kinds of briefing that can be printed."""

    AGREEMENT = "agreement briefing"
    FEEDBACK_SHEET = "visit feedback sheet"
    VISIT_REPORT = "visit report"
    PROVIDER = "provider record"
    KPI = "KPI record"
    ACTION_PLAN = "action plan"
    LIST = "list"
    QUESTIONS = "questions to the provider"


@dataclass(frozen=True, kw_only=True, slots=True)
class Briefing(Sourced):
    """A briefing as it left the desk. ``sha256`` names the PDF's bytes in the blob store.

    ``content`` is the fingerprint that stands at the foot of a visit's sheet or report: that of what it was made from.
    """

    KIND: ClassVar[str] = "briefing"
    NOUN: ClassVar[str] = "briefing"
    PLURAL: ClassVar[str] = "briefings"
    FIND: ClassVar[tuple[str, ...]] = ("audience", "note")

    title: str = text("Title", required=True)
    kind: BriefingKind | None = choice("Kind", BriefingKind, hidden=True)
    agreement: str | None = parent("Agreement", "agreement", required=False, hidden=True)
    visit: str | None = parent("Visit", "visit", required=False, hidden=True)
    provider: str | None = parent("Provider", "provider", required=False, hidden=True)
    kpi: str | None = parent("KPI", "kpi", required=False, hidden=True)
    audience: str | None = text("For")
    as_at: date | None = day("As at", hidden=True)
    printed: datetime | None = moment("Made", hidden=True)
    how: str | None = text("How", hidden=True)
    options: str | None = long_text("Options", hidden=True)
    pages: int | None = whole("Pages", hidden=True)
    sha256: str | None = text("Fingerprint", hidden=True)
    content: str | None = text("Fingerprint of the content", hidden=True)
