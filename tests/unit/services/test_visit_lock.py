"""What was signed stays as it is by any way round: another visit, undo, archive and restore, drafts from before."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from s75desk.domain.records import Service, VisitAnswer, VisitVersion
from s75desk.domain.visits.book import uid_for
from s75desk.models import drafts, history
from s75desk.models.desk_file import DeskFile
from s75desk.models.drafts import Draft
from s75desk.models.repository import Repository
from s75desk.services.office import Office
from s75desk.services.visit_content import fields_of
from tests.unit import rich_visit
from tests.unit.record_help import Clock, office_of
from tests.unit.rich_visit import RichVisit
from tests.unit.services import signed_attempts, visit_desks
from tests.unit.services.signed_attempts import REFUSED, Attempts, kept
from tests.unit.services.visit_desks import AT, signed_content

files, signed, tried = visit_desks.files, visit_desks.signed, signed_attempts.tried


# --- from one visit to another ------------------------------------------------------------------------------------


def test_nothing_moves_into_a_signed_visit_or_out_of_it(tried: Attempts) -> None:
    records, visiting = tried.office.records, tried.office.visiting
    for record in tried.locked:
        out = replace(record, visit=tried.other)
        tried.refused(lambda one=out: records.revise(one), f"{record.KIND} out by a form")
        for visit in (tried.visit, tried.other):
            with pytest.raises((ValueError, *REFUSED)):
                visiting.keep(visit, settled=[out])
            tried.check(f"{record.KIND} out by visit mode")
    theirs = tried.office.visiting.book(tried.other)
    for record in (*theirs.answers.values(), *theirs.photos):
        into = replace(record, visit=tried.visit)
        tried.refused(lambda one=into: records.revise(one), f"{record.KIND} in by a form")
        tried.refused(lambda one=into: visiting.keep(tried.visit, settled=[one]), f"{record.KIND} in by visit mode")
    version = replace(tried.version, visit=tried.other)
    tried.refused(lambda: records.revise(version), "the version")


# --- undo ---------------------------------------------------------------------------------------------------------


def fresh(path: Path, folder: Path) -> DeskFile:
    target = folder / "again.s75desk"
    target.unlink(missing_ok=True)
    shutil.copyfile(path, target)
    return DeskFile.open(target)


def later_office(desk: DeskFile) -> Office:
    """An office whose clock goes on after everything that is in the desk."""
    office = office_of(desk)
    clock = office.place.now
    assert isinstance(clock, Clock)
    clock.time = clock.time.replace(year=2027)
    return office


def test_undoing_what_was_done_before_signing_changes_nothing_signed(
    files: dict[str, tuple[Path, RichVisit]], tmp_path: Path
) -> None:
    path, visit = files["signed"]
    with fresh(path, tmp_path) as desk:
        office = office_of(desk)
        before = kept(office, visit.uid)
        with desk.reading() as connection:
            changes = list(dict.fromkeys(entry.change_id for entry in history.latest(connection, 10_000)))
    done = 0
    for change in changes:
        with fresh(path, tmp_path) as desk:
            office = later_office(desk)
            try:
                undone = office.records.undo(change)
            except REFUSED:
                assert kept(office, visit.uid) == before
                continue
            done += 1
            assert kept(office, visit.uid) == before, undone.label
            office.records.undo(undone.change_id)
            assert kept(office, visit.uid) == before, undone.label
            assert office.checks.check().sound
    assert done, "no change could be undone: nothing was tried"


def test_undo_is_tried_once_more_with_the_visit_archived(
    files: dict[str, tuple[Path, RichVisit]], tmp_path: Path
) -> None:
    """While the whole visit is put away, no part of it comes back or goes by itself."""
    path, visit = files["signed"]
    with fresh(path, tmp_path) as desk:
        office = later_office(desk)
        before = kept(office, visit.uid)
        with desk.reading() as connection:
            changes = list(dict.fromkeys(entry.change_id for entry in history.latest(connection, 10_000)))
        office.records.archive("visit", visit.uid)
        for change in changes:
            try:
                undone = office.records.undo(change)
            except REFUSED:
                continue
            office.records.undo(undone.change_id)
            assert signed_content(office, visit.uid) == before[0], undone.label
        office.records.restore("visit", visit.uid)
        assert kept(office, visit.uid) == before


# --- archive and restore ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "kinds", [["visit"], ["service"], ["provider"], ["visit", "service", "provider"], ["question_set"]]
)
def test_a_signed_visit_goes_and_comes_back_whole(tried: Attempts, kinds: list[str]) -> None:
    service = tried.office.records.get(Service, tried.book.visit.service)
    uids = {
        "visit": tried.visit,
        "service": service.uid,
        "provider": service.provider,
        "question_set": tried.book.visit.question_set or "",
    }
    said = tried.office.visiting.version(tried.visit, 1)
    for kind in kinds:
        tried.office.records.archive(kind, uids[kind])
        tried.check(f"{kind} archived")
    if kinds != ["question_set"]:
        assert tried.office.records.get(VisitVersion, tried.version.uid).archived_at is not None
        archived = tried.office.visiting.open(tried.visit)
        assert (archived.book.locked, [version.number for version in archived.book.versions]) == (True, [1])
    assert tried.office.visiting.version(tried.visit, 1) == said, "what was signed can still be read"
    for kind in reversed(kinds):
        tried.office.records.restore(kind, uids[kind])
    assert tried.office.visiting.book(tried.visit) == tried.book
    assert tried.office.records.get(VisitVersion, tried.version.uid).archived_at is None


def test_archiving_by_undo_brings_it_back_whole(tried: Attempts) -> None:
    archived = tried.office.records.archive("visit", tried.visit)
    back = tried.office.records.undo(archived.change_id)
    assert tried.office.visiting.book(tried.visit) == tried.book
    tried.office.records.undo(back.change_id)
    tried.check("archived again")
    tried.office.archive.restore_all([("visit", tried.visit)])
    assert tried.office.visiting.book(tried.visit) == tried.book


def test_nothing_is_done_to_the_parts_of_an_archived_signed_visit(tried: Attempts) -> None:
    records, visiting = tried.office.records, tried.office.visiting
    records.archive("visit", tried.visit)
    for record in tried.locked:
        tried.refused(lambda one=record: records.restore(one.KIND, one.uid), f"restore {record.KIND} alone")
        tried.refused(lambda one=record: visiting.keep(tried.visit, settled=[one]), f"settle {record.KIND}")
        tried.refused(lambda one=record: visiting.keep(tried.visit, removed=[one]), f"remove {record.KIND}")
        tried.refused(lambda one=record: records.create(replace(one, uid="")), f"create {record.KIND}")
        tried.harmless(lambda one=record: records.archive(one.KIND, one.uid), f"archive {record.KIND} again")
        for name, other in tried.changed(record):
            tried.refused(lambda one=other: records.revise(one), f"{record.KIND}.{name}")
    tried.refused(lambda: records.restore("visit_version", tried.version.uid), "restore the version alone")
    tried.refused(lambda: visiting.amend(tried.visit, "A reason."), "amend")
    wanted = [(record.KIND, record.uid) for record in tried.locked]
    tried.refused(lambda: tried.office.archive.restore_all(wanted), "restore parts alone")
    tried.office.archive.restore_all([*wanted, ("visit", tried.visit)])
    assert visiting.book(tried.visit) == tried.book


# --- drafts, and versions -----------------------------------------------------------------------------------------


def test_drafts_from_before_the_signing_change_nothing(tried: Attempts) -> None:
    """A draft that was left, by whatever way, is not offered, and does not find its way into a signed visit."""
    other = replace(tried.book.answer("8.3"), rating=4, seen="Other words")
    with tried.office.place.desk.writing() as connection:
        key = f"visiting:{tried.visit}:{other.uid}"
        drafts.keep(connection, key, Draft(other.KIND, other.uid, fields_of(other), AT))
    found = tried.office.visiting.open(tried.visit)
    assert (found.unsettled, found.book) == ((), tried.book)
    tried.refused(lambda: tried.office.visiting.finish(tried.visit), "finish")


def test_a_visit_has_one_version_of_each_number(tried: Attempts) -> None:
    rich_visit.amend(tried.office, RichVisit(tried.visit, tried.book.visit.service, ()))
    with tried.office.place.desk.reading() as connection:
        found = Repository(connection).all(VisitVersion, visit=tried.visit, order=("number",))
    assert [version.number for version in found] == [1, 2]
    assert [version.uid for version in found] == [uid_for(tried.visit, "version", str(n)) for n in (1, 2)]
    tried.before = kept(tried.office, tried.visit)


def test_an_answer_that_is_not_of_a_signed_visit_can_be_changed(tried: Attempts) -> None:
    """The lock is of one visit: what is refused above is not refused everywhere."""
    answer = tried.office.visiting.book(tried.other).answer("8.3")
    tried.office.records.revise(replace(answer, rating=1))
    assert tried.office.records.get(VisitAnswer, answer.uid).rating == 1
