"""The arithmetic of a rating in whole numbers, quick enough for every key press; it knows no words.

A question, standard, area or the whole has a value: 1 to the top of the scale, ``OUT`` when it does not apply, ``OPEN``
when nothing is known of it. Weights are scaled to whole numbers, so every comparison is exact.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from s75desk.domain.visits.question_set import QuestionSetBody
from s75desk.domain.visits.rule import Counted, LevelKind, Limit, Rule
from s75desk.domain.visits.scale import LOWEST

OUT = 0
OPEN = -1

Overridden = Mapping[tuple[LevelKind, str], int]
"""Ratings that an officer has put in the place of others, by kind and code of the level."""


class Asked(NamedTuple):
    """A question that counts: code, weight as a whole number, critical mark."""

    code: str
    weight: int
    critical: bool


class Judged(NamedTuple):
    """A level, judged.

    Attributes:
        final: Its value, an override included.
        computed: Its value without one.
        by_share: What the share alone gives; OUT or OPEN where there is none.
        points: Ratings times whole weights, added up.
        possible: The top of the scale times the same weights.
    """

    final: int
    computed: int
    by_share: int
    points: int
    possible: int


@dataclass(frozen=True, slots=True)
class Run:
    """Every level, judged once.

    Attributes:
        values: Value of every question that counts, by code.
        standards: By code.
        areas: By code.
        critical: Ratings of the rated critical questions of each standard, by its code.
        overall: The whole.
    """

    values: Mapping[str, int]
    standards: Mapping[str, Judged]
    areas: Mapping[str, Judged]
    critical: Mapping[str, tuple[int, ...]]
    overall: Judged


class Machine:
    """A question set made ready for rating.

    Args:
        body: A question set without faults (``set_faults.faults_of``).
    """

    def __init__(self, body: QuestionSetBody) -> None:
        weights = [area.weight for area in body.areas]
        weights += [standard.weight for standard in body.standards]
        weights += [question.weight for question in body.questions]
        decimals = max((-int(weight.normalize().as_tuple().exponent) for weight in weights), default=0)
        self.unit = 10 ** max(0, decimals)
        self._rule: Rule = body.rule
        self._top = body.scale.top
        self._limits: dict[LevelKind, tuple[Limit, ...]] = {kind: body.rule.limits_of(kind) for kind in LevelKind}
        self._areas: dict[str, tuple[str, ...]] = {}
        self._area_of: dict[str, str] = {}
        self._weights: dict[tuple[LevelKind, str], int] = {}
        self._questions: dict[str, tuple[Asked, ...]] = {}
        for area in body.areas:
            self._areas[area.code] = tuple(standard.code for standard in area.standards)
            self._weights[LevelKind.AREA, area.code] = int(area.weight * self.unit)
            for standard in area.standards:
                self._area_of[standard.code] = area.code
                self._weights[LevelKind.STANDARD, standard.code] = int(standard.weight * self.unit)
                self._questions[standard.code] = tuple(
                    Asked(question.code, int(question.weight * self.unit), question.critical)
                    for question in standard.questions
                    if question.weight > 0
                )

    def run(self, values: Mapping[str, int], overridden: Overridden) -> Run:
        """Judge everything.

        Args:
            values: Value of every question that counts; what is left out is ``OPEN``.
            overridden: What officers have put in the place of ratings.
        """
        critical = {code: self._critical(code, values) for code in self._questions}
        standards = {code: self._standard(code, values, critical[code], overridden) for code in self._questions}
        areas = {code: self._area(code, standards, critical, overridden) for code in self._areas}
        return Run(values, standards, areas, critical, self._overall(standards, areas, critical, overridden))

    def overall_with(self, run: Run, overridden: Overridden, standard: str, question: str, value: int) -> int:
        """The overall value if one question of a standard had another value; only what it touches is judged again."""
        values = {**{asked.code: run.values.get(asked.code, OPEN) for asked in self._questions[standard]}}
        values[question] = value
        ratings = self._critical(standard, values)
        judged = self._standard(standard, values, ratings, overridden)
        if judged.final == run.standards[standard].final and ratings == run.critical[standard]:
            return run.overall.final
        critical = {**run.critical, standard: ratings}
        standards = {**run.standards, standard: judged}
        area = self._area_of[standard]
        areas = {**run.areas, area: self._area(area, standards, critical, overridden)}
        return self._overall(standards, areas, critical, overridden).final

    def counting(self) -> Iterator[tuple[str, Asked]]:
        """Every question that counts in the end, with the code of its standard, in order."""
        for area, standards in self._areas.items():
            for code in standards:
                if self._weights[LevelKind.AREA, area] and self._weights[LevelKind.STANDARD, code]:
                    yield from ((code, asked) for asked in self._questions[code])

    def _critical(self, standard: str, values: Mapping[str, int]) -> tuple[int, ...]:
        rated = (values.get(asked.code, OPEN) for asked in self._questions[standard] if asked.critical)
        return tuple(value for value in rated if value >= LOWEST)

    def _standard(
        self, code: str, values: Mapping[str, int], critical: tuple[int, ...], overridden: Overridden
    ) -> Judged:
        parts = ((values.get(asked.code, OPEN), asked.weight) for asked in self._questions[code])
        return self._judge(LevelKind.STANDARD, code, parts, {Counted.CRITICAL: critical}, overridden)

    def _area(
        self,
        code: str,
        standards: Mapping[str, Judged],
        critical: Mapping[str, tuple[int, ...]],
        overridden: Overridden,
    ) -> Judged:
        counting = [standard for standard in self._areas[code] if self._weights[LevelKind.STANDARD, standard]]
        values = [standards[standard].final for standard in counting]
        weights = (self._weights[LevelKind.STANDARD, standard] for standard in counting)
        pools = {
            Counted.CRITICAL: tuple(rating for standard in counting for rating in critical[standard]),
            Counted.STANDARD: tuple(value for value in values if value >= LOWEST),
        }
        return self._judge(LevelKind.AREA, code, zip(values, weights, strict=True), pools, overridden)

    def _overall(
        self,
        standards: Mapping[str, Judged],
        areas: Mapping[str, Judged],
        critical: Mapping[str, tuple[int, ...]],
        overridden: Overridden,
    ) -> Judged:
        counting = [area for area in self._areas if self._weights[LevelKind.AREA, area]]
        below = [code for area in counting for code in self._areas[area] if self._weights[LevelKind.STANDARD, code]]
        values = [areas[area].final for area in counting]
        weights = (self._weights[LevelKind.AREA, area] for area in counting)
        pools = {
            Counted.CRITICAL: tuple(rating for standard in below for rating in critical[standard]),
            Counted.STANDARD: tuple(standards[code].final for code in below if standards[code].final >= LOWEST),
            Counted.AREA: tuple(value for value in values if value >= LOWEST),
        }
        return self._judge(LevelKind.OVERALL, "", zip(values, weights, strict=True), pools, overridden)

    def _judge(
        self,
        kind: LevelKind,
        code: str,
        parts: Iterable[tuple[int, int]],
        pools: Mapping[Counted, tuple[int, ...]],
        overridden: Overridden,
    ) -> Judged:
        points = weights = 0
        nothing = OUT
        for value, weight in parts:
            if value >= LOWEST:
                points += value * weight
                weights += weight
            elif value == OPEN:
                nothing = OPEN
        possible = weights * self._top
        if possible:
            by_share = self._rule.by_share(self._rule.rounded_share(points, possible))
            computed = min([by_share, *(limit.to for limit in self._limits[kind] if applies(limit, pools))])
        else:
            by_share = computed = nothing
        return Judged(overridden.get((kind, code), computed), computed, by_share, points, possible)


def applies(limit: Limit, pools: Mapping[Counted, tuple[int, ...]]) -> bool:
    """Whether enough of what a limiting rule counts is rated so low."""
    return sum(rating <= limit.rated for rating in pools[limit.counted]) >= limit.count
