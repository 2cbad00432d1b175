"""Columns of flowables beside one another: each tags itself, and they are read column by column."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from reportlab.platypus import Flowable

_RULE = 0.6
_RULE_ROOM = 2.5
"""Between the rule and the columns; the space before must hold it."""


class Beside(Flowable):  # type: ignore[misc]
    """Columns, level at the top. It is never split: what is too tall for a page must be laid out in another way.

    Args:
        columns: Flowables of each column, from top to bottom.
        widths: Width of each column in points.
        gap: Between two columns.
        drops: How far each column hangs below the top, so that words of two sizes stand on one line; () for not at all.
        rule: Colour of a rule above all of them, or None.
    """

    def __init__(
        self,
        columns: Sequence[Sequence[Any]],
        widths: Sequence[float],
        gap: float,
        *,
        drops: Sequence[float] = (),
        rule: Any = None,
    ) -> None:
        super().__init__()
        self._drops = drops or [0.0] * len(columns)
        self._rule = rule
        self._columns = columns
        self._widths = widths
        self._gap = gap

    @property
    def first(self) -> Any:
        """The flowable at the top of the first column."""
        return self._columns[0][0]

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:  # noqa: N803 (reportlab)
        """As wide as the columns with the gaps, as high as the highest."""
        self.width = sum(self._widths) + self._gap * (len(self._widths) - 1)
        columns = zip(self._columns, self._widths, self._drops, strict=True)
        self.height = max((drop + self._depth(column, width) for column, width, drop in columns), default=0.0)
        return self.width, self.height

    def draw(self) -> None:
        """Draw column after column."""
        if self._rule is not None:
            self.canv.saveState()
            self.canv.setStrokeColor(self._rule)
            self.canv.setLineWidth(_RULE)
            self.canv.line(0, self.height + _RULE_ROOM, self.width, self.height + _RULE_ROOM)
            self.canv.restoreState()
        left = 0.0
        for column, width, drop in zip(self._columns, self._widths, self._drops, strict=True):
            top = self.height - drop
            for flowable in column:
                _, height = flowable.wrap(width, self.height)
                top -= height
                flowable.drawOn(self.canv, left, top)
                top -= flowable.getSpaceAfter()
            left += width + self._gap

    @staticmethod
    def _depth(column: Sequence[Any], width: float) -> float:
        depth = 0.0
        for place, flowable in enumerate(column):
            _, height = flowable.wrap(width, float("inf"))
            depth += height + (flowable.getSpaceAfter() if place < len(column) - 1 else 0.0)
        return depth
