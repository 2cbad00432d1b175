"""Two columns side by side where there is room for both, below each other where there is not."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from s75desk.ui.theme import Theme

_FROM = 54.0
_RIGHT_LEAST, _RIGHT_MOST, _RIGHT_SHARE = 25.0, 34.0, 0.4
_GAP = 28
_ANY = 16777215


class TwoColumns(QWidget):
    """The left column takes what the right one, which holds short lines, leaves it."""

    def __init__(self, left: QWidget, right: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._left, self._right = left, right
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.addWidget(left, 1)
        self._line.addWidget(right)
        self._arrange()

    @property
    def side_by_side(self) -> bool:
        """Whether both stand beside each other now."""
        return self._line.direction() == QBoxLayout.Direction.LeftToRight

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stand beside each other if there is room."""
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        """Widths follow the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_line"):
            self._arrange()

    def _arrange(self) -> None:
        metrics = Theme.of(self).metrics
        beside = self.width() >= metrics.px(_FROM)
        directions = QBoxLayout.Direction
        self._line.setDirection(directions.LeftToRight if beside else directions.TopToBottom)
        self._line.setSpacing(metrics.space(_GAP if beside else 16))
        wide = max(metrics.px(_RIGHT_LEAST), min(metrics.px(_RIGHT_MOST), round(self.width() * _RIGHT_SHARE)))
        self._right.setMinimumWidth(wide if beside else 0)
        self._right.setMaximumWidth(wide if beside else _ANY)
