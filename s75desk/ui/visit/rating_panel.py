"""The rating so far, at the lower left: what it is, why, and what is still possible. Its working is one press away."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QWidget

from s75desk.domain.status import NOT_KNOWN
from s75desk.domain.visits.levels import VisitRating
from s75desk.domain.visits.standing import open_words, standing
from s75desk.ui.widgets.buttons import make_button
from s75desk.ui.widgets.chip import StatusChip
from s75desk.ui.widgets.labels import Label, WrappedLabel
from s75desk.ui.widgets.layouts import column, row
from s75desk.ui.widgets.surface import Surface

_MOST, _LONGEST = 120, 150
"""Characters of the reasons; the working has all of them."""


class RatingPanel(Surface):
    """See the module. All of it can be pressed, so that a finger need not find the button.

    Signals:
        working_pressed: Show how the rating is worked out, and what would change it.
    """

    working_pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("sunken", parent)
        self.working = make_button("Working", "working", "link", key="Alt+W", parent=self)
        self.working.clicked.connect(self.working_pressed)
        self._title = Label("Rating so far", "visit_small", bold=True, parent=self)
        self.chip = StatusChip(NOT_KNOWN, "visit_body", parent=self)
        self._reason = WrappedLabel("", "visit_small", parent=self)
        self._open = WrappedLabel("", "visit_small", colour="muted", parent=self)
        column(
            row(self._title, None, self.working, gap=4),
            row(self.chip, None, gap=0),
            self._reason,
            self._open,
            gap=2,
            margins=(16, 6, 16, 6),
            parent=self,
        )
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Show the working."""
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.working_pressed.emit()

    def show_rating(self, rating: VisitRating, *, locked: bool) -> None:
        """Show a rating.

        Args:
            rating: Of the whole visit.
            locked: Whether the visit is signed, so that the rating is no longer "so far".
        """
        overall = rating.overall
        self._title.setText("Rating" if locked else "Rating so far")
        status = standing(overall, signed=locked)
        self.chip.set_status(status)
        said = (*overall.obstacles, *overall.reasons)
        if overall.override is not None or locked:  # once it is signed nothing stands in the way of anything
            said = (*overall.reasons, *overall.obstacles)
        self._reason.setText(_short(said[0]) if said else "Nothing is rated yet, and nothing counts as good.")
        self._reason.setToolTip("\n".join(said))
        still = open_words(overall, signed=locked)
        self._open.setText(f"{still.rstrip('.')}." if still else "")
        self._open.setVisible(bool(still))
        self.setAccessibleName(
            f"{self._title.text()}: {status.word}. {self._reason.text()} {self._open.text()}".strip()
        )


def _short(words: str) -> str:
    """As many whole sentences as there is room for; the first is cut only if it is far too long by itself."""
    kept = ""
    for sentence in re.split(r"(?<=[.!?]) (?=[A-Z0-9])", words):
        if kept and len(kept) + len(sentence) > _MOST:
            return kept
        kept = f"{kept} {sentence}".strip()
    return kept if len(kept) <= _LONGEST else f"{kept[:_LONGEST].rsplit(' ', 1)[0].rstrip(',;')}…"
