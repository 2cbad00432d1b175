"""Status: a shape and a word, never a colour alone. The window and the page draw both from here."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Shape(Enum):
    """The ten status shapes of the house (resources/look/tokens.json). The value names the drawing."""

    STAR = "star"
    GOOD = "good"
    WATCH = "watch"
    ALERT = "alert"
    DOUBT = "doubt"
    UNKNOWN = "unknown"
    PLAN = "plan"
    DONE = "done"
    INFO = "info"
    NONE = "none"

    @property
    def family(self) -> str:
        """The colour family: good, watch, alert, unknown or info."""
        return _FAMILY[self]

    @property
    def loud(self) -> bool:
        """Whether the status stands on a soft fill because something is to be done."""
        return self in (Shape.WATCH, Shape.ALERT, Shape.DOUBT)

    @property
    def urgency(self) -> int:
        """Sort order: the lower, the sooner it needs the officer."""
        return _URGENCY[self]


_FAMILY = {
    Shape.STAR: "good",
    Shape.GOOD: "good",
    Shape.WATCH: "watch",
    Shape.DOUBT: "watch",
    Shape.ALERT: "alert",
    Shape.UNKNOWN: "unknown",
    Shape.DONE: "unknown",
    Shape.NONE: "unknown",
    Shape.INFO: "info",
    Shape.PLAN: "info",
}
_ORDER = (
    Shape.ALERT,
    Shape.WATCH,
    Shape.DOUBT,
    Shape.UNKNOWN,
    Shape.PLAN,
    Shape.INFO,
    Shape.GOOD,
    Shape.STAR,
    Shape.NONE,
    Shape.DONE,
)
_URGENCY = {shape: place for place, shape in enumerate(_ORDER)}


_IN_PART = ", in part"


@dataclass(frozen=True, slots=True)
class Status:
    """A status as shown.

    Attributes:
        shape: Which drawing stands before the word.
        word: The word itself: "Off target", "Decide by 31 March 2026".
        sentence: What is so, what follows, by when; shown beside the chip of a record. May be empty.
        state: The same word without figures and dates, so that it can be counted and filtered: "Overdue" where the
            word is "12 days late". The word itself where none is given.
        days_late: How many days past its date it is; 0 where it is not late. A number, for counts and exports.
    """

    shape: Shape
    word: str
    sentence: str = ""
    state: str = ""
    days_late: int = 0

    @property
    def known(self) -> bool:
        """Whether anything is known, whatever the sentence says of why it is not."""
        return self.state != NOT_KNOWN.state

    def in_part(self, said: str, sentence: str) -> Status:
        """The status with what it leaves out: "Good, 50 of 74 not looked at". A good one then has no good shape.

        Args:
            said: What it leaves out, after the word.
            sentence: The same as a sentence.
        """
        shape = Shape.UNKNOWN if self.shape.family == "good" else self.shape
        state = f"{self.state.removesuffix(_IN_PART)}{_IN_PART}"
        return Status(shape, f"{self.word}, {said}", sentence, state, self.days_late)

    @property
    def overdue(self) -> bool:
        """Whether it is past its date."""
        return self.days_late > 0

    @property
    def finished(self) -> bool:
        """Whether nothing more is to be done about it: done, good, or no longer needed."""
        return self.shape in (Shape.DONE, Shape.GOOD, Shape.STAR, Shape.NONE)

    def __post_init__(self) -> None:
        if not self.state:
            object.__setattr__(self, "state", self.word)


NOT_KNOWN = Status(Shape.UNKNOWN, "Not known")
