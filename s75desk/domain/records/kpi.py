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
from s75desk.domain.wording import MONTHS


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
    MEDIAN = "median"
    PERCENTILE = "percentile"
    RATIO = "ratio"
    SCORE = "score"

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
    TO_DATE = "year to date: each figure holds those before it"
    POOLED = "n and N: both are added up"
    MEAN = "mean of the periods, by N where it is known"
    MEDIAN = "median of the periods"
    STOCK = "stock: a count on a day"
    DISTINCT = "distinct people: never added or annualised"
    AVERAGE = "average or share: never added"


class Period(Choice):
    """How long one figure covers."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half year"
    YEAR = "year"
    WEEK = "week"
    FOUR_FOUR_FIVE = "4-4-5 weeks"
    ROLLING = "rolling 12 months"
    TO_DATE = "year to date"
    NAMED = "own dates"
    DAY = "one day"
    OTHER = "other"


class YearFrom(Choice):
    """The month in which the year of a KPI begins; a contract's year may begin in any."""

    APRIL = "April: financial year"
    JANUARY = "January: calendar year"
    SEPTEMBER = "September: academic year"
    FEBRUARY = "February"
    MARCH = "March"
    MAY = "May"
    JUNE = "June"
    JULY = "July"
    AUGUST = "August"
    OCTOBER = "October"
    NOVEMBER = "November"
    DECEMBER = "December"

    @property
    def month(self) -> int:
        """Its number, 1 to 12."""
        return [name.upper() for name in MONTHS].index(self.name) + 1


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
    year_from: YearFrom | None = choice(
        "Year from", YearFrom, hint="April if left empty; for instance a contract's own."
    )
    own_dates: str | None = text(
        "Own period ends",
        hint="Only for own dates: the last day of each, such as 24 Jun, 31 Oct, 31 Mar.",
        asked_if=("period", (Period.NAMED,)),
    )
    clock: Clock | None = choice("Clock", Clock, hint="Only for time limits.")
    limit_days: int | None = whole("Time limit", unit="days", least=Decimal(0), most=Decimal(10000), dated=True)


class TargetType(Choice):
    """Point or band, and which side is enough."""

    AT_LEAST = "at least"
    AT_MOST = "at most"
    MORE_THAN = "more than"
    LESS_THAN = "less than"
    BAND = "between"
    TOLERANCE = "plus or minus"


class Margin(Choice):
    """What a tolerance is counted in."""

    PER_CENT = "per cent of the point"
    POINTS = "points"


@dataclass(frozen=True, kw_only=True, slots=True)
class Target(Sourced):
    """The target of a KPI for a year, from a day on, or for every year when nothing is said.

    ``value`` is the point. ``tolerance`` makes it a band, 3,500 +/- 5 %; ``lower`` and ``upper`` state a band
    outright. ``near`` is how far short of a point still counts as near. Both are per cent of the point unless
    ``margin`` says points. ``per`` is the period one target is for; a flow's is for a year if nothing is said.
    """

    KIND: ClassVar[str] = "target"
    NOUN: ClassVar[str] = "target"
    PLURAL: ClassVar[str] = "targets"
    TITLE: ClassVar[tuple[str, ...]] = ("as_stated", "value")
    HAPPENS: ClassVar[Mapping[str, tuple[str, ...]]] = {"since": ()}
    KNOWN_WITH: ClassVar[Mapping[str, Mapping[str, Any]]] = {"until": {}}

    kpi: str = parent("KPI", "kpi")
    year: int | None = financial_year("Year", hint="Leave empty if it holds for every year.")
    since: date | None = day("Holds from", hint="Where it changes within a year.")
    until: date | None = day("Holds to", hint="Where it ends before a new one begins.")
    per: Period | None = choice("Target for each", Period, hint="Of figures that add up: a year if left empty.")
    type: TargetType | None = choice("Type", TargetType, required=True, dated=True)
    measure: Measure | None = choice("Measure of the target", Measure, hint="If it differs from the KPI's own.")
    value: Decimal | None = figure("Point", hint="Or all of it: at least 95%, 90 to 95, 3,500 ± 5%.", dated=True)
    tolerance: Decimal | None = figure(
        "Tolerance", least=Decimal(0), asked_if=("type", (TargetType.TOLERANCE,)), dated=True
    )
    lower: Decimal | None = figure("Lower edge", asked_if=("type", (TargetType.BAND,)), dated=True)
    upper: Decimal | None = figure("Upper edge", asked_if=("type", (TargetType.BAND,)), dated=True)
    near: Decimal | None = figure(
        "Near within",
        least=Decimal(0),
        hint="Missed by no more than this is “Near target”.",
        dated=True,
    )
    margin: Margin | None = choice("Tolerance in", Margin, hint="Per cent of the point if left empty.")
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


class Absent(Choice):
    """Why a figure has no value. None of these is nought, late or good."""

    SUPPRESSED = "suppressed"
    NIL = "nil"
    NOT_APPLICABLE = "not applicable"
    AWAITED = "awaited"
    REFUSED = "refused"
    NOT_DUE = "not due"
    UNAVAILABLE = "not available"

    @property
    def returned(self) -> bool:
        """Whether it is an answer: a figure to come is none."""
        return self not in (Absent.AWAITED, Absent.NOT_DUE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Measurement(Sourced):
    """A figure for a period. n and N are kept where they are known, not only the percentage.

    A figure without a value may say why in ``absent``; one that was suppressed may say between what it lies: "<5" is
    ``below`` 5, ">95%" is ``above`` 95. Both are typed as the value, "<5".
    """

    KIND: ClassVar[str] = "measurement"
    NOUN: ClassVar[str] = "figure"
    PLURAL: ClassVar[str] = "figures"
    TITLE: ClassVar[tuple[str, ...]] = ("as_stated", "value")
    HAPPENS: ClassVar[Mapping[str, tuple[str, ...]]] = {"ends": ()}

    kpi: str = parent("KPI", "kpi")
    starts: date | None = day("Period from")
    ends: date | None = day("Period to", required=True)
    value: Decimal | None = figure("Value", hint="Also <5, nil or awaited. Empty: worked out from n and N.")
    absent: Absent | None = choice("No value because", Absent)
    below: Decimal | None = figure("Less than", hidden=True)
    above: Decimal | None = figure("More than", hidden=True)
    n: Decimal | None = figure("n", hint="How many were.")
    base: Decimal | None = figure("N", hint="Of how many.")
    measure: Measure | None = choice("Measure", Measure, hint="If it differs from the KPI's own.")
    scope: str | None = text("Scope")
    about: bool | None = yes_no("Approximate")
    as_stated: str | None = text("As stated", hint="The figure in the paper's own words.")
    comment: str | None = long_text("Comment")


@dataclass(frozen=True, kw_only=True, slots=True)
class Breakdown(Sourced):
    """A total published together with its parts, so that the sum can be checked.

    A total or a count may have no value: typed as "<5", "*", "nil" or "tbc" it says why, as a figure does.
    """

    KIND: ClassVar[str] = "breakdown"
    NOUN: ClassVar[str] = "breakdown"
    PLURAL: ClassVar[str] = "breakdowns"
    HAPPENS: ClassVar[Mapping[str, tuple[str, ...]]] = {"as_at": ()}

    agreement: str | None = parent("Agreement", "agreement", required=False)
    kpi: str | None = parent("KPI", "kpi", required=False)
    title: str = text("Title", required=True)
    as_at: date | None = day("Date or period end")
    total: Decimal | None = figure("Total, as stated", hint="Also <5, * or nil.")
    absent: Absent | None = choice("No total because", Absent)
    below: Decimal | None = figure("Total less than", hidden=True)
    above: Decimal | None = figure("Total more than", hidden=True)
    about: bool | None = yes_no("Total is approximate")
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
    count: Decimal | None = figure("Count", hint="Also <5, * or nil.")
    absent: Absent | None = choice("No count because", Absent)
    below: Decimal | None = figure("Count less than", hidden=True)
    above: Decimal | None = figure("Count more than", hidden=True)
    about: bool | None = yes_no("Count is approximate")
    percent: Decimal | None = figure("Per cent, as stated")
    organisation: str | None = reference("Organisation", "organisation")
