"""Opening a list, a record or a form costs as many statements on a large desk as on a small one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import event

from benchmarks import large_desk
from s75desk.domain.records import KINDS, Action, Agreement, Kpi, Provider, Service, Visit
from s75desk.models.desk_file import DeskFile
from s75desk.services.office import Office
from s75desk.services.workplace import Workplace

LISTS = ("agreements", "providers", "visits", "kpis", "actions", "briefings", "organisations", "question_sets")
FORMS = {kind: cls for kind, cls in KINDS.items() if any(field.refers_to for field in cls.fields().values())}


@contextmanager
def counted(office: Office) -> Iterator[list[str]]:
    said: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        said.append(statement)

    engine = office.place.desk.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield said
    finally:
        event.remove(engine, "before_cursor_execute", note)


@pytest.fixture(scope="module")
def desks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Office, Office]]:
    folder = tmp_path_factory.mktemp("desks")
    made = []
    for name, size in (
        ("small", large_desk.Size(services=20, visits=20, measurements=1_000)),
        ("large", large_desk.Size(services=160, visits=160, measurements=4_000)),
    ):
        path = folder / f"{name}.s75desk"
        large_desk.make(path, size)
        made.append(Office(Workplace(DeskFile.open(path), "an officer", lambda: large_desk.TODAY)))
    yield made[0], made[1]
    for office in made:
        office.place.desk.close()


def both(desks: tuple[Office, Office], read: Callable[[Office], object]) -> tuple[int, int]:
    counts = []
    for office in desks:
        with counted(office) as said:
            read(office)
        counts.append(len(said))
    return counts[0], counts[1]


@pytest.mark.parametrize("name", LISTS)
def test_a_list(desks: tuple[Office, Office], name: str) -> None:
    small, large = both(desks, lambda office: getattr(office, name).rows())
    assert 0 < large <= small


def test_what_is_planned_and_what_is_waited_for(desks: tuple[Office, Office]) -> None:
    for read in (
        lambda office: office.visits.planning(),
        lambda office: office.visits.overdue(),
        lambda office: office.kpis.waiting_returns(),
    ):
        small, large = both(desks, read)
        assert 0 < large <= small


@pytest.mark.parametrize("kind", FORMS)
def test_a_form_and_what_its_references_offer(desks: tuple[Office, Office], kind: str) -> None:
    cls = FORMS[kind]

    def opened(office: Office) -> None:
        office.records.surroundings(cls)
        for field in cls.fields().values():
            if field.refers_to:
                office.records.choices(field.refers_to, cls())

    small, large = both(desks, opened)
    assert 0 < large <= small


@pytest.mark.parametrize("cls", [Action, Agreement, Kpi, Provider, Service, Visit])
def test_a_record_and_its_save(desks: tuple[Office, Office], cls: type[Any]) -> None:
    def saved(office: Office) -> None:
        record = office.records.get(cls, office.records.lookup(cls.KIND)[0][0])
        office.records.revise(replace(record, note="As the officer was told."))

    small, large = both(desks, saved)
    assert 0 < large <= small


def test_the_list_of_agreements_costs_the_same_for_one_as_for_all(desks: tuple[Office, Office]) -> None:
    office = desks[0]
    alone = []
    for uid, _ in office.records.lookup(Agreement.KIND):
        with counted(office) as of_one:
            office.agreements.dossiers(uids=[uid])
        alone.append(len(of_one))
    with counted(office) as of_all:
        office.agreements.dossiers()
    assert len(alone) > 20
    assert len(of_all) <= max(alone)
