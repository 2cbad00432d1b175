"""A year's money: judged for the pool, about and ranges kept, carry-forward, in kind, VAT, and no pool at all."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from s75desk.domain.money.amounts import added, percentages, sum_of
from s75desk.domain.money.ledger import amount_of, slots_of
from s75desk.domain.money.pooled_fund import fund_years, has_pool
from s75desk.domain.money.questions import money_questions
from s75desk.domain.money.states import stated_sum
from s75desk.domain.money.totals import total_as_stated
from s75desk.domain.money.whole import money_of
from s75desk.domain.records import Agreement
from s75desk.domain.records.agreement import AgreementKind
from s75desk.domain.records.money import MoneyLine, MoneyType, NoAmount, UpliftPlace, VatBasis
from s75desk.domain.working import Known
from tests.unit.domain.money.ledgers import NAMES, POOLED, agreements, ledgers, line, spend


def only_year(*entries, **rest):
    (year,) = fund_years(entries, NAMES, **rest)
    return year


# --- quarters and years ----------------------------------------------------------------------------------------------


def test_a_body_that_succeeds_another_completes_the_year_of_the_pool():
    """Case 12."""
    year = only_year(
        line("council", 4000000),
        line("ccg", 1500000, quarter=1),
        *(line("icb", 1500000, quarter=number) for number in (2, 3, 4)),
    )
    assert not year.incomplete
    assert year.pooled.value == Decimal(10000000)
    assert [(share.name, share.of_pool.value) for share in year.shares] == [("Council", 40), ("CCG", 15), ("ICB", 45)]


@pytest.mark.parametrize(
    ("payers", "missing"),
    [
        ([{1, 2, 3}], True),
        ([{1, 2, 3, 4}, {1, 2, 3}], True),
        ([{1}, {2, 3, 4}], False),
        ([{1}, {2, 3}], True),
        ([{1, 2}, {3, 4}, {1, 2, 3, 4}], False),
        ([{1, 2}, {3, 4}, {4}], True),
    ],
)
def test_those_who_pay_for_part_of_a_year_must_cover_it_between_them(payers, missing):
    entries = [line(f"body{who}", 10, quarter=number) for who, quarters in enumerate(payers) for number in quarters]
    assert only_year(*entries).incomplete is missing


def test_quarters_before_the_agreement_began_are_not_missed():
    entries = [line("council", 10, quarter=number) for number in (3, 4)]
    assert only_year(*entries).incomplete
    assert not only_year(*entries, term=(date(2016, 10, 1), None)).incomplete
    assert not only_year(*entries[:1], term=(date(2016, 10, 1), date(2016, 12, 31))).incomplete
    assert only_year(*entries, term=(date(2016, 9, 30), None)).incomplete


def test_quarters_that_contradict_their_year_are_doubted():
    quarters = [line("ccg", 100, quarter=number) for number in (1, 2, 3, 4)]
    (question,) = money_questions(POOLED, (), [*quarters, line("ccg", 410)])
    assert "£400" in question.title
    assert "£410" in question.title
    assert money_questions(POOLED, (), [*quarters, line("ccg", 400)]) == []
    assert money_questions(POOLED, (), [*quarters[:3], line("ccg", 410)]) == []
    assert len(money_questions(POOLED, (), [*quarters[:3], line("ccg", 290)])) == 1


# --- what is known of an amount --------------------------------------------------------------------------------------


def test_about_stays():
    """Case 7: R3's spending."""
    year = only_year(spend(25000000, about=True), line("ccg", 11000000, type=MoneyType.SPEND, about=True))
    assert (year.spend.value, year.spend.known) == (Decimal(36000000), Known.ABOUT)
    assert year.spend.text.startswith("about ")
    shares = only_year(line("council", 1, about=True), line("ccg", 1)).shares
    assert {share.of_pool.known for share in shares} == {Known.ABOUT}


def test_a_range_is_added_up_at_both_ends_and_has_no_share():
    year = only_year(line("council", 2500000, amount_to=Decimal(3000000)), line("ccg", 1000000))
    assert (year.pooled.value, year.pooled.upto) == (3500000, 4000000)
    assert {share.of_pool.known for share in year.shares} == {Known.NOT_KNOWN}


def test_nil_is_nothing_and_to_be_confirmed_is_not_known():
    nil = only_year(line("council", 100), line("ccg", None, no_amount=NoAmount.NIL))
    assert not nil.incomplete
    assert [share.of_pool.value for share in nil.shares] == [100, 0]
    waited = only_year(line("council", 100), line("ccg", None, no_amount=NoAmount.TO_BE_CONFIRMED))
    assert waited.incomplete
    assert "To be confirmed" in waited.paid_in.working.as_text()


def test_what_is_carried_forward_is_in_the_pool_and_is_nobodys_share():
    year = only_year(line("council", 372000), line("ccg", 374000), line("", -46000, type=MoneyType.CARRY_FORWARD))
    assert (year.paid_in.value, year.carried.value, year.pooled.value) == (746000, -46000, 700000)
    assert year.shares[0].of_pool.value == Decimal("49.87")


def test_money_in_kind_and_vat_are_said():
    year = only_year(line("council", 300, in_kind=True), line("ccg", 700, vat=VatBasis.WITH))
    assert "£300 in kind" in year.made_of
    assert not year.mixed_vat
    both = (line("council", 300, vat=VatBasis.WITHOUT), line("ccg", 700, vat=VatBasis.WITH))
    assert only_year(*both).mixed_vat
    assert len(money_questions(POOLED, fund_years(both, NAMES), both)) == 1


def test_an_uplift_says_whether_it_is_in_the_total():
    for place in (*UpliftPlace, None):
        year = only_year(line("council", 100), line("council", 5, type=MoneyType.UPLIFT, uplift=place))
        assert (year.paid_in.value, year.uplift.value, year.uplift_place) == (100, 5, place)


# --- no pool ---------------------------------------------------------------------------------------------------------


def test_a_contract_has_no_pool_whatever_is_recorded():
    pays = (line("council", 100), line("ccg", 50, line=MoneyLine.ALIGNED))
    assert not has_pool(Agreement(title="A", kind=AgreementKind.BLOCK), pays)
    assert has_pool(Agreement(title="A", kind=AgreementKind.POOLED_FUND))
    assert has_pool(Agreement(title="A"), pays)
    assert not has_pool(Agreement(title="A"), (spend(1),))
    assert not has_pool(Agreement(title="A", kind=AgreementKind.LEAD_COMMISSIONING))
    year = only_year(*pays, pool=False)
    assert (year.pooled.value, year.aligned.known) == (150, Known.NONE_RECORDED)


# --- whatever is recorded --------------------------------------------------------------------------------------------


@settings(max_examples=200, deadline=None)
@given(st.lists(st.decimals(min_value=0, max_value=10**9, places=2), min_size=1, max_size=8))
def test_shares_add_up_to_a_hundred(amounts):
    found = percentages({str(place): amount for place, amount in enumerate(amounts)})
    assert sum(found.values(), Decimal(0)) == (100 if sum(amounts) else 0)
    whole = sum(amounts)
    for place, amount in enumerate(amounts):
        if whole:
            assert abs(found[str(place)] - amount * 100 / whole) < Decimal("0.0101")


@settings(max_examples=150, deadline=None)
@given(ledgers())
def test_every_total_is_the_sum_of_its_parts(entries):
    for year in fund_years(entries, NAMES):
        assert sum_of(year.paid_in) == added(sum_of(share.in_pool) for share in year.shares)
        assert sum_of(year.aligned) == added(sum_of(share.beside) for share in year.shares)
        assert sum_of(year.pooled) == added((sum_of(year.paid_in), sum_of(year.carried)))
        assert sum_of(year.combined) == added((sum_of(year.pooled), sum_of(year.aligned)))
        for shares in (year.shared_of_pool, year.shared_of_all):
            assert shares.value in (None, 100)


@settings(max_examples=150, deadline=None)
@given(ledgers(), st.randoms())
def test_each_amount_counts_once_in_one_state_and_in_any_order(entries, hand):
    for type_ in MoneyType:
        own = [entry for entry in entries if entry.type is type_ and entry.year == 2016]
        amount = amount_of(own)
        shuffled = list(own)
        hand.shuffle(shuffled)
        assert amount_of(shuffled).total == amount.total
        assert amount.total == added(stated_sum(entry) for entry in amount.counted)
        for slot in slots_of(own):
            assert len({entry.quarter for entry in slot.counted}) == len(slot.counted)
            assert not ({None} < {entry.quarter for entry in slot.counted})


@settings(max_examples=150, deadline=None)
@given(agreements(), ledgers())
def test_the_whole_term_is_the_sum_of_its_years(which, entries):
    agreement, extensions = which
    money = money_of(agreement, extensions, entries, NAMES)
    if money.plan:
        assert sum_of(money.total.value) == added(sum_of(year.value) for year in money.plan)
        assert sum_of(money.total.uplifts) == added(sum_of(year.uplift) for year in money.plan)
        assert money.value.known.valued is all(year.whole for year in money.plan)
    if money.total.agrees and not agreement.stated_total_about and money.total.value.known is not Known.ABOUT:
        summed, stated = sum_of(money.total.value), total_as_stated(agreement)
        assert summed.low <= stated.high
        assert stated.low <= summed.high
