"""What would make a question set impossible to rate by: each fault with its place, in a plain sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import TypeVar

from s75desk.domain.visits.question_set import QuestionSetBody, StandardBody
from s75desk.domain.visits.rule import Counted, limit_words
from s75desk.domain.visits.scale import LOWEST

T = TypeVar("T")

MOST_WEIGHT = 100
WEIGHT_PLACES = 3
MOST_STEPS = 9
MOST_PLACES = 4


@dataclass(frozen=True, slots=True)
class SetFault:
    """One fault of a question set.

    Attributes:
        place: Where it is: "question 8.3", "rule", "scale".
        reason: One plain sentence.
    """

    place: str
    reason: str


def faults_of(body: QuestionSetBody) -> tuple[SetFault, ...]:
    """Everything that keeps a question set from being used; empty when it can be.

    A weight of nought is allowed for what informs only. Then it must not be critical, nor hold what is critical:
    it could not limit anything.
    """
    found = [*_scale_faults(body)]
    # Without a sound scale the rule cannot be judged, and its words cannot be made.
    if not found:
        found += _rule_faults(body)
    return (*found, *_tree_faults(body))


def _scale_faults(body: QuestionSetBody) -> Iterator[SetFault]:
    scale = body.scale
    if not 2 <= len(scale.steps) <= MOST_STEPS:
        yield SetFault("scale", f"It needs 2 to {MOST_STEPS} steps.")
    if [step.value for step in scale.steps] != list(range(len(scale.steps), 0, -1)):
        yield SetFault("scale", "Its steps go from the best down to 1, none left out.")
    words = [*(step.word for step in scale.steps), scale.not_applicable, scale.unanswered]
    if any(not word.strip() for word in words):
        yield SetFault("scale", "A step has no word.")
    for word in _twice(word.casefold() for word in words):
        yield SetFault("scale", f"The word {word} is used twice.")


def _rule_faults(body: QuestionSetBody) -> Iterator[SetFault]:
    scale, rule = body.scale, body.rule
    if [at.rating for at in rule.thresholds] != list(range(scale.top, LOWEST, -1)):
        yield SetFault("rule", "It needs one threshold for every step but the lowest, best first.")
    percents = [at.percent for at in rule.thresholds]
    if any(not percent.is_finite() or not 0 < percent <= 100 for percent in percents):
        yield SetFault("rule", "A threshold is more than 0 and at most 100 per cent.")
    elif any(lower >= higher for higher, lower in pairwise(percents)):
        yield SetFault("rule", "Each threshold is lower than the one before it.")
    elif 0 <= rule.places <= MOST_PLACES and rule.by_share(rule.rounded_share(LOWEST, scale.top)) != LOWEST:
        # Else the worst case would not be the worst: leaving a question out could be worse than rating it lowest.
        yield SetFault("rule", f"Where everything is rated {scale.word(LOWEST)}, the share gives more than that.")
    if not 0 <= rule.places <= MOST_PLACES:
        yield SetFault("rule", f"Shares are rounded to 0 to {MOST_PLACES} decimals.")
    for limit in rule.limits:
        if not (LOWEST <= limit.rated < scale.top and LOWEST <= limit.to < scale.top and limit.count >= 1):
            yield SetFault("rule", "A limiting rule counts from 1 and names steps below the best.")
        elif limit.limits not in limit.counted.below:
            yield SetFault("rule", f"This limits what stands below: {limit_words(limit, scale)}")
    for limit in _twice(rule.limits):
        yield SetFault("rule", f"This stands twice: {limit_words(limit, scale)}")
    critical = any(question.critical for question in body.questions)
    if critical and not any(limit.counted is Counted.CRITICAL for limit in rule.limits):
        yield SetFault("rule", "It has critical questions and no rule that they limit anything.")


def _tree_faults(body: QuestionSetBody) -> Iterator[SetFault]:
    for name, text in (("title", body.title), ("version", body.version)):
        if not text.strip():
            yield SetFault("question set", f"It has no {name}.")
    for kind, codes in (
        ("area", [area.code for area in body.areas]),
        ("standard", [standard.code for standard in body.standards]),
        ("question", [question.code for question in body.questions]),
    ):
        for code in _twice(codes):
            yield SetFault(f"{kind} {code}", "This code is used twice.")
        if any(not code.strip() for code in codes):
            yield SetFault(kind, "One has no code.")
    if not any(area.weight > 0 for area in body.areas):
        yield SetFault("question set", "No area counts.")
    for area in body.areas:
        place = f"area {area.code}"
        yield from _weight_faults(place, area.weight)
        if not any(standard.weight > 0 for standard in area.standards):
            yield SetFault(place, "None of its standards counts.")
        for standard in area.standards:
            yield from _standard_faults(standard, counts=area.weight > 0 and standard.weight > 0)


def _standard_faults(standard: StandardBody, *, counts: bool) -> Iterator[SetFault]:
    place = f"standard {standard.code}"
    yield from _weight_faults(place, standard.weight)
    if not any(question.weight > 0 for question in standard.questions):
        yield SetFault(place, "None of its questions counts.")
    for question in standard.questions:
        place = f"question {question.code}"
        yield from _weight_faults(place, question.weight)
        if not question.code.startswith(f"{standard.code}."):
            yield SetFault(place, f"Its code must begin with {standard.code} and a dot.")
        if question.critical and not (counts and question.weight > 0):
            yield SetFault(place, "It is critical and does not count: it or what it stands in has a weight of 0.")
        if question.critical and not question.critical_because.strip():
            yield SetFault(place, "It is critical and does not say why.")
        if question.critical_because and not question.critical:
            yield SetFault(place, "It says why it is critical and is not marked so.")


def _weight_faults(place: str, weight: Decimal) -> Iterator[SetFault]:
    if not weight.is_finite() or not 0 <= weight <= MOST_WEIGHT:
        yield SetFault(place, f"Its weight is 0 to {MOST_WEIGHT}.")
    elif weight != round(weight, WEIGHT_PLACES):
        yield SetFault(place, f"Its weight has at most {WEIGHT_PLACES} decimals.")


def _twice(things: Iterable[T]) -> list[T]:
    return [thing for thing, count in Counter(things).items() if count > 1]
