"""The power goes at any moment: every desk opens, and all that was said to be saved is there.

Forty cuts of each deed in the suite; ``pytest tests/e2e/test_power_cuts.py --cuts 400`` for more. A record of calls
needs ``strace``; without it these are left out.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest

from s75desk.domain.errors import DeskError, WrongPassphrase
from s75desk.domain.records import Agreement
from s75desk.models import blobs, history, integrity
from s75desk.models.backup import list_all, make_backup
from s75desk.models.desk_file import DeskFile
from tests.e2e.power_disk import Disk, can_record, play, record
from tests.e2e.power_recorded import NOW, SECRET, held
from tests.unit import rich_visit
from tests.unit.models.desk_help import ROOT
from tests.unit.record_help import office_of

RECORDED = Path(__file__).with_name("power_recorded.py")
OLDER = Path(__file__).parents[1] / "data" / "desks" / "schema-0004.s75desk"
DESK = "East.s75desk"
FEWEST = 25
"""Events that a deed must have been recorded with, or the record is none."""

pytestmark = [
    pytest.mark.skipif(not can_record(), reason="needs strace, and leave to use it"),
    pytest.mark.timeout(1800),
]

Said = dict[str, Any]


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A folder for each deed, as it is before."""
    names = ("save", "sealed", "backup", "migrate", "restore", "secret")
    found = {name: tmp_path_factory.mktemp(name) for name in names}
    for name in ("save", "sealed"):
        with DeskFile.create(found[name] / DESK, SECRET if name == "sealed" else None) as desk:
            office = office_of(desk)
            visit = rich_visit.plan(office)
            rich_visit.record(office, visit)
            book = office.visiting.book(visit.uid)
            office.visiting.keep(visit.uid, typed=[replace(book.answer("8.4"), seen="To the last let")], place="8.4")
    for name in ("backup", "restore", "secret"):
        with DeskFile.create(found[name] / DESK) as desk:
            office = office_of(desk)
            for number in range(20):
                office.records.create(Agreement(title=f"Equipment {number}", note="As agreed. " * 50))
    with DeskFile.open(found["restore"] / DESK) as desk:
        made = make_backup(desk, found["restore"] / "made", NOW)
        assert made is not None
        made.path.rename(found["restore"] / "kept.s75desk")
        shutil.rmtree(found["restore"] / "made")
        office_of(desk).records.create(Agreement(title="Made since"))
    shutil.copyfile(OLDER, found["migrate"] / DESK)
    return found


def sound(desk: DeskFile) -> None:
    """The file, the history and the pictures are whole."""
    with desk.reading() as connection:
        assert integrity.problems(connection) == []
        assert history.verify(connection) is None
        assert blobs.damaged(connection) == []


def opened(folder: Path, secrets: tuple[str | None, ...]) -> tuple[DeskFile, str | None]:
    """The desk that was found after a cut, with the first passphrase that opens it."""
    for secret in secrets:
        try:
            return DeskFile.open(folder / DESK, secret, backups=folder / "backups"), secret
        except WrongPassphrase:
            continue
    raise AssertionError("no passphrase that it ever had opens it")


def check(deed: str, folder: Path, said: list[Said], number: int) -> None:
    """What was found after a cut is what was last said to be saved, or what was being saved."""
    last, then = said[max(0, number - 1)], said[min(number, len(said) - 1)]
    secrets = (last.get("secret"), then.get("secret")) if deed == "passphrase" else (SECRET,)
    desk, _ = opened(folder, secrets)
    with desk:
        sound(desk)
        counted = deed == "migrate"
        assert held(desk, counted=counted) in {last["held"], then["held"]}
    for name in last.get("backups", ()):
        assert list((folder / "backups").rglob(name)), f"{name} was said to be made"
    for backup in list_all(folder / "backups"):
        with DeskFile.open(backup.path) as copy:
            sound(copy)


@pytest.mark.parametrize(
    ("deed", "where"),
    [
        ("save", "save"),
        ("save", "sealed"),
        ("back_up", "backup"),
        ("migrate", "migrate"),
        ("restore", "restore"),
        ("passphrase", "secret"),
    ],
)
def test_whatever_was_said_to_be_saved_is_there_after_a_cut(
    deed: str, where: str, folders: dict[str, Path], tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    log = recorded(deed, folders[where], tmp_path)
    cut_after(deed, folders[where], log, request.config.getoption("--cuts"))


def test_a_disk_that_only_says_that_it_synced_is_noticed(folders: dict[str, Path], tmp_path: Path) -> None:
    log = recorded("save", folders["save"], tmp_path)
    with pytest.raises((AssertionError, DeskError)):
        cut_after("save", folders["save"], log, 100, forgets=True)


def recorded(deed: str, before: Path, folder: Path) -> Path:
    """The calls of a program that does something to a desk."""
    work, log = folder / "work", folder / "calls.txt"
    shutil.copytree(before, work)
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    assert record(work, log, [sys.executable, str(RECORDED), deed, DESK], environment) == 0
    return log


def cut_after(deed: str, before: Path, log: Path, cuts: int, *, forgets: bool = False) -> None:
    """Cut the power after calls that chance chooses, and look at what is found each time."""
    whole = Disk(before)
    events = sum(1 for _ in play(log, log.parent / "work", whole))
    said = [json.loads(one) for one in whole.said]
    assert events >= FEWEST
    assert said
    chance = Random(20260202)  # noqa: S311 - no secret
    chosen = set(chance.sample(range(events), min(events, cuts)))
    disk = Disk(before, forgets=forgets)
    for number, _ in enumerate(play(log, log.parent / "work", disk)):
        if number in chosen:
            found = log.parent / f"cut-{number}"
            found.mkdir()
            disk.leave(found, chance)
            try:
                check(deed, found, said, len(disk.said))
            except BaseException as trouble:
                trouble.add_note(f"{deed}: cut after call {number} of {events}, {len(disk.said)} said to be saved")
                raise
            shutil.rmtree(found)
