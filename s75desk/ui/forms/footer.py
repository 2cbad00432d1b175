"""The foot of a form: save, keep as draft, what is still to be put right, and a way to it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from s75desk.domain.status import Shape
from s75desk.ui.widgets.buttons import make_button
from s75desk.ui.widgets.chip import ShapeMark
from s75desk.ui.widgets.labels import Label
from s75desk.ui.widgets.layouts import boxed, row


class FormFooter(QStackedWidget):
    """Buttons and the count of faults and doubts. Save is never disabled.

    Signals:
        save_pressed: Save.
        draft_pressed: Keep what was typed and leave.
        next_pressed: Go to the next fault or doubt.
        discarded: Throw away what was typed; asked twice.
    """

    save_pressed = Signal()
    draft_pressed = Signal()
    next_pressed = Signal()
    discarded = Signal()

    def __init__(self, noun: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.save = make_button(f"Save {noun}".strip(), "tick", "primary", key="Ctrl+Return")
        self.draft = make_button("Keep as draft", key="Esc")
        self._discard = make_button("Discard", "", "quiet", tip="Throw away what was typed")
        self._fault_mark = ShapeMark(Shape.ALERT, side=15)
        self._faults = Label("", bold=True, colour="alert_text")
        self._doubt_mark = ShapeMark(Shape.DOUBT, side=15)
        self._doubts = Label("", bold=True, colour="watch_text")
        self._next = make_button("Next", "chevron", "quiet", tip="Go to the next field to see to")
        self.save.clicked.connect(self.save_pressed)
        self.draft.clicked.connect(self.draft_pressed)
        self._next.clicked.connect(self.next_pressed)
        self._discard.clicked.connect(self._ask)
        self.addWidget(
            boxed(
                row(
                    self.save,
                    self.draft,
                    self._discard,
                    None,
                    self._fault_mark,
                    self._faults,
                    4,
                    self._doubt_mark,
                    self._doubts,
                    self._next,
                )
            )
        )
        self._really = make_button("Discard", "", "danger")
        self._keep = make_button("Keep it")
        self._really.clicked.connect(self._discard_now)
        self._keep.clicked.connect(self._back)
        self.addWidget(boxed(row(Label("Discard what was typed?", bold=True), self._keep, self._really, None)))
        self.show_counts(0, 0)
        self.show_changed(False)

    def show_counts(self, faults: int, doubts: int) -> None:
        """Say "2 to put right" and "1 to check"; nothing where all is well."""
        self._faults.setText(f"{faults} to put right")
        self._doubts.setText(f"{doubts} to check")
        for part in (self._fault_mark, self._faults):
            part.setVisible(faults > 0)
        for part in (self._doubt_mark, self._doubts):
            part.setVisible(doubts > 0)
        self._next.setVisible(faults + doubts > 0)
        said = [words for words, count in ((self._faults.text(), faults), (self._doubts.text(), doubts)) if count]
        self.setAccessibleDescription(", ".join(said))

    def show_changed(self, changed: bool) -> None:
        """Offer to discard only where something was typed."""
        self._discard.setVisible(changed)

    def _ask(self) -> None:
        self.setCurrentIndex(1)
        self._keep.setFocus()

    def _back(self) -> None:
        self.setCurrentIndex(0)
        self.save.setFocus()

    def _discard_now(self) -> None:
        self.setCurrentIndex(0)
        self.discarded.emit()
