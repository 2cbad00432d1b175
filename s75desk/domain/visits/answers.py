"""What an officer has said of a question, and where an officer's judgement replaces a rating that was worked out."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from s75desk.domain.errors import Rejected
from s75desk.domain.visits.rule import LevelKind


class AnswerState(Enum):
    """How far a question has come."""

    RATED = "rated"
    NOT_APPLICABLE = "not applicable"
    UNANSWERED = "unanswered"


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one question. Its note, evidence, sample and photos are kept with it elsewhere.

    Attributes:
        question: Code of the question.
        rating: A step of the scale, or None.
        not_applicable: The question does not apply to this service.
        reason: Why it does not apply. A visit cannot be finished without it.
        flagged: Come back to it.

    Raises:
        ValueError: If it is rated and not applicable at once.
    """

    question: str
    rating: int | None = None
    not_applicable: bool = False
    reason: str = ""
    flagged: bool = False

    def __post_init__(self) -> None:
        if self.rating is not None and self.not_applicable:
            raise ValueError(f"{self.question} is rated and not applicable")

    @property
    def state(self) -> AnswerState:
        """Rated, not applicable or unanswered."""
        if self.rating is not None:
            return AnswerState.RATED
        return AnswerState.NOT_APPLICABLE if self.not_applicable else AnswerState.UNANSWERED


@dataclass(frozen=True, slots=True)
class Override:
    """An officer's judgement in place of a rating that was worked out, which stays shown.

    It replaces the rating of its own level, and the levels above count with it. What a critical question does to a
    level above is not lifted by it: that level needs an override of its own, with its own reason.

    Attributes:
        kind: Standard, area or overall.
        code: Code of the standard or area; "" for overall.
        rating: A step of the scale.
        reason: Why.

    Raises:
        Rejected: Without a reason.
    """

    kind: LevelKind
    code: str
    rating: int
    reason: str

    def __post_init__(self) -> None:
        if not self.reason.strip():
            raise Rejected("reason", "An override needs a reason.")
