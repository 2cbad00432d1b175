"""Text on the disk that is no text any more is damage, and its words are not repeated."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text

from s75desk.domain.errors import DeskDamaged
from s75desk.models.desk_file import DeskFile


def test_text_that_cannot_be_read_is_damage(tmp_path: Path) -> None:
    with DeskFile.create(tmp_path / "a.s75desk") as desk:
        with desk.writing() as connection:
            connection.execute(text("INSERT INTO setting(key, value) VALUES ('secret', CAST(x'ff41' AS TEXT))"))
        with pytest.raises(DeskDamaged) as trouble, desk.reading() as connection:
            connection.execute(text("SELECT value FROM setting WHERE key = 'secret'")).all()
    assert "UTF-8" not in str(trouble.value)
