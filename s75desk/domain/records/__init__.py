"""The records an officer keeps, one module an area. ``KINDS`` lists every class by the name of its kind."""

from __future__ import annotations

from s75desk.domain.records.action import Action, Chaser
from s75desk.domain.records.agreement import (
    Agreement,
    BreakClause,
    Decision,
    Extension,
    Forum,
    Link,
    Meeting,
    Milestone,
    Option,
    Party,
    Recommendation,
    Risk,
)
from s75desk.domain.records.base import Record, Sourced
from s75desk.domain.records.briefing import Briefing
from s75desk.domain.records.dated import DatedValue, Succession, Variation
from s75desk.domain.records.document import Document
from s75desk.domain.records.doubt import Contradiction, DoubtAnswer
from s75desk.domain.records.kpi import Breakdown, Kpi, KpiReturn, Measurement, Part, Target
from s75desk.domain.records.money import Contribution
from s75desk.domain.records.organisation import Organisation
from s75desk.domain.records.provider import Lot, Membership, Provider, Rating, Service
from s75desk.domain.records.tag import Tag, Tagged
from s75desk.domain.records.visit import QuestionSet, Standard, Visit
from s75desk.domain.records.visit_work import (
    PeopleSpoken,
    PriorGrading,
    VisitAnswer,
    VisitOverride,
    VisitPhoto,
    VisitSignature,
    VisitVersion,
)

KINDS: dict[str, type[Record]] = {
    cls.KIND: cls
    for cls in (
        DatedValue,
        Organisation,
        Succession,
        Agreement,
        Variation,
        Party,
        Extension,
        BreakClause,
        Contribution,
        Link,
        Forum,
        Meeting,
        Milestone,
        Recommendation,
        Option,
        Decision,
        Risk,
        Contradiction,
        DoubtAnswer,
        Document,
        Lot,
        Provider,
        Service,
        Rating,
        Membership,
        Kpi,
        Target,
        KpiReturn,
        Measurement,
        Breakdown,
        Part,
        QuestionSet,
        Standard,
        Visit,
        Action,
        Chaser,
        VisitAnswer,
        VisitOverride,
        PeopleSpoken,
        PriorGrading,
        VisitPhoto,
        VisitSignature,
        VisitVersion,
        Briefing,
        Tag,
        Tagged,
    )
}
"""Every kind of record, owners before what they own."""

__all__ = ["KINDS", "Record", "Sourced", *sorted(cls.__name__ for cls in KINDS.values())]
