"""When the check of every page may be left out, and when not."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from s75desk.domain.errors import DeskDamaged
from s75desk.models.desk_file import DeskFile
from s75desk.models.opening import Progress, Step
from s75desk.models.seal import TRUSTED, Seal
from tests.unit.models.desk_help import OLD_DESK, fill, held_by_child, put


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "a.s75desk"


def closed(path: Path) -> Seal:
    with DeskFile.create(path) as desk:
        put(desk, "test", "x")
        assert desk.seal is None
    assert desk.seal is not None
    return desk.seal


def was_checked(path: Path, seal: Seal | None) -> bool:
    told: list[Progress] = []
    DeskFile.open(path, seal=seal, report=told.append).close()
    return Step.CHECK in {progress.step for progress in told}


def test_a_file_that_lies_as_it_was_closed_is_not_checked_again(path: Path) -> None:
    seal = closed(path)
    assert was_checked(path, None)
    with DeskFile.open(path) as desk:
        pass
    assert not was_checked(path, desk.seal)
    assert seal.checked_at <= datetime.now(UTC)


def test_the_moment_of_the_last_check_is_handed_on(path: Path) -> None:
    seal = closed(path)
    with DeskFile.open(path, seal=seal) as desk:
        put(desk, "test2", "y")
    assert desk.seal is not None
    assert desk.seal.checked_at == seal.checked_at
    assert desk.seal != seal


def written_by_another_program(path: Path) -> None:
    with path.open("rb+") as file:
        file.seek(path.stat().st_size - 1)
        file.write(b"\0")
    os.utime(path, ns=(0, 0))


def replaced_by_a_copy(path: Path) -> None:
    shutil.copy2(path, f"{path}.copy")
    Path(f"{path}.copy").replace(path)


def grown(path: Path) -> None:
    state = path.stat()
    with path.open("ab") as file:
        file.write(bytes(4096))
    os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns))


def left_by_a_kill(path: Path) -> None:
    with held_by_child(
        path,
        "from tests.unit.models.desk_help import put\nput(desk, 'test2', 'y')\nos.kill(os.getpid(), signal.SIGKILL)",
    ) as other:
        other.wait(timeout=60)


@pytest.mark.parametrize("change", [written_by_another_program, replaced_by_a_copy, grown, left_by_a_kill])
def test_a_file_that_lies_otherwise_is_checked(path: Path, change: Callable[[Path], None]) -> None:
    seal = closed(path)
    change(path)
    assert was_checked(path, seal)


def test_a_file_is_checked_once_a_week_however_it_lies(path: Path) -> None:
    seal = closed(path)
    now = seal.checked_at
    assert seal.holds(path, now)
    assert seal.holds(path, now + TRUSTED - timedelta(seconds=1))
    assert not seal.holds(path, now + TRUSTED)
    assert not seal.holds(path, now - timedelta(seconds=1)), "a clock that was wrong"
    assert was_checked(path, replace(seal, checked_at=now - TRUSTED))


def test_a_file_that_is_gone_holds_no_seal(path: Path) -> None:
    seal = closed(path)
    path.unlink()
    assert not seal.holds(path, seal.checked_at)


def test_damage_is_found_where_the_seal_does_not_hold(path: Path) -> None:
    with DeskFile.create(path, "correct horse") as desk:
        fill(desk, 1)
    seal = desk.seal
    contents = bytearray(path.read_bytes())
    contents[len(contents) // 2] ^= 1
    path.write_bytes(contents)
    os.utime(path, ns=(1, 1))
    with pytest.raises(DeskDamaged):
        DeskFile.open(path, "correct horse", seal=seal)


def test_an_older_desk_is_backed_up_and_upgraded_all_the_same(path: Path) -> None:
    shutil.copy(OLD_DESK, path)
    seal = Seal.of(path, datetime.now(UTC))
    with DeskFile.open(path, seal=seal) as desk:
        assert desk.upgraded_from == 1
        assert desk.upgrade_backup is not None
