"""Where a press on the list of places, or on something that is missing, leads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from s75desk.domain.visits.completeness import Gap, Missing
from s75desk.ui.itemmodels.outline_model import OutlineLine
from s75desk.ui.visit.outline import PEOPLE, PRIOR
from s75desk.ui.visit.places import first_of_area, first_of_standard

if TYPE_CHECKING:
    from s75desk.ui.visit.mode import VisitMode


class Ways(QObject):
    """See the module.

    Args:
        mode: The visit mode that is led.
    """

    def __init__(self, mode: VisitMode) -> None:
        super().__init__(mode)
        self._mode = mode
        mode.outline.chosen.connect(self._line_chosen)
        mode.finishing.place_chosen.connect(self._gap_chosen)

    def _line_chosen(self, line: OutlineLine) -> None:
        book = self._mode.session.book
        match line.kind:
            case "page":
                self._mode.go(line.place)
            case "area":
                self._mode.go(first_of_area(book, line.place))
            case _:
                self._mode.go(first_of_standard(book, line.place))

    def _gap_chosen(self, gap: Missing) -> None:
        mode = self._mode
        if mode.finishing.go_to(gap):
            return
        match gap.gap:
            case Gap.PRIOR_ACTION:
                mode.go(PRIOR)
                mode.prior.show_action(gap.target, reason=gap.part == "reason")
            case Gap.PEOPLE:
                mode.go(PEOPLE)
            case Gap.STANDARD:
                mode.go(first_of_standard(mode.session.book, gap.target))
            case Gap.ACTION:
                mode.steps.open_action(gap.target)
            case _:
                mode.go(gap.target)
                if gap.part == "reason":
                    mode.question.focus_reason()
                elif gap.part:
                    mode.to_part(gap.part)
