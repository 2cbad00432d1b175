"""What a rating is called before and after signing: nothing is "so far" any more once it is signed."""

from __future__ import annotations

from s75desk.domain.status import Status
from s75desk.domain.visits.levels import Level
from s75desk.domain.wording import plural


def standing(level: Level, *, signed: bool) -> Status:
    """The status of a level; once signed nothing is "so far" any more, and what is open stays no good shape."""
    status = level.status
    return Status(status.shape, level.word, status.sentence) if signed and level.rating is not None else status


def open_words(level: Level, *, signed: bool) -> str:
    """What the questions without an answer mean for a rating; "" where there is none."""
    if not level.open or not signed:
        return level.range_words
    verb = "was" if level.open == 1 else "were"
    return f"{level.open} of {plural(level.total, 'question')} {verb} not looked at and counted for nothing"
