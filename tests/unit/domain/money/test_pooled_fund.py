"""The pooled fund against the figures of R0 and R1, and the split of a variance to the penny."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from s75desk.domain.lengths import Length
from s75desk.domain.money.amounts import Sum
from s75desk.domain.money.fund_plan import plan_years
from s75desk.domain.money.pooled_fund import fund_years, split_variance
from s75desk.domain.money.totals import times_years
from s75desk.domain.money.whole import money_of
from s75desk.domain.months import add_months, term_end
from s75desk.domain.questions_sums import stated_total
from s75desk.domain.records import Agreement, Contribution, Extension
from s75desk.domain.records.agreement import ExtensionState
from s75desk.domain.records.money import MoneyLine, MoneyType
from s75desk.domain.status import Shape

NAMES = {"council": "Council", "ccg": "CCG"}


def line(partner: str, amount: int | str | None, year: int = 2016, **rest: object) -> Contribution:
    value = None if amount is None else Decimal(amount)
    return Contribution(agreement="r0", partner=partner, year=year, amount=value, **rest)  # type: ignore[arg-type]


R0 = (
    line("council", 372000, source="R0", paragraph="para 9.1"),
    line("ccg", 374000, source="R0", paragraph="para 9.1"),
    line("council", 93350, line=MoneyLine.ALIGNED, what="3 FTE outside the pool"),
)
R1 = Agreement(
    title="Occupational therapy, Section 75",
    starts=date(2024, 4, 1),
    first_term=Length(years=3),
    notice=Length(months=12),
    yearly_value=Decimal(2038663),
    stated_total=Decimal(10193315),
    stated_total_basis="five years",
    source="Report of 7 Mar 2024",
    paragraph="para 3.7",
)


def value_of(agreement, extensions, contributions):
    return money_of(agreement, extensions, contributions, {}).value


OPTIONS = (Extension(number=1, length=Length(years=1)), Extension(number=2, length=Length(years=1)))


def test_r0_pool_aligned_and_both_bases():
    (year,) = fund_years(R0, NAMES)
    assert (year.year, year.pooled.text, year.aligned.text, year.combined.text) == (
        2016,
        "£746,000",
        "£93,350",
        "£839,350",
    )
    council, ccg = year.shares
    assert (council.name, council.of_pool.text, ccg.of_pool.text) == ("Council", "49.87%", "50.13%")
    assert (council.of_all.text, ccg.of_all.text) == ("55.44%", "44.56%")
    assert (council.pooled, council.aligned, ccg.aligned) == (Decimal(372000), Decimal(93350), None)
    assert not year.incomplete
    assert (year.spend.text, year.uplift.text) == ("Not known", "Not known")
    assert "£372,000" in year.pooled.working.as_text()
    assert "Source: R0, para 9.1" in year.pooled.working.as_text()


def test_an_amount_not_known_makes_the_year_incomplete_and_shares_unknown():
    (year,) = fund_years((line("council", 2038663), line("ccg", None)), NAMES)
    assert year.incomplete
    assert year.pooled.text == "£2,038,663"
    assert "of what is known" in year.pooled.working.as_text()
    assert [share.of_pool.text for share in year.shares] == ["Not known", "Not known"]
    assert year.aligned.text == "None recorded"
    (unknown,) = fund_years((line("ccg", None),), NAMES)
    assert (unknown.pooled.text, unknown.combined.text) == ("Not known", "Not known")


def test_quarters_make_the_year_and_a_yearly_amount_stands_for_it():
    quarters = [line("council", 100, quarter=number, type=MoneyType.SPEND) for number in (1, 2, 3, 4)]
    (year,) = fund_years(quarters, NAMES)
    assert year.spend.text == "£400"
    (both,) = fund_years([*quarters, line("council", 410, type=MoneyType.SPEND)], NAMES)
    assert both.spend.text == "£410"
    assert "part of the year" in both.spend.working.as_text()
    (three,) = fund_years([line("council", 100, quarter=number) for number in (1, 2, 3)], NAMES)
    assert three.incomplete


def test_an_amount_stated_twice_is_counted_once_and_says_so():
    """R4 gives £12.8m and £12.2m, both for 2016/17."""
    twice = (line("council", 12800000, type=MoneyType.SPEND), line("council", 12200000, type=MoneyType.SPEND))
    (year,) = fund_years(twice, NAMES)
    assert year.spend.text == "£12,800,000"
    doubted = [each for each in year.spend.working.lines if each.shape is Shape.DOUBT]
    assert [(each.value, each.remark) for each in doubted] == [("£12,200,000", "stated twice, counted once")]
    named = (replace(twice[0], what="home care"), replace(twice[1], what="supported living"))
    assert fund_years(named, NAMES)[0].spend.text == "£25,000,000"


def test_uplift_is_beside_the_pool_not_in_it():
    (year,) = fund_years((line("council", 2038663, 2024), line("council", 228237, 2024, type=MoneyType.UPLIFT)), NAMES)
    assert (year.pooled.text, year.uplift.text) == ("£2,038,663", "£228,237")


def test_years_come_in_order():
    assert [year.year for year in fund_years((line("ccg", 1, 2018), line("ccg", 1, 2016)), NAMES)] == [2016, 2018]


def test_r1_lifetime_value_agrees():
    figure = value_of(R1, OPTIONS, (line("council", 228237, 2024, type=MoneyType.UPLIFT),))
    assert figure.text == "£10,193,315"
    assert figure.working is not None
    assert figure.working.title == "£10,193,315 over five years"
    rows = {each.label: (each.value, each.remark, each.shape) for each in figure.working.lines}
    assert rows["Years: 3 + 1 + 1"] == ("5", "", None)
    assert rows["2,038,663 × 5"] == ("£10,193,315", "agrees", Shape.GOOD)
    assert rows["Yearly uplifts"] == ("£228,237", "not added; whether it lies inside the total is not said", None)


def test_lifetime_value_that_disagrees_says_so():
    wrong = value_of(replace(R1, stated_total=Decimal(10193351)), OPTIONS, ())
    assert wrong.text == "£10,193,315"
    assert wrong.working.lines[2].shape is Shape.DOUBT
    other = value_of(replace(R1, stated_total_basis="a year"), OPTIONS, ())
    assert other.working.lines[2].shape is None
    assert "for a year" in other.working.lines[2].remark


def test_lifetime_value_not_known_without_a_factor():
    assert value_of(replace(R1, yearly_value=None), OPTIONS, ()).text == "Not known"
    assert value_of(replace(R1, first_term=None), OPTIONS, ()).text == "Not known"


def test_lengths_alone_tell_without_a_start():
    assert value_of(replace(R1, starts=None), OPTIONS, ()).text == "£10,193,315"
    unknown = (OPTIONS[0], replace(OPTIONS[1], length=None))
    assert value_of(replace(R1, starts=None), unknown, ()).text == "Not known"


def test_a_declined_extension_is_not_in_the_value():
    declined = (OPTIONS[0], replace(OPTIONS[1], state=ExtensionState.DECLINED))
    assert value_of(R1, declined, ()).text == "£8,154,652"


def test_r1_plan_by_year():
    recorded = (
        line("council", 2038663, 2024, source="Report of 7 Mar 2024", paragraph="para 3.7"),
        line("council", 228237, 2024, type=MoneyType.UPLIFT),
    )
    rows = plan_years(R1, OPTIONS, recorded)
    assert [(row.year, row.part, row.certain) for row in rows] == [
        (2024, "First term", True),
        (2025, "First term", True),
        (2026, "First term", True),
        (2027, "If extended", False),
        (2028, "If extended again", False),
    ]
    assert {row.value.text for row in rows} == {"£2,038,663"}
    assert [row.uplift.text for row in rows] == ["£228,237"] + ["Not known"] * 4
    assert rows[0].source == "Report of 7 Mar 2024, para 3.7"
    assert rows[1].source == "plan: the yearly value carried forward"
    exercised = plan_years(R1, (replace(OPTIONS[0], state=ExtensionState.EXERCISED), OPTIONS[1]), recorded)
    assert [(row.part, row.certain) for row in exercised[3:]] == [("Extension 1", True), ("If extended again", False)]


def test_part_years_are_counted_in_months_or_days():
    october = replace(R1, starts=date(2024, 10, 1), first_term=Length(years=1), yearly_value=Decimal(1200))
    rows = plan_years(october, (), ())
    assert [(row.year, row.value.text) for row in rows] == [(2024, "£600"), (2025, "£600")]
    assert rows[0].source == "plan: the yearly value carried forward, 6 of 12 months"
    odd = plan_years(replace(october, starts=date(2024, 10, 15)), (), ())
    assert odd[0].source.endswith("168 of 365 days")
    assert plan_years(replace(R1, starts=None), OPTIONS, ()) == ()
    assert plan_years(replace(R1, yearly_value=None), (), ())[0].value.text == "Not known"


def test_split_by_the_shares_of_r0():
    shares = {"council": Decimal(372000), "ccg": Decimal(374000)}
    assert split_variance(Decimal("1000.00"), shares) == {"council": Decimal("498.66"), "ccg": Decimal("501.34")}
    assert split_variance(Decimal("-0.01"), shares) == {"council": Decimal("0.00"), "ccg": Decimal("-0.01")}


@pytest.mark.parametrize(
    ("variance", "shares"),
    [("1", {}), ("1", {"a": "0"}), ("1", {"a": "-1", "b": "2"}), ("0.001", {"a": "1"})],
)
def test_split_refuses_what_it_cannot_do(variance, shares):
    with pytest.raises(ValueError, match=r"weights|pence"):
        split_variance(Decimal(variance), {name: Decimal(weight) for name, weight in shares.items()})


@settings(max_examples=80, deadline=None)
@given(
    st.integers(min_value=-(10**10), max_value=10**10),
    st.lists(st.decimals(min_value=0, max_value=10**7, places=3), min_size=1, max_size=6).filter(any),
)
def test_split_is_exact_fair_and_keeps_the_sign(pence, weights):
    variance = Decimal(pence).scaleb(-2)
    shares = {str(place): weight for place, weight in enumerate(weights)}
    parts = split_variance(variance, shares)
    assert sum(parts.values()) == variance
    whole = sum(weights)
    for name, part in parts.items():
        assert abs(part - variance * shares[name] / whole) < Decimal("0.0101")
        assert part * variance >= 0
        if not shares[name]:
            assert part == 0


@settings(max_examples=80, deadline=None)
@given(
    st.dates(min_value=date(2000, 1, 1), max_value=date(2060, 12, 31)),
    st.integers(min_value=1, max_value=120),
    st.integers(min_value=0, max_value=10**10),
)
def test_planned_years_add_up_to_the_term_to_the_penny(starts, months, pence):
    yearly = Decimal(pence).scaleb(-2)
    agreement = Agreement(title="Any", starts=starts, first_term=Length(months=months), yearly_value=yearly)
    rows = plan_years(agreement, (), ())
    total = sum(row.value.value for row in rows)
    # A term from the last day of a month may end a day short of whole months; then it is counted in days.
    if add_months(starts, months) == term_end(starts, months) + timedelta(days=1):
        assert total == times_years(Sum.of(yearly), Decimal(months) / 12).value.exact
    else:
        assert abs(total - yearly * months / 12) <= yearly * 4 / 365 + 1
    assert [row.year for row in rows] == list(range(rows[0].year, rows[-1].year + 1))


def test_a_year_recorded_otherwise_changes_the_total_and_the_stated_one_is_doubted():
    """Case 1: R1 with £2,100,000 recorded for 2025/26."""
    recorded = (line("council", 2038663, 2024), line("council", 2100000, 2025))
    money = money_of(R1, OPTIONS, recorded, {})
    assert money.value.value == money.total.value.value == sum(row.value.value for row in money.plan) == 10254652
    assert (money.total.stated, money.total.agrees) == (Sum.of(Decimal(10193315)), False)
    question = stated_total(R1, 60, money.total)
    assert question is not None
    assert "£10,254,652" in question.text
    agreed = money_of(R1, OPTIONS, recorded[:1], {}).total
    assert agreed.agrees
    assert stated_total(R1, 60, agreed) is None


def test_a_value_a_year_that_is_a_range_makes_a_total_that_is_one():
    ranged = replace(R1, yearly_value=Decimal(2500000), yearly_to=Decimal(3000000), stated_total=None)
    money = money_of(ranged, OPTIONS, (), {})
    assert money.total.value.text == "£12,500,000 to £15,000,000"
    assert {row.value.text for row in money.plan} == {"£2,500,000 to £3,000,000"}
    assert money.total.how == "(2,500,000 to 3,000,000) × 5"
    inside = money_of(replace(ranged, stated_total=Decimal(14000000)), OPTIONS, (), {}).total
    assert inside.agrees
    other = replace(ranged, stated_total=Decimal(10000000), stated_total_to=Decimal(11000000))
    total = money_of(other, OPTIONS, (), {}).total
    assert total.agrees is False
    question = stated_total(other, 60, total)
    assert question is not None
    assert "£10,000,000 to £11,000,000" in question.title


def test_a_total_that_is_too_much_already_is_doubted_before_every_year_is_known():
    bare = replace(R1, yearly_value=None)
    money = money_of(bare, OPTIONS, (line("council", 11000000, 2024),), {})
    assert (money.total.complete, money.total.agrees) == (False, False)
    assert money_of(bare, OPTIONS, (line("council", 1000000, 2024),), {}).total.agrees is None
