"""Agreements as the officer enters and reads them: the term, the money, what is in doubt, each with its working."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from s75desk.domain.agreement_entry import AgreementEntry, Lead, entry_of
from s75desk.domain.errors import NotFound, Rejected
from s75desk.domain.lengths import Length
from s75desk.domain.records import Agreement, Contribution, Extension, Organisation, Party, Record
from s75desk.domain.records.agreement import AgreementKind, ExtensionState, PartyRole
from s75desk.domain.status import Shape
from s75desk.domain.term import Term
from s75desk.domain.working import Figure
from s75desk.models.repository import Repository
from s75desk.services.office import Office

R1, R0 = "S75-2024-OT", "S75-2017-COT"


@pytest.fixture
def entry(office: Office) -> AgreementEntry:
    """The entry of the R1 style: 3 + 1 + 1 years from 1 April 2024, 12 months' notice, two partners and a trust."""
    council, icb, trust = (
        office.records.create(Organisation(name=name)).uid
        for name in ("East Council", "East Integrated Care Board", "East NHS Trust")
    )
    return AgreementEntry(
        title="Occupational therapy",
        reference=R1,
        kind=AgreementKind.POOLED_FUND,
        starts=date(2024, 4, 1),
        term="3 + 1 + 1 years",
        notice=Length(months=12),
        first_partner=council,
        first_pays=Decimal(1810426),
        second_partner=icb,
        second_pays=Decimal(228237),
        lead=Lead.FIRST,
        provider=trust,
        people="Adults and children",
        aims="Independence",
    )


def stored(office: Office, cls: type[Record]) -> list[Record]:
    with office.place.desk.reading() as connection:
        return list(Repository(connection).all(cls))


def working_lines(figure: Figure) -> dict[str, str]:
    assert figure.working is not None
    return {line.label: line.value for line in figure.working.lines}


def ends(term: Term) -> list[date]:
    return [span.ends for span in term.spans]


# --- entering ----------------------------------------------------------------------------------------------------


def test_a_new_agreement_is_one_change_of_several_records(office: Office, entry: AgreementEntry) -> None:
    office.records.keep_draft("agreement", "", "", {"title": "Occupational th"})
    made = office.agreements.enter(entry)
    assert made.label == "Added: Occupational therapy"
    assert sorted(kind for kind, _ in made.touched) == [
        "agreement", "contribution", "contribution", "extension", "extension", "party", "party", "party",
    ]  # fmt: skip
    assert office.records.draft("agreement", "", "") is None
    dossier = office.agreements.dossier(made.uid)
    assert ends(dossier.term) == [date(2027, 3, 31), date(2028, 3, 31), date(2029, 3, 31)]
    assert (dossier.term.notice_by, dossier.term.last_end) == (date(2026, 3, 31), date(2029, 3, 31))
    assert dossier.value.text == "£10,193,315"
    assert [party.role for party in dossier.parties].count(PartyRole.LEAD) == 1
    assert [party.organisation for party in dossier.parties] == [
        entry.first_partner,
        entry.second_partner,
        entry.provider,
    ]
    assert [share.partner for share in dossier.funds[0].shares] == [entry.first_partner, entry.second_partner]
    assert [share.of_pool.text for share in dossier.funds[0].shares] == ["88.8%", "11.2%"]
    assert (dossier.agreement.people, dossier.agreement.aims) == ("Adults and children", "Independence")
    assert dossier.questions == ()


def test_exercising_the_first_extension_moves_the_notice_day(office: Office, entry: AgreementEntry) -> None:
    uid = office.agreements.enter(entry).uid
    (first, _) = office.agreements.dossier(uid).extensions
    office.records.revise(replace(first, state=ExtensionState.EXERCISED, decided=date(2026, 1, 15)))
    term = office.agreements.dossier(uid).term
    assert (term.ends, term.notice_by, term.last_end) == (date(2028, 3, 31), date(2027, 3, 31), date(2029, 3, 31))
    before = office.agreements.dossier(uid, date(2025, 1, 1))
    assert before.as_at == date(2025, 1, 1)


def test_a_new_agreement_is_undone_and_done_again_as_a_whole(office: Office, entry: AgreementEntry) -> None:
    made = office.agreements.enter(entry)
    undone = office.records.undo(made.change_id)
    assert undone.touched == made.touched
    assert office.agreements.rows() == ()
    office.records.undo(undone.change_id)
    assert ends(office.agreements.dossier(made.uid).term)[-1] == date(2029, 3, 31)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"title": ""}, "title"),
        ({"term": "for ever"}, "term"),
        ({"term": "99"}, "term"),
        ({"lead": Lead.SECOND, "second_partner": None}, "lead"),
        ({"starts": None}, "starts"),
        ({"term": "601 months"}, "term"),
    ],
)
def test_a_fault_writes_nothing_and_keeps_the_draft(
    office: Office, entry: AgreementEntry, values: dict[str, object], field: str
) -> None:
    office.records.keep_draft("agreement", "", "", {"title": "Occupational th"})
    with pytest.raises(Rejected) as caught:
        office.agreements.enter(replace(entry, **values))
    assert caught.value.field == field
    assert [stored(office, cls) for cls in (Agreement, Extension, Party, Contribution)] == [[], [], [], []]
    assert office.records.draft("agreement", "", "") is not None


def test_a_reference_is_used_once(office: Office, entry: AgreementEntry) -> None:
    office.agreements.enter(entry)
    with pytest.raises(Rejected, match="Already used by Occupational therapy") as caught:
        office.agreements.enter(replace(entry, reference=R1.lower()))
    assert caught.value.field == "reference"
    assert len(stored(office, Agreement)) == 1


def test_an_entry_with_a_title_alone(office: Office) -> None:
    made = office.agreements.enter(AgreementEntry(title="Community equipment"))
    assert made.touched == {("agreement", made.uid)}
    (row,) = office.agreements.rows()
    assert (row.kind, row.ends, row.value.text, row.worth) == ("Not known", None, "Not known", None)
    assert row.status.shape is Shape.UNKNOWN


def test_an_agreement_by_its_reference(office: Office, entry: AgreementEntry) -> None:
    made = office.agreements.enter(entry)
    for typed in (R1, R1.lower()):
        found = office.agreements.by_reference(typed)
        assert found is not None
        assert found.uid == made.uid
    assert office.agreements.by_reference("") is None
    assert office.agreements.by_reference("S75") is None
    office.records.archive("agreement", made.uid)
    assert office.agreements.by_reference(R1) is None


def test_an_agreement_that_is_not_there(office: Office) -> None:
    with pytest.raises(NotFound, match="That agreement is not in this desk"):
        office.agreements.dossier("gone")


# --- the list ----------------------------------------------------------------------------------------------------


def test_the_list_has_what_presses_first_and_what_has_ended_last(office: Office) -> None:
    for title, starts, notice in (
        ("Ended", date(2010, 4, 1), 6),
        ("Alpha, no hurry", date(2025, 4, 1), 6),
        ("Notice soon", date(2023, 9, 1), 6),
        ("Notice sooner", date(2023, 8, 20), 6),
    ):
        office.records.create(
            Agreement(title=title, starts=starts, first_term=Length(years=3), notice=Length(months=notice))
        )
    assert [row.title for row in office.agreements.rows()] == [
        "Notice sooner",
        "Notice soon",
        "Alpha, no hurry",
        "Ended",
    ]
    assert [row.ended for row in office.agreements.rows()] == [False, False, False, True]


def test_archived_agreements_only_if_asked(office: Office) -> None:
    office.records.create(Agreement(title="Kept"))
    office.records.archive("agreement", office.records.create(Agreement(title="Gone")).uid)
    assert [row.title for row in office.agreements.rows()] == ["Kept"]
    assert {row.title: row.archived for row in office.agreements.rows(archived=True)} == {"Kept": False, "Gone": True}


def test_the_term_alone_is_that_of_the_dossier(sample: Office) -> None:
    dossiers = {dossier.agreement.uid: dossier for dossier in sample.agreements.dossiers()}
    terms = sample.agreements.terms()
    assert len(terms) == len(dossiers) > 5
    for live in terms:
        assert live.term == dossiers[live.agreement.uid].term
    some = [live.agreement.uid for live in terms][:2]
    assert {dossier.agreement.uid for dossier in sample.agreements.dossiers(uids=some)} == set(some)


# --- the sample, as it must show ---------------------------------------------------------------------------------


def by_source(office: Office, source: str, word: str) -> str:
    (uid,) = [
        dossier.agreement.uid
        for dossier in office.agreements.dossiers()
        if source in (dossier.agreement.source or "") and word in dossier.agreement.title.casefold()
    ]
    return uid


def test_r1_ends_notice_and_value_with_their_workings(sample: Office) -> None:
    agreement = sample.agreements.by_reference(R1)
    assert agreement is not None
    dossier = sample.agreements.dossier(agreement.uid)
    assert ends(dossier.term) == [date(2027, 3, 31), date(2028, 3, 31), date(2029, 3, 31)]
    assert dossier.term.notice_by == date(2026, 3, 31)
    assert dossier.value.text == "£10,193,315"
    lines = working_lines(dossier.value)
    assert "£2,038,663" in " ".join(lines.values())
    assert "£10,193,315" in lines.values()
    assert dossier.term.working is not None
    written = dossier.term.working.as_text()
    for day in ("31 Mar 2027", "31 Mar 2028", "31 Mar 2029", "31 Mar 2026"):
        assert day in written or day.replace("Mar", "March") in written
    assert dossier.term.working.source != ""
    (row,) = [row for row in sample.agreements.rows() if row.uid == agreement.uid]
    assert (row.value.text, row.worth, row.last_end) == ("£10,193,315", Decimal(10193315), date(2029, 3, 31))
    assert row.next_date == date(2026, 3, 31)


def test_r0_pool_and_total_with_their_workings(sample: Office) -> None:
    uid = by_source(sample, "Rotherham Cabinet paper", "occupational therapy")
    dossier = sample.agreements.dossier(uid)
    pools = {fund.pooled.text for fund in dossier.funds}
    totals = {fund.combined.text for fund in dossier.funds}
    assert "£746,000" in pools
    assert "£839,350" in totals
    (fund,) = [fund for fund in dossier.funds if fund.pooled.text == "£746,000"]
    assert {"£372,000", "£374,000"} <= set(working_lines(fund.pooled).values())
    assert "£93,350" in working_lines(fund.combined).values()
    assert [share.of_pool.text for share in fund.shares][:2] == ["49.87%", "50.13%"]


def test_r0_forecast_band_and_the_question_of_550_and_554(sample: Office) -> None:
    uid = by_source(sample, "Rotherham Cabinet paper", "occupational therapy")
    dossier = sample.agreements.dossier(uid, date(2017, 4, 10))
    (sheet,) = [sheet for sheet in dossier.kpis if sheet.state.forecast and sheet.state.forecast.text == "3,200"]
    assert sheet.state.band is not None
    assert (sheet.state.band.lower, sheet.state.band.upper) == (Decimal(3325), Decimal(3675))
    assert "2,133" in working_lines(sheet.state.forecast or Figure("")).values()
    assert sheet.state.against is not None
    assert "125" in sheet.state.against.text
    asked = [question for question in dossier.questions if "550" in question.text and "554" in question.text]
    assert len(asked) == 1
    assert "71" in asked[0].working.as_text()


# --- the same form for one that is there --------------------------------------------------------------------------


def test_what_is_entered_is_what_the_form_of_it_asks_again(office: Office, entry: AgreementEntry) -> None:
    uid = office.agreements.enter(entry).uid
    again = entry_of(office.agreements.dossier(uid))
    for name in entry.fields():
        if name not in ("yearly_value", "first_term"):
            assert getattr(again, name) == getattr(entry, name), name
    assert (again.yearly_value, again.first_term) == (Decimal(2038663), Length(years=3))


def test_the_form_changes_what_was_changed_in_one_change(office: Office, entry: AgreementEntry) -> None:
    uid = office.agreements.enter(entry).uid
    before = office.agreements.dossier(uid)
    began = entry_of(before)
    office.agreements.amend(began, began)
    assert office.agreements.dossier(uid) == before
    changed = replace(began, term="3 + 2 years", notice=Length(weeks=12), first_pays=Decimal(2000000))
    changes = office.agreements.amend(changed, began)
    after = office.agreements.dossier(uid)
    assert (after.term.last_end, after.agreement.notice) == (date(2029, 3, 31), Length(weeks=12))
    assert [each.length for each in after.extensions] == [Length(years=2)]
    assert entry_of(after).first_pays == 2000000
    office.records.undo(changes.change_id)
    assert office.agreements.dossier(uid) == before
