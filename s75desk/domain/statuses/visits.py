"""Where a visit stands, and what it came to, as shape and word."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from s75desk.domain.as_at import as_known_of
from s75desk.domain.ratings import looked_at, rating_status
from s75desk.domain.records import Visit
from s75desk.domain.records.visit import VisitStage
from s75desk.domain.status import NOT_KNOWN, Shape, Status
from s75desk.domain.statuses.late import OVERDUE
from s75desk.domain.wording import date_long, days_phrase, number, sentence_case

NOT_ASKED = "does not ask this of a service of this type"
"""Stands in the reason of a question that is not meant for a type of service; a query counts those by it."""

TO_COME = (VisitStage.PLANNED, None)
"""Stages of a visit that is still to be made; one whose stage is not known is not taken for made."""

AHEAD = (VisitStage.PLANNED, VisitStage.UNDER_WAY, None)
"""Stages of a visit that is not over."""


@dataclass(frozen=True, slots=True)
class VisitProgress:
    """How far a visit has come: its newest signed version, how much of it is answered, and of how many questions.

    ``questions`` is 0 where it is not known or the visit has none; ``not_meant`` of them are not asked of its service.
    """

    signed: int
    answered: int
    questions: int = 0
    not_meant: int = 0


def is_to_come(visit: Visit, today: date) -> bool:
    """Whether a visit was still to be made on a day; one whose stage is not known is not taken for made."""
    visit = as_known_of(visit, today)
    return visit.stage in TO_COME and visit.made is None


def last_day(visit: Visit) -> date:
    """The last day for which a visit is planned: one of two days is not late on its second. It must have a day."""
    assert visit.planned is not None
    return visit.planned + timedelta(days=max(visit.days or 1, 1) - 1)


def is_over(visit: Visit, today: date) -> bool:
    """Whether a visit was made or cancelled by a day, and is not under way again."""
    return not is_to_come(visit, today) and as_known_of(visit, today).stage is not VisitStage.UNDER_WAY


def visit_status(visit: Visit, today: date, progress: VisitProgress | None = None) -> Status:
    """Where a visit stands, with a sentence.

    Args:
        visit: The visit.
        today: The as-at date.
        progress: How far it has come, where that is known.
    """
    visit = as_known_of(visit, today)
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
        return _under_way(visit, progress)
    if visit.made is not None:
        return Status(Shape.INFO, "Made", f"Made on {date_long(visit.made)}; that its report is begun is not recorded.")
    return _planned(visit, stage, today)


def _planned(visit: Visit, stage: VisitStage | None, today: date) -> Status:
    if visit.planned is None:
        return Status(Shape.UNKNOWN, "No date", "It has no date yet.")
    phrase = days_phrase(visit.planned, today)
    at = f" at {visit.at}" if visit.at else ""
    last = last_day(visit)
    if visit.planned < today <= last:
        said = f"Planned for {date_long(visit.planned)} to {date_long(last)}."
        until = "today" if last == today else date_long(last)
        return Status(Shape.PLAN, f"Until {until}", said, VisitStage.PLANNED.word)
    if visit.planned < today:
        was = f"It was planned for {date_long(visit.planned)}"
        if stage is None:
            return Status(NOT_KNOWN.shape, NOT_KNOWN.word, f"{was}; whether it was made is not recorded.")
        return Status(Shape.ALERT, OVERDUE, f"{was}, {phrase}.", OVERDUE, (today - last).days)
    if phrase in ("today", "tomorrow"):
        word = f"{phrase.capitalize()}{f' {visit.at}' if visit.at else ''}"
        return Status(Shape.PLAN, word, f"Planned for {phrase}{at}.", VisitStage.PLANNED.word)
    return Status(Shape.PLAN, VisitStage.PLANNED.word, f"Planned for {date_long(visit.planned)}{at}, {phrase}.")


def _under_way(visit: Visit, progress: VisitProgress | None) -> Status:
    if visit.amends is not None:
        reason = f" because: {visit.amended_because}" if visit.amended_because else ""
        sentence = f"Signed version {number(visit.amends)} is kept. It is being amended{reason}".rstrip(".")
        return Status(Shape.WATCH, "Being amended", f"{sentence}.")
    if progress is None or not progress.questions:
        return Status(Shape.INFO, "Under way", "It has been started and not finished.")
    answered = f"{number(progress.answered)} of {number(progress.questions)} questions answered"
    return Status(Shape.INFO, "Under way", f"It has been started and not finished: {answered}.")


def outcome_of_visit(visit: Visit, progress: VisitProgress | None = None) -> Status:
    """The rating a visit came to; "Not yet" while it is planned or under way, "Not made" if it was cancelled.

    One with questions that nobody looked at, or with no answers at all, says so; a good one then has no good shape.
    """
    if visit.outcome is not None:
        return _of_questions(rating_status(visit.outcome), progress)
    if visit.stage is VisitStage.CANCELLED:
        return Status(Shape.NONE, "Not made")
    if visit.stage in AHEAD:
        return Status(Shape.NONE, "Not yet")
    return rating_status(None)


def visit_in_short(visit: Visit, today: date, progress: VisitProgress | None = None) -> Status:
    """What stands of a visit where there is room for one status: the rating it came to, else where it stands."""
    if as_known_of(visit, today).outcome is not None:
        return outcome_of_visit(visit, progress)
    return visit_status(visit, today, progress)


def _of_questions(status: Status, progress: VisitProgress | None) -> Status:
    """A rating with how many questions have no answer: "Good, 50 of 74 not looked at", or that nothing bears it out."""
    if progress is None or not progress.answered:
        recorded = f"{status.word}, as recorded"
        word = f"{recorded}; no answers in this desk" if progress else recorded
        shape = Shape.UNKNOWN if status.shape.family == "good" else status.shape
        return Status(shape, word, f"{word}.", recorded)
    return looked_at(status, progress.answered + progress.not_meant, progress.questions or None)


def unsigned_status(words: str) -> Status:
    """That a paper on a visit is not signed."""
    return Status(Shape.PLAN, sentence_case(words))


def replaced_status(version: int) -> Status:
    """That a paper shows a signed version of which there is a later one."""
    return Status(Shape.INFO, f"This is version {number(version)}", state="Replaced")
