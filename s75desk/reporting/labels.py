"""Labels that keep out of one another's way: rows of text along a line, and a column of text beside a chart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from s75desk.domain.drawing import Anchor, TextMark
from s75desk.reporting.text_width import text_width


@dataclass(frozen=True, slots=True)
class Words:
    """One line of a label."""

    text: str
    size: float
    colour: str = "text"
    bold: bool = False

    @property
    def width(self) -> float:
        """Its width in units."""
        return text_width(self.text, self.size, bold=self.bold)

    def mark(self, x: float, baseline: float, anchor: Anchor = "start") -> TextMark:
        """The line drawn at x."""
        return TextMark(x, baseline, self.text, self.colour, self.size, self.bold, anchor)


@dataclass(frozen=True, slots=True)
class Label:
    """Lines of words that belong to a place along a line.

    Attributes:
        x: The place.
        lines: The words, top line first.
        aside: Distance of the words from the place if they stand beside a marker; 0 to centre them on the place.
    """

    x: float
    lines: tuple[Words, ...]
    aside: float = 0.0

    @property
    def width(self) -> float:
        """Width of its widest line."""
        return max((line.width for line in self.lines), default=0.0)


@dataclass(frozen=True, slots=True)
class Placed:
    """A label with its place.

    Attributes:
        label: The label.
        left: Left edge of its words.
        level: 0 for the row next to the line, higher numbers farther away.
    """

    label: Label
    left: float
    level: int

    @property
    def right(self) -> float:
        """Right edge of its words."""
        return self.left + self.label.width

    @property
    def before(self) -> bool:
        """Whether the words stand to the left of their marker."""
        return bool(self.label.aside) and self.right <= self.label.x


def place_labels(variants: Sequence[Sequence[Label]], width: float, gap: float, levels: int) -> list[Placed]:
    """Give each label a row so that no words meet and no leader runs through words.

    The first variant that can be placed so within ``levels`` rows is taken; the last is placed as well as it can be.
    The words stay within 0 to ``width`` where they fit at all.

    Args:
        variants: The labels, the most important first; then the same with fewer words, and so on.
        width: Room from 0.
        gap: Least distance between words of one row, and between words and the leader of another label.
        levels: How many rows may be used.

    Returns:
        The places of the variant's labels in their order.
    """
    for labels in variants:
        found = _Search(labels, width, gap, levels).best()
        if found is not None:
            return found
    return _anyhow(variants[-1], width, gap)


class _Search:
    """Tries rows and sides for every label in turn and keeps the arrangement that lies closest to the line.

    With a handful of labels that is a few hundred tries; ``_BUDGET`` bounds it where there are dozens.
    """

    _BUDGET = 3000

    def __init__(self, labels: Sequence[Label], width: float, gap: float, levels: int) -> None:
        self._labels = labels
        self._choices = [_lefts(label, width) for label in labels]
        self._gap = gap
        self._levels = levels
        self._tries = 0
        self._best: list[Placed] | None = None
        self._least = 2 * len(labels) * (levels + 1)

    def best(self) -> list[Placed] | None:
        """The best arrangement found, or None if there is none without a clash."""
        self._try([], 0)
        return self._best

    def _try(self, placed: list[Placed], cost: int) -> None:
        if cost >= self._least:
            return
        if len(placed) == len(self._labels):
            self._best, self._least = list(placed), cost
            return
        place = len(placed)
        for level in range(self._levels):
            for left in self._choices[place]:
                self._tries += 1
                if self._tries > self._BUDGET:
                    return
                candidate = Placed(self._labels[place], left, level)
                if not any(_meet(candidate, other, self._gap) for other in placed):
                    # Words before their marker read a little worse than words after it.
                    self._try([*placed, candidate], cost + 2 * level + candidate.before)


def _anyhow(labels: Sequence[Label], width: float, gap: float) -> list[Placed]:
    """Each label on the first row where its words meet no other's; leaders may cross words."""
    found: list[Placed] = []
    for label in labels:
        left = _lefts(label, width)[0]
        level = 0
        while any(other.level == level and _meet(Placed(label, left, level), other, gap) for other in found):
            level += 1
        found.append(Placed(label, left, level))
    return found


def _lefts(label: Label, width: float) -> list[float]:
    room = max(0.0, width - label.width)
    if not label.aside:
        return [min(max(0.0, label.x - label.width / 2), room)]
    beside = (label.x + label.aside, label.x - label.aside - label.width)
    return [left for left in beside if 0 <= left <= room] or [min(max(0.0, beside[0]), room)]


def _meet(one: Placed, other: Placed, gap: float) -> bool:
    if one.level == other.level:
        return one.left < other.right + gap and other.left < one.right + gap
    near, far = (one, other) if one.level < other.level else (other, one)
    # The far label's leader passes the near label's row.
    return near.left - gap / 2 < far.label.x < near.right + gap / 2


def spread(wanted: Sequence[float], height: float, top: float, bottom: float) -> list[float]:
    """Move the middles of labels in a column apart so that each has ``height``, as little as possible.

    Args:
        wanted: Where each middle would like to be.
        height: Height of a label.
        top: No label reaches above this.
        bottom: No label reaches below this, as long as all fit.

    Returns:
        The middles, in the order of ``wanted``.
    """
    order = sorted(range(len(wanted)), key=lambda place: wanted[place])
    at = [0.0] * len(wanted)
    edge = top
    for place in order:
        at[place] = max(wanted[place], edge + height / 2)
        edge = at[place] + height / 2
    edge = max(bottom, top + height * len(wanted))
    for place in reversed(order):
        at[place] = min(at[place], edge - height / 2)
        edge = at[place] - height / 2
    return at
