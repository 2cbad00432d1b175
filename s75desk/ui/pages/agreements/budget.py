"""The budget of every year of an agreement's term, with its total held against the total as stated."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget

from s75desk.domain.dossier import AgreementDossier
from s75desk.domain.money.amounts import range_short, sum_of
from s75desk.domain.money.fund_plan import PlanYear
from s75desk.domain.status import Status
from s75desk.domain.statuses.marks import mark
from s75desk.domain.wording import financial_year, plural
from s75desk.domain.working import Figure
from s75desk.ui.itemmodels.cells import Cell, Column
from s75desk.ui.pages.child_section import ChildTable
from s75desk.ui.pages.context import Context
from s75desk.ui.widgets.labels import ElidedLabel, Label
from s75desk.ui.widgets.layouts import column, row


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A year of the plan, or its total."""

    uid: str
    year: str
    part: str
    value: Figure
    uplift: Figure
    source: str
    status: Status | None
    total: bool


def figure_cell(figure: Figure, bold: bool = False) -> Cell:
    """A figure with its working; quiet where there is none."""
    quiet = not figure.known.valued
    total = sum_of(figure)
    short = range_short(total) if total is not None and total.exact is None else ""
    tip = figure.text if short else ""
    return Cell(short, figure=figure, bold=bold and not quiet, colour="muted" if quiet else "", tip=tip)


PLAN: list[Column[PlanLine]] = [
    Column("year", "Year", lambda r: Cell(r.year, bold=r.total), "text", 8, sortable=False),
    Column(
        "part",
        "Part of term",
        lambda r: Cell(r.part, colour="" if r.part == "First term" else "muted"),
        "text",
        11,
        sortable=False,
    ),
    Column("value", "Budget", lambda r: figure_cell(r.value, r.total), "figure", 9, sortable=False),
    Column("uplift", "Uplift", lambda r: figure_cell(r.uplift), "figure", 8, sortable=False),
    Column("source", "Source", lambda r: Cell(r.source, status=r.status, colour="muted"), "text", 0, sortable=False),
]


class Budget(QWidget):
    """Heading and table; takes no room for an agreement without a plan."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self._caption = ElidedLabel("", colour="muted", parent=self)
        self.table = ChildTable(
            "Budget by year", PLAN, lambda r: r.uid, settings=context.settings, multiple=False, parent=self
        )
        self.table.figure_requested.connect(self._figure)
        heading = Label("Budget by year", "heading", bold=True, parent=self)
        column(row(heading, (self._caption, 1), gap=8), self.table, gap=4, parent=self)

    def show_dossier(self, dossier: AgreementDossier) -> None:
        """Show the plan of a dossier."""
        plan = _plan_lines(dossier)
        self.table.set_rows(plan)
        self.table.fit_height(fill=False)
        self.setVisible(bool(plan))
        unknown = not any(year.uplift.known.valued for year in dossier.plan)
        self._caption.setText("yearly uplifts not recorded" if unknown else "")

    def _figure(self, figure: Figure, where: QRect) -> None:
        if figure.working is not None:
            self.context.show_working(figure.working, where)


def _plan_lines(dossier: AgreementDossier) -> list[PlanLine]:
    """The years, and their sum with the total as stated beside it."""
    lines = [_plan_line(year) for year in dossier.plan]
    if lines:
        total = dossier.money.total
        status = mark(total.shape) if total.shape else None
        words = plural(len(lines), "year").capitalize()
        lines.append(
            PlanLine("total", words, total.scope.lower(), total.value, total.uplifts, total.remark, status, True)
        )
    return lines


def _plan_line(year: PlanYear) -> PlanLine:
    words = financial_year(year.year)
    uplift = replace(year.uplift, text=year.uplift_text)
    return PlanLine(words, words, year.part, year.value, uplift, year.source, None, False)
