"""A desk in which every combination of status fields and dates stands, for every kind whose record says how it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from s75desk.domain.lengths import Length
from s75desk.domain.records import (
    Action,
    Agreement,
    Decision,
    Document,
    Extension,
    Kpi,
    KpiReturn,
    Meeting,
    Membership,
    Milestone,
    Option,
    Provider,
    QuestionSet,
    Rating,
    Recommendation,
    Record,
    Risk,
    Service,
    Visit,
)
from s75desk.domain.records.agreement import Stage
from s75desk.services.office import Office
from tests.unit.domain.statuses.every_record import DECIDING, every

Made = tuple[Record, ...]


def name_of(record: Record) -> str:
    """The one word by which a record of the catalogue is told from every other, wherever it is shown."""
    kind, number = record.uid.rsplit("-", 1)
    return f"{kind.replace('_', '')}{int(number):04}"


def _under(record: Any, **owners: str) -> Made:
    return (replace(record, title=name_of(record), **owners),)


def _of_agreement(record: Any) -> Made:
    return _under(record, agreement=f"agreement-{record.KIND}")


def _extension(record: Any) -> Made:
    """Each of an agreement of its own: a term takes up its options one after another."""
    agreement = Agreement(uid=f"of-{record.uid}", title=name_of(record), stage=Stage.AGREED, starts=date(2025, 4, 1))
    agreement = replace(agreement, first_term=Length(years=2), notice=Length(months=6))
    return agreement, replace(record, agreement=agreement.uid)


def _membership(record: Any) -> Made:
    provider = Provider(uid=f"of-{record.uid}", name=name_of(record))
    return provider, replace(record, provider=provider.uid, agreement="agreement-membership")


def _rating(record: Any) -> Made:
    service = Service(uid=f"of-{record.uid}", name=name_of(record), provider="provider-rating")
    return service, replace(record, service=service.uid)


def _service(record: Any) -> Made:
    return (replace(record, name=name_of(record), provider="provider-service"),)


def _visit(record: Any) -> Made:
    service = Service(uid=f"of-{record.uid}", name=name_of(record), provider="provider-visit")
    return service, replace(record, service=service.uid)


def _action(record: Any) -> Made:
    return _under(record, agreement="agreement-action", provider="provider-action")


PLACED: Mapping[type[Record], Callable[[Any], Made]] = {
    Action: _action,
    Decision: _of_agreement,
    Document: _of_agreement,
    Extension: _extension,
    KpiReturn: lambda record: _under(record, agreement="agreement-kpi_return", kpi="kpi-returns"),
    Meeting: _of_agreement,
    Membership: _membership,
    Milestone: _of_agreement,
    Option: _of_agreement,
    QuestionSet: _under,
    Rating: _rating,
    Recommendation: _of_agreement,
    Risk: _of_agreement,
    Service: _service,
    Visit: _visit,
}
"""Per kind, what a record of it stands under so that every place has it: the records to write, the last its own."""


def catalogue(cls: type[Record]) -> tuple[Made, ...]:
    """Every combination of a kind, each with what it stands under."""
    return tuple(PLACED[cls](record) for record in every(cls))


def fill(office: Office) -> dict[type[Record], tuple[Record, ...]]:
    """Write the whole catalogue in one change; the records of each kind, as they are recorded."""
    owners: list[Record] = [
        Agreement(uid=f"agreement-{cls.KIND}", title=f"Agreement of {cls.PLURAL}", stage=Stage.AGREED)
        for cls in DECIDING
    ]
    owners += [Provider(uid=f"provider-{kind}", name=f"Provider of {kind}") for kind in ("action", "rating")]
    owners += [Provider(uid=f"provider-{kind}", name=f"Provider of {kind}") for kind in ("service", "visit")]
    owners.append(Kpi(uid="kpi-returns", title="KPI of returns", agreement="agreement-kpi_return"))
    made = {cls: catalogue(cls) for cls in DECIDING}
    with office.place.change("Every combination") as change:
        change.create_many(owners)
        for each in made.values():
            change.create_many(record for records in each for record in records)
    return {cls: tuple(records[-1] for records in each) for cls, each in made.items()}
