"""What another program may do to a desk while it is open: take its log, cut it short."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from s75desk.domain.errors import DeskDamaged
from s75desk.models.desk_file import DeskFile
from tests.unit.models.desk_help import put, values

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows lets nobody remove or cut an open file")


@pytest.mark.parametrize("passphrase", [None, "correct horse"])
@pytest.mark.parametrize("leaves_another", [False, True])
def test_a_log_that_another_program_removed_costs_nothing(
    tmp_path: Path, passphrase: str | None, leaves_another: bool
) -> None:
    path, log = tmp_path / "a.s75desk", tmp_path / "a.s75desk-wal"
    desk = DeskFile.create(path, passphrase)
    said = {}
    for turn in range(4):
        for number in range(20):
            put(desk, f"test {turn}-{number}", "kept")
            said[f"test {turn}-{number}"] = "kept"
        log.unlink()
        if leaves_another:
            log.write_bytes(b"")
        assert values(desk) == said
    put(desk, "test last", "kept")
    said["test last"] = "kept"
    assert values(desk) == said
    # As after a kill: what is on the disk now, opened under another name.
    for ending in ("", "-wal"):
        copied = tmp_path / f"b.s75desk{ending}"
        copied.write_bytes((tmp_path / f"a.s75desk{ending}").read_bytes())
    with DeskFile.open(tmp_path / "b.s75desk", passphrase) as copy:
        assert values(copy) == said
    desk.close()
    with DeskFile.open(path, passphrase) as again:
        assert values(again) == said


def test_nothing_is_said_to_be_saved_in_a_file_that_was_cut_short(tmp_path: Path) -> None:
    path = tmp_path / "a.s75desk"
    desk = DeskFile.create(path)
    put(desk, "test before", "kept")
    os.truncate(path, path.stat().st_size // 2)
    with pytest.raises(DeskDamaged, match="damaged"):
        put(desk, "test after", "lost")
    desk.close()
