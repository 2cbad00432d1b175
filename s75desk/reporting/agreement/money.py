"""The money: value over the term, contributions in the pool and beside it with shares on both bases, pressures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from s75desk.domain.dossier import AgreementDossier
from s75desk.domain.inferred import marked
from s75desk.domain.money.amounts import amount_text, least_text
from s75desk.domain.money.ledger import stated_text
from s75desk.domain.money.pooled_fund import FundYear
from s75desk.domain.money.totals import total_as_stated, yearly_sum
from s75desk.domain.money.yearly import rates_text
from s75desk.domain.records import Agreement, Contribution
from s75desk.domain.records.money import MoneyType, UpliftPlace
from s75desk.domain.wording import date_long, financial_year, financial_year_of, list_words, sentence_case
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
from s75desk.reporting.part import Part, lead, lines_of, listed, sentences


def money(dossier: AgreementDossier) -> Part:
    """Everything recorded about money, and what of it is not known."""
    blocks: list[Block] = [*_value(dossier)]
    unknown: list[str] = []
    pool = dossier.money.pool
    if any(year.value.known.valued for year in dossier.plan):
        blocks.append(_plan(dossier))
    elif dossier.plan:
        unknown.append("No budget is known for any year of the term.")
    blocks += [block for fund in dossier.funds for block in _fund(fund, dossier)]
    kind = dossier.agreement.kind
    if not dossier.funds:
        contract = kind is not None and not kind.section_75
        unknown.append("What is paid is not known." if contract else "What each partner contributes is not known.")
    unknown += [_unknown(fund) for fund in dossier.funds if fund.incomplete]
    if dossier.funds and not any(fund.spend.known.valued for fund in dossier.funds):
        unknown.append("What has been spent is not known.")
    blocks += _pressures(dossier)
    if dossier.agreement.risk_share:
        blocks += _risk_share(dossier)
    elif dossier.funds and pool:
        unknown.append("How over- and underspends are shared is not known.")
    return Part(tuple(blocks), tuple(unknown))


def _unknown(fund: FundYear) -> str:
    """Which amount of a year is not known."""
    year = financial_year(fund.year)
    if not fund.wanting:
        return f"An amount of {year} is not known."
    return f"Of the money of {year} is not known: {'; '.join(fund.wanting)}."


def _value(dossier: AgreementDossier) -> list[Block]:
    agreement, total = dossier.agreement, dossier.money.total
    parts = []
    worked = total.value.known.valued
    if words := rates_text(dossier.money.rates, dossier.as_at):
        parts.append(f"The value {words}")
    if worked:
        follows = bool(words) and total.by_yearly_value
        parts.append(f"{'That makes' if follows else 'The years add up to'} {_over_the_term(total.value)}")
    stated_total = total_as_stated(agreement)
    if stated_total is not None and not _only_repeats(agreement):
        stated = stated_total.text
        basis = f" ({agreement.stated_total_basis})" if agreement.stated_total_basis else ""
        verdict = "" if total.agrees is None else f"; the two {'agree' if total.agrees else 'disagree'}"
        if total.overtaken is not None:
            verdict = f", for the terms before {date_long(total.overtaken)}"
        parts.append(f"The total is stated as {stated}{basis}{verdict if worked else ''}")
    if not parts:
        return []
    return [Paragraph(rich(sentences(*parts)), key="money.value", sources=sources_of([agreement]))]


def _only_repeats(agreement: Agreement) -> bool:
    """Whether the stated total is the yearly value again."""
    return total_as_stated(agreement) == yearly_sum(agreement) and "year" in (agreement.stated_total_basis or "")


def _over_the_term(value: Figure) -> str:
    """The value over the term, in the words of its working where these name the years."""
    working = value.working
    if not value.partial and working is not None and working.title.startswith(value.text):
        return working.title
    return f"{least_text(value)} over the whole possible term"


def _plan(dossier: AgreementDossier) -> Table:
    """The budget of each year; the last row is the sum of those above it, with the total as stated beside it."""
    rows = []
    for year in dossier.plan:
        amounts = (cell(least_text(year.value)), cell(year.uplift_text))
        rows.append(Row((cell(financial_year(year.year)), cell(year.part), *amounts, cell(sentence_case(year.source)))))
    total = dossier.money.total
    if len(rows) > 1:
        verdict = Cell(rich(sentence_case(f"{total.how}; {total.remark}")), total.shape)
        whole = (cell("Whole term"), cell(total.scope), cell(least_text(total.value)))
        rows.append(Row((*whole, cell(total.uplifts.text), verdict), total=True))
    columns = (
        Column("Year"),
        Column("Part of term"),
        Column("Budget", "right"),
        Column("Uplift", "right"),
        Column("Source"),
    )
    sources = sources_of([dossier.agreement, *_of(dossier.contributions, MoneyType.CONTRIBUTION, MoneyType.UPLIFT)])
    return Table("money.plan", "Budget by year of the term", columns, tuple(rows), sources=sources)


def _fund(fund: FundYear, dossier: AgreementDossier) -> list[Block]:
    """One year's contributions by partner."""
    year = financial_year(fund.year)
    entries = [entry for entry in dossier.contributions if entry.year == fund.year]
    sources = sources_of(entries)
    aligned = fund.aligned.working is not None
    words = _fund_words(fund, year, dossier, beside=aligned)
    said = [Paragraph(rich(words), sources=sources)] if words else []
    if not fund.shares:
        return [*said]
    both = aligned or (fund.pool and fund.incomplete)
    rows = []
    for share in fund.shares:
        cells = [
            cell(_name(share.partner, share.name, dossier)),
            cell(least_text(share.in_pool)),
            cell(share.of_pool.text),
        ]
        if both:
            cells += [cell(least_text(share.beside)), cell(share.of_all.text)]
        rows.append(Row(tuple(cells)))
    total = [cell("All partners"), cell(least_text(fund.paid_in)), cell(fund.shared_of_pool.text)]
    columns = [Column("Partner"), Column("In the pool" if fund.pool else "Paid in", "right"),
               Column("Share of the pool" if fund.pool else "Share", "right")]  # fmt: skip
    if both:
        columns += [Column("Beside the pool", "right"), Column("Share of both together", "right")]
        total += [cell(least_text(fund.aligned)), cell(fund.shared_of_all.text)]
    rows.append(Row(tuple(total), total=True))
    notes = [f"Sums are of what is known. Not known: {'; '.join(fund.wanting)}." if fund.wanting else ""]
    if fund.incomplete and not fund.wanting:
        notes.append("An amount of the year is not known: sums are of what is known.")
    notes.append(f"In it: {list_words(fund.made_of)}." if fund.made_of else "")
    notes.append("Amounts with and without VAT are added up; the total is in doubt." if fund.mixed_vat else "")
    note = rich(sentences(*notes))
    table = Table(f"money.fund.{fund.year}", f"Contributions in {year}", tuple(columns), tuple(rows), sources=sources,
                  note=note)  # fmt: skip
    return [*said, table]


def _name(partner: str, name: str, dossier: AgreementDossier) -> str:
    body = dossier.organisations.get(partner)
    return body.name if body else name or "Partner not known"


def _fund_words(fund: FundYear, year: str, dossier: AgreementDossier, *, beside: bool) -> str:
    parts = [_held(fund, year, dossier.as_at)]
    if fund.carried.known.valued:
        parts.append(
            f"That is {least_text(fund.paid_in)} paid in and {fund.carried.text} carried forward from the year before"
        )
    if beside and fund.aligned.known.valued:
        together = least_text(fund.combined, may_fall=fund.carried.partial)
        parts.append(f"Beside it stood {least_text(fund.aligned)}, which makes {together} together")
    spent = f" in {_quarters(fund.spend_quarters)}" if fund.spend_quarters else ""
    if fund.spend.known.valued:
        made = f" ({list_words(fund.spend_made_of)})" if fund.spend_made_of else ""
        opening = "Spending was" if parts[0] else f"In {year} spending was"
        parts.append(f"{opening} {least_text(fund.spend)}{spent}{made}")
        parts.append(f"Spending of {list_words(fund.spend_wanting)} is not recorded" if fund.spend_wanting else "")
        parts.append(sentence_case(variance_words(fund, dossier.as_at)))
    if fund.outlook.known.valued:
        parts.append(f"For all of {year} spending of {fund.outlook.text} is expected; that is not a figure yet")
    if fund.uplift.known.valued:
        place = {UpliftPlace.INSIDE: ", inside that amount", UpliftPlace.BESIDE: ", on top of that amount"}
        where = place.get(fund.uplift_place) if fund.uplift_place and fund.paid_in.known.valued else ""
        opening = "Uplifts came to" if any(parts) else f"In {year} uplifts came to"
        parts.append(f"{opening} {fund.uplift.text}{where or ''}")
    return sentences(*parts)


def variance_words(fund: FundYear, as_at: date) -> str:
    """What was spent over or under what the pool held, as a clause.

    "" while the year is not over, and where one of the two is not known in full.
    """
    found = fund.variance
    if found is None or found.exact is None or fund.year >= financial_year_of(as_at):
        return ""
    if not found.low:
        return "that is what the pool held"
    way = "more" if found.low > 0 else "less"
    return f"that is {amount_text(abs(found.low), about=found.about)} {way} than the pool held"


def _held(fund: FundYear, year: str, as_at: date) -> str:
    """What is in the pool, or paid in where there is none; nothing where a contract has no such line."""
    known, held = fund.pooled.known.valued, least_text(fund.pooled, may_fall=fund.carried.partial)
    if not fund.pool:
        return f"In {year} {held} was paid in" if known else ""
    if fund.planned is not None and known:
        return f"For {year} the pool is {fund.planned.value} at {held}"
    if known and fund.year >= financial_year_of(as_at):
        return f"For {year} the pool {'holds' if fund.year == financial_year_of(as_at) else 'is to hold'} {held}"
    return f"In {year} the pool held {held}" if known else f"What the pool held in {year} is not known"


def _quarters(numbers: Sequence[int]) -> str:
    return f"quarter{'s' if len(numbers) > 1 else ''} {list_words(map(str, numbers))}"


def _of(entries: Iterable[Contribution], *types: MoneyType) -> list[Contribution]:
    return [entry for entry in entries if entry.type in types]


def _pressures(dossier: AgreementDossier) -> list[Block]:
    """Savings and cost pressures: those entered as money, and the risks that carry a cost."""
    rows = []
    sources: list[Source] = []
    for entry in _of(dossier.contributions, MoneyType.PRESSURE, MoneyType.SAVING):
        kind = entry.type.word if entry.type else ""
        amount = stated_text(entry)
        year = financial_year(entry.year) if entry.year is not None else "Not known"
        rows.append(Row((cell(entry.what or kind), cell(kind), cell(marked(year, entry, "year")), cell(amount))))
        sources += sources_of([entry])
    for risk in dossier.risks:
        if risk.yearly_cost is not None:
            rows.append(
                Row(
                    (
                        cell(risk.title),
                        cell("Risk"),
                        cell("Each year"),
                        cell(amount_text(risk.yearly_cost, about=risk.yearly_cost_about)),
                    )
                )
            )
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
