"""No method of any service changes what was signed, in any field of any record, nor while it is amended."""

from __future__ import annotations

import ast
import inspect
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from textwrap import dedent
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy.exc import DBAPIError

from s75desk.domain.agreement_entry import AgreementEntry
from s75desk.domain.answers import Owner
from s75desk.domain.deciding import DecidedEntry
from s75desk.domain.errors import Rejected
from s75desk.domain.findings import Question
from s75desk.domain.records import (
    Action,
    Agreement,
    Chaser,
    Document,
    Kpi,
    Measurement,
    Organisation,
    QuestionSet,
    Rating,
    Record,
    Tagged,
    Visit,
    VisitAnswer,
    VisitPhoto,
    VisitSignature,
)
from s75desk.domain.records.briefing import BriefingKind
from s75desk.domain.records.doubt import Reply
from s75desk.domain.records.kpi import Measure
from s75desk.domain.records.visit import VisitStage
from s75desk.domain.records.visit_work import Party
from s75desk.domain.working import Working
from s75desk.models import history
from s75desk.services.briefings import VisitWish
from s75desk.services.office import Office
from s75desk.services.question_sets import house_set
from s75desk.services.visit_content import fields_of
from tests.unit.models.desk_help import ROOT
from tests.unit.record_help import TODAY
from tests.unit.services import signed_attempts, visit_desks
from tests.unit.services.signed_attempts import REFUSED, Attempts, kept
from tests.unit.services.visit_desks import AT, desk_of, sign, signed_content

files, signed, tried = visit_desks.files, visit_desks.signed, signed_attempts.tried


# --- every service, every method ----------------------------------------------------------------------------------

READING = {
    "ActionService": {"overdue", "page", "rows"},
    "AgreementService": {"by_reference", "dossier", "dossiers", "rows", "terms"},
    "ArchiveService": {"rows"},
    "BodyService": {"amounts", "going", "preview"},
    "BriefingService": {"bytes_of", "essentials", "make", "of", "rows", "sections"},
    "CalendarService": {"dates", "save"},
    "CheckService": {"check"},
    "DatedReads": {"days_of_change", "differences", "later", "past", "spans", "stored"},
    "DocumentService": {"bytes_of", "open_copy"},
    "ExportService": {"table", "write"},
    "FinderService": {"described", "find"},
    "KpiService": {"in_doubt", "page", "rows", "sheets", "uids", "waiting_returns"},
    "NoteService": {"count", "waiting"},
    "OrganisationService": {"page", "rows"},
    "OverviewService": {"complete", "read", "start", "work_out"},
    "ProviderService": {"in_doubt", "page", "rows", "statuses", "uids"},
    "QuestionSetService": {"body", "page", "rows"},
    "RecentRecords": {"records"},
    "RecordService": {
        "ahead", "archived", "choices", "draft", "get", "history", "lookup", "seen", "surroundings",
    },
    "SinceService": {"read"},
    "TagService": {"by_record", "names", "of"},
    "VisitService": {"overdue", "page", "plan", "planning", "progress", "question_sets", "rows"},
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


def _notes(tried: Attempts) -> None:
    parts = [(record.KIND, record.uid) for record in (*tried.locked, tried.version, tried.book.visit)]
    for prints in (True, False):
        tried.harmless(lambda prints=prints: tried.office.notes.decide(parts, prints=prints), str(prints))


def _actions(name: str) -> Callable[[Attempts], None]:
    def attempt(tried: Attempts) -> None:
        for action in (*tried.book.actions, *tried.book.prior):
            tried.harmless(lambda uid=action.uid: getattr(tried.office.actions, name)(uid), name)

    return attempt


def _put_off(tried: Attempts) -> None:
    uids = [action.uid for action in (*tried.book.actions, *tried.book.prior)]
    for due in (date(2027, 1, 1), None):
        tried.harmless(lambda due=due: tried.office.actions.put_off(uids, due), str(due))


def _chase(tried: Attempts) -> None:
    uids = [action.uid for action in (*tried.book.actions, *tried.book.prior)]
    tried.harmless(lambda: tried.office.actions.chase(uids, Chaser(action="", chased=TODAY, said="Asked")), "chase")


def _agreement_of(tried: Attempts) -> str:
    """An agreement on the same desk, with what is written for one."""
    return tried.office.records.create(Agreement(title="Another")).uid


def _amend_agreement(tried: Attempts) -> None:
    began = AgreementEntry(uid=_agreement_of(tried), title="Another")
    tried.harmless(lambda: tried.office.agreements.amend(replace(began, title="Other words"), began), "amend")


def _bodies(tried: Attempts) -> None:
    bodies = [tried.office.records.create(Organisation(name=name)).uid for name in ("One body", "Two bodies")]
    whole = [(bodies[1], Decimal(100))]
    tried.harmless(lambda: tried.office.bodies.replace_body(bodies[0], whole, TODAY), "replace_body")


def _decide(tried: Attempts) -> None:
    for goes_on in (True, False):
        uid = _agreement_of(tried)
        tried.harmless(
            lambda uid=uid, on=goes_on: tried.office.deciding.decide(uid, goes_on=on, entry=DecidedEntry()),
            str(goes_on),
        )


def _remind(tried: Attempts) -> None:
    uid = _agreement_of(tried)
    tried.harmless(lambda: tried.office.deciding.remind(uid, date(2027, 1, 1)), "remind")


def _doubts(tried: Attempts) -> None:
    owner = Owner(Agreement, _agreement_of(tried))
    for record in (*tried.locked, tried.version):
        doubt = Question("range", "In doubt", "It is.", record.KIND, record.uid, "", Working("In doubt", ()))
        for reply in Reply:
            tried.harmless(lambda d=doubt, r=reply: tried.office.doubts.answer(owner, [d], r), f"{reply} {record.KIND}")


def _duplicate(tried: Attempts) -> None:
    assert tried.book.provider is not None
    uid = tried.book.provider.uid
    tried.harmless(lambda: tried.office.duplicates.duplicate("provider", uid), "duplicate")


def _figures(tried: Attempts) -> None:
    uid = tried.office.records.create(Kpi(title="Falls", measure=Measure.COUNT)).uid
    kpi = tried.office.records.get(Kpi, uid)
    figure = Measurement(kpi=uid, ends=TODAY, value=Decimal(4))
    tried.harmless(lambda: tried.office.kpis.keep_figures(kpi, [figure]), "keep_figures")


def _tags(tried: Attempts) -> None:
    everything = (*tried.locked, tried.version, tried.book.visit, *tried.book.actions)
    for record in (one for one in everything if one.KIND in Tagged.fields()):
        for do in (tried.office.tags.add, tried.office.tags.remove):
            tried.harmless(lambda do=do, one=record: do(one.KIND, [one.uid], "Winter"), f"tag {record.KIND}")


def _looked_at(tried: Attempts) -> None:
    tried.harmless(lambda: tried.office.visiting.look(tried.visit), "look")
    for record in (*tried.locked, tried.version, tried.book.visit):
        tried.harmless(lambda one=record: tried.office.recent.note(one.KIND, one.uid), f"note {record.KIND}")


def _seen(tried: Attempts) -> None:
    tried.harmless(lambda: tried.office.since.seen(), "seen")
    tried.harmless(lambda: tried.office.since.leave(), "leave")


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
    known = tried.office.records.create(Document(visit=tried.visit, title="Known by its title")).uid
    tried.harmless(lambda: tried.office.documents.attach_to(tried.office.records.get(Document, known), paper))


def _overview(tried: Attempts) -> None:
    tried.harmless(lambda: tried.office.overview.keep(tried.office.overview.read()))


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


def _with_newcomers(tried: Attempts) -> None:
    """What is refused takes the newcomer back with it; what may be said brings one."""
    records = tried.office.records

    def save(record: Record) -> object:
        return records.with_newcomers({str(uuid4()): ("organisation", f"New {uuid4()}")}, lambda: records.save(record))

    _write_fields(tried, save)


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
    "ActionService.chase": _chase,
    "ActionService.mark_done": _actions("mark_done"),
    "ActionService.put_off": _put_off,
    "ActionService.reopen": _actions("reopen"),
    "ActionService.verify": _actions("verify"),
    "AgreementService.amend": _amend_agreement,
    "AgreementService.enter": _agreement,
    "ArchiveService.restore_all": _archive,
    "BodyService.replace_body": _bodies,
    "BriefingService.file": _file,
    "BriefingService.save_as": _save_as,
    "DecidingService.decide": _decide,
    "DecidingService.remind": _remind,
    "DocumentService.attach": _attach_document,
    "DocumentService.attach_to": _attach_document,
    "DoubtService.answer": _doubts,
    "DuplicateService.duplicate": _duplicate,
    "KpiService.keep_figures": _figures,
    "NoteService.decide": _notes,
    "QuestionSetService.enter_version": _question_sets,
    "QuestionSetService.house": _question_sets,
    "QuestionSetService.load": _question_sets,
    "QuestionSetService.ready": _question_sets,
    "RecentRecords.note": _looked_at,
    "OverviewService.keep": _overview,
    "RecordService.after_write": _nothing,
    "RecordService.archive": _hide("archive"),
    "RecordService.create": _create,
    "RecordService.drop_draft": _drop_draft,
    "RecordService.keep_draft": _drafts,
    "RecordService.restore": _hide("restore"),
    "RecordService.revise": _revise,
    "RecordService.save": _save,
    "RecordService.with_newcomers": _with_newcomers,
    "SinceService.leave": _seen,
    "SinceService.seen": _seen,
    "TagService.add": _tags,
    "TagService.remove": _tags,
    "VisitingService.amend": _amend,
    "VisitingService.attach": _attach,
    "VisitingService.finish": _finish,
    "VisitingService.keep": _keep,
    "VisitingService.leave": _leave,
    "VisitingService.look": _looked_at,
    "VisitingService.sign": _sign,
    "VisitingService.start": _start,
    "VisitingService.withdraw": _withdraw,
}
"""What is tried on a signed visit by every method that may write. ``RecordService.undo`` is tried in
``test_visit_lock.py``."""
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
