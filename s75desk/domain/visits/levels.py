"""What a rating looks like: a standard, an area or the whole as it is now, at worst and at best, and what limits it."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from s75desk.domain.status import NOT_KNOWN, Shape, Status
from s75desk.domain.visits.answers import Override
from s75desk.domain.visits.parts import Applied, Cause, LevelState, Part
from s75desk.domain.visits.question_set import QuestionSetBody
from s75desk.domain.visits.rating_words import obstacles_of, reasons_of, working_of
from s75desk.domain.visits.rule import LevelKind
from s75desk.domain.wording import NOT_KNOWN as UNKNOWN
from s75desk.domain.wording import plural
from s75desk.domain.working import Working


@dataclass(frozen=True, slots=True)
class Level:
    """A standard, an area or the whole, rated.

    Attributes:
        kind: Which of the three.
        code: Code of the standard or area, "" for the whole.
        title: "Medicines", "Safeguarding and safety", "Overall".
        state: Whether there is a rating.
        rating: The rating so far, an override included; None without one.
        computed: The rating as worked out; None without one. It stays shown beside an override.
        computed_state: Whether there is a rating without the override.
        by_share: What the share of the points alone would give; None without one.
        points: Ratings times weights, added up.
        possible: The points that could be had.
        share: Points in per cent of what is possible, rounded as the rule says; None without points.
        override: What an officer has put in place of what was worked out, or None.
        worst: The rating if every open question were rated lowest; None if none applies.
        best: The rating if every open question were rated highest; None if none applies.
        answered: Questions below that are rated or do not apply.
        total: Questions below.
        parts: What it is made of, in order.
        limits: The limiting rules that apply.
        near: What a limiting rule counts and does not stand among the parts: rated so low that a rule could count it.
        body: The question set it is rated by.
    """

    kind: LevelKind
    code: str
    title: str
    state: LevelState
    rating: int | None
    computed: int | None
    computed_state: LevelState
    by_share: int | None
    points: Decimal
    possible: Decimal
    share: Decimal | None
    override: Override | None
    worst: int | None
    best: int | None
    answered: int
    total: int
    parts: tuple[Part, ...]
    limits: tuple[Applied, ...]
    near: tuple[tuple[str, Cause], ...]
    body: QuestionSetBody = field(repr=False, compare=False)

    @property
    def heading(self) -> str:
        """Code and title of a standard, else the title alone."""
        return f"{self.code} {self.title}" if self.kind is LevelKind.STANDARD else self.title

    @property
    def word(self) -> str:
        """The rating as a word; "Not applicable", "Not known"."""
        return self._word(self.rating, self.state)

    @property
    def computed_word(self) -> str:
        """The rating as it was worked out, as a word."""
        return self._word(self.computed, self.computed_state)

    @property
    def open(self) -> int:
        """How many questions below have no answer yet."""
        return self.total - self.answered

    @property
    def settled(self) -> bool:
        """Whether no open question can change it any more. What is not known is never settled."""
        if self.state is LevelState.RATED:
            return self.worst == self.best
        return self.state is LevelState.NOT_APPLICABLE

    @property
    def status(self) -> Status:
        """Shape and word. A good rating wears its shape only once it is settled: unanswered is not good."""
        scale = self.body.scale
        if self.state is LevelState.NOT_APPLICABLE:
            return Status(Shape.NONE, scale.not_applicable, "None of its questions applies here.")
        if self.rating is None:
            return Status(Shape.UNKNOWN, NOT_KNOWN.word, f"{plural(self.total, 'question')}, none rated.")
        overridden = f"Overridden; worked out: {self.computed_word}." if self.override else ""
        if self.settled:
            return Status(scale.step(self.rating).shape, self.word, overridden)
        shape = Shape.UNKNOWN if scale.good(self.rating) else scale.step(self.rating).shape
        return Status(shape, f"{self.word} so far", f"{overridden} {self.range_words}".strip())

    @property
    def range_words(self) -> str:
        """What is still possible: "43 questions still open: it may end as Poor to Good."; "" when none is open."""
        if not self.open:
            return ""
        still = f"{plural(self.open, 'question')} still open"
        if self.worst is None or self.best is None:
            return f"{still}."
        if self.worst == self.best:
            return f"{still}; {'it cannot' if self.open == 1 else 'they cannot'} change it."
        scale = self.body.scale
        return f"{still}: it may end as {scale.word(self.worst)} to {scale.word(self.best)}."

    @property
    def working(self) -> Working:
        """How the rating was arrived at: enough to redo it by hand from these lines and words alone."""
        return working_of(self)

    @property
    def reasons(self) -> tuple[str, ...]:
        """What the rating rests on, in sentences: the override, the limiting rules that bind, or the share."""
        return reasons_of(self)

    @property
    def obstacles(self) -> tuple[str, ...]:
        """What stands between the rating as worked out and the next better one, in sentences."""
        return obstacles_of(self)

    def _word(self, rating: int | None, state: LevelState) -> str:
        if rating is not None:
            return self.body.scale.word(rating)
        return self.body.scale.not_applicable if state is LevelState.NOT_APPLICABLE else UNKNOWN


@dataclass(frozen=True, slots=True)
class VisitRating:
    """The rating of a whole visit as it stands.

    Attributes:
        overall: The whole.
        areas: In order.
        standards: In order.
    """

    overall: Level
    areas: tuple[Level, ...]
    standards: tuple[Level, ...]

    def area(self, code: str) -> Level:
        """The area of a code.

        Raises:
            KeyError: If the question set has none.
        """
        return _of(self.areas, code)

    def standard(self, code: str) -> Level:
        """The standard of a code.

        Raises:
            KeyError: If the question set has none.
        """
        return _of(self.standards, code)

    @property
    def levels(self) -> tuple[Level, ...]:
        """The whole, then each area followed by its standards: the order in which a report prints the workings."""
        by_code = {standard.code: standard for standard in self.standards}
        found = [self.overall]
        for area in self.areas:
            found += [area, *(by_code[part.code] for part in area.parts)]
        return tuple(found)


def _of(levels: tuple[Level, ...], code: str) -> Level:
    for level in levels:
        if level.code == code:
            return level
    raise KeyError(code)
