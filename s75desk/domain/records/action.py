"""Actions: one table for all, whatever they came from, with their chasers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from s75desk.domain.fields import Choice, choice, day, long_text, parent, reference, text
from s75desk.domain.records.base import Sourced


class ActionKind(Choice):
    """Corrective: law or contract asks for it. Developmental: good practice."""

    CORRECTIVE = "corrective"
    DEVELOPMENTAL = "developmental"
    OTHER = "other"


class ActionState(Choice):
    """How far it has come, as decided by people; dates decide whether it is overdue."""

    OPEN = "open"
    DONE = "done"
    VERIFIED = "verified"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, kw_only=True, slots=True)
class Action(Sourced):
    """Something someone has undertaken to do by a date."""

    KIND: ClassVar[str] = "action"
    NOUN: ClassVar[str] = "action"
    PLURAL: ClassVar[str] = "actions"
    FIND: ClassVar[tuple[str, ...]] = ("owner", "why", "evidence")
    HAPPENS: ClassVar[Mapping[str, tuple[str, ...]]] = {"raised": ()}
    KNOWN_WITH: ClassVar[Mapping[str, Mapping[str, Any]]] = {
        "verified": {"state": {ActionState.VERIFIED: ActionState.DONE}, "verified_by": None},
        "done": {
            "state": {ActionState.VERIFIED: ActionState.OPEN, ActionState.DONE: ActionState.OPEN},
            "evidence": None,
        },
    }
    PLANNED: ClassVar[tuple[str, ...]] = ("raised", "due")

    title: str = text("What is needed", required=True)
    why: str | None = long_text("Why")
    kind: ActionKind | None = choice("Kind", ActionKind)
    state: ActionState | None = choice("State", ActionState, ActionState.OPEN)
    owner: str | None = text("Owner", hint="A role, not a name.", dated=True)
    raised: date | None = day("Raised on")
    due: date | None = day("Due", dated=True)
    provider: str | None = reference("Provider", "provider")
    service: str | None = reference("Service", "service")
    agreement: str | None = reference("Agreement", "agreement")
    kpi: str | None = reference("KPI", "kpi")
    visit: str | None = reference("From visit", "visit")
    questions: str | None = text("From questions", hidden=True)
    evidence_wanted: str | None = long_text("Evidence wanted")
    evidence: str | None = long_text("Evidence seen", asked_if=("state", (ActionState.DONE, ActionState.VERIFIED)))
    done: date | None = day("Done on", asked_if=("state", (ActionState.DONE, ActionState.VERIFIED)))
    verified: date | None = day("Verified on", asked_if=("state", (ActionState.VERIFIED,)))
    verified_by: str | None = text("Verified by", hint="A role.", asked_if=("state", (ActionState.VERIFIED,)))


@dataclass(frozen=True, kw_only=True, slots=True)
class Chaser(Sourced):
    """One time an action was chased."""

    KIND: ClassVar[str] = "chaser"
    NOUN: ClassVar[str] = "chaser"
    PLURAL: ClassVar[str] = "chasers"
    TITLE: ClassVar[tuple[str, ...]] = ("said",)
    HAPPENS: ClassVar[Mapping[str, tuple[str, ...]]] = {"chased": ()}

    action: str = parent("Action", "action")
    chased: date | None = day("Date", required=True)
    said: str = long_text("What was said", required=True)
