"""What was looked at in the window is there again: asked for at once, passed in a list only after a while."""

from __future__ import annotations

from tests.e2e.driver import Officer


def test_a_record_asked_for_is_noted_at_once(officer: Officer) -> None:
    uid = officer.agreement()
    officer.go("agreements", uid)
    officer.settle()
    assert [found.uid for found in officer.office.recent.records()] == [uid]


def test_records_passed_in_a_list_are_not_noted_but_the_one_that_stays_is(officer: Officer) -> None:
    officer.go("providers")
    officer.press("Down", "Down")
    assert officer.office.recent.records() == ()
    stays = officer.page.record.uid
    officer.wait(lambda: not officer.view._seen._timer.isActive())
    assert [found.uid for found in officer.office.recent.records()] == [stays]
