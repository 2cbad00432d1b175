"""Parties and scope: who is in the agreement in which role, for whom it is, what it is for, what it hangs on."""

from __future__ import annotations

from s75desk.domain.dossier import AgreementDossier
from s75desk.domain.inferred import marked
from s75desk.domain.records import Party
from s75desk.domain.records.agreement import AgreementKind, Stage
from s75desk.domain.wording import date_short
from s75desk.reporting.content import Block, Bullets, Column, Paragraph, Row, Table, bold, cell, rich, sources_of
from s75desk.reporting.part import Part, lead, lines_of, listed, sentences, stopped

_TEXTS = (
    ("people", "People covered", "Which people the agreement covers is not known."),
    ("services", "Services covered", "Which services the agreement covers is not known."),
    ("aims", "Aims and outcomes", "The aims and outcomes of the agreement are not known."),
    ("functions", "Functions delegated", ""),
    ("reviewed", "Review", "How and when the agreement is reviewed is not known."),
)


def parties(dossier: AgreementDossier) -> Part:
    """The legal form, the parties by role and date, the scope, and ties to other agreements."""
    agreement = dossier.agreement
    own = sources_of([agreement])
    blocks: list[Block] = []
    unknown: list[str] = []
    if agreement.kind is None:
        unknown.append("The legal form of the agreement is not known.")
    else:
        stage = f"It is {_a(agreement.stage)}" if agreement.stage in (Stage.DRAFT, Stage.PROPOSED) else ""
        form = marked(kind_words(agreement.kind), agreement, "kind")
        blocks.append(Paragraph(rich(sentences(f"The agreement is {form}", stage)), sources=own))
    if dossier.parties:
        blocks.append(_table(dossier))
    else:
        unknown.append("No party to the agreement is recorded.")
    for name, title, missing in _TEXTS:
        text: str | None = getattr(agreement, name)
        if not text:
            # A contract delegates no functions; only an agreement under section 75 has to say which.
            section_75 = agreement.kind is not None and agreement.kind.section_75
            if missing:
                unknown.append(missing)
            elif name == "functions" and section_75:
                unknown.append("Which functions are delegated is not known.")
            continue
        blocks += _said(title, text, dossier)
    blocks += _links(dossier)
    return Part(tuple(blocks), tuple(unknown))


_KINDS = {
    AgreementKind.POOLED_FUND: "a Section 75 agreement with a pooled fund",
    AgreementKind.LEAD_COMMISSIONING: "a Section 75 agreement on lead commissioning",
    AgreementKind.DELEGATED: "a Section 75 agreement that delegates functions",
    AgreementKind.BLOCK: "a block contract",
    AgreementKind.SPOT: "a spot contract",
    AgreementKind.FRAMEWORK: "a framework contract",
    AgreementKind.DYNAMIC_PURCHASING: "a dynamic purchasing contract",
    AgreementKind.GRANT: "a grant",
}


def kind_words(kind: AgreementKind) -> str:
    """The legal form inside a sentence: "a Section 75 agreement with a pooled fund"."""
    return _KINDS[kind]


def current_parties(dossier: AgreementDossier) -> list[str]:
    """The parties on the day with their roles: "Rotherham Metropolitan Borough Council (partner)"."""
    found = []
    for party in dossier.parties:
        body = dossier.organisations.get(party.organisation)
        begun = party.since is None or party.since <= dossier.as_at
        if body and begun and (party.until is None or party.until >= dossier.as_at):
            found.append(f"{body.name} ({marked(party.role.value, party, 'role')})" if party.role else body.name)
    return found


def _a(stage: Stage | None) -> str:
    return "a draft" if stage is Stage.DRAFT else "proposed, not yet agreed"


def _said(title: str, text: str, dossier: AgreementDossier) -> list[Block]:
    own = sources_of([dossier.agreement])
    lines = lines_of(text)
    if len(lines) == 1:
        return [lead(title, lines[0], sources=own)]
    return [Paragraph(rich(bold(f"{title}:")), sources=own), Bullets(listed(lines))]


def _table(dossier: AgreementDossier) -> Table:
    rows = []
    everyone = (*dossier.parties, *dossier.left)
    for party in sorted(everyone, key=lambda each: (each.until is not None, each.since is None)):
        body = dossier.organisations.get(party.organisation)
        rows.append(
            Row(
                (
                    cell(body.name if body else ""),
                    cell(marked(party.role.word if party.role else "", party, "role")),
                    cell(marked(date_short(party.since), party, "since") if party.since else "Not stated"),
                    cell(_until(party)),
                )
            )
        )
    columns = (Column("Body"), Column("Role"), Column("From"), Column("To"))
    return Table("parties.table", "Parties and their roles", columns, tuple(rows), sources=sources_of(everyone))


def _until(party: Party) -> str:
    return marked(date_short(party.until), party, "until") if party.until else "No end stated"


def _links(dossier: AgreementDossier) -> list[Block]:
    if not dossier.links:
        return []
    items = []
    for link in dossier.links:
        other = dossier.linked.get(link.other or "")
        title = other.title if other else link.other_title
        named = f"“{title}”" if title else "another agreement, title not known"
        tie = link.type.value if link.type else "is tied, in a way not known, to"
        items.append(stopped(f"This agreement {tie} {named}"))
    if len(items) == 1:
        return [Paragraph(rich(items[0]), sources=sources_of(dossier.links))]
    return [
        Paragraph(rich("It hangs together with other agreements:"), sources=sources_of(dossier.links)),
        Bullets(listed(items)),
    ]
