"""A file dialog begins where the same thing was last done, first in the officer's own folders, never elsewhere."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QMainWindow, QWidget
from pytestqt.qtbot import QtBot

import s75desk
from s75desk.services.preferences import Preferences
from s75desk.ui.widgets.file_dialogs import Purpose, ask_folder, ask_open, ask_open_several, ask_save


class Window(QMainWindow):
    """A window with preferences, as the program's."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.preferences = Preferences(folder)


class Dialogs:
    """Answers file dialogs, and keeps where each began."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.began: list[str] = []
        self.answer = ""
        for name, answer in (
            ("getSaveFileName", lambda: (self.answer, "")),
            ("getOpenFileName", lambda: (self.answer, "")),
            ("getOpenFileNames", lambda: ([self.answer] if self.answer else [], "")),
            ("getExistingDirectory", lambda: self.answer),
        ):
            monkeypatch.setattr(QFileDialog, name, lambda *given, give=answer: (self.began.append(given[2]), give())[1])


@pytest.fixture
def dialogs(monkeypatch: pytest.MonkeyPatch) -> Dialogs:
    return Dialogs(monkeypatch)


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The officer's folders: only documents and pictures."""
    places = QStandardPaths.StandardLocation
    names = {places.DocumentsLocation: "Documents", places.PicturesLocation: "Pictures"}
    for name in names.values():
        (tmp_path / name).mkdir()
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda place: str(tmp_path / names[place]))
    return tmp_path


def test_each_purpose_begins_where_it_was_last_used_also_in_the_next_session(
    qtbot: QtBot, own: Path, dialogs: Dialogs, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    for _ in range(2):
        window = Window(tmp_path)
        qtbot.addWidget(window)
        asker = QWidget(window)
        dialogs.answer = str(elsewhere / "a.pdf")
        assert ask_save(asker, Purpose.PAPER, "Save", "a.pdf") == elsewhere / "a.pdf"
        dialogs.answer = ""
        assert ask_open(asker, Purpose.DOCUMENT, "Attach") is None
    assert [Path(place) for place in dialogs.began] == [
        own / "Documents" / "a.pdf",
        own / "Documents",
        elsewhere / "a.pdf",
        own / "Documents",
    ]


def test_every_kind_of_dialog_keeps_its_folder_and_one_that_is_gone_is_forgotten(
    qtbot: QtBot, own: Path, dialogs: Dialogs, tmp_path: Path
) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    stick = tmp_path / "stick"
    stick.mkdir()
    dialogs.answer = str(stick / "photo.jpg")
    assert ask_open_several(window, Purpose.PHOTO, "Add photos") == [stick / "photo.jpg"]
    assert ask_open_several(window, Purpose.PHOTO, "Add photos") == [stick / "photo.jpg"]
    dialogs.answer = str(stick)
    assert ask_folder(window, Purpose.SECOND_PLACE, "A second place") == stick
    assert ask_folder(window, Purpose.SECOND_PLACE, "A second place") == stick
    stick.rmdir()
    ask_open_several(window, Purpose.PHOTO, "Add photos")
    assert [Path(place) for place in dialogs.began] == [
        own / "Pictures",
        stick,
        own / "Documents",
        stick,
        own / "Pictures",
    ]


def test_without_folders_of_its_own_it_begins_at_home(
    qtbot: QtBot, dialogs: Dialogs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _: str(tmp_path / "not there"))
    window = QMainWindow()
    qtbot.addWidget(window)
    ask_open(window, Purpose.DESK, "Open a desk")
    assert dialogs.began == [str(Path.home())]


def test_a_suggested_name_is_one_that_every_system_takes_and_gets_its_ending(
    qtbot: QtBot, own: Path, dialogs: Dialogs
) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    dialogs.answer = str(own / "Dates")
    assert ask_save(window, Purpose.CALENDAR, "Save", 'A/B: "C"?.ics', ending=".ics") == own / "Dates.ics"
    assert Path(dialogs.began[0]).name == "A-B- -C--.ics"


def test_no_other_module_asks_for_files_by_itself() -> None:
    asking = [
        file.name
        for file in Path(s75desk.__file__).parent.rglob("*.py")
        if any(
            isinstance(node, ast.Name) and node.id == "QFileDialog" for node in ast.walk(ast.parse(file.read_text()))
        )
    ]
    assert asking == ["file_dialogs.py"]
