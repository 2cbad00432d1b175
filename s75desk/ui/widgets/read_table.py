"""A table to read inside a record: as tall as its rows, with figures that can be opened."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QModelIndex, QSize, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QSizePolicy, QWidget

from s75desk.ui.itemmodels.cells import Column, Row
from s75desk.ui.widgets.table import RecordTable
from s75desk.ui.widgets.table_header import RECORD_LINES

_ARROWS = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Left: -1,
}


class ReadTable(RecordTable[Row]):
    """Never scrolls down by itself: the record it stands in does. Rows cannot be marked.

    The keyboard stops at it only if it holds figures with a working; arrows go from figure to figure, Enter or F9
    opens the working.

    Args:
        name: What a screen reader calls it.
        columns: What to show.
        rows: The rows, in the order to show; a header press sorts.
        uid: Identity of a row; its place by default.
        row: Height of a row, as in ``RecordTable``; "row_read" for the usual one of a record.
        header: Whether titles are shown.
        ground: Token of the ground.
        edge: Whether the first column keeps the distance that lists keep.
    """

    def __init__(
        self,
        name: str,
        columns: Sequence[Column[Row]],
        rows: Sequence[Row] = (),
        *,
        uid: Callable[[Row], str] | None = None,
        row: str = "row_read",
        header: bool = True,
        ground: str = "surface",
        edge: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        two_lines = any(column.kind == "two_line" for column in columns)
        super().__init__(
            name,
            columns,
            uid or _place,
            row="row_two_lines" if two_lines and row == "row_read" else row,
            header=header,
            ground=ground,
            multiple=False,
            bar=False,
            edge=edge,
            parent=parent,
        )
        self.head.whole = True
        self.head.most_lines = RECORD_LINES
        self.head.lines_fitted.connect(self.updateGeometry)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_rows(rows)

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Show other rows and take their height."""
        super().set_rows(rows)
        stops = Qt.FocusPolicy.StrongFocus if self._figures() else Qt.FocusPolicy.ClickFocus
        self.setFocusPolicy(stops)
        self.head.fit()
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Header and all rows."""
        head = 0 if self.horizontalHeader().isHidden() else self.horizontalHeader().sizeHint().height()
        bar = self.horizontalScrollBar()
        below = bar.sizeHint().height() if bar.isVisible() else 0
        return QSize(super().sizeHint().width(), head + self.verticalHeader().length() + below + 1)

    def minimumSizeHint(self) -> QSize:
        """All rows; columns may scroll."""
        return QSize(super().minimumSizeHint().width(), self.sizeHint().height())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The record scrolls."""
        event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard starts at the first figure."""
        super().focusInEvent(event)
        figures = self._figures()
        if figures and self.currentIndex() not in figures:
            self.setCurrentIndex(figures[0])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go from figure to figure; Enter opens the working."""
        figures = self._figures()
        step = _ARROWS.get(Qt.Key(event.key()))
        if step is not None and figures:
            place = figures.index(self.currentIndex()) + step if self.currentIndex() in figures else 0
            if 0 <= place < len(figures):
                self.setCurrentIndex(figures[place])
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and figures:
            self.ask_figure()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Its height follows the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()

    def _figures(self) -> list[QModelIndex]:
        model = self.rows_model()
        places = [model.columns.index(column) for column in self.visible_columns()]
        found = []
        for line in range(model.rowCount()):
            for place in places:
                figure = model.cell_at(line, place).figure
                if figure is not None and figure.working is not None:
                    found.append(model.index(line, place))
        return found


def _place(row: object) -> str:
    return str(id(row))
