"""A line of figures: month after month in equal slots, or at days that lie as far apart as they are."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from s75desk.domain.drawing import CircleMark, LineMark, Mark, PolylineMark, Spot, TextMark
from s75desk.domain.kpi_figures import Dated, Point
from s75desk.domain.months import is_month_end
from s75desk.domain.periods.span import Length
from s75desk.domain.periods.years import FINANCIAL
from s75desk.domain.records.kpi import Measure
from s75desk.domain.wording import MONTHS, date_short
from s75desk.reporting.kpi_plot import Form, KpiPlot, on_grid
from s75desk.reporting.labels import Label, Words, place_labels
from s75desk.reporting.plot_frame import BASE, EndLabel, Frame, Step
from s75desk.reporting.text_width import text_width

_LABEL_EACH = 6  # up to so many points each bear their figure


class RunChart:
    """Draws the points of a plot as a line. The marks are made by ``marks`` and the spots by ``spots``."""

    def __init__(self, plot: KpiPlot, width: float, height: float, text: float) -> None:
        self._plot = plot
        self._text = text
        self._width = width
        self._u = text / BASE
        below = (44 if plot.sums else 40 if plot.form is Form.DATED else 26) * self._u
        self._last = plot.shown(plot.points[-1])
        # Of two figures for one period the rules show the one recorded later: so does the line.
        self._shown = {point.ends: point for point in plot.points}
        self._each = len(plot.points) <= _LABEL_EACH
        words = [plot.reach.words] if plot.reach else []
        if not self._each:
            words.append(self._last)
        counted = plot.measure in (Measure.COUNT, Measure.MONEY)
        self._frame = Frame(
            plot, width, height, text,
            values=[point.value for point in plot.points], from_nought=plot.broken and counted,
            below=below, end_words=words,
        )  # fmt: skip
        pad = (26 if self._each else 14) * self._u
        self._first_x, self._last_x = self._frame.left + pad, self._frame.right - pad
        self._slots = _slots(plot) if plot.form is Form.RUN else []
        self._ends = _first_and_last(plot)

    def marks(self) -> tuple[Mark, ...]:
        """Everything, back to front."""
        frame = self._frame
        marks = frame.background(self._steps())
        marks += self._year_marks() if self._plot.sums else []
        for line in self._lines():
            if len(line) > 1:
                marks.append(PolylineMark(tuple(line), "spc_common", 1.6 * self._u))
        marks += self._point_marks()
        marks += self._gap_marks()
        marks += self._slot_labels() if self._plot.form is Form.RUN else self._date_labels()
        ends = frame.target_label()
        if self._each:
            marks += self._value_labels()
        else:
            y = frame.axis.y(self._plot.points[-1].value)
            ends.append(EndLabel(y, Words(self._last, self._text, bold=True)))
        return (*marks, *frame.end_labels(ends))

    def spots(self) -> tuple[Spot, ...]:
        """Each point with its period and figure."""
        return tuple(
            Spot(*self._at(point), 8 * self._u, f"{point.caption}: {self._plot.shown(point)}")
            for point in self._plot.points
        )

    # --- where points lie ------------------------------------------------------------------------------------------

    def _at(self, point: Point) -> tuple[float, float]:
        return self._x(point), self._frame.axis.y(point.value)

    def _x(self, point: Dated) -> float:
        if self._plot.form is Form.RUN:
            return self._slot_x(self._place(point.ends))
        first, last = self._ends
        if first == last:
            return (self._first_x + self._last_x) / 2
        return self._first_x + (point.ends - first).days / (last - first).days * (self._last_x - self._first_x)

    def _place(self, ends: date) -> float:
        """The slot that a figure ends with, or where between two slots it ends."""
        after = next(place for place, slot in enumerate(self._slots) if slot >= ends)
        if self._slots[after] == ends:
            return after
        before, behind = self._slots[after - 1], self._slots[after]
        return after - (behind - ends).days / (behind - before).days

    def _slot_x(self, place: float) -> float:
        if len(self._slots) == 1:
            return (self._first_x + self._last_x) / 2
        return self._first_x + place * (self._last_x - self._first_x) / (len(self._slots) - 1)

    @property
    def _slot_width(self) -> float:
        return (self._last_x - self._first_x) / max(1, len(self._slots) - 1)

    def _lines(self) -> list[list[tuple[float, float]]]:
        """The line, broken where a period has no figure or cannot be compared; without figures between the periods."""
        lines: list[list[tuple[float, float]]] = [[]]
        taken: set[date] = set()
        for point, joined in zip(self._plot.points, self._plot.joined, strict=True):
            if point is not self._shown[point.ends]:
                continue
            if self._plot.form is Form.RUN:
                if lines[-1] and _before(point.ends, self._plot.length) not in taken:
                    lines.append([])
                if point.ends not in self._slots:
                    continue
            if not joined and lines[-1]:
                lines.append([])
            taken.add(point.ends)
            lines[-1].append(self._at(point))
        return lines

    # --- what is drawn ---------------------------------------------------------------------------------------------

    def _point_marks(self) -> list[Mark]:
        radius = (4.2 if len(self._plot.points) <= 40 else 2.8) * self._u
        marks: list[Mark] = []
        for point in self._plot.points:
            x, y = self._at(point)
            if point is self._shown[point.ends]:
                marks.append(CircleMark(x, y, radius, "spc_common", "surface", 1.2 * self._u))
            else:
                # A second figure for the same period: an open ring.
                marks.append(CircleMark(x, y, radius, "surface", "spc_common", 1.6 * self._u))
        return marks

    def _steps(self) -> list[Step]:
        """The target from one figure to another, with a step where it changes, half way between them."""
        found: list[Step] = []
        pairs = zip(self._plot.points, self._plot.reaches, strict=True)
        for place, (point, reach) in enumerate(pairs):
            x = self._x(point)
            between = self._plot.form is Form.RUN and point.ends not in self._slots
            if found and (found[-1].reach == reach or between):
                found[-1] = replace(found[-1], right=x)
                continue
            left = (self._x(self._plot.points[place - 1]) + x) / 2 if place else self._frame.left
            if found:
                found[-1] = replace(found[-1], right=left)
            found.append(Step(left, x, reach))
        found[-1] = replace(found[-1], right=self._frame.right)
        return found

    def _gap_marks(self) -> list[Mark]:
        """Why a period has no value, in its place at the foot of the plot: "<5", "Nil", "n/a"."""
        y = self._frame.axis.bottom - 5 * self._u
        said = [(self._x(gap), gap.words(self._plot.unit)) for gap in self._plot.gaps]
        marks: list[Mark] = [TextMark(x, y, words, "muted", self._text * 0.92, anchor="middle") for x, words in said]
        for point in self._plot.points:
            if point.measurement.absent is not None:
                x = self._x(point) + 7 * self._u
                marks.append(TextMark(x, y, self._plot.shown(point), "muted", self._text * 0.92))
        return marks

    def _value_labels(self) -> list[Mark]:
        """Figures on the side of their points where no line comes from."""
        return [
            TextMark(
                self._x(point), self._value_baseline(place, point), self._plot.shown(point),
                "text", self._text, bold=True, anchor="middle",
            )
            for place, point in enumerate(self._plot.points)
        ]  # fmt: skip

    def _value_baseline(self, place: int, point: Point) -> float:
        points = self._plot.points
        y = self._frame.axis.y(point.value)
        twins = [other.value for other in points if other.ends == point.ends and other is not point]
        neighbours = twins or [points[near].value for near in (place - 1, place + 1) if 0 <= near < len(points)]
        below = y + 18 * self._u
        if all(value > point.value for value in neighbours) and below < self._frame.axis.bottom:
            return below
        return y - 9 * self._u

    def _slot_labels(self) -> list[Mark]:
        """Names of months, quarters or years under the plot, as many as there is room for."""
        caption = self._text * 0.92
        names = [_slot_name(slot, self._plot) for slot in self._slots]
        widest = max(text_width(name, caption) for name in names) + 5 * self._u
        step = next((step for step in (1, 2, 3, 6, 12) if step * self._slot_width >= widest), 12)
        y = self._frame.axis.bottom + 16 * self._u
        marks: list[Mark] = []
        for place, (slot, name) in enumerate(zip(self._slots, names, strict=True)):
            if self._plot.length is Length.MONTH and step > 1:
                # April, July, October, January: counted from the start of the year.
                if (slot.month - self._plot.years.month) % step:
                    continue
            elif place % step:
                continue
            marks.append(TextMark(self._slot_x(place), y, name, "muted", caption, anchor="middle"))
        return marks

    def _year_marks(self) -> list[Mark]:
        """Dotted lines between financial years, and each year's name and total under its months."""
        u, frame = self._u, self._frame
        marks: list[Mark] = []
        for total in self._plot.sums:
            places = [place for place, slot in enumerate(self._slots) if self._plot.years.of(slot) == total.year]
            left = frame.left if places[0] == 0 else self._slot_x(places[0] - 0.5)
            last = places[-1] == len(self._slots) - 1
            right = frame.right if last else self._slot_x(places[-1] + 0.5)
            if not last:
                marks.append(
                    LineMark(right, frame.axis.top, right, frame.axis.bottom + 38 * u, "line_strong", u, (u, 2 * u))
                )
            name = self._plot.years.short(total.year)
            for words in (total.words, name, name[2:]):
                if text_width(words, self._text, bold=True) <= right - left - 4 * u or len(self._plot.sums) == 1:
                    y = frame.axis.bottom + 35 * u
                    marks.append(TextMark((left + right) / 2, y, words, "text", self._text, bold=True, anchor="middle"))
                    break
        return marks

    def _date_labels(self) -> list[Mark]:
        """The day or period under each point, shorter or fewer where they are crowded."""
        caption, u = self._text * 0.92, self._u
        days: dict[date, Point] = {}
        for point in self._plot.points:
            days.setdefault(point.ends, point)
        ordered = sorted(days.values(), key=lambda point: point.ends)

        def labels(points: list[Point], *, short: bool) -> list[Label]:
            return [
                Label(self._x(point), (Words(_day_name(point, short=short), caption, "muted"),)) for point in points
            ]

        ends = [ordered[0], ordered[-1]] if len(ordered) > 1 else ordered
        variants = (labels(ordered, short=False), labels(ordered, short=True), labels(ends, short=True))
        y = self._frame.axis.bottom
        marks: list[Mark] = []
        for placed in place_labels(variants, min(self._width, self._frame.right + 20 * u), 6 * u, levels=2):
            (words,) = placed.label.lines
            row = y + (16 + 16 * placed.level) * u
            marks.append(LineMark(placed.label.x, y, placed.label.x, row - 11 * u, "line_strong", u))
            marks.append(words.mark(placed.left, row))
        return marks


def _slots(plot: KpiPlot) -> list[date]:
    """The last day of every period from the first figure to the last, those without a figure too."""
    first, last = _first_and_last(plot)
    slots = [on_grid(plot.points, plot.length)[0].ends]
    while slots[0] > first:
        slots.insert(0, _before(slots[0], plot.length))
    while slots[-1] < last:
        slots.append(plot.length.after(slots[-1]))
    return slots


def _first_and_last(plot: KpiPlot) -> tuple[date, date]:
    days = [each.ends for each in (*plot.points, *plot.gaps)]
    return min(days), max(days)


def _before(slot: date, length: Length) -> date:
    return length.after(slot, -1)


def _slot_name(slot: date, plot: KpiPlot) -> str:
    month, passed = MONTHS[slot.month - 1][:3], (slot.month - plot.years.month) % 12 + 1
    match plot.length:
        case Length.YEAR if is_month_end(slot):
            if passed == 12 or slot.month == 3:
                return (plot.years if passed == 12 else FINANCIAL).short(slot.year - (slot.month != 12))
            return str(slot.year) if slot.month == 12 else f"to {month} {slot.year}"
        case Length.QUARTER if passed % 3 == 0 and is_month_end(slot):
            return f"Q{passed // 3}"
        case Length.HALF if passed % 6 == 0 and is_month_end(slot):
            return f"H{passed // 6}"
        case Length.WEEK:
            return f"{slot.day} {month}"
    return month


def _day_name(point: Point, *, short: bool) -> str:
    if short:
        return f"{MONTHS[point.ends.month - 1][:3]} {point.ends.year}"
    return date_short(point.ends) if point.length is Length.DAY else _short_period(point)


def _short_period(point: Point) -> str:
    caption = point.caption
    for month in MONTHS:
        caption = caption.replace(month, month[:3])
    return caption
