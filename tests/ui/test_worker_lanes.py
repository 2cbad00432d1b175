"""What is done beside what: nothing holds up a write, reads see what was written before, answers come in order."""

from __future__ import annotations

import ast
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from s75desk.domain.lanes import Lane, Stopped, UnderWay, go_on
from s75desk.models import settings as kept
from s75desk.models.desk_file import DeskFile
from s75desk.ui.worker import Worker

PACKAGE = Path(__file__).parent.parent.parent / "s75desk"
PATIENCE = 20_000
ENDLESS = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n"

Answers = list[object]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[DeskFile]:
    with DeskFile.create(tmp_path / "east.s75desk", "a passphrase") as opened:
        yield opened


@pytest.fixture
def worker(qapp: object) -> Iterator[Worker]:
    made = Worker()
    yield made
    made.stop()


class Gate:
    """Holds a job in the middle until it is opened."""

    def __init__(self) -> None:
        self.reached, self.opened = threading.Event(), threading.Event()

    def __call__(self, *_: object) -> None:
        self.reached.set()
        assert self.opened.wait(PATIENCE / 1000)


def ask(worker: Worker, lane: Lane, job: Callable[[], object], answers: Answers, owner: QObject | None = None) -> None:
    worker.submit(owner or worker, job, answers.append, answers.append, lane=lane)


def written(desk: DeskFile) -> str:
    with desk.reading() as connection:
        return kept.get(connection, "word")


def write(desk: DeskFile, word: str) -> None:
    with desk.writing() as connection:
        kept.put(connection, "word", word)


# --- one at a time ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lane", [Lane.READ, Lane.LONG, Lane.OUT])
def test_a_write_waits_for_no_other_job_however_many_are_held(
    qtbot: QtBot, worker: Worker, desk: DeskFile, lane: Lane
) -> None:
    gates = [Gate() for _ in range(8)]
    held: Answers = []
    answers: Answers = []

    def read(gate: Gate) -> str:
        with desk.reading() as connection:
            before = kept.get(connection, "word")
            gate()
            assert kept.get(connection, "word") == before, "one read sees the desk as it was at one moment"
            return before

    for gate in gates:
        ask(worker, lane, lambda gate=gate: read(gate), held)
    assert gates[0].reached.wait(PATIENCE / 1000)
    ask(worker, Lane.WRITE, lambda: write(desk, "typed"), answers)
    qtbot.waitUntil(lambda: len(answers) == 1, timeout=PATIENCE)
    assert (answers, written(desk), held) == ([None], "typed", [])
    for gate in gates:
        gate.opened.set()
    qtbot.waitUntil(lambda: not worker.busy, timeout=PATIENCE)
    assert held[0] == ""


@pytest.mark.parametrize("lane", [Lane.READ, Lane.LONG, Lane.OUT])
def test_what_is_asked_for_after_a_write_sees_it(qtbot: QtBot, worker: Worker, desk: DeskFile, lane: Lane) -> None:
    gate = Gate()
    answers: Answers = []

    def slowly() -> None:
        gate()
        write(desk, "typed")

    ask(worker, Lane.WRITE, slowly, [])
    ask(worker, lane, lambda: written(desk), answers)
    assert gate.reached.wait(PATIENCE / 1000)
    gate.opened.set()
    qtbot.waitUntil(lambda: not worker.busy, timeout=PATIENCE)
    assert answers == ["typed"]


def test_the_reads_of_one_view_are_answered_in_the_order_asked_and_another_view_waits_for_none(
    qtbot: QtBot, worker: Worker
) -> None:
    gate, view, other = Gate(), QObject(), QObject()
    answers: list[str] = []

    def slow() -> str:
        gate()
        return "first"

    ask(worker, Lane.READ, slow, answers, view)  # type: ignore[arg-type]
    assert gate.reached.wait(PATIENCE / 1000)
    ask(worker, Lane.READ, lambda: "second", answers, view)  # type: ignore[arg-type]
    ask(worker, Lane.READ, lambda: "another view", answers, other)  # type: ignore[arg-type]
    qtbot.waitUntil(lambda: bool(answers), timeout=PATIENCE)
    assert answers == ["another view"]
    gate.opened.set()
    qtbot.waitUntil(lambda: not worker.busy, timeout=PATIENCE)
    assert answers == ["another view", "first", "second"]


def test_what_needs_the_desk_to_itself_begins_when_all_else_is_answered(qtbot: QtBot, worker: Worker) -> None:
    gate = Gate()
    done: list[str] = []
    ask(worker, Lane.OUT, gate, [])
    assert gate.reached.wait(PATIENCE / 1000)
    ask(worker, Lane.ALONE, lambda: done.append("alone"), [])
    # What an answer asks for belongs to what was asked before: a paper is filed after it was written.
    worker.submit(
        worker,
        lambda: done.append("written"),
        lambda _: ask(worker, Lane.WRITE, lambda: done.append("filed"), []),
        done.append,  # type: ignore[arg-type]
        lane=Lane.OUT,
    )
    qtbot.waitUntil(lambda: "filed" in done, timeout=PATIENCE)
    assert done == ["written", "filed"]
    gate.opened.set()
    qtbot.waitUntil(lambda: not worker.busy, timeout=PATIENCE)
    assert done == ["written", "filed", "alone"]


def test_a_read_that_would_never_end_is_broken_off(qtbot: QtBot, worker: Worker, desk: DeskFile) -> None:
    begun = threading.Event()
    answers: Answers = []

    def endless() -> None:
        with desk.reading() as connection:
            begun.set()
            connection.exec_driver_sql(ENDLESS).all()

    ask(worker, Lane.READ, endless, answers)
    assert begun.wait(PATIENCE / 1000)
    ask(worker, Lane.LONG, lambda: "waits", answers)
    ask(worker, Lane.WRITE, lambda: write(desk, "typed"), [])
    worker.cancel(Lane.READ, Lane.LONG)
    qtbot.waitUntil(lambda: not worker.busy, timeout=PATIENCE)
    assert (answers, written(desk)) == ([], "typed")
    ask(worker, Lane.READ, lambda: written(desk), answers)
    qtbot.waitUntil(lambda: not worker.busy, timeout=PATIENCE)
    assert answers == ["typed"], "what was broken off is over; what comes after is answered"


def test_an_answer_that_waits_for_an_earlier_one_is_dropped_with_it(qtbot: QtBot, worker: Worker) -> None:
    gate = Gate()
    answers: Answers = []
    view, other = QObject(), QObject()
    ask(worker, Lane.READ, gate, answers, view)
    assert gate.reached.wait(PATIENCE / 1000)
    ask(worker, Lane.READ, lambda: "second", answers, view)
    ask(worker, Lane.READ, lambda: "another view", answers, other)
    qtbot.waitUntil(lambda: answers == ["another view"], timeout=PATIENCE)
    worker.cancel(Lane.READ)
    gate.opened.set()
    qtbot.waitUntil(lambda: not worker.busy, timeout=PATIENCE)
    assert answers == ["another view"]


def test_what_writes_or_makes_a_file_is_never_broken_off(qtbot: QtBot, worker: Worker, desk: DeskFile) -> None:
    answers: Answers = []
    ask(worker, Lane.WRITE, lambda: write(desk, "typed"), answers)
    ask(worker, Lane.OUT, lambda: written(desk), answers)
    worker.cancel(*Lane)
    qtbot.waitUntil(lambda: not worker.busy, timeout=PATIENCE)
    assert answers == [None, "typed"]


def test_a_job_that_was_told_to_stop_ends_at_its_next_step() -> None:
    job = UnderWay(Lane.READ)
    with job.here():
        go_on()
        job.stop()
        with pytest.raises(Stopped):
            go_on()
    go_on()  # a thread that runs no job goes on


# --- nothing by-passes it -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("lane", [Lane.READ, Lane.LONG, Lane.OUT])
def test_a_job_that_was_not_said_to_write_cannot(qtbot: QtBot, worker: Worker, desk: DeskFile, lane: Lane) -> None:
    answers: Answers = []
    ask(worker, lane, lambda: write(desk, "typed"), answers)
    qtbot.waitUntil(lambda: not worker.busy, timeout=PATIENCE)
    assert isinstance(answers[0], RuntimeError)
    assert written(desk) == ""


def test_only_the_worker_has_threads_and_only_the_window_and_photos_have_a_worker() -> None:
    makes_threads, makes_workers = set(), set()
    for path in PACKAGE.rglob("*.py"):
        calls = [
            node.func for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)
        ]
        names = {getattr(call, "attr", getattr(call, "id", "")) for call in calls}
        if names & {
            "Thread",
            "QThread",
            "QThreadPool",
            "ThreadPoolExecutor",
            "ProcessPoolExecutor",
            "start_new_thread",
        }:
            makes_threads.add(path.name)
        if "Worker" in names:
            makes_workers.add(path.name)
    # What looks into a desk before there is a window, and what asks a share that may never answer.
    assert makes_threads == {"worker.py", "first_look.py", "kept_backups.py"}
    assert makes_workers == {"main_window.py", "photo_taker.py"}  # a photo touches no desk while it is read


# --- anything in any order ----------------------------------------------------------------------------------------


class Lanes(RuleBasedStateMachine):
    """Anything asked of the lanes in any order, beside the simplest account of what the desk holds."""

    qtbot: QtBot
    desk: DeskFile

    @initialize()
    def begin(self) -> None:
        self.worker = Worker()
        self.views = [QObject(), QObject()]
        self.asked = 0
        self.words: list[str] = []
        self.writes: list[tuple[int, object]] = []
        self.answers: dict[QObject, list[int]] = {view: [] for view in self.views}
        self.reads: dict[QObject, list[int]] = {view: [] for view in self.views}
        self.cancelled: set[int] = set()
        self.to_write: list[int] = []
        self.shut: list[Gate] = []
        self.alone = 0
        write(self.desk, "")

    def next(self) -> int:
        self.asked += 1
        return self.asked

    def answer_writes(self) -> None:
        """Every write lands though reads are held in the middle."""
        self.qtbot.waitUntil(lambda: len(self.writes) == len(self.to_write), timeout=PATIENCE)
        assert [number for number, _ in self.writes] == self.to_write
        assert written(self.desk).split() == self.words

    @rule(fails=st.booleans(), look=st.booleans())
    def write_a_word(self, fails: bool, look: bool) -> None:
        number = self.next()
        self.to_write.append(number)

        def job() -> None:
            with self.desk.writing() as connection:
                before = kept.get(connection, "word")
                kept.put(connection, "word", f"{before} w{number}".strip())
                if fails:
                    raise ValueError(number)

        def answered(result: object) -> None:
            assert isinstance(result, ValueError) == fails
            self.writes.append((number, result))

        if not fails:
            self.words.append(f"w{number}")
        self.worker.submit(self.worker, job, answered, answered, lane=Lane.WRITE)
        if look:
            self.answer_writes()

    @rule(view=st.integers(0, 1), lane=st.sampled_from([Lane.READ, Lane.LONG, Lane.OUT]), held=st.booleans())
    def read_it(self, view: int, lane: Lane, held: bool) -> None:
        number, owner, before, gate = self.next(), self.views[view], list(self.words), Gate()

        def job() -> list[str]:
            with self.desk.reading() as connection:
                first = kept.get(connection, "word")
                if held:
                    gate()
                assert kept.get(connection, "word") == first
                return first.split()

        def answered(found: object) -> None:
            assert isinstance(found, list), found
            assert found[: len(before)] == before, "a read sees every write that was asked for before it"
            assert number not in self.cancelled
            if lane is Lane.READ:
                self.answers[owner].append(number)

        if held:
            self.shut.append(gate)
        if lane is Lane.READ:
            self.reads[owner].append(number)
        self.worker.submit(owner, job, answered, answered, lane=lane)

    @precondition(lambda self: self.shut)
    @rule(data=st.data())
    def let_one_go_on(self, data: st.DataObject) -> None:
        self.shut.pop(data.draw(st.integers(0, len(self.shut) - 1))).opened.set()

    @rule()
    def let_the_window_work(self) -> None:
        self.qtbot.wait(1)

    @rule()
    def cancel_the_reads(self) -> None:
        for view in self.views:
            self.cancelled |= set(self.reads[view]) - set(self.answers[view])
        self.worker.cancel(Lane.READ)

    @rule()
    def have_the_desk_alone(self) -> None:
        def job() -> None:
            with self.desk.alone():
                pass

        def answered(result: object) -> None:
            assert result is None
            self.alone -= 1

        self.alone += 1
        self.worker.submit(self.worker, job, answered, answered, lane=Lane.ALONE)

    def teardown(self) -> None:
        if not hasattr(self, "worker"):
            return
        try:
            self.answer_writes()
            for gate in self.shut:
                gate.opened.set()
            self.qtbot.waitUntil(lambda: not self.worker.busy, timeout=PATIENCE)
            self.answer_writes()
            assert self.alone == 0
            for view in self.views:
                assert self.answers[view] == [one for one in self.reads[view] if one not in self.cancelled]
        finally:
            for gate in self.shut:
                gate.opened.set()
            self.worker.stop()


def test_whatever_is_asked_in_any_order_no_write_is_lost_or_doubled_and_every_read_sees_those_before_it(
    qtbot: QtBot, desk: DeskFile
) -> None:
    class OnThisDesk(Lanes):
        pass

    OnThisDesk.qtbot, OnThisDesk.desk = qtbot, desk
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        OnThisDesk,
        settings=settings(
            max_examples=60, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
