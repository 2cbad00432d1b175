"""The scale on which a question is rated: 1 is the lowest step, the words and shapes are data of the question set."""

from __future__ import annotations

from dataclasses import dataclass

from s75desk.domain.status import Shape, Status

LOWEST = 1


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a scale.

    Attributes:
        value: 1 for the lowest; also the key that gives it.
        word: "Requires improvement".
        shape: The status shape drawn before the word.
        meaning: When to give it, in a sentence.
    """

    value: int
    word: str
    shape: Shape
    meaning: str = ""


@dataclass(frozen=True, slots=True)
class Scale:
    """The steps, best first, and the words for what has no step.

    Attributes:
        steps: Best first, down to 1, none left out.
        not_applicable: The word for a question that does not apply here; it needs a reason and never counts.
        unanswered: The word for a question that has no answer yet; it is never good.
    """

    steps: tuple[Step, ...]
    not_applicable: str = "Not applicable"
    unanswered: str = "Not looked at"

    @property
    def top(self) -> int:
        """The value of the best step."""
        return len(self.steps)

    def step(self, value: int) -> Step:
        """The step of a value.

        Raises:
            ValueError: If the scale has no such step.
        """
        if not LOWEST <= value <= self.top:
            raise ValueError(f"{value} is not on a scale of {LOWEST} to {self.top}")
        return self.steps[self.top - value]

    def word(self, value: int) -> str:
        """The word of a value: "Good"."""
        return self.step(value).word

    def status(self, value: int) -> Status:
        """Shape and word of a step."""
        step = self.step(value)
        return Status(step.shape, step.word)

    @property
    def not_applicable_status(self) -> Status:
        """Shape and word of a question that does not apply here."""
        return Status(Shape.NONE, self.not_applicable)

    @property
    def unanswered_status(self) -> Status:
        """Shape and word of a question that has no answer yet."""
        return Status(Shape.UNKNOWN, self.unanswered)

    def numbered(self, value: int) -> str:
        """Value and word, so that a working can be redone by hand: "3 Good"."""
        return f"{value} {self.word(value)}"

    def good(self, value: int) -> bool:
        """Whether the step asks nothing of anyone: its shape is of the good family."""
        return self.step(value).shape.family == "good"
