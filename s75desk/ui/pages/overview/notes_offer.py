"""The offer to go through the notes that an older desk brought along; it is there while any is left."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from s75desk.domain.errors import DeskError
from s75desk.domain.wording import plural
from s75desk.ui.navigation import Destination
from s75desk.ui.pages.context import Context
from s75desk.ui.widgets.buttons import make_button
from s75desk.ui.widgets.layouts import row


class NotesOffer(QWidget):
    """A quiet button with the count, or nothing."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.button = make_button("", "note", "quiet", parent=self)
        self.button.clicked.connect(self._go)
        row(self.button, gap=0, parent=self)
        self.hide()

    def refresh(self) -> None:
        """Count the notes again."""
        self.context.operations.read(self, self.context.office.notes.count, self._show, self._fail)

    def _show(self, count: int) -> None:
        self.button.setText(f"{plural(count, 'note')} to go through")
        self.button.setToolTip("They print on no paper until you have decided on each.")
        self.setVisible(count > 0)

    def _fail(self, _: DeskError) -> None:
        self.hide()

    def _go(self) -> None:
        self.context.navigator.go(Destination("notes"))
