"""Sheets that float: where they stand, what they do with the keyboard, and how they go."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from s75desk.domain.status import Shape
from s75desk.domain.working import Figure, Line, Working
from s75desk.ui.widgets.fade import FadeAway
from s75desk.ui.widgets.figure_button import FigureBlock, FigureButton
from s75desk.ui.widgets.floating import FloatingSheet
from s75desk.ui.widgets.labels import Label
from s75desk.ui.widgets.notice import Notice
from s75desk.ui.widgets.progress_sheet import ProgressSheet
from s75desk.ui.widgets.question_dialog import QuestionDialog
from s75desk.ui.widgets.working_sheet import WorkingSheet, show_working
from tests.ui.kit.conftest import WORKING


@pytest.fixture
def fields(window: QMainWindow, qtbot: QtBot) -> tuple[QLineEdit, QLineEdit]:
    first, second = QLineEdit("first"), QLineEdit("second")
    layout = QVBoxLayout(window.centralWidget())
    layout.addWidget(first)
    layout.addWidget(second)
    qtbot.waitUntil(second.isVisible)
    first.setFocus()
    return first, second


def sheet_with_buttons(window: QWidget) -> tuple[FloatingSheet, list[QPushButton]]:
    sheet = FloatingSheet(window, name="A sheet", width=20)
    buttons = [QPushButton(name) for name in ("One", "Two", "Three")]
    sheet.body.put(Label("Words"))
    for button in buttons:
        sheet.body.put(button)
    return sheet, buttons


def test_esc_closes_and_the_keyboard_returns(
    window: QMainWindow, fields: tuple[QLineEdit, QLineEdit], qtbot: QtBot
) -> None:
    first, _ = fields
    sheet, _ = sheet_with_buttons(window)
    sheet.open_at(QRect(600, 300, 60, 20))
    assert sheet.isVisible()
    assert sheet.hasFocus()
    with qtbot.waitSignal(sheet.closed):
        qtbot.keyClick(sheet, Qt.Key.Key_Escape)
    assert first.hasFocus()


def test_tab_goes_round_within_the_sheet(
    window: QMainWindow, fields: tuple[QLineEdit, QLineEdit], qtbot: QtBot
) -> None:
    sheet, buttons = sheet_with_buttons(window)
    sheet.open_at(QRect(600, 300, 60, 20))
    buttons[1].setEnabled(False)
    visited = []
    for _ in range(3):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        visited.append(QApplication.focusWidget().text())  # type: ignore[union-attr]
    assert visited == ["One", "Three", "One"]
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Backtab)
    assert buttons[2].hasFocus()
    qtbot.keyClick(buttons[2], Qt.Key.Key_Escape)
    assert fields[0].hasFocus()


def test_it_goes_when_the_keyboard_is_put_elsewhere(
    window: QMainWindow, fields: tuple[QLineEdit, QLineEdit], qtbot: QtBot
) -> None:
    _, second = fields
    sheet, _ = sheet_with_buttons(window)
    sheet.open_at(QRect(600, 300, 60, 20))
    with qtbot.waitSignal(sheet.closed):
        qtbot.mouseClick(second, Qt.MouseButton.LeftButton)
    assert second.hasFocus()


@pytest.mark.parametrize(
    "anchor",
    [QRect(900, 300, 60, 20), QRect(20, 300, 60, 20), QRect(560, 10, 60, 20), QRect(560, 730, 60, 20)],
)
def test_it_stands_beside_what_it_is_about_and_within_the_window(
    window: QMainWindow, anchor: QRect, qtbot: QtBot
) -> None:
    sheet, _ = sheet_with_buttons(window)
    sheet.open_at(anchor)
    proper = sheet.sheet_rect().translated(sheet.pos())
    assert window.rect().adjusted(-1, -1, 1, 1).contains(proper)
    assert not proper.intersects(anchor)
    window.resize(1000, 600)
    assert window.rect().contains(sheet.geometry().center())
    sheet.close_sheet()


def test_it_appears_gently_and_at_once_when_less_motion_is_asked_for(
    window: QMainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    from s75desk.ui.theme import Theme

    sheet, _ = sheet_with_buttons(window)
    sheet.open_centred(top=6)
    assert len(window.findChildren(FadeAway)) == 1
    qtbot.waitUntil(lambda: not window.findChildren(FadeAway))
    sheet.close_sheet()
    monkeypatch.setattr(Theme, "reduced_motion", property(lambda self: True))
    again, _ = sheet_with_buttons(window)
    again.open_centred()
    assert again.isVisible()
    assert not window.findChildren(FadeAway)
    again.close_sheet()


def test_a_working_says_everything_and_can_be_copied(window: QMainWindow, qtbot: QtBot) -> None:
    working = Working(
        "£10,193,315 over five years",
        (
            Line("A year", "£2,038,663", "rec. a, para 3.7"),
            Line("Years: 3 + 1 + 1", "5"),
            Line("2,038,663 × 5", "£10,193,315", "agrees", result=True, shape=Shape.GOOD),
        ),
        rule="A year times the years of the longest possible term.",
        source="committee report, 7 March 2024",
    )
    sheet = show_working(window, working, QRect(900, 400, 80, 20))
    words = [label.text() for label in sheet.findChildren(Label)]
    for said in ("£2,038,663", "rec. a, para 3.7", "agrees", working.rule, f"Source: {working.source}"):
        assert said in words
    assert working.title in sheet.accessibleName()
    copy = next(button for button in sheet.findChildren(QPushButton) if button.text() == "Copy working")
    copy.click()
    assert QGuiApplication.clipboard().text() == working.as_text()
    sheet.close_sheet()


def test_one_working_at_a_time(window: QMainWindow, qtbot: QtBot) -> None:
    first = show_working(window, WORKING, QRect(900, 400, 80, 20))
    with qtbot.waitSignal(first.closed):
        second = show_working(window, WORKING, QRect(900, 200, 80, 20))
    assert second.isVisible()
    second.close_sheet()


def test_a_long_working_scrolls_within_its_sheet(window: QMainWindow, qtbot: QtBot) -> None:
    working = Working("Many", tuple(Line(f"Month {place}", str(place)) for place in range(60)))
    sheet = WorkingSheet(window, working)
    sheet.open_at(QRect(900, 400, 80, 20))
    assert sheet.height() <= window.height()
    qtbot.keyClick(sheet, Qt.Key.Key_Escape)


def test_a_figure_with_a_working_is_asked_by_press_and_keys(window: QMainWindow, qtbot: QtBot) -> None:
    block = FigureBlock("Forecast", Figure("£746,000", WORKING), "base")
    layout = QVBoxLayout(window.centralWidget())
    layout.addWidget(block)
    button = block.findChild(FigureButton)
    assert button is not None
    qtbot.waitUntil(button.isVisible)
    asked: list[QRect] = []
    block.asked.connect(lambda working, where: asked.append(where))
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    button.setFocus()
    for key in (Qt.Key.Key_F9, Qt.Key.Key_Return, Qt.Key.Key_Space):
        qtbot.keyClick(button, key)
    assert len(asked) == 4
    assert asked[0] == QRect(button.mapTo(window, QPoint(0, 0)), button.size())
    assert button.accessibleName() == "Forecast: £746,000, has a working"
    block.set_figure(Figure("Not known"))
    assert button.focusPolicy() == Qt.FocusPolicy.NoFocus
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert len(asked) == 4


# Notices and progress


def test_a_notice_goes_by_itself_and_stays_under_the_pointer(window: QMainWindow, qtbot: QtBot) -> None:
    notice = Notice(window)
    notice.say("Archived: complaints log. Its history is kept.", icon="archive", undo=True)
    assert notice.words == "Archived: complaints log. Its history is kept."
    assert 9000 < notice._timer.remainingTime() <= 10_500  # a coarse timer may be five per cent out
    QApplication.sendEvent(notice, _enter())
    assert not notice._timer.isActive()
    QApplication.sendEvent(notice, _leave())
    assert notice._timer.isActive()
    with qtbot.waitSignal(notice.gone):
        notice._timer.start(1)
    assert notice.words == ""


def test_one_notice_at_a_time_and_it_never_takes_the_keyboard(
    window: QMainWindow, fields: tuple[QLineEdit, QLineEdit], qtbot: QtBot
) -> None:
    notice = Notice(window)
    notice.say("First")
    notice.say("Second", action="Open")
    assert notice.words == "Second"
    assert fields[0].hasFocus()
    notice.dismiss()


def test_undo_is_asked_once_and_the_notice_goes(window: QMainWindow, qtbot: QtBot) -> None:
    notice = Notice(window)
    notice.say("Archived", undo=True)
    undo = next(button for button in notice.findChildren(QPushButton) if button.text() == "Undo")
    with qtbot.waitSignal(notice.undo_pressed):
        undo.click()
    assert not notice.isVisible()


def test_a_notice_keeps_its_place_when_the_window_changes(window: QMainWindow, qtbot: QtBot) -> None:
    notice = Notice(window)
    notice.say("Words " * 30)
    window.resize(QSize(700, 500))
    qtbot.waitUntil(lambda: notice.geometry().right() <= window.width())
    assert abs(notice.geometry().center().x() - window.rect().center().x()) <= 1
    notice.dismiss()


def test_quick_work_shows_no_progress(window: QMainWindow, qtbot: QtBot) -> None:
    progress = ProgressSheet(window, "Importing")
    progress.set_progress(1, 2)
    with qtbot.waitSignal(progress.finished):
        progress.finish()
    assert not progress.isVisible()


def test_long_work_shows_progress_until_it_is_over(window: QMainWindow, qtbot: QtBot) -> None:
    progress = ProgressSheet(window, "Importing CQC active locations", unit="rows", assurance="Nothing changes yet.")
    progress._wait.start(1)
    qtbot.waitUntil(progress.isVisible)
    progress.set_progress(31204, 56870)
    progress.set_lines((Line("New", "12", "in your area"),))
    words = [label.text() for label in progress.findChildren(Label)]
    assert "31,204 of 56,870 rows" in words
    assert "Nothing changes yet." in words
    assert "12" in words
    assert progress.geometry().bottom() <= window.height()
    with qtbot.waitSignal(progress.finished, timeout=2000):
        progress.finish()


def test_cancel_is_asked_once(window: QMainWindow, qtbot: QtBot) -> None:
    progress = ProgressSheet(window, "Importing", cancel="Cancel import")
    asked: list[int] = []
    progress.cancelled.connect(lambda: asked.append(1))
    cancel = next(button for button in progress.findChildren(QPushButton) if button.text() == "Cancel import")
    cancel.click()
    cancel.click()
    assert asked == [1]
    progress.finish()


@pytest.mark.parametrize(("verb", "answer"), [("Finish visit", "finish"), ("Keep going", "keep"), ("", "keep")])
def test_a_question_is_answered_by_its_verbs_and_esc_is_safe(
    window: QMainWindow, qtbot: QtBot, verb: str, answer: str
) -> None:
    dialog = QuestionDialog(
        window,
        "Finish the visit with 43 questions open?",
        "They will print as “Not looked at”.",
        verbs=(("finish", "Finish visit", "primary", "sign"),),
    )
    dialog.open()
    qtbot.waitUntil(dialog.isVisible)
    with qtbot.waitSignal(dialog.answered) as answered:
        if verb:
            next(button for button in dialog.findChildren(QPushButton) if button.text() == verb).click()
        else:
            qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert answered.args == [answer]


def _enter() -> object:
    from PySide6.QtCore import QPointF
    from PySide6.QtGui import QEnterEvent

    return QEnterEvent(QPointF(5, 5), QPointF(5, 5), QPointF(5, 5))


def _leave() -> object:
    from PySide6.QtCore import QEvent

    return QEvent(QEvent.Type.Leave)
