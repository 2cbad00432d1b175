"""The single thread on which every service method runs, so that the window never waits for the desk."""

from __future__ import annotations

import itertools
import queue
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import shiboken6
from PySide6.QtCore import QObject, Qt, QThread, QTimer, Signal, Slot

from s75desk.ui.collecting import Collecting

Job = Callable[[], Any]


@dataclass(eq=False, slots=True)
class Task:
    """A job on its way through the worker.

    Attributes:
        owner: Who asked. If it is gone when the answer comes, the answer is dropped.
        job: What to do, on the worker's thread. It must not touch a widget.
        done: Called in the window's thread with what the job returned.
        failed: Called in the window's thread with what the job raised.
        number: What the two threads call it.
        result: What the job returned.
        trouble: What the job raised, or None.
    """

    owner: QObject
    job: Job
    done: Callable[[Any], None]
    failed: Callable[[BaseException], None]
    number: int
    result: Any = None
    trouble: BaseException | None = None


class _Thread(QThread):
    """Runs tasks in the order they came until it is given None.

    A task holds widgets: its owner, and whatever its functions refer to. Letting go of the last reference to a widget
    would delete it here, on the wrong thread. So the window's side keeps every task until its answer has been
    delivered, and this side lets go of it before it tells that it is done, by number only.

    Signals:
        finished_task: Number of the task that is done.
    """

    finished_task = Signal(int)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.waiting: queue.SimpleQueue[Task | None] = queue.SimpleQueue()

    def run(self) -> None:
        while (task := self.waiting.get()) is not None:
            try:
                task.result = task.job()
            except BaseException as trouble:  # noqa: BLE001 - handed to the window, which knows whose fault it is
                task.trouble = trouble
            number = task.number
            del task
            self.finished_task.emit(number)


class Worker(QObject):
    """One thread, one queue: jobs run one after another in the order in which they were asked for.

    Signals:
        busy_changed: True when the first job starts waiting, False when the last answer has been delivered.
        slow: A job has taken longer than 0.6 s.
    """

    busy_changed = Signal(bool)
    slow = Signal()

    def __init__(self, parent: QObject | None = None, *, slow_after_ms: int = 600) -> None:
        super().__init__(parent)
        self._thread = _Thread(self)
        self._thread.finished_task.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._collecting = Collecting(self)
        self._tasks: dict[int, Task] = {}
        self._numbers = itertools.count()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(slow_after_ms)
        self._timer.timeout.connect(self.slow)

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
    ) -> None:
        """Run ``job`` on the worker's thread and answer in the window's thread.

        Args:
            owner: Who asks; answers for an owner that is gone are dropped.
            job: Runs without touching a widget.
            done: Takes what the job returned.
            failed: Takes what the job raised.
        """
        if not self._thread.isRunning():
            self._collecting.start()
            self._thread.start()
        task = Task(owner, job, done, failed, next(self._numbers))
        self._tasks[task.number] = task
        if len(self._tasks) == 1:
            self._timer.start()
            self.busy_changed.emit(True)
        self._thread.waiting.put(task)

    def stop(self, *, answering: bool = False) -> None:
        """Finish what is waiting, then end the thread.

        Args:
            answering: Deliver what is still to be answered now; else it is dropped.
        """
        self._timer.stop()
        if self._thread.isRunning():
            self._thread.waiting.put(None)
            self._thread.wait()
            for number in list(self._tasks) if answering else ():
                self._deliver(number)
        self._collecting.stop()
        if self._tasks:  # an answer delivered now might ask for more, and start the thread of a window that has gone
            self._tasks.clear()
            self.busy_changed.emit(False)

    @Slot(int)
    def _deliver(self, number: int) -> None:
        task = self._tasks.get(number)
        if task is None:  # it was done when the thread was ended
            return
        try:
            if shiboken6.isValid(task.owner):
                if task.trouble is None:
                    task.done(task.result)
                else:
                    task.failed(task.trouble)
        finally:
            # An answer that closes the window has ended the thread and all that waited.
            if self._tasks.pop(number, None) is not None and not self._tasks:
                self._timer.stop()
                self.busy_changed.emit(False)
