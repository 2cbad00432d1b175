"""Unlike things side by side: measures of different kinds, points and bands, bases that moved, one period twice."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from s75desk.domain.findings import Question, Weight
from s75desk.domain.kpi_figures import base_drift, base_range, usable_figures, value_of
from s75desk.domain.performance import KpiSheet
from s75desk.domain.questions_slips import SLIP, above_all, target_slip, wrong_way
from s75desk.domain.questions_sums import sources_of
from s75desk.domain.records import Measurement, Target
from s75desk.domain.records.kpi import Better, Kpi, Measure, TargetType
from s75desk.domain.status import Shape
from s75desk.domain.targets import measure_words, plain, target_words, unit_for, unit_of, with_unit
from s75desk.domain.wording import (
    NOT_KNOWN,
    date_short,
    list_words,
    number,
    period_words,
    sentence_case,
    signed,
)
from s75desk.domain.working import Line, Working

TWICE = "same period twice"
KINDS_APART = "measure against target"
POINT = "point and band"
BASES = "different bases"
PERIODS = "periods in doubt"

_BAND_WORDS = re.compile(r"plus or minus|\+/-|±|\bbetween\b[^.]*\band\b", re.IGNORECASE)
_MILD_WORDS = re.compile(
    r"\b(slightly|just|only just|marginally)\s+(under|below|short of|over|above)\b[^.]*\btarget\b", re.IGNORECASE
)


# --- the same period twice ---------------------------------------------------------------------------------------


def same_period_twice(kpi: Kpi, measurements: Sequence[Measurement]) -> list[Question]:
    """Questions where one KPI has different figures for one period and scope: waits of 7 and 6 weeks, both current."""
    groups: dict[tuple[object, ...], list[Measurement]] = {}
    for measurement in measurements:
        if measurement.ends is None or value_of(measurement, kpi) is None:
            continue
        # A figure for a day may give that day as its start or leave it out.
        starts = measurement.starts or measurement.ends
        key = (starts, measurement.ends, _folded(measurement.scope), measurement.measure or kpi.measure)
        groups.setdefault(key, []).append(measurement)
    return [_twice(kpi, group) for group in groups.values() if len({value_of(each, kpi) for each in group}) > 1]


def _twice(kpi: Kpi, group: Sequence[Measurement]) -> Question:
    first = group[0]
    # The less favourable comes first: it is the one shown until one of them is withdrawn.
    group = sorted(group, key=lambda each: _unfavourable(each, kpi), reverse=True)
    unit = unit_for(first.measure or kpi.measure, kpi.unit)
    shown = [plain(value, unit) for each in group if (value := value_of(each, kpi)) is not None]
    when = period_words(first.starts, first.ends) if first.ends else NOT_KNOWN
    source = sources_of(*(each.cited for each in group))
    lines = tuple(
        Line(each.as_stated or when, value, each.cited, shape=Shape.DOUBT)
        for each, value in zip(group, shown, strict=True)
    )
    return Question(
        check=TWICE,
        title=f"The same period twice: {kpi.title}, {list_words(dict.fromkeys(shown))}",
        text=f"{when} is stated as {list_words(dict.fromkeys(shown))}; {shown[0]} is shown.",
        kind=kpi.KIND,
        uid=kpi.uid,
        source=source,
        working=Working(kpi.title, lines, "One period and scope has one figure.", source),
    )


def _unfavourable(measurement: Measurement, kpi: Kpi) -> Decimal:
    value = value_of(measurement, kpi) or Decimal(0)
    return -value if kpi.better is Better.MORE else value


# --- measures and targets ----------------------------------------------------------------------------------------


def measure_against_target(kpi: Kpi, targets: Sequence[Target], measurements: Sequence[Measurement]) -> list[Question]:
    """Questions where a figure stands against a target of another measure: a mean against a percentage within."""
    found = []
    for target in targets:
        aim = target.measure or kpi.measure
        unlike = [each for each in measurements if (each.measure or kpi.measure) is not aim]
        if aim is None or not unlike:
            continue
        latest = max(unlike, key=lambda each: each.ends or date.min)
        held = latest.measure or kpi.measure
        value = value_of(latest, kpi)
        shown = NOT_KNOWN if value is None else plain(value, unit_for(held, kpi.unit))
        lines = (
            Line("Figure", shown, measure_words(held), shape=Shape.DOUBT),
            Line("Target", target_words(target, unit_for(aim, kpi.unit)), measure_words(aim)),
        )
        text = f"{sentence_case(measure_words(held))} cannot be set against {measure_words(aim)}."
        if latest.as_stated:
            text += f" The paper gives “{latest.as_stated}”."
        found.append(
            Question(
                check=KINDS_APART,
                title=f"Unlike measures: {kpi.title}, {shown} against {target_words(target, unit_for(aim, kpi.unit))}",
                text=text,
                kind=kpi.KIND,
                uid=kpi.uid,
                source=sources_of(latest.cited, target.cited),
                working=Working(kpi.title, lines, "Only figures of one kind are compared.", target.cited),
            )
        )
    return found


def point_where_band(kpi: Kpi, target: Target) -> Question | None:
    """A question when a target is recorded as a point while its own words make it a band: 3,500 plus or minus 5%."""
    if target.type not in (TargetType.AT_LEAST, TargetType.AT_MOST) or not target.as_stated:
        return None
    if not _BAND_WORDS.search(target.as_stated):
        return None
    recorded = target_words(target, unit_for(target.measure or kpi.measure, kpi.unit))
    lines = (Line("As stated", target.as_stated, target.cited), Line("As recorded", recorded, shape=Shape.DOUBT))
    return Question(
        check=POINT,
        title=f"A point where there is a band: {kpi.title}",
        text=f"The paper says “{target.as_stated}”; recorded is {recorded}.",
        kind=target.KIND,
        uid=target.uid,
        source=target.cited,
        working=Working(kpi.title, lines, "A band has two edges; within them is on target.", target.cited),
    )


def more_than_all(kpi: Kpi, measurement: Measurement) -> Question | None:
    """A question when more are counted than there are: 10,450 of 10,000."""
    n, base, text = measurement.n, measurement.base, above_all(measurement)
    if n is None or base is None or not text:
        return None
    lines = (Line("n", number(n), measurement.cited, shape=Shape.DOUBT), Line("N", number(base), measurement.cited))
    working = Working(kpi.title, lines, "n is a part of N.", measurement.cited)
    title = f"More than there are: {kpi.title}"
    return Question(BASES, title, text, measurement.KIND, measurement.uid, measurement.cited, working)


def hundredth(kpi: Kpi, target: Target) -> Question | None:
    """A question when a share is to be at least 0.95%: it may be 95%."""
    text = target_slip(kpi, target)
    if not text:
        return None
    lines = (Line("Target", target_words(target, "%"), target.cited, shape=Shape.DOUBT),)
    working = Working(kpi.title, lines, "A spreadsheet shows 95% and may give 0.95.", target.cited)
    return Question(SLIP, f"{text} {kpi.title}", text, target.KIND, target.uid, target.cited, working)


def against_better(kpi: Kpi, target: Target) -> Question | None:
    """A question when a target asks for at least so many where less is better."""
    text = wrong_way(kpi, target)
    if not text:
        return None
    aim = target_words(target, unit_of(kpi))
    lines = (
        Line("Target", aim, target.cited, shape=Shape.DOUBT),
        Line("Better", kpi.better.word if kpi.better else ""),
    )
    working = Working(kpi.title, lines, "A target asks for what is better.", target.cited)
    return Question(POINT, f"Which way is better? {kpi.title}", text, target.KIND, target.uid, target.cited, working)


_OF_PERIODS = {"starts": "Of which period?", "adding": "Of the year to date?", "since": "Across two targets:"}
"""By the field that a doubt of the KPI's state stands beside: what is asked."""


def doubtful_periods(sheet: KpiSheet) -> list[Question]:
    """Questions about periods: without a first day, of the year to date perhaps, or across a change of the target."""
    kpi = sheet.kpi
    found = []
    for finding in sheet.state.findings:
        if finding.weight is Weight.DOUBT and finding.field in _OF_PERIODS:
            lines = (Line("Latest", sheet.state.latest.text, sheet.state.latest_caption, shape=Shape.DOUBT),)
            working = Working(kpi.title, lines, "A figure counts in the period that it is of.", kpi.cited)
            title = f"{_OF_PERIODS[finding.field]} {kpi.title}"
            found.append(Question(PERIODS, title, finding.text, kpi.KIND, kpi.uid, kpi.cited, working, (finding.text,)))
    return found


def edges_crossed(kpi: Kpi, target: Target) -> Question | None:
    """A question when the lower edge of a target is above the upper one; it is read the other way round."""
    if target.lower is None or target.upper is None or target.lower <= target.upper:
        return None
    unit = unit_for(target.measure or kpi.measure, kpi.unit)
    lower, upper = with_unit(target.lower, unit), with_unit(target.upper, unit)
    lines = (Line("Lower edge", lower, target.cited, shape=Shape.DOUBT), Line("Upper edge", upper, target.cited))
    title = f"Edges of a target crossed: {kpi.title}"
    text = f"The lower edge, {lower}, is above the upper one, {upper}. Figures are judged as if it were the other way."
    working = Working(kpi.title, lines, "The lower edge is the lower one.", target.cited)
    return Question(POINT, title, text, target.KIND, target.uid, target.cited, working)


def called_mild(sheet: KpiSheet) -> Question | None:
    """A question when words set a figure against a band's point: "slightly under the target" while below the floor."""
    band, against = sheet.state.band, sheet.state.against
    if band is None or band.point or against is None or sheet.state.status.shape is not Shape.ALERT:
        return None
    for measurement in reversed(sheet.measurements):
        words = _MILD_WORDS.search(f"{measurement.as_stated or ''} {measurement.comment or ''}")
        if words is not None:
            lines = (
                Line("In words", f"“{words[0]}”", measurement.cited, shape=Shape.DOUBT),
                Line("Band", band.text, band.target.cited),
                *(against.working.lines if against.working else ()),
            )
            return Question(
                check=POINT,
                title=f"A band read as a point: {sheet.kpi.title}, {sheet.state.judged.text} against {band.text}",
                text=f"The paper says “{words[0]}”. {sheet.state.status.sentence}",
                kind=sheet.kpi.KIND,
                uid=sheet.kpi.uid,
                source=measurement.cited,
                working=Working(sheet.kpi.title, lines, "Within the band is on target.", measurement.cited),
            )
    return None


# --- bases -------------------------------------------------------------------------------------------------------


def moved_base(kpi: Kpi, measurements: Sequence[Measurement], today: date = date.max) -> Question | None:
    """A question when the last two percentages are of bases that moved too far: 805 and 666."""
    points = usable_figures(kpi, measurements, today).points
    if len(points) < 2:
        return None
    latest = points[-1]
    previous = next((point for point in reversed(points) if point.ends < latest.ends), None)
    drift = base_drift(latest, previous) if previous is not None else None
    if drift is None or previous is None:
        return None
    lines = []
    for point in (previous, latest):
        bases = base_range(point)
        base = NOT_KNOWN if bases is None else "–".join(dict.fromkeys(number(edge) for edge in bases))
        lines.append(Line(point.caption, plain(point.value, "%") if point.measurement.value else "n ÷ N", f"of {base}"))
    source = sources_of(previous.measurement.cited, latest.measurement.cited)
    return Question(
        check=BASES,
        title=f"Compared on different bases: {kpi.title}",
        text=drift.text,
        kind=kpi.KIND,
        uid=kpi.uid,
        source=source,
        working=Working(kpi.title, tuple(lines), "A change in a percentage means little where its base moved.", source),
    )


def moved_scope(kpi: Kpi, measurements: Sequence[Measurement]) -> Question | None:
    """A question when one figure follows several that were split by scope: a change then depends on the base.

    R2: 18,703 hours follow 2,000 of the CCG and 16,000 of the council: +3.9% on both, +16.9% on the council's alone.
    """
    dated = [
        (each.ends, value, each) for each in measurements if each.ends and (value := value_of(each, kpi)) is not None
    ]
    if kpi.measure not in (Measure.COUNT, Measure.MONEY) or not dated:
        return None
    dated.sort(key=lambda entry: entry[0])
    last_end, now, latest = dated[-1]
    previous_end = max((end for end, _, _ in dated if end < last_end), default=None)
    before = [(value, each) for end, value, each in dated if end == previous_end]
    scopes = {_folded(each.scope) for _, each in before}
    if len(scopes) < 2 or "" in scopes or not latest.scope or _folded(latest.scope) in scopes:
        return None
    unit = unit_of(kpi)
    together = sum((value for value, _ in before), Decimal(0))
    largest, main = max(before, key=lambda entry: entry[0])
    if not largest:
        return None
    names = list_words(f"“{each.scope}”" for _, each in before)
    on_all, on_main = _change(now, together), _change(now, largest)
    lines = (
        *(
            Line(f"{each.scope}, {date_short(previous_end)}", plain(value, unit), each.cited)
            for value, each in before
            if previous_end
        ),
        Line("Together", plain(together, unit)),
        Line(f"{latest.scope}, {date_short(last_end)}", plain(now, unit), latest.cited, shape=Shape.DOUBT),
        Line("Change on all of them", on_all, result=True),
        Line(f"Change on {main.scope} alone", on_main, result=True),
    )
    source = sources_of(*(each.cited for _, each in before), latest.cited)
    return Question(
        check=BASES,
        title=f"Not like for like: {kpi.title}",
        text=f"The latest figure is for “{latest.scope}”, the earlier ones for {names}: {on_all} on all of them, "
        f"{on_main} on “{main.scope}” alone.",
        kind=kpi.KIND,
        uid=kpi.uid,
        source=source,
        working=Working(kpi.title, lines, "Only figures of one scope are compared.", source),
    )


def _folded(scope: str | None) -> str:
    return " ".join((scope or "").casefold().split())


def _change(now: Decimal, before: Decimal) -> str:
    return f"{signed((now - before) * 100 / before, 1)}%"
