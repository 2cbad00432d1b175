"""Bodies that go: who takes their place from a day, and how what they pay is divided, to the penny.

History is not rewritten: before the day the old body is a party and pays under its own name. From the day its
successors are parties in its place; amounts of periods that begin on the day or later are theirs, by their shares. An
amount for a period that had begun before stays with the body that went.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from s75desk.domain.records import Contribution, Party, Succession

_PENNY = Decimal("0.01")
_WHOLE = Decimal(100)


@dataclass(frozen=True, slots=True)
class Division:
    """An amount divided by shares.

    Attributes:
        parts: What falls to each share, in their order; they add up to the amount.
        odd: Which of them hold a penny more than their share rounded down, so that nothing is lost.
    """

    parts: tuple[Decimal, ...]
    odd: tuple[int, ...]


def divided(amount: Decimal, shares: Sequence[Decimal]) -> Division:
    """Divide an amount by shares to the penny; the odd pennies go to the largest remainders, then to the first."""
    sign = -1 if amount < 0 else 1
    pence = int(abs(amount) / _PENNY)
    whole = sum(shares, Decimal(0))
    exact = [Fraction(pence) * Fraction(share) / Fraction(whole) for share in shares]
    parts = [int(part) for part in exact]
    by_remainder = sorted(range(len(parts)), key=lambda place: (parts[place] - exact[place], place))
    odd = sorted(by_remainder[: pence - sum(parts)])
    for place in odd:
        parts[place] += 1
    return Division(tuple(sign * part * _PENNY for part in parts), tuple(odd))


def divided_after(before: Decimal, amount: Decimal, shares: Sequence[Decimal]) -> Division:
    """Divide an amount that follows others of its year, so that together they are what their sum is divided into."""
    done, now = divided(before, shares).parts, divided(before + amount, shares).parts
    parts = tuple(up - down for up, down in zip(now, done, strict=True))
    whole = sum(shares, Decimal(0))
    exact = [Fraction(abs(amount)) * Fraction(share) / Fraction(whole) for share in shares]
    return Division(parts, tuple(place for place, part in enumerate(parts) if abs(part) > exact[place]))


def earlier_quarters(lines: Iterable[Contribution]) -> dict[int, Decimal]:
    """The sum of the earlier quarters of the same amount, by the identity of each line for a quarter."""
    found: dict[int, Decimal] = {}
    sums: dict[tuple[object, ...], Decimal] = {}
    for line in sorted(lines, key=lambda one: one.quarter or 0):
        if line.quarter is not None and line.amount is not None:
            place = (line.agreement, *_key(replace(line, quarter=None)), line.stated_on)
            found[id(line)] = sums.get(place, Decimal(0))
            sums[place] = found[id(line)] + line.amount
    return found


def successors_of(successions: Iterable[Succession], body: str, on: date) -> tuple[Succession, ...]:
    """What takes the place of a body on a day; () while it is there. Of several days the first one counts."""
    found = [one for one in successions if one.organisation == body and one.since is not None and one.since <= on]
    first = min((one.since for one in found if one.since), default=None)
    return tuple(one for one in found if one.since == first)


def shares_of(successors: Sequence[Succession]) -> tuple[Decimal, ...]:
    """The share of each; equal ones where none is stated, and what is left where one is not."""
    stated = [one.share for one in successors]
    unknown = stated.count(None)
    if not unknown:
        return tuple(share for share in stated if share is not None)
    left = max(_WHOLE - sum((share for share in stated if share is not None), Decimal(0)), Decimal(0))
    return tuple(left / unknown if share is None else share for share in stated)


def share_fault(shares: Sequence[Decimal]) -> str:
    """What is wrong with the shares of one body; "" if they make up the whole."""
    total = sum(shares, Decimal(0))
    if total == _WHOLE:
        return ""
    sums = " + ".join(f"{share:f}" for share in shares)
    last = shares[-1] + _WHOLE - total
    mend = f" Use {last:f}." if 0 <= last <= _WHOLE else " They must make 100."
    return f"{sums} = {total:f}.{mend}"


def is_to_be(party: Party, starts: date | None, on: date) -> bool:
    """Whether a party of an agreement that has not begun by a day will be in it from its start, and that was known."""
    begins, known = party.since, party.known or on
    return starts is not None and begins is not None and on < begins <= starts and known <= on


def parties_on(parties: Sequence[Party], successions: Sequence[Succession], on: date) -> tuple[Party, ...]:
    """The parties as at a day, with the successors of bodies that had gone by then, each in one role once."""
    found: dict[tuple[str, object], Party] = {}
    for party in parties:
        for one in _followed(party, successions, on):
            found.setdefault((one.organisation, one.role), one)
    return tuple(found.values())


def parties_left(parties: Sequence[Party], successions: Sequence[Succession], on: date) -> tuple[Party, ...]:
    """The parties whose place others had taken by a day, each to the day before."""
    found: dict[tuple[str, object, date | None], Party] = {}
    waiting = list(parties)
    while waiting:
        party = waiting.pop(0)
        successors = successors_of(successions, party.organisation, on)
        since = next((one.since for one in successors if one.since), None)
        if since is None or len(found) > len(parties) * (len(successions) + 1):
            continue
        last = since - timedelta(days=1)
        gone = replace(party, until=min(party.until, last) if party.until else last)
        if found.setdefault((party.organisation, party.role, gone.until), gone) is gone:
            waiting += [replace(party, organisation=one.successor, since=one.since, until=None) for one in successors]
    return tuple(found.values())


def _followed(party: Party, successions: Sequence[Succession], on: date, depth: int = 0) -> list[Party]:
    successors = successors_of(successions, party.organisation, on) if depth < len(successions) else ()
    if not successors:
        return [party]
    moved = (replace(party, organisation=one.successor, since=one.since, until=None) for one in successors)
    return [each for one in moved for each in _followed(one, successions, on, depth + 1)]


def money_on(
    money: Sequence[Contribution], successions: Sequence[Succession], on: date, names: Mapping[str, str]
) -> tuple[Contribution, ...]:
    """The money lines as at a day: those of a body that had gone are its successors', and add up to the same.

    Args:
        money: As recorded.
        successions: Bodies that had gone.
        on: The day.
        names: Names of bodies, for a line that would otherwise look like another of its successor's.
    """
    if not successions:
        return tuple(money)
    found: list[Contribution] = []
    taken = {_key(line) for line in money}
    before = _before(money, successions, on)
    for line in money:
        pieces = _pieces(line, successions, on, before=before.get(id(line), Decimal(0)))
        for piece in pieces:
            if piece.partner != line.partner and _key(piece) in taken:
                origin = names.get(line.partner or "", "a body that went")
                piece = replace(piece, what=f"{piece.what}, from {origin}" if piece.what else f"From {origin}")
            taken.add(_key(piece))
            found.append(piece)
    return tuple(found)


def _before(money: Sequence[Contribution], successions: Sequence[Succession], on: date) -> dict[int, Decimal]:
    divided_up = []
    for line in money:
        starts, successors = begins(line), successors_of(successions, line.partner or "", on)
        if starts and successors and all(one.since is not None and starts >= one.since for one in successors):
            divided_up.append(line)
    return earlier_quarters(divided_up)


def _pieces(
    line: Contribution,
    successions: Sequence[Succession],
    on: date,
    depth: int = 0,
    before: Decimal = Decimal(0),
) -> list[Contribution]:
    starts = begins(line)
    successors = successors_of(successions, line.partner or "", on) if depth < len(successions) else ()
    if not successors or starts is None or any(one.since is None or starts < one.since for one in successors):
        return [line]
    shares = shares_of(successors)
    amounts: Sequence[Decimal | None] = (None,) * len(successors)
    if line.amount is not None:
        amounts = divided_after(before, line.amount, shares).parts
    most = divided(line.amount_to, shares).parts if line.amount_to is not None else (None,) * len(successors)
    found: list[Contribution] = []
    for one, amount, upper in zip(successors, amounts, most, strict=True):
        piece = replace(line, partner=one.successor, amount=amount, amount_to=upper)
        found += _pieces(piece, successions, on, depth + 1)
    return found


def begins(line: Contribution) -> date | None:
    """The first day of the year or quarter that a money line is for; None if that is not known."""
    if line.year is None:
        return None
    quarter = line.quarter or 1
    return date(line.year + (quarter == 4), (quarter * 3) % 12 + 1, 1)


def _key(line: Contribution) -> tuple[object, ...]:
    purpose = " ".join((line.what or "").casefold().split())
    return line.partner, line.type, line.line, line.year, line.quarter, line.state, purpose
