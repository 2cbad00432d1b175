"""What a year of an agreement is worth, from which day: the yearly value over the days of its term."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from s75desk.domain.as_at import as_held
from s75desk.domain.dated import Held, spans
from s75desk.domain.money.amounts import Sum, added
from s75desk.domain.money.totals import times_years, yearly_sum
from s75desk.domain.months import add_months, month_length, whole_months
from s75desk.domain.records import Agreement
from s75desk.domain.records.dated import DatedValue, Variation
from s75desk.domain.wording import NOT_KNOWN, date_long, financial_year_of, rounded

_SHAPES_A_TOTAL = ("starts", "first_term", "rolling", "stated_end", "ends_at_latest", "yearly_value")


@dataclass(frozen=True, slots=True)
class Rate:
    """What a year is worth from a day on.

    Attributes:
        value: A year, both ends of what it may be; None if it is not known from then on.
        since: The first day; None for the value from the start.
        cited: Where it stands, or what brought it.
    """

    value: Sum | None
    since: date | None = None
    cited: str = NOT_KNOWN

    @property
    def text(self) -> str:
        """Its value as text."""
        return NOT_KNOWN if self.value is None else self.value.text


@dataclass(frozen=True, slots=True)
class Worth:
    """The yearly value over time, as it is known on a day, with the terms for which a total was stated.

    Attributes:
        rates: The value from the start and every later one, the earliest first.
        when_stated: The agreement with the terms that held when its total was stated.
        overtaken: The first day after that from which a term on which a total rests is another; None if none is.
    """

    rates: tuple[Rate, ...]
    when_stated: Agreement
    overtaken: date | None = None


def worth_now(agreement: Agreement) -> Worth:
    """The worth of an agreement whose terms never changed."""
    return Worth((Rate(yearly_sum(agreement), None, agreement.cited),), agreement)


def worth_of(stored: Agreement, dated: Iterable[DatedValue], known_by: date) -> Worth:
    """The worth over time of an agreement, with what was known by a day.

    Args:
        stored: The agreement with the values it had from the start.
        dated: Values of its fields from a day, those in deeds of variation too.
        known_by: The day; a deed that is made but not in force yet is known.
    """
    values = [one for one in dated if one.since and (one.known or one.since) <= known_by]
    rates = [_rate(held, stored, values) for held in reversed(spans(stored, "yearly_value", values))]
    stated = next(held for held in spans(stored, "stated_total", values) if held.holds(known_by))
    changes = (held.since for name in _SHAPES_A_TOTAL for held in spans(stored, name, values))
    later = [day for day in changes if day and (stated.since is None or day > stated.since)]
    then = stored if stated.since is None else as_held(stored, stated.since, [replace(v, known=None) for v in values])
    return Worth(tuple(rates), then, min(later, default=None))


def as_typed(worth: Worth | None, agreement: Agreement, today: date) -> Worth:
    """The worth with what a form of the agreement says: it shows, and corrects, the values that hold today."""
    if worth is None:
        return worth_now(agreement)
    now = [place for place, rate in enumerate(worth.rates) if rate.since is None or rate.since <= today][-1]
    typed = replace(worth.rates[now], value=yearly_sum(agreement))
    then = replace(
        worth.when_stated,
        stated_total=agreement.stated_total,
        stated_total_to=agreement.stated_total_to,
        stated_total_about=agreement.stated_total_about,
        stated_total_basis=agreement.stated_total_basis,
    )
    return replace(worth, rates=(*worth.rates[:now], typed, *worth.rates[now + 1 :]), when_stated=then)


def _rate(held: Held, stored: Agreement, values: Sequence[DatedValue]) -> Rate:
    def beside(name: str) -> Any:
        """What is typed together with the value; a deed states its value as it is, whatever an earlier one was."""
        found = next(one for one in spans(stored, name, values) if one.holds(held.since or date.min))
        return found.value if held.kind != Variation.KIND or found.since == held.since else None

    value = Sum.between(held.value, beside("yearly_to"), about=beside("yearly_about"))
    return Rate(value, held.since, held.source or held.reason or stored.cited)


@dataclass(frozen=True, slots=True)
class Piece:
    """The part of a financial year for which one yearly value stands.

    Attributes:
        rate: That value.
        words: How much of the year: "6 of 12 months".
        whole: Whether it is all of the year.
        value: What the yearly value makes of it; None where it is not known.
    """

    rate: Rate
    words: str
    whole: bool
    value: Sum | None


@dataclass(frozen=True, slots=True)
class Stretch:
    """The days of a term over which one yearly value holds."""

    rate: Rate
    first: date
    last: date

    @property
    def months(self) -> int | None:
        """Its length, where that is whole months."""
        months = whole_months(self.first, self.last + timedelta(days=1))
        return months if months and add_months(self.first, months) == self.last + timedelta(days=1) else None


def stretches(rates: Sequence[Rate], first: date, last: date) -> tuple[Stretch, ...]:
    """The days from ``first`` to ``last`` by the yearly value that holds on them."""
    ends = [rate.since - timedelta(days=1) if rate.since else last for rate in rates[1:]]
    found = []
    for rate, end in zip(rates, [*ends, last], strict=True):
        begins, ends_on = max(first, rate.since or first), min(last, end)
        if begins <= ends_on:
            found.append(Stretch(rate, begins, ends_on))
    return tuple(found)


def pieces_by_year(rates: Sequence[Rate], first: date, last: date) -> dict[int, tuple[Piece, ...]]:
    """Each financial year of a term with its parts of the yearly values."""
    years = range(financial_year_of(first), financial_year_of(last) + 1)
    found: dict[int, tuple[Piece, ...]] = dict.fromkeys(years, ())
    for stretch in stretches(rates, first, last):
        for year, piece in _pieces(stretch).items():
            found[year] = (*found[year], piece)
    return found


def _pieces(stretch: Stretch) -> dict[int, Piece]:
    """The parts of one yearly value by year.

    Rounding and leap years must not make the years differ from the whole: what they leave over goes to the last year
    that is covered in part.
    """
    yearly = stretch.rate.value
    parts: dict[int, Piece] = {}
    for year in range(financial_year_of(stretch.first), financial_year_of(stretch.last) + 1):
        begins, ends = max(stretch.first, date(year, 4, 1)), min(stretch.last, date(year + 1, 3, 31))
        units, whole, words = _part_of_year(begins, ends)
        value = None
        if yearly is not None:
            low, high = (rounded(end * units / whole, 2) for end in (yearly.low, yearly.high))
            value = Sum(low, high, yearly.about)
        parts[year] = Piece(stretch.rate, words, units == whole, value)
    partial = [year for year, part in parts.items() if not part.whole]
    if yearly is None or not partial or stretch.months is None:
        return parts
    all_of_it = times_years(yearly, Decimal(stretch.months) / 12).value
    last = parts[partial[-1]]
    others = added(part.value for part in parts.values() if part is not last) or Sum.of(Decimal(0))
    value = Sum(all_of_it.low - others.low, all_of_it.high - others.high, yearly.about)
    parts[partial[-1]] = replace(last, value=value)
    return parts


def _part_of_year(starts: date, ends: date) -> tuple[int, int, str]:
    """How much of its financial year a stretch covers: in months where they are whole, else in days."""
    if starts.day == 1 and ends.day == month_length(ends.year, ends.month):
        months = whole_months(starts, ends + timedelta(days=1))
        return months, 12, f"{months} of 12 months"
    days = (ends - starts).days + 1
    first = date(financial_year_of(starts), 4, 1)
    whole = (date(first.year + 1, 4, 1) - first).days
    return days, whole, f"{days} of {whole} days"


def planned_over(rates: Sequence[Rate], first: date, last: date) -> Sum | None:
    """What the yearly values make of the days from ``first`` to ``last``; None where one is not known."""
    return worth_of_pieces([piece for year in pieces_by_year(rates, first, last).values() for piece in year])


def worth_of_pieces(pieces: Sequence[Piece]) -> Sum | None:
    """Parts of yearly values added up; None where one is not known, or there is none."""
    return None if any(piece.value is None for piece in pieces) else added(piece.value for piece in pieces)


def rates_in(rates: Sequence[Rate], first: date, last: date) -> str:
    """The sum in words: "2,038,663 × 2 + 2,200,000 × 3"; "" where a value is not known or no number of months holds."""
    found = []
    for stretch in stretches(rates, first, last):
        if stretch.rate.value is None or stretch.months is None:
            return ""
        found.append(times_years(stretch.rate.value, Decimal(stretch.months) / 12).sum)
    return " + ".join(found)


def rate_label(rate: Rate) -> str:
    """What it is called in a working."""
    return "Value a year" if rate.since is None else f"Value a year from {date_long(rate.since)}"


def rates_text(rates: Sequence[Rate], as_at: date) -> str:
    """The yearly values as a clause: "is £2,038,663 a year, from 1 April 2026 £2,200,000"."""
    held = [rate for rate in rates if rate.since is None or rate.since <= as_at]
    ahead = [rate for rate in rates if rate.since is not None and rate.since > as_at]
    known = [rate for rate in (*held, *ahead) if rate.value is not None]
    if not known:
        return ""
    words = f"{held[-1].text} a year" if held[-1].value is not None else "not known"
    if held[-1].since:
        words += f" since {date_long(held[-1].since)}"
        before = [f"{rate.text}{f' from {date_long(rate.since)}' if rate.since else ''}" for rate in held[:-1]]
        words += f" (before that {', then '.join(before)})" if before else ""
    later = (f"from {date_long(rate.since)} it is {rate.text}" for rate in ahead if rate.since)
    return "; ".join((f"is {words}", *later))
