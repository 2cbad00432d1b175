"""The target as drawn beside each figure: the part of it that falls to the figure's period, by the day it holds on."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from s75desk.domain.kpi_figures import Point
from s75desk.domain.performance import KpiSheet
from s75desk.domain.periods.kinds import LENGTHS, adds_up, cumulative, year_kind
from s75desk.domain.periods.span import Length
from s75desk.domain.records import Target
from s75desk.domain.records.kpi import Period
from s75desk.domain.targets import Band, band_of, plain, target_for, unit_of, with_unit
from s75desk.domain.wording import rounded

_PARTS = {52: "a 52nd", 12: "a twelfth", 4: "a quarter", 3: "a third", 2: "half"}


@dataclass(frozen=True, slots=True)
class Reach:
    """The target as drawn: for the period of a figure, which may be a part of the target's year.

    Attributes:
        lower: Lower edge or None.
        upper: Upper edge or None.
        words: "Target 277 to 306".
        note: How it follows from the target, "" if it is the target itself.
    """

    lower: Decimal | None
    upper: Decimal | None
    words: str
    note: str = ""

    @property
    def edges(self) -> tuple[Decimal, ...]:
        """The edges that are set."""
        return tuple(edge for edge in (self.lower, self.upper) if edge is not None)


def reach_of(sheet: KpiSheet, point: Point, *, whole: bool = False) -> Reach | None:
    """The target that a figure is drawn against; None where there is none for such a period.

    Args:
        sheet: The KPI with its targets.
        point: The figure.
        whole: Whether it stands for all that its year has so far, so that the year's own target belongs to it.
    """
    kpi = sheet.kpi
    target = target_for(sheet.targets, point.ends, year_kind(kpi))
    if target is None or target.measure not in (None, kpi.measure):
        return None
    unit = unit_of(kpi)
    band = band_of(target, unit)
    if band is None:
        return None
    parts = 1 if whole else _parts(sheet, target, point)
    return _share(band, parts, point.length, unit) if parts else None


def _parts(sheet: KpiSheet, target: Target, point: Point) -> int:
    """Into how many of the figure's periods the target's own falls; 0 where they do not fit."""
    kpi = sheet.kpi
    if cumulative(kpi):
        return 1
    per = LENGTHS.get(target.per or Period.YEAR) if adds_up(kpi) or target.per else None
    if per is None or per is point.length:
        return 1
    if not adds_up(kpi) or not per.parts:
        return 0
    return point.length.parts // per.parts if point.length.parts % per.parts == 0 else 0


def _share(band: Band, parts: int, length: Length, unit: str) -> Reach:
    places = 2 if unit == "£" else 0

    def share(edge: Decimal | None) -> Decimal | None:
        return edge if edge is None or parts == 1 else rounded(edge / parts, places)

    lower, upper = share(band.lower), share(band.upper)
    words = f"Target {band.text if band.strict and parts == 1 else _edge_words(lower, upper, unit)}"
    note = f"{_PARTS.get(parts, f'1 of {parts} parts')} of {band.text} for each {length.word}" if parts > 1 else ""
    return Reach(lower, upper, words, note)


def _edge_words(lower: Decimal | None, upper: Decimal | None, unit: str) -> str:
    if lower is not None and upper is not None:
        if lower == upper:
            return with_unit(lower, unit)
        return f"{plain(lower, unit if unit == '£' else '')} to {plain(upper, unit)}"
    return (
        f"at least {with_unit(lower, unit)}" if lower is not None else f"at most {with_unit(upper or Decimal(0), unit)}"
    )
