"""What a year is worth from a day on: the plan, the total, the doubts and the words of a paper."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from s75desk.domain.dated import FromDay
from s75desk.domain.deciding import extended_end, matter_of
from s75desk.domain.lengths import Length
from s75desk.domain.money.amounts import Sum, added, sum_of
from s75desk.domain.money.whole import money_of
from s75desk.domain.money.yearly import Rate, Worth
from s75desk.domain.records import Agreement, Extension, Organisation, Party, Variation
from s75desk.domain.records.agreement import PartyRole
from s75desk.domain.validation import findings_for
from s75desk.models.desk_file import DeskFile
from s75desk.reporting.agreement.money import money
from s75desk.reporting.agreement.term import term
from s75desk.services.office import Office
from tests.unit.record_help import office_of

TODAY = date(2026, 11, 30)
R1 = Agreement(
    title="Community equipment",
    starts=date(2024, 4, 1),
    first_term=Length(years=3),
    yearly_value=Decimal(2038663),
    stated_total=Decimal(10193315),
    stated_total_basis="five years",
)
DEED = {"title": "First deed", "made": date(2026, 3, 2), "since": date(2026, 4, 1)}


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with DeskFile.create(tmp_path / "a.s75desk") as desk:
        yield office_of(desk, TODAY)


def made(office: Office, agreement: Agreement = R1, **deed: object) -> str:
    uid = office.records.create(agreement).uid
    for number in (1, 2):
        office.records.create(Extension(agreement=uid, number=number, length=Length(years=1)))
    if deed:
        office.records.create(Variation(agreement=uid, **{**DEED, **deed}))
    return uid


def values(office: Office, uid: str, on: date = TODAY) -> list[Decimal | None]:
    return [row.value.value for row in office.agreements.dossier(uid, on).plan]


def test_a_deed_raises_the_years_from_its_day_and_no_earlier_one(office: Office) -> None:
    uid = made(office, yearly_value=Decimal(2200000))
    assert values(office, uid) == [Decimal(2038663)] * 2 + [Decimal(2200000)] * 3
    dossier = office.agreements.dossier(uid, TODAY)
    assert dossier.money.total.value.value == 2 * 2038663 + 3 * 2200000
    assert dossier.money.total.how == "2,038,663 × 2 + 2,200,000 × 3"
    assert dossier.questions == ()
    assert dossier.money.total.overtaken == date(2026, 4, 1)
    assert values(office, uid, date(2026, 3, 1)) == [Decimal(2038663)] * 5


def test_a_deed_that_is_made_is_planned_with_before_it_holds(office: Office) -> None:
    uid = made(office, yearly_value=Decimal(2200000))
    assert values(office, uid, date(2026, 3, 2)) == [Decimal(2038663)] * 2 + [Decimal(2200000)] * 3
    words = money(office.agreements.dossier(uid, date(2026, 3, 2))).blocks[0].text
    assert "is £2,038,663 a year; from 1 April 2026 it is £2,200,000" in "".join(piece.text for piece in words)


def test_a_total_is_doubted_where_it_never_was_the_sum(office: Office) -> None:

    uid = made(office, replace(R1, stated_total=Decimal(10193351)), yearly_value=Decimal(2200000))
    (question,) = office.agreements.dossier(uid, TODAY).questions
    assert "10,677,326" in question.text


@pytest.mark.parametrize(
    ("total", "in_doubt"), [(Decimal(2 * 2038663 + 3 * 2200000), False), (Decimal(11000000), True)]
)
def test_a_total_that_the_deed_states_is_held_against_all_years(office: Office, total: Decimal, in_doubt: bool) -> None:
    uid = made(office, yearly_value=Decimal(2200000), stated_total=total)
    dossier = office.agreements.dossier(uid, TODAY)
    assert bool(dossier.questions) is in_doubt
    assert dossier.money.total.agrees is not in_doubt


def test_a_deed_that_lengthens_the_term_leaves_the_total_of_before_undoubted(office: Office) -> None:

    uid = made(office, replace(R1, stated_total_basis="the whole term"), first_term=Length(years=4))
    dossier = office.agreements.dossier(uid, TODAY)
    assert dossier.questions == ()
    assert dossier.money.total.value.value == 6 * 2038663
    assert "for the terms before 1 April 2026" in dossier.money.total.remark


def test_a_change_within_a_year_divides_it_by_months(office: Office) -> None:
    uid = made(office, yearly_value=Decimal(1200000), since=date(2026, 10, 1))
    assert values(office, uid)[2] == Decimal(2038663) / 2 + 600000
    assert "6 of 12 months at £1,200,000" in office.agreements.dossier(uid, TODAY).plan[2].source


def test_a_yearly_total_is_the_one_of_its_day(office: Office) -> None:

    yearly = replace(R1, stated_total=Decimal(2038663), stated_total_basis="a year")
    uid = made(office, yearly, yearly_value=Decimal(2200000))
    assert office.agreements.dossier(uid, TODAY).questions == ()


def test_a_value_changed_in_the_form_is_one_from_its_day_too(office: Office) -> None:

    uid = made(office)
    shown = office.records.get(Agreement, uid)
    office.records.save(
        replace(shown, yearly_value=Decimal(2200000)), shown, {"yearly_value": FromDay(date(2026, 4, 1))}
    )
    assert values(office, uid) == [Decimal(2038663)] * 2 + [Decimal(2200000)] * 3
    around = office.records.surroundings(Agreement, uid)

    found = findings_for(office.records.get(Agreement, uid), around)
    assert not [one for one in found if one.field == "stated_total"]


def test_what_an_extension_brings_is_its_own_years_value(office: Office) -> None:

    uid = made(office, yearly_value=Decimal(2200000))
    dossier = office.agreements.dossier(uid, date(2026, 3, 10))
    assert extended_end(dossier, None) == date(2028, 3, 31)
    assert "£2,200,000 more" in str(matter_of(dossier))


@given(
    st.integers(0, 40), st.lists(st.tuples(st.integers(-200, 2600), st.integers(0, 10**7)), max_size=4),
    st.integers(1, 7),
)  # fmt: skip
def test_the_years_always_add_up_to_the_total(begins: int, changes: list[tuple[int, int]], years: int) -> None:
    starts = date(2024, 4, 1) + timedelta(days=11 * begins)
    agreement = Agreement(title="A", starts=starts, first_term=Length(years=years), yearly_value=Decimal(1000001))
    days = dict(changes)
    later = [Rate(Sum.of(Decimal(value)), since=starts + timedelta(days=day)) for day, value in sorted(days.items())]
    found = money_of(agreement, (), (), {}, Worth((Rate(Sum.of(Decimal(1000001))), *later), agreement))
    assert found.total.value.value == added(sum_of(row.value) for row in found.plan).exact
    assert all(row.value.known.valued for row in found.plan)


def test_terms_that_are_agreed_and_do_not_hold_yet_are_announced(office: Office) -> None:
    uid = made(office, replace(R1, notice=Length(months=6)), notice=Length(months=12), first_term=Length(years=4))
    before, agreed, holds = (office.agreements.dossier(uid, date(2026, 3, day)) for day in (1, 2, 31))
    assert before.coming == () == before.term.findings
    assert [one.since for one in agreed.coming] == [date(2026, 4, 1)]
    assert agreed.agreement.notice == Length(months=6)
    said = str(term(agreed).blocks)
    assert "not yet in force: new" not in said
    assert "notice: 12 months" in said
    assert "First deed, made on 2 March 2026" in said
    (doubt,) = holds.term.findings
    assert "last day to give notice is 31 March 2027, not 31 March 2026" in doubt.text
    assert office.agreements.dossier(uid, date(2026, 4, 1)).coming == ()


def test_a_notice_day_that_lies_before_its_new_terms_says_so(office: Office) -> None:
    uid = made(office, replace(R1, notice=Length(months=6)), notice=Length(months=12))
    term = office.agreements.dossier(uid, date(2026, 3, 2)).term
    (doubt,) = term.findings
    assert term.notice_by == date(2026, 3, 31)
    assert "is 31 March 2026, not 30 September 2026" in doubt.text
    office.place.looks_at(date(2026, 3, 2))
    (one,) = office.agreements.terms()
    assert one.term.status == office.agreements.dossier(uid, date(2026, 3, 2)).term.status


def test_who_will_be_in_an_agreement_from_its_start_is_shown_before_it_and_not_called_left_out(office: Office) -> None:
    agreement = office.records.create(Agreement(title="Community OT", starts=date(2024, 4, 1))).uid
    body = office.records.create(Organisation(name="County Council")).uid
    for since in (date(2024, 4, 1), date(2025, 4, 1)):
        office.records.create(Party(agreement=agreement, organisation=body, role=PartyRole.PROVIDER, since=since))
    office.place.looks_at(date(2024, 3, 7))
    assert len(office.agreements.dossier(agreement).parties) == 1
    assert office.agreements.later(Agreement, agreement).left_out == {"party": 1}, "the one that came a year later"


@pytest.mark.parametrize(
    ("before", "typed", "words"),
    [
        ({}, {"yearly_value": Decimal(2500000), "yearly_to": Decimal(3000000)}, "£2,500,000 to £3,000,000"),
        ({"yearly_to": Decimal(2100000)}, {"yearly_value": Decimal(2500000), "yearly_to": None}, "£2,500,000"),
        ({}, {"yearly_value": Decimal(2200000), "yearly_about": True}, "about £2,200,000"),
        ({"yearly_about": True}, {"yearly_value": Decimal(2200000), "yearly_about": None}, "£2,200,000"),
    ],
)
def test_what_is_typed_with_a_value_holds_from_its_day_and_not_before(
    office: Office, before: dict[str, object], typed: dict[str, object], words: str
) -> None:
    given = Agreement(
        title="Equipment", starts=date(2024, 4, 1), first_term=Length(years=2), yearly_value=Decimal(2000000)
    )
    uid = office.records.create(replace(given, **before)).uid
    began = office.records.get(Agreement, uid)
    first, _ = (row.value.text for row in office.agreements.dossier(uid, date(2025, 3, 1)).plan)
    office.records.save(replace(began, **typed), began, {"yearly_value": FromDay(date(2025, 4, 1))})
    dossier = office.agreements.dossier(uid, date(2026, 1, 1))
    assert [row.value.text for row in dossier.plan] == [first, words]
