"""When a service is to be visited next: by frequency, by rating, the earliest of all, or not known."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from s75desk.domain.lengths import Length, earliest_end
from s75desk.domain.records.provider import RatingScheme, RatingValue
from s75desk.domain.status import Shape
from s75desk.domain.visits.citation import Citation
from s75desk.domain.visits.due import (
    SOON,
    Basis,
    Due,
    LastRating,
    NextVisit,
    VisitNeeds,
    VisitRule,
    VisitRules,
    next_visit,
)

RI, POOR, GOOD = RatingValue.REQUIRES_IMPROVEMENT, RatingValue.POOR, RatingValue.GOOD
SEEN = Citation("seen", "A published practice", "Its page", confirmed=True)
OWN = Citation("own", "Our own")
RULES = VisitRules(
    "When to visit",
    "1",
    (
        VisitRule("often", Basis.FREQUENCY, "As often as is asked for.", sources=(SEEN,)),
        VisitRule("ours", Basis.RATING, "Again in six months.", RatingScheme.OURS, frozenset({RI, POOR}), 6, (SEEN,)),
        VisitRule(
            "cqc", Basis.RATING, "Within six months.", RatingScheme.CQC_OVERALL,
            frozenset({RI, RatingValue.INADEQUATE}), 6, (OWN,),
        ),
    ),
    "The earliest counts.",
)  # fmt: skip
TODAY = date(2026, 2, 2)
NOV = date(2025, 11, 3)


def due(**known: object) -> NextVisit:
    return next_visit(VisitNeeds(**known), RULES)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("known", "state", "by", "because"),
    [
        (
            {"every": Length(months=12), "last": date(2025, 2, 2)},
            Due.BY,
            date(2026, 2, 2),
            "every 12 months is asked for, last visited on 2 February 2025",
        ),
        ({"every": Length(months=6), "last": date(2025, 8, 31)}, Due.BY, date(2026, 2, 28), None),
        (
            {"ours": LastRating(RI, NOV), "last": NOV},
            Due.BY,
            date(2026, 5, 3),
            "rated Requires improvement on 3 November 2025",
        ),
        ({"ours": LastRating(POOR, NOV)}, Due.BY, date(2026, 5, 3), "rated Poor on 3 November 2025"),
        (
            {"cqc": LastRating(RatingValue.INADEQUATE, NOV), "last": date(2025, 11, 2)},
            Due.BY,
            date(2026, 5, 3),
            "CQC rated it Inadequate on 3 November 2025",
        ),
        ({"cqc": LastRating(RI, NOV), "last": date(2025, 11, 4)}, Due.NONE, None, ""),
        ({"ours": LastRating(GOOD, NOV), "last": NOV}, Due.NONE, None, ""),
        ({"every": Length(months=1)}, Due.NEVER_VISITED, None, "every 1 month is asked for and no visit is recorded"),
        ({"last": NOV}, Due.NOT_KNOWN, None, ""),
        ({}, Due.NOT_KNOWN, None, ""),
        ({"cqc": LastRating(RatingValue.NOT_RATED, NOV)}, Due.NOT_KNOWN, None, ""),
        ({"cqc": LastRating(RI, NOV), "watched": False}, Due.NOT_OURS, None, ""),
    ],
    ids=[
        "frequency", "a shorter month", "our rating", "our rating without a visit", "CQC's rating",
        "visited since CQC's rating", "rated good", "never visited", "only a visit is known", "nothing is known",
        "not rated is no better known", "nobody's to visit",
    ],
)  # fmt: skip
def test_when_and_by_which_rule(known: dict[str, object], state: Due, by: date | None, because: str | None) -> None:
    found = due(**known)
    assert (found.state, found.by) == (state, by)
    assert because is None or found.because == because


def test_the_earliest_of_all_rules_counts_and_each_is_told() -> None:
    found = due(every=Length(months=12), last=NOV, ours=LastRating(RI, NOV), cqc=LastRating(RI, date(2025, 12, 1)))
    assert [asked.rule.key for asked in found.asked] == ["ours", "cqc", "often"]
    assert found.by == date(2026, 5, 3)
    lines = {line.label: (line.value, line.remark) for line in found.working.lines}
    assert lines == {
        "Asked for by the agreement": ("Every 12 months", ""),
        "Last visit": ("3 November 2025", ""),
        "Our last assessment": ("Requires improvement", "on 3 November 2025"),
        "CQC overall": ("Requires improvement", "on 1 December 2025"),
        "By the frequency": ("3 November 2026", "every 12 months is asked for, last visited on 3 November 2025"),
        "By our assessment": ("3 May 2026", "rated Requires improvement on 3 November 2025"),
        "By the CQC rating": ("1 June 2026", "CQC rated it Requires improvement on 1 December 2025"),
        "Next visit due": ("By 3 May 2026", "the earliest of these"),
    }
    assert found.working.rule.endswith("Within six months. The earliest counts.")
    assert found.working.source == (
        "When to visit, version 1. A published practice. Our own (general knowledge, not confirmed)"
    )


def test_what_was_never_done_is_asked_for_now_before_any_date() -> None:
    found = due(every=Length(months=12), ours=LastRating(RI, NOV))
    assert (found.state, found.by) == (Due.NEVER_VISITED, None)
    assert [asked.by for asked in found.asked] == [None, date(2026, 5, 3)]
    assert found.overdue(date.min)


@pytest.mark.parametrize(
    ("known", "today", "word", "shape", "sentence"),
    [
        (
            {"ours": LastRating(RI, NOV)}, TODAY, "Not due yet", Shape.PLAN,
            "Next visit due by 3 May 2026: rated Requires improvement on 3 November 2025.",
        ),
        ({"ours": LastRating(RI, NOV)}, date(2026, 5, 3) - timedelta(days=SOON), "Due soon", Shape.WATCH, None),
        ({"ours": LastRating(RI, NOV)}, date(2026, 5, 3), "Due soon", Shape.WATCH, None),
        (
            {"ours": LastRating(RI, NOV)}, date(2026, 5, 4), "1 day late", Shape.ALERT,
            "A visit was due by 3 May 2026: rated Requires improvement on 3 November 2025.",
        ),
        (
            {"every": Length(months=12)}, TODAY, "Never visited", Shape.ALERT,
            "A visit is due: every 12 months is asked for and no visit is recorded.",
        ),
        (
            {"ours": LastRating(GOOD, NOV)}, TODAY, "None due", Shape.NONE,
            "No rule asks for a visit: no frequency is recorded, and the last rating asks for none.",
        ),
        (
            {}, TODAY, "Not known", Shape.UNKNOWN,
            "Not known whether a visit is due: neither a frequency nor a rating is recorded.",
        ),
        (
            {"watched": False}, TODAY, "Not known", Shape.UNKNOWN,
            "Not known whether a visit is due: no frequency is recorded, its provider is on no agreement, and it was "
            "never visited.",
        ),
    ],
    ids=["ahead", "soon", "the last day", "late", "never", "none", "not known", "not ours"],
)  # fmt: skip
def test_what_is_said_of_it(
    known: dict[str, object], today: date, word: str, shape: Shape, sentence: str | None
) -> None:
    status = due(**known).status(today)
    assert (status.word, status.shape) == (word, shape)
    assert sentence is None or status.sentence == sentence


# --- any service at all ------------------------------------------------------------------------------------------

DAYS = st.dates(date(2015, 1, 1), date(2026, 2, 2))
RATINGS = st.one_of(
    st.none(),
    st.builds(LastRating, st.sampled_from([RI, POOR, GOOD, RatingValue.INADEQUATE, RatingValue.NOT_RATED]), DAYS),
)
NEEDS = st.builds(
    VisitNeeds,
    every=st.one_of(st.none(), st.integers(1, 60).map(lambda months: Length(months=months))),
    last=st.one_of(st.none(), DAYS),
    ours=RATINGS,
    cqc=RATINGS,
    watched=st.booleans(),
)
FAR = date.max


def sooner_first(found: NextVisit) -> date:
    """When it is due, for comparing: never visited is before any date, not asked for after all."""
    return date.min if found.state is Due.NEVER_VISITED else found.by or FAR


@given(NEEDS)
def test_it_is_never_later_than_any_rule_asks(needs: VisitNeeds) -> None:
    found = next_visit(needs, RULES)
    assert all(sooner_first(found) <= (asked.by or date.min) for asked in found.asked)
    assert bool(found.asked) == (found.state in (Due.BY, Due.NEVER_VISITED))
    assert found.working.lines
    assert all(line.label and line.value for line in found.working.lines)
    assert [line.value for line in found.working.lines if line.result] == [found.when]
    if needs.watched and needs.every and needs.last:
        assert sooner_first(found) <= earliest_end(needs.last, needs.every)


@given(NEEDS, DAYS, st.sampled_from(["ours", "cqc"]))
def test_a_worse_rating_never_puts_a_visit_off(needs: VisitNeeds, day: date, which: str) -> None:
    good = replace(needs, **{which: LastRating(GOOD, day)})
    bad = replace(needs, **{which: LastRating(RI, day)})
    unknown = replace(needs, **{which: None})
    found = {name: sooner_first(next_visit(one, RULES)) for name, one in (("good", good), ("bad", bad))}
    assert found["bad"] <= found["good"]
    # Not known is not good: it never counts as a reason to come later, nor is it said that none is due.
    assert sooner_first(next_visit(unknown, RULES)) == found["good"]
    if not needs.every and which == "ours" and not needs.cqc:
        assert next_visit(unknown, RULES).state is not Due.NONE


@given(NEEDS, DAYS)
def test_a_visit_puts_off_what_came_before_it_and_nothing_else(needs: VisitNeeds, day: date) -> None:
    visited = replace(needs, last=max(day, needs.last or day))
    assert sooner_first(next_visit(visited, RULES)) >= sooner_first(next_visit(needs, RULES))


@given(NEEDS, st.dates(date(2015, 1, 1), date(2035, 1, 1)))
def test_overdue_begins_the_day_after(needs: VisitNeeds, today: date) -> None:
    found = next_visit(needs, RULES)
    assert found.overdue(today) == (sooner_first(found) < today)
    assert (found.status(today).shape is Shape.ALERT) == found.overdue(today)
