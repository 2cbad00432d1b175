"""The counts above the Overview's list, each of which filters it when it is pressed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from s75desk.domain.attention import Group
from s75desk.domain.status import Shape
from s75desk.services.overview_counts import Count
from s75desk.ui.theme import Theme
from s75desk.ui.widgets.tile import Tile

_TILE = 12.2
"""Least width of a count, in multiples of b."""


class Tiles(QWidget):
    """A tile for each count.

    Signals:
        changed: Another count filters, or none.

    Attributes:
        group: The count that filters; None for none.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.group: Group | None = None
        self._tiles: dict[Group, Tile] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)

    def show_counts(self, counts: Sequence[Count], waiting: Mapping[Group, str]) -> None:
        """Show counts, and the names of those that are still being worked out."""
        counted = {count.group: count for count in counts}
        for group in Group:
            if group in counted:
                count = counted[group]
                tile = self._tile(group, count.shape, count.name)
                tile.set_count(f"{count.number:,}", count.why, shape=count.shape, name=count.name)
                tile.setChecked(self.group is group)
            elif group in waiting:
                tile = self._tile(group, Shape.UNKNOWN, waiting[group])
                tile.set_count("…", "Being worked out", shape=Shape.UNKNOWN, name=waiting[group])

    def place(self, width: int) -> None:
        """Side by side where every tile can say its words, else in two or more equal lines.

        Args:
            width: Of the room for them, in pixels.
        """
        metrics = Theme.of(self).metrics
        tiles = list(self._tiles.values())
        gap = metrics.space(10)
        most = max(1, (width + gap) // (metrics.px(_TILE) + gap))
        lines = max(1, -(-len(tiles) // most))
        columns = -(-len(tiles) // lines)
        self._grid.setSpacing(gap)
        for place, tile in enumerate(tiles):
            self._grid.addWidget(tile, place // columns, place % columns)
        for place in range(self._grid.columnCount()):
            self._grid.setColumnStretch(place, 1 if place < columns else 0)

    def _tile(self, group: Group, shape: Shape, name: str) -> Tile:
        """The tile of a group, made when it is first needed."""
        tile = self._tiles.get(group)
        if tile is None:
            tile = Tile(shape, name, parent=self)
            tile.clicked.connect(self._pressed)
            tile.setProperty("group", group.name)
            self._tiles[group] = tile
            self.place(self.width())
        return tile

    def _pressed(self, checked: bool) -> None:
        sender = self.sender()
        assert isinstance(sender, Tile)
        self.group = Group[sender.property("group")] if checked else None
        for group, tile in self._tiles.items():
            tile.setChecked(group is self.group)
        self.changed.emit()
