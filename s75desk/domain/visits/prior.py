"""Which actions a visit has to grade: those from before it that nobody has yet seen to be done."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from s75desk.domain.records import Action, Visit
from s75desk.domain.records.action import ActionState

TO_GRADE = (ActionState.OPEN, None, ActionState.DONE)
"""States of an action that a visit has to grade: what is said to be done has still to be seen."""


def to_grade(action: Action, visit: Visit) -> bool:
    """Whether an action is to be graded at a visit.

    It is live, not yet seen to be done, not raised at this visit, and not raised after it: what comes up once a visit
    was made belongs to the next one, also if the visit is amended.
    """
    if action.archived_at is not None or action.state not in TO_GRADE or action.visit == visit.uid:
        return False
    return visit.made is None or action.raised is None or action.raised <= visit.made


def in_order(actions: Iterable[Action]) -> tuple[Action, ...]:
    """Actions as they are graded: the soonest due first, those without a date last."""
    return tuple(sorted(actions, key=lambda action: (action.due or date.max, action.title.casefold(), action.uid)))
