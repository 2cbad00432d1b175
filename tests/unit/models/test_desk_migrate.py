"""Upgrading older desks: the same tables as a new desk, after a backup, whole or not at all, also when killed."""

from __future__ import annotations

import ast
import re
import shutil
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, text

from s75desk.domain.errors import DeskDamaged, DiskTrouble
from s75desk.domain.records import Organisation
from s75desk.models import history, search
from s75desk.models.backup import folder_of, list_backups
from s75desk.models.cipher import Key, connect
from s75desk.models.desk_file import DeskFile
from s75desk.models.engine import make_engine
from s75desk.models.migrations import LATEST, runner
from s75desk.models.migrations.runner import STEPS, migrate
from s75desk.models.opening import Progress, Step
from s75desk.models.passphrase import change_passphrase
from s75desk.models.repository import Repository
from s75desk.models.tables import METADATA
from tests.unit.models.desk_help import OLD_DESK, ROOT, child, fill, mounted, names

OLD_ID = "5a75de5c-0001-4000-8000-000000000001"


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A desk that version 1 wrote, in a folder of its own."""
    path = tmp_path / "desks" / "old.s75desk"
    path.parent.mkdir()
    shutil.copy(OLD_DESK, path)
    return path


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    path = tmp_path / "empty.s75desk"
    path.touch()
    made = make_engine(path, lambda: None)
    yield made
    made.dispose()


def definitions(connection: Any) -> dict[tuple[str, str], str]:
    """Every table, index and trigger, spaces and the order of what is inside the brackets aside."""
    rows = connection.exec_driver_sql("SELECT type, name, sql FROM sqlite_schema").all()
    return {
        (row.type, row.name): "|".join(sorted(re.sub(r"\s+", " ", row.sql or "").strip("() ").split(", ")))
        for row in rows
    }


def columns(connection: Any) -> dict[str, list[Any]]:
    return {
        table: connection.exec_driver_sql(f"PRAGMA table_info('{table}')").all()
        + connection.exec_driver_sql(f"PRAGMA foreign_key_list('{table}')").all()
        for table in METADATA.tables
    }


def test_the_steps_lead_to_exactly_the_tables_of_today(engine: Engine, tmp_path: Path) -> None:
    migrate(engine, 0, lambda _: None)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "include_name": _is_ours})
        assert compare_metadata(context, METADATA) == []
        with DeskFile.create(tmp_path / "new.s75desk") as desk, desk.reading() as fresh:
            assert columns(connection) == columns(fresh)
            assert definitions(connection) == definitions(fresh)


def _is_ours(name: str | None, kind: str, _: object) -> bool:
    """Leave out the full-text index and its own tables, which the metadata cannot describe."""
    return (
        kind != "table" or name is None or not (name == "search" or name.startswith("search_")) or name == "search_row"
    )


def test_the_steps_are_numbered_without_a_gap_and_end_at_the_latest() -> None:
    assert [leads_to for leads_to, _ in STEPS] == list(range(1, LATEST + 1))


def test_the_steps_speak_of_no_module_that_may_change() -> None:
    """A released step must not follow when tables or columns do."""
    steps = ROOT / "s75desk" / "models" / "migrations"
    for path in [*steps.glob("v*.py"), *steps.glob("carried_over_*.py")]:
        imported = [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.ImportFrom)]
        assert {node.module for node in imported} <= {
            "__future__",
            "alembic.operations",
            "s75desk.models.migrations",
            "s75desk.models.migrations.shapes",
            "sqlalchemy",
        }


def test_there_is_a_real_desk_of_every_older_version() -> None:
    for version in range(1, LATEST):
        path = OLD_DESK.with_name(f"schema-{version:04}.s75desk")
        with closing(connect(path, None, mode="immutable=1")) as connection:
            found = connection.execute("SELECT value FROM setting WHERE key = 'schema_revision'").fetchone()
            assert found == (str(version),)
    assert (ROOT / "resources" / "selftest" / OLD_DESK.name).read_bytes() == OLD_DESK.read_bytes()


@pytest.mark.parametrize("passphrase", [None, "correct horse"])
def test_an_old_desk_is_backed_up_upgraded_and_whole(old: Path, tmp_path: Path, passphrase: str | None) -> None:
    lay_open(old, passphrase)
    told: list[Progress] = []
    root = tmp_path / "backups"
    with DeskFile.open(old, passphrase, backups=root, report=told.append) as desk:
        assert (desk.facts.desk_id, desk.facts.revision, desk.upgraded_from) == (OLD_ID, LATEST, 1)
        with desk.reading() as connection:
            assert [record.name for record in Repository(connection).all(Organisation)] == ["Example Council"]
            assert history.verify(connection) is None
            assert history.length(connection) > 0
            assert [hit.kind for hit in search.find(connection, "quarterly")] == ["action"]
            assert connection.exec_driver_sql("PRAGMA integrity_check").scalar_one() == "ok"
            assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar_one() == 1
            assert connection.execute(text("SELECT count(*) FROM blob")).scalar_one() == 1
        (backup,) = list_backups(folder_of(root, OLD_ID))
        assert desk.upgrade_backup == backup
        assert backup.encrypted is (passphrase is not None)
    assert names(old.parent) == {"old.s75desk"}
    steps = [progress.step for progress in told if progress.step is not Step.UNLOCK]
    assert steps == [Step.LOCK, Step.CHECK, Step.BACK_UP, *[Step.MIGRATE] * LATEST, Step.READY]
    with closing(connect(backup.path, key_of(backup.path, passphrase), mode="immutable=1")) as connection:
        assert connection.execute("SELECT value FROM setting WHERE key = 'schema_revision'").fetchone() == ("1",)
    with DeskFile.open(old, passphrase, backups=root) as desk:
        assert desk.upgraded_from is None
    assert len(list_backups(folder_of(root, OLD_ID))) == 1


def test_without_a_folder_for_backups_they_lie_beside_the_desk(old: Path) -> None:
    with DeskFile.open(old) as desk:
        assert desk.upgrade_backup is not None
        assert desk.upgrade_backup.path.parent == old.parent / "old backups" / OLD_ID


def test_an_upgraded_desk_equals_a_new_one(old: Path, tmp_path: Path) -> None:
    with (
        DeskFile.open(old) as desk,
        desk.reading() as upgraded,
        DeskFile.create(tmp_path / "new.s75desk") as other,
        other.reading() as fresh,
    ):
        assert columns(upgraded) == columns(fresh)
        assert definitions(upgraded) == definitions(fresh)


@pytest.mark.parametrize("passphrase", [None, "correct horse"])
@pytest.mark.parametrize("at", range(4))
def test_a_kill_at_any_moment_leaves_the_old_desk(old: Path, tmp_path: Path, at: int, passphrase: str | None) -> None:
    lay_open(old, passphrase)
    root = tmp_path / "backups"
    killed = child(
        """
import os, signal, sys
from pathlib import Path
from s75desk.models.desk_file import DeskFile
from s75desk.models.opening import Step
seen = []
def report(progress):
    if progress.step in (Step.BACK_UP, Step.MIGRATE):
        seen.append(progress)
    if len(seen) > int(sys.argv[4]):
        os.kill(os.getpid(), signal.SIGKILL)
from s75desk.models.migrations import runner
real = runner.set_revision
def set_revision(*args):
    real(*args)
    if sys.argv[4] == "3":
        os.kill(os.getpid(), signal.SIGKILL)
runner.set_revision = set_revision
DeskFile.open(Path(sys.argv[1]), sys.argv[2], backups=Path(sys.argv[3]), report=report)
""",
        old,
        passphrase or "",
        root,
        at,
    )
    assert killed.returncode == -9, killed.stderr
    assert revision_in(old, passphrase) == ("1", 0)
    with DeskFile.open(old, passphrase, backups=root) as desk:
        assert (desk.facts.revision, desk.upgraded_from) == (LATEST, 1)
    assert names(old.parent) == {"old.s75desk"}


def test_a_step_that_fails_undoes_those_before_it(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    def break_off(op: Any) -> None:
        op.execute("CREATE TABLE half (a)")
        raise ZeroDivisionError

    monkeypatch.setattr(runner, "STEPS", (*STEPS, (3, break_off)))
    with pytest.raises(ZeroDivisionError):
        migrate(engine, 0, lambda _: None, to=3)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM sqlite_schema")).scalar_one() == 0


def test_a_step_that_would_lose_an_owner_is_undone(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def drop_owners(op: Any) -> None:
        op.execute("DELETE FROM organisation")

    monkeypatch.setattr(runner, "STEPS", (STEPS[0], (2, drop_owners)))
    with pytest.raises(DeskDamaged, match="Not upgraded: a record in this desk refers to one that is not there"):
        DeskFile.open(old)
    assert revision_in(old, None) == ("1", 0)
    monkeypatch.undo()
    DeskFile.open(old).close()


def test_cancelling_an_upgrade_leaves_the_old_desk(old: Path) -> None:
    def stop(progress: Progress) -> None:
        if progress.step is Step.MIGRATE:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        DeskFile.open(old, report=stop)
    assert revision_in(old, None) == ("1", 0)


def test_no_room_for_the_backup_means_no_upgrade(old: Path, tmp_path: Path) -> None:
    with mounted(tmp_path / "disk", "size=256k") as place:
        with pytest.raises(DiskTrouble, match="the disk is full") as caught:
            DeskFile.open(old, backups=place)
        assert caught.value.remedy
    assert revision_in(old, None) == ("1", 0)
    assert names(old.parent) == {"old.s75desk"}


def test_no_room_for_the_upgrade_leaves_the_old_desk(old: Path, tmp_path: Path) -> None:
    with mounted(tmp_path / "disk", "size=4m") as place:
        path = place / "old.s75desk"
        shutil.copy(old, path)
        (place / "stuffing").write_bytes(bytes((4 << 20) - path.stat().st_size - 65_536))
        with pytest.raises(DiskTrouble, match="Not opened: the disk is full"):
            DeskFile.open(path, backups=tmp_path / "backups")
        (place / "stuffing").unlink()
        assert revision_in(path, None) == ("1", 0)
        with DeskFile.open(path, backups=tmp_path / "backups") as desk:
            assert desk.facts.revision == LATEST


def test_a_large_desk_keeps_its_papers(old: Path, tmp_path: Path) -> None:
    with closing(connect(old, None)) as connection:
        connection.execute("INSERT INTO blob VALUES (?, ?, ?)", ("1" * 64, 5 << 20, bytes(5 << 20)))
    with DeskFile.open(old, backups=tmp_path / "backups") as desk:
        fill(desk, 1)
        assert desk.size() > 6 << 20
        assert isinstance(desk.facts.made_at, datetime)


def lay_open(path: Path, passphrase: str | None) -> None:
    """Encrypt an old desk without upgrading it, as its own version would have."""
    if passphrase is None:
        return
    made = path.with_name("encrypted")
    made.touch()
    key = Key.fresh(passphrase)
    assert key is not None
    with closing(connect(path, None)) as connection:
        connection.execute("ATTACH ? AS fresh KEY ?", (str(made), key.literal)).close()
        connection.execute("SELECT sqlcipher_export('fresh')").fetchall()
        (mark,) = connection.execute("PRAGMA application_id").fetchone()
        connection.execute(f"PRAGMA fresh.application_id = {mark}").close()
    made.replace(path)


def key_of(path: Path, passphrase: str | None) -> Key | None:
    return Key.of_file(path, passphrase) if passphrase else None


def revision_in(path: Path, passphrase: str | None) -> tuple[str, int]:
    """The version a desk notes, and how many of version 2's tables it has."""
    with closing(connect(path, key_of(path, passphrase))) as connection:
        (revision,) = connection.execute("SELECT value FROM setting WHERE key = 'schema_revision'").fetchone()
        query = "SELECT count(*) FROM sqlite_schema WHERE name IN ('draft', 'chaser')"
        return revision, connection.execute(query).fetchone()[0]


def test_changing_the_passphrase_of_an_upgraded_desk(old: Path) -> None:
    with DeskFile.open(old) as desk:
        change_passphrase(desk, "correct horse")
    with DeskFile.open(old, "correct horse") as desk:
        assert desk.facts.revision == LATEST
