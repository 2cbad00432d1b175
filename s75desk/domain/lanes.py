"""Where a job runs beside others, and what its thread may do there: write, and go on when it was told to stop.

A thread that runs no job of a lane, such as that of a command, may do everything and is never stopped.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import Enum

_here = threading.local()


class Lane(Enum):
    """What a job does, which says what it waits for; nothing that is written waits for anything but other writing.

    A job of any other lane sees all that was asked to be written before it was asked for itself.
    """

    WRITE = "writes to the desk, one after another"
    READ = "reads what a view shows"
    LONG = "works out what takes long and is only shown: the pages of a paper, a check"
    OUT = "makes what lies outside the desk: a backup, an export, a print"
    ALONE = "needs the desk to itself: opening, closing, another passphrase"


WRITING = {Lane.WRITE, Lane.ALONE}
"""The lanes that may write to a desk."""


class Stopped(Exception):
    """The job was told to stop: nobody waits for its answer any more."""


class UnderWay:
    """One job on its way. What writes, or makes what lies outside the desk, is not stopped once it has begun.

    Args:
        lane: Where it runs.

    Attributes:
        stopped: Whether it was told to stop.
    """

    def __init__(self, lane: Lane) -> None:
        self.lane = lane
        self.stopped = False
        self._lock = threading.Lock()
        self._interrupts: list[Callable[[], None]] = []

    def stop(self) -> None:
        """Have it end at its next step, and what it waits for broken off; from any thread."""
        with self._lock:
            self.stopped = True
            for interrupt in self._interrupts:
                interrupt()

    @contextmanager
    def here(self) -> Iterator[None]:
        """It runs on this thread, inside the block."""
        _here.job = self
        try:
            yield
        finally:
            del _here.job

    @contextmanager
    def interrupted_by(self, interrupt: Callable[[], None]) -> Iterator[None]:
        """Inside the block, being told to stop calls ``interrupt``."""
        with self._lock:
            self._interrupts.append(interrupt)
        try:
            yield
        finally:
            with self._lock:
                self._interrupts.remove(interrupt)


def _present() -> UnderWay | None:
    return getattr(_here, "job", None)


def go_on() -> None:
    """Called before each step of what may take long.

    Raises:
        Stopped: The job of this thread was told to stop.
    """
    job = _present()
    if job is not None and job.stopped:
        raise Stopped


@contextmanager
def stoppable(interrupt: Callable[[], None]) -> Iterator[None]:
    """A step that ``interrupt`` breaks off, from another thread, when the job of this thread is told to stop.

    Raises:
        Stopped: It was told so before.
    """
    go_on()
    job = _present()
    if job is None:
        yield
        return
    with job.interrupted_by(interrupt):
        yield


def may_write() -> bool:
    """Whether the job of this thread runs in a lane that writes."""
    job = _present()
    return job is None or job.lane in WRITING
