"""The lanes on which every service method runs, so that the window waits for no desk and a save for no long read."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from typing import Any

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal, Slot

from s75desk.domain.lanes import WRITING, Lane, UnderWay
from s75desk.ui.collecting import Collecting

Job = Callable[[], Any]

THREADS = {Lane.WRITE: 1, Lane.READ: 2, Lane.LONG: 2, Lane.OUT: 2}
"""How many jobs of a lane run at once. What needs the desk to itself runs on the thread that writes."""


@dataclass(eq=False, slots=True)
class Task:
    """A job on its way.

    Attributes:
        owner: Who asked. If it is gone when the answer comes, the answer is dropped.
        job: What to do, on a thread of the lane. It must not touch a widget.
        done: Called in the window's thread with what the job returned.
        failed: Called in the window's thread with what the job raised.
        number: What the threads call it.
        under_way: Its lane, and whether it was told to stop.
        over: Done when the thread has let go of it; None before it is given to one.
        after: What was to be written when it was asked for.
        answerable: Whether the thread has let go of it and told so.
        result: What the job returned.
        trouble: What the job raised, or None.
    """

    owner: QObject
    job: Job
    done: Callable[[Any], None]
    failed: Callable[[BaseException], None]
    number: int
    under_way: UnderWay
    over: Future[None] | None = None
    after: tuple[Future[None], ...] = ()
    answerable: bool = False
    result: Any = None
    trouble: BaseException | None = None

    @property
    def lane(self) -> Lane:
        """Where it runs."""
        return self.under_way.lane


def _run(tasks: dict[int, Task], number: int, tell: Callable[[int], None]) -> None:
    """Do a job on this thread.

    A task holds widgets: its owner, and whatever its functions refer to. Letting go of the last reference to a widget
    would delete it here, on the wrong thread. So the window's side keeps every task until its answer has been
    delivered, and this side lets go of it before it tells that it is done, by number only.
    """
    task = tasks[number]
    wait(task.after)
    if not task.under_way.stopped:
        try:
            with task.under_way.here():
                task.result = task.job()
        except BaseException as trouble:  # noqa: BLE001 - handed to the window, which knows whose fault it is
            task.trouble = trouble
    del task
    tell(number)


class Worker(QObject):
    """Runs jobs beside each other, as their lanes say.

    Writes are done and answered in the order in which they were asked for, and wait for no read. The reads of one owner
    are answered in that order too, whichever is done first.

    Signals:
        busy_changed: True when the first job starts waiting, False when the last answer has been delivered.
    """

    busy_changed = Signal(bool)
    _told = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._told.connect(self._take, Qt.ConnectionType.QueuedConnection)
        self._collecting = Collecting(self)
        self._pools: dict[Lane, ThreadPoolExecutor] = {}
        self._tasks: dict[int, Task] = {}
        self._numbers = itertools.count()
        self._written: tuple[Future[None], ...] = ()
        self._waiting: list[tuple[set[int], QObject, Callable[[], None]]] = []

    @property
    def busy(self) -> bool:
        """Whether any answer is still to come."""
        return bool(self._tasks)

    def submit(
        self,
        owner: QObject,
        job: Job,
        done: Callable[[Any], None],
        failed: Callable[[BaseException], None],
        *,
        lane: Lane,
    ) -> None:
        """Run ``job`` in a lane and answer in the window's thread.

        Args:
            owner: Who asks; answers for an owner that is gone are dropped.
            job: Runs without touching a widget.
            done: Takes what the job returned.
            failed: Takes what the job raised.
            lane: What the job does. One that needs the desk to itself begins when everything else is answered.
        """
        task = Task(owner, job, done, failed, next(self._numbers), UnderWay(lane))
        self._tasks[task.number] = task
        if len(self._tasks) == 1:
            self.busy_changed.emit(True)
        if lane is Lane.ALONE:
            self._let_in()
        else:
            self._begin(task)

    def after_reads(self, owner: QObject, do: Callable[[], None]) -> None:
        """Do something once all that is being read now has been answered, whoever asked; at once if nothing is.

        Args:
            owner: Whose doing it is; nothing is done for an owner that is gone.
            do: Runs in the window's thread.
        """
        reads = {number for number, task in self._tasks.items() if task.lane is Lane.READ}
        if reads:
            self._waiting.append((reads, owner, do))
        else:
            do()

    def cancel(self, *lanes: Lane) -> None:
        """Break off what reads in these lanes and drop its answers; what writes or makes something is finished."""
        for task in self._tasks.values():
            if task.lane in lanes and task.lane in (Lane.READ, Lane.LONG):
                task.under_way.stop()
                if task.answerable:  # it waits for the answer to an earlier one, which will never come
                    self._told.emit(task.number)

    def stop(self, *, answering: bool = False) -> None:
        """Finish what has begun or waits for its turn, then end the threads.

        Args:
            answering: Deliver what is still to be answered now; else it is dropped.
        """
        for pool in self._pools.values():
            pool.shutdown()
        self._pools.clear()
        self._written = ()
        for task in list(self._tasks.values()) if answering else ():
            if task.over is not None:
                self._answer(task.number)
        self._collecting.stop()
        self._waiting.clear()
        if self._tasks:  # an answer delivered now might ask for more, and start the thread of a window that has gone
            self._tasks.clear()
            self.busy_changed.emit(False)

    def _begin(self, task: Task) -> None:
        """Give a task to a thread of its lane."""
        self._collecting.start()
        pool = Lane.WRITE if task.lane in WRITING else task.lane
        if pool not in self._pools:
            self._pools[pool] = ThreadPoolExecutor(THREADS[pool], thread_name_prefix=f"lane-{pool.name.lower()}")
        if pool is not Lane.WRITE:
            task.after = self._written
        task.over = self._pools[pool].submit(_run, self._tasks, task.number, self._told.emit)
        if pool is Lane.WRITE:
            self._written = (task.over,)  # those before it are over by then

    def _let_in(self) -> None:
        """Begin what needs the desk to itself once nothing else is on its way."""
        first = next(iter(self._tasks.values()), None)
        if first is not None and first.over is None and all(task.lane is Lane.ALONE for task in self._tasks.values()):
            self._begin(first)

    @Slot(int)
    def _take(self, number: int) -> None:
        """A job is done: answer it, unless its owner still waits for the answer to an earlier read."""
        task = self._tasks.get(number)
        if task is None:  # it was done when the threads were ended
            return
        task.answerable = True
        if task.lane is Lane.READ and not task.under_way.stopped and self._next_read(task.owner) is not task:
            return
        self._answer(number)
        following = self._next_read(task.owner)
        if following is not None and following.answerable:
            self._told.emit(following.number)

    def _next_read(self, owner: QObject) -> Task | None:
        """The first read of an owner that is still to be answered."""
        reads = (task for task in self._tasks.values() if task.owner is owner and task.lane is Lane.READ)
        return next((task for task in reads if not task.under_way.stopped), None)

    def _answer(self, number: int) -> None:
        task = self._tasks.get(number)
        if task is None:
            return
        try:
            if shiboken6.isValid(task.owner) and not task.under_way.stopped:
                if task.trouble is None:
                    task.done(task.result)
                else:
                    task.failed(task.trouble)
        finally:
            # An answer that closes the window has ended the threads and all that waited.
            if self._tasks.pop(number, None) is not None:
                self._go_on_after(number)
                if not self._tasks:
                    self.busy_changed.emit(False)
                self._let_in()

    def _go_on_after(self, number: int) -> None:
        """What waited for the last of several answers is done."""
        for reads, _, _ in self._waiting:
            reads.discard(number)
        over = [one for one in self._waiting if not one[0]]
        self._waiting = [one for one in self._waiting if one[0]]
        for _, owner, do in over:
            if shiboken6.isValid(owner):
                do()
