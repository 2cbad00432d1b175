"""A provider's record on paper: how it stands, its services, ratings, actions, visits, agreements and KPIs."""

from __future__ import annotations

from s75desk.domain.membership import is_member
from s75desk.domain.printed import ProviderDossier
from s75desk.domain.statuses.providers import service_status
from s75desk.domain.wording import date_short, number, plural
from s75desk.reporting.content import (
    Block,
    Briefing,
    Bullets,
    Callout,
    Cell,
    Column,
    Fact,
    Paragraph,
    Remark,
    Row,
    Section,
    Table,
    bold,
    cell,
    rich,
    status_cell,
)
from s75desk.reporting.part import day_cell, listed, sentences, two_lines
from s75desk.reporting.plain.frame import action_table, plain_paper

KIND = "Provider record"


def provider_paper(dossier: ProviderDossier, *, prepared_by: str, audience: str = "") -> Briefing:
    """The paper of a provider; what is not recorded says so, as a blank would read as nothing to report."""
    parts = (
        ("services", "Services", _services(dossier), "No service is recorded."),
        ("ratings", "Ratings as published", _ratings(dossier), "No rating is recorded."),
        ("actions", "Open actions", _actions(dossier), "No action is open."),
        ("visits", "Quality visits", _visits(dossier), "No visit is recorded."),
        ("agreements", "Agreements", _agreements(dossier), "It is on no agreement that is recorded."),
        ("kpis", "KPIs", _kpis(dossier), "No KPI is recorded."),
        *([("doubts", "In doubt", _doubts(dossier), "")] if dossier.questions else []),
        ("notes", "Notes", _notes(dossier), "No note that prints is recorded."),
        ("documents", "Documents", _documents(dossier), "No document is recorded."),
    )
    sections = [
        Section(f"section.{key}", title, tuple(blocks) or (Paragraph(rich(nothing)),))
        for key, title, blocks, nothing in parts
    ]
    return plain_paper(
        KIND,
        dossier.provider.name,
        dossier.as_at,
        sections,
        prepared_by=prepared_by,
        audience=audience,
        key_message=Callout(dossier.status, rich(dossier.status.sentence or dossier.subtitle)),
        facts=_facts(dossier),
    )


def _facts(dossier: ProviderDossier) -> tuple[Fact, ...]:
    provider = dossier.provider
    place = ", ".join(" ".join(part.split()) for part in (provider.address, provider.postcode) if part)
    return (
        Fact("Company", dossier.company.name if dossier.company else "Not known"),
        Fact("Local authority", provider.local_authority or "Not known"),
        Fact("CQC provider id", provider.cqc_provider_id or "Not known"),
        Fact("First contact", provider.contact_role or "Not known"),
        Fact("Address", place or "Not known"),
    )


def _doubts(dossier: ProviderDossier) -> list[Block]:
    return [Remark(rich(sentences(each.title, each.text))) for each in dossier.questions]


def _services(dossier: ProviderDossier) -> list[Block]:
    rows = []
    for service in dossier.services:
        size = "Not known"
        if service.capacity is not None:
            size = f"{number(service.capacity)} {service.capacity_unit.value if service.capacity_unit else ''}".strip()
        manager = service_status(service, dossier.as_at)
        since = f"since {date_short(service.manager_since)}" if service.manager and service.manager_since else ""
        rows.append(
            Row(
                (
                    Cell(two_lines(service.name, service.client_groups or "")),
                    cell(service.type.word if service.type else "Not known"),
                    cell(size),
                    Cell(two_lines(manager.word, since), manager.shape),
                    cell(service.cqc_location_id or "Not known"),
                )
            )
        )
    columns = (
        Column("Service"), Column("Type"), Column("Capacity"), Column("Registered manager"), Column("CQC location id"),
    )  # fmt: skip
    return [Table("services", "", columns, tuple(rows))] if rows else []


def _ratings(dossier: ProviderDossier) -> list[Block]:
    rows = [
        Row(
            (
                cell(dossier.service_name(rating.service)),
                cell(rating.scheme.word if rating.scheme else "Not known"),
                status_cell(status),
                day_cell(rating.published),
            )
        )
        for rating, status in dossier.ratings
    ]
    columns = (Column("Service"), Column("Scheme"), Column("Latest rating"), Column("Published"))
    return [Table("ratings", "", columns, tuple(rows))] if rows else []


def _actions(dossier: ProviderDossier) -> list[Block]:
    return [action_table("actions", "", dossier.actions, about=False, owner=True)] if dossier.actions else []


def _visits(dossier: ProviderDossier) -> list[Block]:
    rows = [
        Row(
            (
                day_cell(visit.made or visit.planned),
                cell(dossier.service_name(visit.service)),
                cell(visit.kind.word if visit.kind else "Not known"),
                status_cell(status),
                status_cell(outcome),
            )
        )
        for visit, status, outcome in dossier.visits
    ]
    columns = (Column("Day"), Column("Service"), Column("Kind"), Column("Status"), Column("Outcome"))
    return [Table("visits", "", columns, tuple(rows))] if rows else []


def _agreements(dossier: ProviderDossier) -> list[Block]:
    rows = []
    for place in dossier.memberships:
        agreement, lot = dossier.agreements.get(place.agreement), dossier.lots.get(place.lot or "")
        where = ", ".join(part for part in (lot.title if lot else "", place.zone or "") if part)
        rows.append(
            Row(
                (
                    cell(agreement.title if agreement else "Not known"),
                    cell(where or "The whole"),
                    cell("Yes" if is_member(place, dossier.as_at) else "No"),
                    day_cell(place.admitted),
                    cell(date_short(place.left) if place.left else "Not left"),
                )
            )
        )
    columns = (Column("Agreement"), Column("Place"), Column("On it now"), Column("Admitted"), Column("Left"))
    return [Table("agreements", "", columns, tuple(rows))] if rows else []


def _kpis(dossier: ProviderDossier) -> list[Block]:
    rows = [
        Row(
            (
                Cell(two_lines(sheet.kpi.title, sheet.kpi.scope or "")),
                Cell(two_lines(sheet.state.latest.text, sheet.state.latest_caption)),
                cell(sheet.state.target),
                status_cell(sheet.state.status),
            )
        )
        for sheet in sorted(dossier.kpis, key=lambda s: (s.state.status.shape.urgency, s.kpi.title.casefold()))
    ]
    columns = (Column("KPI", least=150.0), Column("Latest"), Column("Target"), Column("Status"))
    return [Table("kpis", "", columns, tuple(rows))] if rows else []


def _notes(dossier: ProviderDossier) -> list[Block]:
    """Notes that are not private, each under what it is a note of."""
    said: list[Block] = []
    for record in (dossier.provider, *dossier.services):
        said += [Paragraph(rich(bold(f"{record.heading}. "), note)) for note in record.printed_notes]
    return said


def _documents(dossier: ProviderDossier) -> list[Block]:
    papers = [f"{each.title}, {date_short(each.dated)}" if each.dated else each.title for each in dossier.documents]
    if not papers:
        return []
    kept = sum(1 for each in dossier.documents if each.sha256)
    return [
        Paragraph(rich(f"{plural(len(papers), 'document')}, {number(kept)} with the file in the desk.")),
        Bullets(listed(papers)),
    ]
