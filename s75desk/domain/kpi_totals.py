"""A financial year's total and forecast as figures that show how they were added up and carried on."""

from __future__ import annotations

from decimal import Decimal

from s75desk.domain.flows import YearTotal
from s75desk.domain.targets import plain
from s75desk.domain.wording import DIVIDE, TIMES, financial_year, number, rounded
from s75desk.domain.working import Figure, Line, Working

FLOW_RULE = "Figures that do not overlap, added up. The forecast carries their rate on over the whole year."


def judged_forecast(total: YearTotal, unit: str) -> Decimal:
    """A forecast as it is judged and shown: whole for counts, to the penny for pounds. Halves round up."""
    return rounded(total.forecast, 2 if unit == "£" else 0)


def to_date_figure(total: YearTotal, unit: str) -> Figure:
    """The sum of the year so far: "2,133", from April to November 2016."""
    text = plain(total.total, unit)
    title = f"{text} in {financial_year(total.year)}, {total.caption}"
    lines = (*_period_lines(total, unit), Line("Sum", text, total.caption, result=True))
    return Figure(text, Working(title, lines, FLOW_RULE, _source(total)))


def forecast_figure(total: YearTotal, unit: str) -> Figure:
    """The year at the rate so far: "3,200", from 2,133 in 8 of 12 months."""
    text = plain(judged_forecast(total, unit), unit)
    year = financial_year(total.year)
    # Thousandths are enough to see how it was rounded.
    exact = rounded(total.forecast, 3)
    lines = (
        *_period_lines(total, unit),
        Line("Sum", plain(total.total, unit), total.caption),
        Line(f"{number(total.total)} {DIVIDE} {total.covered} {TIMES} {total.of}", number(exact)),
        Line(f"Forecast for {year}", text, "rounded half up", result=True),
    )
    return Figure(text, Working(f"{text}, forecast for {year}", lines, FLOW_RULE, _source(total)))


def _period_lines(total: YearTotal, unit: str) -> tuple[Line, ...]:
    return tuple(
        Line(
            stretch.words,
            plain(stretch.value, unit),
            "; ".join(filter(None, ["about" if stretch.measurement.about else "", stretch.measurement.cited])),
        )
        for stretch in total.counted
    )


def _source(total: YearTotal) -> str:
    return "; ".join(dict.fromkeys(stretch.measurement.cited for stretch in total.counted))
