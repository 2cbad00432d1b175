"""The way back for what was just taken out of a question: a photo or an action."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from s75desk.domain.records import Action, VisitPhoto
from s75desk.ui.visit.fields import TallButton
from s75desk.ui.widgets.announce import announce
from s75desk.ui.widgets.labels import WrappedLabel
from s75desk.ui.widgets.layouts import row
from s75desk.ui.widgets.surface import Surface


class TakenOut(Surface):
    """See the module. It takes no room while there is nothing to put back.

    Signals:
        put_back: The ``VisitPhoto`` or ``Action`` to put back.
    """

    put_back = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("well", parent)
        self._record: VisitPhoto | Action | None = None
        self._words = WrappedLabel("", "visit_small")
        self.button = TallButton("Put it back", "undo", "quiet")
        self.button.clicked.connect(self._press)
        row((self._words, 1), self.button, gap=6, margins=(12, 2, 4, 2), parent=self)
        self.hide()

    @property
    def words(self) -> str:
        """What it says."""
        return self._words.text() if self._record is not None else ""

    def show_record(self, record: VisitPhoto | Action | None) -> None:
        """Offer to put a record back; None offers nothing any more."""
        self._record = record
        self.setVisible(record is not None)
        if record is None:
            return
        name = (record.title if isinstance(record, Action) else record.caption or "").strip()
        self._words.setText(f"Taken out: {name or record.NOUN}")
        self.button.setAccessibleName(f"Put back: {name or record.NOUN}")
        announce(self, self._words.text())

    def _press(self) -> None:
        if self._record is not None:
            self.put_back.emit(self._record)
