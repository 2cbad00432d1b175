"""Reading records: their history in words, what a form has to know, choices, what is archived."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from s75desk.domain.errors import Rejected
from s75desk.domain.lengths import Length
from s75desk.domain.records import Agreement, Extension, Milestone, Organisation, Party, Provider, Service, Visit
from s75desk.domain.records.agreement import AgreementKind, PartyRole
from s75desk.services.office import Office
from tests.unit.record_help import WHO
from tests.unit.services.desk_contents import Estate


def test_history_says_in_words_what_was_before_and_after(office: Office) -> None:
    council = office.records.create(Organisation(name="East Council"))
    nhs = office.records.create(Organisation(name="East ICB"))
    made = office.records.create(
        Agreement(title="Community equipment", kind=AgreementKind.GRANT, notice=Length(months=6))
    )
    party = office.records.create(Party(agreement=made.uid, organisation=council.uid, role=PartyRole.LEAD))
    office.records.revise(replace(office.records.get(Party, party.uid), organisation=nhs.uid, since=date(2024, 4, 1)))
    agreement = office.records.get(Agreement, made.uid)
    office.records.revise(
        replace(
            agreement,
            kind=AgreementKind.POOLED_FUND,
            notice=Length(months=12),
            yearly_value=None,
            starts=date(2024, 4, 1),
        )
    )
    office.records.archive("party", party.uid)
    lines = office.records.history("agreement", made.uid)
    assert {(line.heading, line.field, line.before, line.after) for line in lines} == {
        ("Community equipment", "", "", ""),
        ("Community equipment", "Kind", "Grant", "Section 75, pooled fund"),
        ("Community equipment", "Notice", "6 months", "12 months"),
        ("Community equipment", "Starts", "", "1 Apr 2024"),
        ("East ICB, lead commissioner", "", "", ""),
        ("East ICB, lead commissioner", "Organisation", "East Council", "East ICB"),
        ("East ICB, lead commissioner", "From", "", "1 Apr 2024"),
        ("East ICB, lead commissioner", "Archived", "No", "Yes"),
    }
    assert [line.at for line in lines] == sorted((line.at for line in lines), reverse=True)
    assert {line.who for line in lines} == {WHO}


def test_a_form_knows_what_is_taken_what_stands_beside_and_what_owns(estate: Estate) -> None:
    office, places = estate
    around = office.records.surroundings(Extension, "", ("agreement", places["agreement"]))
    assert around.owner == office.records.get(Agreement, places["agreement"])
    assert [one.uid for one in around.others(Extension)] == [places["extension"]]
    assert [one.uid for one in around.others(Milestone)] == [places["milestone"]]
    own = office.records.surroundings(Extension, places["extension"], ("agreement", places["agreement"]))
    assert own.others(Extension) == []
    whole = office.records.surroundings(Agreement, places["agreement"])
    assert [one.uid for one in whole.others(Extension)] == [places["extension"]]
    assert whole.taken == {"reference": {}}
    new = office.records.surroundings(Agreement)
    agreement = office.records.get(Agreement, places["agreement"])
    assert new.taken == {"reference": {str(agreement.reference).casefold(): agreement.title}}


def test_a_choice_names_records_so_that_they_can_be_told_apart(office: Office) -> None:
    provider = office.records.create(Provider(name="birch Care"))
    office.records.create(Provider(name="Alder Lodge"))
    home = office.records.create(Service(provider=provider.uid, name="Birch House"))
    office.records.create(Visit(service=home.uid, planned=date(2026, 3, 5)))
    assert [heading for _, heading in office.records.lookup("provider")] == ["Alder Lodge", "birch Care"]
    assert [heading for _, heading in office.records.lookup("visit")] == ["Quality visit, Birch House, 5 Mar 2026"]


def test_namesakes_are_told_apart_by_whose_they_are_and_where(office: Office) -> None:
    for name, postcode in (("Alder Care", "LN1 1AA"), ("Birch Care", "LN2 2BB"), ("Birch Care", None)):
        provider = office.records.create(Provider(name=name))
        office.records.create(Service(provider=provider.uid, name="Ash Lodge", postcode=postcode))
    office.records.create(Service(provider=provider.uid, name="Elm Lodge", postcode="LN3 3CC"))
    assert [heading for _, heading in office.records.lookup("service")] == [
        "Ash Lodge, Alder Care, LN1 1AA",
        "Ash Lodge, Birch Care",
        "Ash Lodge, Birch Care, LN2 2BB",
        "Elm Lodge",
    ]


@pytest.mark.parametrize("name", ["EAST icb", "East ICB", "CAFÉ Trust", "Café trust"])
def test_a_name_is_taken_whatever_its_capitals_and_a_save_asks_an_index(office: Office, name: str) -> None:
    for held in ("East ICB", "Café Trust", "West ICB"):
        office.records.create(Organisation(name=held))
    with pytest.raises(Rejected, match=r"East ICB|Café Trust"):
        office.records.create(Organisation(name=name))
    with office.place.desk.reading() as connection:
        plan = connection.exec_driver_sql(
            "EXPLAIN QUERY PLAN SELECT uid FROM organisation WHERE name COLLATE NOCASE = 'east icb'"
        ).all()
    assert "USING INDEX ix_organisation_name" in str(plan)


def test_archived_records_are_told_newest_first(estate: Estate) -> None:
    office, places = estate
    for kind in ("milestone", "risk", "forum"):
        office.records.archive(kind, places[kind])
    assert [record.KIND for record in office.records.archived("forum", "milestone", "risk", "visit")] == [
        "forum", "risk", "milestone",
    ]  # fmt: skip
