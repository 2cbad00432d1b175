"""Three small buttons that jump to the next open, critical or flagged question, each with how many there are."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from s75desk.domain.visits.book import VisitBook
from s75desk.ui.visit.places import Wanted, is_flagged, is_open, is_open_critical, wanted
from s75desk.ui.widgets.buttons import make_button
from s75desk.ui.widgets.layouts import row

_JUMPS: tuple[tuple[str, Wanted, str, str], ...] = (
    ("open", is_open, "Ctrl+Return", "Next open question"),
    ("critical", is_open_critical, "Alt+C", "Next critical question that is open"),
    ("flagged", is_flagged, "Alt+G", "Next flagged question"),
)


class Jumps(QWidget):
    """See the module.

    Signals:
        pressed: Which questions are wanted: "open", "critical" or "flagged".
    """

    pressed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.buttons = {
            name: make_button("", kind="quiet", key=key, tip=tip, parent=self) for name, _, key, tip in _JUMPS
        }
        for button in self.buttons.values():
            button.clicked.connect(self._press)
        row(*self.buttons.values(), gap=2, parent=self)

    def show_book(self, book: VisitBook) -> None:
        """Show how many there are of each."""
        for name, which, _, tip in _JUMPS:
            count = len(wanted(book, which))
            button = self.buttons[name]
            button.set_words(f"{count} {name}", tip)
            button.setVisible(bool(count) and not book.locked)

    def _press(self) -> None:
        self.pressed.emit(next(name for name, button in self.buttons.items() if button is self.sender()))


def which_of(name: str) -> Wanted:
    """The questions of a jump."""
    return next(which for known, which, _, _ in _JUMPS if known == name)
