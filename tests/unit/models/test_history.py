"""The history can only grow, and whoever changes, removes or slips in a row behind its back is found out."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from s75desk.models import history
from s75desk.models.backup import copy_database
from s75desk.models.cipher import connect
from s75desk.models.desk_file import DeskFile
from s75desk.models.history import Step
from s75desk.models.restore import restore
from s75desk.models.trouble import BACKING_UP

AT = datetime(2026, 2, 2, 9, 41, 0, 125, tzinfo=UTC)
COLUMNS = ("change_id", "at", "who", "label", "kind", "uid", "field", "before", "after", "hash", "replica", "parent")
TRIGGERS = ("history_is_append_only_update", "history_is_append_only_delete")


def write(desk: DeskFile, changes: int, start: int = 0) -> None:
    for number in range(start, start + changes):
        steps = [
            Step("agreement", f"uid-{number}", "", None, '{"title": "Café, “équipement”"}'),
            Step("agreement", f"uid-{number}", "notice", "6", None),
        ]
        with desk.writing() as connection:
            history.append(connection, steps, change_id=f"c{number}", at=AT, who="officer", label=f"Change {number}")


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed desk with ten rows of history."""
    path = tmp_path_factory.mktemp("history") / "a.s75desk"
    with DeskFile.create(path) as desk:
        write(desk, 5)
    return path


@pytest.fixture
def raw(file: Path, tmp_path: Path) -> Iterator[Any]:
    """A bare connection to a copy of that desk, with the triggers dropped, as a tamperer would."""
    path = tmp_path / "copy.s75desk"
    shutil.copyfile(file, path)
    with closing(connect(path, None)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
        for trigger in TRIGGERS:
            connection.execute(f"DROP TRIGGER {trigger}")
        yield connection


def copy_row(raw: Any, seq: int, to: int) -> None:
    """Slip in a row of another change that else is like one that is there."""
    rest = "at, who, label, kind, uid, field, before, after, hash, replica, parent"
    raw.execute(f"INSERT INTO history SELECT ?, 'c', {rest} FROM history WHERE seq = ?", (to, seq))  # noqa: S608


def forge(raw: Any, seq: int, previous: str, values: list[str | None]) -> None:
    """Write a row with the right hash, in the name of the copy that wrote the first."""
    (replica,) = raw.execute("SELECT replica FROM history WHERE seq = 1").fetchone()
    forged = history._row_hash(previous, seq, values, replica)
    raw.execute(f"INSERT INTO history VALUES (?{', ?' * 12})", (seq, *values, forged, replica, None))  # noqa: S608


def verdict(raw: Any, tmp_path: Path) -> int | None:
    """What ``verify`` says of the desk as the bare connection left it."""
    with DeskFile.open(tmp_path / "copy.s75desk") as desk, desk.reading() as connection:
        return history.verify(connection)


def test_an_untouched_history_holds(raw: Any, tmp_path: Path) -> None:
    assert verdict(raw, tmp_path) is None


@pytest.mark.parametrize(
    "statement", ["UPDATE history SET who = 'someone else' WHERE seq = 3", "DELETE FROM history WHERE seq = 10"]
)
def test_the_file_itself_refuses_to_change_or_remove_a_row(file: Path, tmp_path: Path, statement: str) -> None:
    shutil.copyfile(file, tmp_path / "a.s75desk")
    with DeskFile.open(tmp_path / "a.s75desk") as desk:

        def tamper() -> None:
            with desk.writing() as connection:
                connection.execute(text(statement))

        with pytest.raises(DBAPIError, match="history is append-only"):
            tamper()
        with desk.reading() as connection:
            assert (history.length(connection), history.verify(connection)) == (10, None)


@pytest.mark.parametrize("column", COLUMNS)
@pytest.mark.parametrize("seq", [1, 6, 10])
def test_a_changed_field_is_found_at_its_row(raw: Any, tmp_path: Path, column: str, seq: int) -> None:
    raw.execute(f"UPDATE history SET \"{column}\" = 'x' || ifnull(\"{column}\", '') WHERE seq = ?", (seq,))  # noqa: S608
    assert verdict(raw, tmp_path) == seq


@pytest.mark.parametrize(
    ("what", "seq"),
    [
        ("UPDATE history SET before = NULL WHERE seq = 2", 2),
        ("UPDATE history SET before = '' WHERE seq = 1", 1),
        ("UPDATE history SET at = 'no date' WHERE seq = 4", 4),
        ("UPDATE history SET at = '2026-02-02T10:41:00.000125+01:00' WHERE seq = 4", 4),
        ("UPDATE history SET after = x'ff00ff' WHERE seq = 5", 5),
        ("UPDATE history SET label = cast(x'ff' AS text) WHERE seq = 5", 5),
        ("UPDATE history SET hash = x'00' WHERE seq = 7", 7),
        ("UPDATE history SET seq = 100 WHERE seq = 8", 8),
        ("UPDATE history SET who = field, field = who WHERE seq = 2", 2),
        ("UPDATE history SET label = label || kind, kind = '' WHERE seq = 9", 9),
    ],
)
def test_a_change_that_cannot_even_be_read_is_found(raw: Any, tmp_path: Path, what: str, seq: int) -> None:
    raw.execute(what)
    assert verdict(raw, tmp_path) == seq


@pytest.mark.parametrize("seq", range(1, 11))
def test_a_removed_row_is_found_also_the_last(raw: Any, tmp_path: Path, seq: int) -> None:
    raw.execute("DELETE FROM history WHERE seq = ?", (seq,))
    assert verdict(raw, tmp_path) == seq


def test_a_removed_end_is_found_and_so_is_a_history_that_is_gone(raw: Any, tmp_path: Path) -> None:
    raw.execute("DELETE FROM history WHERE seq > 6")
    assert verdict(raw, tmp_path) == 7
    raw.execute("DELETE FROM history")
    assert verdict(raw, tmp_path) == 1


def test_rows_closed_up_after_a_removal_are_found(raw: Any, tmp_path: Path) -> None:
    raw.execute("DELETE FROM history WHERE seq = 4")
    raw.execute("UPDATE history SET seq = seq - 1 WHERE seq > 4")
    assert verdict(raw, tmp_path) == 4


def test_an_inserted_row_is_found(raw: Any, tmp_path: Path) -> None:
    raw.execute("UPDATE history SET seq = -seq WHERE seq > 5")
    raw.execute("UPDATE history SET seq = 1 - seq WHERE seq < 0")
    copy_row(raw, 5, 6)
    assert verdict(raw, tmp_path) == 6


def test_a_row_slipped_in_before_the_first_is_found(raw: Any, tmp_path: Path) -> None:
    copy_row(raw, 1, 0)
    assert verdict(raw, tmp_path) == 1


def test_a_row_put_at_the_end_is_found_even_with_the_right_hash(raw: Any, tmp_path: Path) -> None:
    (last,) = raw.execute("SELECT hash FROM history WHERE seq = 10").fetchone()
    values = ["c", AT.isoformat(timespec="microseconds"), "officer", "Forged", "agreement", "u", "title", None, "x"]
    forge(raw, 11, last, values)
    assert verdict(raw, tmp_path) == 11


def test_a_last_row_that_is_written_anew_with_the_right_hash_is_found(raw: Any, tmp_path: Path) -> None:
    (before,) = raw.execute("SELECT hash FROM history WHERE seq = 9").fetchone()
    values = ["c", AT.isoformat(timespec="microseconds"), "officer", "Forged", "agreement", "u", "title", None, "x"]
    raw.execute("DELETE FROM history WHERE seq = 10")
    forge(raw, 10, before, values)
    assert verdict(raw, tmp_path) == 10


def test_a_kept_end_that_says_nothing_is_a_break(raw: Any, tmp_path: Path) -> None:
    raw.execute("UPDATE setting SET value = 'nowhere' WHERE key = 'history_end'")
    assert verdict(raw, tmp_path) == 11


def test_replacing_a_row_past_the_triggers_is_found(file: Path, tmp_path: Path) -> None:
    path = tmp_path / "copy.s75desk"
    shutil.copyfile(file, path)
    with closing(connect(path, None)) as raw:
        raw.execute(
            "INSERT OR REPLACE INTO history SELECT seq, change_id, at, 'someone else', label, kind, uid, field, before,"
            " after, hash, replica, parent FROM history WHERE seq = 3"
        )
    assert verdict(None, tmp_path) == 3


def test_swapped_rows_are_found(raw: Any, tmp_path: Path) -> None:
    for before, after in ((3, 0), (5, 3), (0, 5)):
        raw.execute("UPDATE history SET seq = ? WHERE seq = ?", (after, before))
    assert verdict(raw, tmp_path) == 3


TEXTS = st.none() | st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=30)


@settings(max_examples=25)
@given(
    steps=st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=5),
    place=st.integers(0, 4),
    column=st.sampled_from(["who", "label", "before", "after"]),
    value=TEXTS,
)
def test_any_text_is_chained_and_any_other_text_is_found(
    tmp_path_factory: pytest.TempPathFactory,
    steps: list[tuple[str | None, str | None]],
    place: int,
    column: str,
    value: str | None,
) -> None:
    path = tmp_path_factory.getbasetemp() / "copy.s75desk"
    for leftover in path.parent.glob("copy.s75desk*"):
        leftover.unlink()
    with DeskFile.create(path) as desk:
        rows = [Step("agreement", "u", "title", before, after) for before, after in steps]
        with desk.writing() as connection:
            history.append(connection, rows, change_id="c", at=AT, who="officer", label="Saved")
        with desk.reading() as connection:
            assert history.verify(connection) is None
            entries = history.of_change(connection, "c")
            assert [(entry.before, entry.after) for entry in entries] == steps
        seq = place % len(steps) + 1
        entry = entries[seq - 1]
        if getattr(entry, column) == value or (value is None and column in ("who", "label")):
            return
        update = f'UPDATE history SET "{column}" = :value WHERE seq = :seq'  # noqa: S608
        with desk.writing() as connection:
            connection.execute(text(f"DROP TRIGGER {TRIGGERS[0]}"))
            connection.execute(text(update), {"value": value, "seq": seq})
        with desk.reading() as connection:
            assert history.verify(connection) == seq


def test_the_chain_goes_on_after_closing_a_backup_and_a_restore(tmp_path: Path) -> None:
    path, copy = tmp_path / "a.s75desk", tmp_path / "a.backup"
    with DeskFile.create(path, "correct horse") as desk:
        write(desk, 3)
        copy_database(desk.path, desk.key, copy, BACKING_UP)
        write(desk, 1, start=3)
    with DeskFile.open(path, "correct horse") as desk:
        write(desk, 1, start=4)
        with desk.reading() as connection:
            assert (history.length(connection), history.verify(connection)) == (10, None)
    restore(copy, path, "correct horse", now=AT)
    with DeskFile.open(path, "correct horse") as desk:
        with desk.reading() as connection:
            assert (history.length(connection), history.verify(connection)) == (6, None)
        write(desk, 1, start=5)
        with desk.reading() as connection:
            assert (history.length(connection), history.verify(connection)) == (8, None)


def test_a_desk_from_before_the_end_was_kept_holds_and_is_kept_from_then_on(raw: Any, tmp_path: Path) -> None:
    raw.execute("DELETE FROM setting WHERE key = 'history_end'")
    assert verdict(raw, tmp_path) is None
    with DeskFile.open(tmp_path / "copy.s75desk") as desk:
        write(desk, 1, start=5)
    raw.execute("DELETE FROM history WHERE seq > 11")
    assert verdict(raw, tmp_path) == 12


def test_rows_are_read_by_change_by_record_and_newest_first(file: Path, tmp_path: Path) -> None:
    shutil.copyfile(file, tmp_path / "a.s75desk")
    with DeskFile.open(tmp_path / "a.s75desk") as desk, desk.reading() as connection:
        assert [entry.seq for entry in history.of_change(connection, "c1")] == [3, 4]
        assert [entry.seq for entry in history.of_records(connection, ["uid-0", "uid-4"])] == [10, 9, 2, 1]
        assert [entry.seq for entry in history.of_records(connection, ["uid-0", "uid-4"], 3)] == [10, 9, 2]
        assert [entry.seq for entry in history.latest(connection, 2)] == [10, 9]
        assert history.of_records(connection, []) == history.of_change(connection, "gone") == []
        (entry,) = history.latest(connection, 1)
        assert (entry.at, entry.who, entry.label, entry.before, entry.after) == (AT, "officer", "Change 4", "6", None)
        with pytest.raises((TypeError, AttributeError)):
            entry.who = "someone else"  # type: ignore[misc]


def test_nothing_appended_is_nothing_written(tmp_path: Path) -> None:
    with DeskFile.create(tmp_path / "a.s75desk") as desk:
        with desk.writing() as connection:
            history.append(connection, [], change_id="c", at=AT, who="officer", label="Nothing")
        with desk.reading() as connection:
            assert (history.length(connection), history.verify(connection)) == (0, None)
