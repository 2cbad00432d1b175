"""The theme follows the system or the officer, while the program runs, and leaks into nothing."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from s75desk.domain.status import Shape, Status
from s75desk.ui.theme import Theme
from s75desk.ui.theme.shapes import paint_shape
from s75desk.ui.widgets.buttons import ToolIcon, make_button
from s75desk.ui.widgets.chip import StatusChip
from s75desk.ui.widgets.labels import ElidedLabel, Label, WrappedLabel
from s75desk.ui.widgets.surface import Surface


def test_one_theme_serves_the_application(theme: Theme, qapp: QApplication) -> None:
    assert Theme.of() is theme
    assert theme.parent() is qapp
    assert qapp.style().name() in ("fusion", "")


def test_light_and_dark_switch_while_running(theme: Theme, qtbot: QtBot, window: QMainWindow) -> None:
    surface = Surface("surface")
    label = Label("Words", colour="muted", parent=surface)
    window.setCentralWidget(surface)
    told: list[str] = []

    def tell() -> None:
        told.append(theme.mode)

    theme.changed.connect(tell)
    for mode in ("dark", "light"):
        theme.set_choice(mode)  # type: ignore[arg-type]
        shown = surface.grab().toImage()
        assert shown.pixelColor(600, 500) == theme.colour("surface")
        assert label.palette().color(label.foregroundRole()) == theme.colour("muted")
    theme.set_choice("light")
    theme.changed.disconnect(tell)
    assert told == ["dark", "light"]


def test_system_follows_the_computer(theme: Theme, qapp: QApplication) -> None:
    theme.set_choice("system")
    assert theme.choice == "system"
    expected = "dark" if qapp.styleHints().colorScheme() == Qt.ColorScheme.Dark else "light"
    assert theme.mode == expected


def test_a_program_dresses_all_that_comes_even_beside_a_window_that_is_still_there(
    qapp: QApplication, qtbot: QtBot
) -> None:
    older = Theme(qapp, "light")
    window = QMainWindow()
    qtbot.addWidget(window)
    window.show()
    older.set_choice("dark")
    assert window.styleSheet(), "a change is put on the windows that are there"
    theme = Theme(qapp, "light")
    assert qapp.styleSheet() == theme._sheet, "what is made from now on wears the sheet at once, not at its first popup"
    assert not window.styleSheet()
    older._dress_newcomer()
    assert not window.styleSheet(), "a theme that has retired dresses nothing"


def test_larger_text_enlarges_everything(theme: Theme, qtbot: QtBot) -> None:
    button = make_button("Print brief", "briefing")
    chip = StatusChip(Status(Shape.WATCH, "Amber"))
    edit = QLineEdit("words")
    parts: list[QWidget] = [button, chip, edit, Label("Words", "title"), ToolIcon("more", "More")]
    for part in parts:
        qtbot.addWidget(part)
        part.ensurePolished()
    before = [part.sizeHint() for part in parts]
    theme.set_text_scale(2.0)
    for part in parts:
        part.ensurePolished()
    after = [part.sizeHint() for part in parts]
    assert theme.metrics.b == 28
    assert button.iconSize().height() == 36
    for small, large in zip(before, after, strict=True):
        assert large.height() >= 1.7 * small.height()


def test_the_text_scale_stays_within_reason(theme: Theme) -> None:
    theme.set_text_scale(9)
    assert theme.text_scale == 3.0
    theme.set_text_scale(0.1)
    assert theme.text_scale == 1.0


def test_icons_take_the_colour_of_the_theme(theme: Theme) -> None:
    def ink() -> set[str]:
        image = theme.icons.pixmap("plus", "accent", 18, scale=1).toImage()
        colours = (image.pixelColor(x, y) for x in range(18) for y in range(18))
        return {colour.name().upper() for colour in colours if colour.alpha() == 255}

    assert theme.tokens.colour["accent"] in ink()
    theme.set_choice("dark")
    assert theme.tokens.colour["accent"] in ink()


def test_icons_are_fine_on_fine_screens_and_made_once(theme: Theme) -> None:
    icon = theme.icons.icon("search", "text")
    assert theme.icons.icon("search", "text") is icon
    assert icon.pixmap(QSize(18, 18), 2.0).size() == QSize(36, 36)
    gapped = theme.icons.pixmap("search", "text", 18, scale=1, gap=True)
    assert gapped.width() == 23


def test_every_icon_can_be_drawn(theme: Theme) -> None:
    for name in theme.tokens.icons:
        image = theme.icons.pixmap(name, "text", 20, scale=1).toImage()
        drawn = sum(image.pixelColor(x, y).alpha() > 60 for x in range(20) for y in range(20))
        assert drawn > 8, name


def picture_of(shape: Shape, theme: Theme) -> QImage:
    image = QImage(56, 56, QImage.Format.Format_ARGB32)
    image.fill(theme.colour("surface"))
    painter = QPainter(image)
    paint_shape(painter, shape, image.rect().toRectF(), theme.colour)
    painter.end()
    return image


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_status_shapes_differ_without_colour(theme: Theme, mode: str) -> None:
    theme.set_choice(mode)  # type: ignore[arg-type]
    pictures = {shape: picture_of(shape, theme).convertToFormat(QImage.Format.Format_Grayscale8) for shape in Shape}
    shapes = list(Shape)
    for place, first in enumerate(shapes):
        for second in shapes[place + 1 :]:
            one, other = pictures[first], pictures[second]
            differing = sum(
                abs(one.pixelColor(x, y).lightness() - other.pixelColor(x, y).lightness()) > 40
                for x in range(0, 56, 2)
                for y in range(0, 56, 2)
            )
            assert differing > 20, f"{first} and {second}"


def test_buttons_say_the_key_and_show_ampersands_as_they_are(theme: Theme, qtbot: QtBot) -> None:
    button = make_button("Care & support", key="Ctrl+P")
    qtbot.addWidget(button)
    assert button.text() == "Care && support"
    assert button.accessibleName() == "Care & support"
    assert "Ctrl+P" in button.toolTip() or "⌘P" in button.toolTip()
    button.withhold("Finish the prior actions first")
    assert not button.isEnabled()
    assert button.toolTip() == "Finish the prior actions first"
    button.withhold("")
    assert button.isEnabled()


def test_a_button_in_a_button_keeps_its_own_look(theme: Theme, qtbot: QtBot) -> None:
    """One sheet with selectors for all; no widget has a sheet of its own that could reach its children."""
    outer = make_button("Outer", kind="primary")
    inner = QPushButton("Inner", outer)
    qtbot.addWidget(outer)
    outer.ensurePolished()
    inner.ensurePolished()
    assert outer.styleSheet() == ""
    assert inner.palette().buttonText().color() == theme.colour("text")
    assert outer.palette().buttonText().color() == theme.colour("on_accent")


def test_words_are_never_read_as_markup(theme: Theme, qtbot: QtBot) -> None:
    label = Label("<b>Pellgate</b> House")
    qtbot.addWidget(label)
    assert label.textFormat() == Qt.TextFormat.PlainText


def test_running_text_stops_at_the_measure(theme: Theme, qtbot: QtBot) -> None:
    label = WrappedLabel("word " * 200)
    qtbot.addWidget(label)
    label.resize(3000, 400)
    assert label.width() <= label.fontMetrics().averageCharWidth() * 80


def test_a_line_that_gives_way_is_whole_in_the_tip(theme: Theme, qtbot: QtBot) -> None:
    label = ElidedLabel("Cambridgeshire and Peterborough NHS Foundation Trust")
    qtbot.addWidget(label)
    label.resize(80, 20)
    label.show()
    assert label.toolTip() == label.text()
    label.resize(900, 20)
    assert label.toolTip() == ""
    assert label.minimumSizeHint().width() < 80


def test_a_chip_is_loud_only_where_something_is_to_be_done(theme: Theme, qtbot: QtBot) -> None:
    for shape in Shape:
        chip = StatusChip(Status(shape, "Word"))
        qtbot.addWidget(chip)
        chip.resize(chip.sizeHint())
        shown = chip.grab().toImage()
        corner = shown.pixelColor(chip.width() - 3, chip.height() // 2)
        filled = corner == theme.colour(f"{shape.family}_soft")
        assert filled is shape.loud, shape
        assert chip.accessibleName() == "Word"
