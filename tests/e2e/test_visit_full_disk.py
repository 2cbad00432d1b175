"""The disk fills up in the middle of a visit: a plain message, nothing lost, all saved once there is room."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog

from s75desk.domain.visits.book import VisitBook
from s75desk.models.desk_file import DeskFile
from s75desk.ui.navigation import VISIT_MODE, Destination
from tests.e2e.driver import Officer
from tests.e2e.visit_desk import make_visit_desk, office_of
from tests.unit.models.desk_help import mounted

FILLER = "holiday pictures.bin"


def fill_up(place: Path) -> None:
    """Leave no byte free."""
    handle = os.open(place / FILLER, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    try:
        for size in (1 << 16, 1 << 12, 512, 64, 1):
            try:
                while True:
                    os.write(handle, b"\0" * size)
            except OSError:
                continue
    finally:
        os.close(handle)


@contextmanager
def small_disk(place: Path, start: Callable[..., Officer]) -> Iterator[tuple[Officer, Path, str]]:
    """A window with a visit open on a disk of six megabytes; it is closed before the disk goes."""
    with mounted(place, "size=6m") as disk:
        path = disk / "East.s75desk"
        visit = make_visit_desk(path)
        officer = start(path)
        try:
            officer.view.go(Destination(VISIT_MODE, visit))
            officer.wait(lambda: officer.view.visits.mode is not None)
            yield officer, path, visit
        finally:
            (disk / FILLER).unlink(missing_ok=True)
            if officer.window.isVisible():
                mode = officer.view.visits.mode
                if mode is not None:
                    officer.wait(lambda: mode.session.trouble is None)
                close(officer)


def close(officer: Officer) -> None:
    officer.window.close()
    officer.wait(lambda: not officer.window.isVisible())


def book_in(path: Path, visit: str) -> VisitBook:
    with DeskFile.open(path) as desk:
        return office_of(desk).visiting.open(visit).book


def test_a_full_disk_loses_nothing_and_all_is_saved_once_there_is_room(
    start: Callable[..., Officer], tmp_path: Path
) -> None:
    with small_disk(tmp_path / "disk", start) as (officer, path, visit):
        disk = path.parent
        mode: Any = officer.view.visits.mode
        mode.go("8.3")
        officer.press("2")
        officer.wait(lambda: mode.header.saved_words().startswith("Saved"))

        fill_up(disk)
        mode.question.focus_note()
        officer.type("Two doses unsigned on 28 January. ")
        officer.wait(lambda: mode.trouble.isVisible())
        assert "disk is full" in mode.trouble.words()
        assert "on the screen" in mode.trouble.words()
        assert mode.header.saved_words() == "Not saved"
        assert mode.question.note.toPlainText() == "Two doses unsigned on 28 January. "
        # Work goes on meanwhile: another answer, an action, a grade of the rating key.
        officer.type("Audit did not begin.")
        QTest.keyClicks(QApplication.focusWidget(), " Seen with the deputy.")
        mode.go("9.1")
        mode.question.focus_keys()
        QTest.keyClicks(QApplication.focusWidget(), "1")
        mode.steps.new_action()
        QTest.keyClicks(QApplication.focusWidget(), "Mend the fire door")
        assert mode.session.unsaved

        (disk / FILLER).unlink()
        officer.wait(lambda: not mode.session.unsaved and not mode.trouble.isVisible())
        assert mode.header.saved_words().startswith("Saved")
        close(officer)
        book = book_in(path, visit)
        assert book.answer("8.3").rating == 2
        seen = "Two doses unsigned on 28 January. Audit did not begin. Seen with the deputy."
        assert book.answer("8.3").seen == seen
        assert book.answer("9.1").rating == 1
        assert [action.title for action in book.actions] == ["Mend the fire door"]


def test_the_window_asks_before_it_closes_over_what_is_not_saved(start: Callable[..., Officer], tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", start) as (officer, path, visit):
        disk = path.parent
        mode: Any = officer.view.visits.mode
        mode.go("8.3")
        fill_up(disk)
        mode.question.focus_note()
        officer.type("Not yet on the disk")
        officer.wait(lambda: mode.trouble.isVisible())

        officer.window.close()
        dialog: QDialog = officer.dialog()
        assert "not everything is saved" in dialog.windowTitle()
        officer.press("Escape")
        officer.wait(lambda: QApplication.activeModalWidget() is None)
        assert officer.window.isVisible()
        assert mode.question.note.toPlainText() == "Not yet on the disk"

        (disk / FILLER).unlink()
        officer.wait(lambda: not mode.session.unsaved)
        close(officer)
        assert book_in(path, visit).answer("8.3").seen == "Not yet on the disk"
