"""The total of a year and its forecast as figures that show how they were added up and carried on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from s75desk.domain.kpi_figures import Gap, Point, shown_value
from s75desk.domain.periods.adding import RULES, total_of
from s75desk.domain.periods.flows import Total
from s75desk.domain.periods.span import Span
from s75desk.domain.records import Kpi
from s75desk.domain.targets import plain
from s75desk.domain.wording import DIVIDE, TIMES, number, rounded
from s75desk.domain.working import Figure, Known, Line, Working

FORECAST_RULE = "The forecast carries their rate on over the whole year."


def judged_forecast(total: Total, unit: str) -> Decimal:
    """A forecast as it is judged and shown: whole for counts, to the penny for pounds. Halves round up."""
    return rounded(total.forecast, 2 if unit == "£" else 0) if total.carried_on else total.total


def total_words(total: Total, unit: str) -> str:
    """What the figures make, as printed: a mean or a share as a figure of one period is."""
    return shown_value(total.total, unit)


def to_date_figure(total: Total, unit: str) -> Figure:
    """What the year so far makes: "2,133", from April to November 2016."""
    text = total_words(total, unit)
    title = f"{text} in {total.words}, {total.caption}"
    what = "Sum" if total.carried_on else "Together"
    lines = (*_period_lines(total, unit), Line(what, text, total.caption, result=True))
    known = Known.ABOUT if total.about else Known.KNOWN
    about = "about " if total.about else ""
    return Figure(about + text, Working(title, lines, _rule(total), _source(total)), total.total, unit, known)


def range_figure(figure: Figure, words: str, hidden: Sequence[tuple[str, str]]) -> Figure:
    """What figures make within the limits that suppressed ones leave, each with its period: "6 to 10"."""
    working = figure.working or Working(words)
    lines = (
        *working.lines,
        *(Line(when, said) for when, said in hidden),
        Line("Within these limits", words, result=True),
    )
    return Figure(words, replace(working, title=words, lines=lines), unit=figure.unit, known=Known.SUPPRESSED)


def forecast_figure(total: Total, unit: str, left_out: str = "") -> Figure:
    """The year at the rate so far: "3,200", from 2,133 in 8 of 12 months; ``left_out`` are those without a figure."""
    value = judged_forecast(total, unit)
    text = plain(value, unit)
    # Thousandths are enough to see how it was rounded.
    exact = rounded(total.forecast, 3)
    lines = (
        *_period_lines(total, unit),
        Line("Sum", plain(total.total, unit), total.caption),
        *([Line("Without a figure", left_out, "taken to be like the others")] if left_out else []),
        Line(f"{number(total.total)} {DIVIDE} {total.covered} {TIMES} {total.of}", number(exact)),
        Line(f"Forecast for {total.words}", text, "rounded half up", result=True),
    )
    rule = f"{_rule(total)} {FORECAST_RULE}"
    working = Working(f"{text}, forecast for {total.words}", lines, rule, _source(total))
    return Figure(
        ("about " if total.about else "") + text, working, value, unit, Known.ABOUT if total.about else Known.KNOWN
    )


def _rule(total: Total) -> str:
    return RULES.get(total.adding, "")


def _period_lines(total: Total, unit: str) -> tuple[Line, ...]:
    return tuple(
        Line(
            stretch.words,
            plain(stretch.value, unit),
            "; ".join(filter(None, ["about" if stretch.measurement.about else "", stretch.measurement.cited])),
        )
        for stretch in total.counted
    )


def _source(total: Total) -> str:
    return "; ".join(dict.fromkeys(stretch.measurement.cited for stretch in total.counted))


def total_in(kpi: Kpi, points: Sequence[Point], gaps: Sequence[Gap], span: Span) -> Total | None:
    """What the figures make of a year or another whole: the one answer for the judgement, the chart and the paper.

    Args:
        kpi: Whose figures they are.
        points: As ``usable_figures`` sorts them.
        gaps: Figures that say why they have no value, which are no gap in the year.
        span: The year.
    """
    # Backwards, so that of two figures for one period the less favourable is met, and counted, first.
    stretches = [point.stretch for point in reversed(points)]
    explained = [Span(gap.starts, gap.ends) for gap in gaps if gap.starts is not None]
    return total_of(kpi, [stretch for stretch in stretches if stretch is not None], span, explained)
