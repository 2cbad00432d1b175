"""What people say of figures in doubt: a contradiction that a reader saw, and the answer to a doubt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from s75desk.domain.fields import Choice, choice, day, long_text, parent, text
from s75desk.domain.records.base import Sourced


@dataclass(frozen=True, kw_only=True, slots=True)
class Contradiction(Sourced):
    """Two statements that do not agree, seen by a reader: no rule finds it, so it is recorded as a doubt."""

    KIND: ClassVar[str] = "contradiction"
    NOUN: ClassVar[str] = "contradiction"
    PLURAL: ClassVar[str] = "contradictions"
    FIND: ClassVar[tuple[str, ...]] = ("one", "other")
    HAPPENS: ClassVar[Mapping[str, tuple[str, ...]]] = {"raised": ()}

    agreement: str = parent("Agreement", "agreement")
    title: str = text("What disagrees", required=True, hint="In a few words: “Start of the savings”.")
    one: str = long_text("It says", required=True, hint="In the words of the paper.")
    one_at: str | None = text("Where it says so", hint="Paragraph, table or paper.")
    other: str = long_text("And", required=True, hint="The statement that does not agree with it.")
    other_at: str | None = text("Where it says that")
    raised: date | None = day("Seen on")


class Reply(Choice):
    """What a doubt came to."""

    RIGHT = "right as stated"
    MENDED = "mended"
    ASK = "to be asked of the provider"

    @property
    def settles(self) -> bool:
        """Whether the figures are no longer in doubt."""
        return self is not Reply.ASK


@dataclass(frozen=True, kw_only=True, slots=True)
class DoubtAnswer(Sourced):
    """The answer to one doubt. It holds for the figures that were doubted: others are asked about anew.

    It belongs to what the doubt was read for: an agreement with all that hangs under it, a KPI that hangs under none,
    or a provider with its services, ratings and visits.
    """

    KIND: ClassVar[str] = "doubt_answer"
    NOUN: ClassVar[str] = "answer to a doubt"
    PLURAL: ClassVar[str] = "answers to doubts"
    FOUND: ClassVar[bool] = False
    HAPPENS: ClassVar[Mapping[str, tuple[str, ...]]] = {"answered": ()}

    agreement: str | None = parent("Agreement", "agreement", required=False)
    kpi: str | None = parent("KPI", "kpi", required=False)
    provider: str | None = parent("Provider", "provider", required=False)
    title: str = long_text("Doubt", required=True)
    reply: Reply | None = choice("Answer", Reply, required=True)
    who: str | None = text("Answered by", hint="A role, not a name.")
    answered: date | None = day("Answered on")
    check: str | None = text("Check", hidden=True)
    kind: str | None = text("Kind of record", hidden=True)
    record: str | None = text("Record", hidden=True)
    figures: str | None = text("Figures it is about", hidden=True)
