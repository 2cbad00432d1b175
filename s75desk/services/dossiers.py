"""Dossiers: records of an agreement brought together with what every rule says of them as at a day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from itertools import chain
from typing import TypeVar

from s75desk.domain.answers import told_apart
from s75desk.domain.arithmetic import questions_for
from s75desk.domain.as_at import as_held, as_known_of
from s75desk.domain.dossier import AgreementDossier
from s75desk.domain.money.whole import money_of
from s75desk.domain.performance import KpiSheet, kpi_state
from s75desk.domain.records import (
    Agreement,
    BreakClause,
    Breakdown,
    Contradiction,
    Contribution,
    Decision,
    Document,
    DoubtAnswer,
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
    Provider,
    Recommendation,
    Risk,
    Succession,
    Variation,
)
from s75desk.domain.succession import is_to_be, money_on, parties_left, parties_on
from s75desk.domain.term import term_of
from s75desk.models.dossier_reader import DossierReader, KpiRecords, named
from s75desk.models.queries.agreements import last_activity
from s75desk.models.repository import Repository
from s75desk.services.bank_holidays import bank_holidays
from s75desk.services.dated import UNCHANGING, OverTime, dated_of, over_time

R = TypeVar("R")


def dossiers_of(repository: Repository, agreements: Sequence[Agreement], as_at: date) -> tuple[AgreementDossier, ...]:
    """The dossier of each agreement, in a fixed number of queries for what hangs under them.

    Args:
        repository: Inside a reading transaction.
        agreements: The agreements, in the order wanted.
        as_at: The day everything is worked out for.
    """
    read = DossierReader(repository)
    uids = [agreement.uid for agreement in agreements]
    parties = _with_parties_to_be(agreements, read, as_at)
    extensions = read.under(Extension, uids, ("number",))
    breaks = read.under(BreakClause, uids, ("on",))
    active = last_activity(repository.connection, uids, as_at)
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
    deeds = read.under(Variation, uids, ("since",))
    contradictions = read.under(Contradiction, uids, ("title",))
    answers = read.under(DoubtAnswer, uids, ("answered",))
    terms = over_time(repository, uids, as_at)
    left: dict[str, tuple[Party, ...]] = {}
    gone = tuple(repository.all(Succession))
    if gone:
        names = {
            uid: body.name for uid, body in repository.by_uid(Organisation, (g.organisation for g in gone)).items()
        }
        left = {uid: parties_left(found, gone, as_at) for uid, found in parties.items()}
        parties = {uid: parties_on(found, gone, as_at) for uid, found in parties.items()}
        money = {uid: money_on(found, gone, as_at, names) for uid, found in money.items()}
    sheets_of = _by_agreement((sheet_of(one, as_at) for one in read.kpis(chain(*kpis.values()))), "kpi")
    totals_of = _by_agreement(read.breakdowns(chain(*breakdowns.values())), "breakdown")
    actions = read.actions(uids, {kpi.uid: key for key, measured in kpis.items() for kpi in measured})
    named_by = {
        key: named(
            (parties.get(key, ()), left.get(key, ()), money.get(key, ()), *(t.parts for t in totals_of.get(key, ()))),
            "organisation",
        )
        for key in uids
    }
    bodies = repository.by_uid(Organisation, chain(*named_by.values()))
    linked = repository.by_uid(Agreement, (link.other for link in chain(*links.values())))
    admitted = repository.by_uid(Provider, (one.provider for one in chain(*memberships.values())))
    found = []
    for agreement in agreements:
        key = agreement.uid
        found.append(
            _worked_out(
                as_at=as_at,
                agreement=agreement,
                organisations=_these(bodies, named_by[key]),
                parties=parties.get(key, ()),
                left=left.get(key, ()),
                extensions=extensions.get(key, ()),
                breaks=breaks.get(key, ()),
                active=active.get(key),
                contributions=money.get(key, ()),
                links=links.get(key, ()),
                linked=_these(linked, (link.other for link in links.get(key, ()))),
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
                providers=_these(admitted, (one.provider for one in memberships.get(key, ()))),
                kpis=sheets_of.get(key, ()),
                breakdowns=totals_of.get(key, ()),
                variations=tuple(deed for deed in deeds.get(key, ()) if deed.since and deed.since <= as_at),
                contradictions=contradictions.get(key, ()),
                answers=answers.get(key, ()),
                actions=actions.get(key, ()),
                terms=terms.get(key, UNCHANGING),
            )
        )
    return tuple(found)


def _by_agreement(found: Iterable[R], of: str) -> dict[str, tuple[R, ...]]:
    """What was read of records under agreements, by the agreement that each of these names."""
    grouped: dict[str, tuple[R, ...]] = {}
    for one in found:
        key = getattr(one, of).agreement
        grouped[key] = (*grouped.get(key, ()), one)
    return grouped


def _these(records: dict[str, R], uids: Iterable[str | None]) -> dict[str, R]:
    wanted = set(uids)
    return {uid: record for uid, record in records.items() if uid in wanted}


def _with_parties_to_be(
    agreements: Sequence[Agreement], read: DossierReader, as_at: date
) -> dict[str, tuple[Party, ...]]:
    """Parties by agreement; of one that has not begun also those that will be in it from its start."""
    found = read.under(Party, [agreement.uid for agreement in agreements], ("since",))
    starts = {one.uid: one.starts for one in agreements if one.starts and one.starts > as_at}
    recorded = read.repository.recorded()
    for uid, parties in DossierReader(recorded).under(Party, list(starts), ("since",)).items():
        to_be = [party for party in parties if is_to_be(party, starts[uid], as_at)]
        dated = dated_of(recorded, *to_be)
        found[uid] = (*found.get(uid, ()), *(as_known_of(as_held(p, as_at, dated), as_at) for p in to_be))
    return found


def sheet_of(records: KpiRecords, as_at: date) -> KpiSheet:
    """A KPI's records with its state as at a day."""
    state = kpi_state(records.kpi, records.targets, records.measurements, records.returns, as_at)
    return KpiSheet(records.kpi, records.targets, records.measurements, records.returns, state, records.breakdowns)


def _worked_out(
    *,
    as_at: date,
    agreement: Agreement,
    organisations: dict[str, Organisation],
    extensions: tuple[Extension, ...],
    breaks: tuple[BreakClause, ...],
    contributions: tuple[Contribution, ...],
    parties: tuple[Party, ...],
    active: date | None,
    terms: OverTime,
    **rest: object,
) -> AgreementDossier:
    names = {uid: body.short_name or body.name for uid, body in organisations.items()}
    dossier = AgreementDossier(
        as_at=as_at,
        agreement=agreement,
        organisations=organisations,
        extensions=extensions,
        breaks=breaks,
        contributions=contributions,
        parties=parties,
        term=term_of(
            agreement,
            extensions,
            as_at,
            breaks=breaks,
            calendar=bank_holidays(),
            active=active,
            to_come=terms.coming,
            history=terms.history,
        ),
        money=money_of(terms.history.reckoned(agreement), extensions, contributions, names, terms.worth, parties),
        questions=(),
        coming=terms.coming,
        history=terms.history,
        **rest,  # type: ignore[arg-type]
    )
    return _with_questions(dossier)


def _with_questions(dossier: AgreementDossier) -> AgreementDossier:
    in_doubt, answered = told_apart(questions_for(dossier), dossier.answers)
    return replace(dossier, questions=in_doubt, answered=answered)
