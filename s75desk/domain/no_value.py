"""Why a figure has no value, as people write it and as it is printed: "<5", "*", "nil", "n/a", "tbc"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Protocol

from s75desk.domain.parsing import NotUnderstood, parse_number
from s75desk.domain.records import Measurement
from s75desk.domain.records.kpi import Absent, Measure
from s75desk.domain.wording import number
from s75desk.domain.working import Known

SMALL = Decimal(5)
"""A count of people from one up to below this can point at a person: it is not printed for the public unasked."""

_WORDS = {
    Absent.SUPPRESSED: "* ** [c] c s [s] # suppressed redacted confidential withheld".split(),
    Absent.NIL: ("nil", "none", "nil return", "-", "--", "\N{EN DASH}", "\N{EM DASH}", "\N{MINUS SIGN}", "[nil]"),
    Absent.NOT_APPLICABLE: ("n/a", "na", "n.a.", "[z]", "z", "not applicable", "does not apply"),
    Absent.AWAITED: ("tbc", "tba", "awaited", "to follow", "pending", "to come", "not yet"),
    Absent.REFUSED: ("refused", "declined", "not provided", "not supplied", "would not say"),
    Absent.NOT_DUE: ("not due", "not yet due"),
    # What statistical releases mark with [x], and what was not sent, will not come by itself.
    Absent.UNAVAILABLE: (
        *("[x]", "x", "..", ":", "...", "not available", "unavailable", "not collected", "no data", "missing"),
        *("dnr", "did not return", "not returned", "no return"),
    ),
}
_MEANT = {word: why for why, words in _WORDS.items() for word in words}
_BELOW = re.compile(r"(?:<|less than|fewer than|under|below)\s*(?P<figure>[\d.,]+)\s*%?")
_AT_MOST = re.compile(
    r"(?:<=|≤|up to|at most|no more than|not more than)\s*(?P<figure>\d[\d,.]*)\s*%?"
    r"|(?P<first>\d[\d,.]*)\s*%?\s*or (?:fewer|less|under|below)"
)
_AT_LEAST = re.compile(
    r"(?:>=|≥|at least|no less than|not less than)\s*(?P<figure>\d[\d,.]*)\s*%?"
    r"|(?P<first>\d[\d,.]*)\s*%?\s*(?:\+|or (?:more|over|above))"
)
_ABOVE = re.compile(r"(?:>|more than|over|above)\s*(?P<figure>[\d.,]+)\s*%?")
_BETWEEN = re.compile(r"(?P<low>\d{1,3})\s*(?:-|\N{EN DASH}|to)\s*(?P<high>\d{1,3})")
_OF_WORDS = r"(?P<n>[\d.,]+)\s*(?:of|out of|/|in)\s*(?P<base>[\d.,]+)"
_OF = re.compile(_OF_WORDS)
_SHARE_OF = re.compile(
    rf"(?P<value>[\d.,]+)\s*%\s*[(,:]?\s*{_OF_WORDS}\)?|{_OF_WORDS.replace('<n', '<n2').replace('<base', '<base2')}"
    r"\s*[(,:=]?\s*(?P<value2>[\d.,]+)\s*%\)?|(?P<n3>[\d.,]+)\s*\((?P<value3>[\d.,]+)\s*%\)"
)
_MARK = re.compile(r"(?P<figure>.*?)\s*\[(?P<mark>[a-z]{1,4})\]")
_RATIO = re.compile(r"\d+\s*:\s*\d+")
_WITH_UNIT = re.compile(r"(?P<figure>[-+(]?[\d.,\s]*\d\)?)\s*(?P<unit>[a-z][a-z ]*)")
_ABOUT = re.compile(
    r"(?:c\.?|ca\.?|circa|about|around|approx(?:\.|imately)?|roughly|~|\N{ALMOST EQUAL TO})\s*(?=[\d.£])"
)
_ABOUT_LAST = re.compile(r"\s*\(?\b(?:approx(?:\.|imately)?|circa|est(?:\.|imated?)?|or so)\)?$")
_EXCEL = re.compile(r"#(?:n/a|div/0!|ref!|value!|name\?|num!|null!|spill!|calc!)")


@dataclass(frozen=True, slots=True)
class Written:
    """What a cell says: a value, or n of N, or why there is none."""

    value: Decimal | None = None
    n: Decimal | None = None
    base: Decimal | None = None
    absent: Absent | None = None
    below: Decimal | None = None
    above: Decimal | None = None
    about: bool | None = None

    def values(self) -> dict[str, Any]:
        """By the fields of a measurement; those that it says nothing of are left out."""
        found = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return {name: value for name, value in found.items() if value is not None}


def read_written(text: str, unit: str | None = "", *, whole: bool = True) -> Written:
    """What was typed or pasted as a figure: "97 %", "c. 40", "53 of 54", "<5", "*", "nil", "tbc"; empty is nothing.

    Args:
        text: As typed.
        unit: What the figures are in, which may be typed behind one: "4 weeks"; None where any will do.
        whole: Whether they are whole numbers, of which "at most 5" is fewer than 6.

    Raises:
        NotUnderstood: It is no figure and no word for why there is none.
    """
    words = " ".join(text.lower().replace("\N{NO-BREAK SPACE}", " ").split())
    if not words or words in ("not known", "unknown", "n/k", "nk", "?"):
        return Written()
    if words in _MEANT:
        return Written(absent=_MEANT[words])
    if words in ("zero", "nought"):
        return Written(value=Decimal(0))
    if _EXCEL.fullmatch(words):
        raise NotUnderstood(f"Excel could not work this out ({text.strip()}). Type the figure itself.")
    if found := _MARK.fullmatch(words):
        raise NotUnderstood(f"“[{found['mark']}]” is a mark, not a figure. Say what it means in the comment.")
    if _RATIO.fullmatch(words):
        raise NotUnderstood(f"“{words}” may be a ratio or a time. Type the one figure that is meant.")
    return _limited(words, whole=whole) or _counted(words) or _plain(words, unit)


def _limited(words: str, *, whole: bool) -> Written | None:
    """A figure of which only a limit is given: "<5", "5 or fewer", "700+", "1-4"."""
    if found := _BELOW.fullmatch(words):
        return Written(absent=Absent.SUPPRESSED, below=parse_number(found["figure"]))
    if found := _ABOVE.fullmatch(words):
        return Written(absent=Absent.SUPPRESSED, above=parse_number(found["figure"]))
    for pattern, step in ((_AT_MOST, 1), (_AT_LEAST, -1)):
        if found := pattern.fullmatch(words):
            edge = parse_number(found["figure"] or found["first"])
            if not whole:
                shown = f"{'<' if step > 0 else '>'}{number(edge)}"
                raise NotUnderstood(f"“{words}” leaves the figure open. Type the figure itself, or “{shown}”.")
            limits = (edge + 1, None) if step > 0 else (None, edge - 1)
            return Written(absent=Absent.SUPPRESSED, below=limits[0], above=limits[1])
    if (found := _BETWEEN.fullmatch(words)) and int(found["low"]) < int(found["high"]):
        low, high = Decimal(found["low"]), Decimal(found["high"])
        return Written(absent=Absent.SUPPRESSED, above=low - 1, below=high + 1)
    return None


def _counted(words: str) -> Written | None:
    """A figure with what it was counted from: "12 of 15", "80% (12/15)", "12 (80%)"."""
    if found := _OF.fullmatch(words):
        return Written(n=parse_number(found["n"]), base=parse_number(found["base"]))
    if found := _SHARE_OF.fullmatch(words):
        value, n, base = (
            next((parse_number(found[name]) for name in names if found[name]), None)
            for names in (("value", "value2", "value3"), ("n", "n2", "n3"), ("base", "base2"))
        )
        return Written(value=value, n=n, base=base)
    return None


def _plain(words: str, unit: str | None) -> Written:
    about = _ABOUT.match(words)
    rest = words[about.end() :] if about else words
    short = _ABOUT_LAST.sub("", rest)
    certain = None if about or short != rest else False
    try:
        value = parse_number(short)
    except NotUnderstood:
        found = _WITH_UNIT.fullmatch(short)
        if found is None:
            raise
        said, held = (" ".join(each.split()).rstrip("s") for each in (found["unit"], (unit or "").casefold()))
        if unit is not None and said != held:
            if said not in _TIMES:
                raise
            held_words = f"this KPI is in {unit}" if unit and unit != "%" else "this KPI has no such unit"
            raise NotUnderstood(f"This is in {said}s, and {held_words}. Type the figure in its unit.") from None
        value = parse_number(found["figure"])
    return Written(value=value, about=True if certain is None else None)


_TIMES = frozenset({"minute", "min", "hour", "hr", "day", "working day", "calendar day", "week", "wk", "month", "year"})


class Unvalued(Protocol):
    """A record that may say why it has no figure, and between what it lies."""

    @property
    def absent(self) -> Absent | None:
        """Why; None where it is known, or just lacking."""

    @property
    def below(self) -> Decimal | None:
        """Less than this."""

    @property
    def above(self) -> Decimal | None:
        """More than this."""


def why_absent(figure: Measurement, measure: Measure | None) -> Absent | None:
    """Why a figure has no value: as recorded, or because a share of none is no share; None where it just lacks one."""
    if figure.absent is not None:
        return figure.absent
    nothing = measure is not None and measure.proportion and figure.base == 0 and figure.value is None
    return Absent.NOT_APPLICABLE if nothing else None


KNOWN = {
    Absent.SUPPRESSED: Known.SUPPRESSED,
    Absent.NIL: Known.NONE_RECORDED,
    Absent.NOT_APPLICABLE: Known.NOT_APPLICABLE,
}
"""What is known of a figure that has no value; of the others it is not known."""


def absent_words(figure: Unvalued, why: Absent, unit: str = "") -> str:
    """A figure without a value as printed: "<5", "1 to 4", "Suppressed", "Nil", "0 of 0", "Awaited"."""
    share = "%" if unit == "%" else ""
    if why is Absent.SUPPRESSED:
        if figure.below is not None and figure.above is not None:
            return f"{number(figure.above + 1)} to {number(figure.below - 1)}{share}"
        if figure.below is not None:
            return f"<{number(figure.below)}{share}"
        if figure.above is not None:
            return f">{number(figure.above)}{share}"
    if why is Absent.NOT_APPLICABLE and isinstance(figure, Measurement) and figure.base == 0:
        return f"{number(figure.n or 0)} of 0"
    return why.word


def least(figure: Unvalued, value: Decimal | None) -> Decimal:
    """The least that a count can be: itself, or one more than it is above; 0 where nothing is known."""
    return value if value is not None else (figure.above + 1 if figure.above is not None else Decimal(0))


def most(figure: Unvalued, value: Decimal | None) -> Decimal | None:
    """The most that a count can be: itself, one less than it is below, nought for nil; None without a bound."""
    if value is not None:
        return value
    if figure.absent is Absent.NIL:
        return Decimal(0)
    return figure.below - 1 if figure.below is not None else None


def small(figure: Measurement, measure: Measure | None) -> bool:
    """Whether a figure counts so few that it could point at a person: from one up to below five, n or N or value."""
    counts = [figure.n, figure.base]
    if measure is Measure.COUNT:
        counts.append(figure.value)
    return figure.absent is None and any(count is not None and 0 < count < SMALL for count in counts)
