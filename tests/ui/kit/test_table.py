"""Tables under keys, pointer and changing rows."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit, QMainWindow, QStyleOptionViewItem, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from s75desk.domain.working import Figure
from s75desk.ui.itemmodels.cells import Cell, Column
from s75desk.ui.pages.child_section import ChildTable
from s75desk.ui.theme import Theme
from s75desk.ui.widgets.cell_painting import line_height, lines_of
from s75desk.ui.widgets.read_table import ReadTable
from s75desk.ui.widgets.table import RecordTable
from s75desk.ui.widgets.table_state import TableState
from tests.ui.kit.conftest import HOMES, WORKING, Home, KeptSettings, home_columns

Make = Callable[..., RecordTable[Home]]


@pytest.fixture
def make(qtbot: QtBot, window: QMainWindow) -> Make:
    def build(**options: object) -> RecordTable[Home]:
        table: RecordTable[Home] = RecordTable("Homes", home_columns(), lambda row: row.uid, **options)  # type: ignore[arg-type]
        table.set_rows(HOMES)
        window.setCentralWidget(table)
        qtbot.waitUntil(table.isVisible)
        return table

    return build


@pytest.fixture
def table(make: Make) -> RecordTable[Home]:
    return make()


def uids(table: RecordTable[Home]) -> str:
    return "".join(row.uid for row in table.visible_rows())


def cell_centre(table: RecordTable[Home], line: int, column: int) -> QPoint:
    return table.visualRect(table.model().index(line, column)).center()


def test_arrows_go_through_rows_and_tell_which(table: RecordTable[Home], qtbot: QtBot) -> None:
    told: list[Home | None] = []
    table.current_changed.connect(told.append)
    table.select_first()
    qtbot.keyClick(table, Qt.Key.Key_Down)
    qtbot.keyClick(table, Qt.Key.Key_End)
    qtbot.keyClick(table, Qt.Key.Key_Home)
    assert [row.uid for row in told if row] == ["a", "b", "d", "a"]


def test_the_marked_row_stays_marked_while_rows_change(table: RecordTable[Home]) -> None:
    table.select_uid("c")
    told: list[Home | None] = []
    table.current_changed.connect(told.append)
    table.set_rows((Home("n", "New", "Ely"), *HOMES[::-1]))
    assert table.current_row() == HOMES[2]
    table.sort_by("name")
    assert table.current_row() == HOMES[2]
    assert [index.row() for index in table.selectionModel().selectedRows()] == [uids(table).index("c")]
    assert told == []


def test_a_search_that_takes_the_row_away_says_so_and_gives_it_back(table: RecordTable[Home]) -> None:
    table.select_uid("b")
    told: list[Home | None] = []
    table.current_changed.connect(told.append)
    table.set_search("ely")
    assert table.current_row() is None
    table.set_search("")
    assert table.current_row() == HOMES[1]
    assert told == [None, HOMES[1]]


def test_a_row_asked_for_before_it_is_there_is_taken_when_it_comes(table: RecordTable[Home]) -> None:
    assert not table.select_uid("n")
    table.set_rows((*HOMES, Home("n", "New", "Ely")))
    assert table.current_row() == Home("n", "New", "Ely")


def test_a_row_asked_for_before_it_is_there_is_taken_though_another_is_marked(table: RecordTable[Home]) -> None:
    table.select_uid("a")
    assert not table.select_uid("n")
    table.set_rows(HOMES[:2])
    assert table.current_row() == HOMES[0]
    table.set_rows((*HOMES, Home("n", "New", "Ely")))
    assert table.current_row() == Home("n", "New", "Ely")
    assert len(table.selectionModel().selectedRows()) == 1


@pytest.mark.parametrize(("place", "scrolled"), [(2, False), (300, True)])
def test_a_row_that_comes_while_the_table_is_hidden_is_in_sight_when_it_is_shown(
    make: Make, place: int, scrolled: bool
) -> None:
    table = make()
    table.hide()
    table.resize(30, 30)
    table.select_uid(str(place))
    table.set_rows(tuple(Home(str(n), f"Home {n}", "Ely") for n in range(500)))
    table.resize(600, 400)
    table.show()
    assert table.current_row().uid == str(place)
    assert (table.verticalScrollBar().value() > 0) is scrolled
    assert table.viewport().rect().contains(table.visualRect(table.currentIndex()).center())


def test_whoever_goes_to_another_row_waits_for_none(table: RecordTable[Home], qtbot: QtBot) -> None:
    table.select_uid("a")
    table.select_uid("n")
    qtbot.keyClick(table, Qt.Key.Key_Down)
    here = table.current_row()
    table.set_rows((*HOMES, Home("n", "New", "Ely")))
    assert table.current_row() == here != HOMES[0]


def test_the_place_in_a_long_list_stays(table: RecordTable[Home], qtbot: QtBot) -> None:
    rows = tuple(Home(str(place), f"Home {place}", "Ely") for place in range(500))
    table.set_rows(rows)
    table.select_uid("300")
    qtbot.waitUntil(lambda: table.verticalScrollBar().value() > 0)
    before = table.visualRect(table.currentIndex()).top()
    table.set_rows(rows[10:])
    assert table.visualRect(table.currentIndex()).top() == before
    assert table.current_row() == rows[300]


def test_header_presses_sort_up_then_down_and_are_remembered(make: Make, qtbot: QtBot) -> None:
    settings = KeptSettings()
    table = make(settings=settings)
    header = table.horizontalHeader()
    where = QPoint(header.sectionViewportPosition(1) + 10, header.height() // 2)
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert uids(table) == "badc"
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert uids(table) == "dabc"
    qtbot.waitUntil(lambda: "table/Homes" in settings.kept)
    assert uids(make(settings=settings)) == "dabc"


def test_columns_can_be_hidden_but_not_the_last_and_are_remembered(make: Make, qtbot: QtBot) -> None:
    settings = KeptSettings()
    table = make(settings=settings)
    menu = table.columns_menu()
    qtbot.addWidget(menu)
    actions = {action.text(): action for action in menu.actions()}
    actions["Beds"].trigger()
    assert "Beds" not in [column.title for column in table.visible_columns()]
    qtbot.waitUntil(lambda: "table/Homes" in settings.kept)
    again = make(settings=settings)
    assert [column.key for column in again.visible_columns()] == ["name", "seen", "risk", "fee", "step"]
    header = again.horizontalHeader()
    for key in ("seen", "risk", "fee", "step", "name"):
        header.show_column(key, shown=False)
    assert [column.key for column in again.visible_columns()] == ["name"]
    header.forget()
    assert len(again.visible_columns()) == 6


def test_columns_sort_from_the_menu_for_those_without_a_pointer(table: RecordTable[Home], qtbot: QtBot) -> None:
    menu = table.columns_menu()
    qtbot.addWidget(menu)
    by = next(action.menu() for action in menu.actions() if action.menu())
    next(action for action in by.actions() if action.text() == "Beds, descending").trigger()
    assert uids(table) == "dabc"


def test_columns_share_the_width_and_narrow_tables_drop_some(window: QMainWindow, qtbot: QtBot, theme: Theme) -> None:
    columns = [
        Column[str]("a", "A", lambda row: Cell(row)),
        Column[str]("b", "B", lambda row: Cell(row), width=10),
        Column[str]("c", "C", lambda row: Cell(row), width=10, from_width=60),
    ]
    table: RecordTable[str] = RecordTable("T", columns, lambda row: row)
    table.set_rows(["x"])
    window.setCentralWidget(table)
    header = table.horizontalHeader()
    window.resize(theme.metrics.px(70), 400)
    qtbot.waitUntil(lambda: len(table.visible_columns()) == 3)
    assert header.length() == table.viewport().width()
    window.resize(theme.metrics.px(50), 400)
    qtbot.waitUntil(lambda: len(table.visible_columns()) == 2)
    assert header.sectionSize(0) + theme.metrics.px(10) == table.viewport().width()
    window.resize(theme.metrics.px(12), 400)
    qtbot.waitUntil(lambda: table.viewport().width() < theme.metrics.px(19))
    assert header.sectionSize(0) == theme.metrics.px(9)


def test_a_dragged_width_is_kept_in_multiples_of_the_text_size(make: Make, qtbot: QtBot, theme: Theme) -> None:
    settings = KeptSettings()
    table = make(settings=settings)
    table.horizontalHeader().resizeSection(1, 140)
    qtbot.waitUntil(lambda: "table/Homes" in settings.kept)
    assert TableState.from_text(settings.kept["table/Homes"]).widths == {"beds": 10.0}
    theme.set_text_scale(2.0)
    assert table.horizontalHeader().sectionSize(1) == 280
    assert table.rowHeight(0) == 96


def test_settings_nobody_can_read_are_passed_over() -> None:
    for text in (None, "", "{", "[]", '{"widths": {"a": "wide"}}', '{"shown": 3}'):
        assert TableState.from_text(text) == TableState()
    state = TableState({"a": False}, {"b": 7.5}, ("b", "a"), "b", True)
    assert TableState.from_text(state.as_text()) == state


def test_copying_gives_text_and_a_table(table: RecordTable[Home], qtbot: QtBot) -> None:
    table.horizontalHeader().show_column("fee", shown=False)
    table.horizontalHeader().show_column("step", shown=False)
    table.select_uid("a")
    qtbot.keyClick(table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    data = QGuiApplication.clipboard().mimeData()
    assert data.text().splitlines() == [
        "Home\tBeds\tLast seen\tRisk",
        "Saltern Lodge, Ely\t28\t09 01 2026\tAmber",
        "Élan Court, March\t9\t01 12 2025\tGreen",
    ]
    assert "<th>Home</th>" in data.html()
    assert data.html().count("<tr>") == 3


def test_copied_cells_cannot_break_the_table(qtbot: QtBot, window: QMainWindow) -> None:
    table: RecordTable[str] = RecordTable("T", [Column[str]("a", "A", lambda row: Cell(row))], lambda row: row)
    qtbot.addWidget(table)
    table.set_rows(["<b>\ttab\nline"])
    table.copy()
    data = QGuiApplication.clipboard().mimeData()
    assert data.text() == "A\n<b> tab line"
    assert "&lt;b&gt;" in data.html()


def test_enter_and_double_click_open(table: RecordTable[Home], qtbot: QtBot) -> None:
    opened: list[Home] = []
    table.activated_row.connect(opened.append)
    table.select_uid("b")
    qtbot.keyClick(table, Qt.Key.Key_Return)
    where = cell_centre(table, 3, 0)
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=where)
    qtbot.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert [row.uid for row in opened] == ["b", "d"]


def test_a_figure_is_asked_for_by_key_and_by_press(table: RecordTable[Home], qtbot: QtBot) -> None:
    asked: list[tuple[Figure, QRect]] = []
    table.figure_requested.connect(lambda figure, where: asked.append((figure, where)))
    table.select_uid("b")
    qtbot.keyClick(table, Qt.Key.Key_F9)
    assert asked[0][0] == Figure("£746,000", WORKING)
    cell = table.visualRect(table.model().index(1, 4))
    shown_at = QRect(table.viewport().mapTo(table.window(), cell.topLeft()), cell.size())
    assert shown_at.contains(asked[0][1].center())
    at_words = table.viewport().mapFrom(table.window(), asked[0][1].center())
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=at_words)
    assert len(asked) == 2
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(cell.left() + 2, cell.center().y()))
    table.select_uid("a")
    qtbot.keyClick(table, Qt.Key.Key_F9)
    assert len(asked) == 2


def test_a_press_on_a_link_says_which(table: RecordTable[Home], qtbot: QtBot) -> None:
    pressed: list[tuple[str, str]] = []
    table.link_pressed.connect(lambda row, key: pressed.append((row.uid, key)))
    cell = table.visualRect(table.model().index(2, 5))
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(cell.left() + 14, cell.center().y()))
    assert pressed == [("c", "step")]
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(cell.right() - 4, cell.center().y()))
    assert len(pressed) == 1


def test_letters_go_to_the_search_box(table: RecordTable[Home], qtbot: QtBot) -> None:
    typed: list[str] = []
    table.typed.connect(typed.append)
    table.select_first()
    qtbot.keyClicks(table, "ely")
    assert "".join(typed) == "ely"


def test_tab_leaves_the_table(window: QMainWindow, qtbot: QtBot) -> None:
    page = QWidget()
    layout = QVBoxLayout(page)
    table: RecordTable[Home] = RecordTable("Homes", home_columns(), lambda row: row.uid)
    table.set_rows(HOMES)
    after = QLineEdit()
    layout.addWidget(table)
    layout.addWidget(after)
    window.setCentralWidget(page)
    qtbot.waitUntil(table.isVisible)
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_Tab)
    assert after.hasFocus()


def test_what_is_cut_short_is_whole_in_the_tip(table: RecordTable[Home], qtbot: QtBot) -> None:
    long = dataclasses.replace(HOMES[0], name="A home with a name that is far longer than any column " * 3)
    table.set_rows((long, *HOMES[1:]))
    delegate = table.itemDelegate()

    def tip(line: int) -> str:
        index = table.model().index(line, 0)
        option = QStyleOptionViewItem()
        option.rect = table.visualRect(index)
        return delegate.tip(option, index)

    assert tip(0).startswith("A home with a name that is far longer")
    assert tip(1) == ""


def test_it_says_why_it_is_empty(table: RecordTable[Home], qtbot: QtBot) -> None:
    counted: list[tuple[int, int]] = []
    table.shown_changed.connect(lambda shown, of: counted.append((shown, of)))
    table.set_empty_text("Nothing matches.")
    before = table.grab().toImage()
    table.set_search("zzz")
    assert counted[-1] == (0, 4)
    table.set_empty_text("")
    without = table.grab().toImage()
    table.set_empty_text("Nothing matches.")
    assert table.grab().toImage() != without
    assert table.grab().toImage() != before


def test_the_bar_shows_whether_the_keyboard_is_here(table: RecordTable[Home], qtbot: QtBot, theme: Theme) -> None:
    table.select_uid("b")
    rect = table.visualRect(table.model().index(1, 0))
    table.setFocus()
    with_keyboard = table.viewport().grab().toImage().pixelColor(1, rect.center().y())
    table.clearFocus()
    without = table.viewport().grab().toImage().pixelColor(1, rect.center().y())
    assert with_keyboard == theme.colour("accent")
    assert without == theme.colour("line_strong")


def test_a_table_to_read_is_as_tall_as_its_rows(window: QMainWindow, qtbot: QtBot, theme: Theme) -> None:
    columns = [column for column in home_columns() if column.key in ("beds", "fee")]
    table: ReadTable[Home] = ReadTable("Fees", columns, HOMES, uid=lambda row: row.uid)
    qtbot.addWidget(table)
    assert table.sizeHint().height() == theme.metrics.size("table_header") + 4 * 30 + 1
    table.set_rows(HOMES[:2])
    assert table.sizeHint().height() == theme.metrics.size("table_header") + 2 * 30 + 1


def test_in_a_table_to_read_the_keyboard_goes_from_figure_to_figure(window: QMainWindow, qtbot: QtBot) -> None:
    columns = [
        Column[str]("name", "Name", lambda row: Cell(row)),
        Column[str]("one", "One", lambda row: Cell(figure=Figure(row, WORKING)), "figure", width=8),
        Column[str]("two", "Two", lambda row: Cell(figure=Figure(row, WORKING)), "figure", width=8),
    ]
    table: ReadTable[str] = ReadTable("Sums", columns, ("a", "b"), uid=str)
    window.setCentralWidget(table)
    asked: list[str] = []
    table.figure_requested.connect(lambda figure, where: asked.append(figure.text))
    qtbot.waitUntil(table.isVisible)
    table.setFocus()
    visited = []
    for _ in range(5):
        visited.append((table.currentIndex().row(), table.currentIndex().column()))
        qtbot.keyClick(table, Qt.Key.Key_Right)
    assert visited == [(0, 1), (0, 2), (1, 1), (1, 2), (1, 2)]
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert asked == ["b"]


def test_a_table_to_read_without_figures_does_not_stop_the_keyboard(qtbot: QtBot, theme: Theme) -> None:
    columns = [Column[str]("name", "Name", lambda row: Cell(row))]
    table: ReadTable[str] = ReadTable("Names", columns, ("a",))
    qtbot.addWidget(table)
    assert not table.focusPolicy() & Qt.FocusPolicy.TabFocus


LONG = "Ensure all working practice, and practitioner training, reflects the principles of the Act and is recorded"


@pytest.mark.parametrize("kind", [ReadTable, ChildTable])
def test_no_words_of_a_record_are_cut(window: QMainWindow, qtbot: QtBot, kind: type[RecordTable[str]]) -> None:
    columns: list[Column[str]] = [
        Column("name", "Name", lambda row: Cell(row, LONG if row == LONG else "Below"), "two_line", 0),
        Column("source", "Source", Cell, "text", 0),
    ]
    table = kind("Steps", columns) if kind is ReadTable else kind("Steps", columns, str)
    window.resize(420, 700)
    window.setCentralWidget(QWidget())
    table.setParent(window.centralWidget())
    layout = QVBoxLayout(window.centralWidget())
    layout.addWidget(table)
    layout.addStretch(1)
    qtbot.waitUntil(table.isVisible)
    table.set_rows((LONG, "Short"))
    if isinstance(table, ChildTable):
        table.fit_height(fill=False)

    def rows_stand() -> int:
        heights = [table.rowHeight(line) for line in range(2)]
        assert heights[0] > heights[1] == table.row_height()
        head = table.horizontalHeader().height()
        qtbot.waitUntil(lambda: abs(table.height() - head - sum(heights)) <= 2)
        return heights[0]

    narrow = rows_stand()
    for place in range(2):
        cell, room = table.rows_model().cell_at(0, place), table.columnWidth(place) - 24
        lines = lines_of(Theme.of(), columns[place], cell, room, bold=True, most=99)
        assert " ".join(lines.words) == LONG
        assert lines.count * line_height(Theme.of()) <= narrow
    window.resize(1000, 700)
    qtbot.waitUntil(lambda: table.rowHeight(0) < narrow)
    rows_stand()


@pytest.mark.parametrize("kind", [ReadTable, ChildTable])
def test_no_figure_of_a_record_is_cut(window: QMainWindow, qtbot: QtBot, kind: type[RecordTable[str]]) -> None:
    columns: list[Column[str]] = [
        Column("name", "Name", Cell, "text", 0),
        Column("figure", "Figure", lambda row: Cell(figure=Figure(row, WORKING)), "figure", 4),
    ]
    table = kind("Sums", columns) if kind is ReadTable else kind("Sums", columns, str)
    window.setCentralWidget(table)
    qtbot.waitUntil(table.isVisible)
    table.set_rows(("£1", "about £228,237.00, all of it inside"))
    assert table.columnWidth(1) >= table.sizeHintForColumn(1) > Theme.of().metrics.px(4)
    table.set_rows(("£1",))
    assert table.columnWidth(1) == Theme.of().metrics.px(4)


def test_a_row_whose_words_do_not_fit_is_taller_and_the_others_stay(make: Make, window: QMainWindow) -> None:
    table = make()
    long = dataclasses.replace(HOMES[1], name="Learning disability and autism, supported living at Elm Court")
    window.resize(460, 400)
    table.set_rows((HOMES[0], long))
    assert table.rowHeight(0) == table.row_height()
    assert table.rowHeight(1) > table.row_height()
    window.resize(1800, 400)
    table.set_rows((long, HOMES[0], HOMES[2]))
    assert {table.rowHeight(line) for line in range(3)} == {table.row_height()}
