"""Full, read-only, failing and vanished disks: a plain sentence, a remedy, and the desk as it was."""

from __future__ import annotations

import errno
import io
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError
from sqlcipher3 import dbapi2

from s75desk.domain.errors import DeskDamaged, DeskError, DeskInUse, DiskTrouble
from s75desk.models.backup import make_backup
from s75desk.models.desk_file import DeskFile
from s75desk.models.passphrase import change_passphrase
from s75desk.models.restore import restore
from s75desk.models.trouble import SAVING, explained
from tests.unit.models.desk_help import child, fill, mounted, names, put, remount, values

NOW = datetime(2026, 4, 1, 9, 30, tzinfo=UTC)
FULL = "Not saved: the disk is full. Nothing in the desk has changed."


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    with mounted(tmp_path / "disk", "size=6m") as place:
        yield place


def fill_up(file: io.RawIOBase, size: int) -> None:
    while file.write(bytes(size)):
        pass


def fill_disk(place: Path) -> Path:
    """Leave no byte free."""
    stuffing = place / "stuffing"
    with stuffing.open("wb", buffering=0) as file:
        for size in (1 << 16, 1 << 12, 1):
            with pytest.raises(OSError, match="No space left"):
                fill_up(file, size)
    return stuffing


@pytest.mark.parametrize("passphrase", [None, "correct horse"])
def test_a_full_disk_while_saving(small_disk: Path, passphrase: str | None) -> None:
    with DeskFile.create(small_disk / "a.s75desk", passphrase) as desk:
        put(desk, "test", "before")
        stuffing = fill_disk(small_disk)
        with pytest.raises(DiskTrouble) as caught:
            put(desk, "test2", "y" * 100_000)
        assert (caught.value.what, caught.value.remedy) == (FULL, "Free some space, then save again.")
        assert values(desk) == {"test": "before"}
        stuffing.unlink()
        put(desk, "test2", "after")
        fill_disk(small_disk)
    (small_disk / "stuffing").unlink()
    with DeskFile.open(small_disk / "a.s75desk", passphrase) as desk:
        assert values(desk) == {"test": "before", "test2": "after"}


def test_a_full_disk_while_closing_loses_nothing(small_disk: Path) -> None:
    desk = DeskFile.create(small_disk / "a.s75desk")
    with desk.writing() as connection:
        connection.execute(text("PRAGMA wal_autocheckpoint"))
    put(desk, "test", "x" * 500_000)
    fill_disk(small_disk)
    desk.close()
    (small_disk / "stuffing").unlink()
    with DeskFile.open(small_disk / "a.s75desk") as desk:
        assert values(desk) == {"test": "x" * 500_000}


def test_a_full_disk_while_opening(small_disk: Path) -> None:
    path = small_disk / "a.s75desk"
    DeskFile.create(path).close()
    before = path.read_bytes()
    stuffing = fill_disk(small_disk)
    with pytest.raises(DiskTrouble, match=r"Not opened: the disk is full\. The desk is as it was\."):
        DeskFile.open(path)
    assert names(small_disk) == {"a.s75desk", "stuffing"}
    stuffing.unlink()
    assert path.read_bytes() == before
    DeskFile.open(path).close()


def test_a_full_disk_while_making_a_desk(small_disk: Path) -> None:
    stuffing = fill_disk(small_disk)
    with pytest.raises(DiskTrouble, match=r"Not created: the disk is full\. No desk was made\."):
        DeskFile.create(small_disk / "a.s75desk")
    assert names(small_disk) == {"stuffing"}
    stuffing.write_bytes(bytes(5_700_000))
    with pytest.raises(DiskTrouble, match="Not created: the disk is full"):
        DeskFile.create(small_disk / "a.s75desk", "correct horse")
    assert names(small_disk) == {"stuffing"}


@pytest.mark.parametrize("passphrase", [None, "correct horse"])
def test_a_full_disk_while_backing_up(small_disk: Path, tmp_path: Path, passphrase: str | None) -> None:
    root = small_disk / "backups"
    with DeskFile.create(tmp_path / "a.s75desk", passphrase) as desk:
        first = make_backup(desk, root, NOW)
        assert first is not None
        fill(desk, 8)
        with pytest.raises(DiskTrouble, match=r"Not backed up: the disk is full\. The desk and its older backups"):
            make_backup(desk, root, NOW.replace(hour=10), even_if_unchanged=True)
        assert names(root / desk.desk_id) == {first.path.name}
        put(desk, "test", "x")


def test_a_full_disk_while_changing_the_passphrase(small_disk: Path) -> None:
    path = small_disk / "a.s75desk"
    with DeskFile.create(path, "correct horse") as desk:
        put(desk, "test", "x")
        fill(desk, 2)
        with desk.alone():
            (small_disk / "stuffing").write_bytes(bytes(2_500_000))
        with pytest.raises(DiskTrouble, match=r"Passphrase not changed: the disk is full\. The desk opens as before"):
            change_passphrase(desk, "battery staple")
        assert "a.s75desk-new" not in names(small_disk)
        assert values(desk) == {"test": "x"}
        (small_disk / "stuffing").unlink()
        put(desk, "test2", "y")
    with DeskFile.open(path, "correct horse") as desk:
        assert values(desk) == {"test": "x", "test2": "y"}


def test_a_full_disk_while_restoring(small_disk: Path, tmp_path: Path) -> None:
    with DeskFile.create(tmp_path / "large.s75desk") as large:
        fill(large, 8)
    path = small_disk / "a.s75desk"
    with DeskFile.create(path) as desk:
        put(desk, "test", "x")
    with pytest.raises(
        DiskTrouble, match=r"Not restored: the disk is full\. The desk and its backups are as they were"
    ):
        restore(tmp_path / "large.s75desk", path, None, now=NOW)
    assert names(small_disk) == {"a.s75desk"}
    with DeskFile.open(path) as desk:
        assert values(desk) == {"test": "x"}


@pytest.mark.parametrize("passphrase", ["", "correct horse"])
def test_a_limit_on_the_size_of_files_wherever_the_tests_run(tmp_path: Path, passphrase: str) -> None:
    """The same paths as a full disk, without the right to mount one."""
    done = child(
        """
import resource, sys
from datetime import UTC, datetime
from pathlib import Path
from s75desk.domain.errors import DiskTrouble
from s75desk.models.backup import make_backup
from s75desk.models.desk_file import DeskFile
from s75desk.models.passphrase import change_passphrase
from tests.unit.models.desk_help import fill, put, values
folder = Path(sys.argv[1])
with DeskFile.create(folder / "a.s75desk", sys.argv[2]) as desk:
    put(desk, "test", "x")
    fill(desk, 3)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, 1 << 20))
    for work in (
        lambda: put(desk, "test2", "y" * 2_000_000),
        lambda: make_backup(desk, folder / "backups", datetime.now(UTC)),
        lambda: change_passphrase(desk, "battery staple"),
        lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 16, 1 << 20))
        or DeskFile.create(folder / "b.s75desk", "battery staple"),
    ):
        try:
            work()
        except DiskTrouble as trouble:
            print(trouble.what)
    assert values(desk) == {"test": "x"}
""",
        tmp_path,
        passphrase,
    )
    assert done.returncode == 0, done.stderr
    said = [line.split(":")[0] for line in done.stdout.splitlines()]
    assert said == ["Not saved", "Not backed up", "Passphrase not changed", "Not created"]
    assert names(tmp_path) <= {"a.s75desk", "a.s75desk-wal", "a.s75desk-shm", "backups", "home"}
    with DeskFile.open(tmp_path / "a.s75desk", passphrase) as desk:
        assert values(desk) == {"test": "x"}


@pytest.mark.parametrize("passphrase", [None, "correct horse"])
def test_a_read_only_folder(tmp_path: Path, passphrase: str | None) -> None:
    with mounted(tmp_path / "disk", "size=6m") as place:
        path = place / "a.s75desk"
        with DeskFile.create(path, passphrase) as desk:
            put(desk, "test", "x")
        remount(place, "ro")
        with pytest.raises(DiskTrouble) as caught:
            DeskFile.open(path, passphrase)
        assert caught.value.what == "Not opened: the file or its folder is read-only. The desk is as it was."
        assert caught.value.remedy == "Copy the file to a folder that you can write to, and use the copy."
        with pytest.raises(DiskTrouble, match="Not created: the file or its folder is read-only"):
            DeskFile.create(place / "b.s75desk", passphrase)
        restored = restore(path, tmp_path / "b.s75desk", passphrase, now=NOW)
        with DeskFile.open(restored.path, passphrase) as desk:
            assert values(desk) == {"test": "x"}
        remount(place, "rw")
        with DeskFile.open(path, passphrase) as desk:
            assert values(desk) == {"test": "x"}


def test_a_disk_that_becomes_read_only_while_the_desk_is_open(tmp_path: Path) -> None:
    """A disk with open files refuses to be remounted; SQLite's own switch raises the same error."""
    with DeskFile.create(tmp_path / "a.s75desk") as desk:
        with pytest.raises(DiskTrouble, match="Not saved: the file or its folder is read-only"):
            write_with(desk, "query_only = ON", 10)
        assert values(desk) == {}


def test_a_file_that_may_not_grow(tmp_path: Path) -> None:
    with DeskFile.create(tmp_path / "a.s75desk") as desk:
        with pytest.raises(DiskTrouble, match="Not saved: the disk is full"):
            write_with(desk, "max_page_count = 1", 1_000_000)
        assert values(desk) == {}


def write_with(desk: DeskFile, pragma: str, length: int) -> None:
    with desk.writing() as connection:
        connection.exec_driver_sql(f"PRAGMA {pragma}")
        connection.execute(text("INSERT INTO setting VALUES ('test', :long)"), {"long": "x" * length})


def refuse(code: int) -> dbapi2.OperationalError:
    error = dbapi2.OperationalError("as SQLite says it")
    error.sqlite_errorcode = code
    return error


@pytest.mark.parametrize(
    ("code", "kind", "words"),
    [
        (13, DiskTrouble, "the disk is full"),
        (8, DiskTrouble, "read-only"),
        (8 | 4 << 8, DiskTrouble, "read-only"),
        (10 | 3 << 8, DiskTrouble, "did not answer"),
        (14, DiskTrouble, "no longer there"),
        (5, DeskInUse, "another program"),
        (6, DeskInUse, "another program"),
        (11, DeskDamaged, "damaged"),
        (26, DeskDamaged, "damaged"),
    ],
)
@pytest.mark.parametrize("wrapped", [False, True])
def test_what_sqlite_reports_in_words(code: int, kind: type[DeskError], words: str, wrapped: bool) -> None:
    error: Exception = refuse(code)
    if wrapped:
        error = OperationalError("INSERT", {}, error)
    with pytest.raises(kind, match=words) as caught, explained(SAVING):
        raise error
    assert caught.value.what.startswith("Not saved: ")
    assert caught.value.what.endswith(" Nothing in the desk has changed.")
    assert caught.value.remedy.endswith(".")
    assert "{" not in caught.value.remedy
    assert caught.value.__cause__ is error


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "the disk is full"),
        (errno.EDQUOT, "the disk is full"),
        (errno.EFBIG, "larger than the disk"),
        (errno.EROFS, "read-only"),
        (errno.EACCES, "read-only"),
        (errno.ENOENT, "no longer there"),
        (errno.EIO, "did not answer"),
        (errno.EHOSTDOWN, "did not answer"),
    ],
)
def test_what_the_system_reports_in_words(number: int, words: str) -> None:
    with pytest.raises(DiskTrouble, match=words), explained(SAVING):
        raise OSError(number, "as the system says it")


def test_our_own_faults_pass_through() -> None:
    for error in (refuse(1), refuse(19), dbapi2.ProgrammingError("closed"), ValueError("x")):
        with pytest.raises(type(error)), explained(SAVING):
            raise error
    with pytest.raises(PermissionError), explained(SAVING, system=False):
        raise PermissionError
