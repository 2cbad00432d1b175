"""Wholes and their parts, amounts twice over, uplifts of two kinds: what counts, and what is asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from s75desk.domain.money.fund_plan import plan_years, term_total
from s75desk.domain.money.ledger import counted
from s75desk.domain.money.pooled_fund import fund_years
from s75desk.domain.money.questions import money_questions
from s75desk.domain.records import Party
from s75desk.domain.records.money import MoneyState, MoneyType, NoAmount, UpliftPlace
from s75desk.reporting.agreement.money import variance_words
from tests.unit.domain.money.ledgers import NAMES, POOLED, line, spend

PLANNED, REVISED, FINAL = MoneyState.PLANNED, MoneyState.REVISED, MoneyState.FINAL


@pytest.mark.parametrize(
    ("parts", "whole", "held", "asked"),
    [
        (PLANNED, REVISED, 133462000, True),
        (FINAL, PLANNED, 10639000, True),
        (PLANNED, PLANNED, 144101000, False),
        (None, None, 144101000, False),
    ],
)
def test_a_whole_in_another_state_is_not_added_to_its_parts(parts, whole, held, asked):
    entries = (
        line("council", 1447000, state=parts),
        line("ccg", 9192000, state=parts),
        line(None, 133462000, state=whole),
    )
    (fund,) = fund_years(entries, NAMES)
    assert fund.paid_in.value == held
    assert sum(share.pooled or 0 for share in fund.shares) == held
    assert sum(entry.amount for entry in counted(entries)) == held
    assert bool(money_questions(POOLED, (fund,), entries)) is asked


def test_a_whole_that_is_the_sum_of_its_parts_is_said_once():
    entries = (line("council", 372000), line("ccg", 374000), line(None, 746000))
    (fund,) = fund_years(entries, NAMES)
    assert (fund.paid_in.value, len(fund.shares)) == (746000, 2)
    assert money_questions(POOLED, (fund,), entries) == []


def test_one_amount_recorded_twice_is_asked_about():
    twice = (line("council", 500000, what="Equipment"), line("council", 500000, what="equipment"))
    entries = (*twice, line("council", 70000, what="Staff"))
    (question,) = money_questions(POOLED, fund_years(entries, NAMES), entries)
    assert "only £500,000 is counted" in question.text
    papers = (twice[0], replace(twice[1], source="Another paper"))
    assert money_questions(POOLED, fund_years(papers, NAMES), papers) == []


def test_an_earlier_state_stated_later_is_asked_about():
    entries = (
        line("council", 500, state=FINAL, stated_on=date(2025, 6, 1)),
        line("council", 400, state=REVISED, stated_on=date(2025, 9, 1)),
    )
    (question,) = money_questions(POOLED, fund_years(entries, NAMES), entries)
    assert "later day states it otherwise" in question.text
    settled = (entries[0], replace(entries[1], stated_on=date(2025, 5, 1)))
    assert money_questions(POOLED, fund_years(settled, NAMES), settled) == []


def test_uplifts_inside_and_on_top_stand_apart():
    entries = (
        line("council", 746000, 2016),
        line("council", 228237, 2016, type=MoneyType.UPLIFT, uplift=UpliftPlace.INSIDE),
        line("council", 50000, 2017, type=MoneyType.UPLIFT, uplift=UpliftPlace.BESIDE),
    )
    plan = plan_years(POOLED, (), entries)
    total = term_total(POOLED, (), plan, entries)
    assert total.uplifts.text == "£228,237 inside and £50,000 on top"
    assert total.uplifts.value == Decimal(278237)
    said = {each.value: each.remark for each in total.value.working.lines if each.label == "Yearly uplifts"}
    assert said == {"£228,237": "inside the total", "£50,000": "on top of the total, and not in it"}
    assert [row.uplift_text for row in plan[:2]] == ["£228,237, inside", "£50,000, on top"]


def test_what_is_not_known_of_a_year_is_named():
    entries = (
        line("council", 4000000),
        line("ccg", None, no_amount=NoAmount.TO_BE_CONFIRMED),
        *(line("icb", 1500000, quarter=number) for number in (1, 2)),
    )
    (fund,) = fund_years(entries, NAMES)
    assert fund.wanting == ("CCG, to be confirmed", "ICB, quarters 3 and 4")
    shown = {share.name: (share.in_pool.text, share.in_pool.partial) for share in fund.shares}
    assert shown == {
        "Council": ("£4,000,000", False), "CCG": ("To be confirmed", True), "ICB": ("£3,000,000", True)
    }  # fmt: skip
    (nil,) = fund_years((line("council", 4000000), line("ccg", None, no_amount=NoAmount.NIL)), NAMES)
    assert ([share.in_pool.text for share in nil.shares], nil.wanting) == (["£4,000,000", "Nil"], ())


def test_spending_of_one_partner_is_not_the_whole_where_another_spends_too():
    parties = [Party(agreement="a", organisation=body) for body in ("council", "ccg")]
    entries = (spend(12800000, year=2016), line("ccg", 10000000, 2017, type=MoneyType.SPEND))
    first, second = fund_years(entries, NAMES, parties=parties)
    assert (first.spend.partial, first.spend_wanting) == (True, ("CCG",))
    assert (second.spend.partial, second.spend_wanting) == (True, ("Council",))
    gone = [parties[0], replace(parties[1], since=date(2018, 4, 1))]
    assert [fund.spend.partial for fund in fund_years(entries, NAMES, parties=gone)] == [False, True]


@pytest.mark.parametrize(("spent", "over"), [(950000, 70000), (880000, 0), (800000, -80000)])
def test_spending_is_held_against_all_that_the_pool_held(spent, over):
    entries = (
        line("council", 1000000), line("council", -120000, type=MoneyType.CARRY_FORWARD), spend(spent),
    )  # fmt: skip
    (fund,) = fund_years(entries, NAMES)
    assert fund.variance.exact == over
    words = variance_words(fund, date(2018, 1, 1))
    assert {70000: "£70,000 more", 0: "what the pool held", -80000: "£80,000 less"}[over] in words
    assert variance_words(fund, date(2017, 3, 31)) == ""
