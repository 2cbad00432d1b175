"""Where a visit stands, and what it came to, as shape and word."""

from __future__ import annotations

from datetime import date

from s75desk.domain.ratings import rating_status
from s75desk.domain.records import Visit
from s75desk.domain.records.visit import VisitStage
from s75desk.domain.status import Shape, Status
from s75desk.domain.wording import date_long, days_phrase, number
from s75desk.models.queries.visits import Progress

TO_COME = (VisitStage.PLANNED, None)
"""Stages of a visit that is still to be made; one whose stage is not known is not taken for made."""

AHEAD = (VisitStage.PLANNED, VisitStage.UNDER_WAY, None)
"""Stages of a visit that is not over."""


def status_of_visit(visit: Visit, today: date, progress: Progress | None = None, questions: int = 0) -> Status:
    """Where a visit stands, with a sentence.

    Args:
        visit: The visit.
        today: The as-at date.
        progress: How far it has come, where that is known.
        questions: How many questions it has, 0 if it is not known or it has none.
    """
    stage = visit.stage
    if stage is VisitStage.CANCELLED:
        return Status(Shape.NONE, "Cancelled", "It was not made.")
    signed = progress.signed if progress else 0
    if stage is VisitStage.FINAL:
        when = f"Made on {date_long(visit.made)}." if visit.made else "The date it was made is not known."
        locked = f" Version {number(signed)} is signed and locked." if signed else ""
        return Status(Shape.DONE, "Final", f"{when}{locked}")
    if stage is VisitStage.DRAFT:
        if signed:
            sentence = f"Version {number(signed)} is signed and locked; the report is in draft."
            return Status(Shape.INFO, "Signed", sentence)
        return Status(Shape.INFO, "Draft report", "The report is with the provider or waiting to be finished.")
    if stage is VisitStage.UNDER_WAY:
        return _under_way(visit, progress, questions)
    if visit.planned is None:
        return Status(Shape.UNKNOWN, "No date", "It has no date yet.")
    phrase = days_phrase(visit.planned, today)
    at = f" at {visit.at}" if visit.at else ""
    if visit.planned < today:
        return Status(Shape.ALERT, "Overdue", f"It was planned for {date_long(visit.planned)}, {phrase}.")
    if phrase in ("today", "tomorrow"):
        word = f"{phrase.capitalize()}{f' {visit.at}' if visit.at else ''}"
        return Status(Shape.PLAN, word, f"Planned for {phrase}{at}.")
    return Status(Shape.PLAN, "Planned", f"Planned for {date_long(visit.planned)}{at}, {phrase}.")


def _under_way(visit: Visit, progress: Progress | None, questions: int) -> Status:
    if visit.amends is not None:
        reason = f" because: {visit.amended_because}" if visit.amended_because else ""
        sentence = f"Signed version {number(visit.amends)} is kept. It is being amended{reason}".rstrip(".")
        return Status(Shape.WATCH, "Being amended", f"{sentence}.")
    if progress is None or not questions:
        return Status(Shape.INFO, "Under way", "It has been started and not finished.")
    answered = f"{number(progress.answered)} of {number(questions)} questions answered"
    return Status(Shape.INFO, "Under way", f"It has been started and not finished: {answered}.")


def outcome_of_visit(visit: Visit) -> Status:
    """The rating a visit came to; "Not yet" while it is planned or under way, "Not made" if it was cancelled."""
    if visit.outcome is not None:
        return rating_status(visit.outcome)
    if visit.stage is VisitStage.CANCELLED:
        return Status(Shape.NONE, "Not made")
    if visit.stage in AHEAD:
        return Status(Shape.NONE, "Not yet")
    return rating_status(None)
