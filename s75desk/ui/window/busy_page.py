"""What stands there while a desk opens: which step is being done."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from s75desk.ui.widgets.labels import Label
from s75desk.ui.widgets.surface import Surface


class BusyPage(Surface):
    """Says what is being done."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("canvas", parent)
        self._words = Label("", "heading", colour="muted", parent=self)
        layout = QVBoxLayout(self)
        layout.addStretch(1)
        layout.addWidget(self._words, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(2)

    def say(self, words: str) -> None:
        """Name the step."""
        self._words.setText(f"{words}…")
        self.setAccessibleName(words)
