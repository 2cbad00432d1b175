"""How the window looks under way: light and dark, larger text, narrow windows, remembered sizes."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QAbstractScrollArea, QScrollArea, QWidget

from s75desk.ui.window.top_bar import TABS, VISITED
from tests.e2e.conftest import StartOfficer
from tests.e2e.driver import Officer

PAGES = [page for page, _, _ in (*TABS, *VISITED)]


def ground(officer: Officer) -> int:
    """How bright the window is on the whole, from 0 to 255."""
    whole: QImage = officer.window.grab().toImage()
    image = whole.scaled(1, 1, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation)
    colour = image.pixelColor(0, 0)
    return (colour.red() + colour.green() + colour.blue()) // 3


def test_light_and_dark_are_changed_under_way_and_remembered(officer: Officer, start: StartOfficer) -> None:
    officer.go("agreements", officer.agreement(), "Term")
    assert ground(officer) > 180
    officer.window.looks.set_theme("dark")
    officer.settle()
    assert ground(officer) < 80
    for page in PAGES:
        officer.go(page)
        assert ground(officer) < 80, page
    officer.window.looks.set_theme("system")
    assert ground(officer) > 180, "the offscreen platform is light"
    officer.window.looks.set_theme("dark")
    assert officer.program.preferences.value("theme", "") == "dark"


def test_ctrl_plus_enlarges_everything_and_ctrl_minus_goes_back(officer: Officer) -> None:
    officer.go("agreements", officer.agreement(), "Term")
    rows = officer.page.table.row_height()
    text = officer.window.font().pixelSize()
    for _ in range(5):
        officer.press("Ctrl++")
    assert officer.program.theme.text_scale == 1.5
    assert officer.page.table.row_height() == round(rows * 1.5)
    assert officer.view.fontInfo().pixelSize() == round(text * 1.5)
    for _ in range(7):
        officer.press("Ctrl+-")
    assert officer.program.theme.text_scale == 1.0, "never smaller than the system's text"
    assert officer.page.table.row_height() == rows


def cut_off(officer: Officer) -> list[str]:
    """Controls that reach beyond the window, those in areas that scroll by themselves left out."""
    whole = QRect(officer.window.rect())
    found = []
    for part in officer.view.findChildren(QWidget):
        if not part.isVisible() or part.isWindow() or _scrolls(part):
            continue
        place = QRect(part.mapTo(officer.window, part.rect().topLeft()), part.size())
        if place.right() > whole.right() or place.left() < 0:
            found.append(f"{type(part).__name__} “{part.accessibleName()}” {place.left()} to {place.right()}")
    return found


def _scrolls(part: QWidget) -> bool:
    above = part.parentWidget()
    while above is not None:
        if isinstance(above, (QAbstractScrollArea, QScrollArea)):
            return True
        above = above.parentWidget()
    return False


def test_no_page_is_cut_off_with_text_half_as_large_again(officer: Officer) -> None:
    officer.program.theme.set_text_scale(1.5)
    for page in PAGES:
        officer.go(page)
        assert cut_off(officer) == [], page
        assert officer.window.width() == 1366, "the window has not been pushed wider"


def test_no_page_is_cut_off_in_the_smallest_window(start: StartOfficer, sample: Path) -> None:
    officer = start(sample, size=(700, 520))
    for page in PAGES:
        officer.go(page)
        assert officer.window.width() == 700, page
        assert cut_off(officer) == [], page
    officer.go("agreements", new="agreement")
    officer.wait(lambda: officer.page.form.form is not None)
    assert cut_off(officer) == []


def test_list_and_record_take_turns_in_a_narrow_window(start: StartOfficer, sample: Path) -> None:
    officer = start(sample, size=(1000, 700))
    officer.press("Ctrl+2")
    page = officer.page
    assert page.table.isVisible()
    assert not page.record.isVisible()
    officer.press("Return")
    assert not page.table.isVisible()
    assert page.record.isVisible()
    assert page.record.isAncestorOf(officer.focus)
    assert page.beside.back.isVisible()
    officer.press("Esc")
    assert page.table.isVisible()
    assert officer.focus is page.table
    officer.press("Return")
    page.beside.back.click()
    officer.settle()
    assert page.table.isVisible()
    officer.window.resize(1366, 768)
    officer.settle()
    assert page.table.isVisible()
    officer.press("Down", "Up")
    assert page.record.isVisible()


def test_a_record_stays_on_show_when_the_window_becomes_narrow(officer: Officer) -> None:
    officer.go("agreements", officer.agreement(), "Money")
    officer.page.record.focus_first_step()
    officer.window.resize(1000, 700)
    officer.settle()
    assert officer.page.record.isVisible() != officer.page.table.isVisible()
    officer.window.resize(1366, 768)
    officer.settle()
    assert officer.page.record.isVisible()
    assert officer.page.record.uid == officer.agreement()
    assert officer.page.record.sub_page() == "Money"


def test_the_size_of_the_window_is_remembered(start: StartOfficer, sample: Path) -> None:
    officer = start(sample, size=(760, 560))
    assert officer.window.width() == 760
    again = start(sample, size=None)
    assert (again.window.width(), again.window.height()) == (760, 560)


def test_a_wide_agreement_shows_its_budget_and_decisions_beside_the_term(officer: Officer) -> None:
    officer.go("agreements", officer.agreement(), "Term")
    terms = officer.page.record.terms
    assert not terms.decisions.isVisible()
    officer.window.resize(1920, 1080)
    officer.settle()
    assert terms.decisions.isVisible()
    assert terms.budget.isVisible()
    assert officer.words(terms.budget.table)[-1][2] == "£10,193,315"


def test_the_first_window_fits_its_screen_with_its_title_bar(start: StartOfficer, sample: Path) -> None:
    officer = start(sample, size=None)
    room = officer.program.application.primaryScreen().availableSize()
    assert officer.window.width() <= room.width()
    assert officer.window.height() <= room.height() - 32, (
        "the lowest buttons can be pressed on a screen of its own size"
    )
