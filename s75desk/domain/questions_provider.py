"""Doubts of a provider: what is doubted of it, its services, ratings and visits on entry stays in doubt afterwards."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from s75desk.domain.checks_provider import provider_findings, rating_findings, service_findings, visit_findings
from s75desk.domain.findings import Finding, Question, Weight
from s75desk.domain.parsing import field_text
from s75desk.domain.records import Provider, Rating, Record, Service, Visit
from s75desk.domain.records.base import Sourced
from s75desk.domain.status import Shape
from s75desk.domain.surroundings import Surroundings
from s75desk.domain.working import Line, Working

RECORDED = "as recorded"
"""The name of the check that asks again what was doubted on entry."""


def provider_questions(
    provider: Provider, services: Sequence[Service], ratings: Sequence[Rating], visits: Sequence[Visit], today: date
) -> tuple[Question, ...]:
    """Every doubt of a provider: codes, ratings outside their scheme or twice on a day, visits that contradict."""
    around = Surroundings(today)
    names = {service.uid: service.name for service in services}
    found = _asked(provider, provider.name, provider_findings(provider, around))
    for service in services:
        found += _asked(service, service.name, service_findings(service, around))
    for number, rating in enumerate(ratings):
        before = [other for other in ratings[:number] if other.service == rating.service]
        said = rating_findings(rating, Surroundings(today, siblings={Rating.KIND: before}))
        found += _asked(rating, names.get(rating.service, provider.name), said)
    for visit in visits:
        found += _asked(visit, names.get(visit.service, provider.name), visit_findings(visit, around))
    return tuple(found)


def _asked(record: Record, whose: str, findings: Iterable[Finding]) -> list[Question]:
    cited = record.cited if isinstance(record, Sourced) else "Not known"
    found = []
    for finding in findings:
        if finding.weight is not Weight.DOUBT:
            continue
        field = record.fields()[finding.field]
        value = getattr(record, field.name)
        held = field_text(field, value) if value is not None else "Not known"
        title = f"{field.label} of {record.NOUN}: {whose}"
        working = Working(title, (Line(field.label, held, cited, shape=Shape.DOUBT),), finding.text, cited)
        found.append(Question(RECORDED, title, finding.text, record.KIND, record.uid, cited, working))
    return found
