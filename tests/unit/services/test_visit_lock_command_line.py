"""No verb of the command line changes what was signed."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from s75desk.__main__ import VERBS, main
from s75desk.models import backup as backups
from s75desk.models.desk_file import DeskFile
from tests.unit.models.desk_help import ROOT
from tests.unit.record_help import office_of
from tests.unit.rich_visit import RichVisit
from tests.unit.services import visit_desks
from tests.unit.services.signed_attempts import kept

files = visit_desks.files

COMMANDS: dict[str, list[list[str]]] = {
    "new": [["DESK"], ["DESK", "--sample"]],
    "brief": [
        ["sheet", "--desk", "DESK", "--visit", "VISIT", "-o", "OUT.pdf"],
        ["report", "--desk", "DESK", "--visit", "VISIT", "--version", "1", "-o", "OUT.pdf"],
        ["sheet", "--desk", "DESK", "--visit", "VISIT", "-o", "DESK"],
    ],
    "export": [
        *(["visit", "--desk", "DESK", "-o", "OUT.csv"],),
        *(["action", "--desk", "DESK", "-o", "OUT.xlsx"],),
        *(["visit", "--desk", "DESK", "-o", "DESK"],),
    ],
    "calendar": [["DESK", "-o", "OUT.ics"], ["DESK", "-o", "DESK"]],
    "check": [["DESK"], ["DESK", "--json"]],
    "backup": [["DESK"], ["DESK", "-o", "COPY"], ["DESK", "-o", "DESK"]],
    "restore": [["COPY", "-o", "DESK"]],
}
"""Everything that each verb can do to a desk; COPY is a backup made before."""


def test_every_verb_of_the_command_line_is_tried() -> None:
    assert set(COMMANDS) == set(VERBS)


@pytest.mark.parametrize(("verb", "which"), [(verb, n) for verb in COMMANDS for n in range(len(COMMANDS[verb]))])
def test_no_verb_of_the_command_line_changes_what_was_signed(
    files: dict[str, tuple[Path, RichVisit]],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    verb: str,
    which: int,
) -> None:
    path, visit = files["signed"]
    desk_path, copy = tmp_path / "ours.s75desk", tmp_path / "copy.s75desk-backup"
    shutil.copyfile(path, desk_path)
    with DeskFile.open(desk_path) as desk:
        before = kept(office_of(desk), visit.uid)
        backups.copy_database(desk_path, None, copy, backups.BACKING_UP)
    names = {"DESK": desk_path, "COPY": copy, "VISIT": visit.uid}
    given = [str(names.get(one, tmp_path / one if one.startswith("OUT") else one)) for one in COMMANDS[verb][which]]
    assert main([verb, *given]) in (0, 1)
    capsys.readouterr()
    with DeskFile.open(desk_path) as desk:
        office = office_of(desk)
        assert kept(office, visit.uid) == before
        assert office.checks.check().sound


def test_a_real_process_at_the_command_line_prints_and_changes_nothing(
    files: dict[str, tuple[Path, RichVisit]], tmp_path: Path
) -> None:
    path, visit = files["signed"]
    desk_path, out = tmp_path / "ours.s75desk", tmp_path / "sheet.pdf"
    shutil.copyfile(path, desk_path)
    with DeskFile.open(desk_path) as desk:
        before = kept(office_of(desk), visit.uid)
    command = ["brief", "sheet", "--desk", str(desk_path), "--visit", visit.uid, "-o", str(out)]
    done = subprocess.run(
        [sys.executable, "-m", "s75desk", *command], cwd=ROOT, capture_output=True, text=True, timeout=100, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert (json.loads(str(before[0][0][2], "utf-8"))["format"], out.read_bytes()[:5]) == (1, b"%PDF-")
    with DeskFile.open(desk_path) as desk:
        assert kept(office_of(desk), visit.uid) == before
