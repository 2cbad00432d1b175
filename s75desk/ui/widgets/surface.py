"""Grounds that parts stand on, and hairlines between them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget


class Surface(QFrame):
    """A ground in one of the house colours.

    Args:
        ground: "canvas", "surface", "sunken", "raised"; or "panel" and "well", which have an edge and round corners;
            or "fault", the ground of an error in place.
    """

    def __init__(self, ground: str = "surface", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", ground)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)


class Hairline(Surface):
    """A line of one pixel across, or down with ``upright``; ``strong`` as it stands below the heads of a table."""

    def __init__(self, *, upright: bool = False, strong: bool = False, parent: QWidget | None = None) -> None:
        super().__init__("line_strong" if strong else "line", parent)
        if upright:
            self.setFixedWidth(1)
            self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        else:
            self.setFixedHeight(1)
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
