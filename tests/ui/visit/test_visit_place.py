"""The place a visit has in the window: opened, left, opened again, refused in words, and closed with the desk."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from s75desk.domain.errors import DiskTrouble
from s75desk.domain.records import Visit
from s75desk.domain.records.visit import VisitStage
from s75desk.models.desk_file import DeskFile
from s75desk.services.visit_left_open import left_open
from s75desk.ui.navigation import VISIT_MODE, Destination
from s75desk.ui.visit.keys import HELP
from s75desk.ui.visit.mode import VisitMode
from s75desk.ui.visit.rating_sheet import RatingSheet
from s75desk.ui.widgets.question_dialog import QuestionDialog
from tests.e2e.conftest import StartOfficer
from tests.e2e.driver import Officer
from tests.e2e.visit_desk import office_of
from tests.ui.visit.photo_help import packed
from tests.ui.visit.visit_help import Visits

FULL = DiskTrouble("Not saved: the disk is full. Nothing in the desk has changed.", "Free some space.")


@pytest.fixture
def path(visits_file: tuple[Path, Visits], tmp_path: Path) -> Path:
    """A desk of the test's own, closed."""
    target = tmp_path / "desks" / "East.s75desk"
    target.parent.mkdir()
    shutil.copyfile(visits_file[0], target)
    return target


@pytest.fixture
def officer(start: StartOfficer, path: Path) -> Officer:
    """An officer with the desk open on its Overview."""
    return start(path)


def mode(officer: Officer) -> VisitMode:
    found = officer.view.visits.mode
    assert isinstance(found, VisitMode), "no visit fills the window"
    return found


def open_visit(officer: Officer, uid: str, place: str = "") -> VisitMode:
    officer.view.go(Destination(VISIT_MODE, uid, place))
    officer.wait(lambda: officer.view.visits.mode is not None and not officer.view.visits.opening)
    return mode(officer)


def filling(officer: Officer) -> bool:
    return not officer.view.pages.isVisible() and not officer.window.bar.isVisible()


# --- opened and left ----------------------------------------------------------------------------------------------


def test_it_fills_the_window_and_leaves_it_as_it_was(officer: Officer, visits: Visits) -> None:
    opened = open_visit(officer, visits.today)
    assert filling(officer)
    assert opened.size() == officer.view.size()
    assert officer.focus.accessibleName() == "Met, key M", "prior actions come first, and have the keyboard"
    assert officer.office.records.get(Visit, visits.today).stage is VisitStage.PLANNED, "looking begins nothing"
    officer.press("M", "F11")
    officer.wait(lambda: officer.view.visits.mode is None)
    assert not filling(officer)
    assert officer.page.record.uid == visits.today, "back at the visit in its list"
    assert left_open(officer.office.place) == ""
    assert officer.office.records.get(Visit, visits.today).stage is VisitStage.UNDER_WAY, "a grade does"
    assert sum(one.grade is not None for one in officer.office.visiting.book(visits.today).gradings.values()) == 1


def test_the_way_back_is_a_button_too(officer: Officer, visits: Visits) -> None:
    opened = open_visit(officer, visits.today)
    QTest.mouseClick(opened.header.back, Qt.MouseButton.LeftButton)
    officer.wait(lambda: officer.view.visits.mode is None)
    assert officer.view.pages.isVisible()


def test_it_opens_at_a_place_that_is_named(officer: Officer, visits: Visits) -> None:
    assert open_visit(officer, visits.today, "8.3").place == "8.3"
    officer.view.go(Destination(VISIT_MODE, visits.today, "9.1"))
    officer.settle()
    assert mode(officer).place == "9.1", "the same visit goes there without being opened anew"
    officer.view.go(Destination(VISIT_MODE, visits.today, "99.9"))
    officer.settle()
    assert mode(officer).place == "9.1", "a question that the set does not have"


def test_it_opens_again_where_it_was_left(officer: Officer, visits: Visits) -> None:
    open_visit(officer, visits.today, "9.2")
    officer.press("3", "F11")
    officer.wait(lambda: officer.view.visits.mode is None)
    again = open_visit(officer, visits.today)
    assert again.place == "9.2"
    assert again.session.book.answer("9.2").rating == 3
    assert officer.focus.accessibleName() == "Good, key 3"


def test_another_visit_takes_the_place_of_the_first(officer: Officer, visits: Visits) -> None:
    first = open_visit(officer, visits.today, "8.3")
    officer.press("2")
    officer.view.go(Destination(VISIT_MODE, visits.plain))
    officer.wait(lambda: mode(officer) is not first)
    assert mode(officer).session.visit == visits.plain
    officer.settle()
    assert officer.office.visiting.book(visits.today).answer("8.3").rating == 2, "what was said at the first is kept"
    assert len(officer.view.findChildren(VisitMode)) == 1


def test_pressing_twice_opens_it_once(officer: Officer, visits: Visits) -> None:
    made: list[bool] = []
    officer.view.visits.filled.connect(made.append)
    for _ in range(3):
        officer.view.go(Destination(VISIT_MODE, visits.today))
    officer.wait(lambda: officer.view.visits.mode is not None)
    first = mode(officer)
    officer.view.go(Destination(VISIT_MODE, visits.today))
    officer.settle()
    assert mode(officer) is first
    assert made == [True]


def test_after_a_kill_it_opens_by_itself_at_the_same_question(start: StartOfficer, path: Path, visits: Visits) -> None:
    with DeskFile.open(path) as desk:  # as a killed program leaves it: under way, and never left
        office = office_of(desk)
        office.visiting.start(visits.today)
        office.visiting.keep(visits.today, place="9.1")
    officer = start(path)
    officer.wait(lambda: officer.view.visits.mode is not None)
    assert mode(officer).place == "9.1"
    assert filling(officer)


# --- refused ------------------------------------------------------------------------------------------------------


def test_a_visit_without_questions_is_refused_in_words(officer: Officer, visits: Visits) -> None:
    officer.view.go(Destination(VISIT_MODE, visits.bare))
    officer.wait(lambda: officer.notice() != "")
    assert officer.view.visits.mode is None
    assert officer.view.pages.isVisible()
    assert "question set" in officer.notice()
    assert officer.office.records.get(Visit, visits.bare).stage is not VisitStage.UNDER_WAY, "nor is it started"
    assert left_open(officer.office.place) == ""
    open_visit(officer, visits.today)
    assert filling(officer), "another can be opened"


def test_a_visit_that_is_gone_is_refused_in_words(officer: Officer) -> None:
    officer.view.go(Destination(VISIT_MODE, "nowhere"))
    officer.wait(lambda: officer.notice() != "")
    assert officer.view.visits.mode is None
    assert not officer.view.visits.opening


# --- closed -------------------------------------------------------------------------------------------------------


def test_closing_the_desk_in_a_visit_keeps_what_was_typed(
    officer: Officer, start: StartOfficer, path: Path, visits: Visits
) -> None:
    open_visit(officer, visits.today, "8.3")
    officer.press("2", "Return")
    officer.type("Two doses unsigned.")
    officer.press("Ctrl+W")
    officer.wait(lambda: officer.window.view is None)
    assert officer.window.bar.isVisible(), "the bars of the window are back"
    with DeskFile.open(path) as desk:
        kept = office_of(desk).visiting.open(visits.today)
    assert kept.book.answer("8.3").seen == "Two doses unsigned."
    again = start(path)
    again.wait(lambda: again.view.visits.mode is not None)
    assert mode(again).place == "8.3"


def test_leaving_over_something_unsaved_asks_first(
    officer: Officer, visits: Visits, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = open_visit(officer, visits.today, "8.3")

    def full(*_: Any, **__: Any) -> None:
        raise FULL

    with monkeypatch.context() as patched:
        patched.setattr(officer.office.visiting, "keep", full)
        officer.press("2")
        officer.wait(opened.trouble.isVisible)
        officer.press("F11")
        dialog = officer.dialog()
        assert isinstance(dialog, QuestionDialog)
        officer.press("Escape")
        officer.wait(lambda: QApplication.activeModalWidget() is None)
        assert mode(officer) is opened, "Esc stays"
    officer.wait(lambda: not opened.trouble.isVisible())
    officer.press("F11")
    officer.wait(lambda: officer.view.visits.mode is None)
    assert officer.office.visiting.book(visits.today).answer("8.3").rating == 2


@pytest.mark.parametrize("keys", ["Ctrl+W", "Ctrl+Q"])
@pytest.mark.parametrize("what", ["words", "a photo"])
def test_closing_in_the_moment_the_disk_fails_asks_first_and_loses_nothing(
    officer: Officer, visits: Visits, path: Path, monkeypatch: pytest.MonkeyPatch, keys: str, what: str
) -> None:
    opened = open_visit(officer, visits.today, "8.3")
    officer.press("2", "Return")
    officer.wait(lambda: not opened.session.unsaved)

    def full(*_: Any, **__: Any) -> None:
        raise FULL

    with monkeypatch.context() as patched:
        for name in ("keep", "attach"):
            patched.setattr(officer.office.visiting, name, full)
        if what == "words":
            officer.type("Two doses unsigned.")
        else:
            opened.take_pictures([packed()])
        officer.press(keys)
        officer.wait(lambda: isinstance(QApplication.activeModalWidget(), QuestionDialog))
        assert officer.window.isVisible()
        officer.press("Escape")
        officer.wait(lambda: QApplication.activeModalWidget() is None)
        assert mode(officer) is opened
    officer.wait(lambda: not opened.on_its_way)
    officer.press("Ctrl+W")
    officer.wait(lambda: officer.window.view is None)
    with DeskFile.open(path) as desk:
        book = office_of(desk).visiting.book(visits.today)
    assert book.answer("8.3").seen == ("Two doses unsigned." if what == "words" else None)
    assert len(book.photos) == (what == "a photo")


def test_another_visit_over_something_unsaved_asks_first(
    officer: Officer, visits: Visits, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = open_visit(officer, visits.today, "8.3")

    def full(*_: Any, **__: Any) -> None:
        raise FULL

    with monkeypatch.context() as patched:
        patched.setattr(officer.office.visiting, "keep", full)
        officer.press("2")
        officer.wait(opened.trouble.isVisible)
        officer.view.go(Destination(VISIT_MODE, visits.plain))
        assert isinstance(officer.dialog(), QuestionDialog)
        officer.press("Escape")
        officer.wait(lambda: QApplication.activeModalWidget() is None)
        assert mode(officer) is opened
    officer.wait(lambda: not opened.trouble.isVisible())


def test_a_working_goes_with_the_visit(officer: Officer, visits: Visits) -> None:
    open_visit(officer, visits.today, "8.3")
    officer.press("2", "Alt+W")
    assert [sheet.isVisible() for sheet in officer.window.findChildren(RatingSheet)] == [True]
    officer.press("F11")
    officer.wait(lambda: officer.view.visits.mode is None)
    assert officer.window.findChildren(RatingSheet) == []
    open_visit(officer, visits.today)


# --- keys of the window -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "keys",
    ["Ctrl+1", "Ctrl+2", "Ctrl+7", "Ctrl+N", "F2", "Ctrl+K", "Ctrl+F", "Ctrl+E", "Alt+Left", "Ctrl+Z", "Delete"],
)
def test_keys_of_the_pages_do_nothing_in_a_visit(officer: Officer, visits: Visits, keys: str) -> None:
    opened = open_visit(officer, visits.today, "8.3")
    officer.press("3")
    book, focus = opened.session.book, officer.focus
    officer.press(keys)
    assert filling(officer)
    assert mode(officer) is opened
    assert opened.place == "8.3"
    assert opened.session.book == book
    assert officer.focus is focus
    assert QApplication.activeModalWidget() is None
    assert QApplication.activePopupWidget() is None
    assert not officer.view.finder.isVisible()


def test_alt_by_itself_opens_no_menu_of_the_tabs(officer: Officer, visits: Visits) -> None:
    open_visit(officer, visits.today, "8.3")
    for name in ("keys", "note"):
        if name == "note":
            officer.press("Return")
        QTest.keyPress(officer.focus, Qt.Key.Key_Alt)
        QTest.keyRelease(officer.focus, Qt.Key.Key_Alt)
        assert QApplication.activePopupWidget() is None


def test_f6_goes_round_the_panes_of_the_visit(officer: Officer, visits: Visits) -> None:
    open_visit(officer, visits.today, "8.3")
    reached = []
    for keys in ("F6", "F6", "F6", "Shift+F6"):
        officer.press(keys)
        reached.append(officer.focus.accessibleName())
    assert reached == ["Evidence from: file", "Areas and standards", "Poor, key 1", "Areas and standards"]


def test_ctrl_p_leads_to_what_is_missing_before_anything_prints(officer: Officer, visits: Visits) -> None:
    opened = open_visit(officer, visits.today, "8.3")
    officer.press("Ctrl+P")
    assert opened.place == "finish"


def test_help_tells_the_keys_of_a_visit(officer: Officer, visits: Visits) -> None:
    from s75desk.ui.window.help_sheet import HelpSheet

    open_visit(officer, visits.today, "8.3")
    officer.press("F1")
    sheets = officer.window.findChildren(HelpSheet)
    assert [sheet.accessibleName() for sheet in sheets] == ["Help: At a visit"]
    said = {label.text() for label in sheets[0].findChildren(QLabel)}
    assert {keys for keys, _ in HELP} <= said, "every key of them, also those that are no key of Qt's"
    officer.press("Escape")
    assert officer.focus.accessibleName() == "Poor, key 1"


def test_larger_text_by_keys_keeps_the_window_and_the_place(officer: Officer, visits: Visits) -> None:
    opened = open_visit(officer, visits.today, "8.3")
    size = officer.window.size()
    for _ in range(6):
        officer.press("Ctrl++")
    assert officer.window.size() == size, "the window does not grow with the text"
    assert opened.place == "8.3"
    assert opened.turns.abreast == 2
    for _ in range(6):
        officer.press("Ctrl+-")
    assert opened.turns.abreast == 3
