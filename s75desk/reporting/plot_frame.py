"""The frame that every KPI chart shares: grid and ticks, the target, the column of labels on the right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from s75desk.domain.drawing import LineMark, Mark, RectMark, TextMark
from s75desk.domain.targets import plain
from s75desk.reporting.axis import Axis, nice_ticks
from s75desk.reporting.kpi_plot import KpiPlot
from s75desk.reporting.labels import Words, spread
from s75desk.reporting.reaches import Reach
from s75desk.reporting.text_width import text_width

BASE = 13.0  # the text size all other sizes were drawn for


@dataclass(frozen=True, slots=True)
class EndLabel:
    """Words beside the right edge of the plot, level with a line or point."""

    y: float
    words: Words


@dataclass(frozen=True, slots=True)
class Step:
    """The target as it holds over a part of the plot; None where there is none."""

    left: float
    right: float
    reach: Reach | None


class Frame:
    """Where the plot lies, and the marks round it.

    Attributes:
        left: Left edge of the plot.
        right: Right edge.
        axis: The value axis.
        unit: One step of size: 1 at a text size of 13.
    """

    def __init__(
        self, plot: KpiPlot, width: float, height: float, text: float, *, values: Sequence[Decimal],
        from_nought: bool, below: float, end_words: Sequence[str],
    ) -> None:  # fmt: skip
        self.text = text
        self.unit = text / BASE
        self._plot = plot
        self._width = width
        u = self.unit
        self._names_unit = plot.unit not in ("", "%", "£")
        top = (30 if self._names_unit or plot.notes else 22) * u
        bottom = height - below
        steps = max(2, int((bottom - top) / (34 * u)))
        edges = [edge for reach in plot.reaches if reach for edge in reach.edges]
        ticks = self._ticks([*values, *edges], steps, from_nought)
        self.axis = Axis(ticks, top, bottom)
        caption = text * 0.92
        self.left = max(text_width(self.tick_words(tick), caption) for tick in ticks) + 8 * u
        wanted = max((text_width(words, text, bold=True) for words in end_words), default=0.0)
        self.right = max(self.left + width * 0.4, width - (wanted + 10 * u if wanted else 6 * u))

    def _ticks(self, values: list[Decimal], steps: int, from_nought: bool) -> tuple[Decimal, ...]:
        whole = all(value == value.to_integral_value() for value in values) and self._plot.unit != "£"
        ticks = nice_ticks(values, steps, from_nought=from_nought, whole=whole)
        if min(values) >= 0:
            ticks = tuple(tick for tick in ticks if tick >= 0)
        if self._plot.unit == "%" and max(values) <= 100:
            ticks = tuple(tick for tick in ticks if tick <= 100)
        return ticks if len(ticks) > 1 else (*ticks, ticks[-1] + 1)

    def tick_words(self, tick: Decimal) -> str:
        """A tick's label."""
        return plain(tick.normalize() if tick else Decimal(0), self._plot.unit)

    def background(self, steps: Sequence[Step]) -> list[Mark]:
        """The target's band, then the grid with its labels and the unit, then the target's edges."""
        bands = [mark for step in steps if step.reach for mark in self._band(step, step.reach)]
        edges = [mark for step in steps if step.reach for mark in self._edges(step, step.reach)]
        return [*bands, *self._grid(), *edges]

    def whole(self) -> list[Step]:
        """The target all along the plot."""
        return [Step(self.left, self.right, self._plot.reach)]

    def _grid(self) -> list[Mark]:
        caption = self.text * 0.92
        marks: list[Mark] = []
        for tick in self.axis.ticks:
            y = self.axis.y(tick)
            marks.append(LineMark(self.left, y, self.right, y, "grid", 1.0 * self.unit))
            label = self.tick_words(tick)
            marks.append(TextMark(self.left - 8 * self.unit, y + caption * 0.34, label, "muted", caption, anchor="end"))
        head = [*([self._plot.unit] if self._names_unit else []), *self._plot.notes]
        if head:
            marks.append(TextMark(0, 10 * self.unit, ". ".join(head), "muted", caption))
        return marks + self._cut()

    def _cut(self) -> list[Mark]:
        """Two strokes across the foot of an axis that does not begin at nought."""
        if not self.axis.ticks[0] or self.axis.ticks[0] < 0 < self.axis.ticks[-1]:
            return []
        u, x, y = self.unit, self.left, self.axis.bottom
        return [LineMark(x - 4 * u, y - up * u, x + 4 * u, y - (up + 3) * u, "line_strong", 1.2 * u) for up in (4, 8)]

    def _band(self, step: Step, reach: Reach) -> list[Mark]:
        """The target: tinted, hatched and edged, so that it is not told by colour alone."""
        axis = self.axis
        top = axis.within(reach.upper) if reach.upper is not None else axis.top
        bottom = axis.within(reach.lower) if reach.lower is not None else axis.bottom
        if bottom - top < 1.5 * self.unit:
            return []
        return [RectMark(step.left, top, step.right - step.left, bottom - top, "band", "", hatch=True)]

    def _edges(self, step: Step, reach: Reach) -> list[Mark]:
        ys = [self.axis.within(edge) for edge in reach.edges]
        return [LineMark(step.left, y, step.right, y, "band_edge", 1.4 * self.unit) for y in ys]

    def target_label(self) -> list[EndLabel]:
        """The words of the target, level with its middle, or with its edge where it has only one."""
        reach = self._plot.reach
        if reach is None:
            return []
        ys = [self.axis.within(edge) for edge in reach.edges]
        return [EndLabel(sum(ys) / len(ys), Words(reach.words, self.text, "good_text", bold=True))]

    def end_labels(self, labels: Sequence[EndLabel]) -> list[Mark]:
        """Labels beside the right edge, moved apart where they would meet."""
        u = self.unit
        height = self.text * 1.3
        middles = spread([label.y for label in labels], height, self.axis.top - height / 2, self.axis.bottom + height)
        return [
            label.words.mark(self.right + 10 * u, middle + self.text * 0.34)
            for label, middle in zip(labels, middles, strict=True)
        ]
