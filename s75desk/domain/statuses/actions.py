"""The status of an action, and whether it is open."""

from __future__ import annotations

from datetime import date

from s75desk.domain.as_at import as_known_of
from s75desk.domain.records import Action
from s75desk.domain.records.action import ActionState
from s75desk.domain.status import NOT_KNOWN, Shape, Status
from s75desk.domain.statuses.late import OVERDUE, overdue
from s75desk.domain.wording import date_long, days_phrase, number

SOON = 7
"""Days before its date from which an open action is "due soon"; house rule."""


def action_state(action: Action, today: date) -> ActionState | None:
    """How far an action had come by a day; None where that is not recorded.

    A day on which it was done or verified outweighs a state that still says open.
    """
    action = as_known_of(action, today)
    if action.state is ActionState.WITHDRAWN:
        return action.state
    if action.verified is not None:
        return ActionState.VERIFIED
    if action.done is not None and action.state is not ActionState.VERIFIED:
        return ActionState.DONE
    return action.state


def is_open(action: Action, today: date) -> bool:
    """Whether an action is still to be done; one whose state is not known is not taken for done."""
    return action_state(action, today) in (ActionState.OPEN, None)


def action_status(action: Action, today: date) -> Status:
    """Overdue, due soon, open, no date, done, verified, withdrawn or not known, with a sentence."""
    state = action_state(action, today)
    action = as_known_of(action, today)
    if state is ActionState.VERIFIED:
        seen = f"Verified on {date_long(action.verified)}." if action.verified else "Verified; the date is not known."
        return Status(Shape.DONE, "Verified", seen)
    if state is ActionState.DONE:
        when = f"Done on {date_long(action.done)}" if action.done else "Done; the date is not known"
        return Status(Shape.DONE, "Done", f"{when}. Not yet verified.")
    if state is ActionState.WITHDRAWN:
        return Status(Shape.NONE, "Withdrawn", "It no longer has to be done.")
    if state is None:
        due = f"It was due on {date_long(action.due)}; w" if action.due and action.due < today else "W"
        return Status(NOT_KNOWN.shape, NOT_KNOWN.word, f"{due}hether it was done is not recorded.")
    if action.due is None:
        return Status(Shape.UNKNOWN, "No date", "It has no date to be done by.")
    if action.due < today:
        return overdue(action.due, today)
    phrase = days_phrase(action.due, today)
    if (action.due - today).days <= SOON:
        return Status(Shape.WATCH, "Due soon", f"Due on {date_long(action.due)}, {phrase}.")
    return Status(Shape.PLAN, "Open", f"Due on {date_long(action.due)}, {phrase}.")


def plan_status(late: int) -> Status:
    """The status of a plan of actions: how many of them are overdue."""
    return Status(Shape.ALERT, f"{number(late)} overdue", state=OVERDUE) if late else Status(Shape.PLAN, "None overdue")
