"""Findings and figures in doubt as lines: a shape, a sentence."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from s75desk.domain.findings import Finding, Weight
from s75desk.ui.widgets.chip import ShapeMark
from s75desk.ui.widgets.labels import WrappedLabel
from s75desk.ui.widgets.layouts import boxed, column, row


class FindingList(QWidget):
    """Findings below each other; takes no room when there are none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(4)
        self.hide()

    def set_findings(self, findings: Sequence[Finding]) -> None:
        """Show other findings."""
        while (item := self._lines.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for finding in findings:
            self._lines.addWidget(self._line(finding))
        self.setVisible(bool(findings))

    def _line(self, finding: Finding) -> QWidget:
        colour = {Weight.FAULT: "alert_text", Weight.DOUBT: "watch_text", Weight.NOTE: "muted"}[finding.weight]
        words = WrappedLabel(finding.text, colour=colour, selectable=True)
        shape = finding.weight.shape
        if shape is None:
            return words
        return boxed(row(column(2, ShapeMark(shape), None, gap=0), (words, 100), None, gap=8), self)
