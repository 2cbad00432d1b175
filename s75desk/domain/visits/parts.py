"""What a rated level is made of, and what limits it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from s75desk.domain.visits.rule import Limit


class LevelState(Enum):
    """Whether a level has a rating, and if not, why."""

    RATED = "rated"
    NOT_APPLICABLE = "not applicable"
    NOT_KNOWN = "not known"


@dataclass(frozen=True, slots=True)
class Part:
    """What a level is made of: a question of a standard, a standard of an area, an area of the whole.

    Attributes:
        code: Its code.
        heading: Code and name; an area has its name alone.
        weight: How much it counts; 0 counts for nothing.
        state: Whether it is rated.
        rating: Its rating, an override included, or None.
        critical: Whether it is a critical question.
        remark: Why it does not apply, or that it is overridden; may be empty.
    """

    code: str
    heading: str
    weight: Decimal
    state: LevelState
    rating: int | None
    critical: bool = False
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Cause:
    """What makes a limiting rule apply: a critical question, a standard or an area that is rated so low."""

    code: str
    heading: str
    rating: int


@dataclass(frozen=True, slots=True)
class Applied:
    """A limiting rule that applies to a level.

    Attributes:
        limit: The rule.
        causes: What it counted.
        binds: Whether it makes the rating lower than the share alone would.
    """

    limit: Limit
    causes: tuple[Cause, ...]
    binds: bool
