"""What a widget calls to have something done: read or write in a lane of the worker, then tell the window.

One method a kind of call. Trouble of the environment goes to the caller if it wants it, else to a notice; trouble of
our own goes to the crash report.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Signal

from s75desk.domain.changes import Changes
from s75desk.domain.errors import DeskError, Rejected
from s75desk.domain.lanes import Lane
from s75desk.services.office import Office
from s75desk.ui.bus import Bus
from s75desk.ui.worker import Worker

T = TypeVar("T")


def _nothing(_: object) -> None:
    return None


class Operations(QObject):
    """Reads and writes of one open desk.

    Signals:
        trouble: The environment is to blame and no one else took care of it; carries a ``DeskError``.
        refused: A change would break a rule and no form took it; carries ``Rejected``.
        crashed: Our own fault; carries the exception.
        wrote: A write was committed.

    Attributes:
        office: The services.
        bus: Where changes are told.
        worker: The lanes.
    """

    trouble = Signal(object)
    refused = Signal(object)
    crashed = Signal(object)
    wrote = Signal(object)

    def __init__(self, office: Office, bus: Bus, worker: Worker, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.office = office
        self.bus = bus
        self.worker = worker
        self._retired = False

    def retire(self) -> None:
        """Take no more wishes and break off every read still to be answered: the desk is about to be closed."""
        self._retired = True
        self.worker.cancel(Lane.READ, Lane.LONG)

    def read(
        self,
        owner: QObject,
        job: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[DeskError], None] | None = None,
        *,
        lane: Lane = Lane.READ,
    ) -> None:
        """Run a reading service method and hand its result to ``done`` in the window's thread.

        Args:
            owner: The widget that asks; the answer is dropped if it is gone.
            job: Calls one service method.
            done: Takes the result.
            failed: Takes trouble of the environment; the notice does if none is given.
            lane: ``Lane.LONG`` for what takes long and must not hold up other views, ``Lane.OUT`` for a file.
        """
        if self._retired:
            return

        def finish(result: T) -> None:
            if not self._retired:
                done(result)

        def answer(trouble: BaseException) -> None:
            self.sort_out(trouble, failed)

        self.worker.submit(owner, job, finish, answer, lane=lane)

    def write(
        self,
        owner: QObject,
        job: Callable[[], Changes],
        done: Callable[[Changes], None] | None = None,
        failed: Callable[[DeskError | Rejected], None] | None = None,
        *,
        silent: bool = False,
        lane: Lane = Lane.WRITE,
    ) -> None:
        """Run a writing service method; its ``Changes`` go to every view, and to a notice unless ``silent``.

        Args:
            owner: The widget that asks.
            job: Calls one service method that returns ``Changes``.
            done: Takes the changes, after the views were told.
            failed: Takes trouble of the environment or a rejection; nothing has been written then.
            silent: No notice.
            lane: ``Lane.OUT`` for what is made outside the desk and writes nothing to it.
        """

        def finish(changes: Changes) -> None:
            self.wrote.emit(changes)
            self.bus.publish(changes, silent=silent)
            if done is not None and shiboken6.isValid(owner):
                done(changes)

        def answer(trouble: BaseException) -> None:
            self.sort_out(trouble, failed if shiboken6.isValid(owner) else None)

        # Owned by the operations, not by the asker: the views must hear of a write even if the asker has gone.
        self.worker.submit(self, job, finish, answer, lane=lane)

    def after_reads(self, owner: QObject, do: Callable[[], None]) -> None:
        """Do something once every view has what it is reading now: what was just gone to is on show by then."""
        if not self._retired:
            self.worker.after_reads(owner, do)

    def make_and_write(
        self,
        owner: QObject,
        make: Callable[[], T],
        write: Callable[[T], Changes],
        done: Callable[[Changes], None] | None = None,
        failed: Callable[[DeskError | Rejected], None] | None = None,
        *,
        silent: bool = False,
    ) -> None:
        """Make or read what lies outside the desk, beside all saves; then write what comes of it, as ``write`` does.

        Args:
            owner: The widget that asks.
            make: Makes a file, prints, or reads one.
            write: Takes what that gave and calls one service method that returns ``Changes``.
            done: Takes the changes, after the views were told.
            failed: Takes trouble of either.
            silent: No notice.
        """

        def go_on(made: T) -> None:
            self.write(owner, lambda: write(made), done, failed, silent=silent)

        def answer(trouble: BaseException) -> None:
            self.sort_out(trouble, failed if shiboken6.isValid(owner) else None)

        self.worker.submit(self, make, go_on, answer, lane=Lane.OUT)

    def quiet(
        self,
        owner: QObject,
        job: Callable[[], Any],
        failed: Callable[[DeskError], None] | None = None,
        done: Callable[[Any], None] = _nothing,
    ) -> None:
        """Write what no view shows, such as a draft."""
        self.read(owner, job, done, failed, lane=Lane.WRITE)

    def sort_out(self, trouble: BaseException, failed: Callable[[Any], None] | None = None) -> None:
        """Say what went wrong to whom it concerns: the caller, a notice, or the crash report."""
        if self._retired:
            return
        if isinstance(trouble, (DeskError, Rejected)):
            if failed is not None:
                failed(trouble)
            elif isinstance(trouble, DeskError):
                self.trouble.emit(trouble)
            else:
                self.refused.emit(trouble)
        else:
            self.crashed.emit(trouble)
