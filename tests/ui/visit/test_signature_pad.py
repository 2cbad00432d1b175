"""Signing with mouse, finger and pen, by real events; and by keyboard."""

from __future__ import annotations

import json
from collections.abc import Sequence

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QInputDevice, QPointingDevice, QTabletEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow, QVBoxLayout
from pytestqt.qtbot import QtBot

from s75desk.ui.theme import Theme
from s75desk.ui.visit.signature_pad import TOLD_EVERY, SignaturePad
from s75desk.ui.visit.strokes import BASELINE, HIGH, MOST_POINTS, WIDE

LEFT, NO_KEYS = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


class Clock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def pad(window: QMainWindow, qtbot: QtBot, clock: Clock) -> SignaturePad:
    made = SignaturePad(clock=clock)
    made.setFixedSize(500, 200)
    QVBoxLayout(window.centralWidget()).addWidget(made)
    qtbot.waitUntil(made.isVisible)
    return made


@pytest.fixture
def drawn(pad: SignaturePad) -> list[str]:
    told: list[str] = []
    pad.drawn.connect(lambda: told.append(pad.strokes()))
    return told


def lines(pad: SignaturePad) -> list[list[list[int]]]:
    return json.loads(pad.strokes()) if pad.strokes() else []


def draw(pad: SignaturePad, points: Sequence[tuple[int, int]]) -> None:
    """Draw with the mouse; points in pixels."""
    QTest.mousePress(pad, LEFT, NO_KEYS, QPoint(*points[0]))
    for point in points[1:]:
        QTest.mouseMove(pad, QPoint(*point))
    QTest.mouseRelease(pad, LEFT, NO_KEYS, QPoint(*points[-1]))


def test_a_mouse_draws_a_line_in_the_box(pad: SignaturePad, drawn: list[str]) -> None:
    assert pad.strokes() == ""
    draw(pad, [(50, 100), (100, 60), (150, 100)])
    assert lines(pad) == [[[100, 200], [200, 120], [300, 200]]]
    assert drawn == [pad.strokes()]
    draw(pad, [(200, 150), (250, 150)])
    assert lines(pad)[1] == [[400, 300], [500, 300]]
    assert len(drawn) == 2
    assert pad.hasFocus()


def test_a_tap_is_a_dot_that_prints(pad: SignaturePad) -> None:
    draw(pad, [(100, 50)])
    assert lines(pad) == [[[200, 100], [201, 100]]]


def test_other_buttons_draw_nothing(pad: SignaturePad, drawn: list[str], qtbot: QtBot) -> None:
    qtbot.mouseClick(pad, Qt.MouseButton.RightButton)
    QTest.mouseMove(pad, QPoint(80, 80))
    assert pad.strokes() == ""
    assert drawn == []


def test_points_too_near_to_the_one_before_are_left_out(pad: SignaturePad) -> None:
    pad.setFixedSize(1000, 400)
    pad.resize(1000, 400)
    draw(pad, [(100 + place, 100) for place in range(101)])
    (line,) = lines(pad)
    assert line[0] == [100, 100]
    assert line[-1] == [200, 100]
    assert len(line) == 51


def test_what_is_drawn_beyond_the_paper_lies_on_its_edge(pad: SignaturePad) -> None:
    draw(pad, [(50, 100), (-400, 100), (900, 900)])
    assert lines(pad) == [[[100, 200], [0, 200], [WIDE, HIGH]]]


def test_on_paper_of_another_shape_the_box_keeps_its_own(pad: SignaturePad) -> None:
    pad.setFixedSize(500, 400)
    pad.resize(500, 400)
    assert (pad.paper_rect().width(), pad.paper_rect().height()) == (500, 200)
    draw(pad, [(50, 200), (100, 200)])
    assert lines(pad) == [[[100, 200], [200, 200]]]


def test_a_long_stroke_is_told_while_it_is_drawn(pad: SignaturePad, drawn: list[str], clock: Clock) -> None:
    QTest.mousePress(pad, LEFT, NO_KEYS, QPoint(10, 10))
    for place in range(1, 21):
        clock.now += TOLD_EVERY / 4 + 0.001
        QTest.mouseMove(pad, QPoint(10 + 10 * place, 10))
    assert len(drawn) == 5
    assert drawn[0] == "[[[20,20],[40,20],[60,20],[80,20],[100,20]]]"
    QTest.mouseRelease(pad, LEFT, NO_KEYS, QPoint(210, 10))
    assert len(drawn) == 6
    assert drawn[-1] == pad.strokes()


def test_what_is_shown_meanwhile_does_not_disturb_the_hand(pad: SignaturePad) -> None:
    QTest.mousePress(pad, LEFT, NO_KEYS, QPoint(10, 10))
    QTest.mouseMove(pad, QPoint(50, 10))
    kept = pad.strokes()
    QTest.mouseMove(pad, QPoint(90, 10))
    pad.set_strokes(kept)
    QTest.mouseMove(pad, QPoint(130, 10))
    QTest.mouseRelease(pad, LEFT, NO_KEYS, QPoint(130, 10))
    assert lines(pad) == [[[20, 20], [100, 20], [180, 20], [260, 20]]]


def test_a_finger_draws_and_a_second_one_does_not(pad: SignaturePad, drawn: list[str]) -> None:
    finger = QTest.createTouchDevice()
    QTest.touchEvent(pad, finger).press(1, QPoint(50, 100), pad).commit()
    QTest.touchEvent(pad, finger).move(1, QPoint(100, 60), pad).press(2, QPoint(300, 150), pad).commit()
    QTest.touchEvent(pad, finger).move(1, QPoint(150, 100), pad).move(2, QPoint(350, 150), pad).commit()
    QTest.touchEvent(pad, finger).release(1, QPoint(150, 100), pad).stationary(2).commit()
    QTest.touchEvent(pad, finger).release(2, QPoint(350, 150), pad).commit()
    assert lines(pad) == [[[100, 200], [200, 120], [300, 200]]]
    assert drawn == [pad.strokes()]


def pen(pad: SignaturePad, kind: QEvent.Type, x: float, y: float) -> QTabletEvent:
    device = QPointingDevice(
        "pen", 7, QInputDevice.DeviceType.Stylus, QPointingDevice.PointerType.Pen,
        QInputDevice.Capability.Position | QInputDevice.Capability.Pressure, 1, 1,
    )  # fmt: skip
    where = QPointF(x, y)
    event = QTabletEvent(kind, device, where, QPointF(pad.mapToGlobal(where)), 0.5, 0, 0, 0, 0, 0, NO_KEYS, LEFT, LEFT)
    QApplication.sendEvent(pad, event)
    return event


def test_a_pen_draws_between_pixels_and_a_palm_beside_it_does_not(pad: SignaturePad, drawn: list[str]) -> None:
    assert pen(pad, QEvent.Type.TabletPress, 50.25, 100).isAccepted()
    QTest.mousePress(pad, LEFT, NO_KEYS, QPoint(400, 180))
    pen(pad, QEvent.Type.TabletMove, 100.75, 60)
    QTest.mouseRelease(pad, LEFT, NO_KEYS, QPoint(420, 180))
    pen(pad, QEvent.Type.TabletRelease, 150, 100)
    assert lines(pad) == [[[100, 200], [202, 120], [300, 200]]]
    assert len(drawn) == 1


def test_a_very_long_stroke_stays_within_bounds_and_keeps_its_end(pad: SignaturePad) -> None:
    draw(pad, [(10, 190), (20, 190)])
    draw(pad, [(20 + (place * 13) % 460, 10 + (place * 7) % 170) for place in range(MOST_POINTS + 500)])
    first, second = lines(pad)
    assert first == [[20, 380], [40, 380]]
    assert 1000 < len(second) <= MOST_POINTS
    last = MOST_POINTS + 499
    assert second[-1] == [2 * (20 + (last * 13) % 460), 2 * (10 + (last * 7) % 170)]


def test_strokes_are_shown_again_and_bad_ones_are_not(pad: SignaturePad, drawn: list[str]) -> None:
    text = "[[[100,200],[200,120],[300,200]],[[5,5],[6,5]]]"
    pad.set_strokes(text)
    assert pad.strokes() == text
    for bad in ("no json", "[[[", '{"a": 1}', "[[[NaN,1]]]"):
        pad.set_strokes(text)
        pad.set_strokes(bad)
        assert pad.strokes() == ""
    pad.set_strokes(text)
    pad.clear()
    assert pad.strokes() == ""
    assert drawn == [], "only the hand is told of"


def dark(pad: SignaturePad, x: float, y: float) -> bool:
    """Whether there is ink near a place of the box."""
    shown, paper = pad.grab().toImage(), pad.paper_rect()
    at = QPoint(round(paper.x() + x * paper.width() / WIDE), round(paper.y() + y * paper.height() / HIGH))
    near = [shown.pixelColor(at.x() + across, at.y() + down) for across in (-1, 0, 1) for down in (-1, 0, 1)]
    return any(colour.lightness() < 90 for colour in near)


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_ink_is_dark_on_white_paper_in_both_themes(pad: SignaturePad, theme: Theme, mode: str) -> None:
    theme.set_choice(mode)  # type: ignore[arg-type]
    pad.set_strokes("[[[100,100],[500,100],[900,100]]]")
    assert dark(pad, 500, 100)
    assert not dark(pad, 500, 200)
    assert not dark(pad, 500, BASELINE), "the line to sign on is fainter than ink"
    assert pad.grab().toImage().pixelColor(250, 100) == QColor("white")


def test_a_stroke_is_seen_while_it_is_drawn(pad: SignaturePad) -> None:
    QTest.mousePress(pad, LEFT, NO_KEYS, QPoint(50, 50))
    QTest.mouseMove(pad, QPoint(250, 50))
    assert dark(pad, 300, 100)
    QTest.mouseRelease(pad, LEFT, NO_KEYS, QPoint(250, 50))
    assert dark(pad, 300, 100)


def test_the_edge_says_where_the_keyboard_is(pad: SignaturePad, theme: Theme) -> None:
    pad.clearFocus()
    assert pad.grab().toImage().pixelColor(1, 100) == QColor("white")
    pad.setFocus()
    assert pad.grab().toImage().pixelColor(1, 100) == theme.colour("focus")


def test_a_role_that_was_typed_stands_in_for_a_drawing(pad: SignaturePad, drawn: list[str]) -> None:
    pad.sign_with_words("Signed by keyboard: registered manager")
    assert len(lines(pad)) >= 35
    text = pad.strokes()
    pad.set_strokes("")
    pad.set_strokes(text)
    assert pad.strokes() == text
    shown = pad.grab().toImage()
    inked = sum(
        shown.pixelColor(x, y).lightness() < 90 for x in range(20, 480) for y in range(20, 2 * BASELINE // 4 + 15)
    )
    assert inked > 300
    pad.sign_with_words(" ")
    assert pad.strokes() == ""
    assert drawn == []


def test_read_only_it_cannot_be_drawn_on(pad: SignaturePad, drawn: list[str]) -> None:
    pad.set_strokes("[[[100,100],[200,100]]]")
    pad.set_read_only(True)
    draw(pad, [(50, 100), (150, 100)])
    finger = QTest.createTouchDevice()
    QTest.touchEvent(pad, finger).press(1, QPoint(50, 100), pad).commit()
    QTest.touchEvent(pad, finger).release(1, QPoint(90, 100), pad).commit()
    assert not pen(pad, QEvent.Type.TabletPress, 50, 100).isAccepted()
    assert pad.strokes() == "[[[100,100],[200,100]]]"
    assert drawn == []
    pad.set_read_only(False)
    draw(pad, [(50, 100), (150, 100)])
    assert len(lines(pad)) == 2


def test_a_stroke_under_way_is_finished_when_it_is_locked(pad: SignaturePad, drawn: list[str]) -> None:
    QTest.mousePress(pad, LEFT, NO_KEYS, QPoint(50, 50))
    QTest.mouseMove(pad, QPoint(250, 50))
    pad.set_read_only(True)
    assert drawn == ["[[[100,100],[500,100]]]"]
    QTest.mouseRelease(pad, LEFT, NO_KEYS, QPoint(300, 50))
    assert lines(pad) == [[[100, 100], [500, 100]]]


def test_a_stroke_whose_end_nobody_heard_is_kept(pad: SignaturePad, drawn: list[str]) -> None:
    QTest.mousePress(pad, LEFT, NO_KEYS, QPoint(50, 50))
    QTest.mouseMove(pad, QPoint(250, 50))
    pad.hide()
    assert drawn == ["[[[100,100],[500,100]]]"]
    pad.show()
    QTest.mouseRelease(pad, LEFT, NO_KEYS, QPoint(300, 150))
    pen(pad, QEvent.Type.TabletPress, 50, 100)
    pen(pad, QEvent.Type.TabletPress, 100, 150)
    pen(pad, QEvent.Type.TabletRelease, 150, 150)
    assert lines(pad) == [[[100, 100], [500, 100]], [[100, 200], [101, 200]], [[200, 300], [300, 300]]]
    pad.set_strokes("")
    assert pad.strokes() == "", "nothing is under way"


def test_a_screen_reader_hears_what_it_is_and_whether_it_is_signed(pad: SignaturePad) -> None:
    assert pad.accessibleName() == "Signature"
    assert pad.accessibleDescription().startswith("Not signed. Draw with finger, pen or mouse.")
    draw(pad, [(50, 100), (150, 100)])
    assert pad.accessibleDescription().startswith("Signed. ")
    pad.set_read_only(True)
    assert pad.accessibleDescription() == "Signed."
    pad.clear()
    assert pad.accessibleDescription() == "Not signed."
    pad.setAccessibleName("Signature of the provider")
    assert pad.accessibleName() == "Signature of the provider"


def test_it_keeps_its_shape(pad: SignaturePad, theme: Theme) -> None:
    assert pad.hasHeightForWidth()
    assert pad.heightForWidth(500) == 200
    small = pad.sizeHint().width()
    theme.set_text_scale(2.0)
    assert pad.sizeHint().width() == 2 * small
