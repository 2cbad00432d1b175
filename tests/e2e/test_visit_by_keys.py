"""A whole visit with the keyboard alone, in the sample desk: from prior actions to the signed version 2."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtPrintSupport import QPrinter

from s75desk.domain.records import Action, Visit
from s75desk.domain.records.action import ActionState
from s75desk.domain.records.visit import VisitStage
from s75desk.domain.records.visit_work import Party
from s75desk.ui.self_check import read_pdf
from tests.e2e.driver import Officer

SERVICE = "Pellgate House"


class Counting:
    """An officer whose key presses are counted: a chord is one, a letter is one.

    Attributes:
        keys: Presses that did something.
        letters: Letters of notes and fields.
    """

    def __init__(self, officer: Officer) -> None:
        self.officer = officer
        self.keys = 0
        self.letters = 0

    def press(self, *sequences: str) -> None:
        self.keys += len(sequences)
        self.officer.press(*sequences)

    def type(self, text: str) -> None:
        self.letters += len(text)
        self.officer.type(text)

    @property
    def mode(self) -> Any:
        mode = self.officer.view.visits.mode
        assert mode is not None, "no visit fills the window"
        return mode


@pytest.fixture
def hand(officer: Officer) -> Counting:
    return Counting(officer)


def todays_visit(officer: Officer) -> str:
    rows = officer.office.visits.rows(coming=True)
    return next(row.uid for row in rows if row.service == SERVICE)


def start_todays_visit(hand: Counting) -> str:
    """From the Overview to the first prior action, by keys."""
    officer = hand.officer
    uid = todays_visit(officer)
    hand.press("Ctrl+4", "Ctrl+F")
    hand.type(SERVICE)
    officer.wait(lambda: len(officer.page.table.visible_rows()) > 0)
    hand.press("Return")
    officer.wait(lambda: officer.page.record.uid == uid)
    hand.press("F11")
    officer.wait(lambda: officer.view.visits.mode is not None)
    return uid


def put_picture_on_the_clipboard(colour: str) -> None:
    image = QImage(900, 600, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    data = QMimeData()
    data.setImageData(image)
    QGuiApplication.clipboard().setMimeData(data)


def grade_prior_actions(hand: Counting) -> int:
    mode = hand.mode
    assert mode.place == "prior", "prior actions come first"
    cards = list(mode.prior.cards.values())
    for number, _ in enumerate(cards):
        hand.press("P" if number == 1 else "M")
        if number == 1:
            hand.type("Half of the staff so far")
            hand.press("Return")
        else:
            hand.press("Down")
    return len(cards)


def answer_everything(hand: Counting) -> None:
    mode = hand.mode
    body = mode.session.book.body
    firsts = {standard.questions[0].code for standard in body.standards}
    while mode.place in {question.code for question in body.questions}:
        code = mode.place
        if code == "8.3":
            hand.press("2", "Return")
            hand.type("Two doses unsigned on 28 January, CP1.")
            hand.press("Alt+S")
            hand.type("2")
            hand.press("Tab")
            hand.type("45")
            hand.press("Alt+A")
            hand.type("Audit medicines charts every week on unit 2")
            hand.press("Tab")
            hand.type("deputy manager")
            hand.press("Tab")
            hand.type("in 2 weeks")
            hand.press("Ctrl+Return")
            for colour in ("steelblue", "tan"):
                put_picture_on_the_clipboard(colour)
                hand.press("Alt+P", "Ctrl+V")
            hand.officer.wait(lambda: len(mode.session.book.photos_of("8.3")) == 2)
        elif code in firsts:
            hand.press("3", "Return")
            hand.type("As it should be.")
        else:
            hand.press("3")
        if code == "12.2":
            hand.press("Alt+A")
            hand.type("Share the rota method with the council")
            hand.press("Tab")
            hand.type("registered manager")
            hand.press("Tab")
            hand.type("31 March 2026")
            hand.press("Ctrl+Return")
        hand.press("Ctrl+Down")


def sign(hand: Counting, *, again: bool = False) -> None:
    officer, mode = hand.officer, hand.mode
    if not again:
        officer.tab_to("Provider’s comment")
        officer.press("Tab")
        assert officer.focus.accessibleName() == "Asked; no comment to make", "after the box, not before it"
        officer.press("Shift+Tab")
        hand.type("Fair. The audit starts on Monday.")
    for party, role in ((Party.OFFICER, "quality officer"), (Party.PROVIDER, "registered manager")):
        officer.tab_to(f"Role of the {party.value}")
        if not again:
            hand.type(role)
        officer.tab_to("Sign by keyboard")
        hand.press("Space")
        assert mode.session.book.signature(party).strokes
    officer.tab_to("Sign and lock")
    hand.press("Space")
    officer.wait(lambda: mode.session.locked)


def test_a_whole_visit_by_keys(hand: Counting, tmp_path: Path) -> None:
    officer = hand.officer
    uid = start_todays_visit(hand)
    mode = hand.mode
    graded = grade_prior_actions(hand)
    assert graded >= 5
    hand.press("Ctrl+Down")
    assert mode.place == "people"
    hand.press("Up", "Up", "Up", "Ctrl+Down")
    answer_everything(hand)

    assert mode.place == "finish"
    assert [gap.title for gap in mode.finishing.missing.gaps_model.gaps if gap.blocks] == [
        "Officer’s signature",
        "Provider’s signature",
    ]
    sign(hand)
    spent = (hand.keys, hand.letters)

    # The sheet, in two presses from signing: the button that has the keyboard, and the printer's own.
    assert officer.focus is mode.signed.printing
    paper = tmp_path / "printed.pdf"
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(paper))
    mode.paper.print_sheet(printer)
    officer.wait(lambda: mode.signed.said().startswith("Printed"))
    saved = tmp_path / "sheet.pdf"
    mode.paper.save_sheet(saved)
    officer.wait(lambda: mode.signed.said().startswith("Saved"))
    _, words = read_pdf(saved)
    for said in (SERVICE, "Two doses unsigned on 28 January", "Audit medicines charts every week", "starts on Monday"):
        assert said in words

    visit = officer.office.records.get(Visit, uid)
    assert visit.stage is VisitStage.DRAFT
    assert visit.outcome is not None
    assert visit.outcome.value == "Requires improvement"
    raised = officer.office.visiting.book(uid).actions
    assert {action.title for action in raised} >= {
        "Audit medicines charts every week on unit 2",
        "Share the rota method with the council",
    }
    verified = [
        action
        for action in mode.session.book.prior
        if officer.office.records.get(Action, action.uid).state is ActionState.VERIFIED
    ]
    assert len(verified) == graded - 1

    # Afterwards something has to change: version 2.
    officer.tab_to("Why it is amended")
    hand.type("The chart of CP1 was read again")
    hand.press("Return")
    officer.wait(lambda: not mode.session.locked)
    mode.go("8.3")
    hand.press("3")
    hand.press("Ctrl+Shift+F")
    sign(hand, again=True)
    assert [version.number for version in mode.session.book.versions] == [1, 2]
    assert officer.office.visiting.version(uid, 1).answer("8.3").rating == 2
    assert officer.office.visiting.version(uid, 2).answer("8.3").rating == 3
    assert officer.office.checks.check().sound

    # Leaving goes back to the visit in the list; the window's bars are there again.
    hand.press("F11")
    officer.wait(lambda: officer.view.visits.mode is None)
    assert officer.window.bar.isVisible()
    assert officer.page.record.uid == uid
    print(f"keys {spent[0]}, letters {spent[1]}")


def test_closing_the_window_in_a_visit_comes_back_to_the_same_question(
    officer: Officer, start: Any, sample: Path
) -> None:
    hand = Counting(officer)
    start_todays_visit(hand)
    hand.mode.go("9.2")
    hand.press("3")
    again = start(sample)
    again.wait(lambda: again.view.visits.mode is not None)
    assert again.view.visits.mode.place == "9.2"
    assert again.view.visits.mode.session.book.answer("9.2").rating == 3


def test_a_visit_that_was_left_is_not_opened_again(officer: Officer, start: Any, sample: Path) -> None:
    hand = Counting(officer)
    start_todays_visit(hand)
    hand.press("F11")
    officer.wait(lambda: officer.view.visits.mode is None)
    again = start(sample)
    again.settle()
    assert again.view.visits.mode is None
