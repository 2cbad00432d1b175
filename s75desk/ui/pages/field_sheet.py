"""A record's fields to read: label and value in two columns, unknown ones said to be so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from s75desk.domain.records import Sourced
from s75desk.domain.wording import sentence_case
from s75desk.domain.working import Figure
from s75desk.ui.theme import Theme
from s75desk.ui.widgets.figure_button import FigureButton
from s75desk.ui.widgets.labels import Label, WrappedLabel
from s75desk.ui.widgets.layouts import boxed, column


@dataclass(frozen=True, slots=True)
class Explained:
    """A value with a working: the figure that opens it, and what is said after it."""

    figure: Figure
    rest: str = ""

    @property
    def words(self) -> str:
        """All of it on one line."""
        return f"{self.figure.text}: {self.rest}" if self.rest else self.figure.text


Pair = tuple[str, str]
AnyPair = tuple[str, str | Explained]


def noted(record: Sourced) -> list[Pair]:
    """The note of a record, whether it prints, and what of the record was inferred; () without either."""
    found = []
    if record.note:
        private = {True: "Note, private", None: "Note, private until decided"}
        found.append((private.get(record.private, "Note"), record.note))
    if record.inferred:
        found.append(("Inferred", record.inferred))
    return found


class FieldSheet(QWidget):
    """Labels and values below each other; a value of "" is shown as Not known.

    Signals:
        working_asked: The officer wants the working of a value: the ``Working``, and where it stands in the window.

    Args:
        label_width: Width of the label column in multiples of b.
    """

    working_asked = Signal(object, QRect)

    def __init__(
        self, pairs: Sequence[AnyPair] = (), *, label_width: float = 10, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._label_width = label_width
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setColumnStretch(1, 100)
        self._grid.setColumnStretch(2, 1)  # takes what running text leaves, so that values stay beside their labels
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        Theme.of(self).changed.connect(self._scale)
        self._scale()
        self.set_pairs(pairs)

    def set_pairs(self, pairs: Sequence[AnyPair]) -> None:
        """Show other labels and values."""
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for line, (label, value) in enumerate(pairs):
            name = Label(label, colour="muted", parent=self)
            self._grid.addWidget(name, line, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(self._value(label, value), line, 1, Qt.AlignmentFlag.AlignTop)
        self.setAccessibleName("; ".join(f"{label}: {_words(value)}" for label, value in pairs))

    def _value(self, label: str, value: str | Explained) -> QWidget:
        if isinstance(value, Explained):
            button = FigureButton(value.figure, about=label, parent=self)
            button.asked.connect(self.working_asked)
            rest = WrappedLabel(sentence_case(value.rest), selectable=True, parent=self)
            return boxed(column(button, rest, gap=3), self)
        said = WrappedLabel(value or "Not known", colour="text" if value else "muted", selectable=True, parent=self)
        said.setAccessibleName(f"{label}: {_words(value)}")
        return said

    def _scale(self) -> None:
        metrics = Theme.of(self).metrics
        self._grid.setColumnMinimumWidth(0, metrics.px(self._label_width))
        self._grid.setHorizontalSpacing(metrics.space(16))
        self._grid.setVerticalSpacing(metrics.space(8))


def _words(value: str | Explained) -> str:
    return value.words if isinstance(value, Explained) else value or "Not known"
