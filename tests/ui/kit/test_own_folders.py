"""A file dialog begins in a folder that is there."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QStandardPaths

from s75desk.ui.widgets.own_folders import documents, pictures


@pytest.mark.parametrize("folder", [documents, pictures])
def test_a_folder_that_is_there_is_named_and_one_that_is_not_is_not(
    folder: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert callable(folder)
    place = tmp_path / "mine"
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _: str(place))
    assert folder() == ""
    place.mkdir()
    assert folder() == str(place)
