"""A look into a desk before it is opened: only what can be told without touching it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from s75desk.models import settings
from s75desk.models.desk_file import DeskFile
from s75desk.models.first_look import KEPT_OVERVIEW, kept_text

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)


def made(path: Path, passphrase: str | None = None) -> DeskFile:
    desk = DeskFile.create(path, passphrase, now=AT)
    with desk.writing() as connection:
        settings.put(connection, KEPT_OVERVIEW, "as it was")
    return desk


def test_what_was_kept_is_read_and_nothing_is_left_beside_the_file(tmp_path: Path) -> None:
    path = tmp_path / "East.s75desk"
    made(path).close()
    before = path.read_bytes()
    assert kept_text(path) == "as it was"
    assert [found.name for found in tmp_path.iterdir()] == ["East.s75desk"]
    assert path.read_bytes() == before


def test_a_desk_in_use_is_not_looked_into(tmp_path: Path) -> None:
    desk = made(tmp_path / "East.s75desk")
    try:
        assert kept_text(tmp_path / "East.s75desk") == ""
    finally:
        desk.close()


def test_a_desk_with_a_passphrase_says_nothing(tmp_path: Path) -> None:
    made(tmp_path / "East.s75desk", "a long passphrase").close()
    assert kept_text(tmp_path / "East.s75desk") == ""


@pytest.mark.parametrize("contents", [None, b"", b"%PDF-1.7 something else", b"SQLite format 3\0 cut off"])
def test_what_is_no_desk_says_nothing(tmp_path: Path, contents: bytes | None) -> None:
    path = tmp_path / "East.s75desk"
    if contents is not None:
        path.write_bytes(contents)
    assert kept_text(path) == ""


def test_a_damaged_desk_says_nothing_and_keeps_its_damage_for_the_opening(tmp_path: Path) -> None:
    path = tmp_path / "East.s75desk"
    made(path).close()
    whole = path.read_bytes()
    path.write_bytes(whole[:4096] + bytes(len(whole) - 4096))
    assert kept_text(path) == ""
