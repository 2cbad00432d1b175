"""The lock beside an open desk, ``NAME.s75desk-lock``: it says who has the desk open, where, and since when.

The file is held with a lock of the operating system, which ends with the process. A lock file left by a crash on this
computer is therefore told from a living window and taken over; one left by another computer (a shared or synchronised
folder) cannot be told, so the officer is asked.
"""

from __future__ import annotations

import errno
import getpass
import json
import os
import platform
import sys
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from s75desk.domain.errors import DeskInUse
from s75desk.domain.wording import moment_text
from s75desk.models.files import beside

ENDING = "-lock"
_FAR = 1 << 30  # Windows locks ranges for reading too: one that lies beyond the contents.
_TRIES = 20


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has a desk open.

    Attributes:
        who: Name of the account; "" when not known.
        host: Name of the computer; "" when not known.
        pid: Number of the process, 0 when not known.
        since: When it was opened, UTC; None when not known.
    """

    who: str
    host: str
    pid: int
    since: datetime | None

    @property
    def here(self) -> bool:
        """Whether this computer made the lock."""
        return self.host == platform.node()

    @property
    def words(self) -> str:
        """Who, where and since when, for the end of a sentence."""
        parts = [self.who or "an account that is not known"]
        if self.host:
            parts.append(f"on {self.host}")
        if self.since is not None:
            parts.append(f"since {moment_text(self.since, self.since.astimezone().tzinfo)}")
        return " ".join(parts)


class DeskLocked(DeskInUse):
    """Another window has the desk open.

    Attributes:
        holder: Who.
        may_take_over: Whether opening with ``take_over=True`` can help: the lock is another computer's.
    """

    def __init__(self, holder: Holder, *, may_take_over: bool) -> None:
        if may_take_over:
            what = f"This desk is marked as open on another computer: {holder.words}."
            remedy = "Close it there. If that computer no longer has it open, take the desk over."
        else:
            what = f"This desk is already open in another window: {holder.words}."
            remedy = "Use that window, or close it first."
        super().__init__(what, remedy)
        self.holder = holder
        self.may_take_over = may_take_over


class DeskLock:
    """The lock of one desk, held from ``take`` until ``release`` or the end of the process."""

    def __init__(self, path: Path, handle: int) -> None:
        self._path = path
        self._handle: int | None = handle

    @classmethod
    def take(cls, desk: Path, *, take_over: bool = False) -> DeskLock:
        """Lock a desk.

        Args:
            desk: The desk file; it need not exist yet.
            take_over: Set aside a lock that another computer left.

        Raises:
            DeskLocked: If another window has it.
            OSError: If the lock cannot be written.
        """
        path = beside(desk, ENDING)
        for _ in range(_TRIES):
            try:
                handle, made = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), True
            except FileExistsError:
                try:
                    handle, made = os.open(path, os.O_RDWR), False
                except FileNotFoundError:
                    continue  # Released this moment.
            try:
                if cls._hold(path, handle, made, take_over):
                    return cls(path, handle)
            except BaseException:
                os.close(handle)
                raise
            os.close(handle)
        raise DeskLocked(_read(path), may_take_over=False)

    @staticmethod
    def _hold(path: Path, handle: int, made: bool, take_over: bool) -> bool:
        """Hold the open lock file; False when it was removed meanwhile."""
        seized = _seize(handle)
        if seized is False:
            raise DeskLocked(_read(path), may_take_over=False)
        if not _still_named(path, handle):
            return False
        if not made:
            holder = _read(path)
            if holder.host and not holder.here and not take_over:
                raise DeskLocked(holder, may_take_over=True)
            if seized is None and holder.here and is_running(holder.pid):
                raise DeskLocked(holder, may_take_over=False)
        try:
            _write(handle)
        except OSError:
            if made:
                path.unlink(missing_ok=True)
            raise
        return True

    def release(self) -> None:
        """Give the desk free. A second call does nothing."""
        if self._handle is None:
            return
        handle, self._handle = self._handle, None
        # On a drive that has gone the file cannot be removed; it is taken over at the next opening.
        if sys.platform == "win32":
            os.close(handle)
            with suppress(OSError):
                self._path.unlink(missing_ok=True)
        else:
            # Removed while still held, so that nobody can hold a file that is about to go.
            with suppress(OSError):
                if _still_named(self._path, handle):
                    self._path.unlink(missing_ok=True)
            os.close(handle)


def _seize(handle: int) -> bool | None:
    """Lock an open file for this process: True done, False somebody else has it, None the folder knows no locks."""
    try:
        if sys.platform == "win32":
            import msvcrt

            os.lseek(handle, _FAR, os.SEEK_SET)
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return False if error.errno in (errno.EWOULDBLOCK, errno.EACCES, errno.EDEADLK) else None
    return True


def _still_named(path: Path, handle: int) -> bool:
    """Whether the open file is still the one of that name."""
    try:
        return os.path.samestat(path.stat(), os.fstat(handle))
    except FileNotFoundError:
        return False


def _write(handle: int) -> None:
    try:
        who = getpass.getuser()
    except (OSError, KeyError):
        who = ""
    note = {"who": who, "host": platform.node(), "pid": os.getpid(), "since": datetime.now(UTC).isoformat()}
    contents = json.dumps(note, ensure_ascii=False).encode()
    os.ftruncate(handle, 0)
    os.lseek(handle, 0, os.SEEK_SET)
    if os.write(handle, contents) != len(contents):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    os.fsync(handle)


def _read(path: Path) -> Holder:
    """Who wrote a lock file, as far as it can be read: a crash may have left it empty."""
    try:
        note = json.loads(path.read_bytes())
        since = datetime.fromisoformat(note["since"])
        return Holder(str(note["who"]), str(note["host"]), int(note["pid"]), since if since.tzinfo else None)
    except (OSError, ValueError, KeyError, TypeError):
        return Holder("", "", 0, None)


def is_running(pid: int) -> bool:
    """Whether a process of that number runs on this computer; only asked where the folder knows no locks."""
    if pid <= 0:
        return False
    if sys.platform == "win32":
        import ctypes

        access, still_active = 0x1000, 259  # PROCESS_QUERY_LIMITED_INFORMATION, STILL_ACTIVE
        kernel = ctypes.windll.kernel32
        process = kernel.OpenProcess(access, False, pid)
        if not process:
            return False
        code = ctypes.c_ulong()
        known = kernel.GetExitCodeProcess(process, ctypes.byref(code))
        kernel.CloseHandle(process)
        return bool(known) and code.value == still_active
    else:  # noqa: RET505 - mypy reads one branch a platform.
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return False
        except PermissionError:
            return True
        return True
