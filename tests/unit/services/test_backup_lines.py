"""Whose backups are whose: a copy of a desk never costs the desk it was copied from a backup."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from s75desk.models.lock import DeskLocked
from s75desk.models.rotation import to_keep
from s75desk.services.desk import DeskService
from tests.unit.models.desk_help import put

SECRETS = [None, "correct horse"]


def note_of(place: Path) -> Path:
    """Where this computer notes the lines of the one desk that there is."""
    (found,) = place.parent.glob("data/backups/*/lines.json")
    return found


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.time = datetime(2026, 4, 1, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.time


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def service(tmp_path: Path, clock: Clock):
    made = DeskService(tmp_path / "data", clock)
    yield made
    made.close()


@pytest.fixture
def place(tmp_path: Path) -> Path:
    folder = tmp_path / "desks"
    folder.mkdir()
    return folder


class Work:
    """Days of work on desks, and what was backed up from each."""

    def __init__(self, service: DeskService, clock: Clock, secret: str | None) -> None:
        self.service, self.clock, self.secret = service, clock, secret
        self.made: dict[Path, list[datetime]] = {}
        self.count = 0

    def on(self, path: Path) -> None:
        """Open a desk, write in it, back it up, and close it, in twenty minutes."""
        desk = self.service.open(path, self.secret)
        self.count += 1
        self.clock.time += timedelta(minutes=10)
        put(desk, f"test-{self.count}", "x")
        backup = self.service.back_up_if_changed()
        assert backup is not None
        self.made.setdefault(path, []).append(backup.at)
        self.clock.time += timedelta(minutes=10)
        self.service.close()

    def kept(self, path: Path) -> set[datetime]:
        """When the backups of a desk that are still there were made."""
        self.service.open(path, self.secret)
        found = {backup.at for backup in self.service.backups()}
        self.service.close()
        return found

    def alone(self, *paths: Path) -> set[datetime]:
        """What thinning would have left of the backups that were made at these places alone."""
        left: set[datetime] = set()
        for at in sorted(at for path in paths for at in self.made[path]):
            left = to_keep(left | {at}, at)
        return left


@pytest.fixture(params=SECRETS)
def work(request: pytest.FixtureRequest, service: DeskService, clock: Clock, place: Path) -> Work:
    service.create(place / "real.s75desk", request.param)
    service.close()
    return Work(service, clock, request.param)


def test_five_days_on_a_desk_and_on_its_copy_leave_both_what_each_had_alone(work: Work, place: Path) -> None:
    real, copy = place / "real.s75desk", place / "real (conflicted copy).s75desk"
    work.on(real)
    shutil.copy(real, copy)
    for _ in range(5):
        for path in (real, real, copy, copy):
            work.on(path)
        work.clock.time += timedelta(days=1)
    for path in (real, copy):
        assert work.kept(path) == work.alone(path)
    assert len(work.kept(real)) >= 5
    everyone = {backup.at for backup in work.service.backups_of(real)}
    assert everyone == work.kept(real) | work.kept(copy), "the restore page offers both"


def test_a_copy_that_is_opened_first_takes_nothing(work: Work, place: Path) -> None:
    real, first, second = (place / f"{name}.s75desk" for name in ("real", "one", "two"))
    work.on(real)
    for _ in range(3):
        shutil.copy(real, first)  # The copy of the copy, and the copy written anew over itself.
        work.on(first)
        shutil.copy(first, second)
        work.on(second)
        work.on(real)
        work.clock.time += timedelta(days=1)
    for path in (real, first, second):
        assert work.kept(path) == work.alone(path)


def test_a_desk_that_was_moved_keeps_its_backups(work: Work, place: Path) -> None:
    real, moved = place / "real.s75desk", place / "within" / "renamed.s75desk"
    work.on(real)
    moved.parent.mkdir()
    real.rename(moved)
    work.on(moved)
    assert work.kept(moved) == work.alone(real, moved)
    assert len(work.kept(moved)) == 2


def test_a_desk_whose_place_another_desk_has_taken_was_moved(work: Work, place: Path) -> None:
    real, moved = place / "real.s75desk", place / "moved.s75desk"
    work.on(real)
    real.rename(moved)
    work.service.create(real, work.secret)
    work.service.close()
    work.on(moved)
    at_once = work.kept(moved)
    if work.secret is None:
        assert at_once == work.alone(real, moved)
    else:
        # Another desk's key is another: nothing can be read of what lies there, so both keep what they have.
        assert at_once == work.alone(moved)


def test_where_the_old_place_cannot_be_seen_a_new_line_begins(work: Work, place: Path) -> None:
    stick = place / "stick"
    stick.mkdir()
    away, here = stick / "real.s75desk", place / "here.s75desk"
    (place / "real.s75desk").rename(away)
    work.on(away)
    shutil.copy(away, here)
    stick.rename(place / "unplugged")
    for _ in range(2):
        work.on(here)
    (place / "unplugged").rename(stick)
    work.on(away)
    assert work.kept(away) == work.alone(away)
    assert work.kept(here) == work.alone(here)


def test_a_file_that_a_sync_program_wrote_anew_is_the_same(work: Work, place: Path) -> None:
    real, other = place / "real.s75desk", place / "download"
    work.on(real)
    shutil.copy(real, other)
    other.replace(real)
    work.on(real)
    assert work.kept(real) == work.alone(real)
    assert len(work.kept(real)) == 2


def test_a_restored_desk_keeps_its_line_and_one_restored_elsewhere_gets_its_own(work: Work, place: Path) -> None:
    real, elsewhere = place / "real.s75desk", place / "as it was.s75desk"
    work.on(real)
    (backup,) = work.service.backups_of(real)
    work.service.restore(backup.path, real, work.secret)
    work.service.restore(backup.path, elsewhere, work.secret)
    for _ in range(2):
        work.on(elsewhere)
        work.on(real)
    assert work.kept(real) == work.alone(real)
    assert work.kept(elsewhere) == work.alone(elsewhere)


@pytest.mark.parametrize("contents", [b"", b"{", b"[1]", b'{"lines": [null, {"path": 1}]}', b"[" * 100_000])
def test_a_damaged_note_of_lines_costs_no_backup(work: Work, place: Path, contents: bytes) -> None:
    real, copy = place / "real.s75desk", place / "copy.s75desk"
    work.on(real)
    shutil.copy(real, copy)
    note_of(place).write_bytes(contents)
    for _ in range(2):
        work.on(copy)
    work.on(real)
    kept = {backup.at for backup in work.service.backups_of(real)}
    assert kept >= work.alone(real) | work.alone(copy)


def test_a_backup_under_way_is_not_swept_by_a_copy_that_opens(work: Work, place: Path) -> None:
    real, copy = place / "real.s75desk", place / "copy.s75desk"
    work.on(real)
    shutil.copy(real, copy)
    (made,) = work.service.backups_of(real)
    half = made.path.with_name(f"{made.path.name}-new")
    half.write_bytes(b"half")
    work.on(copy)
    assert half.exists(), "another window may be making it at this moment"
    work.on(real)
    assert not half.exists()


def test_a_copy_of_a_desk_of_an_older_version_is_upgraded_into_its_own_line(service: DeskService, place: Path) -> None:
    from tests.unit.models.desk_help import OLD_DESK

    for name in ("one", "two"):
        (place / f"{name}.s75desk").write_bytes(OLD_DESK.read_bytes())
        service.open(place / f"{name}.s75desk")
        (backup,) = service.backups()
        assert backup.desk_name == name
        service.close()
    assert len(service.backups_of(place / "one.s75desk")) == 2


def test_an_older_programs_backups_go_on_as_the_line_of_the_desk_they_name(work: Work, place: Path) -> None:
    real, copy = place / "real.s75desk", place / "copy.s75desk"
    work.on(real)
    shutil.copy(real, copy)
    note_of(place).unlink()  # An older program kept none.
    work.on(copy)
    work.on(real)
    assert work.kept(copy) == work.alone(copy)
    assert work.kept(real) == work.alone(real)


def test_the_command_line_backs_up_into_the_line_of_the_open_desk(
    work: Work, place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from s75desk.services import desk as module
    from tests.unit.models.desk_help import held_by_child

    monkeypatch.setattr(module, "data_folder", lambda: tmp_path / "data")
    real, copy = place / "real.s75desk", place / "copy.s75desk"
    work.on(real)
    shutil.copy(real, copy)
    work.on(copy)
    if work.secret is not None:
        return
    with held_by_child(copy):
        with pytest.raises(DeskLocked):
            work.service.open(copy)
        made = module.back_up_to(copy, None)
    assert made.name[-24:] == next(iter(work.service.backups_of(copy))).path.name[-24:]
    ours = [backup.path for backup in work.service.backups_of(copy) if backup.desk_name == "copy"]
    assert made in ours
    assert len({path.name.rpartition(" ")[2] for path in ours}) == 1
