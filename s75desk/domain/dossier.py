"""Everything about one agreement as at a day, read and worked out in one go: for its page and its briefing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from s75desk.domain.coming_terms import ComingTerms
from s75desk.domain.findings import Question
from s75desk.domain.money.fund_plan import PlanYear
from s75desk.domain.money.pooled_fund import FundYear
from s75desk.domain.money.whole import AgreementMoney
from s75desk.domain.parted import PartedTotal
from s75desk.domain.performance import KpiSheet
from s75desk.domain.records import (
    Action,
    Agreement,
    BreakClause,
    Contradiction,
    Contribution,
    Decision,
    Document,
    DoubtAnswer,
    Extension,
    Forum,
    Link,
    Lot,
    Meeting,
    Membership,
    Milestone,
    Option,
    Organisation,
    Party,
    Provider,
    Recommendation,
    Record,
    Risk,
    Variation,
)
from s75desk.domain.term import Term
from s75desk.domain.term_history import UNCHANGED, TermHistory
from s75desk.domain.working import Figure


@dataclass(frozen=True, slots=True)
class AgreementDossier:
    """An agreement, all that hangs under it (archived records left out), and what the rules say of it.

    Attributes:
        as_at: The day everything was worked out for.
        organisations: Every organisation referred to, by uid.
        providers: Every provider admitted to a lot, by uid.
        term: The term engine's answer.
        money: What the rules say of its money.
        questions: Figures in doubt anywhere in this dossier, those that are to be asked of the provider among them.
        answered: Those that somebody answered, and which are in doubt no more.
        contradictions: Statements that a reader saw to disagree.
        answers: Answers to doubts, the newest last.
        variations: Deeds of variation whose terms hold.
        left: Parties whose place others have taken, each to its last day.
        coming: Terms that are agreed and do not hold yet.
        history: How its terms changed and will change, as known on the day.
        ahead: Records that are dated after today, for the lists of the window; no paper or figure uses them.
    """

    as_at: date
    agreement: Agreement
    organisations: Mapping[str, Organisation]
    parties: tuple[Party, ...]
    extensions: tuple[Extension, ...]
    contributions: tuple[Contribution, ...]
    links: tuple[Link, ...]
    linked: Mapping[str, Agreement]
    forums: tuple[Forum, ...]
    meetings: tuple[Meeting, ...]
    milestones: tuple[Milestone, ...]
    recommendations: tuple[Recommendation, ...]
    options: tuple[Option, ...]
    decisions: tuple[Decision, ...]
    risks: tuple[Risk, ...]
    documents: tuple[Document, ...]
    lots: tuple[Lot, ...]
    memberships: tuple[Membership, ...]
    providers: Mapping[str, Provider]
    kpis: tuple[KpiSheet, ...]
    breakdowns: tuple[PartedTotal, ...]
    actions: tuple[Action, ...]
    term: Term
    money: AgreementMoney
    questions: tuple[Question, ...]
    breaks: tuple[BreakClause, ...] = ()
    variations: tuple[Variation, ...] = ()
    coming: tuple[ComingTerms, ...] = ()
    history: TermHistory = UNCHANGED
    left: tuple[Party, ...] = ()
    ahead: tuple[Record, ...] = ()
    answered: tuple[Question, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()
    answers: tuple[DoubtAnswer, ...] = ()

    def listed(self, held: Sequence[Record], cls: type[Record]) -> tuple[Record, ...]:
        """The records of a list with those of the kind that are dated after today."""
        return (*held, *(record for record in self.ahead if type(record) is cls))

    @property
    def funds(self) -> tuple[FundYear, ...]:
        """Money by year."""
        return self.money.funds

    @property
    def plan(self) -> tuple[PlanYear, ...]:
        """Budget by year of the possible term."""
        return self.money.plan

    @property
    def value(self) -> Figure:
        """Value over the whole possible term."""
        return self.money.value
