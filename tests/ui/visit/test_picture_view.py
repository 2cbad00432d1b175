"""A picture looked at closely: how large it is, what lies under the pointer, and that it never leaves the view."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QBuffer, QEvent, QPoint, QPointF, QSize, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from s75desk.ui.visit.picture_view import PictureView
from tests.ui.visit.photo_help import image, packed

LARGE, SMALL = (1600, 1200), (80, 60)


@pytest.fixture
def view(qtbot: QtBot) -> PictureView:
    made = PictureView()
    qtbot.addWidget(made)
    made.resize(400, 300)
    made.show_picture(packed(*LARGE))
    made.show()
    return made


def under(view: PictureView, at: QPointF) -> tuple[float, float]:
    """The place in the picture, as shares of its sides, that lies under a point of the view."""
    where = view.picture_rect()
    return (at.x() - where.x()) / where.width(), (at.y() - where.y()) / where.height()


def wheel(view: PictureView, at: QPoint, turned: int) -> None:
    event = QWheelEvent(
        QPointF(at), QPointF(view.mapToGlobal(at)), QPoint(), QPoint(0, turned), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(view, event)


def test_steps_lead_from_whole_to_four_times_as_large_and_back(view: PictureView) -> None:
    seen = [view.scale]
    while view.can_grow:
        view.grow()
        seen.append(view.scale)
    assert seen == [0.25, 1.0, 2.0, 4.0]
    view.grow()
    assert view.scale == 4.0
    back = []
    while view.enlarged:
        view.shrink()
        back.append(view.scale)
    assert back == [2.0, 1.0, 0.25]
    assert view.picture_rect().size() == QSize(400, 300)
    view.shrink()
    assert view.scale == 0.25


def test_a_small_picture_can_be_made_larger_than_it_is(view: PictureView) -> None:
    view.show_picture(packed(*SMALL))
    assert (view.scale, view.enlarged) == (1.0, False)
    view.grow()
    assert view.picture_rect() == view.rect().adjusted(120, 90, -120, -90), "in the middle, as there is room all round"


def test_what_lies_under_the_pointer_stays_there(view: PictureView) -> None:
    at = QPoint(300, 80)
    before = under(view, QPointF(at))
    for _ in range(2):
        wheel(view, at, 120)
        assert under(view, QPointF(at)) == pytest.approx(before, abs=0.01)
    assert view.scale == 2.0
    wheel(view, at, -240)
    assert not view.enlarged


def test_a_finely_turning_wheel_needs_a_whole_notch(view: PictureView) -> None:
    for _ in range(7):
        wheel(view, QPoint(200, 150), 16)
    assert not view.enlarged
    wheel(view, QPoint(200, 150), 16)
    assert view.scale == 1.0


def test_it_moves_no_farther_than_its_edges(view: PictureView) -> None:
    view.grow()
    for across, down, corner in ((-1, -1, "topLeft"), (1, 1, "bottomRight")):
        for _ in range(40):
            view.move_by(across, down)
        assert getattr(view.picture_rect(), corner)() == getattr(view.rect(), corner)()
    view.move_by(-1, 0)
    assert view.picture_rect().right() == view.rect().right() + 100, "a quarter of the view"


def test_it_follows_the_hand_that_drags_it(view: PictureView, qtbot: QtBot) -> None:
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=QPoint(200, 150))
    assert view.cursor().shape() == Qt.CursorShape.ArrowCursor, "whole, there is nothing to drag"
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=QPoint(200, 150))
    view.grow()
    assert view.cursor().shape() == Qt.CursorShape.OpenHandCursor
    before = view.picture_rect()
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=QPoint(200, 150))
    assert view.cursor().shape() == Qt.CursorShape.ClosedHandCursor
    for to in (QPointF(180, 150), QPointF(150, 190)):
        moved = QMouseEvent(
            QEvent.Type.MouseMove, to, QPointF(view.mapToGlobal(to)), Qt.MouseButton.NoButton,
            Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier,
        )  # fmt: skip
        QApplication.sendEvent(view, moved)
    assert view.picture_rect() == before.translated(-50, 40)
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=QPoint(150, 190))
    assert view.cursor().shape() == Qt.CursorShape.OpenHandCursor


def test_a_double_click_shows_that_place_and_another_all_of_it(view: PictureView, qtbot: QtBot) -> None:
    before = under(view, QPointF(100, 100))
    qtbot.mouseDClick(view, Qt.MouseButton.LeftButton, pos=QPoint(100, 100))
    assert view.scale == 1.0
    assert under(view, QPointF(100, 100)) == pytest.approx(before, abs=0.01)
    qtbot.mouseDClick(view, Qt.MouseButton.LeftButton, pos=QPoint(100, 100))
    assert not view.enlarged


def test_in_more_room_than_it_needs_it_is_whole_again(view: PictureView) -> None:
    view.grow()
    view.resize(2000, 1500)
    assert (view.enlarged, view.scale) == (False, 1.0)
    view.resize(400, 300)
    assert view.scale == 0.25


def test_words_and_another_picture_begin_anew(view: PictureView) -> None:
    view.grow()
    view.show_picture(packed(*LARGE))
    assert not view.enlarged
    view.grow()
    view.show_words("Not there.")
    assert (view.enlarged, view.can_grow, view.words) == (False, False, "Not there.")
    view.grow()
    assert not view.enlarged


def test_what_is_drawn_is_the_part_that_is_shown(view: PictureView) -> None:
    halves = image(*LARGE, hue=0)
    painter = QPainter(halves)
    painter.fillRect(0, 0, LARGE[0] // 2, LARGE[1], Qt.GlobalColor.blue)
    painter.end()
    buffer = QBuffer()
    halves.save(buffer, "JPEG")
    view.show_picture(bytes(buffer.data().data()))

    def blue() -> list[bool]:
        shown = view.grab().toImage()
        return [shown.pixelColor(x, 150).blue() > 200 for x in (20, 180, 220, 380)]

    assert blue() == [True, True, False, False]
    view.grow()
    assert blue() == [True, True, False, False], "the middle stays in the middle"
    view.move_by(1, 0)
    assert blue() == [True, False, False, False]
    for _ in range(3):
        view.move_by(-1, 0)
    assert blue() == [True] * 4
