"""The money of an agreement: amounts by partner, line, year and quarter, each in the state in which it was stated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from s75desk.domain.fields import Choice, choice, day, financial_year, money, parent, reference, text, whole, yes_no
from s75desk.domain.records.base import Sourced


class MoneyLine(Choice):
    """Whether money is in the pool or beside it."""

    POOLED = "pooled"
    ALIGNED = "aligned"


class MoneyType(Choice):
    """What an amount is."""

    CONTRIBUTION = "contribution"
    CARRY_FORWARD = "carried forward"
    SPEND = "spend"
    UPLIFT = "uplift"
    SAVING = "saving"
    PRESSURE = "cost pressure"


class MoneyState(Choice):
    """How settled an amount is, the least settled first. The latest state counts; states are never added up."""

    PLANNED = "planned"
    REVISED = "revised"
    FORECAST = "forecast"
    PROVISIONAL = "provisional"
    FINAL = "final"


class NoAmount(Choice):
    """Why there is no amount, or that it is nothing."""

    TO_BE_CONFIRMED = "to be confirmed"
    NIL = "nil"
    NOT_APPLICABLE = "not applicable"


class VatBasis(Choice):
    """Whether an amount holds value added tax. Amounts on different bases are not added up in silence."""

    WITHOUT = "without VAT"
    WITH = "with VAT"


class UpliftPlace(Choice):
    """Whether an uplift is part of the amount that was stated, or comes on top of it."""

    INSIDE = "inside the amount stated"
    BESIDE = "on top of it"


@dataclass(frozen=True, kw_only=True, slots=True)
class Contribution(Sourced):
    """An amount of money by partner, line, year, quarter and state: a contribution, a spend, an uplift.

    ``amount_to`` is the upper end where the paper gives a range; ``no_amount`` says why there is no amount. Both, and
    ``about``, are typed into the amount itself: “c. £1.2m”, “£2.5m to £3m”, “tbc”.
    """

    KIND: ClassVar[str] = "contribution"
    NOUN: ClassVar[str] = "money line"
    PLURAL: ClassVar[str] = "money lines"
    TITLE: ClassVar[tuple[str, ...]] = ("what",)
    HAPPENS: ClassVar[Mapping[str, tuple[str, ...]]] = {"stated_on": ()}
    OUTTURN: ClassVar[tuple[Mapping[str, tuple[Any, ...]], ...]] = (
        {"state": (MoneyState.PROVISIONAL, MoneyState.FINAL)},
        {"state": (None,), "type": (MoneyType.SPEND,)},
    )
    FORETOLD: ClassVar[tuple[str, tuple[str, ...]]] = (
        "what", ("forecast", "projected", "revised", "planned", "budget", "original"),
    )  # fmt: skip

    agreement: str = parent("Agreement", "agreement")
    partner: str | None = reference("Partner", "organisation")
    type: MoneyType | None = choice("Type", MoneyType, MoneyType.CONTRIBUTION, required=True)
    line: MoneyLine | None = choice("Line", MoneyLine, MoneyLine.POOLED)
    year: int | None = financial_year("Year", required=True)
    quarter: int | None = whole("Quarter", least=Decimal(1), most=Decimal(4), hint="Leave empty for a whole year.")
    amount: Decimal | None = money(
        "Amount", hint="Also a sum, “c. £1.2m”, “£2.5m to £3m”, “to be confirmed” or “nil”.",
        about="about", upto="amount_to", instead="no_amount",
    )  # fmt: skip
    amount_to: Decimal | None = money("Amount, at most", hidden=True)
    no_amount: NoAmount | None = choice("Why there is no amount", NoAmount, hidden=True)
    about: bool | None = yes_no("Approximate", hidden=True)
    what: str | None = text("What for")
    state: MoneyState | None = choice(
        "State", MoneyState, hint="The latest state counts: a revised amount takes the place of the planned one."
    )
    stated_on: date | None = day("Stated on", hint="The day of the paper or report that gives this amount.")
    vat: VatBasis | None = choice("VAT", VatBasis)
    in_kind: bool | None = yes_no("In kind", hint="Staff, rooms or goods instead of money.")
    uplift: UpliftPlace | None = choice("An uplift lies", UpliftPlace, hint="For uplifts only.")
