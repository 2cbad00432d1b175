"""One window a desk: a second start of the program brings the window that has the desk to the front, and ends.

The window holds a lock in the data folder for as long as it has the desk, and watches that folder. Who starts the
program again for the same desk finds the lock held, leaves a file beside it, and is done: no socket is needed.
"""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QLockFile, QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QWidget

_FOLDER = "open"
_LOCK = ".lock"
_CALL = ".call"


def called_to_front(data_folder: Path, desk: Path) -> bool:
    """Ask the window that has this desk open to come to the front.

    Args:
        data_folder: The officer's own folder.
        desk: The desk that was to be opened.

    Returns:
        Whether there is such a window.
    """
    lock = _lock(data_folder, desk)
    if lock is None or lock.tryLock(0):
        return False  # The lock ends with this object.
    if lock.error() is not QLockFile.LockError.LockFailedError:
        return False
    try:
        _beside(data_folder, desk, _CALL).touch()
    except OSError:
        return False
    return True


class OneWindow(QObject):
    """Holds the lock of the open desk and listens for calls.

    Signals:
        called: The window has been asked to come to the front.

    Args:
        data_folder: The officer's own folder.
        window: What comes to the front.
    """

    called = Signal()

    def __init__(self, data_folder: Path, window: QWidget) -> None:
        super().__init__(window)
        self._data_folder = data_folder
        self._window = window
        self._lock: QLockFile | None = None
        self._call: Path | None = None
        self._watcher = QFileSystemWatcher(self)
        self._watcher.directoryChanged.connect(self._look)

    def begin(self, desk: Path) -> None:
        """A desk is open: listen for calls to it. Where the data folder takes nothing, there is none."""
        self.end()
        lock = _lock(self._data_folder, desk)
        if lock is not None and lock.tryLock(0):
            self._lock = lock
            self._call = _beside(self._data_folder, desk, _CALL)
            self._answer()  # A call that nobody answered is an old one.
            self._watcher.addPath(str(self._call.parent))

    def end(self) -> None:
        """The desk is gone."""
        if self._lock is not None:
            self._watcher.removePaths(self._watcher.directories())
            self._lock.unlock()
        self._lock = self._call = None

    def _look(self) -> None:
        if self._answer():
            window = self._window
            window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
            window.show()
            window.raise_()
            window.activateWindow()
            QApplication.alert(window)
            self.called.emit()

    def _answer(self) -> bool:
        with suppress(OSError):
            if self._call is not None and self._call.exists():
                self._call.unlink()
                return True
        return False


def _lock(data_folder: Path, desk: Path) -> QLockFile | None:
    """The lock of a desk, not held yet; None where there is no place for it."""
    path = _beside(data_folder, desk, _LOCK)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    lock = QLockFile(str(path))
    lock.setStaleLockTime(0)  # However old it is: whether its process lives is what counts.
    return lock


def _beside(data_folder: Path, desk: Path, ending: str) -> Path:
    name = os.path.normcase(os.path.realpath(desk))
    return data_folder / _FOLDER / (hashlib.sha256(name.encode(errors="surrogatepass")).hexdigest()[:32] + ending)
