"""The pooled fund: what each partner puts in, in the pool and beside it, and shares on either base."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from s75desk.domain.money.fund_plan import PlanYear, lifetime_value, plan_years
from s75desk.domain.money.ledger import Amount, amount_of, by_year, of_type, partner_name, partners_of, sources_text
from s75desk.domain.records import Contribution
from s75desk.domain.records.money import MoneyLine, MoneyType
from s75desk.domain.wording import NOT_KNOWN, financial_year, percent, pounds, rounded, share_of
from s75desk.domain.working import Figure, Line, Working

__all__ = ["FundYear", "PlanYear", "Share", "fund_years", "lifetime_value", "plan_years", "split_variance"]

NONE_RECORDED = "None recorded"
_SUM_RULE = "The sum of the lines. An amount for a whole year stands for it; quarters count where there is none."
_SHARE_RULE = "A partner’s amount as a percentage of the whole."


@dataclass(frozen=True, slots=True)
class Share:
    """One partner's part of a year's money.

    Attributes:
        partner: uid of the organisation, or "" when not known.
        name: Its name as shown.
        pooled: Pounds in the pool, None when not known.
        aligned: Pounds beside the pool, None when none is recorded.
        of_pool: Per cent of the pool as a figure with working ("49.87%"), or "Not known".
        of_all: Per cent of pool and aligned money together, with working.
    """

    partner: str
    name: str
    pooled: Decimal | None
    aligned: Decimal | None
    of_pool: Figure
    of_all: Figure


@dataclass(frozen=True, slots=True)
class FundYear:
    """A financial year's money in one agreement.

    Attributes:
        year: Calendar year in which the financial year starts.
        shares: By partner, in the order recorded.
        pooled: Sum of the pool with working.
        aligned: Sum beside the pool with working; "None recorded" when there is none.
        combined: Both together with working.
        spend: Sum of spend with working, "Not known" when none is recorded.
        uplift: Sum of uplifts, "Not known" when none is recorded.
        incomplete: Whether an amount in the year is not known, so that sums are of what is known.
    """

    year: int
    shares: tuple[Share, ...]
    pooled: Figure
    aligned: Figure
    combined: Figure
    spend: Figure
    uplift: Figure
    incomplete: bool


def fund_years(contributions: Sequence[Contribution], names: Mapping[str, str]) -> tuple[FundYear, ...]:
    """The money by year, earliest first. ``names`` gives each organisation's name by uid."""
    return tuple(_fund_year(year, entries, names) for year, entries in by_year(contributions).items())


def _fund_year(year: int, entries: Sequence[Contribution], names: Mapping[str, str]) -> FundYear:
    paid_in = of_type(entries, MoneyType.CONTRIBUTION)
    pooled = _Side("the pool", year, of_type(paid_in, MoneyType.CONTRIBUTION, MoneyLine.POOLED), names)
    aligned = _Side("money beside it", year, of_type(paid_in, MoneyType.CONTRIBUTION, MoneyLine.ALIGNED), names)
    incomplete = pooled.missing or aligned.missing
    both = _both(year, pooled, aligned)
    shares = tuple(_share(partner, pooled, aligned, names) for partner in partners_of(paid_in))
    return FundYear(
        year=year,
        shares=shares,
        pooled=pooled.figure(f"In the pool, {financial_year(year)}", NOT_KNOWN),
        aligned=aligned.figure(f"Beside the pool, {financial_year(year)}", NONE_RECORDED),
        combined=both,
        spend=_sum_figure("Spend", year, of_type(entries, MoneyType.SPEND), names),
        uplift=_sum_figure("Uplift", year, of_type(entries, MoneyType.UPLIFT), names),
        incomplete=incomplete,
    )


class _Side:
    """One side of a year's money, in the pool or beside it, by partner."""

    def __init__(self, name: str, year: int, entries: Sequence[Contribution], names: Mapping[str, str]) -> None:
        self.name = name
        self.year = year
        self.names = names
        self.amounts = {
            partner: amount_of(
                [entry for entry in entries if (entry.partner or "") == partner], partner_name(partner, names)
            )
            for partner in partners_of(entries)
        }
        known = [amount.value for amount in self.amounts.values() if amount.value is not None]
        self.total: Decimal | None = sum(known, Decimal(0)) if known else None
        self.missing = any(amount.missing for amount in self.amounts.values())

    @property
    def lines(self) -> tuple[Line, ...]:
        return tuple(line for amount in self.amounts.values() for line in amount.lines)

    @property
    def source(self) -> str:
        return sources_text(self.amounts.values())

    def figure(self, title: str, otherwise: str) -> Figure:
        if not self.amounts:
            return Figure(otherwise)
        text = NOT_KNOWN if self.total is None else pounds(self.total)
        result = Line("Sum", text, "of what is known" if self.missing else "", result=True)
        return Figure(text, Working(title, (*self.lines, result), _SUM_RULE, self.source))


def _both(year: int, pooled: _Side, aligned: _Side) -> Figure:
    known = [side.total for side in (pooled, aligned) if side.total is not None]
    text = pounds(sum(known, Decimal(0))) if known else NOT_KNOWN
    lines = [Line("In the pool", NOT_KNOWN if pooled.total is None else pounds(pooled.total))]
    if aligned.amounts:
        lines.append(Line("Beside the pool", NOT_KNOWN if aligned.total is None else pounds(aligned.total)))
    else:
        lines.append(Line("Beside the pool", NONE_RECORDED))
    missing = pooled.missing or aligned.missing
    lines.append(Line("Together", text, "of what is known" if missing else "", result=True))
    source = sources_text([*pooled.amounts.values(), *aligned.amounts.values()])
    title = f"In the pool and beside it, {financial_year(year)}"
    return Figure(text, Working(title, tuple(lines), _SUM_RULE, source))


def _share(partner: str, pooled: _Side, aligned: _Side, names: Mapping[str, str]) -> Share:
    name = partner_name(partner, names)
    in_pool, beside = pooled.amounts.get(partner), aligned.amounts.get(partner)
    of_pool = _percent(name, "of the pool", in_pool, pooled.total, pooled.missing, pooled.source)
    whole = _added(pooled.total, aligned.total)
    part = _joined(in_pool, beside)
    source = sources_text([*pooled.amounts.values(), *aligned.amounts.values()])
    of_all = _percent(name, "of all", part, whole, pooled.missing or aligned.missing, source)
    return Share(partner, name, in_pool.value if in_pool else None, beside.value if beside else None, of_pool, of_all)


def _added(*values: Decimal | None) -> Decimal | None:
    known = [value for value in values if value is not None]
    return sum(known, Decimal(0)) if known else None


def _joined(first: Amount | None, second: Amount | None) -> Amount | None:
    known = [amount for amount in (first, second) if amount is not None]
    if not known:
        return None
    return Amount(
        _added(*(amount.value for amount in known)),
        tuple(line for amount in known for line in amount.lines),
        any(amount.missing for amount in known),
        tuple(dict.fromkeys(source for amount in known for source in amount.sources)),
    )


def _percent(name: str, of_what: str, part: Amount | None, whole: Decimal | None, missing: bool, source: str) -> Figure:
    """A share, or "Not known" while any part of the whole is: a share of part of a pool would mislead."""
    if part is None:
        return Figure(NONE_RECORDED)
    share = None if part.value is None or whole is None else share_of(part.value, whole)
    text = NOT_KNOWN if share is None or missing else percent(rounded(share, 2))
    why = "an amount of the year is not known" if missing else ""
    lines = (
        Line(name, part.text),
        Line("Whole", NOT_KNOWN if whole is None else pounds(whole), "of what is known" if missing else ""),
        Line(f"{name}, {of_what}", text, why, result=True),
    )
    return Figure(text, Working(f"{name}, share {of_what}", lines, _SHARE_RULE, source))


def _sum_figure(title: str, year: int, entries: Sequence[Contribution], names: Mapping[str, str]) -> Figure:
    if not entries:
        return Figure(NOT_KNOWN)
    return _Side(title.lower(), year, entries, names).figure(f"{title}, {financial_year(year)}", NOT_KNOWN)


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
