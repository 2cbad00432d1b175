"""People spoken to: counted by role, by keys, finger or pointer; not known is never nought."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QPointingDevice
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from s75desk.domain.records.visit_work import SpokenRole
from s75desk.services.office import Office
from s75desk.ui.theme import Theme
from s75desk.ui.widgets.buttons import Button
from tests.ui.visit.conftest import Hand, OpenVisitMode
from tests.ui.visit.visit_help import Visits, sign

FIRST, SECOND, *_, LAST = SpokenRole


def kept(hand: Hand) -> dict[SpokenRole, int | None]:
    """The counts as a window would find them if it were opened now."""
    hand.mode.session.settle()
    hand.rest()
    book = hand.mode.context.office.visiting.open(hand.mode.session.visit).book
    return {role: found.count for role, found in book.people.items()}


def stepper(hand: Hand, words: str, role: SpokenRole) -> Button:
    return next(
        button
        for button in hand.mode.people.findChildren(Button)
        if button.accessibleName() == f"{words}: {role.value}"
    )


def test_nothing_is_known_before_anything_is_said(at_visit: OpenVisitMode) -> None:
    hand = at_visit("people")
    pane = hand.mode.people
    assert hand.at is pane.fields[FIRST]
    assert [field.text() for field in pane.fields.values()] == [""] * len(SpokenRole)
    assert {field.placeholderText() for field in pane.fields.values()} == {"?"}
    assert pane._total.text() == "Not known: nobody is recorded yet."
    assert kept(hand) == {}


def test_up_and_down_count_and_enter_goes_to_the_next_role(at_visit: OpenVisitMode) -> None:
    hand = at_visit("people").press("Up", "Up", "Up", "Down", "Return")
    assert hand.name == f"{SECOND.word}: how many"
    hand.type("4")
    assert kept(hand) == {FIRST: 2, SECOND: 4}
    assert hand.mode.people._total.text() == "Six people in two roles."


def test_nought_is_said_and_differs_from_not_known(at_visit: OpenVisitMode) -> None:
    hand = at_visit("people").type("0")
    assert kept(hand) == {FIRST: 0}
    assert hand.mode.people._total.text() == "Nobody: every count given is 0."
    hand.press("Backspace")
    assert kept(hand) == {FIRST: None}
    assert hand.mode.people._total.text() == "Not known: nobody is recorded yet."


def test_a_role_with_nobody_is_no_role_spoken_to(at_visit: OpenVisitMode) -> None:
    hand = at_visit("people").type("4").press("Return").type("0").press("Return").type("1")
    assert hand.mode.people._total.text() == "Five people in two roles."


def test_below_nought_a_count_is_not_known_again(at_visit: OpenVisitMode) -> None:
    hand = at_visit("people")
    fewer = stepper(hand, "One fewer", SECOND)
    QTest.mouseClick(fewer, Qt.MouseButton.LeftButton)
    assert kept(hand) == {SECOND: 0}
    QTest.mouseClick(fewer, Qt.MouseButton.LeftButton)
    assert kept(hand) == {SECOND: None}
    assert hand.mode.people.fields[SECOND].text() == ""
    hand.mode.people.take_keyboard()
    hand.press("Up", "Down", "Down")
    assert kept(hand)[FIRST] is None


def test_pointer_and_finger_count(at_visit: OpenVisitMode) -> None:
    hand = at_visit("people", size=(780, 768))
    more = stepper(hand, "One more", FIRST)
    QTest.mouseClick(more, Qt.MouseButton.LeftButton)
    finger = QTest.createTouchDevice(QPointingDevice.DeviceType.TouchScreen)
    QTest.touchEvent(more, finger).press(1, QPoint(9, 9), more).commit()
    QTest.touchEvent(more, finger).release(1, QPoint(9, 9), more).commit()
    QTest.mouseClick(stepper(hand, "One fewer", SECOND), Qt.MouseButton.LeftButton)
    assert kept(hand) == {FIRST: 2, SECOND: 0}


@pytest.mark.parametrize(("typed", "stands"), [("12x-3", "123"), ("1001", "100"), ("1000", "1000"), (" 7", "7")])
def test_only_counts_can_be_typed(at_visit: OpenVisitMode, typed: str, stands: str) -> None:
    hand = at_visit("people").type(typed)
    assert hand.at.text() == stands
    assert kept(hand) == {FIRST: int(stands)}


def test_the_steppers_stop_at_either_end(at_visit: OpenVisitMode) -> None:
    hand = at_visit("people").press("Down")
    assert kept(hand) == {FIRST: 0}
    hand.press("Ctrl+A").type("1000").press("Up")
    assert kept(hand) == {FIRST: 1000}


def test_the_list_on_the_left_follows(at_visit: OpenVisitMode) -> None:
    hand = at_visit("people")

    def line() -> str:
        return next(line.words for line in hand.mode.outline.lines_model.lines if line.place == "people")

    assert line() == "People spoken to, Not known"
    hand.press("Up", "Up")
    assert line() == "People spoken to, 2, Done"


def test_tab_goes_from_role_to_role_and_on_to_the_questions(at_visit: OpenVisitMode) -> None:
    hand = at_visit("people")
    passed = [hand.name]
    for _ in range(len(SpokenRole)):
        hand.press("Tab")
        passed.append(hand.name)
    assert passed == [*(f"{role.word}: how many" for role in SpokenRole), "Questions"]
    hand.press("Return")
    assert hand.mode.place == "1.1"


def test_every_control_has_a_name(at_visit: OpenVisitMode) -> None:
    pane = at_visit("people").mode.people
    for part in (*pane.findChildren(Button), *pane.findChildren(QLineEdit)):
        assert part.accessibleName()


def test_a_finger_fits_and_all_roles_can_be_reached(at_visit: OpenVisitMode, theme: Theme) -> None:
    hand = at_visit("people")
    pane = hand.mode.people
    assert pane._around.verticalScrollBar().maximum() == 0, "all are in sight"
    for scale in (1.0, 1.3, 1.6):
        theme.set_text_scale(scale)
        QApplication.processEvents()
        for part in (*pane.fields.values(), *pane._buttons):
            assert min(part.width(), part.height()) >= round(44 * scale) - 1
    assert pane._around.verticalScrollBar().maximum() > 0
    for _ in range(len(SpokenRole) - 1):
        hand.press("Tab")
    assert hand.at is pane.fields[LAST]
    view = pane._around.viewport()
    assert view.rect().contains(hand.at.mapTo(view, hand.at.rect().center()))


def test_signed_counts_can_only_be_read(at_visit: OpenVisitMode, visits: Visits, office: Office) -> None:
    hand = at_visit("people", visit=visits.plain).type("3")
    assert kept(hand) == {FIRST: 3}
    sign(office, visits.plain)
    hand = at_visit("people", visit=visits.plain)
    field = hand.mode.people.fields[FIRST]
    assert field.text() == "3"
    field.setFocus()
    hand.press("Up").type("9")
    QTest.mouseClick(stepper(hand, "One more", FIRST), Qt.MouseButton.LeftButton)
    assert kept(hand) == {FIRST: 3}
    assert field.text() == "3"
