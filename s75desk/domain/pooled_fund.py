"""The pooled fund: what each partner puts in, in the pool and beside it, and shares on either base."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from s75desk.domain.records import Agreement, Contribution, Extension
from s75desk.domain.working import Figure


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


@dataclass(frozen=True, slots=True)
class PlanYear:
    """One row of the table of yearly budgets over the term.

    Attributes:
        year: Calendar year in which the financial year starts.
        part: "First term", "If extended", "If extended again", "Extension 1".
        value: The year's value with working, "Not known" where nothing is recorded or planned.
        uplift: The year's uplift, "Not known" where none is recorded.
        source: "Report of 7 Mar 2024, para 3.7" or "plan: the yearly value carried forward".
        certain: Whether the year lies in the first term or an exercised extension.
    """

    year: int
    part: str
    value: Figure
    uplift: Figure
    source: str
    certain: bool


def fund_years(contributions: Sequence[Contribution], names: Mapping[str, str]) -> tuple[FundYear, ...]:
    """The money by year, earliest first. ``names`` gives each organisation's name by uid."""
    raise NotImplementedError


def plan_years(
    agreement: Agreement, extensions: Sequence[Extension], contributions: Sequence[Contribution]
) -> tuple[PlanYear, ...]:
    """Every financial year of the possible term with its budget; () when start or length is not known."""
    raise NotImplementedError


def lifetime_value(
    agreement: Agreement, extensions: Sequence[Extension], contributions: Sequence[Contribution]
) -> Figure:
    """The value over the whole possible term: yearly value times years, checked against the stated total.

    R1: 5 x 2,038,663 = 10,193,315, agrees with recommendation b. "Not known" if either factor is not known.
    """
    raise NotImplementedError


def split_variance(variance: Decimal, shares: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """Split an over- or underspend (pounds, either sign) by shares (any positive weights) to the penny.

    The parts sum exactly to ``variance``; odd pennies go to the largest remainders.
    """
    raise NotImplementedError
