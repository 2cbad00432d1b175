"""KPI definitions, their targets by year, the returns expected, the figures received, and published breakdowns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from s75desk.domain.fields import (
    Choice,
    choice,
    day,
    figure,
    financial_year,
    long_text,
    parent,
    reference,
    text,
    whole,
    yes_no,
)
from s75desk.domain.records.base import Sourced


class Measure(Choice):
    """What kind of figure it is. Measures of different kinds are never compared with each other's target."""

    COUNT = "count"
    PERCENTAGE = "percentage"
    PERCENT_WITHIN = "percentage within a time"
    MEAN = "mean"
    MAXIMUM = "maximum"
    MINIMUM = "minimum"
    MONEY = "pounds"
    RATE = "rate"

    @property
    def proportion(self) -> bool:
        """Whether the figure is n of N."""
        return self in (Measure.PERCENTAGE, Measure.PERCENT_WITHIN)


class Better(Choice):
    """Which way is better."""

    MORE = "more is better"
    LESS = "less is better"
    NEITHER = "neither"


class Adding(Choice):
    """How periods add up. Distinct people seen in one month may be seen in the next: never annualised."""

    FLOW = "flow: periods add up"
    STOCK = "stock: a count on a day"
    DISTINCT = "distinct people: never added or annualised"
    AVERAGE = "average or share: never added"


class Period(Choice):
    """How long one figure covers."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    DAY = "one day"
    OTHER = "other"


class Clock(Choice):
    """Which days a time limit counts."""

    CALENDAR = "calendar days"
    WORKING = "working days"


@dataclass(frozen=True, kw_only=True, slots=True)
class Kpi(Sourced):
    """What is measured and how; a series without a target is one too."""

    KIND: ClassVar[str] = "kpi"
    NOUN: ClassVar[str] = "KPI"
    PLURAL: ClassVar[str] = "KPIs"
    FIND: ClassVar[tuple[str, ...]] = ("definition", "scope", "unit")

    agreement: str | None = parent("Agreement", "agreement", required=False)
    provider: str | None = parent("Provider", "provider", required=False)
    title: str = text("Title", required=True, dated=True)
    scope: str | None = text("Scope", hint="Who or what is counted, in a phrase.", dated=True)
    definition: str | None = long_text("Definition", dated=True)
    measure: Measure | None = choice("Measure", Measure, required=True)
    unit: str | None = text("Unit", hint="For instance assessments, weeks, calendar days.", dated=True)
    better: Better | None = choice("Direction", Better)
    adding: Adding | None = choice("How periods add up", Adding)
    period: Period | None = choice("Period", Period)
    clock: Clock | None = choice("Clock", Clock, hint="Only for time limits.")
    limit_days: int | None = whole("Time limit", unit="days", least=Decimal(0), most=Decimal(10000), dated=True)


class TargetType(Choice):
    """Point or band, and which side is enough."""

    AT_LEAST = "at least"
    AT_MOST = "at most"
    BAND = "between"
    TOLERANCE = "plus or minus"


@dataclass(frozen=True, kw_only=True, slots=True)
class Target(Sourced):
    """The target of a KPI for a financial year, or for every year when ``year`` is None.

    ``value`` is the point. ``tolerance`` (per cent of the point) makes it a band, 3,500 +/- 5 %; ``lower`` and
    ``upper`` state a band outright. ``near`` is how many per cent short of a point still counts as near.
    """

    KIND: ClassVar[str] = "target"
    NOUN: ClassVar[str] = "target"
    PLURAL: ClassVar[str] = "targets"
    TITLE: ClassVar[tuple[str, ...]] = ("as_stated", "value")

    kpi: str = parent("KPI", "kpi")
    year: int | None = financial_year("Year", hint="Leave empty if it holds for every year.")
    type: TargetType | None = choice("Type", TargetType, required=True, dated=True)
    measure: Measure | None = choice("Measure of the target", Measure, hint="If it differs from the KPI's own.")
    value: Decimal | None = figure("Point", dated=True)
    tolerance: Decimal | None = figure("Tolerance", unit="%", least=Decimal(0), most=Decimal(100), dated=True)
    lower: Decimal | None = figure("Lower edge", dated=True)
    upper: Decimal | None = figure("Upper edge", dated=True)
    near: Decimal | None = figure(
        "Near within",
        unit="%",
        least=Decimal(0),
        most=Decimal(100),
        hint="Missed by no more than this is “Near target”.",
        dated=True,
    )
    as_stated: str | None = text("As stated", hint="The target in the paper's own words.", dated=True)


@dataclass(frozen=True, kw_only=True, slots=True)
class KpiReturn(Sourced):
    """A return that is expected: for what period, by when, and whether it has come."""

    KIND: ClassVar[str] = "kpi_return"
    NOUN: ClassVar[str] = "return"
    PLURAL: ClassVar[str] = "returns"
    KNOWN_WITH: ClassVar[Mapping[str, Mapping[str, Any]]] = {"received": {}}
    PLANNED: ClassVar[tuple[str, ...]] = ("starts", "ends", "due")

    kpi: str | None = parent("KPI", "kpi", required=False)
    agreement: str | None = parent("Agreement", "agreement", required=False)
    provider: str | None = parent("Provider", "provider", required=False)
    title: str = text("Return", required=True, hint="For instance “Quarter 3 return”.")
    starts: date | None = day("Period from")
    ends: date | None = day("Period to")
    due: date | None = day("Due")
    received: date | None = day("Received")


@dataclass(frozen=True, kw_only=True, slots=True)
class Measurement(Sourced):
    """A figure for a period. n and N are kept where they are known, not only the percentage."""

    KIND: ClassVar[str] = "measurement"
    NOUN: ClassVar[str] = "figure"
    PLURAL: ClassVar[str] = "figures"
    TITLE: ClassVar[tuple[str, ...]] = ("as_stated", "value")
    HAPPENS: ClassVar[Mapping[str, tuple[str, ...]]] = {"ends": (), "received": ()}

    kpi: str = parent("KPI", "kpi")
    starts: date | None = day("Period from")
    ends: date | None = day("Period to", required=True)
    value: Decimal | None = figure("Value", hint="Leave empty to have it worked out from n and N.")
    n: Decimal | None = figure("n", hint="How many were.")
    base: Decimal | None = figure("N", hint="Of how many.")
    measure: Measure | None = choice("Measure", Measure, hint="If it differs from the KPI's own.")
    scope: str | None = text("Scope")
    about: bool | None = yes_no("Approximate")
    as_stated: str | None = text("As stated", hint="The figure in the paper's own words.")
    comment: str | None = long_text("Comment")
    received: date | None = day("Received on", hint="When the figure was returned or published.")


@dataclass(frozen=True, kw_only=True, slots=True)
class Breakdown(Sourced):
    """A total published together with its parts, so that the sum can be checked."""

    KIND: ClassVar[str] = "breakdown"
    NOUN: ClassVar[str] = "breakdown"
    PLURAL: ClassVar[str] = "breakdowns"
    HAPPENS: ClassVar[Mapping[str, tuple[str, ...]]] = {"as_at": ()}

    agreement: str | None = parent("Agreement", "agreement", required=False)
    kpi: str | None = parent("KPI", "kpi", required=False)
    title: str = text("Title", required=True)
    as_at: date | None = day("Date or period end")
    total: Decimal | None = figure("Total, as stated")
    base: Decimal | None = figure("Base, as stated", hint="How many the percentages are of.")
    unit: str | None = text("Unit")


@dataclass(frozen=True, kw_only=True, slots=True)
class Part(Sourced):
    """One part of a breakdown: a count, a percentage, or both as stated."""

    KIND: ClassVar[str] = "part"
    NOUN: ClassVar[str] = "part"
    PLURAL: ClassVar[str] = "parts"
    TITLE: ClassVar[tuple[str, ...]] = ("label",)

    breakdown: str = parent("Breakdown", "breakdown")
    number: int | None = whole("Order", least=Decimal(0), most=Decimal(999))
    label: str = text("Part", required=True)
    count: Decimal | None = figure("Count")
    percent: Decimal | None = figure("Per cent, as stated")
    organisation: str | None = reference("Organisation", "organisation")
