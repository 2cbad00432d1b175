"""The money: value over the term, contributions in the pool and beside it with shares on both bases, pressures."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from s75desk.domain.dossier import AgreementDossier
from s75desk.domain.inferred import marked
from s75desk.domain.money.pooled_fund import FundYear
from s75desk.domain.records import Agreement, Contribution
from s75desk.domain.records.money import MoneyLine, MoneyType
from s75desk.domain.wording import financial_year, pounds, sentence_case
from s75desk.domain.working import Figure
from s75desk.reporting.content import (
    Block,
    Bullets,
    Cell,
    Column,
    Paragraph,
    Row,
    Source,
    Table,
    bold,
    cell,
    rich,
    sources_of,
)
from s75desk.reporting.part import Part, lead, lines_of, listed, money_cell, sentences

_ABSENT = ("Not known", "None recorded")


def money(dossier: AgreementDossier) -> Part:
    """Everything recorded about money, and what of it is not known."""
    blocks: list[Block] = [*_value(dossier)]
    unknown: list[str] = []
    if any(year.value.text not in _ABSENT for year in dossier.plan):
        blocks.append(_plan(dossier))
    elif dossier.plan:
        unknown.append("No budget is known for any year of the term.")
    blocks += [block for fund in dossier.funds for block in _fund(fund, dossier)]
    if not dossier.funds:
        unknown.append("What each partner contributes is not known.")
    unknown += [f"An amount of {financial_year(fund.year)} is not known." for fund in dossier.funds if fund.incomplete]
    if dossier.funds and all(fund.spend.text in _ABSENT for fund in dossier.funds):
        unknown.append("What has been spent is not known.")
    blocks += _pressures(dossier)
    if dossier.agreement.risk_share:
        blocks += _risk_share(dossier)
    elif dossier.funds:
        unknown.append("How over- and underspends are shared is not known.")
    return Part(tuple(blocks), tuple(unknown))


def _value(dossier: AgreementDossier) -> list[Block]:
    agreement = dossier.agreement
    parts = []
    worked = dossier.value.text not in _ABSENT
    if agreement.yearly_value is not None:
        parts.append(f"The value is {pounds(agreement.yearly_value)} a year")
    if worked:
        parts.append(f"That makes {_over_the_term(dossier.value)}")
    if agreement.stated_total is not None and not _only_repeats(agreement):
        basis = f" ({agreement.stated_total_basis})" if agreement.stated_total_basis else ""
        verdict = f"; the two {_verdict(dossier.value)}" if worked and _verdict(dossier.value) else ""
        parts.append(f"The total is stated as {pounds(agreement.stated_total)}{basis}{verdict}")
    if not parts:
        return []
    return [Paragraph(rich(sentences(*parts)), key="money.value", sources=sources_of([agreement]))]


def _only_repeats(agreement: Agreement) -> bool:
    """Whether the stated total is the yearly value again."""
    return agreement.stated_total == agreement.yearly_value and "year" in (agreement.stated_total_basis or "")


def _over_the_term(value: Figure) -> str:
    """The value over the term, in the words of its working where these name the years."""
    working = value.working
    if working is not None and working.title.startswith(value.text):
        return working.title
    return f"{value.text} over the whole possible term"


def _verdict(value: Figure) -> str:
    """Whether the working found that the stated total agrees: "agree", "disagree", or "" where it does not say."""
    remarks = [line.remark for line in value.working.lines if line.result] if value.working else []
    if "agrees" in remarks:
        return "agree"
    return "disagree" if any("disagree" in remark for remark in remarks) else ""


def _plan(dossier: AgreementDossier) -> Table:
    rows = []
    for year in dossier.plan:
        amounts = (cell(year.value.text), cell(year.uplift.text))
        rows.append(Row((cell(financial_year(year.year)), cell(year.part), *amounts, cell(sentence_case(year.source)))))
    if len(rows) > 1:
        whole = (cell("Whole term"), cell("Plus uplifts"), cell(dossier.value.text))
        rows.append(Row((*whole, cell("–"), cell(_agrees(dossier.value))), total=True))
    columns = (
        Column("Year"),
        Column("Part of term"),
        Column("Budget", "right"),
        Column("Uplift", "right"),
        Column("Source"),
    )
    sources = sources_of([dossier.agreement, *_of(dossier.contributions, MoneyType.CONTRIBUTION, MoneyType.UPLIFT)])
    return Table("money.plan", "Budget by year of the term", columns, tuple(rows), sources=sources)


def _agrees(value: Figure) -> str:
    if value.working is None:
        return "Not known"
    results = [line for line in value.working.lines if line.result]
    if not results:
        return "Not known"
    remark = f"; {results[-1].remark}" if results[-1].remark else ""
    return f"{results[-1].label}{remark}"


def _fund(fund: FundYear, dossier: AgreementDossier) -> list[Block]:
    """One year's contributions by partner."""
    year = financial_year(fund.year)
    entries = [entry for entry in dossier.contributions if entry.year == fund.year]
    sources = sources_of(entries)
    aligned = any(share.aligned is not None for share in fund.shares) or fund.aligned.text not in _ABSENT
    said = Paragraph(rich(_fund_words(fund, year, beside=aligned)), sources=sources)
    if not fund.shares:
        return [said]
    rows = []
    for share in fund.shares:
        name = _name(share.partner, share.name, dossier)
        cells = [cell(name), _amount(share.pooled, share.of_pool), cell(share.of_pool.text)]
        if aligned or fund.incomplete:
            cells += [money_cell(share.aligned, absent=_beside(share.partner, entries)), cell(share.of_all.text)]
        rows.append(Row(tuple(cells)))
    total = [cell("All partners"), cell(fund.pooled.text), cell("100%" if _whole(fund) else "Not known")]
    columns = [Column("Partner"), Column("In the pool", "right"), Column("Share of the pool", "right")]
    if aligned or fund.incomplete:
        columns += [Column("Beside the pool", "right"), Column("Share of both together", "right")]
        total += [cell(fund.aligned.text), cell(fund.combined.text)]
    rows.append(Row(tuple(total), total=True))
    key = f"money.fund.{fund.year}"
    blocks: list[Block] = [
        said,
        Table(key, f"Contributions in {year}", tuple(columns), tuple(rows), sources=sources,
              note=rich("An amount of the year is not known: sums are of what is known." if fund.incomplete else "")),
    ]  # fmt: skip
    return blocks


def _whole(fund: FundYear) -> bool:
    return fund.pooled.text not in _ABSENT and not fund.incomplete


def _name(partner: str, name: str, dossier: AgreementDossier) -> str:
    body = dossier.organisations.get(partner)
    return body.name if body else name or "Partner not known"


def _amount(pooled: Decimal | None, of_pool: Figure) -> Cell:
    return money_cell(pooled, absent=of_pool.text)


def _beside(partner: str, entries: Iterable[Contribution]) -> str:
    """A line beside the pool whose amount is missing is not known; no line at all is none recorded."""
    own = [entry for entry in entries if (entry.partner or "") == partner and entry.line is MoneyLine.ALIGNED]
    return "Not known" if own else "None recorded"


def _fund_words(fund: FundYear, year: str, *, beside: bool) -> str:
    parts = [f"In {year} the pool held {fund.pooled.text}" if fund.pooled.text not in _ABSENT
             else f"What the pool held in {year} is not known"]  # fmt: skip
    if beside and fund.aligned.text not in _ABSENT:
        parts.append(f"Beside it stood {fund.aligned.text}, which makes {fund.combined.text} together")
    if fund.spend.text not in _ABSENT:
        parts.append(f"Spending was {fund.spend.text}")
    if fund.uplift.text not in _ABSENT:
        parts.append(f"Uplifts came to {fund.uplift.text}")
    return sentences(*parts)


def _of(entries: Iterable[Contribution], *types: MoneyType) -> list[Contribution]:
    return [entry for entry in entries if entry.type in types]


def _pressures(dossier: AgreementDossier) -> list[Block]:
    """Savings and cost pressures: those entered as money, and the risks that carry a cost."""
    rows = []
    sources: list[Source] = []
    for entry in _of(dossier.contributions, MoneyType.PRESSURE, MoneyType.SAVING):
        kind = entry.type.word if entry.type else ""
        about = "about " if entry.about else ""
        amount = f"{about}{pounds(entry.amount)}" if entry.amount is not None else "Not known"
        year = financial_year(entry.year) if entry.year is not None else "Not known"
        rows.append(Row((cell(entry.what or kind), cell(kind), cell(marked(year, entry, "year")), cell(amount))))
        sources += sources_of([entry])
    for risk in dossier.risks:
        if risk.yearly_cost is not None:
            rows.append(Row((cell(risk.title), cell("Risk"), cell("Each year"), cell(pounds(risk.yearly_cost)))))
            sources += sources_of([risk])
    if not rows:
        return []
    columns = (Column("What"), Column("Kind"), Column("Year"), Column("Amount", "right"))
    return [
        Table(
            "money.pressures", "Cost pressures and savings", columns, tuple(rows), sources=tuple(dict.fromkeys(sources))
        )
    ]


def _risk_share(dossier: AgreementDossier) -> list[Block]:
    own = sources_of([dossier.agreement])
    lines = lines_of(dossier.agreement.risk_share)
    if len(lines) == 1:
        return [lead("Risk share", lines[0], sources=own)]
    return [Paragraph(rich(bold("Risk share:")), sources=own), Bullets(listed(lines))]
