"""Records in and out of a real desk: by uid, by condition, by owner, in order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from s75desk.domain.lengths import Length
from s75desk.domain.records import (
    KINDS,
    Action,
    Agreement,
    Contribution,
    Document,
    Extension,
    Kpi,
    KpiReturn,
    Measurement,
    Organisation,
    Party,
    Provider,
    Service,
)
from s75desk.domain.records.action import ActionState
from s75desk.models.desk_file import DeskFile
from s75desk.models.dossier_reader import DossierReader
from s75desk.models.headings import dependents_of, heading_of
from s75desk.models.repository import Repository
from tests.unit.record_help import fill_estate, office_of

AT = datetime(2026, 2, 2, tzinfo=UTC)


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DeskFile]:
    with DeskFile.create(tmp_path_factory.mktemp("repository") / "a.s75desk") as desk:
        yield desk


class _RolledBack(Exception):
    pass


@pytest.fixture
def repository(file: DeskFile) -> Iterator[Repository]:
    """On a transaction that is taken back after the test."""
    try:
        with file.writing() as connection:
            yield Repository(connection)
            raise _RolledBack
    except _RolledBack:
        pass


def actions(repository: Repository) -> None:
    states = (ActionState.OPEN, ActionState.DONE, None, ActionState.VERIFIED)
    repository.insert(
        Action(uid=f"a{number}", title=f"Action {number}", state=state, due=date(2026, 1, 9 - number))
        for number, state in enumerate(states)
    )
    repository.insert([Action(uid="gone", title="Archived", archived_at=AT)])


def uids(records: list[Action]) -> list[str]:
    return [record.uid for record in records]


def test_conditions_and_order(repository: Repository) -> None:
    actions(repository)
    assert uids(repository.all(Action)) == ["a0", "a1", "a2", "a3"]
    assert uids(repository.all(Action, archived=True)) == ["a0", "a1", "a2", "a3", "gone"]
    assert uids(repository.all(Action, order=("due",))) == ["a3", "a2", "a1", "a0"]
    assert uids(repository.all(Action, state=ActionState.DONE)) == ["a1"]
    assert uids(repository.all(Action, state=None)) == ["a2"]
    assert uids(repository.all(Action, state=(ActionState.OPEN, None))) == ["a0", "a2"]
    assert uids(repository.all(Action, state={ActionState.OPEN, ActionState.DONE})) == ["a0", "a1"]
    assert uids(repository.all(Action, state=[])) == uids(repository.all(Action, uid=[])) == []
    assert uids(repository.all(Action, state=ActionState.OPEN, due=date(2026, 1, 9))) == ["a0"]
    assert repository.count(Action) == 4
    assert sorted(repository.uids(Action)) == ["a0", "a1", "a2", "a3"]


def test_what_is_not_told_apart_otherwise_stays_in_the_order_recorded(repository: Repository) -> None:
    names = ["q", "b", "z", "a"]
    repository.insert(Action(uid=name, title="Same", due=date(2026, 1, 1)) for name in names)
    repository.update("action", "b", {"title": "Changed"})
    assert uids(repository.all(Action)) == uids(repository.all(Action, order=("due",))) == names


def test_one_record_archived_or_not(repository: Repository) -> None:
    actions(repository)
    assert repository.get(Action, "gone") == Action(uid="gone", title="Archived", archived_at=AT)
    assert repository.get(Action, "nowhere") is None
    assert repository.get(Agreement, "a0") is None


def test_many_by_uid_and_unknown_ones_left_out(repository: Repository) -> None:
    repository.insert(Provider(uid=f"p{number:04}", name=f"Provider {number}") for number in range(1203))
    wanted = [f"p{number:04}" for number in range(0, 1203, 2)]
    found = repository.by_uid(Provider, [*wanted, "nowhere", None, "", "p0000"])
    assert sorted(found) == wanted
    assert found["p0002"] == Provider(uid="p0002", name="Provider 2")
    assert repository.by_uid(Provider, [None, ""]) == {}


def test_children_are_what_names_it_as_owner_and_referring_what_names_it_otherwise(repository: Repository) -> None:
    repository.insert([Agreement(uid="a", title="A"), Agreement(uid="b", title="B"), Organisation(uid="o", name="O")])
    repository.insert(
        [
            Extension(uid="e", agreement="a", number=1, length=Length(years=1)),
            Document(uid="d", agreement="b", title="D"),
        ]
    )
    repository.insert([Party(uid="p", agreement="a", organisation="o"), Action(uid="x", title="X", agreement="a")])
    repository.insert([Contribution(uid="old", agreement="a", year=2024, archived_at=AT)])
    assert {record.uid for record in repository.children("agreement", "a")} == {"e", "p"}
    assert {record.uid for record in repository.children("agreement", "a", archived=True)} == {"e", "p", "old"}
    assert {record.uid for record in repository.referring("agreement", "a")} == {"x"}
    assert {record.uid for record in repository.referring("organisation", "o")} == {"p"}
    assert repository.children("organisation", "o") == []


def test_what_is_held_in_a_unique_field(repository: Repository) -> None:
    repository.insert([Provider(uid="p", name="Alder"), Provider(uid="q", name="Birch")])
    repository.insert(
        [
            Service(uid="s1", provider="p", name="Alder House", cqc_location_id="1-1"),
            Service(uid="s2", provider="p", name="", cqc_location_id="1-2"),
            Service(uid="s3", provider="p", name="None", cqc_location_id=None),
            Service(uid="s4", provider="p", name="Empty", cqc_location_id=""),
            Service(uid="s5", provider="p", name="Archived", cqc_location_id="1-5", archived_at=AT),
        ]
    )
    assert repository.taken(Service, "cqc_location_id") == {"1-1": "Alder House", "1-2": "Untitled service"}
    assert repository.taken(Service, "cqc_location_id", besides="s1") == {"1-2": "Untitled service"}


def test_a_heading_held_beside_a_unique_value_is_that_of_the_record(repository: Repository) -> None:
    repository.insert([Provider(uid="above", name="Alder")])
    unique = [(cls, name) for cls in KINDS.values() for name, field in cls.fields().items() if field.unique]
    for cls, name in unique:
        owner = {field.name: "above" for field in cls.fields().values() if field.parent}
        for number in range(3):
            titles = {title: f"{title} {number}" for title in cls.TITLE if number}
            repository.insert([cls(uid=f"{cls.KIND}{number}", **(owner | titles | {name: f"u{number}"}))])
        live = {record.heading for record in repository.all(cls) if getattr(record, name)}
        assert len(live) == 3
        assert set(repository.taken(cls, name).values()) == live
    assert len(unique) >= 4


def test_kpis_come_with_their_figures_oldest_first(repository: Repository) -> None:
    repository.insert([Kpi(uid="k", title="K"), Kpi(uid="l", title="L")])
    months = [date(2024 + (month // 12), month % 12 + 1, 1) for month in range(24)]
    repository.insert(
        Measurement(uid=f"m{place:02}", kpi="k", ends=day, value=Decimal(place)) for place, day in enumerate(months)
    )
    repository.insert([Measurement(uid="other", kpi="l", ends=months[0])])
    (kpi, other) = DossierReader(repository).kpis([Kpi(uid="k", title="K"), Kpi(uid="l", title="L")])
    assert [figure.uid for figure in kpi.measurements] == [f"m{place:02}" for place in range(24)]
    assert [figure.uid for figure in other.measurements] == ["other"]


def test_a_reader_gathers_by_agreement_in_order(repository: Repository) -> None:
    repository.insert(Agreement(uid=uid, title=uid) for uid in ("a", "b", "c"))
    repository.insert(
        Extension(uid=f"{agreement}{number}", agreement=agreement, number=number, length=Length(years=1))
        for number in (2, 1, 3)
        for agreement in ("b", "a")
    )
    found = DossierReader(repository).under(Extension, ["a", "b", "c"], ("number",))
    assert {uid: [one.uid for one in extensions] for uid, extensions in found.items()} == {
        "a": ["a1", "a2", "a3"], "b": ["b1", "b2", "b3"],
    }  # fmt: skip
    repository.insert([Kpi(uid="k", agreement="a", title="K")])
    repository.insert([Action(uid="x", title="X", agreement="a", kpi="k"), Action(uid="y", title="Y", kpi="k")])
    actions = DossierReader(repository).actions(["a"], {"k": "a"})
    assert {uid: {action.uid for action in found} for uid, found in actions.items()} == {"a": {"x", "y"}}


def test_a_heading_tells_a_record_from_its_namesakes(tmp_path: Path) -> None:
    with DeskFile.create(tmp_path / "b.s75desk") as desk:
        office = office_of(desk)
        places = fill_estate(office)
        with desk.reading() as connection:
            repository = Repository(connection)
            told = {kind: heading_of(office.records.get(cls, places[kind]), repository) for kind, cls in KINDS.items()}
            provider = repository.get(Provider, places["provider"])
            assert provider is not None
            assert dependents_of(provider, repository) == []
    name = "Name of the service first"
    assert told["visit"] == f"Quality visit, {name}, 8 Sep 2024"
    assert told["rating"] == f"CQC overall: Good, {name}"
    assert told["party"] == "Name of the organisation first, lead commissioner"
    assert told["membership"] == "On Title of the agreement first"
    assert told["measurement"].startswith("Figure for Title of the KPI first, ")
    assert told["target"] == "Target of Title of the KPI first"
    assert told["contribution"] == "Contribution of £372,000.05, 2024/25"
    assert told["extension"] == "Extension 2"
    assert told["milestone"] == "Milestone of the milestone first"
    assert not [heading for heading in told.values() if "None" in heading or "unknown" in heading.casefold()]


def test_a_heading_of_what_lacks_nearly_everything(repository: Repository) -> None:
    for cls in KINDS.values():
        heading = heading_of(replace(cls(), uid="u"), repository)
        assert heading
        assert "None" not in heading


def test_a_return_may_have_no_owner_at_all(repository: Repository) -> None:
    repository.insert([KpiReturn(uid="r", title="Quarter 3 return")])
    assert repository.get(KpiReturn, "r") == KpiReturn(uid="r", title="Quarter 3 return")
