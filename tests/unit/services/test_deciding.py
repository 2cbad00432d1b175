"""Deciding where the alert stands: one change settles what it was offered for, and one undo takes all of it back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from s75desk.domain.attention import Group
from s75desk.domain.deciding import Answer, DecidedEntry, matter_of
from s75desk.domain.errors import Rejected
from s75desk.domain.lengths import Length
from s75desk.domain.records import Agreement, BreakClause, Contribution, Decision, Extension
from s75desk.domain.records.agreement import BreakState, ExtensionState, Outcome, Stage
from s75desk.domain.status import Shape
from s75desk.domain.term import Ask
from s75desk.services.office import Office
from tests.unit.record_help import TODAY

R1 = Agreement(
    title="OT", starts=date(2024, 4, 1), first_term=Length(years=3), notice=Length(months=12), yearly_value=None
)
ENTRY = DecidedEntry(by="Executive director, adults", reference="2026/014")


def made(office: Office, agreement: Agreement = R1, *lengths: Length) -> str:
    uid = office.records.create(agreement).uid
    for number, length in enumerate(lengths, start=1):
        office.records.create(Extension(agreement=uid, number=number, length=length))
    return uid


def alerts(office: Office, uid: str) -> list[str]:
    return [item.title for item in office.overview.read().items if item.group is Group.DATES and item.uid == uid]


def answers(office: Office, uid: str) -> tuple[Answer, Answer]:
    matter = matter_of(office.agreements.dossier(uid))
    assert matter is not None
    return matter.answers


def test_extending_settles_the_alert_in_list_record_and_overview_and_one_undo_takes_it_back(office: Office) -> None:
    uid = made(office, R1, Length(years=1), Length(years=1))
    before = (office.agreements.rows(), office.agreements.dossier(uid), alerts(office, uid))
    assert len(before[2]) == 1
    assert answers(office, uid)[0].words == "Extend to 31 March 2028"
    changes = office.deciding.decide(uid, goes_on=True, entry=ENTRY)
    dossier = office.agreements.dossier(uid)
    (row,) = office.agreements.rows()
    assert (dossier.term.ends, row.ends, row.status.shape) == (date(2028, 3, 31), date(2028, 3, 31), Shape.GOOD)
    (first, second) = dossier.extensions
    assert (first.state, first.decided, first.decided_by, first.reference) == (
        ExtensionState.EXERCISED,
        TODAY,
        "Executive director, adults",
        "2026/014",
    )
    assert second.state is ExtensionState.UNDECIDED
    (decision,) = dossier.decisions
    assert (decision.outcome, decision.taken, decision.body) == (Outcome.APPROVED, TODAY, ENTRY.by)
    assert alerts(office, uid) == []
    office.records.undo(changes.change_id)
    assert (office.agreements.rows(), office.agreements.dossier(uid), alerts(office, uid)) == before


@pytest.mark.parametrize("lengths", [(Length(years=1), Length(years=1)), ()])
def test_letting_it_end_settles_it_with_or_without_options(office: Office, lengths: tuple[Length, ...]) -> None:
    uid = made(office, R1, *lengths)
    assert len(alerts(office, uid)) == 1
    office.deciding.decide(uid, goes_on=False, entry=ENTRY)
    dossier = office.agreements.dossier(uid)
    assert (dossier.term.ends, dossier.term.ask) == (date(2027, 3, 31), Ask.NOTHING)
    assert all(each.state is ExtensionState.DECLINED for each in dossier.extensions)
    assert alerts(office, uid) == []
    assert office.agreements.dossier(uid, date(2026, 1, 1)).term.ask is not Ask.NOTHING  # not known by then


def test_without_an_option_it_goes_on_by_a_waiver_of_a_length_that_is_said(office: Office) -> None:
    uid = made(office)
    with pytest.raises(Rejected) as refused:
        office.deciding.decide(uid, goes_on=True, entry=ENTRY)
    assert refused.value.field == "length"
    office.deciding.decide(uid, goes_on=True, entry=replace(ENTRY, length=Length(months=12)))
    dossier = office.agreements.dossier(uid)
    (extension,) = dossier.extensions
    assert (dossier.term.ends, extension.waiver) == (date(2028, 3, 31), True)
    assert alerts(office, uid) == []


def test_after_it_had_ended_the_decision_carries_the_doubt(office: Office) -> None:
    uid = made(office, replace(R1, starts=date(2022, 4, 1)), Length(years=2))
    office.records.create(Contribution(agreement=uid, year=2025, amount=100))
    assert len(alerts(office, uid)) == 1
    office.deciding.decide(uid, goes_on=True, entry=ENTRY)
    dossier = office.agreements.dossier(uid)
    assert dossier.term.ends == date(2027, 3, 31)
    assert dossier.term.findings
    assert dossier.decisions[0].note


def test_said_to_be_over_it_is_not_asked_again_and_was_not_over_before(office: Office) -> None:
    uid = made(office, replace(R1, starts=date(2022, 4, 1)))
    office.records.create(Contribution(agreement=uid, year=2025, amount=100))
    assert len(alerts(office, uid)) == 1
    office.deciding.decide(uid, goes_on=False, entry=ENTRY)
    assert alerts(office, uid) == []
    assert office.agreements.dossier(uid).agreement.stage is Stage.ENDED
    assert office.agreements.dossier(uid, date(2026, 1, 1)).agreement.stage is Stage.AGREED


@pytest.mark.parametrize(("goes_on", "stage"), [(True, Stage.AGREED), (False, Stage.NOT_MADE)])
def test_begun_without_being_agreed_is_on_the_overview_until_it_is_said(
    office: Office, goes_on: bool, stage: Stage
) -> None:
    uid = made(office, replace(R1, stage=Stage.PROPOSED))
    assert len(alerts(office, uid)) == 1
    office.deciding.decide(uid, goes_on=goes_on, entry=ENTRY)
    dossier = office.agreements.dossier(uid)
    assert dossier.agreement.stage is stage
    assert dossier.term.ask is not Ask.NOT_AGREED


def test_a_break_is_used_or_passes(office: Office) -> None:
    uid = made(office, replace(R1, starts=date(2022, 4, 1), first_term=Length(years=7)))
    office.records.create(BreakClause(agreement=uid, after=Length(years=5), notice=Length(months=9)))
    assert len(alerts(office, uid)) == 1
    used = office.deciding.decide(uid, goes_on=False, entry=ENTRY)
    dossier = office.agreements.dossier(uid)
    assert (dossier.term.ends, dossier.breaks[0].state) == (date(2027, 3, 31), BreakState.USED)
    assert alerts(office, uid) == []
    office.records.undo(used.change_id)
    office.deciding.decide(uid, goes_on=True, entry=ENTRY)
    assert office.agreements.dossier(uid).term.ends == date(2029, 3, 31)


def test_a_reminder_waits_until_its_day_and_says_so(office: Office) -> None:
    uid = made(office, R1, Length(years=1))
    office.deciding.remind(uid, date(2026, 3, 1))
    (item,) = [item for item in office.overview.read().items if item.uid == uid and item.group is Group.DATES]
    assert not item.pressing
    assert "1 March 2026" in item.text
    for wrong in (TODAY, date(2026, 4, 1)):
        with pytest.raises(Rejected) as refused:
            office.deciding.remind(uid, wrong)
        assert refused.value.field == "remind"
    office.deciding.decide(uid, goes_on=True, entry=ENTRY)
    assert office.agreements.dossier(uid).agreement.remind_on is None


def test_a_decision_of_tomorrow_is_refused_and_what_is_settled_is_not_asked_twice(office: Office) -> None:
    uid = made(office, R1, Length(years=1))
    with pytest.raises(Rejected) as refused:
        office.deciding.decide(uid, goes_on=True, entry=replace(ENTRY, when=date(2026, 3, 1)))
    assert refused.value.field == "when"
    office.deciding.decide(uid, goes_on=False, entry=ENTRY)
    with pytest.raises(Rejected):
        office.deciding.decide(uid, goes_on=True, entry=ENTRY)


def test_who_decides_comes_from_the_delegation(office: Office) -> None:
    uid = made(office, R1, Length(years=1))
    office.records.create(
        Decision(agreement=uid, title="c", taken=date(2024, 3, 7), delegated_to="Executive director, adults")
    )
    matter = matter_of(office.agreements.dossier(uid))
    assert matter is not None
    assert matter.by == "Executive director, adults"
