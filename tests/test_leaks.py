"""The fixtures of ``leaks.py`` can fail: each is shown a test that leaves behind what it is there to find."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest_plugins = ["pytester"]

ROOT = Path(__file__).parent.parent

TESTS = """
import logging
import threading
import time
import warnings

import pytest
from PySide6.QtCore import QObject, QRunnable, QThread, QThreadPool, QTimer, qWarning
from PySide6.QtWidgets import QWidget

KEPT = []
STOP = threading.Event()


@pytest.fixture(scope="module", autouse=True)
def let_go():
    yield
    STOP.set()
    QThreadPool.globalInstance().waitForDone()
    for thing in KEPT:
        if isinstance(thing, QThread):
            thing.wait()


class Task(QRunnable):
    def run(self):
        STOP.wait()


class Thread(QThread):
    def run(self):
        STOP.wait()


def test_clean(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    timer = QTimer(window)
    timer.start(60_000)
    QTimer.singleShot(60_000, window.close)
    QTimer.singleShot(60_000, window, lambda: None)
    worker = threading.Thread(target=time.monotonic)
    worker.start()


def test_clean_cycle(qtbot):
    window = QWidget()
    window.itself = window


def test_window(qtbot):
    KEPT.append(QWidget(objectName="forgotten"))


def test_timer(qtbot):
    KEPT.append(QTimer())
    KEPT[-1].start(60_000)


def test_single_shot(qtbot):
    QTimer.singleShot(60_000, lambda: None)


def test_single_shot_with_living_receiver(qtbot):
    KEPT.append(QObject())
    QTimer.singleShot(60_000, KEPT[-1], lambda: None)


def test_qthread(qtbot):
    KEPT.append(Thread())
    KEPT[-1].start()


def test_pool(qtbot):
    QThreadPool.globalInstance().start(Task())


def test_thread():
    threading.Thread(target=STOP.wait, name="forgotten", daemon=True).start()


def test_error_in_log():
    logging.getLogger("s75desk.somewhere").error("This went wrong")


@pytest.mark.logs_errors
def test_clean_error_in_log():
    logging.getLogger("s75desk.somewhere").error("This is meant to go wrong")


def test_qt_warning(qtbot):
    qWarning("Something is amiss")


def test_python_warning():
    warnings.warn("Something is amiss")


def test_failing_test_tells_its_own_story(qtbot):
    window = QWidget(objectName="held by the traceback")
    window.show()
    assert window is None
"""

LEAKING = {
    "test_window": "the window QWidget forgotten",
    "test_timer": "a timer of 60000 ms",
    "test_single_shot": "a single shot of test_single_shot.<locals>.<lambda>, due in",
    "test_single_shot_with_living_receiver": "a single shot of",
    "test_qthread": "the thread Thread",
    "test_pool": "1 task(s) in a thread pool",
    "test_thread": "the thread forgotten",
    "test_error_in_log": "This went wrong",
}
BROKEN = ["test_failing_test_tells_its_own_story", "test_python_warning", "test_qt_warning"]
CLEAN = ["test_clean", "test_clean_cycle", "test_clean_error_in_log"]


def test_every_leak_is_found_and_named(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    conftest = (ROOT / "tests" / "conftest.py").read_text(encoding="utf-8")
    pytester.makeconftest(f"{conftest}\n\nimport tests.leaks\n\ntests.leaks.GRACE = 0.2\n")
    pytester.makefile(".toml", pyproject=(ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    pytester.makepyfile(test_inner=TESTS)
    monkeypatch.setenv("PYTHONPATH", str(ROOT))

    result = pytester.runpytest_subprocess("test_inner.py", "-rA", "-p", "no:cacheprovider")

    summary = result.stdout.str()
    for name, words in LEAKING.items():
        assert f"ERROR test_inner.py::{name} - " in summary, name
        assert words in summary, name
    for name in BROKEN:
        assert f"FAILED test_inner.py::{name}" in summary, name
        assert f"ERROR test_inner.py::{name} " not in summary, name
    for name in CLEAN:
        assert f"PASSED test_inner.py::{name}\n" in summary, name
        assert f"ERROR test_inner.py::{name} " not in summary, name
    passed = len(CLEAN) + len(LEAKING)
    assert result.parseoutcomes() == {"passed": passed, "failed": len(BROKEN), "errors": len(LEAKING)}
    kept = list((pytester.path / "failures").glob("*tells_its_own_story*.png"))
    assert len(kept) == 1
