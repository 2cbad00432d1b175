"""A rating rule as data: thresholds, limiting rules, rounding, and the rule in words, made from that same data.

The rule is the same at every level. What counts is multiplied by its weight and added up; the sum is a share of the
points possible; the share gives a rating by thresholds; a limiting rule may hold it down, never up.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from s75desk.domain.visits.citation import Citation
from s75desk.domain.visits.scale import LOWEST, Scale
from s75desk.domain.wording import count_words, number


class LevelKind(Enum):
    """What is rated above a question, lowest first."""

    STANDARD = "standard"
    AREA = "area"
    OVERALL = "overall"


class Counted(Enum):
    """What a limiting rule counts."""

    CRITICAL = "critical question"
    STANDARD = "standard"
    AREA = "area"

    @property
    def below(self) -> frozenset[LevelKind]:
        """The levels that stand above it and can therefore be limited by it."""
        return {
            Counted.CRITICAL: frozenset(LevelKind),
            Counted.STANDARD: frozenset((LevelKind.AREA, LevelKind.OVERALL)),
            Counted.AREA: frozenset((LevelKind.OVERALL,)),
        }[self]


class Halves(Enum):
    """Which way a half goes when a share is rounded."""

    DOWN = "down"
    UP = "up"


@dataclass(frozen=True, slots=True)
class Threshold:
    """From which share of the points possible a rating is reached.

    Attributes:
        rating: A step of the scale, not the lowest.
        percent: The share, rounded as the rule says, from which it is given.
    """

    rating: int
    percent: Decimal


@dataclass(frozen=True, slots=True)
class Limit:
    """A limiting rule: when enough of something is rated so low, what stands above it is no better than a rating.

    Attributes:
        counted: What is counted.
        rated: It counts when rated this or worse.
        count: How many are needed.
        limits: Which level is held down: the standard, the area or the whole that they stand in.
        to: The best rating that level can then have.
    """

    counted: Counted
    rated: int
    count: int
    limits: LevelKind
    to: int


@dataclass(frozen=True, slots=True)
class Rule:
    """How ratings of questions become ratings of standards, areas and the whole.

    Attributes:
        thresholds: Best first, one for every step of the scale but the lowest.
        limits: The limiting rules; the lowest that applies wins.
        places: Decimals to which a share is rounded before it is compared.
        halves: Which way a half goes.
        explanation: The version's own words for it, for the first page of a report.
        sources: What it leans on.
    """

    thresholds: tuple[Threshold, ...]
    limits: tuple[Limit, ...] = ()
    places: int = 0
    halves: Halves = Halves.DOWN
    explanation: str = ""
    sources: tuple[Citation, ...] = ()

    def limits_of(self, kind: LevelKind) -> tuple[Limit, ...]:
        """The limiting rules that hold down one kind of level."""
        return tuple(limit for limit in self.limits if limit.limits is kind)

    def rounded_share(self, points: int, possible: int) -> Decimal:
        """``points`` as a percentage of ``possible``, exact until it is rounded as the rule says."""
        # Whole numbers all the way: no share is ever off by what a float or a context would round.
        numerator, denominator = points * 100 * 10**self.places, possible
        if self.halves is Halves.UP:
            units = (2 * numerator + denominator) // (2 * denominator)
        else:
            units = -((denominator - 2 * numerator) // (2 * denominator))
        return Decimal(units).scaleb(-self.places)

    def by_share(self, share: Decimal) -> int:
        """The rating that a rounded share reaches."""
        return next((at.rating for at in self.thresholds if share >= at.percent), LOWEST)


def limit_words(limit: Limit, scale: Scale) -> str:
    """A limiting rule as one sentence: "A critical question rated Poor limits its standard to Poor."."""
    noun = limit.counted.value
    rated = f"rated {scale.word(limit.rated)}{'' if limit.rated == LOWEST else ' or worse'}"
    to = f"{'' if limit.to == LOWEST else 'at most '}{scale.word(limit.to)}"
    if limit.count == 1:
        level = "the overall rating" if limit.limits is LevelKind.OVERALL else f"its {limit.limits.value}"
        return f"{'An' if noun[0] in 'aeiou' else 'A'} {noun} {rated} limits {level} to {to}."
    level = "the overall rating" if limit.limits is LevelKind.OVERALL else f"their {limit.limits.value}"
    return f"{count_words(limit.count)} {noun}s {rated} limit {level} to {to}."


def threshold_words(rule: Rule, scale: Scale) -> str:
    """The thresholds as one sentence: "Excellent from 88%, Good from 63%, ... below that Poor."."""
    steps = [f"{scale.word(at.rating)} from {number(at.percent)}%" for at in rule.thresholds]
    return f"{', '.join(steps)}, below that {scale.word(LOWEST)}."


def rounding_words(rule: Rule) -> str:
    """How a share is rounded: "rounded to a whole per cent, halves down"."""
    to = {0: "a whole per cent", 1: "one decimal"}.get(rule.places, f"{number(rule.places)} decimals")
    return f"rounded to {to}, halves {rule.halves.value}"


def rule_words(rule: Rule, scale: Scale, kind: LevelKind) -> str:
    """The whole rule for one kind of level in words, enough to redo a rating by hand."""
    counted = {LevelKind.STANDARD: "question", LevelKind.AREA: "standard", LevelKind.OVERALL: "area"}[kind]
    words = [
        f"Each {counted} counts its rating times its weight.",
        f"Points possible are {number(scale.top)} times the same weights.",
        f"The points as a share of the points possible are {rounding_words(rule)}.",
        threshold_words(rule, scale),
        f"What is {scale.not_applicable.lower()} or {scale.unanswered.lower()} is left out.",
    ]
    limits = [limit_words(limit, scale) for limit in rule.limits_of(kind)]
    if limits:
        words += [*limits, "The lowest of these is the rating."]
    return " ".join(words)
