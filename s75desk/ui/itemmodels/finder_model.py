"""What the finder lists: headings, records and commands, each with its words, icon and status."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from s75desk.domain.status import Status

LINE_ROLE = int(Qt.ItemDataRole.UserRole) + 1
"""The whole ``FinderLine``."""

_NOWHERE = QModelIndex()


@dataclass(frozen=True, slots=True)
class FinderLine:
    """One line.

    Attributes:
        text: What it says; a heading if ``what`` is None.
        detail: Muted words after it.
        icon: Icon before it.
        status: Status at the right.
        key: Shortcut at the right.
        what: What choosing it means, or None for a heading.
    """

    text: str
    detail: str = ""
    icon: str = ""
    status: Status | None = None
    key: str = ""
    what: Any = None

    @property
    def heading(self) -> bool:
        """Whether it only heads the lines below."""
        return self.what is None


class FinderModel(QAbstractListModel):
    """Lines as an item model; headings cannot be chosen."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[FinderLine, ...] = ()

    def set_lines(self, lines: Sequence[FinderLine]) -> None:
        """Show other lines."""
        self.beginResetModel()
        self._lines = tuple(lines)
        self.endResetModel()

    def line(self, row: int) -> FinderLine | None:
        """The line at a row, or None."""
        return self._lines[row] if 0 <= row < len(self._lines) else None

    def first(self) -> int:
        """Row of the first line that can be chosen, or -1."""
        return next((row for row, line in enumerate(self._lines) if not line.heading), -1)

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NOWHERE) -> int:
        """How many lines."""
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Words, spoken words, or the line itself."""
        line = self.line(index.row()) if index.isValid() else None
        if line is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return line.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            parts = (line.text, line.detail, line.status.word if line.status else "")
            return ", ".join(part for part in parts if part)
        return line if role == LINE_ROLE else None

    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        """Headings cannot be chosen."""
        line = self.line(index.row()) if index.isValid() else None
        if line is None or line.heading:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
