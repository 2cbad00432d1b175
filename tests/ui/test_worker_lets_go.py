"""The worker never lets go of a widget last: it would be deleted on the wrong thread, which ends the program."""

from __future__ import annotations

import threading
import weakref

from PySide6.QtCore import QCoreApplication, QObject
from pytestqt.qtbot import QtBot

from s75desk.domain.lanes import Lane
from s75desk.ui.worker import Worker


def _submit(worker: Worker, owner: QObject, *, fails: bool = False) -> None:
    def job() -> str:
        if fails:
            raise RuntimeError(owner.objectName())
        return owner.objectName()

    worker.submit(owner, job, lambda _: owner.objectName(), lambda _: owner.objectName(), lane=Lane.READ)


def _run_and_drop(qtbot: QtBot, *, fails: bool) -> list[threading.Thread]:
    worker, other = Worker(), QObject()
    seen: list[threading.Thread] = []
    owner = QObject()
    weakref.finalize(owner, lambda: seen.append(threading.current_thread()))
    _submit(worker, owner, fails=fails)
    qtbot.waitUntil(lambda: not worker.busy)
    del owner
    _submit(worker, other)
    qtbot.waitUntil(lambda: not worker.busy)
    worker.stop()
    return seen


def test_an_owner_is_let_go_on_the_windows_side(qtbot: QtBot) -> None:
    assert _run_and_drop(qtbot, fails=False) == [threading.main_thread()]


def test_an_owner_whose_job_failed_is_let_go_on_the_windows_side(qtbot: QtBot) -> None:
    assert _run_and_drop(qtbot, fails=True) == [threading.main_thread()]


def test_an_answer_that_comes_after_the_end_is_dropped_and_starts_nothing_again(qtbot: QtBot) -> None:
    worker, owner = Worker(), QObject()
    answered: list[str] = []

    def go_on(_: object) -> None:
        answered.append("answered")
        _submit(worker, owner)

    busy: list[bool] = []
    worker.busy_changed.connect(busy.append)
    worker.submit(owner, lambda: None, go_on, go_on, lane=Lane.READ)
    worker.stop()
    assert not worker.busy
    QCoreApplication.processEvents()
    assert answered == []
    assert busy == [True, False]
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("lane-")]


def test_an_answer_may_end_the_thread(qtbot: QtBot) -> None:
    worker, owner = Worker(), QObject()
    busy: list[bool] = []
    worker.busy_changed.connect(busy.append)
    worker.submit(owner, lambda: None, lambda _: worker.stop(), lambda _: worker.stop(), lane=Lane.READ)
    qtbot.waitUntil(lambda: not worker.busy)
    QCoreApplication.processEvents()
    assert busy == [True, False]
