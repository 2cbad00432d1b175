"""The arithmetic checks: figures that contradict each other, each a plain question that changes nothing.

They run when data is entered and before a briefing is printed. Every check is a pure function; unlike or missing
figures never raise, they only say or keep silent. Sources of the rules: the contradictions that the five published
reports contain (domain.md section 1).
"""

from __future__ import annotations

from collections.abc import Iterable

from s75desk.domain.dossier import AgreementDossier
from s75desk.domain.findings import Question
from s75desk.domain.money.fund_plan import possible_months
from s75desk.domain.money.questions import (
    largest_stake,
    money_questions,
    outside_the_term,
    same_amount_twice,
    yearly_and_paid,
)
from s75desk.domain.parted import PartedTotal
from s75desk.domain.performance import KpiSheet
from s75desk.domain.questions_dates import (
    ORDER,
    after_its_paper,
    backward_months,
    in_wrong_order,
    linked_dates,
    miscounted_years,
)
from s75desk.domain.questions_measures import (
    BASES,
    KINDS_APART,
    PERIODS,
    POINT,
    TWICE,
    against_better,
    called_mild,
    doubtful_periods,
    edges_crossed,
    hundredth,
    measure_against_target,
    more_than_all,
    moved_base,
    moved_scope,
    point_where_band,
    same_period_twice,
)
from s75desk.domain.questions_slips import SLIP, money_slips, slips, whole_and_parts
from s75desk.domain.questions_sums import (
    BASE,
    HUNDRED,
    PARTS,
    STATED,
    implied_base,
    parts_and_total,
    percentages_sum,
    share_of_measurement,
    stated_total,
    unstated_base,
)
from s75desk.domain.records import Record
from s75desk.domain.said_twice import (
    SAID,
    contradiction,
    same_number_twice,
    total_and_figure,
    two_clocks,
    two_figures,
    two_totals,
    wider_count,
)
from s75desk.domain.term import Term

__all__ = [
    "CHECKS",
    "after_its_paper",
    "backward_months",
    "breakdown_questions",
    "called_mild",
    "implied_base",
    "in_wrong_order",
    "kpi_questions",
    "largest_stake",
    "linked_dates",
    "measure_against_target",
    "miscounted_years",
    "moved_base",
    "moved_scope",
    "parts_and_total",
    "percentages_sum",
    "point_where_band",
    "questions_for",
    "record_questions",
    "same_amount_twice",
    "same_period_twice",
    "share_of_measurement",
    "stated_total",
    "unstated_base",
]

CHECKS = (PARTS, STATED, BASE, HUNDRED, TWICE, ORDER, KINDS_APART, POINT, BASES, PERIODS, SLIP, SAID)
"""The names of the checks in the order in which questions are listed."""


def questions_for(dossier: AgreementDossier) -> tuple[Question, ...]:
    """Every question about an agreement and all that hangs under it, in the order of ``CHECKS``."""
    agreement, contributions = dossier.agreement, dossier.contributions
    months = possible_months(agreement, dossier.extensions)
    found = list(_present(stated_total(agreement, months, dossier.money.total)))
    found += money_questions(agreement, dossier.funds, contributions)
    found += yearly_and_paid(agreement, dossier.funds, dossier.money.rates)
    found += outside_the_term(agreement, dossier.funds, dossier.plan)
    found += money_slips(contributions)
    found += _term_questions(dossier)
    found += linked_dates(agreement, dossier.links, dossier.linked)
    for total in dossier.breakdowns:
        found += breakdown_questions(total)
    found += two_totals([total.breakdown for total in dossier.breakdowns])
    for sheet in dossier.kpis:
        found += kpi_questions(sheet)
        own = [total.breakdown for total in dossier.breakdowns if total.breakdown.kpi == sheet.kpi.uid]
        found += total_and_figure(sheet.kpi, sheet.measurements, own)
    found += two_figures(dossier.kpis)
    records: tuple[Record, ...] = (
        agreement,
        *dossier.parties,
        *dossier.extensions,
        *dossier.meetings,
        *dossier.milestones,
        *dossier.recommendations,
        *dossier.decisions,
        *dossier.memberships,
        *dossier.actions,
    )
    for record in records:
        found += record_questions(record)
    for milestone in dossier.milestones:
        found += _present(backward_months(milestone))
    found += same_number_twice(dossier.extensions)
    found += [contradiction(each) for each in dossier.contradictions]
    return in_order(found)


def breakdown_questions(total: PartedTotal) -> tuple[Question, ...]:
    """Questions about a breakdown: parts and total, implied base, percentages that should make a hundred."""
    return _present(
        parts_and_total(total.breakdown, total.parts),
        implied_base(total.breakdown, total.parts),
        percentages_sum(total.breakdown, total.parts),
        unstated_base(total.breakdown, total.parts),
    )


def kpi_questions(sheet: KpiSheet) -> tuple[Question, ...]:
    """Questions about a KPI: its figures, targets and breakdowns, each and beside each other."""
    kpi, measurements = sheet.kpi, sheet.measurements
    found = [
        *same_period_twice(kpi, measurements),
        *measure_against_target(kpi, sheet.targets, measurements),
        *slips(kpi, sheet.targets, measurements),
        *whole_and_parts(kpi, measurements),
        *doubtful_periods(sheet),
        *_present(
            called_mild(sheet),
            moved_base(kpi, measurements),
            moved_scope(kpi, measurements),
            miscounted_years(kpi, measurements),
            two_clocks(kpi, sheet.targets, measurements),
            wider_count(kpi, sheet.targets, measurements),
            *(point_where_band(kpi, target) for target in sheet.targets),
            *(more_than_all(kpi, measurement) for measurement in measurements),
            *(edges_crossed(kpi, target) for target in sheet.targets),
            *(hundredth(kpi, target) for target in sheet.targets),
            *(against_better(kpi, target) for target in sheet.targets),
            *(share_of_measurement(measurement, kpi) for measurement in measurements),
        ),
    ]
    for total in sheet.breakdowns:
        found += breakdown_questions(total)
    own = [total.breakdown for total in sheet.breakdowns]
    found += [*two_totals(own), *total_and_figure(kpi, measurements, own)]
    for record in (*measurements, *sheet.returns, *sheet.targets):
        found += record_questions(record)
    return tuple(found)


def record_questions(record: Record) -> tuple[Question, ...]:
    """Questions about the dates of any one record."""
    return _present(in_wrong_order(record), after_its_paper(record))


def in_order(questions: Iterable[Question]) -> tuple[Question, ...]:
    """Questions in the order of ``CHECKS``, otherwise as they came."""
    places = {check: place for place, check in enumerate(CHECKS)}
    return tuple(sorted(questions, key=lambda question: places.get(question.check, len(places))))


def _term_questions(dossier: AgreementDossier) -> list[Question]:
    """What the term engine doubts, as questions: an extension decided after expiry, an end that does not follow."""
    term: Term = dossier.term
    agreement = dossier.agreement
    return [
        Question(
            check=ORDER,
            title=f"Term in doubt: {agreement.title}",
            text=finding.text,
            kind=agreement.KIND,
            uid=agreement.uid,
            source=agreement.cited,
            working=term.working,
            about=(finding.text,),
        )
        for finding in term.findings
    ]


def _present(*questions: Question | None) -> tuple[Question, ...]:
    return tuple(question for question in questions if question is not None)
