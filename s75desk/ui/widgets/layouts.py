"""Rows and columns whose spaces grow with the text. Lengths are given in logical pixels at b = 14."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QLayout, QSpacerItem, QWidget

from s75desk.ui.theme import Theme

Item = QWidget | QLayout | int | None | tuple[QWidget | QLayout, int]
"""What a row or column takes: a widget, a layout, a space (int), a stretch (None), or a part with its stretch."""

Margins = tuple[int, int, int, int] | int


class Line(QBoxLayout):
    """A box layout that remembers its spaces as designed, and scales them when the text size changes."""

    def __init__(
        self,
        direction: QBoxLayout.Direction,
        items: tuple[Item, ...],
        *,
        gap: int = 8,
        margins: Margins = 0,
        align: Qt.AlignmentFlag | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(direction)
        self._gap = gap
        self._margins = (margins,) * 4 if isinstance(margins, int) else margins
        self._spacers: list[tuple[QSpacerItem, int]] = []
        for item in items:
            self.put(item, align)
        theme = Theme.of()
        theme.changed.connect(self._scale)
        self._scale()
        if parent is not None:
            parent.setLayout(self)

    def put(self, item: Item, align: Qt.AlignmentFlag | None = None) -> None:
        """Add one item at the end."""
        if item is None:
            self.addStretch(1)
        elif isinstance(item, int):
            spacer = QSpacerItem(0, 0)
            self.addSpacerItem(spacer)
            self._spacers.append((spacer, item))
            self._size_spacer(spacer, item)
        elif isinstance(item, tuple):
            self._put_part(item[0], item[1], align)
        else:
            self._put_part(item, 0, align)

    def _put_part(self, part: QWidget | QLayout, stretch: int, align: Qt.AlignmentFlag | None) -> None:
        if isinstance(part, QLayout):
            self.addLayout(part, stretch)
        elif align is None:
            self.addWidget(part, stretch)
        else:
            self.addWidget(part, stretch, align)

    def _size_spacer(self, spacer: QSpacerItem, designed: int) -> None:
        length = Theme.of().metrics.space(designed)
        across = self.direction() in (QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.RightToLeft)
        spacer.changeSize(length if across else 0, 0 if across else length)

    def _scale(self) -> None:
        metrics = Theme.of().metrics
        left, top, right, bottom = (metrics.space(length) for length in self._margins)
        self.setContentsMargins(left, top, right, bottom)
        self.setSpacing(metrics.space(self._gap))
        for spacer, designed in self._spacers:
            self._size_spacer(spacer, designed)
        self.invalidate()


def row(
    *items: Item,
    gap: int = 8,
    margins: Margins = 0,
    align: Qt.AlignmentFlag | None = None,
    parent: QWidget | None = None,
) -> Line:
    """Parts side by side; becomes the layout of ``parent`` if one is given."""
    return Line(QBoxLayout.Direction.LeftToRight, items, gap=gap, margins=margins, align=align, parent=parent)


def column(
    *items: Item,
    gap: int = 8,
    margins: Margins = 0,
    align: Qt.AlignmentFlag | None = None,
    parent: QWidget | None = None,
) -> Line:
    """Parts below each other; becomes the layout of ``parent`` if one is given."""
    return Line(QBoxLayout.Direction.TopToBottom, items, gap=gap, margins=margins, align=align, parent=parent)


def boxed(layout: QLayout, parent: QWidget | None = None) -> QWidget:
    """A bare widget around a layout, where a widget is asked for."""
    box = QWidget(parent)
    box.setLayout(layout)
    return box
