"""What the tests of the desk file share: a small desk, other processes, small and read-only disks."""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import insert, select

from s75desk.models.desk_file import DeskFile
from s75desk.models.tables import BLOB, SETTING

ROOT = Path(__file__).parents[3]
OLD_DESK = ROOT / "tests" / "data" / "desks" / "schema-0001.s75desk"

PASSPHRASES = [
    "correct horse",
    'it\'s "quoted"; -- DROP TABLE setting',
    "  spaces before and after  ",
    "pässwörd ☂ 🔒 密码",
    "x'2DD29CA851E7B56E4697B0E1F08507293D761A05CE4D1B628663F411A8086D99'",
    "back\\slash %s {0} \t tab",
    "0",
    "long " * 100,
]


def chance(seed: int) -> random.Random:
    """Chance that falls the same way every time."""
    return random.Random(seed)  # noqa: S311


def put(desk: DeskFile, key: str, value: str) -> None:
    with desk.writing() as connection:
        connection.execute(insert(SETTING).values(key=key, value=value))


def values(desk: DeskFile) -> dict[str, str]:
    """What ``put`` put."""
    with desk.reading() as connection:
        rows = connection.execute(select(SETTING)).all()
    return {row.key: row.value for row in rows if row.key.startswith("test")}


def fill(desk: DeskFile, megabytes: int) -> None:
    """Make a desk large with a paper."""
    with desk.writing() as connection:
        connection.execute(insert(BLOB).values(sha256="0" * 64, size=megabytes << 20, data=bytes(megabytes << 20)))


def child(code: str, *args: object) -> subprocess.CompletedProcess[str]:
    """Run code in another process; ``sys.argv[1:]`` holds the arguments."""
    command = [sys.executable, "-W", "error", "-c", code, *map(str, args)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)


@contextmanager
def held_by_child(path: Path, then: str = "sys.stdin.read()") -> Iterator[subprocess.Popen[str]]:
    """Another process that has the desk open and says so; ends when its standard input does."""
    code = f"""
import sys, os, signal
from pathlib import Path
from s75desk.models.desk_file import DeskFile
desk = DeskFile.open(Path(sys.argv[1]))
print("open", flush=True)
{then}
desk.close()
"""
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(path)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == "open\n"
        yield process
    finally:
        process.communicate(timeout=60)


@contextmanager
def mounted(place: Path, options: str) -> Iterator[Path]:
    """A disk in memory at ``place``; the test is skipped where that is not allowed."""
    place.mkdir(exist_ok=True)
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(place)], capture_output=True, text=True, check=False
    )
    if done.returncode:
        pytest.skip(f"a small disk cannot be mounted here: {done.stderr.strip()}")
    try:
        yield place
    finally:
        subprocess.run(["umount", str(place)], check=True)


def remount(place: Path, options: str) -> None:
    subprocess.run(["mount", "-o", f"remount,{options}", str(place)], check=True, capture_output=True)


def names(folder: Path) -> set[str]:
    """What lies in a folder, without the note of whose backups are whose."""
    return {path.name for path in folder.iterdir()} - {"lines.json"}
