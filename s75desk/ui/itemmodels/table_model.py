"""The one item model of every table: an adapter between frozen rows and Qt, which makes cells when they are seen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Generic

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from s75desk.ui.itemmodels.cells import Cell, Column, Row
from s75desk.ui.itemmodels.ordering import RowOrder, sort_value

CELL_ROLE = int(Qt.ItemDataRole.UserRole) + 1
"""The whole ``Cell``."""
COLUMN_ROLE = CELL_ROLE + 1
"""The ``Column`` of a cell."""
SORT_ROLE = CELL_ROLE + 2
"""The native value a cell sorts by; None when not known."""
ROW_ROLE = CELL_ROLE + 3
"""The row itself."""

_KEPT = 4096
_NOWHERE = QModelIndex()

Index = QModelIndex | QPersistentModelIndex

EMPTY = "empty"
"""What a screen reader says of a cell in which nothing stands."""


class RowsModel(QAbstractTableModel, Generic[Row]):
    """Rows of one class in the columns given, sorted and filtered by itself.

    A proxy model would be asked in Python for every one of 57,000 rows at each key; here the order is worked out
    in one go (``ordering.py``) and Qt sees only the result.

    Args:
        columns: What to show.
        uid: Gives the identity of a row, which survives ``set_rows``.
        search: The text of a row that the search reads; without it, what the cells say.
        parent: Owner.
    """

    def __init__(
        self,
        columns: Sequence[Column[Row]],
        uid: Callable[[Row], str],
        *,
        search: Callable[[Row], str] | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._columns = tuple(columns)
        self._uid = uid
        self._order: RowOrder[Row] = RowOrder(self._columns, search)
        self._rows: tuple[Row, ...] = ()
        self._shown: list[int] = []
        self._places: dict[str, int] = {}
        self._cells: dict[tuple[int, int], Cell] = {}

    # What is shown

    @property
    def columns(self) -> tuple[Column[Row], ...]:
        """All columns, also hidden ones."""
        return self._columns

    @property
    def sorting(self) -> tuple[str, bool]:
        """Key of the column that sorts, "" for the order given, and whether it descends."""
        return self._order.sort

    def all_rows(self) -> tuple[Row, ...]:
        """Every row, in the order given."""
        return self._rows

    def shown_rows(self) -> tuple[Row, ...]:
        """The rows that are shown, in the order shown."""
        return tuple(self._rows[place] for place in self._shown)

    def row_at(self, line: int) -> Row | None:
        """The row on a line of the table, or None past the end."""
        return self._rows[self._shown[line]] if 0 <= line < len(self._shown) else None

    def uid_at(self, line: int) -> str:
        """Identity of the row on a line, or ""."""
        row = self.row_at(line)
        return "" if row is None else self._uid(row)

    def line_of(self, uid: str) -> int:
        """Line on which a row is shown, or -1."""
        if not self._places:
            self._places = {self._uid(row): place for place, row in enumerate(self._rows)}
        place = self._places.get(uid)
        try:
            return -1 if place is None else self._shown.index(place)
        except ValueError:
            return -1

    def cell_at(self, line: int, column: int) -> Cell:
        """The cell of a line, made when first seen."""
        place = self._shown[line]
        cell = self._cells.get((place, column))
        if cell is None:
            if len(self._cells) > _KEPT:
                self._cells.clear()
            cell = self._cells[place, column] = self._columns[column].value(self._rows[place])
        return cell

    # What changes it

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Take other rows; sort and filter stay. The same rows in the same order only repaint what changed."""
        new = tuple(rows)
        old = self._rows
        if len(new) == len(old) and all(self._uid(a) == self._uid(b) for a, b in zip(old, new, strict=True)):
            self._replace(new)
        else:
            self._rebuild(lambda: self._take(new))

    def set_search(self, text: str) -> None:
        """Show rows that hold every word of ``text``."""
        self._rebuild(lambda: self._order.set_search(text))

    def set_accept(self, accept: Callable[[Row], bool] | None) -> None:
        """Show only rows for which ``accept`` is true; None for all."""
        self._rebuild(lambda: self._order.set_accept(accept))

    def set_sort(self, key: str, *, descending: bool = False) -> None:
        """Sort by a column; "" for the order given."""
        if self._order.sort != (key, descending):
            self._rebuild(lambda: self._order.set_sort(key, descending=descending))

    def warm(self, count: int = 2000) -> bool:
        """Make search texts ahead of need; whether some are still missing."""
        return self._order.warm(count)

    def refresh(self) -> None:
        """Make every cell anew from the same rows: what they say depends on more than the row."""
        self._rebuild(lambda: self._take(self._rows))

    def make_anew(self, key: str) -> None:
        """Make the cells of one column anew, where what they say has come after their rows."""
        at = [column.key for column in self._columns].index(key)
        self._cells = {place: cell for place, cell in self._cells.items() if place[1] != at}
        if self._shown:
            self.dataChanged.emit(self.index(0, at), self.index(len(self._shown) - 1, at))

    def _take(self, rows: tuple[Row, ...]) -> None:
        self._rows = rows
        self._places = {}
        self._cells.clear()
        self._order.set_rows(rows)

    def _replace(self, rows: tuple[Row, ...]) -> None:
        old = self._rows
        before = list(self._shown)
        self._take(rows)
        if self._order.shown != before:
            # A changed row moved or left: Qt is told at once, before it can ask for anything.
            self._rows = old
            self._rebuild(lambda: self._take(rows))
            return
        last = len(self._columns) - 1
        for line, place in enumerate(before):
            if rows[place] != old[place]:
                self.dataChanged.emit(self.index(line, 0), self.index(line, last))

    def _rebuild(self, change: Callable[[], None]) -> None:
        self.beginResetModel()
        change()
        self._shown = self._order.shown
        self.endResetModel()

    # What Qt asks

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Lines shown."""
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """All columns, also hidden ones."""
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Words, native value, accessible text or the whole cell."""
        if not index.isValid():
            return None
        cell = self.cell_at(index.row(), index.column())
        if role == CELL_ROLE:
            return cell
        if role == Qt.ItemDataRole.DisplayRole:
            return cell.words
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return cell.plain or EMPTY
        if role == SORT_ROLE:
            return sort_value(self._columns[index.column()], cell)
        if role == COLUMN_ROLE:
            return self._columns[index.column()]
        if role == ROW_ROLE:
            return self._rows[self._shown[index.row()]]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(self._columns[index.column()])
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Titles of the columns."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self._columns):
            return None
        column = self._columns[section]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return column.title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column)
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column as the header asks."""
        if 0 <= column < len(self._columns) and self._columns[column].sortable:
            self.set_sort(self._columns[column].key, descending=order == Qt.SortOrder.DescendingOrder)


def _alignment(column: Column[Any]) -> int:
    side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
    return int(side | Qt.AlignmentFlag.AlignVCenter)
