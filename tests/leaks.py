"""Fixtures that fail a test which leaves something behind: windows, timers, threads, tasks, errors in the log.

They look at what is there after the test that was not there before, so that one leak fails one test. Each is shown
to fail in ``test_leaks.py``.
"""

from __future__ import annotations

import gc
import logging
import sys
import threading
import time
import weakref
from collections.abc import Callable, Iterator
from functools import cache, wraps
from typing import Any

import pytest

FAILED = pytest.StashKey[bool]()
"""Set on a test that has failed: what it left behind is held by its traceback and says nothing."""

GRACE = 2.0
"""Seconds in which threads and tasks may still come to their end: a task that has emitted its result is alive yet."""


@pytest.fixture(autouse=True)
def no_leaks(request: pytest.FixtureRequest) -> Iterator[None]:
    """No test leaves a top-level widget, an active timer, a running thread or a task in a pool."""
    watch = _watch() if "PySide6.QtCore" in sys.modules else None
    windows_before = _addresses(_windows())
    threads_before = set(threading.enumerate())
    yield
    if request.node.stash.get(FAILED, False):
        return
    left = _threads_left(threads_before)
    if "PySide6.QtCore" in sys.modules:
        watch = watch or _watch()
        left += watch.left()
    left += _windows_left(windows_before)
    if left:
        pytest.fail("This test leaves behind:\n  " + "\n  ".join(left), pytrace=False)


@pytest.fixture(autouse=True)
def no_error_in_the_log(request: pytest.FixtureRequest) -> Iterator[None]:
    """An error in the program's log is a fault of ours, unless the test is marked ``logs_errors``."""
    seen: list[str] = []

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            seen.append(record.getMessage())

    listener = Listener(logging.ERROR)
    logger = logging.getLogger("s75desk")
    logger.addHandler(listener)
    yield
    logger.removeHandler(listener)
    if seen and not request.node.get_closest_marker("logs_errors") and not request.node.stash.get(FAILED, False):
        pytest.fail("The program logged an error:\n  " + "\n  ".join(seen), pytrace=False)


def _threads_left(before: set[threading.Thread]) -> list[str]:
    """Ordinary threads that are still alive. Qt's own show up as dummies and are watched elsewhere."""
    deadline = time.monotonic() + GRACE
    left = []
    for thread in set(threading.enumerate()) - before:
        if isinstance(thread, threading._DummyThread):
            continue
        thread.join(max(0.0, deadline - time.monotonic()))
        if thread.is_alive():
            left.append(f"the thread {thread.name}")
    return left


def _windows() -> list[Any]:
    """Widgets without a parent, less the label Qt keeps for its tool tips."""
    widgets = sys.modules.get("PySide6.QtWidgets")
    if widgets is None or widgets.QApplication.instance() is None:
        return []
    return [
        widget
        for widget in widgets.QApplication.topLevelWidgets()
        if widget.parent() is None and widget.metaObject().className() != "QTipLabel"
    ]


def _addresses(objects: list[Any]) -> set[int]:
    if not objects:
        return set()
    import shiboken6

    return {shiboken6.getCppPointer(one)[0] for one in objects}


def _windows_left(before: set[int]) -> list[str]:
    def fresh() -> list[Any]:
        return [window for window in _windows() if not _addresses([window]) <= before]

    if not fresh():
        return []
    from PySide6.QtCore import QCoreApplication, QEvent

    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    gc.collect()
    left = []
    for window in fresh():
        left.append(f"the window {type(window).__name__} {window.objectName() or window.windowTitle()}".rstrip())
        window.close()
        window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    return left


class _Watch:
    """Remembers every thread, pool and timer that Python code starts through Qt."""

    def __init__(self) -> None:
        from PySide6.QtCore import QThread, QThreadPool, QTimer

        self._threads: weakref.WeakSet[QThread] = weakref.WeakSet()
        self._pools = {QThreadPool.globalInstance()}
        self._told: set[QThreadPool] = set()
        self._timers: weakref.WeakSet[QTimer] = weakref.WeakSet()
        self._shots: list[tuple[float, str, weakref.ref[Any] | None]] = []
        self._remember(QThread, lambda thread: self._threads.add(thread))
        self._remember(QThreadPool, lambda pool: self._pools.add(pool))
        self._remember(QTimer, lambda timer: self._timers.add(timer))
        single_shot = QTimer.singleShot

        @wraps(single_shot)
        def remembered(delay: Any, *rest: Any) -> None:
            self._shots.append((_due(delay), _words(rest[-1]), _receiver(rest)))
            single_shot(delay, *rest)

        QTimer.singleShot = staticmethod(remembered)  # type: ignore[method-assign]

    @staticmethod
    def _remember(cls: Any, add: Callable[[Any], None]) -> None:
        start: Callable[..., Any] = cls.start

        @wraps(start)
        def remembered(self: Any, *args: Any, **named: Any) -> Any:
            add(self)
            return start(self, *args, **named)

        cls.start = remembered

    def left(self) -> list[str]:
        """What is still running, in words; forgotten afterwards, so that it is told once."""
        from PySide6.QtCore import QThreadPool
        from shiboken6 import isValid

        wait = int(GRACE * 1000)
        found = [
            f"the thread {type(thread).__name__} {thread.objectName()}".rstrip()
            for thread in list(self._threads)
            if isValid(thread) and thread.isRunning() and not thread.wait(wait)
        ]
        busy = {pool for pool in self._pools - self._told if isValid(pool) and not pool.waitForDone(wait)}
        found += [f"{pool.activeThreadCount()} task(s) in a thread pool" for pool in busy]
        self._told |= busy
        if any(isValid(timer) and timer.isActive() for timer in list(self._timers)):
            gc.collect()
        for timer in list(self._timers):
            if isValid(timer) and timer.isActive():
                found.append(f"a timer of {timer.interval()} ms in {_words(timer.parent())}")
                timer.stop()
        now = time.monotonic()
        for due, words, receiver in self._shots:
            alive = receiver is None or ((there := receiver()) is not None and isValid(there))
            if due > now and alive:
                found.append(f"a single shot of {words}, due in {due - now:.1f} s")
        self._threads.clear()
        self._pools = {QThreadPool.globalInstance()}
        self._timers.clear()
        self._shots.clear()
        return found


@cache
def _watch() -> _Watch:
    return _Watch()


def _due(delay: Any) -> float:
    milliseconds = delay if isinstance(delay, int) else delay.count()
    return time.monotonic() + milliseconds / 1000


def _receiver(rest: tuple[Any, ...]) -> weakref.ref[Any] | None:
    """The QObject whose end also ends the shot: a context given, or the object of a bound method."""
    from PySide6.QtCore import QObject

    for candidate in (*rest, getattr(rest[-1], "__self__", None)):
        if isinstance(candidate, QObject):
            return weakref.ref(candidate)
    return None


def _words(thing: Any) -> str:
    return getattr(thing, "__qualname__", None) or type(thing).__name__
