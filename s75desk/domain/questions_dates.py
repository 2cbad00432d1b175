"""Dates in doubt: steps that end before they begin, decisions later than the paper they come from, miscounted years."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from s75desk.domain.findings import Question
from s75desk.domain.records import (
    Action,
    Agreement,
    Decision,
    KpiReturn,
    Link,
    Measurement,
    Membership,
    Milestone,
    Party,
    Recommendation,
    Record,
    Sourced,
    Target,
)
from s75desk.domain.records.agreement import LinkType
from s75desk.domain.records.kpi import Kpi
from s75desk.domain.sources import date_of_source
from s75desk.domain.status import Shape
from s75desk.domain.wording import (
    MONTHS,
    date_long,
    date_short,
    financial_year,
    financial_year_of,
    month_year,
    number,
    period_words,
)
from s75desk.domain.working import Line, Working

ORDER = "dates out of order"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two dates of a record that must not be the wrong way round.

    Attributes:
        earlier: Field that comes first.
        later: Field that may not be before it.
    """

    earlier: str
    later: str


PAIRS: Mapping[type[Record], tuple[Pair, ...]] = {
    Party: (Pair("since", "until"),),
    Milestone: (Pair("starts", "due"), Pair("starts", "done")),
    Recommendation: (Pair("made", "due"),),
    Measurement: (Pair("starts", "ends"),),
    KpiReturn: (Pair("starts", "ends"), Pair("ends", "due")),
    Membership: (Pair("admitted", "left"),),
    Action: (Pair("raised", "due"), Pair("raised", "done"), Pair("done", "verified")),
}
"""Per kind, the dates that have an order. Validation and the arithmetic checks read the same table."""

_ASKED_ON_ENTRY: Mapping[type[Record], tuple[Pair, ...]] = {
    Agreement: (Pair("starts", "stated_end"), Pair("starts", "ends_at_latest")),
    Target: (Pair("since", "until"),),
}
"""Those of which a check of their own says more when they are entered."""

PAST = {Decision: "taken", Recommendation: "made"}
"""Per kind, the date of something that had happened when the paper was written.

A paper that gives an option to extend, or names a meeting, is earlier than what is decided or held by it.
"""

_MONTH_NAMES = "|".join(MONTHS)
_MONTH_SPAN = re.compile(
    rf"\b(?P<first>{_MONTH_NAMES})\s+(?:to|until|–|-)\s+(?P<last>{_MONTH_NAMES})\s+(?P<year>\d{{4}})\b"
)
_YEAR_LABEL = re.compile(r"\bYear\s+(?P<number>\d{1,2})\b", re.IGNORECASE)


def in_wrong_order(record: Record) -> Question | None:
    """A question when two dates of a record are the wrong way round."""
    fields = record.fields()
    for pair in (*PAIRS.get(type(record), ()), *_ASKED_ON_ENTRY.get(type(record), ())):
        earlier, later = getattr(record, pair.earlier), getattr(record, pair.later)
        if earlier is not None and later is not None and later < earlier:
            names = (fields[pair.earlier].label, fields[pair.later].label)
            return _question(
                record,
                f"Dates out of order: {record.heading}",
                f"{names[1]} {date_long(later)} is before {names[0].lower()} {date_long(earlier)}.",
                (Line(names[0], date_short(earlier)), Line(names[1], date_short(later), "earlier", shape=Shape.DOUBT)),
            )
    return None


def after_its_paper(record: Record) -> Question | None:
    """A question when something is dated after the paper that reports it: June 2017 in a paper of April 2017.

    The date of the paper is read from the record's source, "Cabinet paper, 10 April 2017". A figure marked as
    approximate may be a forecast and is left alone.
    """
    name = PAST.get(type(record))
    if isinstance(record, Decision) and record.due is not None:
        return None  # The paper says by when it has to be taken: it is taken later.
    if isinstance(record, Measurement):
        # A period may still be running when a paper quotes it, so its first day counts.
        name = None if record.about else "starts" if record.starts is not None else "ends"
    if name is None or not isinstance(record, Sourced):
        return None
    happened, published = getattr(record, name), date_of_source(record.source)
    if happened is None or published is None or happened <= published:
        return None
    label = record.fields()[name].label
    return _question(
        record,
        f"Later than its paper: {record.heading}",
        f"{label} {date_long(happened)}, in a paper of {date_long(published)}.",
        (Line("Paper", date_short(published), record.cited), Line(label, date_short(happened), shape=Shape.DOUBT)),
    )


def backward_months(milestone: Milestone) -> Question | None:
    """A question when the dates as stated run backwards: "October to March 2017"."""
    found = _MONTH_SPAN.search(milestone.as_stated or "")
    if found is None or MONTHS.index(found["last"]) >= MONTHS.index(found["first"]):
        return None
    year = int(found["year"])
    first, last = date(year, MONTHS.index(found["first"]) + 1, 1), date(year, MONTHS.index(found["last"]) + 1, 1)
    recorded = "not recorded"
    if milestone.starts is not None and milestone.due is not None:
        recorded = period_words(milestone.starts, milestone.due)
    return _question(
        milestone,
        f"Dates run backwards: “{found[0]}”",
        f"Read as it stands, it runs from {month_year(first)} to {month_year(last)}. Recorded as: {recorded}.",
        (Line("As stated", found[0], milestone.cited, shape=Shape.DOUBT), Line("As recorded", recorded)),
    )


def miscounted_years(kpi: Kpi, measurements: Sequence[Measurement]) -> Question | None:
    """A question when years are numbered wrongly: if year 1 is 2011/12, then 2016/17 is year 6, not year 5."""
    labelled = []
    for measurement in measurements:
        found = _YEAR_LABEL.search(measurement.as_stated or "")
        day = measurement.starts or measurement.ends
        if found is not None and day is not None:
            labelled.append((int(found["number"]), financial_year_of(day), measurement))
    labelled.sort(key=lambda entry: entry[0])
    for count, year, measurement in labelled[1:]:
        first_count, first_year, first = labelled[0]
        due = first_count + year - first_year
        if due != count:
            return _question(
                measurement,
                f"Years miscounted: {kpi.title}",
                f"If year {first_count} is {financial_year(first_year)}, then {financial_year(year)} is year {due}, "
                f"not year {count}.",
                (
                    Line(f"Year {first_count}", financial_year(first_year), first.cited),
                    Line(f"Year {count}, as stated", financial_year(year), measurement.cited, shape=Shape.DOUBT),
                    Line(financial_year(year), f"year {number(due)}", result=True),
                ),
            )
    return None


def linked_dates(agreement: Agreement, links: Iterable[Link], linked: Mapping[str, Agreement]) -> list[Question]:
    """Questions when an agreement that must be signed before another starts after it."""
    found = []
    for link in links:
        other = linked.get(link.other or "")
        if other is None or link.type is not LinkType.SIGNED_BEFORE:
            continue
        if agreement.starts is not None and other.starts is not None and agreement.starts > other.starts:
            lines = (
                Line(agreement.title, date_short(agreement.starts), "starts", shape=Shape.DOUBT),
                Line(other.title, date_short(other.starts), "starts"),
            )
            text = f"It must be signed before {other.title}, which starts on {date_long(other.starts)}; it starts on "
            text += f"{date_long(agreement.starts)}."
            found.append(_question(link, f"Starts too late for {other.title}", text, lines))
    return found


def _question(record: Record, title: str, text: str, lines: tuple[Line, ...]) -> Question:
    cited = record.cited if isinstance(record, Sourced) else "Not known"
    working = Working(title, lines, "Earlier things come first.", cited)
    return Question(ORDER, title, text, record.KIND, record.uid, cited, working)
