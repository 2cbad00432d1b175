"""The one form of an agreement, new or there already: term, options, money and lead, several records when saved."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from s75desk.domain.dates import parse_date
from s75desk.domain.dossier import AgreementDossier
from s75desk.domain.fields import Choice, choice, length, money, text
from s75desk.domain.fields import reference as refers_to  # "reference" is a field here
from s75desk.domain.findings import Finding, Fix, Weight
from s75desk.domain.length_reading import parse_series
from s75desk.domain.lengths import Length, series_words
from s75desk.domain.money.totals import yearly_sum
from s75desk.domain.records.agreement import Agreement, AgreementKind, Extension, ExtensionState, Party, PartyRole
from s75desk.domain.records.money import Contribution, MoneyLine, MoneyType
from s75desk.domain.refusals import NotUnderstood
from s75desk.domain.surroundings import doubt, note, refused
from s75desk.domain.term_spans import in_order
from s75desk.domain.validation import Surroundings, findings_for
from s75desk.domain.wording import date_long, financial_year_of, percent, pounds, share_of

_ZERO = Decimal(0)
_LONGEST = 240
"""Months of an extension at the most: as its field has it."""

_UNKNOWN_FIRST = "not known"
"""What stands first in a term of which only the options to extend are known."""

_STATED_END = re.compile(
    r"(?:(?:until|to|till|ends?|ending)\s+(?:on\s+)?(?P<said>[^+;]+?)"
    r"|(?P<day>\d{1,2}(?:st|nd|rd|th)?[-/. ]+(?:\d{1,2}|[a-z]{3,9})[-/. ]+(?:\d{4}|\d{2})|\d{4}-\d\d?-\d\d?))"
    r"\s*(?=$|[+;])",
    re.IGNORECASE,
)
_RUNS_ON = re.compile(
    r"(?:^|[\s,;+])(?:and\s+|then\s+)*(?:it\s+)?"
    r"(?:rolling|(?:runs?|rolls?) (?:on|over)|year to year|indefinite(?:ly)?|perpetual|open[- ]ended|evergreen"
    r"|(?:no|without(?: an)?) end|until (?:(?:it is )?(?:ended|terminated)|termination|further notice))[^+\d]*$",
    re.IGNORECASE,
)
_ROLLING = re.compile(r"rolling\s+(?:term\s+(?:of\s+)?)?(?=\d)", re.IGNORECASE)
_TWO_DAYS = (date(2001, 1, 1), date(2002, 1, 1))
"""Days of two years: a date that is the same on both has a year of its own."""

_WEIGHT = {Weight.FAULT: 0, Weight.DOUBT: 1, Weight.NOTE: 2}


class Lead(Choice):
    """Which partner leads, as far as the form needs to know."""

    FIRST = "the first partner"
    SECOND = "the second partner"


@dataclass(frozen=True, kw_only=True, slots=True)
class AgreementEntry(Agreement):
    """What the form of an agreement holds: its own fields, and what becomes records of their own."""

    KIND: ClassVar[str] = "agreement"

    first_term: Length | None = length("First term", hidden=True)
    term: str | None = text(
        "Term", hint="3 + 1 + 1 years (first term and options), until 31 March 2027, or until ended."
    )
    first_partner: str | None = refers_to("First partner", "organisation", hint="Often the council.")
    first_pays: Decimal | None = money("First partner pays", unit="a year", least=_ZERO)
    second_partner: str | None = refers_to("Second partner", "organisation", hint="Often the NHS partner.")
    second_pays: Decimal | None = money(
        "Second partner pays", unit="a year", least=_ZERO, asked_if=("second_partner", ())
    )
    lead: Lead | None = choice("Lead commissioner", Lead, asked_if=("second_partner", ()))
    provider: str | None = refers_to("Provider", "organisation")


SECTIONS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "",
        (
            "title", "reference", "kind", "starts", "term", "notice", "first_partner", "first_pays", "second_partner",
            "second_pays", "lead", "provider", "yearly_value", "stated_total", "stated_total_basis",
        ),
    ),
    ("What it covers", ("people", "services", "aims", "functions", "reviewed", "risk_share")),
    (
        "More about the term",
        (
            "stage", "agreed_on", "stated_end", "rolling", "ends_at_latest", "notice_expires", "notice_given",
            "notice_ends", "ended_on",
        ),
    ),
)  # fmt: skip
"""The form in its parts: what the moment needs first, the rest folded away while it is empty."""


@dataclass(frozen=True, slots=True)
class TermSaid:
    """What one line says of a term.

    Attributes:
        first: The first term.
        options: The options to extend.
        end: The end, where the line states one.
        rolling: True where it runs on until it is ended.
    """

    first: Length | None = None
    options: tuple[Length, ...] = ()
    end: date | None = None
    rolling: bool | None = None


def term_said(term: str | None) -> TermSaid:
    """Read a term: "3 + 1 + 1 years", "until 31 March 2027 + 1 year", "1 year, then until ended", "not known + 1 year".

    Raises:
        NotUnderstood: If a part is no length of time or not one that an extension can have, or there are too many.
    """
    words = (term or "").strip()
    if words.startswith("+"):
        raise NotUnderstood("A term begins with its first length, such as 3 years + 1 year.", (f"not known {words}",))
    if rolls := _ROLLING.match(words):
        return TermSaid(first=lengths_of(words[rolls.end() :])[0], rolling=True)
    if runs_on := _RUNS_ON.search(words):
        return TermSaid(first=lengths_of(words[: runs_on.start()])[0], rolling=True)
    unknown, end = words.lower().startswith(_UNKNOWN_FIRST), None
    if unknown:
        words = words[len(_UNKNOWN_FIRST) :]
    elif stated := _STATED_END.match(words):
        unknown, end, words = True, _day_with_year(stated["said"] or stated["day"]), words[stated.end() :]
    lengths = parse_series(words)
    first, options = (None, lengths) if unknown or not lengths else (lengths[0], lengths[1:])
    if any(option.rough_months > _LONGEST for option in options):
        raise NotUnderstood(f"Each extension runs for {_LONGEST // 12} years at the most.")
    return TermSaid(first, options, end)


def _day_with_year(words: str) -> date:
    """A day that is the same whatever day it is today."""
    found, again = (parse_date(words, today) for today in _TWO_DAYS)
    if found != again:
        raise NotUnderstood("Give the year of the end as well: until 31 March 2027.")
    return found


def lengths_of(term: str | None) -> tuple[Length | None, tuple[Length, ...]]:
    """First term and options to extend that a line says; None and () where it says nothing. Raises as ``term_said``."""
    said = term_said(term)
    return said.first, said.options


def term_words(first: Length | None, options: Sequence[Length]) -> str | None:
    """The inverse of ``lengths_of``; None where nothing is known."""
    if first is None:
        return f"{_UNKNOWN_FIRST} + {series_words(options)}" if options else None
    return series_words((first, *options))


def agreement_of(entry: AgreementEntry) -> Agreement:
    """The agreement behind an entry, without what hangs under it. A term that cannot be read is not known."""
    values: dict[str, Any] = {name: getattr(entry, name) for name in Agreement.fields()}
    try:
        said = term_said(entry.term)
    except NotUnderstood:
        said = TermSaid()
    values["first_term"] = said.first
    values["stated_end"] = entry.stated_end or said.end
    values["rolling"] = said.rolling if entry.rolling is None else entry.rolling
    if entry.yearly_value is None:
        values["yearly_value"] = _paid_together(entry)
    return Agreement(uid=entry.uid, archived_at=entry.archived_at, **values)


def _paid_together(entry: AgreementEntry) -> Decimal | None:
    """What the partners pay a year; None while it is not known of one that is named."""
    first, second = entry.first_pays, entry.second_pays
    if first is not None and second is not None:
        return first + second
    return first if entry.second_partner is None and second is None else None


def entry_of(dossier: AgreementDossier) -> AgreementEntry:
    """The form of an agreement that is there: what it asks is what "New agreement" asks."""
    agreement = dossier.agreement
    partners = _partners(dossier)
    first, second = (*partners, None, None)[:2]
    lead = next((Lead.FIRST if party is first else Lead.SECOND for party in partners[:2] if _leads(party)), None)
    provider = next((party for party in dossier.parties if party.role is PartyRole.PROVIDER), None)
    options = [extension.length for extension in in_order(dossier.extensions) if extension.length]
    values: dict[str, Any] = {name: getattr(agreement, name) for name in Agreement.fields()}
    return AgreementEntry(
        uid=agreement.uid,
        archived_at=agreement.archived_at,
        **values,
        term=term_words(agreement.first_term, options),
        first_partner=first.organisation if first else None,
        first_pays=_paid(dossier, first),
        second_partner=second.organisation if second else None,
        second_pays=_paid(dossier, second),
        lead=lead,
        provider=provider.organisation if provider else None,
    )


def _leads(party: Party) -> bool:
    return party.role is PartyRole.LEAD


def _partners(dossier: AgreementDossier) -> list[Party]:
    roles = (PartyRole.LEAD, PartyRole.HOST, PartyRole.PARTNER, PartyRole.COMMISSIONER)
    found: dict[str, Party] = {}
    for party in dossier.parties:
        if party.role in roles and (party.until is None or party.until >= dossier.as_at):
            found.setdefault(party.organisation, party)
    return list(found.values())


def _line_of(dossier: AgreementDossier, partner: Party | None) -> Contribution | None:
    """The one line with what a partner pays in the first year, where there is just one."""
    starts = dossier.agreement.starts
    if partner is None or starts is None:
        return None
    lines = [
        line
        for line in dossier.contributions
        if line.partner == partner.organisation
        and line.type is MoneyType.CONTRIBUTION
        and line.line is MoneyLine.POOLED
        and line.quarter is None
        and line.year == financial_year_of(starts)
    ]
    return lines[0] if len(lines) == 1 else None


def _paid(dossier: AgreementDossier, partner: Party | None) -> Decimal | None:
    line = _line_of(dossier, partner)
    return line.amount if line is not None else None


def extensions_of(lengths: Sequence[Length], agreement: str = "") -> tuple[Extension, ...]:
    """Undecided extensions of these lengths."""
    return tuple(
        Extension(agreement=agreement, number=number, length=length) for number, length in enumerate(lengths, start=1)
    )


def extensions_after(
    lengths: Sequence[Length], there: Sequence[Extension], agreement: str
) -> tuple[list[Extension], list[Extension]]:
    """Extensions as they are to be, by place, and those that go.

    Raises:
        NotUnderstood: If one that was decided would change or go.
    """
    ordered = in_order(there)
    kept: list[Extension] = []
    last = max((each.number or 0 for each in ordered), default=0)
    for place, wanted in enumerate(extensions_of(lengths, agreement)):
        if place >= len(ordered):
            kept.append(replace(wanted, number=last + place + 1 - len(ordered)))
            continue
        kept.append(replace(ordered[place], length=wanted.length))
    gone = ordered[len(lengths) :]
    changed = [old for old, new in zip(ordered, kept, strict=False) if old != new]
    for each in (*gone, *changed):
        if each.state not in (None, ExtensionState.UNDECIDED):
            raise NotUnderstood(f"{each.heading} has been decided: change it under Extensions.")
    return kept, gone


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


def parties_after(entry: AgreementEntry, began: AgreementEntry, dossier: AgreementDossier) -> list[Party]:
    """Parties that change or come; a partner that is named no more stays, for its time is a matter of its own."""
    before, changed = parties_of(began, entry.uid), []
    for wanted in parties_of(entry, entry.uid):
        if wanted in before:
            continue
        held = next((each for each in dossier.parties if each.organisation == wanted.organisation), None)
        changed.append(replace(held, role=wanted.role) if held is not None and held.role is not wanted.role else wanted)
    return changed


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


def contributions_after(entry: AgreementEntry, began: AgreementEntry, dossier: AgreementDossier) -> list[Contribution]:
    """What the partners pay, where the form says otherwise than it began."""
    before, changed = contributions_of(began, entry.uid), []
    partners = {party.organisation: party for party in _partners(dossier)}
    for wanted in contributions_of(entry, entry.uid):
        if wanted in before:
            continue
        held = _line_of(dossier, partners.get(wanted.partner or ""))
        changed.append(replace(held, amount=wanted.amount) if held is not None else wanted)
    return changed


def findings_for_entry(entry: AgreementEntry, around: Surroundings) -> tuple[Finding, ...]:
    """Every finding about an entry as typed, faults first: those of the agreement, and of money and lead."""
    found: list[Finding] = []
    said, extensions = TermSaid(), list[Extension]()
    try:
        said = term_said(entry.term)
        extensions, _ = extensions_after(said.options, around.others(Extension), entry.uid)
    except NotUnderstood as trouble:
        found.append(refused("term", trouble))
    if said.options and said.first is None and not (said.end or entry.stated_end):
        found.append(doubt("term", "Without the first term, no end can be worked out."))
    if said.end and entry.stated_end and said.end != entry.stated_end:
        found.append(
            doubt("term", f"The end as stated, further down, is {date_long(entry.stated_end)}, and that holds.")
        )
    siblings = dict(around.siblings) | {"extension": extensions}
    known = set(entry.fields()) - {"first_term"}
    for finding in findings_for(agreement_of(entry), replace(around, siblings=siblings)):
        if finding.field == "first_term" or (finding.field == "stated_end" and said.end and not entry.stated_end):
            found.append(replace(finding, field="term", fix=_in_term(finding.fix, said)))
        elif finding.field in known or not finding.field:
            found.append(finding)
    found += _money(entry)
    if entry.kind is not None and entry.kind is AgreementKind.POOLED_FUND:
        found.append(note("kind", "A pooled fund owes its partners a quarterly report and an annual return."))
    return tuple(sorted(found, key=lambda finding: _WEIGHT[finding.weight]))


def _in_term(fix: Fix | None, said: TermSaid) -> Fix | None:
    """A correction of the end where that is stated in the line of the term."""
    if fix is None or fix.field != "stated_end":
        return fix
    more = f" + {series_words(said.options)}" if said.options else ""
    return replace(fix, field="term", text=f"until {fix.text}{more}")


def _money(entry: AgreementEntry) -> list[Finding]:
    found: list[Finding] = []
    first, second, stated = entry.first_pays, entry.second_pays, yearly_sum(entry)
    if entry.starts is None and (first is not None or second is not None):
        # The ledger keeps money by year; without one, what was typed would be lost.
        found.append(Finding(Weight.FAULT, "starts", "Give the start: it says for which year the partners pay."))
    paid = [amount for amount in (first, second) if amount is not None]
    both = sum(paid, _ZERO)
    if len(paid) == 2 and both:
        for name, part in zip(("first_pays", "second_pays"), paid, strict=True):
            share = share_of(part, both)
            if share is not None:
                found.append(note(name, f"{percent(share, 2)} of the pool."))
    if stated is None and _paid_together(entry) is not None:
        found.append(note("yearly_value", f"{pounds(both)}, what the partners pay."))
    elif stated is None and paid:
        said = "Not known while what the other partner pays is not. If it pays nothing, it is what this one pays."
        found.append(doubt("yearly_value", said, Fix(f"Use {pounds(both)}", "yearly_value", pounds(both))))
    elif len(paid) == 2 and stated is not None and not stated.low <= both <= stated.high:
        said = f"{pounds(paid[0])} + {pounds(paid[1])} = {pounds(both)}, not {stated.text}."
        found.append(doubt("yearly_value", said, Fix(f"Use {pounds(both)}", "yearly_value", pounds(both))))
    for name, partner, amount in (
        ("first_partner", entry.first_partner, first),
        ("second_partner", entry.second_partner, second),
    ):
        if amount is not None and partner is None:
            found.append(Finding(Weight.NOTE, name, "Not known: the money is kept without a name."))
    return found + _partners_and_lead(entry)


def _partners_and_lead(entry: AgreementEntry) -> list[Finding]:
    found: list[Finding] = []
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
