"""A record's fields to read: label and value in two columns, unknown ones said to be so."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from s75desk.ui.theme import Theme
from s75desk.ui.widgets.labels import Label, WrappedLabel

Pair = tuple[str, str]


class FieldSheet(QWidget):
    """Labels and values below each other; a value of "" is shown as Not known.

    Args:
        label_width: Width of the label column in multiples of b.
    """

    def __init__(self, pairs: Sequence[Pair] = (), *, label_width: float = 10, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label_width = label_width
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setColumnStretch(1, 100)
        self._grid.setColumnStretch(2, 1)  # takes what running text leaves, so that values stay beside their labels
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        Theme.of(self).changed.connect(self._scale)
        self._scale()
        self.set_pairs(pairs)

    def set_pairs(self, pairs: Sequence[Pair]) -> None:
        """Show other labels and values."""
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for line, (label, value) in enumerate(pairs):
            name = Label(label, colour="muted", parent=self)
            said = WrappedLabel(value or "Not known", colour="text" if value else "muted", selectable=True, parent=self)
            said.setAccessibleName(f"{label}: {value or 'Not known'}")
            self._grid.addWidget(name, line, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(said, line, 1, Qt.AlignmentFlag.AlignTop)
        self.setAccessibleName("; ".join(f"{label}: {value or 'Not known'}" for label, value in pairs))

    def _scale(self) -> None:
        metrics = Theme.of(self).metrics
        self._grid.setColumnMinimumWidth(0, metrics.px(self._label_width))
        self._grid.setHorizontalSpacing(metrics.space(16))
        self._grid.setVerticalSpacing(metrics.space(8))
