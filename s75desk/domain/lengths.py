"""A length of time as a paper states it, "3 years", "12 weeks" or "3 to 5 years", how it is read, and where it ends.

One way to write a length holds in every field that takes one. The unit that was written is kept: 28 days stay 28 days.
A number without a unit is never guessed at.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import reduce

from s75desk.domain.dates import NotUnderstood
from s75desk.domain.months import LONGEST_MONTHS, add_months, last_notice_day, term_end

_UNITS = ("years", "months", "weeks", "days")
_DAYS_A_MONTH = Decimal("30.4375")
HINT = "A length such as 3 years, 18 months, 12 weeks or 28 days."
SERIES_HINT = "Lengths such as 3 + 1 + 1 years, or 6 months + 6 months."
MOST_IN_SERIES = 20
"""Options to extend that one agreement can have."""


@dataclass(frozen=True, slots=True)
class Length:
    """A length of time in the units it was written in.

    Attributes:
        years, months, weeks, days: How many of each; nought of all is "none".
        most: The longer end of "3 to 5 years", of which this is the shorter; None for a plain length.
    """

    years: int = 0
    months: int = 0
    weeks: int = 0
    days: int = 0
    most: Length | None = None

    @property
    def in_months(self) -> int:
        """The part counted by the calendar: years and months."""
        return self.years * 12 + self.months

    @property
    def in_days(self) -> int:
        """The part counted in days: weeks and days."""
        return self.weeks * 7 + self.days

    @property
    def whole_months(self) -> int | None:
        """The length in months; None where weeks, days or a range make it no number of months."""
        return None if self.in_days or self.most else self.in_months

    @property
    def rough_months(self) -> Decimal:
        """About how many months, for limits and for sorting; of a range the longer end."""
        longest = self.longest
        return Decimal(longest.in_months) + longest.in_days / _DAYS_A_MONTH

    @property
    def longest(self) -> Length:
        """The longer end of a range; itself for a plain length."""
        return self.most or self

    @property
    def shortest(self) -> Length:
        """The shorter end of a range; itself for a plain length."""
        return replace(self, most=None) if self.most else self

    @property
    def too_long(self) -> bool:
        """Whether it would run off the calendar."""
        return self.rough_months > LONGEST_MONTHS

    @property
    def words(self) -> str:
        """As it is written: "1 year 6 months", "3 to 5 years", "up to 2 years", "none"."""
        if self.most is None:
            return _plain_words(self) or "none"
        low, high = _plain_words(self.shortest), _plain_words(self.most)
        if not low:
            return f"up to {high}"
        if low.split()[1:] and low.split()[1].rstrip("s") == high.split()[-1].rstrip("s") and low.count(" ") == 1:
            low = low.split()[0]
        return f"{low} to {high}"

    def __str__(self) -> str:
        return self.words

    def __bool__(self) -> bool:
        return bool(self.in_months or self.in_days or self.most)

    def __add__(self, other: Length) -> Length:
        parts = {unit: getattr(self, unit) + getattr(other, unit) for unit in _UNITS}
        most = self.longest + other.longest if self.most or other.most else None
        return Length(**parts, most=most)


def _plain_words(length: Length) -> str:
    counted = [(getattr(length, unit), unit) for unit in _UNITS]
    return " ".join(f"{count} {unit if count != 1 else unit[:-1]}" for count, unit in counted if count)


# --- where a length ends -----------------------------------------------------------------------------------------


def end_after(starts: date, length: Length) -> date:
    """The last day, inclusive, of a length from ``starts``: months as ``TERM_RULE`` says, then weeks and days.

    Raises:
        OverflowError: It runs off the calendar.
    """
    before = term_end(starts, length.in_months) if length.in_months else starts - timedelta(days=1)
    return before + timedelta(days=length.in_days)


def notice_day(ends: date, notice: Length) -> date:
    """The last day to give notice for an end: a range counts at its longer end, so that nobody is late.

    12 weeks for 31 March 2027: 6 January 2027; 28 days: 3 March 2027; 12 months: 31 March 2026.

    Raises:
        OverflowError: It lies before the calendar.
    """
    longest = notice.longest
    return last_notice_day(ends - timedelta(days=longest.in_days), longest.in_months)


def earliest_end(given: date, notice: Length) -> date:
    """The earliest day on which notice given on ``given`` can have run out.

    Three months from 15 January run out on 15 April (the "corresponding date" rule): the mirror of ``notice_day``.

    Raises:
        OverflowError: It runs off the calendar.
    """
    longest = notice.longest
    return add_months(given, longest.in_months) + timedelta(days=longest.in_days)


def total(lengths: Iterable[Length]) -> Length:
    """All of them one after the other."""
    return reduce(Length.__add__, lengths, Length())


# --- reading -----------------------------------------------------------------------------------------------------

_NUMBERS = (
    "a one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty"
).split()
_COUNTS = {word: max(1, place) for place, word in enumerate(_NUMBERS)} | {"an": 1}
_NUMBER = rf"\d{{1,5}}(?:\.\d{{1,4}})?|{'|'.join(sorted(_COUNTS, key=len, reverse=True))}"
_UNIT = {
    "years": r"years?|yrs?|y",
    "months": r"(?:calendar[ -])?months?|mths?|mos?|m",
    "weeks": r"weeks?|wks?|w",
    "days": r"(?:calendar[ -])?days?|d",
}
_BIT = re.compile(
    rf"(?P<count>{_NUMBER})[\s-]*(?:(?P<half>and a half)\s+)?"
    rf"(?:(?P<fortnights>fortnights?)|{'|'.join(f'(?P<{name}>{words})' for name, words in _UNIT.items())})(?![a-z])"
    r"[\s,]*(?:and\s+(?!a half))?"
)
_BARE = re.compile(rf"(?:{_NUMBER})")
_RANGE = re.compile(r"(?:between\s+|from\s+)?(?P<low>.+?)\s*(?:\bto\b|[\u2013\u2014-]|\bor\b|\band\b)\s*(?P<high>.+)")
_UP_TO = re.compile(r"(?:up to|at most|no more than|not more than)\s+(?P<high>.+)")
_NOUN = re.compile(r"[\u2019']?s?[\u2019']?\s*(?:notice|long|term|period|of notice)$")
_NONE = frozenset({"none", "nil", "no", "no notice", "no notice period", "0", "immediate", "immediately"})


def parse_length(text: str, asks: Sequence[str] = ("years", "months")) -> Length:
    """One length: "3 years", "18 months", "12 weeks' notice", "28 days", "a year and 6 months", "3 to 5 years".

    Args:
        text: What was typed.
        asks: The units that a bare number might be in, the likeliest first.

    Raises:
        NotUnderstood: It is no length, several, or a number without a unit; then with what it might be.
    """
    words = _tidied(text)
    if words in _NONE:
        return Length()
    length = _plain(words) or _ranged(words)
    if length is not None:
        return length
    if _BARE.fullmatch(words):
        raise NotUnderstood(*_asked([words], asks))
    if "+" in words:
        raise NotUnderstood("These are several lengths; one is asked for here.")
    low = _RANGE.fullmatch(words)
    if low is not None and _BARE.fullmatch(low["low"]) and _BARE.fullmatch(low["high"]):
        raise NotUnderstood(*_asked([low["low"], low["high"]], asks, " to "))
    raise NotUnderstood(_why_not(words))


def parse_series(text: str, asks: Sequence[str] = ("years", "months")) -> tuple[Length, ...]:
    """Lengths one after the other: "3 + 1 + 1 years", "1 year + 6 months", "2 x 12 months"; () for nothing.

    A unit at the end holds for the numbers before it that have none.

    Raises:
        NotUnderstood: A part is no length, or no unit is given at all; then with what it might be.
    """
    words = _tidied(text).replace("(", " ").replace(")", " ")
    parts = [part.strip() for part in re.split(r"\+|;|,|\bthen\b|\bplus\b|\bfollowed by\b", words)]
    parts = [part for part in parts if part]
    if len(parts) == 1 and parts[0] in _NONE:
        return ()
    spread = [one for part in parts for one in _repeated(part)]
    if len(spread) > MOST_IN_SERIES + 1:
        raise NotUnderstood(f"At most {MOST_IN_SERIES} extensions.")
    bare = [bool(_BARE.fullmatch(part)) for part in spread]
    if spread and all(bare):
        raise NotUnderstood(*_asked(spread, asks, " + "))
    if spread and bare[-1]:
        raise NotUnderstood(f"Say whether the {spread[-1]} at the end is {_or(asks)}.")
    found: list[Length] = []
    unit = ""
    for part, is_bare in reversed(list(zip(spread, bare, strict=True))):
        length = _read_part(f"{part} {unit}" if is_bare else part, asks)
        found.append(length)
        unit = unit if is_bare else _last_unit(length)
    return tuple(reversed(found))


def series_words(lengths: Sequence[Length]) -> str:
    """Lengths in words that ``parse_series`` reads back: "3 + 1 + 1 years", "1 year + 6 months"."""
    units = {_only_unit(length) for length in lengths}
    if len(lengths) > 1 and len(units) == 1 and (unit := units.pop()):
        return f"{' + '.join(str(getattr(length, unit)) for length in lengths)} {unit}"
    return " + ".join(length.words for length in lengths)


def _only_unit(length: Length) -> str:
    used = [unit for unit in _UNITS if getattr(length, unit)]
    return used[0] if len(used) == 1 and length.most is None else ""


def _last_unit(length: Length) -> str:
    return next(unit for unit in reversed(_UNITS) if getattr(length.longest, unit))


def _tidied(text: str) -> str:
    words = " ".join(text.lower().replace("\N{NO-BREAK SPACE}", " ").split()).rstrip(".")
    words = re.sub(r"\bhalf (?:a )?year\b", "6 months", words)
    return words if words in _NONE else _NOUN.sub("", words)


def _read_part(part: str, asks: Sequence[str]) -> Length:
    length = parse_length(part, asks)
    if not length:
        raise NotUnderstood("Each of these must be a length; leave out what is none.")
    return length


def _repeated(part: str) -> list[str]:
    """Read "2 x 12 months", which is 12 months twice."""
    times = re.fullmatch(rf"({_NUMBER})\s*(?:x|\N{{MULTIPLICATION SIGN}}|times|further)\s*(\S.*)", part)
    if times is None:
        return [part]
    count = _count(times[1])
    whole = int(count) if count == count.to_integral_value() else 0
    if not 1 <= whole <= MOST_IN_SERIES:
        raise NotUnderstood(f"At most {MOST_IN_SERIES} extensions.")
    return [times[2]] * whole


def _count(word: str) -> Decimal:
    return Decimal(_COUNTS[word]) if word in _COUNTS else Decimal(word)


def _plain(words: str) -> Length | None:
    """A plain length, each unit once and the larger before the smaller; None if it is none."""
    at, last, found = 0, -1, dict.fromkeys(_UNITS, 0)
    while at < len(words):
        bit = _BIT.match(words, at)
        if bit is None:
            return None
        unit = "weeks" if bit["fortnights"] else next(unit for unit in _UNITS if bit[unit])
        count = _count(bit["count"]) + (Decimal("0.5") if bit["half"] else 0)
        if bit["fortnights"]:
            count *= 2
        if _UNITS.index(unit) <= last:
            return None
        last, at = _UNITS.index(unit), bit.end()
        whole = int(count)
        found[unit] += whole
        rest = count - whole
        if rest and (unit != "years" or (rest * 12) % 1):
            return None
        found["months"] += int(rest * 12)
    length = Length(found["years"], found["months"], found["weeks"], found["days"])
    return length or None


def _ranged(words: str) -> Length | None:
    """Read "3 to 5 years" and "up to 5 years"; the shorter one takes the unit of the longer one where it has none."""
    if up := _UP_TO.fullmatch(words):
        high = _plain(up["high"])
        return Length(most=high) if high else None
    for found in _RANGE.finditer(words):
        high = _plain(found["high"]) if found.span() == (0, len(words)) else None
        if high is None:
            continue
        low_words = found["low"]
        low = _plain(f"{low_words} {_last_unit(high)}" if _BARE.fullmatch(low_words) else low_words)
        if low is not None and low.rough_months < high.rough_months:
            return replace(low, most=high)
    return None


def _asked(parts: Sequence[str], asks: Sequence[str], joiner: str = "") -> tuple[str, tuple[str, ...]]:
    """What to say of numbers without a unit, and what they might be."""
    counts = [format(_count(part), "f") for part in parts]
    whole = all("." not in count for count in counts)
    units = [unit for unit in asks if whole or unit == "years"]
    one = len(counts) == 1 and counts[0] == "1"
    meant = tuple(f"{joiner.join(counts)} {unit[:-1] if one else unit}" for unit in units)
    return f"{joiner.join(counts)} what? {_or(meant).capitalize()}.", meant


def _or(words: Sequence[str]) -> str:
    return " or ".join((", ".join(words[:-1]), words[-1])) if len(words) > 1 else "".join(words)


def _why_not(words: str) -> str:
    """What is wrong with it, where that can be said; else what would be understood."""
    if not words:
        return HINT
    if re.search(r"\bworking days?\b", words):
        return "Working days depend on where they start; write it in days, weeks or months."
    if re.search(r"\d\.\d", words):
        return "A whole number of months, weeks or days, such as 18 months."
    return f"\u201c{words[:40]}\u201d cannot be read as a length. {HINT}"


def from_text(text: str) -> Length:
    """A length as the file and history keep it: its words; digits alone are months, as versions before 5 kept them.

    Raises:
        NotUnderstood: It is neither.
    """
    return Length(months=int(text)) if text.isdecimal() else parse_length(text)
