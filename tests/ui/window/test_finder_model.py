"""What the finder lists, as an item model that keeps Qt's rules."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from s75desk.domain.status import Shape, Status
from s75desk.ui.itemmodels.finder_model import LINE_ROLE, FinderLine, FinderModel
from s75desk.ui.window.finder_sheet import bold_parts

LINES = (
    FinderLine("Records"),
    FinderLine("Pellgate House", "Provider", "provider", Status(Shape.ALERT, "Red"), "", "a"),
    FinderLine("Weekly medicines audit", "Action", "action", None, "", "b"),
    FinderLine("Do"),
    FinderLine("Back up now", "Desk", "backup", None, "Ctrl+B", "c"),
)


def test_it_keeps_the_rules_of_item_models(qapp: object) -> None:
    model = FinderModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    for lines in (LINES, (), LINES[:2], LINES):
        model.set_lines(lines)
        assert model.rowCount() == len(lines)
        assert model.rowCount(model.index(0, 0)) == 0
    del tester


def test_headings_cannot_be_chosen_and_the_first_line_is_below_them(qapp: object) -> None:
    model = FinderModel()
    assert model.first() == -1
    model.set_lines(LINES)
    assert model.first() == 1
    assert model.flags(model.index(0, 0)) == Qt.ItemFlag.NoItemFlags
    assert model.flags(model.index(1, 0)) & Qt.ItemFlag.ItemIsSelectable
    assert model.flags(QModelIndex()) == Qt.ItemFlag.NoItemFlags
    assert model.line(5) is None


def test_a_line_says_all_of_itself_to_a_screen_reader(qapp: object) -> None:
    model = FinderModel()
    model.set_lines(LINES)
    index = model.index(1, 0)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "Pellgate House, Provider, Red"
    assert index.data() == "Pellgate House"
    assert index.data(LINE_ROLE) is LINES[1]


def test_beginnings_of_words_are_bold_and_nothing_else() -> None:
    assert bold_parts("Pellgate House, pellet", ["pell"]) == [
        ("Pell", True),
        ("gate House, ", False),
        ("pell", True),
        ("et", False),
    ]
    assert bold_parts("Spell", ["pell"]) == [("Spell", False)]
    assert bold_parts("Pellgate", []) == [("Pellgate", False)]
    assert bold_parts("İstanbul", ["i"]) == [("İstanbul", False)], "a letter that grows in lower case moves nothing"
