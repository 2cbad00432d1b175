"""What becomes of a pasted row on saving, as shape and word."""

from __future__ import annotations

from s75desk.domain.pasted.figures import Fate, PastedRow
from s75desk.domain.status import Shape, Status

_SHAPES = {
    Fate.NEW: Shape.PLAN,
    Fate.CHANGES: Shape.WATCH,
    Fate.SAME: Shape.DONE,
    Fate.EMPTY: Shape.NONE,
    Fate.LEFT_OUT: Shape.ALERT,
}


def row_status(line: PastedRow) -> Status:
    """New, changes what was recorded, the same, empty or left out; in doubt where a check raised a question."""
    shape = Shape.DOUBT if line.kept and line.findings else _SHAPES[line.fate]
    word = f"Changes {line.before}" if line.fate is Fate.CHANGES and line.before else line.fate.value
    return Status(shape, word, state=line.fate.value)
