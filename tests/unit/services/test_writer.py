"""One change is written whole or not at all: records, history and search together, whoever writes beside it."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path

import pytest

from s75desk.domain.records import Agreement, Kpi, Measurement, Milestone, Organisation, Party, Provider, Service, Visit
from s75desk.domain.records.agreement import PartyRole
from s75desk.domain.records.kpi import Measure
from s75desk.models import blobs, drafts, history, search
from s75desk.models.desk_file import DeskFile
from s75desk.models.drafts import Draft
from s75desk.models.repository import Repository
from s75desk.services.office import Office
from tests.unit.record_help import TODAY, Clock, office_of


def found(office: Office, words: str) -> list[str]:
    return [hit.title for hit in office.finder.find(words)]


def rows(office: Office) -> int:
    with office.place.desk.reading() as connection:
        return history.length(connection)


class Boom(Exception):
    """A fault of our own."""


def test_a_fault_inside_a_change_leaves_nothing_of_it(office: Office) -> None:
    kept = office.records.create(Agreement(title="Community equipment"))
    before = rows(office)

    def fail() -> None:
        with office.place.change("Half of it") as change:
            change.create(Milestone(agreement=kept.uid, title="Signed unicorn"))
            change.revise(Agreement(uid=kept.uid, title="Wheelchair unicorn"))
            change.archive("agreement", kept.uid)
            blobs.put(change.connection, b"paper")
            drafts.keep(change.connection, "key", Draft("agreement", "", {}, change.at))
            raise Boom

    with pytest.raises(Boom):
        fail()
    agreement = office.records.get(Agreement, kept.uid)
    assert (agreement.title, agreement.archived_at) == ("Community equipment", None)
    assert rows(office) == before
    assert found(office, "unicorn") == []
    assert found(office, "equipment") == ["Community equipment"]
    with office.place.desk.reading() as connection:
        assert Repository(connection).count(Milestone) == 0
        assert blobs.get(connection, "8c8c0b3c") is None
        assert drafts.read(connection, "key") is None
        assert history.verify(connection) is None


@pytest.mark.parametrize("where", ["s75desk.models.history.append", "s75desk.models.search.index"])
def test_a_record_is_not_written_without_its_history_or_index(
    office: Office, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise Boom

    with monkeypatch.context() as patch:
        patch.setattr(where, fail)
        with pytest.raises(Boom):
            office.records.create(Agreement(title="Community equipment"))
    with office.place.desk.reading() as connection:
        assert Repository(connection).count(Agreement) == 0
    assert (rows(office), found(office, "equipment")) == (0, [])


def test_a_change_tells_what_it_touched_and_is_one_in_history(office: Office) -> None:
    with office.place.change("Two at once") as change:
        agreement = change.create(Agreement(title="Community equipment"))
        milestone = change.create(Milestone(agreement=agreement.uid, title="Sign"))
        change.revise(replace(milestone, owner="contract manager"))
    made = change.result
    assert (made.label, made.uid, made.undoable) == ("Two at once", agreement.uid, True)
    assert made.touched == {("agreement", agreement.uid), ("milestone", milestone.uid)}
    with office.place.desk.reading() as connection:
        entries = history.of_change(connection, made.change_id)
        assert [(entry.kind, entry.field) for entry in entries] == [
            ("agreement", ""), ("milestone", ""), ("milestone", "owner"),
        ]  # fmt: skip
        assert {entry.at for entry in entries} == {change.at}


def test_a_record_may_bring_its_uid(office: Office) -> None:
    with office.place.change("From another desk") as change:
        change.create_many([Organisation(uid="8c5e2f0e-0000-4000-8000-000000000001", name="East Council")])
    assert office.records.get(Organisation, "8c5e2f0e-0000-4000-8000-000000000001").name == "East Council"


def test_a_record_is_found_by_the_new_name_of_what_it_is_named_after(office: Office) -> None:
    provider = office.records.create(Provider(name="Alder Care"))
    home = office.records.create(Service(provider=provider.uid, name="Alder House"))
    visit = office.records.create(Visit(service=home.uid, planned=TODAY))
    agreement = office.records.create(Agreement(title="Community equipment"))
    council = office.records.create(Organisation(name="East Council"))
    party = office.records.create(Party(agreement=agreement.uid, organisation=council.uid, role=PartyRole.LEAD))
    kpi = office.records.create(Kpi(agreement=agreement.uid, title="Deliveries", measure=Measure.COUNT))
    figure = office.records.create(Measurement(kpi=kpi.uid, ends=TODAY))
    office.records.revise(replace(office.records.get(Service, home.uid), name="Birch House"))
    office.records.revise(Organisation(uid=council.uid, name="West Council"))
    office.records.revise(replace(office.records.get(Kpi, kpi.uid), title="Collections"))
    assert {hit.uid for hit in office.finder.find("birch")} == {home.uid, visit.uid}
    assert {hit.uid for hit in office.finder.find("west council")} == {council.uid, party.uid}
    assert {hit.uid for hit in office.finder.find("collections")} == {kpi.uid, figure.uid}
    assert found(office, "alder house") + found(office, "east") + found(office, "deliveries") == []


def test_a_form_that_was_open_while_its_record_was_archived_does_not_bring_it_back_to_search(office: Office) -> None:
    made = office.records.create(Agreement(title="Community equipment"))
    as_in_the_form = office.records.get(Agreement, made.uid)
    office.records.archive("agreement", made.uid)
    office.records.revise(replace(as_in_the_form, title="Wheelchairs"))
    assert office.records.get(Agreement, made.uid).archived_at is not None
    assert found(office, "wheelchairs") + found(office, "equipment") == []


@pytest.mark.parametrize("secret", [None, "correct horse"], ids=["plain", "encrypted"])
def test_services_in_several_threads_write_one_after_another(tmp_path: Path, secret: str | None) -> None:
    each, threads = 12, 4
    troubles: list[BaseException] = []
    with DeskFile.create(tmp_path / "a.s75desk", secret) as desk:
        start = threading.Barrier(threads)

        def write(number: int) -> None:
            office = office_of(desk, who=f"officer {number}")
            start.wait()
            try:
                for place in range(each):
                    made = office.records.create(Provider(name=f"Provider {number}-{place}"))
                    office.records.revise(Provider(uid=made.uid, name=f"Provider {number}-{place} renamed"))
            except BaseException as trouble:
                troubles.append(trouble)
                raise

        workers = [threading.Thread(target=write, args=(number,)) for number in range(threads)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        assert troubles == []
        with desk.reading() as connection:
            names = [provider.name for provider in Repository(connection).all(Provider)]
            assert sorted(names) == sorted(f"Provider {a}-{b} renamed" for a in range(threads) for b in range(each))
            assert history.length(connection) == 2 * each * threads
            assert history.verify(connection) is None
            assert {entry.who for entry in history.latest(connection)} == {f"officer {n}" for n in range(threads)}
            assert len(search.find(connection, "renamed", 100)) == each * threads


def test_a_reader_sees_the_desk_as_it_was_when_it_began(office: Office) -> None:
    made = office.records.create(Agreement(title="Before"))
    with office.place.desk.reading() as connection:
        repository = Repository(connection)
        assert repository.get(Agreement, made.uid) is not None
        office.records.revise(Agreement(uid=made.uid, title="After"))
        (seen,) = repository.all(Agreement)
        assert seen.title == "Before"
    assert office.records.get(Agreement, made.uid).title == "After"


def test_the_moment_of_a_change_is_asked_once(desk: DeskFile) -> None:
    office = office_of(desk)
    clock = office.place.now
    assert isinstance(clock, Clock)
    started = clock.time
    with office.place.change("Several") as change:
        for name in ("a", "b", "c"):
            change.create(Provider(name=name))
    assert (clock.time - started).total_seconds() == 1
