"""How figures, targets, returns and breakdowns are shown in a table."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from s75desk.domain.kpi_figures import shown_value, value_of
from s75desk.domain.no_value import absent_words, why_absent
from s75desk.domain.periods.kinds import year_kind
from s75desk.domain.periods.years import FINANCIAL
from s75desk.domain.records import (
    Breakdown,
    Kpi,
    KpiReturn,
    Measurement,
    Part,
    Record,
    Target,
)
from s75desk.domain.records.kpi import Margin
from s75desk.domain.targets import target_words, unit_for
from s75desk.domain.wording import (
    date_short,
    number,
    percent,
    period_words,
    sentence_case,
)
from s75desk.ui.itemmodels.cells import Cell, Column
from s75desk.ui.pages.cell_words import UNKNOWN, Names, day, figure, judged, made, said, source


def _value(measurement: Measurement, kpi: Kpi | None) -> Cell:
    about = Kpi() if kpi is None else kpi
    why = why_absent(measurement, measurement.measure or about.measure)
    unit = unit_for(measurement.measure or about.measure)
    if why is not None:
        return Cell(absent_words(measurement, why, unit), colour="muted")
    value = value_of(measurement, about)
    if value is None:
        return UNKNOWN
    return Cell(("about " if measurement.about else "") + shown_value(value, unit), sort=value)


def _counted(record: Breakdown | Part, value: Decimal | None) -> Cell:
    if value is None and record.absent is not None:
        return Cell(absent_words(record, record.absent), colour="muted")
    return Cell(f"about {number(value)}", sort=value) if value is not None and record.about else figure(value)


def _target_year(target: Target, kpi: Kpi | None) -> Cell:
    """When a target holds: its year, from and to which day, else every year."""
    days = [f"from {date_short(target.since)}"] if target.since else []
    days += [f"to {date_short(target.until)}"] if target.until else []
    years = year_kind(kpi) if kpi else FINANCIAL
    begins = target.since or (years.span(target.year).starts if target.year is not None else date.min)
    if target.year is None:
        return Cell(sentence_case(" ".join(days)) or "Every year", sort=begins)
    return Cell(years.short(target.year), " ".join(days), sort=begins)


def _near(target: Target) -> Cell:
    if target.near is None:
        return Cell("House rule", colour="muted")
    unit = "%" if target.margin is not Margin.POINTS else " points"
    return Cell(f"{number(target.near)}{unit}", sort=target.near)


def _target(target: Target) -> Cell:
    return said(
        target.as_stated or target_words(target), target.type.word if target.type else "", tip=target.as_stated or ""
    )


def _period(measurement: Measurement) -> Cell:
    words = period_words(measurement.starts, measurement.ends) if measurement.ends else "Not known"
    sort = (measurement.ends or date.min, measurement.starts or date.min)
    return Cell(words, measurement.as_stated or "", sort=sort, tip=measurement.as_stated or "")


MAKERS: dict[type[Record], Callable[[Names, Kpi | None], list[Column[Any]]]] = {
    Target: lambda names, kpi: [
        made("year", "Year", lambda r: _target_year(r, kpi), "two_line", width=9),
        made("target", "Target", _target, "two_line"),
        made("near", "Near within", _near, "number", 7.4),
        source(),
    ],
    Measurement: lambda names, kpi: [
        made("period", "Period", _period, "two_line", second="As stated"),
        made("value", "Value", lambda r: _value(r, kpi), "number", 7),
        made("n", "n", lambda r: figure(r.n), "number", 6),
        made("base", "N", lambda r: figure(r.base), "number", 6),
        made("scope", "Scope", lambda r: said(r.scope), width=9, shown=False),
        source(),
    ],
    KpiReturn: lambda names, kpi: [
        made(
            "title",
            "Return",
            lambda r: Cell(r.title, period_words(r.starts, r.ends) if r.ends else "Period not known"),
            "two_line",
            second="Period",
        ),
        made("due", "Due", lambda r: day(r.due), "date", 8),
        made(
            "received",
            "Received",
            lambda r: Cell(date_short(r.received), sort=r.received) if r.received else Cell("Not yet", colour="muted"),
            "date",
            8,
        ),
        made("status", "Status", lambda r: judged(r, names), "status", 9),
    ],
    Breakdown: lambda names, kpi: [
        made("title", "Breakdown", lambda r: Cell(r.title)),
        made("as_at", "Date", lambda r: day(r.as_at), "date", 8),
        made("total", "Total, as stated", lambda r: _counted(r, r.total), "number", 9),
        made("base", "Base", lambda r: figure(r.base), "number", 6),
        source(),
    ],
    Part: lambda names, kpi: [
        made("number", "No.", lambda r: said(r.number, sort=r.number), width=4),
        made("label", "Part", lambda r: Cell(r.label)),
        made("count", "Count", lambda r: _counted(r, r.count), "number", 7),
        made(
            "percent",
            "Per cent, as stated",
            lambda r: Cell(percent(r.percent), sort=r.percent) if r.percent is not None else UNKNOWN,
            "number",
            10,
        ),
    ],
}
