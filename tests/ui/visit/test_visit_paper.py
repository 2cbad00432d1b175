"""Printing the sheet in visit mode: filed if it was printed, and in the same words as anywhere if it was not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtPrintSupport import QPrintDialog, QPrinter

from s75desk.domain.records import Visit
from s75desk.services.office import Office
from s75desk.ui.widgets import pdf_printing
from tests.ui.visit.conftest import Hand, OpenVisitMode
from tests.ui.visit.visit_help import Visits


def file_printer(file: Path) -> QPrinter:
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(file))
    return printer


@pytest.fixture
def hand(at_visit: OpenVisitMode) -> Hand:
    return at_visit("finish")


def said(hand: Hand) -> str:
    """What it says in the end."""
    hand.wait(lambda: hand.mode.finishing.said() not in ("", "Working out the pages…", "Printing…"))
    return hand.mode.finishing.said()


def test_printed_it_is_filed(hand: Hand, office: Office, tmp_path: Path) -> None:
    hand.mode.paper.print_sheet(file_printer(tmp_path / "sheet.pdf"))
    assert said(hand).startswith("Printed: ")
    assert (tmp_path / "sheet.pdf").read_bytes().startswith(b"%PDF")
    assert [row.how for row in office.briefings.rows()] == ["printed"]


def test_without_a_printer_it_says_so(hand: Hand, office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_printing, "has_printer", lambda: False)
    hand.mode.paper.print_sheet()
    assert said(hand) == ("Not printed: no printer is set up on this computer. Save the PDF and print it elsewhere.")
    assert office.briefings.rows() == ()


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_a_printer_that_takes_nothing_is_told(hand: Hand, office: Office, tmp_path: Path) -> None:
    hand.mode.paper.print_sheet(file_printer(tmp_path / "not there" / "sheet.pdf"))
    assert said(hand) == (
        "Not printed: the printer takes nothing. See that it is switched on and connected, then print again."
    )
    assert office.briefings.rows() == ()


def test_who_changes_their_mind_has_printed_nothing(
    hand: Hand, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf_printing, "has_printer", lambda: True)
    monkeypatch.setattr(QPrintDialog, "exec", lambda _: QPrintDialog.DialogCode.Rejected)
    hand.mode.paper.print_sheet()
    assert said(hand) == "Not printed."
    assert office.briefings.rows() == ()


def test_what_the_paper_could_not_print_is_named(
    at_visit: OpenVisitMode, office: Office, visits: Visits, tmp_path: Path
) -> None:
    visit = office.records.get(Visit, visits.today)
    with office.place.change("Comment") as change:
        change.revise(replace(visit, comment="Thank you \N{SNOWMAN}\N{CUNEIFORM SIGN A}"))
    hand = at_visit("finish")
    hand.mode.paper.save_sheet(tmp_path / "sheet.pdf")
    words = said(hand)
    assert words.startswith("Saved as sheet.pdf: ")
    assert "cannot be printed" in words
