"""Opening, securing and backing up desks through the one service that window and commands use."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from s75desk.domain.errors import DeskDamaged, DeskError, DiskTrouble, NotADesk, WrongPassphrase
from s75desk.domain.records import Organisation
from s75desk.models.desk_file import DeskFile
from s75desk.models.migrations import LATEST
from s75desk.services.desk import DeskLocked, DeskService, Progress, Step, back_up_to, backup_root, restore_from
from tests.unit.models.desk_help import OLD_DESK, held_by_child, names, put, values
from tests.unit.record_help import office_of


class Clock:
    """A clock that goes on by an hour each time it is asked."""

    def __init__(self) -> None:
        self.time = datetime(2026, 4, 1, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.time += timedelta(hours=1)
        return self.time


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def service(data: Path):
    made = DeskService(data, Clock())
    yield made
    made.close()


@pytest.fixture
def desks(tmp_path: Path) -> Path:
    folder = tmp_path / "desks"
    folder.mkdir()
    return folder


def test_nothing_is_open_at_first(service: DeskService) -> None:
    assert not service.is_open
    assert service.recent() == []
    service.close()
    with pytest.raises(RuntimeError):
        _ = service.desk


def test_making_a_desk_adds_the_ending_and_opens_it(service: DeskService, desks: Path) -> None:
    desk = service.create(desks / "Care contracts v2.1")
    assert service.desk is desk
    assert desk.path == desks / "Care contracts v2.1.s75desk"
    status = service.status()
    assert (status.path, status.name, status.encrypted) == (desk.path, "Care contracts v2.1", False)
    assert (status.schema_version, status.last_backup) == (LATEST, None)
    assert status.size > 0
    assert [recent.path for recent in service.recent()] == [desk.path]


def test_opening_another_closes_the_first_and_a_failure_keeps_it(service: DeskService, desks: Path) -> None:
    first = service.create(desks / "a.s75desk")
    put(first, "test", "x")
    service.create(desks / "b.s75desk", "correct horse")
    assert (desks / "b.s75desk-lock").exists()
    assert not (desks / "a.s75desk-lock").exists()
    service.open(desks / "a.s75desk")
    for trouble, path in ((WrongPassphrase, "b.s75desk"), (DiskTrouble, "gone.s75desk"), (NotADesk, ".")):
        with pytest.raises(trouble):
            service.open(desks / path)
    assert values(service.desk) == {"test": "x"}


def test_opening_the_one_that_is_open_gives_it_again(service: DeskService, desks: Path) -> None:
    desk = service.create(desks / "a.s75desk")
    assert service.open(desks / "a.s75desk") is desk


def test_recent_desks_are_newest_first_without_doubles(service: DeskService, desks: Path) -> None:
    for name in ("a", "b", "c"):
        service.create(desks / f"{name}.s75desk")
    service.open(desks / "a.s75desk")
    assert [recent.name for recent in service.recent()] == ["a", "c", "b"]
    assert all(recent.present for recent in service.recent())
    service.close()
    (desks / "b.s75desk").unlink()
    assert [recent.name for recent in service.recent() if not recent.present] == ["b"]
    service.forget(desks / "b.s75desk")
    assert [recent.name for recent in service.recent()] == ["a", "c"]


def test_no_more_than_twelve_are_remembered(service: DeskService, desks: Path) -> None:
    for number in range(14):
        service.create(desks / f"{number}.s75desk")
    assert [recent.name for recent in service.recent()] == [str(number) for number in range(13, 1, -1)]


def test_a_throw_away_desk_is_not_remembered(service: DeskService, desks: Path) -> None:
    service.create(desks / "a.s75desk", remember=False)
    service.close()
    service.open(desks / "a.s75desk", remember=False)
    assert service.recent() == []


@pytest.mark.parametrize(
    "contents",
    [b"", b"{", b"[]", b"null", b"\xff", b'{"desks": 1}', b'{"desks": [1, null, {"path": 3}]}', b"[" * 100_000],
)
def test_a_damaged_list_is_an_empty_one(service: DeskService, data: Path, desks: Path, contents: bytes) -> None:
    data.mkdir()
    (data / "recent.json").write_bytes(contents)
    assert service.recent() == []
    service.create(desks / "a.s75desk")
    assert [recent.name for recent in service.recent()] == ["a"]


def test_a_list_that_cannot_be_written_stops_nothing(tmp_path: Path, desks: Path) -> None:
    (tmp_path / "data").write_text("a file where the folder should be")
    service = DeskService(tmp_path / "data")
    service.create(desks / "a.s75desk")
    assert service.recent() == []
    service.close()


@pytest.mark.parametrize("secret", [None, "correct horse"])
def test_whether_a_passphrase_must_be_asked(service: DeskService, desks: Path, secret: str | None) -> None:
    service.create(desks / "a.s75desk", secret)
    assert service.needs_passphrase(desks / "a.s75desk") is (secret is not None)
    service.close()
    assert service.needs_passphrase(desks / "a.s75desk") is (secret is not None)
    with pytest.raises(DiskTrouble):
        service.needs_passphrase(desks / "gone.s75desk")


def test_the_automatic_backup_is_made_once_and_the_ordered_one_always(
    service: DeskService, desks: Path, data: Path
) -> None:
    desk = service.create(desks / "a.s75desk")
    first = service.back_up_if_changed()
    assert first is not None
    assert first.path.parent == data / "backups" / desk.desk_id == service.status().backup_folder
    assert service.back_up_if_changed() is None
    second = service.back_up()
    assert service.backups() == [second, first]
    assert service.status().last_backup == second


def test_a_backup_to_a_file_of_choice(service: DeskService, desks: Path, tmp_path: Path) -> None:
    service.create(desks / "a.s75desk")
    target = tmp_path / "stick.s75desk-backup"
    assert service.back_up_to(target) == target
    put(service.desk, "test", "x")
    assert service.back_up_to(target) == target, "an older backup of this desk is replaced"
    with pytest.raises(DeskError, match="that file is the desk itself"):
        service.back_up_to(desks / "a.s75desk")
    with pytest.raises(DiskTrouble, match="Not backed up: the file or its folder is no longer there"):
        service.back_up_to(tmp_path / "gone" / "b")
    service.restore(target, desks / "b.s75desk")
    assert values(service.open(desks / "b.s75desk")) == {"test": "x"}


def test_the_whole_way_from_damage_to_restore(service: DeskService, desks: Path) -> None:
    path = desks / "a.s75desk"
    put(service.create(path, "correct horse"), "test", "x")
    service.back_up()
    service.close()
    contents = path.read_bytes()
    path.write_bytes(contents[:8192] + bytes(len(contents) - 8192))
    with pytest.raises(DeskDamaged) as caught:
        service.open(path, "correct horse")
    assert caught.value.remedy == "Restore a backup."
    (found,) = service.backups_of(path)
    done = service.restore(found.path, path, "correct horse")
    assert done.aside is not None
    assert done.aside.read_bytes()[8192:] == bytes(len(contents) - 8192)
    assert values(service.open(path, "correct horse")) == {"test": "x"}


def test_backups_of_a_desk_that_is_not_on_the_list_are_found_by_its_name(service: DeskService, desks: Path) -> None:
    service.create(desks / "a.s75desk", remember=False)
    made = service.back_up()
    service.create(desks / "b.s75desk", remember=False)
    service.back_up()
    assert service.backups_of(desks / "a.s75desk") == [made]
    assert service.backups_of(desks / "c.s75desk") == []


def test_an_open_desk_cannot_be_restored_over(service: DeskService, desks: Path) -> None:
    service.create(desks / "a.s75desk")
    made = service.back_up()
    with pytest.raises(DeskLocked):
        service.restore(made.path, desks / "a.s75desk")


def test_changing_the_passphrase_says_what_older_backups_need(service: DeskService, desks: Path) -> None:
    service.create(desks / "a.s75desk")
    assert service.change_passphrase("one").sentence == "The desk now opens with the new passphrase."
    assert service.is_passphrase("one")
    assert not service.is_passphrase("two")
    service.back_up()
    assert service.change_passphrase(None).sentence == (
        "The desk now has no passphrase. Backups made before stay as they are: 1 with the earlier passphrase."
    )
    service.back_up()
    service.back_up()
    changed = service.change_passphrase("two")
    assert (changed.older_backups, changed.older_encrypted) == (3, 1)
    assert changed.sentence == (
        "The desk now opens with the new passphrase. Backups made before stay as they are: "
        "1 with the earlier passphrase and 2 with none. Remove those with none if others can reach them."
    )
    assert not service.is_passphrase("")
    service.close()
    service.open(desks / "a.s75desk", "two")


def test_an_old_desk_is_upgraded_after_a_backup_in_the_usual_folder(service: DeskService, desks: Path) -> None:
    path = desks / "old.s75desk"
    path.write_bytes(OLD_DESK.read_bytes())
    told: list[Progress] = []
    desk = service.open(path, report=told.append)
    assert desk.upgraded_from == 1
    assert [desk.upgrade_backup] == service.backups() == service.backups_of(path)
    assert Step.MIGRATE in {progress.step for progress in told}


def test_a_desk_that_was_closed_cleanly_opens_without_its_check(service: DeskService, desks: Path) -> None:
    path = desks / "a.s75desk"

    def steps() -> set[Step]:
        told: list[Progress] = []
        service.open(path, report=told.append)
        service.close()
        return {progress.step for progress in told}

    service.create(path)
    service.close()
    assert Step.CHECK not in steps()
    assert Step.CHECK not in steps()
    with DeskFile.open(path) as desk:
        put(desk, "test", "x")
    assert Step.CHECK in steps(), "something else wrote to it"
    service.forget(path)
    assert Step.CHECK in steps()


def test_a_second_window_says_who(service: DeskService, desks: Path) -> None:
    service.create(desks / "a.s75desk")
    service.close()
    with held_by_child(desks / "a.s75desk"), pytest.raises(DeskLocked) as caught:
        service.open(desks / "a.s75desk")
    assert caught.value.holder.who
    assert not caught.value.may_take_over


def test_the_lock_of_another_computer_can_be_set_aside(service: DeskService, desks: Path) -> None:
    service.create(desks / "a.s75desk")
    service.close()
    note = {"who": "jo", "host": "ward-laptop-7", "pid": 1, "since": "2026-04-01T09:30:00+00:00"}
    (desks / "a.s75desk-lock").write_text(json.dumps(note))
    with pytest.raises(DeskLocked):
        service.open(desks / "a.s75desk")
    service.open(desks / "a.s75desk", take_over=True)


@pytest.mark.parametrize("secret", [None, "correct horse"])
def test_a_backup_is_written_over_nothing_but_an_older_backup_of_the_same_desk(
    service: DeskService, desks: Path, tmp_path: Path, secret: str | None
) -> None:
    other = tmp_path / "other.s75desk"
    DeskFile.create(other, secret).close()
    words = tmp_path / "words.txt"
    words.write_text("last week's")
    own = service.create(desks / "a.s75desk", secret)
    office = office_of(own)
    copied = service.back_up_to(tmp_path / "copy.s75desk")
    with DeskFile.open(copied, secret) as copy:
        office_of(copy).records.create(Organisation(name="North Town Council"))
    office.records.create(Organisation(name="South Town Council"))
    for taken in (other, words, copied):
        before = taken.read_bytes()
        with pytest.raises(DeskError, match="is no older backup of this desk"):
            service.back_up_to(taken)
        assert taken.read_bytes() == before


def test_what_a_kill_left_of_a_backup_goes_when_the_desk_is_opened(service: DeskService, desks: Path) -> None:
    service.create(desks / "a.s75desk")
    made = service.back_up()
    left = made.path.with_name(f"{made.path.name}-new")
    left.write_bytes(b"half")
    service.close()
    service.open(desks / "a.s75desk")
    assert not left.exists()
    assert made.path.exists()


@pytest.mark.parametrize("id_", ["00000000/../../../x", "", "x", "{00000000-0000-4000-8000-000000000000}"])
def test_a_desk_whose_id_is_no_id_is_none_and_makes_no_folder(
    service: DeskService, desks: Path, data: Path, id_: str
) -> None:
    made = service.create(desks / "a.s75desk")
    service.close()
    with closing(sqlite3.connect(desks / "a.s75desk")) as desk, desk:
        desk.execute("UPDATE setting SET value = ? WHERE key = 'desk_id'", (id_,))
    before = names(desks)
    with pytest.raises(NotADesk, match="holds no desk"):
        service.open(desks / "a.s75desk")
    assert names(desks) <= before
    assert names(data / "backups") == {made.desk_id}


def test_a_desk_that_does_not_say_when_it_was_made_opens(service: DeskService, desks: Path) -> None:
    service.create(desks / "a.s75desk").close()
    service.close()
    with closing(sqlite3.connect(desks / "a.s75desk")) as desk, desk:
        desk.execute("UPDATE setting SET value = 'last year' WHERE key = 'made_at'")
    service.open(desks / "a.s75desk")
    assert service.status().made_at is None


class TestCommands:
    """What the command line calls."""

    def test_backup_to_the_usual_folder_and_to_a_file(self, desks: Path, data_home: Path, tmp_path: Path) -> None:
        path = desks / "a.s75desk"
        with DeskFile.create(path) as desk:
            put(desk, "test", "x")
        usual = back_up_to(path, None)
        assert usual.parent.parent == backup_root(data_home / "data")
        assert back_up_to(path, tmp_path / "b") == tmp_path / "b"
        assert names(desks) == {"a.s75desk"}, "the desk is closed again"
        assert not (data_home / "data" / "recent.json").exists()

    @pytest.mark.parametrize("secret", [None, "correct horse"])
    def test_a_desk_that_is_open_in_a_window_is_backed_up_beside_it(
        self, desks: Path, data_home: Path, tmp_path: Path, secret: str | None
    ) -> None:
        path = desks / "a.s75desk"
        with DeskFile.create(path, secret) as desk:
            put(desk, "test", "x")
            for made in (back_up_to(path, None, secret), back_up_to(path, tmp_path / "b.s75desk", secret)):
                assert restore_from(made, tmp_path / f"back {made.stem}.s75desk", secret)
                with DeskFile.open(tmp_path / f"back {made.stem}.s75desk", secret) as back:
                    assert values(back) == {"test": "x"}
            assert values(desk) == {"test": "x"}

    def test_restore_says_what_it_did(self, desks: Path) -> None:
        path = desks / "a.s75desk"
        DeskFile.create(path, "correct horse").close()
        backup = back_up_to(path, None, "correct horse")
        said = restore_from(backup, path, "correct horse")
        (aside,) = names(desks) - {"a.s75desk"}
        assert said == f"Restored a.s75desk from {backup.name}. What was there before is now {aside}."
        assert restore_from(backup, desks / "b.s75desk", "correct horse") == f"Restored b.s75desk from {backup.name}."
        with pytest.raises(WrongPassphrase):
            restore_from(backup, path, None)
