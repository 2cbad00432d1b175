"""Checks of KPIs, their targets, figures and returns, and of totals published with their parts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from s75desk.domain.findings import Finding, Fix, Weight
from s75desk.domain.kpi_figures import base_drift, usable_figures, value_of
from s75desk.domain.months import month_length
from s75desk.domain.no_value import absent_words, why_absent
from s75desk.domain.periods.flows import Stretch
from s75desk.domain.periods.kinds import adds_up, cumulative, own_dates, year_kind
from s75desk.domain.periods.years import FINANCIAL
from s75desk.domain.proportions import decimals_of, fits, implied_range
from s75desk.domain.questions_measures import point_where_band
from s75desk.domain.questions_slips import above_all, slip_finding, target_slip, wrong_way
from s75desk.domain.questions_sums import implied_base, parts_and_total, percentages_sum, worked_share
from s75desk.domain.records import Agreement, Breakdown, Kpi, KpiReturn, Measurement, Part, Record, Target
from s75desk.domain.records.kpi import Adding, Measure, Period, TargetType, YearFrom
from s75desk.domain.surroundings import Surroundings, doubt, fault, note, use
from s75desk.domain.targets import POINTS, band_of, plain, target_words, unit_for, unit_of, unlike_sentence
from s75desk.domain.wording import MONTHS, date_long, number, percent, period_words, rounded

_HUNDRED = Decimal(100)


def kpi_findings(kpi: Kpi, around: Surroundings) -> list[Finding]:
    """Definitions that cannot be worked with as they stand."""
    found = []
    if kpi.adding is Adding.FLOW and kpi.measure not in (None, Measure.COUNT, Measure.MONEY):
        text = "Shares, means and extremes of periods do not add up."
        found.append(doubt("adding", text, use(kpi, "adding", Adding.AVERAGE)))
    agreement = around.owner if isinstance(around.owner, Agreement) else None
    starts = agreement.starts if agreement else None
    if starts is not None and kpi.year_from is None and starts.day == 1 and starts.month != FINANCIAL.month:
        month = MONTHS[starts.month - 1]
        fix = use(kpi, "year_from", YearFrom[month.upper()])
        found.append(Finding(Weight.NOTE, "year_from", f"The agreement’s own years begin in {month}.", fix))
    if kpi.period is Period.NAMED and not own_dates(kpi):
        found.append(doubt("own_dates", "On which days do its periods end? For instance 24 Jun, 31 Oct, 31 Mar."))
    if kpi.measure is Measure.PERCENT_WITHIN:
        if kpi.limit_days is None:
            found.append(doubt("limit_days", "Within how many days?"))
        if kpi.clock is None:
            found.append(doubt("clock", "Calendar or working days? Over a weekend they differ."))
    if kpi.adding is Adding.DISTINCT:
        found.append(note("adding", "Such figures are never summed and never carried on to a year."))
    return found


# --- targets -----------------------------------------------------------------------------------------------------


def target_findings(target: Target, around: Surroundings) -> list[Finding]:
    """Edges the wrong way round, figures that the type does not use, and the band that follows."""
    kpi = around.owner if isinstance(around.owner, Kpi) else None
    measure = target.measure or (kpi.measure if kpi else None)
    unit = unit_for(measure, kpi.unit if kpi else "")
    found = _edge_findings(target)
    if any(finding.weight.value == "fault" for finding in found):
        return found
    band = band_of(target, unit)
    if band is None and target.type is not None:
        found.append(doubt(_figure_field(target), "Without this figure nothing can be on target or off it."))
    elif band is not None and not band.point:
        found.append(note(_figure_field(target), f"On target: {band.text}."))
    if measure is not None and measure.proportion and (target.value or Decimal(0)) > _HUNDRED:
        found.append(doubt("value", "More than 100%."))
    if kpi is not None:
        found += _against_kpi(target, kpi)
        if (slip := target_slip(kpi, target)) and target.value is not None:
            found.append(doubt("value", slip, use(target, "value", target.value * _HUNDRED)))
    same = [other for other in around.others(Target) if (other.year, other.since, other.per) == _when(target)]
    rival = next((other for other in same if other.until is None or target.until is None), None)
    if rival is not None and target_words(rival, unit) != target_words(target, unit):
        years = year_kind(kpi) if kpi else FINANCIAL
        year = "every year" if target.year is None else years.words(target.year)
        found.append(doubt("year", f"There is already a target for {year}: {target_words(rival, unit)}."))
    return found


def _when(target: Target) -> tuple[object, ...]:
    return target.year, target.since, target.per


def _edge_findings(target: Target) -> list[Finding]:
    found = []
    if target.lower is not None and target.upper is not None and target.upper < target.lower:
        found.append(doubt("upper", f"This is below the lower edge, {number(target.lower)}."))
    point = target.type in POINTS
    if target.since is not None and target.until is not None and target.until < target.since:
        found.append(doubt("until", f"This is before the day it holds from, {date_long(target.since)}."))
    if point and target.tolerance is not None:
        text = f"A tolerance is read only with “{TargetType.TOLERANCE.value}”."
        found.append(doubt("tolerance", text, use(target, "type", TargetType.TOLERANCE)))
    if point and (target.lower is not None or target.upper is not None):
        field = "lower" if target.lower is not None else "upper"
        found.append(doubt(field, f"Edges are read only with “{TargetType.BAND.value}”."))
    return found


def _figure_field(target: Target) -> str:
    """The field that a target of this type cannot do without and has not got, or the last one it has."""
    if target.type is TargetType.BAND:
        return "upper" if target.lower is not None else "lower"
    if target.type is TargetType.TOLERANCE and target.value is not None:
        return "tolerance"
    return "value"


def _against_kpi(target: Target, kpi: Kpi) -> list[Finding]:
    found = []
    if target.measure is not None and target.measure is not kpi.measure:
        found.append(doubt("measure", f"{unlike_sentence(kpi.measure, target.measure)} They will not be compared."))
    if text := wrong_way(kpi, target):
        found.append(doubt("type", text))
    if point_where_band(kpi, target) is not None:
        text = "The words as stated make it a band, not a point."
        found.append(doubt("type", text, use(target, "type", TargetType.TOLERANCE)))
    return found


# --- figures -----------------------------------------------------------------------------------------------------


def measurement_findings(measurement: Measurement, around: Surroundings) -> list[Finding]:
    """Set n and N against each other and against the value, and the figure beside those already recorded."""
    kpi = around.owner if isinstance(around.owner, Kpi) else None
    measure = measurement.measure or (kpi.measure if kpi else None)
    found = _n_and_base(measurement, measure)
    if measure is not None and measure.proportion:
        found += _share_findings(measurement)
    if kpi is not None and measurement.measure not in (None, kpi.measure):
        text = (
            f"This KPI is {kpi.measure.value if kpi.measure else 'of no kind yet'}; figures of another kind are kept "
        )
        found.append(doubt("measure", text + "and not compared."))
    if kpi is not None:
        found += _beside_others(measurement, kpi, around)
    return found


def _n_and_base(measurement: Measurement, measure: Measure | None) -> list[Finding]:
    n, base = measurement.n, measurement.base
    found = []
    if n is not None and n < 0:
        found.append(fault("n", "At least 0."))
    if base is not None and base < 0:
        found.append(fault("base", "At least 0."))
    elif base == 0 and measure is not None and measure.proportion:
        found.append(doubt("base", "Of none there is no share."))
    elif n is not None and base is not None and n > base:
        found.append(doubt("n", f"{above_all(measurement)} Is it so in the paper?"))
    return found


def _share_findings(measurement: Measurement) -> list[Finding]:
    n, base, value = measurement.n, measurement.base, measurement.value
    if value is not None and value < 0:
        return [fault("value", "A share is at least 0%.")]
    above = value is not None and value > _HUNDRED
    found = [doubt("value", "More than 100%.")] if above else []
    if n is None or n < 0 or (above and not (base and value is not None and fits(n, base, value))):
        return found
    if base is not None and base > 0:
        share = n * 100 / base
        worked = f"{number(n)} of {number(base)} is {percent(share, 1)}."
        if value is None or fits(n, base, value):
            return [*found, note("base", worked)]
        corrected = rounded(share, max(1, decimals_of(value)))
        fix = Fix(f"Use {percent(corrected)}", "value", number(corrected))
        return [doubt("value", f"{worked_share(n, base, value)}.", fix)]
    if base is None and value is not None and (implied := implied_range(n, value)) is not None:
        low, high = implied
        bases = number(low) if low == high else f"{number(low)} to {number(high)}"
        found.append(note("base", f"{number(n)} at {percent(value)} implies a base of {bases}."))
    return found


def _beside_others(measurement: Measurement, kpi: Kpi, around: Surroundings) -> list[Finding]:
    ends, value = measurement.ends, value_of(measurement, kpi)
    if ends is None:
        return []
    why = why_absent(measurement, measurement.measure or kpi.measure)
    if why is not None and measurement.value is not None:
        text = f"It is recorded as {why.value}, so that the value is not used. Leave one of the two empty."
        return [doubt("absent", text, Fix(f"Use {number(measurement.value)}", "absent", ""))]
    if value is None and why is not None:
        return [
            note("absent", f"{absent_words(measurement, why, unit_of(kpi))}: kept as {why.value}, and not as nought.")
        ]
    if value is None:
        return [note("value", "Not known: it is kept, and counts as nothing.")]
    others = [each for each in around.others(Measurement) if each.ends is not None]
    unit = unit_of(kpi)
    for other in others:
        held = value_of(other, kpi)
        if held is None or held == value or not _one_period(measurement, other):
            continue
        when = period_words(measurement.starts, ends)
        return [
            doubt("value", f"Already recorded for {when}: {plain(held, unit)}. Withdraw one, or give each its scope.")
        ]
    usable = usable_figures(kpi, [*others, measurement], max(around.today, ends)).points
    own = next((point for point in usable if point.measurement is measurement), None)
    if own is None:
        return []
    slip = slip_finding(kpi, around.others(Target), [*others, measurement], measurement)
    if slip is not None:
        return [slip]
    if own.open:
        return [_first_day(measurement, kpi, ends)]
    before = [point for point in usable if point.ends < own.ends]
    drift = base_drift(own, before[-1]) if before and kpi.measure is not None and kpi.measure.proportion else None
    found = [drift] if drift is not None else []
    if adds_up(kpi) and not cumulative(kpi) and own.stretch is not None:
        found += _overlap(own.stretch, [point.stretch for point in usable if point is not own and point.stretch])
    return found


def _first_day(measurement: Measurement, kpi: Kpi, ends: date) -> Finding:
    """A doubt about a figure of a period that has only its end, with the end of the month where that was meant."""
    text = "From which day? With only its end it is in no total."
    if kpi.period is Period.FOUR_FOUR_FIVE:
        text = "Four weeks or five? Give the first day; without it the figure is in no total."
    last = ends.replace(day=month_length(ends.year, ends.month))
    monthly = kpi.period in (Period.MONTH, Period.QUARTER, Period.HALF, Period.YEAR)
    return doubt("starts", text, use(measurement, "ends", last) if monthly and ends.day == 1 else None)


def _one_period(one: Measurement, other: Measurement) -> bool:
    periods = [
        (each.starts or each.ends, each.ends, (each.scope or "").casefold(), each.measure) for each in (one, other)
    ]
    return periods[0] == periods[1]


def _overlap(own: Stretch, others: Iterable[Stretch | None]) -> list[Finding]:
    for other in others:
        if other is not None and own.overlaps(other):
            inside = own.within(other) or other.within(own)
            if inside:
                return [note("starts", f"Overlaps {other.words}; no day is counted twice.")]
            return [doubt("starts", f"Overlaps {other.words} in part; only the longer of the two can be counted.")]
    return []


def return_findings(entry: KpiReturn, around: Surroundings) -> list[Finding]:
    """A return that came before its period was over, or late."""
    if entry.received is not None and entry.ends is not None and entry.received < entry.ends:
        return [doubt("received", "This is before the end of the period it reports.")]
    if entry.received is not None and entry.due is not None and entry.received > entry.due:
        return [note("received", f"{(entry.received - entry.due).days} days after it was due.")]
    return []


# --- totals with parts -------------------------------------------------------------------------------------------


def breakdown_findings(breakdown: Breakdown, around: Surroundings) -> list[Finding]:
    """The sum of the parts against the total, and the percentages against their base."""
    return _sum_findings(breakdown, around.others(Part), ("total", "base", ""))


def part_findings(part: Part, around: Surroundings) -> list[Finding]:
    """What the parts make together with this one."""
    if part.percent is not None and not 0 <= part.percent <= _HUNDRED:
        return [doubt("percent", "A part is between 0% and 100%.")]
    if not isinstance(around.owner, Breakdown):
        return []
    parts = sorted((*around.others(Part), part), key=lambda each: (each.number is None, each.number or 0))
    return _sum_findings(around.owner, parts, ("count", "percent", "percent"))


def _sum_findings(breakdown: Breakdown, parts: list[Part], fields: tuple[str, str, str]) -> list[Finding]:
    questions = (
        parts_and_total(breakdown, parts),
        implied_base(breakdown, parts),
        percentages_sum(breakdown, parts),
    )
    return [
        doubt(field, question.text) for field, question in zip(fields, questions, strict=True) if question is not None
    ]


CHECKS: Mapping[type[Record], Callable[[Any, Surroundings], Iterable[Finding]]] = {
    Kpi: kpi_findings,
    Target: target_findings,
    Measurement: measurement_findings,
    KpiReturn: return_findings,
    Breakdown: breakdown_findings,
    Part: part_findings,
}
