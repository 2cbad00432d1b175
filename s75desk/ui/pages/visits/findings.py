"""What was found at a visit, to read: questions rated below good and good practice, each with what it rests on."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from s75desk.domain.visits.book import VisitBook
from s75desk.domain.visits.found import FoundAnswer, findings, good_practice
from s75desk.domain.wording import list_words, number, plural
from s75desk.ui.pages.record_view import SubPage
from s75desk.ui.theme import Theme
from s75desk.ui.widgets.chip import StatusChip
from s75desk.ui.widgets.labels import ElidedLabel, Label, WrappedLabel
from s75desk.ui.widgets.layouts import boxed, column, row


class FoundList(QWidget):
    """Rated questions below each other: name and rating, what was seen, what it rests on, what comes of it."""

    def __init__(self, title: str, empty: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._empty = empty
        self._caption = ElidedLabel("", colour="muted", parent=self)
        self._lines = QVBoxLayout()
        self._lines.setContentsMargins(0, 0, 0, 0)
        head = row(Label(title, "heading", bold=True, parent=self), (self._caption, 1), gap=8)
        column(head, self._lines, gap=8, parent=self)

    def set_found(self, found: Sequence[FoundAnswer], caption: str = "") -> None:
        """Show other questions."""
        while (item := self._lines.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._lines.setSpacing(Theme.of(self).metrics.space(12))
        for each in found:
            self._lines.addWidget(self._entry(each))
        if not found:
            self._lines.addWidget(Label(self._empty, colour="muted", parent=self))
        self._caption.setText(caption)

    def _entry(self, each: FoundAnswer) -> QWidget:
        name = ElidedLabel(each.question.heading, bold=True)
        parts = [name, StatusChip(each.status, bold=False)]
        if each.question.critical:
            parts.append(Label("critical", colour="muted"))
        lines: list[QWidget] = [WrappedLabel(each.seen, selectable=True)]
        if each.proof:
            lines.append(WrappedLabel(f"{each.proof}.", "small", colour="muted", selectable=True))
        if each.actions:
            words = list_words(f"“{action.title}”" for action in each.actions)
            lines.append(WrappedLabel(f"{plural(len(each.actions), 'action')}: {words}", "small", selectable=True))
        entry = boxed(column(row(*parts, None, gap=8), *lines, gap=2), self)
        entry.setAccessibleName(f"{each.question.heading}: {each.status.word}. {each.seen}")
        return entry


class FindingsPage(SubPage):
    """See the module."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.findings = FoundList("Findings", "No question was rated below good.", self)
        self.practice = FoundList("Good practice", "No question was rated best.", self)
        self._none = WrappedLabel(
            "Nothing is recorded question by question. What was found stands in the summary of the visit.",
            colour="muted",
            parent=self,
        )
        self.put(self._none, self.findings, self.practice)

    def show_book(self, book: VisitBook | None) -> int:
        """Show what was found, or that nothing is recorded question by question; how many findings there are."""
        for part in (self.findings, self.practice):
            part.setVisible(book is not None)
        self._none.setVisible(book is None)
        if book is None:
            return 0
        found, best = findings(book), good_practice(book)
        critical = sum(1 for each in found if each.question.critical)
        words = f"{number(len(found))} rated below good" + (
            f", {number(critical)} of them critical" if critical else ""
        )
        self.findings.set_found(found, words if found else "")
        self.practice.set_found(best, f"{number(len(best))} rated best" if best else "")
        return len(found)
