"""Two copies of one desk, both edited: two chains of history that can be told apart and put in order by cause."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from s75desk.domain.causes import Link, Order, newest, order, together
from s75desk.domain.records import Organisation
from s75desk.models import history, settings
from s75desk.models.desk_file import DeskFile
from s75desk.services.desk import DeskService
from tests.unit.models.desk_help import OLD_DESK
from tests.unit.record_help import office_of
from tests.unit.services.test_backup_lines import Clock

OLDER = OLD_DESK.with_name("schema-0004.s75desk")


class Computer:
    """Edits desks at their places, and reads what their histories say."""

    def __init__(self, folder: Path) -> None:
        self.clock = Clock()
        self.service = DeskService(folder / "data", self.clock)

    def edit(self, path: Path, *works: Callable[[DeskFile], object]) -> list[Link]:
        desk = self.service.open(path)
        for work in works:
            work(desk)
        found = read(desk)
        self.service.close()
        return found


def read(desk: DeskFile) -> list[Link]:
    with desk.reading() as connection:
        assert history.verify(connection) is None
        return history.links(connection)


def rename(uid: str, name: str) -> Callable[[DeskFile], object]:
    """Rename an organisation."""

    def work(desk: DeskFile) -> None:
        records = office_of(desk).records
        records.revise(replace(records.get(Organisation, uid), name=name))

    return work


def make(name: str) -> Callable[[DeskFile], object]:
    return lambda desk: office_of(desk).records.create(Organisation(name=name))


@pytest.fixture
def computer(tmp_path: Path):
    made = Computer(tmp_path)
    yield made
    made.service.close()


@pytest.fixture
def real(computer: Computer, tmp_path: Path) -> Path:
    path = tmp_path / "real.s75desk"
    computer.service.create(path)
    computer.service.close()
    return path


@pytest.fixture
def uid(computer: Computer, real: Path) -> str:
    found: list[str] = []
    computer.edit(real, lambda desk: found.append(office_of(desk).records.create(Organisation(name="North")).uid))
    return found[0]


def writers(links: list[Link]) -> list[str]:
    """The copies that wrote a history, each once, in the order in which they began."""
    return list(dict.fromkeys(link.replica for link in links))


def test_two_copies_write_two_chains_that_begin_alike(computer: Computer, real: Path, uid: str) -> None:
    copy = real.with_name("copy.s75desk")
    shared = computer.edit(real, rename(uid, "North Town"))
    shutil.copy(real, copy)
    there = computer.edit(copy, rename(uid, "North Borough"))
    here = computer.edit(real, rename(uid, "North City"), make("East"))
    assert here[: len(shared)] == there[: len(shared)] == shared
    assert len(writers(here)) == 1
    assert writers(there)[0] == writers(here)[0] != writers(there)[1]
    assert not {link.hash for link in here[len(shared) :]} & {link.hash for link in there[len(shared) :]}


def test_their_rows_are_ordered_by_cause_and_what_was_changed_apart_is_found(
    computer: Computer, real: Path, uid: str
) -> None:
    copy = real.with_name("copy.s75desk")
    shared = computer.edit(real, rename(uid, "North Town"))
    shutil.copy(real, copy)
    there = computer.edit(copy, rename(uid, "North Borough"), rename(uid, "North Borough Council"))
    here = computer.edit(real, rename(uid, "North City"), make("East"))
    links = together(there, here)
    assert order(shared[-1].hash, there[-1].hash, links) is Order.BEFORE
    assert order(here[-1].hash, shared[0].hash, links) is Order.AFTER
    assert order(here[-1].hash, there[-1].hash, links) is Order.BESIDE
    assert order(here[-1].hash, here[-1].hash, links) is Order.SAME
    apart = newest([here, there])[uid, "name"]
    assert {links[hash_].replica for hash_ in apart} == set(writers(there))
    assert len(newest([here])[uid, "name"]) == 1
    assert newest([here, there]) == newest([there, here])


@pytest.mark.parametrize("seed", range(6))
def test_however_they_are_copied_moved_and_edited_no_chain_parts(
    computer: Computer, real: Path, uid: str, seed: int
) -> None:
    """No two rows of one copy follow the same row: that is what would make a chain two."""
    chance = random.Random(seed)  # noqa: S311
    places, seen = [real], []
    for turn in range(14):
        path = chance.choice(places)
        what = chance.choice(["edit", "edit", "edit", "copy", "move", "over", "restore"])
        if what == "copy":
            places.append(path.with_name(f"copy {turn}.s75desk"))
            shutil.copy(path, places[-1])
        elif what == "move":
            places[places.index(path)] = path.rename(path.with_name(f"moved {turn}.s75desk"))
        elif what == "over":
            other = chance.choice(places)
            if other != path:
                shutil.copy(path, other)
        elif what == "restore":
            backups = computer.service.backups_of(path)
            if backups:
                computer.service.restore(chance.choice(backups).path, path)
        else:
            computer.clock.time += timedelta(hours=1)
            seen.append(computer.edit(path, rename(uid, f"North {turn}"), lambda _: computer.service.back_up()))
    following: dict[tuple[str, str], set[str]] = {}
    for link in together(*seen).values():
        following.setdefault((link.replica, link.previous), set()).add(link.hash)
    assert all(len(hashes) == 1 for hashes in following.values())


def test_a_backup_brought_back_goes_on_in_a_chain_of_its_own(computer: Computer, real: Path, uid: str) -> None:
    computer.edit(real, lambda _: computer.service.back_up())
    lost = computer.edit(real, rename(uid, "North Town"))
    (backup, *_) = computer.service.backups_of(real)
    computer.service.restore(backup.path, real)
    found = computer.edit(real, rename(uid, "North City"))
    assert writers(found) != writers(lost)
    assert order(found[-1].hash, lost[-1].hash, together(found, lost)) is Order.BESIDE


def test_a_moved_desk_goes_on_in_its_chain(computer: Computer, real: Path, uid: str) -> None:
    before = computer.edit(real, rename(uid, "North Town"))
    moved = real.rename(real.with_name("moved.s75desk"))
    assert writers(computer.edit(moved, rename(uid, "North City"))) == writers(before)


def test_opening_and_closing_changes_no_file(computer: Computer, real: Path, uid: str) -> None:
    computer.edit(real)
    before = real.read_bytes()
    computer.edit(real)
    assert real.read_bytes() == before


@pytest.mark.parametrize("older", [OLD_DESK, OLDER])
def test_the_chain_of_an_older_desk_is_sealed_and_still_holds(computer: Computer, tmp_path: Path, older: Path) -> None:
    one, two = tmp_path / "one.s75desk", tmp_path / "two.s75desk"
    for path in (one, two):
        path.write_bytes(older.read_bytes())
    before = computer.edit(one)
    assert before
    assert writers(before) == [""]
    here, there = computer.edit(one, make("East")), computer.edit(two, make("West"))
    assert here[: len(before)] == there[: len(before)] == before
    assert writers(here)[1] != writers(there)[1]


def test_a_row_without_a_writer_after_the_seal_is_found(tmp_path: Path) -> None:
    with DeskFile.create(tmp_path / "a.s75desk") as desk:
        make("North")(desk)
        with desk.writing() as connection:
            connection.exec_driver_sql("DROP TRIGGER history_is_append_only_update")
            row = connection.exec_driver_sql("SELECT * FROM history").mappings().one()
            values = [row[name] for name in history._CHAINED]
            forged = history._row_hash(row["hash"], 2, values)
            connection.exec_driver_sql(
                "INSERT INTO history SELECT 2, change_id, at, who, label, kind, uid, field, before, after, ?,"
                " NULL, NULL FROM history",
                (forged,),
            )
            settings.put(connection, history.END, f"2:{forged}")
        with desk.reading() as connection:
            assert history.verify(connection) == 2


@pytest.mark.parametrize("what", ["replica = 'x'", "parent = 'x'", "replica = NULL", "parent = NULL"])
def test_a_row_given_to_another_copy_is_found(tmp_path: Path, what: str) -> None:
    with DeskFile.create(tmp_path / "a.s75desk") as desk:
        uid = office_of(desk).records.create(Organisation(name="North")).uid
        rename(uid, "North Town")(desk)
        with desk.writing() as connection:
            connection.exec_driver_sql("DROP TRIGGER history_is_append_only_update")
            connection.exec_driver_sql(f"UPDATE history SET {what} WHERE seq = 2")  # noqa: S608
        with desk.reading() as connection:
            assert history.verify(connection) == 2
