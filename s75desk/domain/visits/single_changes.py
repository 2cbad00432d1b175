"""What would change the overall rating: for each question the smallest change of its answer that would."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from s75desk.domain.visits.answers import Answer, Override
from s75desk.domain.visits.machine import OPEN, Machine, Overridden, Run
from s75desk.domain.visits.rating import Rater
from s75desk.domain.visits.rule import LevelKind
from s75desk.domain.visits.scale import LOWEST, Scale


@dataclass(frozen=True, slots=True)
class SingleChange:
    """One answer, changed by as little as makes a difference.

    Attributes:
        question: Code of the question.
        heading: Code and short name.
        critical: Whether it is a critical question.
        before: Its rating now, None while it is open.
        after: The rating that would make the difference.
        overall_before: The overall rating now.
        overall_after: The overall rating then.
        words: All this in a sentence.
    """

    question: str
    heading: str
    critical: bool
    before: int | None
    after: int
    overall_before: int
    overall_after: int
    words: str

    @property
    def steps(self) -> int:
        """By how many steps the answer changes; 0 for a question that is still open."""
        return 0 if self.before is None else abs(self.after - self.before)


@dataclass(frozen=True, slots=True)
class WhatWouldChange:
    """The single answers that decide.

    Attributes:
        better: Changes that would raise the overall rating: rated questions first, the smallest step first.
        worse: Changes that would lower it, in the same order.
        sentence: What to say where there are none; else "".
    """

    better: tuple[SingleChange, ...]
    worse: tuple[SingleChange, ...]
    sentence: str


def what_would_change(rater: Rater, answers: Iterable[Answer], overrides: Iterable[Override] = ()) -> WhatWouldChange:
    """Find, for each question that counts, the smallest change of its answer that changes the overall rating.

    Questions that do not apply are left alone. Each question stands at most once in each list.

    Raises:
        ValueError: As ``Rater.rate``.
    """
    given, put = rater.given(answers), rater.put(overrides)
    overridden = {place: override.rating for place, override in put.items()}
    run = rater.machine.run(rater.values(given), overridden)
    if (LevelKind.OVERALL, "") in put:
        return WhatWouldChange((), (), "The overall rating is overridden: no answer changes it.")
    if run.overall.final < LOWEST:
        return WhatWouldChange((), (), "There is no overall rating yet.")
    found = _found(rater, run, overridden)
    better = sorted((change for change in found if change.overall_after > change.overall_before), key=_order)
    worse = sorted((change for change in found if change.overall_after < change.overall_before), key=_order)
    sentence = "" if found else "No single answer changes the overall rating."
    return WhatWouldChange(tuple(better), tuple(worse), sentence)


def _order(change: SingleChange) -> tuple[bool, int]:
    return (change.before is None, change.steps)


def _found(rater: Rater, run: Run, overridden: Overridden) -> list[SingleChange]:
    scale, now = rater.body.scale, run.overall.final
    headings = {question.code: question.heading for question in rater.body.questions}
    found = []
    for standard, asked in rater.machine.counting():
        value = run.values[asked.code]
        if value < LOWEST and value != OPEN:
            continue
        trial = _Trial(rater.machine, run, overridden, standard, asked.code)
        above = range(LOWEST if value == OPEN else value + 1, scale.top + 1)
        below = range(scale.top if value == OPEN else value - 1, LOWEST - 1, -1)
        for after in (trial.first(above), trial.first(below, up=False)):
            if after is not None:
                before = None if value == OPEN else value
                then = trial.overall(after)
                words = _words(headings[asked.code], before, after, then, scale)
                found.append(
                    SingleChange(asked.code, headings[asked.code], asked.critical, before, after, now, then, words)
                )
    return found


@dataclass(frozen=True, slots=True)
class _Trial:
    """One question tried with other answers."""

    machine: Machine
    run: Run
    overridden: Overridden
    standard: str
    question: str

    def overall(self, value: int) -> int:
        return self.machine.overall_with(self.run, self.overridden, self.standard, self.question, value)

    def first(self, values: range, *, up: bool = True) -> int | None:
        """The first of ``values`` that raises (or lowers) the overall rating; None if none does."""
        now = self.run.overall.final
        # A better answer never lowers a rating, so the last value decides whether any does it at all.
        if not values or not _moved(now, self.overall(values[-1]), up=up):
            return None
        return next(value for value in values if _moved(now, self.overall(value), up=up))


def _moved(now: int, then: int, *, up: bool) -> bool:
    return then > now if up else then < now


def _words(heading: str, before: int | None, after: int, then: int, scale: Scale) -> str:
    start = scale.unanswered.lower() if before is None else scale.word(before)
    return f"{heading}: from {start} to {scale.word(after)} makes the overall rating {scale.word(then)}."
