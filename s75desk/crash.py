"""What happens when the program itself is at fault: a report without personal data, kept for the next start.

Two kinds of trouble end here. A crash (the process dies inside Qt or SQLite) is written by ``faulthandler`` into a
file that is kept open from start to end; one found with words in it at the next start is offered to the officer. An
exception that nobody caught is told once to whoever listens (the window), logged and counted.
"""

from __future__ import annotations

import atexit
import faulthandler
import io
import logging
import os
import platform
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, TextIO

import s75desk
from s75desk import log, paths

MOST_TOLD = 10
"""Different faults told in one run; whatever follows is only counted."""
LONGEST_KEPT = 100_000
"""Characters kept of what an earlier crash left."""
LAST = "last-crash.txt"
SENTENCE = (
    "Something in the program went wrong, and what you last asked for may not have been done. What was saved is safe. "
    "A report without your data is in the log folder (Help, About s75desk)."
)
"""What a notice says of our own fault: what happened, what is safe, where more is."""

_logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Fault:
    """An exception that nobody caught.

    Attributes:
        title: Its type and place in a few words: "ZeroDivisionError in domain/term.py, line 12".
        report: The text to copy or save: versions, platform, traceback; nothing of the desk.
    """

    title: str
    report: str

    @property
    def sentence(self) -> str:
        """What a notice says: what happened, what is safe, what to do."""
        return SENTENCE


class Watch:
    """Catches what nobody else catches, from ``start`` to ``stop``."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file: TextIO | None = None
        self._previous: str | None = None
        self._listener: Callable[[Fault], None] | None = None
        self._counts: dict[str, int] = {}
        self._lock = threading.Lock()
        self._hooks: tuple[Any, Any, Any] | None = None

    @property
    def previous(self) -> str | None:
        """What earlier runs left when they crashed, or None."""
        return self._previous

    def start(self) -> None:
        """Collect what earlier crashes left, then catch faults of this run."""
        self._previous = self._collect()
        try:
            self._file = (self._folder / f"crash-{os.getpid()}.log").open("w", encoding="utf-8")
            faulthandler.enable(self._file)
        except (OSError, io.UnsupportedOperation):
            _logger.warning("There is no place for crash reports")
        self._hooks = (sys.excepthook, threading.excepthook, sys.unraisablehook)
        sys.excepthook = self._uncaught
        threading.excepthook = self._uncaught_in_thread
        sys.unraisablehook = self._unraisable

    def stop(self) -> None:
        """End the watch of a run that ends well: its file goes, unless something is in it."""
        if self._hooks is not None:
            sys.excepthook, threading.excepthook, sys.unraisablehook = self._hooks
            self._hooks = None
        if self._file is not None:
            faulthandler.disable()
            self._file.close()
            own, self._file = Path(self._file.name), None
            _remove_if_empty(own)

    def listen(self, listener: Callable[[Fault], None] | None) -> None:
        """Have faults told to ``listener``, in the thread in which they happen; None to end it."""
        self._listener = listener

    def tell(self, error: BaseException) -> None:
        """Handle an exception that nobody caught: log it, tell it once, count what repeats."""
        text = log.fault_text(error)
        with self._lock:
            times = self._counts[text] = self._counts.get(text, 0) + 1
            news = times == 1 and len(self._counts) <= MOST_TOLD
        if times == 1:
            _logger.error("Fault\n%s", text)
        elif _is_power_of_ten(times):
            _logger.error("The fault %s has happened %d times", _title(error), times)
        if not news:
            return
        fault = Fault(_title(error), f"{about()}\n\n{text}\n")
        if self._listener is not None:
            self._listener(fault)
        elif self._file is not None:
            # Nobody was told: the next start will tell.
            self._file.write(fault.report)
            self._file.flush()

    def _uncaught(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if self._listener is None or not isinstance(error, Exception):  # Ctrl+C and the like are no fault
            sys.__excepthook__(kind, error, trace)
        if isinstance(error, Exception):
            self.tell(error.with_traceback(trace))

    def _uncaught_in_thread(self, args: threading.ExceptHookArgs) -> None:
        if isinstance(args.exc_value, Exception):
            self.tell(args.exc_value)

    def _unraisable(self, args: Any) -> None:
        if isinstance(args.exc_value, Exception):
            self.tell(args.exc_value)

    def _collect(self) -> str | None:
        texts = []
        for file in sorted(self._folder.glob("crash-*.log")):
            if _is_running(file):
                continue
            try:
                text = file.read_text(encoding="utf-8", errors="replace").strip()
                file.unlink()
            except OSError:
                continue
            if text:
                texts.append(text)
        if not texts:
            return None
        # faulthandler writes whole paths, which hold the name of whoever is logged on.
        report = f"{about()}\n\n" + log.without_folders("\n\n".join(texts))[:LONGEST_KEPT] + "\n"
        try:
            (self._folder / LAST).write_text(report, encoding="utf-8")
        except OSError:
            _logger.warning("The report of an earlier crash could not be kept")
        return report


_watch: Watch | None = None
"""The hooks belong to the process, and so does this."""


def start(folder: Path | None = None) -> None:
    """Watch this process from now until it ends. A second call does nothing.

    Args:
        folder: Where crash reports lie; ``paths.log_folder()`` unless given.
    """
    global _watch
    if _watch is None:
        _watch = Watch(folder or paths.log_folder())
        _watch.start()
        atexit.register(stop)


def stop() -> None:
    """End the watch; also done when the process ends."""
    global _watch
    if _watch is not None:
        _watch.stop()
        _watch = None
        atexit.unregister(stop)


def previous_crash() -> str | None:
    """The report of a crash that an earlier run left, or None. It is also kept as ``last-crash.txt``."""
    return _watch.previous if _watch else None


def listen(listener: Callable[[Fault], None] | None) -> None:
    """Have uncaught exceptions told to ``listener``; it is called in the thread in which they happen."""
    if _watch is not None:
        _watch.listen(listener)


def tell(error: BaseException) -> None:
    """Treat an exception as uncaught: for places that must go on, such as a task of the database worker."""
    if _watch is not None:
        _watch.tell(error)
    else:
        _logger.error("Fault\n%s", log.fault_text(error))


def about() -> str:
    """Versions and platform for the head of a report: nothing that says whose machine it is."""
    binding = getattr(sys.modules.get("PySide6"), "__version__", "not loaded")
    built = "frozen" if getattr(sys, "frozen", False) else "installed"
    return "\n".join(
        (
            f"s75desk {s75desk.__version__} ({built})",
            f"Python {platform.python_version()}, PySide6 {binding}",
            f"{platform.system()} {platform.release()}, {platform.machine()}",
        )
    )


def _title(error: BaseException) -> str:
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    name = type(error).__qualname__
    if trace is None:
        return name
    return f"{name} in {log.short_path(trace.tb_frame.f_code.co_filename)}, line {trace.tb_lineno}"


def _is_power_of_ten(number: int) -> bool:
    while number % 10 == 0:
        number //= 10
    return number == 1


def _is_running(file: Path) -> bool:
    """Whether the process whose crash file this is may still write to it."""
    try:
        process = int(file.stem.removeprefix("crash-"))
    except ValueError:
        return False
    if process == os.getpid():
        return False
    if sys.platform == "win32":
        # Signal 0 would end a process there; an open file cannot be removed, which is answer enough.
        return False
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        pass
    return True


def _remove_if_empty(file: Path) -> None:
    try:
        if file.stat().st_size == 0:
            file.unlink()
    except OSError:
        _logger.info("An empty crash file is left")
