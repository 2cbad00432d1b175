"""What pointer and finger find in a visit: large enough to hit, in sight, named, and changed by a press alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QCalendarWidget, QTableView, QToolButton, QWidget

from s75desk.domain.records.visit_work import PriorGrade
from s75desk.domain.visits.question_set import EvidenceSource
from s75desk.domain.visits.sample import SampleMethod
from s75desk.services.office import Office
from s75desk.ui.theme import Theme
from s75desk.ui.visit.action_cards import ActionCard
from s75desk.ui.visit.photo_tile import PhotoTile
from s75desk.ui.visit.photo_viewer import PhotoViewer
from s75desk.ui.visit.rating_sheet import RatingSheet
from s75desk.ui.visit.shrinking import Scrolling
from s75desk.ui.widgets.buttons import Button, ToolIcon
from tests.ui.visit.conftest import Hand, OpenVisitMode
from tests.ui.visit.photo_help import drag_onto, files
from tests.ui.visit.visit_help import Visits, attach, picture

FINGER = 44


def click(part: QWidget) -> None:
    QTest.mouseClick(part, Qt.MouseButton.LeftButton)


def turn_wheel_over(part: QWidget, notches: int) -> None:
    window = part.window()
    where = QPointF(part.mapTo(window, part.rect().center()))
    QTest.wheelEvent(window.windowHandle(), where, QPoint(0, 120 * notches))


def large_enough(part: QWidget, scale: float = 1.0) -> bool:
    return min(part.width(), part.height()) >= round(FINGER * scale)


def test_sources_are_counted_when_they_are_pressed(at_visit: OpenVisitMode) -> None:
    hand = at_visit("8.3")
    evidence = hand.mode.side.evidence
    click(evidence.buttons[EvidenceSource.FILE])
    hand.rest()
    assert evidence._count.text() == "1 source"
    click(evidence.buttons[EvidenceSource.STAFF])
    assert evidence._count.text() == "2 sources"
    assert evidence.accessibleName() == "Evidence from: file and staff"
    click(evidence.buttons[EvidenceSource.FILE])
    click(evidence.buttons[EvidenceSource.STAFF])
    assert evidence._count.text() == "none yet"


def test_the_wheel_scrolls_and_never_chooses(at_visit: OpenVisitMode) -> None:
    hand = at_visit("8.3", size=(1366, 460))
    side = hand.mode.side
    bar, method = side._around.verticalScrollBar(), side.sample.method
    side._around.ensureWidgetVisible(method)
    was = bar.value()
    assert was < bar.maximum(), "there is something to scroll"
    turn_wheel_over(method, -1)
    hand.rest()
    assert bar.value() > was
    assert method.currentIndex() == 0
    assert hand.kept("8.3").method is None


def test_a_choice_with_the_keyboard_is_not_turned_by_the_wheel_either(at_visit: OpenVisitMode) -> None:
    hand = at_visit("8.3")
    method = hand.mode.side.sample.method
    method.setFocus()
    hand.press("Down")
    assert hand.kept("8.3").method is SampleMethod.RANDOM
    turn_wheel_over(method, -1)
    hand.rest()
    assert hand.kept("8.3").method is SampleMethod.RANDOM


@pytest.mark.qt_log_ignore("^This plugin does not support grabbing", extend=True)
@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_every_line_of_a_choice_is_large_enough(at_visit: OpenVisitMode, theme: Theme, scale: float) -> None:
    theme.set_text_scale(scale)
    hand = at_visit("8.3")
    box = hand.mode.side.sample.method
    box.showPopup()
    view = box.view()
    popup = view.window()
    hand.wait(popup.isVisible)
    for place in range(box.count()):
        assert view.visualRect(box.model().index(place, 0)).height() >= round(FINGER * scale)
    box.hidePopup()
    theme.set_text_scale(1.0)


@pytest.mark.parametrize("grade", [PriorGrade.PARTLY, PriorGrade.NOT_MET])
def test_the_reason_that_gets_the_keyboard_is_in_sight(at_visit: OpenVisitMode, grade: PriorGrade) -> None:
    hand = at_visit(size=(1366, 500))
    pane = hand.mode.prior
    card = list(pane.cards.values())[-1]
    bar = pane._area.verticalScrollBar()
    bar.setValue(bar.maximum())
    hand.rest()
    click(card.buttons[grade])
    hand.rest()
    assert hand.at is card.reason
    port = pane._area.viewport()
    top = card.reason.mapTo(port, QPoint(0, 0)).y()
    assert top >= 0
    assert top + card.reason.height() <= port.height()


def press_its_upper_half(hand: Hand, area: Scrolling, button: QAbstractButton) -> None:
    """Press a button of which the lower half is out of sight, as close to the edge as can be."""
    port, bar, window = area.viewport(), area.verticalScrollBar(), hand.window.windowHandle()
    bar.setValue(button.mapTo(area.widget(), QPoint(0, 0)).y() + button.height() // 2 - port.height())
    hand.rest()
    edge = port.mapTo(hand.window, QPoint(0, port.height() - 2)).y()
    where = QPoint(button.mapTo(hand.window, button.rect().center()).x(), edge)
    assert hand.window.childAt(where) is button
    assert not port.rect().contains(button.mapTo(port, button.rect().bottomRight()))
    QTest.mousePress(window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, where)
    hand.rest()
    QTest.mouseRelease(window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, where)
    hand.rest()


def test_what_is_pressed_does_not_move_away_under_the_pointer(at_visit: OpenVisitMode) -> None:
    hand = at_visit(size=(1366, 500))
    pane = hand.mode.prior
    button = list(pane.cards.values())[1].buttons[PriorGrade.MET]
    press_its_upper_half(hand, pane._area, button)
    assert button.isChecked()
    hand = at_visit("8.3", size=(1366, 460))
    side = hand.mode.side
    press_its_upper_half(hand, side._around, side.cards.add)
    assert side.entering


@pytest.mark.qt_log_ignore("^This plugin does not support grabbing", extend=True)
def test_a_day_is_picked_by_a_finger(at_visit: OpenVisitMode, theme: Theme) -> None:
    hand = at_visit("8.3")
    click(hand.mode.side.cards.add)
    due = hand.mode.side.form.editors["due"]
    for scale in (1.0, 1.5):
        theme.set_text_scale(scale)
        hand.rest()
        assert large_enough(due.button, scale)
        click(due.button)
        calendar = due.findChild(QCalendarWidget)
        days = calendar.findChild(QTableView, "qt_calendar_calendarview")
        hand.wait(days.isVisible)
        hand.rest()
        for day in (days.model().index(3, 1), days.model().index(6, 6)):
            rect = days.visualRect(day)
            assert min(rect.width(), rect.height()) >= round((FINGER - 4) * scale), "days touch each other"
        for name, words in (("prevmonth", "The month before"), ("nextmonth", "The month after")):
            arrow = calendar.findChild(QToolButton, f"qt_calendar_{name}")
            assert arrow.toolTip() == arrow.accessibleName() == words
            assert large_enough(arrow, scale)
        around = QRect(hand.window.mapToGlobal(QPoint(0, 0)), hand.window.size())
        frames = around.adjusted(-4, -4, 4, 4)  # the offscreen platform gives pop-ups a frame of their own
        assert frames.contains(calendar.window().geometry()), "none of it is off the screen"
        calendar.window().close()
    theme.set_text_scale(1.0)


def test_the_working_closes_by_a_finger(at_visit: OpenVisitMode) -> None:
    hand = at_visit("8.3")
    hand.mode.show_working()
    (sheet,) = hand.window.findChildren(RatingSheet)
    assert large_enough(icon(sheet, "Close"))
    click(icon(sheet, "Close"))
    assert not sheet.isVisible()


def test_a_photo_is_captioned_and_closed_by_a_finger(at_visit: OpenVisitMode, visits: Visits, office: Office) -> None:
    attach(office, visits.today, "8.3", 2)
    hand = at_visit("8.3")
    click(next(part for part in hand.mode.side.photos.findChildren(PhotoTile) if part.isVisible()))
    (viewer,) = hand.window.findChildren(PhotoViewer)
    for part in (viewer.caption, viewer.next, viewer.remove, icon(viewer, "Close")):
        assert large_enough(part)
    click(icon(viewer, "Close"))
    assert not viewer.isVisible()


def icon(within: QWidget, name: str) -> ToolIcon:
    return next(part for part in within.findChildren(ToolIcon) if part.accessibleName() == name)


def test_a_picture_dropped_onto_the_note_leaves_no_caret_behind(at_visit: OpenVisitMode, tmp_path: Path) -> None:
    hand = at_visit("8.3")
    note = hand.mode.question.note
    hand.mode.question.keys.take_keyboard()
    hand.rest()
    before = note.viewport().grab().toImage()
    file = tmp_path / "board.jpg"
    file.write_bytes(picture())
    drag_onto(note.viewport(), files([file]))
    hand.wait(lambda: hand.mode.session.book.photos_of("8.3"))
    hand.rest()
    assert not note.hasFocus()
    assert note.viewport().grab().toImage() == before


def test_icons_alone_say_what_they_do(at_visit: OpenVisitMode) -> None:
    hand = at_visit("people")
    steppers = [part for part in hand.mode.people.findChildren(Button) if not part.text()]
    assert len(steppers) == 18
    assert all(part.toolTip() == part.accessibleName() for part in steppers)


def test_a_card_is_offered_by_the_shape_of_the_pointer(at_visit: OpenVisitMode) -> None:
    hand = at_visit("8.3").press("Alt+A").type("Audit charts").press("Ctrl+Return")
    (card,) = [card for card in hand.mode.side.cards.findChildren(ActionCard) if card.isVisible()]
    assert card.cursor().shape() is Qt.CursorShape.PointingHandCursor
