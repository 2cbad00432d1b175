"""The arithmetic checks: every contradiction of the published reports is asked about, and what agrees is not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from s75desk.domain.arithmetic import (
    CHECKS,
    after_its_paper,
    backward_months,
    called_mild,
    implied_base,
    in_wrong_order,
    kpi_questions,
    linked_dates,
    measure_against_target,
    miscounted_years,
    moved_base,
    moved_scope,
    parts_and_total,
    percentages_sum,
    point_where_band,
    questions_for,
    same_period_twice,
    share_of_measurement,
    stated_total,
    unstated_base,
)
from s75desk.domain.dossier import AgreementDossier
from s75desk.domain.lengths import Length
from s75desk.domain.money.pooled_fund import fund_years
from s75desk.domain.money.questions import largest_stake, same_amount_twice
from s75desk.domain.money.whole import money_of
from s75desk.domain.parted import PartedTotal
from s75desk.domain.performance import KpiSheet, kpi_state
from s75desk.domain.proportions import fits, implied_n, implied_range
from s75desk.domain.records import (
    Action,
    Agreement,
    Breakdown,
    Contribution,
    Decision,
    Extension,
    Kpi,
    Link,
    Measurement,
    Milestone,
    Part,
    Party,
    Target,
)
from s75desk.domain.records.agreement import ExtensionState, LinkType
from s75desk.domain.records.kpi import Adding, Better, Measure, Period, TargetType
from s75desk.domain.records.money import MoneyLine, MoneyType
from s75desk.domain.sources import date_of_source
from s75desk.domain.status import Shape
from s75desk.domain.term import term_of
from s75desk.domain.wording import rounded

TODAY = date(2026, 2, 2)
R0_SOURCE = "Rotherham Cabinet paper, 10 April 2017"


def parts(*pairs: tuple[str | None, str | None]) -> tuple[Part, ...]:
    return tuple(
        Part(
            label=f"Part {number}",
            count=None if count is None else Decimal(count),
            percent=None if share is None else Decimal(share),
        )
        for number, (count, share) in enumerate(pairs, 1)
    )


def counts(*values: int) -> tuple[Part, ...]:
    return parts(*((str(value), None) for value in values))


TERMINATED = Breakdown(
    uid="t", title="Terminated contacts", total=Decimal(550), source=R0_SOURCE, paragraph="para 2.10"
)
CERTIFICATE = Breakdown(title="Care Certificate")
CERTIFICATE_PARTS = parts(("633", "79"), ("157", "19"), ("15", "2.5"))


# --- sums ----------------------------------------------------------------------------------------------------------


def test_r0_terminated_contacts():
    question = parts_and_total(TERMINATED, counts(71, 192, 105, 127, 58, 1))
    assert question.title == "Two totals disagree: terminated contacts 550 and 554"
    assert question.text == "71 + 192 + 105 + 127 + 58 + 1 = 554; the paper says 550."
    assert (question.kind, question.uid, question.source) == ("breakdown", "t", f"{R0_SOURCE}, para 2.10")
    assert question.working.lines[-1].shape is Shape.DOUBT
    long_title = replace(TERMINATED, title="Terminated contacts, 2015/16")
    assert parts_and_total(long_title, counts(71, 192, 105, 127, 58, 1)).title == (
        "Two totals disagree: terminated contacts, 2015/16: 550 and 554"
    )


def test_sums_that_agree_are_silent():
    assert parts_and_total(Breakdown(title="Children", total=Decimal(171)), counts(34, 56, 59, 22)) is None
    pounds = Breakdown(title="Value", total=Decimal(839350), unit="£")
    assert parts_and_total(pounds, counts(372000, 374000, 93350)) is None
    assert parts_and_total(replace(TERMINATED, total=None), counts(1, 2)) is None
    assert parts_and_total(TERMINATED, ()) is None


def test_an_unknown_part_leaves_the_sum_open_until_it_is_too_large():
    assert parts_and_total(TERMINATED, (*counts(71, 192), *parts((None, None)))) is None
    assert parts_and_total(TERMINATED, (*counts(500, 60), *parts((None, None)))) is not None


def test_r2_care_certificate_cannot_share_a_base():
    question = implied_base(CERTIFICATE, CERTIFICATE_PARTS)
    assert question.title == "2.5% (15) and 79% (633) cannot share a base"
    assert question.text == "157 of 805 is 19.5%, not 19%. 15 of 805 is 1.9%, not 2.5%."
    assert "would need a base of 589 to 612" in question.working.as_text()


def test_r2_care_certificate_against_a_stated_base():
    question = implied_base(replace(CERTIFICATE, base=Decimal(805)), parts(("15", "2.5"), ("633", "79")))
    assert question.title == "15 of 805 is 1.9%, not 2.5%: Care Certificate"
    assert implied_base(replace(CERTIFICATE, base=Decimal(805)), parts(("633", "79"), ("15", "1.9"))) is None


def test_percentages_that_do_not_make_a_hundred():
    then = parts((None, "7.95"), (None, "38.50"), (None, "30.80"), (None, "7.95"), (None, "15.40"))
    question = percentages_sum(Breakdown(title="CQC ratings, 2018"), then)
    assert question.title == "Percentages sum to 100.6: CQC ratings, 2018"
    assert question.text == "7.95 + 38.5 + 30.8 + 7.95 + 15.4 = 100.6, not 100."


def test_rounding_alone_is_no_question():
    assert percentages_sum(CERTIFICATE, CERTIFICATE_PARTS) is None  # 100.5, each may have been rounded
    assert percentages_sum(CERTIFICATE, parts((None, "33.3"), (None, "33.3"), (None, "33.3"))) is None
    assert percentages_sum(CERTIFICATE, parts((None, "60"), (None, None))) is None


def test_a_base_that_is_not_stated_is_worked_out():
    now = parts((None, "6.7"), (None, "80"), (None, "13.3"), (None, "0"), (None, "0"))
    question = unstated_base(Breakdown(title="CQC ratings, Q2 2023"), now)
    assert question.text == "The percentages fit 1, 12, 2, 0 and 0 of 15. Say how many they are of."
    assert unstated_base(Breakdown(title="x", base=Decimal(15)), now) is None
    assert unstated_base(Breakdown(title="x"), parts((None, "50"), (None, "50"))) is None


def test_n_and_base_of_a_figure():
    share = Kpi(title="Care Certificate completed", measure=Measure.PERCENTAGE)
    wrong = Measurement(n=Decimal(15), base=Decimal(805), value=Decimal("2.5"))
    assert share_of_measurement(wrong, share).text == "15 of 805 is 1.9%, not 2.5%."
    assert share_of_measurement(replace(wrong, n=Decimal(633), value=Decimal(79)), share) is None
    assert share_of_measurement(wrong, replace(share, measure=Measure.MEAN)) is None


def test_stated_total():
    agreement = Agreement(
        title="OT", yearly_value=Decimal(2038663), stated_total=Decimal(10193351), stated_total_basis="five years"
    )
    assert stated_total(agreement, 60).text == "2,038,663 × 5 = 10,193,315, not 10,193,351."
    assert stated_total(replace(agreement, stated_total=Decimal(10193315)), 60) is None
    yearly = replace(agreement, yearly_value=Decimal(746000), stated_total=Decimal(764000), stated_total_basis="a year")
    assert stated_total(yearly, 60).text == "A year is £746,000, but the total is stated as £764,000."
    assert stated_total(replace(agreement, stated_total_basis="both counties"), 60) is None


# --- the same period twice ---------------------------------------------------------------------------------------


def test_r1_two_current_waits():
    wait = Kpi(title="Average wait", measure=Measure.MEAN, unit="weeks", better=Better.LESS)
    six = Measurement(ends=date(2024, 3, 7), value=Decimal(6), source="R1", paragraph="appendix B")
    seven = replace(six, value=Decimal(7), paragraph="para 2.5")
    for order in ((six, seven), (seven, six)):
        (question,) = same_period_twice(wait, order)
        assert question.title == "The same period twice: Average wait, 7 and 6"
        assert question.text == "7 March 2024 is stated as 7 and 6; 7 is shown."
        assert kpi_state(wait, (), order, (), TODAY).latest.text == "7"
    assert same_period_twice(wait, (six, replace(seven, scope="children"))) == []
    assert same_period_twice(wait, (six, six)) == []
    assert same_period_twice(wait, (six, replace(six, starts=six.ends, value=Decimal(8)))) != []


def test_r4_one_year_two_amounts():
    spend = Contribution(type=MoneyType.SPEND, year=2016, amount=Decimal(12800000))
    (question,) = same_amount_twice((spend, replace(spend, amount=Decimal(12200000))))
    assert question.title == "The same year twice: spend 2016/17, £12,800,000 and £12,200,000"
    assert same_amount_twice((spend, replace(spend, amount=Decimal(1), year=2017))) == []
    assert same_amount_twice((spend, replace(spend, amount=Decimal(1), quarter=1))) == []
    (twice,) = same_amount_twice((spend, spend))
    assert twice.title == "Recorded twice: spend 2016/17, £12,800,000"


# --- dates ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "record",
    [
        Milestone(title="Implementation", starts=date(2017, 10, 1), due=date(2017, 3, 31)),
        Party(agreement="a", organisation="b", since=date(2020, 1, 1), until=date(2019, 1, 1)),
        Action(title="Audit", raised=date(2026, 1, 2), done=date(2026, 1, 1)),
        Measurement(starts=date(2017, 1, 1), ends=date(2016, 1, 1)),
    ],
)
def test_wrong_order(record):
    question = in_wrong_order(record)
    assert question.check == "dates out of order"
    assert "is before" in question.text


def test_dates_in_order_are_silent():
    assert in_wrong_order(Milestone(title="x", starts=date(2017, 3, 31), due=date(2017, 3, 31))) is None
    assert in_wrong_order(Milestone(title="x", due=date(2017, 3, 31))) is None


def test_r0_group_established_after_its_paper():
    group = Decision(title="Establish an OT Backlog Group", taken=date(2017, 6, 1), source=R0_SOURCE)
    assert after_its_paper(group).text == "Taken on 1 June 2017, in a paper of 10 April 2017."
    assert after_its_paper(replace(group, taken=date(2017, 4, 10))) is None
    assert after_its_paper(replace(group, source="Cabinet paper")) is None


def test_a_running_period_or_a_forecast_may_end_after_its_paper():
    rate = Measurement(starts=date(2017, 4, 1), ends=date(2018, 3, 31), source="Report, 20 March 2018")
    assert after_its_paper(rate) is None
    assert after_its_paper(replace(rate, starts=None)) is not None
    assert after_its_paper(replace(rate, starts=None, about=True)) is None


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (R0_SOURCE, date(2017, 4, 10)),
        ("Report of 7 Mar 2024", date(2024, 3, 7)),
        ("Report 25/01/2024, minute 12", date(2024, 1, 25)),
        ("Committee, 31 February 2020", None),
        ("S75-2024-OT", None),
        (None, None),
    ],
)
def test_date_of_a_source(source, expected):
    assert date_of_source(source) == expected


def test_r0_october_to_march_2017():
    step = Milestone(
        title="Implementation",
        as_stated="October to March 2017",
        starts=date(2017, 10, 1),
        due=date(2018, 3, 31),
    )
    question = backward_months(step)
    assert question.title == "Dates run backwards: “October to March 2017”"
    assert question.text.endswith("Recorded as: October 2017 to March 2018.")
    assert backward_months(replace(step, as_stated="April to July 2017")) is None


def test_r0_miscounted_contract_years():
    contacts = Kpi(title="Contacts", measure=Measure.COUNT)
    first = Measurement(starts=date(2011, 4, 1), ends=date(2012, 3, 31), as_stated="Year 1: 3,491 contacts")
    fifth = Measurement(starts=date(2016, 4, 1), ends=date(2017, 3, 31), as_stated="Year 5: 4,056 contacts")
    question = miscounted_years(contacts, (fifth, first))
    assert question.text == "If year 1 is 2011/12, then 2016/17 is year 6, not year 5."
    sixth = replace(fifth, as_stated="Year 6: 4,056 contacts")
    assert miscounted_years(contacts, (first, sixth)) is None


def test_r3_signed_before():
    first = Agreement(uid="a", title="Section 75", starts=date(2017, 1, 1))
    other = Agreement(uid="b", title="Provider contracts", starts=date(2016, 11, 1))
    link = Link(agreement="a", type=LinkType.SIGNED_BEFORE, other="b")
    (question,) = linked_dates(first, (link,), {"b": other})
    assert "must be signed before Provider contracts" in question.text
    assert linked_dates(replace(first, starts=date(2016, 9, 1)), (link,), {"b": other}) == []


# --- measures, bands, bases --------------------------------------------------------------------------------------


def test_r0_mean_against_percentage_within():
    mean = Kpi(title="Wait", measure=Measure.MEAN)
    aim = Target(type=TargetType.AT_LEAST, value=Decimal(95), measure=Measure.PERCENT_WITHIN)
    figure = Measurement(ends=date(2016, 4, 30), value=Decimal("51.06"), as_stated="51.06 days in April 2016")
    (question,) = measure_against_target(mean, (aim,), (figure,))
    assert question.title == "Unlike measures: Wait, 51.06 against at least 95%"
    assert question.text.startswith("A mean cannot be set against a percentage within a time.")
    assert measure_against_target(mean, (replace(aim, measure=None),), (figure,)) == []
    assert measure_against_target(mean, (aim,), ()) == []


def test_a_point_whose_words_are_a_band():
    kpi = Kpi(title="Assessments", measure=Measure.COUNT)
    point = Target(type=TargetType.AT_LEAST, value=Decimal(3500), as_stated="3,500 customers (plus or minus 5%)")
    assert point_where_band(kpi, point).check == "point and band"
    assert point_where_band(kpi, replace(point, type=TargetType.TOLERANCE, tolerance=Decimal(5))) is None
    assert point_where_band(kpi, replace(point, as_stated="3,500 customers")) is None


def test_r0_slightly_under_the_target():
    kpi = Kpi(title="Assessments", measure=Measure.COUNT, adding=Adding.FLOW, period=Period.MONTH)
    band = Target(type=TargetType.TOLERANCE, value=Decimal(3500), tolerance=Decimal(5))
    figure = Measurement(
        starts=date(2016, 4, 1),
        ends=date(2016, 11, 30),
        value=Decimal(2133),
        comment="a predicted 3,200 assessments for 2016/17, slightly under the target",
    )

    def sheet(*figures):
        return KpiSheet(kpi, (band,), figures, (), kpi_state(kpi, (band,), figures, (), date(2017, 1, 15)))

    question = called_mild(sheet(figure))
    assert question.title == "A band read as a point: Assessments, 3,200 against 3,325 to 3,675"
    assert "125 below the floor of 3,325" in question.text
    assert called_mild(sheet(replace(figure, comment=None))) is None
    assert called_mild(sheet(replace(figure, value=Decimal(2300)))) is None


def test_r2_bases_that_moved():
    kpi = Kpi(title="Level 2", measure=Measure.PERCENTAGE)
    now = Measurement(ends=date(2023, 9, 30), n=Decimal(437), base=Decimal(805))
    before = Measurement(ends=date(2023, 6, 30), n=Decimal(239), base=Decimal(666), value=Decimal(36))
    assert "The base is 805 on 30 September 2023; it was 666 on 30 June 2023." in moved_base(kpi, (now, before)).text
    stated = replace(now, base=None, value=Decimal(54))
    assert "802 to 816" in moved_base(kpi, (stated, replace(before, base=None))).text
    assert moved_base(kpi, (now, replace(before, base=Decimal(800)))) is None
    assert moved_base(kpi, (now,)) is None


def test_r2_hours_depend_on_the_base():
    kpi = Kpi(title="Hours", measure=Measure.COUNT, adding=Adding.STOCK)
    ccg = Measurement(ends=date(2020, 3, 31), value=Decimal(2000), scope="CCG")
    council = Measurement(ends=date(2020, 3, 31), value=Decimal(16000), scope="Council")
    now = Measurement(ends=date(2024, 1, 25), value=Decimal(18703), scope="Home care")
    question = moved_scope(kpi, (now, ccg, council))
    assert question.text.endswith("+3.9% on all of them, +16.9% on “Council” alone.")
    assert moved_scope(kpi, (now, council)) is None
    assert moved_scope(kpi, (replace(now, scope="Council"), ccg, council)) is None
    assert moved_scope(kpi, ()) is None


def test_r0_largest_stake():
    agreement = Agreement(title="OT")
    money = (
        Contribution(partner="council", year=2016, amount=Decimal(372000), source=R0_SOURCE),
        Contribution(partner="ccg", year=2016, amount=Decimal(374000)),
        Contribution(partner="council", year=2016, amount=Decimal(93350), line=MoneyLine.ALIGNED),
    )
    funds = fund_years(money, {"council": "Council", "ccg": "CCG"})
    (question,) = largest_stake(agreement, funds, money)
    assert question.text == "CCG has 50.13% of the pool; Council has 55.44% once the money beside it counts."
    assert largest_stake(agreement, fund_years(money[:2], {}), money) == []


# --- everything together -----------------------------------------------------------------------------------------


def dossier(**rest: object) -> AgreementDossier:
    agreement = rest.pop("agreement", Agreement(uid="a", title="Community OT", stated_end=date(2017, 3, 31)))
    extensions = rest.pop("extensions", ())
    money = rest.pop("contributions", ())
    names = ("parties links forums meetings milestones recommendations options decisions risks documents lots").split()
    names += ["memberships", "kpis", "breakdowns", "actions"]
    return AgreementDossier(
        **{name: rest.pop(name, ()) for name in names},  # type: ignore[arg-type]
        as_at=TODAY,
        agreement=agreement,
        organisations={},
        extensions=extensions,
        contributions=money,
        linked={},
        providers={},
        term=term_of(agreement, extensions, TODAY),
        money=money_of(agreement, extensions, money, {}),
        questions=(),
    )


def test_everything_about_one_agreement_in_order():
    late = Extension(
        agreement="a", number=1, length=Length(years=1), state=ExtensionState.EXERCISED, decided=date(2017, 4, 10)
    )
    share = Kpi(title="Share", measure=Measure.PERCENTAGE)
    wrong = Measurement(ends=date(2024, 1, 31), n=Decimal(15), base=Decimal(805), value=Decimal("2.5"))
    sheet = KpiSheet(share, (), (wrong,), (), kpi_state(share, (), (wrong,), (), TODAY))
    found = questions_for(
        dossier(
            extensions=(late,),
            breakdowns=(PartedTotal(TERMINATED, counts(71, 192, 105, 127, 58, 1)),),
            kpis=(sheet,),
            milestones=(Milestone(title="x", as_stated="October to March 2017"),),
        )
    )
    checks = [question.check for question in found]
    assert checks == sorted(checks, key=CHECKS.index)
    assert checks == ["parts and total", "implied base", "dates out of order", "dates out of order"]
    assert found[2].text.startswith("Extension 1 was decided on 10 April 2017")


def test_an_empty_agreement_has_no_questions():
    assert questions_for(dossier(agreement=Agreement(title="Grant"))) == ()
    nothing = Kpi(title="Nothing")
    assert kpi_questions(KpiSheet(nothing, (), (), (), kpi_state(nothing, (), (), (), TODAY))) == ()


# --- properties --------------------------------------------------------------------------------------------------


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(min_value=0, max_value=10**6), min_size=1, max_size=8), st.integers(-5, 5))
def test_a_sum_is_asked_about_exactly_when_it_is_wrong(values, off):
    breakdown = Breakdown(title="Any", total=Decimal(sum(values) + off))
    assert (parts_and_total(breakdown, counts(*values)) is None) is (off == 0)


@settings(max_examples=80, deadline=None)
@given(st.integers(min_value=1, max_value=2000), st.data(), st.integers(min_value=0, max_value=2))
def test_a_rounded_share_always_fits_its_base(base, data, places):
    n = data.draw(st.integers(min_value=1, max_value=base))
    share = rounded(Decimal(n) * 100 / base, places)
    assert fits(Decimal(n), Decimal(base), share)
    implied = implied_range(Decimal(n), share)
    if share > 0 and implied is not None:
        assert implied[0] <= base <= implied[1]
    low, high = implied_n(share, Decimal(base))
    assert low <= n <= high


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(min_value=0, max_value=500), min_size=2, max_size=7).filter(any), st.integers(0, 2))
def test_honest_breakdowns_raise_no_question(values, places):
    whole = sum(values)
    honest = tuple(
        Part(label=str(number), count=Decimal(value), percent=rounded(Decimal(value) * 100 / whole, places))
        for number, value in enumerate(values)
    )
    breakdown = Breakdown(title="Any", total=Decimal(whole))
    assert parts_and_total(breakdown, honest) is None
    assert implied_base(breakdown, honest) is None
    assert percentages_sum(breakdown, honest) is None
