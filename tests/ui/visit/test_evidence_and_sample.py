"""Where an answer comes from, and the sample behind it: counts, codes, and what is refused in words."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QPointingDevice
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from s75desk.domain.visits.question_set import EvidenceSource
from s75desk.domain.visits.sample import SampleMethod
from s75desk.services.office import Office
from s75desk.ui.theme import Theme
from tests.ui.visit.conftest import Hand, OpenVisitMode
from tests.ui.visit.visit_help import Visits, sign


def click(part: QWidget) -> None:
    QTest.mouseClick(part, Qt.MouseButton.LeftButton)


def tap(part: QWidget) -> None:
    finger = QTest.createTouchDevice(QPointingDevice.DeviceType.TouchScreen)
    place = QPoint(part.width() // 2, part.height() // 2)
    QTest.touchEvent(part, finger).press(1, place, part).commit()
    QTest.touchEvent(part, finger).release(1, place, part).commit()


def add_codes(hand: Hand, *codes: str) -> None:
    hand.mode.side.sample.code.setFocus()
    for code in codes:
        hand.type(code).press("Return")


# --- evidence -----------------------------------------------------------------------------------------------------


def test_sources_are_pressed_in_any_number_and_kept(at_visit: OpenVisitMode) -> None:
    hand = at_visit("8.3")
    evidence = hand.mode.side.evidence
    assert evidence.accessibleName() == "Evidence from: none yet"
    click(evidence.buttons[EvidenceSource.FILE])
    click(evidence.buttons[EvidenceSource.STAFF])
    hand.rest()
    assert hand.kept("8.3").evidence == "file, staff"
    hand.go("8.4").go("8.3")
    assert evidence.accessibleName() == "Evidence from: file and staff"
    click(evidence.buttons[EvidenceSource.FILE])
    assert hand.kept("8.3").evidence == "staff"
    click(evidence.buttons[EvidenceSource.STAFF])
    assert hand.kept("8.3").evidence is None


def test_a_finger_presses_them(at_visit: OpenVisitMode) -> None:
    hand = at_visit("8.3", size=(780, 768))  # the screen of the tests is no wider than 800
    hand.mode.turns.bring("side")
    hand.rest()
    tap(hand.mode.side.evidence.buttons[EvidenceSource.STAFF])
    tap(hand.mode.side.sample.fewer)
    kept = hand.kept("8.3")
    assert (kept.evidence, kept.looked_at) == ("staff", 0)


def test_alt_e_and_arrow_keys_reach_every_source(at_visit: OpenVisitMode) -> None:
    hand = at_visit("8.3").press("Alt+E")
    assert hand.name == "Evidence from: file"
    walked = []
    for key in ("Right", "Down", "Down", "Down", "Left", "Up", "Home", "Up", "End"):
        hand.press(key)
        walked.append(hand.name.removeprefix("Evidence from: "))
    assert walked == [
        "observed",
        "relative",
        "document",
        "document",
        "staff",
        "person",
        "file",
        "file",
        "document",
    ]
    hand.press("Space")
    assert hand.kept("8.3").evidence == "document"
    hand.press("Alt+1", "Alt+E")
    assert hand.name == "Evidence from: document", "Tab and Alt+E come back to where the keyboard was"


def test_a_screen_reader_hears_which_are_down_and_which_are_usual(at_visit: OpenVisitMode) -> None:
    hand = at_visit("8.3")
    buttons = hand.mode.side.evidence.buttons
    usual = hand.mode.session.book.body.question("8.3").evidence
    assert usual
    for source, button in buttons.items():
        told = "This question is usually answered from it" if source in usual else ""
        assert (button.toolTip(), button.accessibleDescription()) == (told, told)
    click(buttons[EvidenceSource.PERSON])
    checked = [
        source for source, button in buttons.items() if QAccessible.queryAccessibleInterface(button).state().checked
    ]
    assert checked == [EvidenceSource.PERSON]


# --- counts -------------------------------------------------------------------------------------------------------


def test_two_of_forty_five(at_visit: OpenVisitMode) -> None:
    hand = at_visit("8.3").press("Alt+S")
    assert hand.name == "How many were looked at"
    hand.type("2").press("Tab").type("45")
    assert hand.name == "How many there are"
    kept = hand.kept("8.3")
    assert (kept.looked_at, kept.population) == (2, 45)
    sample = hand.mode.side.sample
    hand.go("8.4")
    assert (sample.looked_at.text(), sample.population.text()) == ("", ""), "not known is not 0"
    hand.go("8.3")
    assert (sample.looked_at.text(), sample.population.text()) == ("2", "45")


def test_more_looked_at_than_there_are_is_said_beside_it_and_still_kept(at_visit: OpenVisitMode) -> None:
    hand = at_visit("8.3").press("Alt+S").type("50").press("Tab").type("45")
    sample = hand.mode.side.sample
    said = "50 were looked at, but there are 45."
    assert sample._count_message.text() == said
    assert sample._count_message.isVisible()
    assert sample.looked_at.property("state") == "fault"
    assert sample.looked_at.accessibleDescription() == said
    assert sample.looked_at.height() >= 44, "a wrong count is as tall as a right one"
    kept = hand.kept("8.3")
    assert (kept.looked_at, kept.population) == (50, 45), "what was typed is kept, right or wrong"
    assert any(gap.text == f"Sample: {said}" and gap.blocks for gap in gaps(hand)), "and it keeps the visit open"
    hand.press("Backspace").type("9")  # 49
    assert sample._count_message.isVisible()
    hand.type("0")  # 490
    assert not sample._count_message.isVisible()
    assert sample.looked_at.property("state") == "none"


def gaps(hand: Hand) -> tuple:  # type: ignore[type-arg]
    hand.go("finish")
    found = hand.mode.finishing.missing.gaps_model.gaps
    hand.go("8.3")
    hand.mode.to_part("sample")
    hand.press("Tab", "End")
    return found


def test_the_steppers_count_and_stop_at_nothing(at_visit: OpenVisitMode) -> None:
    hand = at_visit("8.3")
    sample = hand.mode.side.sample
    for _ in range(3):
        click(sample.more)
    click(sample.fewer)
    assert hand.kept("8.3").looked_at == 2
    for _ in range(2):
        click(sample.fewer)
    assert hand.kept("8.3").looked_at == 0
    click(sample.fewer)
    assert hand.kept("8.3").looked_at is None, "below nought is not known"
    click(sample.fewer)
    assert hand.kept("8.3").looked_at == 0
    sample.looked_at.setFocus()
    sample.looked_at.selectAll()
    hand.press("Delete")
    assert hand.kept("8.3").looked_at is None, "an empty field is not known"


def test_up_and_down_count_what_was_looked_at(at_visit: OpenVisitMode) -> None:
    hand = at_visit("8.3").press("Alt+S", "Up", "Up", "Up", "Down")
    assert hand.kept("8.3").looked_at == 2
    hand.press("Tab").type("45").press("Tab").type("CP1").press("Return")
    found = hand.kept("8.3")
    assert (found.population, found.codes) == (45, "CP1")
    assert found.rating is None, "a code that is typed straight on is no rating"


def test_only_whole_numbers_can_be_typed(at_visit: OpenVisitMode) -> None:
    hand = at_visit("8.3").press("Alt+S").type("a2.5-b9999999")
    assert hand.kept("8.3").looked_at == 259999
    hand.press("Ctrl+A").type("1000001")
    assert hand.kept("8.3").looked_at == 100000, "the last figure would be more than there can be"


def test_what_was_sampled_and_how_it_was_chosen(at_visit: OpenVisitMode) -> None:
    hand = at_visit("8.3")
    sample = hand.mode.side.sample
    sample.what.setFocus()
    hand.type("medicines charts")
    hand.walk_to("How they were chosen")
    hand.press("Down")
    kept = hand.kept("8.3")
    assert (kept.sample_of, kept.method) == ("medicines charts", SampleMethod.RANDOM)
    hand.press("Down", "Down")
    assert hand.kept("8.3").method is SampleMethod.BY_RISK
    hand.go("8.4").go("8.3")
    assert sample.method.currentText() == SampleMethod.BY_RISK.word
    sample.method.setFocus()
    hand.press("Home")
    assert hand.kept("8.3").method is None


# --- codes --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("Margaret", "This may be a person’s name."),
        ("Mrs Jones", "This may be a person’s name."),
        ("Zoë", "This may be a person’s name."),
        ("12", "This is not a code."),
        ("CP", "This may be a person’s name."),
        ("CP12345", "This is not a code."),
    ],
)
def test_a_name_as_a_code_is_refused_beside_the_field(at_visit: OpenVisitMode, typed: str, said: str) -> None:
    hand = at_visit("8.3")
    sample = hand.mode.side.sample
    sample.code.setFocus()
    QTest.keyClicks(sample.code, typed) if typed.isascii() else sample.code.setText(typed)
    hand.press("Return")
    assert sample._message.text().startswith(said)
    assert sample._message.isVisible()
    assert sample.code.accessibleDescription() == sample._message.text()
    assert hand.at is sample.code
    assert sample.code.selectedText() == typed, "it stays, marked, so that the next letter takes its place"
    assert hand.kept("8.3").codes is None
    hand.type("cp 1").press("Return")
    assert not sample._message.isVisible()
    assert hand.kept("8.3").codes == "CP1"


def test_an_empty_enter_adds_the_next_code(at_visit: OpenVisitMode) -> None:
    hand = at_visit("8.3")
    sample = hand.mode.side.sample
    add_codes(hand, "")
    assert sample._message.text() == "Type a code such as CP1."
    add_codes(hand, "cp-7", "", "", "ST1", "")
    assert hand.kept("8.3").codes == "CP7, CP8, CP9, ST1, ST2"
    assert sample.code.placeholderText() == "ST3", "and the field says which would be next"
    click(sample.add)
    assert hand.kept("8.3").codes == "CP7, CP8, CP9, ST1, ST2, ST3"


def test_the_same_code_twice_is_refused(at_visit: OpenVisitMode) -> None:
    hand = at_visit("8.3")
    add_codes(hand, "CP1", "cp1")
    assert hand.mode.side.sample._message.text() == "CP1 stands here already."
    assert hand.kept("8.3").codes == "CP1"


def test_more_codes_than_looked_at_is_a_doubt(at_visit: OpenVisitMode) -> None:
    hand = at_visit("8.3")
    sample = hand.mode.side.sample
    click(sample.more)
    add_codes(hand, "CP1", "CP2")
    assert sample._message.text() == "2 codes for 1 looked at."
    assert sample._message.property("colour") == "watch_text"


def test_a_code_is_taken_out_by_pointer_and_by_backspace(at_visit: OpenVisitMode) -> None:
    hand = at_visit("8.3")
    sample = hand.mode.side.sample
    add_codes(hand, "CP1", "CP2", "CP3")
    assert sample.chips["CP2"].accessibleName() == "Code CP2; press to take it out"
    click(sample.chips["CP2"])
    assert hand.kept("8.3").codes == "CP1, CP3"
    assert hand.at is sample.chips["CP3"], "the keyboard goes to what took its place"
    hand.press("Space")
    assert hand.at is sample.chips["CP1"]
    hand.press("Space")
    assert hand.at is sample.code
    assert hand.kept("8.3").codes is None
    add_codes(hand, "CP1", "CP2")
    hand.press("Backspace")
    assert hand.kept("8.3").codes == "CP1"
    hand.type("C").press("Backspace")
    assert hand.kept("8.3").codes == "CP1", "a letter is taken back, not a code"


def test_many_codes_are_all_within_reach(at_visit: OpenVisitMode) -> None:
    hand = at_visit("8.3")
    sample = hand.mode.side.sample
    add_codes(hand, "CP1", *[""] * 11)
    assert list(sample.chips) == [f"CP{number}" for number in range(1, 13)]
    assert not sample.more_codes.isVisible()
    add_codes(hand, "", "")
    assert list(sample.chips)[-1] == "CP14", "what was added last is in sight"
    assert sample.more_codes.accessibleName() == "Show all 14 codes"
    click(sample.more_codes)
    hand.rest()
    assert list(sample.chips) == [f"CP{number}" for number in range(1, 15)]
    assert hand.name == "Code CP1; press to take it out"
    right = sample.mapToGlobal(sample.rect().bottomRight()).x()
    for chip in sample.chips.values():
        assert chip.mapToGlobal(chip.rect().bottomRight()).x() <= right, "no code runs out of the panel"
    hand.go("8.4").go("8.3")
    assert sample.more_codes.isVisible(), "another visit to the question begins short again"


def test_arrow_keys_go_from_code_to_code(at_visit: OpenVisitMode) -> None:
    hand = at_visit("8.3")
    sample = hand.mode.side.sample
    add_codes(hand, "CP1", *[""] * 5)
    sample.chips["CP1"].setFocus()
    walked = []
    for key in ("Right", "Down", "Left", "Up", "Left"):
        hand.press(key)
        walked.append(hand.at.text())
    assert walked == ["CP2", "CP6", "CP5", "CP1", "CP6"]
    hand.press("Tab")
    assert hand.name == "Add a code"
    hand.press("Shift+Tab")
    assert hand.at.text() == "CP6"


# --- the whole ----------------------------------------------------------------------------------------------------


def test_tab_goes_through_the_proof_in_its_order(at_visit: OpenVisitMode) -> None:
    hand = at_visit("8.3")
    add_codes(hand, "CP1", "CP2")
    hand.mode.to_part("note")
    passed = []
    for _ in range(15):
        hand.press("Tab")
        passed.append(hand.name)
    assert passed == [
        "Evidence from: file",
        "What was sampled",
        "How many were looked at",
        "How many there are",
        "Code CP1; press to take it out",
        "Add a code",
        "Add this code",
        "How they were chosen",
        "Add photos",
        "Add an action",
        "Previous",
        "Next question",
        "Leave visit mode",
        "Next open question: 72",
        "Next critical question that is open: 11",
    ]


def test_a_finger_fits_everything(at_visit: OpenVisitMode, theme: Theme) -> None:
    hand = at_visit("8.3")
    sample, evidence = hand.mode.side.sample, hand.mode.side.evidence
    add_codes(hand, "CP1", "CP2")
    sample.looked_at.setText("50")
    sample.population.setText("1")
    sample._counts_typed()
    for scale in (1.0, 1.3):
        theme.set_text_scale(scale)
        QApplication.processEvents()
        parts: list[QWidget] = [
            *evidence.buttons.values(), *sample.chips.values(), sample.what, sample.fewer, sample.more,
            sample.looked_at, sample.population, sample.code, sample.add, sample.method,
        ]  # fmt: skip
        for part in parts:
            assert part.height() >= round(44 * scale) - 1, part.accessibleName()
            assert part.width() >= round(44 * scale) - 1, part.accessibleName()


def test_a_signed_sample_can_only_be_read(at_visit: OpenVisitMode, visits: Visits, office: Office) -> None:
    office.visiting.start(visits.plain)
    answer = office.visiting.book(visits.plain).answer("8.3")
    said = replace(answer, rating=3, looked_at=2, population=45, codes="CP1, CP2", evidence="file", sample_of="charts")
    office.visiting.keep(visits.plain, settled=[said])
    sign(office, visits.plain)
    hand = at_visit("8.3", visit=visits.plain)
    sample, evidence = hand.mode.side.sample, hand.mode.side.evidence
    for part in (sample.fewer, sample.more, *sample.chips.values(), *evidence.buttons.values()):
        click(part)
    for field in (sample.what, sample.looked_at, sample.population):
        field.setFocus()
        hand.type("9")
    hand.press("Return", "Backspace")
    assert not sample.code.isVisible()
    assert not sample.add.isVisible()
    assert sample.method.currentText() == "How chosen: not known"
    kept = office.visiting.book(visits.plain).answer("8.3")
    assert (kept.looked_at, kept.population, kept.codes, kept.evidence) == (2, 45, "CP1, CP2", "file")
    assert (sample.looked_at.text(), sample.population.text(), sample.what.text()) == ("2", "45", "charts")


def test_typing_here_does_not_undo_what_the_middle_says(at_visit: OpenVisitMode) -> None:
    """The rating and the sample are parts of one answer, told from two sides."""
    hand = at_visit("8.3").press("2", "Return").type("Seen.")
    click(hand.mode.side.evidence.buttons[EvidenceSource.FILE])
    hand.press("Alt+S").type("2")
    hand.mode.to_part("note")
    hand.type(" More.")
    click(hand.mode.side.sample.more)
    hand.press("Alt+3")
    kept = hand.kept("8.3")
    assert (kept.rating, kept.seen, kept.evidence, kept.looked_at) == (3, "Seen. More.", "file", 3)
