"""The outline of a visit as a flat list: prior actions, people, areas, and the standards of the area that is open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from s75desk.domain.status import Status

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()

LINE = Qt.ItemDataRole.UserRole + 1
"""The ``OutlineLine`` itself."""


@dataclass(frozen=True, slots=True)
class OutlineLine:
    """One line of the outline.

    Attributes:
        place: Where a press leads: name of a page, code of an area or a standard.
        kind: "page", "area" or "standard".
        title: What it is.
        done: How much of it has been done; None where nothing has been said of it.
        total: How much there is; 0 where there is no whole to count against, as with people spoken to.
        status: Shape and word beside it, or None while there is nothing to say.
        current: Whether the officer is there.
    """

    place: str
    kind: str
    title: str
    done: int | None
    total: int
    status: Status | None
    current: bool

    @property
    def count(self) -> str:
        """How far it is: "2/6"; a count alone where there is no whole, and "Not known" without one."""
        if self.total:
            return f"{self.done}/{self.total}"
        return "Not known" if self.done is None else str(self.done)

    @property
    def widest(self) -> str:
        """The widest that ``count`` becomes, so that a title keeps its lines while the count goes up."""
        return f"{self.total}/{self.total}" if self.total else "Not known"

    @property
    def parts(self) -> tuple[str, str]:
        """The number of a standard and its title; "" for the number of anything else."""
        number, apart, title = self.title.partition("  ")
        return (number, title) if apart else ("", self.title)

    @property
    def words(self) -> str:
        """The whole line for a screen reader: "8 Medicines, 2 of 6, Requires improvement so far"."""
        counted = f"{self.done} of {self.total}" if self.total else self.count
        parts = [" ".join(self.title.split()), counted, self.status.word if self.status else ""]
        return ", ".join(part for part in parts if part)


class OutlineModel(QAbstractListModel):
    """Holds the lines; an adapter between them and Qt."""

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self._lines: tuple[OutlineLine, ...] = ()

    @property
    def lines(self) -> tuple[OutlineLine, ...]:
        """Every line, from the top."""
        return self._lines

    def set_lines(self, lines: Sequence[OutlineLine]) -> None:
        """Show other lines; where only what they say differs, they are drawn again in place."""
        new = tuple(lines)
        if [line.place for line in new] != [line.place for line in self._lines]:
            self.beginResetModel()
            self._lines = new
            self.endResetModel()
            return
        changed = [place for place, (old, now) in enumerate(zip(self._lines, new, strict=True)) if old != now]
        self._lines = new
        if changed:
            self.dataChanged.emit(self.index(changed[0]), self.index(changed[-1]))

    # What Qt asks

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """How many lines there are."""
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The title, the words for a screen reader, the line."""
        if not index.isValid() or not 0 <= index.row() < len(self._lines):
            return None
        line = self._lines[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return line.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return line.words
        if role == Qt.ItemDataRole.ToolTipRole:
            return line.words
        return line if role == LINE else None
