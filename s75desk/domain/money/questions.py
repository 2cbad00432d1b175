"""What is doubtful about money lines: one amount stated twice, quarters apart from their year, VAT mixed, a stake."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby

from s75desk.domain.findings import Question
from s75desk.domain.money.amounts import added, sum_of
from s75desk.domain.money.fund_plan import PlanYear
from s75desk.domain.money.ledger import Slot, by_year, slots_of, stated_text, whole_and_parts
from s75desk.domain.money.pooled_fund import FundYear
from s75desk.domain.money.states import key_of, latest, rank_of, state_of, stated_sum, superseded
from s75desk.domain.money.yearly import Rate
from s75desk.domain.records import Agreement, Contribution
from s75desk.domain.records.money import MoneyState, VatBasis
from s75desk.domain.status import Shape
from s75desk.domain.wording import NOT_KNOWN, financial_year, list_words
from s75desk.domain.working import Line, Working

TWICE = "same period twice"
PARTS = "parts and total"
BASES = "different bases"


def money_questions(
    agreement: Agreement, funds: Sequence[FundYear], contributions: Sequence[Contribution]
) -> list[Question]:
    """Every question about the money lines of an agreement."""
    return [
        *same_amount_twice(contributions),
        *quarters_and_year(contributions),
        *states_apart(contributions),
        *totals_and_parts(contributions),
        *mixed_vat(agreement, funds, contributions),
        *largest_stake(agreement, funds, contributions),
    ]


def rivals(entries: Iterable[Contribution]) -> list[Contribution]:
    """Of statements of one amount the one that counts and those that contradict it; [] where none does.

    A planned amount and the final one do not contradict each other: the later state has taken its place.
    """
    known = [entry for entry in entries if stated_sum(entry) is not None]
    if len(known) < 2:
        return []
    counted = latest(known)
    apart = [
        entry
        for entry in known
        if entry is not counted and stated_sum(entry) != stated_sum(counted) and not superseded(entry, counted)
    ]
    return [counted, *apart] if apart else []


def same_amount_twice(contributions: Sequence[Contribution]) -> list[Question]:
    """Questions where one amount is stated twice in one state: spend of £12.8m and £12.2m, both in 2016/17."""
    groups: dict[object, list[Contribution]] = {}
    for entry in contributions:
        if entry.year is not None:
            groups.setdefault(key_of(entry), []).append(entry)
    found = [rivals(group) or _repeated(group) or _later_otherwise(group) for group in groups.values()]
    return [_twice(group) for group in found if group]


def _repeated(group: Sequence[Contribution]) -> list[Contribution]:
    """The same amount in the same state and of the same paper, more than once: one payment, or two."""
    seen: dict[object, list[Contribution]] = {}
    for entry in group:
        if entry.amount is not None:
            place = (state_of(entry), entry.stated_on, entry.source, entry.paragraph, stated_sum(entry))
            seen.setdefault(place, []).append(entry)
    return next((found for found in seen.values() if len(found) > 1), [])


def _later_otherwise(group: Sequence[Contribution]) -> list[Contribution]:
    """An amount in a settled state that a paper of a later day states otherwise: accounts restated, or a slip."""
    known = [entry for entry in group if stated_sum(entry) is not None]
    if len(known) < 2:
        return []
    counts = latest(known)
    later = [
        entry
        for entry in known
        if entry.stated_on and counts.stated_on and entry.stated_on > counts.stated_on
        and stated_sum(entry) != stated_sum(counts)
    ]  # fmt: skip
    return [counts, *later] if later else []


def _twice(group: Sequence[Contribution]) -> Question:
    counted = group[0]
    year = _period(counted)
    kind = counted.type.word if counted.type else "Amount"
    source = _sources(group)
    lines = tuple(_line(entry, f"{kind}, {year}") for entry in group)
    unstated = any(state_of(entry) is None for entry in group) and any(state_of(entry) for entry in group)
    ask = "Say in which state each is" if unstated else "If both are right, say what each is for"
    if len({state_of(entry) for entry in group}) > 1 and not unstated:
        ask = "A paper of a later day states it otherwise, in an earlier state: say which is right"
    amounts = list_words(dict.fromkeys(stated_text(entry) for entry in group))
    opening = f"The same {'quarter' if counted.quarter else 'year'} twice"
    if len({stated_sum(entry) for entry in group}) == 1:
        opening, ask = "Recorded twice", "If these are two payments, say what each is for"
    return Question(
        check=TWICE,
        title=f"{opening}: {kind.lower()} {year}, {amounts}",
        text=f"{ask}; until then only {stated_text(counted)} is counted.",
        kind=counted.KIND,
        uid=counted.uid,
        source=source,
        working=Working(f"{kind}, {year}", lines, "One year, partner, purpose and state has one amount.", source),
    )


def quarters_and_year(contributions: Sequence[Contribution]) -> list[Question]:
    """Questions where the quarters of an amount contradict the amount for the whole year, which is counted."""
    found = []
    for entries in by_year(contributions).values():
        found += [_apart(slot) for slot in slots_of(entries) if slot.apart is not None]
    return found


def states_apart(contributions: Sequence[Contribution]) -> list[Question]:
    """Questions where a planned amount and a later one of the same partner and period differ in what they are for.

    They are both counted, as two purposes are; but states are easily added up so, under two names for one thing.
    """
    found = []
    for entries in by_year(contributions).values():
        places: dict[object, list[Slot]] = {}
        for slot in slots_of(entries):
            places.setdefault(key_of(slot.entries[0])[:4], []).append(slot)
        for slots in places.values():
            counted = [slot.counted[0] for slot in slots if not slot.quarterly]
            states = [state_of(entry) for entry in counted]
            if len(counted) > 1 and None not in states and len(set(states)) == len(states):
                found.append(_states(counted))
    return found


def totals_and_parts(contributions: Sequence[Contribution]) -> list[Question]:
    """Questions where an amount without a partner takes the place of partners' amounts, or they of it.

    A revised total of the pool beside the parts as planned is one amount in two states: only the later counts.
    """
    found = []
    for whole, parts in whole_and_parts(contributions):
        summed = added(slot.total for slot in slots_of(parts))
        if summed is None or summed == stated_sum(whole):
            continue
        kind, year = whole.type.word if whole.type else "Amount", _period(whole)
        counts = _in_state(whole) if rank_of(whole) > max(map(rank_of, parts)) else summed.text
        lines = (*(_line(one, one.what or kind, doubtful=False) for one in parts),
                 Line("Partners together", summed.text, result=True), _line(whole, "No partner named"))  # fmt: skip
        source = _sources((*parts, whole))
        found.append(
            Question(
                check=PARTS,
                title=f"A whole in another state than its parts: {kind.lower()} {year}, {_in_state(whole)}",
                text=f"The partners’ amounts come to {summed.text}; only {counts} is counted, as states never add up.",
                kind=whole.KIND,
                uid=whole.uid,
                source=source,
                working=Working(f"{kind}, {year}", lines, "States of one amount are not added up.", source),
            )
        )
    return found


def _states(counted: Sequence[Contribution]) -> Question:
    first = counted[0]
    kind = first.type.word if first.type else "Amount"
    year = _period(first)
    amounts = list_words(_in_state(entry) for entry in counted)
    lines = tuple(_line(entry, entry.what or kind) for entry in counted)
    return Question(
        check=TWICE,
        title=f"Different states added up: {kind.lower()} {year}, {amounts}",
        text="If they are one amount, say the same of what each is for: then only the latest state counts.",
        kind=first.KIND,
        uid=first.uid,
        source=_sources(counted),
        working=Working(f"{kind}, {year}", lines, "States of one amount are not added up.", _sources(counted)),
    )


def _in_state(entry: Contribution) -> str:
    state = state_of(entry)
    return f"{stated_text(entry)} {state.value}" if state else stated_text(entry)


def yearly_and_paid(agreement: Agreement, funds: Sequence[FundYear], rates: Sequence[Rate]) -> list[Question]:
    """A question where the first year that is paid in full is not what a year is worth: £746,000 and £764,000.

    Later years may be revised or settled otherwise; the first is what the value a year was made of.
    """
    fund = next((one for one in funds if one.paid_in.known.valued and not one.paid_in.partial), None)
    if fund is None or fund.planned not in (None, MoneyState.PLANNED):
        return []
    first, last = date(fund.year, 4, 1), date(fund.year + 1, 3, 31)
    held = [rate for rate in rates if rate.since is None or rate.since <= last]
    paid = sum_of(fund.paid_in)
    whole_year = agreement.starts is not None and agreement.starts <= first
    if not held or not whole_year or held[-1].value is None or paid is None or (held[-1].since or first) > first:
        return []
    worth = held[-1].value
    if worth.about or paid.about or (paid.low <= worth.high and worth.low <= paid.high) or worth.low == 0:
        return []
    year, source = financial_year(fund.year), agreement.cited
    lines = (
        Line("Value a year", worth.text, held[-1].cited),
        *(fund.paid_in.working.lines if fund.paid_in.working else ()),
    )
    return [
        Question(
            check=PARTS,
            title=f"A year is {worth.text}, but {paid.text} is paid in {year}",
            text=f"The value a year is {worth.text}; what is paid in {year} comes to {paid.text}.",
            kind=agreement.KIND,
            uid=agreement.uid,
            source=source,
            working=Working(f"Value a year and {year}", lines, "What is paid in a year is its value.", source),
        )
    ]


def outside_the_term(agreement: Agreement, funds: Sequence[FundYear], plan: Sequence[PlanYear]) -> list[Question]:
    """Questions about what partners pay in years in which the agreement does not run: it is in no total of the term."""
    years = {row.year for row in plan}
    found = []
    for fund in funds:
        if not years or fund.year in years or not fund.paid_in.known.valued:
            continue
        year = financial_year(fund.year)
        lines = fund.paid_in.working.lines if fund.paid_in.working else ()
        found.append(
            Question(
                check=PARTS,
                title=f"Paid in a year outside the term: {fund.paid_in.text} in {year}",
                text=f"The agreement does not run in {year}; what is paid then is in no total of the term.",
                kind=agreement.KIND,
                uid=agreement.uid,
                source=agreement.cited,
                working=Working(f"Paid in, {year}", lines, "A total of the term has the years of the term.", ""),
            )
        )
    return found


def _apart(slot: Slot) -> Question:
    year = slot.counted[0]
    kind = year.type.word if year.type else "Amount"
    of_quarters = "" if slot.apart is None else slot.apart.text
    quarters = sorted((entry for entry in slot.entries if entry.quarter), key=lambda entry: entry.quarter or 0)
    parts = [latest(list(group)) for _, group in groupby(quarters, key=lambda entry: entry.quarter)]
    lines = (
        *(_line(entry, _period(entry), doubtful=False) for entry in parts),
        Line("Quarters together", of_quarters, result=True),
        _line(year, f"{_period(year)}, as stated"),
    )
    source = _sources(slot.entries)
    return Question(
        check=PARTS,
        title=f"Quarters and year disagree: {kind.lower()} {_period(year)}, {of_quarters} and {stated_text(year)}",
        text=f"The quarters come to {of_quarters}, the year is stated as {stated_text(year)}, which is counted.",
        kind=year.KIND,
        uid=year.uid,
        source=source,
        working=Working(f"{kind}, {_period(year)}", lines, "The quarters add up to the year.", source),
    )


def mixed_vat(agreement: Agreement, funds: Iterable[FundYear], contributions: Sequence[Contribution]) -> list[Question]:
    """Questions where a total of a year adds up amounts with and without VAT."""
    found = []
    for fund in funds:
        if not fund.mixed_vat:
            continue
        year = financial_year(fund.year)
        own = [entry for entry in contributions if entry.year == fund.year and entry.vat is not None]
        lines = tuple(
            Line(entry.what or (entry.type.word if entry.type else "Amount"), stated_text(entry),
                 entry.vat.value if entry.vat else "", shape=Shape.DOUBT if entry.vat is VatBasis.WITH else None)
            for entry in own
        )  # fmt: skip
        found.append(
            Question(
                check=BASES,
                title=f"Amounts with and without VAT are added up, {year}",
                text="A total that holds both is neither. Record them on one basis.",
                kind=agreement.KIND,
                uid=agreement.uid,
                source=_sources(own),
                working=Working(f"VAT, {year}", lines, "Only amounts on one basis are added up.", _sources(own)),
            )
        )
    return found


def largest_stake(
    agreement: Agreement, funds: Iterable[FundYear], contributions: Sequence[Contribution]
) -> list[Question]:
    """Questions where the largest partner depends on the base: £374,000 of £746,000, but £465,350 of £839,350."""
    found = []
    for fund in funds:
        shares = [share for share in fund.shares if share.of_pool.value is not None or share.of_all.value is not None]
        if fund.incomplete or len(fund.shares) < 2 or len(shares) < len(fund.shares):
            continue
        pool = max(fund.shares, key=lambda share: share.pooled or 0)
        both = max(fund.shares, key=lambda share: (share.pooled or 0) + (share.aligned or 0))
        if pool.partner == both.partner or not pool.pooled:
            continue
        lines = tuple(
            Line(share.name, f"{share.of_pool.text} of the pool", f"{share.of_all.text} of all")
            for share in fund.shares
        )
        source = _sources(entry for entry in contributions if entry.year == fund.year)
        found.append(
            Question(
                check=BASES,
                title=f"The largest stake depends on the base, {financial_year(fund.year)}",
                text=f"{pool.name} has {pool.of_pool.text} of the pool; {both.name} has {both.of_all.text} once the "
                "money beside it counts.",
                kind=agreement.KIND,
                uid=agreement.uid,
                source=source,
                working=Working(f"Shares, {financial_year(fund.year)}", lines, "Each share on both bases.", source),
            )
        )
    return found


def _line(entry: Contribution, label: str, *, doubtful: bool = True) -> Line:
    state = state_of(entry)
    remark = "; ".join(part for part in (state.value if state else "", entry.cited) if part)
    return Line(label, stated_text(entry), remark, shape=Shape.DOUBT if doubtful else None)


def _period(entry: Contribution) -> str:
    year = NOT_KNOWN if entry.year is None else financial_year(entry.year)
    return f"{year} quarter {entry.quarter}" if entry.quarter else year


def _sources(entries: Iterable[Contribution]) -> str:
    cited = dict.fromkeys(entry.cited for entry in entries if entry.cited != NOT_KNOWN)
    return list_words(cited) or NOT_KNOWN
