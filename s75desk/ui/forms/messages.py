"""What stands beside a field: faults in red, doubts in amber, notes in grey, and a press that puts it right."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from s75desk.domain.findings import Finding, Fix, Weight
from s75desk.ui.theme.shapes import text_colour
from s75desk.ui.widgets.buttons import make_button
from s75desk.ui.widgets.chip import ShapeMark
from s75desk.ui.widgets.labels import WrappedLabel
from s75desk.ui.widgets.layouts import boxed, column, row


class Messages(QWidget):
    """The messages of one field, or of the record as a whole.

    Signals:
        fix_pressed: The officer takes a correction: the ``Fix``.
    """

    fix_pressed = Signal(object)

    def __init__(self, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hint = hint
        self._lead = ""
        self._shown: tuple[Finding, ...] | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(3)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.show_findings(())

    @property
    def words(self) -> str:
        """Everything it says."""
        found = " ".join(finding.text for finding in self._shown or ())
        return " ".join(part for part in (self._lead, found or self._hint) if part)

    @property
    def empty(self) -> bool:
        """Whether it says nothing at all."""
        return not self._shown and not self._hint and not self._lead

    def set_lead(self, words: str) -> None:
        """Say something before everything that is found."""
        self._lead, shown, self._shown = words, self._shown or (), None
        self.show_findings(shown)

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Show other messages; notes only where nothing is wrong, the hint only where there are none."""
        grave = tuple(finding for finding in findings if finding.weight is not Weight.NOTE)
        shown = grave or tuple(findings)
        if shown == self._shown:
            return
        self._shown = shown
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        if self._lead:
            self._column.addWidget(WrappedLabel(self._lead, colour="muted"))
        for finding in shown:
            self._column.addWidget(message := self._message(finding))
            message.show()  # at once: a Tab that comes now is to find its answers
        if not shown and self._hint:
            self._column.addWidget(WrappedLabel(self._hint, colour="muted"))
        self.updateGeometry()

    def stops(self) -> list[QWidget]:
        """The presses that put something right, from top to bottom."""
        return [part.button for part in self.findChildren(_FixButton) if part.isVisibleTo(self)]

    def _message(self, finding: Finding) -> QWidget:
        shape = finding.weight.shape
        if shape is None:
            words = WrappedLabel(finding.text, colour="muted")
        else:
            words = WrappedLabel(finding.text, colour=text_colour(shape))
        words.setMinimumWidth(1)
        lines = column(words, gap=3)
        if finding.fixes:
            lines.put(row(*(_FixButton(fix, self) for fix in finding.fixes), None, gap=12))
        if shape is None:
            return boxed(lines, self)
        mark = column(ShapeMark(shape, side=15), margins=(0, 2, 0, 0))
        return boxed(row(column(mark, None, gap=0), (lines, 1), gap=8), self)

    def take_fix(self, fix: Fix) -> None:
        """Tell the form that a correction is taken."""
        self.fix_pressed.emit(fix)


class _FixButton(QWidget):
    """A quiet press that puts it right: "Use 31 March 2029"."""

    def __init__(self, fix: Fix, messages: Messages) -> None:
        super().__init__(messages)
        self._fix = fix
        self._messages = messages
        self.button = make_button(fix.label, "", "link")
        self.button.setCursor(Qt.CursorShape.PointingHandCursor)
        self.button.clicked.connect(self._press)
        self.setFocusProxy(self.button)
        row(self.button, gap=0, parent=self)

    def _press(self) -> None:
        self._messages.take_fix(self._fix)
