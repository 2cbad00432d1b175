"""Whatever is done to a visit, in whatever order: nothing is lost, and what was signed stays what was signed.

A machine does at random what an officer can do to one visit and to what lies around it, on a real desk: it answers,
types, takes out, signs, locks, amends, withdraws, archives, restores, undoes any earlier change, closes and opens the
desk, and goes on from a backup. After every step the desk has to hold together.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from s75desk.domain.errors import DeskError, Rejected
from s75desk.domain.records import (
    Action,
    Record,
    Service,
    Visit,
    VisitAnswer,
    VisitPhoto,
)
from s75desk.domain.records.visit import VisitStage
from s75desk.domain.records.visit_work import ONE_EACH, Party, PriorGrade, SpokenRole
from s75desk.domain.visits.book import VisitBook
from s75desk.domain.visits.completeness import Signing
from s75desk.domain.visits.question_set import QuestionSetBody
from s75desk.domain.visits.rule import LevelKind
from s75desk.models import backup as backups
from s75desk.models import history, restore
from s75desk.models.desk_file import DeskFile
from s75desk.models.repository import Repository
from s75desk.services.question_sets import house_set
from s75desk.services.visit_checks import visit_faults
from s75desk.services.visit_content import content_of, fields_of, locked_part
from tests.unit import rich_visit
from tests.unit.record_help import Clock, office_of
from tests.unit.rich_visit import RichVisit
from tests.unit.services.visit_desks import (
    STROKES,
    draft_keys,
    everything,
    signed_content,
    small,
)

LUCK = st.integers(0, 10_000)
QUESTIONS = ("8.3", "8.4", "9.5")
VISIT = ("service", "kind", "made", "days", "team", "question_set")
BESIDE = frozenset({"source", "paragraph", "note", "sample"})


@cache
def ready() -> tuple[bytes, RichVisit]:
    """A closed desk with a visit to three standards, two questions of which are not meant for the service."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ready.s75desk"
        with DeskFile.create(path) as desk:
            office = office_of(desk)
            office.question_sets.load(few_standards())
            visit = rich_visit.plan(office)
            office.visiting.start(visit.uid)
            book = office.visiting.book(visit.uid)
            said: list[Record] = [
                replace(book.answer(question.code), rating=3, seen="As it should be.")
                for question in book.body.questions
                if book.asked(question) and question.code != "8.4"
            ]
            said += [
                Action(
                    uid=rich_visit.action_uid(visit, number), visit=visit.uid, service=visit.service, questions="8.3",
                    title=f"Audit {number}", owner="manager", due=date(2026, 3, number), raised=date(2026, 2, 3),
                )
                for number in (1, 2)
            ]  # fmt: skip
            override = replace(book.override(LevelKind.STANDARD, "13"), rating=2, reason="The average hides it.")
            office.visiting.keep(visit.uid, settled=[*said, *rich_visit.grades(office, visit), override])
        return path.read_bytes(), visit


def few_standards() -> QuestionSetBody:
    """Medicines, equipment and supervision of the house standards: a visit is read a hundred times in a storm."""
    house = house_set()
    kept = [
        replace(area, standards=tuple(one for one in area.standards if one.code in ("8", "9", "13")))
        for area in house.areas
    ]
    areas = tuple(area for area in kept if area.standards)
    used = {
        source for area in areas for one in area.standards for question in one.questions for source in question.sources
    }
    used |= set(house.rule.sources) if hasattr(house.rule, "sources") else set()
    return replace(house, version="few", areas=areas, sources=tuple(one for one in house.sources if one in used))


def printed(book: VisitBook) -> dict[str, Any]:
    """What stands above a signature: who was visited and how, what was found, what is to be done."""
    told: dict[str, Any] = {
        "visit": {name: str(getattr(book.visit, name)) for name in VISIT},
        "prior": {
            action.uid: [str(getattr(action, name)) for name in ("title", "owner", "due")]
            for action in book.prior
            if book.grading(action.uid).grade is not None
        },
    }
    for record in book.records():
        if record.KIND in ("visit", "visit_signature"):
            continue
        left = BESIDE | {"uid", "flagged", "state", "evidence", "done", "verified", "verified_by", "raised"}
        if not isinstance(record, Action):
            left -= {"evidence"}
        said = {name: text for name, text in fields_of(record).items() if name not in left and text != "no"}
        about = {"visit", *ONE_EACH.get(type(record), ())}
        if said.keys() - about:
            told[record.uid] = said
    return told


class Storm(RuleBasedStateMachine):
    """See the module."""

    def __init__(self) -> None:
        super().__init__()
        data, self.visit = ready()
        self.folder = Path(tempfile.mkdtemp())
        self.path = self.folder / "desk.s75desk"
        self.path.write_bytes(data)
        self.desk = DeskFile.open(self.path)
        self.office = office_of(self.desk)
        self.clock.time = datetime(2026, 2, 3, 10, tzinfo=UTC)
        self.signed: list[tuple[Any, ...]] = []
        self.given: dict[tuple[str, str], dict[str, Any]] = {}
        self.photos = 0
        self.times = 0
        self.moved = True

    @initialize(begin=st.sampled_from(("recorded", "signed", "amending")))
    def begin(self, begin: str) -> None:
        if begin != "recorded":
            self.sign_both_and_lock()
            assert self.locked
        if begin == "amending":
            self.amend()

    @property
    def clock(self) -> Clock:
        clock = self.office.place.now
        assert isinstance(clock, Clock)
        return clock

    @property
    def uid(self) -> str:
        return self.visit.uid

    def book(self) -> VisitBook:
        return self.office.visiting.book(self.uid)

    def shown(self) -> VisitBook:
        return self.office.visiting.open(self.uid).book

    def attempt(self, do: Callable[[], object]) -> bool:
        """Do it, or be refused in words and have changed nothing."""
        before = everything(self.desk)
        try:
            do()
        except (Rejected, DeskError) as refused:
            words = refused.reason if isinstance(refused, Rejected) else refused.what
            assert words.strip(), "refused without a word"
            assert everything(self.desk) == before, f"refused, and changed: {words}"
            return False
        self.moved = True
        return True

    def keep(self, **what: Any) -> bool:
        return self.attempt(lambda: self.office.visiting.keep(self.uid, **what))

    @property
    def live(self) -> bool:
        return self.office.records.get(Visit, self.uid).archived_at is None

    @property
    def locked(self) -> bool:
        return bool(self.signed) and self.office.records.get(Visit, self.uid).amends != len(self.signed)

    # What is done at the visit

    def any_record(self, luck: int) -> Record:
        book = self.book()
        pick, luck = luck % 9, luck // 9
        words = (None, "Two charts.", "Three charts.", "")[luck % 4]
        match pick:
            case 0 | 1:
                return replace(book.answer(QUESTIONS[luck % 3]), rating=(None, 1, 3, 4)[luck % 4], seen=words)
            case 2:
                return replace(book.answer(QUESTIONS[luck % 3]), flagged=(None, True)[luck % 2])
            case 3:
                return replace(
                    book.override(LevelKind.STANDARD, ("13", "8")[luck % 2]), rating=1 + luck % 4, reason=words
                )
            case 4:
                return replace(book.spoken(list(SpokenRole)[luck % 9]), count=(None, 0, 2, 5)[luck % 4])
            case 5:
                action = self.visit.prior[luck % 3]
                return replace(book.grading(action), grade=list(PriorGrade)[luck // 3 % 3], reason=words)
            case 6:
                return replace(book.visit, comment=words, no_comment=(None, True)[luck % 2])
            case 7:
                uid = (rich_visit.action_uid(self.visit, 1), "new-1", "new-2")[luck % 3]
                return Action(
                    uid=uid, visit=self.uid, service=self.visit.service, questions="8.3", owner="manager",
                    title=("", "Audit charts", "Hold a drill")[luck // 3 % 3], due=date(2026, 3, 1 + luck % 9),
                )  # fmt: skip
            case _:
                if not book.photos:
                    return replace(book.answer("8.3"), seen=words)
                return replace(book.photos[luck % len(book.photos)], caption=words)

    @rule(luck=st.lists(LUCK, min_size=1, max_size=3), typed=st.lists(LUCK, max_size=2))
    def settle_and_type(self, luck: list[int], typed: list[int]) -> None:
        settled = {record.uid: record for record in map(self.any_record, luck)}
        typing = {record.uid: record for record in map(self.any_record, typed) if record.uid not in settled}
        if self.keep(settled=list(settled.values()), typed=list(typing.values())):
            held = {one.uid: fields_of(one) for one in self.shown().records()}
            for uid, record in {**settled, **typing}.items():
                assert held[uid] == fields_of(record if not isinstance(record, Visit) else self.shown().visit)

    @rule(luck=LUCK)
    def type_only(self, luck: int) -> None:
        record = self.any_record(luck)
        if self.keep(typed=[record]) and not isinstance(record, Visit):
            assert {one.uid: fields_of(one) for one in self.shown().records()}[record.uid] == fields_of(record)

    @rule(luck=LUCK)
    def take_out(self, luck: int) -> None:
        book = self.book()
        there = [*book.photos, *book.actions, *book.overrides.values()]
        if there:
            gone = there[luck % len(there)]
            if self.keep(removed=[gone]):
                assert gone.uid not in {one.uid for one in self.shown().records()}

    @rule()
    def add_photo(self) -> None:
        self.photos += 1
        photo = VisitPhoto(uid=f"photo-{self.photos}", visit=self.uid, question="8.3")
        if self.attempt(lambda: self.office.visiting.attach(photo, small(str(self.photos)), small("s"))):
            assert photo.uid in {one.uid for one in self.shown().photos}

    @rule(party=st.sampled_from(Party), typed=st.booleans())
    def draw_signature(self, party: Party, typed: bool) -> None:
        book = self.shown()
        self.times += 1
        signed = datetime(2026, 2, 3, 10, tzinfo=UTC) + timedelta(minutes=self.times)
        stamped = book.stamped(
            replace(book.signature(party), role="manager", strokes=STROKES, signed=signed, refused=None, reason=None)
        )
        if self.keep(**{"typed" if typed else "settled": [stamped]}):
            self.given[party, str(signed)] = printed(book)

    @precondition(lambda self: self.live and not self.locked)
    @rule()
    def sign_both_and_lock(self) -> None:
        book = self.shown()
        said: list[Record] = [
            replace(book.answer(question.code), rating=3)
            for question in book.body.questions
            if book.answer(question.code).rating is None and not book.answer(question.code).not_applicable
        ]
        said += [replace(one, title="Audit charts") for one in book.actions if not one.title]
        said += [
            replace(book.grading(one.uid), grade=PriorGrade.MET)
            for one in book.prior
            if not book.grading(one.uid).grade
        ]
        self.keep(settled=said)
        for party in Party:
            self.draw_signature(party, typed=False)
        self.lock(seen=True)

    @rule()
    def refuse_to_sign(self) -> None:
        held = self.shown().signature(Party.PROVIDER)
        self.keep(settled=[replace(held, strokes=None, signed=None, content=None, refused=True, reason="Not now.")])

    @rule(seen=st.booleans())
    def lock(self, seen: bool) -> None:
        shown = self.shown()
        was_locked = self.book().locked
        if self.attempt(lambda: self.office.visiting.finish(self.uid, shown if seen else None)):
            assert not was_locked
            book = self.book()
            assert book.locked
            now = signed_content(self.office, self.uid)
            assert len(now) == len(self.signed) + 1
            self.signed.append(now[-1])
            for one in shown.records():
                if not isinstance(one, Visit):
                    assert fields_of(one) in [fields_of(other) for other in book.records()]
            assert draft_keys(self.office, self.uid) == []

    @precondition(lambda self: self.locked)
    @rule()
    def amend(self) -> None:
        if self.attempt(lambda: self.office.visiting.amend(self.uid, "To be sure.")):
            assert not self.book().locked
            assert {self.book().signing(party) for party in Party} <= {Signing.OPEN}

    @precondition(lambda self: self.signed and not self.locked)
    @rule()
    def withdraw(self) -> None:
        if self.attempt(lambda: self.office.visiting.withdraw(self.uid)):
            assert self.book().locked
            assert draft_keys(self.office, self.uid) == []
        elif self.live:
            raise AssertionError("an amendment could not be given up")

    @rule(begin=st.booleans())
    def come_and_go(self, begin: bool) -> None:
        self.attempt(lambda: (self.office.visiting.start if begin else self.office.visiting.leave)(self.uid))

    # What is done around it

    @rule(which=st.integers(0, 6), back=st.integers(0, 3))
    def put_away(self, which: int, back: int) -> None:
        kind, uid = self.around(which)
        if uid and self.attempt(lambda: self.office.records.archive(kind, uid)) and back:
            self.attempt(lambda: self.office.records.restore(kind, uid))

    @rule(which=st.integers(0, 6))
    def bring_back(self, which: int) -> None:
        kind, uid = self.around(which)
        if uid:
            self.attempt(lambda: self.office.records.restore(kind, uid))

    @rule(luck=LUCK, many=st.integers(1, 3))
    def bring_back_from_the_archive(self, luck: int, many: int) -> None:
        rows = self.office.archive.rows()
        wanted = [(row.record.KIND, row.record.uid) for row in rows]
        if wanted:
            first = luck % len(wanted)
            self.attempt(lambda: self.office.archive.restore_all(wanted[first : first + many]))

    def around(self, which: int) -> tuple[str, str]:
        if which == 1:
            return Service.KIND, self.visit.service
        if which == 2:
            return "provider", self.office.records.get(Service, self.visit.service).provider
        if which == 3:
            return Action.KIND, self.visit.prior[0]
        with self.desk.reading() as connection:
            records = Repository(connection)
            if which == 4:
                found: list[Any] = records.all(VisitPhoto, visit=self.uid, archived=True)
            elif which == 5:
                found = records.all(VisitAnswer, visit=self.uid, question="8.3", archived=True)
            elif which == 6:
                found = records.all(Action, visit=self.uid, archived=True)
            else:
                return Visit.KIND, self.uid
        return (found[0].KIND, found[0].uid) if found else ("", "")

    @rule(back=st.integers(0, 14))
    def undo(self, back: int) -> None:
        with self.desk.reading() as connection:
            changes = list(dict.fromkeys(entry.change_id for entry in history.latest(connection, 300)))
        self.attempt(lambda: self.office.records.undo(changes[back % len(changes)]))

    @rule(luck=LUCK)
    def move_an_action(self, luck: int) -> None:
        uids = [*self.visit.prior, *(rich_visit.action_uid(self.visit, n) for n in (1, 2))]
        do = (self.office.actions.mark_done, self.office.actions.verify, self.office.actions.reopen)[luck // 5 % 3]
        self.attempt(lambda: do(uids[luck % 5]))

    @rule(luck=LUCK)
    def edit_by_form(self, luck: int) -> None:
        book, records = self.book(), self.office.records
        visit = records.get(Visit, self.uid)
        forms: list[Record] = [
            replace(visit, team=f"team {luck % 3}"),
            replace(visit, planned=date(2026, 2, 3 + luck % 3), made=(None, date(2026, 2, 4))[luck % 2]),
            replace(visit, stage=list(VisitStage)[luck % 5]),
            replace(visit, summary=f"Summary {luck % 3}", days=1 + luck % 3),
            replace(records.get(Action, self.visit.prior[luck % 3]), title=f"From before {luck % 4}"),
            replace(records.get(Action, rich_visit.action_uid(self.visit, 1)), title=f"Agreed {luck % 4}"),
            replace(records.get(Service, self.visit.service), name=f"House {luck % 3}"),
            replace(book.answer("8.3"), seen="By a form."),
            replace(book.answer("8.3"), uid="", seen="By a form, a second one."),
            replace(book.signature(Party.OFFICER), role="by a form"),
        ]
        self.attempt(lambda: records.save(forms[luck % len(forms)]))

    # The file

    @rule()
    def close_and_open(self) -> None:
        time = self.clock.time
        self.desk.close()
        self._open(time)

    @rule()
    def go_on_from_a_backup(self) -> None:
        time = self.clock.time
        made = backups.make_backup(self.desk, self.folder / "backups", time, even_if_unchanged=True)
        assert made is not None
        self.desk.close()
        restore.restore(made.path, self.folder / "restored.s75desk", None, now=time)
        shutil.move(self.folder / "restored.s75desk", self.path)
        self._open(time)

    def _open(self, time: datetime) -> None:
        self.desk = DeskFile.open(self.path)
        self.office = office_of(self.desk)
        self.clock.time = time
        self.moved = True

    # What has to be so

    @invariant()
    def it_holds_together(self) -> None:
        if not self.moved:
            return
        self.moved = False
        signed = signed_content(self.office, self.uid)
        assert signed == self.signed
        book = self.book()
        self.what_is_locked_is_what_was_signed(book)
        self.there_is_one_record_of_each_thing(book)
        self.a_signature_holds_for_what_the_visit_says(book)
        with self.desk.reading() as connection:
            assert visit_faults(connection) == ()
            assert history.verify(connection) is None

    def what_is_locked_is_what_was_signed(self, book: VisitBook) -> None:
        if book.locked:
            now = content_of(book, book.rate(self.office.visiting.rater(book)))
            assert locked_part(now) == locked_part(json.loads(self.signed[-1][2]))
            assert self.office.visiting.open(self.uid).unsettled == ()

    def there_is_one_record_of_each_thing(self, book: VisitBook) -> None:
        with self.desk.reading() as connection:
            for cls in ONE_EACH:
                live = Repository(connection).all(cls, visit=self.uid)
                assert book.visit.archived_at or len(live) == sum(isinstance(one, cls) for one in book.records())

    def a_signature_holds_for_what_the_visit_says(self, book: VisitBook) -> None:
        if book.visit.archived_at is not None:
            return
        for party in Party:
            if book.signing(party) is Signing.SIGNED and not book.locked:
                assert self.given[party, str(book.signature(party).signed)] == printed(book), party

    def teardown(self) -> None:
        try:
            report = self.office.checks.check()
            assert report.sound, report.sentence
        finally:
            self.desk.close()
            shutil.rmtree(self.folder)


Storm.TestCase.settings = settings(max_examples=20, stateful_step_count=30)
TestStorm = Storm.TestCase
