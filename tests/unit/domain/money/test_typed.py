"""Amounts as people type them: understood, written back in full, or refused with what was wrong."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from s75desk.domain.money.typed import read_amount
from s75desk.domain.money.typed_fields import companions, in_full, text_of
from s75desk.domain.parsing import parse_field, parse_money
from s75desk.domain.records import KINDS, Agreement, Contribution, Variation
from s75desk.domain.records.money import NoAmount
from s75desk.domain.refusals import NotUnderstood
from tests.unit.domain.money.ledgers import money_lines

TODAY = date(2026, 2, 2)
AMOUNT = Contribution.fields()["amount"]
YEARLY = Agreement.fields()["yearly_value"]
OF_A_DEED = Variation.fields()["yearly_value"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,810,426 + 228,237", "2038663"),
        ("=1,810,426+228,237", "2038663"),
        ("2,038,663 - 228,237", "1810426"),
        ("£2,038,663-£228,237", "1810426"),
        ("2,038,663 − 228,237", "1810426"),
        ("£1.81m + 228k", "2038000"),
        ("12 x £1,000", "12000"),
        ("5 × 2,038,663", "10193315"),
        ("25m / 4", "6250000"),
        ("(1,000 + 500) x 2", "3000"),
        ("=700,000-746,000", "-46000"),
        ("100 - 100", "0"),
        ("£ 2,038,663.00", "2038663"),
        ("-£228,237.00", "-228237"),
        ("£(228,237)", "-228237"),
        ("£3 million pounds", "3000000"),
        ("nil", "0"),
        ("£1.1m + £0.5m a year", "1600000"),
    ],
)
def test_sums_are_worked_out(text, value):
    assert parse_money(text) == Decimal(value)


@pytest.mark.parametrize("text", ["c. £1.2m", "c£1.2m", "ca. 1.2m", "circa 1.2 million", "~£1.2m", "about £1.2m",
                                  "£1.2m (approx)", "approx. £1.2m", "c. 1m + 200k", "£1.2m or so"])  # fmt: skip
def test_about_is_kept(text):
    assert parse_field(AMOUNT, text, TODAY) == 1200000
    assert companions(AMOUNT, text) == {"about": True, "amount_to": None, "no_amount": None}
    assert companions(YEARLY, text) == {"yearly_about": True, "yearly_to": None}


@pytest.mark.parametrize("text", ["£2.5m-£3m", "£2.5-3m", "£2.5m – £3m", "£2.5m to £3m", "between 2.5m and 3m",
                                  "2,500,000 - 3,000,000", "from £2.5m to £3m"])  # fmt: skip
def test_a_range_is_kept_where_there_is_a_place_for_it(text):
    assert parse_field(AMOUNT, text, TODAY) == 2500000
    assert companions(AMOUNT, text) == {"about": None, "amount_to": Decimal(3000000), "no_amount": None}
    assert companions(YEARLY, text) == {"yearly_about": None, "yearly_to": Decimal(3000000)}
    with pytest.raises(NotUnderstood, match="range"):
        parse_field(OF_A_DEED, text, TODAY)


@pytest.mark.parametrize(
    ("text", "reason"),
    [("tbc", NoAmount.TO_BE_CONFIRMED), ("TBC", NoAmount.TO_BE_CONFIRMED), ("to be agreed", NoAmount.TO_BE_CONFIRMED),
     ("n/a", NoAmount.NOT_APPLICABLE), ("Nil", NoAmount.NIL), ("£nil", NoAmount.NIL)],
)  # fmt: skip
def test_no_amount_has_its_reason(text, reason):
    assert companions(AMOUNT, text)["no_amount"] is reason
    assert parse_field(AMOUNT, text, TODAY) == (0 if reason is NoAmount.NIL else None)
    if reason is not NoAmount.NIL:
        with pytest.raises(NotUnderstood):
            parse_field(YEARLY, text, TODAY)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("12 apples", "apples"),
        ("three million", "three million"),
        ("1,81", "1,81"),
        ("1.810.426,00", "1.810.426,00"),
        ("€500", "pounds"),
        ("£500 plus VAT", "VAT"),
        ("up to £50k", "Up to"),
        (">£1m", ">"),
        ("£2m or £3m", "or"),
        ("£1,000 per month", "12 x"),
        ("50%", "percentage"),
        ("1000 / 3", "pence"),
        ("1.234", "pence"),
        ("£3m to £2m", "smaller first"),
        ("1m +", "at the end"),
        ("£2m plus", "Plus"),
        ("93,350-", "before the figure"),
        ("93,350 CR", "its sign"),
        ("1m ++ 2m", "signs"),
        ("--5", "signs"),
        ("(1m + 2", "bracket"),
        ("1,000 + (500)", "(500)"),
        ("£12 34", "34"),
        ("-", "dash"),
        ("5 / 0", "nought"),
        ("9" * 13, "million million"),
        ("£2,038,663 in 2024/25", "in"),
    ],
)
def test_what_cannot_be_held_is_refused_with_what_was_wrong(text, said):
    with pytest.raises(NotUnderstood) as refused:
        parse_field(AMOUNT, text, TODAY)
    assert said in refused.value.reason
    assert refused.value.reason.endswith(".")


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="0123456789.,+-–x/()£ ckmtob=~&an", max_size=24))
@example("£-500")
@example("£")
@example("( )")
def test_anything_is_read_or_refused(text):
    try:
        typed = read_amount(text)
    except NotUnderstood as refused:
        reason = refused.reason
    else:
        reason = "."
    assert reason[-1] == "."
    if reason != ".":
        return
    if typed.total is not None:
        assert typed.total.low <= typed.total.high
        assert typed.total.low == typed.total.low.quantize(Decimal("0.01"))
        assert read_amount(typed.text) == typed


@settings(max_examples=200, deadline=None)
@given(money_lines())
def test_what_a_record_holds_can_be_typed_again(entry):
    text = text_of(AMOUNT, entry)
    ends = sorted({end for end in (entry.amount, entry.amount_to) if end is not None})
    value = parse_field(AMOUNT, text, TODAY)
    kept = companions(AMOUNT, text)
    if entry.no_amount is NoAmount.NIL:
        assert (value, kept["no_amount"]) == (0, NoAmount.NIL)
    else:
        assert [end for end in (value, kept["amount_to"]) if end is not None] == ends
        assert kept["no_amount"] is entry.no_amount
        assert bool(kept["about"]) is bool(entry.about and entry.amount is not None)
    if text:
        assert in_full(AMOUNT, text, TODAY).casefold() == text.casefold()


def test_every_amount_of_every_record_takes_a_sum():
    fields = [field for cls in KINDS.values() for field in cls.fields().values() if field.type is AMOUNT.type]
    assert len(fields) > 3
    for field in fields:
        assert parse_field(field, "1,810,426 + 228,237", TODAY) == 2038663
        for name in (field.about, field.upto, field.instead):
            assert not name or any(name in cls.fields() for cls in KINDS.values())
