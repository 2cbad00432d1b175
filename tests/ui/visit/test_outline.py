"""The list of places on the left, its model, and the model of what is missing: as Qt wants them, in words, by keys."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication

from s75desk.domain.status import Shape, Status
from s75desk.domain.visits.completeness import Gap, Missing
from s75desk.services.office import Office
from s75desk.ui.itemmodels.outline_model import LINE, OutlineLine, OutlineModel
from s75desk.ui.theme import Theme
from s75desk.ui.visit.missing_list import GAP, MissingModel
from s75desk.ui.visit.outline import OutlineView
from tests.ui.visit.conftest import Hand, OpenVisitMode
from tests.ui.visit.visit_help import Visits, sign

AREA = OutlineLine("C", "area", "Safeguarding and safety", 8, 24, Status(Shape.WATCH, "Requires improvement"), False)
STANDARD = OutlineLine("8", "standard", "8  Medicines", 2, 6, None, True)
PEOPLE = OutlineLine("people", "page", "People spoken to", None, 0, None, False)
NEEDED = Missing(Gap.QUESTION, "8.3", "8.3 Doses", "This critical question has no answer.", blocks=True)
DOUBT = Missing(Gap.PEOPLE, "", "People spoken to", "Nobody is recorded.", blocks=False)


def titles(hand: Hand) -> list[str]:
    return [" ".join(line.title.split()) for line in hand.mode.outline.lines_model.lines]


def line(hand: Hand, place: str) -> OutlineLine:
    return next(line for line in hand.mode.outline.lines_model.lines if line.place == place)


def current(view: OutlineView) -> str:
    return str(view.currentIndex().data(LINE).place)


# --- models -------------------------------------------------------------------------------------------------------


def test_the_outline_model_is_as_qt_wants_it(qapp: QApplication) -> None:
    model = OutlineModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert model.rowCount() == 0
    model.set_lines([PEOPLE, AREA, STANDARD])
    assert model.rowCount() == 3
    assert model.rowCount(model.index(0)) == 0, "a line has nothing below it"
    assert model.index(2).data() == "8  Medicines"
    assert model.index(1).data(LINE) == AREA
    assert model.data(model.index(7)) is None
    assert model.index(1).data(Qt.ItemDataRole.DecorationRole) is None
    assert tester.model() is model


def test_lines_speak_for_themselves(qapp: QApplication) -> None:
    model = OutlineModel()
    model.set_lines([replace(PEOPLE, done=5), PEOPLE, replace(PEOPLE, done=0), AREA, STANDARD])
    said = [model.index(row).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(5)]
    assert said == [
        "People spoken to, 5",
        "People spoken to, Not known",
        "People spoken to, 0",
        "Safeguarding and safety, 8 of 24, Requires improvement",
        "8 Medicines, 2 of 6",
    ]
    assert model.index(3).data(Qt.ItemDataRole.ToolTipRole) == said[3]
    assert [model.index(row).data(LINE).count for row in range(5)] == ["5", "Not known", "0", "8/24", "2/6"]


def test_a_line_that_says_something_else_is_drawn_again_in_place(qapp: QApplication) -> None:
    model = OutlineModel()
    model.set_lines([PEOPLE, AREA, STANDARD])
    heard: list[tuple[int, int]] = []
    resets: list[object] = []
    model.dataChanged.connect(lambda first, last: heard.append((first.row(), last.row())))
    model.modelReset.connect(lambda: resets.append(None))
    model.set_lines([PEOPLE, replace(AREA, done=9), replace(STANDARD, done=3)])
    model.set_lines([PEOPLE, replace(AREA, done=9), replace(STANDARD, done=3)])
    assert (heard, resets) == ([(1, 2)], [])
    model.set_lines([AREA, STANDARD])
    assert len(resets) == 1


def test_the_model_of_what_is_missing_is_as_qt_wants_it(qapp: QApplication) -> None:
    model = MissingModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.set_gaps([DOUBT, NEEDED])
    assert [model.index(row).data(GAP) for row in range(2)] == [NEEDED, DOUBT], "what keeps it open comes first"
    said = [model.index(row).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(2)]
    assert said == [
        "Needed: 8.3 Doses. This critical question has no answer.",
        "Worth a look: People spoken to. Nobody is recorded.",
    ]
    resets: list[object] = []
    model.modelReset.connect(lambda: resets.append(None))
    model.set_gaps([DOUBT, NEEDED])
    assert resets == [], "the same gaps again change nothing"
    model.set_gaps([])
    assert model.rowCount() == 0
    assert model.data(QModelIndex()) is None
    assert model.index(0).data() is None
    assert tester.model() is model


# --- what it shows ------------------------------------------------------------------------------------------------


def test_only_the_area_of_the_officer_is_open(at_visit: OpenVisitMode) -> None:
    hand = at_visit("8.3")
    assert titles(hand) == [
        "Prior actions graded",
        "People spoken to",
        "Involvement and information",
        "Personalised care",
        "Safeguarding and safety",
        "6 Safety from abuse",
        "7 Cleanliness and infection control",
        "8 Medicines",
        "9 Premises",
        "10 Equipment",
        "Suitability of staffing",
        "Quality of management",
    ]
    assert [line.place for line in hand.mode.outline.lines_model.lines if line.current] == ["8"]
    hand.go("people")
    assert "8 Medicines" not in titles(hand)
    assert current(hand.mode.outline) == "people"


def test_progress_and_status_follow_the_answers(at_visit: OpenVisitMode) -> None:
    hand = at_visit("8.3")
    assert line(hand, "8").words == "8 Medicines, 0 of 6"
    hand.press("2")
    assert line(hand, "8").words == "8 Medicines, 1 of 6, Requires improvement so far"
    assert line(hand, "C").words.startswith("Safeguarding and safety, 2 of 24, ")
    hand.press("3")
    assert line(hand, "8").words == "8 Medicines, 1 of 6", "good so far is not shown as good"
    for code in ("8.1", "8.2", "8.4", "8.5", "8.6"):
        hand.go(code).press("Alt+3")
    assert line(hand, "8").words == "8 Medicines, 6 of 6, Good"


def test_graded_actions_are_counted(at_visit: OpenVisitMode) -> None:
    hand = at_visit().press("M", "Down", "M", "Down")
    assert line(hand, "prior").words == "Prior actions graded, 2 of 3"
    hand.press("M")
    assert line(hand, "prior").words == "Prior actions graded, 3 of 3, Done"


def test_a_title_is_whole_in_as_many_lines_as_it_needs(at_visit: OpenVisitMode, theme: Theme) -> None:
    hand = at_visit("7.1")
    view = hand.mode.outline
    small = view.sizeHintForIndex(view.lines_model.index(7)).height()
    long = view.sizeHintForIndex(view.lines_model.index(6)).height()
    assert titles(hand)[6:8] == ["7 Cleanliness and infection control", "8 Medicines"]
    assert long > small >= 40
    for scale in (1.0, 1.3, 1.6):
        theme.set_text_scale(scale)
        QApplication.processEvents()
        for row, shown in enumerate(view.lines_model.lines):
            rect = view.visualRect(view.lines_model.index(row))
            words = view.itemDelegate()._words_rect(theme, shown, rect, bold=True)  # type: ignore[attr-defined]
            assert rect.toRectF().contains(words), shown.title
            font = theme.fonts.get("visit_small", bold=True)
            widest = max(QFontMetrics(font).horizontalAdvance(word) for word in shown.title.split())
            assert widest <= words.width(), shown.title


# --- the way ------------------------------------------------------------------------------------------------------


def test_a_press_goes_to_the_first_open_question(at_visit: OpenVisitMode) -> None:
    hand = at_visit("6.1").press("3", "Ctrl+Down", "3")
    outline = hand.mode.outline

    def press(place: str) -> None:
        row = next(row for row, line in enumerate(outline.lines_model.lines) if line.place == place)
        where = outline.visualRect(outline.lines_model.index(row)).center()
        QTest.mouseClick(outline.viewport(), Qt.MouseButton.LeftButton, pos=where)
        hand.rest()

    press("8")
    assert hand.mode.place == "8.1"
    press("6")
    assert hand.mode.place == "6.3"
    press("D")
    assert hand.mode.place == "11.1"
    press("people")
    assert hand.mode.place == "people"
    press("prior")
    assert hand.mode.place == "prior"


def test_by_keys_from_line_to_line(at_visit: OpenVisitMode) -> None:
    hand = at_visit("8.3")
    hand.mode.next_pane(-1)
    outline = hand.mode.outline
    assert hand.at is outline
    assert current(outline) == "8"
    hand.press("Down", "Return")
    assert hand.mode.place == "9.1"
    assert hand.name == "Poor, key 1", "and the keyboard is where the work is"
    hand.mode.next_pane(-1)
    hand.press("Home", "Space")
    assert hand.mode.place == "prior"


def test_letters_are_not_taken_for_a_search(at_visit: OpenVisitMode) -> None:
    hand = at_visit("8.3")
    hand.mode.outline.setFocus()
    hand.press("3")
    assert hand.kept("8.3").rating == 3, "a rating key rates from the list as well"
    assert current(hand.mode.outline) == "8"
    hand.press("P")
    assert current(hand.mode.outline) == "8"


def test_walking_along_it_is_not_disturbed_by_what_comes_in(at_visit: OpenVisitMode) -> None:
    hand = at_visit("8.3")
    outline = hand.mode.outline
    outline.setFocus()
    hand.press("Down", "Down")
    assert current(outline) == "10"
    hand.press("Alt+3")
    assert current(outline) == "10", "another rating leaves the keyboard on its line"
    hand.press("Ctrl+Down")
    hand.mode.outline.setFocus()
    assert current(outline) == "8", "who goes on is where they went"


def test_in_a_signed_visit_the_keyboard_stays_in_the_list(
    at_visit: OpenVisitMode, visits: Visits, office: Office
) -> None:
    sign(office, visits.today)
    hand = at_visit("8.3")
    outline = hand.mode.outline
    assert hand.at is outline
    hand.press("Down", "Return")
    assert (hand.mode.place, current(outline)) == ("9.1", "9")
    hand.press("Down", "Down", "Return")
    assert (hand.mode.place, current(outline)) == ("11.1", "11"), "another area opens below the keyboard"
    hand.press("Ctrl+Down")
    assert (hand.mode.place, current(outline)) == ("11.2", "11")


@pytest.mark.parametrize("scale", [1.0, 1.3])
def test_lines_are_tall_enough_and_all_in_sight(at_visit: OpenVisitMode, theme: Theme, scale: float) -> None:
    hand = at_visit("8.3").press("2")
    theme.set_text_scale(scale)
    QApplication.processEvents()
    hand.mode.turns.bring("left")
    outline = hand.mode.outline
    for row in range(outline.lines_model.rowCount()):
        assert outline.visualRect(outline.lines_model.index(row)).height() >= round(40 * scale)
    if scale == 1.0:
        assert outline.verticalScrollBar().maximum() == 0, "at 1366 by 768 nothing scrolls"


def test_the_line_of_the_officer_looks_it(at_visit: OpenVisitMode, theme: Theme) -> None:
    hand = at_visit("8.3")
    outline = hand.mode.outline
    picture = outline.viewport().grab().toImage()

    def ground(place: str) -> str:
        row = next(row for row, line in enumerate(outline.lines_model.lines) if line.place == place)
        rect = outline.visualRect(outline.lines_model.index(row))
        return picture.pixelColor(QPoint(rect.right() - 2, rect.top() + 2)).name()

    assert ground("8") == theme.colour("selected").name()
    assert ground("9") == theme.colour("surface").name()
