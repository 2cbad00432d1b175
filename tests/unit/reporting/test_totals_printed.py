"""Every printed total is the sum of its column, or a doubt stands beside it: over any ledger, and in the PDF."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings

from s75desk.domain.dossier import AgreementDossier
from s75desk.domain.records import Agreement, Contribution, Organisation
from s75desk.domain.records.agreement import AgreementKind
from s75desk.domain.records.money import MoneyState, MoneyType
from s75desk.reporting.agreement.money import money
from s75desk.reporting.agreement.summary import summary
from s75desk.reporting.agreement_briefing import SECTION_TITLES, BriefingOptions, agreement_briefing
from s75desk.reporting.content import Table
from s75desk.reporting.layout import render
from tests.unit.domain.money.ledgers import NAMES, POOLED, agreements, ledgers, line, spend
from tests.unit.reporting.dossiers import SECOND_REPORT, dossier_of, published, r1
from tests.unit.reporting.pdf_reading import tree_of

_AMOUNT = re.compile(r"(−?)£?([\d,]+(?:\.\d+)?)(%?)(?: to (−?)£([\d,]+(?:\.\d+)?))?(?:, (?:inside|on top))?")
_TOTALS = ("All partners", "Whole term", "Sum of the parts", "Total, as stated")


def amounts(text: str) -> tuple[Decimal, Decimal] | None:
    """Both ends of the amount in a cell, or None where there is none."""
    found = _AMOUNT.fullmatch(text.removeprefix("about "))
    if found is None:
        return None
    low = Decimal(found[2].replace(",", "")) * (-1 if found[1] else 1)
    high = Decimal(found[5].replace(",", "")) * (-1 if found[4] else 1) if found[5] else low
    return low, high


def wrong_totals(rows: Sequence[Sequence[str]]) -> list[str]:
    """Totals of a table that are not the sum of the cells above them; those as stated may be, beside the sum."""
    parts = [row for row in rows[1:] if row[0] not in _TOTALS]
    totals = [row for row in rows if row[0] in _TOTALS]
    wrong = []
    for total in totals:
        for column, cell in enumerate(total[1:], start=1):
            stated = amounts(cell)
            above = [found for row in parts if len(row) > column and (found := amounts(row[column])) is not None]
            if stated is None or not above:
                continue
            summed = (sum(low for low, _ in above), sum(high for _, high in above))
            beside = any(row is not total and amounts(row[column]) == summed for row in totals)
            if stated != summed and not beside:
                wrong.append(f"{total[0]}: {cell}, but the column comes to {summed}")
    return wrong


def words(cell: object) -> str:
    return "".join(getattr(part, "text", "") for part in cell.text)  # type: ignore[attr-defined]


def tables_of(dossier: AgreementDossier) -> Iterator[list[list[str]]]:
    """The tables of money in the section and on the one page, as they are printed."""
    blocks = [*money(dossier).blocks, *(block for part in summary(dossier) for block in part.blocks)]
    for block in blocks:
        if isinstance(block, Table):
            heads = [column.title for column in block.columns]
            yield [heads, *([words(cell) for cell in row.cells] for row in block.rows)]


def with_money(agreement: Agreement, extensions: Sequence[object], entries: Sequence[Contribution]) -> AgreementDossier:
    bodies = [Organisation(uid=uid, name=name) for uid, name in NAMES.items()]
    return dossier_of([agreement, *extensions, *bodies, *entries], agreement, SECOND_REPORT)  # type: ignore[list-item]


@settings(max_examples=120, deadline=None)
@given(agreements(), ledgers())
def test_totals_are_sums_over_any_ledger(which, entries):
    dossier = with_money(*which, entries)
    for rows in tables_of(dossier):
        assert wrong_totals(rows) == []
    pool = [text for text in str(money(dossier).blocks).split("'") if "pool" in text]
    if not dossier.money.pool:
        assert pool == []


@settings(max_examples=80, deadline=None)
@given(agreements(), ledgers())
def test_a_total_that_is_stated_otherwise_is_doubted(which, entries):
    dossier = with_money(*which, entries)
    stated, total = dossier.agreement.stated_total, dossier.money.total
    if total.stated is not None and total.complete and not total.agrees:
        assert any(question.check == "stated total" for question in dossier.questions)
        assert f"{stated:,f}".rstrip("0").rstrip(".") in total.remark


def pdf_tables(dossier: AgreementDossier) -> list[list[list[str]]]:
    """Every table of the whole briefing, read back from its PDF."""
    options = BriefingOptions("Board", tuple(SECTION_TITLES), show_workings=True)
    data = render(agreement_briefing(dossier, options), as_at=dossier.as_at).data
    return [
        [[cell.spoken() for cell in row.all("TH", "TD")] for row in table.all("TR")]
        for table in tree_of(data).all("Table")
    ]


REPORTS = [record for record in published() if isinstance(record, Agreement)]


@pytest.mark.parametrize("agreement", REPORTS, ids=lambda agreement: agreement.reference or agreement.title)
def test_no_total_of_a_published_report_is_printed_wrong(agreement):
    tables = pdf_tables(dossier_of(published(), agreement, SECOND_REPORT))
    assert tables
    for rows in tables:
        assert wrong_totals(rows) == []


def test_r1_with_another_amount_prints_the_sum_and_doubts_the_stated_total():
    """Case 1."""
    before = r1()
    council = next(entry.partner for entry in before.contributions if entry.amount == 2038663)
    other = line(council, 2100000, 2025)
    dossier = dossier_of(
        [*published(), replace(other, agreement=before.agreement.uid)], before.agreement, SECOND_REPORT
    )
    tables = pdf_tables(dossier)
    plan = [row for rows in tables for row in rows if row[0] == "Whole term"]
    assert plan
    assert all("£10,254,652" in row for row in plan)
    assert any("stated: £10,193,315" in cell for row in plan for cell in row)
    for rows in tables:
        assert wrong_totals(rows) == []


def test_a_busy_ledger_read_back_from_the_pdf():
    agreement = replace(
        POOLED, yearly_value=Decimal("100000.01"), stated_total=Decimal(300000), stated_total_basis="three years"
    )
    entries = [
        line("council", "33333.33", about=True),
        line("ccg", 40000, amount_to=Decimal(50000)),
        line("icb", "0.01", quarter=1, state=MoneyState.PLANNED),
        line("icb", "7.77", quarter=2, in_kind=True),
        line("", -500, type=MoneyType.CARRY_FORWARD),
        spend(100, state=MoneyState.FORECAST),
        spend(101, state=MoneyState.FINAL, year=2017),
    ]
    for rows in pdf_tables(with_money(agreement, (), entries)):
        assert wrong_totals(rows) == []


def test_the_check_itself_finds_a_wrong_total():
    rows = [["Partner", "In the pool"], ["A", "£1"], ["B", "about £2"], ["All partners", "£4"]]
    assert len(wrong_totals(rows)) == 1
    assert wrong_totals([*rows[:-1], ["All partners", "about £3"]]) == []


def test_a_contract_is_told_nothing_about_a_pool():
    """Case 6."""
    contract = Agreement(uid="a", title="Care at home", kind=AgreementKind.FRAMEWORK, starts=date(2016, 4, 1))
    dossier = with_money(contract, (), [spend(12800000, about=True), line("council", 100)])
    briefing = agreement_briefing(dossier, BriefingOptions("Board", tuple(SECTION_TITLES)))
    said = [node.spoken() for node in tree_of(render(briefing, as_at=dossier.as_at).data).all("P", "TD", "TH")]
    assert [text for text in said if "pool" in text.casefold()] == []
    assert any("about £12,800,000" in text for text in said)
