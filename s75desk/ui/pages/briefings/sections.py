"""The sections of a briefing: ticked or not, in an order the officer can change by mouse or keyboard."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QWidget

_KEY = int(Qt.ItemDataRole.UserRole)


class SectionList(QListWidget):
    """A list of sections to tick, drag, or move with Alt+Up and Alt+Down.

    Signals:
        changed: Ticks or order changed.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Sections, in the order they are printed")
        self.setToolTip("Tick what is printed. Drag, or Alt+Up and Alt+Down, to reorder.")
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.itemChanged.connect(self._told)
        self.model().rowsMoved.connect(self._told)

    def set_sections(self, sections: Sequence[tuple[str, str]], chosen: Sequence[str] = ()) -> None:
        """Offer sections as pairs of key and title; all are ticked unless some are ``chosen``."""
        self.blockSignals(True)
        self.clear()
        for key, title in sections:
            item = QListWidgetItem(title)
            item.setData(_KEY, key)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if not chosen or key in chosen else Qt.CheckState.Unchecked)
            self.addItem(item)
        self.setCurrentRow(0)
        self.blockSignals(False)

    def ticked(self) -> tuple[str, ...]:
        """Keys of the ticked sections, in order."""
        items = [self.item(line) for line in range(self.count())]
        return tuple(str(item.data(_KEY)) for item in items if item.checkState() == Qt.CheckState.Checked)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Alt+Up and Alt+Down move the current section."""
        if event.modifiers() == Qt.KeyboardModifier.AltModifier and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._move(-1 if event.key() == Qt.Key.Key_Up else 1)
        else:
            super().keyPressEvent(event)

    def _move(self, by: int) -> None:
        line = self.currentRow()
        if 0 <= line + by < self.count():
            self.insertItem(line + by, self.takeItem(line))
            self.setCurrentRow(line + by)
            self.changed.emit()

    def _told(self, *_: object) -> None:
        self.changed.emit()
