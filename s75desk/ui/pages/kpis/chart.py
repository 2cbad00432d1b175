"""The chart of a KPI with its key figures above it, each with its working."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from s75desk.domain.drawing import Drawing
from s75desk.domain.findings import Finding, Question, Weight
from s75desk.domain.performance import KpiSheet
from s75desk.domain.working import UNKNOWN_FIGURE
from s75desk.services.drawings import chart_of_kpi
from s75desk.ui.pages.context import Context
from s75desk.ui.pages.finding_list import FindingList
from s75desk.ui.pages.record_view import SubPage
from s75desk.ui.theme import Theme
from s75desk.ui.widgets.drawing_view import DrawingView
from s75desk.ui.widgets.figure_button import FigureBlock
from s75desk.ui.widgets.layouts import boxed, column, row

_LOW, _HIGH = 220.0, 380.0
"""Heights of the chart in units of a drawing."""
_HIGH_PAGE = 46.0
"""Height in multiples of b from which the page has room for more than the chart."""


class ChartPage(SubPage):
    """See the module."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(fills=True, parent=parent)
        self.context = context
        self._sheet: KpiSheet | None = None
        self.blocks = {
            name: FigureBlock(name, UNKNOWN_FIGURE, parent=self)
            for name in ("Latest", "Year to date", "Forecast", "Against the target", "Before")
        }
        for block in self.blocks.values():
            block.asked.connect(context.show_working)
        self.findings = FindingList(parent=self)
        self.drawing = DrawingView(name="Chart", parent=self)
        self._below = column(gap=0)
        self._figures: QWidget | None = None
        self.put(boxed(row(*self.blocks.values(), None, gap=30), self), self.findings, self.drawing)
        self.put((boxed(self._below, self), 1))

    def set_figures(self, figures: QWidget) -> None:
        """Take a table of the figures, shown below the chart where the page is high enough for both."""
        if self._figures is not None:
            self._figures.hide()
            self._figures.deleteLater()
        self._figures = figures
        self._below.addWidget(figures)
        self._gain()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A high page gains the figures."""
        super().resizeEvent(event)
        self._gain()

    def _gain(self) -> None:
        if self._figures is not None:
            self._figures.setVisible(self.height() >= Theme.of(self).metrics.px(_HIGH_PAGE))

    def show_sheet(self, sheet: KpiSheet, questions: Sequence[Question] = ()) -> None:
        """Show a KPI."""
        self._sheet = sheet
        state = sheet.state
        shown = {
            "Latest": (state.latest, state.latest_caption),
            "Year to date": (state.to_date, state.to_date_caption) if state.to_date else None,
            "Forecast": (state.forecast, state.forecast_caption) if state.forecast else None,
            "Against the target": (state.against, f"target {state.target}") if state.against else None,
            "Before": (state.previous, state.previous_caption) if state.previous else None,
        }
        for name, block in self.blocks.items():
            pair = shown[name]
            block.setVisible(pair is not None)
            if pair is not None and pair[0] is not None:
                block.set_figure(pair[0], pair[1])
        doubts = {found.text: found for found in state.findings if found.weight is not Weight.NOTE}
        for each in questions:
            doubts.setdefault(each.text, Finding(Weight.DOUBT, "", each.text))
        self.findings.set_findings(list(doubts.values()))
        self.drawing.set_build(self._draw)

    def _draw(self, width: float) -> Drawing:
        if self._sheet is None:
            return Drawing(width, 0)
        return chart_of_kpi(self._sheet, self.context.today, width, max(_LOW, min(_HIGH, width * 0.42)))
