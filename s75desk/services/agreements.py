"""Agreements: the list, one agreement with everything the rules say of it, and every write under an agreement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from s75desk.domain.agreement_entry import (
    AgreementEntry,
    Lead,
    agreement_of,
    extension_lengths,
    extensions_of,
    findings_for_entry,
)
from s75desk.domain.arithmetic import questions_for
from s75desk.domain.changes import Changes
from s75desk.domain.dossier import AgreementDossier
from s75desk.domain.errors import Rejected
from s75desk.domain.findings import Weight
from s75desk.domain.performance import KpiSheet, kpi_state
from s75desk.domain.pooled_fund import fund_years, lifetime_value, plan_years
from s75desk.domain.records import (
    Agreement,
    Breakdown,
    Contribution,
    Decision,
    Document,
    Extension,
    Forum,
    Kpi,
    Link,
    Meeting,
    Membership,
    Milestone,
    Option,
    Organisation,
    Party,
    Recommendation,
    Risk,
)
from s75desk.domain.records.agreement import PartyRole
from s75desk.domain.status import Shape, Status
from s75desk.domain.term import Term, term_of
from s75desk.domain.wording import financial_year_of, plural, short_dates
from s75desk.domain.working import Figure
from s75desk.models import drafts
from s75desk.models.dossier_reader import DossierReader, KpiRecords
from s75desk.models.repository import Repository
from s75desk.services.records import RecordService


@dataclass(frozen=True, slots=True)
class AgreementRow:
    """One row of the Agreements list.

    Attributes:
        uid: The agreement.
        title: Its title.
        subtitle: Reference and partners.
        kind: Legal form as a word, "Not known" if it is not.
        partners: Names of the parties.
        status: Chip of the term, or the doubts where those are all there is to say.
        ends: End as things stand.
        last_end: Last possible end.
        next_date: Next date that cannot be moved.
        value: Value over the possible term, or the value a year as stated.
        worth: The same as a number for sorting.
        ended: Whether its end has passed.
        doubts: How many figures are in doubt.
        archived: Whether it is archived.
    """

    uid: str
    title: str
    subtitle: str
    kind: str
    partners: tuple[str, ...]
    status: Status
    ends: date | None
    last_end: date | None
    next_date: date | None
    value: Figure
    worth: Decimal | None
    ended: bool
    doubts: int
    archived: bool


@dataclass(frozen=True, slots=True)
class LiveTerm:
    """An agreement and what the term engine says of it."""

    agreement: Agreement
    term: Term


class AgreementService(RecordService):
    """Reads agreements with their workings."""

    def rows(self, *, archived: bool = False) -> tuple[AgreementRow, ...]:
        """Every live agreement (archived ones too if asked), by title."""
        today = self.place.today()
        with self.place.desk.reading() as connection:
            repository = Repository(connection)
            agreements = repository.all(Agreement, archived=archived)
            dossiers = self._dossiers(repository, agreements, today)
        rows = [_row(dossier) for dossier in dossiers]
        return tuple(sorted(rows, key=_by_need))

    def dossier(self, uid: str, as_at: date | None = None) -> AgreementDossier:
        """One agreement with all that hangs under it, worked out as at a day (today if none is given).

        Raises:
            NotFound: If it is not in this desk.
        """
        agreement = self.get(Agreement, uid)
        with self.place.desk.reading() as connection:
            return self._dossiers(Repository(connection), [agreement], as_at or self.place.today())[0]

    def dossiers(self, as_at: date | None = None, *, uids: Sequence[str] | None = None) -> tuple[AgreementDossier, ...]:
        """Live agreements' dossiers, by title; for the Overview and the checks.

        Args:
            as_at: The day everything is worked out for; today if none is given.
            uids: Only these agreements; every one if None.
        """
        with self.place.desk.reading() as connection:
            repository = Repository(connection)
            some: dict[str, Any] = {} if uids is None else {"uid": list(uids)}
            found = repository.all(Agreement, order=("title",), **some)
            return self._dossiers(repository, found, as_at or self.place.today())

    def enter(self, entry: AgreementEntry) -> Changes:
        """Write a new agreement with its extensions, parties and yearly contributions in one change.

        Raises:
            Rejected: If the entry has a fault; nothing is written.
        """
        with self.place.change(f"Added: {entry.title}") as change:
            around = self._surroundings(change.records, Agreement, "", None)
            for finding in findings_for_entry(entry, around):
                if finding.weight is Weight.FAULT:
                    raise Rejected(finding.field, finding.text)
            agreement = change.create(agreement_of(entry))
            change.create_many(extensions_of(extension_lengths(entry.extensions), agreement.uid))
            change.create_many(_parties(entry, agreement.uid))
            change.create_many(_contributions(entry, agreement.uid))
            drafts.drop(change.connection, drafts.key_of(Agreement.KIND, "", ""))
        return change.result

    def terms(self) -> tuple[LiveTerm, ...]:
        """Every live agreement with its term alone, by title: what must be decided by when."""
        today = self.place.today()
        with self.place.desk.reading() as connection:
            repository = Repository(connection)
            found = repository.all(Agreement, order=("title",))
            extensions = DossierReader(repository).under(Extension, [a.uid for a in found], ("number",))
        return tuple(LiveTerm(a, term_of(a, extensions.get(a.uid, ()), today)) for a in found)

    def by_reference(self, reference: str) -> Agreement | None:
        """The live agreement with this reference, ignoring case, or None."""
        with self.place.desk.reading() as connection:
            for agreement in Repository(connection).all(Agreement):
                if agreement.reference and agreement.reference.casefold() == reference.casefold():
                    return agreement
        return None

    def _dossiers(
        self, repository: Repository, agreements: Sequence[Agreement], as_at: date
    ) -> tuple[AgreementDossier, ...]:
        read = DossierReader(repository)
        uids = [agreement.uid for agreement in agreements]
        parties = read.under(Party, uids, ("since",))
        extensions = read.under(Extension, uids, ("number",))
        money = read.under(Contribution, uids, ("year", "quarter", "line"))
        links = read.under(Link, uids)
        forums = read.under(Forum, uids, ("name",))
        meetings = read.under(Meeting, uids, ("held",))
        milestones = read.under(Milestone, uids, ("number", "due"))
        recommendations = read.under(Recommendation, uids, ("number",))
        options = read.under(Option, uids, ("number",))
        decisions = read.under(Decision, uids, ("taken", "due"))
        risks = read.under(Risk, uids)
        documents = read.under(Document, uids, ("dated", "title"))
        lots = read.lots(uids)
        memberships = read.under(Membership, uids, ("admitted",))
        kpis = read.under(Kpi, uids, ("title",))
        breakdowns = read.under(Breakdown, uids, ("as_at", "title"))
        found = []
        for agreement in agreements:
            key = agreement.uid
            sheets = tuple(sheet_of(records, as_at) for records in read.kpis(kpis.get(key, ())))
            totals = read.breakdowns(breakdowns.get(key, ()))
            bodies = read.organisations(parties.get(key, ()), money.get(key, ()), *(total.parts for total in totals))
            found.append(
                _worked_out(
                    as_at=as_at,
                    agreement=agreement,
                    organisations=bodies,
                    parties=parties.get(key, ()),
                    extensions=extensions.get(key, ()),
                    contributions=money.get(key, ()),
                    links=links.get(key, ()),
                    linked=read.linked(links.get(key, ())),
                    forums=forums.get(key, ()),
                    meetings=meetings.get(key, ()),
                    milestones=milestones.get(key, ()),
                    recommendations=recommendations.get(key, ()),
                    options=options.get(key, ()),
                    decisions=decisions.get(key, ()),
                    risks=risks.get(key, ()),
                    documents=documents.get(key, ()),
                    lots=lots.get(key, ()),
                    memberships=memberships.get(key, ()),
                    providers=read.admitted(memberships.get(key, ())),
                    kpis=sheets,
                    breakdowns=totals,
                    actions=read.actions([key], [sheet.kpi.uid for sheet in sheets]),
                )
            )
        return tuple(found)


def _parties(entry: AgreementEntry, uid: str) -> list[Party]:
    found = []
    for partner, lead in ((entry.first_partner, Lead.FIRST), (entry.second_partner, Lead.SECOND)):
        if partner:
            role = PartyRole.LEAD if entry.lead is lead else PartyRole.PARTNER
            found.append(Party(agreement=uid, organisation=partner, role=role, since=entry.starts))
    if entry.provider:
        found.append(Party(agreement=uid, organisation=entry.provider, role=PartyRole.PROVIDER, since=entry.starts))
    return found


def _contributions(entry: AgreementEntry, uid: str) -> list[Contribution]:
    """Each partner's first yearly contribution. Without a start the year is not known, so none is made."""
    if entry.starts is None:
        return []
    year = financial_year_of(entry.starts)
    pairs = ((entry.first_partner, entry.first_pays), (entry.second_partner, entry.second_pays))
    return [
        Contribution(agreement=uid, partner=partner, year=year, amount=amount)
        for partner, amount in pairs
        if amount is not None
    ]


def sheet_of(records: KpiRecords, as_at: date) -> KpiSheet:
    """A KPI's records with its state as at a day."""
    state = kpi_state(records.kpi, records.targets, records.measurements, records.returns, as_at)
    return KpiSheet(records.kpi, records.targets, records.measurements, records.returns, state)


def _worked_out(
    *,
    as_at: date,
    agreement: Agreement,
    organisations: dict[str, Organisation],
    extensions: tuple[Extension, ...],
    contributions: tuple[Contribution, ...],
    **rest: object,
) -> AgreementDossier:
    names = {uid: body.short_name or body.name for uid, body in organisations.items()}
    dossier = AgreementDossier(
        as_at=as_at,
        agreement=agreement,
        organisations=organisations,
        extensions=extensions,
        contributions=contributions,
        term=term_of(agreement, extensions, as_at),
        funds=fund_years(contributions, names),
        plan=plan_years(agreement, extensions, contributions),
        value=lifetime_value(agreement, extensions, contributions),
        questions=(),
        **rest,  # type: ignore[arg-type]
    )
    return _with_questions(dossier)


def _with_questions(dossier: AgreementDossier) -> AgreementDossier:
    return replace(dossier, questions=questions_for(dossier))


def _row(dossier: AgreementDossier) -> AgreementRow:
    agreement, term = dossier.agreement, dossier.term
    partners = tuple(_partners(dossier))
    subtitle = " · ".join(part for part in (agreement.reference or "", " and ".join(partners[:2])) if part)
    value, worth = _worth(dossier)
    return AgreementRow(
        uid=agreement.uid,
        title=agreement.title,
        subtitle=subtitle,
        kind=agreement.kind.word if agreement.kind else "Not known",
        partners=partners,
        status=_list_status(term, len(dossier.questions)),
        ends=term.ends,
        last_end=term.last_end,
        next_date=term.next_date,
        value=value,
        worth=worth,
        ended=term.ends is not None and term.ends < dossier.as_at,
        doubts=len(dossier.questions),
        archived=agreement.archived_at is not None,
    )


def _by_need(row: AgreementRow) -> tuple[bool, bool, date, str]:
    """Live ones first; among them those with a date that presses, the nearest first; then by title."""
    presses = row.status.shape is Shape.WATCH and row.next_date is not None
    return row.ended, not presses, (row.next_date or date.max) if presses else date.max, row.title.casefold()


def _partners(dossier: AgreementDossier) -> list[str]:
    seen: list[str] = []
    order = list(PartyRole)
    for party in sorted(dossier.parties, key=lambda p: order.index(p.role) if p.role else len(order)):
        body = dossier.organisations.get(party.organisation)
        name = (body.short_name or body.name) if body else ""
        if name and name not in seen:
            seen.append(name)
    return seen


def _worth(dossier: AgreementDossier) -> tuple[Figure, Decimal | None]:
    agreement = dossier.agreement
    if dossier.value.working is not None and agreement.yearly_value is not None and dossier.term.years:
        return dossier.value, agreement.yearly_value * dossier.term.years
    if dossier.funds:
        latest = dossier.funds[-1]
        amounts = [share.pooled for share in latest.shares if share.pooled is not None]
        return latest.pooled, sum(amounts, Decimal(0)) if amounts else None
    return dossier.value, None


def _list_status(term: Term, doubts: int) -> Status:
    """The term's chip in the few words a list has room for; a quiet agreement with doubts says so."""
    word = short_dates(term.status.word)
    if doubts and not term.status.shape.loud:
        said = plural(doubts, "doubt")
        return Status(Shape.DOUBT, f"{word}, {said}" if len(word) < 10 else said, term.status.sentence)
    return Status(term.status.shape, word, term.status.sentence)
