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
from s75desk.reporting.text_width import text_width

BASE = 13.0  # the text size all other sizes were drawn for


@dataclass(frozen=True, slots=True)
class EndLabel:
    """Words beside the right edge of the plot, level with a line or point."""

    y: float
    words: Words


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
        top = (30 if self._names_unit else 22) * u
        bottom = height - below
        steps = max(2, int((bottom - top) / (34 * u)))
        edges = plot.reach.edges if plot.reach else ()
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

    def background(self) -> list[Mark]:
        """The target's band, then the grid with its labels and the unit, then the target's edges."""
        return [*self._band(), *self._grid(), *self._edges()]

    def _grid(self) -> list[Mark]:
        caption = self.text * 0.92
        marks: list[Mark] = []
        for tick in self.axis.ticks:
            y = self.axis.y(tick)
            marks.append(LineMark(self.left, y, self.right, y, "grid", 1.0 * self.unit))
            label = self.tick_words(tick)
            marks.append(TextMark(self.left - 8 * self.unit, y + caption * 0.34, label, "muted", caption, anchor="end"))
        if self._names_unit:
            marks.append(TextMark(0, 10 * self.unit, self._plot.unit, "muted", caption))
        return marks

    def _band(self) -> list[Mark]:
        """The target: tinted, hatched and edged, so that it is not told by colour alone."""
        reach = self._plot.reach
        if reach is None:
            return []
        axis = self.axis
        top = axis.within(reach.upper) if reach.upper is not None else axis.top
        bottom = axis.within(reach.lower) if reach.lower is not None else axis.bottom
        if bottom - top < 1.5 * self.unit:
            return []
        return [RectMark(self.left, top, self.right - self.left, bottom - top, "band", "", hatch=True)]

    def _edges(self) -> list[Mark]:
        edges = self._plot.reach.edges if self._plot.reach else ()
        ys = [self.axis.within(edge) for edge in edges]
        return [LineMark(self.left, y, self.right, y, "band_edge", 1.4 * self.unit) for y in ys]

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
