"""Says across the top of a visit that something is not on the disk yet: what happened and what to do."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from s75desk.domain.errors import DeskError, Rejected
from s75desk.domain.status import Shape
from s75desk.ui.widgets.buttons import make_button
from s75desk.ui.widgets.chip import ShapeMark
from s75desk.ui.widgets.labels import Label, WrappedLabel
from s75desk.ui.widgets.layouts import row
from s75desk.ui.widgets.surface import Surface

_SAFE = "What you typed is on the screen and is tried again by itself until it is saved."


class TroubleBar(Surface):
    """See the module. It takes no room while all is well, and never the keyboard.

    Signals:
        again_pressed: Try again now.
    """

    again_pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("fault", parent)
        self._what = Label("", "visit_small", bold=True, colour="alert_text", parent=self)
        self._remedy = WrappedLabel("", "visit_small", parent=self)
        self.again = make_button("Try again", "refresh", parent=self)
        self.again.clicked.connect(self.again_pressed)
        row(
            ShapeMark(Shape.ALERT, side=16, parent=self),
            self._what,
            (self._remedy, 100),
            None,
            self.again,
            gap=10,
            margins=(16, 6, 16, 6),
            align=Qt.AlignmentFlag.AlignVCenter,
            parent=self,
        )
        self.hide()

    def show_trouble(self, trouble: DeskError | Rejected | None) -> None:
        """Say what is wrong; None when all is well again."""
        self.setVisible(trouble is not None)
        if isinstance(trouble, DeskError):
            self._what.setText(trouble.what)
            self._remedy.setText(f"{trouble.remedy} {_SAFE}".strip())
        elif trouble is not None:
            self._what.setText("Not saved.")
            self._remedy.setText(f"{trouble.reason} {_SAFE}")
        self.setAccessibleName(self.words())

    def words(self) -> str:
        """What it says."""
        return f"{self._what.text()} {self._remedy.text()}".strip()
