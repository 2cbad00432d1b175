"""The money of each year: what the partners put in, in the pool and beside it, what was spent, and each share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from s75desk.domain.money.amounts import (
    NONE_RECORDED,
    Sum,
    added,
    figure_of,
    percentages,
    sum_of,
)
from s75desk.domain.money.ledger import (
    QUARTERS,
    Amount,
    Slot,
    amount_of,
    by_year,
    made_of,
    mixes_vat,
    no_amount_text,
    of_type,
    partner_name,
    partners_of,
    sources_text,
)
from s75desk.domain.money.states import ACTUAL, state_of, stated_sum
from s75desk.domain.records import Agreement, Contribution, Party
from s75desk.domain.records.agreement import AgreementKind
from s75desk.domain.records.money import MoneyLine, MoneyState, MoneyType, UpliftPlace
from s75desk.domain.status import Shape
from s75desk.domain.wording import NOT_KNOWN, financial_year, list_words, percent, sentence_case
from s75desk.domain.working import Figure, Known, Line, Working

_SUM_RULE = (
    "The sum of the lines. The latest state of an amount counts, an amount for a whole year stands for it, "
    "and quarters count where there is none."
)
_SHARE_RULE = "A partner’s amount as a percentage of what all partners pay in; the shares add up to 100."


@dataclass(frozen=True, slots=True)
class Share:
    """One partner's part of a year's money.

    Attributes:
        partner: uid of the organisation, or "" when not known.
        name: Its name as shown.
        in_pool: What it pays into the pool, with working; none recorded where there is no line.
        beside: What it pays beside the pool, with working.
        of_pool: Per cent of what is paid into the pool ("49.87%"), or "Not known".
        of_all: Per cent of pool and aligned money together, with working.
    """

    partner: str
    name: str
    in_pool: Figure
    beside: Figure
    of_pool: Figure
    of_all: Figure

    @property
    def pooled(self) -> Decimal | None:
        """Pounds in the pool, None when not known; the lower end of a range."""
        return self.in_pool.value if isinstance(self.in_pool.value, Decimal) else None

    @property
    def aligned(self) -> Decimal | None:
        """Pounds beside the pool, None when none is recorded."""
        return self.beside.value if isinstance(self.beside.value, Decimal) else None


@dataclass(frozen=True, slots=True)
class FundYear:
    """A financial year's money in one agreement.

    Attributes:
        year: Calendar year in which the financial year starts.
        pool: Whether the agreement has a pool; where it has none, ``pooled`` is simply what is paid in.
        shares: By partner, in the order recorded.
        paid_in: What the partners pay into the pool.
        carried: What is carried forward from the year before, either sign; "None recorded" when there is none.
        pooled: What the pool holds: ``paid_in`` and ``carried``.
        aligned: Sum beside the pool with working; "None recorded" when there is none.
        combined: Pool and aligned money together.
        spend: What has been spent, with working; never a forecast. "Not known" when none is recorded.
        outlook: Spending of the whole year where part of it is planned or forecast; "None recorded" otherwise.
        uplift: Sum of uplifts, "Not known" when none is recorded.
        uplift_place: Whether the uplifts lie inside what is paid in or on top of it; None where that is not said.
        made_of: What is in the money paid in, as phrases: states, in kind, VAT.
        spend_made_of: The same of what has been spent.
        spend_quarters: The quarters that ``spend`` covers, where it covers only part of the year; else ().
        mixed_vat: Whether a sum of the year adds up amounts with and without VAT.
        planned: Whether every amount paid in is as yet planned or revised, or forecast: the state they share.
        incomplete: Whether an amount in the year is not known, so that sums are of what is known.
        wanting: What is not known of it: "ICB, quarters 3 and 4", "ICB, to be confirmed".
        spend_wanting: Partners whose spending is not recorded, while that of others is.
    """

    year: int
    pool: bool
    shares: tuple[Share, ...]
    paid_in: Figure
    carried: Figure
    pooled: Figure
    aligned: Figure
    combined: Figure
    spend: Figure
    outlook: Figure
    uplift: Figure
    uplift_place: UpliftPlace | None
    made_of: tuple[str, ...]
    spend_made_of: tuple[str, ...]
    spend_quarters: tuple[int, ...]
    mixed_vat: bool
    planned: MoneyState | None
    incomplete: bool
    wanting: tuple[str, ...] = ()
    spend_wanting: tuple[str, ...] = ()

    @property
    def variance(self) -> Sum | None:
        """What was spent less what the pool held: above nought is over; None where either is not known in full."""
        held, spent = sum_of(self.pooled), sum_of(self.spend)
        if not self.pool or held is None or spent is None or self.spend.partial or self.pooled.partial:
            return None
        return Sum(spent.low - held.high, spent.high - held.low, spent.about or held.about)

    @property
    def shared_of_pool(self) -> Figure:
        """The shares of the pool added up: 100%, or "Not known" while one of them is not."""
        return _added_shares(share.of_pool for share in self.shares)

    @property
    def shared_of_all(self) -> Figure:
        """The shares of pool and aligned money added up."""
        return _added_shares(share.of_all for share in self.shares)


def has_pool(agreement: Agreement, contributions: Sequence[Contribution] = ()) -> bool:
    """Whether an agreement has a pooled fund. A contract or grant has none, whatever is recorded of its money.

    Where the kind is not known, or is lead commissioning or delegation, contributions recorded in a pool tell.
    """
    if agreement.kind is None or (agreement.kind.section_75 and agreement.kind is not AgreementKind.POOLED_FUND):
        return bool(of_type(contributions, MoneyType.CONTRIBUTION, MoneyLine.POOLED))
    return agreement.kind is AgreementKind.POOLED_FUND


def fund_years(
    contributions: Sequence[Contribution],
    names: Mapping[str, str],
    *,
    pool: bool = True,
    term: tuple[date | None, date | None] = (None, None),
    parties: Sequence[Party] = (),
) -> tuple[FundYear, ...]:
    """The money by year, earliest first.

    Args:
        contributions: Every money line of one agreement.
        names: Each organisation's name by uid.
        pool: Whether it has a pool; if not, no line is in one or beside one.
        term: First and last possible day of the agreement, where known: no quarter outside it is missed.
        parties: The parties: spending of one that is there in a year and spends in others is missed in that year.
    """
    if not pool:
        contributions = [replace(entry, line=MoneyLine.POOLED) for entry in contributions]
    years = by_year(contributions)
    spenders = {one.partner for found in years.values() for one in found if one.partner and _is_spent(one)}
    return tuple(
        _fund_year(year, entries, names, pool, _needed(year, *term), spenders & _there(parties, year))
        for year, entries in years.items()
    )


def _there(parties: Sequence[Party], year: int) -> set[str]:
    """The parties in a financial year."""
    first, last = date(year, 4, 1), date(year + 1, 3, 31)
    return {
        one.organisation
        for one in parties
        if (one.since is None or one.since <= last) and (one.until is None or one.until >= first)
    }


def _is_spent(entry: Contribution) -> bool:
    return entry.type is MoneyType.SPEND and state_of(entry) in ACTUAL


def _needed(year: int, starts: date | None, ends: date | None) -> frozenset[int]:
    """The quarters of a financial year in which the agreement runs; all of them where it runs in none."""
    inside = set()
    for quarter in QUARTERS:
        first = date(year + (quarter == 4), 1 if quarter == 4 else 1 + 3 * quarter, 1)
        after = date(year + (quarter >= 3), 4 if quarter == 4 else (1 if quarter == 3 else 4 + 3 * quarter), 1)
        if (starts is None or starts < after) and (ends is None or ends >= first):
            inside.add(quarter)
    return frozenset(inside) or QUARTERS


def _fund_year(
    year: int,
    entries: Sequence[Contribution],
    names: Mapping[str, str],
    pool: bool,
    needed: frozenset[int],
    spending: set[str],
) -> FundYear:
    def of(type_: MoneyType, line: MoneyLine | None = None) -> list[Contribution]:
        return of_type(entries, type_, line)

    def total(found: Sequence[Contribution]) -> Amount:
        return amount_of(found, names=names, needed=needed)

    pooled = _Side(of(MoneyType.CONTRIBUTION, MoneyLine.POOLED), names, needed)
    aligned = _Side(of(MoneyType.CONTRIBUTION, MoneyLine.ALIGNED), names, needed)
    carried = total(of(MoneyType.CARRY_FORWARD))
    spent = [entry for entry in entries if _is_spent(entry)]
    spend, ahead = total(spent), total(of(MoneyType.SPEND))
    payers, spenders = partners_of(of(MoneyType.CONTRIBUTION)), partners_of(spent)
    # Spending that names its partners is not all of it while one that pays in, or spends in other years, is not there.
    absent = [one for one in dict.fromkeys((*payers, *sorted(spending))) if one and one not in spenders]
    silent = bool(spent) and "" not in spenders and bool(absent)
    uplifts = of(MoneyType.UPLIFT)
    words = financial_year(year)
    where = "The pool" if pool else "Paid in"
    in_pool = _joined(pooled.amount, carried)
    both = _joined(in_pool, aligned.amount)
    amounts = (pooled.amount, aligned.amount, carried, spend, ahead)
    return FundYear(
        year=year,
        pool=pool,
        shares=_shares(pooled, aligned, partners_of(of(MoneyType.CONTRIBUTION)), names),
        paid_in=_figure(pooled.amount, f"Paid in, {words}"),
        carried=_figure(carried, f"Carried forward into {words}", Known.NONE_RECORDED),
        pooled=_figure(in_pool, f"{where}, {words}"),
        aligned=_figure(aligned.amount, f"Money beside it, {words}", Known.NONE_RECORDED),
        combined=_combined(words, in_pool, aligned.amount, both),
        spend=_figure(replace(spend, missing=spend.missing or silent), f"Spend, {words}"),
        outlook=_figure(ahead if len(spent) < len(of(MoneyType.SPEND)) and _unsettled(ahead) else Amount(None),
                        f"Spend of the whole year, {words}", Known.NONE_RECORDED),
        uplift=_figure(total(uplifts), f"Uplift, {words}"),
        uplift_place=_place(uplifts),
        made_of=made_of(pooled.amount),
        spend_made_of=made_of(spend),
        spend_quarters=_only_quarters(spend) if spend.missing else (),
        mixed_vat=any(map(mixes_vat, (*amounts, both))),
        planned=_planned(in_pool),
        incomplete=pooled.amount.missing or aligned.amount.missing or carried.missing,
        wanting=_wanting((*pooled.amount.slots, *aligned.amount.slots, *carried.slots), names, needed)
        if pooled.amount.missing or aligned.amount.missing or carried.missing else (),
        spend_wanting=tuple(partner_name(one, names) for one in absent) if silent else (),
    )  # fmt: skip


class _Side:
    """One side of a year's money, in the pool or beside it: all of it, and by partner."""

    def __init__(self, entries: Sequence[Contribution], names: Mapping[str, str], needed: frozenset[int]) -> None:
        self.amount = amount_of(entries, names=names, needed=needed)
        self.by_partner = {partner: self._own(entries, partner, names, needed) for partner in partners_of(entries)}

    def _own(
        self, entries: Sequence[Contribution], partner: str, names: Mapping[str, str], needed: frozenset[int]
    ) -> Amount:
        """One partner's part. Whether quarters are missing is judged for all partners together."""
        own = [entry for entry in entries if (entry.partner or "") == partner]
        amount = amount_of(own, names=names, needed=frozenset())
        short = self.amount.missing and any(not needed <= slot.quarters for slot in amount.slots)
        return replace(amount, missing=True) if short else amount


def _wanting(slots: Sequence[Slot], names: Mapping[str, str], needed: frozenset[int]) -> tuple[str, ...]:
    """What is not known of a year's money: whose amount, and for which quarters."""
    found = []
    for slot in slots:
        name = partner_name(slot.entries[0].partner or "", names)
        unknown = [entry for entry in slot.counted if stated_sum(entry) is None]
        quarters = sorted(needed - slot.quarters) if slot.quarterly else []
        if unknown and not slot.quarterly:
            found.append(f"{name}, {no_amount_text(unknown) or 'no amount given'}")
        if quarters or (unknown and slot.quarterly):
            numbers = sorted({*quarters, *(entry.quarter or 0 for entry in unknown)})
            found.append(f"{name}, quarter{'s' if len(numbers) > 1 else ''} {list_words(map(str, numbers))}")
    return tuple(dict.fromkeys(found))


def _figure(amount: Amount, title: str, known: Known = Known.NOT_KNOWN) -> Figure:
    """A sum as a figure. Where there is not even a line it has no working."""
    if not amount.lines:
        return figure_of(None, known=known, partial=amount.missing)
    remark = "; ".join(("of what is known",) * amount.missing + made_of(amount))
    shape = Shape.DOUBT if mixes_vat(amount) else None
    result = Line("Sum", amount.text, remark, result=True, shape=shape)
    working = Working(title, (*amount.lines, result), _SUM_RULE, sources_text([amount]))
    return figure_of(amount.total, working, partial=amount.missing)


def _combined(words: str, pooled: Amount, aligned: Amount, both: Amount) -> Figure:
    beside = aligned.text if aligned.lines else NONE_RECORDED
    lines = (
        Line("In the pool", pooled.text),
        Line("Beside the pool", beside),
        Line("Together", both.text, "of what is known" if both.missing else "", result=True),
    )
    working = Working(f"In the pool and beside it, {words}", lines, _SUM_RULE, sources_text([both]))
    return figure_of(both.total, working, partial=both.missing)


def _joined(*amounts: Amount) -> Amount:
    return Amount(
        added(amount.total for amount in amounts),
        tuple(line for amount in amounts for line in amount.lines),
        any(amount.missing for amount in amounts),
        tuple(dict.fromkeys(source for amount in amounts for source in amount.sources)),
        tuple(entry for amount in amounts for entry in amount.counted),
    )


def _unsettled(amount: Amount) -> bool:
    return any(state_of(entry) not in ACTUAL for entry in amount.counted)


def _only_quarters(amount: Amount) -> tuple[int, ...]:
    quarters = {entry.quarter for entry in amount.counted}
    return tuple(sorted(number for number in quarters if number)) if None not in quarters else ()


def _planned(amount: Amount) -> MoneyState | None:
    """The state of what is in the pool, where all of it is in one that has not come about."""
    states = {state_of(entry) for entry in amount.counted}
    only = states.pop() if len(states) == 1 else None
    return None if only in ACTUAL else only


def _place(uplifts: Sequence[Contribution]) -> UpliftPlace | None:
    places = {entry.uplift for entry in uplifts}
    return places.pop() if len(places) == 1 else None


def _shares(pooled: _Side, aligned: _Side, partners: Sequence[str], names: Mapping[str, str]) -> tuple[Share, ...]:
    together = {
        partner: _joined(*(side.by_partner[partner] for side in (pooled, aligned) if partner in side.by_partner))
        for partner in partners
    }
    of_pool = _percents(pooled.amount, pooled.by_partner, names, "of the pool")
    of_all = _percents(_joined(pooled.amount, aligned.amount), together, names, "of all")
    nothing = figure_of(None, known=Known.NONE_RECORDED)
    return tuple(
        Share(
            partner,
            partner_name(partner, names),
            _own(pooled, partner, names, "in the pool"),
            _own(aligned, partner, names, "beside the pool"),
            of_pool.get(partner, nothing),
            of_all.get(partner, nothing),
        )
        for partner in partners
    )


def _own(side: _Side, partner: str, names: Mapping[str, str], where: str) -> Figure:
    amount = side.by_partner.get(partner, Amount(None))
    found = _figure(amount, f"{partner_name(partner, names)}, {where}", Known.NONE_RECORDED)
    said = no_amount_text(amount.counted)
    return replace(found, text=sentence_case(said)) if said else found


def _added_shares(shares: Iterable[Figure]) -> Figure:
    known = [share.value for share in shares if share.known is not Known.NONE_RECORDED]
    values = [value for value in known if isinstance(value, Decimal)]
    if not values or len(values) < len(known):
        return Figure(NOT_KNOWN, unit="%", known=Known.NOT_KNOWN)
    added_up = sum(values, Decimal(0))
    return Figure(percent(added_up), None, added_up, "%")


def _percents(whole: Amount, parts: Mapping[str, Amount], names: Mapping[str, str], of_what: str) -> dict[str, Figure]:
    """Each partner's share. None is known while a part of the whole is not: a share of part of a pool would mislead."""
    exact = {partner: amount.total.exact for partner, amount in parts.items() if amount.total is not None}
    why = ""
    shares: dict[str, Decimal] = {}
    if whole.missing or len(exact) < len(parts):
        why = "an amount of the year is not known"
    elif any(value is None for value in exact.values()):
        why = "an amount is given as a range"
    else:
        shares = percentages({partner: value for partner, value in exact.items() if value is not None})
        why = "" if shares else "the whole is nought"
    about = whole.total is not None and whole.total.about
    found = {}
    for partner, amount in parts.items():
        name, share = partner_name(partner, names), shares.get(partner)
        text = NOT_KNOWN if share is None else f"{'about ' if about else ''}{percent(share)}"
        lines = (
            Line(name, amount.text),
            Line("Whole", whole.text, "of what is known" if whole.missing else ""),
            Line(f"{name}, {of_what}", text, why, result=True),
        )
        known = Known.NOT_KNOWN if share is None else Known.ABOUT if about else Known.KNOWN
        working = Working(f"{name}, share {of_what}", lines, _SHARE_RULE, sources_text([whole]))
        found[partner] = Figure(text, working, share, "%", known)
    return found


def split_variance(variance: Decimal, shares: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """Split an over- or underspend (pounds, either sign) by shares (any positive weights) to the penny.

    The parts sum exactly to ``variance``; odd pennies go to the largest remainders, the first named first where
    remainders are equal. A weight of nought gets nothing.

    Raises:
        ValueError: A weight is negative, all are nought, or the variance has a fraction of a penny.
    """
    if any(weight < 0 for weight in shares.values()) or not any(shares.values()):
        raise ValueError("A split needs weights of nought or more, and at least one above nought.")
    pence = variance.scaleb(2)
    if pence != pence.to_integral_value():
        raise ValueError("A variance is given in pounds and whole pence.")
    whole = sum(Fraction(weight) for weight in shares.values())
    exact = {name: abs(int(pence)) * Fraction(weight) / whole for name, weight in shares.items()}
    parts = {name: int(amount) for name, amount in exact.items()}
    odd = abs(int(pence)) - sum(parts.values())
    by_remainder = sorted(exact, key=lambda name: exact[name] - parts[name], reverse=True)
    for name in by_remainder[:odd]:
        parts[name] += 1
    sign = -1 if variance < 0 else 1
    return {name: Decimal(sign * amount).scaleb(-2) for name, amount in parts.items()}
