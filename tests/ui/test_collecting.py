"""The garbage collector never runs on the worker's thread while a desk is open."""

from __future__ import annotations

import gc
import threading
import weakref
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from s75desk.domain.lanes import Lane
from s75desk.ui.collecting import Collecting
from s75desk.ui.worker import Worker


class _Cycle:
    """Garbage that only the collector can take away."""

    def __init__(self) -> None:
        self.me = self
        self.widget = QWidget()


def _make_much() -> int:
    """Enough objects for the automatic collector to run, were it on; returns on which thread."""
    kept: list[Any] = []
    for number in range(50_000):
        kept.append([number])
    return threading.get_ident()


def test_a_job_that_makes_many_objects_collects_nothing(qtbot: Any) -> None:
    where: list[int] = []

    def note(phase: str, _: dict[str, int]) -> None:
        if phase == "start":
            where.append(threading.get_ident())

    worker = Worker()
    answers: list[int] = []
    garbage = weakref.ref(_Cycle().widget)
    gc.callbacks.append(note)
    try:
        worker.submit(worker, _make_much, answers.append, lambda trouble: answers.append(0), lane=Lane.READ)
        qtbot.waitUntil(lambda: not worker.busy)
    finally:
        gc.callbacks.remove(note)
        worker.stop()
    assert answers[0] not in (0, threading.get_ident())
    assert answers[0] not in where
    gc.collect()
    assert garbage() is None


def test_the_collector_is_on_again_when_the_last_worker_has_stopped(qtbot: Any) -> None:
    before = gc.isenabled()
    parent = QObject()
    first, second = Collecting(parent), Collecting(parent)
    first.start()
    second.start()
    second.start()
    assert not gc.isenabled()
    first.stop()
    assert not gc.isenabled()
    second.stop()
    second.stop()
    assert gc.isenabled() == before


def test_what_is_due_is_collected_from_the_timer(qtbot: Any) -> None:
    parent = QObject()
    collecting = Collecting(parent)
    collecting.start()
    try:
        lost = weakref.ref(_Cycle().widget)
        kept = [[number] for number in range(5_000)]
        for _ in range(60):
            kept += [[number] for number in range(1_000)]
            collecting.collect()
        assert lost() is None
        assert len(kept) == 65_000
    finally:
        collecting.stop()
