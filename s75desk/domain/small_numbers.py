"""Figures that count so few that they could point at a person, named before a paper with them is printed."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from s75desk.domain.no_value import SMALL, small
from s75desk.domain.parted import PartedTotal
from s75desk.domain.performance import KpiSheet
from s75desk.domain.records.kpi import Absent
from s75desk.domain.wording import list_words, number, plural

_NAMED = 3


def small_numbers(sheets: Iterable[KpiSheet], as_at: date, breakdowns: Collection[PartedTotal] = ()) -> tuple[str, ...]:
    """A warning for whoever prints these KPIs for the public, or none."""
    found: dict[str, int] = {}
    for sheet in sheets:
        figures = [each for each in sheet.measurements if each.ends is not None and each.ends <= as_at]
        count = sum(small(each, each.measure or sheet.kpi.measure) for each in figures)
        if count:
            found[sheet.kpi.title] = count
    printed = [each for each in breakdowns if each.breakdown.as_at is None or each.breakdown.as_at <= as_at]
    for each in printed:
        if count := _small_parts(each):
            found[each.breakdown.title] = found.get(each.breakdown.title, 0) + count
    open_to_all = [f"“{each.breakdown.title}”" for each in printed if _worked_out(each)]
    again = (
        (
            f"What was left out of {list_words(open_to_all)} can be worked out from the rest and the total. "
            "Leave out a second part too, or the total.",
        )
        if open_to_all
        else ()
    )
    if not found:
        return again
    titles = [f"“{title}”" for title in found]
    named = titles if len(titles) <= _NAMED else [*titles[:_NAMED], f"{number(len(titles) - _NAMED)} more"]
    count = sum(found.values())
    verb = "counts" if count == 1 else "count"
    text = f"{plural(count, 'figure')} {verb} fewer than {number(SMALL)}, in {list_words(named)}."
    return (f"{text} Before the public reads them, record them as <{number(SMALL)}.", *again)


def small_rows(count: int) -> tuple[str, ...]:
    """The same warning for a list of which so many rows have such a figure."""
    if not count:
        return ()
    verb = "counts" if count == 1 else "count"
    text = f"{plural(count, 'figure')} of this list {verb} fewer than {number(SMALL)}."
    return (f"{text} Before the public reads them, record them as <{number(SMALL)}.",)


def _worked_out(parted: PartedTotal) -> bool:
    """Whether what was left out follows from the rest: 30 = 27 + ?, or 28 = 20 + <5 + <5, which are 4 and 4."""
    hidden = [part for part in parted.parts if part.count is None and part.absent is not Absent.NIL]
    total = parted.breakdown.total
    if total is None or not hidden:
        return False
    rest = total - sum(part.count for part in parted.parts if part.count is not None)
    if all(part.absent is Absent.SUPPRESSED for part in hidden):
        few = all(part.below == SMALL for part in hidden)
        return len(hidden) == 1 or (few and rest in (len(hidden), len(hidden) * (SMALL - 1)))
    return len(hidden) == 1 and hidden[0].absent is None and 0 < rest < SMALL


def _small_parts(parted: PartedTotal) -> int:
    """How many counts of a breakdown are small, its total and base among them; money and percentages are no counts."""
    held = parted.breakdown
    if (held.unit or "").strip() in ("%", "£"):
        return 0
    counts = [held.total, held.base, *(part.count for part in parted.parts)]
    return sum(count is not None and 0 < count < SMALL for count in counts)
