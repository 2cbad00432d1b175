"""Lengths of time as people write them: "3 years", "six (6) months’ written notice", "3 + 1 + 1 years".

One way to write a length holds in every field that takes one. A number without a unit is never guessed at, and what
cannot be read is named.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from s75desk.domain.lengths import UNITS, Length
from s75desk.domain.refusals import NotUnderstood

HINT = "A length such as 3 years, 18 months, 12 weeks or 28 days."
MOST_IN_SERIES = 20
"""Options to extend that one agreement can have."""

_ONES = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_COUNTED = {word: place for place, word in enumerate(_ONES, 1)} | {w: 10 * n for n, w in enumerate(_TENS, 2)}
_COUNT_WORD = re.compile(
    rf"\b(?P<hundred>(?:(?:a|one|two|three) hundred)(?: and)?(?: |$))?"
    rf"(?:(?P<tens>{'|'.join(_TENS)})(?:[ -](?P<ones>{'|'.join(_ONES[:9])}))?|(?P<low>{'|'.join(reversed(_ONES))}))?\b"
)
_NUMBER = r"\d{1,5}(?:\.\d{1,4})?"
_UNIT = {
    "years": r"years?|yrs?|y",
    "months": r"(?:calendar[ -])?months?|mths?|mos?|m",
    "weeks": r"weeks?|wks?|w",
    "days": r"(?:calendar[ -])?days?|d",
}
_TWO_WAYS = {"fortnights": (r"fortnights?", "weeks", 2), "quarters": (r"quarters?", "months", 3)}
"""Units that are so many of another one."""
_ANY_UNIT = "|".join((*_UNIT.values(), *(words for words, _, _ in _TWO_WAYS.values())))
_BIT = re.compile(
    rf"(?P<count>{_NUMBER}|an?\b)[\s-]*(?:(?P<half>and a half)\s+)?"
    rf"(?:{'|'.join(f'(?P<{name}>{words[0]})' for name, words in _TWO_WAYS.items())}"
    rf"|{'|'.join(f'(?P<{name}>{words})' for name, words in _UNIT.items())})(?![a-z])"
    r"[\s,]*(?:and\s+(?!a half))?"
)
_BARE = re.compile(_NUMBER)
_RANGE = re.compile(r"(?:between\s+|from\s+)?(?P<low>.+?)\s*(?:\bto\b|[\u2013\u2014-]|\bor\b|\band\b)\s*(?P<high>.+)")
_AT_MOST = re.compile(
    r"(?:up to|at (?:the )?most|no(?:t)? more than|(?:a )?max(?:imum)?\.?(?: of)?)\s+(?P<first>.+)"
    r"|(?P<last>.+?)\s*(?:max(?:imum)?|at (?:the )?most|or less)"
)
_AT_LEAST = re.compile(
    r"(?:at (?:the )?least|no(?:t)? less than|(?:a )?min(?:imum)?\.?(?: of)?|not fewer than)\s+(?P<first>.+)"
    r"|(?P<last>.+?)\s*(?:min(?:imum)?|at (?:the )?least|or more)"
)
_NOTICE_OF = r"^(?:notice|notice period)(?: period)? of "
_NOTICE = re.compile(rf"{_NOTICE_OF}|['\u2019]?s?['\u2019]?\s*\b(?:(?:prior|written|formal|advance|of)\s+)*notice\b.*")
_BEFORE = re.compile(
    r"^(?:an? |the )?(?:(?:initial|first|fixed|further|core)\s+)?(?:(?:term|period|length)\s+(?:of\s+)?)?(?=\d)"
)
_AFTER = re.compile(r"['\u2019]?s?['\u2019]?\s*(?:long|(?:initial |first |fixed )?(?:term|period)|initially|each)$")
_NONE = frozenset({"none", "nil", "no", "no notice", "no notice period", "0", "immediate", "immediately"})
_WRONG = (
    (r"\b(?:working|business) days?\b", "Working days depend on where they start; write it in days, weeks or months."),
    (r"\bclear days?\b", "Clear days count neither the first day nor the last. Write the days with both counted."),
    (r"\bless (?:a|one|1) day\b", "A length cannot be kept less a day. Write it without, and type the stated end."),
)
_EVERY = {
    "annual": "1 year", "annually": "1 year", "yearly": "1 year", "once a year": "1 year", "half-yearly": "6 months",
    "half yearly": "6 months", "twice a year": "6 months", "quarterly": "3 months", "monthly": "1 month",
    "fortnightly": "2 weeks", "weekly": "1 week", "every year": "1 year", "every quarter": "3 months",
    "every month": "1 month", "every week": "1 week",
}  # fmt: skip
"""How papers say how often, as the time from one to the next."""
_KNOWN_WORDS = frozenset("and to a an half between from or up of".split())

# What joins the options of a term to the first term.
_OPTION = re.compile(
    r"(?:,\s*)?\b(?:(?:with|and|plus) )*(?:an? |the )?(?:options? (?:to (?:extend|renew)\s*)?|extendable )"
    r"(?:by |for |of |to )?(?:an? )?(?:further )?"
)
_OPTION_NOUN = re.compile(
    rf"(?<=[\d\s-])({_ANY_UNIT})\s*(?:options?|optional|extensions?|periods?)\b(?:\s+to (?:extend|renew))?"
)
_REPEATED = re.compile(
    rf"({_NUMBER})\s*(?:(?:x|\N{{MULTIPLICATION SIGN}}|times|further|additional|more|optional)\s*)?"
    rf"(?:(?:extensions?|options?|periods?|terms?)\s*)?(?:of\s*)?(?<=[\sx\N{{MULTIPLICATION SIGN}}])(\d\S*.*|an?\s.*)"
)
_STRONG = re.compile(r"\+|;|\bthen\b|\bplus\b|\bfollowed by\b")
_WEAK = re.compile(r",|\band\b")


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
    said_notice = bool(_NOTICE.search(words))
    words = _bare_of_words(words)
    length = _one(words)
    if length is not None:
        return length
    if least := _AT_LEAST.fullmatch(words):
        length = parse_length(least["first"] or least["last"], asks)
        # Notice is always of so much at least; a term of "at least 3 years" has no end.
        if said_notice or "days" in asks:
            return length
        raise NotUnderstood(f"“At least” leaves the length open. Is it {length.words}?", (length.words,))
    raise _refusal(words, asks)


def parse_series(text: str, asks: Sequence[str] = ("years", "months")) -> tuple[Length, ...]:
    """Lengths one after the other: "3 + 1 + 1 years", "1 year + 6 months", "2 x 12 months"; () for nothing.

    A unit at the end holds for the numbers before it that have none. A comma may stand between two lengths or within
    one, "2 years, 6 months": it is within one where it can be.

    Raises:
        NotUnderstood: A part is no length, or no unit is given at all; then with what it might be.
    """
    words = _OPTION_NOUN.sub(r"\1", _tidied(text).replace("(", " ").replace(")", " "))
    words = re.sub(r"\d+(?:/\d+){2,}", lambda found: found[0].replace("/", "+"), _OPTION.sub(" + ", words))
    parts = [part.strip() for strong in _STRONG.split(words) for part in _weakly_parted(strong.strip())]
    parts = [part for part in parts if part]
    if len(parts) == 1 and parts[0] in _NONE:
        return ()
    spread = [one for part in parts for one in _repeated(_bare_of_words(part))]
    if len(spread) > MOST_IN_SERIES + 1:
        raise NotUnderstood(f"At most {MOST_IN_SERIES} extensions.")
    bare = [bool(_BARE.fullmatch(part)) for part in spread]
    if spread and all(bare):
        raise NotUnderstood(*_asked(spread, asks, " + "))
    if spread and bare[-1]:
        meant = tuple(f"{' + '.join(spread)} {unit}" for unit in asks)
        raise NotUnderstood(f"Say whether the {spread[-1]} at the end is {_or(asks)}.", meant)
    found: list[Length] = []
    unit = ""
    for part, is_bare in reversed(list(zip(spread, bare, strict=True))):
        length = _read_part(f"{part} {unit}" if is_bare else part, asks)
        found.append(length)
        unit = unit if is_bare else _last_unit(length)
    return tuple(reversed(found))


def from_text(text: str) -> Length:
    """A length as the file and history keep it: its words; digits alone are months, as versions before 5 kept them.

    Raises:
        NotUnderstood: It is neither.
    """
    return Length(months=int(text)) if text.isdecimal() else parse_length(text)


# --- words -------------------------------------------------------------------------------------------------------


def _tidied(text: str) -> str:
    """In small letters, with numbers as digits: "six (6) months" is "6 months", "1½ years" is "1.5 years"."""
    words = " ".join(text.lower().replace("\N{NO-BREAK SPACE}", " ").split()).rstrip(".")
    for sign, part in (("½", ".5"), ("¼", ".25"), ("¾", ".75")):
        words = re.sub(rf"(?<!\d){sign}", f"0{part}", words).replace(sign, part)
    words = _COUNT_WORD.sub(_digits, words)
    words = _EVERY.get(words, re.sub(r"^(?:every|each)\s+(?=\d)|(?<=\d)[ -](monthly|yearly|weekly)$", _often, words))
    words = re.sub(r"\bhalf (?:an? )?year\b|(?<![\d./])1/2 (?:an? )?year\b", "6 months", words)
    words = re.sub(r"\b(?:an?|1) year and a half\b", "18 months", words)
    words = re.sub(r"\s*\((?:calendar|calendar days?|calendar months?|inclusive)\)", "", words)
    return re.sub(rf"({_NUMBER})\s*\(\s*({_NUMBER})\s*\)", _said_twice, words)


def _often(found: re.Match[str]) -> str:
    """Read "6-monthly" as "6 months", and leave out the "every" before a number."""
    return f" {found[1].removesuffix('ly')}s" if found[1] else ""


def _digits(found: re.Match[str]) -> str:
    if not found[0].strip():
        return found[0]
    hundreds = {"a": 1, "one": 1, "two": 2, "three": 3}[found["hundred"].split()[0]] if found["hundred"] else 0
    low = sum(_COUNTED[found[name]] for name in ("tens", "ones", "low") if found[name])
    space = " " if found[0].endswith(" ") else ""
    return f"{hundreds * 100 + low}{space}"


def _said_twice(found: re.Match[str]) -> str:
    if Decimal(found[1]) != Decimal(found[2]):
        raise NotUnderstood(f"It says {found[1]} and then {found[2]} in brackets. Type one of them.")
    return found[1]


def _bare_of_words(words: str) -> str:
    """Without what papers write round a length: "an initial term of", "months’ prior written notice"."""
    words = _AFTER.sub("", _NOTICE.sub("", words).strip()).strip()
    return _BEFORE.sub("", words, count=1)


# --- one length --------------------------------------------------------------------------------------------------


def _one(words: str) -> Length | None:
    return _plain(words) or _ranged(words)


def _plain(words: str) -> Length | None:
    """A plain length, each unit once and the larger before the smaller; None if it is none."""
    at, last, found = 0, -1, dict.fromkeys(UNITS, 0)
    while at < len(words):
        bit = _BIT.match(words, at)
        if bit is None:
            return None
        two_ways = next((each for name, each in _TWO_WAYS.items() if bit[name]), None)
        unit = two_ways[1] if two_ways else next(unit for unit in UNITS if bit[unit])
        count = _count(bit["count"]) + (Decimal("0.5") if bit["half"] else 0)
        count *= two_ways[2] if two_ways else 1
        if UNITS.index(unit) <= last:
            return None
        last, at = UNITS.index(unit), bit.end()
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
    if up := _AT_MOST.fullmatch(words):
        high = _plain(up["first"] or up["last"])
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


def _count(word: str) -> Decimal:
    return Decimal(1) if word in ("a", "an") else Decimal(word)


def _last_unit(length: Length) -> str:
    return next(unit for unit in reversed(UNITS) if getattr(length.longest, unit))


# --- several -----------------------------------------------------------------------------------------------------


def _weakly_parted(words: str) -> list[str]:
    """Parts between commas or "and", where they do not make one length together."""
    if _one(_bare_of_words(words)) is not None:
        return [words]
    parts = [part.strip() for part in _WEAK.split(words) if part.strip()]
    pairs = [_plain(f"{one} {other}") for one, other in pairwise(parts)]
    if any(pairs):
        meant = []
        for place, pair in enumerate(pairs):
            if pair:
                meant.append(" + ".join((*parts[:place], " ".join(parts[place : place + 2]), *parts[place + 2 :])))
        meant.append(" + ".join(parts))
        raise NotUnderstood(f"Which of these belong together? {_or(meant)}.", meant)
    return parts


def _repeated(part: str) -> list[str]:
    """Read "2 x 12 months" and "2 one-year extensions", which is one length twice."""
    times = None if _one(part) else _REPEATED.fullmatch(part)
    if times is None:
        return [part]
    count = _count(times[1])
    whole = int(count) if count == count.to_integral_value() else 0
    if not 1 <= whole <= MOST_IN_SERIES:
        raise NotUnderstood(f"At most {MOST_IN_SERIES} extensions.")
    return [times[2]] * whole


def _read_part(part: str, asks: Sequence[str]) -> Length:
    length = parse_length(part, asks)
    if not length:
        raise NotUnderstood("Each of these must be a length; leave out what is none.")
    return length


# --- refusals ----------------------------------------------------------------------------------------------------


def _refusal(words: str, asks: Sequence[str]) -> NotUnderstood:
    """What is wrong with it, and what it might be."""
    for pattern, reason in _WRONG:
        if re.search(pattern, words):
            return NotUnderstood(reason)
    if _BARE.fullmatch(words):
        return NotUnderstood(*_asked([words], asks))
    if "+" in words or _REPEATED.fullmatch(words):
        return NotUnderstood("These are several lengths; one is asked for here.")
    low = _RANGE.fullmatch(words)
    if low is not None and _BARE.fullmatch(low["low"]) and _BARE.fullmatch(low["high"]):
        return NotUnderstood(*_asked([low["low"], low["high"]], asks, " to "))
    if both := re.fullmatch(r"(?P<first>[^()]+)\((?P<second>[^()]+)\)", words):
        lengths = [_one(part.strip()) for part in both.groups()]
        if all(lengths):
            meant = tuple(length.words for length in lengths if length)
            return NotUnderstood(f"Which of the two? {_or(meant).capitalize()}.", meant)
    if turned := re.fullmatch(rf"({_ANY_UNIT})\s+({_NUMBER})", words):
        length = _one(f"{turned[2]} {turned[1]}")
        if length is not None:
            return NotUnderstood(f"Write the number first: {length.words}.", (length.words,))
    return NotUnderstood(_why_not(words))


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
    """The first words that are no part of a length, or what else is wrong."""
    if not words:
        return HINT
    if re.fullmatch(_ANY_UNIT, words):
        return f"How many? Write the number before “{words}”."
    if unread := _unread(words):
        return f"“{unread[:40]}” cannot be read as part of a length."
    if re.search(r"\d\.\d", words):
        return "A whole number of months, weeks or days, such as 18 months."
    if re.fullmatch(rf"(?:(?:{_NUMBER}|an?)[\s-]*(?:{_ANY_UNIT})[\s,]*(?:and\s+)?)+", words):
        return "Write each unit once and the largest first, such as 1 year 6 months."
    if (low := _RANGE.fullmatch(words)) and _plain(low["high"]):
        return "A range begins with the shorter length, such as 3 to 5 years."
    return f"“{words[:40]}” cannot be read as a length. {HINT}"


def _unread(words: str) -> str:
    """The first stretch of words or signs that are neither numbers nor units."""
    pieces = re.findall(r"\d{6,}|\d+(?:\.\d+)?|[a-z'\u2019]+|[^\s\w,-]+|[^\W\da-z_]+", words)
    stretch: list[str] = []
    for piece in pieces:
        fits = piece in _KNOWN_WORDS or re.fullmatch(rf"{_NUMBER}|{_ANY_UNIT}", piece)
        if fits and stretch:
            break
        stretch += [] if fits else [piece]
    return " ".join(stretch)
