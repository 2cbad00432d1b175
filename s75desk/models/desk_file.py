"""The desk file: one SQLite file, opened safely, read and written in explicit transactions, closed cleanly."""

from __future__ import annotations

import logging
import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import Connection, Engine

from s75desk.domain.errors import DeskError, DeskInUse, DiskTrouble
from s75desk.domain.lanes import may_write
from s75desk.models import opening
from s75desk.models.cipher import Key
from s75desk.models.engine import OUTSIDE, WRITING, make_engine
from s75desk.models.files import beside, publish, real, remove_database, reserve
from s75desk.models.lock import DeskLock
from s75desk.models.opening import Ready, Report
from s75desk.models.schema import Facts, make_tables
from s75desk.models.seal import Seal
from s75desk.models.trouble import (
    CLOSING,
    CREATING,
    OPENING,
    READING,
    SAVING,
    Task,
    damaged,
    explained,
    moved_away,
    open_to_read,
)

NEW = "-new"
"""Ending of a file that is being made and will take the desk's place, or its name, when it is whole."""

_PATIENCE = 10.0  # Seconds that a change of passphrase waits for transactions to end.


class DeskFile:
    """An open desk: held by a lock, checked, and of the version of this program.

    Use :meth:`create` or :meth:`open`; then :meth:`reading` and :meth:`writing` from any thread; then :meth:`close`.

    Attributes:
        path: The file.
        origin: The desk that ``path`` is a copy of, for reading only; ``path`` itself for a desk that can be changed.
        engine: For ``reading`` and ``writing``, and for tools that want an engine.
        facts: What the desk says about itself.
        upgraded_from: The version its tables had before this opening, None when they were of this version.
        upgrade_backup: The backup that this opening made before upgrading, else None.
        seal: After closing, how the file then lay; None while it is open, and when a log had to stay beside it.
    """

    def __init__(
        self, path: Path, key: Key | None, lock: DeskLock, engine: Engine, ready: Ready, origin: Path | None = None
    ) -> None:
        """Take over what ``opening`` made ready; not for use elsewhere."""
        self.path = path
        self.origin = origin or path
        self.engine = engine
        self.facts: Facts = ready.facts
        self.upgraded_from = ready.upgraded_from
        self.upgrade_backup = ready.backup
        self.seal: Seal | None = None
        self._checked_at = ready.checked_at
        self._key = key
        self._lock = lock
        self._gate = threading.Condition()
        self._active = 0
        self._closed = False
        self._identity = path.stat()
        self._log = self._log_now()

    @classmethod
    def create(cls, path: Path, passphrase: str | None = None, *, now: datetime | None = None) -> Self:
        """Make a new, empty desk and open it.

        Args:
            path: The file to make; its folder exists.
            passphrase: Encrypts the desk; None or "" for none.
            now: The moment to note as its making, UTC.

        Raises:
            DeskError: There is a file of that name already.
            DeskInUse: Another window is making it.
            DiskTrouble: The folder is gone or read-only, or the disk is full; nothing is left behind.
        """
        path = real(path)
        with explained(CREATING, near=path):
            lock = DeskLock.take(path)
            try:
                if path.exists():
                    raise _taken(path)
                key = Key.fresh(passphrase)
                made = beside(path, NEW)
                try:
                    remove_database(made)
                    reserve(made)
                    _make(made, key, now or datetime.now(UTC))
                    publish(made, path)
                except FileExistsError:
                    raise _taken(path) from None
                finally:
                    with suppress(OSError):
                        remove_database(made)
                try:
                    return cls._start(path, key, lock, None, None, opening.silent)
                except BaseException:
                    remove_database(path)
                    raise
            except BaseException:
                lock.release()
                raise

    @classmethod
    def open(
        cls,
        path: Path,
        passphrase: str | None = None,
        *,
        backups: Path | None = None,
        take_over: bool = False,
        seal: Seal | None = None,
        report: Report = opening.silent,
        origin: Path | None = None,
    ) -> Self:
        """Open a desk: lock, check, refuse a newer one, back up and migrate an older one.

        Args:
            path: The file.
            passphrase: What was typed; ignored for a desk that has none.
            backups: Folder under which each desk's backups lie; beside the desk when None.
            take_over: Set aside a lock that another computer left.
            seal: What ``seal`` said when this computer last closed it: spares the check while the file lies so.
            report: Told of each step as it starts. What it raises ends the opening and leaves the desk as it was.
            origin: The desk that this one is a copy of: every change is refused and closing removes the copy with its
                folder. See ``reading_copy``.

        Raises:
            DeskLocked: Another window has it.
            WrongPassphrase: It is encrypted and the passphrase does not open it.
            NotADesk: It is something else.
            NewerDesk: A later version of the program wrote it.
            DeskDamaged: Its pages do not hold together.
            ReadOnlyPlace: Nothing can be written there: ``reading_copy.open_to_read``.
            DiskTrouble: It is gone, or the disk is full or failing.
        """
        path = real(path)
        with explained(OPENING, near=path):
            opening.refuse_missing(path)
            report(opening.Progress(opening.Step.LOCK))
            lock = DeskLock.take(path, take_over=take_over)
            try:
                # Left by a kill while a new file was being made; the desk itself is whole.
                remove_database(beside(path, NEW))
                key = opening.unlock(path, passphrase, report)
                return cls._start(path, key, lock, backups, seal, report, origin)
            except BaseException:
                lock.release()
                raise

    @classmethod
    def _start(
        cls,
        path: Path,
        key: Key | None,
        lock: DeskLock,
        backups: Path | None,
        seal: Seal | None,
        report: Report,
        origin: Path | None = None,
    ) -> Self:
        desk: Self | None = None
        engine = make_engine(path, lambda: key if desk is None else desk._key)
        try:
            ready = opening.make_ready(path, key, engine, backups, seal, report)
            desk = cls(path, key, lock, engine, ready, origin)
        except BaseException:
            engine.dispose()
            raise
        return desk

    @property
    def desk_id(self) -> str:
        """UUID in text; copies and backups share it."""
        return self.facts.desk_id

    @property
    def read_only(self) -> bool:
        """Whether every change is refused."""
        return self.origin != self.path

    @property
    def closed(self) -> bool:
        """Whether it was closed."""
        return self._closed

    @property
    def encrypted(self) -> bool:
        """Whether the desk has a passphrase."""
        return self._key is not None

    @property
    def key(self) -> Key | None:
        """For the modules of this package that open a copy of this desk."""
        return self._key

    def is_passphrase(self, passphrase: str) -> bool:
        """Whether ``passphrase`` is the desk's. Takes the tenth of a second that deriving a key costs."""
        return self._key is not None and self._key.fits(passphrase)

    def size(self) -> int:
        """Bytes on the disk, with what still lies in the write-ahead log.

        Raises:
            DiskTrouble: The file is no longer there.
        """
        with explained(READING):
            log = beside(self.path, "-wal")
            return self.path.stat().st_size + (log.stat().st_size if log.exists() else 0)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection inside one transaction that sees the desk as it is now, whatever is written meanwhile.

        Raises:
            Stopped: The job that reads was told to stop.
            DiskTrouble: The disk is failing.
            DeskDamaged: Pages do not hold together.
        """
        with self._entered(READING), self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def reading_afresh(self) -> Iterator[Connection]:
        """As ``reading``, on a connection of its own that has kept nothing.

        WORKAROUND(SQLite 3.53): ``integrity_check`` holds a full-text index against what the connection knew of it
        before another one wrote, and calls a sound index damaged.
        """
        engine = make_engine(self.path, lambda: self._key)
        try:
            with self._entered(READING), engine.connect() as connection, connection.begin():
                yield connection
        finally:
            engine.dispose()

    @contextmanager
    def writing(self, task: Task = SAVING) -> Iterator[Connection]:
        """A connection inside one ``BEGIN IMMEDIATE`` transaction, committed and on the disk when the block ends.

        Any exception, from inside or from SQLite, undoes the whole of it.

        Args:
            task: What is being done, for the sentence that says it was not.

        Raises:
            ReadOnlyPlace: The desk was opened to read.
            DiskTrouble: The disk is full, read-only, gone or failing; nothing has changed.
            DeskInUse: Another program writes for more than five seconds.
            DeskDamaged: Pages do not hold together.
        """
        if not may_write():
            raise RuntimeError("a job that was not said to write writes to the desk")
        if self.read_only:
            raise open_to_read(task)
        with self._entered(task):
            self._be_there(task)
            with self.engine.connect().execution_options(**WRITING) as connection, connection.begin():
                self._log = self._log_now() or self._log
                yield connection

    @contextmanager
    def alone(self) -> Iterator[None]:
        """No transaction open anywhere, no connection either: for putting another file in this one's place.

        Raises:
            DeskInUse: Transactions did not end within ten seconds.
        """
        with self._gate:
            if not self._gate.wait_for(lambda: self._active == 0, timeout=_PATIENCE):
                raise _busy()
            self.engine.dispose()
            self._log = None
            yield

    def replaced(self, key: Key | None) -> None:
        """Note, inside ``alone``, that another file with another key has taken this one's place."""
        self._key = key
        self._identity = self.path.stat()

    def close(self) -> None:
        """Fold the write-ahead log into the file, end every connection and give the lock free. May be called twice."""
        if self._closed:
            return
        self._closed = True
        try:
            # A full or failing disk here loses nothing: the log stays, and the next opening reads it.
            with suppress(DeskError), explained(CLOSING), self._outside() as connection:
                connection.exec_driver_sql("PRAGMA optimize")
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            self.engine.dispose()
            with suppress(OSError):
                self.seal = Seal.of(self.path, self._checked_at)
            self._lock.release()
            if self.read_only:
                shutil.rmtree(self.path.parent, ignore_errors=True)  # what cannot go now is swept at the next opening

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @contextmanager
    def _entered(self, task: Task) -> Iterator[None]:
        """Counted among the open transactions, with SQLite's errors explained."""
        with self._gate:
            if self._closed:
                raise RuntimeError("the desk is closed")
        with explained(task, near=self.path, system=False):
            self._keep_log(task)
        with self._gate:
            self._active += 1
        try:
            with explained(task, near=self.path, system=False):
                yield
        finally:
            with self._gate:
                self._active -= 1
                self._gate.notify_all()

    def _outside(self) -> Connection:
        """A connection in no transaction."""
        return self.engine.connect().execution_options(**OUTSIDE)

    def _be_there(self, task: Task) -> None:
        """Refuse to write to a file that has lost its name: such a commit would succeed and be gone."""
        try:
            now = self.path.stat()
        except OSError:
            raise moved_away(task) from None
        if not os.path.samestat(now, self._identity):
            raise moved_away(task)
        if now.st_size < self._identity.st_size:
            raise damaged(task)  # Cut short: it only ever grows while it is open.
        self._identity = now

    def _is_there(self) -> bool:
        try:
            self._be_there(READING)
        except DiskTrouble:
            return False
        return True

    def _log_now(self) -> os.stat_result | None:
        """What now has the name of the write-ahead log."""
        try:
            return beside(self.path, "-wal").stat()
        except OSError:
            return None

    def _keep_log(self, task: Task) -> None:
        """Fold the log into the file when another program has taken its name, while open connections still hold it.

        What went on to be written would be in a file without a name, and gone with the program.
        """
        with self._gate:
            now = self._log_now()
            if self._log is None or (now is not None and os.path.samestat(now, self._log)):
                return
            if task is READING and (self._active or not self._is_there()):
                return  # What is open can be read on; whoever saves is told.
            self._be_there(task)
            if not self._gate.wait_for(lambda: self._active == 0, timeout=_PATIENCE):
                raise _busy()
            logging.getLogger(__name__).warning("Another program removed the log beside the desk: folded in.")
            with self._outside() as connection:
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            self.engine.dispose()
            self._log = None


def _busy() -> DeskInUse:
    return DeskInUse("The desk is still busy with something else.", "Try again when it has finished.")


def _taken(path: Path) -> DeskError:
    return DeskError(
        f"There is already a file called {path.name} in that folder. It was not touched.", "Choose another name."
    )


def _make(path: Path, key: Key | None, now: datetime) -> None:
    engine = make_engine(path, lambda: key)
    try:
        with engine.connect().execution_options(**WRITING) as connection, connection.begin():
            make_tables(connection, now)
    finally:
        engine.dispose()
