"""A form under real keys: what it says and when, what it keeps, and what it hands on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QMainWindow, QPushButton
from pytestqt.qtbot import QtBot

from s75desk.domain.errors import DiskTrouble, Rejected
from s75desk.domain.fields import day, long_text, money, parent, text, whole
from s75desk.domain.fields import reference as refers_to
from s75desk.domain.findings import Finding, Fix, Weight
from s75desk.domain.records.base import Record, Sourced
from s75desk.ui.forms.form import RecordForm
from s75desk.ui.forms.sections import sections_of
from s75desk.ui.theme import Theme

pytestmark = pytest.mark.qt_log_ignore("^This plugin does not support grabbing the keyboard", extend=True)
"""Pop-ups grab the keyboard, which the offscreen platform has not got."""

TODAY = date(2026, 2, 2)


@dataclass(frozen=True, kw_only=True, slots=True)
class Lease(Sourced):
    """A made-up record with one field of most kinds."""

    KIND: ClassVar[str] = "lease"
    NOUN: ClassVar[str] = "lease"

    agreement: str = parent("Agreement", "agreement")
    title: str = text("Title", required=True)
    reference: str | None = text("Reference", unique=True, hint="Short and your own.")
    starts: date | None = day("Starts")
    ends: date | None = day("Ends")
    months: int | None = whole("Notice", unit="months")
    first: Decimal | None = money("Council pays", unit="a year")
    total: Decimal | None = money("Total, as stated", unit="a year")
    landlord: str | None = refers_to("Landlord", "organisation")
    terms: str | None = long_text("Terms")
    secret: str | None = text("Secret", hidden=True)


def validate(record: Lease) -> tuple[Finding, ...]:
    found = []
    if not record.title:
        found.append(Finding(Weight.FAULT, "title", "A title is needed."))
    if record.starts and record.ends and record.ends < record.starts:
        fix = Fix("Use 31 March 2029", "ends", "31 March 2029")
        found.append(Finding(Weight.FAULT, "ends", "This is before the start, 1 April 2026.", fix))
    if record.starts:
        found.append(Finding(Weight.NOTE, "starts", "Ends 31 March 2029."))
    if record.first and record.total and record.first != record.total:
        fix = Fix("Use £372,000", "total", "£372,000")
        found.append(Finding(Weight.DOUBT, "total", "The parts add to £372,000.", fix))
    if record.secret:
        found.append(Finding(Weight.DOUBT, "secret", "Something that is not on the form."))
    return tuple(found)


LEASE = Lease(agreement="a1")
Make = Callable[..., RecordForm]


@pytest.fixture
def make(window: QMainWindow, qtbot: QtBot, theme: Theme) -> Make:
    def build(record: Record = LEASE, **options: object) -> RecordForm:
        options = {"today": TODAY, "lookup": lambda kind: [("o1", "A landlord")], "validate": validate} | options
        form = RecordForm(record, **options)  # type: ignore[arg-type]
        window.setCentralWidget(form)
        qtbot.waitUntil(form.isVisible)
        form.start()
        return form

    return build


def line_of(form: RecordForm, name: str) -> QLineEdit:
    line = form.editor_row(name).editor.findChild(QLineEdit)
    assert line is not None
    return line


def enter(form: RecordForm, qtbot: QtBot, **typed: str) -> None:
    """Type into fields by keys and go on with Tab."""
    for name, words in typed.items():
        line = line_of(form, name)
        line.setFocus()
        line.selectAll()
        qtbot.keyClicks(line, words)
        qtbot.keyClick(line, Qt.Key.Key_Tab)


def said(form: RecordForm, name: str) -> str:
    return form.editor_row(name).messages.words


def button(form: RecordForm, words: str) -> QPushButton:
    return next(one for one in form.findChildren(QPushButton) if one.text() == words)


def counts(form: RecordForm) -> list[str]:
    return [
        label.text()
        for label in form.findChildren(QLabel)
        if label.isVisible() and label.text().endswith(("to put right", "to check"))
    ]


def test_it_starts_quietly_in_the_first_field_that_is_needed(make: Make) -> None:
    form = make()
    assert line_of(form, "title").hasFocus()
    assert counts(form) == []
    assert said(form, "reference") == "Short and your own."
    assert not form.is_changed()


def test_the_owner_and_hidden_fields_are_not_offered(make: Make) -> None:
    form = make()
    for name in ("agreement", "secret"):
        with pytest.raises(KeyError):
            form.editor_row(name)
    offered = {field.name for section in sections_of(Lease()) for field in section.fields}
    assert "agreement" in offered


def test_it_explains_as_one_types(make: Make, qtbot: QtBot) -> None:
    form = make(Lease(agreement="a1", title="Equipment"))
    line = line_of(form, "starts")
    line.setFocus()
    qtbot.keyClicks(line, "1 april 2026")
    qtbot.waitUntil(lambda: said(form, "starts") == "Ends 31 March 2029.")
    assert counts(form) == []


def test_a_date_half_typed_is_no_fault_until_it_is_left(make: Make, qtbot: QtBot) -> None:
    form = make()
    line = line_of(form, "starts")
    line.setFocus()
    qtbot.keyClicks(line, "1 ap")
    qtbot.wait(200)
    assert said(form, "starts") == ""
    qtbot.keyClick(line, Qt.Key.Key_Tab)
    assert said(form, "starts") == "“ap” cannot be read as part of a date."
    assert line.property("state") == "fault"
    assert line.accessibleDescription() == "“ap” cannot be read as part of a date."
    enter(form, qtbot, starts="1 april 2026")
    assert said(form, "starts") == "Ends 31 March 2029."
    assert line.property("state") == "none"


def test_an_empty_field_that_is_needed_is_a_fault_once_it_was_emptied_and_left(make: Make, qtbot: QtBot) -> None:
    form = make()
    assert said(form, "title") == ""
    qtbot.keyClick(line_of(form, "title"), Qt.Key.Key_Tab)
    assert said(form, "title") == "", "it has only been passed"
    line_of(form, "title").setFocus()
    qtbot.keyClicks(line_of(form, "title"), "E")
    qtbot.keyClick(line_of(form, "title"), Qt.Key.Key_Backspace)
    qtbot.keyClick(line_of(form, "title"), Qt.Key.Key_Tab)
    assert said(form, "title") == "A title is needed."
    assert counts(form) == ["1 to put right"]


def test_another_window_is_not_leaving_the_field(make: Make, qtbot: QtBot, window: QMainWindow) -> None:
    form = make()
    other = QMainWindow()
    qtbot.addWidget(other)
    other.show()
    other.activateWindow()
    qtbot.waitUntil(other.isActiveWindow)
    assert said(form, "title") == ""


def test_save_goes_to_the_first_fault_and_is_never_disabled(make: Make, qtbot: QtBot) -> None:
    form = make()
    enter(form, qtbot, starts="1 april 2026", ends="31 march 2026")
    saved: list[Lease] = []
    form.submitted.connect(saved.append)
    save = button(form, "Save lease")
    assert save.isEnabled()
    save.click()
    assert saved == []
    assert line_of(form, "title").hasFocus()
    assert counts(form) == ["2 to put right"]
    qtbot.keyClicks(line_of(form, "title"), "Community equipment")
    save.click()
    assert line_of(form, "ends").hasFocus()
    assert save.isEnabled()


def test_a_fix_is_one_press(make: Make, qtbot: QtBot) -> None:
    form = make()
    enter(form, qtbot, title="Equipment", starts="1/4/26", ends="31/3/26")
    assert said(form, "ends") == "This is before the start, 1 April 2026."
    button(form, "Use 31 March 2029").click()
    assert line_of(form, "ends").text() == "31 March 2029"
    assert said(form, "ends") == ""
    assert line_of(form, "ends").hasFocus()


def test_doubts_do_not_stop_a_save(make: Make, qtbot: QtBot) -> None:
    form = make()
    enter(form, qtbot, title="Equipment", first="372k", total="400k")
    assert said(form, "total") == "The parts add to £372,000."
    assert line_of(form, "total").property("state") == "none"
    assert counts(form) == ["1 to check"]
    with qtbot.waitSignal(form.submitted) as submitted:
        qtbot.keyClick(line_of(form, "title"), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert submitted.args == [
        Lease(agreement="a1", title="Equipment", first=Decimal("372000.00"), total=Decimal("400000.00"))
    ]


def test_next_goes_through_what_is_to_be_seen_to(make: Make, qtbot: QtBot) -> None:
    form = make()
    enter(form, qtbot, title=" ", starts="1/4/26", ends="31/3/26", first="372k", total="400k")
    next_button = button(form, "Next")
    visited = []
    line_of(form, "title").setFocus()
    for _ in range(3):
        next_button.click()
        visited.append(next(name for name in ("title", "ends", "total") if line_of(form, name).hasFocus()))
    assert visited == ["ends", "total", "title"]


def test_what_was_typed_is_told_as_a_draft_within_half_a_second(make: Make, qtbot: QtBot) -> None:
    form = make()
    with qtbot.waitSignal(form.draft_changed, timeout=500) as told:
        qtbot.keyClicks(line_of(form, "title"), "Comm")
    assert told.args == [{"title": "Comm"}]
    assert button(form, "Discard").isVisible()


def test_a_steady_typist_is_not_left_without_a_draft(make: Make, qtbot: QtBot) -> None:
    form = make()
    told: list[dict[str, str]] = []
    form.draft_changed.connect(told.append)
    for _ in range(12):
        qtbot.keyClicks(line_of(form, "title"), "ab")
        qtbot.wait(60)
    assert told


def test_a_draft_comes_back_as_it_was_typed(make: Make, qtbot: QtBot) -> None:
    form = make(typed={"title": "Equip", "starts": "1 ap", "landlord": "o1", "note": "from a draft", "gone": "x"})
    assert line_of(form, "title").text() == "Equip"
    assert line_of(form, "landlord").text() == "A landlord"
    assert said(form, "starts") == "“ap” cannot be read as part of a date."
    assert form.typed() == {"title": "Equip", "starts": "1 ap", "landlord": "o1", "note": "from a draft"}
    assert form.editor_row("note").isVisible()


def test_esc_keeps_the_draft_and_leaves(make: Make, qtbot: QtBot) -> None:
    form = make()
    told: list[object] = []
    form.draft_changed.connect(told.append)
    qtbot.keyClicks(line_of(form, "title"), "Eq")
    with qtbot.waitSignal(form.cancelled):
        qtbot.keyClick(line_of(form, "title"), Qt.Key.Key_Escape)
    assert told == [{"title": "Eq"}]


def test_a_form_taken_away_in_the_middle_of_a_word_tells_its_draft_first(
    make: Make, qtbot: QtBot, window: QMainWindow
) -> None:
    form = make()
    told: list[dict[str, str]] = []
    form.draft_changed.connect(told.append)
    qtbot.keyClicks(line_of(form, "title"), "Eq")
    form.hide()
    assert told == [{"title": "Eq"}]


def test_an_untouched_form_leaves_no_draft(make: Make, qtbot: QtBot) -> None:
    form = make()
    told: list[object] = []
    form.draft_changed.connect(told.append)
    with qtbot.waitSignal(form.cancelled):
        qtbot.keyClick(line_of(form, "title"), Qt.Key.Key_Escape)
    assert told == []


def test_discarding_is_asked_twice(make: Make, qtbot: QtBot) -> None:
    form = make()
    gone: list[int] = []
    form.discarded.connect(lambda: gone.append(1))
    qtbot.keyClicks(line_of(form, "title"), "Eq")
    button(form, "Discard").click()
    button(form, "Keep it").click()
    assert gone == []
    assert line_of(form, "title").text() == "Eq"
    button(form, "Discard").click()
    next(one for one in form.findChildren(QPushButton) if one.text() == "Discard" and one.isVisible()).click()
    assert gone == [1]


def test_a_refusal_stands_beside_its_field_until_that_changes(make: Make, qtbot: QtBot) -> None:
    form = make(Lease(agreement="a1", title="Equipment", reference="S75"))
    form.show_error(Rejected("reference", "Already used by Occupational therapy."))
    assert said(form, "reference") == "Already used by Occupational therapy."
    assert line_of(form, "reference").hasFocus()
    qtbot.keyClicks(line_of(form, "title"), "!")
    qtbot.wait(200)
    assert said(form, "reference") == "Already used by Occupational therapy."
    line_of(form, "reference").setFocus()
    qtbot.keyClicks(line_of(form, "reference"), "-2")
    qtbot.waitUntil(lambda: said(form, "reference") == "Short and your own.")


def test_a_refusal_of_the_whole_stands_at_the_top(make: Make, qtbot: QtBot) -> None:
    form = make(Lease(agreement="a1", title="Equipment"))
    form.show_error(Rejected("", "Someone archived the agreement meanwhile."))
    assert "Someone archived the agreement meanwhile." in [
        label.text() for label in form.findChildren(QLabel) if label.isVisible()
    ]
    assert counts(form) == ["1 to put right"]


def test_doubts_about_what_is_not_on_the_form_are_said_too(make: Make) -> None:
    form = make(Lease(agreement="a1", title="Equipment", secret="x"))
    assert "Something that is not on the form." in [
        label.text() for label in form.findChildren(QLabel) if label.isVisible()
    ]


def test_trouble_keeps_every_word_and_offers_to_save_again(make: Make, qtbot: QtBot) -> None:
    form = make()
    enter(form, qtbot, title="Equipment", first="372k")
    form.show_trouble(DiskTrouble("Not saved: the disk is full.", "Free some space, then save again."))
    shown = [label.text() for label in form.findChildren(QLabel) if label.isVisible()]
    assert "Not saved: the disk is full." in shown
    button(form, "Copy my words").click()
    assert QGuiApplication.clipboard().text() == ("Title: Equipment\nCouncil pays: £372,000\nNote is private: No")
    with qtbot.waitSignal(form.submitted) as submitted:
        button(form, "Save again").click()
    assert submitted.args[0].title == "Equipment"


def test_where_the_figures_come_from_is_folded_while_empty(make: Make, qtbot: QtBot) -> None:
    form = make()
    assert not form.editor_row("source").isVisible()
    button(form, "Source and note").click()
    assert form.editor_row("source").isVisible()
    assert line_of(form, "source").hasFocus()
    filled = make(Lease(agreement="a1", title="Equipment", source="A report"))
    assert filled.editor_row("source").isVisible()


def test_fields_can_be_grouped(make: Make) -> None:
    sections = sections_of(LEASE, (("Money", ("first", "total")),))
    assert [(section.title, [field.name for field in section.fields]) for section in sections] == [
        ("", ["title", "reference", "starts", "ends", "months", "landlord", "terms"]),
        ("Money", ["first", "total"]),
        ("Source and note", ["source", "paragraph", "known", "note", "private", "inferred"]),
    ]


def test_tab_scrolls_the_field_into_view(make: Make, qtbot: QtBot, window: QMainWindow) -> None:
    window.resize(1000, 320)
    form = make()
    for _ in range(8):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    now = QApplication.focusWidget()
    assert now is not None
    area = form._area.viewport()
    assert area.rect().contains(now.mapTo(area, now.rect().center()))


def test_enter_goes_to_the_next_field(make: Make, qtbot: QtBot) -> None:
    form = make()
    qtbot.keyClick(line_of(form, "title"), Qt.Key.Key_Return)
    assert line_of(form, "reference").hasFocus()


@pytest.mark.parametrize(
    ("width", "beside", "right_of_label"), [(1000, True, True), (640, False, True), (440, False, False)]
)
def test_messages_go_below_where_there_is_little_room(
    make: Make, qtbot: QtBot, window: QMainWindow, width: int, beside: bool, right_of_label: bool
) -> None:
    form = make()
    window.resize(width, 700)
    qtbot.waitUntil(lambda: form.width() == width)
    line = form.editor_row("reference")
    qtbot.waitUntil(lambda: (line.messages.x() >= line.editor.geometry().right()) is beside)
    assert (line.messages.y() >= line.editor.geometry().bottom() - 2) is not beside
    assert (line.editor.x() > 60) is right_of_label
    assert form._area.horizontalScrollBar().maximum() == 0


def test_every_field_can_be_reached_by_tab_and_has_a_name(make: Make, qtbot: QtBot) -> None:
    make(Lease(uid="l1", agreement="a1", title="Equipment", source="A report"))
    names = []
    for _ in range(30):
        now = QApplication.focusWidget()
        assert now is not None
        names.append(now.accessibleName())
        qtbot.keyClick(now, Qt.Key.Key_Tab)
        if names[-1] == "Keep as draft":
            break
    labels = [field.label for section in sections_of(LEASE) for field in section.fields]
    said = [name.partition(":")[0] for name in names]  # of yes and no it is the chosen one that is named
    assert [name for name in said if name in labels] == labels
    assert "" not in names


def test_a_press_on_the_label_puts_the_keyboard_into_the_field(make: Make, qtbot: QtBot) -> None:
    form = make()
    label = next(one for one in form.findChildren(QLabel) if one.text() == "Ends")
    qtbot.mouseClick(label, Qt.MouseButton.LeftButton)
    assert line_of(form, "ends").hasFocus()


def test_a_record_named_that_is_not_there_yet_comes_with_the_form(make: Make, qtbot: QtBot) -> None:
    form = make(addable=frozenset({"organisation"}))
    qtbot.keyClicks(line_of(form, "landlord"), "New body")
    form.editor_row("landlord").editor._completer.popup().hide()
    ((uid, named),) = form.newcomers().items()
    assert named == ("organisation", "New body")
    assert form.record().landlord == uid


def test_a_form_that_fills_in_begins_at_the_first_field_that_is_empty(make: Make) -> None:
    make(Lease(title="Equipment"), lookup=lambda kind: [("a1", "An agreement")])
    assert QApplication.focusWidget().accessibleName() == "Agreement", "what it belongs to comes before its title"
    make(Lease(agreement="a1", title="Equipment"))
    assert QApplication.focusWidget().accessibleName() == "Reference"


def test_a_form_that_edits_begins_at_its_top_or_where_something_is_needed(make: Make) -> None:
    make(Lease(uid="l1", agreement="a1", title="Equipment"))
    assert QApplication.focusWidget().accessibleName() == "Title"
    make(Lease(uid="l1", agreement="a1", reference="E1"))
    assert QApplication.focusWidget().accessibleName() == "Title"


def test_a_form_never_begins_in_what_is_folded_away(make: Make) -> None:
    form = make(Lease(agreement="a1"), sections=[("More", ("title", "reference")), ("", ("starts",))])
    assert form.with_keyboard() is not None
    assert form.with_keyboard().isVisible()


def test_the_answers_offered_are_reached_by_the_next_tab_and_taken_by_enter(make: Make, qtbot: QtBot) -> None:
    form = make()
    enter(form, qtbot, title="Equipment", starts="1 april 2026")
    line = line_of(form, "ends")
    line.setFocus()
    qtbot.keyClicks(line, "31/3/26")
    qtbot.keyClick(line, Qt.Key.Key_Tab)  # at once, before the form has looked at it by itself
    offered = QApplication.focusWidget()
    assert isinstance(offered, QPushButton)
    assert offered.text() == "Use 31 March 2029"
    qtbot.keyClick(offered, Qt.Key.Key_Return)
    assert line.text() == "31 March 2029"
    assert line.hasFocus(), "and from there the next Tab goes on"
