"""What is said of a KPI whose latest figure has no value, and of targets that contradict or leave off."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal

from s75desk.domain.findings import Finding, Weight
from s75desk.domain.kpi_figures import Dated, Gap, Point
from s75desk.domain.periods.kinds import year_kind
from s75desk.domain.periods.span import DAY, Span
from s75desk.domain.records import Kpi, Target
from s75desk.domain.records.kpi import Absent, Measure
from s75desk.domain.status import Shape, Status
from s75desk.domain.targets import (
    Band,
    band_of,
    miss_words,
    target_for,
    target_words,
    targets_on,
    unit_of,
    unlike_sentence,
)
from s75desk.domain.wording import NOT_KNOWN, date_long, list_words
from s75desk.domain.working import Known

NO_TARGET = "No target"

_HUNDRED = Decimal(100)
_THOUSANDTH = Decimal("0.001")


def gap_status(gap: Gap, kpi: Kpi, band: Band | None, unit: str, sentence: Callable[[str], str]) -> Status:
    """A figure without a value judged as what it is: "<5" meets "at most 10"; what cannot be told says so."""
    words = f"{gap.words(unit)} {gap.when}"
    word = gap.why.word
    if band is None or gap.why is not Absent.SUPPRESSED:
        return Status(Shape.UNKNOWN, word, sentence(f"{words}: {_MEANS[gap.why]}."))
    met = band.met_between(*range_of(gap, kpi))
    if met is None:
        return Status(Shape.UNKNOWN, word, sentence(f"{words}: it cannot be told whether that is {band.text}."))
    if met:
        return Status(Shape.GOOD, "On target", sentence(f"{words}: whatever it is, it is {band.text}."))
    return Status(Shape.ALERT, "Off target", sentence(f"{words}: whatever it is, it is not {band.text}."))


def judged_status(
    band: Band, value: Decimal, unit: str, subject: str, sentence: Callable[[str], str], known: Known
) -> Status:
    """A value against its target: what is only about the edge itself may lie on either side of it."""
    if known is Known.ABOUT and value in (band.lower, band.upper):
        text = f"{subject}: as it is approximate, it cannot be told whether that is {band.text}."
        return Status(Shape.UNKNOWN, NOT_KNOWN, sentence(text))
    words = sentence(f"{subject}: {miss_words(band, value, unit)}.")
    if band.met(value):
        return Status(Shape.GOOD, "On target", words)
    near = band.near(value)
    return Status(Shape.WATCH if near else Shape.ALERT, "Near target" if near else "Off target", words)


_MEANS = {
    Absent.SUPPRESSED: "the figure is not given, as it is small",
    Absent.NIL: "there is no figure to set against a target",
    Absent.NOT_APPLICABLE: "there is nothing to judge",
    Absent.AWAITED: "the figure is still to come",
    Absent.REFUSED: "the figure was refused",
    Absent.NOT_DUE: "no figure is asked for",
    Absent.UNAVAILABLE: "there is no such figure",
}


def range_of(gap: Gap, kpi: Kpi) -> tuple[Decimal, Decimal | None]:
    """The least and the most that a suppressed figure can be; whole numbers of what is counted."""
    step = Decimal(1) if kpi.measure is Measure.COUNT else _THOUSANDTH
    above, below = gap.measurement.above, gap.measurement.below
    share = kpi.measure is not None and kpi.measure.proportion
    high = below - step if below is not None else _HUNDRED if share else None
    return (above + step if above is not None else Decimal(0)), high


def waiting_sentence(gaps: Sequence[Gap], latest: Point | Gap | None) -> str:
    """Say "March 2026 is awaited." of periods after the latest figure that are still to come."""
    later = [gap for gap in gaps if gap.why is Absent.AWAITED and (latest is None or gap.ends > latest.ends)]
    names = list(dict.fromkeys(gap.caption for gap in later))
    return f"{list_words(names)} {'is' if len(names) == 1 else 'are'} awaited." if names else ""


def target_findings(kpi: Kpi, targets: Sequence[Target], target: Target | None, day: date) -> list[Finding]:
    """Targets of another measure, several for one time, and none where there is one for another year."""
    years = year_kind(kpi)
    year = years.words(years.of(day))
    if target is None:
        text = f"No target for {year}; there is one for another year."
        return [Finding(Weight.NOTE, "target", text)] if targets else []
    found = []
    if target.measure not in (None, kpi.measure):
        found.append(Finding(Weight.DOUBT, "target", unlike_sentence(kpi.measure, target.measure)))
    unit = unit_of(kpi)
    used = target_words(target, unit)
    rivals = [each for each in targets_on(targets, day, years) if _scope(each) == _scope(target)]
    words = {target_words(each, unit) for each in rivals} - {used}
    if words:
        when = year if target.year is not None else "every year"
        text = f"More than one target for {when}: {used} is used, not {', '.join(sorted(words))}."
        found.append(Finding(Weight.DOUBT, "target", text))
    return found


def crossing_findings(
    kpi: Kpi, targets: Sequence[Target], target: Target | None, judged: Span | Dated | None
) -> list[Finding]:
    """A doubt where the period of what is judged begins under one target and ends under another."""
    if target is None or judged is None or judged.starts is None or judged.starts >= judged.ends:
        return []
    span = Span(judged.starts, judged.ends)
    unit, years = unit_of(kpi), year_kind(kpi)
    days = [target.since] if target.since is not None else []
    days += [years.span(target.year).starts] if target.year is not None else []
    begins = max(days, default=None)
    if begins is None or not span.starts < begins <= span.ends:
        return []
    earlier = target_for(targets, begins - DAY, years)
    if earlier is None or band_of(earlier, unit) is None:
        text = f"Its period, {span.words}, begins before the target does, on {date_long(begins)}."
    elif (before := target_words(earlier, unit)) != (after := target_words(target, unit)):
        text = f"Its period, {span.words}, crosses two targets: {before} until {date_long(begins - DAY)}, then {after}."
    else:
        return []
    return [Finding(Weight.DOUBT, "since", text)]


def _scope(target: Target) -> tuple[object, ...]:
    return target.year, target.since, target.per, target.measure
