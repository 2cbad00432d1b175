"""Backups of real desks: whole, checked, encrypted like the desk, skipped when nothing changed, thinned."""

from __future__ import annotations

import shutil
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlcipher3 import dbapi2

from s75desk.domain.errors import DeskDamaged
from s75desk.models import history
from s75desk.models.backup import Backup, folder_of, list_all, list_backups, make_backup, read_name
from s75desk.models.cipher import Key, connect
from s75desk.models.desk_file import DeskFile
from s75desk.models.drafts import Draft, keep
from tests.unit.models.desk_help import child, fill, names, put

NOW = datetime(2026, 4, 1, 9, 30, tzinfo=UTC)


def rows_in(backup: Backup, passphrase: str | None, table: str = "setting") -> int:
    key = Key.of_file(backup.path, passphrase) if passphrase else None
    with closing(connect(backup.path, key, mode="immutable=1")) as connection:
        return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608


@pytest.fixture(params=[None, "correct horse"])
def passphrase(request: pytest.FixtureRequest) -> str | None:
    found: str | None = request.param
    return found


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "backups"


def test_it_holds_every_row_that_a_copy_of_the_file_loses(tmp_path: Path, root: Path, passphrase: str | None) -> None:
    with DeskFile.create(tmp_path / "a.s75desk", passphrase) as desk:
        for number in range(50):
            put(desk, f"test-{number}", "x")
        shutil.copy(desk.path, tmp_path / "copy.s75desk")
        backup = make_backup(desk, root, NOW)
        assert backup is not None
        assert rows_in(backup, passphrase) == 53
        copy = Backup(tmp_path / "copy.s75desk", "copy", NOW, 0, encrypted=False)
        assert rows_in(copy, passphrase) < 53, "a plain copy is known to lose what is in the log"


def test_its_name_says_which_desk_and_when(tmp_path: Path, root: Path, passphrase: str | None) -> None:
    with DeskFile.create(tmp_path / "Care contracts 2026-01-01 (2).s75desk", passphrase) as desk:
        backup = make_backup(desk, root, NOW + timedelta(microseconds=7500))
        assert backup is not None
        assert backup.path == (
            root
            / desk.desk_id
            / f"Care contracts 2026-01-01 (2) 2026-04-01 093000.007Z {desk.desk_id[:8]}.s75desk-backup"
        )
        assert backup.desk_name == "Care contracts 2026-01-01 (2)"
        assert backup.at == NOW + timedelta(milliseconds=7)
        assert backup.encrypted is (passphrase is not None)
        assert backup.size == backup.path.stat().st_size > 0
        assert names(root / desk.desk_id) == {backup.path.name}
        assert backup.path.stat().st_mode & 0o077 == 0
        assert (backup.path.read_bytes()[:6] == b"SQLite") is (passphrase is None)


def test_it_is_skipped_when_nothing_changed(tmp_path: Path, root: Path, passphrase: str | None) -> None:
    with DeskFile.create(tmp_path / "a.s75desk", passphrase) as desk:
        assert make_backup(desk, root, NOW) is not None
        assert make_backup(desk, root, NOW + timedelta(hours=1)) is None
        assert make_backup(desk, root, NOW + timedelta(hours=2), even_if_unchanged=True) is not None
    with DeskFile.open(tmp_path / "a.s75desk", passphrase) as desk:
        assert make_backup(desk, root, NOW + timedelta(hours=3)) is None


def test_what_counts_as_a_change(tmp_path: Path, root: Path) -> None:
    with DeskFile.create(tmp_path / "a.s75desk") as desk:
        hour = iter(range(1, 23))
        make_backup(desk, root, NOW)
        put(desk, "test", "x")
        assert make_backup(desk, root, NOW + timedelta(hours=next(hour))) is not None
        with desk.writing() as connection:
            keep(connection, "agreement:new:", Draft("agreement", "", {"title": "x"}, NOW))
        assert make_backup(desk, root, NOW + timedelta(hours=next(hour))) is not None
        with desk.writing() as connection:
            step = history.Step("agreement", "u", "", None, "{}")
            history.append(connection, [step], change_id="c", at=NOW, who="w", label="l")
        assert make_backup(desk, root, NOW + timedelta(hours=next(hour))) is not None
        assert make_backup(desk, root, NOW + timedelta(hours=next(hour))) is None


def test_a_last_backup_that_is_damaged_or_has_another_passphrase_does_not_count(tmp_path: Path, root: Path) -> None:
    with DeskFile.create(tmp_path / "a.s75desk") as desk:
        first = make_backup(desk, root, NOW)
        assert first is not None
        first.path.write_bytes(first.path.read_bytes()[:6000])
        assert make_backup(desk, root, NOW + timedelta(hours=1)) is not None
    with DeskFile.create(tmp_path / "b.s75desk", "correct horse") as desk:
        first = make_backup(desk, root, NOW)
        assert first is not None
        first.path.write_bytes(bytes(reversed(first.path.read_bytes())))
        assert make_backup(desk, root, NOW + timedelta(hours=1)) is not None


def test_old_ones_are_thinned_and_other_files_left_alone(tmp_path: Path, root: Path) -> None:
    with DeskFile.create(tmp_path / "a.s75desk") as desk:
        folder = folder_of(root, desk.desk_id)
        for days in (400, 399, *range(19, 2, -1), 2, 2, 1, 0):
            assert make_backup(desk, root, NOW - timedelta(days=days, minutes=days % 7), even_if_unchanged=True)
        (folder / "notes.txt").write_text("mine")
        (folder / "my own copy.s75desk").write_text("mine")
        made = make_backup(desk, root, NOW, even_if_unchanged=True)
        assert made is not None
        ages = [(NOW - backup.at).days for backup in list_backups(folder)]
        # A fortnight of days, the Sunday before, and the last of a month; of two on one day the later.
        assert ages == [*range(14), 17, 399]
        assert {"notes.txt", "my own copy.s75desk"} <= names(folder)
        assert list_backups(folder)[0] == made


def test_a_write_meanwhile_neither_stops_nor_enters_it(tmp_path: Path, root: Path, passphrase: str | None) -> None:
    shares: list[float] = []
    with DeskFile.create(tmp_path / "a.s75desk", passphrase) as desk:
        fill(desk, 24)

        def write_along(share: float) -> None:
            shares.append(share)
            put(desk, f"test-{len(shares)}", "x")

        backup = make_backup(desk, root, NOW, advance=write_along)
        assert backup is not None
        assert len(shares) >= 3
        assert shares == sorted(shares)
        assert shares[-1] == 1
        assert rows_in(backup, passphrase) == 3
        assert rows_in(backup, passphrase, "blob") == 1


def test_cancelling_leaves_nothing_behind(tmp_path: Path, root: Path) -> None:
    def stop(share: float) -> None:
        raise KeyboardInterrupt

    with DeskFile.create(tmp_path / "a.s75desk") as desk:
        fill(desk, 12)
        with pytest.raises(KeyboardInterrupt):
            make_backup(desk, root, NOW, advance=stop)
        assert names(root / desk.desk_id) == set()
        put(desk, "test", "x")


def test_a_kill_leaves_the_older_backups_and_no_half_one(tmp_path: Path, root: Path) -> None:
    path = tmp_path / "a.s75desk"
    with DeskFile.create(path) as desk:
        fill(desk, 12)
        first = make_backup(desk, root, NOW)
        put(desk, "test", "x")
        folder = folder_of(root, desk.desk_id)
    killed = child(
        """
import os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from s75desk.models import history
from s75desk.models.backup import make_backup
from s75desk.models.desk_file import DeskFile
desk = DeskFile.open(Path(sys.argv[1]))
make_backup(desk, Path(sys.argv[2]), datetime.now(UTC), advance=lambda _: os.kill(os.getpid(), signal.SIGKILL))
""",
        path,
        root,
    )
    assert killed.returncode == -9, killed.stderr
    assert list_backups(folder) == [first]


def test_a_damaged_desk_is_not_backed_up_over_good_ones(tmp_path: Path, root: Path) -> None:
    path = tmp_path / "a.s75desk"
    with DeskFile.create(path, "correct horse") as desk:
        fill(desk, 2)
        first = make_backup(desk, root, NOW)
    with DeskFile.open(path, "correct horse") as desk:
        with path.open("rb+") as file:
            file.seek(path.stat().st_size - 6000)
            file.write(bytes(100))
        with pytest.raises(DeskDamaged, match="Not backed up: the file is damaged"):
            make_backup(desk, root, NOW + timedelta(hours=1), even_if_unchanged=True)
        assert list_backups(folder_of(root, desk.desk_id)) == [first]
        assert len(names(root / desk.desk_id)) == 1


def test_lists_of_what_is_not_there(tmp_path: Path) -> None:
    assert list_backups(tmp_path / "none") == []
    assert list_all(tmp_path / "none") == []


@pytest.mark.parametrize(
    "name",
    [
        "a.s75desk",
        "a 2026-04-01 093000Z 12345678.s75desk-backup",
        "a 2026-13-01 093000.000Z 12345678.s75desk-backup",
        "a 2026-04-01 093000.000Z 12345678.s75desk-backup-new",
        "a 2026-04-01 093000.000Z XXXXXXXX.s75desk-backup",
    ],
)
def test_other_names_are_no_backups(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"SQLite format 3\0" + bytes(100))
    assert read_name(tmp_path / name) is None


def test_backups_of_all_desks_newest_first(tmp_path: Path, root: Path) -> None:
    for number, name in enumerate(("a", "b", "c")):
        with DeskFile.create(tmp_path / f"{name}.s75desk") as desk:
            make_backup(desk, root, NOW + timedelta(hours=-number))
    assert [backup.desk_name for backup in list_all(root)] == ["a", "b", "c"]


def test_the_passphrase_of_a_backup_is_the_desks(tmp_path: Path, root: Path) -> None:
    with DeskFile.create(tmp_path / "a.s75desk", "correct horse") as desk:
        backup = make_backup(desk, root, NOW)
    assert backup is not None
    with pytest.raises(dbapi2.DatabaseError):
        rows_in(backup, "battery staple")
    with closing(dbapi2.connect(backup.path)) as connection:
        connection.execute("PRAGMA key = 'correct horse'")
        assert connection.execute("SELECT count(*) FROM setting").fetchone() == (3,)


def test_the_copy_is_checked_before_it_counts(tmp_path: Path, root: Path) -> None:
    """SQLite's backup copies broken structure as it is."""
    path = tmp_path / "a.s75desk"
    with DeskFile.create(path) as desk:
        with desk.writing() as connection:
            connection.execute(text("CREATE TABLE loose (a INTEGER PRIMARY KEY, b NOT NULL)"))
            connection.execute(text("INSERT INTO loose VALUES (1, 2)"))
        with desk.writing() as connection:
            connection.exec_driver_sql("PRAGMA writable_schema = ON")
            connection.execute(text("UPDATE sqlite_schema SET rootpage = 3 WHERE name = 'loose'"))
        with pytest.raises(DeskDamaged):
            make_backup(desk, root, NOW)
        assert names(root / desk.desk_id) == set()
