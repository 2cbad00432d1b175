"""A new agreement as an officer enters it: term, extensions, money and lead on one form, several records when saved."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import ClassVar

from s75desk.domain.fields import Choice, choice, day, long_text, money, text, whole
from s75desk.domain.fields import reference as refers_to  # "reference" is a field here
from s75desk.domain.findings import Finding, Fix, Weight
from s75desk.domain.parsing import NotUnderstood, parse_months
from s75desk.domain.records.agreement import Agreement, AgreementKind, Extension, Party, PartyRole
from s75desk.domain.records.base import Record
from s75desk.domain.records.money import Contribution
from s75desk.domain.validation import Surroundings, findings_for
from s75desk.domain.wording import financial_year_of, percent, pounds, share_of

_ZERO = Decimal(0)
_SHORTEST, _LONGEST = 1, 240
_MOST = 20
"""Months of an extension, and how many there are: as the fields of ``Extension`` have it."""

_WEIGHT = {Weight.FAULT: 0, Weight.DOUBT: 1, Weight.NOTE: 2}


class Lead(Choice):
    """Which partner leads, as far as the form needs to know."""

    FIRST = "the first partner"
    SECOND = "the second partner"


@dataclass(frozen=True, kw_only=True, slots=True)
class AgreementEntry(Record):
    """What the form "New agreement" holds. ``records_of`` turns it into records."""

    KIND: ClassVar[str] = "agreement"
    NOUN: ClassVar[str] = "agreement"
    PLURAL: ClassVar[str] = "agreements"

    title: str = text("Title", required=True)
    reference: str | None = text("Reference", unique=True)
    kind: AgreementKind | None = choice("Kind", AgreementKind)
    starts: date | None = day("Starts")
    initial_months: int | None = whole("First term", unit="months", least=Decimal(1), most=Decimal(600))
    extensions: str | None = text("Extensions", hint="Years, in order: 1 + 1. Or months: 6 months + 6 months.")
    stated_end: date | None = day("End, if stated")
    notice_months: int | None = whole("Notice", unit="months", least=_ZERO, most=Decimal(120))
    first_partner: str | None = refers_to("First partner", "organisation", hint="Often the council.")
    first_pays: Decimal | None = money("First partner pays", unit="a year", least=_ZERO)
    second_partner: str | None = refers_to("Second partner", "organisation", hint="Often the NHS partner.")
    second_pays: Decimal | None = money("Second partner pays", unit="a year", least=_ZERO)
    stated_yearly: Decimal | None = money("Total, as stated", unit="a year", least=_ZERO)
    lead: Lead | None = choice("Lead commissioner", Lead)
    provider: str | None = refers_to("Provider", "organisation")
    people: str | None = long_text("People covered")
    aims: str | None = long_text("Aims and outcomes")


def extension_lengths(typed: str | None) -> list[int]:
    """Months of each option to extend: "1 + 1" is two of a year, "6 months and 1 year" one of each.

    A bare number is years. "" and None mean that there are none.

    Raises:
        NotUnderstood: If a part is no length of time or not one that an extension can have, or there are too many.
    """
    parts = [part.strip() for part in re.split(r"\+|,|;|\band\b|\bthen\b", typed or "")]
    lengths = [_months(part) for part in parts if part]
    if len(lengths) > _MOST:
        raise NotUnderstood(f"At most {_MOST} extensions.")
    if any(not _SHORTEST <= months <= _LONGEST for months in lengths):
        raise NotUnderstood(f"Each extension runs from 1 month to {_LONGEST // 12} years; a bare number is years.")
    return lengths


def _months(words: str) -> int:
    try:
        return int(words) * 12 if re.fullmatch(r"[0-9]{1,4}", words) else parse_months(words)
    except NotUnderstood:
        reason = "Lengths such as 1 + 1 (years) or 6 months + 6 months can be read here."
        raise NotUnderstood(reason) from None


def agreement_of(entry: AgreementEntry) -> Agreement:
    """The agreement behind an entry, without what hangs under it."""
    total = entry.stated_yearly
    if total is None and entry.first_pays is not None and entry.second_pays is not None:
        total = entry.first_pays + entry.second_pays
    elif total is None and entry.second_partner is None and entry.second_pays is None:
        total = entry.first_pays
    return Agreement(
        uid=entry.uid,
        title=entry.title,
        reference=entry.reference,
        kind=entry.kind,
        starts=entry.starts,
        initial_months=entry.initial_months,
        stated_end=entry.stated_end,
        notice_months=entry.notice_months,
        yearly_value=total,
        people=entry.people,
        aims=entry.aims,
    )


def extensions_of(lengths: Sequence[int], agreement: str = "") -> tuple[Extension, ...]:
    """Undecided extensions of these lengths."""
    return tuple(
        Extension(agreement=agreement, number=number, months=months) for number, months in enumerate(lengths, start=1)
    )


def parties_of(entry: AgreementEntry, uid: str) -> list[Party]:
    """The parties named, from the day the agreement starts."""
    found = []
    for partner, lead in ((entry.first_partner, Lead.FIRST), (entry.second_partner, Lead.SECOND)):
        if partner:
            role = PartyRole.LEAD if entry.lead is lead else PartyRole.PARTNER
            found.append(Party(agreement=uid, organisation=partner, role=role, since=entry.starts))
    if entry.provider:
        found.append(Party(agreement=uid, organisation=entry.provider, role=PartyRole.PROVIDER, since=entry.starts))
    return found


def contributions_of(entry: AgreementEntry, uid: str) -> list[Contribution]:
    """Each partner's first yearly contribution. Without a start there is no year, which is a fault of the entry."""
    if entry.starts is None:
        return []
    year = financial_year_of(entry.starts)
    pairs = ((entry.first_partner, entry.first_pays), (entry.second_partner, entry.second_pays))
    return [
        Contribution(agreement=uid, partner=partner, year=year, amount=amount)
        for partner, amount in pairs
        if amount is not None
    ]


def findings_for_entry(entry: AgreementEntry, around: Surroundings) -> tuple[Finding, ...]:
    """Every finding about an entry as typed, faults first: those of the agreement, and of money and lead."""
    found: list[Finding] = []
    lengths: list[int] = []
    try:
        lengths = extension_lengths(entry.extensions)
    except NotUnderstood as trouble:
        found.append(Finding(Weight.FAULT, "extensions", trouble.reason))
    if lengths and entry.initial_months is None:
        found.append(Finding(Weight.DOUBT, "extensions", "Without the first term, no end can be worked out."))
    siblings = dict(around.siblings) | {"extension": extensions_of(lengths)}
    known = set(entry.fields())
    for finding in findings_for(agreement_of(entry), replace(around, siblings=siblings)):
        if finding.field in known or not finding.field:
            found.append(finding)
    found += _money(entry)
    if entry.kind is not None and entry.kind is AgreementKind.POOLED_FUND:
        found.append(
            Finding(Weight.NOTE, "kind", "A pooled fund owes its partners a quarterly report and an annual return.")
        )
    return tuple(sorted(found, key=lambda finding: _WEIGHT[finding.weight]))


def _money(entry: AgreementEntry) -> list[Finding]:
    found: list[Finding] = []
    first, second, stated = entry.first_pays, entry.second_pays, entry.stated_yearly
    if entry.starts is None and (first is not None or second is not None):
        # The ledger keeps money by year; without one, what was typed would be lost.
        found.append(Finding(Weight.FAULT, "starts", "Give the start: it says for which year the partners pay."))
    if first is not None and second is not None:
        both = first + second
        if both:
            for name, part in (("first_pays", first), ("second_pays", second)):
                share = share_of(part, both)
                if share is not None:
                    found.append(Finding(Weight.NOTE, name, f"{percent(share, 2)} of the pool."))
        if stated is not None and stated != both:
            said = f"{pounds(first)} + {pounds(second)} = {pounds(both)}, not {pounds(stated)}."
            found.append(
                Finding(Weight.DOUBT, "stated_yearly", said, Fix(f"Use {pounds(both)}", "stated_yearly", pounds(both)))
            )
    for name, partner, amount in (
        ("first_partner", entry.first_partner, first),
        ("second_partner", entry.second_partner, second),
    ):
        if amount is not None and partner is None:
            found.append(Finding(Weight.NOTE, name, "Not known: the money is kept without a name."))
    if entry.first_partner and entry.first_partner == entry.second_partner:
        found.append(
            Finding(Weight.FAULT, "second_partner", "This is the first partner. Choose another, or leave it empty.")
        )
    if entry.lead is Lead.SECOND and entry.second_partner is None:
        found.append(
            Finding(Weight.FAULT, "lead", "There is no second partner yet. Choose one, or leave the lead empty.")
        )
    if entry.lead is Lead.FIRST and entry.first_partner is None:
        found.append(
            Finding(Weight.FAULT, "lead", "There is no first partner yet. Choose one, or leave the lead empty.")
        )
    return found
