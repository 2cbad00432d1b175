"""One partner's money lines of one year, read as a ledger: what is stated twice, what is not known, what it sums to.

Quarterly report and annual return come from the same lines: an amount for a whole year stands for the year, and
quarters count where there is none. Two lines with the same partner, type, line, year, quarter and purpose are one
amount stated twice: the larger is counted, and the working says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from s75desk.domain.records import Contribution
from s75desk.domain.records.money import MoneyLine, MoneyType
from s75desk.domain.status import Shape
from s75desk.domain.wording import NOT_KNOWN, list_words, pounds
from s75desk.domain.working import Line

Key = tuple[str, MoneyType | None, MoneyLine | None, int | None, int | None, str]


def key_of(entry: Contribution) -> Key:
    """What makes two lines statements of the same amount."""
    purpose = " ".join((entry.what or "").casefold().split())
    return (entry.partner or "", entry.type, entry.line, entry.year, entry.quarter, purpose)


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum of money lines.

    Attributes:
        value: Pounds, of what is known; None when no line is known.
        lines: One line of working per amount counted or left out.
        missing: Whether an amount is not known or a quarter has no line.
        sources: Where the amounts come from, each once.
    """

    value: Decimal | None
    lines: tuple[Line, ...]
    missing: bool
    sources: tuple[str, ...]

    @property
    def text(self) -> str:
        """The sum as written."""
        return NOT_KNOWN if self.value is None else pounds(self.value)


def amount_of(entries: Iterable[Contribution], label: str = "") -> Amount:
    """Add up lines of one partner, type and line of money in one year; ``label`` stands before each purpose."""
    total: Decimal | None = None
    lines: list[Line] = []
    missing = False
    groups: dict[tuple[object, ...], list[Contribution]] = {}
    for entry in entries:
        key = key_of(entry)
        groups.setdefault((*key[:4], key[5]), []).append(entry)
    sources = dict.fromkeys(entry.cited for group in groups.values() for entry in group if entry.cited != NOT_KNOWN)
    for group in groups.values():
        counted = _counted(group)
        for entry in group:
            lines.append(_line(entry, any(entry is each for each in counted), counted, label))
        known = [entry.amount for entry in counted if entry.amount is not None]
        quarterly = counted[0].quarter is not None
        missing |= len(known) < len(counted) or (quarterly and len(counted) < 4)
        if known:
            total = (total or Decimal(0)) + sum(known, Decimal(0))
    return Amount(total, tuple(lines), missing, tuple(sources))


def _counted(group: Sequence[Contribution]) -> list[Contribution]:
    """The lines of one purpose that count: the one for the whole year, else one for each quarter."""
    whole = [entry for entry in group if entry.quarter is None]
    if whole:
        return [_larger(whole)]
    quarters: dict[int | None, list[Contribution]] = {}
    for entry in group:
        quarters.setdefault(entry.quarter, []).append(entry)
    return [_larger(entries) for entries in quarters.values()]


def _larger(entries: Sequence[Contribution]) -> Contribution:
    """Of lines for the same thing the larger, so that the order of recording does not matter."""
    return max(entries, key=lambda entry: (entry.amount is not None, entry.amount or Decimal(0)))


def _line(entry: Contribution, counts: bool, counted: Sequence[Contribution], label: str) -> Line:
    quarter = f"quarter {entry.quarter}" if entry.quarter else ""
    name = ", ".join(part for part in (label, entry.what or "", quarter) if part) or "Amount"
    remarks = ["about" if entry.about else "", entry.cited if entry.cited != NOT_KNOWN else ""]
    shape = None
    if not counts:
        twice = any(entry.quarter == other.quarter for other in counted)
        shape = Shape.DOUBT if twice else None
        remarks.insert(0, "stated twice, counted once" if twice else "part of the year’s amount above")
    value = NOT_KNOWN if entry.amount is None else pounds(entry.amount)
    return Line(name, value, "; ".join(filter(None, remarks)), shape=shape)


def by_year(entries: Iterable[Contribution]) -> dict[int, list[Contribution]]:
    """Lines with a year, by year, earliest first."""
    years: dict[int, list[Contribution]] = {}
    for entry in entries:
        if entry.year is not None:
            years.setdefault(entry.year, []).append(entry)
    return dict(sorted(years.items()))


def of_type(entries: Iterable[Contribution], type_: MoneyType, line: MoneyLine | None = None) -> list[Contribution]:
    """Lines of a type, and of a line of money where one is given.

    A line that does not say whether it is in the pool is taken to be in it, as a new line is.
    """
    return [
        entry for entry in entries if entry.type is type_ and (line is None or (entry.line or MoneyLine.POOLED) is line)
    ]


def partners_of(entries: Iterable[Contribution]) -> list[str]:
    """The partners in the order recorded; "" stands for a partner that is not known."""
    return list(dict.fromkeys(entry.partner or "" for entry in entries))


def partner_name(partner: str, names: Mapping[str, str]) -> str:
    """The name of a partner as shown."""
    return names.get(partner, "") or "Partner not known"


def sources_text(amounts: Iterable[Amount]) -> str:
    """The sources of several sums as one phrase, or "Not known"."""
    return list_words(dict.fromkeys(source for amount in amounts for source in amount.sources)) or NOT_KNOWN
