"""An amount of money as people type it: sums and differences, "£1.81m", "c. £1.2m", "£2.5m-£3m", "tbc", "nil".

Nothing is rounded or guessed. What cannot be held is refused with what was wrong in it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from s75desk.domain.fields import Field
from s75desk.domain.money.amounts import Sum
from s75desk.domain.records.money import NoAmount
from s75desk.domain.refusals import NotUnderstood
from s75desk.domain.wording import MINUS, pounds, sentence_case

MONEY_HINT = "An amount such as £372,000 or £1.81m, or a sum such as 372,000 + 374,000."
_PENNY = Decimal("0.01")
_TOO_MUCH = "An amount below a million million pounds."

SIZES = {
    "k": 1_000,
    "thousand": 1_000,
    "m": 1_000_000,
    "mn": 1_000_000,
    "mil": 1_000_000,
    "mill": 1_000_000,
    "million": 1_000_000,
    "bn": 1_000_000_000,
    "billion": 1_000_000_000,
}
_WORD_SIZE = "|".join(sorted(SIZES, key=len, reverse=True))

_INSTEAD = {
    NoAmount.TO_BE_CONFIRMED: r"t\.?\s?b\.?\s?[cdan]\.?|to follow|(?:still )?to be (?:confirmed|agreed|decided)"
    r"|awaited|awaiting confirmation|pending|not (?:yet )?(?:confirmed|agreed)",
    NoAmount.NIL: r"£?\s?nil|none|zero|nothing|nought",
    NoAmount.NOT_APPLICABLE: r"n\s?/\s?a|n\.a\.?|not applicable",
}
_ABOUT = (
    r"(?:c\.?\s?a?\.?|circa|about|approx(?:\.|imately)?|around|roughly|some|say|est(?:\.|imated)?(?: at)?|~|\u2248)"
)
_ABOUT_FIRST = re.compile(rf"{_ABOUT}\s*(?=[-£\d(.]|gbp)")
_ABOUT_LAST = re.compile(r"\s*(?:\((?:approx\.?|approximately|circa|about|est\.?|estimated?)\)"
                         r"|\b(?:approx\.?|approximately|circa|est\.?|estimated?|or so)|-?ish)$")  # fmt: skip
_A_YEAR = re.compile(r"(?:\s+(?:a|per|each) (?:year|annum)|\s*/\s*(?:year|yr)|\s*p\.?a\.?)$")
_RANGE_WORDS = re.compile(r"(?:between\s+(?P<low>.+?)\s+and|(?:from\s+)?(?P<first>.+?)\s+to)\s+(?P<high>.+)")
_NUMBER = re.compile(
    rf"(?:£|gbp)?\s*(?P<digits>(?:\d{{1,3}}(?:,\d{{3}})+|\d{{1,3}}(?: \d{{3}})+|\d+)?(?:\.\d+)?)(?![\d,.])\s*"
    rf"(?:(?P<size>{_WORD_SIZE})\b)?\s*(?:(?P<pence>p|pence)\b|pounds?\b|gbp\b|quid\b)?"
)
_WRONG = (
    (r"[€$]|\b(?:eur|euros?|usd|dollars?)\b", "Amounts are kept in pounds."),
    (r"%|\bper ?cent\b", "A percentage is not an amount. Type the pounds."),
    (
        r"\bvat\b",
        "VAT cannot be kept in the amount. Type the amount alone, and choose the VAT basis where the form asks for it.",
    ),
    (
        r"(?:\b(?:a|an|per|each|every) (?:month|week|day|hour|quarter|person|head|visit|bed)|\bp\.?c\.?m)\b",
        "Only pounds a year or for the stated time can be kept here. Work it out, for instance 12 x £1,000.",
    ),
    (
        r"^(?:up to|at (?:most|least)|(?:no )?(?:more|less) than|under|below|over|above|max(?:imum)?|min(?:imum)?"
        r"|from(?!.*\bto\b)|nearly|almost|just|not more than|[<>≤≥])(?=[\s£\d])",
        "“{found}” is a limit, not an amount. Type the amount, and keep the limit in the note.",
    ),
    (
        r"(?:\+|\bplus)$",
        "“{found}” at the end leaves the amount open. Type the amount, and keep that it may be more in the note.",
    ),
    (r"\d\s*-$", "A minus stands at the end. Write it before the figure, such as -93,350."),
    (r"(?<![a-z])(?:cr|dr)$", "“{found}” may be added or taken away. Write the amount with its sign, without it."),
    (r"\bor\b", "“or” leaves open which amount counts. Type a range, such as £2m to £3m, or one of them."),
    (r"^[-\u2013]$", "A dash may mean nil or not known. Type nil, or leave this empty."),
)


@dataclass(frozen=True, slots=True)
class TypedAmount:
    """What was understood.

    Attributes:
        total: The amount, exact, about or a range; None where there is none.
        instead: Why there is none, or that it is nil.
    """

    total: Sum | None
    instead: NoAmount | None = None

    @property
    def text(self) -> str:
        """It in full, as it can be typed again: "about £1,200,000", "£2,500,000 to £3,000,000", "Nil"."""
        if self.instead is not None:
            return self.instead.word
        return "" if self.total is None else self.total.text


def read_amount(text: str) -> TypedAmount:
    """What an amount means as typed.

    Raises:
        NotUnderstood: It is no amount; the reason says what of it was wrong.
    """
    words = " ".join(re.sub(r"[\u2009\u202f\u00a0]", " ", text.casefold().replace(MINUS, "-")).split())
    for reason, pattern in _INSTEAD.items():
        if re.fullmatch(pattern, words):
            return TypedAmount(Sum.of(Decimal("0.00")) if reason is NoAmount.NIL else None, reason)
    words = _A_YEAR.sub("", words)
    if not re.search(r"\d", words):
        _refuse_wrong(words)
        raise NotUnderstood(f"“{text.strip()}” has no figure in it." if words else MONEY_HINT)
    words, about = _about(words)
    _refuse_wrong(words)
    if len(words) > 200:
        raise NotUnderstood("This is too long for one amount.")
    if re.search(r"[-+*/×÷]\s*[-+*/×÷]", words):
        raise NotUnderstood("Two signs stand side by side.")
    if words.startswith("="):
        return TypedAmount(Sum.of(_reckoned(words[1:]), about=about))
    ends = _ends(words)
    if ends is None:
        return TypedAmount(Sum.of(_reckoned(words), about=about))
    (low, low_about), (high, high_about) = _about(ends[0]), _about(ends[1])
    from_, to = _with_size(low, high), _reckoned(high)
    if from_ > to:
        raise NotUnderstood(f"The range runs from {pounds(from_)} down to {pounds(to)}. Type the smaller first.")
    return TypedAmount(Sum(from_, to, about or low_about or high_about))


def held_amount(field: Field | None, typed: TypedAmount) -> Decimal | None:
    """What a field keeps of an amount itself; what lies beside it is kept by ``companions``.

    Raises:
        NotUnderstood: The field has no place for all of it.
    """
    total = typed.total
    if total is None or total.exact is None:
        if typed.instead is not None and not (field and field.instead):
            raise NotUnderstood(f"“{typed.instead.word}” has no place here. Leave it empty: it is then not known.")
        if total is not None and not (field and field.upto):
            raise NotUnderstood(
                f"A range, {total.text}, has no place here. Type one amount, and the range in the note."
            )
    elif total.about and not (field and field.about):
        raise NotUnderstood(
            f"“About” has no place here. Type {pounds(total.low)}, and say in the note that it is about."
        )
    return None if total is None else total.low


def _about(words: str) -> tuple[str, bool]:
    shorter = _ABOUT_LAST.sub("", words)
    first = _ABOUT_FIRST.match(shorter)
    rest = shorter[first.end() :] if first else shorter
    return rest.strip(), rest != words


def _refuse_wrong(words: str) -> None:
    for pattern, reason in _WRONG:
        if found := re.search(pattern, words):
            raise NotUnderstood(reason.format(found=sentence_case(found[0])))


def _ends(words: str) -> tuple[str, str] | None:
    """Both ends of a range, or None where it is none: two amounts with a dash between them, the smaller first."""
    if found := _RANGE_WORDS.fullmatch(words):
        return found["low"] or found["first"], found["high"]
    dashed = re.fullmatch(r"([^-\u2013\u2014]+)[-\u2013\u2014]([^-\u2013\u2014]+)", words)
    if dashed is None or re.search(r"[+*/()x×÷]", words) or not all(re.search(r"\d", end) for end in dashed.groups()):
        return None
    low, high = _about(dashed[1].strip())[0], _about(dashed[2].strip())[0]
    return (dashed[1].strip(), dashed[2].strip()) if _with_size(low, high) < _reckoned(high) else None


def _with_size(low: str, high: str) -> Decimal:
    """The lower end, with the size that is written only once: "£2.5-3m" is £2,500,000 to £3,000,000."""
    value = _reckoned(low)
    number, upper = _NUMBER.fullmatch(low), _NUMBER.fullmatch(high)
    if number is not None and upper is not None and upper["size"] and not number["size"] and value < 1000:
        shared = _pennies(Fraction(value) * SIZES[upper["size"]])
        if shared <= _reckoned(high):
            return shared
    return value


def _pennies(value: Fraction) -> Decimal:
    pence = value * 100
    if pence.denominator != 1:
        raise NotUnderstood("This does not come out in whole pence. Round it, and say so in the note.")
    if abs(value) >= 10**12:
        raise NotUnderstood(_TOO_MUCH)
    return Decimal(pence.numerator).scaleb(-2).quantize(_PENNY)


def _reckoned(words: str) -> Decimal:
    return _pennies(_Reckoning(words.replace("\u2013", "-").replace("\u2014", "-")).result())


class _Reckoning:
    """Adds, takes away, multiplies and divides what is written, from left to right, in fractions of a pound."""

    def __init__(self, words: str) -> None:
        self.words = words.strip()
        self.place = 0

    def result(self) -> Fraction:
        """The value of all of it."""
        # Brackets round one figure are how accounts write what is taken away.
        if taken := re.fullmatch(r"(?:£\s*)?\(\s*(?P<inside>[^()+*/x×÷-]+)\s*\)", self.words):
            return -_Reckoning(taken["inside"]).result()
        value = self._sum()
        self._skip()
        if self.place < len(self.words):
            raise NotUnderstood(self._unread())
        return value

    def _sum(self) -> Fraction:
        value = self._product()
        while sign := self._take("+-"):
            more = self._product()
            value = value + more if sign == "+" else value - more
        return value

    def _product(self) -> Fraction:
        value = self._factor()
        while sign := self._take("*x×/÷"):
            more = self._factor()
            if sign in "/÷" and not more:
                raise NotUnderstood("Nothing can be divided by nought.")
            value = value / more if sign in "/÷" else value * more
        return value

    def _factor(self) -> Fraction:
        if sign := self._take("+-"):
            value = self._factor()
            return -value if sign == "-" else value
        opened = self.place
        if self._take("("):
            value = self._sum()
            if not self._take(")"):
                raise NotUnderstood("A bracket is not closed.")
            inside = self.words[opened : self.place].strip()
            if not re.search(r"[-+*/x×÷]", inside):
                raise NotUnderstood(f"“{inside}” in a sum may be added or taken away. Write it with its sign.")
            return value
        return self._number()

    def _number(self) -> Fraction:
        self._skip()
        found = _NUMBER.match(self.words, self.place)
        if found is None or not found["digits"] or found["digits"] == ".":
            # The pound sign may stand before the sign of a figure.
            if self._take("£") and self.words[self.place : self.place + 1] in ("-", "("):
                return self._factor()
            raise NotUnderstood(self._unread())
        self.place = found.end()
        if len(found["digits"]) > 30:
            raise NotUnderstood(_TOO_MUCH)
        value = Fraction(found["digits"].replace(",", "").replace(" ", ""))
        return value * SIZES[found["size"]] if found["size"] else value / 100 if found["pence"] else value

    def _take(self, signs: str) -> str:
        self._skip()
        here = self.words[self.place : self.place + 1]
        if here and here in signs:
            self.place += 1
            return here
        return ""

    def _skip(self) -> None:
        while self.words[self.place : self.place + 1] == " ":
            self.place += 1

    def _unread(self) -> str:
        """What is wrong at the place where reading stopped."""
        rest = self.words[self.place :].strip()
        if not rest:
            return "A figure is wanting at the end."
        piece = re.match(r"[£]?[\d.,]+|[^\s\d£]+|.", rest)
        shown = piece[0] if piece else rest
        if re.fullmatch(r"£?[\d.]*,[\d.,]*", shown):
            return f"“{shown}”: a comma groups thousands, as in 1,230, and a point comes before the pence."
        if re.fullmatch(r"£?[\d.]*\.[\d.]*", shown):
            return f"“{shown}” has a point in the wrong place; pence are written as in 13.50."
        if re.fullmatch(r"£?[\d.,]+", shown):
            return f"A sign such as + is wanting before “{shown}”."
        return f"“{shown}” cannot be read as part of an amount."
