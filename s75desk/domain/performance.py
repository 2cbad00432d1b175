"""KPI rules: bands, values from n and N, forecasts, status against the target, the previous period beside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from s75desk.domain.findings import Finding
from s75desk.domain.records import Kpi, KpiReturn, Measurement, Target
from s75desk.domain.status import Status
from s75desk.domain.working import Figure


@dataclass(frozen=True, slots=True)
class Band:
    """What counts as on target. At least one edge is set.

    Attributes:
        lower: Lowest value on target, None for no floor.
        upper: Highest value on target, None for no ceiling.
        text: "3,325 to 3,675", "at least 75%", "at most 4 weeks".
        target: The record it comes from.
    """

    lower: Decimal | None
    upper: Decimal | None
    text: str
    target: Target


@dataclass(frozen=True, slots=True)
class KpiState:
    """A KPI as at a day.

    Attributes:
        status: On target, Near target, Off target, Cannot compare, No target, Not known; with its sentence.
        latest: The latest figure, or the year's forecast for a flow with a yearly target, with working.
        latest_caption: What ``latest`` is: "forecast for 2016/17", "January 2024".
        target: The target in words, "No target".
        band: The band that applies, or None.
        to_date: Sum of the financial year so far (flows only), or None.
        to_date_caption: "8 of 12 months".
        forecast: Forecast for the year (flows only), or None.
        against: Distance from the nearest edge of the band with working, or None.
        previous: The previous year's total or the previous period's figure, or None.
        previous_caption: "2015/16", "previous: 239 of 666".
        trend: Values of single periods, oldest first, for a sparkline.
        findings: Doubts: base drift, measure against a target of another kind, and so on.
    """

    status: Status
    latest: Figure
    latest_caption: str
    target: str
    band: Band | None
    to_date: Figure | None
    to_date_caption: str
    forecast: Figure | None
    against: Figure | None
    previous: Figure | None
    previous_caption: str
    trend: tuple[Decimal, ...]
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class KpiSheet:
    """A KPI with everything that belongs to it, as read in one go."""

    kpi: Kpi
    targets: tuple[Target, ...]
    measurements: tuple[Measurement, ...]
    returns: tuple[KpiReturn, ...]
    state: KpiState


def band_of(target: Target, unit: str = "") -> Band | None:
    """The band of a target: 3,500 +/- 5 % is 3,325 to 3,675. None if the target states no figure."""
    raise NotImplementedError


def value_of(measurement: Measurement, kpi: Kpi) -> Decimal | None:
    """The value as recorded, or n / N x 100 for a proportion, or n for a count; None when not known."""
    raise NotImplementedError


def kpi_state(
    kpi: Kpi,
    targets: Sequence[Target],
    measurements: Sequence[Measurement],
    returns: Sequence[KpiReturn],
    today: date,
) -> KpiState:
    """Work out the state as at ``today``; figures for periods that end after ``today`` are left out."""
    raise NotImplementedError
