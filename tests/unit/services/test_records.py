"""Every kind of record, through the one service that writes it: created, revised, archived, restored, undone."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from s75desk.domain.errors import NotFound, Rejected
from s75desk.domain.field_text import text_to_value, value_to_text
from s75desk.domain.records import KINDS, Action, Agreement, DatedValue, Extension, PriorGrading, Provider, Record
from s75desk.models import history
from s75desk.models.desk_file import DeskFile
from s75desk.models.headings import heading_of
from s75desk.models.repository import Repository
from s75desk.services.office import Office
from s75desk.services.records import RecordService
from tests.unit.record_help import SEALED, WHO, WRITABLE, fill_estate, office_of, record_of, value_of
from tests.unit.services.desk_contents import Estate, chain_holds, everything, rows_of

BY_ITS_SERVICE = {("visit", "amends")}
"""Fields that only the service they belong to writes."""

KEPT = ("visit", "question_set")
"""Stays once the visit has answers, as this one has; the tests of visits hold that."""


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


# --- each kind ----------------------------------------------------------------------------------------------------


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
            assert office.records.stored(cls, places[kind]) == replace(record_of(cls, known), uid=places[kind])
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
        # A day that came, or a note, may keep what was known until then as values from a day.
        touched = {found for found in made.touched if found[0] != DatedValue.KIND or kind == DatedValue.KIND}
        assert (touched, made.uid, made.undoable) == ({(kind, first.uid)}, first.uid, True)
        (row,) = (row for row in rows_of(office, made.change_id) if row.uid == first.uid)
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


# --- saving -------------------------------------------------------------------------------------------------------


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
