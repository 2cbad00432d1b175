"""Sub-pages, filters, tiles, agenda, timeline, empty and failed places, passphrases."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QMainWindow, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from s75desk.domain.errors import DiskTrouble
from s75desk.domain.status import Shape, Status
from s75desk.ui.theme import Theme
from s75desk.ui.widgets.agenda import Agenda, Day, Entry
from s75desk.ui.widgets.empty_state import EmptyState
from s75desk.ui.widgets.error_panel import ErrorPanel
from s75desk.ui.widgets.filter_button import FilterButton
from s75desk.ui.widgets.passphrase import PassphraseEdit
from s75desk.ui.widgets.skeleton import Skeleton
from s75desk.ui.widgets.status_line import StatusLine
from s75desk.ui.widgets.sub_tabs import SubTabs
from s75desk.ui.widgets.tile import Tile
from s75desk.ui.widgets.timeline import Event, Timeline


def put(window: QMainWindow, part: QWidget, qtbot: QtBot) -> None:
    layout = QVBoxLayout(window.centralWidget())
    layout.addWidget(part)
    qtbot.waitUntil(part.isVisible)


@pytest.fixture
def tabs(window: QMainWindow, qtbot: QtBot) -> SubTabs:
    made = SubTabs()
    for key, title, count in (("terms", "Terms", ""), ("kpis", "KPIs", "3"), ("risks", "Risks", "")):
        made.add_page(key, title, QLineEdit(title), count)
    put(window, made, qtbot)
    return made


def test_ctrl_page_keys_go_round_the_sub_pages(tabs: SubTabs, qtbot: QtBot) -> None:
    told: list[str] = []
    tabs.changed.connect(told.append)
    tabs.page("terms").setFocus()
    for _ in range(3):
        qtbot.keyClick(tabs, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(tabs, Qt.Key.Key_PageUp, Qt.KeyboardModifier.ControlModifier)
    assert told == ["kpis", "risks", "terms", "risks"]
    assert tabs.current() == "risks"
    assert tabs.stack.currentWidget() is tabs.page("risks")


def test_hidden_sub_pages_are_passed_over(tabs: SubTabs) -> None:
    tabs.set_shown("kpis", shown=False)
    tabs.step(1)
    assert tabs.current() == "risks"
    assert not tabs.set_current("nowhere")
    assert tabs.set_current("terms")


def test_counts_stand_beside_names_and_can_change(tabs: SubTabs) -> None:
    assert tabs.strip.tabText(1) == "KPIs  3"
    tabs.set_count("kpis", "12")
    assert tabs.strip.tabText(1) == "KPIs  12"
    assert tabs.strip.title(1) == "KPIs"
    tabs.set_count("kpis", "")
    assert tabs.strip.tabText(1) == "KPIs"


def test_a_name_has_room_to_be_bold(tabs: SubTabs, theme: Theme) -> None:
    from PySide6.QtGui import QFontMetrics

    bold = QFontMetrics(theme.fonts.get(bold=True))
    for place in range(tabs.strip.count()):
        assert tabs.strip.tabRect(place).width() >= bold.horizontalAdvance(tabs.strip.title(place))


def test_names_move_together_before_they_have_to_scroll(
    tabs: SubTabs, window: QMainWindow, qtbot: QtBot, theme: Theme
) -> None:
    def ends() -> list[int]:
        return [tabs.strip.tabRect(place).right() for place in range(3)]

    usual = ends()
    tabs.set_shown("kpis", shown=False)
    assert tabs.strip.tabRect(2).right() < usual[2]
    tabs.set_shown("kpis", shown=True)
    assert ends() == usual
    tabs.strip.setFixedWidth(usual[2] - 20)
    qtbot.waitUntil(lambda: ends()[2] <= usual[2] - 20)


def test_tab_keys_reach_the_strip_and_show_it(tabs: SubTabs, qtbot: QtBot, window: QMainWindow) -> None:
    tabs.page("terms").setFocus()
    before = tabs.strip.grab().toImage()
    qtbot.keyClick(tabs.page("terms"), Qt.Key.Key_Backtab)
    assert tabs.strip.hasFocus()
    assert tabs.strip.grab().toImage() != before
    qtbot.keyClick(tabs.strip, Qt.Key.Key_Right)
    assert tabs.current() == "kpis"


def test_an_active_filter_is_named_and_tinted(qtbot: QtBot, theme: Theme) -> None:
    button = FilterButton("Kind", [("block", "block"), ("spot", "spot")], anything="All kinds")
    qtbot.addWidget(button)
    changes: list[str] = []
    button.changed.connect(lambda: changes.append(button.value()))
    entries = {action.text(): action for action in button.menu().actions() if action.text()}
    assert list(entries) == ["All kinds", "block", "spot"]
    entries["block"].trigger()
    assert button.text() == "Kind: block"
    assert button.property("filter") == "on"
    assert button.accessibleName() == "Filter by Kind: block"
    entries["spot"].trigger()
    entries["All kinds"].trigger()
    assert button.text() == "Kind"
    assert button.property("filter") == "off"
    assert changes == ["block", "spot", ""]


def test_a_filter_of_several_values_names_up_to_two(qtbot: QtBot, theme: Theme) -> None:
    options = [("a", "Ely"), ("b", "March"), ("c", "Wisbech")]
    button = FilterButton("Town", options, multiple=True)
    qtbot.addWidget(button)
    entries = {action.text(): action for action in button.menu().actions() if action.text()}
    entries["Wisbech"].trigger()
    entries["Ely"].trigger()
    assert button.values() == ("a", "c")
    assert button.text() == "Town: Ely, Wisbech"
    entries["March"].trigger()
    assert button.text() == "Town: 3 chosen"
    entries["Ely"].trigger()
    assert button.values() == ("b", "c")
    button.set_options(options[:2])
    assert button.values() == ("b",)
    assert [action.isChecked() for action in button.menu().actions() if action.text()] == [False, False, True]


def test_a_tile_names_its_count_and_base_and_filters(qtbot: QtBot, theme: Theme) -> None:
    tile = Tile(Shape.ALERT, "actions overdue", "3", "Of 41 open; oldest 12 days")
    qtbot.addWidget(tile)
    tile.resize(tile.sizeHint())
    assert tile.accessibleName() == "3 actions overdue. Of 41 open; oldest 12 days"
    before = tile.grab().toImage()
    with qtbot.waitSignal(tile.toggled):
        qtbot.mouseClick(tile, Qt.MouseButton.LeftButton)
    assert tile.isChecked()
    assert tile.grab().toImage() != before
    tile.set_count("2", "Of 40 open")
    assert tile.accessibleName() == "2 actions overdue. Of 40 open"


def test_the_agenda_opens_what_can_be_opened(window: QMainWindow, qtbot: QtBot) -> None:
    visit = Entry("visit", "Visit: Pellgate House", "09:30", "visit", "v1")
    agenda = Agenda([Day("Mon 2", (visit, Entry("action", "2 actions due")), today=True), Day("Tue 3")])
    put(window, agenda, qtbot)
    opened: list[Entry] = []
    agenda.opened.connect(opened.append)
    buttons = {part.text(): part for part in agenda.findChildren(QWidget) if hasattr(part, "entry")}
    assert buttons["Visit: Pellgate House"].accessibleName() == "Mon 2, Visit: Pellgate House, 09:30"
    qtbot.mouseClick(buttons["Visit: Pellgate House"], Qt.MouseButton.LeftButton)
    qtbot.keyClick(buttons["Visit: Pellgate House"], Qt.Key.Key_Space)
    qtbot.mouseClick(buttons["2 actions due"], Qt.MouseButton.LeftButton)
    assert opened == [visit, visit]
    assert any(label.text() == "Nothing due" for label in agenda.findChildren(QLabel))
    agenda.set_days([Day("Wed 4")])
    qtbot.waitUntil(lambda: not [part for part in agenda.findChildren(QWidget) if hasattr(part, "entry")])


def test_the_timeline_opens_what_can_be_opened(window: QMainWindow, qtbot: QtBot) -> None:
    visit = Event("14 Oct", "Quality visit", "13 actions", Shape.WATCH, bold=True, kind="visit", uid="v1")
    timeline = Timeline([visit, Event("12 Jan", "Registered manager left", icon="person")])
    put(window, timeline, qtbot)
    opened: list[Event] = []
    timeline.opened.connect(opened.append)
    for line in [part for part in timeline.findChildren(QWidget) if hasattr(part, "event_shown")]:
        qtbot.mouseClick(line, Qt.MouseButton.LeftButton)
    assert opened == [visit]


def test_an_empty_place_offers_its_steps(qtbot: QtBot, theme: Theme) -> None:
    empty = EmptyState("No visits yet", "Plan one.", "Plan a visit", "Look round the sample visit", "Import a set")
    qtbot.addWidget(empty)
    buttons = {button.text(): button for button in empty.findChildren(QPushButton)}
    for words, signal in (
        ("Plan a visit", empty.primary_pressed),
        ("Look round the sample visit", empty.secondary_pressed),
        ("Import a set", empty.third_pressed),
    ):
        with qtbot.waitSignal(signal):
            buttons[words].click()
    assert buttons["Plan a visit"].property("kind") == "primary"
    bare = EmptyState("Nothing", "Here.")
    qtbot.addWidget(bare)
    assert not bare.findChildren(QPushButton)


def test_an_error_says_what_what_not_and_what_next(qtbot: QtBot, theme: Theme) -> None:
    panel = ErrorPanel("Save again", "Copy my words")
    qtbot.addWidget(panel)
    panel.set_trouble(DiskTrouble("Not saved: the disk is full.", "Free some space, then save again."))
    words = [label.text() for label in panel.findChildren(QLabel)]
    assert words == ["Not saved: the disk is full.", "Free some space, then save again."]
    buttons = {button.text(): button for button in panel.findChildren(QPushButton)}
    with qtbot.waitSignal(panel.retry_pressed):
        buttons["Save again"].click()
    with qtbot.waitSignal(panel.copy_pressed):
        buttons["Copy my words"].click()


def test_outlines_come_only_after_a_while(window: QMainWindow, qtbot: QtBot, theme: Theme) -> None:
    skeleton = Skeleton()
    put(window, skeleton, qtbot)
    at_once = skeleton.grab().toImage()
    assert {at_once.pixelColor(x, 24).name() for x in range(0, 600, 7)} == {theme.colour("surface").name()}
    qtbot.waitUntil(lambda: skeleton.grab().toImage() != at_once)


def test_a_passphrase_is_hidden_until_asked_for(qtbot: QtBot, theme: Theme) -> None:
    field = PassphraseEdit("Passphrase")
    qtbot.addWidget(field)
    edit = field.findChild(QLineEdit)
    show = field.findChild(QPushButton)
    assert edit is not None
    assert show is not None
    qtbot.keyClicks(edit, "made-up words")
    assert field.text() == "made-up words"
    assert edit.echoMode() == QLineEdit.EchoMode.Password
    show.click()
    assert edit.echoMode() == QLineEdit.EchoMode.Normal
    assert show.text() == "Hide"
    field.clear()
    assert field.text() == ""
    assert edit.echoMode() == QLineEdit.EchoMode.Password
    with qtbot.waitSignal(field.entered):
        qtbot.keyClick(edit, Qt.Key.Key_Return)


def test_a_status_line_says_chip_and_sentence(qtbot: QtBot, theme: Theme) -> None:
    line = StatusLine(Status(Shape.WATCH, "Decide by 31 March 2026", "Give notice in the next 57 days."))
    qtbot.addWidget(line)
    assert line.accessibleName() == "Decide by 31 March 2026. Give notice in the next 57 days."
    line.set_status(Status(Shape.GOOD, "Live"))
    assert line.accessibleName() == "Live."
