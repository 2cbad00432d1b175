"""Briefings and records made up for tests of layout and charts."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from decimal import Decimal

from s75desk.domain.drawing import Drawing, LineMark, TextMark
from s75desk.domain.months import add_months
from s75desk.domain.performance import KpiSheet, kpi_state
from s75desk.domain.records import Kpi, Measurement, Target
from s75desk.domain.records.kpi import Adding, Measure, Period, TargetType
from s75desk.domain.status import Shape, Status
from s75desk.reporting import content
from s75desk.reporting.content import Block, Callout, Section, rich

AS_AT = date(2026, 2, 2)

DRAWING = Drawing(
    470,
    60,
    (LineMark(0, 30, 470, 30, "text"), TextMark(10, 50, "Words in it", "muted", 9)),
    "A line with words below it.",
)


def briefing(*blocks: Block, contents: bool = False) -> content.Briefing:
    """A briefing with one section that holds ``blocks``."""
    return of_sections(Section("only", "The only section", blocks), contents=contents)


def of_sections(*sections: Section, contents: bool = False, key_message: Callout | None = None) -> content.Briefing:
    """A briefing with these sections."""
    return content.Briefing(
        kind="Test briefing",
        title="A briefing made up for a test",
        subtitle="For nobody. As at 2 February 2026.",
        reference="TEST-1",
        key_message=key_message or Callout(Status(Shape.WATCH, "Look here"), rich("This is the key message.")),
        sections=sections,
        contents=contents,
        author="A tester",
    )


def table(rows: int, *, key: str = "table", words: str = "short") -> content.Table:
    """A table of four columns with a status in the last."""
    statuses = [Status(shape, shape.value.capitalize()) for shape in Shape]
    return content.Table(
        key,
        "A table of rows",
        (
            content.Column("Name"),
            content.Column("Words"),
            content.Column("Amount", "right"),
            content.Column("Status"),
        ),
        tuple(
            content.Row(
                (
                    content.cell(f"Row {number}"),
                    content.cell(words),
                    content.cell(f"£{number * 1000:,}"),
                    content.status_cell(statuses[number % len(statuses)]),
                )
            )
            for number in range(1, rows + 1)
        ),
    )


# --- KPIs ----------------------------------------------------------------------------------------------------------

COUNT = Kpi(uid="kpi", title="Assessments", measure=Measure.COUNT, adding=Adding.FLOW, period=Period.MONTH)
SHARE = Kpi(uid="kpi", title="Seen in time", measure=Measure.PERCENTAGE, adding=Adding.AVERAGE, period=Period.MONTH)
WAIT = Kpi(uid="kpi", title="Wait", measure=Measure.MEAN, unit="weeks", adding=Adding.AVERAGE, period=Period.OTHER)
YEARLY_BAND = Target(kpi="kpi", type=TargetType.TOLERANCE, value=Decimal(3500), tolerance=Decimal(5))
AT_LEAST_75 = Target(kpi="kpi", type=TargetType.AT_LEAST, value=Decimal(75))
AT_MOST_4 = Target(kpi="kpi", type=TargetType.AT_MOST, value=Decimal(4))


def sheet(kpi: Kpi, figures: Iterable[Measurement], *targets: Target, today: date = AS_AT) -> KpiSheet:
    """A KPI with its figures and state."""
    known = tuple(figures)
    return KpiSheet(kpi, targets, known, (), kpi_state(kpi, targets, known, (), today))


def monthly(count: int, value: Callable[[int], object], first: date = date(2024, 4, 1)) -> list[Measurement]:
    """A figure a month from ``first``; a month for which ``value`` gives None has none."""
    found = []
    for number in range(count):
        starts = add_months(first, number)
        ends = add_months(first, number + 1) - timedelta(days=1)
        given = value(number)
        if given is not None:
            found.append(Measurement(uid=f"m{number}", kpi="kpi", starts=starts, ends=ends, value=Decimal(str(given))))
    return found


def on_day(day: date, value: object, *, uid: str = "", scope: str | None = None) -> Measurement:
    """A figure on a day."""
    return Measurement(uid=uid or day.isoformat(), kpi="kpi", ends=day, value=Decimal(str(value)), scope=scope)


def over(starts: date, ends: date, value: object) -> Measurement:
    """A figure for a period."""
    return Measurement(uid=starts.isoformat(), kpi="kpi", starts=starts, ends=ends, value=Decimal(str(value)))
