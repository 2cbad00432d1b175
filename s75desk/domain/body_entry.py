"""What is typed of a body that goes: who takes its place from which day, with shares that divide every amount."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from s75desk.domain.fields import choice, figure, reference, text
from s75desk.domain.findings import Finding, Fix
from s75desk.domain.records import Contribution, Succession
from s75desk.domain.records.dated import Going
from s75desk.domain.succession import begins, divided_after, earlier_quarters, share_fault, shares_of
from s75desk.domain.surroundings import fault, note
from s75desk.domain.wording import financial_year, plural

_WHOLE = Decimal(100)
_MOST_SHOWN = 8
_PLACES = (("successor", "share"), ("second", "second_share"), ("third", "third_share"))


@dataclass(frozen=True, kw_only=True, slots=True)
class BodyEntry(Succession):
    """All that takes the place of one body, recorded as a succession for each successor."""

    KIND: ClassVar[str] = "succession"
    NOUN: ClassVar[str] = "change"

    going: Going | None = choice("What happens", Going, hidden=True)
    share: Decimal | None = figure(
        "Its share", unit="%", least=Decimal(0), most=_WHOLE, asked_if=("second", ()), hint="Equal parts if left empty."
    )
    second: str | None = reference("Second successor", "organisation", hint="Only where the body is split.")
    second_share: Decimal | None = figure(
        "Share of the second", unit="%", least=Decimal(0), most=_WHOLE, asked_if=("second", ())
    )
    third: str | None = reference("Third successor", "organisation", asked_if=("second", ()))
    third_share: Decimal | None = figure(
        "Share of the third", unit="%", least=Decimal(0), most=_WHOLE, asked_if=("third", ())
    )
    share_by: str | None = text("Shared by", hint="For instance population.", asked_if=("second", ()))


ASKED = (
    "since", "successor", "share", "second", "second_share", "third", "third_share", "share_by", "source", "known",
)  # fmt: skip
"""The fields of the form, in turn."""


@dataclass(frozen=True, slots=True)
class Amount:
    """A money line of the body that goes, with the title of its agreement."""

    agreement: str
    line: Contribution


def successors_said(entry: BodyEntry) -> tuple[tuple[str, Decimal], ...]:
    """Each successor with its share; equal ones where none is said, and what is left where one is not."""
    said = [(getattr(entry, who), getattr(entry, share)) for who, share in _PLACES if getattr(entry, who)]
    if len(said) == 1:
        return ((said[0][0], _WHOLE),)
    shares = shares_of([Succession(successor=who, share=share) for who, share in said])
    if all(share is None for _, share in said) and said:
        # A third cannot be written out: the last one has what is left, so that they make the whole.
        part = (_WHOLE / len(said)).quantize(Decimal("0.01"))
        shares = (*(part for _ in said[1:]), _WHOLE - part * (len(said) - 1))
    return tuple((who, share) for (who, _), share in zip(said, shares, strict=True))


def findings_for_going(entry: BodyEntry, amounts: Sequence[Amount]) -> tuple[Finding, ...]:
    """What is wrong with it, and how each amount from the day on is divided, to the penny."""
    named = [who for who, _ in _PLACES if getattr(entry, who)]
    if not entry.successor:
        return (fault("successor", "Name the body that takes its place."),)
    uids = [getattr(entry, who) for who in named]
    for who, uid in zip(named, uids, strict=True):
        if uid == entry.organisation:
            return (fault(who, "A body cannot follow itself."),)
        if uids.index(uid) < named.index(who):
            return (fault(who, "This successor is named above already."),)
    shares = [share for _, share in successors_said(entry)]
    last = dict(_PLACES)[named[-1]] if len(named) > 1 else "successor"
    if wrong := share_fault(shares):
        rest = _WHOLE - sum(shares[:-1], Decimal(0))
        return (fault(last, wrong, Fix(f"Use {rest:f}", last, f"{rest:f}") if 0 <= rest <= _WHOLE else None),)
    if entry.since is None:
        return ()
    lines = [one for one in amounts if (starts := begins(one.line)) is not None and starts >= entry.since]
    known = [one for one in lines if one.line.amount is not None]
    if not known:
        return (note(last, "No amount of this body from that day on is recorded: nothing is divided."),)
    if len(named) == 1:
        return (note(last, f"{plural(len(known), 'amount')} from that day on pass whole."),)
    return _divided(known, shares, last)


def _divided(amounts: Sequence[Amount], shares: Sequence[Decimal], field: str) -> tuple[Finding, ...]:
    before = earlier_quarters([one.line for one in amounts])
    found, totals, whole = [], [Decimal(0)] * len(shares), Decimal(0)
    for one in amounts:
        amount = one.line.amount or Decimal(0)
        division = divided_after(before.get(id(one.line), Decimal(0)), amount, shares)
        whole, totals = whole + amount, [up + part for up, part in zip(totals, division.parts, strict=True)]
        year = financial_year(one.line.year) if one.line.year is not None else ""
        quarter = f" quarter {one.line.quarter}" if one.line.quarter else ""
        odd = "; the odd penny is in it" if division.odd else ""
        found.append(note(field, f"{one.agreement}, {year}{quarter}: {_sum(amount, division.parts)}{odd}."))
    if len(found) > _MOST_SHOWN:
        left = plural(len(found) - _MOST_SHOWN, "other amount")
        found = [*found[:_MOST_SHOWN], note(field, f"And {left}, each to the penny.")]
    if len(amounts) > 1:
        found.append(note(field, f"Together {_sum(whole, totals)}."))
    return tuple(found)


def _sum(amount: Decimal, parts: Sequence[Decimal]) -> str:
    return f"{_pounds(amount)} = {' + '.join(_pounds(part) for part in parts)}"


def _pounds(amount: Decimal) -> str:
    return f"{'-' if amount < 0 else ''}£{abs(amount):,.2f}"
