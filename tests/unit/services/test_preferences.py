"""What the window remembers: by name and type, whatever state its file is in."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from s75desk.models import files
from s75desk.services.preferences import Preferences
from tests.unit.models.desk_help import child, names


def test_values_last(tmp_path: Path) -> None:
    preferences = Preferences(tmp_path / "data")
    assert preferences.value("theme", "system") == "system"
    assert preferences.keep("theme", "dark")
    assert preferences.keep("columns", {"title": 240, "ends": 96})
    assert preferences.keep("splitter", [400, 800])
    assert preferences.keep("dense", True)
    again = Preferences(tmp_path / "data")
    assert again.value("theme", "system") == "dark"
    assert again.value("columns", {"title": 0}) == {"title": 240, "ends": 96}
    assert again.value("columns", {}) == {"title": 240, "ends": 96}
    assert again.value("splitter", [0, 0]) == [400, 800]
    assert again.value("dense", False) is True
    assert again.forget("theme")
    assert again.forget("never kept")
    assert Preferences(tmp_path / "data").value("theme", "system") == "system"
    assert names(tmp_path / "data") == {"preferences.json"}


def test_a_value_of_another_type_counts_as_none(tmp_path: Path) -> None:
    stored = {"a": "wide", "b": 1, "c": [1, "x"], "d": {"k": "v"}, "e": None, "f": True}
    (tmp_path / "preferences.json").write_text(json.dumps(stored))
    preferences = Preferences(tmp_path)
    assert preferences.value("a", 7) == 7
    assert preferences.value("b", "x") == "x"
    assert preferences.value("b", True) is True
    assert preferences.value("c", [7]) == [7]
    assert preferences.value("d", {"k": 7}) == {"k": 7}
    assert preferences.value("e", "x") == "x"
    assert preferences.value("f", 7) == 7


@given(
    st.binary(max_size=200)
    | st.text().map(str.encode)
    | st.recursive(
        st.none() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    ).map(lambda value: json.dumps(value).encode())
)
def test_whatever_the_file_holds_there_is_a_value(tmp_path_factory: pytest.TempPathFactory, contents: bytes) -> None:
    folder = tmp_path_factory.mktemp("data")
    (folder / "preferences.json").write_bytes(contents)
    preferences = Preferences(folder)
    assert isinstance(preferences.value("theme", "system"), str)
    assert preferences.keep("theme", "dark")
    assert Preferences(folder).value("theme", "system") == "dark"


def test_it_is_not_written_again_when_nothing_changes(tmp_path: Path) -> None:
    preferences = Preferences(tmp_path)
    preferences.keep("theme", "dark")
    (tmp_path / "preferences.json").unlink()
    assert preferences.keep("theme", "dark")
    assert names(tmp_path) <= {"home"}


def test_a_folder_that_cannot_be_written_is_borne(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file where the folder should be")
    preferences = Preferences(tmp_path / "data")
    assert not preferences.keep("theme", "dark")
    assert preferences.value("theme", "system") == "dark"


def test_a_failed_write_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    preferences = Preferences(tmp_path)
    preferences.keep("theme", "dark")

    def refuse(made: Path, target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files, "put_in_place", refuse)
    assert not preferences.keep("theme", "light")
    assert Preferences(tmp_path).value("theme", "system") == "dark"
    assert names(tmp_path) <= {"preferences.json", "home"}


def test_a_kill_while_writing_leaves_the_old_file(tmp_path: Path) -> None:
    Preferences(tmp_path).keep("theme", "dark")
    killed = child(
        """
import os, signal, sys
from pathlib import Path
from s75desk.models import files
from s75desk.services.preferences import Preferences
files.put_in_place = lambda made, target: os.kill(os.getpid(), signal.SIGKILL)
Preferences(Path(sys.argv[1])).keep("theme", "light")
""",
        tmp_path,
    )
    assert killed.returncode == -9, killed.stderr
    assert Preferences(tmp_path).value("theme", "system") == "dark"
    assert Preferences(tmp_path).keep("theme", "light")


def test_it_costs_no_database_at_start(tmp_path: Path) -> None:
    done = child(
        "import sys; from pathlib import Path; from s75desk.services.preferences import Preferences;"
        "Preferences(Path(sys.argv[1])).value('theme', 'system');"
        "print({'sqlalchemy', 'sqlcipher3', 'PySide6'} & set(sys.modules) or 'none')",
        tmp_path,
    )
    assert done.stdout == "none\n", done.stderr
