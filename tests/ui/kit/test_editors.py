"""Editors under real keys: what is typed, what it means, and how it is written in full."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QLineEdit, QMainWindow, QPlainTextEdit, QRadioButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from s75desk.domain.fields import Choice, Field, FieldType
from s75desk.domain.findings import Weight
from s75desk.domain.lengths import Length
from s75desk.domain.parsing import NotUnderstood
from s75desk.ui.forms.choice_editors import ChoiceEditor, YesNoEditor
from s75desk.ui.forms.date_editor import DateEditor
from s75desk.ui.forms.editors import Editor, editor_for
from s75desk.ui.forms.reference_editor import ReferenceEditor
from s75desk.ui.forms.text_editors import LineEditor, LongTextEditor
from s75desk.ui.theme import Theme

pytestmark = pytest.mark.qt_log_ignore("^This plugin does not support grabbing the keyboard", extend=True)
"""Pop-ups grab the keyboard, which the offscreen platform has not got."""

TODAY = date(2026, 2, 2)
BODIES = [("1", "Cambridgeshire County Council"), ("2", "Peterborough City Council"), ("3", "Élan Trust")]


class Ending(Choice):
    ROLLING = "rolling on"
    ENDED = "ended early"


def field(kind: FieldType, **options: object) -> Field:
    return Field(name="thing", label="Thing", type=kind, **options)  # type: ignore[arg-type]


def lookup(kind: str) -> list[tuple[str, str]]:
    return BODIES if kind == "organisation" else []


class Bench(QWidget):
    """An editor with another field after it."""

    def __init__(self, editor: Editor) -> None:
        super().__init__()
        self.editor = editor
        self.after = QLineEdit()
        layout = QVBoxLayout(self)
        layout.addWidget(editor)
        layout.addWidget(self.after)


@pytest.fixture
def bench(window: QMainWindow, qtbot: QtBot, theme: Theme):
    def make(described: Field, **options: object) -> Bench:
        made = Bench(editor_for(described, today=TODAY, lookup=lookup, **options))  # type: ignore[arg-type]
        window.setCentralWidget(made)
        qtbot.waitUntil(made.after.isVisible)
        made.editor.setFocus()
        return made

    return make


def type_and_leave(bench: Bench, typed: str, qtbot: QtBot) -> Editor:
    line = bench.editor.findChild(QLineEdit)
    line.setFocus()
    line.selectAll()
    qtbot.keyClicks(line, typed)
    qtbot.keyClick(line, Qt.Key.Key_Tab)
    return bench.editor


@pytest.mark.parametrize(
    ("described", "typed", "full", "value"),
    [
        (field(FieldType.MONEY), "372k", "£372,000", Decimal("372000.00")),
        (field(FieldType.MONEY), "13.5", "£13.50", Decimal("13.50")),
        (field(FieldType.NUMBER), "3500", "3,500", Decimal(3500)),
        (field(FieldType.NUMBER, unit="%"), "49.87", "49.87%", Decimal("49.87")),
        (field(FieldType.LENGTH), "3 yrs", "3 years", Length(years=3)),
        (field(FieldType.YEAR), "16/17", "2016/17", 2016),
        (field(FieldType.DATE), "1/4/26", "1 April 2026", date(2026, 4, 1)),
        (field(FieldType.DATE), "tomorrow", "3 February 2026", date(2026, 2, 3)),
        (field(FieldType.TEXT), "Pellgate  House", "Pellgate  House", "Pellgate House"),
        (field(FieldType.MONEY), "", "", None),
        (field(FieldType.DATE), "", "", None),
    ],
)
def test_what_is_typed_is_written_in_full_when_the_keyboard_leaves(
    bench, qtbot: QtBot, described: Field, typed: str, full: str, value: object
) -> None:
    editor = type_and_leave(bench(described), typed, qtbot)
    assert editor.text() == full
    assert editor.value() == value


@pytest.mark.parametrize(
    ("described", "typed"),
    [
        (field(FieldType.MONEY), "lots"),
        (field(FieldType.DATE), "31 February 2026"),
        (field(FieldType.WHOLE), "1.5"),
        (field(FieldType.YEAR), "16/18"),
    ],
)
def test_what_cannot_be_read_stays_as_typed_and_says_why(bench, qtbot: QtBot, described: Field, typed: str) -> None:
    editor = type_and_leave(bench(described), typed, qtbot)
    assert editor.text() == typed
    with pytest.raises(NotUnderstood) as refusal:
        editor.value()
    assert refusal.value.reason


def test_every_key_is_told(bench, qtbot: QtBot) -> None:
    made = bench(field(FieldType.TEXT))
    told: list[str] = []
    made.editor.changed.connect(lambda: told.append(made.editor.text()))
    qtbot.keyClicks(made.editor.findChild(QLineEdit), "abc")
    assert told == ["a", "ab", "abc"]


def test_coming_and_going_is_told(bench, qtbot: QtBot) -> None:
    made = bench(field(FieldType.MONEY))
    told: list[str] = []
    made.after.setFocus()
    made.editor.entered.connect(lambda: told.append("entered"))
    made.editor.left.connect(lambda: told.append("left"))
    made.editor.setFocus()
    made.after.setFocus()
    assert told == ["entered", "left"]


@pytest.mark.parametrize(
    ("described", "kind"),
    [
        (field(FieldType.TEXT), LineEditor),
        (field(FieldType.LONG_TEXT), LongTextEditor),
        (field(FieldType.DATE), DateEditor),
        (field(FieldType.YES_NO), YesNoEditor),
        (field(FieldType.CHOICE, choices=Ending), ChoiceEditor),
        (field(FieldType.REFERENCE, refers_to="organisation"), ReferenceEditor),
        (field(FieldType.MOMENT), LineEditor),
    ],
)
def test_every_type_of_field_has_an_editor_with_its_name(bench, described: Field, kind: type[Editor]) -> None:
    editor = bench(described).editor
    assert isinstance(editor, kind)
    assert editor.focusProxy().accessibleName().startswith("Thing")
    editor.set_description("This is before the start.")
    assert editor.focusProxy().accessibleDescription() == "This is before the start."
    editor.set_state("fault")
    assert editor.focusProxy().property("state") == "fault"


def test_a_reader_hears_what_is_understood(bench) -> None:
    editor = bench(field(FieldType.DATE)).editor
    assert editor.focusProxy().accessibleDescription() == "A date such as 31 March 2026 or 31/3/26."


def test_fields_are_as_wide_as_their_answer(bench, theme: Theme) -> None:
    widths = {}
    for name, described in {
        "months": field(FieldType.WHOLE, unit="months"),
        "money": field(FieldType.MONEY),
        "reference": field(FieldType.TEXT, unique=True),
    }.items():
        widths[name] = bench(described).editor.findChild(QLineEdit).width()
    assert widths["months"] < widths["money"] < widths["reference"]
    assert bench(field(FieldType.TEXT)).editor.findChild(QLineEdit).width() > widths["reference"]


def test_arrows_move_a_date_by_days(bench, qtbot: QtBot) -> None:
    editor = bench(field(FieldType.DATE)).editor
    editor.set_value(date(2026, 2, 28))
    line = editor.findChild(QLineEdit)
    qtbot.keyClick(line, Qt.Key.Key_Up)
    assert editor.text() == "1 March 2026"
    qtbot.keyClick(line, Qt.Key.Key_Down)
    qtbot.keyClick(line, Qt.Key.Key_Down)
    assert editor.value() == date(2026, 2, 27)


def test_a_day_can_be_picked_from_the_calendar(bench, qtbot: QtBot) -> None:
    editor = bench(field(FieldType.DATE)).editor
    assert isinstance(editor, DateEditor)
    editor.set_value(date(2026, 4, 1))
    qtbot.keyClick(editor.edit, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    popup = editor._popup
    assert popup is not None
    assert popup.isVisible()
    assert popup.calendar.selectedDate() == QDate(2026, 4, 1)
    popup.calendar.clicked.emit(QDate(2026, 4, 17))
    assert not popup.isVisible()
    assert editor.value() == date(2026, 4, 17)
    assert editor.edit.hasFocus()


def test_choices_begin_with_not_known(bench, qtbot: QtBot) -> None:
    editor = bench(field(FieldType.CHOICE, choices=Ending)).editor
    assert isinstance(editor, ChoiceEditor)
    assert [editor.combo.itemText(place) for place in range(3)] == ["Not known", "Rolling on", "Ended early"]
    assert editor.value() is None
    qtbot.keyClick(editor.combo, Qt.Key.Key_Down)
    assert editor.value() is Ending.ROLLING
    assert editor.text() == "Rolling on"
    editor.set_text("ended early")
    assert editor.value() is Ending.ENDED
    editor.set_text("nonsense")
    assert editor.value() is None


def test_yes_no_and_not_known_stand_side_by_side(bench, qtbot: QtBot) -> None:
    editor = bench(field(FieldType.YES_NO)).editor
    buttons = {button.text(): button for button in editor.findChildren(QRadioButton)}
    assert list(buttons) == ["Yes", "No", "Not known"]
    assert editor.value() is None
    told: list[str] = []
    editor.changed.connect(lambda: told.append(editor.text()))
    qtbot.mouseClick(buttons["No"], Qt.MouseButton.LeftButton)
    assert editor.value() is False
    editor.set_value(True)
    editor.set_value(None)
    assert told == ["No", "Yes", ""]


def test_paragraphs_grow_and_tab_goes_on(bench, qtbot: QtBot) -> None:
    made = bench(field(FieldType.LONG_TEXT))
    edit = made.editor.findChild(QPlainTextEdit)
    before = edit.height()
    for _ in range(6):
        qtbot.keyClicks(edit, "a line")
        qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert edit.height() > before
    qtbot.keyClick(edit, Qt.Key.Key_Tab)
    assert made.after.hasFocus()
    assert made.editor.value() == "\n".join(["a line"] * 6)
    made.editor.set_text("\n".join("line" for _ in range(200)))
    assert edit.height() < 400


def reference(bench, **options: object) -> ReferenceEditor:
    editor = bench(field(FieldType.REFERENCE, refers_to="organisation"), **options).editor
    assert isinstance(editor, ReferenceEditor)
    return editor


@pytest.mark.parametrize(
    ("typed", "uid", "shown"),
    [
        ("peterborough city council", "2", "Peterborough City Council"),
        ("camb", "1", "Cambridgeshire County Council"),
        ("elan", "3", "Élan Trust"),
        ("", None, ""),
    ],
)
def test_a_record_is_found_by_any_part_only_it_has(
    bench, qtbot: QtBot, typed: str, uid: str | None, shown: str
) -> None:
    editor = reference(bench)
    qtbot.keyClicks(editor.edit, typed)
    editor._completer.popup().hide()
    qtbot.keyClick(editor.edit, Qt.Key.Key_Tab)
    assert editor.value() == uid
    assert editor.words() == shown


def test_a_part_that_two_have_is_not_guessed(bench, qtbot: QtBot) -> None:
    editor = reference(bench)
    qtbot.keyClicks(editor.edit, "council")
    editor._completer.popup().hide()
    qtbot.keyClick(editor.edit, Qt.Key.Key_Tab)
    with pytest.raises(NotUnderstood) as refusal:
        editor.value()
    assert refusal.value.reason == (
        "Nothing in this desk is called “council”. Choose from the list, or leave it empty."
    )
    assert editor.text() == "council"


def test_a_record_is_chosen_from_the_list_by_keys(bench, qtbot: QtBot) -> None:
    editor = reference(bench)
    qtbot.keyClick(editor.edit, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    popup = editor._completer.popup()
    qtbot.waitUntil(popup.isVisible)
    assert popup.model().rowCount() == 3
    qtbot.keyClick(popup, Qt.Key.Key_Down)
    qtbot.keyClick(popup, Qt.Key.Key_Down)
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    assert editor.value() == "2"


def test_of_two_records_of_one_name_the_one_chosen_is_taken(bench, qtbot: QtBot) -> None:
    editor = reference(bench)
    editor.set_options([("1", "The Oaks"), ("2", "The Oaks")])
    qtbot.keyClicks(editor.edit, "oak")
    popup = editor._completer.popup()
    qtbot.waitUntil(popup.isVisible)
    qtbot.keyClick(popup, Qt.Key.Key_Down)
    qtbot.keyClick(popup, Qt.Key.Key_Down)
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    assert editor.value() == "2"


def test_a_reference_comes_back_from_a_draft(bench) -> None:
    editor = reference(bench)
    editor.set_value("3")
    assert editor.text() == "3"
    other = reference(bench)
    other.set_text("3")
    assert other.words() == "Élan Trust"
    other.set_text("half a na")
    assert other.text() == "half a na"


def test_a_reference_to_an_archived_record_is_kept(bench) -> None:
    editor = reference(bench)
    editor.set_value("gone")
    assert editor.value() == "gone"
    assert editor.words() == "A record that is archived"


def test_a_name_that_is_not_there_yet_is_that_of_a_new_record(bench, qtbot: QtBot) -> None:
    editor = reference(bench, addable=True)
    qtbot.keyClicks(editor.edit, "New body")
    editor._completer.popup().hide()
    uid = editor.value()
    assert uid == editor.newcomer() != ""
    assert editor.text() == "New body", "a draft keeps the name"
    assert editor.value() == uid, "asked again, it is the same record"
    editor.set_text(BODIES[0][0])
    assert (editor.value(), editor.newcomer()) == (BODIES[0][0], "")


def test_a_name_much_like_one_that_is_there_is_asked_about(bench, qtbot: QtBot) -> None:
    editor = reference(bench, addable=True)
    name = BODIES[0][1]
    qtbot.keyClicks(editor.edit, name[:-2] + name[-1])
    editor._completer.popup().hide()
    editor.edit.clearFocus()
    (said,) = editor.remarks()
    assert said.weight is Weight.DOUBT
    assert said.fix is not None
    assert said.fix.text == name


def test_the_wheel_changes_no_answer(bench, qtbot: QtBot) -> None:
    from PySide6.QtCore import QPoint, QPointF
    from PySide6.QtGui import QWheelEvent
    from PySide6.QtWidgets import QApplication

    editor = bench(field(FieldType.CHOICE, choices=Ending)).editor
    where = QPointF(5, 5)
    turn = QWheelEvent(
        where,
        editor.combo.mapToGlobal(where),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(editor.combo, turn)
    assert editor.value() is None
