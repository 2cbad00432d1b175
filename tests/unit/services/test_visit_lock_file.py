"""The file itself refuses to change a signed version, whatever statement or other program tries."""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlcipher3 import dbapi2

from s75desk.domain.records import VisitVersion
from s75desk.models import backup as backups
from s75desk.models import restore
from s75desk.models.cipher import connect
from s75desk.models.desk_file import DeskFile
from s75desk.models.passphrase import change_passphrase
from s75desk.models.tables import TABLES
from tests.unit.record_help import office_of
from tests.unit.rich_visit import RichVisit
from tests.unit.services import signed_attempts, visit_desks
from tests.unit.services.signed_attempts import Attempts, kept
from tests.unit.services.visit_desks import AT

files, signed, tried = visit_desks.files, visit_desks.signed, signed_attempts.tried
SEALED = ("uid", "visit", "number", "signed", "because", "overall", "sha256")

NOT_SEALED = {"source", "paragraph", "known", "note", "private", "inferred", "sample", "archived_at"}
"""Beside what was signed; ``archived_at`` has to change when the visit is archived with all that hangs under it."""


def test_every_column_of_a_version_is_known_to_be_sealed_or_not() -> None:
    assert set(SEALED) | NOT_SEALED == {column.name for column in TABLES["visit_version"].columns}


STATEMENTS = [
    *(f"UPDATE visit_version SET {column} = 'x'" for column in SEALED),  # noqa: S608
    *(f"UPDATE OR REPLACE visit_version SET {column} = {column}" for column in SEALED),  # noqa: S608
    "UPDATE visit_version SET note = 'x', overall = 'Excellent'",
    "DELETE FROM visit_version",
    "DELETE FROM visit_version WHERE number = 1",
    "INSERT OR REPLACE INTO visit_version SELECT * FROM visit_version",
    "REPLACE INTO visit_version (uid, visit, number) SELECT uid, visit, 9 FROM visit_version",
    "INSERT INTO visit_version (uid, visit, number) SELECT uid, visit, 9 FROM visit_version WHERE true "
    "ON CONFLICT (uid) DO UPDATE SET overall = 'Excellent'",
    "INSERT OR IGNORE INTO visit_version (uid, visit) SELECT uid, visit FROM visit_version",
]


@pytest.mark.parametrize("statement", STATEMENTS)
def test_the_file_itself_refuses_to_change_a_version(tried: Attempts, statement: str) -> None:
    with (
        pytest.raises(DBAPIError, match="a signed version is never changed"),
        tried.office.place.desk.writing() as connection,
    ):
        connection.execute(text(statement))
    tried.check(statement)


@pytest.mark.parametrize("secret", ["correct horse", None])
def test_the_seal_goes_with_a_new_passphrase_a_backup_and_a_restore(
    files: dict[str, tuple[Path, RichVisit]], tmp_path: Path, secret: str | None
) -> None:
    path, visit = files["signed"]
    desk_path, root = tmp_path / "ours.s75desk", tmp_path / "backups"
    shutil.copyfile(path, desk_path)
    with DeskFile.open(desk_path) as desk:
        before = kept(office_of(desk), visit.uid)
        change_passphrase(desk, "first")
        change_passphrase(desk, secret)
        made = backups.make_backup(desk, root, AT)
        assert made is not None
        refuses(desk)
    restore.restore(made.path, tmp_path / "restored.s75desk", secret, now=AT)
    for place in (desk_path, tmp_path / "restored.s75desk"):
        with DeskFile.open(place, secret) as desk:
            assert kept(office_of(desk), visit.uid) == before
            refuses(desk)


def refuses(desk: DeskFile) -> None:
    with pytest.raises(DBAPIError, match="a signed version is never changed"), desk.writing() as connection:
        connection.execute(text("DELETE FROM visit_version"))


def test_another_program_cannot_put_a_second_row_beside_a_version_nor_change_any_of_its_columns(
    files: dict[str, tuple[Path, RichVisit]], tmp_path: Path
) -> None:
    """A version that does not say that it is a second one of its number is refused by the file itself."""
    path, _ = files["signed"]
    desk_path = tmp_path / "ours.s75desk"
    shutil.copyfile(path, desk_path)
    forge = (
        "INSERT INTO visit_version (uid, visit, number, overall, sha256) "
        "SELECT 'forged', visit, {}, 'Excellent', sha256 FROM visit_version"
    )
    with closing(connect(desk_path, None)) as raw:
        with pytest.raises(dbapi2.Error, match="a signed version is never changed"):
            raw.execute(forge.format(1))
        for name in [*VisitVersion.fields(), "uid"]:
            with pytest.raises(dbapi2.Error, match="a signed version is never changed"):
                raw.execute(f'UPDATE visit_version SET "{name}" = "{name}"')  # noqa: S608 - names of our own
        raw.execute(forge.format(7))
    with DeskFile.open(desk_path) as desk:
        report = office_of(desk).checks.check()
        assert not report.sound
        assert any("the history does not tell of its signing" in fault for fault in report.visits)
