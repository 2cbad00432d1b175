"""The status of what hangs under an agreement: milestones, recommendations, decisions, extensions, options, risks."""

from __future__ import annotations

from datetime import date

from s75desk.domain.as_at import as_known_of
from s75desk.domain.membership import is_member
from s75desk.domain.records import (
    Agreement,
    Decision,
    Extension,
    Meeting,
    Membership,
    Milestone,
    Option,
    Recommendation,
    Risk,
)
from s75desk.domain.records.agreement import ExtensionState, Outcome, Progress, RiskLevel, RiskState, Stage
from s75desk.domain.status import NOT_KNOWN, Shape, Status
from s75desk.domain.statuses.late import by_now, overdue
from s75desk.domain.term_spans import state_at
from s75desk.domain.wording import date_long, plural

_PROGRESS = {
    Progress.NOT_STARTED: Shape.PLAN,
    Progress.UNDER_WAY: Shape.INFO,
    Progress.DONE: Shape.DONE,
    Progress.DROPPED: Shape.NONE,
}


def milestone_status(milestone: Milestone, today: date) -> Status:
    """Done, dropped, late, under way, not started, or not known.

    A milestone done by the day is done whatever its progress says.
    """
    milestone = as_known_of(milestone, today)
    if milestone.done is not None:
        return Status(Shape.DONE, "Done", _done_words(milestone.done, milestone.due))
    return _progress(milestone.progress, milestone.due, today)


def recommendation_status(recommendation: Recommendation, today: date) -> Status:
    """Done, dropped, late, under way, not started, or not known."""
    recommendation = as_known_of(recommendation, today)
    return _progress(recommendation.progress, recommendation.due, today)


def _done_words(done: date, due: date | None) -> str:
    words = f"Done on {date_long(done)}"
    if due is None or done <= due:
        return f"{words}."
    return f"{words}, {plural((done - due).days, 'day')} after it was due."


def _progress(progress: Progress | None, due: date | None, today: date) -> Status:
    if progress is None:
        passed = f"It was due on {date_long(due)}; how it went is not recorded." if due and due < today else ""
        return Status(NOT_KNOWN.shape, NOT_KNOWN.word, passed)
    if progress is Progress.DONE:
        return Status(_PROGRESS[progress], progress.word, "The day on which it was done is not known.")
    if progress is Progress.DROPPED:
        return Status(_PROGRESS[progress], progress.word, "It no longer has to be done.")
    return _open_step(Status(_PROGRESS[progress], progress.word), due, today)


def _open_step(status: Status, due: date | None, today: date) -> Status:
    """A step that is not finished: late once its date has passed."""
    if due is None:
        return status
    if due < today:
        return overdue(due, today, f"It was due on {date_long(due)}. {status.word}.")
    return Status(status.shape, status.word, f"Due on {date_long(due)}.")


_OUTCOMES = {
    Outcome.APPROVED: Shape.GOOD,
    Outcome.NOTED: Shape.DONE,
    Outcome.DELEGATED: Shape.DONE,
    Outcome.REFUSED: Shape.NONE,
}


def decision_status(decision: Decision, today: date) -> Status:
    """What was decided by the day, or that it is undecided, deferred, late or not known.

    A decision taken later was still undecided. One that has a day on which it was taken and no outcome is not late:
    what was decided is not known.
    """
    decision = as_known_of(decision, today)
    outcome, due = decision.outcome, decision.due
    taken = f"Taken on {date_long(decision.taken)}" if decision.taken else ""
    if outcome in _OUTCOMES:
        said = f"{taken}." if taken else "The day on which it was taken is not known."
        return Status(_OUTCOMES[outcome], outcome.word, said)
    if outcome is Outcome.DEFERRED:
        # Deferred on the day it was needed by or later, that day no longer stands.
        stands = due is not None and (decision.taken is None or decision.taken < due)
        return _undecided(outcome.word, Shape.WATCH, due if stands else None, today)
    if taken:
        return Status(Shape.UNKNOWN, "Outcome not known", f"{taken}; what was decided is not recorded.")
    if outcome is None:
        passed = f"It was needed by {date_long(due)}; what became of it is not recorded." if due and due < today else ""
        return Status(NOT_KNOWN.shape, NOT_KNOWN.word, passed)
    return _undecided(outcome.word, Shape.PLAN, due, today)


def is_undecided(decision: Decision, today: date) -> bool:
    """Whether a decision was still to be taken on a day: undecided, deferred, or nothing recorded of it."""
    decision = as_known_of(decision, today)
    if decision.outcome is Outcome.DEFERRED:
        return True
    return decision.outcome in (None, Outcome.UNDECIDED) and decision.taken is None


def _undecided(word: str, shape: Shape, due: date | None, today: date) -> Status:
    if due is None:
        return Status(shape, word)
    if due < today:
        return overdue(due, today, f"It was needed by {date_long(due)}. {word}.")
    return Status(shape, word, f"Needed by {date_long(due)}.")


def first_term_status(agreement: Agreement) -> Status:
    """Whether the first term of an agreement is agreed, which its stage alone says; its date never does."""
    if agreement.stage is None:
        return NOT_KNOWN
    if agreement.stage in (Stage.DRAFT, Stage.PROPOSED):
        return Status(Shape.PLAN, agreement.stage.word)
    return Status(Shape.GOOD, "Agreed")


_EXTENSIONS = {
    ExtensionState.UNDECIDED: Shape.PLAN,
    ExtensionState.EXERCISED: Shape.GOOD,
    ExtensionState.DECLINED: Shape.NONE,
}


def extension_status(extension: Extension, today: date) -> Status:
    """Exercised, declined or undecided, as the term engine takes it on that day."""
    state = state_at(extension, today)
    shape = _EXTENSIONS[state]
    if state is ExtensionState.UNDECIDED:
        return Status(shape, state.word)
    when = f" on {date_long(extension.decided)}" if extension.decided else ", on a day not known"
    by = f" by {extension.decided_by}" if extension.decided_by else ""
    return Status(shape, state.word, f"{state.word}{when}{by}.")


def is_unextended(extension: Extension, today: date) -> bool:
    """Whether an option to extend was neither exercised nor declined by the day."""
    return state_at(extension, today) is ExtensionState.UNDECIDED


def option_status(option: Option, today: date) -> Status:
    """Whether an option of an appraisal was chosen."""
    if option.chosen is None:
        return NOT_KNOWN
    return Status(Shape.GOOD, "Chosen") if option.chosen else Status(Shape.NONE, "Not chosen")


def risk_status(risk: Risk, today: date) -> Status:
    """Open (to be watched if likelihood or impact is high), happened, closed or not known."""
    risk = as_known_of(risk, today)
    match risk.state:
        case None:
            return NOT_KNOWN
        case RiskState.CLOSED:
            return Status(Shape.DONE, risk.state.word)
        case RiskState.HAPPENED:
            return Status(Shape.ALERT, risk.state.word)
        case _:
            high = RiskLevel.HIGH in (risk.likelihood, risk.impact)
            return Status(Shape.WATCH if high else Shape.PLAN, risk.state.word)


def meeting_status(meeting: Meeting, today: date) -> Status:
    """To come, held with a record of it, or past without one."""
    if meeting.held is None:
        return Status(Shape.UNKNOWN, "No date", "On which day it is held is not recorded.")
    if meeting.held > today or (meeting.held == today and not meeting.outcome):
        when = "Today" if meeting.held == today else "To come"
        return Status(Shape.PLAN, when, f"On {date_long(meeting.held)}{f' at {meeting.at}' if meeting.at else ''}.")
    if meeting.outcome:
        return Status(Shape.DONE, "Held", f"Held on {date_long(meeting.held)}.")
    return Status(Shape.UNKNOWN, "No record", f"What was agreed on {date_long(meeting.held)} is not recorded.")


def membership_status(membership: Membership, today: date) -> Status:
    """Whether a provider has its place in a lot, tier or zone on the day."""
    membership = as_known_of(membership, today)
    if is_member(membership, today):
        since = date_long(membership.admitted) if membership.admitted else "a day not known"
        until = f", to {date_long(membership.left)}" if membership.left else ""
        return Status(Shape.GOOD, "Admitted", f"Since {since}{until}.")
    if membership.left is not None and by_now(membership.left, today):
        return Status(Shape.DONE, "Left", f"Left on {date_long(membership.left)}.")
    admitted = f"It is admitted on {date_long(membership.admitted)}." if membership.admitted else ""
    return Status(Shape.PLAN, "Not yet admitted", admitted)
