"""A desk where nothing can be written opens to read, in a copy that goes when it is closed."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from s75desk.domain.errors import DeskError, ReadOnlyPlace, WrongPassphrase
from s75desk.models.desk_file import DeskFile
from s75desk.models.migrations import LATEST
from s75desk.services.desk import DeskService
from tests.unit.models.desk_help import OLD_DESK, child, mounted, names, put, remount, values


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    with mounted(tmp_path / "disk", "size=12m") as place:
        yield place


@pytest.fixture
def service(tmp_path: Path) -> Iterator[DeskService]:
    made = DeskService(tmp_path / "data")
    yield made
    made.close()


@pytest.mark.parametrize("passphrase", [None, "correct horse"])
def test_it_is_read_and_refuses_every_change(
    disk: Path, tmp_path: Path, service: DeskService, passphrase: str | None
) -> None:
    path = disk / "a.s75desk"
    with DeskFile.create(path, passphrase) as made:
        put(made, "test", "x")
    before = path.read_bytes()
    remount(disk, "ro")
    desk = service.open(path, passphrase)
    assert (desk.read_only, desk.origin, desk.encrypted) == (True, path, passphrase is not None)
    assert values(desk) == {"test": "x"}
    with pytest.raises(ReadOnlyPlace, match="Not saved: this desk is open to read"):
        put(desk, "test2", "y")
    with pytest.raises(ReadOnlyPlace, match="Passphrase not changed"):
        service.change_passphrase("another horse")
    assert service.status().read_only
    assert service.status().path == path
    assert service.back_up_if_changed() is None
    assert service.back_up_to(tmp_path / "mine.s75desk").exists()
    service.close()
    assert path.read_bytes() == before
    assert names(disk) == {"a.s75desk"}
    assert names(tmp_path / "data" / "reading") == set()
    with DeskFile.open(tmp_path / "mine.s75desk", passphrase) as mine:
        put(mine, "test2", "y")


def test_what_lay_in_the_log_beside_it_is_read_too(disk: Path, service: DeskService) -> None:
    """A stick that was pulled out while the desk was open, and is write-protected now."""
    path = disk / "a.s75desk"
    code = (
        "import os, sys; from pathlib import Path; from s75desk.models.desk_file import DeskFile;"
        "from sqlalchemy import text; desk = DeskFile.create(Path(sys.argv[1]));\n"
        "with desk.writing() as c: c.execute(text(\"INSERT INTO setting VALUES ('test', 'in the log')\"))\n"
        "os._exit(0)"
    )
    assert child(code, path).returncode == 0
    assert (disk / "a.s75desk-wal").stat().st_size
    remount(disk, "ro")
    assert values(service.open(path)) == {"test": "in the log"}


def test_an_older_desk_is_brought_up_in_the_copy_alone(disk: Path, service: DeskService) -> None:
    path = disk / "old.s75desk"
    shutil.copy(OLD_DESK, path)
    before = path.read_bytes()
    remount(disk, "ro")
    assert service.open(path).facts.revision == LATEST
    service.close()
    assert path.read_bytes() == before


def test_a_wrong_passphrase_and_a_lack_of_room_leave_nothing_behind(disk: Path, tmp_path: Path) -> None:
    path = disk / "a.s75desk"
    DeskFile.create(path, "correct horse").close()
    remount(disk, "ro")
    service = DeskService(tmp_path / "data")
    with pytest.raises(WrongPassphrase):
        service.open(path, "another horse")
    assert names(tmp_path / "data" / "reading") == set()
    with mounted(tmp_path / "small", "size=64k") as small:
        with pytest.raises(DeskError, match="Not opened: the disk is full"):
            DeskService(small / "data").open(path, "correct horse")
        assert names(small / "data" / "reading") == set()


def test_copies_that_a_kill_left_are_swept_and_those_in_use_are_not(
    disk: Path, tmp_path: Path, service: DeskService
) -> None:
    path = disk / "a.s75desk"
    DeskFile.create(path).close()
    remount(disk, "ro")
    code = (
        "import os, sys; from pathlib import Path; from s75desk.services.desk import DeskService;"
        "DeskService(Path(sys.argv[1])).open(Path(sys.argv[2])); os._exit(0)"
    )
    assert child(code, tmp_path / "data", path).returncode == 0
    left = names(tmp_path / "data" / "reading")
    assert len(left) == 1
    service.open(path)
    first = names(tmp_path / "data" / "reading")
    assert not left & first
    second = DeskService(tmp_path / "data")
    second.open(path)
    assert first < names(tmp_path / "data" / "reading")
    second.close()
    assert names(tmp_path / "data" / "reading") == first
