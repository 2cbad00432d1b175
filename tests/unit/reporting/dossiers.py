"""Dossiers for the tests of briefings: the published reports of the sample desk, and made-up extremes."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import Any, TypeVar

from s75desk import paths
from s75desk.domain.arithmetic import questions_for
from s75desk.domain.dossier import AgreementDossier
from s75desk.domain.money.whole import money_of
from s75desk.domain.parted import PartedTotal
from s75desk.domain.performance import KpiSheet, kpi_state
from s75desk.domain.records import (
    Action,
    Agreement,
    Breakdown,
    Contribution,
    Decision,
    Document,
    Extension,
    Forum,
    Kpi,
    KpiReturn,
    Link,
    Lot,
    Measurement,
    Meeting,
    Membership,
    Milestone,
    Option,
    Organisation,
    Part,
    Party,
    Provider,
    Recommendation,
    Record,
    Risk,
    Target,
)
from s75desk.domain.term import term_of

R = TypeVar("R", bound=Record)

FIRST_REPORT = date(2017, 4, 10)
SECOND_REPORT = date(2026, 2, 2)


@cache
def published() -> tuple[Record, ...]:
    """Every record of the sample desk."""
    from s75desk.services.sample import load_sample

    return load_sample(paths.resource("sample"), SECOND_REPORT)


def r0(as_at: date = FIRST_REPORT) -> AgreementDossier:
    """Rotherham, community occupational therapy, on the day of its Cabinet paper."""
    return dossier_of(published(), _agreement("Rotherham Cabinet paper"), as_at)


def r1(as_at: date = SECOND_REPORT) -> AgreementDossier:
    """Cambridgeshire, occupational therapy Section 75 agreement, in its second year."""
    return dossier_of(published(), _agreement("Cambridgeshire committee report"), as_at)


def _agreement(source: str) -> Agreement:
    return next(
        record for record in published() if isinstance(record, Agreement) and (record.source or "").startswith(source)
    )


def dossier_of(records: Iterable[Record], agreement: Agreement, as_at: date) -> AgreementDossier:
    """What the service makes of an agreement's records, without a desk."""
    every = tuple(records)
    names = {body.uid: body.short_name or body.name for body in _all(every, Organisation)}

    def own(cls: type[R], *order: str) -> tuple[R, ...]:
        found = [record for record in _all(every, cls) if getattr(record, "agreement", None) == agreement.uid]
        return tuple(sorted(found, key=lambda record: tuple(_sortable(getattr(record, name)) for name in order)))

    extensions, contributions = own(Extension, "number"), own(Contribution, "year", "quarter", "line")
    sheets = tuple(sheet_of(every, kpi, as_at) for kpi in own(Kpi, "title"))
    kpis = {sheet.kpi.uid for sheet in sheets}
    actions = [a for a in _all(every, Action) if a.agreement == agreement.uid or a.kpi in kpis]
    dossier = AgreementDossier(
        as_at=as_at,
        agreement=agreement,
        organisations={body.uid: body for body in _all(every, Organisation)},
        parties=own(Party, "since"),
        extensions=extensions,
        contributions=contributions,
        links=own(Link),
        linked={other.uid: other for other in _all(every, Agreement)},
        forums=own(Forum, "name"),
        meetings=own(Meeting, "held"),
        milestones=own(Milestone, "number", "due"),
        recommendations=own(Recommendation, "number"),
        options=own(Option, "number"),
        decisions=own(Decision, "taken", "due"),
        risks=own(Risk),
        documents=own(Document, "dated", "title"),
        lots=own(Lot, "type", "title"),
        memberships=own(Membership, "admitted"),
        providers={provider.uid: provider for provider in _all(every, Provider)},
        kpis=sheets,
        breakdowns=tuple(
            PartedTotal(total, tuple(part for part in _all(every, Part) if part.breakdown == total.uid))
            for total in own(Breakdown, "as_at", "title")
        ),
        actions=tuple(sorted(actions, key=lambda action: _sortable(action.due))),
        term=term_of(agreement, extensions, as_at),
        money=money_of(agreement, extensions, contributions, names),
        questions=(),
    )
    return dataclasses.replace(dossier, questions=questions_for(dossier))


def sheet_of(records: Iterable[Record], kpi: Kpi, as_at: date) -> KpiSheet:
    """A KPI with its targets, figures and returns."""
    every = tuple(records)
    targets = tuple(target for target in _all(every, Target) if target.kpi == kpi.uid)
    figures = [figure for figure in _all(every, Measurement) if figure.kpi == kpi.uid]
    figures.sort(key=lambda figure: (_sortable(figure.ends), _sortable(figure.starts)))
    returns = tuple(each for each in _all(every, KpiReturn) if each.kpi == kpi.uid)
    return KpiSheet(kpi, targets, tuple(figures), returns, kpi_state(kpi, targets, figures, returns, as_at))


def _all(records: Iterable[Record], cls: type[R]) -> list[R]:
    return [record for record in records if isinstance(record, cls)]


def _sortable(value: Any) -> tuple[bool, Any]:
    return (value is not None, value if value is not None else 0)
