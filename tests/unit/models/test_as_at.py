"""The rule of ``domain/as_at.py`` and the database's own version of it say the same of every kind of record."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from s75desk.domain.as_at import as_known, follows_days
from s75desk.domain.field_text import value_to_text
from s75desk.domain.fields import FieldType
from s75desk.domain.lengths import Length
from s75desk.domain.records import KINDS, Agreement, Contribution, DatedValue, Record, Variation
from s75desk.domain.records.money import MoneyState, MoneyType
from s75desk.models.as_at import changed_fields, definitions, values_for
from s75desk.models.desk_file import DeskFile
from s75desk.models.repository import Repository
from s75desk.services.dated import in_deeds
from tests.unit.models.desk_help import chance
from tests.unit.record_help import value_of

FIRST = date(2024, 1, 1)
DAYS = [FIRST + timedelta(days=30 * n) for n in range(6)]
LOOKS = [FIRST - timedelta(days=1), *DAYS, FIRST + timedelta(days=45)]


class Chanced:
    """Records of every kind, whose dates, choices and dated values are left to chance."""

    def __init__(self, seed: int) -> None:
        self.chance = chance(seed)
        self.number = 0
        self.records: list[Record] = []
        self.dated: list[DatedValue] = []
        for cls in KINDS.values():
            if cls not in (DatedValue, Variation) and not cls.SEALED:
                self.records += [self.any(cls) for _ in range(12)]
        for record in self.records:
            for name, field in record.fields().items():
                if follows_days(type(record), field) and self.chance.randrange(4) == 0:
                    self.dated += [self.from_a_day(record, name) for _ in range(self.chance.randint(1, 3))]
        agreements = [record for record in self.records if isinstance(record, Agreement)]
        self.deeds = [
            replace(self.any(Variation), agreement=self.chance.choice(agreements).uid, since=self.chance.choice(DAYS))
            for _ in range(12)
        ]

    def any(self, cls: Any) -> Any:
        self.number += 1
        values = {name: self.value(cls, field) for name, field in cls.fields().items()}
        return cls(uid=f"r{self.number}", **values)

    def value(self, cls: Any, field: Any) -> Any:
        day = self.chance.choice([None, *DAYS])
        match field.type:
            case FieldType.REFERENCE:
                return "" if field.required else None
            case FieldType.DATE:
                return day
            case FieldType.MOMENT:
                return day and datetime.combine(day, time(9), UTC)
            case FieldType.CHOICE:
                return self.chance.choice([None, *field.choices])
            case _:
                return self.chance.choice([None, value_of(cls, field, 0, {})])

    def from_a_day(self, record: Record, name: str) -> DatedValue:
        self.number += 1
        field = record.fields()[name]
        return DatedValue(
            uid=f"d{self.number:05}",
            kind=record.KIND,
            record=record.uid,
            field=name,
            value=value_to_text(field, self.value(type(record), field)),
            since=self.chance.choice(DAYS),
            known=self.chance.choice([None, *DAYS]),
            archived_at=self.chance.choice([None, None, None, datetime(2026, 1, 1, tzinfo=UTC)]),
        )

    def by_hand(self, cls: type[Record], on: date) -> dict[str, Record]:
        held = [*self.dated, *in_deeds(self.deeds)]
        seen = (as_known(record, on, held) for record in self.records if type(record) is cls)
        return {record.uid: record for record in seen if record is not None}


@pytest.fixture(scope="module", params=[1, 2, 3])
def world(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Chanced, Any]]:
    world = Chanced(request.param)
    with DeskFile.create(tmp_path_factory.mktemp("as_at") / "a.s75desk") as desk, desk.writing() as connection:
        connection.execute(text("PRAGMA defer_foreign_keys = ON"))
        Repository(connection).insert([*world.records, *world.dated, *world.deeds])
        yield world, connection
        connection.rollback()


def test_a_list_is_what_the_rule_leaves_of_each_record(world: tuple[Chanced, Any]) -> None:
    by_hand, connection = world
    left_out = changed = 0
    for kind in {record.KIND for record in by_hand.records}:
        recorded = {r.uid: r for r in by_hand.records if kind == r.KIND}
        for on in LOOKS:
            found = {r.uid: r for r in Repository(connection, on).all(KINDS[kind])}
            assert found == by_hand.by_hand(KINDS[kind], on), (kind, on)
            left_out += len(recorded) - len(found)
            changed += sum(1 for uid, record in found.items() if record != recorded[uid])
    assert min(left_out, changed) > 200, "the days meet every case"


def test_one_record_a_count_and_uids_are_of_the_day_too(world: tuple[Chanced, Any]) -> None:
    by_hand, connection = world
    for on in LOOKS:
        repository = Repository(connection, on)
        for kind in ("action", "measurement", "agreement"):
            expected = by_hand.by_hand(KINDS[kind], on)
            assert set(repository.uids(KINDS[kind])) == set(expected)
            assert repository.count(KINDS[kind]) == len(expected)
            for record in by_hand.records:
                if kind == record.KIND:
                    assert repository.get(KINDS[kind], record.uid) == expected.get(record.uid)


def test_a_query_written_by_hand_reads_the_same(world: tuple[Chanced, Any]) -> None:
    by_hand, connection = world
    for on in LOOKS:
        seen = definitions(("action", "visit", "rating"), changed_fields(connection))
        asked = "SELECT (SELECT COUNT(*) FROM action WHERE state = 'open'), (SELECT COUNT(made) FROM visit)"
        open_, made = connection.execute(text(f"WITH {seen} {asked}"), values_for(on)).one()
        actions, visits = by_hand.by_hand(KINDS["action"], on), by_hand.by_hand(KINDS["visit"], on)
        assert open_ == sum(1 for one in actions.values() if getattr(one, "state", None) == "open")
        assert made == sum(1 for one in visits.values() if getattr(one, "made", None))


def test_what_is_not_asked_as_at_a_day_is_as_recorded(tmp_path: Path) -> None:
    with DeskFile.create(tmp_path / "a.s75desk") as desk, desk.writing() as connection:
        later = DatedValue(
            uid="d", kind="agreement", record="a", field="notice", value="12 months", since=date(2026, 4, 1)
        )
        Repository(connection).insert([Agreement(uid="a", title="A", notice=Length(months=6)), later])
        seen = [Repository(connection, on).get(Agreement, "a") for on in (date(2025, 6, 1), date(2026, 4, 1), None)]
        assert [one and one.notice for one in seen] == [Length(months=n) for n in (6, 12, 6)]


def test_what_came_of_a_period_is_not_there_before_it_is_over(tmp_path: Path) -> None:
    """Every combination: whatever its type, what is final or provisional; spending also without a state."""
    on = date(2026, 2, 2)
    lines = [
        Contribution(
            uid=f"c{place:05}", agreement="", type=kind, state=state, year=year, quarter=quarter, what=what,
            stated_on=stated, known=known, amount=Decimal(1),
        )
        for place, (kind, state, year, quarter, what, stated, known) in enumerate(
            product(
                (*MoneyType, None), (*MoneyState, None), (2024, 2025, 2026, None), (None, 1, 3, 4),
                (None, "Home care", "Forecast at month 9"), (None, on), (None, on + timedelta(days=1)),
            )
        )
    ]  # fmt: skip
    with DeskFile.create(tmp_path / "a.s75desk") as desk, desk.writing() as connection:
        connection.execute(text("PRAGMA defer_foreign_keys = ON"))
        Repository(connection).insert(lines)
        there = {one.uid for one in Repository(connection, on).all(Contribution)}
        connection.rollback()
    assert there == {line.uid for line in lines if as_known(line, on) is not None}
    for line in lines:
        over = line.year in (2024, None) or (line.year == 2025 and line.quarter in (1, 3))
        come = line.state in (MoneyState.PROVISIONAL, MoneyState.FINAL)
        come |= line.state is None and line.type is MoneyType.SPEND and "Forecast" not in (line.what or "")
        expected = line.known is None and (over or not come or line.stated_on is not None)
        assert (line.uid in there) is expected, line
