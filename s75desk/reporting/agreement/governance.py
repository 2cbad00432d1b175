"""Governance: forums and their meetings, risks, and the lots, tiers and zones with the providers in them."""

from __future__ import annotations

from datetime import date

from s75desk.domain.dossier import AgreementDossier
from s75desk.domain.membership import is_member
from s75desk.domain.records import Meeting, Membership, Risk
from s75desk.domain.status import Status
from s75desk.domain.statuses.agreement_parts import membership_status, risk_status
from s75desk.domain.statuses.counts import tally
from s75desk.domain.wording import count_words, date_long, date_short, inside, list_words, number, pounds
from s75desk.reporting.content import Block, Cell, Column, Paragraph, Row, Table, cell, rich, sources_of, status_cell
from s75desk.reporting.part import Part, day_cell, sentences, small_count, two_lines


def forums(dossier: AgreementDossier) -> Part:
    """The boards and groups, when each meets next, and what the latest meetings agreed."""
    if not dossier.forums and not dossier.meetings:
        return Part((), ("Which boards or groups govern the agreement is not known.",))
    blocks: list[Block] = []
    if dossier.forums:
        rows = []
        for forum in dossier.forums:
            own = [meeting for meeting in dossier.meetings if meeting.forum == forum.uid]
            rows.append(
                Row(
                    (
                        cell(forum.name),
                        cell(forum.purpose or "Not known"),
                        cell(forum.frequency or "Not known"),
                        cell(_next(own, dossier.as_at)),
                    )
                )
            )
        columns = (Column("Forum"), Column("What it does"), Column("Meets"), Column("Next meeting", least=62.0))
        words = f"{count_words(len(rows))} {'forum governs' if len(rows) == 1 else 'forums govern'} the agreement"
        blocks.append(Paragraph(rich(sentences(words)), sources=sources_of(dossier.forums)))
        blocks.append(Table("forums.table", "Forums", columns, tuple(rows), sources=sources_of(dossier.forums)))
    held = [each for each in dossier.meetings if each.outcome and each.held and each.held <= dossier.as_at]
    if held:
        held.sort(key=lambda each: each.held or date.min, reverse=True)
        rows = [Row((day_cell(each.held, each, "held"), cell(each.title), cell(each.outcome or ""))) for each in held]
        heads = (Column("Date"), Column("Meeting"), Column("What was agreed"))
        blocks.append(Table("meetings", "Meetings held", heads, tuple(rows), sources=sources_of(held)))
    return Part(tuple(blocks))


def _next(meetings: list[Meeting], today: date) -> str:
    ahead = sorted(each.held for each in meetings if each.held is not None and each.held >= today)
    return date_short(ahead[0]) if ahead else "None recorded"


def risks(dossier: AgreementDossier) -> Part:
    """The risk log; likelihood and impact only where the source rates them, as scores are not assumed."""
    found = dossier.risks
    if not found:
        return Part((), ("No risk is recorded.",))
    rated = any(risk.likelihood or risk.impact for risk in found)
    words = f"{count_words(len(found))} {'risk is' if len(found) == 1 else 'risks are'} recorded"
    states = tally(risk_status(risk, dossier.as_at) for risk in found)
    if len(states) == 1 < len(found):
        words += f"; all are {inside(next(iter(states)))}"
    else:
        words += ": " + list_words(f"{small_count(count)} {inside(state)}" for state, count in states.items())
    unrated = "" if rated else "Likelihood and impact are not rated, so none is given here"
    rows = []
    for risk in sorted(found, key=lambda each: risk_status(each, dossier.as_at).finished):
        cost = f"Cost: {pounds(risk.yearly_cost)} a year" if risk.yearly_cost is not None else ""
        cells = [
            Cell(two_lines(risk.title, cost)),
            cell(risk.mitigation or "Not known"),
            cell(risk.owner or "Not known"),
        ]
        if rated:
            cells.insert(1, cell(_rating(risk)))
        cells.append(status_cell(risk_status(risk, dossier.as_at)))
        rows.append(Row(tuple(cells)))
    columns = [Column("Risk"), Column("Mitigation"), Column("Owner"), Column("State")]
    if rated:
        columns.insert(1, Column("Rating"))
    sources = sources_of(found)
    return Part(
        (
            Paragraph(rich(sentences(words, unrated)), sources=sources),
            Table("risks.table", "Risks", tuple(columns), tuple(rows), sources=sources),
        )
    )


def _rating(risk: Risk) -> str:
    likelihood = risk.likelihood.word if risk.likelihood else "Not known"
    impact = risk.impact.word if risk.impact else "Not known"
    return f"Likelihood: {likelihood}\nImpact: {impact}"


def market(dossier: AgreementDossier) -> Part:
    """Lots, tiers and zones with how many providers they are said to have, and those recorded."""
    if not dossier.lots and not dossier.memberships:
        return Part()
    blocks: list[Block] = []
    current = [each for each in dossier.memberships if is_member(each, dossier.as_at)]
    if dossier.lots:
        rows = []
        for lot in dossier.lots:
            own = sum(1 for each in current if each.lot == lot.uid)
            stated = number(lot.stated_members) if lot.stated_members is not None else "Not stated"
            rows.append(
                Row(
                    (
                        Cell(two_lines(lot.title, lot.covers or "")),
                        cell(lot.type.word if lot.type else "Not known"),
                        cell(stated),
                        cell(number(own)),
                    )
                )
            )
        columns = (
            Column("Name"),
            Column("Kind"),
            Column("Providers, as stated", "right"),
            Column("Providers recorded", "right"),
        )
        blocks.append(Table("lots", "Lots, tiers and zones", columns, tuple(rows), sources=sources_of(dossier.lots)))
    if dossier.memberships:
        count = len({each.provider for each in current})
        words = f"{count_words(count)} {'provider is' if count == 1 else 'providers are'} recorded as admitted on "
        text = sentences(words + date_long(dossier.as_at))
        blocks.append(Paragraph(rich(text), sources=sources_of(dossier.memberships)))
        blocks.append(_members(dossier))
    return Part(tuple(blocks))


def _left(each: Membership, status: Status) -> Cell:
    if each.left is not None:
        return day_cell(each.left, each, "left")
    return cell("Still in" if status.finished else "Not recorded")


def _members(dossier: AgreementDossier) -> Table:
    lots = {lot.uid: lot.title for lot in dossier.lots}
    rows = []
    for each in dossier.memberships:
        provider = dossier.providers.get(each.provider)
        status = membership_status(each, dossier.as_at)
        rows.append(
            Row(
                (
                    cell(provider.name if provider else "Not known"),
                    cell(lots.get(each.lot or "", "No lot")),
                    cell(each.zone or "No zone"),
                    day_cell(each.admitted, each, "admitted"),
                    day_cell(each.left, each, "left")
                    if each.left
                    else cell("Still in" if status.finished else "Not recorded"),
                    status_cell(status),
                )
            )
        )
    columns = (
        Column("Provider"),
        Column("Lot or tier"),
        Column("Zone"),
        Column("Admitted"),
        Column("Left"),
        Column("Status"),
    )
    return Table("members", "Providers admitted", columns, tuple(rows), sources=sources_of(dossier.memberships))
