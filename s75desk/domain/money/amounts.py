"""An amount as it is known: exact, about, or a range; sums of such amounts, the words for them, and shares."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal

from s75desk.domain.wording import NOT_KNOWN, number, pounds, pounds_short
from s75desk.domain.working import Figure, Known, Working

POUND = "£"
NONE_RECORDED = "None recorded"
_HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Sum:
    """An amount, or amounts added up: both ends of what it may be, the same where it is no range.

    Attributes:
        low: Pounds, the lower end.
        high: Pounds, the upper end.
        about: Whether any part of it is approximate.
    """

    low: Decimal
    high: Decimal
    about: bool = False

    @classmethod
    def of(cls, value: Decimal, *, about: bool = False) -> Sum:
        """A single amount."""
        return cls(value, value, about)

    @classmethod
    def between(cls, value: Decimal | None, upto: Decimal | None, *, about: bool | None = False) -> Sum | None:
        """An amount as a record keeps it, with the upper end of a range where it is one; None where there is none."""
        if value is None:
            return None
        other = value if upto is None else upto
        return cls(min(value, other), max(value, other), bool(about))

    def __add__(self, other: Sum) -> Sum:
        return Sum(self.low + other.low, self.high + other.high, self.about or other.about)

    @property
    def exact(self) -> Decimal | None:
        """The amount where it is one figure and not a range; it may still be approximate."""
        return self.low if self.low == self.high else None

    @property
    def plain(self) -> str:
        """As in a sum, without sign and words: "372,000", "2,500,000 to 3,000,000"."""
        return number(self.low) if self.low == self.high else f"{number(self.low)} to {number(self.high)}"

    @property
    def text(self) -> str:
        """As written: "£372,000", "about £36,000,000", "£2,500,000 to £3,000,000"."""
        words = pounds(self.low) if self.low == self.high else f"{pounds(self.low)} to {pounds(self.high)}"
        return f"about {words}" if self.about else words


def amount_text(value: Decimal, *, about: bool | None = False) -> str:
    """One amount as written, "about" kept: "£372,000", "about £36,000,000"."""
    return Sum.of(value, about=bool(about)).text


def range_short(total: Sum) -> str:
    """A range to three figures for a narrow place: "£4m–£4.5m". The whole of it is said beside."""
    words = f"{pounds_short(total.low)}\N{EN DASH}{pounds_short(total.high)}"
    return f"about {words}" if total.about else words


def added(sums: Iterable[Sum | None]) -> Sum | None:
    """What is known of several amounts added up; None where none of them is known."""
    known = [each for each in sums if each is not None]
    return sum(known[1:], known[0]) if known else None


def figure_of(
    total: Sum | None, working: Working | None = None, *, known: Known = Known.NOT_KNOWN, partial: bool = False
) -> Figure:
    """A sum as a figure; ``known`` says what to call it where there is no sum, ``partial`` that a part is wanting."""
    if total is None:
        return Figure(
            NONE_RECORDED if known is Known.NONE_RECORDED else NOT_KNOWN, working, None, POUND, known, partial=partial
        )
    sure = Known.ABOUT if total.about else Known.KNOWN
    upto = None if total.exact is not None else total.high
    return Figure(total.text, working, total.low, POUND, sure, upto, partial)


def least_text(figure: Figure, *, may_fall: bool = False) -> str:
    """A figure as printed where nothing beside it says that it is a sum of what is known: "at least £372,000".

    Args:
        figure: The figure.
        may_fall: Whether what is not known may take away from it.
    """
    if not figure.partial or not isinstance(figure.value, Decimal):
        return figure.text
    loose = may_fall or figure.value < 0 or figure.upto is not None or figure.known is Known.ABOUT
    return f"{figure.text} of what is known" if loose else f"at least {figure.text}"


def sum_of(figure: Figure) -> Sum | None:
    """The sum behind a figure made by ``figure_of``; None where it has none."""
    if not isinstance(figure.value, Decimal) or not figure.known.valued:
        return None
    upto = figure.value if figure.upto is None else figure.upto
    return Sum(figure.value, upto, figure.known is Known.ABOUT)


def percentages(parts: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """Each part as a percentage of their sum, to two decimals, so that they add up to 100 exactly.

    Odd hundredths go to the largest remainders, the first named first where those are equal. {} for a sum of nought.
    """
    whole = sum(parts.values(), Decimal(0))
    if not whole:
        return {}
    exact = {name: part * 100 / whole for name, part in parts.items()}
    down = {name: share.quantize(_HUNDREDTH, rounding=ROUND_FLOOR) for name, share in exact.items()}
    odd = int((100 - sum(down.values(), Decimal(0))) / _HUNDREDTH)
    for name in sorted(exact, key=lambda name: exact[name] - down[name], reverse=True)[:odd]:
        down[name] += _HUNDREDTH
    return down
