"""A rating redone from its printed working alone, as a manager with pencil and paper would do it.

This is on purpose not the program's own code: it sees text, nothing else. The rule's numbers are read from its words,
the inputs from the lines, and the sum is done with fractions.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from fractions import Fraction

from s75desk.domain.working import Working

_COUNTS = {"A": 1, "An": 1, "One": 1, "Two": 2, "Three": 3, "Four": 4, "Five": 5, "Six": 6}
_LIMIT = re.compile(
    r"(?P<count>\w+) (?P<noun>critical question|standard|area)s? rated (?P<rated>.+?)(?P<worse> or worse)? limits? "
    r"(?:its|their|the) (?:standard|area|overall rating) to (?:at most )?(?P<to>.+)"
)


@dataclass(frozen=True)
class Redone:
    """What comes out: the rating as worked out and in the end, as words; "" where there is none."""

    worked_out: str
    final: str


def redo(working: Working) -> Redone:
    rule = working.rule
    sentences = rule.removesuffix(".").split(". ")
    thresholds = next(sentence for sentence in sentences if ", below that " in sentence)
    steps, _, lowest = thresholds.rpartition(", below that ")
    from_percent = {word: Fraction(percent) for word, percent in re.findall(r"([A-Z][\w ]*?) from ([\d.]+)%", steps)}
    worst_first = [lowest, *reversed(list(from_percent))]
    value_of = {word: at for at, word in enumerate(worst_first, 1)}
    top = int(re.search(r"Points possible are (\d+) times", rule)[1])
    assert top == len(worst_first)

    points = possible = Fraction(0)
    pools: dict[str, list[int]] = {"critical question": [], "standard": [], "area": []}
    nothing_yet = False
    # Under the standards stand questions, under an area standards, under the whole areas: the rule says which.
    counted = re.match(r"Each (\w+) counts its rating", rule)[1]
    for line in working.lines:
        if line.label in ("Points", "Worked out"):
            break
        words = line.remark.split(", ")
        rated = re.match(r"(\d) (.+)", line.value)
        if words[-1] == "for the limiting rules":
            pools[words[0]].append(int(rated[1]))
            continue
        weight = Fraction(words[0].removeprefix("weight "))
        if not weight:
            continue
        if rated is None:
            nothing_yet = nothing_yet or line.value in ("Not looked at", "Not known")
            continue
        rating = int(rated[1])
        assert value_of[rated[2]] == rating
        points += rating * weight
        possible += top * weight
        if counted != "question":
            pools[counted].append(rating)
        elif "critical" in words:
            pools["critical question"].append(rating)

    worked_out = "Not known" if nothing_yet else "Not applicable"
    if possible:
        share = _rounded(points * 100 / possible, rule)
        best = max([1, *(value_of[word] for word, percent in from_percent.items() if share >= percent)])
        for sentence in sentences:
            if match := _LIMIT.fullmatch(sentence):
                rated_at = value_of[match["rated"]]
                assert (rated_at > 1) is bool(match["worse"])
                if sum(rating <= rated_at for rating in pools[match["noun"]]) >= _COUNTS[match["count"]]:
                    best = min(best, value_of[match["to"]])
        worked_out = worst_first[best - 1]
    overridden = [line.value for line in working.lines if line.label == "Overridden"]
    return Redone(worked_out, re.match(r"\d (.+)", overridden[0])[1] if overridden else worked_out)


def _rounded(share: Fraction, rule: str) -> Fraction:
    words = re.search(r"rounded to (a whole per cent|one decimal|(\d) decimals), halves (up|down)", rule)
    places = {"a whole per cent": 0, "one decimal": 1}.get(words[1]) if words[2] is None else int(words[2])
    scaled = share * 10**places
    whole = math.floor(scaled + Fraction(1, 2)) if words[3] == "up" else math.ceil(scaled - Fraction(1, 2))
    return Fraction(whole, 10**places)
