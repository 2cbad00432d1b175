"""The bus: tells every view what a write has changed. A view decides for itself whether it is stale."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from s75desk.domain.changes import Changes


class Bus(QObject):
    """One to a window.

    Signals:
        changed: A write was committed; carries ``Changes``.
        said: A write has something to say in a notice; carries ``Changes``.
    """

    changed = Signal(object)
    said = Signal(object)

    def publish(self, changes: Changes, *, silent: bool = False) -> None:
        """Tell of a committed write, with a notice unless ``silent``."""
        if changes.touched:
            self.changed.emit(changes)
        if changes.label and not silent:
            self.said.emit(changes)
