"""How wide the columns of a table are: each at least its longest word, the rest shared by what they have to say."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Extent:
    """What a column would like.

    Attributes:
        least: Width of its longest word.
        whole: Width with no cell broken into lines.
        stretches: Whether spare room does it good: words rather than figures.
    """

    least: float
    whole: float
    stretches: bool = True


def column_widths(extents: Sequence[Extent], available: float) -> list[float]:
    """Widths that add up to ``available``.

    If every cell fits on one line, spare room goes to the columns of words. If not, each column gets its longest
    word and a share of the rest: columns that lack little are made whole first, so that a date or a sum is not
    broken to give prose more room. If even the longest words do not fit, all shrink alike and words are broken.
    """
    least = [extent.least for extent in extents]
    whole = [max(extent.least, extent.whole) for extent in extents]
    if sum(least) >= available:
        scale = available / sum(least)
        return [width * scale for width in least]
    if sum(whole) <= available:
        return _stretched(extents, whole, available - sum(whole))
    lacking = [wide - narrow for narrow, wide in zip(least, whole, strict=True)]
    given = _shared_out(available - sum(least), lacking)
    return [narrow + extra for narrow, extra in zip(least, given, strict=True)]


def _stretched(extents: Sequence[Extent], widths: Sequence[float], spare: float) -> list[float]:
    weights = [width if extent.stretches else 0.0 for extent, width in zip(extents, widths, strict=True)]
    if not any(weights):
        weights = list(widths)
    total = sum(weights)
    return [width + spare * weight / total for width, weight in zip(widths, weights, strict=True)]


def _shared_out(spare: float, lacking: Sequence[float]) -> list[float]:
    """Share ``spare`` by the square roots of what is lacking, no one getting more than it lacks.

    The square root lets a column with ten times the prose be about three times as wide, not ten.
    """
    given = [0.0] * len(lacking)
    waiting = {place for place, lack in enumerate(lacking) if lack > 0}
    while waiting:
        total = sum(math.sqrt(lacking[place]) for place in waiting)
        fair = {place: spare * math.sqrt(lacking[place]) / total for place in waiting}
        whole = {place for place in waiting if lacking[place] <= fair[place]}
        if not whole:
            for place, share in fair.items():
                given[place] = share
            return given
        for place in whole:
            given[place] = lacking[place]
            spare -= lacking[place]
        waiting -= whole
    return given
