"""What stands there while a desk opens: which step is being done, over the Overview as the desk last kept it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QStackedWidget, QVBoxLayout, QWidget

from s75desk.domain.kept_overview import KeptOverview
from s75desk.ui.widgets.kept_overview import KeptOverviewView
from s75desk.ui.widgets.labels import Label
from s75desk.ui.widgets.surface import Hairline, Surface
from s75desk.ui.window.top_bar import TopBar


class OpeningPage(QStackedWidget):
    """The step by itself, or with what the desk kept under the tabs that cannot be pressed yet."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        plain = Surface("canvas", self)
        self._words = Label("", "heading", colour="muted", parent=plain)
        layout = QVBoxLayout(plain)
        layout.addStretch(1)
        layout.addWidget(self._words, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(2)
        self.addWidget(plain)
        self._kept: KeptOverviewView | None = None
        self._frame: QWidget | None = None

    def say(self, words: str) -> None:
        """Name the step."""
        self._words.setText(f"{words}…")
        self.setAccessibleName(words)
        if self._kept is not None:
            self._kept.say(words)

    def show_kept(self, kept: KeptOverview) -> None:
        """Show the Overview as it was last, with its time."""
        frame = Surface("canvas", self)
        bar = TopBar(QMenu(frame), frame)
        bar.setEnabled(False)
        self._kept = KeptOverviewView(kept, "Opening the desk", frame)
        layout = QVBoxLayout(frame)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(bar)
        layout.addWidget(Hairline(parent=frame))
        layout.addWidget(self._kept, 1)
        self._frame = frame
        self.addWidget(frame)
        self.setCurrentWidget(frame)

    def drop_kept(self) -> None:
        """From now on the step stands by itself: the desk that kept it is open, or another is opened."""
        frame, self._frame, self._kept = self._frame, None, None
        if frame is not None:
            self.removeWidget(frame)
            frame.deleteLater()
