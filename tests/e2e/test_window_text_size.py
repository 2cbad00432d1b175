"""A step of text size puts the new sheet on once or twice for each widget, and not once for each widget above it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

from tests.e2e.driver import Officer

PAGES = ("agreements", "providers", "visits", "kpis", "actions", "briefings", "overview")


class _Counting(QObject):
    """Counts how often widgets are dressed anew."""

    def __init__(self) -> None:
        super().__init__()
        self.dressed = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.dressed += event.type() == QEvent.Type.StyleChange and isinstance(watched, QWidget)
        return False


def test_a_step_of_text_size_dresses_widgets_no_more_than_three_times(officer: Officer, qapp: QApplication) -> None:
    for page in PAGES:
        officer.go(page)
    for step in ("Ctrl++", "Ctrl++", "Ctrl+-"):
        counting = _Counting()
        qapp.installEventFilter(counting)
        officer.press(step)
        qapp.removeEventFilter(counting)
        every = len(qapp.allWidgets())
        assert every > 1000, "every page there is"
        assert every <= counting.dressed <= 3 * every


def test_what_opens_after_a_step_has_the_new_size_too(officer: Officer) -> None:
    before = officer.page.fontMetrics().height()
    officer.press("Ctrl++", "Ctrl++", "Ctrl++")
    assert officer.page.fontMetrics().height() > before
    officer.go("kpis")
    assert officer.page.filter_row.search.fontMetrics().height() > before
    officer.press("Ctrl+K")
    assert officer.view.finder.field.fontMetrics().height() > before


def test_dark_is_worn_by_every_page(officer: Officer) -> None:
    officer.go("providers")
    officer.window.looks.set_theme("dark")
    ground = officer.page.filter_row.search.palette().base().color()
    assert ground.lightness() < 128
    assert officer.go("actions").filter_row.search.palette().base().color() == ground
