"""An export of money lines can be summed: the amounts that count are the totals of the papers."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import given, settings

from s75desk.domain.money.ledger import of_type
from s75desk.domain.money.pooled_fund import fund_years
from s75desk.domain.records import Contribution
from s75desk.domain.records.money import MoneyLine, MoneyType
from s75desk.domain.working import Figure
from s75desk.services.export_columns import COUNTS, export_columns
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
