"""Money lines for tests: one as an officer would enter it, and random ledgers of any sort."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import strategies as st

from s75desk.domain.lengths import Length
from s75desk.domain.records import Agreement, Contribution, Extension
from s75desk.domain.records.agreement import AgreementKind
from s75desk.domain.records.money import MoneyLine, MoneyState, MoneyType, NoAmount, UpliftPlace, VatBasis

NAMES = {"council": "Council", "ccg": "CCG", "icb": "ICB"}

POOLED = Agreement(
    uid="a", title="A pool", kind=AgreementKind.POOLED_FUND, starts=date(2016, 4, 1), first_term=Length(years=3),
    yearly_value=Decimal(746000),
)  # fmt: skip


def line(partner: str, amount: int | str | None, year: int = 2016, **rest: object) -> Contribution:
    value = None if amount is None else Decimal(amount)
    return Contribution(agreement="a", partner=partner, year=year, amount=value, **rest)  # type: ignore[arg-type]


def spend(amount: int | str | None, **rest: object) -> Contribution:
    return line("council", amount, type=MoneyType.SPEND, **rest)


_POUNDS = st.decimals(min_value=Decimal(-50000), max_value=Decimal("9999999.99"), places=2)
_WORDS = ("", "Home care", "Provisional outturn", "Final outturn", "Home care (revised)", "Forecast at month 9")


@st.composite
def money_lines(draw: st.DrawFn) -> Contribution:
    """Any money line that a form would let someone save."""
    amount = draw(st.none() | _POUNDS)
    upto = draw(st.none() | _POUNDS) if amount is not None and draw(st.integers(0, 5)) == 0 else None
    return Contribution(
        uid=draw(st.uuids(version=4).map(str)),
        agreement="a",
        partner=draw(st.sampled_from([None, *NAMES])),
        type=draw(st.sampled_from(MoneyType)),
        line=draw(st.sampled_from([None, *MoneyLine])),
        year=draw(st.integers(2016, 2018)),
        quarter=draw(st.sampled_from([None, None, 1, 2, 3, 4])),
        amount=amount,
        amount_to=upto,
        no_amount=draw(st.sampled_from([None, *NoAmount])) if amount is None else None,
        about=draw(st.sampled_from([None, None, True])),
        what=draw(st.sampled_from(_WORDS)) or None,
        state=draw(st.sampled_from([None, None, *MoneyState])),
        stated_on=draw(st.none() | st.dates(date(2016, 1, 1), date(2019, 1, 1))),
        vat=draw(st.sampled_from([None, None, *VatBasis])),
        in_kind=draw(st.sampled_from([None, True])),
        uplift=draw(st.sampled_from([None, *UpliftPlace])),
    )


def ledgers(most: int = 14) -> st.SearchStrategy[list[Contribution]]:
    """Any money lines of one agreement."""
    return st.lists(money_lines(), max_size=most)


@st.composite
def agreements(draw: st.DrawFn) -> tuple[Agreement, tuple[Extension, ...]]:
    """An agreement of any kind and term, with up to two options to extend."""
    value = st.none() | st.decimals(min_value=0, max_value=10**7, places=2)
    more = st.none() | st.decimals(min_value=0, max_value=10**6, places=2)
    yearly, stated = draw(value), draw(value)
    yearly_more, stated_more = draw(more), draw(more)
    agreement = Agreement(
        uid="a",
        title="Any",
        kind=draw(st.sampled_from([None, *AgreementKind])),
        starts=draw(st.none() | st.dates(date(2015, 1, 1), date(2017, 12, 31))),
        first_term=draw(st.none() | st.integers(1, 60).map(lambda months: Length(months=months))),
        yearly_value=yearly,
        yearly_to=None if yearly is None or yearly_more is None else yearly + yearly_more,
        yearly_about=draw(st.sampled_from([None, True])),
        stated_total=stated,
        stated_total_to=None if stated is None or stated_more is None else stated + stated_more,
        stated_total_basis=draw(st.sampled_from([None, "a year", "five years", "the whole term", "both counties"])),
    )
    months = draw(st.lists(st.integers(1, 24), max_size=2))
    extensions = tuple(
        Extension(agreement="a", number=n, length=Length(months=length)) for n, length in enumerate(months, 1)
    )
    return agreement, extensions
