"""What is past its date, said in one way for every kind of record."""

from __future__ import annotations

from datetime import date

from s75desk.domain.status import Shape, Status
from s75desk.domain.wording import date_long, days_phrase, sentence_case

OVERDUE = "Overdue"
"""The state of everything past its date, whatever the word says of how late it is."""


def overdue(due: date, today: date, sentence: str = "") -> Status:
    """The status of what should have been done by a day that has passed: "12 days late"."""
    said = sentence or f"It was due on {date_long(due)}."
    word = sentence_case(days_phrase(due, today))
    return Status(Shape.ALERT, word, said, OVERDUE, (today - due).days)


def by_now(day: date | None, today: date) -> bool:
    """Whether something is recorded to have happened by a day; False where no day is recorded."""
    return day is not None and day <= today
