"""A total as stated against what follows from the yearly value: which years it covers, and whether it agrees."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from s75desk.domain.money.amounts import Sum
from s75desk.domain.records import Agreement
from s75desk.domain.wording import TIMES, number, plural

_WORDS = {
    word: count
    for count, word in enumerate(("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"), 1)
}
_YEARLY = re.compile(r"\b(a|per|each|every|one|1)\s+year\b|\byearly\b|\bannual(ly)?\b|\bp\.?a\.?\b|\bper annum\b")
_YEARS = re.compile(rf"\b(?P<count>\d{{1,2}}|{'|'.join(_WORDS)})\s+years?\b")


@dataclass(frozen=True, slots=True)
class ExpectedTotal:
    """What a stated total should be.

    Attributes:
        value: Both ends of what it may be, the same where the yearly value is no range.
        years: The years it covers.
        sum: The sum in words: "2,038,663 x 5" with a proper multiplication sign.
    """

    value: Sum
    years: Decimal
    sum: str


def yearly_sum(agreement: Agreement) -> Sum | None:
    """The value a year as it is known; None where it is not."""
    return Sum.between(agreement.yearly_value, agreement.yearly_to, about=agreement.yearly_about)


def total_as_stated(agreement: Agreement) -> Sum | None:
    """The total as it is stated; None where none is."""
    return Sum.between(agreement.stated_total, agreement.stated_total_to, about=agreement.stated_total_about)


def years_covered(basis: str | None, term_months: int | None) -> Decimal | None:
    """How many years a stated total covers: by its own words, else the whole possible term; None if not known.

    "a year" is 1, "five years" and "5 years (3+1+1)" are 5. Other words than these are not guessed at.
    """
    words = (basis or "").lower()
    if found := _YEARS.search(words):
        return Decimal(_WORDS.get(found["count"]) or int(found["count"]))
    if _YEARLY.search(words):
        return Decimal(1)
    if words.strip() and "term" not in words:
        return None
    return Decimal(term_months) / 12 if term_months else None


def expected_total(agreement: Agreement, term_months: int | None) -> ExpectedTotal | None:
    """What the stated total should be by the yearly value; None where it cannot be said."""
    years = years_covered(agreement.stated_total_basis, term_months)
    yearly = yearly_sum(agreement)
    if yearly is None or years is None:
        return None
    return times_years(yearly, years)


def times_years(yearly: Sum, years: Decimal) -> ExpectedTotal:
    """A yearly value over a number of years, to the penny; months are counted where the years are not whole."""
    plain = yearly.plain if yearly.exact is not None else f"({yearly.plain})"
    months = (years * 12).to_integral_value()

    def over(end: Decimal) -> Decimal:
        return end * int(years) if whole else (end * months / 12).quantize(Decimal("0.01"))

    whole = years == years.to_integral_value()
    count = number(years) if whole else f"{number(months)} months ÷ 12"
    return ExpectedTotal(Sum(over(yearly.low), over(yearly.high), yearly.about), years, f"{plain} {TIMES} {count}")


def agrees_with(stated: Sum, summed: Sum) -> bool:
    """Whether a total as stated is what was added up, as exactly as either is known.

    A stated total that is approximate stands for everything that rounds to it: "about £36m" for 35.5 to 36.5 million.
    Two ranges agree where one figure may lie in both.
    """
    slack = max(_slack(stated.low), _slack(stated.high)) if stated.about or summed.about else Decimal(0)
    return summed.low - slack <= stated.high and stated.low <= summed.high + slack


def _slack(stated: Decimal) -> Decimal:
    """Half a unit of the last figure of a round amount that is not nought: half a million for 36,000,000."""
    return Decimal(5).scaleb(int(stated.normalize().as_tuple().exponent) - 1) if stated else Decimal(0)


def disagreement(agreement: Agreement, term_months: int | None) -> str:
    """A sentence when the stated total is not the yearly value times its years; "" when it is, or cannot be said.

    R1: 2,038,663 x 5 = 10,193,315 agrees.
    """
    expected, stated = expected_total(agreement, term_months), total_as_stated(agreement)
    if expected is None or stated is None or agrees_with(stated, expected.value):
        return ""
    if expected.years == 1:
        return f"A year is {expected.value.text}, but the total is stated as {stated.text}."
    return f"{expected.sum} = {expected.value.plain}, not {stated.plain}."


def years_words(years: Decimal) -> str:
    """A number of years for a title: "five years", "3.5 years"."""
    for word, count in _WORDS.items():
        if years == count:
            return f"{word} {'year' if count == 1 else 'years'}"
    return plural(years, "year")
