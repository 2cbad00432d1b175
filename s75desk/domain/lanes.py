"""Where a job runs beside others, and what its thread may do there: write, and go on when it was told to stop.

A thread that runs no job of a lane, such as that of a command, may do everything and is never stopped.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
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

    def stop(self) -> None:
        """Have it end at its next step; from any thread."""
        self.stopped = True

    @contextmanager
    def here(self) -> Iterator[None]:
        """It runs on this thread, inside the block."""
        _here.job = self
        try:
            yield
        finally:
            del _here.job


def _present() -> UnderWay | None:
    return getattr(_here, "job", None)


def told_to_stop() -> bool:
    """Whether the job of this thread is to end; asked again and again by what may take long."""
    job = _present()
    return job is not None and job.stopped


def go_on() -> None:
    """Called before each step of what may take long.

    Raises:
        Stopped: The job of this thread was told to stop.
    """
    if told_to_stop():
        raise Stopped


def may_write() -> bool:
    """Whether the job of this thread runs in a lane that writes."""
    job = _present()
    return job is None or job.lane in WRITING
