"""The session of a visit on a real desk: what is typed is on the disk at once, and trouble loses nothing."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random
from typing import Any
from unittest.mock import patch

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer
from pytestqt.qtbot import QtBot

from s75desk.domain.changes import Changes
from s75desk.domain.errors import DeskError, DiskTrouble, Rejected
from s75desk.domain.records import Action, Provider, Record, Service, Visit, VisitAnswer, VisitPhoto
from s75desk.domain.records.visit_work import Party, PriorGrade, SpokenRole
from s75desk.domain.visits.rule import LevelKind
from s75desk.models import drafts, history
from s75desk.models.desk_file import DeskFile
from s75desk.services.office import Office
from s75desk.services.visit_content import fields_of
from s75desk.ui.bus import Bus
from s75desk.ui.operations import Operations
from s75desk.ui.visit import session as module
from s75desk.ui.visit.session import TYPED_MS, VisitSession
from s75desk.ui.worker import Worker
from tests.unit.models.desk_help import chance, mounted
from tests.unit.record_help import office_of
from tests.unit.signing import stamped

TODAY = date(2026, 2, 2)
PATIENCE = 20_000
STROKES = "[[[100, 240], [300, 180]]]"
AT = datetime(2026, 2, 2, 15, tzinfo=UTC)
FULL = DiskTrouble("Not saved: the disk is full. Nothing in the desk has changed.", "Free some space, then save again.")


@dataclass
class Heard:
    """What the session and the operations told, in order."""

    troubles: list[DeskError | Rejected | None] = field(default_factory=list)
    saved: list[datetime] = field(default_factory=list)
    changed: list[bool] = field(default_factory=list)
    published: list[Changes] = field(default_factory=list)
    wrote: list[Changes] = field(default_factory=list)
    refused: list[Rejected] = field(default_factory=list)
    trouble: list[DeskError] = field(default_factory=list)
    crashed: list[BaseException] = field(default_factory=list)
    rated: int = 0


class Bench:
    """A visit under way on a real desk, with the worker's thread, and a session that can be opened again and again."""

    def __init__(self, desk: DeskFile, qtbot: QtBot) -> None:
        self.desk = desk
        self.office: Office = office_of(desk)
        self.qtbot = qtbot
        self.visit, self.prior = plan(self.office)
        self.heard = Heard()
        self.worker, bus = Worker(), Bus()
        self.operations = Operations(self.office, bus, self.worker)
        bus.changed.connect(self.heard.published.append)
        self.operations.wrote.connect(self.heard.wrote.append)
        self.operations.refused.connect(self.heard.refused.append)
        self.operations.trouble.connect(self.heard.trouble.append)
        self.operations.crashed.connect(self.heard.crashed.append)
        self.parent = QObject()
        self.session = self.open()

    def open(self) -> VisitSession:
        """The session of a window that has just been opened."""
        self.session = VisitSession(self.operations, self.office.visiting.open(self.visit), self.parent)
        self.session.troubled.connect(self.heard.troubles.append)
        self.session.saved.connect(self.heard.saved.append)
        self.session.changed.connect(self.heard.changed.append)
        self.session.rated.connect(self._rated)
        return self.session

    def _rated(self) -> None:
        self.heard.rated += 1

    def close(self) -> None:
        self.session.stop()
        self.worker.stop()

    def until(self, so: Callable[[], Any]) -> None:
        """Let the event loop run, and do nothing else, until something is so."""
        self.qtbot.waitUntil(lambda: bool(so()), timeout=PATIENCE)

    def settled(self) -> None:
        self.session.settle()
        self.until(lambda: not self.session.unsaved and not self.worker.busy)

    # What the desk holds

    def drafts(self) -> dict[str, dict[str, str]]:
        with self.desk.reading() as connection:
            return {one.uid: dict(one.typed) for one in drafts.below(connection, f"visiting:{self.visit}:")}

    def changes_of(self, uid: str) -> list[str]:
        with self.desk.reading() as connection:
            return list(dict.fromkeys(entry.change_id for entry in history.of_records(connection, [uid])))

    def kept(self) -> dict[str, dict[str, str]]:
        """Every record of the visit, with what was being typed, as a window would find it."""
        return {one.uid: fields_of(one) for one in self.office.visiting.open(self.visit).book.records()}

    def recorded(self) -> dict[str, dict[str, str]]:
        """Every record of the visit, without what was being typed."""
        return {one.uid: fields_of(one) for one in self.office.visiting.book(self.visit).records()}

    def shown(self) -> dict[str, dict[str, str]]:
        return {one.uid: fields_of(one) for one in self.session.book.records()}

    # What an officer does

    def answer(self, code: str = "8.3", **said: Any) -> VisitAnswer:
        return replace(self.session.book.answer(code), **said)

    def type(self, words: str, code: str = "8.3") -> VisitAnswer:
        """Letter by letter; the event loop does not run meanwhile."""
        for end in range(1, len(words) + 1):
            self.session.put(self.answer(code, seen=words[:end]), typed=True)
        return self.session.book.answer(code)

    def action(self, uid: str = "new", title: str = "Audit charts", **said: Any) -> Action:
        service = self.session.book.visit.service
        return Action(uid=uid, title=title, visit=self.visit, service=service, questions="8.3", **said)

    def photo(self, uid: str = "photo") -> VisitPhoto:
        """A photo that has been kept, as the photo taker does it."""
        plain = VisitPhoto(uid=uid, visit=self.visit, question="8.3")
        self.office.visiting.attach(plain, uid.encode(), b"small " + uid.encode())
        found = self.office.records.get(VisitPhoto, uid)
        self.session.take_in(found)
        return found

    def failing(self, *faults: BaseException | None) -> Any:
        """Let the service's next writes fail in turn; None lets one pass, and so do all after the last."""
        real, left = self.office.visiting.keep, list(faults)

        def keep(*args: Any, **named: Any) -> Changes:
            fault = left.pop(0) if left else None
            if fault is not None:
                raise fault
            return real(*args, **named)

        return patch.object(self.office.visiting, "keep", keep)

    def sign(self) -> None:
        """Everything answered and both signatures, through the service."""
        book = self.office.visiting.book(self.visit)
        said: list[Record] = [replace(book.answer(q.code), rating=3, seen="ok") for q in book.body.questions]
        said += [replace(book.grading(uid), grade=PriorGrade.MET) for uid in self.prior]
        said += [replace(book.signature(party), role="m", strokes=STROKES, signed=AT) for party in Party]
        self.office.visiting.keep(self.visit, settled=stamped(book, said))
        self.office.visiting.finish(self.visit)


def plan(office: Office) -> tuple[str, list[str]]:
    office.question_sets.house()
    chosen = office.question_sets.rows()[0].uid
    provider = office.records.create(Provider(name="Invented Care")).uid
    service = office.records.create(Service(provider=provider, name="Fernbank House")).uid
    prior = [office.records.create(Action(title=f"Old {n}", service=service)).uid for n in range(2)]
    visit = office.records.create(Visit(service=service, planned=TODAY, question_set=chosen)).uid
    office.visiting.start(visit)
    return visit, prior


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Trouble is tried again after a moment: no test waits two seconds for it."""
    monkeypatch.setattr(module, "AGAIN_MS", 20)


@pytest.fixture
def bench(tmp_path: Path, qapp: object, qtbot: QtBot, quick: None) -> Iterator[Bench]:
    with DeskFile.create(tmp_path / "east.s75desk") as desk:
        made = Bench(desk, qtbot)
        yield made
        made.close()
        assert office_of(desk).checks.check().sound


# --- typed and settled --------------------------------------------------------------------------------------------


def test_typed_words_are_in_the_desk_by_themselves_well_before_a_second(bench: Bench) -> None:
    assert TYPED_MS <= 500, "a second is promised, and the disk needs its part of it"
    answer = bench.type("Two charts read.")
    assert bench.session.unsaved
    bench.until(lambda: answer.uid in bench.drafts())
    assert bench.drafts()[answer.uid] == fields_of(answer)
    assert bench.recorded().keys() == {bench.visit}, "a draft is no record yet"
    assert bench.changes_of(answer.uid) == []
    bench.until(lambda: bench.heard.saved)
    assert not bench.session.unsaved
    assert bench.heard.changed == [True] * len("Two charts read.")
    assert bench.heard.published == []


def test_words_go_to_the_disk_while_the_typing_goes_on(bench: Bench) -> None:
    """Who types without a pause for minutes has a second's words to lose, not minutes."""
    letters: list[str] = []
    typist = QTimer(bench.parent)

    def one_more() -> None:
        letters.append("x")
        bench.session.put(bench.answer(seen="".join(letters)), typed=True)

    typist.timeout.connect(one_more)
    typist.start(5)
    seen: set[str] = set()

    def three_drafts() -> bool:
        seen.update(draft.get("seen", "") for draft in bench.drafts().values())
        return len(seen) >= 3

    bench.until(three_drafts)
    assert typist.isActive(), "it was kept while the letters were still coming"
    typist.stop()
    bench.settled()
    assert bench.recorded()[bench.answer().uid]["seen"] == "".join(letters)


def test_what_is_settled_goes_into_the_record_with_its_history_at_once(bench: Bench) -> None:
    answer = bench.answer(rating=2)
    bench.session.put(answer)
    bench.until(lambda: answer.uid in bench.recorded())
    assert bench.recorded()[answer.uid] == fields_of(answer)
    assert len(bench.changes_of(answer.uid)) == 1
    assert bench.drafts() == {}
    bench.until(lambda: bench.heard.published)
    assert [changes.touched for changes in bench.heard.published] == [frozenset({("visit_answer", answer.uid)})]
    assert bench.heard.wrote == bench.heard.published
    assert bench.heard.changed == [False]


def test_a_pause_settles_what_was_typed(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    assert 1000 <= module.SETTLED_MS <= 10_000
    monkeypatch.setattr(module, "SETTLED_MS", TYPED_MS * 2)
    bench.session.stop()
    session = bench.open()
    answer = bench.type("Two charts")
    bench.until(lambda: answer.uid in bench.drafts())
    bench.until(lambda: bench.recorded().get(answer.uid) == fields_of(answer))
    assert bench.drafts() == {}
    assert len(bench.changes_of(answer.uid)) == 1
    assert session.book.answer("8.3") == answer


def test_going_on_settles_and_notes_the_place(bench: Bench) -> None:
    answer = bench.type("Two charts")
    bench.session.go("8.4")
    bench.until(lambda: bench.office.visiting.open(bench.visit).place == "8.4")
    assert bench.recorded()[answer.uid] == fields_of(answer)
    bench.session.go("8.5")
    bench.until(lambda: bench.office.visiting.open(bench.visit).place == "8.5")
    bench.type("Going on", "8.5")
    bench.session.go("8.5")
    bench.until(lambda: bench.answer("8.5").uid in bench.recorded())


def test_history_has_one_line_for_what_was_typed_and_not_one_for_every_letter(bench: Bench) -> None:
    for words in ("Two", "Two charts", "Two charts read, CP1 complete."):
        answer = bench.type(words)
        bench.until(lambda answer=answer: bench.drafts().get(answer.uid) == fields_of(answer))
    bench.session.go("8.4")
    bench.settled()
    assert len(bench.changes_of(answer.uid)) == 1
    bench.session.go("8.3")
    bench.type("Two charts read, CP1 complete. And more")
    bench.session.go("8.4")
    bench.settled()
    assert len(bench.changes_of(answer.uid)) == 2
    bench.session.go("8.3")
    bench.settled()
    assert len(bench.changes_of(answer.uid)) == 2, "what did not change is not told again"


def test_a_rating_put_while_words_are_typed_keeps_the_words(bench: Bench) -> None:
    bench.type("Two charts")
    bench.session.put(bench.answer(rating=1))
    bench.session.put(bench.answer(seen="Two charts read"), typed=True)
    bench.settled()
    kept = bench.office.visiting.book(bench.visit).answer("8.3")
    assert (kept.rating, kept.seen) == (1, "Two charts read")


def test_the_rating_is_worked_out_when_it_is_asked_for(bench: Bench) -> None:
    before = bench.session.rating
    bench.session.put(bench.answer("1.1", rating=4))
    assert bench.session.rating is before
    bench.session.answer_changed()
    assert bench.heard.rated == 1
    assert bench.session.rating == bench.session.book.rate(bench.session.rater) != before
    bench.settled()


def test_words_that_no_file_can_hold_are_mended_before_they_are_shown_as_kept(bench: Bench) -> None:
    bench.session.put(bench.action(title="half \ud83e and \0nothing"))
    assert bench.session.book.actions[0].title == "half \ufffd and nothing"
    bench.settled()
    assert bench.kept() == bench.shown()
    assert bench.heard.troubles == []


def test_what_was_being_typed_at_a_kill_becomes_part_of_the_record_when_it_is_opened(bench: Bench) -> None:
    answer, blank = bench.answer(seen="Half a sent"), bench.action("blank", "", owner="manager")
    comment = replace(bench.session.book.visit, comment="We acc")
    bench.session.stop()
    bench.office.visiting.keep(bench.visit, typed=[answer, blank, comment])
    bench.open()
    assert bench.shown()[answer.uid] == fields_of(answer)
    bench.until(lambda: answer.uid in bench.recorded() and not bench.worker.busy)
    assert bench.office.records.get(Visit, bench.visit).comment == "We acc"
    assert bench.drafts().keys() == {"blank"}, "an action without words cannot be a record"
    assert bench.kept() == bench.shown()


def test_saved_is_only_said_when_everything_is(bench: Bench) -> None:
    bench.session.put(bench.answer(rating=1))
    bench.session.flush()
    bench.type("More")  # comes while the first is on its way
    bench.until(lambda: bench.answer().uid in bench.recorded() and not bench.worker.busy)
    said = len(bench.heard.saved)
    bench.until(lambda: len(bench.heard.saved) > said and not bench.session.unsaved)
    assert bench.kept() == bench.shown()
    assert (said, len(bench.heard.saved)) == (0, 1)


# --- putting in, taking out, putting in again ---------------------------------------------------------------------


def test_what_is_taken_out_and_put_in_again_is_there_as_it_was_last(bench: Bench) -> None:
    action, photo = bench.action(), bench.photo()
    override = replace(bench.session.book.override(LevelKind.STANDARD, "8"), rating=1, reason="Seen again.")
    for record in (action, override):
        bench.session.put(record)
    bench.settled()
    for pause in (True, False):
        for record in (action, photo, override):
            bench.session.take_out(record)
            assert record.uid not in bench.shown()
        if pause:
            bench.settled()
            assert bench.recorded().keys() == {bench.visit}
        for record in (replace(action, title="Audit weekly"), replace(photo, caption="Trolley"), override):
            bench.session.put(record)
        bench.settled()
        assert bench.kept() == bench.recorded() == bench.shown()
        assert bench.shown()["new"]["title"] == "Audit weekly"


def test_what_was_only_typed_and_is_taken_out_leaves_no_trace(bench: Bench) -> None:
    bench.session.put(bench.action(title="Aud"), typed=True)
    bench.until(bench.drafts)
    bench.session.take_out(bench.action())
    bench.settled()
    assert bench.drafts() == {}
    assert bench.kept().keys() == {bench.visit}
    assert bench.changes_of("new") == []
    bench.session.put(bench.action(title="Aud"), typed=True)
    bench.session.take_out(bench.action())
    bench.settled()
    assert bench.kept().keys() == {bench.visit}


def test_a_photo_that_has_been_kept_is_shown_without_another_write(bench: Bench) -> None:
    photo = bench.photo()
    assert bench.session.book.photos == (photo,)
    assert bench.heard.changed == [False]
    assert not bench.session.unsaved
    assert not bench.worker.busy


# --- trouble ------------------------------------------------------------------------------------------------------


def test_a_full_disk_loses_nothing_and_is_tried_again_by_itself(bench: Bench) -> None:
    with bench.failing(FULL, FULL, FULL):
        bench.session.put(bench.answer(rating=2))
        bench.type("Two charts", "8.4")
        bench.session.put(bench.action())
        bench.until(lambda: bench.heard.troubles)
        assert bench.heard.troubles[0] is FULL
        assert bench.session.trouble is FULL
        assert bench.session.unsaved
        assert bench.heard.saved == []
        bench.until(lambda: bench.heard.saved)
    assert bench.heard.troubles == [FULL, FULL, FULL, None]
    assert bench.session.trouble is None
    assert not bench.session.unsaved
    assert bench.kept() == bench.shown()
    bench.settled()
    assert bench.recorded() == bench.shown()
    assert bench.heard.crashed == bench.heard.trouble == bench.heard.refused == []


def test_later_words_win_over_what_could_not_be_kept(bench: Bench) -> None:
    with bench.failing(FULL, FULL):
        bench.session.put(bench.answer(rating=1, seen="first"))
        bench.session.flush()
        bench.session.put(bench.answer(rating=2, seen="second"))
        bench.session.flush()
        bench.type("third and last")
        bench.until(lambda: len(bench.heard.troubles) >= 2)
        bench.settled()
    kept = bench.office.visiting.book(bench.visit).answer("8.3")
    assert (kept.rating, kept.seen) == (2, "third and last")
    assert bench.drafts() == {}


def test_later_words_that_were_kept_are_not_undone_by_earlier_ones_that_were_not(bench: Bench) -> None:
    with bench.failing(FULL, None, FULL, None):
        bench.session.put(bench.answer(rating=1, seen="first"))
        bench.session.flush()
        bench.session.put(bench.answer(rating=2, seen="second"))
        bench.session.flush()
        bench.settled()
    assert bench.recorded() == bench.shown()
    assert bench.office.visiting.book(bench.visit).answer("8.3").seen == "second"


@pytest.mark.parametrize("faults", [(FULL,), (FULL, FULL), (None, FULL), (FULL, None, FULL)])
@pytest.mark.parametrize("typed", [True, False])
def test_what_was_taken_out_does_not_come_back_because_of_trouble(
    bench: Bench, faults: tuple[DeskError | None, ...], *, typed: bool
) -> None:
    """The write of an action fails, and it is taken out before anybody hears of it: it is no ghost afterwards."""
    kept = bench.action("there")
    bench.session.put(kept)
    bench.settled()
    with bench.failing(*faults):
        for action in (kept, bench.action("new")):
            bench.session.put(replace(action, title="Other words"), typed=typed)
        bench.session.flush()
        for action in (kept, bench.action("new")):
            bench.session.take_out(action)
        bench.session.flush()
        bench.settled()
    assert bench.kept().keys() == bench.recorded().keys() == {bench.visit}
    assert bench.drafts() == {}
    bench.session.stop()
    bench.open()
    bench.settled()
    assert bench.recorded().keys() == {bench.visit}


@pytest.mark.parametrize("faults", [(FULL,), (FULL, FULL), (None, FULL), (FULL, None, FULL)])
@pytest.mark.parametrize("typed", [True, False])
def test_what_was_put_in_again_does_not_go_because_of_trouble(
    bench: Bench, faults: tuple[DeskError | None, ...], *, typed: bool
) -> None:
    action, photo = bench.action(), bench.photo()
    bench.session.put(action)
    bench.settled()
    with bench.failing(*faults):
        for record in (action, photo):
            bench.session.take_out(record)
        bench.session.flush()
        bench.session.put(replace(action, title="Other words"), typed=typed)
        bench.session.put(photo, typed=typed)
        bench.session.flush()
        bench.settled()
    assert bench.kept() == bench.recorded() == bench.shown()
    assert bench.shown().keys() == {bench.visit, "new", "photo"}
    assert bench.shown()["new"]["title"] == "Other words"


def test_trouble_is_over_only_when_everything_is_kept(bench: Bench) -> None:
    """The failed words are still waiting while a later write succeeds: the warning stays until they are kept too."""
    with bench.failing(FULL, None, FULL):
        bench.session.put(bench.answer("1.1", rating=1))
        bench.session.flush()
        bench.session.put(bench.answer("1.2", rating=1))
        bench.session.flush()
        bench.until(lambda: bench.heard.troubles and bench.answer("1.2").uid in bench.recorded())
        told: list[bool] = []
        bench.session.troubled.connect(lambda trouble: told.append(trouble is None and bench.session.unsaved))
        bench.until(lambda: bench.heard.troubles[-1] is None)
    assert told
    assert not any(told)
    assert bench.heard.troubles.count(None) == 1
    assert bench.recorded() == bench.shown()


def test_a_place_that_could_not_be_noted_is_noted_when_there_is_room(bench: Bench) -> None:
    with bench.failing(FULL, FULL):
        bench.session.go("8.4")
        bench.until(lambda: bench.office.visiting.open(bench.visit).place == "8.4")
    bench.until(lambda: bench.session.trouble is None)


def test_a_refusal_is_told_and_nothing_is_lost(bench: Bench) -> None:
    refusal = Rejected("", "This visit is signed.")
    with bench.failing(refusal, refusal):
        bench.session.put(bench.answer(rating=2))
        bench.until(lambda: bench.heard.troubles)
        assert bench.session.trouble is refusal
        assert bench.session.unsaved
        bench.until(lambda: bench.heard.saved)
    assert bench.heard.troubles == [refusal, refusal, None]
    assert bench.recorded() == bench.shown()


def test_a_fault_of_our_own_is_reported_once_and_nothing_is_lost(bench: Bench) -> None:
    mistakes = [RuntimeError("ours") for _ in range(3)]
    with bench.failing(*mistakes):
        bench.session.put(bench.answer(rating=2))
        bench.until(lambda: bench.heard.saved)
    assert bench.heard.crashed == mistakes[:1], "one report, however often it is tried"
    assert all(isinstance(trouble, DeskError) for trouble in bench.heard.troubles[:-1])
    assert str(bench.heard.troubles[0]).startswith("Not saved: the program made a mistake.")
    assert bench.heard.troubles[-1] is None
    assert bench.recorded() == bench.shown()
    with bench.failing(RuntimeError("ours")):
        bench.session.put(bench.answer(rating=3))
        bench.until(lambda: len(bench.heard.crashed) == 2)
        bench.settled()


def test_a_disk_that_is_really_full_keeps_the_words_on_the_screen_until_there_is_room(
    tmp_path: Path, qapp: object, qtbot: QtBot, quick: None
) -> None:
    with mounted(tmp_path / "disk", "size=12m") as place, DeskFile.create(place / "east.s75desk") as desk:
        bench = Bench(desk, qtbot)
        try:
            fill_and_free(bench, place / "stuffing")
        finally:
            bench.close()
        assert bench.office.checks.check().sound


def fill_and_free(bench: Bench, stuffing: Path) -> None:
    bench.type("Before it was full")
    bench.settled()
    stuff(stuffing)
    note = "Two charts read, CP1 complete. " * 10_000
    bench.session.put(bench.answer(seen=note), typed=True)
    bench.session.put(bench.action())
    bench.until(lambda: bench.heard.troubles)
    assert isinstance(bench.session.trouble, DiskTrouble)
    assert str(bench.session.trouble).startswith("Not saved: the disk is full.")
    assert bench.session.unsaved
    bench.session.put(bench.answer(seen=note + "and more"), typed=True)
    assert bench.session.book.answer("8.3").seen == note + "and more"
    assert bench.recorded()[bench.answer().uid]["seen"] == "Before it was full"
    said = len(bench.heard.saved)
    stuffing.unlink()
    bench.until(lambda: len(bench.heard.saved) > said)
    assert bench.session.trouble is None
    assert bench.kept() == bench.shown()
    bench.settled()
    assert bench.recorded() == bench.shown()


def stuff(file: Path) -> None:
    """Write until the disk is full to the last page."""
    with file.open("wb", buffering=0) as out:
        for size in (1 << 16, 1 << 12):
            with suppress(OSError):
                while out.write(bytes(size)):
                    pass


# --- signed -------------------------------------------------------------------------------------------------------


def test_a_signed_visit_takes_nothing_in_until_it_is_amended(bench: Bench) -> None:
    photo = bench.photo()
    bench.session.put(bench.action(owner="manager", due=TODAY))
    bench.settled()
    bench.sign()
    bench.session.reread(bench.office.visiting.open(bench.visit))
    assert bench.session.locked
    heard, before, book = len(bench.heard.changed), bench.kept(), bench.session.book
    with bench.failing(AssertionError("nothing is written")):
        bench.session.put(bench.answer(rating=1))
        bench.session.put(bench.answer(seen="x"), typed=True)
        bench.session.put(bench.action("late"))
        bench.session.take_out(photo)
        bench.session.go("8.4")
        bench.session.settle()
        bench.session.flush()
        assert not bench.session.unsaved
        assert not bench.worker.busy
    assert bench.session.book is book
    assert len(bench.heard.changed) == heard
    assert bench.kept() == before
    assert bench.session.place == "8.4"
    bench.office.visiting.amend(bench.visit, "The chart was found.")
    bench.session.reread(bench.office.visiting.open(bench.visit))
    assert not bench.session.locked
    bench.session.put(bench.answer(rating=1))
    bench.session.answer_changed()
    bench.settled()
    assert bench.recorded() == bench.shown()
    assert bench.session.rating == bench.session.book.rate(bench.office.visiting.rater(bench.session.book))


def test_a_signed_visit_that_is_opened_writes_nothing(bench: Bench) -> None:
    bench.sign()
    bench.session.stop()
    before = bench.kept()
    with bench.failing(AssertionError("nothing is written")):
        session = bench.open()
        assert session.locked
        session.go("finish")
        session.stop()
    assert bench.kept() == before


def test_what_is_typed_while_the_visit_is_being_signed_is_told_and_not_tried_for_ever(bench: Bench) -> None:
    """The signature is under way on the worker; a few more letters arrive, are refused, and are not part of it."""
    bench.sign()  # as the worker does it, before the session has heard
    bench.session.put(bench.answer(seen="too late"), typed=True)
    bench.session.flush()
    bench.until(lambda: bench.heard.troubles)
    bench.session.reread(bench.office.visiting.open(bench.visit))
    assert [refused.reason for refused in bench.heard.refused] == [
        "What was typed at that very moment is not part of the visit. Amend the visit to add it."
    ]
    assert bench.session.trouble is None
    assert bench.heard.troubles[-1] is None
    assert not bench.session.unsaved
    assert bench.session.book.answer("8.3").seen == "ok"
    assert bench.office.visiting.version(bench.visit, 1).answer("8.3").seen == "ok"


def test_what_is_refused_after_the_session_has_heard_of_the_signing_is_told_too(bench: Bench) -> None:
    bench.sign()
    bench.session.put(bench.answer(seen="too late"), typed=True)
    bench.session.flush()
    bench.session.reread(bench.office.visiting.open(bench.visit))  # the answer to the flush is still to come
    bench.until(lambda: bench.heard.refused)
    assert "signed" in bench.heard.refused[0].reason
    assert bench.session.trouble is None
    assert not bench.session.unsaved
    assert bench.heard.crashed == []
    assert bench.kept() == bench.shown()


def test_trouble_that_comes_after_an_amendment_was_opened_loses_nothing(bench: Bench) -> None:
    """What was on its way when the visit was read again is still known by its words."""
    with bench.failing(FULL):
        bench.session.put(bench.answer(rating=1))
        bench.session.flush()
        bench.session.reread(bench.office.visiting.open(bench.visit))
        bench.until(lambda: bench.heard.troubles)
        bench.settled()
    assert bench.office.visiting.book(bench.visit).answer("8.3").rating == 1
    assert bench.heard.crashed == []


# --- leaving ------------------------------------------------------------------------------------------------------


def test_leaving_writes_everything_and_the_views_hear_of_it_though_the_session_has_gone(bench: Bench) -> None:
    bench.session.put(bench.action(), typed=True)
    bench.session.stop()
    bench.session.deleteLater()
    QCoreApplication.sendPostedEvents(bench.session, QEvent.Type.DeferredDelete.value)
    gc.collect()
    bench.until(lambda: bench.heard.published)
    assert ("action", "new") in bench.heard.published[0].touched
    assert "new" in bench.recorded()
    bench.open()


def test_trouble_on_leaving_is_told_though_the_session_has_gone(bench: Bench) -> None:
    with bench.failing(FULL):
        bench.type("Two charts")
        bench.session.stop()
        bench.session.deleteLater()
        QCoreApplication.sendPostedEvents(bench.session, QEvent.Type.DeferredDelete.value)
        bench.until(lambda: bench.heard.trouble)
    assert bench.heard.trouble == [FULL]
    bench.open()


def test_trouble_after_it_was_stopped_starts_no_timer(bench: Bench) -> None:
    with bench.failing(FULL):
        bench.type("Two charts")
        bench.session.stop()
        bench.until(lambda: bench.heard.troubles)
    assert not any(timer.isActive() for timer in bench.session.findChildren(QTimer))
    assert bench.session.unsaved
    bench.session.flush()
    bench.until(lambda: not bench.session.unsaved)


def test_a_field_that_speaks_after_it_was_stopped_wakes_nothing(bench: Bench) -> None:
    bench.session.stop()
    bench.until(lambda: not bench.worker.busy)
    bench.worker.stop()
    bench.session.put(bench.action(title="Mend the fire door"))
    bench.session.put(bench.action(title="Mend the fire door"), typed=True)
    bench.session.take_out(bench.photo())
    assert not any(timer.isActive() for timer in bench.session.findChildren(QTimer))
    QCoreApplication.processEvents()
    assert not bench.worker.busy


# --- any order at all ---------------------------------------------------------------------------------------------


class Officer:
    """Works a visit at random, and remembers what there is in the simplest way: the last of each, unless taken out."""

    def __init__(self, bench: Bench, luck: Random) -> None:
        self.bench, self.luck = bench, luck
        self.model: dict[str, Record] = {}
        self.photos = [bench.photo(f"photo-{n}") for n in range(2)]
        for photo in self.photos:
            self.model[photo.uid] = photo

    def step(self) -> None:
        bench, luck = self.bench, self.luck
        record = self._any()
        if luck.random() < 0.25 and isinstance(record, (Action, VisitPhoto)) | (record.KIND == "visit_override"):
            bench.session.take_out(record)
            self.model.pop(record.uid, None)
        else:
            bench.session.put(record, typed=luck.random() < 0.5)
            self.model[record.uid] = record
        match luck.randrange(6):
            case 0:
                bench.session.go(luck.choice(["8.3", "8.4", "people"]))
            case 1:
                bench.session.settle()
            case 2:
                bench.session.flush()
            case 3:
                QCoreApplication.processEvents()
            case 4:
                bench.until(lambda: not bench.worker.busy)

    def _any(self) -> Record:
        book, luck = self.bench.session.book, self.luck
        words = luck.choice(["", "Two charts", "ŷd 🩺", "gaps on unit 2"])
        match luck.randrange(7):
            case 0 | 1:
                answer = book.answer(luck.choice(["1.1", "8.3"]))
                return replace(answer, rating=luck.choice([None, 1, 4]), seen=words or None)
            case 2:
                return self.bench.action(
                    luck.choice(["a", "b"]), luck.choice(["", "Audit", "Drill"]), owner=words or None
                )
            case 3:
                return replace(luck.choice(self.photos), caption=words or None)
            case 4:
                override = book.override(LevelKind.AREA, "A")
                return replace(override, rating=luck.choice([1, 2]), reason=words or None)
            case 5:
                return replace(book.spoken(SpokenRole.CARE), count=luck.randrange(5))
            case _:
                grading = book.grading(luck.choice(self.bench.prior))
                return replace(grading, grade=luck.choice(list(PriorGrade)), reason=words or None)


@pytest.mark.parametrize("seed", range(12))
def test_whatever_is_done_and_whatever_fails_the_desk_holds_the_book_in_the_end(bench: Bench, seed: int) -> None:
    luck = chance(seed)
    officer = Officer(bench, luck)
    faults = [luck.choice([None, FULL, None, RuntimeError("ours")]) if seed % 3 else None for _ in range(60)]
    with bench.failing(*faults):
        for _ in range(70):
            officer.step()
        bench.settled()
    model = {uid: fields_of(record) for uid, record in officer.model.items()}
    assert {uid: one for uid, one in bench.shown().items() if uid != bench.visit} == model
    assert bench.kept() == bench.shown()
    wordless = {uid for uid, one in officer.model.items() if isinstance(one, Action) and not one.title}
    assert bench.drafts().keys() == wordless
    recorded = bench.recorded()
    for uid, one in bench.shown().items():
        assert uid in wordless or recorded[uid] == one
    bench.session.stop()
    bench.open()
    bench.settled()
    assert bench.kept() == bench.shown()
    assert {uid: one for uid, one in bench.shown().items() if uid != bench.visit} == model
