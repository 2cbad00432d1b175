"""The command line as scripts use it: real processes, their exit status, a plain sentence when something is wrong.

Each process costs most of a second, so that one test tries several things with one desk.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import re
import subprocess
import sys
import tempfile
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtWidgets import QMessageBox

from s75desk import __main__ as program
from s75desk import paths
from s75desk.domain.errors import DiskTrouble
from s75desk.domain.records import KINDS, Visit
from s75desk.domain.records.visit import VisitStage
from s75desk.models.cipher import connect
from s75desk.models.desk_file import DeskFile
from s75desk.services.keeper import WHO
from tests.unit.models.desk_help import ROOT, held_by_child, names
from tests.unit.record_help import fill_estate, office_of
from tests.unit.rich_visit import RichVisit, rich_visit

SECRET = "correct horse ☂"
SENTENCE = re.compile(r"s75desk: \S.*\.\n")


def s75desk(*args: object, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the program in a process of its own, with its folders where the test has its own."""
    return subprocess.run(
        [sys.executable, "-W", "error", "-m", "s75desk", *map(str, args)],
        cwd=ROOT,
        env=os.environ | environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


def done(*args: object, **environment: str) -> str:
    """What a command that must succeed says; nothing on standard error, nothing but printable text."""
    result = s75desk(*args, **environment)
    assert (result.returncode, result.stderr) == (0, ""), result.stdout
    assert result.stdout.replace("\n", "").isprintable()
    return result.stdout


def refused(*args: object, **environment: str) -> str:
    """The one sentence or two of a command that cannot do what it was asked."""
    result = s75desk(*args, **environment)
    assert (result.returncode, result.stdout) == (1, "")
    assert SENTENCE.fullmatch(result.stderr), result.stderr
    return result.stderr.removeprefix("s75desk: ").rstrip("\n")


@pytest.fixture(scope="module")
def sample_desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made by ``new --sample``, once for all tests that only read it or add a briefing."""
    folder = tmp_path_factory.mktemp("sample")
    home = {"S75DESK_DATA": str(folder / "data"), "S75DESK_LOGS": str(folder / "logs")}
    path = folder / "sample.s75desk"
    said = done("new", path, "--sample", **home)
    assert re.fullmatch(r"Made sample\.s75desk with \d{3} records from the five reports\.\n", said)
    return path


def test_a_new_desk_is_made_checked_and_never_made_over(tmp_path: Path, data_home: Path) -> None:
    path = tmp_path / "east.s75desk"
    assert done("new", path) == "Made east.s75desk, an empty desk.\n"
    assert names(tmp_path) == {"east.s75desk"}, "no lock and no log stays behind"
    held = path.read_bytes()
    assert refused("new", path) == (
        "There is already a file called east.s75desk in that folder. It was not touched. Choose another name."
    )
    assert path.read_bytes() == held
    assert done("check", path) == "Sound: the file is whole and all 0 rows of history hold together.\n"


def test_a_briefing_is_the_same_bytes_for_the_same_day(sample_desk: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "first.pdf", tmp_path / "second.pdf"
    brief = ("brief", "agreement", "--desk", sample_desk, "--agreement", "s75-2024-ot")
    said = done(*brief, "--as-of", "2 Feb 2026", "-o", first)
    fingerprint = hashlib.sha256(first.read_bytes()).hexdigest()
    assert re.fullmatch(rf"Saved {re.escape(str(first))}: \d+ pages, SHA-256 {fingerprint}\.\n", said)
    assert first.read_bytes().startswith(b"%PDF-")
    done(*brief, "--as-of", "2026-02-02", "-o", second)
    assert second.read_bytes() == first.read_bytes()
    done(*brief, "--as-of", "3/2/26", "--for", "the Board", "-o", second)
    assert second.read_bytes() != first.read_bytes()
    with DeskFile.open(sample_desk) as desk:
        rows = office_of(desk).briefings.rows()
        assert [row.how for row in rows] == ["saved as second.pdf", "saved as second.pdf", "saved as first.pdf"]
        assert rows[0].audience == "the Board"
        assert office_of(desk).briefings.bytes_of(rows[2].uid) == first.read_bytes()


def test_sections_and_workings_of_a_briefing_are_asked_for(sample_desk: Path, tmp_path: Path) -> None:
    brief = ("brief", "agreement", "--desk", sample_desk, "--agreement", "S75-2024-OT", "-o", tmp_path / "out.pdf")
    pages = [
        int(re.search(r": (\d+) pages?", done(*brief, *more)).group(1))  # type: ignore[union-attr]
        for more in (("--section", "summary"), (), ("--all",), ("--all", "--workings"))
    ]
    assert pages[0] == 1
    assert pages == sorted(set(pages))
    assert refused(*brief, "--section", "poetry").startswith("There is no section called poetry. Use one of:")


def test_a_briefing_that_cannot_be_made(sample_desk: Path, tmp_path: Path) -> None:
    brief = ("brief", "agreement", "--desk", sample_desk, "--agreement")
    assert refused(*brief, "S75-1999-XX", "-o", tmp_path / "out.pdf") == (
        "No agreement has the reference S75-1999-XX. “s75desk export agreement” lists them."
    )
    assert refused(*brief, "S75-2024-OT", "--as-of", "soon", "-o", tmp_path / "out.pdf").startswith(
        "“soon” is not a date that can be read. "
    )
    held = sample_desk.read_bytes()
    assert refused(*brief, "S75-2024-OT", "-o", sample_desk) == (
        "Not saved: sample.s75desk does not end in .pdf. Give it that ending."
    )
    assert sample_desk.read_bytes() == held
    assert refused(*brief, "S75-2024-OT", "-o", tmp_path / "gone" / "out.pdf").startswith(
        "Not saved: out.pdf could not be written (no such file or directory)."
    )
    assert not (tmp_path / "out.pdf").exists()


@pytest.fixture(scope="module")
def visit_desk(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, RichVisit]:
    """A desk with a visit of two signed versions, and one that is under way at the same service."""
    path = tmp_path_factory.mktemp("visits") / "visits.s75desk"
    with DeskFile.create(path) as desk:
        office = office_of(desk)
        visit = rich_visit(office)
        other = replace(office.records.get(Visit, visit.uid), uid="", made=None, planned=date(2026, 8, 3))
        office.visiting.start(office.records.create(replace(other, stage=VisitStage.PLANNED)).uid)
    return path, visit


def test_the_papers_on_a_visit(visit_desk: tuple[Path, RichVisit], tmp_path: Path) -> None:
    desk, visit = visit_desk
    sheet, again, first, draft = (tmp_path / f"{name}.pdf" for name in ("sheet", "again", "first", "draft"))
    brief = ("brief", "sheet", "--desk", desk, "--as-of", "4 Feb 2026")
    said = done(*brief, "--visit", "Fernbank House, 2 Feb 2026", "-o", sheet)
    fingerprint = hashlib.sha256(sheet.read_bytes()).hexdigest()
    found = re.fullmatch(
        rf"Saved {re.escape(str(sheet))}: 3 pages, SHA-256 {fingerprint}\. Content ([0-9a-f]{{64}})\.\n", said
    )
    assert found
    assert found[1].encode() in sheet.read_bytes()
    done(*brief, "--visit", visit.uid, "--version", "2", "-o", again)
    assert again.read_bytes() == sheet.read_bytes(), "the newest version is meant if none is given"
    done(*brief, "--visit", "fernbank house", "--on", "2/2/26", "--version", "1", "-o", first)
    assert first.read_bytes() != sheet.read_bytes()
    said = done(*brief, "--visit", "Fernbank House", "--on", "2026-08-03", "--for", "the manager", "-o", draft)
    assert said.endswith(" It is a draft that is not signed.\n")
    report = tmp_path / "report.pdf"
    done("brief", "report", "--desk", desk, "--visit", visit.uid, "-o", report)
    assert len(report.read_bytes()) > len(sheet.read_bytes())
    with DeskFile.open(desk) as open_desk:
        rows = office_of(open_desk).briefings.rows()
        assert [(row.kind, row.of) for row in rows] == [
            ("Visit report, version 2", "Fernbank House, 2 Feb 2026"),
            ("Visit feedback sheet, draft", "Fernbank House, 3 Aug 2026"),
            ("Visit feedback sheet, version 1", "Fernbank House, 2 Feb 2026"),
            ("Visit feedback sheet, version 2", "Fernbank House, 2 Feb 2026"),
            ("Visit feedback sheet, version 2", "Fernbank House, 2 Feb 2026"),
        ]
        assert rows[1].audience == "the manager"
    assert done("check", desk).startswith("Sound: ")


def test_a_paper_on_a_visit_that_cannot_be_made(visit_desk: tuple[Path, RichVisit], tmp_path: Path) -> None:
    desk, visit = visit_desk
    brief = ("brief", "sheet", "--desk", desk, "-o", tmp_path / "out.pdf", "--visit")
    said = refused(*brief, "Fernbank House")
    assert said.startswith("2 quality visits could be meant by Fernbank House: Fernbank House, 2 Feb 2026 (")
    assert said.endswith("Give the day with --on, or the one in brackets.")
    assert refused(*brief, "Beech Court").startswith("No quality visit is called Beech Court. ")
    assert refused(*brief, "Fernbank House", "--on", "soon").startswith("“soon” is not a date that can be read. ")
    assert refused(*brief, visit.uid, "--version", "3") == (
        "This visit has no signed version 3. Print it without naming a version."
    )
    assert not (tmp_path / "out.pdf").exists()


def test_the_check_of_a_signed_visit_that_was_changed(visit_desk: tuple[Path, RichVisit], tmp_path: Path) -> None:
    path = tmp_path / "b.s75desk"
    path.write_bytes(visit_desk[0].read_bytes())
    with closing(connect(path, None)) as raw:
        raw.execute("UPDATE visit_answer SET rating = 4 WHERE question = '8.3'")
    result = s75desk("check", path)
    assert result.returncode == 1
    fault = (
        "Quality visit, Fernbank House, 2 Feb 2026: 8.3 Doses right and recorded: rating was signed as “Requires "
        "improvement” and now reads “Excellent”."
    )
    assert f"Not as it was signed: {fault}\n" in result.stdout
    assert result.stderr.startswith("s75desk: b.s75desk is damaged. ")
    told = json.loads(s75desk("check", path, "--json").stdout)
    assert (told["sound"], told["signed_visits"]) == (False, [fault])


def test_a_table_as_csv_and_as_a_workbook(sample_desk: Path, tmp_path: Path) -> None:
    table, book = tmp_path / "agreements.csv", tmp_path / "agreements.xlsx"
    assert re.fullmatch(
        r".*agreements\.csv: \d+ rows of Agreements\.\n",
        done("export", "agreement", "--desk", sample_desk, "-o", table),
    )
    rows = list(csv.reader(io.StringIO(table.read_bytes().decode("utf-8-sig"), newline="")))
    done("export", "agreements", "--desk", sample_desk, "-o", book)
    page = openpyxl.load_workbook(book).worksheets[0]
    assert [[cell.value for cell in row][:2] for row in page.iter_rows()] == [row[:2] for row in rows]
    (ot,) = [dict(zip(rows[0], row, strict=True)) for row in rows if "S75-2024-OT" in row]
    assert (ot["Starts"], ot["First term"], ot["Value a year (£)"]) == ("2024-04-01", "3 years", "2038663")
    assert refused("export", "unicorns", "--desk", sample_desk, "-o", table).startswith(
        "There is no table called unicorns."
    )
    assert "ends in neither .xlsx nor .csv" in refused(
        "export", "kpi", "--desk", sample_desk, "-o", tmp_path / "out.pdf"
    )


def test_the_check_of_a_sound_desk(sample_desk: Path) -> None:
    lines = done("check", sample_desk).splitlines()
    assert re.fullmatch(r"Sound: the file is whole and all [\d,]+ rows of history hold together\.", lines[0])
    assert len(lines) > 10
    assert all(line.startswith("In doubt: ") for line in lines[1:])
    assert any("550 and 554" in line for line in lines)
    told = done("check", sample_desk, "--json", PYTHONIOENCODING="ascii")
    assert told.isascii()
    report = json.loads(told)
    assert (report["sound"], report["damage"], report["history_broken_at"], report["damaged_files"]) == (
        True,
        [],
        None,
        [],
    )
    assert len(report["questions"]) == len(lines) - 1
    assert {"agreement", "check", "title", "text", "source"} == set(report["questions"][0])


def test_the_check_of_a_damaged_desk(tmp_path: Path) -> None:
    path = tmp_path / "a.s75desk"
    with DeskFile.create(path) as desk:
        fill_estate(office_of(desk))
    with closing(connect(path, None)) as raw:
        raw.execute("DROP TRIGGER history_is_append_only_delete")
        raw.execute("DELETE FROM history WHERE seq = 7")
    result = s75desk("check", path)
    assert result.returncode == 1
    assert result.stderr == "s75desk: a.s75desk is damaged. Restore a backup: s75desk restore BACKUP -o DESK.\n"
    assert f"The history chain is broken at row 7 of {len(KINDS)}." in result.stdout
    as_json = s75desk("check", path, "--json")
    assert (as_json.returncode, json.loads(as_json.stdout)["history_broken_at"]) == (1, 7)
    contents = path.read_bytes()
    path.write_bytes(contents[:8192] + bytes(len(contents) - 8192))
    assert refused("check", path) == "Not opened: the file is damaged. The desk is as it was. Restore a backup."


def test_back_up_and_restore(tmp_path: Path, data_home: Path) -> None:
    path, copy = tmp_path / "east.s75desk", tmp_path / "stick.s75desk-backup"
    with DeskFile.create(path) as desk:
        places = fill_estate(office_of(desk))
    assert done("backup", path, "-o", copy) == f"Backed up to {copy}.\n"
    said = done("backup", path)
    kept = Path(said.removeprefix("Backed up to ").rstrip(".\n"))
    assert kept.is_file()
    assert data_home / "data" / "backups" in kept.parents
    with DeskFile.open(path) as desk:
        office_of(desk).records.archive("agreement", places["agreement"])
    said = done("restore", copy, "-o", path)
    assert re.fullmatch(
        r"Restored east\.s75desk from stick\.s75desk-backup\. What was there before is now .+\.\n", said
    )
    with DeskFile.open(path) as desk:
        assert len(office_of(desk).agreements.rows()) == 1
        assert office_of(desk).checks.check().sound
    assert refused("restore", tmp_path / "gone", "-o", path).startswith("The backup gone is no longer at ")
    assert refused("backup", path, "-o", path) == "Not backed up: that file is the desk itself. Choose another name."


def test_an_encrypted_desk_takes_its_passphrase_from_the_environment(tmp_path: Path) -> None:
    path, copy = tmp_path / "east.s75desk", tmp_path / "copy"
    known, wrong = {"S75DESK_PASSPHRASE": SECRET}, {"S75DESK_PASSPHRASE": "wrong"}
    assert done("new", path, **known) == "Made east.s75desk, an empty desk, encrypted.\n"
    assert not path.read_bytes().startswith(b"SQLite format 3")
    assert refused("check", path) == (
        "east.s75desk has a passphrase. Put it into the environment variable S75DESK_PASSPHRASE."
    )
    said = refused("check", path, **wrong)
    assert "passphrase" in said
    assert "wrong" not in said.split(), "what was tried is not repeated"
    done("check", path, **known)
    done("export", "provider", "--desk", path, "-o", tmp_path / "out.csv", **known)
    done("backup", path, "-o", copy, **known)
    assert "S75DESK_PASSPHRASE" in refused("restore", copy, "-o", tmp_path / "other.s75desk")
    assert done("restore", copy, "-o", tmp_path / "other.s75desk", **known) == "Restored other.s75desk from copy.\n"
    assert SECRET not in "".join(file.read_text(errors="replace") for file in tmp_path.rglob("*.log"))


def test_a_desk_in_use_is_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "east.s75desk"
    DeskFile.create(path).close()
    with held_by_child(path):
        assert refused("check", path).startswith("This desk is already open in another window: ")


@pytest.mark.parametrize("path", ["gone.s75desk", "text.s75desk"])
def test_what_is_no_desk(tmp_path: Path, path: str) -> None:
    (tmp_path / "text.s75desk").write_text("no desk at all, only words" * 100)
    said = refused("check", tmp_path / path)
    assert ("is no longer at" if path == "gone.s75desk" else "is not a desk") in said


WRONG_USE = [
    ["new"],
    ["new", "a", "b"],
    ["brief"],
    ["brief", "visit", "--desk", "a", "--agreement", "b", "-o", "c"],
    ["brief", "sheet", "--desk", "a", "-o", "c.pdf"],
    ["brief", "sheet", "--desk", "a", "--visit", "b", "--version", "two", "-o", "c.pdf"],
    ["brief", "report", "--desk", "a", "--agreement", "b", "-o", "c.pdf"],
    ["brief", "agreement", "--desk", "a", "-o", "c"],
    ["export", "agreement", "-o", "c"],
    ["check"],
    ["check", "a", "--xml"],
    ["restore", "a"],
    ["--unheard-of"],
    ["a.s75desk", "b.s75desk"],
]


@pytest.mark.parametrize("args", WRONG_USE, ids=" ".join)
def test_wrong_use_exits_with_two(args: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        program.main(args)
    assert caught.value.code == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("usage: s75desk")


def test_wrong_use_in_a_process(tmp_path: Path) -> None:
    result = s75desk("export", "agreement")
    assert (result.returncode, result.stdout) == (2, "")
    assert "the following arguments are required: --desk, -o/--out" in result.stderr


def test_help_names_every_verb(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        program.main(["--help"])
    assert caught.value.code == 0
    said = capsys.readouterr().out
    assert all(verb in said for verb in program.VERBS)
    for verb in program.VERBS:
        with pytest.raises(SystemExit):
            program.main([verb, "--help"])


def test_what_a_pipe_cannot_write_is_replaced_not_a_crash(tmp_path: Path) -> None:
    result = s75desk("check", tmp_path / "“gone”.s75desk", PYTHONIOENCODING="ascii")
    assert result.returncode == 1
    assert result.stderr.startswith("s75desk: The desk ?gone?.s75desk is no longer at ")


def test_history_names_a_role(sample_desk: Path) -> None:
    with DeskFile.open(sample_desk) as desk:
        office = office_of(desk)
        lines = office.records.history("agreement", office.agreements.rows()[0].uid)
        assert {line.who for line in lines} == {WHO}


@pytest.mark.parametrize(
    ("args", "most"),
    [(["-m", "s75desk", "--version"], 0), (["-c", "import s75desk.commands"], 1)],
    ids=["version", "commands"],
)
def test_nothing_heavy_is_imported_before_it_is_needed(args: list[str], most: int) -> None:
    result = subprocess.run(
        [sys.executable, "-X", "importtime", *args],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=True,
    )
    heavy = ("pandas", "numpy", "reportlab", "alembic", "xlsxwriter", "platformdirs", "PySide6", "PIL")
    loaded = {line.rsplit("|", 1)[-1].strip().split(".")[0] for line in result.stderr.splitlines()}
    assert loaded.isdisjoint(heavy)
    assert ("sqlalchemy" in loaded) is bool(most)


def test_the_window_imports_nothing_that_the_first_page_does_not_need() -> None:
    heavy = {"pandas", "numpy", "reportlab", "alembic", "xlsxwriter", "platformdirs", "openpyxl", "PIL", "pikepdf"}
    code = f"import sys, s75desk.app; print(*sorted({heavy!r} & set(sys.modules)))"
    result = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=True,
    )
    assert result.stdout.split() == []


def test_what_is_loaded_is_kept_from_the_garbage_collector_which_goes_on_for_the_rest() -> None:
    told = (
        "import gc, s75desk.app, s75desk.__main__ as program\n"
        "s75desk.app.run = lambda desk, demo: print(gc.isenabled(), gc.get_freeze_count() > 20_000) or 7\n"
        "raise SystemExit(program.main([]))"
    )
    done = subprocess.run([sys.executable, "-c", told], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (7, "True True\n"), done.stderr


def test_papers_of_a_provider_a_kpi_and_the_actions(sample_desk: Path, tmp_path: Path) -> None:
    out = tmp_path / "paper.pdf"
    for kind, rest in (
        ("provider", ("--provider", "pellgate house")),
        ("kpi", ("--kpi", "Referrals received")),
        ("actions", ("--by", "owner", "--for", "the Board")),
    ):
        assert done("brief", kind, "--desk", sample_desk, *rest, "-o", out).startswith(f"Saved {out}: ")
        assert out.read_bytes().startswith(b"%PDF-")
    assert refused("brief", "provider", "--desk", sample_desk, "--provider", "Nowhere", "-o", out) == (
        "No provider is called Nowhere. Use the id: “s75desk export provider” lists them."
    )


def test_the_dates_for_a_calendar(sample_desk: Path, tmp_path: Path) -> None:
    out = tmp_path / "dates.ics"
    assert done("calendar", sample_desk, "-o", out).startswith("Saved: ")
    assert out.read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")
    assert refused("calendar", sample_desk, "-o", tmp_path / "dates.txt").startswith("Not saved: dates.txt")
    assert "calendar" in done("--help")


def test_a_passphrase_of_the_environment_is_as_long_as_one_that_is_typed(tmp_path: Path, data_home: Path) -> None:
    said = refused("new", tmp_path / "east.s75desk", S75DESK_PASSPHRASE="a")
    assert "passphrase in S75DESK_PASSPHRASE is too short" in said
    assert names(tmp_path) == set()
    assert "encrypted" in done("new", tmp_path / "east.s75desk", S75DESK_PASSPHRASE="eight888")


def test_a_sample_that_cannot_be_written_whole_leaves_no_desk(
    tmp_path: Path, data_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise DiskTrouble("Not saved: the disk is full.", "Make room.")

    monkeypatch.setattr("s75desk.services.sample_desk.fill", full)
    assert program.main(["new", str(tmp_path / "east.s75desk"), "--sample"]) == 1
    assert names(tmp_path) == set()


def test_where_its_own_folder_cannot_be_made_it_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    taken = tmp_path / "taken"
    taken.write_text("a file stands where the folder should be")
    monkeypatch.setenv("S75DESK_DATA", str(taken / "data"))
    shown: list[str] = []
    monkeypatch.setattr(QMessageBox, "critical", lambda *given: shown.append(given[2]))
    assert program.main(["check", str(tmp_path / "a.s75desk")]) == 1
    assert SENTENCE.match(said := capsys.readouterr().err)
    assert str(taken) in said
    assert program.main([]) == 1
    assert shown == [said.removeprefix("s75desk: ").strip()]


def test_a_log_that_cannot_be_kept_in_its_place_is_kept_among_temporary_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken = tmp_path / "taken"
    taken.write_text("")
    monkeypatch.setenv("S75DESK_LOGS", str(taken / "logs"))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    assert paths.log_folder().parent == tmp_path
    assert paths.log_folder().is_dir()
