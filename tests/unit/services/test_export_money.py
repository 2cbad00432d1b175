"""An export of money lines can be summed: the amounts that count are the totals of the papers."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import given, settings

from s75desk.domain.lengths import Length
from s75desk.domain.money.ledger import of_type
from s75desk.domain.money.pooled_fund import fund_years
from s75desk.domain.records import Agreement, Contribution
from s75desk.domain.records.money import MoneyLine, MoneyType
from s75desk.domain.working import Figure
from s75desk.services.export_columns import COUNTS, COUNTS_TO, export_columns
from s75desk.services.office import Office
from tests.unit.domain.money.ledgers import NAMES, ledgers


def exported(entries, values, year, type_, line=None) -> Decimal:
    own = of_type([entry for entry in entries if entry.year == year], type_, line)
    return sum((values.get(entry.uid, Decimal(0)) for entry in own), Decimal(0))


def worth(figure: Figure) -> Decimal:
    return figure.value if isinstance(figure.value, Decimal) else Decimal(0)


@settings(max_examples=150, deadline=None)
@given(ledgers())
def test_a_sum_over_the_export_is_the_total_of_the_papers(entries):
    columns = export_columns(Contribution, entries, date(2026, 2, 2))
    values = columns.get(COUNTS, {})
    for fund in fund_years(entries, NAMES):
        assert exported(entries, values, fund.year, MoneyType.CONTRIBUTION, MoneyLine.POOLED) == worth(fund.paid_in)
        assert exported(entries, values, fund.year, MoneyType.CONTRIBUTION, MoneyLine.ALIGNED) == worth(fund.aligned)
        assert exported(entries, values, fund.year, MoneyType.CARRY_FORWARD) == worth(fund.carried)
        assert exported(entries, values, fund.year, MoneyType.SPEND) == worth(fund.spend)
        assert exported(entries, values, fund.year, MoneyType.UPLIFT) == worth(fund.uplift)


def test_both_ends_of_a_range_are_exported(office: Office) -> None:
    given = Agreement(
        title="Equipment",
        starts=date(2024, 4, 1),
        first_term=Length(years=2),
        yearly_value=Decimal(2500000),
        yearly_to=Decimal(3000000),
    )
    uid = office.records.create(given).uid
    office.records.create(
        Contribution(agreement=uid, type=MoneyType.SPEND, year=2024, amount=Decimal(2), amount_to=Decimal(3))
    )
    sheet = office.exports.table("agreement")
    row = dict(zip(sheet.headings, sheet.rows[0], strict=True))
    assert (row["Value worked out (£)"], row["Value worked out, at most (£)"]) == (5000000, 6000000)
    assert (row["Value a year (£)"], row["Value a year, at most (£ a year)"]) == (2500000, 3000000)
    sheet = office.exports.table("contribution")
    row = dict(zip(sheet.headings, sheet.rows[0], strict=True))
    assert (row[COUNTS], row[COUNTS_TO]) == (2, 3)
