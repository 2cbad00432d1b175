"""Notes print unless they are private; those of an older desk stay private until someone has decided on each."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from s75desk.domain.records import KINDS, Agreement, Milestone, Risk, Sourced
from s75desk.models.desk_file import DeskFile
from s75desk.models.repository import Repository
from s75desk.services.notes import noted_kinds
from s75desk.services.office import Office
from tests.unit.models.desk_help import OLD_DESK
from tests.unit.record_help import office_of


@pytest.fixture
def older(tmp_path: Path) -> Iterator[Office]:
    path = tmp_path / "older.s75desk"
    shutil.copyfile(OLD_DESK.with_name("schema-0004.s75desk"), path)
    with DeskFile.open(path, backups=tmp_path / "backups") as desk:
        yield office_of(desk, date(2026, 3, 3))


def _noted(office: Office) -> list[Sourced]:
    with office.place.desk.reading() as connection:
        repository = Repository(connection)
        return [r for cls in KINDS.values() for r in repository.all(cls) if isinstance(r, Sourced) and r.notes]


def test_every_note_of_an_older_desk_is_private_and_waits(older: Office) -> None:
    noted = _noted(older)
    assert noted
    assert [record for record in noted if record.printed_notes] == []
    paper = {cls.KIND for cls in noted_kinds()}
    waiting = {(note.kind, note.uid) for note in older.notes.waiting()}
    assert waiting == {(record.KIND, record.uid) for record in noted if record.KIND in paper}
    assert older.notes.count() == len(waiting)
    assert older.checks.check().sound


def test_a_decided_note_prints_or_not_and_waits_no_longer_until_that_is_undone(older: Office) -> None:
    first, second, *rest = older.notes.waiting()
    older.notes.decide([(first.kind, first.uid)], prints=True)
    changes = older.notes.decide([(second.kind, second.uid)], prints=False)
    assert older.notes.waiting() == tuple(rest)
    records = {note.uid: older.records.get(KINDS[note.kind], note.uid) for note in (first, second)}
    assert [bool(record.printed_notes) for record in records.values() if isinstance(record, Sourced)] == [True, False]
    older.records.undo(changes.change_id)
    assert older.notes.waiting() == (second, *rest)


def test_all_that_are_left_can_be_decided_at_once_and_then_none_is_offered(older: Office) -> None:
    older.notes.decide([(note.kind, note.uid) for note in older.notes.waiting()], prints=False)
    assert older.notes.count() == 0


def test_a_new_note_prints_also_on_a_record_of_an_older_desk(older: Office) -> None:
    with older.place.desk.reading() as connection:
        risk = next(r for r in Repository(connection).all(Risk) if not r.notes)
    assert risk.private is None
    older.records.revise(replace(risk, note="The trust bears the cost."), risk)
    assert older.records.get(Risk, risk.uid).printed_notes == ("The trust bears the cost.",)


def test_a_note_of_a_new_record_prints_unless_it_is_marked(office: Office) -> None:
    agreement = office.records.create(Agreement(title="Equipment"))
    milestone = Milestone(agreement=agreement.uid, title="Signed", note="Month only.")
    assert milestone.printed_notes == ("Month only.",)
    assert replace(milestone, private=True).printed_notes == ()
    assert office.notes.count() == 0


def test_an_export_says_of_each_note_whether_it_is_private_and_what_is_inferred(older: Office) -> None:
    first, *_ = older.notes.waiting()
    older.notes.decide([(first.kind, first.uid)], prints=False)
    sheet = older.exports.table(first.kind)
    place = sheet.headings.index("Note is private")
    assert "Inferred, and why" in sheet.headings
    said = {row[0]: row[place] for row in sheet.rows}
    assert said[first.uid] == "Yes"
    assert "Not decided" in said.values() or len(said) == 1
