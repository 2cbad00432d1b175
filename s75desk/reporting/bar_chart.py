"""A bar for each period or scope, where figures are too unlike for a line: a year beside eight months, two councils."""

from __future__ import annotations

from decimal import Decimal

from s75desk.domain.drawing import Mark, RectMark, Spot, TextMark
from s75desk.domain.kpi_figures import Point
from s75desk.domain.targets import plain
from s75desk.domain.wording import MONTHS
from s75desk.reporting.kpi_plot import KpiPlot
from s75desk.reporting.labels import Words
from s75desk.reporting.plot_frame import BASE, Frame, Step
from s75desk.reporting.text_width import text_width

_LINES = 3  # lines of words under a bar


class BarChart:
    """Draws the points of a plot as bars from nought."""

    def __init__(self, plot: KpiPlot, width: float, height: float, text: float) -> None:
        self._plot = plot
        self._text = text
        self._u = text / BASE
        values = [point.value for point in plot.points]
        last = len(plot.points) - 1
        if (ahead := self._forecast_after(last, plot.points[last])) is not None:
            values.append(ahead)
        words = [plot.reach.words] if plot.reach else []
        self._frame = Frame(
            plot, width, height, text,
            values=values, from_nought=True,
            below=(10 + 16 * (_LINES if plot.scoped else 2)) * self._u, end_words=words,
        )  # fmt: skip
        self._step = (self._frame.right - self._frame.left) / len(plot.points)

    def marks(self) -> tuple[Mark, ...]:
        """Everything, back to front."""
        frame = self._frame
        marks = frame.background(self._steps())
        for place, point in enumerate(self._plot.points):
            marks += self._bar(place, point)
        return (*marks, *frame.end_labels(frame.target_label()))

    def spots(self) -> tuple[Spot, ...]:
        """Each bar with its period and figure."""
        return tuple(
            Spot(self._middle(place), self._frame.axis.y(point.value), 10 * self._u, self._says(point))
            for place, point in enumerate(self._plot.points)
        )

    def _steps(self) -> list[Step]:
        """The target all along if it is the same for every bar, else beside each bar that it is for."""
        if len(set(self._plot.reaches)) < 2:
            return self._frame.whole()
        left, step = self._frame.left, self._step
        return [Step(left + at * step, left + (at + 1) * step, reach) for at, reach in enumerate(self._plot.reaches)]

    def _says(self, point: Point) -> str:
        scope = f", {point.measurement.scope}" if self._plot.scoped and point.measurement.scope else ""
        return f"{point.caption}{scope}: {self._plot.shown(point)}"

    def _middle(self, place: int) -> float:
        return self._frame.left + (place + 0.5) * self._step

    @property
    def _bar_width(self) -> float:
        return min(76 * self._u, self._step * 0.6)

    def _bar(self, place: int, point: Point) -> list[Mark]:
        u, axis = self._u, self._frame.axis
        width = self._bar_width
        left = self._middle(place) - width / 2
        nought = axis.y(Decimal(0))
        y = axis.y(point.value)
        top, height = min(y, nought), max(abs(nought - y), 0.5 * u)
        marks: list[Mark] = []
        ahead = self._forecast_after(place, point)
        if ahead is not None:
            high = axis.y(ahead)
            marks.append(RectMark(left, high, width, nought - high, "surface", "line_strong", 1.1 * u, (4 * u, 3 * u)))
            figure = plain(ahead, self._plot.unit)
            if top - high > 36 * u:
                # Inside the outline: above it the words might stand on the edge of the target.
                marks += [
                    self._words(place, high + 15 * u, "forecast", "text"),
                    self._words(place, high + 30 * u, figure, "text"),
                ]
            else:
                marks.append(self._words(place, high - 6 * u, f"forecast {figure}", "text"))
        marks.append(RectMark(left, top, width, height, "muted"))
        # Inside where there is room: above the bar the words might stand on the edge of the target.
        inside = height > 24 * u
        baseline = top + 16 * u if inside else top - 6 * u
        marks.append(self._words(place, baseline, self._plot.shown(point), "surface" if inside else "text"))
        return marks + self._name(place, point)

    def _forecast_after(self, place: int, point: Point) -> Decimal | None:
        """The forecast, over the last bar if that is the whole of the year so far."""
        running = self._plot.forecast
        last = place == len(self._plot.points) - 1
        if running is None or not last or len(running.counted) != 1:
            return None
        own = running.counted[0].measurement is point.measurement
        return self._plot.forecast_value if own and (self._plot.forecast_value or 0) > point.value else None

    def _words(self, place: int, baseline: float, words: str, colour: str) -> TextMark:
        size = self._text
        room = self._bar_width if colour == "surface" else self._step
        while size > self._text * 0.7 and text_width(words, size, bold=True) > room - 4 * self._u:
            size *= 0.93
        return TextMark(self._middle(place), baseline, words, colour, size, bold=True, anchor="middle")

    def _name(self, place: int, point: Point) -> list[Mark]:
        """Period and scope under the bar, wrapped to the room it has; left out where bars are too narrow for words."""
        caption = self._text * 0.92
        more = point.measurement.scope or "" if self._plot.scoped else ""
        if self._plot.forecast is not None and self._forecast_after(place, point) is not None:
            more = self._plot.forecast.caption
        width = self._step - 6 * self._u
        lines = _wrapped(_short(point.caption), caption, width) + _wrapped(more, caption, width)
        every = max(1, int(30 * self._u / self._step) + 1)
        if place % every:
            return []
        room = _LINES if self._plot.scoped else 2
        y = self._frame.axis.bottom + 16 * self._u
        return [
            Words(line, caption, "muted").mark(self._middle(place), y + 15 * self._u * number, "middle")
            for number, line in enumerate(lines[:room])
        ]


def _short(caption: str) -> str:
    for month in MONTHS:
        caption = caption.replace(month, month[:3])
    return caption


def _wrapped(text: str, size: float, width: float) -> list[str]:
    lines: list[str] = []
    for word in text.split():
        if lines and text_width(f"{lines[-1]} {word}", size) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines
