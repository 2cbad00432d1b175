"""A rating in words: its working, what it rests on, and what stands between it and the next better one.

A working holds everything the rule needs, each input on a line of its own with rating and weight, so that anyone can
redo it with pencil and paper. A test does, from the printed lines alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from s75desk.domain.status import Shape
from s75desk.domain.visits.parts import Applied, Cause, LevelState, Part
from s75desk.domain.visits.rule import LevelKind, Limit, limit_words, rule_words
from s75desk.domain.visits.scale import LOWEST, Scale
from s75desk.domain.wording import DIVIDE, TIMES, count_words, list_words, number, percent, plural
from s75desk.domain.wording import NOT_KNOWN as UNKNOWN
from s75desk.domain.working import Line, Working

if TYPE_CHECKING:
    from s75desk.domain.visits.levels import Level

_EXACT_PLACES = 4


def working_of(level: Level) -> Working:
    """The working of a level: its parts, what limiting rules count, points, share, limits, result."""
    lines = [_part_line(part, level) for part in level.parts]
    lines += [_near_line(noun, cause, level.body.scale) for noun, cause in level.near]
    lines += _result_lines(level)
    return Working(
        title=f"{level.heading}: {level.word}",
        lines=tuple(lines),
        rule=rule_words(level.body.rule, level.body.scale, level.kind),
        source=f"{level.body.heading}, rating rule",
    )


def reasons_of(level: Level) -> tuple[str, ...]:
    """What a rating rests on. Empty where there is none."""
    if level.override:
        return (
            f"{level.word} is the officer’s judgement: {level.override.reason}",
            f"Worked out: {level.computed_word}.",
        )
    if level.computed is None:
        return ()
    scale = level.body.scale
    binding = [applied for applied in level.limits if applied.binds and applied.limit.to == level.computed]
    if binding:
        return tuple(f"{_causes_words(applied.causes, scale)}: {_lower(applied, scale)}" for applied in binding)
    return (f"{_share_words(level)} of the points possible: {_reach_words(level)}.",)


def obstacles_of(level: Level) -> tuple[str, ...]:
    """What keeps a computed rating from being one step better. Empty at the top and where there is none."""
    if level.computed is None or level.computed == level.body.scale.top:
        return ()
    scale, wanted = level.body.scale, level.computed + 1
    found = []
    if level.by_share is not None and level.by_share < wanted:
        found.append(
            f"{scale.word(wanted)} needs {_from(level, wanted)} of the points; there are {_share_words(level)}."
        )
    for applied in level.limits:
        if applied.limit.to < wanted:
            found.append(f"{_causes_words(applied.causes, scale)}. {_needs_words(applied.limit, wanted, scale)}")
    return tuple(found)


def _needs_words(limit: Limit, wanted: int, scale: Scale) -> str:
    """What a limiting rule asks for: "Good needs every critical question at Good or better."."""
    where = "" if limit.limits is LevelKind.OVERALL else " in it"
    noun = limit.counted.value
    if limit.count == 1:
        better = scale.word(limit.rated + 1)
        at = better if limit.rated + 1 == scale.top else f"{better} or better"
        return f"{scale.word(wanted)} needs every {noun}{where} at {at}."
    worse = f"{scale.word(limit.rated)}{'' if limit.rated == LOWEST else ' or worse'}"
    return f"{scale.word(wanted)} needs fewer than {count_words(limit.count).lower()} {noun}s{where} at {worse}."


def _part_line(part: Part, level: Level) -> Line:
    scale = level.body.scale
    weight = f"weight {number(part.weight)}"
    if part.state is LevelState.NOT_APPLICABLE:
        return Line(part.heading, scale.not_applicable, _remark(weight, "left out", part.remark))
    if part.rating is None:
        # A question is not looked at; of a standard or an area nothing is known.
        value = scale.unanswered if level.kind is LevelKind.STANDARD else UNKNOWN
        return Line(part.heading, value, _remark(weight, "left out"))
    critical = "critical" if part.critical else ""
    left_out = "" if part.weight else "left out"
    return Line(part.heading, scale.numbered(part.rating), _remark(weight, critical, left_out, part.remark))


def _near_line(noun: str, cause: Cause, scale: Scale) -> Line:
    return Line(cause.heading, scale.numbered(cause.rating), f"{noun}, for the limiting rules")


def _result_lines(level: Level) -> list[Line]:
    scale = level.body.scale
    if level.by_share is None or level.share is None or level.computed is None:
        lines = [Line("Worked out", level.computed_word, "nothing counts yet", result=True)]
        if level.computed_state is LevelState.NOT_APPLICABLE:
            lines = [Line("Worked out", level.computed_word, "nothing in it applies here", result=True)]
    else:
        lines = [
            Line("Points", number(level.points), _sum_words(level.parts), result=True),
            Line("Points possible", number(level.possible), _possible_words(level), result=True),
            Line("Share of the points possible", percent(level.share), _division_words(level), result=True),
            Line("By the share", scale.numbered(level.by_share), _reach_words(level), result=True),
            *(_limit_line(applied, scale) for applied in level.limits),
            Line("Worked out", scale.numbered(level.computed), "the lowest of these", result=True),
        ]
    if level.override:
        lines.append(
            Line("Overridden", scale.numbered(level.override.rating), level.override.reason, True, Shape.DOUBT)
        )
    if level.open:
        lines.append(Line("Still open", plural(level.open, "question"), _range_words(level)))
    return lines


def _limit_line(applied: Applied, scale: Scale) -> Line:
    causes = list_words(cause.heading for cause in applied.causes)
    shape = Shape.WATCH if applied.binds else None
    value = f"{'' if applied.limit.to == LOWEST else 'at most '}{scale.numbered(applied.limit.to)}"
    return Line("Limited", value, f"{limit_words(applied.limit, scale)[:-1]}: {causes}", True, shape)


def _range_words(level: Level) -> str:
    if level.worst is None or level.best is None:
        return ""
    scale = level.body.scale
    if level.worst == level.best:
        return f"the rating stays {scale.numbered(level.worst)}"
    return f"worst case {scale.numbered(level.worst)}, best case {scale.numbered(level.best)}"


def _counted(parts: Iterable[Part]) -> list[Part]:
    return [part for part in parts if part.rating is not None and part.weight]


def _sum_words(parts: Iterable[Part]) -> str:
    return " + ".join(f"{number(part.rating or 0)} {TIMES} {number(part.weight)}" for part in _counted(parts))


def _possible_words(level: Level) -> str:
    weights = sum((part.weight for part in _counted(level.parts)), Decimal(0))
    return f"{number(level.body.scale.top)} {TIMES} weights of {number(weights)}"


def _division_words(level: Level) -> str:
    """The division with enough decimals to see which way it was rounded."""
    exact = Fraction(level.points) * 100 / Fraction(level.possible)
    shown = Decimal(int(exact * 10**_EXACT_PLACES)).scaleb(-_EXACT_PLACES)
    more = "" if Fraction(shown) == exact else "…"
    return f"{number(level.points)} {DIVIDE} {number(level.possible)} = {number(shown)}{more}%"


def _share_words(level: Level) -> str:
    return percent(level.share) if level.share is not None else UNKNOWN


def _from(level: Level, rating: int) -> str:
    return next(percent(at.percent) for at in level.body.rule.thresholds if at.rating == rating)


def _reach_words(level: Level) -> str:
    """Between which thresholds a share lies: "Good from 63%, Excellent from 88%"."""
    scale, reached = level.body.scale, level.by_share or LOWEST
    steps = [rating for rating in (reached, reached + 1) if LOWEST < rating <= scale.top]
    return ", ".join(f"{scale.word(rating)} from {_from(level, rating)}" for rating in steps)


def _causes_words(causes: tuple[Cause, ...], scale: Scale) -> str:
    """What a limiting rule counted, in one phrase, by rating: "8.3 Doses right and 9.1 Fire are rated Poor"."""
    ratings = sorted({cause.rating for cause in causes})
    phrases = []
    for rating in ratings:
        named = [cause.heading for cause in causes if cause.rating == rating]
        phrases.append(f"{list_words(named)} {'is' if len(named) == 1 else 'are'} rated {scale.word(rating)}")
    return list_words(phrases)


def _lower(applied: Applied, scale: Scale) -> str:
    words = limit_words(applied.limit, scale)
    return words[:1].lower() + words[1:]


def _remark(*parts: str) -> str:
    return ", ".join(part for part in parts if part)
