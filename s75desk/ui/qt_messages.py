"""Qt's own messages, led into the program's log; this module stands on Qt's side of the border."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

LONGEST = 300
"""Characters kept of one message."""

_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}

_logger = logging.getLogger("s75desk.qt")


class QtMessages:
    """Writes each different message once: a warning in a paint event would fill the log in seconds."""

    def __init__(self) -> None:
        self._seen: set[str] = set()
        self._lock = threading.Lock()
        self._replaced: Callable[[QtMsgType, QMessageLogContext, str], Any] | None = None

    def install(self) -> None:
        """Take Qt's messages over from whoever had them."""
        self._replaced = qInstallMessageHandler(self.handle)

    def remove(self) -> None:
        """Give Qt's messages back."""
        qInstallMessageHandler(self._replaced)
        self._replaced = None

    def handle(self, kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
        """Called by Qt, in any thread."""
        text = (message or "")[:LONGEST]
        with self._lock:
            if text in self._seen:
                return
            self._seen.add(text)
        _logger.log(_LEVELS.get(kind, logging.WARNING), "%s: %s", context.category or "default", text)
