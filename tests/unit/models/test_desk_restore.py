"""Restoring: checked first, in one step, and what was replaced is kept."""

from __future__ import annotations

import os
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from s75desk.domain.errors import DeskDamaged, DiskTrouble, NewerDesk, NotADesk, WrongPassphrase
from s75desk.models.backup import Backup, make_backup
from s75desk.models.desk_file import DeskFile
from s75desk.models.lock import DeskLocked
from s75desk.models.migrations import LATEST
from s75desk.models.restore import restore
from tests.unit.models.desk_help import OLD_DESK, chance, child, held_by_child, names, put, values

NOW = datetime(2026, 4, 1, 9, 30, tzinfo=UTC)
NEWER = {"newer": str(LATEST + 1)}
ASIDE = "a before restore 2026-04-01 093000.000Z.s75desk"


def backed_up(path: Path, passphrase: str | None = None) -> Backup:
    """A desk whose backup says "then" and which itself says "now"."""
    with DeskFile.create(path, passphrase) as desk:
        put(desk, "test", "then")
        backup = make_backup(desk, path.parent / "backups", NOW)
        put(desk, "test2", "now")
    assert backup is not None
    return backup


@pytest.fixture
def path(tmp_path: Path) -> Path:
    folder = tmp_path / "desks"
    folder.mkdir()
    return folder / "a.s75desk"


@pytest.mark.parametrize("passphrase", [None, "correct horse"])
def test_the_backup_takes_the_place_and_the_old_desk_stays_beside(path: Path, passphrase: str | None) -> None:
    backup = backed_up(path, passphrase)
    done = restore(backup.path, path, passphrase, now=NOW)
    assert (done.path, done.encrypted) == (path, passphrase is not None)
    assert done.aside == path.parent / ASIDE
    assert names(path.parent) == {"a.s75desk", ASIDE, "backups"}
    assert names(backup.path.parent) == {backup.path.name}, "nothing is left beside the backup"
    with DeskFile.open(path, passphrase) as desk:
        assert values(desk) == {"test": "then"}
        assert desk.facts == done.facts
    with DeskFile.open(done.aside, passphrase) as desk:
        assert values(desk) == {"test": "then", "test2": "now"}


def test_under_a_new_name(path: Path) -> None:
    backup = backed_up(path)
    done = restore(backup.path, path.parent / "b.s75desk", None, now=NOW)
    assert done.aside is None
    assert names(path.parent) == {"a.s75desk", "b.s75desk", "backups"}
    with DeskFile.open(done.path) as desk:
        assert values(desk) == {"test": "then"}


def test_over_a_damaged_desk_and_over_anything_else(path: Path) -> None:
    backup = backed_up(path, "correct horse")
    path.write_bytes(chance(1).randbytes(9999))
    done = restore(backup.path, path, "correct horse", now=NOW)
    assert done.aside is not None
    assert done.aside.read_bytes() == chance(1).randbytes(9999)
    DeskFile.open(path, "correct horse").close()


def test_the_log_of_a_killed_desk_is_kept_with_it_and_not_read_into_the_new_one(path: Path) -> None:
    backup = backed_up(path)
    with held_by_child(
        path,
        "from tests.unit.models.desk_help import put\n"
        "put(desk, 'test3', 'logged')\n"
        "os.kill(os.getpid(), signal.SIGKILL)",
    ) as other:
        other.wait(timeout=60)
    assert (path.parent / "a.s75desk-wal").stat().st_size > 0
    done = restore(backup.path, path, None, now=NOW)
    with DeskFile.open(path) as desk:
        assert values(desk) == {"test": "then"}
    assert done.aside is not None
    with DeskFile.open(done.aside) as desk:
        assert values(desk) == {"test": "then", "test2": "now", "test3": "logged"}


def test_not_while_a_window_has_the_desk_open(path: Path) -> None:
    backup = backed_up(path)
    with DeskFile.open(path) as desk:
        with pytest.raises(DeskLocked):
            restore(backup.path, path, None, now=NOW)
        put(desk, "test3", "still here")
    with held_by_child(path), pytest.raises(DeskLocked):
        restore(backup.path, path, None, now=NOW)
    with DeskFile.open(path) as desk:
        assert set(values(desk)) == {"test", "test2", "test3"}
    assert names(path.parent) == {"a.s75desk", "backups"}


def unchanged(path: Path) -> None:
    assert names(path.parent) == {"a.s75desk", "backups"}
    with DeskFile.open(path) as desk:
        assert values(desk) == {"test": "then", "test2": "now"}


def test_a_wrong_passphrase_changes_nothing(path: Path) -> None:
    backed_up(path)
    secret = backed_up(path.parent.parent / "secret.s75desk", "correct horse")
    for wrong in (None, "", "battery staple"):
        with pytest.raises(WrongPassphrase, match=r"\.s75desk-backup"):
            restore(secret.path, path, wrong, now=NOW)
    unchanged(path)


@pytest.mark.parametrize("passphrase", [None, "correct horse"])
def test_a_damaged_backup_changes_nothing(path: Path, tmp_path: Path, passphrase: str | None) -> None:
    backed_up(path)
    other = backed_up(tmp_path / "other.s75desk", passphrase)
    contents = other.path.read_bytes()
    other.path.write_bytes(contents[: len(contents) // 2])
    with pytest.raises(DeskDamaged, match="Not restored: the file is damaged"):
        restore(other.path, path, passphrase, now=NOW)
    unchanged(path)


def test_something_else_or_nothing_changes_nothing(path: Path, tmp_path: Path) -> None:
    backed_up(path)
    (tmp_path / "letter.s75desk-backup").write_text("Dear provider, " * 1000)
    with pytest.raises(NotADesk):
        restore(tmp_path / "letter.s75desk-backup", path, None, now=NOW)
    with pytest.raises(DiskTrouble, match=r"The backup gone\.s75desk-backup is no longer at"):
        restore(tmp_path / "gone.s75desk-backup", path, None, now=NOW)
    unchanged(path)


def test_a_newer_backup_changes_nothing(path: Path, tmp_path: Path) -> None:
    backed_up(path)
    with DeskFile.create(tmp_path / "newer.s75desk") as desk, desk.writing() as connection:
        connection.execute(text("UPDATE setting SET value = :newer WHERE key = 'schema_revision'"), NEWER)
    with pytest.raises(NewerDesk):
        restore(tmp_path / "newer.s75desk", path, None, now=NOW)
    unchanged(path)


def test_an_older_backup_is_upgraded_when_it_is_opened(path: Path) -> None:
    restore(OLD_DESK, path, None, now=NOW)
    with DeskFile.open(path) as desk:
        assert (desk.upgraded_from, desk.facts.revision) == (1, LATEST)


def test_a_desk_that_was_copied_with_its_log_is_restored_whole(path: Path, tmp_path: Path) -> None:
    with DeskFile.create(path) as desk:
        put(desk, "test", "in the log")
        for ending in ("", "-wal"):
            shutil.copy(f"{path}{ending}", tmp_path / f"copy.s75desk{ending}")
    done = restore(tmp_path / "copy.s75desk", tmp_path / "b.s75desk", None, now=NOW)
    with DeskFile.open(done.path) as desk:
        assert values(desk) == {"test": "in the log"}


def test_cancelling_changes_nothing(path: Path) -> None:
    backup = backed_up(path)

    def stop(share: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        restore(backup.path, path, None, now=NOW, advance=stop)
    unchanged(path)


def test_a_disk_without_links_is_served_by_copies(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(95, "not supported")

    monkeypatch.setattr(os, "link", refuse)
    backup = backed_up(path)
    done = restore(backup.path, path, None, now=NOW)
    assert done.aside is not None
    with DeskFile.open(done.aside) as desk:
        assert values(desk) == {"test": "then", "test2": "now"}


@pytest.mark.parametrize("step", ["copy_database", "_second_name", "put_in_place"])
@pytest.mark.parametrize("when", ["before", "after"])
def test_a_kill_at_any_step_leaves_the_old_desk_or_the_new(path: Path, step: str, when: str) -> None:
    backup = backed_up(path)
    killed = child(
        """
import os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from s75desk.models import restore
backup, path, step, when = sys.argv[1:]
real = getattr(restore, step)
def killed(*args, **kwargs):
    if when == "after":
        real(*args, **kwargs)
    os.kill(os.getpid(), signal.SIGKILL)
setattr(restore, step, killed)
restore.restore(Path(backup), Path(path), None, now=datetime(2026, 4, 1, 9, 30, tzinfo=UTC))
""",
        backup.path,
        path,
        step,
        when,
    )
    assert killed.returncode == -9, killed.stderr
    with DeskFile.open(path) as desk:
        restored = (step, when) == ("put_in_place", "after")
        assert values(desk) == ({"test": "then"} if restored else {"test": "then", "test2": "now"})
    aside = path.parent / ASIDE
    if restored:
        with DeskFile.open(aside) as desk:
            assert values(desk) == {"test": "then", "test2": "now"}
    restore(backup.path, path, None, now=NOW.replace(hour=10))
    assert not (path.parent / "a.s75desk-restored").exists()
