"""Adding, changing and removing the passphrase of an open desk, and being killed while at it."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import literal_column, select, text
from sqlalchemy import table as sql_table
from sqlcipher3 import dbapi2

from s75desk.domain.errors import DeskDamaged, DeskInUse, WrongPassphrase
from s75desk.domain.records import Action, Organisation
from s75desk.models import blobs, history, search
from s75desk.models import passphrase as passphrase_module
from s75desk.models.desk_file import DeskFile
from s75desk.models.passphrase import change_passphrase
from s75desk.services.writer import Writer
from tests.unit.models.desk_help import PASSPHRASES, child, names, put, values

NOW = datetime(2026, 4, 1, 9, 30, tzinfo=UTC)


def furnish(desk: DeskFile) -> None:
    """Records with history and words to find, a paper, and gaps where rows were removed."""
    with Writer(desk.writing, "Compliance officer", lambda: NOW).change("Entered") as change:
        for number in range(30):
            change.create(Organisation(name=f"Council {number}"))
        change.create(Action(title="Send the quarterly report", due=date(2026, 7, 31)))
    with desk.writing() as connection:
        blobs.put(connection, bytes(range(256)) * 40)
        for number in range(10):
            connection.execute(text("INSERT INTO setting VALUES (:key, NULL)"), {"key": f"gap-{number}"})
        connection.execute(text("DELETE FROM setting WHERE key LIKE 'gap%' AND key < 'gap-7'"))


def contents(desk: DeskFile) -> list[Any]:
    with desk.reading() as connection:
        tables = connection.execute(
            text("SELECT name, type, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' ORDER BY name")
        ).all()
        rows = [
            connection.execute(select(literal_column("*")).select_from(sql_table(table.name))).all()
            for table in tables
            if table.type == "table"
        ]
        marks = [
            connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in ("application_id", "user_version")
        ]
        found = [hit.title for hit in search.find(connection, "quarterly")]
        return [tables, rows, marks, found, history.verify(connection)]


STATES = [None, "correct horse", 'it\'s "quoted" ☂ ']


@pytest.mark.parametrize(("before", "after"), [pair for pair in itertools.product(STATES, STATES) if any(pair)])
def test_everything_is_the_same_but_the_passphrase(tmp_path: Path, before: str | None, after: str | None) -> None:
    path = tmp_path / "a.s75desk"
    with DeskFile.create(path, before) as desk:
        furnish(desk)
        kept = contents(desk)
        assert kept[3:] == [["Send the quarterly report"], None]
        facts = desk.facts
        change_passphrase(desk, after)
        assert desk.encrypted is (after is not None)
        assert names(tmp_path) <= {"a.s75desk", "a.s75desk-lock", "a.s75desk-wal", "a.s75desk-shm"}
        assert contents(desk) == kept
        put(desk, "test", "it stays open and can be written")
    assert names(tmp_path) == {"a.s75desk"}
    with DeskFile.open(path, after) as desk:
        assert values(desk) == {"test": "it stays open and can be written"}
        assert desk.facts == facts
        with desk.reading() as connection:
            assert connection.exec_driver_sql("PRAGMA integrity_check").scalar_one() == "ok"
    if after is not None and before != after:
        with pytest.raises(WrongPassphrase):
            DeskFile.open(path, before)


@pytest.mark.parametrize("passphrase", PASSPHRASES)
def test_passphrases_of_every_kind(tmp_path: Path, passphrase: str) -> None:
    path = tmp_path / "a.s75desk"
    with DeskFile.create(path) as desk:
        change_passphrase(desk, passphrase)
        assert desk.is_passphrase(passphrase)
        assert not desk.is_passphrase(passphrase + " ")
    with closing(dbapi2.connect(path)) as other, pytest.raises(dbapi2.DatabaseError):
        other.execute("SELECT * FROM setting")
    DeskFile.open(path, passphrase).close()


@pytest.mark.parametrize("nothing", ["", None])
def test_an_empty_passphrase_is_none(tmp_path: Path, nothing: str | None) -> None:
    path = tmp_path / "a.s75desk"
    with DeskFile.create(path, "correct horse") as desk:
        change_passphrase(desk, nothing)
        assert not desk.encrypted
        change_passphrase(desk, nothing)
        assert not desk.is_passphrase("")
    assert path.read_bytes()[:15] == b"SQLite format 3"


def test_no_word_of_the_plain_desk_stays_in_the_encrypted_file(tmp_path: Path) -> None:
    path = tmp_path / "a.s75desk"
    with DeskFile.create(path) as desk:
        put(desk, "test", "Elderberry House")
        change_passphrase(desk, "correct horse")
        for file in tmp_path.glob("a.s75desk*"):
            assert b"Elderberry" not in file.read_bytes(), file


def test_it_waits_for_transactions_and_then_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("s75desk.models.desk_file._PATIENCE", 0.01)
    with DeskFile.create(tmp_path / "a.s75desk") as desk:
        with desk.reading(), pytest.raises(DeskInUse, match="still busy"):
            change_passphrase(desk, "correct horse")
        assert not desk.encrypted
        change_passphrase(desk, "correct horse")
        assert desk.encrypted


def test_a_write_from_another_thread_waits_and_goes_to_the_new_file(tmp_path: Path) -> None:
    started = threading.Event()

    def write() -> None:
        started.set()
        put(desk, "test", "x")

    writer = threading.Thread(target=write)

    def advance(share: float) -> None:
        if not started.is_set():
            writer.start()
            started.wait()

    with DeskFile.create(tmp_path / "a.s75desk") as desk:
        change_passphrase(desk, "correct horse", advance=advance)
        writer.join()
        assert values(desk) == {"test": "x"}
    with DeskFile.open(tmp_path / "a.s75desk", "correct horse") as desk:
        assert values(desk) == {"test": "x"}


def test_a_program_that_reads_the_desk_stops_it(tmp_path: Path) -> None:
    with DeskFile.create(tmp_path / "a.s75desk") as desk:
        put(desk, "test", "x")
        with closing(dbapi2.connect(desk.path, isolation_level=None)) as other:
            other.execute("BEGIN")
            other.execute("SELECT * FROM setting").fetchone()
            put(desk, "test2", "y")
            with pytest.raises(DeskInUse, match="another program is using the desk file") as caught:
                change_passphrase(desk, "correct horse")
            assert caught.value.remedy
        assert not desk.encrypted
        assert values(desk) == {"test": "x", "test2": "y"}
    assert names(tmp_path) == {"a.s75desk"}


def test_a_copy_that_differs_is_not_put_in_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = passphrase_module._contents

    def one_row_less(connection: Any) -> Iterator[object]:
        yield from itertools.islice(real(connection), next(fewer), None)

    fewer = iter([0, 1])
    monkeypatch.setattr(passphrase_module, "_contents", one_row_less)
    path = tmp_path / "a.s75desk"
    with DeskFile.create(path) as desk:
        put(desk, "test", "x")
        with pytest.raises(DeskDamaged, match="Passphrase not changed: the new copy was not the same"):
            change_passphrase(desk, "correct horse")
        assert values(desk) == {"test": "x"}
    assert names(tmp_path) == {"a.s75desk"}
    DeskFile.open(path).close()


@pytest.mark.parametrize("share", [0.5, 0.6, 1.0])
def test_cancelling_leaves_the_desk_as_it_was(tmp_path: Path, share: float) -> None:
    def stop(done: float) -> None:
        if done >= share:
            raise KeyboardInterrupt

    with DeskFile.create(tmp_path / "a.s75desk", "correct horse") as desk:
        put(desk, "test", "x")
        with pytest.raises(KeyboardInterrupt):
            change_passphrase(desk, None, advance=stop)
        assert desk.encrypted
        assert values(desk) == {"test": "x"}
    assert names(tmp_path) == {"a.s75desk"}
    DeskFile.open(tmp_path / "a.s75desk", "correct horse").close()


@pytest.mark.parametrize("step", ["_export", "check_pages", "_compare", "_refuse_a_log", "put_in_place"])
@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize(("before", "after"), [("", "battery staple"), ("correct horse", "battery staple")])
def test_a_kill_at_any_step_leaves_the_old_passphrase_or_the_new(
    tmp_path: Path, step: str, when: str, before: str, after: str
) -> None:
    path = tmp_path / "a.s75desk"
    killed = child(
        """
import os, signal, sys
from pathlib import Path
from s75desk.models import passphrase
from s75desk.models.desk_file import DeskFile
from tests.unit.models.desk_help import put
path, step, when, before, after = sys.argv[1:]
real = getattr(passphrase, step)
def killed(*args, **kwargs):
    if when == "after":
        real(*args, **kwargs)
    os.kill(os.getpid(), signal.SIGKILL)
setattr(passphrase, step, killed)
desk = DeskFile.create(Path(path), before)
put(desk, "test", "x")
passphrase.change_passphrase(desk, after)
""",
        path,
        step,
        when,
        before,
        after,
    )
    assert killed.returncode == -9, killed.stderr
    works = after if (step, when) == ("put_in_place", "after") else before
    with DeskFile.open(path, works) as desk:
        assert values(desk) == {"test": "x"}
        assert desk.encrypted is bool(works)
    assert names(tmp_path) == {"a.s75desk"}
