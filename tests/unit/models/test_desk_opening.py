"""What is refused on opening, in which words, and that the file is as it was."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PIL import Image
from sqlalchemy import text

from s75desk.domain.errors import DeskDamaged, DeskError, DiskTrouble, NewerDesk, NotADesk, WrongPassphrase
from s75desk.models.cipher import APPLICATION_ID, Look, look
from s75desk.models.desk_file import DeskFile
from s75desk.models.migrations import LATEST
from s75desk.models.opening import Progress, Step, needs_passphrase
from s75desk.models.restore import restore
from tests.unit.models.desk_help import chance, fill, names, put

NEWER = {"newer": str(LATEST + 1)}


def a_desk(path: Path, passphrase: str | None = None) -> bytes:
    with DeskFile.create(path, passphrase) as desk:
        put(desk, "test", "x")
        fill(desk, 1)
    return path.read_bytes()


def empty(path: Path) -> None:
    path.touch()


def noise(path: Path) -> None:
    path.write_bytes(chance(75).randbytes(10_000))


def a_little_noise(path: Path) -> None:
    path.write_bytes(chance(75).randbytes(600))


def prose(path: Path) -> None:
    path.write_text("The council and the board agree as follows. " * 400)


def picture(path: Path) -> None:
    Image.effect_noise((200, 200), 80).save(path, "PNG")


def workbook(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", chance(75).randbytes(9000))


def zeros(path: Path) -> None:
    path.write_bytes(bytes(8192))


def another_programs_database(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE setting (key TEXT, value TEXT)")
        connection.commit()


def a_database_with_our_mark_only(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute("CREATE TABLE photo (name TEXT)")
        connection.commit()


def a_desk_without_its_id(path: Path) -> None:
    with DeskFile.create(path) as desk, desk.writing() as connection:
        connection.execute(text("DELETE FROM setting"))


@pytest.mark.parametrize(
    "make",
    [
        empty,
        a_little_noise,
        prose,
        picture,
        workbook,
        zeros,
        another_programs_database,
        a_database_with_our_mark_only,
        a_desk_without_its_id,
    ],
)
@pytest.mark.parametrize("passphrase", [None, "correct horse"])
def test_what_is_no_desk_is_refused_and_left_alone(
    tmp_path: Path, make: Callable[[Path], None], passphrase: str | None
) -> None:
    path = tmp_path / "a.s75desk"
    make(path)
    before = path.read_bytes()
    with pytest.raises(NotADesk, match=r"a\.s75desk (is not a desk|is empty|holds no desk)") as caught:
        DeskFile.open(path, passphrase)
    assert caught.value.remedy
    assert names(tmp_path) == {"a.s75desk"}
    if make not in (a_database_with_our_mark_only, a_desk_without_its_id):
        assert path.read_bytes() == before


def test_noise_may_be_an_encrypted_desk_and_the_sentence_says_both(tmp_path: Path) -> None:
    path = tmp_path / "a.s75desk"
    noise(path)
    assert needs_passphrase(path)
    with pytest.raises(WrongPassphrase, match="does not open") as caught:
        DeskFile.open(path, "correct horse")
    assert "the file is damaged" in caught.value.remedy


def test_a_file_that_is_gone(tmp_path: Path) -> None:
    with pytest.raises(DiskTrouble, match=r"The desk a\.s75desk is no longer at") as caught:
        DeskFile.open(tmp_path / "a.s75desk")
    assert "restore a backup" in caught.value.remedy
    with pytest.raises(DiskTrouble, match="is no longer at"):
        DeskFile.open(tmp_path / "gone" / "a.s75desk")
    assert names(tmp_path) <= {"home"}


def test_a_folder_is_no_desk(tmp_path: Path) -> None:
    with pytest.raises(NotADesk, match="is a folder"):
        DeskFile.open(tmp_path)


@pytest.mark.parametrize(
    "wrong", ["", None, "Correct horse", "correct horse ", " correct horse", "correct  horse", "\0"]
)
def test_a_wrong_passphrase(tmp_path: Path, wrong: str | None) -> None:
    path = tmp_path / "a.s75desk"
    before = a_desk(path, "correct horse")
    with pytest.raises(WrongPassphrase) as caught:
        DeskFile.open(path, wrong)
    assert caught.value.what.startswith("This passphrase does not open" if wrong else "a.s75desk has a passphrase")
    assert caught.value.remedy
    assert path.read_bytes() == before
    assert names(tmp_path) == {"a.s75desk"}
    DeskFile.open(path, "correct horse").close()


def test_a_passphrase_for_a_desk_without_one_is_passed_over(tmp_path: Path) -> None:
    a_desk(tmp_path / "a.s75desk")
    assert not needs_passphrase(tmp_path / "a.s75desk")
    DeskFile.open(tmp_path / "a.s75desk", "correct horse").close()


@pytest.mark.parametrize("passphrase", [None, "correct horse"])
def test_a_newer_desk_is_refused_and_left_alone(tmp_path: Path, passphrase: str | None) -> None:
    path = tmp_path / "a.s75desk"
    with DeskFile.create(path, passphrase) as desk, desk.writing() as connection:
        connection.execute(text("UPDATE setting SET value = :newer WHERE key = 'schema_revision'"), NEWER)
        connection.execute(text("DROP TABLE chaser"))
    before = path.read_bytes()
    with pytest.raises(NewerDesk, match="written by a later version") as caught:
        DeskFile.open(path, passphrase)
    assert "Install that version" in caught.value.remedy
    assert path.read_bytes() == before
    assert names(tmp_path) == {"a.s75desk"}


@pytest.mark.parametrize("passphrase", [None, "correct horse"])
@pytest.mark.parametrize("kept", [4096, 5000, 40_960, 0.5, 0.99])
def test_a_desk_that_was_cut_off(tmp_path: Path, passphrase: str | None, kept: float) -> None:
    path = tmp_path / "a.s75desk"
    contents = a_desk(path, passphrase)
    part = contents[: kept if isinstance(kept, int) else int(len(contents) * kept)]
    path.write_bytes(part)
    with pytest.raises(DeskDamaged, match=r"Not opened: the file is damaged\. The desk is as it was\.") as caught:
        DeskFile.open(path, passphrase)
    assert caught.value.remedy == "Restore a backup."
    assert names(tmp_path) == {"a.s75desk"}
    assert path.read_bytes() == part


@pytest.mark.parametrize("seed", range(12))
def test_a_flipped_byte_in_an_encrypted_desk_is_always_found(tmp_path: Path, seed: int) -> None:
    """Each page carries its own seal, so no damage goes unseen."""
    path = tmp_path / "a.s75desk"
    contents = bytearray(a_desk(path, "correct horse"))
    place = chance(seed).randrange(4096, len(contents))
    contents[place] ^= 0x40
    path.write_bytes(contents)
    with pytest.raises(DeskDamaged):
        DeskFile.open(path, "correct horse")


@pytest.mark.parametrize("passphrase", [None, "correct horse"])
def test_a_damaged_beginning(tmp_path: Path, passphrase: str | None) -> None:
    path = tmp_path / "a.s75desk"
    contents = a_desk(path, passphrase)
    path.write_bytes(bytes(64) + contents[64:])
    with pytest.raises((NotADesk, WrongPassphrase)) as caught:
        DeskFile.open(path, passphrase)
    assert "restore a backup" in caught.value.remedy


def test_damaged_pages_of_a_plain_desk_are_found(tmp_path: Path) -> None:
    path = tmp_path / "a.s75desk"
    contents = a_desk(path)
    for page in range(1, 20):
        path.write_bytes(contents[: page * 4096] + chance(page).randbytes(4096) + contents[(page + 1) * 4096 :])
        with pytest.raises(DeskDamaged):
            DeskFile.open(path)


def test_garbage_in_any_page_never_ends_in_a_crash(tmp_path: Path) -> None:
    """A file may be anything; it opens, or says why not in words."""
    path = tmp_path / "a.s75desk"
    contents = a_desk(path)
    falls = chance(2)
    for _ in range(60):
        broken = bytearray(contents)
        for _ in range(falls.randrange(1, 6)):
            at = falls.randrange(len(broken))
            broken[at : at + 8] = falls.randbytes(8)[: len(broken) - at]
        path.write_bytes(broken)
        with contextlib.suppress(DeskError):
            DeskFile.open(path).close()
        assert not (tmp_path / "a.s75desk-lock").exists()
        for ending in ("-wal", "-shm"):
            (tmp_path / f"a.s75desk{ending}").unlink(missing_ok=True)


def test_each_step_is_told_in_order(tmp_path: Path) -> None:
    path = tmp_path / "a.s75desk"
    a_desk(path, "correct horse")
    told: list[Progress] = []
    DeskFile.open(path, "correct horse", report=told.append).close()
    assert [progress.step for progress in told] == [Step.LOCK, Step.UNLOCK, Step.CHECK, Step.READY]


@pytest.mark.parametrize("at", [Step.LOCK, Step.UNLOCK, Step.CHECK, Step.READY])
def test_stopping_at_any_step_leaves_the_desk_free(tmp_path: Path, at: Step) -> None:
    path = tmp_path / "a.s75desk"
    a_desk(path, "correct horse")

    def stop(progress: Progress) -> None:
        if progress.step is at:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        DeskFile.open(path, "correct horse", report=stop)
    assert names(tmp_path) == {"a.s75desk"}
    DeskFile.open(path, "correct horse").close()


def test_what_a_kill_left_beside_the_desk_is_cleared(tmp_path: Path) -> None:
    path = tmp_path / "a.s75desk"
    a_desk(path)
    (tmp_path / "a.s75desk-new").write_bytes(b"half a copy")
    DeskFile.open(path).close()
    assert names(tmp_path) == {"a.s75desk"}


def test_noise_is_told_from_everything_else() -> None:
    """A desk must never be taken for something else, so noise passes every time."""
    folder = Path(os.environ["S75DESK_DATA"])
    folder.mkdir(parents=True)
    path = folder / "noise"
    for seed in range(400):
        path.write_bytes(chance(seed).randbytes(4096))
        assert look(path) is Look.SEALED


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes by name")
def test_a_pipe_is_no_desk_and_is_not_waited_for(tmp_path: Path) -> None:
    pipe, desk = tmp_path / "pipe.s75desk", tmp_path / "a.s75desk"
    os.mkfifo(pipe)
    a_desk(desk)
    for ask in (needs_passphrase, DeskFile.open, DeskFile.create):
        with pytest.raises(NotADesk, match="pipe"):
            ask(pipe)
    with pytest.raises(NotADesk, match="pipe"):
        restore(pipe, desk, None, now=datetime(2026, 2, 2, tzinfo=UTC))
    assert names(tmp_path) == {"a.s75desk", "pipe.s75desk"}


@pytest.mark.parametrize("name", ["x" * 300, "a\0b"])
def test_a_name_that_no_file_can_have_is_said(tmp_path: Path, name: str) -> None:
    for ask in (needs_passphrase, DeskFile.open, DeskFile.create):
        with pytest.raises(DeskError):
            ask(tmp_path / name)
    assert names(tmp_path) == set()


def test_links_that_lead_back_to_themselves_are_said(tmp_path: Path) -> None:
    loop = tmp_path / "loop.s75desk"
    try:
        loop.symlink_to(loop)
    except OSError:
        pytest.skip("links cannot be made here")
    for ask in (needs_passphrase, DeskFile.open, DeskFile.create):
        with pytest.raises(DeskError, match="cannot be used"):
            ask(loop)
