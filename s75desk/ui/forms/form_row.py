"""One line of a form: label, field, message; the message goes below the field where there is little room."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QGridLayout, QSizePolicy, QWidget

from s75desk.domain.findings import Finding, Weight
from s75desk.domain.parsing import hint_for
from s75desk.ui.forms.changed_or_wrong import ChangedOrWrong
from s75desk.ui.forms.editors import Editor
from s75desk.ui.forms.messages import Messages
from s75desk.ui.theme import Theme
from s75desk.ui.widgets.announce import announce
from s75desk.ui.widgets.buttons import ToolIcon
from s75desk.ui.widgets.labels import WrappedLabel


class Shape(Enum):
    """How the three parts stand."""

    WIDE = "label, field, message side by side"
    MIDDLE = "message below the field"
    NARROW = "all three below each other"


_LABEL = 9.14
_FIELD = 20.86
_MOST_OF_THE_ROW = 0.64
"""So much of a row a long name may take; what is said beside it wraps in the rest."""


class _Name(WrappedLabel):
    """A label whose press puts the keyboard into its field."""

    pressed = Signal()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self.pressed.emit()


class FormRow(QWidget):
    """Label, editor and messages of one field.

    Attributes:
        editor: The editor.
        messages: What stands beside it.
        touched: Whether anything was typed or chosen in it.
        visited: Whether that was so when the keyboard left it, so that emptiness may be called a fault.
        findings: What is said of it now.
        clock: Opens what a field that can change from a day was and will be; None of other fields.

    Signals:
        past_asked: What the field was and will be is wanted; carries the row.
    """

    past_asked = Signal(object)

    def __init__(self, editor: Editor, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.editor = editor
        self.touched = False
        self.visited = False
        self.findings: tuple[Finding, ...] = ()
        self.messages = Messages(editor.field.hint)
        self.question: ChangedOrWrong | None = None
        self.clock: ToolIcon | None = None
        self._clock_room = False
        self._shape: Shape | None = None
        self._name = _Name(editor.field.label)
        self._name.setMinimumWidth(1)
        self._name.pressed.connect(self._to_field)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._width = 0
        self.set_shape(Shape.WIDE, 0)

    @property
    def weight(self) -> Weight | None:
        """The gravest of what is said, or None."""
        weights = [finding.weight for finding in self.findings]
        return next((weight for weight in (Weight.FAULT, Weight.DOUBT, Weight.NOTE) if weight in weights), None)

    def ask_below(self, question: ChangedOrWrong) -> None:
        """Give the row a question of its own, asked below the field while that is changed."""
        self.question = question
        self._grid.addWidget(question, 3, 0, 1, 4)
        self._put_in_order()

    def keep_past(self) -> None:
        """Put a clock beside the field: its values are kept with their days."""
        self.clock = ToolIcon("clock", f"{self.editor.field.label} over time", key="Alt+H", small=True)
        self.clock.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Alt+H is its key, from the field itself
        self.clock.clicked.connect(lambda: self.past_asked.emit(self))
        self._grid.addWidget(self.clock, 1 if self._shape is Shape.NARROW else 0, 2, Qt.AlignmentFlag.AlignTop)

    def keep_room(self) -> None:
        """Leave room for a clock, so that what is said stands below each other."""
        self._clock_room = True
        self._scale()

    def say_past(self, words: str) -> None:
        """Say in short what the field was before, or will be."""
        self.messages.set_lead(words)
        self._show_messages()

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Say something else of the field; a fault that is new while the keyboard is here is read out."""
        before = self.findings
        self.findings = tuple(findings)
        self.messages.show_findings(findings)
        self._put_in_order()
        self.editor.set_state("fault" if self.weight is Weight.FAULT else "none")
        self.editor.set_description(self.messages.words or hint_for(self.editor.field))
        self._show_messages()
        if self.findings != before and self.weight is Weight.FAULT and self._has_keyboard():
            announce(self, self.messages.words)

    def _put_in_order(self) -> None:
        """What puts a field right comes next after the field; Qt puts what is made later at the end of everything."""
        before = self.editor.last_stop()
        for stop in (*self.messages.stops(), *(self.question.stops() if self.question is not None else ())):
            QWidget.setTabOrder(before, stop)
            before = stop

    def set_shape(self, shape: Shape, width: int) -> None:
        """Arrange the parts for a form ``width`` logical pixels wide."""
        self._width = width
        if shape is self._shape:
            self._scale()
            return
        self._shape = shape
        for part in (self._name, self.editor, self.clock, self.messages):
            if part is not None:
                self._grid.removeWidget(part)
        top = Qt.AlignmentFlag.AlignTop
        if shape is Shape.WIDE:
            self._grid.addWidget(self._name, 0, 0, top)
            self._grid.addWidget(self.editor, 0, 1, top)
            self._grid.addWidget(self.messages, 0, 3, top)
        elif shape is Shape.MIDDLE:
            self._grid.addWidget(self._name, 0, 0, top)
            self._grid.addWidget(self.editor, 0, 1, top)
            self._grid.addWidget(self.messages, 1, 1, top)
        else:
            self._grid.addWidget(self._name, 0, 0, top)
            self._grid.addWidget(self.editor, 1, 0, top)
            self._grid.addWidget(self.messages, 2, 0, top)
        if self.clock is not None:
            self._grid.addWidget(self.clock, 1 if shape is Shape.NARROW else 0, 2, top)
        self._show_messages()
        self._scale()

    def changeEvent(self, event: QEvent) -> None:
        """Widths follow the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_grid"):
            self._scale()

    def _show_messages(self) -> None:
        """An empty message takes no room below the field, and holds its column beside it."""
        self.messages.setVisible(self._shape is Shape.WIDE or not self.messages.empty)

    def _scale(self) -> None:
        metrics = Theme.of(self).metrics
        shape = self._shape
        self._grid.setHorizontalSpacing(metrics.space(14))
        self._grid.setVerticalSpacing(metrics.space(4))
        narrow = shape is Shape.NARROW
        self._grid.setColumnMinimumWidth(0, 0 if narrow else metrics.px(_LABEL))
        self._name.setMinimumWidth(1 if narrow else metrics.px(_LABEL))
        self._name.setMaximumWidth(metrics.px(40) if narrow else metrics.px(_LABEL))
        drop = 0 if narrow else (metrics.size("control") - self._name.fontMetrics().height()) // 2
        self._name.setContentsMargins(0, drop, 0, 0)
        beside = (metrics.size("control") - self._name.fontMetrics().height()) // 2 if shape is Shape.WIDE else 0
        self.messages.setContentsMargins(0, beside, 0, 0)
        field = metrics.px(_FIELD)
        if shape is Shape.WIDE:
            spare = self._width - metrics.px(_LABEL) - 2 * metrics.space(14)
            usual = max(field, min(int(spare * 0.42), metrics.px(34)))
            field = max(usual, min(self.editor.wanted_width(), int(spare * _MOST_OF_THE_ROW)))
            self.editor.setFixedWidth(field)
        else:
            self.editor.setMinimumWidth(0)
            self.editor.setMaximumWidth(metrics.px(40))
        self._grid.setColumnStretch(0, 1 if narrow else 0)
        self._grid.setColumnStretch(1, 0 if shape is Shape.WIDE else 1)
        self._grid.setColumnStretch(3, 1 if shape is Shape.WIDE else 0)
        if self._clock_room:
            self._grid.setColumnMinimumWidth(2, self._clock_width())
        if self.clock is not None:
            self.clock.setFixedSize(self._clock_width(), metrics.size("control"))

    def _clock_width(self) -> int:
        metrics = Theme.of(self).metrics
        return max(metrics.space(30), self.clock.minimumSizeHint().width() if self.clock is not None else 0)

    def _has_keyboard(self) -> bool:
        now = QApplication.focusWidget()
        return now is not None and (now is self.editor or self.editor.isAncestorOf(now))

    def _to_field(self) -> None:
        self.editor.setFocus(Qt.FocusReason.MouseFocusReason)
