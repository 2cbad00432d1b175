"""One thing said in two ways: contradictions that a reader saw, those that a rule can see, two counts of one thing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from s75desk.domain.findings import Question
from s75desk.domain.kpi_figures import value_of
from s75desk.domain.performance import KpiSheet
from s75desk.domain.questions_sums import sources_of
from s75desk.domain.records import Breakdown, Contradiction, Extension, Measurement, Target
from s75desk.domain.records.kpi import Kpi, Measure
from s75desk.domain.status import Shape
from s75desk.domain.wording import date_long, number
from s75desk.domain.working import Line, Working

SAID = "said in two ways"


def contradiction(record: Contradiction) -> Question:
    """A contradiction that somebody recorded, as a doubt."""
    lines = (
        Line("It says", record.one, record.one_at or "", shape=Shape.DOUBT),
        Line("And", record.other, record.other_at or "", shape=Shape.DOUBT),
    )
    return Question(
        check=SAID,
        title=record.title,
        text=f"{_placed(record.one, record.one_at)}; {_placed(record.other, record.other_at)}.",
        kind=record.KIND,
        uid=record.uid,
        source=record.cited,
        working=Working(record.title, lines, "One thing is said in one way.", record.cited),
    )


def same_number_twice(extensions: Sequence[Extension]) -> list[Question]:
    """A question for each option to extend whose number another one has already."""
    first: dict[int, Extension] = {}
    found = []
    for each in extensions:
        other = first.setdefault(each.number, each) if each.number is not None else each
        if other is each:
            continue
        length, other_length = (str(one.length) if one.length else "length not known" for one in (each, other))
        lines = (
            Line(other.heading, other_length, other.cited),
            Line(each.heading, length, each.cited, shape=Shape.DOUBT),
        )
        title = f"Two options of one number: {each.heading}"
        text = f"One is of {other_length}, the other of {length}; both stand in the term, one after the other."
        working = Working(title, lines, "Options to extend are numbered in their order.", each.cited)
        found.append(Question(SAID, title, text, each.KIND, each.uid, each.cited, working))
    return found


def two_totals(totals: Sequence[Breakdown]) -> list[Question]:
    """A question for each breakdown of one title and one day that states another total than one before it."""
    groups: dict[tuple[object, ...], list[Breakdown]] = {}
    for each in totals:
        if each.total is not None and not each.about:
            key = (_folded(each.title), each.as_at, _folded(each.unit), each.agreement, each.kpi)
            groups.setdefault(key, []).append(each)
    return [
        _two_counts(each, each.title, each.as_at, _total(group[0]), _total(each))
        for group in groups.values()
        for each in group[1:]
        if each.total != group[0].total
    ]


def total_and_figure(kpi: Kpi, measurements: Sequence[Measurement], totals: Sequence[Breakdown]) -> list[Question]:
    """A question for each breakdown of a KPI that states another count than the figure of the same day.

    A figure that is a count is held against the total, one of n and N by its N against what the percentages are of.
    """
    found = []
    for total in totals:
        for each in measurements:
            if each.ends is None or each.ends != total.as_at or each.scope or each.about or total.about:
                continue
            measure = each.measure or kpi.measure
            if measure is Measure.COUNT and (not total.unit or _folded(total.unit) == _folded(kpi.unit)):
                figure, stated, what = value_of(each, kpi), total.total, "Total, as stated"
            else:
                figure, stated, what = each.base, total.base, "Base, as stated"
            if figure is not None and stated is not None and figure != stated:
                one = (f"Figure of {kpi.title}", figure, each.cited)
                found.append(_two_counts(total, kpi.title, each.ends, one, (what, stated, total.cited)))
    return found


def two_figures(sheets: Sequence[KpiSheet]) -> list[Question]:
    """A question for each KPI that has the title of another of the agreement and another figure for one period."""
    first: dict[tuple[object, ...], tuple[Kpi, Measurement]] = {}
    found = []
    for sheet in sheets:
        kpi = sheet.kpi
        for each in sheet.measurements:
            measure, value = each.measure or kpi.measure, value_of(each, kpi)
            # A share may be rounded here and worked out there: only what is counted is held against each other.
            if each.ends is None or each.about or value is None or measure not in (Measure.COUNT, Measure.MONEY):
                continue
            key = (_folded(kpi.title), kpi.provider, measure, _folded(kpi.unit), each.starts)
            other, figure = first.setdefault((*key, each.ends, _folded(each.scope)), (kpi, each))
            held = value_of(figure, other)
            if other.uid != kpi.uid and held is not None and held != value:
                one, two = (other.title, held, figure.cited), (kpi.title, value, each.cited)
                found.append(_two_counts(kpi, kpi.title, each.ends, one, two))
    return found


_Count = tuple[str, Decimal, str]
"""What states it, how many, and where."""


def _total(breakdown: Breakdown) -> _Count:
    return breakdown.title, breakdown.total or Decimal(0), breakdown.cited


def _two_counts(record: Breakdown | Kpi, title: str, day: date | None, one: _Count, other: _Count) -> Question:
    lines = tuple(Line(what, number(count), cited, shape=Shape.DOUBT) for what, count, cited in (one, other))
    when = f" on {date_long(day)}" if day else ""
    source = sources_of(one[2], other[2])
    return Question(
        check=SAID,
        title=f"Two counts of one thing: {title}, {number(one[1])} and {number(other[1])}",
        text=f"{number(one[1])} and {number(other[1])} are both stated{when}.",
        kind=record.KIND,
        uid=record.uid,
        source=source,
        working=Working(title, lines, "One thing has one count on one day.", source),
    )


def _folded(words: str | None) -> str:
    return " ".join((words or "").casefold().split())


def _placed(words: str, where: str | None) -> str:
    return words.strip().rstrip(".") + (f" ({where})" if where else "")


_DAYS = re.compile(
    r"\b(?P<count>\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten)\s+(?P<clock>working|calendar|business)?\s*days?\b",
    re.IGNORECASE,
)
_COUNTS = dict(zip("one two three four five six seven eight nine ten".split(), range(1, 11), strict=True))
_WIDER = re.compile(
    r"\bor\s+(?:(?:(?:are|is|currently)\s+)+(?P<also>\w+ing)|(?P<bare>studying|undertaking|enrolled|registered|booked))\b",
    re.IGNORECASE,
)


def two_clocks(kpi: Kpi, targets: Sequence[Target], measurements: Sequence[Measurement]) -> Question | None:
    """A question when one limit is said in working days here and in days there: over a weekend they differ."""
    said = _all_said(kpi, targets, measurements)
    clocks: dict[int, dict[bool, tuple[str, str]]] = {}
    for words, cited in said:
        for found in _DAYS.finditer(words):
            count = _COUNTS.get(found["count"].casefold()) or int(found["count"])
            working = (found["clock"] or "").casefold() in ("working", "business")
            clocks.setdefault(count, {}).setdefault(working, (found[0], cited))
    for both in clocks.values():
        if len(both) > 1:
            (one, one_at), (other, other_at) = both[True], both[False]
            text = f"“{one}” and “{other}” are both said: over a weekend they differ."
            return _said(kpi, f"Two clocks for one limit: {kpi.title}", text, (one, one_at), (other, other_at))
    return None


def wider_count(kpi: Kpi, targets: Sequence[Target], measurements: Sequence[Measurement]) -> Question | None:
    """A question when what is counted is more than the target asks: "hold or are studying" against "hold"."""
    counted = [(each.as_stated or "", each.cited) for each in reversed(measurements)]
    for words, cited in (*counted, (kpi.definition or "", kpi.cited)):
        wider = _WIDER.search(words)
        if wider is None:
            continue
        for target in targets:
            if target.as_stated and (wider["also"] or wider["bare"]).casefold() not in target.as_stated.casefold():
                text = f"The target says “{target.as_stated}”; counted are also those “{wider[0]}”."
                title = f"More is counted than the target asks: {kpi.title}"
                return _said(kpi, title, text, (target.as_stated, target.cited), (words, cited))
    return None


def _all_said(kpi: Kpi, targets: Sequence[Target], measurements: Sequence[Measurement]) -> list[tuple[str, str]]:
    """What is said of a KPI anywhere: how it is defined, its targets, its figures, and what is noted about them."""
    said = [(text, kpi.cited) for text in (kpi.title, kpi.definition, *kpi.notes) if text]
    beside: tuple[Target | Measurement, ...] = (*targets, *measurements)
    return said + [(text, each.cited) for each in beside for text in (each.as_stated, *each.notes) if text]


def _said(kpi: Kpi, title: str, text: str, one: tuple[str, str], other: tuple[str, str]) -> Question:
    lines = (
        Line("It says", f"“{one[0]}”", one[1], shape=Shape.DOUBT),
        Line("And", f"“{other[0]}”", other[1], shape=Shape.DOUBT),
    )
    source = sources_of(one[1], other[1])
    return Question(
        check=SAID,
        title=title,
        text=text,
        kind=kpi.KIND,
        uid=kpi.uid,
        source=source,
        working=Working(kpi.title, lines, "One thing is said in one way.", source),
    )
