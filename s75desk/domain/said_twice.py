"""One thing said in two ways: contradictions that a reader saw, and those that a rule can see."""

from __future__ import annotations

import re
from collections.abc import Sequence

from s75desk.domain.findings import Question
from s75desk.domain.questions_sums import sources_of
from s75desk.domain.records import Contradiction, Extension, Measurement, Target
from s75desk.domain.records.kpi import Kpi
from s75desk.domain.status import Shape
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
