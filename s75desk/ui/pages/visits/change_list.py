"""What signed versions of a visit say differently: every field whole, before and after, changed words in bold."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from s75desk.domain.visits.changed_words import Pieces, changed_words
from s75desk.domain.visits.difference_words import Told
from s75desk.domain.wording import number, plural
from s75desk.services.visits import VersionChange
from s75desk.ui.theme import Theme
from s75desk.ui.widgets.labels import Label, WrappedLabel
from s75desk.ui.widgets.surface import Hairline

MOST = 200
"""So many fields are shown; a page of the window is no place for more, and the report prints them all."""

_SHARES = (3, 4, 4)
"""How the width is shared by what changed, before and after."""

_EDGE = 0.7
"""In multiples of b; tables keep the same distance."""


class ChangeList(QWidget):
    """A table whose words wrap, so that a long note can be read whole without the pointer.

    Attributes:
        told: What is shown, in order.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.told: tuple[Told, ...] = ()
        self._next = 0
        self._grid = QGridLayout(self)
        for place, share in enumerate(_SHARES):
            self._grid.setColumnStretch(place, share)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        Theme.of(self).changed.connect(self._scale)
        self._scale()

    def show_changes(self, changes: Sequence[VersionChange]) -> None:
        """Show what each version says differently from the one before it, in the order given."""
        while (item := self._grid.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self._next = 0
        shown: list[Told] = []
        for change in changes:
            if len(shown) == MOST:
                break  # a heading with nothing below it would say that nothing differs
            self._head(change)
            if not change.told:
                self._whole(Label("Nothing that is printed differs.", colour="muted", parent=self))
            for told in change.told[: MOST - len(shown)]:
                self._line(told, change.number)
                shown.append(told)
        self.told = tuple(shown)
        left = sum(len(change.told) for change in changes) - len(shown)
        if left:
            verb = "differs" if left == 1 else "differ"
            words = f"{plural(left, 'more field')} {verb}. The visit report of each version prints them all."
            self._whole(WrappedLabel(words, colour="muted", parent=self))

    def _head(self, change: VersionChange) -> None:
        because = f"Amended because: {change.because}" if change.because else "No reason is recorded."
        opening = WrappedLabel(f"Version {number(change.number)}. {because}", selectable=True, parent=self)
        if self._next:
            opening.setContentsMargins(0, Theme.of(self).metrics.space(12), 0, 0)
        self._whole(opening)
        versions = (f"Version {number(change.number - 1)}", f"Version {number(change.number)}")
        self._put(*(Label(words, colour="muted", bold=True, parent=self) for words in ("What", *versions)))
        self._whole(Hairline(strong=True, parent=self))

    def _line(self, told: Told, version: int) -> None:
        before, after = (_MarkedLabel(pieces, self) for pieces in changed_words(told.before, told.after))
        before.setAccessibleName(f"{told.what}, version {number(version - 1)}: {told.before}")
        after.setAccessibleName(f"{told.what}, version {number(version)}: {told.after}")
        self._put(WrappedLabel(told.what, selectable=True, parent=self), before, after)
        self._whole(Hairline(parent=self))

    def _put(self, *cells: QWidget) -> None:
        for place, widget in enumerate(cells):
            self._grid.addWidget(widget, self._next, place, Qt.AlignmentFlag.AlignTop)
        self._next += 1

    def _whole(self, widget: QWidget) -> None:
        self._grid.addWidget(widget, self._next, 0, 1, len(_SHARES))
        self._next += 1

    def _scale(self) -> None:
        metrics = Theme.of(self).metrics
        edge = metrics.px(_EDGE)
        self._grid.setContentsMargins(edge, metrics.space(4), edge, 0)
        self._grid.setHorizontalSpacing(metrics.space(16))
        self._grid.setVerticalSpacing(metrics.space(4))


class _MarkedLabel(WrappedLabel):
    """A text with its changed words in bold."""

    def __init__(self, pieces: Pieces, parent: QWidget) -> None:
        super().__init__(selectable=True, parent=parent)
        self.setTextFormat(Qt.TextFormat.RichText)
        words = "".join(f"<b>{escape(piece.text)}</b>" if piece.changed else escape(piece.text) for piece in pieces)
        self.setText(f'<span style="white-space: pre-wrap">{words}</span>')
