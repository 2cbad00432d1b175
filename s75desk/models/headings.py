"""A heading that tells a record from its namesakes: a visit by its service and date, a rating by its service."""

from __future__ import annotations

from s75desk.domain.records import (
    Action,
    Contribution,
    Kpi,
    Measurement,
    Membership,
    Party,
    PriorGrading,
    Rating,
    Record,
    Tag,
    Tagged,
    Target,
    Visit,
    VisitAnswer,
    VisitSignature,
    VisitVersion,
)
from s75desk.domain.records.agreement import Agreement
from s75desk.domain.records.organisation import Organisation
from s75desk.domain.records.provider import Service
from s75desk.domain.wording import date_short, financial_year, pounds
from s75desk.models.repository import Repository

_NAMED_AFTER: dict[str, tuple[tuple[type[Record], str], ...]] = {
    Service.KIND: ((Visit, "service"), (Rating, "service")),
    Organisation.KIND: ((Party, "organisation"),),
    Agreement.KIND: ((Membership, "agreement"),),
    Kpi.KIND: ((Measurement, "kpi"), (Target, "kpi")),
}
"""Which headings hold the name of another record, by the kind of that other: what ``heading_of`` looks up."""


def heading_of(record: Record, repository: Repository) -> str:
    """The heading, with the names of the records it refers to where its own words are not enough."""
    match record:
        case Visit():
            service = repository.get(Service, record.service)
            name = service.name if service else "unknown service"
            day = record.made or record.planned
            return f"Quality visit, {name}" + (f", {date_short(day)}" if day else "")
        case Rating():
            service = repository.get(Service, record.service)
            scheme = record.scheme.word if record.scheme else "Rating"
            value = record.value.value if record.value else "not known"
            return f"{scheme}: {value}" + (f", {service.name}" if service else "")
        case Party():
            body = repository.get(Organisation, record.organisation)
            return f"{body.name if body else 'Unknown body'}, {record.role.value if record.role else 'role not known'}"
        case Membership():
            agreement = repository.get(Agreement, record.agreement)
            return f"On {agreement.title}" if agreement else "Membership"
        case Measurement():
            kpi = repository.get(Kpi, record.kpi)
            when = f", {date_short(record.ends)}" if record.ends else ""
            return f"Figure for {kpi.title if kpi else 'unknown KPI'}{when}"
        case Target():
            kpi = repository.get(Kpi, record.kpi)
            return f"Target of {kpi.title if kpi else 'unknown KPI'}"
        case PriorGrading():
            action = repository.get(Action, record.action or "")
            return f"Grade of {action.title if action else 'an action from before'}"
        case VisitAnswer():
            return f"Question {record.question}"
        case VisitSignature():
            return f"Signature of the {record.party.value if record.party else 'party not known'}"
        case VisitVersion():
            return f"Signed version {'not known' if record.number is None else record.number}"
        case Contribution():
            what = record.type.word if record.type else "Amount"
            amount = f" of {pounds(record.amount)}" if record.amount is not None else ""
            return f"{what}{amount}" + (f", {financial_year(record.year)}" if record.year else "")
        case _:
            return _own_heading(record, repository)


def _own_heading(record: Record, repository: Repository) -> str:
    """The record's own words; of a tagging those of its tag."""
    if isinstance(record, Tagged):
        tag = repository.get(Tag, record.tag)
        return f"Tag “{tag.name}”" if tag else "Tag"
    return record.heading


def dependents_of(record: Record, repository: Repository) -> list[Record]:
    """Live records whose heading holds the name of this one, so that they are found by its new name."""
    return [
        other for cls, field in _NAMED_AFTER.get(record.KIND, ()) for other in repository.naming(cls, field, record.uid)
    ]
