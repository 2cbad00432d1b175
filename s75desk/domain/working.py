"""The working of a figure: inputs, rule, result, source. Every computed figure carries one."""

from __future__ import annotations

from dataclasses import dataclass, field

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


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as shown, with its working if it was computed.

    Attributes:
        text: As written: "£839,350", "3,200", "31 Mar 2027", "Not known".
        working: How it was arrived at; None for a figure that was typed in and stands for itself.
    """

    text: str
    working: Working | None = None
