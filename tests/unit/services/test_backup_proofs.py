"""Once a week a backup is opened and read by the program itself; a second place holds what the first one does."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from s75desk.domain.errors import DeskError
from s75desk.domain.records import Organisation
from s75desk.services.desk import DeskService
from tests.unit.models.desk_help import names, put
from tests.unit.record_help import office_of
from tests.unit.services.test_backup_lines import SECRETS, Clock


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(params=SECRETS)
def service(request: pytest.FixtureRequest, tmp_path: Path, clock: Clock):
    made = DeskService(tmp_path / "data", clock)
    desk = made.create(tmp_path / "a.s75desk", request.param)
    office_of(desk).records.create(Organisation(name="North Town Council"))
    yield made
    made.close()


def spoil(path: Path) -> None:
    """Let a disk forget a page in the middle of a file."""
    with path.open("rb+") as file:
        file.seek(path.stat().st_size // 2 // 4096 * 4096)
        file.write(b"\x5a" * 4096)


def test_a_backup_is_proven_once_a_week(service: DeskService, clock: Clock) -> None:
    assert service.kept.prove_if_due() is None, "there is none yet"
    assert service.status().proven is None
    service.back_up()
    first = clock.time
    assert service.kept.prove_if_due() is None
    assert service.status().proven == first
    assert service.status().held >= 5  # A record, its history and the settings of the desk.
    clock.time += timedelta(days=6, hours=23)
    service.kept.prove_if_due()
    assert service.status().proven == first
    clock.time += timedelta(hours=1)
    service.kept.prove_if_due()
    assert service.status().proven == clock.time


def test_a_clock_that_was_ahead_does_not_put_off_the_proof(service: DeskService, clock: Clock) -> None:
    service.back_up()
    clock.time += timedelta(days=4000)
    service.kept.prove_if_due()
    clock.time -= timedelta(days=3990)
    service.kept.prove_if_due()
    assert service.status().proven == clock.time


def test_a_spoilt_backup_is_named_and_another_is_made_and_proven(service: DeskService, clock: Clock) -> None:
    spoilt = service.back_up()
    spoil(spoilt.path)
    clock.time += timedelta(days=1)
    said = service.kept.prove_if_due()
    assert said is not None
    assert spoilt.path.name in said
    (newest,) = service.backups()
    assert newest.at == clock.time
    assert f"{spoilt.path.name}-damaged" in names(spoilt.path.parent)
    assert service.status().proven == clock.time


def test_one_altered_word_of_history_is_found(service: DeskService, clock: Clock) -> None:
    if service.desk.encrypted:
        return
    made = service.back_up()
    with closing(sqlite3.connect(made.path)) as copy, copy:
        copy.execute("DROP TRIGGER history_is_append_only_update")
        copy.execute("UPDATE history SET label = 'x'")
    clock.time += timedelta(minutes=1)
    said = service.kept.prove_if_due()
    assert said is not None
    assert "history is broken at row 1" in said


def test_proving_leaves_nothing_beside_the_backup(service: DeskService) -> None:
    made = service.back_up()
    before = names(made.path.parent)
    service.kept.prove_if_due()
    assert names(made.path.parent) == before


def test_after_a_new_passphrase_a_backup_that_it_opens_is_made_and_proven(service: DeskService, clock: Clock) -> None:
    service.back_up()
    service.change_passphrase("another")
    clock.time += timedelta(minutes=1)
    assert service.kept.prove_if_due() is None
    assert service.status().proven == clock.time
    assert service.backups()[0].encrypted


def test_a_copy_is_proven_for_itself(service: DeskService, clock: Clock, tmp_path: Path) -> None:
    secret = "correct horse" if service.desk.encrypted else None
    service.back_up()
    service.kept.prove_if_due()
    copy = service.back_up_to(tmp_path / "copy.s75desk")
    service.open(copy, secret)
    assert service.status().proven is None


def test_a_second_place_holds_every_backup_and_is_thinned_alike(
    service: DeskService, clock: Clock, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    service.back_up()
    service.kept.choose_place(stick)
    assert service.status().place == stick
    for number in range(60):
        clock.time += timedelta(hours=7)
        put(service.desk, f"test-{number}", "x")
        service.back_up_if_changed()
    here = {backup.path.name for backup in service.backups()}
    (folder,) = stick.iterdir()
    assert names(folder) == here
    assert service.status().place_trouble == ""


def test_a_second_place_that_is_not_there_is_named_and_caught_up_with(
    service: DeskService, clock: Clock, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    service.kept.choose_place(stick)
    stick.rmdir()
    made = service.back_up()
    assert made.path.exists(), "the backup on this computer does not wait for the stick"
    assert str(stick) in service.status().place_trouble
    assert not stick.exists()
    stick.mkdir()
    assert service.back_up_if_changed() is None
    assert [path.name for path in stick.rglob("*-backup")] == [made.path.name]
    assert service.status().place_trouble == ""


def test_the_second_place_restores_a_desk_when_this_computer_has_nothing(service: DeskService, tmp_path: Path) -> None:
    secret = "correct horse" if service.desk.encrypted else None
    stick = tmp_path / "stick"
    stick.mkdir()
    service.kept.choose_place(stick)
    made = service.back_up()
    path = service.desk.path
    service.close()
    made.path.unlink()
    (found,) = service.backups_of(path)
    assert found.path.is_relative_to(stick)
    service.restore(found.path, tmp_path / "b.s75desk", secret)


@pytest.mark.parametrize("bad", ["nowhere", "a.s75desk", "data/backups"])
def test_a_second_place_must_be_a_folder_of_its_own(service: DeskService, tmp_path: Path, bad: str) -> None:
    service.back_up()
    with pytest.raises(DeskError):
        service.kept.choose_place(tmp_path / bad)
    assert service.status().place is None


def test_the_second_place_is_remembered_and_can_be_given_up(service: DeskService, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    service.kept.choose_place(stick)
    assert DeskService(tmp_path / "data").kept.place == stick
    service.kept.choose_place(None)
    service.back_up()
    assert not list(stick.iterdir())
    assert DeskService(tmp_path / "data").kept.place is None
