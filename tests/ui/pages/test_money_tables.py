"""The tables of money in the window: every total is the sum of the rows above it, over any ledger."""

from __future__ import annotations

from hypothesis import given, settings

from s75desk.domain.money.amounts import added, sum_of
from s75desk.ui.pages.agreements.budget import _plan_lines
from s75desk.ui.pages.agreements.money import _share_lines
from tests.unit.domain.money.ledgers import agreements, ledgers
from tests.unit.reporting.test_totals_printed import with_money


@settings(max_examples=100, deadline=None)
@given(agreements(), ledgers())
def test_totals_are_the_sums_of_their_rows(which, entries):
    dossier = with_money(*which, entries)
    plan = _plan_lines(dossier)
    if plan:
        *years, total = plan
        assert sum_of(total.value) == added(sum_of(row.value) for row in years)
        assert sum_of(total.uplift) == added(sum_of(row.uplift) for row in years)
    rows = _share_lines(dossier)
    for year in {row.year for row in rows}:
        own = [row for row in rows if row.year == year]
        partners = [row for row in own if not row.total and not row.uid.endswith(" carried")]
        (total,) = [row for row in own if row.uid.endswith(" total")]
        assert sum_of(total.pooled) == added(sum_of(row.pooled) for row in partners)
        assert sum_of(total.aligned) == added(sum_of(row.aligned) for row in partners)
        assert total.of_pool.value in (None, 100)
        carried = [row for row in own if row.uid.endswith(" carried")]
        held = [row for row in own if row.uid.endswith(" held")]
        assert len(carried) == len(held) <= 1
        for row in held:
            assert sum_of(row.pooled) == added((sum_of(total.pooled), sum_of(carried[0].pooled)))
