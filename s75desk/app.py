"""The composition root: opens the desk, builds services and window; the only module that sees everything."""

from __future__ import annotations

import logging
import os
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSocketNotifier, QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from s75desk import __version__, crash, log, paths
from s75desk.domain.lanes import Lane
from s75desk.services.first_look import FirstLook
from s75desk.services.preferences import FILE, Preferences
from s75desk.services.recent import RecentDesks
from s75desk.ui.qt_messages import QtMessages
from s75desk.ui.theme import CHOICES, Theme
from s75desk.ui.window.main_window import MainWindow

if TYPE_CHECKING:
    from s75desk.services.desk import DeskFile, DeskService
    from s75desk.services.office import Office
    from s75desk.ui.window.one_window import OneWindow

_STARTED = time.perf_counter()

_TITLE_BAR = 40
"""Pixels kept for what a system puts above a window; what is below the screen's edge cannot be pressed."""

Today = Callable[[], date]
Now = Callable[[], datetime]


def _now() -> datetime:
    return datetime.now(UTC)


class Program:
    """The window with everything behind it.

    Args:
        application: The Qt application.
        data_folder: The officer's own folder.
        today: The as-at date; a test or a picture fixes it.
        now: The moment, UTC; a picture fixes it.
    """

    def __init__(
        self, application: QApplication, data_folder: Path, today: Today = date.today, now: Now = _now
    ) -> None:
        self.application = application
        self.preferences = Preferences(data_folder)
        self.recent = RecentDesks(data_folder)
        self._data_folder = data_folder
        self._desks: DeskService | None = None
        self._making_desks = threading.Lock()
        self._today = today
        self._now = now
        self._one_window: OneWindow | None = None
        self._throw_away: list[tempfile.TemporaryDirectory[str]] = []
        kept = self.preferences.value("theme", "system")
        choice = next((one for one in CHOICES if one == kept), CHOICES[0])
        if choice != kept:
            logging.getLogger(__name__).warning("The theme in %s is none: the system's is used.", FILE)
        self.theme = Theme(application, choice, text_scale=self.preferences.value("text_scale", 1.0))
        self.window = MainWindow(lambda: self.desks, self.recent, self.preferences, self.office_for, today)
        self.window.setWindowIcon(QIcon(str(paths.resource("icons", "s75desk.svg"))))
        self.window.demo_wanted.connect(self.open_demo)
        self.window.desk_ready.connect(self._listen)
        self._size_window()

    @property
    def desks(self) -> DeskService:
        """What opens and closes desks, loaded when first asked for: as a rule by a lane, once painted."""
        with self._making_desks:
            if self._desks is None:
                from s75desk.services.desk import DeskService

                self._desks = DeskService(self._data_folder, self._now)
            return self._desks

    def _size_window(self) -> None:
        """As large as it was left, as far as the screen that is there now allows, its title bar included."""
        wide, high = (max(0, side) for side in (*self.preferences.value("window", [1366, 768]), 0, 0)[:2])
        screen = self.application.primaryScreen()
        if screen is not None:
            room = screen.availableSize()
            wide, high = min(wide, room.width()), min(high, room.height() - _TITLE_BAR)
        self.window.resize(wide, high)

    def office_for(self, desk: DeskFile) -> Office:
        """The services of an open desk."""
        from s75desk.services.keeper import keeper_of
        from s75desk.services.office import Office
        from s75desk.services.workplace import Workplace

        return Office(Workplace(desk, keeper_of(desk), self._today, self._now))

    def _listen(self) -> None:
        """From now on a second start with this desk brings this window to the front."""
        if self._one_window is None:
            from s75desk.ui.window.one_window import OneWindow

            self._one_window = OneWindow(self._data_folder, self.window)
            self.window.desk_left.connect(self._one_window.end)
        self._one_window.begin(self.desks.desk.origin)

    def open_demo(self) -> None:
        """Make a throw-away desk from the five published reports and open it."""
        self.window.leave(self._make_demo)

    def _make_demo(self) -> None:
        folder = tempfile.TemporaryDirectory(prefix="s75desk-demo-", ignore_cleanup_errors=True)
        self._throw_away.append(folder)
        path = Path(folder.name) / "Sample desk.s75desk"
        window = self.window

        def work() -> DeskFile:
            from s75desk.services.keeper import keeper_of
            from s75desk.services.sample_desk import fill
            from s75desk.services.workplace import Workplace

            desk = self.desks.create(path, remember=False)
            fill(Workplace(desk, keeper_of(desk), self._today, self._now), paths.resource("sample"))
            return desk

        window.opener.step.emit("Making the sample desk from five published reports")
        window.on_worker(work, window.opener.opened.emit, lane=Lane.ALONE)

    def clear_away(self) -> None:
        """Remove throw-away desks; called when the window has gone."""
        for folder in self._throw_away:
            folder.cleanup()
        self._throw_away.clear()


def tell_before_it_ends(words: str) -> None:
    """Say in a window of its own why there is none: who clicked the program does not read its standard error."""
    from PySide6.QtWidgets import QMessageBox

    application = QApplication.instance() or QApplication(sys.argv[:1])
    QMessageBox.critical(None, application.applicationName() or "s75desk", words)


def run(look: FirstLook, *, demo: bool = False) -> int:
    """Open the window and stay until it is closed.

    Args:
        look: What is being looked into: the desk to open, if there is one.
        demo: Open a throw-away sample desk instead.
    """
    if look.path is not None and _is_open_elsewhere(look.path):
        return 0
    log.start(paths.log_folder())
    crash.start(paths.log_folder())
    messages = QtMessages()
    messages.install()
    application = QApplication(sys.argv[:1])
    application.setApplicationName("s75desk")
    application.setApplicationVersion(__version__)
    application.setDesktopFileName("s75desk")
    program = Program(application, paths.data_folder())
    window = program.window
    crash.listen(lambda fault: QTimer.singleShot(0, window, lambda: window.tell(fault.sentence)))
    if os.environ.get("S75DESK_BENCH_EXIT"):
        window.painted.connect(lambda: print(f"painted {time.perf_counter() - _STARTED:.4f}", flush=True))
        window.desk_ready.connect(lambda: _say_and_leave(program))
    _end_when_told(window)
    window.start(look.path, look.found())
    if demo:
        program.open_demo()
    _tell_previous_crash(program)
    status = application.exec()
    if application.platformName() in ("offscreen", "minimal"):
        # Their clipboard outlives the interpreter, and what Python put on it would be destroyed too late.
        application.clipboard().clear()
    signal.set_wakeup_fd(-1)
    program.clear_away()
    crash.listen(None)
    messages.remove()
    crash.stop()
    return status


def _end_when_told(window: MainWindow) -> None:
    """Close the window as the officer would when the session ends, or the system asks the program to.

    Python's handlers wait until Qt's loop lets the interpreter run: the byte that is written then wakes it.
    """
    if sys.platform == "win32":
        return  # Windows asks the window itself.
    heard, told = os.pipe()
    for end in (heard, told):
        os.set_blocking(end, False)
    signal.set_wakeup_fd(told, warn_on_full_buffer=False)
    for name in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(name, lambda *_: QTimer.singleShot(0, window, window.close))
    notifier = QSocketNotifier(heard, QSocketNotifier.Type.Read, window)
    notifier.activated.connect(lambda: os.read(heard, 64))


def _is_open_elsewhere(desk: Path) -> bool:
    """Whether another window has the desk, which has then been called to the front."""
    from s75desk.ui.window.one_window import called_to_front

    return called_to_front(paths.data_folder(), desk)


def _tell_previous_crash(program: Program) -> None:
    if crash.previous_crash() is not None:
        program.window.tell(
            "The program stopped unexpectedly last time. What you had typed is kept. A report without your data is in "
            "the log folder (Help, About s75desk)."
        )


def _say_and_leave(program: Program) -> None:
    """For the benchmarks: how long it took until the Overview was there, and how much memory is in use."""
    print(f"usable {time.perf_counter() - _STARTED:.4f}", flush=True)
    print(f"rss {_resident_bytes()}", flush=True)
    program.window.close()


def _resident_bytes() -> int:
    """Bytes of memory held now, where the system says so in a file; else 0."""
    statm = Path("/proc/self/statm")
    if not statm.exists():
        return 0
    return int(statm.read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")
