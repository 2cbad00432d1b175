"""A heading that tells a record from its namesakes: a visit by its service and date, a rating by its service."""

from __future__ import annotations

from collections import Counter
from datetime import date

from s75desk.domain.records import (
    KINDS,
    Action,
    Contribution,
    Document,
    Kpi,
    Measurement,
    Membership,
    Party,
    PriorGrading,
    Provider,
    QuestionSet,
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
from s75desk.models.repository import Repository, title_of

_NAMED_AFTER: dict[str, tuple[tuple[type[Record], str], ...]] = {
    Service.KIND: ((Visit, "service"), (Rating, "service")),
    Organisation.KIND: ((Party, "organisation"),),
    Agreement.KIND: ((Membership, "agreement"),),
    Kpi.KIND: ((Measurement, "kpi"), (Target, "kpi")),
}
"""Which headings hold the name of another record, by the kind of that other: what ``heading_of`` looks up."""


_BY_TITLE: dict[type[Record], tuple[str, ...]] = {
    Action: ("agreement", "provider"),
    Agreement: ("reference",),
    Document: (),
    Kpi: ("agreement",),
    Organisation: (),
    Provider: ("cqc_provider_id",),
    QuestionSet: (),
    Service: ("provider", "postcode"),
    Tag: (),
}
"""Kinds whose title is their heading, and the fields that tell namesakes apart."""

Names = dict[str, tuple[str, tuple[str, ...]]]
"""By uid the heading, and what tells it from its namesakes."""


def heading_of(record: Record, repository: Repository) -> str:
    """The heading, with the names of the records it refers to where its own words are not enough."""
    match record:
        case Visit():
            service = repository.get(Service, record.service)
            return _visit(service.name if service else None, record.made or record.planned)
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


def names_of(repository: Repository, cls: type[Record]) -> Names:
    """What live records of a kind are called, by uid, read without the rest of them where their headings allow it."""
    if cls is Visit:
        services = dict(repository.rows(Service, "uid", "name", archived=True))
        return {
            uid: (_visit(services.get(service), made or planned), ())
            for uid, service, made, planned in repository.rows(cls, "uid", "service", "made", "planned")
        }
    if cls not in _BY_TITLE:
        return {record.uid: (heading_of(record, repository), ()) for record in repository.all(cls)}
    asked = _BY_TITLE[cls]
    named = [
        dict(repository.rows(KINDS[of], "uid", *KINDS[of].TITLE[:1], archived=True)) if of else None
        for of in (cls.fields()[name].refers_to for name in asked)
    ]
    found: Names = {}
    for uid, *values in repository.rows(cls, "uid", *asked, *cls.TITLE):
        besides = (value if of is None else of.get(value) for of, value in zip(named, values, strict=False))
        found[uid] = (title_of(cls, values[len(asked) :]), tuple(str(value) for value in besides if value))
    return found


def told_apart(names: Names) -> list[tuple[str, str]]:
    """Uid and heading of each; namesakes with what else is known of them: a service with its provider and postcode."""
    often = Counter(heading.casefold() for heading, _ in names.values())
    return [
        (uid, ", ".join((heading, *besides)) if often[heading.casefold()] > 1 else heading)
        for uid, (heading, besides) in names.items()
    ]


def _visit(service: str | None, day: date | None) -> str:
    return f"Quality visit, {service or 'unknown service'}" + (f", {date_short(day)}" if day else "")


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
