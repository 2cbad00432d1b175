"""The way of a new user through a whole visit, with the mouse: from the welcome page to the signed version 2."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QModelIndex
from PySide6.QtGui import QColor, QImage
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QAbstractButton, QCalendarWidget, QFileDialog, QTableView, QToolButton

from s75desk.domain.records.action import ActionKind
from s75desk.domain.records.visit_work import Party, PriorGrade, SpokenRole
from s75desk.domain.visits.question_set import EvidenceSource
from s75desk.domain.visits.sample import SampleMethod
from s75desk.ui.itemmodels.outline_model import LINE
from s75desk.ui.widgets import pdf_printing
from tests.e2e.mouse import Mouse, field_in, named

SERVICE = "Pellgate House"
LOW, NOT_APPLICABLE, FLAGGED, PRAISED = "8.3", "8.2", "9.2", "12.2"
NOTE = "As it should be."
LOW_NOTE = "Two doses unsigned on 28 January, CP1."
WHY_NOT = "Nobody here asks for it"
PARTLY, NOT_MET = "Half of the staff so far", "Nothing was begun"
COMMENT = "Fair. The audit starts on Monday."
AUDIT, SHARE = "Audit medicines charts every week on unit 2", "Share the rota method with the council"
EVIDENCE = "Four audits, each signed"
BECAUSE = "The chart of CP1 was read again"
ROLES = {Party.OFFICER: "quality officer", Party.PROVIDER: "registered manager"}
SPOKEN = {SpokenRole.PEOPLE: 3, SpokenRole.CARE: 2}
STROKES = (((0.1, 0.6), (0.2, 0.3), (0.3, 0.62), (0.4, 0.35), (0.5, 0.55)), ((0.55, 0.5), (0.9, 0.45)))


def _print_to(file: Path) -> Callable[[QPrintDialog], QPrintDialog.DialogCode]:
    """Answers for the system's own print box: a printer that writes a file is chosen in it."""

    def chosen(box: QPrintDialog) -> QPrintDialog.DialogCode:
        printer = box.printer()
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(file))
        printer.setResolution(72)
        return QPrintDialog.DialogCode.Accepted

    return chosen


class Walk:
    """One visit, worked by the mouse; each part leaves off where the next goes on.

    Args:
        mouse: The hand.
        folder: Where pictures come from and papers go to.
        answers: Patches the system's own file boxes, which no test can press.
        look: Called at each moment worth a look, with its name.
    """

    def __init__(
        self, mouse: Mouse, folder: Path, answers: pytest.MonkeyPatch, look: Callable[[str], None] = lambda _: None
    ) -> None:
        self.mouse = mouse
        self.officer = mouse.officer
        self.folder = folder
        self.look = look
        self.uid = ""
        self.pictures = [self._picture(colour) for colour in ("steelblue", "tan")]
        self.saved = folder / "sheet.pdf"
        answers.setattr(pdf_printing, "has_printer", lambda: True)
        answers.setattr(QPrintDialog, "exec", _print_to(folder / "printed.pdf"))
        answers.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(self.pictures[0])], ""))
        answers.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(self.saved), ""))

    def _picture(self, colour: str) -> Path:
        image = QImage(900, 600, QImage.Format.Format_RGB32)
        image.fill(QColor(colour))
        file = self.folder / f"{colour}.png"
        assert image.save(str(file))
        return file

    @property
    def mode(self) -> Any:
        mode = self.officer.view.visits.mode
        assert mode is not None, "no visit fills the window"
        return mode

    def button(self, words: str, within: Any = None) -> QAbstractButton:
        found: QAbstractButton = named(within or self.officer.window, QAbstractButton, words)
        return found

    # Before the visit

    def open_the_sample(self) -> None:
        self.look("welcome")
        self.mouse.click(self.officer.window.welcome.demo_button)
        self.officer.wait(lambda: self.officer.window.view is not None)

    def start_todays_visit(self) -> None:
        officer = self.officer
        rows = officer.office.visits.rows(coming=True)
        self.uid = next(row.uid for row in rows if row.service == SERVICE)
        self.mouse.click_tab(officer.view.top_bar.tabs, "Quality visits")
        table = officer.page.table
        officer.wait(lambda: table.rows_model().line_of(self.uid) >= 0)
        line = table.rows_model().line_of(self.uid)
        self.mouse.click_item(table, table.model().index(line, 0))
        officer.wait(lambda: officer.page.record.uid == self.uid)
        officer.wait(lambda: officer.page.record._title.text() == SERVICE)
        self.look("list")
        self.mouse.click(self.button("Start the visit", officer.page.record))
        officer.wait(lambda: officer.view.visits.mode is not None)

    # Before the questions

    def grade_prior_actions(self) -> int:
        mode, mouse = self.mode, self.mouse
        assert mode.place == "prior", "prior actions come first"
        cards = list(mode.prior.cards.values())
        for number, card in enumerate(cards):
            grade = {1: PriorGrade.PARTLY, 2: PriorGrade.NOT_MET}.get(number, PriorGrade.MET)
            mouse.click(card.buttons[grade])
            if number in (1, 2):
                mouse.fill(card.reason, PARTLY if number == 1 else NOT_MET)
        assert all(card.graded_already for card in cards)
        self.look("prior")
        mouse.click(mode.prior.next)
        return len(cards)

    def count_people(self) -> None:
        mode, mouse = self.mode, self.mouse
        self.officer.wait(lambda: mode.place == "people")
        for role, count in SPOKEN.items():
            for _ in range(count):
                mouse.click(self.button(f"One more: {role.value}", mode.people))
        mouse.click(self.button(f"One more: {SpokenRole.RELATIVES.value}", mode.people))
        mouse.click(self.button(f"One fewer: {SpokenRole.RELATIVES.value}", mode.people))
        self.look("people")
        mouse.click(mode.people.next)

    # Questions

    def answer_everything(self) -> None:
        mode, mouse = self.mode, self.mouse
        body = mode.session.book.body
        firsts = {standard.questions[0].code for standard in body.standards}
        codes = [question.code for question in body.questions]
        for place, code in enumerate(codes):
            self.officer.wait(lambda code=code: mode.question.question == code)
            self.answer(code, noted=code in firsts)
            # The next open question is now and then asked for by its own button: here both lead to the same.
            on = mode.jumps.buttons["open"] if place % 7 == 3 and place + 1 < len(codes) else mode.question.next
            mouse.click(on)
        self.officer.wait(lambda: mode.place == "finish")

    def answer(self, code: str, *, noted: bool) -> None:
        mode, mouse = self.mode, self.mouse
        question = mode.question
        if code == NOT_APPLICABLE:
            mouse.click(question.keys.not_applicable)
            mouse.fill(question.reason, WHY_NOT)
            return
        mouse.click(question.keys.steps[2 if code == LOW else 3])
        if code == LOW:
            self.prove()
        elif noted:
            mouse.fill(question.note, NOTE)
        if code == FLAGGED:
            mouse.click(question.keys.flag)
        if code == PRAISED:
            self.praise()

    def prove(self) -> None:
        """All that may stand beside an answer."""
        mode, mouse, side = self.mode, self.mouse, self.mode.side
        mouse.fill(mode.question.note, LOW_NOTE)
        for source in (EvidenceSource.FILE, EvidenceSource.OBSERVATION):
            mouse.click(side.evidence.buttons[source])
        mouse.fill(side.sample.what, "medicines charts")
        mouse.click(side.sample.more)
        mouse.click(side.sample.more)
        mouse.fill(side.sample.population, "45")
        mouse.choose(side.sample.method, SampleMethod.RANDOM.word)
        mouse.fill(side.sample.code, "CP1")
        mouse.click(side.sample.add)
        mouse.click(side.photos.add)
        self.officer.wait(lambda: len(mode.session.book.photos_of(LOW)) == 1)
        mouse.drop(mode.question.note, self.pictures[1:])
        self.officer.wait(lambda: len(mode.session.book.photos_of(LOW)) == 2)
        self.look("question")
        mouse.click(side.cards.add)
        form = side.form
        mouse.fill(field_in(form.editors["title"]), AUDIT)
        mouse.fill(field_in(form.editors["owner"]), "deputy manager")
        mouse.fill(field_in(form.editors["due"]), "in 2 weeks")
        mouse.fill(field_in(form.editors["evidence_wanted"]), EVIDENCE)
        mouse.click(form.kinds[ActionKind.CORRECTIVE])
        self.look("action")
        mouse.click(form.finished)
        assert not side.entering

    def praise(self) -> None:
        """An action of good practice; its day is picked from the calendar."""
        mouse, form = self.mouse, self.mode.side.form
        mouse.click(self.mode.side.cards.add)
        mouse.fill(field_in(form.editors["title"]), SHARE)
        mouse.fill(field_in(form.editors["owner"]), "registered manager")
        mouse.click(form.kinds[ActionKind.DEVELOPMENTAL])
        mouse.click(self.button("Choose a date", form))
        calendar = QCalendarWidget
        month = form.editors["due"].findChild(calendar)
        self.look("calendar")
        mouse.click(month.findChild(QToolButton, "qt_calendar_nextmonth"))
        days = month.findChild(QTableView, "qt_calendar_calendarview")
        mouse.click_item(days, _day(days, "31"))
        self.officer.wait(lambda: not month.isVisible())
        mouse.fill(field_in(form.editors["evidence_wanted"]), "The method on paper")
        mouse.click(form.finished)

    def back_to_the_flag(self) -> None:
        """From the end to what was flagged, and by the areas and the header to the end again."""
        mode, mouse = self.mode, self.mouse
        mouse.click(mode.jumps.buttons["flagged"])
        self.officer.wait(lambda: mode.place == FLAGGED)
        mouse.click(mode.question.previous)
        self.officer.wait(lambda: mode.place != FLAGGED)
        mouse.click(mode.header.finish)
        self.officer.wait(lambda: mode.place == "finish")

    def to_question(self, code: str) -> None:
        """To a question by the areas at the left."""
        mode, mouse = self.mode, self.mouse
        body = mode.session.book.body
        standard = body.standard_of(code)
        area = next(area for area in body.areas if standard in area.standards)
        mouse.click_item(mode.outline, self._line(area.code))
        mouse.click_item(mode.outline, self._line(standard.code))
        while mode.place != code:
            was = mode.place
            mouse.click(mode.question.next)
            self.officer.wait(lambda was=was: mode.place != was)

    def _line(self, place: str) -> QModelIndex:
        model = self.mode.outline.lines_model
        index = next(model.index(row) for row in range(model.rowCount()) if model.index(row).data(LINE).place == place)
        assert isinstance(index, QModelIndex)
        return index

    # The end

    def sign(self, *, again: bool = False) -> None:
        mode, mouse = self.mode, self.mouse
        if not again:
            mouse.fill(mode.finishing.comment, COMMENT)
        for party, box in mode.finishing.boxes.items():
            if not again:
                mouse.fill(box.role, ROLES[party])
            mouse.draw(box.pad, STROKES)
            assert mode.session.book.signature(party).strokes
        self.look("finish")
        mouse.click(mode.finishing.sign)
        self.officer.wait(lambda: mode.session.locked)

    def save(self) -> int:
        """Save the sheet from anywhere in the visit; how many presses that took."""
        mode, before = self.mode, self.mouse.presses
        if mode.place != "finish":
            self.mouse.click(mode.header.finish)
        self.mouse.click(mode.signed.saving)
        self.officer.wait(lambda: mode.signed.said().startswith("Saved"))
        self.look("signed")
        return self.mouse.presses - before

    def print_on_paper(self) -> int:
        """Print the sheet, starting from a question; how many presses that took."""
        self.to_question(LOW)
        mode, before = self.mode, self.mouse.presses
        self.mouse.click(mode.header.finish)
        self.mouse.click(mode.signed.printing)
        self.officer.wait(lambda: mode.signed.said().startswith("Printed"))
        return self.mouse.presses - before

    def amend(self) -> None:
        """Open the signed visit again, change one rating, sign anew."""
        mode, mouse = self.mode, self.mouse
        mouse.fill(mode.signed.reason, BECAUSE)
        mouse.click(mode.signed.amend)
        self.officer.wait(lambda: not mode.session.locked)
        self.to_question(LOW)
        mouse.click(mode.question.keys.steps[3])
        self.look("amending")
        mouse.click(mode.header.finish)
        self.officer.wait(lambda: mode.place == "finish")
        self.sign(again=True)

    def leave(self) -> None:
        self.mouse.click(self.mode.signed.leaving)
        self.officer.wait(lambda: self.officer.view.visits.mode is None)
        self.officer.settle()


def _day(days: QTableView, words: str) -> QModelIndex:
    """The last cell of a calendar that says so."""
    model = days.model()
    found = [
        model.index(row, column)
        for row in range(1, model.rowCount())
        for column in range(model.columnCount())
        if str(model.index(row, column).data()) == words
    ]
    return found[-1]
