"""The window shown as at another day: unmistakable, without steps that change something, and back by one key."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QTableView

from s75desk.domain.attention import TERM
from s75desk.domain.dated import FromDay
from s75desk.domain.records import Agreement, Decision
from s75desk.domain.records.agreement import Outcome
from s75desk.domain.wording import date_long
from s75desk.ui.forms.date_editor import CalendarPopup
from s75desk.ui.navigation import Destination
from s75desk.ui.widgets.floating import FloatingSheet
from tests.e2e.driver import Officer

PAST = date(2025, 6, 1)
CHANGING = ("New", "Plan", "Edit", "Add", "Record", "Archive", "Attach", "Chase", "Done", "Write", "Start", "Duplicate")


def band(officer: Officer) -> str:
    return str(officer.view.day.band.accessibleName()) if officer.view.day.band.isVisible() else ""


def buttons(officer: Officer) -> set[str]:
    return {b.accessibleName() for b in officer.page.findChildren(QPushButton) if b.isVisible()}


def test_another_day_is_unmistakable_on_every_tab_and_one_key_leads_back(officer: Officer) -> None:
    officer.go("agreements", officer.agreement())
    assert not officer.view.day.band.isVisible()
    officer.view.day.show(PAST)
    officer.settle()
    for key in ("Ctrl+1", "Ctrl+2", "Ctrl+3", "Ctrl+4", "Ctrl+5", "Ctrl+6", "Ctrl+7"):
        officer.press(key)
        assert date_long(PAST) in band(officer)
    assert date_long(PAST) in officer.window.bar.as_at.accessibleName()
    officer.press("Esc")
    assert officer.view.day.another == PAST, "not lost by a stray key"
    officer.press("Ctrl+T")
    assert officer.view.day.another is None
    assert not officer.view.day.band.isVisible()
    assert date_long(PAST) not in officer.window.bar.as_at.accessibleName()


def test_the_record_on_show_stays_and_says_what_held_then(officer: Officer) -> None:
    officer.go("agreements", officer.agreement())
    officer.view.day.show(PAST)
    officer.settle()
    assert officer.page.record.uid == officer.agreement()
    assert officer.office.agreements.dossier(officer.agreement()).as_at == PAST
    officer.press("Ctrl+T")
    assert officer.page.record.uid == officer.agreement()


@pytest.mark.parametrize("page", ["agreements", "providers", "visits", "kpis", "actions"])
def test_nothing_offers_to_change_anything(officer: Officer, page: str) -> None:
    officer.go(page)
    today = buttons(officer)
    officer.view.day.show(PAST)
    officer.settle()
    gone = today - buttons(officer)
    assert any(words.startswith(("New", "Plan")) for words in gone), today
    offered = {words for words in buttons(officer) if words.startswith(CHANGING)}
    assert not offered
    for key in ("Ctrl+N", "F2", "F11", "Ctrl+Z"):
        officer.press(key)
        assert "nothing can be changed" in officer.notice(), key
        assert officer.page.form.form is None
    assert not officer.view.top_bar._badge_box.isVisible(), "nothing is overdue on a day that is past"


def test_from_change_to_change(officer: Officer) -> None:
    officer.go("agreements", officer.agreement())
    officer.view.day.show(PAST)
    officer.settle()
    days = officer.office.records.days_of_change(
        type(officer.office.agreements.by_reference("S75-2024-OT")), officer.agreement()
    )
    before = max(day for day in days if day < PAST)
    officer.press("Alt+PgUp")
    assert officer.view.day.another == before
    officer.press("Alt+PgDown")
    assert officer.view.day.another == min(day for day in days if day > before)


def test_an_open_form_is_set_aside_with_its_words(officer: Officer) -> None:
    officer.go("agreements", officer.agreement())
    officer.press("F2")
    officer.wait(lambda: officer.page.form.form is not None)
    officer.tab_to("People covered")
    officer.type("Adults of Ely")
    officer.view.day.show(PAST)
    officer.settle()
    officer.press("Ctrl+T")
    officer.press("F2")
    officer.wait(lambda: officer.page.form.form is not None)
    assert "Adults of Ely" in officer.form.typed()["people"]


def test_the_views_turn_with_the_clock(officer: Officer) -> None:
    """Left open over midnight, or woken from sleep: nothing stays on yesterday."""
    officer.press("Ctrl+6")
    page = officer.page
    program = officer.program
    tomorrow = officer.office.place.today() + timedelta(days=1)
    object.__setattr__(officer.office.place, "today", lambda: tomorrow)
    officer.view.day.look_at_clock()
    officer.settle()
    assert officer.page is not page, "made anew"
    assert officer.page.context.today == tomorrow
    assert officer.view.day.another is None
    assert str(tomorrow.day) in officer.window.bar.as_at.accessibleName()
    assert program.window.view is not None


def test_the_clock_waits_for_what_is_being_entered(officer: Officer) -> None:
    officer.go("agreements", officer.agreement())
    officer.press("F2")
    officer.wait(lambda: officer.page.form.form is not None)
    form = officer.page.form.form
    tomorrow = officer.office.place.today() + timedelta(days=1)
    object.__setattr__(officer.office.place, "today", lambda: tomorrow)
    officer.view.day.look_at_clock()
    assert officer.page.form.form is form
    officer.press("Esc")
    officer.settle()
    officer.view.day.look_at_clock()
    assert officer.page.context.today == tomorrow


def test_the_chosen_day_stays_when_the_clock_turns(officer: Officer) -> None:
    officer.view.day.show(PAST)
    officer.settle()
    tomorrow = officer.office.place.today() + timedelta(days=1)
    object.__setattr__(officer.office.place, "today", lambda: tomorrow)
    officer.view.day.look_at_clock()
    assert officer.view.day.another == PAST


def test_what_is_another_today_is_listed_and_what_came_later_counted(officer: Officer) -> None:
    uid = officer.agreement()
    stored = officer.office.records.get(Agreement, uid)
    changed = replace(stored, reviewed="Yearly, by the board")
    days = {"reviewed": FromDay(date(2025, 12, 1), reason="Board minutes")}
    officer.office.records.save(changed, stored, days)
    officer.go("agreements", uid)
    officer.view.day.show(date(2024, 3, 7))
    officer.settle()
    officer.go("agreements", uid, "Different today")
    page = officer.page.record._later
    lines = officer.words(page.table)
    review = next(line for line in lines if line[0] == "Review")
    assert review[2:] == ("Yearly, by the board", "1 Dec 2025", "Board minutes")
    assert "left out" in page.left_out.text()


def chooser(officer: Officer) -> CalendarPopup:
    popup = officer.view.day._calendar
    assert popup is not None
    assert popup.isVisible()
    return popup


def test_another_day_is_typed_as_every_day_is(officer: Officer) -> None:
    officer.press("Ctrl+T")
    popup = chooser(officer)
    stands = officer.window.bar.as_at
    assert popup.geometry().bottom() <= stands.mapToGlobal(stands.rect().topLeft()).y(), "above what says the day"
    line = popup._line
    QTest.keyClicks(line, "32/1/25")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert popup.isVisible()
    assert popup._refusal.text() == "January 2025 has no day 32."
    line.selectAll()
    QTest.keyClicks(line, "1 june 2025")
    QTest.keyClick(line, Qt.Key.Key_Return)
    officer.wait(lambda: officer.view.day.another == PAST)
    assert not popup.isVisible()


@pytest.mark.parametrize("typed", ["1", "0101", "99", "jan"])
def test_what_is_typed_over_a_month_goes_into_the_line_and_breaks_nothing(officer: Officer, typed: str) -> None:
    officer.press("Ctrl+T")
    popup = chooser(officer)
    days = popup.calendar.findChild(QTableView)
    days.setFocus()
    QTest.keyClick(days, Qt.Key(ord(typed[0].upper())))
    assert popup._line.text() == typed[0]
    popup._pick(QDate())
    popup._pick(QDate(-3, 1, 1))
    assert popup.isVisible(), "what is no day is not taken"
    QTest.keyClick(popup, Qt.Key.Key_Escape)


def test_a_press_on_the_day_in_the_status_bar_asks_for_another(officer: Officer) -> None:
    QTest.mouseClick(officer.window.bar.as_at, Qt.MouseButton.LeftButton)
    assert chooser(officer)


@pytest.mark.parametrize("turned", ["before", "on the way"])
@pytest.mark.parametrize("what", [TERM, "decision"])
def test_what_was_to_be_settled_is_left_where_the_day_is_another(officer: Officer, what: str, turned: str) -> None:
    uid = officer.agreement()
    if what != TERM:
        waiting = Decision(agreement=uid, title="Whether to extend", outcome=Outcome.UNDECIDED)
        what = f"decision:{officer.office.records.create(waiting).uid}"
    if turned == "before":
        officer.view.day.show(PAST)
        officer.settle()
    officer.view.go(Destination("agreements", uid, "Term", settle=what))
    if turned == "on the way":
        officer.view.day.show(PAST)
    officer.settle()
    assert not [sheet for sheet in officer.window.findChildren(FloatingSheet) if sheet.isVisible()]
    assert officer.page.form.form is None
