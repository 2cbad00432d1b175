"""The ratings of a visit: the whole, each area and each standard, with what it rests on and its working."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from s75desk.domain.records import Standard
from s75desk.domain.visits.levels import Level, VisitRating
from s75desk.domain.visits.rule import LevelKind
from s75desk.domain.visits.standing import standing
from s75desk.domain.wording import number, percent, plural
from s75desk.domain.working import Figure, Known
from s75desk.ui.itemmodels.cells import Cell, Column
from s75desk.ui.pages.child_columns import Names, columns_of
from s75desk.ui.pages.context import Context
from s75desk.ui.pages.section_page import SectionPage
from s75desk.ui.widgets.labels import ElidedLabel, Label
from s75desk.ui.widgets.layouts import column, row
from s75desk.ui.widgets.table import RecordTable


@dataclass(frozen=True, slots=True)
class LevelRow:
    """One line of the ratings; ``uid`` tells it from the others, ``signed`` whether it is "so far" still."""

    uid: str
    level: Level
    signed: bool = False

    @property
    def group(self) -> bool:
        """Whether standards or areas stand below it."""
        return self.level.kind is not LevelKind.STANDARD


def _name(found: LevelRow) -> Cell:
    return Cell(found.level.heading, bold=found.group)


def _share(found: LevelRow) -> Cell:
    level = found.level
    text = percent(level.share) if level.share is not None else "Not known"
    known = Known.KNOWN if level.share is not None else Known.NOT_KNOWN
    return Cell(figure=Figure(text, level.working, level.share, known=known), sort=level.share)


def _answered(found: LevelRow) -> Cell:
    level = found.level
    return Cell(f"{number(level.answered)} of {number(level.total)}", sort=level.answered)


def _why(found: LevelRow) -> Cell:
    words = " ".join(found.level.reasons)
    return Cell(words or "Nothing is rated yet", tip=words, colour="" if words else "muted")


COLUMNS: list[Column[LevelRow]] = [
    Column("name", "Area and standard", _name, "text", 0, sortable=False),
    Column("rating", "Rating", lambda r: Cell(status=standing(r.level, signed=r.signed)), "status", 16, sortable=False),
    Column("share", "Points", _share, "figure", 6.5, sortable=False),
    Column("answered", "Answered", _answered, "text", 6.2, sortable=False),
    Column("why", "Rests on", _why, "text", 24, sortable=False, from_width=62),
]


class StandardsPage(QWidget):
    """Ratings of a visit that was made question by question; of any other the standards of its question set."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.plain = SectionPage(
            context,
            "Standards",
            columns_of(Standard, Names({}, context.today)),
            name="visit standards",
            page_of=lambda standard: ("question_set", standard.question_set),
            fixed=True,
            empty="No question set is chosen. Edit the visit to choose one.",
            parent=self,
        )
        self.table: RecordTable[LevelRow] = RecordTable(
            "Ratings", COLUMNS, lambda found: found.uid, settings=context.settings, multiple=False, parent=self
        )
        self.table.figure_requested.connect(self._figure)
        self.table.activated_row.connect(self._activated)
        self._caption = ElidedLabel("", colour="muted", parent=self)
        rated = QWidget(self)
        column(
            row(Label("Ratings", "heading", bold=True, parent=self), (self._caption, 1), gap=8),
            (self.table, 1),
            gap=4,
            margins=(24, 12, 24, 16),
            parent=rated,
        )
        self._rated = rated
        self._areas = QStackedWidget(self)
        for part in (self.plain, rated):
            self._areas.addWidget(part)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._areas)

    def show_rating(self, rating: VisitRating, *, signed: bool) -> None:
        """Show the ratings of a visit."""
        self.table.set_rows([LevelRow(f"{level.kind.value} {level.code}", level, signed) for level in rating.levels])
        overall = rating.overall
        self._caption.setText(
            f"{number(overall.answered)} of {plural(overall.total, 'question')} answered; Enter shows the working"
        )
        self._areas.setCurrentWidget(self._rated)

    def show_standards(self, standards: Sequence[Standard], caption: str) -> None:
        """Show the standards of a question set, nothing of which is rated here."""
        self.plain.show_rows(standards, caption)
        self._areas.setCurrentWidget(self.plain)

    def _figure(self, figure: Figure, where: QRect) -> None:
        if figure.working is not None:
            self.context.show_working(figure.working, where)

    def _activated(self, found: LevelRow) -> None:
        rect = self.table.visualRect(self.table.currentIndex())
        corner = self.table.viewport().mapTo(self.window(), rect.center())
        self.context.show_working(found.level.working, QRect(corner, rect.size() / 4))
