"""The value a year held against what the partners pay, and money of years outside the term."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from s75desk.domain.money.questions import outside_the_term, yearly_and_paid
from s75desk.domain.money.whole import money_of
from s75desk.domain.questions_slips import money_slips
from s75desk.domain.records.money import MoneyState
from tests.unit.domain.money.ledgers import NAMES, POOLED, line

PAID = (line("council", 372000), line("ccg", 374000))


def asked(agreement, entries):
    money = money_of(agreement, (), entries, NAMES)
    return [
        *yearly_and_paid(agreement, money.funds, money.rates),
        *outside_the_term(agreement, money.funds, money.plan),
    ]


def test_a_value_with_two_digits_swapped_is_doubted():
    assert asked(POOLED, PAID) == []
    (question,) = asked(replace(POOLED, yearly_value=Decimal(764000)), PAID)
    assert question.text == "The value a year is £764,000; what is paid in 2016/17 comes to £746,000."


@pytest.mark.parametrize(
    "later",
    [
        (line("council", 800000, 2017),),
        (line("council", 800000, 2017, state=MoneyState.REVISED),),
    ],
)
def test_a_later_year_may_be_another(later):
    assert asked(POOLED, (*PAID, *later)) == []


def test_what_is_settled_or_known_in_part_is_not_held_against_it():
    wrong = replace(POOLED, yearly_value=Decimal(764000))
    assert asked(wrong, [replace(one, state=MoneyState.REVISED) for one in PAID]) == []
    assert asked(wrong, (PAID[0], line("ccg", None))) == []
    assert asked(replace(wrong, yearly_about=True), PAID) == []


def test_money_of_a_year_outside_the_term_is_in_no_total_and_said():
    (question,) = asked(POOLED, (*PAID, line("council", 372000, 2021)))
    assert "does not run in 2021/22" in question.text


@pytest.mark.parametrize(
    ("first", "second", "meant"), [(372, 374000, "£372,000"), (372000, 374000, ""), (9000, 374000, ""), (372, 374, "")]
)
def test_thousands_beside_pounds_are_doubted(first, second, meant):
    found = money_slips([line("council", first), line("ccg", second)])
    assert [meant in question.title for question in found] == ([True] if meant else [])
