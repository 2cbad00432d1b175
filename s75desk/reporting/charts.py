"""Charts of a KPI: built once here, drawn by the window and on paper alike. Nothing here loads reportlab."""

from __future__ import annotations

from datetime import date

from s75desk.domain.drawing import Drawing, RectMark, StatusMark, TextMark
from s75desk.domain.kpi_figures import Gap, Point
from s75desk.domain.performance import KpiSheet
from s75desk.domain.status import Shape
from s75desk.domain.targets import measure_words, plain
from s75desk.domain.wording import NOT_KNOWN, list_words, number, sentence_case
from s75desk.reporting.bar_chart import BarChart
from s75desk.reporting.kpi_plot import Form, KpiPlot, plot_of
from s75desk.reporting.plot_frame import BASE
from s75desk.reporting.ratings_chart import rating_history
from s75desk.reporting.reaches import Reach
from s75desk.reporting.run_chart import RunChart

__all__ = ["kpi_drawing", "rating_history"]

_FEW = 6  # so many figures are heard without losing the thread


def kpi_drawing(sheet: KpiSheet, width: float, height: float, today: date, *, text: float = BASE) -> Drawing:
    """The figures of a KPI as at ``today`` with its target.

    Equal periods make a run chart with the years' totals beneath; figures at days a line chart; periods of different
    lengths, or figures of different scopes, bars from nought. Without figures it says so.

    Args:
        sheet: The KPI with its figures and state.
        width: Width in units.
        height: Height in units.
        today: The day everything was worked out for.
        text: Size of the larger words, which everything else follows: 13 in the window, 9 on paper.
    """
    plot = plot_of(sheet, today)
    if plot.form is Form.NOTHING:
        return _nothing(sheet, width, text)
    chart = BarChart(plot, width, height, text) if plot.form is Form.BARS else RunChart(plot, width, height, text)
    return Drawing(width, height, chart.marks(), _alternative(sheet, plot), _table(plot), chart.spots())


def _nothing(sheet: KpiSheet, width: float, text: float) -> Drawing:
    u = text / BASE
    says = sheet.state.status.sentence or "No figure is recorded."
    marks = (
        RectMark(0.5, 0.5, width - 1, 34 * u, "sunken", "line", 1.0 * u, radius=4 * u),
        StatusMark(10 * u, 10 * u, Shape.UNKNOWN, 14 * u),
        TextMark(31 * u, 22 * u, says, "unknown_text", text),
    )
    return Drawing(width, 35 * u, marks, f"No chart of {sheet.kpi.title}: {says}", ())


def _alternative(sheet: KpiSheet, plot: KpiPlot) -> str:
    """The same story as words: what is drawn, every figure, the years' totals, the target."""
    kpi = sheet.kpi
    unit = f", in {plot.unit}" if plot.unit not in ("", "%", "£") else ""
    parts = [f"{sentence_case(plot.form.value)} of {kpi.title}{unit}."]
    if not plot.own_measure:
        parts.append(f"Each figure is {measure_words(plot.measure)}; the KPI is {measure_words(kpi.measure)}.")
    if plot.reach:
        parts.append(f"{_target_sentence(plot.reach)}.")
    elif plot.own_measure and sheet.state.band is None:
        parts.append("It has no target.")
    parts.append(_figures(plot))
    parts += [f"{gap.words(plot.unit)} {gap.when}." for gap in plot.gaps]
    parts += plot.notes
    totals = [total.words for total in plot.sums if ": " in total.words]
    if totals:
        parts.append(f"Totals: {'; '.join(totals)}.")
    if plot.forecast is not None and plot.forecast_value is not None:
        parts.append(f"The forecast for {plot.forecast.words} is {plain(plot.forecast_value, plot.unit)}.")
    return " ".join(parts)


def _target_sentence(reach: Reach) -> str:
    words = f"The target is {reach.words.removeprefix('Target ')}"
    return f"{words}, {reach.note}" if reach.note else words


def _figures(plot: KpiPlot) -> str:
    """Every figure; of many, first the range and the latest, which is what a listener needs."""
    said = [f"{plot.shown(point)} {point.when}{_scope(point, plot)}" for point in plot.points]
    every = f"The figure was {list_words(said)}."
    if len(said) <= _FEW:
        return every
    lowest = min(plot.points, key=lambda point: point.value)
    highest = max(plot.points, key=lambda point: point.value)
    latest = plot.points[-1]
    opening = ", ".join(
        f"{word} {plot.shown(point)} {point.when}"
        for word, point in (("lowest", lowest), ("highest", highest), ("latest", latest))
    )
    return f"{sentence_case(opening)}. {every}"


def _scope(point: Point, plot: KpiPlot) -> str:
    scope = point.measurement.scope if plot.scoped else ""
    return f" for {scope}" if scope else ""


def _table(plot: KpiPlot) -> tuple[tuple[str, ...], ...]:
    counted = any(each.measurement.base is not None for each in (*plot.points, *plot.gaps))
    header = ["Period", *(["Scope"] if plot.scoped else []), "Figure", *(["n", "N"] if counted else []), "Source"]
    rows = [tuple(header)]
    entries: list[Point | Gap] = [*plot.points, *plot.gaps]
    for each in sorted(entries, key=lambda each: each.ends):
        measurement = each.measurement
        row = [each.caption]
        if plot.scoped:
            row.append(measurement.scope or NOT_KNOWN)
        row.append(each.words(plot.unit) if isinstance(each, Gap) else plot.shown(each))
        if counted:
            row.append(NOT_KNOWN if measurement.n is None else number(measurement.n))
            row.append(NOT_KNOWN if measurement.base is None else number(measurement.base))
        rows.append((*row, measurement.cited))
    return tuple(rows)
