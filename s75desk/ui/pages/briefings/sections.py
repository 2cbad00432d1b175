"""The sections of a briefing: ticked or not, in an order the officer can change by mouse or keyboard."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from s75desk.ui.theme import Theme

_KEY = int(Qt.ItemDataRole.UserRole)
_PAGE = _KEY + 1
_ROW = 1.64


class _WithPage(QStyledItemDelegate):
    """Writes at the right of a section on which page it begins."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """A little air between lines."""
        return QSize(super().sizeHint(option, index).width(), Theme.of().metrics.px(_ROW))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """The section as usual, then its page."""
        super().paint(painter, option, index)
        words = index.data(_PAGE)
        if words:
            theme = Theme.of()
            painter.save()
            painter.setFont(theme.fonts.get("small"))
            painter.setPen(theme.colour("muted"))
            rect: QRect = option.rect
            right = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            painter.drawText(rect.adjusted(0, 0, -theme.metrics.space(8), 0), right, words)
            painter.restore()


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
        self.setItemDelegate(_WithPage(self))
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

    def set_pages(self, outline: Mapping[str, int]) -> None:
        """Say on which page each section begins: page by title, numbered ("4 Money") or not."""
        pages = {title.split(" ", 1)[-1]: page for title, page in outline.items()} | dict(outline)
        self.blockSignals(True)
        for line in range(self.count()):
            item = self.item(line)
            page = pages.get(item.text())
            wanted = item.checkState() == Qt.CheckState.Checked
            number = f"page {page}" if line == 0 else f"{page}"
            words = number if page else "nothing recorded" if wanted else ""
            item.setData(_PAGE, words)
            item.setData(int(Qt.ItemDataRole.AccessibleDescriptionRole), f"begins on page {page}" if page else words)
        self.blockSignals(False)
        self.viewport().update()

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
