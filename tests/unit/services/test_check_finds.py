"""``check`` finds what was done to a desk past the program, names it, and says nothing of a desk that is sound."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from s75desk.domain.records import Agreement, Document, Kpi
from s75desk.domain.records.kpi import Measure
from s75desk.models.cipher import connect
from s75desk.models.desk_file import DeskFile
from tests.unit.record_help import office_of


@pytest.fixture(scope="module")
def sound_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk with an agreement that was changed, a KPI, a document and an archived record."""
    folder = tmp_path_factory.mktemp("sound")
    path, paper = folder / "sound.s75desk", folder / "paper.txt"
    paper.write_text("A paper", encoding="utf-8")
    with DeskFile.create(path) as desk:
        office = office_of(desk)
        uid = office.records.create(Agreement(title="Community beds", note="As it was.")).uid
        office.records.create(Kpi(title="Falls", agreement=uid, measure=Measure.COUNT))
        office.documents.attach(Document(agreement=uid, title="Paper"), paper)
        office.records.archive("agreement", office.records.create(Agreement(title="Gone")).uid)
        office.records.revise(replace(office.records.get(Agreement, uid), note="B"))
    return path


@pytest.fixture
def tampered(sound_file: Path, tmp_path: Path) -> Callable[..., list[str]]:
    """Does something to a copy of the desk past the program; what ``check`` then says is wrong."""

    def check_after(*statements: str) -> list[str]:
        path = tmp_path / "a.s75desk"
        shutil.copyfile(sound_file, path)
        connection = connect(path, None)
        for statement in statements:
            connection.execute(statement).close()
        connection.close()
        with DeskFile.open(path) as desk:
            report = office_of(desk).checks.check()
        assert report.sound is not (report.damage or report.damaged_files or report.broken_at is not None)
        return [*report.damage, *report.damaged_files, *([f"row {report.broken_at}"] if report.broken_at else [])]

    return check_after


def test_a_sound_desk_is_sound(tampered: Callable[..., list[str]]) -> None:
    assert tampered() == []


FREE = ("DROP TRIGGER history_is_append_only_update", "DROP TRIGGER history_is_append_only_delete")

TAMPERED: dict[str, tuple[tuple[str, ...], str]] = {
    "a value changed": (("UPDATE agreement SET title = 'Other beds' WHERE title = 'Community beds'",), "changed past"),
    "a value cleared": (("UPDATE agreement SET note = NULL WHERE note = 'B'",), "changed past"),
    "brought back": (("UPDATE agreement SET archived_at = NULL WHERE title = 'Gone'",), "(Archived)"),
    "a record removed": (("DELETE FROM kpi",), "was removed past the program"),
    "a record slipped in": (("INSERT INTO agreement (uid, title) VALUES ('x', 'Slipped')",), "put in past the program"),
    "a kept file removed": (("DELETE FROM blob",), "is not in the desk any more"),
    "a kept file changed": (("UPDATE blob SET data = x'00'",), ""),
    "no such choice": (("UPDATE kpi SET measure = 'counted'",), "Measure of a KPI cannot be read"),
    "no such day": (("UPDATE agreement SET starts = '2026-13-45' WHERE title = 'Gone'",), "cannot be read"),
    "a number in place of words": (("UPDATE agreement SET title = 5.5 WHERE title = 'Gone'",), "changed past"),
    "bytes in place of words": (("UPDATE agreement SET note = x'ff00' WHERE title = 'Gone'",), "cannot be read"),
    "a safeguard dropped": (("DROP TRIGGER history_is_append_only_update",), "is missing"),
    "a safeguard emptied": (
        (FREE[0], "CREATE TRIGGER history_is_append_only_update BEFORE UPDATE ON history BEGIN SELECT 1; END"),
        "is changed",
    ),
    "a foreign trigger": (
        ("CREATE TRIGGER helper AFTER INSERT ON draft BEGIN DELETE FROM draft; END",),
        "The trigger helper is not of this program",
    ),
    "a foreign table": (("CREATE TABLE notes (a)",), "The table notes is not of this program"),
    "a row of history changed": ((FREE[0], "UPDATE history SET who = 'someone else' WHERE seq = 2"), "row 2"),
    "the tail of history cut": ((FREE[1], "DELETE FROM history WHERE seq > 4"), "row 5"),
}


@pytest.mark.parametrize("what", TAMPERED)
def test_what_was_done_past_the_program_is_found_and_named(what: str, tampered: Callable[..., list[str]]) -> None:
    statements, words = TAMPERED[what]
    found = tampered(*statements)
    assert found
    assert any(words in one for one in found), found


def test_what_cannot_be_read_is_not_known_and_the_rest_is_there(sound_file: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.s75desk"
    shutil.copyfile(sound_file, path)
    with DeskFile.open(path) as desk:
        with desk.writing() as connection:
            connection.execute(text("UPDATE kpi SET measure = 'counted'"))
        office = office_of(desk)
        (row,) = office.kpis.rows()
        assert office.kpis.page(row.uid).sheet.kpi.measure is None
        office.records.revise(replace(office.records.get(Kpi, row.uid), measure=Measure.COUNT))
        assert office.records.get(Kpi, row.uid).measure is Measure.COUNT
        assert office.checks.check().sound, "it can be put right by hand"
