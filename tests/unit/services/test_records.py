"""Every kind of record, through the one service that writes it: created, revised, archived, restored, undone."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import IntegrityError

from s75desk.domain.errors import NotFound, Rejected
from s75desk.domain.fields import FieldType
from s75desk.domain.records import (
    KINDS,
    Action,
    Agreement,
    Extension,
    Forum,
    Kpi,
    KpiReturn,
    Measurement,
    Milestone,
    Organisation,
    Party,
    PriorGrading,
    Provider,
    Record,
    Service,
    Visit,
)
from s75desk.domain.records.agreement import AgreementKind, PartyRole
from s75desk.domain.records.kpi import Measure
from s75desk.models import history
from s75desk.models.columns import text_to_value, value_to_text
from s75desk.models.desk_file import DeskFile
from s75desk.models.headings import heading_of
from s75desk.models.repository import Repository
from s75desk.services.office import Office
from s75desk.services.records import RecordService
from tests.unit.record_help import (
    SEALED,
    TODAY,
    WHO,
    WRITABLE,
    any_record,
    fill_estate,
    office_of,
    record_of,
    value_of,
)

Estate = tuple[Office, dict[str, str]]
BY_ITS_SERVICE = {("visit", "amends")}
"""Fields that only the service they belong to writes."""
KEPT = ("visit", "question_set")
"""Stays once the visit has answers, as this one has; the tests of visits hold that."""
OWNED = [kind for kind, cls in KINDS.items() if (owner := cls.owning_field()) and owner.required]


def everything(office: Office) -> dict[str, Record]:
    """Every record of a desk, archived ones too, by uid."""
    with office.place.desk.reading() as connection:
        repository = Repository(connection)
        return {record.uid: record for cls in KINDS.values() for record in repository.all(cls, archived=True)}


def rows_of(office: Office, change_id: str) -> list[history.Entry]:
    with office.place.desk.reading() as connection:
        return history.of_change(connection, change_id)


def chain_holds(office: Office) -> bool:
    with office.place.desk.reading() as connection:
        return history.verify(connection) is None


def owned_by(uid: str, records: Mapping[str, Record]) -> set[str]:
    """Uids of everything under a record, worked out from the records themselves."""
    found: set[str] = set()
    waiting = {uid}
    while waiting:
        above = waiting.pop()
        for record in records.values():
            owners = {getattr(record, field.name) for field in record.fields().values() if field.parent}
            if above in owners and record.uid not in found | {uid}:
                found.add(record.uid)
                waiting.add(record.uid)
    return found


# --- each kind ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("secret", [None, "correct horse"], ids=["plain", "encrypted"])
def test_a_record_of_every_kind_outlives_closing(tmp_path: Path, secret: str | None) -> None:
    with DeskFile.create(tmp_path / "a.s75desk", secret) as desk:
        office = office_of(desk)
        places = fill_estate(office)
        before = everything(office)
    known: dict[str, str] = {}
    with DeskFile.open(tmp_path / "a.s75desk", secret) as desk:
        office = office_of(desk)
        for kind, cls in KINDS.items():
            assert office.records.get(cls, places[kind]) == replace(record_of(cls, known), uid=places[kind])
            known[kind] = places[kind]
        assert everything(office) == before
        assert chain_holds(office)


def test_a_creation_is_one_row_that_holds_all_that_is_known(estate: Estate) -> None:
    office, places = estate
    for kind, cls in KINDS.items():
        with office.place.desk.reading() as connection:
            (creation,) = history.of_records(connection, [places[kind]])
            record = Repository(connection).get(cls, places[kind])
            heading = heading_of(record, Repository(connection))
        held = json.loads(creation.after or "")
        assert {name: text_to_value(cls.fields()[name], text) for name, text in held.items()} == {
            name: value for name in cls.fields() if (value := getattr(record, name)) is not None
        }
        assert (creation.field, creation.before, creation.who) == ("", None, WHO)
        assert creation.label == f"Added: {' '.join(heading.split())}"


@pytest.mark.parametrize("kind", WRITABLE)
def test_each_field_is_revised_undone_and_done_again(estate: Estate, kind: str) -> None:
    office, places = estate
    cls = KINDS[kind]
    first = office.records.get(cls, places[kind])
    changed = 0
    for name, field in cls.fields().items():
        value = value_of(cls, field, 1, places)
        if field.parent or (kind, name) in BY_ITS_SERVICE | {KEPT} or value == getattr(first, name):
            continue
        second = replace(first, **{name: value})
        made = office.records.revise(second)
        assert (made.touched, made.uid, made.undoable) == ({(kind, first.uid)}, first.uid, True)
        (row,) = rows_of(office, made.change_id)
        assert (row.kind, row.uid, row.field) == (kind, first.uid, name)
        assert (row.before, row.after) == (value_to_text(field, getattr(first, name)), value_to_text(field, value))
        assert office.records.get(cls, first.uid) == second
        undone = office.records.undo(made.change_id)
        assert undone.label == f"Undone: {made.label}"
        assert office.records.get(cls, first.uid) == first
        again = office.records.undo(undone.change_id)
        assert again.label == f"Done again: {made.label}"
        assert office.records.get(cls, first.uid) == second
        office.records.undo(made.change_id)
        changed += 1
    assert changed >= 5
    assert everything(office)[first.uid] == first
    assert chain_holds(office)


def test_what_only_its_service_writes_is_refused(estate: Estate) -> None:
    office, places = estate
    before = everything(office)
    for kind, name in BY_ITS_SERVICE:
        cls = KINDS[kind]
        for value in (value_of(cls, cls.fields()[name], 1, places), None):
            with pytest.raises(Rejected) as caught:
                office.records.revise(replace(before[places[kind]], **{name: value}))
            assert caught.value.field == name
    assert everything(office) == before


@pytest.mark.parametrize("kind", SEALED)
def test_what_is_sealed_is_not_made_changed_archived_or_undone(estate: Estate, kind: str) -> None:
    office, places = estate
    cls, before = KINDS[kind], everything(office)
    first = before[places[kind]]
    with office.place.desk.reading() as connection:
        (creation,) = history.of_records(connection, [first.uid])
    for attempt in (
        lambda: office.records.create(record_of(cls, places)),
        lambda: office.records.archive(kind, first.uid),
        lambda: office.records.undo(creation.change_id),
    ):
        with pytest.raises(Rejected, match="never changed"):
            attempt()
    for name, field in cls.fields().items():
        for value in (value_of(cls, field, 1, places), None):
            if value != getattr(first, name) and not (field.parent and not value):
                with pytest.raises(Rejected, match="never changed"):
                    office.records.revise(replace(first, **{name: value}))
    assert everything(office) == before
    assert chain_holds(office)


@pytest.mark.parametrize("kind", WRITABLE)
def test_archiving_takes_what_is_owned_and_restoring_brings_it_back(estate: Estate, kind: str) -> None:
    office, places = estate
    before = everything(office)
    family = owned_by(places[kind], before) | {places[kind]}
    done = office.records.archive(kind, places[kind])
    assert {uid for _, uid in done.touched} == family
    after = everything(office)
    assert {uid for uid, record in after.items() if record.archived_at} == family
    assert len({after[uid].archived_at for uid in family}) == 1
    assert len(rows_of(office, done.change_id)) == len(family), "each record is archived once"
    assert {uid: replace(record, archived_at=None) for uid, record in after.items()} == before
    back = office.records.restore(kind, places[kind])
    assert back.touched == done.touched
    assert len(rows_of(office, back.change_id)) == len(family)
    assert everything(office) == before
    office.records.undo(back.change_id)
    assert everything(office) == after
    office.records.undo(done.change_id)  # The same moment as it was first archived at, so it is still that change.
    assert everything(office) == before
    assert chain_holds(office)


def test_undoing_a_creation_archives_and_undoing_that_brings_it_back(estate: Estate) -> None:
    office, places = estate
    for kind in WRITABLE:
        cls = KINDS[kind]
        free = {field.name: f"another {kind}" for field in cls.fields().values() if field.unique}
        record = replace(record_of(cls, places, 1), **free)
        if isinstance(record, Extension):
            record = replace(record, number=7)
        if isinstance(record, PriorGrading):
            record = replace(record, action=office.records.create(Action(title="Another from before")).uid)
        made = office.records.create(record)
        undone = office.records.undo(made.change_id)
        assert office.records.get(cls, made.uid).archived_at is not None
        with pytest.raises(Rejected, match="nothing left of that change to undo"):
            office.records.undo(made.change_id)
        office.records.undo(undone.change_id)
        assert office.records.get(cls, made.uid) == replace(record, uid=made.uid)


def test_saving_what_is_stored_writes_nothing(estate: Estate) -> None:
    office, places = estate
    with office.place.desk.reading() as connection:
        rows = history.length(connection)
    for kind, cls in KINDS.items():
        same = office.records.save(office.records.get(cls, places[kind]))
        assert (same.touched, same.change_id, same.undoable) == (frozenset(), "", False)
    with office.place.desk.reading() as connection:
        assert history.length(connection) == rows


# --- any record at all -------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def lasting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Estate]:
    """One desk for many examples, each of which adds to it."""
    with DeskFile.create(tmp_path_factory.mktemp("lasting") / "a.s75desk") as desk:
        office = office_of(desk)
        yield office, fill_estate(office)


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=12)
@given(data=st.data())
def test_any_record_comes_back_equal_from_file_and_from_history(
    lasting: Estate, kind: str, data: st.DataObject
) -> None:
    office, places = lasting
    cls = KINDS[kind]
    record = data.draw(any_record(cls, places))
    for name, field in cls.fields().items():
        value = getattr(record, name)
        assert text_to_value(field, value_to_text(field, value)) == value
    with rolled_back(office) as repository:
        uid = data.draw(st.uuids()).hex
        repository.insert([replace(record, uid=uid)])
        assert repository.get(cls, uid) == replace(record, uid=uid)
        other = data.draw(any_record(cls, places))
        values = {name: getattr(other, name) for name in cls.fields()}
        if cls.SEALED:
            with pytest.raises(IntegrityError, match="never changed"):
                repository.update(kind, uid, values)
            return
        repository.update(kind, uid, values)
        assert repository.get(cls, uid) == replace(other, uid=uid)


class _RolledBack(Exception):
    pass


@contextmanager
def rolled_back(office: Office) -> Iterator[Repository]:
    try:
        with office.place.desk.writing() as connection:
            yield Repository(connection)
            raise _RolledBack
    except _RolledBack:
        pass


@settings(max_examples=30)
@given(data=st.data())
def test_whatever_was_revised_undo_brings_back(lasting: Estate, data: st.DataObject) -> None:
    """Through checks, history and search as an officer does it; of the same kind again and again."""
    office, places = lasting
    kind = data.draw(st.sampled_from(["milestone", "contribution", "measurement", "visit", "action", "decision"]))
    cls = KINDS[kind]
    before = office.records.get(cls, places[kind])
    after = replace(data.draw(any_record(cls, places)), uid=before.uid)
    if isinstance(after, Visit):
        assert isinstance(before, Visit)
        after = replace(after, amends=before.amends)  # else all of it would be refused
    try:
        made = office.records.revise(after)
    except Rejected:
        assert office.records.get(cls, before.uid) == before
        return
    assert office.records.get(cls, before.uid) == after
    if not made.change_id:
        assert after == before
        return
    undone = office.records.undo(made.change_id)
    assert office.records.get(cls, before.uid) == before
    office.records.undo(undone.change_id)
    assert office.records.get(cls, before.uid) == after
    assert chain_holds(office)


# --- refused -----------------------------------------------------------------------------------------------------

REQUIRED = [
    (kind, name)
    for kind, cls in KINDS.items()
    for name, field in cls.fields().items()
    if field.required and not field.parent
]
UNIQUE = [(kind, name) for kind, cls in KINDS.items() for name, field in cls.fields().items() if field.unique]


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


def test_an_extension_does_not_come_back_beside_another_of_its_number(estate: Estate) -> None:
    office, places = estate
    first = office.records.get(Extension, places["extension"])
    office.records.archive("extension", first.uid)
    office.records.create(Extension(agreement=first.agreement, number=first.number, months=12))
    with pytest.raises(Rejected, match="is already recorded"):
        office.records.restore("extension", first.uid)


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


# --- undo --------------------------------------------------------------------------------------------------------


def test_a_stale_undo_is_refused_in_words(office: Office) -> None:
    made = office.records.create(Agreement(title="Community equipment", notice_months=6))
    agreement = office.records.get(Agreement, made.uid)
    first = office.records.revise(replace(agreement, notice_months=12, title="Community equipment service"))
    office.records.revise(replace(office.records.get(Agreement, made.uid), notice_months=9))
    with pytest.raises(Rejected) as caught:
        office.records.undo(first.change_id)
    assert caught.value.field == "notice_months"
    assert caught.value.reason == "Notice of Community equipment service has been changed since. Change it by hand."
    kept = office.records.get(Agreement, made.uid)
    assert (kept.title, kept.notice_months) == ("Community equipment service", 9), "all of it is refused"


def test_a_stale_undo_of_archiving_is_refused_in_words(office: Office) -> None:
    uid = office.records.create(Action(title="Send the care plans")).uid
    gone = office.records.archive("action", uid)
    back = office.records.restore("action", uid)
    with pytest.raises(Rejected, match=r"^Send the care plans has been restored since\. "):
        office.records.undo(gone.change_id)
    office.records.archive("action", uid)
    for change in (gone, back):
        with pytest.raises(Rejected, match=r"^Send the care plans has been archived again since\. "):
            office.records.undo(change.change_id)


def test_undoing_a_creation_takes_what_was_put_under_it_since(office: Office) -> None:
    made = office.records.create(Agreement(title="Community equipment"))
    office.records.create(Milestone(agreement=made.uid, title="Sign"))
    kpi = office.records.create(Kpi(agreement=made.uid, title="Deliveries", measure=Measure.COUNT))
    office.records.create(Measurement(kpi=kpi.uid, ends=TODAY))
    before = everything(office)
    undone = office.records.undo(made.change_id)
    assert len(undone.touched) == 4
    assert all(record.archived_at for record in everything(office).values())
    office.records.undo(undone.change_id)
    assert everything(office) == before


def test_restoring_leaves_what_was_archived_before_where_it_is(office: Office) -> None:
    made = office.records.create(Agreement(title="Community equipment"))
    old = office.records.create(Forum(agreement=made.uid, name="Backlog group"))
    new = office.records.create(Forum(agreement=made.uid, name="Board"))
    office.records.archive("forum", old.uid)
    office.records.archive("agreement", made.uid)
    assert {uid for _, uid in office.records.restore("agreement", made.uid).touched} == {made.uid, new.uid}
    assert office.records.get(Forum, old.uid).archived_at is not None


def test_what_two_archived_records_own_is_archived_once(office: Office) -> None:
    agreement = office.records.create(Agreement(title="Community equipment")).uid
    kpi = office.records.create(Kpi(agreement=agreement, title="Deliveries", measure=Measure.COUNT)).uid
    due = office.records.create(KpiReturn(agreement=agreement, kpi=kpi, title="Quarter 3 return")).uid
    done = office.records.archive("agreement", agreement)
    rows = rows_of(office, done.change_id)
    assert sorted(row.uid for row in rows) == sorted([agreement, kpi, due])
    assert all((row.before, row.field) == (None, "archived_at") for row in rows)


def test_a_label_says_what_was_undone_however_often(office: Office) -> None:
    made = office.records.create(Action(title="Send the care plans. At once."))
    gone = office.records.archive("action", made.uid)
    assert gone.label == "Archived: Send the care plans. At once. Its history is kept."
    labels = []
    change = gone
    for _ in range(4):
        change = office.records.undo(change.change_id)
        labels.append(change.label)
    assert labels == [
        "Undone: Archived: Send the care plans. At once",
        "Done again: Archived: Send the care plans. At once",
        "Undone: Archived: Send the care plans. At once",
        "Done again: Archived: Send the care plans. At once",
    ]


# --- reading -----------------------------------------------------------------------------------------------------


def test_history_says_in_words_what_was_before_and_after(office: Office) -> None:
    council = office.records.create(Organisation(name="East Council"))
    nhs = office.records.create(Organisation(name="East ICB"))
    made = office.records.create(Agreement(title="Community equipment", kind=AgreementKind.GRANT, notice_months=6))
    party = office.records.create(Party(agreement=made.uid, organisation=council.uid, role=PartyRole.LEAD))
    office.records.revise(replace(office.records.get(Party, party.uid), organisation=nhs.uid, since=date(2024, 4, 1)))
    agreement = office.records.get(Agreement, made.uid)
    office.records.revise(
        replace(agreement, kind=AgreementKind.POOLED_FUND, notice_months=12, yearly_value=None, starts=date(2024, 4, 1))
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


def test_archived_records_are_told_newest_first(estate: Estate) -> None:
    office, places = estate
    for kind in ("milestone", "risk", "forum"):
        office.records.archive(kind, places[kind])
    assert [record.KIND for record in office.records.archived("forum", "milestone", "risk", "visit")] == [
        "forum", "risk", "milestone",
    ]  # fmt: skip


def test_what_an_area_adds_is_written_in_the_same_change(office: Office) -> None:
    class Careful(RecordService):
        def after_write(self, change, record):
            change.create(Action(title=f"Check {record.heading}"))

    made = Careful(office.place).create(Agreement(title="Community equipment"))
    assert made.kinds == {"agreement", "action"}
    office.records.undo(made.change_id)
    assert all(record.archived_at for record in everything(office).values())


def test_what_was_written_elsewhere_since_a_form_was_opened_stays(office: Office) -> None:
    began = Provider(name="Invented Care", note="As it was.")
    uid = office.records.create(began).uid
    began = office.records.get(Provider, uid)
    office.records.revise(replace(began, note="Written elsewhere.", postcode="PE1 1AA"))
    office.records.save(replace(began, name="Invented Care Limited", postcode=None), began)
    found = office.records.get(Provider, uid)
    assert (found.name, found.note, found.postcode) == ("Invented Care Limited", "Written elsewhere.", "PE1 1AA")
    office.records.save(replace(began, note="By the form."), began)
    assert office.records.get(Provider, uid).note == "By the form."
    with pytest.raises(NotFound):
        office.records.save(replace(began, uid="gone", note="x"), began)
