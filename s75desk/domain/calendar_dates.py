"""Dates of a desk for a calendar of another program: the day, what falls on it, and what it is known by there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class CalendarDate:
    """A date of a record, as a whole day.

    Attributes:
        record: Uid of the record.
        what: Which of its dates: "notice", "due". With ``record`` it stays the same when the day moves.
        kind: The words it is filed under: "Notice", "Action due".
        title: What falls on the day. Names of people's fields are not in it.
        first: The day.
        last: The last day of several; the same for one.
        sequence: Grows with every change to what the date comes from.
        changed: When that was last changed, UTC.
    """

    record: str
    what: str
    kind: str
    title: str
    first: date
    last: date
    sequence: int
    changed: datetime

    @property
    def key(self) -> str:
        """What a calendar knows it by."""
        return f"{self.record}-{self.what}@s75desk"
