"""Rating keys by keyboard, pointer and finger, and what a screen reader hears of them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QPointingDevice
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow
from pytestqt.qtbot import QtBot

from s75desk.domain.records import VisitAnswer
from s75desk.domain.visits.scale import Scale
from s75desk.paths import resource
from s75desk.services.question_set_file import load_question_set
from s75desk.ui.theme import Theme
from s75desk.ui.visit.rating_keys import KeyButton, RatingKeys
from s75desk.ui.widgets.layouts import column
from tests.ui.pages.conftest import Keyboard
from tests.ui.visit.conftest import OpenVisitMode


@pytest.fixture(scope="module")
def scale() -> Scale:
    return load_question_set(resource("question_sets", "house-standards-1.toml")).scale


@pytest.fixture
def keys(window: QMainWindow, scale: Scale, qtbot: QtBot) -> RatingKeys:
    made = RatingKeys(scale)
    column(made, None, parent=window.centralWidget())
    made.show_answer(VisitAnswer(question="8.3"))
    qtbot.waitUntil(made.isVisible)
    return made


def state(button: KeyButton) -> QAccessible.State:
    found = QAccessible.queryAccessibleInterface(button)
    assert found is not None
    return found.state()


def told(keys: RatingKeys) -> list[object]:
    heard: list[object] = []
    keys.rated.connect(heard.append)
    keys.not_applicable_pressed.connect(lambda: heard.append("N"))
    keys.flag_pressed.connect(lambda: heard.append("F"))
    return heard


def test_each_step_of_the_scale_has_a_key_a_word_and_a_meaning(keys: RatingKeys, scale: Scale) -> None:
    assert list(keys.steps) == [1, 2, 3, 4]
    for value, button in keys.steps.items():
        assert button.accessibleName() == f"{scale.word(value)}, key {value}"
        assert button.accessibleDescription() == scale.step(value).meaning
        assert button.toolTip() == scale.step(value).meaning
        assert button.sizeHint().width() <= button.width(), "its word is not cut"
    lefts = [button.x() for button in keys.steps.values()]
    assert lefts == sorted(lefts), "the lowest step stands on the left"


def test_a_finger_fits_every_key(keys: RatingKeys, theme: Theme) -> None:
    for scale in (1.0, 1.3, 1.6):
        theme.set_text_scale(scale)
        QApplication.processEvents()
        for button in (*keys.steps.values(), keys.not_applicable, keys.flag):
            assert min(button.width(), button.height()) >= round(44 * scale)
            assert button.width() >= button.sizeHint().width()


def test_pointer_and_finger_press_them(keys: RatingKeys) -> None:
    heard = told(keys)
    QTest.mouseClick(keys.steps[2], Qt.MouseButton.LeftButton)
    QTest.mouseClick(keys.flag, Qt.MouseButton.LeftButton)
    finger = QTest.createTouchDevice(QPointingDevice.DeviceType.TouchScreen)
    place = QPoint(20, 20)
    QTest.touchEvent(keys.not_applicable, finger).press(1, place, keys.not_applicable).commit()
    QTest.touchEvent(keys.not_applicable, finger).release(1, place, keys.not_applicable).commit()
    assert heard == [2, "F", "N"]


def test_a_screen_reader_hears_what_is_chosen(keys: RatingKeys) -> None:
    keys.show_answer(VisitAnswer(question="8.3", rating=2, flagged=True))
    assert [value for value, button in keys.steps.items() if state(button).checked] == [2]
    assert all(state(button).checkable for button in keys.steps.values())
    assert state(keys.flag).checked
    assert not state(keys.not_applicable).checked
    keys.show_answer(VisitAnswer(question="8.3", not_applicable=True))
    assert not any(state(button).checked for button in keys.steps.values())
    assert state(keys.not_applicable).checked


def test_a_rating_has_the_last_word_over_not_applicable(keys: RatingKeys) -> None:
    keys.show_answer(VisitAnswer(question="8.3", rating=3, not_applicable=True))
    assert keys.steps[3].isChecked()
    assert not keys.not_applicable.isChecked()


def test_arrow_keys_go_round_and_down_and_up(keys: RatingKeys, keyboard: Keyboard) -> None:
    keys.take_keyboard()
    assert keyboard.at is keys.steps[1]
    walked = []
    for key in (
        "Right",
        "Right",
        "Right",
        "Right",
        "Right",
        "Right",
        "Left",
        "Up",
        "Down",
        "Home",
        "Down",
        "Up",
        "End",
    ):
        keyboard.press(key)
        walked.append(keyboard.at.key)  # type: ignore[attr-defined]
    assert walked == ["2", "3", "4", "N", "F", "1", "F", "3", "F", "1", "N", "1", "F"]


def test_tab_stops_once_at_what_is_chosen(keys: RatingKeys, keyboard: Keyboard) -> None:
    keys.show_answer(VisitAnswer(question="8.3", rating=3))
    stops = [button for button in keys.findChildren(KeyButton) if button.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert stops == [keys.steps[3]]
    keys.take_keyboard()
    assert keyboard.at is keys.steps[3]
    keyboard.press("Left")
    keys.show_answer(VisitAnswer(question="8.3", rating=3))
    assert keyboard.at is keys.steps[2], "what is shown anew leaves the keyboard where it is"


def test_space_presses_the_key_it_is_on(keys: RatingKeys, keyboard: Keyboard) -> None:
    heard = told(keys)
    keys.take_keyboard()
    keyboard.press("Right", "Space")
    assert heard == [2]


def test_keys_that_cannot_be_pressed_say_so(keys: RatingKeys) -> None:
    heard = told(keys)
    keys.show_answer(VisitAnswer(question="8.3", rating=2), able=False)
    assert keys.press("3"), "the key is known, and does nothing"
    QTest.mouseClick(keys.steps[4], Qt.MouseButton.LeftButton)
    assert heard == []
    assert state(keys.steps[3]).disabled
    assert state(keys.steps[2]).checked
    assert not keys.press("7")
    assert not keys.press("")


def test_the_chosen_key_looks_it_and_the_pointer_is_felt(keys: RatingKeys, theme: Theme) -> None:
    def ground(button: KeyButton) -> str:
        return button.grab().toImage().pixelColor(button.width() // 2, button.height() - 8).name()

    surface, soft = theme.colour("surface").name(), theme.colour("watch_soft").name()
    assert ground(keys.steps[2]) == surface
    keys.show_answer(VisitAnswer(question="8.3", rating=2))
    assert ground(keys.steps[2]) == soft
    QTest.mousePress(keys.steps[3], Qt.MouseButton.LeftButton)
    assert ground(keys.steps[3]) == theme.colour("selected").name()
    QTest.mouseRelease(keys.steps[3], Qt.MouseButton.LeftButton, pos=QPoint(-5, -5))


@pytest.mark.parametrize("word", ["Not applicable", "A much longer word than the house uses"])
def test_another_scale_brings_its_own_words(window: QMainWindow, scale: Scale, word: str) -> None:
    other = RatingKeys(Scale(scale.steps, not_applicable=word))
    column(other, None, parent=window.centralWidget())
    other.show()
    QApplication.processEvents()
    assert other.not_applicable.word == word
    assert other.not_applicable.width() >= other.not_applicable.sizeHint().width()


def test_at_a_visit_a_key_rates_again_takes_back_and_is_kept(at_visit: OpenVisitMode) -> None:
    hand = at_visit("8.3")
    hand.press("2")
    assert hand.kept("8.3").rating == 2
    hand.press("2")
    assert hand.kept("8.3").rating is None
    hand.press("4").press("F")
    kept = hand.kept("8.3")
    assert (kept.rating, kept.flagged) == (4, True)
    hand.press("N")
    kept = hand.kept("8.3")
    assert (kept.rating, kept.not_applicable, kept.flagged) == (None, True, True)
