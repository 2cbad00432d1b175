"""The questions of a set, to read: areas, standards and questions on one side, the whole of one on the other."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QSplitter, QVBoxLayout, QWidget

from s75desk.domain.visits.question_set import AreaBody, QuestionBody, QuestionSetBody, StandardBody
from s75desk.domain.wording import list_words, number, plural, sentence_case
from s75desk.ui.itemmodels.cells import Cell, Column
from s75desk.ui.pages.context import Context
from s75desk.ui.pages.field_sheet import FieldSheet, Pair
from s75desk.ui.theme import Theme
from s75desk.ui.widgets.labels import ElidedLabel, Label, WrappedLabel
from s75desk.ui.widgets.layouts import column, row
from s75desk.ui.widgets.table import RecordTable

_BESIDE = 62.0
"""Width in multiples of b from which the question stands beside the list instead of below it."""


@dataclass(frozen=True, slots=True)
class SetLine:
    """One line of the outline: an area, a standard of it, or a question of that."""

    area: AreaBody
    standard: StandardBody | None = None
    question: QuestionBody | None = None

    @property
    def uid(self) -> str:
        """What tells it from the other lines."""
        codes = (
            self.area.code,
            self.standard.code if self.standard else "",
            self.question.code if self.question else "",
        )
        return "/".join(codes)


def lines_of(body: QuestionSetBody) -> list[SetLine]:
    """Every area followed by its standards, each followed by its questions."""
    found = []
    for area in body.areas:
        found.append(SetLine(area))
        for standard in area.standards:
            found.append(SetLine(area, standard))
            found += [SetLine(area, standard, question) for question in standard.questions]
    return found


def _name(line: SetLine) -> Cell:
    if line.question is not None:
        return Cell(f"    {line.question.heading}", tip=line.question.text)
    if line.standard is not None:
        return Cell(line.standard.heading, bold=True, tip=line.standard.purpose)
    return Cell(line.area.title.upper(), colour="muted", bold=True)


def _weight(line: SetLine) -> Cell:
    part = line.question or line.standard or line.area
    return Cell(number(part.weight), sort=part.weight)


def _mark(line: SetLine) -> Cell:
    if line.question is not None and line.question.critical:
        return Cell("Critical", bold=True, tip=line.question.critical_because)
    return Cell("")


COLUMNS: list[Column[SetLine]] = [
    Column("name", "Area, standard and question", _name, "text", 0, sortable=False),
    Column("mark", "", _mark, "text", 5, sortable=False),
    Column("weight", "Weight", _weight, "number", 5, sortable=False),
]


class QuestionReader(QWidget):
    """See the module."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._caption = ElidedLabel("", colour="muted", parent=self)
        self.table: RecordTable[SetLine] = RecordTable(
            "Questions",
            COLUMNS,
            lambda line: line.uid,
            settings=context.settings,
            multiple=False,
            bar=True,
            parent=self,
        )
        self.table.current_changed.connect(self._show)
        self._path = Label("", "small", colour="muted", parent=self)
        self._title = WrappedLabel("", "heading", bold=True, selectable=True, parent=self)
        self.facts = FieldSheet(label_width=8.5, parent=self)
        inside = QWidget()
        inside.setObjectName("scrolled")
        column(self._path, self._title, 6, self.facts, None, gap=3, margins=(16, 10, 16, 12), parent=inside)
        self._sheet = QScrollArea(self)
        self._sheet.setWidgetResizable(True)
        self._sheet.setFrameShape(QFrame.Shape.NoFrame)
        self._sheet.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._sheet.setAccessibleName("The question")
        self._sheet.setWidget(inside)
        self._split = QSplitter(Qt.Orientation.Vertical, self)
        self._split.setHandleWidth(1)
        self._split.setChildrenCollapsible(False)
        self._split.addWidget(self.table)
        self._split.addWidget(self._sheet)
        self._split.setStretchFactor(0, 1)
        self._split.setStretchFactor(1, 1)
        head = row(Label("Questions", "heading", bold=True, parent=self), (self._caption, 1), gap=8)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(column(head, (self._split, 1), gap=4, margins=(24, 12, 8, 0)))

    def show_body(self, body: QuestionSetBody) -> None:
        """Show the questions of a set; the keyboard starts at the first."""
        lines = lines_of(body)
        critical = sum(1 for question in body.questions if question.critical)
        areas, standards = plural(len(body.areas), "area"), plural(len(body.standards), "standard")
        self._caption.setText(f"{number(len(body.questions))} in {standards} and {areas}, {number(critical)} critical")
        self.table.set_rows(lines)
        first = next((line for line in lines if line.question is not None), None)
        if self.table.current_row() is None and first is not None:
            self.table.select_uid(first.uid)
        self._show(self.table.current_row())

    def _show(self, line: SetLine | None) -> None:
        """Show one question, or what a standard or an area is."""
        if line is None:
            return
        if line.question is not None and line.standard is not None:
            self._path.setText(f"{line.area.title}  ·  {line.standard.heading}")
            self._title.setText(f"{line.question.code}  {line.question.text}")
            self.facts.set_pairs(facts_of(line.question))
        elif line.standard is not None:
            self._path.setText(line.area.title)
            self._title.setText(line.standard.heading)
            self.facts.set_pairs(
                [
                    ("Purpose", line.standard.purpose),
                    ("Weight", f"{number(line.standard.weight)} in its area"),
                    ("Questions", number(len(line.standard.questions))),
                ]
            )
        else:
            self._path.setText("Area")
            self._title.setText(line.area.title)
            standards = list_words(standard.heading for standard in line.area.standards)
            weight = f"{number(line.area.weight)} in the whole visit"
            self.facts.set_pairs([("Weight", weight), ("Standards", standards)])
        self._sheet.verticalScrollBar().setValue(0)

    def resizeEvent(self, event: object) -> None:
        """The question stands beside the list where there is room."""
        super().resizeEvent(event)  # type: ignore[arg-type]  # Qt hands over its own event
        beside = self.width() >= Theme.of(self).metrics.px(_BESIDE)
        wanted = Qt.Orientation.Horizontal if beside else Qt.Orientation.Vertical
        if self._split.orientation() != wanted or not self._split.property("arranged"):
            self._split.setProperty("arranged", True)
            self._split.setOrientation(wanted)
            whole = self._split.width() if beside else self._split.height()
            self._split.setSizes([whole - whole * 11 // 20, whole * 11 // 20])


def facts_of(question: QuestionBody) -> list[Pair]:
    """Label and value of everything a question says besides its text."""
    pairs = [
        ("What good is", question.guidance),
        ("Where to look", question.look),
        ("Evidence from", list_words(source.value for source in question.evidence)),
        (
            "Weight",
            f"{number(question.weight)} in its standard" if question.weight else "0: it informs and counts for nothing",
        ),
    ]
    if question.critical:
        pairs.append(("Critical", question.critical_because))
    kinds = list_words(service.value for service in question.settings)
    pairs.append(("Asked of", sentence_case(kinds) if kinds else "Every type of service"))
    sources = "\n".join(citation.words for citation in question.sources)
    return [*pairs, ("Sources", sources or "Our own")]
