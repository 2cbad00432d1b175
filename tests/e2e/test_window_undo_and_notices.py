"""Undo takes back what was just read and nothing else; notices lie clear of what is needed; Enter presses a button."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QPushButton, QRadioButton, QWidget

from s75desk.domain.records import Action, Provider
from s75desk.domain.records.action import ActionState
from s75desk.domain.records.doubt import Reply
from s75desk.ui.navigation import VISIT_MODE
from s75desk.ui.visit.rating_keys import KeyButton
from s75desk.ui.widgets.figure_button import FigureButton
from tests.e2e.driver import Officer

PAGES = ("overview", "agreements", "providers", "visits", "kpis", "actions", "briefings")


def two_done(officer: Officer) -> list[str]:
    officer.press("Ctrl+6")
    uids = [row.uid for row in officer.page.table.visible_rows()[:2]]
    for uid in uids:
        officer.view.operations.write(officer.page, lambda uid=uid: officer.office.actions.mark_done(uid))
        officer.settle()
    return uids


def state(officer: Officer, uid: str) -> ActionState | None:
    return officer.office.actions.get(Action, uid).state


def test_a_second_undo_says_what_it_would_take_back_before_it_does(officer: Officer) -> None:
    first, second = two_done(officer)
    officer.press("Ctrl+Z")
    assert state(officer, second) is not ActionState.DONE
    assert state(officer, first) is ActionState.DONE
    officer.press("Ctrl+Z")
    assert state(officer, first) is ActionState.DONE, "nothing yet: it has only been named"
    assert officer.office.actions.get(Action, first).title[:30] in officer.notice()
    officer.press("Ctrl+Z")
    assert state(officer, first) is not ActionState.DONE


def test_redo_brings_back_what_was_undone_last(officer: Officer) -> None:
    _, second = two_done(officer)
    officer.press("Ctrl+Z")
    officer.press("Ctrl+Y")
    assert state(officer, second) is ActionState.DONE


def test_the_key_of_a_notice_works_in_a_form_where_nothing_was_typed(officer: Officer) -> None:
    _, second = two_done(officer)
    officer.press("Ctrl+N")
    assert officer.view.notice.offers_undo
    assert officer.view.notice._key.isVisible()
    officer.press("Ctrl+Z")
    assert state(officer, second) is not ActionState.DONE


def test_typing_in_a_field_has_its_own_undo_and_the_notice_says_no_key_then(officer: Officer) -> None:
    _, second = two_done(officer)
    officer.press("Ctrl+N")
    officer.type("Count the keys")
    assert not officer.view.notice._key.isVisible()
    officer.press("Ctrl+Z")
    assert state(officer, second) is ActionState.DONE
    assert officer.form.editor_row("title").editor.text() == ""
    assert officer.view.notice._key.isVisible()


def test_the_button_of_a_notice_takes_back_what_the_notice_tells(officer: Officer) -> None:
    first, second = two_done(officer)
    button = next(b for b in officer.view.notice.findChildren(QPushButton) if b.text() == "Undo")
    button.click()
    officer.settle()
    assert state(officer, second) is not ActionState.DONE
    assert state(officer, first) is ActionState.DONE


def test_undo_in_a_field_with_nothing_left_never_asks_for_older_changes(officer: Officer) -> None:
    first, _ = two_done(officer)
    officer.view.notice.dismiss()
    officer.press("Ctrl+N", "Ctrl+Z", "Ctrl+Z")
    assert officer.notice() == ""
    assert state(officer, first) is ActionState.DONE


def test_a_notice_said_at_a_visit_is_undone_by_its_key_there(officer: Officer) -> None:
    uid = next(row.uid for row in officer.office.visits.rows(coming=True) if row.service == "Pellgate House")
    officer.go(VISIT_MODE, uid)
    officer.wait(lambda: officer.view.visits.mode is not None)
    made: list[str] = []

    def write() -> Any:
        changes = officer.office.providers.create(Provider(name="Gorsefield Care"))
        made.append(changes.uid)
        return changes

    officer.view.operations.write(officer.view, write)
    officer.settle()
    assert officer.view.notice.offers_undo
    officer.press("Ctrl+Z")
    assert officer.office.providers.get(Provider, made[0]).archived_at is not None


# Notices


def covered(officer: Officer) -> list[str]:
    """What the notice lies over of all that can be pressed or typed in."""
    notice = officer.view.notice
    inner = notice.geometry().adjusted(notice.edge, notice.edge, -notice.edge, -notice.edge)
    found = []
    for part in officer.window.findChildren(QPushButton):
        if part.isVisible() and not notice.isAncestorOf(part) and not part.visibleRegion().isEmpty():
            where = QRect(part.mapTo(officer.window, QPoint()), part.size())
            found += [part.accessibleName()] if inner.intersects(where) else []
    return found


@pytest.mark.parametrize("size", [(1366, 768), (1024, 700)])
@pytest.mark.parametrize("page", PAGES)
def test_a_notice_never_lies_over_a_button(officer: Officer, page: str, size: tuple[int, int]) -> None:
    officer.window.resize(*size)
    officer.go(page)
    officer.view.notice.say("Archived: a provider with a rather long name, kept for its history.", undo=True)
    assert covered(officer) == []


@pytest.mark.parametrize("page", ["agreements", "providers", "visits", "kpis", "actions"])
def test_a_notice_gives_way_to_a_form_that_opens_under_it(officer: Officer, page: str) -> None:
    officer.go(page)
    officer.view.notice.say("Archived: a provider with a rather long name, kept for its history.", undo=True)
    officer.press("Ctrl+N")
    officer.type("x")
    assert covered(officer) == []


def test_a_notice_gives_way_to_the_answers_of_the_next_doubt(officer: Officer) -> None:
    uid = next(row.uid for row in officer.office.agreements.rows() if row.doubts > 2)
    officer.go("agreements", uid)
    officer.press("F8", "F8", "Ctrl+Alt+R")
    officer.settle()
    assert officer.notice() != ""
    officer.wait(lambda: covered(officer) == [])
    button = officer.page.record.doubts.buttons[Reply.RIGHT]
    officer.view.notice.move(button.mapTo(officer.window, QPoint()) - QPoint(60, 40))
    assert covered(officer) != []
    officer.wait(lambda: covered(officer) == [])


def test_a_notice_does_not_follow_to_another_page_but_trouble_does(officer: Officer) -> None:
    notice = officer.view.notice
    notice.say("Saved: something")
    QTest.qWait(1100)
    officer.press("Ctrl+3")
    assert officer.notice() == ""
    notice.say("The disk is full.", lasting=True)
    QTest.qWait(1100)
    officer.press("Ctrl+4")
    assert officer.notice() == "The disk is full."


def test_a_notice_of_the_step_that_led_to_a_page_comes_along(officer: Officer) -> None:
    officer.view.notice.say("Added: a visit")
    officer.press("Ctrl+4")
    assert officer.notice() == "Added: a visit"


# Enter


class _Pressed(QObject):
    """Hears whether a button was pressed, and keeps it from doing anything."""

    def __init__(self, button: QAbstractButton) -> None:
        super().__init__(button)
        self.count = 0
        button.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Space:
            self.count += 1
            return True
        return False


OF_THEIR_OWN = (KeyButton, QRadioButton, FigureButton)
"""Rating keys go on to the note, radio buttons to the next field; figures answer Enter themselves."""


def buttons_of(owner: QWidget) -> list[QAbstractButton]:
    found = [b for b in owner.findChildren(QAbstractButton) if b.isVisible() and b.isEnabled()]
    return [b for b in found if b.focusPolicy() & Qt.FocusPolicy.TabFocus and not isinstance(b, OF_THEIR_OWN)]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("entering", [False, True])
def test_enter_presses_every_button_that_can_have_the_keyboard(officer: Officer, page: str, entering: bool) -> None:
    officer.go(page)
    if entering:
        officer.press("Ctrl+N")
    deaf = []
    for button in buttons_of(officer.window):
        button.setFocus()
        pressed = _Pressed(button)
        QTest.keyClick(button, Qt.Key.Key_Return)
        if not pressed.count:
            deaf.append(button.accessibleName())
        button.removeEventFilter(pressed)
    assert deaf == []
