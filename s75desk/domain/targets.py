"""Targets: points and bands, which target holds for a year, and how near a miss still is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from s75desk.domain.periods.kinds import LENGTHS
from s75desk.domain.periods.years import FINANCIAL, YearKind
from s75desk.domain.proportions import decimals_of
from s75desk.domain.records import Kpi, Target
from s75desk.domain.records.kpi import Margin, Measure, TargetType
from s75desk.domain.wording import number, percent, pounds, rounded, sentence_case

NEAR_PERCENT = Decimal(5)
"""A miss of a point by no more than this many per cent of it is near, unless the target says otherwise. A rule of
this house: 72% against 75% is near, 81% against 100% is not. A band is its own tolerance and has no near side."""


EXACT = 3
"""A figure with no more decimals than this is written as it is; any other comes of a division and is rounded."""

POINTS = (TargetType.AT_LEAST, TargetType.AT_MOST, TargetType.MORE_THAN, TargetType.LESS_THAN)
"""Targets with one edge; the last two are missed by the edge itself."""


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

    @property
    def point(self) -> bool:
        """Whether it is one point that is to be reached, not a band with a tolerance of its own."""
        return self.target.type in POINTS

    @property
    def strict(self) -> bool:
        """Whether the edge itself misses: "less than 10 days" is not met by 10."""
        return self.target.type in (TargetType.MORE_THAN, TargetType.LESS_THAN)

    def judged(self, value: Decimal) -> Decimal:
        """A value that has to be rounded to be written, at the decimals of an edge that has some.

        2 of 3 is 66.7%, and on a target of 66.7%. A target of 95% is not met by what only rounds to 95.
        """
        if decimals_of(value) <= EXACT:
            return value
        edges = [edge for edge in (self.lower, self.upper) if edge is not None and decimals_of(edge)]
        return next((edge for edge in edges if rounded(value, decimals_of(edge)) == edge), value)

    def met(self, value: Decimal) -> bool:
        """Whether ``value`` is on target."""
        return not self.miss(value) and not (self.strict and self.judged(value) in (self.lower, self.upper))

    def met_between(self, low: Decimal, high: Decimal | None) -> bool | None:
        """Whether every value from ``low`` to ``high`` is on target, or none is; None where that depends on which."""
        edges = [edge for edge in (self.lower, self.upper) if edge is not None]
        inside = [edge for edge in edges if low <= edge and (high is None or edge <= high)]
        tried = {self.met(value) for value in (low, *inside, high) if value is not None}
        if high is None:
            tried.add(self.upper is None)
        return tried.pop() if len(tried) == 1 else None

    def miss(self, value: Decimal) -> Decimal:
        """How far ``value`` lies outside: negative below the floor, positive above the ceiling, 0 within."""
        value = self.judged(value)
        if self.lower is not None and value < self.lower:
            return value - self.lower
        if self.upper is not None and value > self.upper:
            return value - self.upper
        return Decimal(0)

    def nearest_edge(self, value: Decimal) -> Decimal:
        """The edge that ``value`` misses, or the nearer one when it misses none."""
        edges = [edge for edge in (self.lower, self.upper) if edge is not None]
        return min(edges, key=lambda edge: abs(value - edge))

    def near(self, value: Decimal) -> bool:
        """Whether ``value`` misses by no more than the target allows to be called near."""
        allowed = self.target.near
        if allowed is not None and self.target.margin is Margin.POINTS:
            return abs(self.miss(value)) <= allowed
        if allowed is None:
            allowed = NEAR_PERCENT if self.point else Decimal(0)
        return abs(self.miss(value)) * 100 <= allowed * abs(self.nearest_edge(value))


def unit_of(kpi: Kpi) -> str:
    """How figures of a KPI are written: "%" for a share, "£" for pounds, "" for a count, else its own unit."""
    return unit_for(kpi.measure, kpi.unit)


def unit_for(measure: Measure | None, unit: str | None = "") -> str:
    """The unit that goes with a measure: "%" for a share, "£" for pounds, else ``unit``.

    A count has none: what is counted is the KPI's title, and "125 below the floor of 3,325" reads better bare.
    """
    if measure is not None and measure.proportion:
        return "%"
    if measure is Measure.COUNT:
        return ""
    return "£" if measure is Measure.MONEY else unit or ""


def with_unit(value: Decimal, unit: str) -> str:
    """A figure with its unit: "75%", "£14.30", "4 weeks", "1 week"."""
    if unit == "%":
        return percent(value)
    if unit == "£":
        return pounds(value)
    return f"{number(value)} {unit.removesuffix('s') if value == 1 else unit}".strip()


def plain(value: Decimal, unit: str) -> str:
    """A figure as in a list: with "%" or "£" where it has them, without any other unit."""
    return with_unit(value, unit if unit in ("%", "£") else "")


def band_of(target: Target, unit: str = "") -> Band | None:
    """The band of a target: 3,500 +/- 5 % is 3,325 to 3,675. None if the target states no figure.

    ``unit`` is "%", "£" or a word as :func:`unit_of` gives it; a target that names a share of its own is in "%".
    """
    unit = unit or unit_for(target.measure)
    value = target.value
    match target.type:
        case TargetType.AT_LEAST | TargetType.MORE_THAN if value is not None:
            return Band(value, None, f"{target.type.value} {with_unit(value, unit)}", target)
        case TargetType.AT_MOST | TargetType.LESS_THAN if value is not None:
            return Band(None, value, f"{target.type.value} {with_unit(value, unit)}", target)
        case TargetType.BAND | TargetType.TOLERANCE:
            lower, upper = edges_of(target)
            if lower is None and upper is None:
                return None
            return Band(lower, upper, _edges_text(lower, upper, unit), target)
        case _:
            return None


def in_order(lower: Decimal | None, upper: Decimal | None) -> tuple[Decimal | None, Decimal | None]:
    """Two edges with the lower one first: "90 to 80" is read as 80 to 90, and doubted."""
    return (upper, lower) if lower is not None and upper is not None and upper < lower else (lower, upper)


def edges_of(target: Target) -> tuple[Decimal | None, Decimal | None]:
    """The edges stated outright, else those that the tolerance makes; (None, None) without figures."""
    if target.type is TargetType.BAND and (target.lower is not None or target.upper is not None):
        return in_order(target.lower, target.upper)
    if target.value is None or target.tolerance is None:
        return in_order(target.lower, target.upper)
    points = target.margin is Margin.POINTS
    slack = target.tolerance if points else abs(target.value) * target.tolerance / 100
    return target.value - slack, target.value + slack


def _edges_text(lower: Decimal | None, upper: Decimal | None, unit: str) -> str:
    if lower is None or upper is None:
        edge = lower if lower is not None else upper
        return f"{'at least' if lower is not None else 'at most'} {with_unit(edge or Decimal(0), unit)}"
    if unit == "£":
        return f"{pounds(lower)} to {pounds(upper)}"
    return f"{number(lower)} to {with_unit(upper, unit)}"


def target_words(target: Target, unit: str = "") -> str:
    """The target as it was set: "3,500 ± 5%", "at least 75%, each quarter"; its own words where it has no figure."""
    each = f", each {LENGTHS[target.per].word}" if target.per in LENGTHS else ""
    if target.type is TargetType.TOLERANCE and target.value is not None and target.tolerance is not None:
        unit = unit or unit_for(target.measure)
        points = target.margin is Margin.POINTS
        slack = distance(target.tolerance, unit) if points else percent(target.tolerance)
        return f"{plain(target.value, unit)} ± {slack}{each}"
    band = band_of(target, unit)
    if band is not None:
        return band.text + each
    return target.as_stated or "Target without a figure"


def target_for(targets: Sequence[Target], day: date, kind: YearKind = FINANCIAL) -> Target | None:
    """The target that holds on a day, which is the last of the figure's period.

    The one that began last: from its own day, or with its year; of those for every year the first. One with a figure
    comes before one without.
    """
    return next(iter(targets_on(targets, day, kind)), None)


def targets_on(targets: Sequence[Target], day: date, kind: YearKind = FINANCIAL) -> list[Target]:
    """Every target that holds on a day, the one that counts first."""
    year = kind.of(day)

    def holds(target: Target) -> bool:
        began = target.since is None or target.since <= day
        return target.year in (None, year) and began and (target.until is None or day <= target.until)

    def order(target: Target) -> tuple[bool, int, bool]:
        begins = target.since or (kind.span(target.year).starts if target.year is not None else date.min)
        return band_of(target) is None, -begins.toordinal(), target.year is None

    return sorted(filter(holds, targets), key=order)


def miss_words(band: Band, value: Decimal, unit: str) -> str:
    """How a value lies to its band: "125 below the floor of 3,325", "3 points below the target of 75%"."""
    value = band.judged(value)
    miss = band.miss(value)
    edge = band.nearest_edge(value)
    name = "target" if band.point else "floor" if miss < 0 else "ceiling"
    if miss:
        return f"{distance(abs(miss), unit)} {'below' if miss < 0 else 'above'} the {name} of {with_unit(edge, unit)}"
    if not band.point:
        return f"within {band.text}"
    if not band.met(value):
        return f"{with_unit(value, unit)} is not {band.text}"
    side = "on" if value == edge else "above" if band.lower is not None else "below"
    return f"{side} the target of {with_unit(edge, unit)}"


def distance(value: Decimal, unit: str) -> str:
    """A difference between two figures: "125", "3 points" for percentages, "£3.71", "3 weeks".

    One that comes of a division is written to one decimal, to more where it would look like none.
    """
    if decimals_of(value) > EXACT:
        value = next((short for places in (1, 2, 3) if (short := rounded(value, places))), rounded(value, 4))
    if unit == "%":
        return f"{number(value)} {'point' if abs(value) == 1 else 'points'}"
    return with_unit(value, unit)


def measure_words(measure: Measure | None) -> str:
    """A measure with its article: "a mean", "a percentage within a time"."""
    if measure is None:
        return "of a kind that is not known"
    return measure.value if measure is Measure.MONEY else f"a {measure.value}"


def unlike_sentence(figure: Measure | None, target: Measure | None) -> str:
    """Why a figure and a target cannot be compared."""
    return f"{sentence_case('the figure is')} {measure_words(figure)}; the target is {measure_words(target)}."
