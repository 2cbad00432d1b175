"""Question sets for tests: small ones by hand, random ones by hypothesis, and the pieces to change them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal

from hypothesis import strategies as st

from s75desk.domain.status import Shape
from s75desk.domain.visits.answers import Answer, Override
from s75desk.domain.visits.levels import VisitRating
from s75desk.domain.visits.question_set import AreaBody, QuestionBody, QuestionSetBody, StandardBody
from s75desk.domain.visits.rule import Counted, Halves, LevelKind, Limit, Rule, Threshold
from s75desk.domain.visits.scale import Scale, Step

SCALE = Scale(
    (
        Step(4, "Excellent", Shape.STAR),
        Step(3, "Good", Shape.GOOD),
        Step(2, "Requires improvement", Shape.WATCH),
        Step(1, "Poor", Shape.ALERT),
    )
)
THRESHOLDS = (Threshold(4, Decimal(88)), Threshold(3, Decimal(63)), Threshold(2, Decimal(38)))
CRITICAL_LIMITS = (
    Limit(Counted.CRITICAL, 1, 1, LevelKind.STANDARD, 1),
    Limit(Counted.CRITICAL, 2, 1, LevelKind.STANDARD, 2),
    Limit(Counted.CRITICAL, 2, 1, LevelKind.AREA, 2),
    Limit(Counted.CRITICAL, 2, 1, LevelKind.OVERALL, 2),
)
RULE = Rule(THRESHOLDS, CRITICAL_LIMITS)


def question(code: str, weight: str = "1", *, critical: bool = False) -> QuestionBody:
    because = "It endangers people." if critical else ""
    short = f"Matter {code.replace('.', '-')}"
    return QuestionBody(
        code, short, f"Is {code} so?", weight=Decimal(weight), critical=critical, critical_because=because
    )


def standard(code: str, *questions: QuestionBody, weight: str = "1") -> StandardBody:
    return StandardBody(code, f"Standard {code}", Decimal(weight), questions)


def area(code: str, *standards: StandardBody, weight: str = "1") -> AreaBody:
    return AreaBody(code, f"Area {code}", Decimal(weight), standards)


def question_set(*areas: AreaBody, rule: Rule = RULE, scale: Scale = SCALE) -> QuestionSetBody:
    return QuestionSetBody("Test standards", "1", areas, scale, rule)


def answers(**ratings: int | str | None) -> list[Answer]:
    """Answers from keywords: q8_3=2 is a rating, "n" does not apply, None is no answer."""
    found = []
    for name, value in ratings.items():
        code = name.removeprefix("q").replace("_", ".")
        if value == "n":
            found.append(Answer(code, not_applicable=True, reason="Nobody here needs it."))
        elif isinstance(value, int):
            found.append(Answer(code, value))
        else:
            found.append(Answer(code))
    return found


def figures(rating: VisitRating) -> dict[tuple[str, str], tuple[object, ...]]:
    """Everything that a rating is, level by level, without its words."""
    return {
        (level.kind.value, level.code): (level.rating, level.computed, level.worst, level.best, level.state)
        for level in rating.levels
    }


def mapped(body: QuestionSetBody, change: Callable[[StandardBody], StandardBody | None]) -> QuestionSetBody:
    """The set with every standard changed; one that becomes None goes."""
    areas = []
    for each in body.areas:
        changed = [change(standard) for standard in each.standards]
        areas.append(replace(each, standards=tuple(kept for kept in changed if kept is not None)))
    return replace(body, areas=tuple(areas))


# --- random -------------------------------------------------------------------------------------------------------

_WORDS = ("Outstanding", "Excellent", "Good", "Requires improvement", "Fair", "Poor")
_WEIGHTS = ("0", "0.5", "1", "1.25", "2", "3")


@st.composite
def scales(draw: st.DrawFn) -> Scale:
    words = draw(st.sampled_from((_WORDS[1:3] + _WORDS[5:], _WORDS[1:4] + _WORDS[5:], _WORDS[:4] + _WORDS[5:])))
    shapes = (Shape.STAR, Shape.GOOD, *[Shape.WATCH] * (len(words) - 3), Shape.ALERT)
    top = len(words)
    return Scale(tuple(Step(top - at, word, shape) for at, (word, shape) in enumerate(zip(words, shapes, strict=True))))


@st.composite
def rules(draw: st.DrawFn, top: int) -> Rule:
    cents = draw(st.lists(st.integers(200 // top + 2, 200), min_size=top - 1, max_size=top - 1, unique=True))
    percents = [Decimal(cent) / 2 for cent in sorted(cents, reverse=True)]
    thresholds = tuple(Threshold(top - at, percent) for at, percent in enumerate(percents))
    pairs = [(counted, kind) for counted in Counted for kind in LevelKind if kind in counted.below]
    limit = st.builds(
        lambda pair, rated, count, to: Limit(pair[0], rated, count, pair[1], to),
        st.sampled_from(pairs),
        st.integers(1, top - 1),
        st.integers(1, 3),
        st.integers(1, top - 1),
    )
    limits = draw(st.lists(limit, max_size=7, unique=True))
    return Rule(thresholds, tuple(limits), draw(st.integers(0, 2)), draw(st.sampled_from(Halves)))


@st.composite
def bodies(draw: st.DrawFn) -> QuestionSetBody:
    scale = draw(scales())
    rule = draw(rules(scale.top))
    may_be_critical = any(limit.counted is Counted.CRITICAL for limit in rule.limits)
    weights = st.sampled_from(_WEIGHTS)
    made, number = [], 0
    for at in range(draw(st.integers(1, 3))):
        standards = []
        area_weight = "1" if at == 0 else draw(weights)
        for place in range(draw(st.integers(1, 3))):
            number += 1
            standard_weight = "1" if place == 0 else draw(weights)
            counts = area_weight != "0" and standard_weight != "0"
            asked = []
            for ask in range(draw(st.integers(1, 4))):
                weight = "2" if ask == 0 else draw(weights)
                critical = may_be_critical and counts and weight != "0" and draw(st.booleans())
                asked.append(question(f"{number}.{ask + 1}", weight, critical=critical))
            standards.append(standard(str(number), *asked, weight=standard_weight))
        made.append(area("ABC"[at], *standards, weight=area_weight))
    return question_set(*made, rule=rule, scale=scale)


@st.composite
def answered(draw: st.DrawFn, body: QuestionSetBody) -> dict[str, Answer]:
    found = {}
    for asked in body.questions:
        value = draw(st.sampled_from((None, "n", *range(1, body.scale.top + 1))))
        if value == "n":
            found[asked.code] = Answer(asked.code, not_applicable=True, reason="Not here.")
        elif value is not None or draw(st.booleans()):
            found[asked.code] = Answer(asked.code, value)  # type: ignore[arg-type]
    return found


@st.composite
def overrides(draw: st.DrawFn, body: QuestionSetBody) -> list[Override]:
    places = [(LevelKind.OVERALL, ""), *((LevelKind.AREA, each.code) for each in body.areas)]
    places += [(LevelKind.STANDARD, each.code) for each in body.standards]
    chosen = draw(st.lists(st.sampled_from(places), max_size=2, unique=True))
    return [
        Override(kind, code, draw(st.integers(1, body.scale.top)), "Seen again on the second day.")
        for kind, code in chosen
    ]


@st.composite
def visits(draw: st.DrawFn, *, overridden: bool = True) -> tuple[QuestionSetBody, Mapping[str, Answer], list[Override]]:
    body = draw(bodies())
    return body, draw(answered(body)), draw(overrides(body)) if overridden else []
