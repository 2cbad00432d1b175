"""All that the rules say of an agreement's money, worked out in one go: years, plan, total, whether it has a pool."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from s75desk.domain.money.amounts import figure_of
from s75desk.domain.money.fund_plan import PlanYear, TermTotal, plan_years, possible_spans, term_total
from s75desk.domain.money.pooled_fund import FundYear, fund_years, has_pool
from s75desk.domain.money.yearly import Rate, Worth, worth_now
from s75desk.domain.records import Agreement, Contribution, Extension, Party
from s75desk.domain.wording import financial_year
from s75desk.domain.working import Figure


@dataclass(frozen=True, slots=True)
class AgreementMoney:
    """The money of one agreement.

    Attributes:
        pool: Whether it has a pooled fund; one that has none is asked and told nothing about one.
        funds: Money by year.
        plan: Budget by year of the possible term.
        total: The plan added up, with the total as stated beside it.
        rates: The value a year from the start, and every later one with its day.
    """

    pool: bool
    funds: tuple[FundYear, ...]
    plan: tuple[PlanYear, ...]
    total: TermTotal
    rates: tuple[Rate, ...] = ()

    @property
    def value(self) -> Figure:
        """The value over the whole possible term; "Not known" while a year of it is not."""
        return self.total.value if self.total.complete else figure_of(None, self.total.value.working)

    @property
    def headline(self) -> tuple[Figure, str]:
        """The one figure for a list or a box, and what it is: the value over the term, else the last year paid in."""
        if self.value.known.valued:
            return self.value, "over the whole possible term"
        paid = [fund for fund in self.funds if fund.paid_in.known.valued]
        if not paid:
            return self.value, ""
        return paid[-1].paid_in, f"in {financial_year(paid[-1].year)}; the whole term is not known"


def money_of(
    agreement: Agreement,
    extensions: Sequence[Extension],
    contributions: Sequence[Contribution],
    names: Mapping[str, str],
    worth: Worth | None = None,
    parties: Sequence[Party] = (),
) -> AgreementMoney:
    """The money of an agreement; ``names`` gives each organisation's name by uid.

    ``parties`` tell whose spending is missed; ``worth`` has the yearly value over time, for an agreement whose terms
    may have changed from a day.
    """
    worth = worth or worth_now(agreement)
    pool = has_pool(agreement, contributions)
    spans = possible_spans(agreement, extensions)
    term = (spans[0].starts, spans[-1].ends) if spans else (agreement.starts, None)
    plan = plan_years(agreement, extensions, contributions, pool=pool, worth=worth)
    return AgreementMoney(
        pool=pool,
        funds=fund_years(contributions, names, pool=pool, term=term, parties=parties),
        plan=plan,
        total=term_total(agreement, extensions, plan, contributions, worth),
        rates=worth.rates,
    )
