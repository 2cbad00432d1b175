"""Under each section: the notes of its records that may print, and what of them was inferred, with why."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from s75desk.domain.dossier import AgreementDossier
from s75desk.domain.inferred import INFERRED, inferences
from s75desk.domain.performance import KpiSheet
from s75desk.domain.records import (
    Contribution,
    Link,
    Measurement,
    Milestone,
    Option,
    Party,
    Recommendation,
    Sourced,
    Target,
)
from s75desk.domain.wording import financial_year, list_words, period_words, pounds
from s75desk.reporting.agreement.appraisal import open_actions
from s75desk.reporting.agreement.performance import has_target
from s75desk.reporting.content import Block, Bullets, Rich, Subheading, bold, rich
from s75desk.reporting.part import Part, sentences, shortened

_MOST = 90
"""Characters of a title that name its record under a section."""


def with_notes(key: str, part: Part, dossier: AgreementDossier) -> Part:
    """The section with its notes at its end; a section about which nothing is said has none."""
    if not part.blocks:
        return part
    items = _items(_RECORDS[key](dossier), dossier) if key in _RECORDS else ()
    blocks: tuple[Block, ...] = (Subheading("Notes"), Bullets(items, small=True)) if items else ()
    return Part((*part.blocks, *blocks), part.unknown)


def _items(records: Iterable[Sourced], dossier: AgreementDossier) -> tuple[Rich, ...]:
    """What is said of each record; what is said of several in the same words stands once."""
    names: dict[str, list[str]] = {}
    for record in dict.fromkeys(records):
        text = sentences(*record.printed_notes, *_inferred(record))
        if text:
            names.setdefault(text, []).append(_name(record, dossier))
    return tuple(rich(bold(f"{'; '.join(dict.fromkeys(named))}:"), f" {text}") for text, named in names.items())


def _inferred(record: Sourced) -> Iterator[str]:
    by_reason: dict[str, list[str]] = {}
    fields = record.fields()
    for name, why in inferences(record).items():
        by_reason.setdefault(why, []).append(fields[name].label)
    for why, labels in by_reason.items():
        verb = "is" if len(labels) == 1 else "are"
        yield f"{list_words(f'“{label}”' for label in labels)} {verb} {INFERRED}: {why}"


def _scope(dossier: AgreementDossier) -> Iterator[Sourced]:
    yield dossier.agreement
    yield from dossier.parties
    yield from (body for party in dossier.parties if (body := dossier.organisations.get(party.organisation)))
    yield from dossier.links


def _performance(dossier: AgreementDossier) -> Iterator[Sourced]:
    for sheet in dossier.kpis:
        if has_target(sheet):
            yield from _of_kpi(sheet, dossier)


def _demand(dossier: AgreementDossier) -> Iterator[Sourced]:
    for sheet in dossier.kpis:
        if not has_target(sheet):
            yield from _of_kpi(sheet, dossier)
    for total in dossier.breakdowns:
        yield from (total.breakdown, *total.parts)


_RECORDS: Mapping[str, Callable[[AgreementDossier], Iterable[Sourced]]] = {
    "parties": _scope,
    "term": lambda dossier: dossier.extensions,
    "money": lambda dossier: dossier.contributions,
    "performance": _performance,
    "demand": _demand,
    "market": lambda dossier: (*dossier.lots, *dossier.memberships),
    "options": lambda dossier: dossier.options,
    "recommendations": lambda dossier: dossier.recommendations,
    "decisions": lambda dossier: dossier.decisions,
    "milestones": lambda dossier: dossier.milestones,
    "forums": lambda dossier: (*dossier.forums, *dossier.meetings),
    "risks": lambda dossier: dossier.risks,
    "actions": open_actions,
    "sources": lambda dossier: dossier.documents,
}
"""The records that a section is made of, in its order."""


def _of_kpi(sheet: KpiSheet, dossier: AgreementDossier) -> Iterator[Sourced]:
    yield sheet.kpi
    yield from sheet.targets
    figures = [each for each in sheet.measurements if each.ends is None or each.ends <= dossier.as_at]
    yield from figures


def _name(record: Sourced, dossier: AgreementDossier) -> str:
    """What a reader of the section knows the record by."""
    match record:
        case Party():
            body = dossier.organisations.get(record.organisation)
            return body.name if body else "A party"
        case Contribution():
            what = record.what or (record.type.word if record.type else "Amount")
            amount = f", {pounds(record.amount)}" if record.amount is not None else ""
            return shortened(f"{what}{amount}" + (f", {financial_year(record.year)}" if record.year else ""), _MOST)
        case Measurement():
            title = next((sheet.kpi.title for sheet in dossier.kpis if sheet.kpi.uid == record.kpi), "A figure")
            return f"{shortened(title, _MOST)}, {_when(record)}"
        case Target():
            title = next((sheet.kpi.title for sheet in dossier.kpis if sheet.kpi.uid == record.kpi), "a KPI")
            return f"Target of {shortened(title, _MOST)}"
        case Milestone() | Option() | Recommendation() if record.number is not None:
            return shortened(f"{record.number}. {record.title}", _MOST)
        case Link():
            other = dossier.linked.get(record.other or "")
            return shortened(f"Tie to “{other.title if other else record.other_title or 'another agreement'}”", _MOST)
        case _:
            return shortened(record.heading, _MOST)


def _when(figure: Measurement) -> str:
    return period_words(figure.starts, figure.ends) if figure.ends else "period not known"
