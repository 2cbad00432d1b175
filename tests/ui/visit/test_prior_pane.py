"""Actions from before: each graded by a key, a finger or the pointer, with a reason where one is needed."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QPointingDevice
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from s75desk.domain.records import PriorGrading
from s75desk.domain.records.visit_work import PriorGrade
from s75desk.services.office import Office
from s75desk.ui.theme import Theme
from s75desk.ui.visit.prior_pane import PriorCard
from s75desk.ui.widgets.focus_ring import FocusRing
from tests.ui.visit.conftest import Hand, OpenVisitMode
from tests.ui.visit.visit_help import Visits, sign


def kept(hand: Hand) -> list[PriorGrading]:
    """The grades as a window would find them if it were opened now, soonest due first."""
    hand.mode.session.settle()
    hand.rest()
    book = hand.mode.context.office.visiting.open(hand.mode.session.visit).book
    return [book.grading(action.uid) for action in book.prior]


def cards(hand: Hand) -> list[PriorCard]:
    return list(hand.mode.prior.cards.values())


def words(part: QWidget) -> str:
    said = "\n".join(label.text() for label in part.findChildren(QLabel) if label.isVisible())
    return said.replace("\u00a0", " ")  # where a line may not break


def card_with_keyboard(hand: Hand) -> int:
    return next(place for place, card in enumerate(cards(hand)) if card.isAncestorOf(hand.at))


def test_a_visit_with_actions_from_before_begins_with_them(at_visit: OpenVisitMode) -> None:
    hand = at_visit()
    assert hand.mode.place == "prior"
    assert hand.name == "Met, key M"
    assert card_with_keyboard(hand) == 0
    assert "3 actions of 3 still to be graded." in words(hand.mode.prior)
    first, second, third = (words(card) for card in cards(hand))
    assert "Corrective  ·  owner: deputy manager  ·  due 5 January 2026, 28 days late" in first
    assert "Evidence wanted: Audit record for four weeks" in first
    assert "Owner not known  ·  due 21 January 2026, 12 days late" in second
    assert "Owner not known  ·  no date" in third


def test_keys_grade_and_up_and_down_go_on(at_visit: OpenVisitMode) -> None:
    hand = at_visit().press("M", "Down")
    assert card_with_keyboard(hand) == 1
    hand.press("Down", "X")
    assert hand.at is cards(hand)[2].reason, "not met has to say why"
    hand.type("Both are still in use, with M, P and X on them")
    hand.press("Up", "Up")
    assert hand.name == "Met, key M"
    grades = kept(hand)
    assert [one.grade for one in grades] == [PriorGrade.MET, None, PriorGrade.NOT_MET]
    assert grades[2].reason == "Both are still in use, with M, P and X on them"


def test_a_ring_shows_which_action_the_keys_grade(at_visit: OpenVisitMode) -> None:
    hand = at_visit(size=(1366, 480))
    ring = QApplication.instance().findChildren(FocusRing)[-1]  # type: ignore[union-attr]
    for key in ("Down", "Down", "Up", "M", "Down", "M"):
        hand.press(key)
        assert ring.around() is hand.at, "also where it had to be scrolled into sight"


def test_the_count_follows_each_grade(at_visit: OpenVisitMode) -> None:
    hand = at_visit().press("M")
    assert "2 actions of 3 still to be graded." in words(hand.mode.prior)
    hand.press("Down", "M", "Down", "M")
    assert "All are graded. What is met is verified when the visit is signed." in words(hand.mode.prior)
    hand.press("M")
    assert "1 action of 3 still to be graded." in words(hand.mode.prior), "the same key takes it back"
    assert kept(hand)[2].grade is None


@pytest.mark.parametrize(
    ("key", "grade"), [("Alt+M", PriorGrade.MET), ("Alt+P", PriorGrade.PARTLY), ("Alt+X", PriorGrade.NOT_MET)]
)
def test_with_alt_keys_grade_while_a_reason_is_typed(at_visit: OpenVisitMode, key: str, grade: PriorGrade) -> None:
    hand = at_visit().press("X" if grade is PriorGrade.PARTLY else "P").type("One drill")
    hand.press(key).type(" of two")
    found = kept(hand)[0]
    assert (found.grade, found.reason) == (grade, "One drill of two")


def test_enter_in_a_reason_goes_to_the_next_action_and_at_last_onward(at_visit: OpenVisitMode) -> None:
    hand = at_visit().press("P").type("Half").press("Return")
    assert card_with_keyboard(hand) == 1
    hand.press("Down", "P").type("Half").press("Return")
    assert hand.at is hand.mode.prior.next
    hand.press("Return")
    assert hand.mode.place == "people"


def test_down_ends_at_the_way_on_and_up_comes_back(at_visit: OpenVisitMode) -> None:
    hand = at_visit().press("Down", "Down", "Down")
    assert hand.at is hand.mode.prior.next
    hand.press("Down")
    assert hand.at is hand.mode.prior.next, "and not the way out of the visit"
    hand.press("Up")
    assert card_with_keyboard(hand) == 2


def test_pointer_and_finger_grade(at_visit: OpenVisitMode) -> None:
    hand = at_visit("prior", size=(780, 768))
    QTest.mouseClick(cards(hand)[0].buttons[PriorGrade.MET], Qt.MouseButton.LeftButton)
    button = cards(hand)[1].buttons[PriorGrade.PARTLY]
    finger = QTest.createTouchDevice(QPointingDevice.DeviceType.TouchScreen)
    QTest.touchEvent(button, finger).press(1, QPoint(10, 10), button).commit()
    QTest.touchEvent(button, finger).release(1, QPoint(10, 10), button).commit()
    assert [one.grade for one in kept(hand)] == [PriorGrade.MET, PriorGrade.PARTLY, None]


def test_a_reason_is_asked_for_where_one_is_printed(at_visit: OpenVisitMode) -> None:
    hand = at_visit()
    card = cards(hand)[0]
    assert not card.reason.isVisible()
    hand.press("M")
    assert (card.reason.placeholderText(), card.reason.property("state")) == ("What was seen", "none")
    assert hand.name == "Met, key M", "met needs no reason"
    hand.press("P")
    assert (card.reason.placeholderText(), card.reason.property("state")) == ("Say why; it is printed", "doubt")
    hand.type("Half")
    assert card.reason.property("state") == "none"
    assert card.reason.accessibleName() == "Reason for the grade of Audit medicines charts every week on both units"


def test_coming_back_goes_to_the_first_that_is_not_graded(at_visit: OpenVisitMode) -> None:
    hand = at_visit().press("M", "Ctrl+Down", "Ctrl+Up")
    assert card_with_keyboard(hand) == 1


def test_tab_stops_once_at_each_card_and_then_goes_on(at_visit: OpenVisitMode) -> None:
    hand = at_visit().press("M", "Down", "M", "Up")
    passed = []
    for _ in range(6):
        hand.press("Tab")
        passed.append(hand.name)
    assert passed == [
        "Reason for the grade of Audit medicines charts every week on both units",
        "Met, key M",
        "Reason for the grade of Give night staff a fire drill",
        "Met, key M",
        "People spoken to",
        "Leave visit mode",
    ]
    hand.mode.take_keyboard()
    walked = []
    for key in ("Right", "Right", "Right", "Left"):
        hand.press(key)
        walked.append(hand.name)
    assert walked == ["Partly met, key P", "Not met, key X", "Met, key M", "Not met, key X"]


def test_a_screen_reader_hears_the_grade_and_of_which_action(at_visit: OpenVisitMode) -> None:
    hand = at_visit().press("M")
    card = cards(hand)[0]
    checked = {
        grade: QAccessible.queryAccessibleInterface(button).state().checked for grade, button in card.buttons.items()
    }
    assert checked == {PriorGrade.MET: True, PriorGrade.PARTLY: False, PriorGrade.NOT_MET: False}
    assert card.buttons[PriorGrade.MET].accessibleDescription() == "Audit medicines charts every week on both units"


def test_thirteen_scroll_with_the_keyboard(at_visit: OpenVisitMode, visits: Visits) -> None:
    hand = at_visit(visit=visits.thirteen)
    for _ in range(12):
        hand.press("Down")
    last = cards(hand)[12]
    assert last.isAncestorOf(hand.at)
    view = hand.mode.prior._area.viewport()
    assert view.rect().contains(last.mapTo(view, last.rect().center())), "it came into sight"
    hand.press("M")
    assert "12 actions of 13 still to be graded." in words(hand.mode.prior)


def test_without_any_the_page_is_left_out(at_visit: OpenVisitMode, visits: Visits) -> None:
    hand = at_visit(visit=visits.plain)
    assert hand.mode.place == "people"
    hand.press("Ctrl+Up")
    assert hand.mode.place == "people"
    assert "Prior actions graded" not in [line.title for line in hand.mode.outline.lines_model.lines]


def test_a_finger_fits_the_grades_and_nothing_is_cut(at_visit: OpenVisitMode, theme: Theme) -> None:
    for size in ((1366, 768), (1024, 768)):
        hand = at_visit("prior", size=size)
        for scale in (1.0, 1.3, 1.6):
            theme.set_text_scale(scale)
            QApplication.processEvents()
            for card in cards(hand):
                for button in card.buttons.values():
                    assert button.height() >= round(44 * scale)
                    assert button.width() >= button.sizeHint().width()
            button_on = hand.mode.prior.next
            assert button_on.width() >= button_on.sizeHint().width()
        theme.set_text_scale(1.0)


def test_signed_grades_can_only_be_read(at_visit: OpenVisitMode, visits: Visits, office: Office) -> None:
    sign(office, visits.today)
    hand = at_visit("prior")
    for card in cards(hand):
        assert not any(button.isEnabled() for button in card.buttons.values())
        assert card.reason.isReadOnly()
        QTest.mouseClick(card.buttons[PriorGrade.NOT_MET], Qt.MouseButton.LeftButton)
        card.reason.setFocus()
        hand.type("no").press("Alt+X")
    assert {one.grade for one in kept(hand)} == {PriorGrade.MET}
    assert {one.reason for one in kept(hand)} == {None}
    hand.mode.take_keyboard()
    assert hand.at is hand.mode.outline, "keys lead on from the list of places"
