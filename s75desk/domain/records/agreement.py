"""Section 75 agreements and care contracts, and everything that hangs under one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from s75desk.domain.fields import (
    Choice,
    choice,
    day,
    figure,
    length,
    long_text,
    money,
    parent,
    reference,
    text,
    whole,
    yes_no,
)
from s75desk.domain.lengths import Length
from s75desk.domain.records.base import Sourced
from s75desk.domain.wording import date_long

_ZERO = Decimal(0)
_ANY = Decimal("0.03")
"""Months of the shortest length that is one: a day."""


class AgreementKind(Choice):
    """The legal form."""

    POOLED_FUND = "Section 75, pooled fund"
    LEAD_COMMISSIONING = "Section 75, lead commissioning"
    DELEGATED = "Section 75, delegated functions"
    BLOCK = "contract, block"
    SPOT = "contract, spot"
    FRAMEWORK = "contract, framework"
    DYNAMIC_PURCHASING = "contract, dynamic purchasing"
    GRANT = "grant"

    @property
    def section_75(self) -> bool:
        """Whether it is made under section 75 of the NHS Act 2006."""
        return self.value.startswith("Section 75")


class Stage(Choice):
    """Where the agreement is in its life, as decided by people; dates decide the rest."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    AGREED = "agreed"
    ENDED = "ended"
    ENDED_EARLY = "ended early"
    NOT_MADE = "not made"


@dataclass(frozen=True, kw_only=True, slots=True)
class Agreement(Sourced):
    """An agreement or contract that the officer watches.

    The term is ``first_term`` from ``starts``, lengthened by each exercised ``Extension``. ``stated_end`` is
    the end as the paper states it; where it is known and the length is not, it is the end. One that runs on until it
    is ended has no end before notice is given; its first term is what it must run for at least.
    """

    KIND: ClassVar[str] = "agreement"
    NOUN: ClassVar[str] = "agreement"
    PLURAL: ClassVar[str] = "agreements"
    FIND: ClassVar[tuple[str, ...]] = ("reference", "people", "services", "aims", "note")
    FORMERLY: ClassVar[Mapping[str, str]] = {"initial_months": "first_term", "notice_months": "notice"}
    KNOWN_WITH: ClassVar[Mapping[str, Mapping[str, Any]]] = {
        "let_end_decided": {"let_end": None},
        "notice_given": {"notice_ends": None},
        "ended_on": {"stage": {Stage.ENDED: Stage.AGREED, Stage.ENDED_EARLY: Stage.AGREED}},
        "agreed_on": {"stage": {Stage.AGREED: Stage.PROPOSED}},
    }

    title: str = text("Title", required=True, dated=True)
    reference: str | None = text("Reference", unique=True, hint="Short and your own, for instance S75-2024-OT.")
    kind: AgreementKind | None = choice("Kind", AgreementKind, dated=True)
    stage: Stage | None = choice("Stage", Stage, Stage.AGREED, dated=True)
    starts: date | None = day("Starts", dated=True)
    first_term: Length | None = length("First term", least=_ANY, most=Decimal(600), dated=True)
    rolling: bool | None = yes_no("Runs on until ended", hint="It has no end before someone gives notice.", dated=True)
    stated_end: date | None = day("End, if stated", dated=True)
    ends_at_latest: date | None = day("Cannot run past", hint="A date in law that caps every extension.", dated=True)
    notice: Length | None = length(
        "Notice", asks=("months", "weeks", "days"), least=_ZERO, most=Decimal(120), dated=True
    )
    notice_expires: str | None = text(
        "Notice may expire only on", hint="A day of the year such as 31 March; empty for any day.", dated=True
    )
    notice_given: date | None = day("Notice given on")
    notice_ends: date | None = day("Notice given to end on", hint="The day on which it ends by that notice.")
    ended_on: date | None = day("Ended on", hint="The day on which it ended, where that is not the end of its term.")
    agreed_on: date | None = day("Agreed on", hint="When it was signed or approved.")
    yearly_value: Decimal | None = money(
        "Value a year", unit="a year", least=_ZERO, dated=True, about="yearly_about", upto="yearly_to"
    )
    yearly_to: Decimal | None = money("Value a year, at most", unit="a year", least=_ZERO, hidden=True, dated=True)
    yearly_about: bool | None = yes_no("Value a year is approximate", hidden=True, dated=True)
    stated_total: Decimal | None = money(
        "Total, as stated", least=_ZERO, dated=True, about="stated_total_about", upto="stated_total_to"
    )
    stated_total_to: Decimal | None = money("Total as stated, at most", least=_ZERO, hidden=True, dated=True)
    stated_total_about: bool | None = yes_no("Total as stated is approximate", hidden=True, dated=True)
    stated_total_basis: str | None = text(
        "What the total covers",
        hint="For instance “a year” or “five years”.",
        dated=True,
        asked_if=("stated_total", ()),
    )
    people: str | None = long_text("People covered", dated=True)
    services: str | None = long_text("Services covered", dated=True)
    aims: str | None = long_text("Aims and outcomes", dated=True)
    functions: str | None = long_text("Functions delegated", dated=True)
    risk_share: str | None = long_text("Risk share", hint="How over- and underspends are shared.", dated=True)
    reviewed: str | None = text("Review", hint="When and how it is reviewed.", dated=True)
    let_end: date | None = day("Let end on", hidden=True)
    let_end_decided: date | None = day("Letting it end decided on", hidden=True)
    remind_on: date | None = day("Remind of the decision on", hidden=True)


class PartyRole(Choice):
    """What a body does in an agreement."""

    LEAD = "lead commissioner"
    HOST = "host of the pooled fund"
    PARTNER = "partner"
    COMMISSIONER = "commissioner"
    PROVIDER = "provider"


@dataclass(frozen=True, kw_only=True, slots=True)
class Party(Sourced):
    """A body's role in an agreement, by date: roles move (a lead commissioner can be reassigned)."""

    KIND: ClassVar[str] = "party"
    NOUN: ClassVar[str] = "party"
    PLURAL: ClassVar[str] = "parties"
    TITLE: ClassVar[tuple[str, ...]] = ("role",)
    HAPPENS: ClassVar[Mapping[str, tuple[str, ...]]] = {"since": ()}
    KNOWN_WITH: ClassVar[Mapping[str, Mapping[str, Any]]] = {"until": {}}

    agreement: str = parent("Agreement", "agreement")
    organisation: str = reference("Organisation", "organisation", required=True)
    role: PartyRole | None = choice("Role", PartyRole, required=True)
    since: date | None = day("From")
    until: date | None = day("To")


class ExtensionState(Choice):
    """Whether an option to extend has been taken up."""

    UNDECIDED = "undecided"
    EXERCISED = "exercised"
    DECLINED = "declined"


@dataclass(frozen=True, kw_only=True, slots=True)
class Extension(Sourced):
    """One option to extend the term. It needs a decision made before the end it moves."""

    KIND: ClassVar[str] = "extension"
    NOUN: ClassVar[str] = "extension"
    PLURAL: ClassVar[str] = "extensions"
    TITLE: ClassVar[tuple[str, ...]] = ("number",)
    FORMERLY: ClassVar[Mapping[str, str]] = {"months": "length"}
    HAPPENS: ClassVar[Mapping[str, tuple[str, ...]]] = {"decided": ("waiver",)}
    KNOWN_WITH: ClassVar[Mapping[str, Mapping[str, Any]]] = {
        "decided": {"state": ExtensionState.UNDECIDED, "decided_by": None, "reference": None}
    }

    agreement: str = parent("Agreement", "agreement")
    number: int | None = whole("Number", required=True, least=Decimal(1), most=Decimal(20))
    length: Length | None = length("Length", required=True, least=_ANY, most=Decimal(240))
    state: ExtensionState | None = choice("State", ExtensionState, ExtensionState.UNDECIDED)
    waiver: bool | None = yes_no("By waiver", hint="Beyond what the agreement or a date in law allows.")
    decided: date | None = day("Decided on")
    decided_by: str | None = text("Decided by", hint="A committee or a role.")
    reference: str | None = text("Decision reference")

    @property
    def heading(self) -> str:
        """The title: “Extension” and its number."""
        return f"Extension {self.number}" if self.number else "Extension"


class BreakState(Choice):
    """Whether an option to end early has been used."""

    OPEN = "open"
    USED = "used"
    NOT_USED = "not used"


@dataclass(frozen=True, kw_only=True, slots=True)
class BreakClause(Sourced):
    """A day on which an agreement may be ended before its term has run."""

    KIND: ClassVar[str] = "break_clause"
    NOUN: ClassVar[str] = "break clause"
    PLURAL: ClassVar[str] = "break clauses"
    TITLE: ClassVar[tuple[str, ...]] = ("on",)
    FOUND: ClassVar[bool] = False
    KNOWN_WITH: ClassVar[Mapping[str, Mapping[str, Any]]] = {
        "decided": {"state": BreakState.OPEN, "decided_by": None, "reference": None}
    }

    agreement: str = parent("Agreement", "agreement")
    on: date | None = day("Can end on")
    after: Length | None = length("Or after", least=_ANY, most=Decimal(600), hint="Counted from the start: 5 years.")
    notice: Length | None = length(
        "Notice for it",
        asks=("months", "weeks", "days"),
        least=_ZERO,
        most=Decimal(120),
        hint="Empty if it is the agreement’s own.",
    )
    who: str | None = text("Who may use it", hint="A role: either partner, the council.")
    state: BreakState | None = choice("State", BreakState, BreakState.OPEN)
    decided: date | None = day("Decided on")
    decided_by: str | None = text("Decided by", hint="A committee or a role.")
    reference: str | None = text("Decision reference")

    @property
    def heading(self) -> str:
        """The title: “Break after 5 years”, “Break on 31 March 2029”."""
        if self.on is not None:
            return f"Break on {date_long(self.on)}"
        return f"Break after {self.after}" if self.after else "Break clause"


class LinkType(Choice):
    """How two agreements hang together."""

    CO_TERMINOUS = "ends together with"
    SIGNED_BEFORE = "must be signed before"
    REPLACES = "replaces"
    FUNDS = "is funded through"
    RELATED = "is related to"


@dataclass(frozen=True, kw_only=True, slots=True)
class Link(Sourced):
    """A tie to another agreement."""

    KIND: ClassVar[str] = "link"
    NOUN: ClassVar[str] = "link"
    PLURAL: ClassVar[str] = "links"
    TITLE: ClassVar[tuple[str, ...]] = ("type",)

    agreement: str = parent("Agreement", "agreement")
    type: LinkType | None = choice("Tie", LinkType, required=True)
    other: str | None = reference("Other agreement", "agreement")
    other_title: str | None = text("Other agreement, if not in this desk")


@dataclass(frozen=True, kw_only=True, slots=True)
class Forum(Sourced):
    """A board or group that governs an agreement."""

    KIND: ClassVar[str] = "forum"
    NOUN: ClassVar[str] = "forum"
    PLURAL: ClassVar[str] = "forums"
    TITLE: ClassVar[tuple[str, ...]] = ("name",)
    FIND: ClassVar[tuple[str, ...]] = ("purpose",)

    agreement: str = parent("Agreement", "agreement")
    name: str = text("Name", required=True, dated=True)
    purpose: str | None = long_text("What it does", dated=True)
    frequency: str | None = text("Meets", hint="For instance “quarterly”.", dated=True)


@dataclass(frozen=True, kw_only=True, slots=True)
class Meeting(Sourced):
    """A meeting of a forum, or about an agreement."""

    KIND: ClassVar[str] = "meeting"
    NOUN: ClassVar[str] = "meeting"
    PLURAL: ClassVar[str] = "meetings"
    TITLE: ClassVar[tuple[str, ...]] = ("title",)
    HAPPENS: ClassVar[Mapping[str, tuple[str, ...]]] = {"held": ("outcome",)}

    agreement: str = parent("Agreement", "agreement")
    forum: str | None = reference("Forum", "forum")
    title: str = text("Meeting", required=True)
    held: date | None = day("Date")
    at: str | None = text("Time", hint="For instance 10:00.")
    outcome: str | None = long_text("What was agreed")


class Progress(Choice):
    """How far a milestone or recommendation has come."""

    NOT_STARTED = "not started"
    UNDER_WAY = "under way"
    DONE = "done"
    DROPPED = "dropped"


@dataclass(frozen=True, kw_only=True, slots=True)
class Milestone(Sourced):
    """A step of a timetable, with the role that owns it."""

    KIND: ClassVar[str] = "milestone"
    NOUN: ClassVar[str] = "milestone"
    PLURAL: ClassVar[str] = "milestones"
    FIND: ClassVar[tuple[str, ...]] = ("activity", "owner")
    KNOWN_WITH: ClassVar[Mapping[str, Mapping[str, Any]]] = {"done": {"progress": {Progress.DONE: None}}}
    PLANNED: ClassVar[tuple[str, ...]] = ("starts", "due", "as_stated")

    agreement: str = parent("Agreement", "agreement")
    number: int | None = whole("Number", least=_ZERO, most=Decimal(999))
    title: str = text("Milestone", required=True)
    activity: str | None = long_text("Activity")
    owner: str | None = text("Owner", hint="A role, not a name.", dated=True)
    starts: date | None = day("From")
    due: date | None = day("By", dated=True)
    as_stated: str | None = text("Dates as stated")
    progress: Progress | None = choice("Progress", Progress)
    done: date | None = day("Done on")


@dataclass(frozen=True, kw_only=True, slots=True)
class Recommendation(Sourced):
    """A recommendation made to or about the service, and how far it has come."""

    KIND: ClassVar[str] = "recommendation"
    NOUN: ClassVar[str] = "recommendation"
    PLURAL: ClassVar[str] = "recommendations"
    FIND: ClassVar[tuple[str, ...]] = ("update", "owner")
    HAPPENS: ClassVar[Mapping[str, tuple[str, ...]]] = {"made": ()}
    KNOWN_WITH: ClassVar[Mapping[str, Mapping[str, Any]]] = {"updated": {"progress": None, "update": None}}

    agreement: str = parent("Agreement", "agreement")
    number: str | None = text("Number", hint="As in the paper: 1, 2 or a).")
    title: str = long_text("Recommendation", required=True)
    made_by: str | None = text("Made by", hint="Who recommended it: a review, a report.")
    made: date | None = day("Made on")
    owner: str | None = text("Owner", hint="A role, not a name.", dated=True)
    due: date | None = day("Due", dated=True)
    progress: Progress | None = choice("Progress", Progress, dated=True)
    update: str | None = long_text("Progress in words", dated=True)
    updated: date | None = day("Progress as at")
    decision: str | None = reference("Decision that took it", "decision")


@dataclass(frozen=True, kw_only=True, slots=True)
class Option(Sourced):
    """One option of an options appraisal."""

    KIND: ClassVar[str] = "option"
    NOUN: ClassVar[str] = "option"
    PLURAL: ClassVar[str] = "options"

    agreement: str = parent("Agreement", "agreement")
    number: int | None = whole("Number", least=_ZERO, most=Decimal(99))
    title: str = text("Option", required=True)
    benefits: str | None = long_text("Benefits")
    risks: str | None = long_text("Risks")
    score: Decimal | None = figure("Score", hint="Leave empty if the options were not scored.")
    chosen: bool | None = yes_no("Chosen")


class Outcome(Choice):
    """What became of a decision."""

    UNDECIDED = "undecided"
    APPROVED = "approved"
    NOTED = "noted"
    DELEGATED = "delegated"
    REFUSED = "refused"
    DEFERRED = "deferred"


@dataclass(frozen=True, kw_only=True, slots=True)
class Decision(Sourced):
    """A decision taken, or one that must be taken by a date."""

    KIND: ClassVar[str] = "decision"
    NOUN: ClassVar[str] = "decision"
    PLURAL: ClassVar[str] = "decisions"
    FIND: ClassVar[tuple[str, ...]] = ("body", "reference")
    KNOWN_WITH: ClassVar[Mapping[str, Mapping[str, Any]]] = {
        "taken": {"outcome": Outcome.UNDECIDED, "reference": None, "delegated_to": None}
    }
    PLANNED: ClassVar[tuple[str, ...]] = ("due",)

    agreement: str = parent("Agreement", "agreement")
    title: str = long_text("Decision", required=True)
    body: str | None = text("By", hint="A committee or a role.", dated=True)
    outcome: Outcome | None = choice("Outcome", Outcome, Outcome.UNDECIDED)
    due: date | None = day("Needed by", dated=True)
    taken: date | None = day("Taken on")
    reference: str | None = text("Reference", hint="Minute or Forward Plan reference.")
    delegated_to: str | None = text("Delegated to")


class RiskLevel(Choice):
    """How serious a risk is, in the words of the source; scores are not assumed."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class RiskState(Choice):
    """Whether a risk is still being watched."""

    OPEN = "open"
    CLOSED = "closed"
    HAPPENED = "happened"


@dataclass(frozen=True, kw_only=True, slots=True)
class Risk(Sourced):
    """A risk to an agreement, with what is done about it and what it might cost."""

    KIND: ClassVar[str] = "risk"
    NOUN: ClassVar[str] = "risk"
    PLURAL: ClassVar[str] = "risks"
    FIND: ClassVar[tuple[str, ...]] = ("mitigation", "owner")
    HAPPENS: ClassVar[Mapping[str, tuple[str, ...]]] = {"raised": ()}
    KNOWN_WITH: ClassVar[Mapping[str, Mapping[str, Any]]] = {
        "reviewed": {"state": {RiskState.CLOSED: RiskState.OPEN, RiskState.HAPPENED: RiskState.OPEN}}
    }

    agreement: str = parent("Agreement", "agreement")
    title: str = long_text("Risk", required=True)
    likelihood: RiskLevel | None = choice("Likelihood", RiskLevel, dated=True)
    impact: RiskLevel | None = choice("Impact", RiskLevel, dated=True)
    yearly_cost: Decimal | None = money("Cost a year", unit="a year", dated=True, about="yearly_cost_about")
    yearly_cost_about: bool | None = yes_no("Cost a year is approximate", hidden=True, dated=True)
    mitigation: str | None = long_text("Mitigation", dated=True)
    owner: str | None = text("Owner", hint="A role, not a name.", dated=True)
    state: RiskState | None = choice("State", RiskState, RiskState.OPEN, dated=True)
    raised: date | None = day("Raised on")
    reviewed: date | None = day("Last reviewed")
