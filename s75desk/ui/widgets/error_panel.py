"""An error in its place: what happened, what has not changed, and the way on."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from s75desk.domain.errors import DeskError
from s75desk.domain.status import Shape
from s75desk.ui.widgets.announce import announce
from s75desk.ui.widgets.buttons import make_button
from s75desk.ui.widgets.chip import ShapeMark
from s75desk.ui.widgets.labels import WrappedLabel
from s75desk.ui.widgets.layouts import column, row
from s75desk.ui.widgets.surface import Surface


class ErrorPanel(QWidget):
    """Stands in the place of what failed; the officer's words elsewhere stay as they are.

    Signals:
        retry_pressed: Try again.
        copy_pressed: Copy what would otherwise be lost; only with ``copy``.

    Args:
        retry: The way on, a verb and its object; "" for none.
        copy: Words of the second, quiet button, or "".
        margins: Space round the panel at b = 14.
    """

    retry_pressed = Signal()
    copy_pressed = Signal()

    def __init__(
        self, retry: str = "Try again", copy: str = "", *, margins: int = 16, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._what = WrappedLabel("", bold=True, selectable=True)
        self._remedy = WrappedLabel("", selectable=True)
        steps = row(gap=4)
        if retry:
            again = make_button(retry, "refresh")
            again.clicked.connect(self.retry_pressed)
            steps.put(again)
        if copy:
            keep = make_button(copy, "file", "quiet")
            keep.clicked.connect(self.copy_pressed)
            steps.put(keep)
        steps.put(None)
        panel = Surface("fault", self)
        mark = column(ShapeMark(Shape.ALERT, side=16), margins=(0, 2, 0, 0))
        column(
            row(mark, (self._what, 100), None, gap=8, align=Qt.AlignmentFlag.AlignTop),
            self._remedy,
            steps,
            margins=(12, 10, 12, 10),
            gap=4,
            parent=panel,
        )
        column(panel, None, margins=margins, gap=0, parent=self)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def set_trouble(self, trouble: DeskError) -> None:
        """Say what happened and what to do."""
        self.set_words(trouble.what, trouble.remedy)

    def set_words(self, what: str, remedy: str = "") -> None:
        """Say what happened and what to do, in words; screen readers are told at once."""
        self._what.setText(what)
        self._remedy.setText(remedy)
        self._remedy.setVisible(bool(remedy))
        self.setAccessibleName(f"{what} {remedy}".strip())
        announce(self, f"{what} {remedy}".strip(), urgent=True)
