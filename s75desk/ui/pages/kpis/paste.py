"""Figures pasted from a spreadsheet, shown row by row in words before one save writes them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from s75desk.domain.pasted.figures import Pasted, PastedRow, read_pasted, shown_figure
from s75desk.domain.pasted.row_status import row_status
from s75desk.domain.records import Kpi, Measurement, Target
from s75desk.domain.wording import period_words, plural
from s75desk.ui.itemmodels.cells import Cell, Column
from s75desk.ui.pages.cell_words import figure as figure_cell
from s75desk.ui.theme import Theme
from s75desk.ui.widgets.labels import Label
from s75desk.ui.widgets.layouts import row
from s75desk.ui.widgets.question_dialog import QuestionDialog
from s75desk.ui.widgets.table import RecordTable

_WIDE, _MOST_ROWS = 70.0, 10


def _period(line: PastedRow) -> Cell:
    if line.figure is None or line.figure.ends is None:
        return Cell(" · ".join(cell for cell in line.cells if cell) or "Empty", colour="muted")
    return Cell(period_words(line.figure.starts, line.figure.ends))


def _columns(kpi: Kpi) -> list[Column[PastedRow]]:
    def number(name: str) -> Callable[[PastedRow], Cell]:
        def cell(line: PastedRow) -> Cell:
            known = getattr(line.figure, name) if line.figure else None
            return Cell("") if known is None else figure_cell(known)

        return cell

    def value(line: PastedRow) -> Cell:
        return Cell(shown_figure(line.figure, kpi)) if line.figure else Cell("")

    def said(line: PastedRow) -> Cell:
        words = " ".join(finding.text for finding in line.findings)
        return Cell(words, tip=words)

    columns = [Column("period", "Period", _period, "text", 12, sortable=False)]
    columns.append(Column("value", "Figure", value, "number", 8.5, sortable=False))
    if kpi.measure is not None and kpi.measure.proportion:
        columns += [
            Column(name, head, number(name), "number", 5, sortable=False) for name, head in (("n", "n"), ("base", "N"))
        ]
    columns.append(
        Column("fate", "On saving", lambda line: Cell(status=row_status(line)), "status", 10, sortable=False)
    )
    columns.append(Column("said", "What is odd", said, "text", 0, sortable=False))
    return columns


class PasteDialog(QuestionDialog):
    """The preview of a paste.

    Signals:
        kept: The figures to write.

    Args:
        window: Who asks.
        text: The clipboard.
        kpi: The KPI.
        held: Its figures so far.
        today: The day.
        targets: Its targets.
    """

    kept = Signal(object)

    def __init__(
        self,
        window: QWidget,
        text: str,
        kpi: Kpi,
        held: Sequence[Measurement],
        today: date,
        targets: Sequence[Target] = (),
    ) -> None:
        self._text, self._kpi, self._held, self._today, self._targets = text, kpi, held, today, targets
        self.pasted = read_pasted(text, kpi, held, today, "", targets)
        count = len(self.pasted.rows)
        super().__init__(
            window,
            f"{plural(count, 'row')} pasted on {kpi.title}",
            "Nothing is written before you save. One undo takes the whole paste back.",
            safe=("leave", "Write nothing"),
            verbs=(("save", "Save", "primary", ""),),
        )
        self.summary = Label("", parent=self)
        self.table: RecordTable[PastedRow] = RecordTable(
            "Pasted figures", _columns(kpi), lambda line: str(line.line), bar=False, multiple=False, parent=self
        )
        self.first = QLineEdit(self.pasted.first, parent=self)
        self.first.setAccessibleName("Period of the first row")
        self.first.textEdited.connect(self._read_again)
        if self.pasted.first:
            words = Label("No periods in the paste. The first row is", parent=self)
            self.body.put(row(words, self.first, None, gap=8))
        else:
            self.first.hide()
        self.body.put(self.table)
        self.body.put(self.summary)
        self._save = next(each for each in self.findChildren(QWidget) if each.property("answer") == "save")
        self._show(self.pasted)
        self._save.setFocus()
        self.answered.connect(self._answer_given)

    def fit(self) -> None:
        """Wide enough for the rows, and never wider or higher than the window allows."""
        metrics = Theme.of(self).metrics
        parent = self.parentWidget()
        room = parent.width() if parent is not None else 0
        self.table.setMinimumWidth(min(metrics.px(_WIDE), max(room - metrics.px(6), metrics.px(30))))
        lines = max(1, min(_MOST_ROWS, self.table.rows_model().rowCount()))
        self.table.setFixedHeight(
            self.table.horizontalHeader().sizeHint().height() + lines * self.table.row_height() + 4
        )
        self.body.invalidate()
        super().fit()

    def _read_again(self) -> None:
        self._show(read_pasted(self._text, self._kpi, self._held, self._today, self.first.text(), self._targets))

    def _show(self, pasted: Pasted) -> None:
        self.pasted = pasted
        self.table.set_rows(pasted.rows)
        self.summary.setText(pasted.summary)
        count = len(pasted.figures)
        self._save.setText(f"Save {plural(count, 'figure')}" if count else "Nothing to save")  # type: ignore[attr-defined]
        self._save.setEnabled(bool(count))
        self.setAccessibleDescription(pasted.summary)

    def _answer_given(self, answer: str) -> None:
        if answer == "save" and self.pasted.figures:
            self.kept.emit(self.pasted.figures)
