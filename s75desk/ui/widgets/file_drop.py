"""Files dropped on a widget, from the desktop or a mail: handed on as paths."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QWidget

_KINDS = (QEvent.Type.DragEnter, QEvent.Type.DragMove, QEvent.Type.Drop)


class FileDrop(QObject):
    """Makes a widget, and what lies in it, take files.

    Args:
        target: Where files may be dropped.
        take: Takes their paths, and where on the widget they were dropped.
        ready: Whether files can be taken now.
    """

    def __init__(
        self, target: QWidget, take: Callable[[Sequence[Path], QPoint], None], ready: Callable[[], bool]
    ) -> None:
        super().__init__(target)
        self._take = take
        self._ready = ready
        target.setAcceptDrops(True)
        target.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Accept files, leave everything else to the widget."""
        if event.type() not in _KINDS or not isinstance(event, QDropEvent):
            return False
        files = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if not files or not self._ready():
            return False
        event.setDropAction(Qt.DropAction.CopyAction)  # the file stays where it is
        event.accept()
        if event.type() == QEvent.Type.Drop:
            self._take(files, event.position().toPoint())
        return True
