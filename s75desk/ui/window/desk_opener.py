"""Opens, makes, restores and closes desks on the worker, asking what must be asked; tells the window how it went."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Sequence
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from s75desk.domain.errors import DeskError, WrongPassphrase
from s75desk.domain.lanes import Lane
from s75desk.ui.worker import Worker

if TYPE_CHECKING:
    from s75desk.services.desk import Backup, DeskFile, DeskLocked, DeskService, Progress


class DeskOpener(QObject):
    """One desk at a time.

    Signals:
        opened: A desk is open; carries the ``DeskFile``.
        failed: A desk could not be opened: its path, the ``DeskError``, its backups.
        refused: Making a desk failed, or the officer gave up; carries the ``DeskError`` or None.
        step: What is being done, in words.
        crashed: Our own fault; carries the exception.

    Args:
        desks: The service, made when it is first asked for.
        worker: The lanes.
        window: Where dialogs belong.
    """

    opened = Signal(object)
    failed = Signal(object, object, object)
    refused = Signal(object)
    step = Signal(str)
    crashed = Signal(object)

    def __init__(self, desks: Callable[[], DeskService], worker: Worker, window: QWidget) -> None:
        super().__init__(window)
        self._desks = desks
        self._worker = worker
        self._window = window

    @property
    def desks(self) -> DeskService:
        """What opens and closes desks."""
        return self._desks()

    def open(self, path: Path) -> None:
        """Open a desk; asks for its passphrase if it has one."""

        def asked(needs: bool) -> None:
            if needs:
                self._ask(path)
            else:
                self._open(path, None)

        self._run(lambda: self.desks.needs_passphrase(path), asked, partial(self._failed, path), Lane.READ)

    def make(self, path: Path) -> None:
        """Make a desk; asks whether it should have a passphrase."""
        from s75desk.ui.window.passphrase_dialogs import SetPassphrase

        dialog = SetPassphrase(self._window, path.stem, new_desk=True)
        dialog.chosen.connect(lambda _present, secret: self.create(path, secret))
        dialog.refused.connect(lambda: self.refused.emit(None))
        dialog.open()

    def create(self, path: Path, secret: str = "") -> None:
        """Make a desk with this passphrase, "" for none, and open it."""
        self.step.emit("Making the desk")
        self._run(lambda: self.desks.create(path, secret or None), self.opened.emit, self.refused.emit)

    def restore(self, backup: Path, target: Path, encrypted: bool) -> None:
        """Put a backup in a desk's place and open it."""
        from s75desk.ui.window.passphrase_dialogs import AskPassphrase

        if encrypted:
            dialog = AskPassphrase(self._window, backup.stem)
            dialog.given.connect(lambda secret: self.restore_with(backup, target, secret))
            dialog.open()
        else:
            self.restore_with(backup, target, "")

    def restore_with(self, backup: Path, target: Path, secret: str) -> None:
        """Put a backup in a desk's place with the passphrase it had then, and open it."""
        self.step.emit("Restoring the backup")

        def work() -> Any:
            self.desks.close()
            return self.desks.restore(backup, target, secret or None)

        self._run(work, lambda _: self._open(target, secret or None), lambda trouble: self._failed(target, trouble))

    def backups_of(self, path: Path, take: Callable[[Sequence[Backup]], None]) -> None:
        """Read the backups of a desk."""
        self._run(lambda: self.desks.backups_of(path), take, lambda trouble: take(()), Lane.READ)

    def _ask(self, path: Path, message: str = "") -> None:
        from s75desk.ui.window.passphrase_dialogs import AskPassphrase

        dialog = AskPassphrase(self._window, path.stem, message)
        dialog.given.connect(lambda secret: self._open(path, secret))
        dialog.refused.connect(lambda: self.refused.emit(None))
        dialog.open()

    def _open(self, path: Path, secret: str | None, take_over: bool = False) -> None:
        self.step.emit("Opening the desk")

        def work() -> DeskFile:
            desk = self.desks.open(path, secret, take_over=take_over, report=self._report)
            _load_the_window()
            return desk

        def trouble(found: DeskError) -> None:
            from s75desk.services.desk import DeskLocked

            if isinstance(found, WrongPassphrase):
                self._ask(path, f"{found.what} {found.remedy}".strip() if secret else "")
            elif isinstance(found, DeskLocked) and found.may_take_over:
                self._offer_take_over(path, secret, found)
            else:
                self._failed(path, found)

        self._run(work, self.opened.emit, trouble)

    def _report(self, progress: Progress) -> None:
        # Called on the worker's thread; the signal is queued to the window's.
        self.step.emit(progress.step.value)

    def _offer_take_over(self, path: Path, secret: str | None, locked: DeskLocked) -> None:
        from s75desk.ui.widgets.question_dialog import QuestionDialog

        dialog = QuestionDialog(
            self._window,
            f"Open {path.stem} although another computer has it?",
            f"{locked.what} If it is truly closed there, open it here. Two computers writing to it at once damage it.",
            safe=("leave", "Leave it closed"),
            verbs=(("take", "Open it here", "danger", ""),),
        )

        def answered(answer: str) -> None:
            if answer == "take":
                self._open(path, secret, take_over=True)
            else:
                self.refused.emit(None)

        dialog.answered.connect(answered)
        dialog.open()

    def _failed(self, path: Path, trouble: DeskError) -> None:
        self.backups_of(path, lambda backups: self.failed.emit(path, trouble, backups))

    def _run(
        self,
        job: Callable[[], Any],
        done: Callable[[Any], None],
        failed: Callable[[DeskError], None],
        lane: Lane = Lane.ALONE,
    ) -> None:
        def answer(trouble: BaseException) -> None:
            if isinstance(trouble, DeskError):
                failed(trouble)
            else:
                self.crashed.emit(trouble)
                self.refused.emit(None)

        self._worker.submit(self, job, done, answer, lane=lane)


SHOWN_WITH = ("s75desk.ui.window.desk_view", "s75desk.ui.pages.overview.page", "s75desk.services.overview")
"""What an open desk is first shown with."""


def _load_the_window() -> None:
    """Load it on the thread that opened the desk: the window's own goes on meanwhile."""
    if SHOWN_WITH[0] in sys.modules:
        return
    for module in SHOWN_WITH:
        import_module(module)
    gc.freeze()  # As at the start: what is loaded stays, and need not be looked through for garbage.
