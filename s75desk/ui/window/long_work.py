"""Work on the desk that may take long: shows how far it is after 0.6 s, and can be stopped."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from s75desk.domain.errors import DeskError
from s75desk.ui.widgets.progress_sheet import ProgressSheet

if TYPE_CHECKING:
    from s75desk.services.desk import Advance

OnWorker = Callable[[Callable[[], Any], Callable[[Any], None], Callable[[DeskError], None]], None]


class LongWork(QObject):
    """One piece of work. It keeps itself until the work is done.

    Args:
        window: Where progress is shown.
        title: "Backing up this desk".
        assurance: Whether anything has changed yet.
        stopped: What is said when the officer has stopped it: what is as it was.
        icon: Icon before the title.
    """

    _advanced = Signal(float)
    _ended = Signal()

    def __init__(self, window: QWidget, title: str, assurance: str, stopped: str, icon: str = "backup") -> None:
        super().__init__(window)
        self._stopped = stopped
        self._stop = threading.Event()
        self._sheet = ProgressSheet(window, title, icon=icon, assurance=assurance, cancel="Stop")
        self._sheet.cancelled.connect(self._stop.set)
        self._advanced.connect(self._show)
        self._ended.connect(self._leave)

    def run(
        self,
        on_worker: OnWorker,
        job: Callable[[Advance], Any],
        done: Callable[[Any], None],
        failed: Callable[[DeskError], None],
    ) -> None:
        """Have the job done on the worker; it is told how to say how far it is.

        Args:
            on_worker: Runs a job on the worker and answers in the window's thread.
            job: The work. What ``advance`` raises when the officer stops it has to leave everything as it was.
            done: Takes what the job returned.
            failed: Takes trouble, also that it was stopped.
        """

        def work() -> Any:
            try:
                return job(self._advance)
            finally:
                self._ended.emit()

        on_worker(work, done, failed)

    def _advance(self, share: float) -> None:
        """Called on the worker's thread; the signal is queued to the window's."""
        if self._stop.is_set():
            raise DeskError(self._stopped)
        self._advanced.emit(share)

    def _show(self, share: float) -> None:
        percent = round(100 * share)
        self._sheet.set_progress(percent, 100, f"{percent}%")

    def _leave(self) -> None:
        self._sheet.finish()
        self.deleteLater()
