"""How a question set rates, to read: the words of the scale, the rule in words at every level, and its sources."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from s75desk.domain.status import Status
from s75desk.domain.statuses.marks import CONFIRMED, NOT_CONFIRMED
from s75desk.domain.visits.citation import Citation
from s75desk.domain.visits.question_set import QuestionSetBody
from s75desk.domain.visits.rule import LevelKind, limit_words, rule_words
from s75desk.domain.visits.scale import Scale
from s75desk.domain.wording import number
from s75desk.ui.itemmodels.cells import Cell, Column
from s75desk.ui.pages.record_view import SubPage
from s75desk.ui.theme import Theme
from s75desk.ui.widgets.chip import StatusChip
from s75desk.ui.widgets.labels import ElidedLabel, Label, WrappedLabel
from s75desk.ui.widgets.layouts import boxed, column, row
from s75desk.ui.widgets.read_table import ReadTable

_LEVELS = (
    (LevelKind.STANDARD, "A standard, from its questions"),
    (LevelKind.AREA, "An area, from its standards"),
    (LevelKind.OVERALL, "The whole visit, from its areas"),
)


def status_of_source(citation: Citation) -> Status:
    """Whether a source was found where it is said to stand."""
    return CONFIRMED if citation.confirmed else NOT_CONFIRMED


def _source(citation: Citation) -> Cell:
    seen = f"Seen in: {citation.seen}" if citation.seen else "General knowledge"
    return Cell(citation.text, seen, tip=f"{citation.text}\n{seen}")


SOURCES: list[Column[Citation]] = [
    Column("text", "Source", _source, "two_line", 0, sortable=False),
    Column("state", "State", lambda c: Cell(status=status_of_source(c)), "status", 10, sortable=False),
]


class ScaleBlock(QWidget):
    """The steps of a scale, best first, each with its key, its shape and word, and when to give it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setColumnStretch(2, 1)
        column(Label("Scale", "heading", bold=True, parent=self), self._grid, gap=8, parent=self)

    def show_scale(self, scale: Scale) -> None:
        """Show another scale."""
        _clear(self._grid)
        metrics = Theme.of(self).metrics
        self._grid.setHorizontalSpacing(metrics.space(14))
        self._grid.setVerticalSpacing(metrics.space(8))
        words = [(number(step.value), scale.status(step.value), step.meaning or "Not known") for step in scale.steps]
        words.append(("N", scale.not_applicable_status, "It does not apply here; it needs a reason."))
        words.append(("", scale.unanswered_status, "It has no answer; that is neither good nor bad."))
        for line, (key, status, meaning) in enumerate(words):
            self._grid.addWidget(Label(key, bold=True, colour="muted", parent=self), line, 0)
            self._grid.addWidget(StatusChip(status, bold=False, parent=self), line, 1)
            self._grid.addWidget(WrappedLabel(meaning, selectable=True, parent=self), line, 2)


class RuleBlock(QWidget):
    """The rule in words, made from the data that rates: what counts, the thresholds, and what limits each level."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = QVBoxLayout()
        self._lines.setContentsMargins(0, 0, 0, 0)
        column(Label("Rating rule", "heading", bold=True, parent=self), self._lines, gap=8, parent=self)

    def show_rule(self, body: QuestionSetBody) -> None:
        """Show the rule of another set."""
        _clear(self._lines)
        self._lines.setSpacing(Theme.of(self).metrics.space(10))
        if body.rule.explanation:
            self._lines.addWidget(WrappedLabel(body.rule.explanation, selectable=True, parent=self))
        for kind, title in _LEVELS:
            self._lines.addWidget(boxed(column(*_level_words(body, kind, title), gap=3), self))


class SourcesPage(SubPage):
    """Everything that questions and rule lean on, and whether anyone has confirmed it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._caption = ElidedLabel("", colour="muted", parent=self)
        self.table: ReadTable[Citation] = ReadTable("Sources", SOURCES, uid=lambda c: c.key, parent=self)
        head = row(Label("Sources", "heading", bold=True, parent=self), (self._caption, 1), gap=8)
        self.put(boxed(column(head, self.table, gap=4), self))

    def show_sources(self, sources: tuple[Citation, ...]) -> None:
        """Show other sources, those not confirmed first."""
        confirmed = sum(1 for citation in sources if citation.confirmed)
        self._caption.setText(f"{number(confirmed)} of {number(len(sources))} confirmed")
        self.table.set_rows(sorted(sources, key=lambda citation: citation.confirmed))


def _level_words(body: QuestionSetBody, kind: LevelKind, title: str) -> Iterator[QWidget]:
    bare = replace(body.rule, limits=())
    yield Label(title, bold=True)
    yield WrappedLabel(rule_words(bare, body.scale, kind), selectable=True)
    for limit in body.rule.limits_of(kind):
        words = WrappedLabel(limit_words(limit, body.scale), selectable=True)
        dash = Label("–", colour="muted")
        yield boxed(row(dash, (words, 100), None, gap=8, align=Qt.AlignmentFlag.AlignTop))
    if body.rule.limits_of(kind):
        yield WrappedLabel("Of all that apply, the lowest is the rating.", colour="muted")


def _clear(layout: QGridLayout | QVBoxLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
