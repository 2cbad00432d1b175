"""The Overview: the first row's own step, five days, what is new since the last time, and the dates for a calendar."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QPushButton

from s75desk.domain.records import Provider
from s75desk.models import settings
from s75desk.models.desk_file import DeskFile
from s75desk.services.office import Office
from s75desk.services.since import SETTING
from s75desk.services.workplace import Workplace
from s75desk.ui.pages.overview.coming import agenda_days
from tests.e2e.conftest import TODAY, StartOfficer
from tests.e2e.driver import Officer


@pytest.fixture
def away(sample: Path) -> Path:
    """The sample desk, left on a Friday and changed by another hand on the Saturday."""
    with DeskFile.open(sample) as desk:
        with desk.writing() as connection:
            settings.put(connection, SETTING, "2026-01-30T17:12:00+00:00")
        saturday = datetime(2026, 1, 31, 12, tzinfo=UTC)
        Office(Workplace(desk, "colleague", lambda: TODAY, lambda: saturday)).records.create(Provider(name="Elm"))
    return sample


def test_the_first_day_has_no_panel_and_today_s_visit_is_the_step(officer: Officer) -> None:
    page = officer.page
    assert not page._since.isVisible()
    assert page.step_button.text() == "Start visit"
    assert page.step_button.accessibleName().startswith("Start visit: Quality visit: Pellgate House")


def test_what_is_new_opens_by_its_step_and_is_folded_when_seen(start: StartOfficer, away: Path) -> None:
    officer = start(away)
    officer.wait(lambda: not officer.page._overview.pending)
    panel = officer.page._since
    assert panel.isVisible()
    assert panel._when.text() == "Fri 30 Jan, 17:12"
    steps = {button.accessibleName(): button for button in panel._list.findChildren(QPushButton)}
    assert officer.page._heading.text().endswith(", one of them new")
    steps["See: Added: Elm"].click()
    officer.settle()
    assert officer.page.where().page == "providers"
    officer.press("Ctrl+1")
    panel._button.click()
    officer.wait(lambda: panel._when.text().endswith("seen"))
    assert not panel._list.isVisible()
    assert "new" not in officer.page._heading.text()
    officer = start(away)
    officer.wait(lambda: officer.page._since._title.isVisible())
    assert "Elm" not in str([label.accessibleName() for label in officer.page._since._list.findChildren(QPushButton)])


def test_five_days_and_other_weeks(officer: Officer) -> None:
    coming = officer.page.coming
    assert coming._title.text() == "This week"
    days = [day.name for day in agenda_days(officer.page._overview.days, TODAY)]
    assert days[0] == "Mon 2"
    assert sum(name[:3] not in ("Sat", "Sun") for name in days) == 5
    coming._later()
    officer.settle()
    assert coming._title.text() == "From 9 Feb"
    coming._earlier()
    officer.settle()
    assert coming._title.text() == "This week"


def test_the_dates_are_saved_for_a_calendar(officer: Officer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "dates"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(file), ""))
    officer.page.coming.calendar_asked.emit()
    officer.wait(lambda: officer.notice().startswith("Saved: "))
    assert (tmp_path / "dates.ics").read_bytes().startswith(b"BEGIN:VCALENDAR")


def test_what_needs_attention_is_printed(officer: Officer) -> None:
    shown = len(officer.page.table.visible_rows())
    officer.press("Ctrl+P")
    officer.wait(lambda: officer.page.printout.made is not None)
    listing = officer.page.printout.made.wish.listing
    assert (listing.title, len(listing.rows)) == ("Needs attention", shown)


def test_a_narrow_window_puts_the_days_under_the_list(start: StartOfficer, away: Path) -> None:
    officer = start(away, size=(1024, 768))
    page = officer.page
    officer.wait(lambda: page.table.isVisible())
    below = page.coming.mapTo(page, page.coming.rect().topLeft()).y()
    assert below > page.table.mapTo(page, page.table.rect().bottomLeft()).y()
    assert page._since.isVisible()


def test_no_step_is_cut(officer: Officer) -> None:
    officer.press("Ctrl+1")
    table = officer.page.table
    place = [column.key for column in table.visible_columns()].index("step")
    steps = {item.step for item in table.visible_rows()}
    assert "Decide extension 1" in steps
    for step in steps:
        assert table.fontMetrics().horizontalAdvance(step) + 16 < table.columnWidth(place), step
