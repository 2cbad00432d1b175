"""What a widget calls to have something done: read or write on the worker, then tell the window.

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
from s75desk.services.office import Office
from s75desk.ui.bus import Bus
from s75desk.ui.worker import Worker

T = TypeVar("T")


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
        worker: The thread.
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
        """Take no more wishes and drop every answer still to come: the desk is about to be closed."""
        self._retired = True

    def read(
        self,
        owner: QObject,
        job: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[DeskError], None] | None = None,
    ) -> None:
        """Run a reading service method and hand its result to ``done`` in the window's thread.

        Args:
            owner: The widget that asks; the answer is dropped if it is gone.
            job: Calls one service method.
            done: Takes the result.
            failed: Takes trouble of the environment; the notice does if none is given.
        """
        if self._retired:
            return

        def finish(result: T) -> None:
            if not self._retired:
                done(result)

        def answer(trouble: BaseException) -> None:
            self.sort_out(trouble, failed)

        self.worker.submit(owner, job, finish, answer)

    def write(
        self,
        owner: QObject,
        job: Callable[[], Changes],
        done: Callable[[Changes], None] | None = None,
        failed: Callable[[DeskError | Rejected], None] | None = None,
        *,
        silent: bool = False,
    ) -> None:
        """Run a writing service method; its ``Changes`` go to every view, and to a notice unless ``silent``.

        Args:
            owner: The widget that asks.
            job: Calls one service method that returns ``Changes``.
            done: Takes the changes, after the views were told.
            failed: Takes trouble of the environment or a rejection; nothing has been written then.
            silent: No notice.
        """

        def finish(changes: Changes) -> None:
            self.wrote.emit(changes)
            self.bus.publish(changes, silent=silent)
            if done is not None and shiboken6.isValid(owner):
                done(changes)

        def answer(trouble: BaseException) -> None:
            self.sort_out(trouble, failed if shiboken6.isValid(owner) else None)

        # Owned by the operations, not by the asker: the views must hear of a write even if the asker has gone.
        self.worker.submit(self, job, finish, answer)

    def quiet(self, owner: QObject, job: Callable[[], Any], failed: Callable[[DeskError], None] | None = None) -> None:
        """Run a job whose result no one waits for: keeping a draft."""
        self.read(owner, job, _nothing, failed)

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


def _nothing(_: object) -> None:
    return None
