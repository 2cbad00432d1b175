"""Notes which records the officer looks at: one asked for at once, one that is passed in a list after a while."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, QTimer

from s75desk.domain.errors import DeskError
from s75desk.ui.operations import Operations

WHILE_MS = 1500
"""How long a record stays on show before it has been looked at and not passed."""


class RecentlySeen(QObject):
    """See the module.

    Args:
        operations: Writes on the worker, without a notice.
        parent: The open desk.
    """

    def __init__(self, operations: Operations, parent: QObject) -> None:
        super().__init__(parent)
        self._operations = operations
        self._shown = ("", "")
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(WHILE_MS)
        self._timer.timeout.connect(self.note)

    def watch(self, page: Any) -> None:
        """Follow what a list page shows; other pages show no record."""
        shown = getattr(page, "shown_record", None)
        if shown is not None:
            shown.connect(lambda uid, _: self.seen(page.record.kind, uid))

    def seen(self, kind: str, uid: str) -> None:
        """A record is on show."""
        self._shown = (kind, uid)
        self._timer.start()

    def note(self) -> None:
        """Keep the record on show; where the desk cannot be written nothing is lost but this."""
        self._timer.stop()
        (kind, uid), self._shown = self._shown, ("", "")
        if uid:
            self._operations.quiet(self, lambda: self._operations.office.recent.note(kind, uid), let_be)


def let_be(_: DeskError) -> None:
    """Trouble with what is only a convenience is no trouble."""
