"""How figures, targets, returns and breakdowns are shown in a table."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from s75desk.domain.performance import value_of
from s75desk.domain.records import (
    Breakdown,
    Kpi,
    KpiReturn,
    Measurement,
    Part,
    Record,
    Target,
)
from s75desk.domain.status import Shape, Status
from s75desk.domain.wording import (
    date_short,
    financial_year,
    number,
    percent,
    period_words,
)
from s75desk.ui.itemmodels.cells import Cell, Column
from s75desk.ui.pages.cell_words import UNKNOWN, Names, day, figure, made, said, source


def _return_status(expected: KpiReturn, today: date) -> Status:
    if expected.received:
        late = expected.due and expected.received > expected.due
        return Status(Shape.DONE, "Received late" if late else "Received")
    if expected.due is None:
        return Status(Shape.UNKNOWN, "No date")
    return Status(Shape.WATCH, "Late") if expected.due < today else Status(Shape.PLAN, "Not yet due")


def _value(measurement: Measurement, kpi: Kpi | None) -> Cell:
    value = value_of(measurement, kpi) if kpi else measurement.value
    if value is None:
        return UNKNOWN
    share = bool(kpi and kpi.measure and kpi.measure.proportion)
    text = percent(value) if share else number(value)
    return Cell(("about " if measurement.about else "") + text, sort=value)


def _target_words(target: Target) -> str:
    if target.as_stated:
        return target.as_stated
    if target.lower is not None or target.upper is not None:
        return " to ".join(number(edge) for edge in (target.lower, target.upper) if edge is not None)
    if target.value is None:
        return ""
    words = f"{target.type.value if target.type else ''} {number(target.value)}".strip()
    return f"{number(target.value)} ± {number(target.tolerance)}%" if target.tolerance is not None else words


def _target(target: Target) -> Cell:
    return said(_target_words(target), target.type.word if target.type else "", tip=target.as_stated or "")


def _period(measurement: Measurement) -> Cell:
    words = period_words(measurement.starts, measurement.ends) if measurement.ends else "Not known"
    sort = (measurement.ends or date.min, measurement.starts or date.min)
    return Cell(words, measurement.as_stated or "", sort=sort, tip=measurement.as_stated or "")


MAKERS: dict[type[Record], Callable[[Names, Kpi | None], list[Column[Any]]]] = {
    Target: lambda names, kpi: [
        made(
            "year",
            "Year",
            lambda r: Cell(financial_year(r.year), sort=r.year) if r.year else Cell("Every year", sort=0),
            width=7,
        ),
        made("target", "Target", _target, "two_line"),
        made(
            "near",
            "Near within",
            lambda r: Cell(percent(r.near), sort=r.near) if r.near is not None else Cell("House rule", colour="muted"),
            "number",
            7.4,
        ),
        source(),
    ],
    Measurement: lambda names, kpi: [
        made("period", "Period", _period, "two_line"),
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
        ),
        made("due", "Due", lambda r: day(r.due), "date", 8),
        made(
            "received",
            "Received",
            lambda r: Cell(date_short(r.received), sort=r.received) if r.received else Cell("Not yet", colour="muted"),
            "date",
            8,
        ),
        made("status", "Status", lambda r: Cell(status=_return_status(r, names.today)), "status", 9),
    ],
    Breakdown: lambda names, kpi: [
        made("title", "Breakdown", lambda r: Cell(r.title)),
        made("as_at", "Date", lambda r: day(r.as_at), "date", 8),
        made("total", "Total, as stated", lambda r: figure(r.total), "number", 9),
        made("base", "Base", lambda r: figure(r.base), "number", 6),
        source(),
    ],
    Part: lambda names, kpi: [
        made("number", "No.", lambda r: said(r.number, sort=r.number), width=4),
        made("label", "Part", lambda r: Cell(r.label)),
        made("count", "Count", lambda r: figure(r.count), "number", 7),
        made(
            "percent",
            "Per cent, as stated",
            lambda r: Cell(percent(r.percent), sort=r.percent) if r.percent is not None else UNKNOWN,
            "number",
            10,
        ),
    ],
}
