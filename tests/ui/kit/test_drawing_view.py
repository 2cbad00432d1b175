"""Charts in the window: the same drawing as on paper, with words for eyes, ears and clipboard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QColor, QGuiApplication, QHelpEvent, QImage, QPainter
from PySide6.QtWidgets import QApplication, QMainWindow, QToolTip, QVBoxLayout
from pytestqt.qtbot import QtBot

from s75desk.domain.drawing import (
    CircleMark,
    Drawing,
    LineMark,
    PolygonMark,
    PolylineMark,
    RectMark,
    Spot,
    StatusMark,
    TextMark,
)
from s75desk.domain.status import Shape
from s75desk.ui.theme import Theme
from s75desk.ui.widgets.drawing_painting import paint_drawing
from s75desk.ui.widgets.drawing_view import DrawingView

TABLE = (("Month", "n"), ("April", "286"), ("May", "271"))


def build(width: float) -> Drawing:
    marks = (
        RectMark(0, 0, width, 40, fill="band"),
        CircleMark(20, 20, 8, fill="accent"),
        TextMark(width - 4, 90, "Mean 271", anchor="end"),
    )
    spots = (Spot(20, 20, 8, "April: 286"), Spot(60, 20, 8, "May: 271"))
    return Drawing(width, 100, marks, "Assessments by month: 286, 271.", TABLE, spots)


@pytest.fixture
def view(window: QMainWindow, qtbot: QtBot) -> DrawingView:
    made = DrawingView(build, "Month by month")
    layout = QVBoxLayout(window.centralWidget())
    layout.addWidget(made)
    layout.addStretch(1)
    qtbot.waitUntil(made.isVisible)
    return made


def test_it_is_built_for_the_width_there_is(view: DrawingView, window: QMainWindow, qtbot: QtBot) -> None:
    assert view.drawing().width == view.width()
    assert view.height() == 100
    window.resize(800, 600)
    qtbot.waitUntil(lambda: view.width() < 800)
    assert view.drawing().width == view.width()


def test_larger_text_enlarges_it(view: DrawingView, theme: Theme) -> None:
    theme.set_text_scale(2.0)
    assert view.heightForWidth(view.width()) == 200
    assert view.drawing().width == view.width() / 2


def test_colours_follow_the_theme_and_paper_stays_white(view: DrawingView, theme: Theme) -> None:
    for choice in ("light", "dark"):
        theme.set_choice(choice)  # type: ignore[arg-type]
        shown = view.grab().toImage()
        assert shown.pixelColor(100, 20) == theme.colour("band")
        assert shown.pixelColor(20, 20) == theme.colour("accent")
        picture = view.picture()
        assert picture.pixelColor(2, 2) == QColor("#FFFFFF")
        assert picture.pixelColor(2 * (12 + 100), 2 * (12 + 20)) == theme.paper_colour("band")


def test_screen_readers_hear_its_story(view: DrawingView) -> None:
    assert view.accessibleName() == "Month by month"
    assert view.accessibleDescription() == "Assessments by month: 286, 271."
    view.set_build(lambda width: Drawing(width, 10, alternative="Nothing yet."))
    assert view.accessibleDescription() == "Nothing yet."
    assert view.focusPolicy() == Qt.FocusPolicy.NoFocus


def test_picture_and_figures_can_be_copied(view: DrawingView) -> None:
    view.copy_table()
    assert QGuiApplication.clipboard().text() == "Month\tn\nApril\t286\nMay\t271"
    view.copy_picture()
    assert not QGuiApplication.clipboard().image().isNull()
    menu = view.menu()
    assert [action.isEnabled() for action in menu.actions()] == [True, True]
    view.set_build(lambda width: Drawing(width, 10))
    assert [action.isEnabled() for action in view.menu().actions()] == [True, False]


def test_points_have_words_under_the_pointer(view: DrawingView, qtbot: QtBot) -> None:
    def hover(x: int, y: int) -> None:
        where = QPoint(x, y)
        QApplication.sendEvent(view, QHelpEvent(QEvent.Type.ToolTip, where, view.mapToGlobal(where)))

    hover(22, 18)
    assert QToolTip.text() == "April: 286"
    hover(61, 21)
    assert QToolTip.text() == "May: 271"
    hover(300, 80)
    qtbot.waitUntil(lambda: not QToolTip.isVisible())


def test_arrows_go_from_point_to_point(view: DrawingView, qtbot: QtBot) -> None:
    view.setFocus()
    before = view.grab().toImage()
    qtbot.keyClick(view, Qt.Key.Key_Right)
    assert QToolTip.text() == "April: 286"
    assert view.grab().toImage() != before
    qtbot.keyClick(view, Qt.Key.Key_End)
    assert QToolTip.text() == "May: 271"
    qtbot.keyClick(view, Qt.Key.Key_Right)
    assert QToolTip.text() == "May: 271"
    qtbot.keyClick(view, Qt.Key.Key_Home)
    assert QToolTip.text() == "April: 286"
    view.clearFocus()
    qtbot.waitUntil(lambda: not QToolTip.isVisible())


MARKS = (
    LineMark(5, 30, 95, 30, "spc_limit", 1, (4, 3)),
    PolylineMark(((5, 50), (50, 20), (95, 50)), "spc_common"),
    RectMark(10, 10, 80, 40, "band", "band_edge", hatch=True),
    RectMark(10, 10, 80, 40, "", "line_strong", dash=(3, 2), radius=4),
    PolygonMark(((50, 10), (90, 50), (10, 50)), "spc_worse", "surface"),
    CircleMark(50, 30, 20, "", "text", 2),
    TextMark(50, 40, "Words", "muted", 12, bold=True, anchor="middle"),
    StatusMark(40, 20, Shape.WATCH, 20),
)


def paint(mark: object, theme: Theme) -> QImage:
    image = QImage(100, 60, QImage.Format.Format_ARGB32)
    image.fill(theme.colour("surface"))
    painter = QPainter(image)
    paint_drawing(painter, Drawing(100, 60, (mark,)), theme.colour, theme.tokens.family)  # type: ignore[arg-type]
    painter.end()
    return image


@pytest.mark.parametrize("mark", MARKS, ids=lambda mark: type(mark).__name__)
def test_every_mark_leaves_its_mark(mark: object, theme: Theme, qapp: QApplication) -> None:
    empty = QImage(100, 60, QImage.Format.Format_ARGB32)
    empty.fill(theme.colour("surface"))
    assert paint(mark, theme) != empty


def test_a_hatched_band_is_told_by_more_than_its_colour(theme: Theme, qapp: QApplication) -> None:
    plain = paint(RectMark(10, 10, 80, 40, "band", "band_edge"), theme)
    hatched = paint(RectMark(10, 10, 80, 40, "band", "band_edge", hatch=True), theme)
    inside = {hatched.pixelColor(x, 30).name() for x in range(20, 80)}
    assert {plain.pixelColor(x, 30).name() for x in range(20, 80)} == {theme.colour("band").name()}
    assert len(inside) > 2
    assert hatched.pixelColor(5, 30) == theme.colour("surface")


def test_words_stand_at_their_anchor(theme: Theme, qapp: QApplication) -> None:
    def ink(anchor: str) -> tuple[int, int]:
        image = paint(TextMark(50, 40, "Words", "text", 12, anchor=anchor), theme)  # type: ignore[arg-type]
        columns = [x for x in range(100) if any(image.pixelColor(x, y).lightness() < 128 for y in range(60))]
        return columns[0], columns[-1]

    start, middle, end = ink("start"), ink("middle"), ink("end")
    assert start[0] in range(48, 53)
    assert end[1] in range(47, 52)
    assert abs((middle[0] + middle[1]) / 2 - 50) <= 1.5
