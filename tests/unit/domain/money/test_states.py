"""States of an amount: the latest counts, they never add up, and a forecast never passes for spending."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from s75desk.domain.money.ledger import amount_of
from s75desk.domain.money.pooled_fund import fund_years
from s75desk.domain.money.questions import same_amount_twice, states_apart
from s75desk.domain.money.states import purpose_of, state_of
from s75desk.domain.records.money import MoneyState, NoAmount
from s75desk.domain.working import Known
from tests.unit.domain.money.ledgers import NAMES, line, spend


def only_year(*entries, **rest):
    (year,) = fund_years(entries, NAMES, **rest)
    return year


def test_final_outturn_takes_the_place_of_the_provisional_one_whose_state_stands_in_words():
    """Case 13: 10,234,567 and not 20,334,567."""
    entries = (spend(10100000, what="Provisional outturn", about=True), spend(10234567, what="Final outturn"))
    for order in (entries, entries[::-1]):
        found = only_year(*order).spend
        assert (found.value, found.known) == (Decimal(10234567), Known.KNOWN)
    assert same_amount_twice(entries) == []
    working = only_year(*entries).spend.working.as_text()
    assert "not counted, final is" in working


@pytest.mark.parametrize(
    ("words", "state", "purpose"),
    [
        ("Final outturn", MoneyState.FINAL, ""),
        ("Home care, provisional outturn", MoneyState.PROVISIONAL, "home care"),
        ("Home care (revised)", MoneyState.REVISED, "home care"),
        ("Forecast at month 9", MoneyState.FORECAST, ""),
        ("M6 forecast", MoneyState.FORECAST, ""),
        ("Revised budget for reablement", MoneyState.REVISED, "reablement"),
        ("Outturn 2016/17", None, ""),
        ("Planned care", None, "planned care"),
        ("Final payment to the trust", None, "final payment to the trust"),
        ("Actual cost of the forecast team", None, "actual cost of the forecast team"),
    ],
)
def test_words_for_a_state_are_told_from_what_the_money_is_for(words, state, purpose):
    entry = line("council", 1, what=words)
    assert (state_of(entry), purpose_of(entry)) == (state, purpose)


def test_a_recorded_state_goes_before_the_words():
    assert state_of(line("council", 1, what="Forecast", state=MoneyState.FINAL)) is MoneyState.FINAL


def test_states_in_order_and_whatever_the_order_of_recording():
    states = list(MoneyState)
    for count in range(1, len(states) + 1):
        entries = [line("ccg", 100 * (len(states) - place), state=state) for place, state in enumerate(states[:count])]
        for order in (entries, entries[::-1]):
            amount = amount_of(order)
            assert amount.total.exact == entries[-1].amount
            assert [entry.state for entry in amount.counted] == [states[count - 1]]


def test_a_revised_contribution_takes_the_place_of_the_planned_one():
    year = only_year(
        line("council", 372000, state=MoneyState.PLANNED),
        line("council", 380000, state=MoneyState.REVISED),
        line("ccg", 374000, state=MoneyState.PLANNED),
    )
    assert year.paid_in.value == Decimal(754000)
    assert [share.pooled for share in year.shares] == [Decimal(380000), Decimal(374000)]
    assert year.made_of == ("£380,000 revised and £374,000 planned",)


def test_of_two_in_one_state_the_one_stated_last_counts_and_without_days_it_is_doubted():
    dated = [
        line("ccg", 500, state=MoneyState.REVISED, stated_on=date(2016, 9, 1)),
        line("ccg", 400, state=MoneyState.REVISED, stated_on=date(2017, 1, 1)),
    ]
    assert amount_of(dated).total.exact == 400
    assert same_amount_twice(dated) == []
    undated = [line("ccg", 500, state=MoneyState.REVISED), line("ccg", 400, state=MoneyState.REVISED)]
    assert amount_of(undated).total.exact == 500
    assert len(same_amount_twice(undated)) == 1


def test_an_amount_without_a_state_beside_one_with_a_state_is_doubted():
    entries = (line("ccg", 500), line("ccg", 400, state=MoneyState.PLANNED))
    assert len(same_amount_twice(entries)) == 1
    assert same_amount_twice((line("ccg", 500), line("ccg", 400, state=MoneyState.FINAL))) == []


def test_a_later_state_without_an_amount_leaves_the_earlier_one():
    entries = (spend(10, state=MoneyState.PROVISIONAL), spend(None, state=MoneyState.FINAL,
               no_amount=NoAmount.TO_BE_CONFIRMED))  # fmt: skip
    year = only_year(*entries)
    assert year.spend.value == 10
    assert not year.spend_quarters


def test_an_amount_without_a_purpose_is_another_state_of_the_only_one_with_a_purpose():
    named = line("ccg", 380000, state=MoneyState.FINAL, what="Home care")
    assert amount_of([line("ccg", 372000, state=MoneyState.PLANNED), named]).total.exact == 380000
    assert amount_of([line("ccg", 372000), named]).total.exact == 752000
    assert amount_of([line("ccg", 372000, state=MoneyState.FINAL), named]).total.exact == 752000


def test_states_under_two_names_are_added_up_only_with_a_doubt():
    planned = line("ccg", 372000, state=MoneyState.PLANNED, what="New baseline")
    revised = line("ccg", 380000, state=MoneyState.REVISED, what="Baseline after review")
    assert len(states_apart((planned, revised))) == 1
    assert states_apart((planned, line("ccg", 1, state=MoneyState.PLANNED, what="Posts"))) == []


def test_a_forecast_never_passes_for_spending():
    year = only_year(spend(10, state=MoneyState.FORECAST))
    assert year.spend.known is Known.NOT_KNOWN
    assert year.outlook.value == 10
    planned = only_year(spend(10, what="Planned spend"))
    assert planned.spend.known is Known.NOT_KNOWN


def test_spending_so_far_and_the_forecast_of_the_year_stand_apart():
    year = only_year(
        spend(100, quarter=1, state=MoneyState.FINAL),
        spend(110, quarter=2, state=MoneyState.PROVISIONAL),
        spend(420, state=MoneyState.FORECAST),
    )
    assert year.spend.value == 210
    assert year.spend_quarters == (1, 2)
    assert year.outlook.value == 420
    mixed = only_year(
        *(spend(100, quarter=number, state=MoneyState.FINAL) for number in (1, 2)),
        *(spend(120, quarter=number, state=MoneyState.FORECAST) for number in (3, 4)),
    )
    assert (mixed.spend.value, mixed.outlook.value) == (200, 440)


def test_spending_without_a_state_is_spent_and_settles_the_forecast():
    year = only_year(spend(101), spend(99, state=MoneyState.FORECAST))
    assert (year.spend.value, year.outlook.known) == (101, Known.NONE_RECORDED)


def test_four_final_quarters_take_the_place_of_a_planned_year():
    quarters = [spend(101, quarter=number, state=MoneyState.FINAL) for number in (1, 2, 3, 4)]
    assert amount_of([spend(400, state=MoneyState.PLANNED), *quarters]).total.exact == 404
    assert amount_of([spend(400, state=MoneyState.FINAL), *quarters]).total.exact == 400
