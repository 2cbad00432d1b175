"""Bodies renamed, merged and split on a day: agreements follow, and every penny is kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from s75desk.domain.errors import Rejected
from s75desk.domain.lengths import Length
from s75desk.domain.records import Agreement, Contribution, Organisation, Party, Succession
from s75desk.domain.records.agreement import AgreementKind, PartyRole
from s75desk.domain.succession import divided, money_on, parties_on, share_fault
from s75desk.models.desk_file import DeskFile
from s75desk.reporting.agreement.scope import parties
from s75desk.reporting.content import Table
from s75desk.services.office import Office
from tests.unit.record_help import office_of

DAY = date(2028, 4, 1)
BEFORE, AFTER = date(2028, 3, 31), date(2029, 6, 1)


@given(
    st.decimals("-1e9", "1e9", places=2),
    st.lists(st.decimals("0.01", "100", places=2), min_size=1, max_size=6),
)
def test_every_penny_of_an_amount_is_in_its_parts(amount: Decimal, shares: list[Decimal]) -> None:
    division = divided(amount, shares)
    assert sum(division.parts) == amount
    for part, share in zip(division.parts, shares, strict=True):
        assert abs(part - amount * share / sum(shares)) < Decimal("0.011")
    assert len(division.odd) < len(shares)


def test_the_odd_penny_is_named() -> None:
    assert divided(Decimal("1000.01"), [Decimal(50), Decimal(50)]) == divided(Decimal("1000.01"), [Decimal(1)] * 2)
    assert divided(Decimal("1000.01"), [Decimal(50), Decimal(50)]).odd == (0,)
    assert share_fault([Decimal("58.3"), Decimal("41.2")]) == "58.3 + 41.2 = 99.5. Use 41.7."
    assert share_fault([Decimal("58.3"), Decimal("41.7")]) == ""


@given(
    st.lists(
        st.tuples(
            st.sampled_from("abcde"), st.integers(2026, 2030), st.sampled_from([None, 1, 2, 3, 4]),
            st.none() | st.decimals("0", "1e7", places=2), st.sampled_from([None, "Rent"]),
        ), max_size=12,
    ),
    st.lists(
        st.tuples(st.sampled_from("abcd"), st.sampled_from("bcdef"), st.integers(2027, 2030),
                  st.none() | st.integers(1, 100)), max_size=6,
    ),
    st.integers(2026, 2031),
)  # fmt: skip
def test_nothing_is_lost_or_made_whoever_follows_whom(lines: list, goes: list, year: int) -> None:
    money = [Contribution(agreement="x", partner=p, year=y, quarter=q, amount=a, what=w) for p, y, q, a, w in lines]
    gone = [
        Succession(organisation=a, successor=b, since=date(y, 4, 1), share=None if s is None else Decimal(s))
        for a, b, y, s in goes
        if a < b
    ]
    on = date(year, 7, 1)
    found = money_on(money, gone, on, {})
    for each in {line.year for line in money}:
        before = sum((line.amount or 0 for line in money if line.year == each), Decimal(0))
        assert sum((line.amount or 0 for line in found if line.year == each), Decimal(0)) == before
    assert money_on(money, gone, date(2026, 1, 1), {}) == tuple(money), "nobody had gone"
    here = {party.organisation for party in parties_on([Party(agreement="x", organisation="a")], gone, on)}
    left = {one.organisation for one in gone if one.since and one.since <= on}
    assert not here & left


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with DeskFile.create(tmp_path / "a.s75desk") as desk:
        yield office_of(desk, AFTER)


def test_a_council_is_split_and_an_agreement_follows_from_the_day(office: Office) -> None:
    create = office.records.create
    county, north, south, nhs = (create(Organisation(name=name)).uid for name in ("County", "North", "South", "ICB"))
    agreement = create(Agreement(title="OT", starts=date(2026, 4, 1), first_term=Length(years=5))).uid
    for body, role in ((county, PartyRole.LEAD), (nhs, PartyRole.PARTNER)):
        create(Party(agreement=agreement, organisation=body, role=role, since=date(2026, 4, 1)))
    for year in (2027, 2028):
        create(Contribution(agreement=agreement, partner=county, year=year, amount=Decimal("1000.01")))
    shares = [Decimal("58.3"), Decimal("41.7")]
    preview = office.bodies.preview(county, shares, DAY)
    assert [(one.line.year, one.division.parts) for one in preview] == [(2028, (Decimal("583.01"), Decimal("417.00")))]
    with pytest.raises(Rejected, match=r"Use 41\.7"):
        office.bodies.replace_body(county, [(north, Decimal("58.3")), (south, Decimal("41.2"))], DAY)
    changed = office.bodies.replace_body(county, list(zip((north, south), shares, strict=True)), DAY)

    def shown(on: date) -> list[str]:
        dossier = office.agreements.dossier(agreement, on)
        return [dossier.organisations[party.organisation].name for party in dossier.parties]

    assert (shown(BEFORE), shown(DAY)) == (["County", "ICB"], ["North", "South", "ICB"])
    paid = {(line.year, line.partner): line.amount for line in office.agreements.dossier(agreement).contributions}
    assert paid == {
        (2027, county): Decimal("1000.01"), (2028, north): Decimal("583.01"), (2028, south): Decimal("417.00")
    }  # fmt: skip
    assert [one.planned for one in Office(office.place.at(BEFORE)).bodies.going()] == []
    office.records.undo(changed.change_id)
    assert shown(AFTER) == ["County", "ICB"]


def test_what_is_planned_changes_nothing_before_its_day(tmp_path: Path) -> None:
    with DeskFile.create(tmp_path / "a.s75desk") as desk:
        office = office_of(desk, BEFORE)
        old, new = (office.records.create(Organisation(name=name)).uid for name in ("Old", "New"))
        agreement = office.records.create(Agreement(title="OT")).uid
        office.records.create(Party(agreement=agreement, organisation=old, role=PartyRole.LEAD))
        before = office.agreements.dossier(agreement)
        office.bodies.replace_body(old, [(new, Decimal(100))], DAY)
        assert office.agreements.dossier(agreement) == before
        (going,) = office.bodies.going()
        assert (going.planned, going.since, [body.name for body, _ in going.successors]) == (True, DAY, ["New"])
        with pytest.raises(Rejected, match="follow"):
            office.bodies.replace_body(new, [(old, Decimal(100))], AFTER)
        assert replace(going.body, name="x").name == "x"


@pytest.mark.parametrize("shares", [[1, 1, 1], [1, 2], [1, 1, 1, 1, 1, 1, 1], [33, 66], [58, 42]])
def test_the_quarters_of_a_year_are_divided_as_their_year_is(shares: list[int]) -> None:
    parts = [Decimal(share) for share in shares]
    gone = [
        Succession(organisation="a", successor=f"b{place}", since=DAY, share=share * 100 / sum(parts))
        for place, share in enumerate(parts)
    ]
    money = [
        Contribution(agreement="x", partner="a", year=2028, quarter=quarter, amount=Decimal("100.00"))
        for quarter in (4, 1, 3, 2)
    ]
    found = money_on(money, gone, AFTER, {})
    for quarter in (1, 2, 3, 4):
        assert sum(line.amount or 0 for line in found if line.quarter == quarter) == 100
    whole = divided(Decimal(400), [one.share or Decimal(0) for one in gone]).parts
    years = [sum(line.amount or 0 for line in found if line.partner == one.successor) for one in gone]
    assert tuple(years) == whole
    assert max(years) - min(years) <= Decimal("0.01") or len(set(shares)) > 1


def test_a_body_that_went_stays_in_the_table_of_parties_to_its_last_day(office: Office) -> None:
    old, middle, new = (office.records.create(Organisation(name=name)).uid for name in ("Old", "Middle", "New"))
    agreement = office.records.create(Agreement(title="OT", kind=AgreementKind.POOLED_FUND)).uid
    office.records.create(Party(agreement=agreement, organisation=old, role=PartyRole.LEAD, since=date(2026, 4, 1)))
    office.bodies.replace_body(old, [(middle, Decimal(100))], DAY)
    office.bodies.replace_body(middle, [(new, Decimal(100))], date(2029, 4, 1))
    dossier = office.agreements.dossier(agreement, AFTER)
    (table,) = [block for block in parties(dossier).blocks if isinstance(block, Table)]
    rows = [["".join(piece.text for piece in cell.text) for cell in row.cells] for row in table.rows]
    assert [(row[0], row[2], row[3]) for row in rows] == [
        ("New", "1 Apr 2029", "No end stated"),
        ("Old", "1 Apr 2026", "31 Mar 2028"),
        ("Middle", "1 Apr 2028", "31 Mar 2029"),
    ]
    assert office.agreements.dossier(agreement, BEFORE).left == ()
