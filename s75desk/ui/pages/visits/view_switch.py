"""Two buttons of which one is down: the visits as a list, or as a month."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QWidget

from s75desk.ui.widgets.buttons import make_button
from s75desk.ui.widgets.layouts import row


class ViewSwitch(QWidget):
    """See the module.

    Signals:
        chosen: "list" or "month", when the officer changes it.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.as_list = make_button("List", "menu", tip="Show the visits as a list", parent=self)
        self.as_month = make_button("Month", "calendar", tip="Show the visits of a month", parent=self)
        self._group = QButtonGroup(self)
        for button in (self.as_list, self.as_month):
            button.setCheckable(True)
            self._group.addButton(button)
        self.as_list.setChecked(True)
        self._group.buttonClicked.connect(self._tell)
        row(self.as_list, self.as_month, gap=4, parent=self)

    def view(self) -> str:
        """Which is down: "list" or "month"."""
        return "month" if self.as_month.isChecked() else "list"

    def set_view(self, view: str) -> None:
        """Show which it is; nothing is told."""
        (self.as_month if view == "month" else self.as_list).setChecked(True)

    def _tell(self) -> None:
        self.chosen.emit(self.view())
