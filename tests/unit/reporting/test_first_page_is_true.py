"""The first page of a briefing never says that nothing is late, open or wanting where something is."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from s75desk.domain.dossier import AgreementDossier
from s75desk.domain.lengths import Length
from s75desk.domain.records import (
    Agreement,
    Contribution,
    Decision,
    Extension,
    Kpi,
    KpiReturn,
    Milestone,
    Organisation,
    Recommendation,
    Record,
)
from s75desk.domain.records.agreement import AgreementKind, ExtensionState, Outcome, Progress, Stage
from s75desk.domain.records.kpi import Adding
from s75desk.domain.records.money import MoneyType, NoAmount
from s75desk.domain.statuses.counts import undecided_count
from s75desk.reporting.agreement.appraisal import decisions, recommendations
from s75desk.reporting.agreement.money import money
from s75desk.reporting.agreement.performance import counts_in_words
from s75desk.reporting.agreement.position import key_message, position
from s75desk.reporting.agreement.summary import summary
from s75desk.reporting.content import Bullets, Cell, Paragraph, Remark, Table, Words
from s75desk.services.overview_items import step_items
from tests.unit.reporting.dossiers import dossier_of

TODAY = date(2026, 6, 1)
_NONE_LATE = "Nothing that is recorded is late"
_NONE_OPEN = "Nothing is recorded as still to be decided"


def _dossier(*records: Record, stage: Stage = Stage.AGREED, today: date = TODAY, **terms: object) -> AgreementDossier:
    given = {"starts": date(2020, 4, 1), "first_term": Length(years=20), "kind": AgreementKind.POOLED_FUND, **terms}
    agreement = Agreement(uid="a", title="Equipment", stage=stage, **given)  # type: ignore[arg-type]
    bodies = (Organisation(uid="c", name="Council"), Organisation(uid="b", name="Board"))
    return dossier_of((agreement, *bodies, *records), agreement, today)


def _said(blocks: object) -> str:
    """Every word of blocks, parts, cells and lists."""
    match blocks:
        case Words():
            return blocks.text
        case Cell():
            return " ".join([_said(blocks.text), _said(blocks.items)])
        case tuple() | list():
            return " ".join(_said(each) for each in blocks)
        case Table():
            return " ".join(_said(row.cells) for row in blocks.rows)
        case Bullets():
            return _said(blocks.items)
        case Remark() | Paragraph():
            return _said(blocks.text)
        case _ if hasattr(blocks, "blocks"):
            return _said(blocks.blocks)
    return ""


def _part(dossier: AgreementDossier, title: str) -> str:
    return _said(next(part for part in summary(dossier) if part.title == title))


# --- what is late --------------------------------------------------------------------------------------------------

_DUE = date(2026, 1, 1)
_LATE: dict[str, AgreementDossier] = {
    "recommendation": _dossier(
        Recommendation(uid="r", agreement="a", title="Join the lists", progress=Progress.UNDER_WAY, due=_DUE)
    ),
    "decision": _dossier(Decision(uid="d", agreement="a", title="Join", outcome=Outcome.UNDECIDED, due=_DUE)),
    "return": _dossier(
        Kpi(uid="k", agreement="a", title="Days"), KpiReturn(uid="q", kpi="k", title="Quarter 3", due=_DUE)
    ),
    "proposed past its start": _dossier(stage=Stage.PROPOSED),
    "agreed late": _dossier(agreed_on=date(2021, 1, 1)),
}


@pytest.mark.parametrize("kind", _LATE)
def test_what_is_late_needs_attention_whatever_it_is(kind: str) -> None:
    assert _NONE_LATE not in _part(_LATE[kind], "What needs attention")


def test_where_nothing_is_late_that_is_said() -> None:
    assert _NONE_LATE in _part(_dossier(), "What needs attention")


# --- what is to be decided -----------------------------------------------------------------------------------------


def test_a_decision_without_a_day_and_an_extension_without_a_length_are_to_be_decided() -> None:
    undecided = (
        Decision(uid="d", agreement="a", title="Whether to move", outcome=Outcome.UNDECIDED),
        Extension(uid="e", agreement="a", number=1, state=ExtensionState.UNDECIDED),
    )
    dossier = _dossier(*undecided)
    said = _part(dossier, "What is to be decided")
    assert "Whether to move" in said
    assert "Extension 1" in said
    assert _NONE_OPEN not in said
    assert undecided_count(undecided, TODAY) == 2
    counted = "One decision and one option to extend are undecided."
    assert counted in said
    assert counted in _said(position(dossier, frozenset()).blocks)


def test_the_decisions_count_as_on_the_first_page() -> None:
    taken = Decision(uid="t", agreement="a", title="Begin", outcome=Outcome.APPROVED, taken=date(2020, 1, 1))
    waiting = Decision(uid="d", agreement="a", title="Whether to move", outcome=Outcome.UNDECIDED)
    said = _said(decisions(_dossier(taken, waiting)).blocks)
    assert undecided_count((taken, waiting), TODAY) == 1
    assert "one of them still to be taken" in said


def test_an_option_of_an_agreement_that_is_over_is_not_to_be_decided() -> None:
    option = Extension(uid="e", agreement="a", number=1, length=Length(years=1), state=ExtensionState.UNDECIDED)
    assert _NONE_OPEN in _part(_dossier(option, stage=Stage.ENDED_EARLY), "What is to be decided")


_STEPS: dict[str, Record] = {
    "milestone": Milestone(uid="m", agreement="a", title="Cabinet approval", progress=Progress.UNDER_WAY, due=_DUE),
    "recommendation": _LATE["recommendation"].recommendations[0],
}


@pytest.mark.parametrize("kind", _STEPS)
def test_a_late_step_of_an_agreement_that_is_over_needs_no_attention(kind: str) -> None:
    record = _STEPS[kind]
    assert _NONE_LATE not in _part(_dossier(record), "What needs attention")
    over = _dossier(record, first_term=Length(years=6))
    assert over.term.closed
    assert _NONE_LATE in _part(over, "What needs attention")
    assert step_items([over], TODAY) == []
    assert len(step_items([_dossier(record)], TODAY)) == 1


def test_a_late_step_of_an_agreement_that_nobody_let_end_still_needs_attention() -> None:
    option = Extension(uid="e", agreement="a", number=1, length=Length(years=1), state=ExtensionState.UNDECIDED)
    gone_on = _dossier(option, _STEPS["milestone"], first_term=Length(years=6))
    assert gone_on.term.over
    assert not gone_on.term.closed
    assert "Cabinet approval" in _part(gone_on, "What needs attention")
    assert len(step_items([gone_on], TODAY)) == 1


# --- sums of what is known -----------------------------------------------------------------------------------------


def _line(uid: str, partner: str, amount: int | None, **more: object) -> Contribution:
    given = {"type": MoneyType.CONTRIBUTION, "year": 2025, **more}
    value = None if amount is None else Decimal(amount)
    return Contribution(uid=uid, agreement="a", partner=partner, amount=value, **given)  # type: ignore[arg-type]


_PART = {
    "to be confirmed": (_line("1", "c", 100), _line("2", "b", None, no_amount=NoAmount.TO_BE_CONFIRMED)),
    "two quarters": (_line("1", "c", 60, quarter=1), _line("2", "c", 40, quarter=2)),
}


@pytest.mark.parametrize("kind", _PART)
def test_a_sum_of_what_is_known_says_so_on_the_page_in_the_text_and_in_the_table(kind: str) -> None:
    next_year = (_line("8", "c", 50, year=2026), _line("9", "b", 50, year=2026))
    dossier = _dossier(*_PART[kind], *next_year, starts=date(2025, 4, 1), first_term=Length(years=2))
    fund = dossier.funds[0]
    assert (fund.paid_in.partial, fund.paid_in.value) == (True, 100)
    assert dossier.money.total.value.partial
    assert "at least £100" in _part(dossier, "Money")
    assert "at least £200" in _part(dossier, "Money")
    paragraphs = [block for block in money(dossier).blocks if isinstance(block, Paragraph)]
    tables = [block for block in money(dossier).blocks if isinstance(block, Table)]
    assert "at least £100" in _said(paragraphs)
    assert "at least £100" in _said([table for table in tables if table.key == "money.fund.2025"])
    assert "at least £100" in _said([table for table in tables if table.key == "money.plan"])
    assert "at least £200" in _said(paragraphs)


def test_spending_of_one_partner_of_two_is_what_is_known_of_it() -> None:
    paid = (_line("1", "c", 100), _line("2", "b", 100))
    dossier = _dossier(*paid, _line("3", "c", 90, type=MoneyType.SPEND))
    assert dossier.funds[0].spend.partial
    assert "at least £90" in _part(dossier, "Money")
    whole = _dossier(*paid, _line("3", "c", 90, type=MoneyType.SPEND), _line("4", "b", 90, type=MoneyType.SPEND))
    assert not whole.funds[0].spend.partial
    assert "£180" in _part(whole, "Money")


def test_a_sum_of_all_is_flat() -> None:
    dossier = _dossier(_line("1", "c", 100), _line("2", "b", 100), starts=date(2025, 4, 1), first_term=Length(years=1))
    assert not dossier.money.total.value.partial
    assert "at least" not in _part(dossier, "Money") + _said(money(dossier).blocks)


# --- words ---------------------------------------------------------------------------------------------------------


def test_kpis_that_all_stand_alike_are_not_counted_twice() -> None:
    kpis = [Kpi(uid=f"k{n}", agreement="a", title=f"Days {n}") for n in range(13)]
    assert counts_in_words(_dossier(*kpis).kpis).count("13") == 1
    assert "thirteen" not in counts_in_words(_dossier(*kpis).kpis)


def test_n_and_N_keep_their_letters() -> None:  # noqa: N802
    assert Adding.POOLED.word.startswith("n and N")
    assert Adding.FLOW.word.startswith("Flow")


def test_recommendations_that_all_stand_alike_are_not_counted_twice() -> None:
    one = Recommendation(uid="r", agreement="a", title="Join the lists")
    assert "one not known" not in _said(recommendations(_dossier(one)).blocks)


def test_a_status_is_said_once() -> None:
    callout = key_message(_dossier())
    assert callout.status.word == "Live"
    assert not _said(callout.text).startswith("Live")
