"""No way in changes what was signed: every service, every field, every turn of archive and undo, and the command line.

A visit with a record of every kind is signed. Then everything is tried that writes, and after each attempt the signed
version, its content and the records it was made of are the same to the last byte.
"""

from __future__ import annotations

import ast
import inspect
import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import replace
from datetime import date
from functools import cached_property
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlcipher3 import dbapi2

from s75desk.__main__ import VERBS, main
from s75desk.domain.agreement_entry import AgreementEntry
from s75desk.domain.errors import DeskError, Rejected
from s75desk.domain.records import (
    Action,
    Document,
    Provider,
    QuestionSet,
    Rating,
    Record,
    Service,
    Visit,
    VisitAnswer,
    VisitPhoto,
    VisitSignature,
    VisitVersion,
)
from s75desk.domain.records.briefing import BriefingKind
from s75desk.domain.records.visit import VisitStage
from s75desk.domain.records.visit_work import Party
from s75desk.domain.visits.book import VisitBook, uid_for
from s75desk.models import backup as backups
from s75desk.models import drafts, history, restore
from s75desk.models.cipher import connect
from s75desk.models.desk_file import DeskFile
from s75desk.models.drafts import Draft
from s75desk.models.passphrase import change_passphrase
from s75desk.models.repository import Repository
from s75desk.models.tables import TABLES
from s75desk.services.briefings import VisitWish
from s75desk.services.office import Office
from s75desk.services.question_sets import house_set
from s75desk.services.signing_lock import LOCKED_WITH_VISIT
from s75desk.services.visit_content import fields_of
from tests.unit import rich_visit
from tests.unit.models.desk_help import ROOT
from tests.unit.record_help import TODAY, Clock, office_of, value_of
from tests.unit.rich_visit import RichVisit
from tests.unit.services import visit_desks
from tests.unit.services.visit_desks import AT, Planned, desk_of, everything, locked_now, sign, signed_content

files, signed = visit_desks.files, visit_desks.signed

REFUSED = (Rejected, DeskError)

Kept = tuple[list[tuple[Any, ...]], str]


def kept(office: Office, visit: str) -> Kept:
    """Everything that must stay: versions with their bytes, and the records they were made of."""
    return signed_content(office, visit), locked_now(office, visit)


class Attempts:
    """Tries things on a signed visit and looks each time whether it is still what was signed.

    Attributes:
        book: The visit as it was signed.
        other: Uid of another visit to the same service, which is not signed and has an answer and a photo of its own.
        places: Other records that a reference may name, by kind.
    """

    def __init__(self, office: Office, visit: RichVisit) -> None:
        self.office = office
        self.visit = visit.uid
        plan = office.records.get(Visit, visit.uid)
        self.other = office.records.create(
            Visit(service=plan.service, planned=date(2026, 5, 1), question_set=plan.question_set)
        ).uid
        theirs = office.visiting.book(self.other)
        photo = VisitPhoto(uid="photo-other", visit=self.other, question="8.3")
        office.visiting.keep(self.other, settled=[replace(theirs.answer("8.3"), rating=4)])
        office.visiting.attach(photo, b"picture", b"small")
        provider = office.records.create(Provider(name="Another company")).uid
        service = office.records.create(Service(provider=provider, name="Another house")).uid
        action = office.records.create(Action(title="Another action", service=service)).uid
        self.places = {"visit": self.other, "provider": provider, "service": service, "action": action}
        self.book: VisitBook = office.visiting.book(visit.uid)
        self.before = kept(office, visit.uid)

    def refused(self, do: Callable[[], object], what: str = "") -> None:
        """It has to be refused in words, and nothing at all is written."""
        rows = everything(desk_of(self.office))
        with pytest.raises(REFUSED):
            raise_or_return(do, what)
        assert everything(desk_of(self.office)) == rows, what

    def harmless(self, do: Callable[[], object], what: str = "") -> None:
        """Refused or not: what was signed is what it was."""
        with suppress(*REFUSED):
            do()
        self.check(what)

    def check(self, what: str = "") -> None:
        assert kept(self.office, self.visit) == self.before, f"what was signed has been changed: {what}"

    @property
    def locked(self) -> list[Record]:
        """One record of every kind that is locked with a visit."""
        found: dict[str, Record] = {}
        for record in self.book.records():
            if record.KIND in LOCKED_WITH_VISIT:
                found.setdefault(record.KIND, record)
        assert set(found) == LOCKED_WITH_VISIT, "the signed visit lacks a kind"
        return list(found.values())

    @property
    def version(self) -> VisitVersion:
        return self.book.versions[0]

    def changed(self, record: Record) -> Iterator[tuple[str, Record]]:
        """The record with one field changed, for each of its fields; by the name of the field."""
        for name, field in record.fields().items():
            for which in (0, 1):
                value = value_of(type(record), field, which, self.places)
                if value != getattr(record, name) and not (value is None and field.required):
                    yield name, replace(record, **{name: value})
            if not field.required and getattr(record, name) is not None:
                yield name, replace(record, **{name: None})


def raise_or_return(do: Callable[[], object], what: str) -> None:
    do()
    raise AssertionError(f"not refused: {what}")


@pytest.fixture
def tried(signed: Planned) -> Iterator[Attempts]:
    office, visit = signed
    attempts = Attempts(office, visit)
    yield attempts
    attempts.check("by now")


# --- every service, every method ----------------------------------------------------------------------------------

READING = {
    "ActionService": {"overdue", "page", "rows"},
    "AgreementService": {"by_reference", "dossier", "dossiers", "rows", "terms"},
    "ArchiveService": {"rows"},
    "BriefingService": {"bytes_of", "make", "of", "rows", "sections"},
    "CheckService": {"check"},
    "DocumentService": {"bytes_of"},
    "ExportService": {"table", "write"},
    "FinderService": {"find"},
    "KpiService": {"page", "rows", "uids", "waiting_returns"},
    "OrganisationService": {"page", "rows"},
    "OverviewService": {"complete", "read", "start", "work_out"},
    "ProviderService": {"page", "rows"},
    "QuestionSetService": {"body", "page", "rows"},
    "RecordService": {"archived", "choices", "draft", "get", "history", "lookup", "surroundings"},
    "VisitService": {"overdue", "page", "plan", "planning", "question_sets", "rows"},
    "VisitingService": {
        "book", "compare", "content", "described", "open", "picture", "rater", "read_photo", "version",
    },
}  # fmt: skip
"""Methods that write nothing into a desk; ``test_reading_methods_do_not_write`` holds them to it."""


def _agreement(tried: Attempts) -> None:
    tried.harmless(lambda: tried.office.agreements.enter(AgreementEntry(title="Another")))


def _archive(tried: Attempts) -> None:
    archive = tried.office.archive
    parts = [(record.KIND, record.uid) for record in tried.locked]
    for wanted in (
        [],
        *[[part] for part in parts],
        parts,
        [("visit_version", tried.version.uid)],
        [("visit", tried.visit)],
    ):
        tried.harmless(lambda wanted=wanted: archive.restore_all(wanted), str(wanted))


def _actions(name: str) -> Callable[[Attempts], None]:
    def attempt(tried: Attempts) -> None:
        for action in (*tried.book.actions, *tried.book.prior):
            tried.harmless(lambda uid=action.uid: getattr(tried.office.actions, name)(uid), name)

    return attempt


def _file(tried: Attempts) -> None:
    briefings = tried.office.briefings
    for kind in (BriefingKind.FEEDBACK_SHEET, BriefingKind.VISIT_REPORT):
        made = briefings.make(VisitWish(tried.visit, kind, TODAY))
        tried.harmless(lambda made=made: briefings.file(made, "printed"), kind.value)


def _save_as(tried: Attempts) -> None:
    briefings = tried.office.briefings
    made = briefings.make(VisitWish(tried.visit, BriefingKind.FEEDBACK_SHEET, TODAY))
    file = desk_of(tried.office).path.with_name("sheet.pdf")
    tried.harmless(lambda: briefings.save_as(made, file))
    assert file.read_bytes() == made.data


def _attach_document(tried: Attempts) -> None:
    paper = desk_of(tried.office).path.with_name("paper.txt")
    paper.write_text("A paper about the visit")
    tried.harmless(lambda: tried.office.documents.attach(Document(visit=tried.visit, title="Paper"), paper))
    tried.harmless(lambda: tried.office.documents.attach(Document(uid=tried.version.uid, title="Paper"), paper))


def _question_sets(tried: Attempts) -> None:
    sets = tried.office.question_sets
    used = tried.office.records.get(Visit, tried.visit).question_set or ""
    tried.refused(lambda: sets.house(), "house")
    tried.harmless(lambda: sets.ready(), "ready")
    tried.harmless(lambda: sets.load(replace(house_set(), version="2")), "load")
    tried.refused(lambda: sets.load(house_set()), "load again")
    tried.refused(lambda: sets.enter_version(QuestionSet(title="Ours", version="9"), used), "enter_version")


def _create(tried: Attempts) -> None:
    for record in tried.locked:
        for uid in ("", "fresh", record.uid):
            tried_again = replace(record, uid=uid)
            if uid == record.uid:
                # The same uid twice is no way in: the table refuses it, whatever the lock says.
                with pytest.raises((*REFUSED, DBAPIError)):
                    tried.office.records.create(tried_again)
                tried.check("create with a uid that is there")
            else:
                tried.refused(lambda one=tried_again: tried.office.records.create(one), f"create {record.KIND}")
    for version in (replace(tried.version, uid=""), replace(tried.version, uid="", number=2)):
        tried.refused(lambda one=version: tried.office.records.create(one), "create a version")
    tried.harmless(lambda: tried.office.records.create(Action(title="Raised later", visit=tried.visit)), "an action")
    ours = Rating(service=tried.book.visit.service, scheme=None)
    tried.harmless(lambda: tried.office.records.create(ours), "a rating")


def _revise(tried: Attempts) -> None:
    _write_fields(tried, tried.office.records.revise)


def _save(tried: Attempts) -> None:
    _write_fields(tried, tried.office.records.save)
    for record in tried.locked:
        tried.refused(lambda one=record: tried.office.records.save(replace(one, uid="")), "save as new")


def _write_fields(tried: Attempts, write: Callable[[Record], object]) -> None:
    for record in tried.locked:
        for name, other in tried.changed(record):
            tried.refused(lambda one=other: write(one), f"{record.KIND}.{name}")
    for name, other in tried.changed(tried.version):
        tried.refused(lambda one=other: write(one), f"version.{name}")
    for name, other in tried.changed(tried.office.records.get(Visit, tried.visit)):
        if name == "stage" and other.stage in (VisitStage.DRAFT, VisitStage.FINAL):  # type: ignore[attr-defined]
            tried.harmless(lambda one=other: write(one), "the report goes on")
        else:
            tried.refused(lambda one=other: write(one), f"visit.{name}")
    for action in (*tried.book.actions, *tried.book.prior):
        for name, other in tried.changed(action):
            tried.harmless(lambda one=other: write(one), f"action.{name}")


def _hide(name: str) -> Callable[[Attempts], None]:
    def attempt(tried: Attempts) -> None:
        do = getattr(tried.office.records, name)
        for record in (*tried.locked, tried.version):
            if name == "archive":
                tried.refused(lambda one=record: do(one.KIND, one.uid), f"{name} {record.KIND}")
            else:
                tried.harmless(lambda one=record: do(one.KIND, one.uid), f"{name} {record.KIND}")

    return attempt


def _undo(tried: Attempts) -> None:
    with tried.office.place.desk.reading() as connection:
        changes = list(dict.fromkeys(entry.change_id for entry in history.latest(connection, 10_000)))
    for change in [*changes, "gone"]:
        tried.harmless(lambda one=change: tried.office.records.undo(one), "undo")
        if tried.office.records.get(Visit, tried.visit).archived_at is not None:
            raise AssertionError("see test_undoing_what_was_done_before_signing")


def _drafts(tried: Attempts) -> None:
    records = tried.office.records
    for record in (*tried.locked, tried.book.visit, tried.version):
        tried.harmless(lambda one=record: records.keep_draft(one.KIND, one.uid, "", fields_of(one)), "keep_draft")
        tried.harmless(lambda one=record: records.keep_draft(one.KIND, "", tried.visit, fields_of(one)), "keep_draft")


def _drop_draft(tried: Attempts) -> None:
    for record in (*tried.locked, tried.book.visit):
        tried.harmless(lambda one=record: tried.office.records.drop_draft(one.KIND, one.uid, ""), "drop_draft")


def _start(tried: Attempts) -> None:
    tried.harmless(lambda: tried.office.visiting.start(tried.visit), "start")


def _leave(tried: Attempts) -> None:
    tried.harmless(lambda: tried.office.visiting.leave(tried.visit), "leave")


def _keep(tried: Attempts) -> None:
    keep, stored = tried.office.visiting.keep, tried.office.records.get(Visit, tried.visit)
    for record in (*tried.book.records(), *tried.book.prior):
        if record.KIND == Action.KIND and record.uid not in {one.uid for one in tried.book.actions}:
            continue
        for put in ("settled", "typed", "removed"):
            tried.refused(lambda one=record, put=put: keep(tried.visit, **{put: [one]}), f"{put} {record.KIND}")
    for record in tried.locked:
        for name, other in tried.changed(record):
            if name != "visit":
                tried.refused(lambda one=other: keep(tried.visit, settled=[one]), f"keep {record.KIND}.{name}")
    tried.refused(lambda: keep(tried.visit, settled=[replace(stored, comment="Other words")]), "keep the comment")
    late = Action(uid="late", title="Late", visit=tried.visit)
    photo = VisitPhoto(uid="photo-other", visit=tried.visit)
    for put in ({"settled": [late]}, {"typed": [late]}, {"settled": [photo]}, {"removed": [late]}):
        tried.refused(lambda put=put: keep(tried.visit, **put), str(put))
    tried.refused(lambda: keep(tried.visit, settled=[late], place="8.3"), "keep with a place")
    tried.harmless(lambda: keep(tried.visit, place="8.3"), "keep a place alone")
    # Half of a keep is for a visit that is open, half for the signed one: nothing of either is written.
    mine = replace(tried.office.visiting.book(tried.other).answer("8.4"), rating=2)
    with pytest.raises(ValueError, match="is not of this visit"):
        keep(tried.other, settled=[mine, replace(tried.locked[0], note="x")])
    tried.check("keep for another visit")


def _attach(tried: Attempts) -> None:
    attach = tried.office.visiting.attach
    for uid in ("", "fresh", tried.book.photos[0].uid, "photo-other"):
        photo = VisitPhoto(uid=uid, visit=tried.visit, question="8.3")
        tried.refused(lambda one=photo: attach(one, b"other picture", b"other small"), f"attach {uid}")


def _finish(tried: Attempts) -> None:
    tried.refused(lambda: tried.office.visiting.finish(tried.visit), "finish")
    tried.refused(lambda: tried.office.visiting.finish(tried.visit, tried.book), "finish what is shown")


def _sign(tried: Attempts) -> None:
    def sign_by_hand() -> None:
        with tried.office.place.change("Signed by hand") as change:
            tried.office.visiting.sign(change, tried.visit, AT, TODAY)

    tried.refused(sign_by_hand, "sign")


def _given(signature: VisitSignature) -> dict[str, Any]:
    return {name: getattr(signature, name) for name in ("strokes", "signed", "note")}


def _amend(tried: Attempts) -> None:
    """Amending is what a signed visit is opened with: the version stays, the records may then be changed."""
    tried.refused(lambda: tried.office.visiting.amend(tried.visit, ""), "amend without a reason")
    tried.office.visiting.amend(tried.visit, "To be sure.")
    assert signed_content(tried.office, tried.visit) == tried.before[0]
    book = tried.office.visiting.book(tried.visit)
    again = [replace(book.signature(party), **_given(tried.book.signature(party))) for party in Party]
    tried.office.visiting.keep(tried.visit, settled=[book.stamped(signature) for signature in again])
    tried.office.visiting.finish(tried.visit)
    ours = kept(tried.office, tried.visit)
    assert ours[0][0] == tried.before[0][0]
    assert _without_fingerprints(ours[1]) == _without_fingerprints(tried.before[1])
    tried.before = ours


def _without_fingerprints(locked: str) -> dict[str, Any]:
    """What is locked, without what the signatures were given for: at the first the day of the visit was not noted."""
    found: dict[str, Any] = json.loads(locked)
    for signature in found["signatures"]:
        del signature["content"]
    return found


def _withdraw(tried: Attempts) -> None:
    """Of a signed visit there is nothing to withdraw; of one that is being amended, all that was changed."""
    tried.refused(lambda: tried.office.visiting.withdraw(tried.visit), "withdraw without an amendment")
    rating = tried.locked[0]
    tried.office.visiting.amend(tried.visit, "To be sure.")
    assert isinstance(rating, VisitAnswer)
    tried.office.visiting.keep(tried.visit, settled=[replace(rating, rating=1, seen="Other words.")])
    assert signed_content(tried.office, tried.visit) == tried.before[0]
    tried.office.visiting.withdraw(tried.visit)


def _nothing(tried: Attempts) -> None:
    with tried.office.place.change("Hooks") as change:
        tried.office.records.after_write(change, tried.book.visit)


WRITING: dict[str, Callable[[Attempts], None]] = {
    "ActionService.mark_done": _actions("mark_done"),
    "ActionService.reopen": _actions("reopen"),
    "ActionService.verify": _actions("verify"),
    "AgreementService.enter": _agreement,
    "ArchiveService.restore_all": _archive,
    "BriefingService.file": _file,
    "BriefingService.save_as": _save_as,
    "DocumentService.attach": _attach_document,
    "QuestionSetService.enter_version": _question_sets,
    "QuestionSetService.house": _question_sets,
    "QuestionSetService.load": _question_sets,
    "QuestionSetService.ready": _question_sets,
    "RecordService.after_write": _nothing,
    "RecordService.archive": _hide("archive"),
    "RecordService.create": _create,
    "RecordService.drop_draft": _drop_draft,
    "RecordService.keep_draft": _drafts,
    "RecordService.restore": _hide("restore"),
    "RecordService.revise": _revise,
    "RecordService.save": _save,
    "VisitingService.amend": _amend,
    "VisitingService.attach": _attach,
    "VisitingService.finish": _finish,
    "VisitingService.keep": _keep,
    "VisitingService.leave": _leave,
    "VisitingService.sign": _sign,
    "VisitingService.start": _start,
    "VisitingService.withdraw": _withdraw,
}
"""What is tried on a signed visit by every method that may write. ``RecordService.undo`` has tests of its own below."""

UNDO = "RecordService.undo"


def services(office: Office) -> dict[str, object]:
    """Every service of an office, by its name there; what is none is passed over by its type."""
    names = [name for name, value in vars(Office).items() if isinstance(value, cached_property)]
    found = {name: getattr(office, name) for name in names}
    return {name: one for name, one in found.items() if type(one).__module__.startswith("s75desk.services.")}


def methods(office: Office) -> dict[str, Callable[..., Any]]:
    """Every public method of every service, by the class that defines it."""
    found = {}
    for service in services(office).values():
        for name, method in inspect.getmembers(service, callable):
            if not name.startswith("_") and inspect.ismethod(method):
                found[method.__func__.__qualname__] = method
    return found


def test_every_method_of_every_service_is_known_to_read_or_is_tried(office: Office) -> None:
    """A new method has to be given its place above: among those that read, or with an attempt on a signed visit."""
    reading = {f"{service}.{name}" for service, names in READING.items() for name in names}
    assert not reading & WRITING.keys()
    assert set(methods(office)) == reading | WRITING.keys() | {UNDO}
    assert len(services(office)) >= 15


@pytest.mark.parametrize("name", WRITING)
def test_no_method_of_a_service_changes_what_was_signed(tried: Attempts, name: str) -> None:
    WRITING[name](tried)
    tried.check(name)
    assert tried.office.checks.check().sound


def test_reading_methods_do_not_write(office: Office) -> None:
    """A method that opens a change, or a connection for writing, is none that reads."""
    reading = {f"{service}.{name}" for service, names in READING.items() for name in names}
    for name, method in methods(office).items():
        if name in reading:
            opens = {
                node.attr
                for node in ast.walk(ast.parse(dedent(inspect.getsource(method))))
                if isinstance(node, ast.Attribute)
            } & {"change", "writing"}
            assert not opens, f"{name} writes"


def test_only_the_writer_writes_records_and_only_signing_opens_the_lock() -> None:
    """The lock stands in the writer: what went round the writer would go round the lock."""
    inserting, opening = set(), set()
    for path in sorted((ROOT / "s75desk").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
                continue
            on = node.func.value
            name = on.attr if isinstance(on, ast.Attribute) else getattr(on, "id", "")
            if node.func.attr in ("insert", "update") and name in ("records", "repository", "_records", "_repository"):
                inserting.add(path.name)
            if node.func.attr == "open" and name == "signing":
                opening.add(path.name)
    assert inserting == {"writer.py"}
    assert opening == {"visit_signing.py", "visit_withdrawal.py"}


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


# --- while it is amended, and the second version ------------------------------------------------------------------


def test_while_a_visit_is_amended_its_version_stays(tried: Attempts) -> None:
    tried.office.visiting.amend(tried.visit, "The chart was found.")
    before, records = signed_content(tried.office, tried.visit), tried.office.records
    assert before == tried.before[0]
    answer = tried.book.answer("8.3")
    records.revise(replace(answer, rating=4))
    tried.office.visiting.keep(tried.visit, removed=[tried.book.photos[0], tried.book.actions[0]])
    for do in (
        lambda: records.revise(replace(tried.version, overall="Excellent")),
        lambda: records.archive("visit_version", tried.version.uid),
        lambda: records.create(replace(tried.version, uid="", number=2)),
        lambda: records.revise(replace(records.get(Visit, tried.visit), amends=None)),
        lambda: records.revise(replace(records.get(Visit, tried.visit), amends=7)),
    ):
        with pytest.raises(Rejected):
            do()
    assert signed_content(tried.office, tried.visit) == before
    sign(tried.office, tried.visit)
    assert signed_content(tried.office, tried.visit)[0] == before[0]
    tried.before = kept(tried.office, tried.visit)
    _write_fields(tried, records.revise)
    _keep(tried)


def test_drafts_from_before_the_signing_change_nothing(tried: Attempts) -> None:
    """A draft that was left, by whatever way, is not offered, and does not find its way into a signed visit."""
    other = replace(tried.book.answer("8.3"), rating=4, seen="Other words")
    with tried.office.place.desk.writing() as connection:
        key = f"visiting:{tried.visit}:{other.uid}"
        drafts.keep(connection, key, Draft(other.KIND, other.uid, fields_of(other), AT))
    found = tried.office.visiting.open(tried.visit)
    assert (found.unsettled, found.book) == ((), tried.book)
    tried.refused(lambda: tried.office.visiting.finish(tried.visit), "finish")


# --- the command line ---------------------------------------------------------------------------------------------

COMMANDS: dict[str, list[list[str]]] = {
    "new": [["DESK"], ["DESK", "--sample"]],
    "brief": [
        ["sheet", "--desk", "DESK", "--visit", "VISIT", "-o", "OUT.pdf"],
        ["report", "--desk", "DESK", "--visit", "VISIT", "--version", "1", "-o", "OUT.pdf"],
        ["sheet", "--desk", "DESK", "--visit", "VISIT", "-o", "DESK"],
    ],
    "export": [
        *(["visit", "--desk", "DESK", "-o", "OUT.csv"],),
        *(["action", "--desk", "DESK", "-o", "OUT.xlsx"],),
        *(["visit", "--desk", "DESK", "-o", "DESK"],),
    ],
    "check": [["DESK"], ["DESK", "--json"]],
    "backup": [["DESK"], ["DESK", "-o", "COPY"], ["DESK", "-o", "DESK"]],
    "restore": [["COPY", "-o", "DESK"]],
}
"""Everything that each verb can do to a desk; COPY is a backup made before."""


def test_every_verb_of_the_command_line_is_tried() -> None:
    assert set(COMMANDS) == set(VERBS)


@pytest.mark.parametrize(("verb", "which"), [(verb, n) for verb in COMMANDS for n in range(len(COMMANDS[verb]))])
def test_no_verb_of_the_command_line_changes_what_was_signed(
    files: dict[str, tuple[Path, RichVisit]],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    verb: str,
    which: int,
) -> None:
    path, visit = files["signed"]
    desk_path, copy = tmp_path / "ours.s75desk", tmp_path / "copy.s75desk-backup"
    shutil.copyfile(path, desk_path)
    with DeskFile.open(desk_path) as desk:
        before = kept(office_of(desk), visit.uid)
        backups.copy_database(desk_path, None, copy, backups.BACKING_UP)
    names = {"DESK": desk_path, "COPY": copy, "VISIT": visit.uid}
    given = [str(names.get(one, tmp_path / one if one.startswith("OUT") else one)) for one in COMMANDS[verb][which]]
    assert main([verb, *given]) in (0, 1)
    capsys.readouterr()
    with DeskFile.open(desk_path) as desk:
        office = office_of(desk)
        assert kept(office, visit.uid) == before
        assert office.checks.check().sound


def test_a_real_process_at_the_command_line_prints_and_changes_nothing(
    files: dict[str, tuple[Path, RichVisit]], tmp_path: Path
) -> None:
    path, visit = files["signed"]
    desk_path, out = tmp_path / "ours.s75desk", tmp_path / "sheet.pdf"
    shutil.copyfile(path, desk_path)
    with DeskFile.open(desk_path) as desk:
        before = kept(office_of(desk), visit.uid)
    command = ["brief", "sheet", "--desk", str(desk_path), "--visit", visit.uid, "-o", str(out)]
    done = subprocess.run(
        [sys.executable, "-m", "s75desk", *command], cwd=ROOT, capture_output=True, text=True, timeout=100, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert (json.loads(str(before[0][0][2], "utf-8"))["format"], out.read_bytes()[:5]) == (1, b"%PDF-")
    with DeskFile.open(desk_path) as desk:
        assert kept(office_of(desk), visit.uid) == before


# --- the file itself ----------------------------------------------------------------------------------------------

SEALED = ("uid", "visit", "number", "signed", "because", "overall", "sha256")
NOT_SEALED = {"source", "paragraph", "note", "sample", "archived_at"}
"""Beside what was signed; ``archived_at`` has to change when the visit is archived with all that hangs under it."""


def test_every_column_of_a_version_is_known_to_be_sealed_or_not() -> None:
    assert set(SEALED) | NOT_SEALED == {column.name for column in TABLES["visit_version"].columns}


STATEMENTS = [
    *(f"UPDATE visit_version SET {column} = 'x'" for column in SEALED),  # noqa: S608
    *(f"UPDATE OR REPLACE visit_version SET {column} = {column}" for column in SEALED),  # noqa: S608
    "UPDATE visit_version SET note = 'x', overall = 'Excellent'",
    "DELETE FROM visit_version",
    "DELETE FROM visit_version WHERE number = 1",
    "INSERT OR REPLACE INTO visit_version SELECT * FROM visit_version",
    "REPLACE INTO visit_version (uid, visit, number) SELECT uid, visit, 9 FROM visit_version",
    "INSERT INTO visit_version (uid, visit, number) SELECT uid, visit, 9 FROM visit_version WHERE true "
    "ON CONFLICT (uid) DO UPDATE SET overall = 'Excellent'",
    "INSERT OR IGNORE INTO visit_version (uid, visit) SELECT uid, visit FROM visit_version",
]


@pytest.mark.parametrize("statement", STATEMENTS)
def test_the_file_itself_refuses_to_change_a_version(tried: Attempts, statement: str) -> None:
    with (
        pytest.raises(DBAPIError, match="a signed version is never changed"),
        tried.office.place.desk.writing() as connection,
    ):
        connection.execute(text(statement))
    tried.check(statement)


@pytest.mark.parametrize("secret", ["correct horse", None])
def test_the_seal_goes_with_a_new_passphrase_a_backup_and_a_restore(
    files: dict[str, tuple[Path, RichVisit]], tmp_path: Path, secret: str | None
) -> None:
    path, visit = files["signed"]
    desk_path, root = tmp_path / "ours.s75desk", tmp_path / "backups"
    shutil.copyfile(path, desk_path)
    with DeskFile.open(desk_path) as desk:
        before = kept(office_of(desk), visit.uid)
        change_passphrase(desk, "first")
        change_passphrase(desk, secret)
        made = backups.make_backup(desk, root, AT)
        assert made is not None
        refuses(desk)
    restore.restore(made.path, tmp_path / "restored.s75desk", secret, now=AT)
    for place in (desk_path, tmp_path / "restored.s75desk"):
        with DeskFile.open(place, secret) as desk:
            assert kept(office_of(desk), visit.uid) == before
            refuses(desk)


def refuses(desk: DeskFile) -> None:
    with pytest.raises(DBAPIError, match="a signed version is never changed"), desk.writing() as connection:
        connection.execute(text("DELETE FROM visit_version"))


def test_another_program_cannot_put_a_second_row_beside_a_version_nor_change_any_of_its_columns(
    files: dict[str, tuple[Path, RichVisit]], tmp_path: Path
) -> None:
    """A version that does not say that it is a second one of its number is refused by the file itself."""
    path, _ = files["signed"]
    desk_path = tmp_path / "ours.s75desk"
    shutil.copyfile(path, desk_path)
    forge = (
        "INSERT INTO visit_version (uid, visit, number, overall, sha256) "
        "SELECT 'forged', visit, {}, 'Excellent', sha256 FROM visit_version"
    )
    with closing(connect(desk_path, None)) as raw:
        with pytest.raises(dbapi2.Error, match="a signed version is never changed"):
            raw.execute(forge.format(1))
        for name in [*VisitVersion.fields(), "uid"]:
            with pytest.raises(dbapi2.Error, match="a signed version is never changed"):
                raw.execute(f'UPDATE visit_version SET "{name}" = "{name}"')  # noqa: S608 - names of our own
        raw.execute(forge.format(7))
    with DeskFile.open(desk_path) as desk:
        report = office_of(desk).checks.check()
        assert not report.sound
        assert any("the history does not tell of its signing" in fault for fault in report.visits)


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
