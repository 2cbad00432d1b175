"""One visit under way: the book in memory, and a queue that has every change on the disk within a second.

The window changes the book at once and draws from it; the queue keeps what changed. What is typed goes to the desk as a
draft a quarter of a second after the first letter; what is settled goes at once. If the disk is full nothing is
forgotten: what could not be kept stays in the queue and on the screen, and is tried again until there is room.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import shiboken6
from PySide6.QtCore import QObject, QTimer, Signal

from s75desk.domain.changes import Changes
from s75desk.domain.errors import DeskError, Rejected
from s75desk.domain.lanes import Lane
from s75desk.domain.records import Record
from s75desk.domain.visits.book import VisitBook, writable
from s75desk.domain.visits.levels import VisitRating
from s75desk.services.visiting import OpenVisit
from s75desk.ui.operations import Operations

TYPED_MS = 250
"""How long after the first letter typed text is on its way to the disk; a promise allows a second."""

SETTLED_MS = 4000
"""How long after the last letter typed text becomes part of the record, with history."""

AGAIN_MS = 2000
"""How long after a failure it is tried again."""

_TOO_LATE = "What was typed at that very moment is not part of the visit. Amend the visit to add it."


class VisitSession(QObject):
    """Holds the book of one visit and keeps it.

    Signals:
        changed: The book holds other words, ratings or records; whether it is only being typed.
        rated: The rating was worked out anew.
        saved: Everything up to now is on the disk; carries the moment, UTC.
        troubled: Something could not be kept (``DeskError`` or ``Rejected``), or can again (None).

    Args:
        operations: Reads and writes of the open desk.
        opened: The visit.
        parent: Owner.

    Attributes:
        book: The visit as it now is.
        rating: Its rating.
        place: Where the officer is: code of a question, or the name of a page.
        thumbnails: Small pictures, by fingerprint.
    """

    changed = Signal(bool)
    rated = Signal()
    saved = Signal(object)
    troubled = Signal(object)

    def __init__(self, operations: Operations, opened: OpenVisit, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._operations = operations
        self._service = operations.office.visiting
        self.book: VisitBook = opened.book
        self.rater = self._service.rater(opened.book)
        self.rating: VisitRating = opened.book.rate(self.rater)
        self.place = opened.place
        self.thumbnails: dict[str, bytes] = dict(opened.thumbnails)
        self.trouble: DeskError | Rejected | None = None
        self._latest: dict[str, Record] = {}
        self._settled: dict[str, None] = {}
        self._typed: dict[str, None] = {}
        self._drafted: dict[str, None] = {}
        self._removed: dict[str, None] = {}
        self._gone: set[str] = set()
        self._moved = False
        self._under_way = 0
        self._failed = False
        self._stopped = False
        self._crash = ""
        self._typing = self._timer(TYPED_MS, self.flush)
        self._settling = self._timer(SETTLED_MS, self.settle)
        self._again = self._timer(AGAIN_MS, self.flush)
        for record in opened.unsettled:
            # It was being typed when the program ended: from now on it is part of the record.
            self._latest[record.uid] = record
            self._drafted[record.uid] = None
        if opened.unsettled and not self.locked:
            self.settle()

    def _timer(self, after: int, do: object) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(after)
        timer.timeout.connect(do)
        return timer

    # What is so

    @property
    def visit(self) -> str:
        """Uid of the visit."""
        return self.book.visit.uid

    @property
    def locked(self) -> bool:
        """Whether it is signed and not being amended."""
        return self.book.locked

    @property
    def unsaved(self) -> bool:
        """Whether anything is not on the disk yet."""
        return bool(self._settled or self._typed or self._removed or self._under_way)

    # What the officer does

    def put(self, record: Record, *, typed: bool = False) -> None:
        """Take in a record as it now is.

        Args:
            record: The answer, action, grade or whatever else changed.
            typed: It is still being typed: it is kept as a draft, and settled when the typing pauses or moves on.
        """
        if self.locked or self._stopped:
            return
        record = writable(record)
        self._begin()
        self.book = self.book.holding(record)
        self._latest[record.uid] = record
        self._removed.pop(record.uid, None)
        self._gone.discard(record.uid)
        if not typed:
            self._forget_typed(record.uid)
            self._settled[record.uid] = None
            self._typing.start(0)
        else:
            if record.uid not in self._settled:
                self._typed[record.uid] = None
            if not self._typing.isActive():  # counted from the first letter, so that no pause is needed
                self._typing.start(TYPED_MS)
            self._settling.start()
        self.changed.emit(typed)

    def _begin(self) -> None:
        """The first thing that is said begins a planned visit, here as in the desk."""
        begun = self.book.begun()
        if begun is not self.book:
            self.book = begun
            self.answer_changed()

    def answer_changed(self) -> None:
        """An answer, an override or a question counts differently now: work the rating out."""
        self.rating = self.book.rate(self.rater)
        self.rated.emit()

    def take_out(self, record: Record) -> None:
        """Take a photo, an action or an override out."""
        if self.locked or self._stopped:
            return
        self._begin()
        self.book = self.book.without(record)
        self._latest[record.uid] = record
        self._settled.pop(record.uid, None)
        self._forget_typed(record.uid)
        self._removed[record.uid] = None
        self._gone.add(record.uid)
        self._typing.start(0)
        self.changed.emit(False)

    def take_in(self, record: Record) -> None:
        """Show a record that has been kept already, such as a photo."""
        self._begin()
        self.book = self.book.holding(record)
        self.changed.emit(False)
        if not self.unsaved:
            self.saved.emit(self._operations.office.place.now())

    def go(self, place: str) -> None:
        """Note where the officer now is; what was typed before is settled."""
        if place != self.place:
            self.place = place
            self._moved = not self.locked
        self.settle()

    def settle(self) -> None:
        """Make everything that was typed part of the record."""
        self._settling.stop()
        self._settled.update(self._drafted)
        self._settled.update(self._typed)
        self._drafted.clear()
        self._typed.clear()
        self.flush()

    def flush(self) -> None:
        """Have everything that is not on the disk yet written now, together."""
        for timer in (self._typing, self._again):
            timer.stop()
        if not (self._settled or self._typed or self._removed or self._moved):
            return
        settled, typed, removed = list(self._settled), list(self._typed), list(self._removed)
        moved, place = self._moved, self.place
        self._drafted.update(self._typed)
        for waiting in (self._settled, self._typed, self._removed):
            waiting.clear()
        self._moved = self._failed = False
        visit, service, operations = self.visit, self._service, self._operations
        records = {uid: self._latest[uid] for uid in (*settled, *typed, *removed)}
        self._under_way += 1

        def job() -> Changes:
            return service.keep(
                visit,
                [records[uid] for uid in settled],
                [records[uid] for uid in typed],
                [records[uid] for uid in removed],
                place if moved else None,
            )

        def done(changes: Changes) -> None:
            if changes.touched:
                operations.wrote.emit(changes)
                operations.bus.publish(changes, silent=True)
            if shiboken6.isValid(self):
                self._under_way -= 1
                self._kept()

        def failed(fault: BaseException) -> None:
            if not shiboken6.isValid(self):
                operations.sort_out(fault)
                return
            self._under_way -= 1
            if self.locked:  # signed meanwhile: there is nothing to try again
                operations.sort_out(fault)
                return
            for uid, record in records.items():
                self._latest.setdefault(uid, record)
            self._put_back(settled, typed, removed)
            self._moved = self._moved or moved
            self._tell(fault)

        # Owned by the operations, not by the session: the views must hear of a write even if the visit was left.
        operations.worker.submit(operations, job, done, failed, lane=Lane.WRITE)

    def _kept(self) -> None:
        self._crash = ""
        if self.trouble is not None and not self._failed and not self._under_way:
            self.trouble = None
            self.troubled.emit(None)
        if not self.unsaved:
            self.saved.emit(self._operations.office.place.now())

    def _put_back(self, settled: Sequence[str], typed: Sequence[str], removed: Sequence[str]) -> None:
        """What could not be kept is kept next time, as it then is; what happened since has the last word.

        That may itself be on its way to the disk, or there already: writing it once more does no harm.
        """
        for uid in (*settled, *typed, *removed):
            if uid in self._gone:
                self._removed[uid] = None
            elif uid in typed:
                if uid not in self._settled:
                    self._typed[uid] = None
            else:
                self._forget_typed(uid)
                self._settled[uid] = None

    def _forget_typed(self, uid: str) -> None:
        self._typed.pop(uid, None)
        self._drafted.pop(uid, None)

    def _tell(self, fault: BaseException) -> None:
        if not isinstance(fault, (DeskError, Rejected)):
            if repr(fault) != self._crash:  # one report, however often it is tried
                self._crash = repr(fault)
                self._operations.crashed.emit(fault)
            fault = DeskError("Not saved: the program made a mistake.", "What you typed is kept here and tried again.")
        self.trouble = fault
        self._failed = True
        if not self._stopped:
            self._again.start()
        self.troubled.emit(fault)

    def reread(self, opened: OpenVisit) -> None:
        """Take in the visit as the desk now has it: after it was signed or opened for an amendment."""
        lost = bool(self._settled or self._typed or self._removed)
        self.book = opened.book
        self.rater = self._service.rater(opened.book)
        self.rating = opened.book.rate(self.rater)
        self.thumbnails.update(opened.thumbnails)
        for timer in (self._typing, self._settling, self._again):
            timer.stop()
        for waiting in (self._latest, self._settled, self._typed, self._drafted, self._removed):
            waiting.clear()
        self._gone.clear()
        self._moved = self._failed = False
        if self.trouble is not None:
            self.trouble = None
            self.troubled.emit(None)
        if lost:
            self._operations.sort_out(Rejected("", _TOO_LATE))
        self.changed.emit(False)
        self.rated.emit()

    # Leaving

    def stop(self) -> None:
        """Write what is left, take nothing more in and run no more timers; what is under way is still answered."""
        self.settle()
        self._stopped = True
        for timer in (self._typing, self._settling, self._again):
            timer.stop()

    def moment(self) -> datetime:
        """Now, UTC."""
        return self._operations.office.place.now()
