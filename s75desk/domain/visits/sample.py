"""The sample register of a visit: how many were looked at of how many, how they were chosen, under which codes.

No national rule says how many to look at, so none is asserted; what was looked at is stated, "2 of 45". Files and
people stand in it by a code that the provider can resolve, never by name.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from s75desk.domain.fields import Choice
from s75desk.domain.findings import Finding, Weight
from s75desk.domain.wording import NOT_KNOWN, list_words, number, plural

MOST = 1_000_000

_CODE = re.compile(r"[A-Z]{1,3}[0-9]{1,4}")
_REFUSED = "Use one to three letters and a number, such as CP1. Names stay with the provider."


class SampleMethod(Choice):
    """How what was looked at was chosen."""

    RANDOM = "at random"
    EVERY_NTH = "every nth"
    BY_RISK = "by risk"
    FOLLOWED_UP = "followed up from last visit"
    OFFERED = "offered by the provider"
    ALL = "all of them"


@dataclass(frozen=True, slots=True)
class Sample:
    """What was looked at to answer a question.

    Attributes:
        what: What was counted: "medicines charts".
        population: How many there are, None while that is not known.
        looked_at: How many were looked at, None while that is not known.
        method: How they were chosen, None while that is not known.
        codes: Under which codes they are noted, as ``code_of`` gives them.
    """

    what: str = ""
    population: int | None = None
    looked_at: int | None = None
    method: SampleMethod | None = None
    codes: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """What was looked at: "2 of 45", "2 of an unknown number", "Not known"."""
        if self.looked_at is None:
            return NOT_KNOWN if self.population is None else f"Not known, of {number(self.population)}"
        if self.population is None:
            return f"{number(self.looked_at)} of an unknown number"
        return f"{number(self.looked_at)} of {number(self.population)}"

    @property
    def sentence(self) -> str:
        """The sample as a report prints it: "2 of 45 medicines charts, at random: CP1 and CP2"."""
        text = f"{self.words} {self.what.strip()}".strip()
        if self.method is not None:
            text += f", {self.method.value}"
        return f"{text}: {list_words(self.codes)}" if self.codes else text


def code_of(typed: str) -> str | None:
    """A code as it is kept, "cp 1" as "CP1"; None if it could be a name or is no code.

    A code is one to three letters of the alphabet and a number of one to four figures. Everything else is refused,
    so that no personal name can be kept; what the letters stand for is agreed with the provider.
    """
    code = re.sub(r"[\s-]+", "", typed).upper() if typed.isascii() else ""
    return code if _CODE.fullmatch(code) else None


def code_refusal(typed: str) -> str:
    """Why a code is refused, in words beside the field; "" for one that is kept."""
    if not typed.strip():
        return "Type a code such as CP1."
    if code_of(typed) is not None:
        return ""
    looks_named = not any(sign.isdigit() for sign in typed) and any(sign.isalpha() for sign in typed)
    return f"This may be a person’s name. {_REFUSED}" if looks_named else f"This is not a code. {_REFUSED}"


def next_code(letters: str, taken: Iterable[str]) -> str:
    """The next free code of some letters: "CP3" after CP1 and CP2.

    Raises:
        ValueError: If the letters could not begin a code.
    """
    start = letters.strip().upper()
    if code_of(f"{start}1") is None:
        raise ValueError(f"{letters!r} cannot begin a code")
    numbers = [int(code[len(start) :]) for code in taken if re.fullmatch(rf"{start}[0-9]+", code)]
    return f"{start}{max(numbers, default=0) + 1}"


def sample_findings(sample: Sample) -> tuple[Finding, ...]:
    """What is wrong or odd about a sample: faults that cannot be kept, doubts that can."""
    found = []
    for name, count in (("population", sample.population), ("looked_at", sample.looked_at)):
        if count is not None and not 0 <= count <= MOST:
            found.append(Finding(Weight.FAULT, name, f"Type a number from 0 to {number(MOST)}."))
    if sample.population is not None and sample.looked_at is not None and sample.looked_at > sample.population:
        text = f"{number(sample.looked_at)} were looked at, but there are {number(sample.population)}."
        found.append(Finding(Weight.FAULT, "looked_at", text))
    for code in sample.codes:
        if code_of(code) != code:
            found.append(Finding(Weight.FAULT, "codes", code_refusal(code) or f"Write {code} as {code_of(code)}."))
    for code in (code for code, count in Counter(sample.codes).items() if count > 1):
        found.append(Finding(Weight.FAULT, "codes", f"{code} stands here twice."))
    if sample.looked_at is not None and len(sample.codes) > sample.looked_at:
        text = f"{plural(len(sample.codes), 'code')} for {number(sample.looked_at)} looked at."
        found.append(Finding(Weight.DOUBT, "codes", text))
    known = None not in (sample.population, sample.looked_at)
    if known and sample.method is SampleMethod.ALL and sample.population != sample.looked_at:
        found.append(Finding(Weight.DOUBT, "method", f"All of them would be {number(sample.population or 0)}."))
    return tuple(found)
