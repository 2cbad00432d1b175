"""The one page a board can decide on: term, money, performance, what needs attention, risks, what is asked, doubts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from s75desk.domain.dossier import AgreementDossier
from s75desk.domain.inferred import marked
from s75desk.domain.money.amounts import added, figure_of, least_text, sum_of
from s75desk.domain.money.pooled_fund import FundYear
from s75desk.domain.performance import KpiSheet
from s75desk.domain.records import Milestone, Recommendation, Record
from s75desk.domain.status import Shape, Status
from s75desk.domain.statuses import status_of
from s75desk.domain.statuses.actions import action_status
from s75desk.domain.statuses.agreement_parts import risk_status
from s75desk.domain.statuses.agreements import agreed_late, agreement_status, in_few_words
from s75desk.domain.term_status import Ask
from s75desk.domain.wording import date_long, date_short, financial_year, financial_year_of, plural, sentence_case
from s75desk.reporting.agreement.appraisal import open_actions
from s75desk.reporting.agreement.money import variance_words
from s75desk.reporting.agreement.performance import in_order, latest_of, with_unit
from s75desk.reporting.agreement.position import steps, undecided_words
from s75desk.reporting.content import (
    Bullets,
    Column,
    Figure,
    Remark,
    Row,
    SummaryPart,
    Table,
    bold,
    cell,
    rich,
    sources_of,
    status_cell,
)
from s75desk.reporting.paper import DRAWING_TEXT, MEASURE
from s75desk.reporting.part import sentences, shortened
from s75desk.reporting.timeline import term_drawing

_CELL = 110
"""So many characters of a title stand in a row; the whole of it is in the section that follows on request."""

_SAID = 200
"""So many of a risk, a step or a doubt."""

_NARROW, _WIDE, _WIDEST = 0.3, 0.4, 0.48
_MILLIONS = 10**7
"""What the money takes of the width, with two columns or three, and with three of amounts from ten millions on."""

_OUTCOMES = 2
_YEARS = 8
"""So many years of money stand under each other before any of them gives way: the rows of a total belong to it."""

_STEPS = (Milestone, Recommendation)
"""Kinds that need attention as soon as they press; decisions that are not late have a part of their own."""

_ASKED = 6
"""So many decisions stand before any gives way: they are what the page is for."""


def summary(dossier: AgreementDossier) -> tuple[SummaryPart, ...]:
    """The parts of the page, in its order; a part about which nothing is recorded says so or is left out."""
    parts = (
        _term(dossier),
        _money(dossier),
        _performance(dossier),
        _attention(dossier),
        _risks(dossier),
        _asked(dossier),
        _doubts(dossier),
        _sources(dossier),
    )
    return tuple(part for part in parts if part is not None)


def _term(dossier: AgreementDossier) -> SummaryPart | None:
    found = dossier.term
    if found.starts is None and found.ends is None and found.last_end is None:
        return SummaryPart("Term", (Remark(rich("When the agreement began and when it ends is not known.")),), "term")
    drawing = term_drawing(found, dossier.as_at, MEASURE, text=DRAWING_TEXT)
    return SummaryPart("Term", (Figure("", "", drawing),), "term")


def _money(dossier: AgreementDossier) -> SummaryPart:
    """The budget of each year of the term and what was spent; the last row is the sum of those above it."""
    spent = {fund.year: fund.spend for fund in dossier.funds if fund.spend.known.valued}
    # Where the years of the term are known, money of other years is not part of their total, and stands in the section.
    budgets = {year.year: year.value for year in dossier.plan} or {fund.year: fund.paid_in for fund in dossier.funds}
    years = sorted({*budgets, *spent})
    if not years:
        return SummaryPart("Money", (Remark(rich("No amount is recorded.")),), "money", _NARROW)
    rows = []
    for year in years:
        budget, spend = budgets.get(year), spent.get(year)
        cells = (cell(financial_year(year)), cell(least_text(budget) if budget else "–"))
        rows.append(Row((*cells, cell(least_text(spend) if spend else "Not known")) if spent else cells))
    if len(dossier.plan) > 1 and dossier.money.total.value.known.valued:
        total = (cell("Whole term"), cell(least_text(dossier.money.total.value)))
        begun = [year for year in years if year <= financial_year_of(dossier.as_at)]
        wanting = any(figure.partial for figure in spent.values()) or not set(begun) <= set(spent)
        summed = figure_of(added(sum_of(figure) for figure in spent.values()), partial=wanting)
        rows.append(Row((*total, cell(least_text(summed))) if spent else total, total=True))
    columns = [Column("Year"), Column("Budget", "right")]
    if spent:
        columns.append(Column("Spent", "right"))
    remark = _verdict(dossier) if rows[-1].total else ""
    outcomes = [words for fund in dossier.funds if fund.year in years and (words := _outcome(fund, dossier.as_at))]
    remark = " ".join(filter(None, (remark, *outcomes[-_OUTCOMES:])))
    now = [place for place, year in enumerate(years) if year <= financial_year_of(dossier.as_at)]
    table = Table("", "", tuple(columns), tuple(rows), dense=True, core=now[-1] if now else 0)
    blocks = (table, Remark(rich(remark))) if remark else (table,)
    most = max((sum_.high for figure in (*budgets.values(), dossier.money.total.value) if (sum_ := sum_of(figure))),
               default=Decimal(0))  # fmt: skip
    share = _NARROW if not spent else _WIDE if most < _MILLIONS else _WIDEST
    return SummaryPart("Money", blocks, "money", share, least=_YEARS)


def _outcome(fund: FundYear, as_at: date) -> str:
    """What a year's spending comes to against its pool, and what was carried into it; "" where that is not known."""
    year, over = financial_year(fund.year), variance_words(fund, as_at)
    carried = f"{fund.carried.text} carried forward into it" if fund.carried.known.valued else ""
    held = f"the pool held {fund.pooled.text}, {carried}" if carried else ""
    spent = f"{fund.spend.text} was spent: {over}" if over else ""
    said = "; ".join(filter(None, (held, spent)))
    return f"{year}: {said}." if said else ""


def _verdict(dossier: AgreementDossier) -> str:
    """How the total is made up, and whether it agrees with what is stated, by the working behind it."""
    results = [line for line in dossier.value.working.lines if line.result] if dossier.value.working else []
    if not results:
        return ""
    remark = f"; {results[-1].remark}" if results[-1].remark else ""
    return sentences(sentence_case(f"{results[-1].label}{remark}"))


def _performance(dossier: AgreementDossier) -> SummaryPart:
    if not dossier.kpis:
        return SummaryPart("Performance", (Remark(rich("No KPI is recorded.")),), "performance")
    rows = [
        Row(
            (
                cell(shortened(sheet.kpi.title, _CELL // 2)),
                cell(_latest(sheet)),
                cell(sheet.state.target),
                status_cell(sheet.state.status),
            )
        )
        for sheet in in_order(dossier.kpis)
    ]
    columns = (Column("Measure"), Column("Latest"), Column("Target"), Column("State"))
    return SummaryPart("Performance", (Table("", "", columns, tuple(rows), dense=True),), "performance")


def _latest(sheet: KpiSheet) -> str:
    """The latest figure; its day stands in the section, so that an inferred day marks the figure here."""
    return marked(with_unit(sheet.state.latest.text, sheet), latest_of(sheet), "starts", "ends", "value", "n", "base")


@dataclass(frozen=True, slots=True)
class _Matter:
    what: str
    whom: str
    by: date | None
    status: Status


def _attention(dossier: AgreementDossier) -> SummaryPart | None:
    """What is late or presses, and every open action: the loudest first, then by day."""
    found = [each for each in _matters(dossier) if each.status.shape.loud or each.status.shape is Shape.PLAN]
    found.sort(key=lambda each: (each.status.shape.urgency, each.by or date.max, each.what))
    if not found:
        return SummaryPart("What needs attention", (Remark(rich("Nothing that is recorded is late.")),))
    rows = tuple(
        Row(
            (
                cell(shortened(each.what, _CELL)),
                cell(shortened(each.whom, _CELL // 2) or "Not known"),
                cell(date_short(each.by) if each.by else "Not known"),
                status_cell(each.status),
            )
        )
        for each in found
    )
    columns = (Column("Matter"), Column("On whom"), Column("By"), Column("State"))
    return SummaryPart("What needs attention", (Table("", "", columns, rows, dense=True),), "actions")


def _matters(dossier: AgreementDossier) -> Iterator[_Matter]:
    today, term = dossier.as_at, agreement_status(dossier)
    if dossier.term.ask in (Ask.NOT_AGREED, Ask.LAPSED) and term.shape.loud:
        over = dossier.term.ends is not None and dossier.term.ends < dossier.as_at
        since = dossier.term.ends if over else dossier.term.starts
        yield _Matter(term.sentence, "", dossier.term.next_date or since, in_few_words(term))
    if late := agreed_late(dossier):
        yield _Matter(late.sentence, "", dossier.agreement.starts, late)
    returns = [expected for sheet in dossier.kpis for expected in sheet.returns]
    under_way: tuple[Record, ...] = () if dossier.term.closed else (*dossier.milestones, *dossier.recommendations)
    for record in (*under_way, *dossier.decisions, *dossier.documents, *returns):
        status = status_of(record, today)
        if status is not None and (status.overdue or (status.shape.loud and isinstance(record, _STEPS))):
            whom = getattr(record, "owner", None) or getattr(record, "body", None) or ""
            yield _Matter(record.heading, whom, getattr(record, "due", None), status)
    for action in open_actions(dossier):
        yield _Matter(action.title, action.owner or "", action.due, action_status(action, today))


def _risks(dossier: AgreementDossier) -> SummaryPart | None:
    found = [each for each in dossier.risks if not risk_status(each, dossier.as_at).finished]
    if not found:
        return None
    items = tuple(rich(shortened(sentences(each.title), _SAID)) for each in found)
    return SummaryPart("Risks", (Bullets(items, ordered=True),), "risks")


def _asked(dossier: AgreementDossier) -> SummaryPart:
    found = steps(dossier)
    title = "What is to be decided"
    if not found:
        return SummaryPart(title, (Remark(rich("Nothing is recorded as still to be decided.")),), "decisions")
    items = tuple(
        rich(shortened(step.what.strip().rstrip("."), _SAID), f", by {date_long(step.day)}." if step.day else ".")
        for step in found
    )
    opening = " ".join(filter(None, (request_words(found[0].day, len(found), dossier.as_at), undecided_words(dossier))))
    return SummaryPart(title, (Remark(rich(opening)), Bullets(items, ordered=True)), "position", least=_ASKED)


def request_words(first: date | None, count: int, as_at: date) -> str:
    """What the board is asked for, in a sentence: "You are asked to decide, the first by 31 March 2027."."""
    if first is None:
        return "You are asked to decide; by when is not known."
    late, day = first < as_at, date_long(first)
    if late:
        return f"You are asked to decide {'what' if count == 1 else 'these; the first'} was due by {day}."
    return f"You are asked to decide{'' if count == 1 else ', the first'} by {day}."


def _doubts(dossier: AgreementDossier) -> SummaryPart | None:
    if not dossier.questions:
        return None
    items = tuple(
        rich(bold(f"{each.title}."), f" {shortened(sentences(each.text), _SAID)}") for each in dossier.questions
    )
    count = plural(len(items), "figure")
    opening = Remark(rich(f"{count} in doubt, printed as stated."))
    return SummaryPart("Figures in doubt", (opening, Bullets(items, small=True)), "questions")


def _sources(dossier: AgreementDossier) -> SummaryPart | None:
    measured = [figure for sheet in dossier.kpis for figure in sheet.measurements]
    found = sources_of([dossier.agreement, *dossier.contributions, *measured, *dossier.decisions, *dossier.risks])
    papers = tuple(dict.fromkeys(source.paper for source in found if source.paper))
    if not papers:
        return None
    return SummaryPart("Sources", (Bullets(tuple(rich(paper) for paper in papers), small=True),), "sources")
