"""Statuses: every combination of fields and dates keeps the rules that hold for every kind."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from s75desk.domain.as_at import as_known_of
from s75desk.domain.records import (
    Action,
    Decision,
    KpiReturn,
    Milestone,
    Rating,
    Recommendation,
    Record,
    Service,
    Visit,
)
from s75desk.domain.records.action import ActionState
from s75desk.domain.records.agreement import Outcome, Progress
from s75desk.domain.records.provider import RatingScheme, RatingValue
from s75desk.domain.records.visit import VisitStage
from s75desk.domain.status import NOT_KNOWN, Shape, Status
from s75desk.domain.statuses import status_of
from s75desk.domain.statuses.counts import overdue_count, tally
from s75desk.domain.statuses.providers import overall_rating
from s75desk.domain.statuses.visits import VisitProgress, outcome_of_visit
from tests.unit.domain.statuses.every_record import DAYS, DECIDING, TODAY, every

PAST, NOW, AHEAD = DAYS[1:]
DUE = {Action: "due", Decision: "due", KpiReturn: "due", Milestone: "due", Recommendation: "due", Visit: "planned"}
HAPPENED = {Action: "done", Decision: "taken", KpiReturn: "received", Milestone: "done", Visit: "made"}
UNRECORDED = {
    Action: ("state", "done", "verified"),
    Decision: ("outcome", "taken"),
    Milestone: ("progress", "done"),
    Recommendation: ("progress",),
    Visit: ("stage", "made"),
}


def _status(record: Record, today: date = TODAY) -> Status:
    status = status_of(record, today)
    assert status is not None
    return status


@pytest.mark.parametrize("cls", DECIDING, ids=lambda cls: cls.KIND)
def test_every_combination_has_a_status_in_words(cls: type[Record]) -> None:
    for record in every(cls):
        status = _status(record)
        assert status.word, record
        assert status.state, record
        assert status.days_late >= 0, record
        assert not any(character.isdigit() for character in status.state) or cls.KIND == "rating", (record, status)


@pytest.mark.parametrize("cls", DUE, ids=lambda cls: cls.KIND)
def test_late_is_only_what_has_a_day_that_passed_by_so_many_days(cls: type[Record]) -> None:
    for record in every(cls):
        status, due = _status(record), getattr(record, DUE[cls])
        if status.overdue:
            assert due is not None, record
            assert due < TODAY, record
            assert status.days_late == (TODAY - due).days, record
            assert not status.finished, record


@pytest.mark.parametrize("cls", UNRECORDED, ids=lambda cls: cls.KIND)
def test_what_is_not_recorded_is_not_known_and_never_late(cls: type[Record]) -> None:
    for record in every(cls):
        if all(getattr(record, name) is None for name in UNRECORDED[cls]):
            status = _status(record)
            assert not status.overdue, record
            assert status.shape in (Shape.UNKNOWN, Shape.PLAN), record


@pytest.mark.parametrize("cls", HAPPENED, ids=lambda cls: cls.KIND)
def test_what_happened_by_the_day_is_never_late(cls: type[Record]) -> None:
    for record in every(cls):
        day = getattr(record, HAPPENED[cls])
        if day is not None and day <= TODAY and getattr(record, "outcome", None) is not Outcome.DEFERRED:
            assert not _status(record).overdue, record


@pytest.mark.parametrize("cls", HAPPENED, ids=lambda cls: cls.KIND)
def test_what_happened_later_had_not_happened_yet(cls: type[Record]) -> None:
    """A day that lies ahead is as good as none: nothing is done, taken, received or made by it."""
    for record in every(cls):
        if getattr(record, HAPPENED[cls]) == AHEAD and getattr(record, "verified", None) in (None, AHEAD):
            dropped = {Progress.DROPPED, ActionState.WITHDRAWN, VisitStage.CANCELLED}
            if dropped & {getattr(record, name, None) for name in ("progress", "state", "stage")}:
                continue
            assert _status(record).shape not in (Shape.DONE, Shape.GOOD), record


@pytest.mark.parametrize("cls", DECIDING, ids=lambda cls: cls.KIND)
def test_what_became_known_later_changes_nothing(cls: type[Record]) -> None:
    """A list reads records as they were known on the day, a form as they are recorded: both say the same."""
    for record in every(cls):
        assert _status(record) == _status(as_known_of(record, TODAY)), record


@pytest.mark.parametrize(
    ("record", "word", "shape", "late"),
    [
        (Milestone(due=PAST, done=PAST, progress=Progress.NOT_STARTED), "Done", Shape.DONE, 0),
        (Milestone(due=PAST, done=PAST, progress=Progress.DROPPED), "Done", Shape.DONE, 0),
        (Milestone(due=PAST), "Not known", Shape.UNKNOWN, 0),
        (Milestone(due=PAST, progress=Progress.UNDER_WAY), "30 days late", Shape.ALERT, 30),
        (Milestone(due=PAST, done=AHEAD, progress=Progress.DONE), "Not known", Shape.UNKNOWN, 0),
        (Milestone(due=PAST, done=AHEAD, progress=Progress.UNDER_WAY), "30 days late", Shape.ALERT, 30),
        (Milestone(due=NOW, progress=Progress.NOT_STARTED), "Not started", Shape.PLAN, 0),
        (Decision(due=PAST, outcome=None), "Not known", Shape.UNKNOWN, 0),
        (Decision(due=PAST, outcome=Outcome.UNDECIDED), "30 days late", Shape.ALERT, 30),
        (Decision(due=PAST, outcome=Outcome.UNDECIDED, taken=PAST), "Outcome not known", Shape.UNKNOWN, 0),
        (Decision(due=PAST, outcome=Outcome.APPROVED, taken=AHEAD), "30 days late", Shape.ALERT, 30),
        (Decision(due=PAST, outcome=Outcome.APPROVED), "Approved", Shape.GOOD, 0),
        (Decision(due=PAST, outcome=Outcome.DEFERRED, taken=NOW), "Deferred", Shape.WATCH, 0),
        (Decision(due=PAST, outcome=Outcome.DEFERRED), "30 days late", Shape.ALERT, 30),
        (Action(due=PAST, state=None), "Not known", Shape.UNKNOWN, 0),
        (Action(due=PAST, done=NOW, state=ActionState.OPEN), "Done", Shape.DONE, 0),
        (Action(due=PAST, done=AHEAD, state=ActionState.DONE), "30 days late", Shape.ALERT, 30),
        (Action(done=PAST, verified=AHEAD, state=ActionState.VERIFIED), "Done", Shape.DONE, 0),
        (KpiReturn(due=PAST, received=AHEAD), "Late", Shape.WATCH, 30),
        (Visit(planned=PAST, made=PAST), "Made", Shape.INFO, 0),
        (Visit(planned=PAST, made=AHEAD, stage=VisitStage.FINAL), "Overdue", Shape.ALERT, 30),
        (Visit(planned=PAST, stage=None), "Not known", Shape.UNKNOWN, 0),
        (Visit(planned=NOW - timedelta(days=1), days=2), "Until today", Shape.PLAN, 0),
        (Visit(planned=NOW - timedelta(days=2), days=2), "Overdue", Shape.ALERT, 1),
    ],
)
def test_what_reports_and_papers_state(record: Record, word: str, shape: Shape, late: int) -> None:
    status = _status(record)
    assert (status.word, status.shape, status.days_late) == (word, shape, late)


def test_counts_are_of_states_and_not_of_words() -> None:
    late = [Milestone(due=TODAY - timedelta(days=n), progress=Progress.UNDER_WAY) for n in (1, 2, 3)]
    records = [*late, Milestone(progress=Progress.DONE), Milestone(due=PAST)]
    assert overdue_count(records, TODAY) == 3
    assert tally(_status(record) for record in records) == {"Done": 1, "Not known": 1, "Overdue": 3}


def test_a_good_rating_with_a_reservation_is_no_plain_good() -> None:
    services = [Service(uid=uid, provider="p", name=uid) for uid in "abc"]
    ratings = [
        Rating(uid="1", service="a", value=RatingValue.INADEQUATE, published=PAST - timedelta(days=900)),
        Rating(uid="2", service="a", value=RatingValue.GOOD, published=PAST),
        Rating(uid="3", service="b", value=RatingValue.OUTSTANDING, published=PAST),
    ]
    two = overall_rating(ratings, services, RatingScheme.CQC_OVERALL)
    assert (two.status.word, two.status.state, two.status.shape) == (
        "Good, 1 of 3 services not rated",
        "Good, in part",
        Shape.UNKNOWN,
    )
    worse = Rating(uid="4", service="c", value=RatingValue.REQUIRES_IMPROVEMENT, published=PAST - timedelta(days=400))
    three = overall_rating([*ratings, worse], services, RatingScheme.CQC_OVERALL)
    assert (three.status.word, three.status.shape) == ("Requires improvement", Shape.WATCH)
    assert overall_rating((), services, RatingScheme.CQC_OVERALL).status == NOT_KNOWN


@pytest.mark.parametrize(
    ("outcome", "answered", "word", "state", "shape"),
    [
        (RatingValue.GOOD, 24, "Good, 50 of 74 not looked at", "Good, in part", Shape.UNKNOWN),
        (RatingValue.GOOD, 74, "Good", "Good", Shape.GOOD),
        (RatingValue.POOR, 24, "Poor, 50 of 74 not looked at", "Poor, in part", Shape.ALERT),
    ],
)
def test_a_visit_says_what_was_not_looked_at(
    outcome: RatingValue, answered: int, word: str, state: str, shape: Shape
) -> None:
    visit = Visit(service="s", outcome=outcome, made=PAST, stage=VisitStage.DRAFT)
    status = outcome_of_visit(visit, VisitProgress(1, answered, 74))
    assert (status.word, status.state, status.shape) == (word, state, shape)


@pytest.mark.parametrize(
    ("outcome", "shape"),
    [(RatingValue.EXCELLENT, Shape.UNKNOWN), (RatingValue.GOOD, Shape.UNKNOWN), (RatingValue.POOR, Shape.ALERT)],
)
@pytest.mark.parametrize("stage", [VisitStage.DRAFT, VisitStage.FINAL])
def test_a_rating_recorded_without_answers_says_so(stage: VisitStage, outcome: RatingValue, shape: Shape) -> None:
    visit = Visit(service="s", outcome=outcome, made=PAST, stage=stage)
    for progress in (VisitProgress(0, 0, 74), VisitProgress(1, 0, 74, 2), VisitProgress(0, 0)):
        status = outcome_of_visit(visit, progress)
        assert status.word == f"{outcome.word}, as recorded; no answers in this desk"
        assert (status.state, status.shape) == (f"{outcome.word}, as recorded", shape)
    unread = outcome_of_visit(visit)
    assert (unread.word, unread.shape) == (f"{outcome.word}, as recorded", shape), "its answers cannot be read"
