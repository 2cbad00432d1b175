"""Qt's messages reach the log, each once."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest
from PySide6.QtCore import qCritical, qWarning

from s75desk.ui.qt_messages import LONGEST, QtMessages


@pytest.fixture
def messages(qapp: object, caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    handler = QtMessages()
    handler.install()
    yield caplog
    handler.remove()


def test_a_warning_is_logged_once_however_often_it_comes(messages: pytest.LogCaptureFixture) -> None:
    for _ in range(100):
        qWarning("QPainter: paint device is not active")
    assert [(one.name, one.levelno, one.getMessage()) for one in messages.records] == [
        ("s75desk.qt", logging.WARNING, "default: QPainter: paint device is not active")
    ]


@pytest.mark.logs_errors
def test_long_messages_are_cut(messages: pytest.LogCaptureFixture) -> None:
    qCritical("x" * 5000)
    assert [(one.levelno, one.getMessage()) for one in messages.records] == [
        (logging.ERROR, "default: " + "x" * LONGEST)
    ]


def test_they_go_back_to_whoever_had_them(qtlog: object) -> None:
    handler = QtMessages()
    handler.install()
    handler.remove()
    qWarning("This plugin does not support raise()")
    assert [record.message for record in qtlog.records] == ["This plugin does not support raise()"]  # type: ignore[attr-defined]
