"""The figures of an agreement that contradict each other: printed as stated, with the sum beside them."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget

from s75desk.domain.dossier import AgreementDossier
from s75desk.domain.findings import Question
from s75desk.domain.statuses.marks import DOUBTED
from s75desk.domain.working import Figure
from s75desk.ui.itemmodels.cells import Cell, Column
from s75desk.ui.pages.context import Context
from s75desk.ui.widgets.labels import Label
from s75desk.ui.widgets.layouts import column, row
from s75desk.ui.widgets.table import RecordTable


def _check(question: Question) -> Cell:
    where = question.source.rsplit(", ", 1)[-1]
    return Cell(question.check[:1].upper() + question.check[1:], where, tip=question.source)


COLUMNS: list[Column[Question]] = [
    Column("title", "In doubt", lambda q: Cell(q.title, q.text, status=DOUBTED, tip=q.text), "two_line", 0),
    Column("check", "Check and place", _check, "two_line", 12),
    Column("working", "Working", lambda q: Cell(figure=Figure("See working", q.working)), "figure", 8, sortable=False),
]


class DoubtsPage(QWidget):
    """Lists arithmetic questions."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.table: RecordTable[Question] = RecordTable(
            "Figures in doubt",
            COLUMNS,
            lambda q: f"{q.check}{q.kind}{q.uid}{q.title}",
            settings=context.settings,
            multiple=False,
            parent=self,
        )
        self.table.set_empty_text("No figure is in doubt: every sum, base, period and date that can be checked agrees.")
        self.table.figure_requested.connect(self._figure)
        self.table.activated_row.connect(self._activated)
        column(
            row(
                Label("Figures in doubt", "heading", bold=True, parent=self),
                Label("kept and printed as stated; nothing is changed", colour="muted", parent=self),
                None,
            ),
            (self.table, 1),
            gap=4,
            margins=(24, 12, 24, 16),
            parent=self,
        )

    def show_dossier(self, dossier: AgreementDossier) -> None:
        """Show the questions of a dossier."""
        self.table.set_rows(dossier.questions)

    def _figure(self, figure: Figure, where: QRect) -> None:
        if figure.working is not None:
            self.context.show_working(figure.working, where)

    def _activated(self, question: Question) -> None:
        index = self.table.currentIndex()
        rect = self.table.visualRect(index)
        corner = self.table.viewport().mapTo(self.window(), rect.center())
        self.context.show_working(question.working, QRect(corner, rect.size() / 4))
