"""The foot of a form: save, keep as draft, what is still to be put right, and a way to it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget

from s75desk.domain.status import Shape
from s75desk.ui.widgets.buttons import make_button
from s75desk.ui.widgets.chip import ShapeMark
from s75desk.ui.widgets.labels import Label
from s75desk.ui.widgets.layouts import boxed, row


class FormFooter(QWidget):
    """Buttons and the count of faults and doubts, above each other where there is little room. Save is never disabled.

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
        self.noun = noun
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
        self._buttons = boxed(row(self.save, self.draft, self._discard, None), self)
        self._summary = boxed(
            row(None, self._fault_mark, self._faults, 4, self._doubt_mark, self._doubts, self._next), self
        )
        self._really = make_button("Discard", "", "danger")
        self._keep = make_button("Keep it")
        self._really.clicked.connect(self._discard_now)
        self._keep.clicked.connect(self._back)
        words = Label("Discard what was typed?", bold=True)
        self._question = boxed(row(words, self._keep, self._really, None), self)
        self._question.hide()
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._line.setContentsMargins(0, 0, 0, 0)
        for part in (self._buttons, self._question, self._summary):
            self._line.addWidget(part)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
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
        self._summary.setVisible(bool(said))
        self._arrange()

    def show_changed(self, changed: bool) -> None:
        """Offer to discard only where something was typed."""
        self._discard.setVisible(changed)

    def show_result(self, words: str) -> None:
        """Name on the last press what comes of it."""
        self.save.set_words(words)
        self._arrange()

    def minimumSizeHint(self) -> QSize:
        """The wider of the two parts."""
        wide = max(part.minimumSizeHint().width() for part in (self._buttons, self._summary))
        return QSize(wide, self._line.minimumSize().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The count goes below the buttons where both do not fit side by side."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        beside = self._buttons.minimumSizeHint().width() + self._summary.minimumSizeHint().width()
        fits = self.width() >= beside + self._line.spacing()
        directions = QBoxLayout.Direction
        self._line.setDirection(directions.LeftToRight if fits else directions.BottomToTop)
        self.updateGeometry()

    def _ask(self) -> None:
        self._buttons.hide()
        self._question.show()
        self._keep.setFocus()

    def _back(self) -> None:
        self._question.hide()
        self._buttons.show()
        self.save.setFocus()

    def _discard_now(self) -> None:
        self._question.hide()
        self._buttons.show()
        self.discarded.emit()
