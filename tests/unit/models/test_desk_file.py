"""Making, opening, reading, writing and closing a desk file."""

from __future__ import annotations

import sqlite3
import threading
import traceback
import unicodedata
from contextlib import ExitStack, closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import insert, text
from sqlalchemy.exc import IntegrityError
from sqlcipher3 import dbapi2

from s75desk.domain.errors import DeskError, DeskInUse, DiskTrouble, WrongPassphrase
from s75desk.models import integrity
from s75desk.models.desk_file import DeskFile
from s75desk.models.migrations import LATEST
from s75desk.models.passphrase import change_passphrase
from s75desk.models.tables import SETTING, TABLES
from tests.unit.models.desk_help import PASSPHRASES, chance, child, held_by_child, names, put, values

MOMENT = datetime(2026, 4, 1, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize("passphrase", [None, "", *PASSPHRASES])
def test_what_is_written_is_there_when_it_is_opened_again(tmp_path: Path, passphrase: str | None) -> None:
    path = tmp_path / "a.s75desk"
    with DeskFile.create(path, passphrase, now=MOMENT) as desk:
        put(desk, "test", "héllo")
        made = desk.facts
        assert desk.encrypted is bool(passphrase)
    assert names(tmp_path) == {"a.s75desk"}
    assert (path.read_bytes()[:15] == b"SQLite format 3") is not bool(passphrase)
    with DeskFile.open(path, passphrase) as desk:
        assert values(desk) == {"test": "héllo"}
        assert desk.facts == made
        assert (made.made_at, made.revision) == (MOMENT, LATEST)
        assert desk.upgraded_from is None


@pytest.mark.parametrize("passphrase", PASSPHRASES[:4])
def test_an_encrypted_desk_opens_in_other_programs_by_its_passphrase_alone(tmp_path: Path, passphrase: str) -> None:
    path = tmp_path / "a.s75desk"
    DeskFile.create(path, passphrase).close()
    with closing(dbapi2.connect(path)) as connection:
        connection.execute("PRAGMA key = '{}'".format(passphrase.replace("'", "''")))
        assert connection.execute("SELECT count(*) FROM setting").fetchone()[0] > 0


def test_nothing_readable_lies_in_an_encrypted_desk_or_its_log(tmp_path: Path) -> None:
    path = tmp_path / "a.s75desk"
    with DeskFile.create(path, "correct horse") as desk:
        put(desk, "test", "Elderberry House")
        for file in tmp_path.glob("a.s75desk*"):
            contents = file.read_bytes()
            assert b"Elderberry" not in contents, file
            assert b"correct horse" not in contents, file
            assert b"CREATE TABLE" not in contents, file
        assert (tmp_path / "a.s75desk-wal").stat().st_size > 0


def test_accents_typed_apart_or_together_are_the_same_passphrase(tmp_path: Path) -> None:
    together, apart = unicodedata.normalize("NFC", "café"), unicodedata.normalize("NFD", "café")
    assert together != apart
    DeskFile.create(tmp_path / "a.s75desk", apart).close()
    DeskFile.open(tmp_path / "a.s75desk", together).close()


@pytest.mark.parametrize("passphrase", [None, "correct horse"])
def test_every_connection_is_safe(tmp_path: Path, passphrase: str | None) -> None:
    wanted = {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "busy_timeout": 5000,
        "trusted_schema": 0,
        "temp_store": 2,
    }
    with (
        DeskFile.create(tmp_path / "a.s75desk", passphrase) as desk,
        desk.reading() as one,
        desk.reading() as two,
        desk.reading() as three,
    ):
        for connection in (one, two, three):
            found = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in wanted}
            assert found == wanted


def half_done(desk: DeskFile) -> None:
    with desk.writing() as connection:
        connection.execute(insert(SETTING).values(key="test", value="x"))
        connection.execute(text("ALTER TABLE setting ADD COLUMN extra TEXT"))
        connection.execute(text("CREATE TABLE more (a)"))
        raise ZeroDivisionError


def test_an_error_undoes_the_whole_transaction_definitions_too(tmp_path: Path) -> None:
    with DeskFile.create(tmp_path / "a.s75desk") as desk:
        with pytest.raises(ZeroDivisionError):
            half_done(desk)
        with desk.reading() as connection:
            assert connection.execute(text("SELECT count(*) FROM pragma_table_info('setting')")).scalar_one() == 2
            assert connection.execute(text("SELECT count(*) FROM sqlite_schema WHERE name='more'")).scalar_one() == 0
        assert values(desk) == {}


def test_a_reference_to_nothing_is_our_fault_and_passes_through(tmp_path: Path) -> None:
    with DeskFile.create(tmp_path / "a.s75desk") as desk:
        with pytest.raises(IntegrityError) as caught, desk.writing() as connection:
            connection.execute(insert(TABLES["party"]).values(uid="1", agreement="Elderberry"))
        assert "Elderberry" not in str(caught.value), "what was typed is kept out of messages and logs"


def test_history_cannot_be_changed_or_removed(tmp_path: Path) -> None:
    with DeskFile.create(tmp_path / "a.s75desk") as desk:
        with desk.writing() as connection:
            connection.execute(
                text("INSERT INTO history VALUES (1, 'c', '2026', 'w', 'l', 'k', 'u', 'f', NULL, NULL, 'h', 'r', NULL)")
            )
        for statement in ("UPDATE history SET who = 'x'", "DELETE FROM history"):
            with pytest.raises(IntegrityError, match="append-only"), desk.writing() as connection:
                connection.execute(text(statement))


def test_a_reader_sees_the_desk_as_it_was_when_it_began(tmp_path: Path) -> None:
    with DeskFile.create(tmp_path / "a.s75desk") as desk:
        with desk.reading() as reader:
            count = text("SELECT count(*) FROM setting")
            before = reader.execute(count).scalar_one()
            put(desk, "test", "x")
            assert reader.execute(count).scalar_one() == before
        with desk.reading() as reader:
            assert reader.execute(count).scalar_one() == before + 1


def test_it_serves_many_threads(tmp_path: Path) -> None:
    failures: list[Exception] = []

    def work(number: int) -> None:
        try:
            for turn in range(10):
                put(desk, f"test-{number}-{turn}", "x")
                assert f"test-{number}-{turn}" in values(desk)
        except Exception as error:  # noqa: BLE001 - shown by the assertion below.
            failures.append(error)

    with DeskFile.create(tmp_path / "a.s75desk", "correct horse") as desk:
        threads = [threading.Thread(target=work, args=(number,)) for number in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert not failures
        assert len(values(desk)) == 60


def test_two_writers_wait_for_each_other_and_a_stubborn_one_is_told_of(tmp_path: Path) -> None:
    with DeskFile.create(tmp_path / "a.s75desk") as desk:
        with desk.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA busy_timeout = 1")
        # The pool gives out last what it took back last: the writer below gets the impatient connection.
        with closing(dbapi2.connect(desk.path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(DeskInUse, match=r"Not saved: another program is using the file\. Nothing"):
                put(desk, "test", "x")
            other.execute("ROLLBACK")
        put(desk, "test", "x")


def test_a_name_that_is_taken_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.s75desk"
    path.write_text("a shopping list")
    with pytest.raises(DeskError, match=r"There is already a file called a\.s75desk"):
        DeskFile.create(path)
    assert path.read_text() == "a shopping list"
    assert names(tmp_path) == {"a.s75desk"}


def test_a_name_that_is_taken_meanwhile_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.s75desk"
    with monkeypatch.context() as patch:
        patch.setattr(Path, "exists", lambda self: False)
        path.write_text("a shopping list")
        with pytest.raises(DeskError, match=r"There is already a file called a\.s75desk"):
            DeskFile.create(path)
    assert path.read_text() == "a shopping list"
    assert names(tmp_path) == {"a.s75desk"}


def test_a_folder_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(DiskTrouble, match=r"Not created: the file or its folder is no longer there\. No desk was made"):
        DeskFile.create(tmp_path / "nowhere" / "a.s75desk")


@pytest.mark.parametrize(
    "name", ["a b.s75desk", "50% #1 ?x=1&y.s75desk", "it's ünï☂.s75desk", "'; DROP.s75desk", "a:b"]
)
@pytest.mark.parametrize("passphrase", [None, "correct horse"])
def test_file_names_of_every_kind(tmp_path: Path, name: str, passphrase: str | None) -> None:
    with DeskFile.create(tmp_path / name, passphrase) as desk:
        put(desk, "test", "x")
    assert names(tmp_path) == {name}
    with DeskFile.open(tmp_path / name, passphrase) as desk:
        assert values(desk) == {"test": "x"}


def test_only_its_owner_can_read_it(tmp_path: Path) -> None:
    with DeskFile.create(tmp_path / "a.s75desk") as desk:
        put(desk, "test", "x")
        assert {oct(path.stat().st_mode & 0o777) for path in tmp_path.glob("a.s75desk*")} <= {"0o600"}


def test_a_closed_desk_refuses_and_closes_twice(tmp_path: Path) -> None:
    desk = DeskFile.create(tmp_path / "a.s75desk")
    desk.close()
    desk.close()
    with pytest.raises(RuntimeError, match="closed"), desk.reading():
        pass
    with pytest.raises(RuntimeError, match="closed"), desk.writing():
        pass


def test_a_write_to_a_file_that_lost_its_name_is_refused(tmp_path: Path) -> None:
    """SQLite itself would commit to the nameless file, and everything would be gone on closing."""
    with DeskFile.create(tmp_path / "a.s75desk") as desk:
        put(desk, "test", "x")
        desk.path.rename(tmp_path / "b.s75desk")
        with pytest.raises(DiskTrouble, match="Not saved: the file or its folder is no longer there"):
            put(desk, "test2", "y")
        desk.path.write_text("another file of that name")
        with pytest.raises(DiskTrouble, match="Not saved"):
            put(desk, "test2", "y")
        desk.path.unlink()
        (tmp_path / "b.s75desk").rename(desk.path)
        put(desk, "test2", "y")
        assert values(desk) == {"test": "x", "test2": "y"}


def test_a_key_is_in_no_message_and_no_repr(tmp_path: Path) -> None:
    path = tmp_path / "a.s75desk"
    with DeskFile.create(path, "correct horse") as desk:
        assert desk.key is not None
        literal = desk.key.literal
        assert literal[2:20] not in repr(desk.key) + repr(vars(desk)) + repr(desk.engine) + str(desk.engine.url)
    with pytest.raises(WrongPassphrase) as caught:
        DeskFile.open(path, "incorrect horse")
    told = "".join(traceback.format_exception(caught.value))
    assert "incorrect" not in told.replace('DeskFile.open(path, "incorrect horse")', "")


def test_a_wrong_passphrase_writes_nothing_to_standard_error(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.s75desk"
    DeskFile.create(path, "correct horse").close()
    with pytest.raises(WrongPassphrase):
        DeskFile.open(path, "incorrect horse")
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("passphrase", [None, "correct horse"])
def test_what_was_committed_survives_a_kill_and_what_was_not_is_gone(tmp_path: Path, passphrase: str | None) -> None:
    path = tmp_path / "a.s75desk"
    DeskFile.create(path, passphrase).close()
    killed = child(
        """
import os, signal, sys
from pathlib import Path
from s75desk.models import integrity
from s75desk.models.desk_file import DeskFile
from tests.unit.models.desk_help import put
from sqlalchemy import text
desk = DeskFile.open(Path(sys.argv[1]), sys.argv[2])
put(desk, "test", "saved")
with desk.writing() as connection:
    connection.execute(text("INSERT INTO setting VALUES ('test2', 'not saved')"))
    os.kill(os.getpid(), signal.SIGKILL)
""",
        path,
        passphrase or "",
    )
    assert killed.returncode == -9, killed.stderr
    assert {"a.s75desk-wal", "a.s75desk-lock"} <= names(tmp_path)
    with DeskFile.open(path, passphrase) as desk:
        assert values(desk) == {"test": "saved"}
    assert names(tmp_path) == {"a.s75desk"}


def test_opening_costs_no_alembic_and_no_orm(tmp_path: Path) -> None:
    path = tmp_path / "a.s75desk"
    DeskFile.create(path).close()
    done = child(
        "import sys; from pathlib import Path; from s75desk.services.desk import DeskService;"
        "service = DeskService(Path(sys.argv[2])); service.open(Path(sys.argv[1])); service.close();"
        "print({'alembic', 'sqlalchemy.orm', 'pandas', 'PySide6', 'reportlab'} & set(sys.modules) or 'none')",
        path,
        tmp_path,
    )
    assert done.stdout == "none\n", done.stderr


def test_a_desk_in_another_process_is_read_while_it_is_written(tmp_path: Path) -> None:
    """A backup program or a second reader does not stop the officer."""
    path = tmp_path / "a.s75desk"
    DeskFile.create(path).close()
    with held_by_child(path), closing(sqlite3.connect(path)) as reader:
        assert reader.execute("SELECT count(*) FROM setting").fetchone()[0] == 3


def test_a_link_stands_for_the_desk_itself(tmp_path: Path) -> None:
    """Else a desk could be open twice, by its name and by a link, and a change of passphrase would replace the link."""
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    path, link = tmp_path / "one" / "a.s75desk", tmp_path / "two" / "b.s75desk"
    DeskFile.create(path).close()
    link.symlink_to(path)
    with DeskFile.open(link) as desk:
        assert desk.path == path
        with pytest.raises(DeskInUse):
            DeskFile.open(path)
        change_passphrase(desk, "correct horse")
    assert link.is_symlink()
    assert names(tmp_path / "one") == {"a.s75desk"}
    DeskFile.open(path, "correct horse").close()


def test_a_check_beside_other_connections_calls_a_sound_index_sound(tmp_path: Path) -> None:
    """SQLite holds a full-text index against what a connection knew of it before another one wrote.

    The day the pooled connections are never wrong, ``reading_afresh`` can go.
    """
    insert_row = text("INSERT INTO search (rowid, title, body) VALUES (:number, :words, :words)")
    by, wrong = chance(1), 0
    with DeskFile.create(tmp_path / "East.s75desk") as desk:
        for number in range(1, 121):
            with ExitStack() as held:
                for _ in range(by.randrange(3)):
                    reader = held.enter_context(desk.reading())
                    reader.execute(text("SELECT count(*) FROM search WHERE search MATCH 'word*'")).all()
                with desk.writing() as connection:
                    connection.execute(insert_row, {"number": number, "words": f"word{number} " * (number % 7 + 1)})
                    if number % 3 == 0:
                        gone = {"number": by.randrange(1, number)}
                        connection.execute(text("DELETE FROM search WHERE rowid = :number"), gone)
            with desk.reading() as connection:
                wrong += bool(integrity.problems(connection))
            with desk.reading_afresh() as connection:
                assert integrity.problems(connection) == []
    assert wrong
