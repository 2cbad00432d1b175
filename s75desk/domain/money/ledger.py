"""Money lines read as a ledger: which statement of an amount counts, what is not known, what they sum to.

Quarterly report and annual return come from the same lines. Of several statements of one amount (same partner, type,
line, year, quarter and purpose) the latest state counts and no other: states never add up. Quarters are held against
the year: an amount for a whole year stands for it, unless its four quarters are in a later state. Whether a year is
complete is judged for all partners together, because bodies succeed each other within a year.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from s75desk.domain.money.amounts import Sum, added
from s75desk.domain.money.states import ACTUAL, key_of, latest, purpose_of, rank_of, state_of, stated_sum, superseded
from s75desk.domain.records.money import Contribution, MoneyLine, MoneyType, NoAmount, VatBasis
from s75desk.domain.status import Shape
from s75desk.domain.wording import NOT_KNOWN, list_words
from s75desk.domain.working import Line

QUARTERS = frozenset({1, 2, 3, 4})


@dataclass(frozen=True, slots=True)
class Slot:
    """Every statement about one partner's amount for one purpose in one year, and which of them count.

    Attributes:
        entries: All of them, as recorded.
        counted: Those that count: one for the whole year, or one for each quarter recorded.
        quarterly: Whether the quarters count and not the year.
        apart: What the quarters come to where that differs from the year that counts; None where they agree.
    """

    entries: tuple[Contribution, ...]
    counted: tuple[Contribution, ...]
    quarterly: bool
    apart: Sum | None = None

    @property
    def total(self) -> Sum | None:
        """What is known of it."""
        return added(stated_sum(entry) for entry in self.counted)

    @property
    def unknown(self) -> bool:
        """Whether an amount that counts is not known."""
        return any(stated_sum(entry) is None for entry in self.counted)

    @property
    def quarters(self) -> frozenset[int]:
        """The quarters it covers; all four where the year counts."""
        if not self.quarterly:
            return QUARTERS
        return frozenset(entry.quarter for entry in self.counted if entry.quarter)


def slots_of(entries: Iterable[Contribution]) -> tuple[Slot, ...]:
    """Entries sorted into slots, in the order recorded.

    An amount without a purpose is the same as the only one with a purpose, where they are stated in different states:
    "372,000, planned" and "380,000 for home care, final" are one amount.
    """
    groups: dict[object, dict[str, list[Contribution]]] = {}
    for entry in entries:
        *place, _, purpose = key_of(entry)
        groups.setdefault(tuple(place), {}).setdefault(purpose, []).append(entry)
    return tuple(_slot(group) for purposes in groups.values() for group in _purposes(purposes))


def _purposes(purposes: Mapping[str, list[Contribution]]) -> list[list[Contribution]]:
    if len(purposes) == 2 and "" in purposes:
        first, second = ({state_of(entry) for entry in group} for group in purposes.values())
        if None not in first | second and not first & second:
            return [[entry for group in purposes.values() for entry in group]]
    return list(purposes.values())


def _slot(group: Sequence[Contribution]) -> Slot:
    whole = [entry for entry in group if entry.quarter is None]
    quarters: dict[int, list[Contribution]] = {}
    for entry in group:
        if entry.quarter is not None:
            quarters.setdefault(entry.quarter, []).append(entry)
    parts = [latest(quarters[number]) for number in sorted(quarters)]
    if not whole:
        return Slot(tuple(group), tuple(parts), quarterly=True)
    year = latest(whole)
    by_quarter = added(stated_sum(entry) for entry in parts)
    full = len(parts) == len(QUARTERS) and all(stated_sum(entry) is not None for entry in parts)
    later = full and min(map(rank_of, parts)) > rank_of(year)
    if later or (stated_sum(year) is None and by_quarter is not None):
        return Slot(tuple(group), tuple(parts), quarterly=True)
    return Slot(tuple(group), (year,), quarterly=False, apart=_apart(stated_sum(year), by_quarter, full=full))


def _apart(year: Sum | None, quarters: Sum | None, *, full: bool) -> Sum | None:
    """The sum of the quarters where it contradicts the year: all four differ from it, or fewer exceed it already."""
    if year is None or quarters is None:
        return None
    agrees = quarters.low <= year.high and (not full or quarters.high >= year.low)
    return None if agrees else quarters


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum of slots.

    Attributes:
        total: What is known, both ends; None when nothing is known.
        lines: One line of working for each amount counted or left out.
        missing: Whether an amount is not known, or a quarter is covered by nobody.
        sources: Where the amounts come from, each once.
        counted: The entries that it is the sum of.
        slots: The slots they are in.
    """

    total: Sum | None
    lines: tuple[Line, ...] = ()
    missing: bool = False
    sources: tuple[str, ...] = ()
    counted: tuple[Contribution, ...] = field(default=(), repr=False)
    slots: tuple[Slot, ...] = field(default=(), repr=False)

    @property
    def text(self) -> str:
        """The sum as written."""
        return NOT_KNOWN if self.total is None else self.total.text


def amount_of(
    entries: Iterable[Contribution],
    *,
    needed: frozenset[int] = QUARTERS,
    names: Mapping[str, str] | None = None,
) -> Amount:
    """Add up lines of one type and line of money in one year.

    Args:
        entries: The lines.
        needed: The quarters of the year in which the agreement runs.
        names: Names of partners by uid, to stand before each purpose in the working; None for one partner's lines.
    """
    slots = slots_of(entries)
    lines: list[Line] = []
    for slot in slots:
        name = partner_name(slot.entries[0].partner or "", names) if names is not None else ""
        lines += _lines(slot, name)
    cited = (entry.cited for slot in slots for entry in slot.entries)
    sources = tuple(dict.fromkeys(source for source in cited if source != NOT_KNOWN))
    missing = any(slot.unknown for slot in slots) or _uncovered(slots, needed)
    counted = tuple(entry for slot in slots for entry in slot.counted)
    return Amount(added(slot.total for slot in slots), tuple(lines), missing, sources, counted, slots)


def _uncovered(slots: Sequence[Slot], needed: frozenset[int]) -> bool:
    """Whether a quarter is missing: those who pay for part of the year must between them cover each quarter alike."""
    partial = [slot.quarters & needed for slot in slots if not needed <= slot.quarters]
    covered = Counter(number for quarters in partial for number in quarters)
    return (len(partial) == len(slots) > 0 and not covered) or len({covered[number] for number in needed}) > 1


def _lines(slot: Slot, label: str) -> list[Line]:
    lines = [_line(entry, slot, label) for entry in slot.entries]
    if slot.apart is not None:
        lines.append(Line("Its quarters come to", slot.apart.text, "not the amount of the year", shape=Shape.DOUBT))
    return lines


def _line(entry: Contribution, slot: Slot, label: str) -> Line:
    quarter = f"quarter {entry.quarter}" if entry.quarter else ""
    name = ", ".join(part for part in (label, entry.what or "", quarter) if part) or "Amount"
    remarks, shape = _fate(entry, slot)
    state = state_of(entry)
    remarks += [state.value if state else "", "in kind" if entry.in_kind else "", entry.vat.value if entry.vat else ""]
    remarks += [entry.cited if entry.cited != NOT_KNOWN else ""]
    return Line(name, stated_text(entry), "; ".join(filter(None, remarks)), shape=shape)


def _fate(entry: Contribution, slot: Slot) -> tuple[list[str], Shape | None]:
    """Why an entry does not count, if it does not, and whether that is in doubt."""
    if any(entry is each for each in slot.counted):
        return [], None
    same = next((each for each in slot.counted if each.quarter == entry.quarter), None)
    if same is None:
        if entry.quarter is None:
            return ["not counted, its quarters are"], None
        return ["part of the year’s amount"], None
    if stated_sum(entry) is None or superseded(entry, same):
        state = state_of(same)
        return [f"not counted, {state.value} is" if state else "not counted"], None
    return ["stated twice, counted once"], Shape.DOUBT


def stated_text(entry: Contribution) -> str:
    """One entry's amount as written: "about £36,000,000", "To be confirmed", "Nil", "Not known"."""
    if entry.no_amount is not None and (entry.amount is None or entry.no_amount is NoAmount.NIL):
        return entry.no_amount.word
    total = stated_sum(entry)
    return NOT_KNOWN if total is None else total.text


def no_amount_text(entries: Sequence[Contribution]) -> str:
    """What is said in place of an amount, where all of these say the same: "to be confirmed", "nil"."""
    said = {entry.no_amount if entry.amount is None else None for entry in entries}
    only = said.pop() if len(said) == 1 else None
    return only.value if only else ""


def made_of(amount: Amount) -> tuple[str, ...]:
    """What is in a sum, as phrases: states where any is said, money in kind, and VAT where it is said of any part."""
    found: list[str] = []
    states = _parts(amount.counted, lambda entry: state.value if (state := state_of(entry)) else "")
    if set(states) - {""}:
        found.append(_shared(states, "without a state"))
    in_kind = added(stated_sum(entry) for entry in amount.counted if entry.in_kind)
    if in_kind is not None:
        found.append(f"{in_kind.text} in kind")
    vat = _parts(amount.counted, lambda entry: entry.vat.value if entry.vat else "")
    if set(vat) - {""}:
        found.append(_shared(vat, "VAT not said"))
    return tuple(found)


def mixes_vat(amount: Amount) -> bool:
    """Whether amounts with and without VAT are added up in it."""
    return {VatBasis.WITH, VatBasis.WITHOUT} <= {entry.vat for entry in amount.counted}


def _parts(entries: Iterable[Contribution], word: Callable[[Contribution], str]) -> dict[str, Sum]:
    parts: dict[str, Sum] = {}
    for entry in entries:
        total = stated_sum(entry)
        if total is not None and total.high:
            parts[word(entry)] = parts[word(entry)] + total if word(entry) in parts else total
    return parts


def _shared(parts: Mapping[str, Sum], none: str) -> str:
    if len(parts) == 1:
        return next(iter(parts))
    return list_words(f"{total.text} {word or none}" for word, total in parts.items())


def by_year(entries: Iterable[Contribution]) -> dict[int, list[Contribution]]:
    """Lines with a year, by year, earliest first; of a whole and its parts in different states the later alone."""
    years: dict[int, list[Contribution]] = {}
    for entry in entries:
        if entry.year is not None:
            years.setdefault(entry.year, []).append(entry)
    return {year: _without_passed(found) for year, found in sorted(years.items())}


def whole_and_parts(entries: Iterable[Contribution]) -> list[tuple[Contribution, tuple[Contribution, ...]]]:
    """Lines that name no partner, each with those of partners that it is the whole of.

    They are of one year, type and line, and it is stated in another state than any of them, or comes to the same.
    """
    groups: dict[object, list[Contribution]] = {}
    for entry in entries:
        if entry.type in (MoneyType.CONTRIBUTION, MoneyType.SPEND):
            groups.setdefault((entry.year, entry.type, entry.line or MoneyLine.POOLED), []).append(entry)
    found = []
    for group in groups.values():
        silent = [one for one in group if not one.partner and one.quarter is None and not purpose_of(one)]
        parts = tuple(one for one in group if one.partner)
        whole = latest(silent) if silent else None
        if whole is None or not parts or stated_sum(whole) is None:
            continue
        ranks = {rank_of(one) for slot in slots_of(parts) for one in slot.counted}
        apart = state_of(whole) is not None and (rank_of(whole) > max(ranks) or rank_of(whole) < min(ranks))
        if apart or stated_sum(whole) == added(slot.total for slot in slots_of(parts)):
            found.append((whole, parts))
    return found


def _without_passed(entries: list[Contribution]) -> list[Contribution]:
    """The lines of a year without what a whole, or its parts, in a later state has taken the place of."""
    passed: set[int] = set()
    for whole, parts in whole_and_parts(entries):
        later = rank_of(whole) > max(rank_of(one) for one in parts)
        silent = [one for one in entries if not one.partner and key_of(one) == key_of(whole)]
        passed |= {id(one) for one in (parts if later else silent)}
    return [one for one in entries if id(one) not in passed]


def of_type(entries: Iterable[Contribution], type_: MoneyType, line: MoneyLine | None = None) -> list[Contribution]:
    """Lines of a type, and of a line of money where one is given.

    A line that does not say whether it is in the pool is taken to be in it, as a new line is.
    """
    return [
        entry for entry in entries if entry.type is type_ and (line is None or (entry.line or MoneyLine.POOLED) is line)
    ]


def counted(entries: Iterable[Contribution]) -> tuple[Contribution, ...]:
    """The lines of one agreement that its totals are made of; of spending those that are spent, and no forecast."""
    happened = [entry for entry in entries if entry.type is not MoneyType.SPEND or state_of(entry) in ACTUAL]
    return tuple(entry for own in by_year(happened).values() for slot in slots_of(own) for entry in slot.counted)


def partners_of(entries: Iterable[Contribution]) -> list[str]:
    """The partners in the order recorded; "" stands for a partner that is not known."""
    return list(dict.fromkeys(entry.partner or "" for entry in entries))


def partner_name(partner: str, names: Mapping[str, str]) -> str:
    """The name of a partner as shown."""
    return names.get(partner, "") or "Partner not known"


def sources_text(amounts: Iterable[Amount]) -> str:
    """The sources of several sums as one phrase, or "Not known"."""
    return list_words(dict.fromkeys(source for amount in amounts for source in amount.sources)) or NOT_KNOWN
