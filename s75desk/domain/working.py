"""The working of a figure: inputs, rule, result, source. Every computed figure carries one."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import Enum

from s75desk.domain.status import Shape


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a working.

    Attributes:
        label: What the figure is: "A year, from 2024/25".
        value: The figure as written: "£2,038,663", or "Not known".
        remark: Where it comes from or what it means: "recommendation a, para 3.7".
        result: Whether this line is a result rather than an input (drawn bold).
        shape: A status shape before the remark, or None: GOOD for "agrees", DOUBT for "disagrees".
    """

    label: str
    value: str
    remark: str = ""
    result: bool = False
    shape: Shape | None = None


@dataclass(frozen=True, slots=True)
class Working:
    """How a figure was arrived at, so that it can be redone by hand.

    Attributes:
        title: "£10,193,315 over five years".
        lines: Inputs first, then results.
        rule: The rule in a sentence.
        source: Report and paragraph, regulation or published method; "Not known" is allowed, "" is not meant.
    """

    title: str
    lines: tuple[Line, ...] = field(default_factory=tuple)
    rule: str = ""
    source: str = ""

    def as_text(self) -> str:
        """The working as plain text for the clipboard: tab-separated lines under a title."""
        rows = [self.title]
        rows += ["\t".join(part for part in (line.label, line.value, line.remark) if part) for line in self.lines]
        rows += [part for part in (self.rule, f"Source: {self.source}" if self.source else "") if part]
        return "\n".join(rows)


class Known(Enum):
    """What is known of a figure. Only the first two have a value."""

    KNOWN = "known"
    ABOUT = "about"
    NOT_KNOWN = "not known"
    NONE_RECORDED = "none recorded"
    NOT_APPLICABLE = "not applicable"
    SUPPRESSED = "suppressed"

    @property
    def valued(self) -> bool:
        """Whether a figure of this sort has a value to reckon with."""
        return self in (Known.KNOWN, Known.ABOUT)


@dataclass(frozen=True, slots=True)
class Figure:
    """A result: what rules and exports reckon with, the words for it, and how it was arrived at.

    Rules and tests look at ``value`` and ``known``, never at ``text``.

    Attributes:
        text: As written: "£839,350", "3,200", "31 Mar 2027", "Not known".
        working: How it was arrived at; None for a figure that was typed in and stands for itself.
        value: The figure itself: pounds, a number or a day; None where ``known`` has no value.
        unit: What the value is counted in: "£", "%", "assessments", "" for a day or a bare number.
        known: What is known of it.
        upto: The upper end of a range whose lower end is ``value``; None for a single figure.
        partial: Whether it is the sum of what is known, while a part of it is not.
    """

    text: str
    working: Working | None = None
    value: Decimal | date | None = None
    unit: str = ""
    known: Known = Known.KNOWN
    upto: Decimal | None = None
    partial: bool = False


UNKNOWN_FIGURE = Figure("Not known", known=Known.NOT_KNOWN)
"""A figure of which nothing is known, and nothing worked out."""
