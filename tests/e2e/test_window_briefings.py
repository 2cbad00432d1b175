"""A briefing made in the window: pages beside the options, sections by keyboard, a date as people type it, filed."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from PySide6.QtPrintSupport import QPrintDialog, QPrinter

from s75desk.ui.pages.briefings.composer import Composer
from s75desk.ui.widgets import pdf_printing
from s75desk.ui.widgets.working_sheet import WorkingSheet
from tests.e2e.driver import Officer


@pytest.fixture
def composer(officer: Officer) -> Composer:
    """The composer with the pages of the occupational therapy agreement."""
    officer.go("agreements", officer.agreement(), "Term")
    officer.press("Ctrl+P")
    made = officer.page.composer
    officer.wait(lambda: made.made is not None and not made._timer.isActive())
    return made


def remake(officer: Officer, composer: Composer) -> None:
    """Wait until the pages follow what was changed."""
    officer.wait(lambda: not composer._timer.isActive())


def text_of(composer: Composer) -> str:
    document = composer.preview.document
    return "".join(document.getAllText(page).text() for page in range(document.pageCount()))


def test_ctrl_p_on_an_agreement_shows_its_pages(officer: Officer, composer: Composer) -> None:
    assert composer.wish().agreement == officer.agreement()
    assert composer.preview.pages() == composer.made.pages > 1
    assert composer._save.isEnabled()
    assert "Occupational therapy, Section 75" in text_of(composer)
    assert composer._foot.text().startswith(f"{composer.made.pages} pages, tagged for screen readers.")
    assert officer.focus.accessibleName() == "Agreement"


def test_the_page_for_the_board_and_its_checks_are_ticked_and_no_workings(composer: Composer) -> None:
    assert composer._sections.ticked() == composer.context.office.briefings.essentials()
    assert not composer.made.wish.show_workings
    assert next(iter(composer.preview.outline())) == "Summary on one page"


def test_sections_are_ticked_and_moved_by_keyboard(officer: Officer, composer: Composer) -> None:
    pages = composer.made.pages
    officer.tab_to("Sections")
    before = composer._sections.ticked()
    officer.press("Down", "Space")
    remake(officer, composer)
    assert composer.made.wish.sections == ("summary", "position", *before[1:])
    assert composer.made.pages >= pages
    officer.press("Down", "Space", "Alt+Up")
    remake(officer, composer)
    assert composer.made.wish.sections[:3] == ("summary", "parties", "position")
    assert [title.split(" ", 1)[-1] for title in composer.preview.outline()][1] == "Parties and scope"


def test_an_audience_is_printed(officer: Officer, composer: Composer) -> None:
    officer.tab_to("For")
    officer.type("Adults and Health Committee")
    remake(officer, composer)
    assert "For Adults and Health Committee" in text_of(composer)


def test_the_as_at_date_is_read_as_people_type_it(officer: Officer, composer: Composer) -> None:
    officer.tab_to("As at")
    officer.press("Ctrl+A")
    officer.type("1/4/26")
    officer.press("Tab")
    remake(officer, composer)
    assert composer._as_at.text() == "1 April 2026"
    assert composer.made.wish.as_at.isoformat() == "2026-04-01"
    assert "As at 1 April 2026" in text_of(composer)


def test_a_date_that_is_none_says_so_beside_the_field_and_the_pages_stay(officer: Officer, composer: Composer) -> None:
    shown = composer.made
    officer.tab_to("As at")
    officer.press("Ctrl+A")
    officer.type("31/2/26")
    remake(officer, composer)
    assert composer._as_at_message.isVisible()
    assert composer._as_at_message.text()
    assert composer.wish() is None
    assert composer.made is shown
    officer.press("Ctrl+A")
    officer.type("2/2/26")
    remake(officer, composer)
    assert not composer._as_at_message.isVisible()


def test_saved_it_is_filed_with_its_fingerprint(officer: Officer, composer: Composer, tmp_path: Path) -> None:
    file = tmp_path / "briefing.pdf"
    composer.save_to(file)
    officer.wait(lambda: officer.notice().startswith("Filed: "))
    assert hashlib.sha256(file.read_bytes()).hexdigest() == composer.made.sha256
    officer.page._show_list()
    officer.settle()
    filed = officer.page.filed
    row = filed.table.current_row()
    assert row.sha256 == composer.made.sha256
    assert row.how == "saved as briefing.pdf"
    assert filed.record.filed.data == file.read_bytes(), "the very bytes are kept"
    assert filed.record.preview.pages() == composer.made.pages
    again = tmp_path / "again.pdf"
    filed.record.save_copy(again)
    officer.wait(lambda: again.exists())
    assert again.read_bytes() == file.read_bytes()


def test_the_same_day_gives_the_same_bytes(officer: Officer, composer: Composer) -> None:
    first = composer.made.sha256
    composer._make()
    officer.settle()
    assert composer.made.sha256 == first


def file_printer(file: Path) -> QPrinter:
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(file))
    return printer


def test_printed_it_is_filed_as_printed(officer: Officer, composer: Composer, tmp_path: Path) -> None:
    printer = file_printer(tmp_path / "paper.pdf")
    printer.setFromTo(1, 2)
    composer.print_now(printer)
    officer.wait(lambda: officer.notice().startswith("Filed: "))
    assert (tmp_path / "paper.pdf").read_bytes().startswith(b"%PDF")
    officer.page._show_list()
    officer.settle()
    assert officer.page.filed.table.current_row().how == "printed"
    again = tmp_path / "again.pdf"
    officer.page.filed.record.print_again(file_printer(again))
    officer.settle()
    assert again.read_bytes().startswith(b"%PDF")
    assert len(officer.office.briefings.rows()) == 1, "it is the same paper"


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_trouble_with_the_printer_is_told_and_nothing_is_filed(
    officer: Officer, composer: Composer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf_printing, "has_printer", lambda: False)
    officer.press("Ctrl+P")
    nowhere = "Not printed: no printer is set up on this computer. Save the PDF and print it elsewhere."
    assert officer.notice() == nowhere
    composer.print_now(file_printer(tmp_path / "not there" / "paper.pdf"))
    officer.settle()
    nothing = "Not printed: the printer takes nothing. See that it is switched on and connected, then print again."
    assert officer.notice() == nothing
    assert officer.office.briefings.rows() == ()
    composer.save_to(tmp_path / "briefing.pdf")
    officer.wait(lambda: officer.notice().startswith("Filed: "))
    officer.page._show_list()
    officer.settle()
    officer.press("Ctrl+P")
    assert officer.notice() == nowhere
    officer.page.filed.record.print_again(file_printer(tmp_path / "not there" / "paper.pdf"))
    officer.settle()
    assert officer.notice() == nothing


def test_who_changes_their_mind_has_filed_nothing(
    officer: Officer, composer: Composer, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(pdf_printing, "has_printer", lambda: True)
    monkeypatch.setattr(QPrintDialog, "exec", lambda _: asked.append("once") or QPrintDialog.DialogCode.Rejected)
    officer.press("Ctrl+P")
    assert asked == ["once"]
    assert officer.notice() == ""
    assert officer.office.briefings.rows() == ()


def test_figures_in_doubt_are_told_before_print_and_lead_to_their_working(officer: Officer, composer: Composer) -> None:
    assert composer._doubts.isVisible()
    officer.tab_to("See them")
    officer.press("Space")
    assert officer.page.where().page == "agreements"
    assert officer.page.record.sub_page() == "Doubts"
    officer.page.record.doubts.table.setFocus()
    officer.press("Return")
    sheets = [sheet for sheet in officer.window.findChildren(WorkingSheet) if sheet.isVisible()]
    assert len(sheets) == 1
    officer.press("Esc")


def test_words_are_found_in_the_pages(officer: Officer, composer: Composer) -> None:
    composer.preview._find.setFocus()
    officer.type("10,193,315")
    officer.wait(lambda: composer.preview._hits.text() not in ("", "Not found"))
    assert composer.preview._hits.text().endswith(" found")
