"""Records that are refused: what is needed, unique or owned, what would clash on its way back, what is not there."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from s75desk.domain.errors import NotFound, Rejected
from s75desk.domain.fields import FieldType
from s75desk.domain.lengths import Length
from s75desk.domain.records import KINDS, Agreement, Extension, Milestone, Organisation, Provider, Service
from s75desk.services.office import Office
from tests.unit.record_help import TODAY, record_of
from tests.unit.services.desk_contents import Estate, everything

REQUIRED = [
    (kind, name)
    for kind, cls in KINDS.items()
    for name, field in cls.fields().items()
    if field.required and not field.parent
]
UNIQUE = [(kind, name) for kind, cls in KINDS.items() for name, field in cls.fields().items() if field.unique]
OWNED = [kind for kind, cls in KINDS.items() if (owner := cls.owning_field()) and owner.required]


def test_a_field_that_is_needed(estate: Estate) -> None:
    office, places = estate
    before = everything(office)
    for kind, name in REQUIRED:
        field = KINDS[kind].fields()[name]
        for empty in ("", " \t", None) if field.type in (FieldType.TEXT, FieldType.LONG_TEXT) else (None,):
            record = replace(before[places[kind]], **{name: empty})
            with pytest.raises(Rejected) as caught:
                office.records.revise(record)
            assert (caught.value.field, caught.value.reason) == (name, f"{field.label} is needed.")
            with pytest.raises(Rejected):
                office.records.create(replace(record, uid=""))
    assert everything(office) == before


def test_a_record_that_must_have_an_owner(estate: Estate) -> None:
    office, places = estate
    for kind in OWNED:
        owner = KINDS[kind].owning_field()
        assert owner is not None
        with pytest.raises(Rejected, match=rf"^This .+ must belong to an? {KINDS[owner.refers_to].NOUN}\.$") as caught:
            office.records.create(replace(record_of(KINDS[kind], places), **{owner.name: ""}))
        assert caught.value.field == owner.name


@pytest.mark.parametrize(("kind", "name"), UNIQUE)
def test_what_must_be_unique_among_live_records(estate: Estate, kind: str, name: str) -> None:
    office, places = estate
    cls = KINDS[kind]
    held = office.records.get(cls, places[kind])
    taken = getattr(held, name)
    others = {
        field.name: f"free {field.name}" for field in cls.fields().values() if field.unique and field.name != name
    }
    rival = replace(record_of(cls, places, 1), **{**others, name: taken.swapcase()})
    with pytest.raises(Rejected) as caught:
        office.records.create(rival)
    assert caught.value.field == name
    assert caught.value.reason.startswith(f"Already used by {held.heading}.")
    free = office.records.create(replace(rival, **{name: "free"}))
    with pytest.raises(Rejected):
        office.records.revise(replace(rival, uid=free.uid))
    office.records.archive(kind, held.uid)
    office.records.revise(replace(rival, uid=free.uid))


@pytest.mark.parametrize("how", ["restore", "restore from the archive", "undo", "undo of an archived owner"])
def test_what_comes_back_must_not_clash_with_what_took_its_place(office: Office, how: str) -> None:
    provider = office.records.create(Provider(name="Alder Lodge"))
    home = office.records.create(Service(provider=provider.uid, name="Alder House", cqc_location_id="1-100000001"))
    other = office.records.create(Provider(name="Birch Care"))
    kind, uid = ("service", home.uid) if how == "undo" else ("provider", provider.uid)
    gone = office.records.archive(kind, uid)
    office.records.create(Service(provider=other.uid, name="Birch House", cqc_location_id="1-100000001"))
    before = everything(office)
    again = {
        "restore": lambda: office.records.restore(kind, uid),
        "restore from the archive": lambda: office.archive.restore_all([(kind, uid)]),
    }.get(how, lambda: office.records.undo(gone.change_id))
    with pytest.raises(Rejected, match=r"^Alder House: Already used by Birch House\.$") as caught:
        again()
    assert caught.value.field == "cqc_location_id"
    assert everything(office) == before


def test_undoing_a_new_name_must_not_clash_with_who_took_the_old_one(office: Office) -> None:
    council = office.records.create(Organisation(name="East Council"))
    renamed = office.records.revise(Organisation(uid=council.uid, name="West Council"))
    office.records.create(Organisation(name="EAST COUNCIL"))
    with pytest.raises(Rejected, match="Already used by EAST COUNCIL"):
        office.records.undo(renamed.change_id)
    assert office.records.get(Organisation, council.uid).name == "West Council"


def test_an_extension_comes_back_beside_another_of_its_number_and_is_doubted(estate: Estate) -> None:
    office, places = estate
    first = office.records.get(Extension, places["extension"])
    office.records.archive("extension", first.uid)
    office.records.create(Extension(agreement=first.agreement, number=first.number, length=Length(years=1)))
    office.records.restore("extension", first.uid)
    questions = office.agreements.dossier(first.agreement).questions
    assert [each.kind for each in questions if each.title.startswith("Two options of one number")] == ["extension"]


def test_a_record_that_rules_have_become_stricter_about_can_still_be_restored(office: Office) -> None:
    agreement = office.records.create(Agreement(title="Older"))
    with office.place.change("As an earlier version of the program let it be") as change:
        old = Milestone(agreement=agreement.uid, title="Wrong way round", starts=TODAY, due=date(2020, 1, 1))
        uid = change.create(old).uid
    gone = office.records.archive("milestone", uid)
    office.records.undo(gone.change_id)
    office.records.archive("milestone", uid)
    office.records.restore("milestone", uid)
    assert office.records.get(Milestone, uid).archived_at is None


def test_nothing_is_added_under_what_is_archived(estate: Estate) -> None:
    office, places = estate
    milestone = office.records.get(Milestone, places["milestone"])
    heading = office.records.get(Agreement, places["agreement"]).heading
    office.records.archive("agreement", places["agreement"])
    for record in (replace(milestone, uid=""), replace(milestone, title="A form that was still open")):
        with pytest.raises(Rejected, match=f"^{heading} is archived. Restore it first.$"):
            office.records.save(record)
    with pytest.raises(Rejected, match="Restore both"):
        office.records.restore("milestone", milestone.uid)


def test_a_record_that_is_not_there(office: Office) -> None:
    for attempt in (
        lambda: office.records.get(Agreement, "gone"),
        lambda: office.records.revise(Agreement(uid="gone", title="Gone")),
        lambda: office.records.archive("agreement", "gone"),
        lambda: office.records.restore("agreement", "gone"),
        lambda: office.records.undo("gone"),
    ):
        with pytest.raises(NotFound, match=r"not in this desk"):
            attempt()
    assert everything(office) == {}
