"""A value axis: round ticks that cover the data, and where a value lies."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

_STEPS = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))


@dataclass(frozen=True, slots=True)
class Axis:
    """A vertical axis.

    Attributes:
        ticks: Values with a line and a label, rising; at least two.
        top: Where the highest tick lies (y grows downwards).
        bottom: Where the lowest lies.
    """

    ticks: tuple[Decimal, ...]
    top: float
    bottom: float

    def y(self, value: Decimal) -> float:
        """Where ``value`` lies; values beyond the ticks lie beyond the ends."""
        low, high = self.ticks[0], self.ticks[-1]
        return self.bottom - float((value - low) / (high - low)) * (self.bottom - self.top)

    def within(self, value: Decimal) -> float:
        """Where ``value`` lies, or the nearer end of the axis."""
        return min(self.bottom, max(self.top, self.y(value)))


def nice_ticks(values: Sequence[Decimal], count: int, *, from_nought: bool, whole: bool) -> tuple[Decimal, ...]:
    """About ``count`` round ticks that cover ``values``.

    Args:
        values: What must lie within the ticks; at least one.
        count: How many steps are wanted, at least one.
        from_nought: Whether nought must be among them, as under bars.
        whole: Whether only whole numbers make sense.
    """
    low, high = min(values), max(values)
    if from_nought:
        low, high = min(low, Decimal(0)), max(high, Decimal(0))
    elif low < high:
        # A little room, so that no point sits on the edge of the plot; never below nought for figures that are not.
        room = (high - low) / 25
        low, high = (max(low - room, Decimal(0)) if low >= 0 else low - room), high + room
    if low == high:
        # One value: some room on both sides of it, down to nought at most.
        room = abs(high) / 10 or Decimal(1)
        low, high = (low - room if low > 0 or low < 0 else low), high + room
    step = _step((high - low) / max(1, count))
    if whole:
        step = max(step, Decimal(1))
        step = step if step == step.to_integral_value() else step * 2
    first = math.floor(low / step)
    last = math.ceil(high / step)
    return tuple(step * place for place in range(first, last + 1))


def _step(least: Decimal) -> Decimal:
    """The smallest round step that is no smaller than ``least``."""
    power = Decimal(1).scaleb(least.adjusted())
    return next(factor * power for factor in _STEPS if factor * power >= least)
