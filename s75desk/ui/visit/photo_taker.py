"""Brings photos into a visit: read and scaled on a thread of its own, so that typing is saved meanwhile, then kept.

A photo that cannot be kept because the disk is full stays here and is tried again; one that is no photo is refused in
words and nothing of it is kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import shiboken6
from PySide6.QtCore import QObject, QTimer, Signal

from s75desk.domain.changes import Changes
from s75desk.domain.errors import DeskError, Rejected
from s75desk.domain.lanes import Lane
from s75desk.domain.records import VisitPhoto
from s75desk.ui.operations import Operations
from s75desk.ui.visit.session import AGAIN_MS, VisitSession
from s75desk.ui.worker import Worker


@dataclass(frozen=True, slots=True)
class _Taken:
    """A photo that has been read and is to be kept."""

    photo: VisitPhoto
    picture: bytes
    thumbnail: bytes


class PhotoTaker(QObject):
    """See the module.

    Signals:
        adding_changed: How many photos are on their way, by question: the code and the number.
        troubled: Why a photo was not added, in words; "" when all is well again.

    Args:
        operations: Reads and writes of the open desk.
        session: The visit.

    Attributes:
        trouble: Why what was read cannot be kept at the moment, None while all is well.
    """

    adding_changed = Signal(str, int)
    troubled = Signal(str)

    def __init__(self, operations: Operations, session: VisitSession, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._operations = operations
        self._session = session
        self._reader = Worker(self)
        self._adding: dict[str, int] = {}
        self._waiting: list[_Taken] = []
        self._stopped = False
        self.trouble: DeskError | None = None
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(AGAIN_MS)
        self._again.timeout.connect(self._try_again)

    @property
    def unsaved(self) -> bool:
        """Whether any photo is still on its way."""
        return any(self._adding.values())

    def adding(self, question: str) -> int:
        """How many photos of a question are on their way."""
        return self._adding.get(question, 0)

    def take(self, question: str, sources: Sequence[Path | bytes]) -> None:
        """Add photos to a question.

        Args:
            question: Code of the question.
            sources: Files, or the bytes of pictures that were pasted.
        """
        if self._session.locked:
            return
        service = self._operations.office.visiting
        for source in sources:
            self._count(question, 1)
            photo = VisitPhoto(uid=str(uuid4()), visit=self._session.visit, question=question)

            def read(photo: VisitPhoto = photo, source: Path | bytes = source) -> _Taken:
                found = service.read_photo(source)
                described = service.described(photo, found)
                return _Taken(described, found.picture, found.thumbnail)

            def failed(fault: BaseException, question: str = question) -> None:
                if self._left:
                    self._operations.sort_out(fault)
                    return
                self._count(question, -1)
                self._say(fault)

            self._reader.submit(self, read, self._keep, failed, lane=Lane.OUT)

    def finish_reading(self) -> None:
        """Wait until every photo is read, and have those kept."""
        self._reader.stop(answering=True)

    def stop(self) -> None:
        """Have everything kept that is being read or waits, then end the thread; what goes wrong now is only told."""
        self._again.stop()
        self._stopped = True
        self.finish_reading()
        self._try_again()

    def _keep(self, taken: _Taken) -> None:
        operations, service = self._operations, self._operations.office.visiting
        question = taken.photo.question or ""

        def job() -> tuple[Changes, VisitPhoto]:
            changes = service.attach(taken.photo, taken.picture, taken.thumbnail)
            return changes, service.get(VisitPhoto, taken.photo.uid)

        def done(kept: tuple[Changes, VisitPhoto]) -> None:
            changes, photo = kept
            operations.wrote.emit(changes)
            operations.bus.publish(changes, silent=True)
            if self._left:
                return
            self._session.thumbnails[photo.thumbnail or ""] = taken.thumbnail
            self._session.take_in(photo)
            self._count(question, -1)
            if not self._waiting:
                self.trouble = None
                self.troubled.emit("")

        def failed(fault: BaseException) -> None:
            if self._left:
                operations.sort_out(fault)
                return
            self._say(fault)
            if isinstance(fault, DeskError):
                self.trouble = fault
                self._waiting.append(taken)
                self._again.start()
            else:
                self._count(question, -1)

        # Owned by the operations: the views must hear of a write even if the visit was left.
        operations.worker.submit(operations, job, done, failed, lane=Lane.WRITE)

    @property
    def _left(self) -> bool:
        return not shiboken6.isValid(self) or self._stopped

    def _try_again(self) -> None:
        waiting, self._waiting = self._waiting, []
        for taken in waiting:
            self._keep(taken)

    def _count(self, question: str, by: int) -> None:
        self._adding[question] = self._adding.get(question, 0) + by
        self.adding_changed.emit(question, self._adding[question])

    def _say(self, fault: BaseException) -> None:
        if isinstance(fault, DeskError):
            self.troubled.emit(f"{fault.what} {fault.remedy}".strip())
        elif isinstance(fault, Rejected):
            self.troubled.emit(f"Not added: {fault.reason}")
        else:
            self.troubled.emit("Not added: the program made a mistake. The rest of the visit is as it was.")
            self._operations.crashed.emit(fault)
