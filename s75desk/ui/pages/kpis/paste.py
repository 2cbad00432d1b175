"""Figures pasted from a spreadsheet, shown row by row in words before one save writes them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from s75desk.domain.pasted.figures import Fate, Mended, Pasted, PastedRow, read_pasted, shown_figure
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
        return Cell(line.period or " · ".join(cell for cell in line.cells if cell) or "Empty", colour="muted")
    return Cell(period_words(line.figure.starts, line.figure.ends))


def _columns(kpi: Kpi) -> list[Column[PastedRow]]:
    def number(name: str) -> Callable[[PastedRow], Cell]:
        def cell(line: PastedRow) -> Cell:
            known = getattr(line.figure, name) if line.figure else None
            return Cell("") if known is None else figure_cell(known)

        return cell

    def value(line: PastedRow) -> Cell:
        return Cell(shown_figure(line.figure, kpi)) if line.figure else Cell(line.typed, colour="muted")

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
    _marked = ""

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
        self._mended: dict[int, Mended] = {}
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
        self.month_first = QCheckBox("The month stands before the day", parent=self)
        self.month_first.setVisible(self.pasted.month_first)
        self.month_first.toggled.connect(self._read_again)
        self.body.put(self.table)
        self.body.put(self._mending())
        self.body.put(self.month_first)
        self.body.put(self.summary)
        self._save = next(each for each in self.findChildren(QWidget) if each.property("answer") == "save")
        self._show(self.pasted)
        left = self._left_out()
        if left is None:
            self._save.setFocus()
        else:
            self.table.select_uid(str(left.line))
            (self.month_first if self.pasted.month_first else self._wanting(left)).setFocus()
        self.answered.connect(self._answer_given)

    def fit(self) -> None:
        """Wide enough for the rows, and never wider or higher than the window allows."""
        metrics = Theme.of(self).metrics
        parent = self.parentWidget()
        room = parent.width() if parent is not None else 0
        self.table.setMinimumWidth(min(metrics.px(_WIDE), max(room - metrics.px(6), metrics.px(30))))
        lines = max(1, min(_MOST_ROWS, self.table.rows_model().rowCount()))
        high = sum(map(self.table.rowHeight, range(lines))) or self.table.row_height()
        self.table.setFixedHeight(self.table.horizontalHeader().sizeHint().height() + high + 4)
        self.body.invalidate()
        super().fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter in a box of the marked row goes on to the next row that is left out, and does not save yet."""
        entered = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        if entered and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):  # type: ignore[attr-defined]
            self._next_left_out()
            return True
        return super().eventFilter(watched, event)

    def _mending(self) -> QWidget:
        """The period and the figure of the marked row, to be typed anew where they could not be read."""
        self.mend_period, self.mend_figure = QLineEdit(parent=self), QLineEdit(parent=self)
        for editor, name in ((self.mend_period, "Period"), (self.mend_figure, "Figure")):
            editor.setAccessibleName(f"{name} of the marked row")
            editor.textEdited.connect(self._mend)
            editor.installEventFilter(self)
        holder = QWidget(self)
        period, figure = (Label(name, parent=holder) for name in ("Marked row: period", "figure"))
        period.setBuddy(self.mend_period)
        figure.setBuddy(self.mend_figure)
        row(period, self.mend_period, figure, self.mend_figure, None, gap=8, parent=holder)
        self.table.current_changed.connect(self._show_marked)
        return holder

    def _left_out(self) -> PastedRow | None:
        return next((line for line in self.pasted.rows if line.fate is Fate.LEFT_OUT), None)

    def _wanting(self, line: PastedRow) -> QLineEdit:
        """The box for what could not be read of a row."""
        return self.mend_period if line.undated and self.mend_period.isEnabled() else self.mend_figure

    def _show_marked(self, line: PastedRow | None) -> None:
        """Show what the marked row says; what is being typed stays as it is."""
        self.mend_period.setEnabled(line is not None and bool(line.period))
        self.mend_figure.setEnabled(line is not None)
        for editor, said in ((self.mend_period, line and line.period), (self.mend_figure, line and line.typed)):
            if not editor.hasFocus() or line is None or str(line.line) != self._marked:
                editor.setText(said or "")
        self._marked = str(line.line) if line else ""

    def _mend(self) -> None:
        if not self._marked:
            return
        line = next(each for each in self.pasted.rows if str(each.line) == self._marked)
        before = self._mended.get(line.line, Mended())
        period, figure = self.mend_period.text().strip(), self.mend_figure.text().strip()
        self._mended[line.line] = Mended(
            period if period != line.period else before.period, figure if figure != line.typed else before.figure
        )
        marked = self._marked
        self._read_again()
        self.table.select_uid(marked)

    def _next_left_out(self) -> None:
        """Go on to the next row that cannot be saved, or to Save."""
        left = self._left_out()
        if left is None:
            self._save.setFocus()
            return
        self.table.select_uid(str(left.line))
        editor = self._wanting(left)
        editor.setFocus()
        editor.selectAll()

    def _read_again(self) -> None:
        self._show(
            read_pasted(
                self._text,
                self._kpi,
                self._held,
                self._today,
                self.first.text(),
                self._targets,
                self._mended,
                month_first=self.month_first.isChecked(),
            )
        )

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
