"""A heading with a few rows beneath it, each of which opens a record's own page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from s75desk.domain.wording import number
from s75desk.ui.itemmodels.cells import Column
from s75desk.ui.pages.child_section import ChildTable
from s75desk.ui.theme import Theme
from s75desk.ui.widgets.buttons import make_button
from s75desk.ui.widgets.labels import ElidedLabel, Label
from s75desk.ui.widgets.layouts import Item, Line, column, row


class _Strut(QWidget):
    """Takes no width and the height of a button."""

    def sizeHint(self) -> QSize:
        return QSize(0, Theme.of(self).metrics.size("control"))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()


def heading_row(*items: Item) -> Line:
    """Parts of a heading's row, as high as one with a button in it, so that headings side by side are level."""
    strut = _Strut()
    strut.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    return row(*items, row(strut, gap=0), gap=8)


class ShortList(QWidget):
    """See the module.

    Signals:
        opened: A row was activated: the row.
        add_asked: The button for a new one was pressed.
        all_asked: The officer asks for the rows that are left out.

    Args:
        title: Heading: "Open actions".
        columns: Columns; their titles are not shown.
        uid: Identity of a row.
        add: Words of the button for a new one, or "".
        empty: What stands there without rows.
        most: How many rows are shown.
    """

    opened = Signal(object)
    add_asked = Signal()
    all_asked = Signal()

    def __init__(
        self,
        title: str,
        columns: Sequence[Column[Any]],
        *,
        uid: Callable[[Any], str],
        add: str = "",
        empty: str = "None recorded.",
        most: int = 6,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._most = most
        self._caption = ElidedLabel("", colour="muted", parent=self)
        head = heading_row(Label(title, "heading", bold=True, parent=self), (self._caption, 1))
        self.add_button = make_button(add, "plus", "quiet", parent=self) if add else None
        if self.add_button is not None:
            self.add_button.clicked.connect(self.add_asked)
            head.addWidget(self.add_button)
        self.table = ChildTable(
            title, columns, uid, header=False, multiple=False, row="row_read", edge=False, parent=self
        )
        self.table.set_empty_text(empty)
        self.table.activated_row.connect(self.opened)
        self._rest = make_button("", "", "link", parent=self)
        self._rest.clicked.connect(self.all_asked)
        column(head, self.table, self._rest, gap=2, parent=self)

    def set_rows(self, rows: Sequence[Any], caption: str = "") -> None:
        """Show the first of these rows."""
        self.table.set_rows(rows[: self._most])
        self.table.fit_height(fill=False)
        self._caption.setText(caption)
        self._rest.setVisible(len(rows) > self._most)
        self._rest.set_words(f"Show all {number(len(rows))}")
