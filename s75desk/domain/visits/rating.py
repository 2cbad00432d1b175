"""The rating of a visit: from answers and overrides to every standard, area and the whole, now, at worst and at best.

Open questions are left out of the rating as it is now; at worst each is rated lowest, at best highest. What does not
apply never counts. A question, standard or area of weight 0 is shown and counts for nothing above it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal

from s75desk.domain.visits.answers import Answer, AnswerState, Override
from s75desk.domain.visits.levels import Level, VisitRating
from s75desk.domain.visits.machine import OPEN, OUT, Judged, Machine, Overridden, Run
from s75desk.domain.visits.parts import Applied, Cause, LevelState, Part
from s75desk.domain.visits.question_set import AreaBody, QuestionBody, QuestionSetBody, StandardBody
from s75desk.domain.visits.rule import Counted, LevelKind
from s75desk.domain.visits.scale import LOWEST

_STATES = {OUT: LevelState.NOT_APPLICABLE, OPEN: LevelState.NOT_KNOWN}
_NO_ANSWER = {
    AnswerState.RATED: LevelState.RATED,
    AnswerState.NOT_APPLICABLE: LevelState.NOT_APPLICABLE,
    AnswerState.UNANSWERED: LevelState.NOT_KNOWN,
}

Answers = Mapping[str, Answer]
Overrides = Mapping[tuple[LevelKind, str], Override]


class Rater:
    """Rates visits by one question set. Make one for a set and keep it: it holds the set made ready.

    Args:
        body: A question set without faults (``set_faults.faults_of``).
    """

    def __init__(self, body: QuestionSetBody) -> None:
        self.body = body
        self.machine = Machine(body)
        self._codes = {question.code for question in body.questions}
        self._places = {(LevelKind.STANDARD, standard.code) for standard in body.standards}
        self._places |= {(LevelKind.AREA, area.code) for area in body.areas} | {(LevelKind.OVERALL, "")}

    def rate(self, answers: Iterable[Answer], overrides: Iterable[Override] = ()) -> VisitRating:
        """Rate everything.

        Args:
            answers: At most one for a question; questions without one are unanswered.
            overrides: At most one for a level.

        Raises:
            ValueError: If an answer or an override is not of this question set, is given twice or is off the scale.
        """
        given, put = self.given(answers), self.put(overrides)
        values, overridden = self.values(given), _ratings(put)
        runs = [self.machine.run(_filled(values, at), overridden) for at in (OPEN, LOWEST, self.body.scale.top)]
        return _Report(self, given, put, *runs).whole()

    def given(self, answers: Iterable[Answer]) -> Answers:
        """The answers by code of the question.

        Raises:
            ValueError: As in ``rate``.
        """
        found: dict[str, Answer] = {}
        for answer in answers:
            if answer.question not in self._codes:
                raise ValueError(f"{self.body.heading} has no question {answer.question}")
            if answer.question in found:
                raise ValueError(f"{answer.question} is answered twice")
            if answer.rating is not None:
                self.body.scale.step(answer.rating)
            found[answer.question] = answer
        return found

    def put(self, overrides: Iterable[Override]) -> Overrides:
        """The overrides by kind and code of the level.

        Raises:
            ValueError: As in ``rate``.
        """
        found: dict[tuple[LevelKind, str], Override] = {}
        for override in overrides:
            place = (override.kind, override.code)
            if place not in self._places or place in found:
                raise ValueError(f"{override.kind.value} {override.code} is not there or is overridden twice")
            self.body.scale.step(override.rating)
            found[place] = override
        return found

    def values(self, given: Answers) -> dict[str, int]:
        """The value of every question as the machine counts it."""
        found = dict.fromkeys(self._codes, OPEN)
        for code, answer in given.items():
            if answer.rating is not None:
                found[code] = answer.rating
            elif answer.not_applicable:
                found[code] = OUT
        return found


def _ratings(put: Overrides) -> Overridden:
    return {place: override.rating for place, override in put.items()}


def _filled(values: Mapping[str, int], at: int) -> Mapping[str, int]:
    return {code: at if value == OPEN else value for code, value in values.items()}


class _Report:
    """Puts what the machine found into words and records: one use for one rating."""

    def __init__(self, rater: Rater, given: Answers, put: Overrides, now: Run, worst: Run, best: Run) -> None:
        self._body = rater.body
        self._unit = rater.machine.unit
        self._given = given
        self._put = put
        self._runs = (now, worst, best)
        self._critical = {
            standard.code: tuple(
                Cause(question.code, question.heading, answer.rating)
                for question in standard.questions
                if question.critical and (answer := given.get(question.code)) and answer.rating is not None
            )
            for standard in rater.body.standards
        }

    def whole(self) -> VisitRating:
        standards = {standard.code: self._standard(standard) for standard in self._body.standards}
        areas = {area.code: self._area(area, standards) for area in self._body.areas}
        return VisitRating(self._overall(standards, areas), tuple(areas.values()), tuple(standards.values()))

    def _standard(self, standard: StandardBody) -> Level:
        parts = tuple(self._question(question) for question in standard.questions)
        return self._level(
            LevelKind.STANDARD,
            standard.code,
            standard.title,
            tuple(run.standards[standard.code] for run in self._runs),
            parts,
            {Counted.CRITICAL: self._critical[standard.code]},
            (sum(part.state is not LevelState.NOT_KNOWN for part in parts), len(parts)),
        )

    def _question(self, question: QuestionBody) -> Part:
        answer = self._given.get(question.code, Answer(question.code))
        return Part(
            question.code,
            question.heading,
            question.weight,
            _NO_ANSWER[answer.state],
            answer.rating,
            question.critical,
            answer.reason.strip() if answer.not_applicable else "",
        )

    def _area(self, area: AreaBody, standards: Mapping[str, Level]) -> Level:
        below = [standards[standard.code] for standard in area.standards]
        parts = tuple(_part(level, standard.weight) for level, standard in zip(below, area.standards, strict=True))
        # Critical questions stand only where they count (set_faults), so none has to be left out here.
        pools = {
            Counted.CRITICAL: tuple(cause for level in below for cause in self._critical[level.code]),
            Counted.STANDARD: _causes(part for part in parts if part.weight),
        }
        judged = tuple(run.areas[area.code] for run in self._runs)
        return self._level(LevelKind.AREA, area.code, area.title, judged, parts, pools, _counts(below))

    def _overall(self, standards: Mapping[str, Level], areas: Mapping[str, Level]) -> Level:
        parts = tuple(_part(areas[area.code], area.weight) for area in self._body.areas)
        counting = [standard for area in self._body.areas if area.weight for standard in area.standards]
        counting = [standard for standard in counting if standard.weight]
        below = (_part(standards[standard.code], standard.weight) for standard in counting)
        pools = {
            Counted.CRITICAL: tuple(cause for standard in counting for cause in self._critical[standard.code]),
            Counted.STANDARD: _causes(below),
            Counted.AREA: _causes(part for part in parts if part.weight),
        }
        judged = tuple(run.overall for run in self._runs)
        return self._level(LevelKind.OVERALL, "", "Overall", judged, parts, pools, _counts(areas.values()))

    def _level(
        self,
        kind: LevelKind,
        code: str,
        title: str,
        judged: tuple[Judged, ...],
        parts: tuple[Part, ...],
        pools: Mapping[Counted, tuple[Cause, ...]],
        counts: tuple[int, int],
    ) -> Level:
        now, worst, best = judged
        return Level(
            kind=kind,
            code=code,
            title=title,
            state=_STATES.get(now.final, LevelState.RATED),
            rating=_rating(now.final),
            computed=_rating(now.computed),
            computed_state=_STATES.get(now.computed, LevelState.RATED),
            by_share=_rating(now.by_share),
            points=Decimal(now.points) / self._unit,
            possible=Decimal(now.possible) / self._unit,
            share=self._body.rule.rounded_share(now.points, now.possible) if now.possible else None,
            override=self._put.get((kind, code)),
            worst=_rating(worst.final),
            best=_rating(best.final),
            answered=counts[0],
            total=counts[1],
            parts=parts,
            limits=self._applied(kind, now.by_share, pools),
            near=self._near(kind, pools),
            body=self._body,
        )

    def _applied(
        self, kind: LevelKind, by_share: int, pools: Mapping[Counted, tuple[Cause, ...]]
    ) -> tuple[Applied, ...]:
        found = []
        for limit in self._body.rule.limits_of(kind):
            causes = tuple(cause for cause in pools[limit.counted] if cause.rating <= limit.rated)
            if len(causes) >= limit.count:
                found.append(Applied(limit, causes, binds=limit.to < by_share))
        return tuple(found)

    def _near(self, kind: LevelKind, pools: Mapping[Counted, tuple[Cause, ...]]) -> tuple[tuple[str, Cause], ...]:
        """What a limiting rule may count and nobody would see among the parts."""
        among_parts = {
            LevelKind.STANDARD: Counted.CRITICAL,
            LevelKind.AREA: Counted.STANDARD,
            LevelKind.OVERALL: Counted.AREA,
        }[kind]
        found = []
        for counted, causes in pools.items():
            rated = [limit.rated for limit in self._body.rule.limits_of(kind) if limit.counted is counted]
            if rated and counted is not among_parts:
                found += [(counted.value, cause) for cause in causes if cause.rating <= max(rated)]
        return tuple(found)


def _rating(value: int) -> int | None:
    return value if value >= LOWEST else None


def _part(level: Level, weight: Decimal) -> Part:
    part = Part(level.code, level.heading, weight, level.state, level.rating)
    return replace(part, remark=f"overridden, worked out {level.computed_word}") if level.override else part


def _causes(parts: Iterable[Part]) -> tuple[Cause, ...]:
    return tuple(Cause(part.code, part.heading, part.rating) for part in parts if part.rating is not None)


def _counts(levels: Iterable[Level]) -> tuple[int, int]:
    levels = tuple(levels)
    return sum(level.answered for level in levels), sum(level.total for level in levels)
