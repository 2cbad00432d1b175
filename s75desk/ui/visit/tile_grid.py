"""Tiles side by side in as many columns as there is room for: two rows high at most, the rest is scrolled to."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget

from s75desk.ui.theme import Theme
from s75desk.ui.visit.photo_tile import tile_size

_ROWS = 2
_GAP = 8


class TileGrid(QScrollArea):
    """See the module. It is as high as its rows.

    Attributes:
        inside: What the tiles are children of.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tiles: tuple[QWidget, ...] = ()
        self.inside = QWidget()
        self.inside.setObjectName("scrolled")
        self.setWidget(self.inside)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def tiles(self) -> tuple[QWidget, ...]:
        """The tiles in their order."""
        return self._tiles

    def set_tiles(self, tiles: Sequence[QWidget]) -> None:
        """Show other tiles; they become children of the grid."""
        self._tiles = tuple(tiles)
        for tile in tiles:
            if tile.parentWidget() is not self.inside:
                tile.setParent(self.inside)
            tile.show()
        self._arrange()
        self.updateGeometry()

    def beside(self, tile: QWidget, across: int, down: int) -> QWidget | None:
        """The tile so far from another, or None; across, the end of a row goes on with the next."""
        place = self._tiles.index(tile) + across + down * self._columns(self._room())
        return self._tiles[place] if 0 <= place < len(self._tiles) else None

    def scroll_to_end(self) -> None:
        """Bring the last row into view."""
        self.verticalScrollBar().setValue(self.verticalScrollBar().maximum())

    def hasHeightForWidth(self) -> bool:
        """Narrower is higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Room for the rows, two at most."""
        return self._high(min(_ROWS, ceil(len(self._tiles) / self._columns(self._room(width)))))

    def sizeHint(self) -> QSize:
        """Three tiles wide."""
        gap = Theme.of(self).metrics.space(_GAP)
        wide = 3 * tile_size(self).width() + 2 * gap
        return QSize(wide, self.heightForWidth(max(self.width(), wide)))

    def minimumSizeHint(self) -> QSize:
        """One tile wide."""
        return QSize(tile_size(self).width(), self._high(1) if self._tiles else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width takes other columns."""
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        """Tiles follow the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_tiles"):
            self._arrange()
            self.updateGeometry()

    def _columns(self, room: int) -> int:
        gap = Theme.of(self).metrics.space(_GAP)
        return max(1, (room + gap) // (tile_size(self).width() + gap))

    def _room(self, width: int = 0) -> int:
        """The width for tiles, less the scroll bar if there is more than can be seen."""
        width = width or self.width()
        if len(self._tiles) > _ROWS * self._columns(width):
            return width - self.verticalScrollBar().sizeHint().width()
        return width

    def _high(self, rows: int) -> int:
        gap = Theme.of(self).metrics.space(_GAP)
        return max(0, rows * (tile_size(self).height() + gap) - gap)

    def _arrange(self) -> None:
        size, gap = tile_size(self), Theme.of(self).metrics.space(_GAP)
        columns = self._columns(self._room())
        for place, tile in enumerate(self._tiles):
            down, across = divmod(place, columns)
            tile.setGeometry(
                QRect(across * (size.width() + gap), down * (size.height() + gap), size.width(), size.height())
            )
        self.inside.resize(self._room(), self._high(ceil(len(self._tiles) / columns)))
        self.verticalScrollBar().setSingleStep(size.height() + gap)
