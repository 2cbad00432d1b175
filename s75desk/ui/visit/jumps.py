"""Three small buttons that jump to the next open, critical or flagged question, each with how many there are."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from s75desk.domain.visits.book import VisitBook
from s75desk.ui.visit.fields import TallButton
from s75desk.ui.visit.places import Wanted, is_flagged, is_open, is_open_critical
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
            name: TallButton("", kind="quiet", key=key, tip=tip, parent=self) for name, _, key, tip in _JUMPS
        }
        self._wanted: dict[str, bool] = {}
        self._few = False
        for button in self.buttons.values():
            button.clicked.connect(self._press)
        row(*self.buttons.values(), gap=2, parent=self)

    def show_book(self, book: VisitBook) -> None:
        """Show how many there are of each."""
        for name, which, _, tip in _JUMPS:
            count = sum(which(book, question) for question in book.body.questions)
            button = self.buttons[name]
            self._wanted[name] = bool(count) and not book.locked
            if button.text() != (words := f"{count} {name}"):
                button.set_words(words, tip)
                button.setAccessibleName(f"{tip}: {count}")

        self._show()

    def set_few(self, few: bool) -> None:
        """Offer the next open question alone, where there is no room for more."""
        self._few = few
        self._show()

    def _show(self) -> None:
        for name, button in self.buttons.items():
            button.setVisible(self._wanted.get(name, False) and (name == "open" or not self._few))

    def _press(self) -> None:
        self.pressed.emit(next(name for name, button in self.buttons.items() if button is self.sender()))


def which_of(name: str) -> Wanted:
    """The questions of a jump."""
    return next(which for known, which, _, _ in _JUMPS if known == name)
