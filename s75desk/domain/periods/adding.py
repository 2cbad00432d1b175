"""How the figures of periods make the figure of a year, by what the KPI says of them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise
from statistics import median

from s75desk.domain.findings import Finding, Weight
from s75desk.domain.periods.flows import Stretch, Total, coverage, gap_findings, sum_over, without_overlap
from s75desk.domain.periods.kinds import adds_up, cumulative
from s75desk.domain.periods.span import Span
from s75desk.domain.periods.weeks import weeks_of
from s75desk.domain.records import Kpi
from s75desk.domain.records.kpi import Adding
from s75desk.domain.wording import date_long, list_words

RULES = {
    Adding.FLOW: "Figures that do not overlap, added up.",
    Adding.TO_DATE: "Each figure holds those before it, so the last one stands for the year so far.",
    Adding.POOLED: "n and N of the periods, each added up; n of N as a percentage.",
    Adding.MEAN: "The mean of the periods, each weighted by its N where all have one.",
    Adding.MEDIAN: "The median of the periods’ figures, which need not be the median of all cases.",
    Adding.STOCK: "The last count of the year.",
}
"""What was done, as the working says it. Distinct people and shares without n and N make no figure of a year."""


def total_of(kpi: Kpi, stretches: Sequence[Stretch], span: Span, explained: Sequence[Span] = ()) -> Total | None:
    """What the figures make of a year or another whole; None where they make nothing of it.

    ``explained`` are periods that say why they have no value.
    """
    days = weeks_of(kpi.period, [*stretches, *explained], span)
    weeks = None if days == span else days
    if kpi.adding is Adding.FLOW or cumulative(kpi):
        if not adds_up(kpi):
            return None
        return _last_so_far(stretches, span) if cumulative(kpi) else sum_over(stretches, span, explained, weeks)
    if kpi.adding in RULES:
        return _brought_together(kpi, kpi.adding, stretches, span, weeks, explained)
    return None


def _last_so_far(stretches: Sequence[Stretch], span: Span) -> Total | None:
    inside = [each for each in stretches if each.within(span)]
    if not inside:
        return None
    last = max(inside, key=lambda each: each.ends)
    covered, whole, unit = coverage([last], span)
    caption = f"{covered} of {whole} {unit}"
    return Total(span, Adding.TO_DATE, last.value, (last,), covered, whole, caption, tuple(_fallen(inside)))


def _fallen(stretches: Sequence[Stretch]) -> list[Finding]:
    """Figures of the year to date that are lower than the one before: then they hold something else."""
    ordered = sorted(stretches, key=lambda each: each.ends)
    fallen = [
        later.measurement
        for earlier, later in pairwise(ordered)
        if later.value < earlier.value and later.ends > earlier.ends
    ]
    if not fallen:
        return []
    text = "A figure of the year to date is lower than the one before: is it for its own period only?"
    return [Finding(Weight.DOUBT, "adding", text)]


def _brought_together(
    kpi: Kpi, adding: Adding, stretches: Sequence[Stretch], span: Span, weeks: Span | None, explained: Sequence[Span]
) -> Total | None:
    days = weeks or span
    inside = [each for each in stretches if each.within(days)]
    if adding is Adding.STOCK:
        return _last_count(inside, span)
    counted, left_out = without_overlap(inside)
    value = _value(kpi, adding, counted) if counted else None
    if value is None:
        return None
    found: list[Finding] = []
    if left_out:
        names = list_words(each.words for each in left_out)
        again = "lies within another figure and is" if len(left_out) == 1 else "lie within other figures and are"
        text = f"{names} {again} not counted again."
        found.append(Finding(Weight.NOTE, "", text))
    found += gap_findings(counted, span, days, explained)
    covered, whole, unit = coverage(counted, days)
    caption = f"{covered} of {whole} {unit}"
    return Total(span, adding, value, tuple(counted), covered, whole, caption, tuple(found), weeks)


def _last_count(inside: Sequence[Stretch], span: Span) -> Total | None:
    if not inside:
        return None
    last = max(inside, key=lambda each: each.ends)
    at_end = last.ends == span.ends
    return Total(span, Adding.STOCK, last.value, (last,), int(at_end), 1, f"on {date_long(last.ends)}", ())


def _value(kpi: Kpi, adding: Adding, counted: Sequence[Stretch]) -> Decimal | None:
    values = [each.value for each in counted]
    if adding is Adding.MEDIAN:
        return median(values)
    bases = [each.measurement.base for each in counted if each.measurement.base]
    weighted = len(bases) == len(values)
    if not weighted:
        return sum(values, Decimal(0)) / len(values) if adding is Adding.MEAN else None
    of = sum(bases, Decimal(0))
    counts = [each.measurement.n for each in counted if each.measurement.n is not None]
    if adding is Adding.POOLED and kpi.measure is not None and kpi.measure.proportion and len(counts) == len(values):
        return sum(counts, Decimal(0)) * 100 / of
    return sum((value * base for value, base in zip(values, bases, strict=True)), Decimal(0)) / of
