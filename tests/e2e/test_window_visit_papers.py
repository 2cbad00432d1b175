"""Papers on a visit made in the Briefings tab: kind, visit and version chosen by keyboard, filed, found, made again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from s75desk.domain.records import Visit
from s75desk.domain.records.briefing import BriefingKind
from s75desk.models.desk_file import DeskFile
from s75desk.services.briefings import VisitWish, Wish
from s75desk.ui.pages.briefings.composer import Composer
from s75desk.ui.widgets.choice_box import ChoiceBox
from tests.e2e.driver import Officer
from tests.unit.record_help import office_of
from tests.unit.rich_visit import RichVisit, plan, record, rich_visit

SHEET, REPORT = BriefingKind.FEEDBACK_SHEET, BriefingKind.VISIT_REPORT


@pytest.fixture(scope="module")
def visits_file(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, RichVisit, RichVisit]:
    """A closed desk with a visit of two signed versions and one that is not signed; copied for every test."""
    path = tmp_path_factory.mktemp("visits") / "visits.s75desk"
    with DeskFile.create(path) as desk:
        office = office_of(desk)
        signed = rich_visit(office)
        draft = plan(office, service="Beech Court")
        record(office, draft)
        return path, signed, draft


@pytest.fixture
def visits(
    start: Callable[..., Officer], visits_file: tuple[Path, RichVisit, RichVisit], tmp_path: Path
) -> tuple[Officer, RichVisit, RichVisit]:
    """An officer with that desk open, and its visits."""
    path, signed, draft = visits_file
    copy = tmp_path / "visits.s75desk"
    copy.write_bytes(path.read_bytes())
    return start(copy), signed, draft


def compose(officer: Officer, kind: BriefingKind, uid: str) -> Composer:
    """The composer with the pages of a visit."""
    composer: Composer = officer.go("briefings", new=kind.value, filter=uid).composer
    officer.wait(lambda: composer.made is not None and not composer._timer.isActive())
    return composer


def remake(officer: Officer, composer: Composer) -> None:
    """Wait until the pages follow what was changed."""
    officer.wait(lambda: not composer._timer.isActive())


def text_of(composer: Composer) -> str:
    document = composer.preview.document
    return "".join(document.getAllText(page).text() for page in range(document.pageCount()))


def test_a_link_leads_to_the_sheet_of_a_visit(visits: tuple[Officer, RichVisit, RichVisit]) -> None:
    officer, signed, _ = visits
    composer = compose(officer, SHEET, signed.uid)
    assert composer.wish() == VisitWish(signed.uid, SHEET, composer.context.today, 2)
    assert composer._title.text() == "Visit feedback sheet"
    assert not composer._sections.isVisible()
    assert not composer._workings.isVisible()
    assert composer.preview.pages() == composer.made.pages == 3
    assert "Doses right and recorded" in text_of(composer)
    assert officer.focus.accessibleName() == "Visit"
    assert officer.page.where().new == "visit feedback sheet"
    assert officer.page.where().filter == signed.uid


def test_kind_visit_and_version_are_chosen_by_keyboard(visits: tuple[Officer, RichVisit, RichVisit]) -> None:
    officer, signed, draft = visits
    composer = compose(officer, SHEET, signed.uid)
    officer.press("Shift+Tab")
    assert officer.focus.accessibleName() == "Kind of briefing"
    officer.press("Down")
    remake(officer, composer)
    assert composer.made.wish.kind is REPORT
    assert composer._title.text() == "Visit report"
    short = composer.preview.pages()
    composer._workings.setChecked(True)
    remake(officer, composer)
    assert composer.preview.pages() > short, "how the rating was worked out, when it is asked for"
    composer._workings.setChecked(False)
    remake(officer, composer)
    officer.press("Tab", "Tab")
    assert officer.focus.accessibleName() == "Version"
    assert composer._subject.version.currentText() == "Version 2, signed"
    officer.press("Down")
    remake(officer, composer)
    assert composer.made.version == 1
    assert "This is version 1." in text_of(composer)
    officer.press("Shift+Tab", "Up")
    remake(officer, composer)
    assert composer.wish() == VisitWish(draft.uid, REPORT, composer.context.today)
    assert composer._subject.version.currentText() == "As it stands, not signed"
    assert composer._foot.text().startswith("A draft: this visit is not signed. ")
    assert "Draft, not signed" in text_of(composer)


def test_a_briefing_of_an_agreement_is_as_it_was(
    visits: tuple[Officer, RichVisit, RichVisit], officer: Officer
) -> None:
    composer: Composer = officer.go("briefings", new="briefing", filter=officer.agreement()).composer
    officer.wait(lambda: composer.made is not None)
    assert isinstance(composer.wish(), Wish)
    assert composer._sections.isVisible()
    assert not composer._subject.visit.isVisible()
    assert not composer._subject.version.isVisible()


def test_what_was_saved_is_filed_listed_and_can_be_made_again(
    visits: tuple[Officer, RichVisit, RichVisit], tmp_path: Path
) -> None:
    officer, signed, _ = visits
    composer = compose(officer, SHEET, signed.uid)
    made, file = composer.made, tmp_path / "sheet.pdf"
    composer.save_to(file)
    officer.wait(lambda: officer.notice().startswith("Filed: "))
    assert file.read_bytes() == made.data
    officer.page._show_list()
    officer.settle()
    filed = officer.page.filed
    row = filed.table.current_row()
    assert (row.kind, row.of) == ("Visit feedback sheet, version 2", "Fernbank House, 2 Feb 2026")
    shown = [label.text() for label in filed.record.about.findChildren(QLabel)]
    for words in ("Visit feedback sheet, version 2", "Fernbank House, 2 Feb 2026", made.content):
        assert words in shown
    filed.record._make_new()
    officer.wait(lambda: composer.isVisible() and composer.made is not None)
    assert composer.wish() == made.wish


def test_printed_it_is_filed_as_printed(visits: tuple[Officer, RichVisit, RichVisit], tmp_path: Path) -> None:
    officer, _, draft = visits
    composer = compose(officer, SHEET, draft.uid)
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "paper.pdf"))
    composer.print_now(printer)
    officer.wait(lambda: officer.notice().startswith("Filed: "))
    assert (tmp_path / "paper.pdf").read_bytes().startswith(b"%PDF")
    (row,) = officer.office.briefings.rows()
    assert (row.how, row.kind) == ("printed", "Visit feedback sheet, draft")


def test_a_change_of_the_visit_makes_other_pages(visits: tuple[Officer, RichVisit, RichVisit]) -> None:
    officer, _, draft = visits
    composer = compose(officer, SHEET, draft.uid)
    before = composer.made.content
    office = officer.office
    visit = office.records.get(Visit, draft.uid)
    officer.view.operations.write(
        composer, lambda: office.records.save(replace(visit, summary="In other words."), visit)
    )
    officer.wait(lambda: composer.made is not None and composer.made.content != before)


def test_without_a_visit_there_is_nothing_to_print_and_it_says_so(
    start: Callable[..., Officer], tmp_path: Path
) -> None:
    path = tmp_path / "empty.s75desk"
    DeskFile.create(path).close()
    officer = start(path)
    composer: Composer = officer.go("briefings", new=SHEET.value).composer
    officer.settle()
    assert composer.wish() is None
    assert composer._nothing.isVisible()
    assert composer.made is None
    assert not composer.preview.isVisible()
    composer.print_now()
    assert officer.office.briefings.rows() == ()


def test_a_visit_that_cannot_be_printed_says_why_and_nothing_can_be_saved(
    visits: tuple[Officer, RichVisit, RichVisit], tmp_path: Path
) -> None:
    officer, signed, draft = visits
    composer = compose(officer, SHEET, signed.uid)
    with officer.office.place.desk.writing() as connection:  # as another program would leave it
        connection.exec_driver_sql("UPDATE visit SET question_set = NULL WHERE uid = ?", (draft.uid,))
    officer.press("Up")
    assert composer.wish().visit == draft.uid
    remake(officer, composer)
    assert composer._error.isVisible()
    assert composer.made is None
    composer.save_to(tmp_path / "none.pdf")
    officer.settle()
    assert not (tmp_path / "none.pdf").exists()
    officer.press("Down")
    remake(officer, composer)
    assert composer.made is not None
    assert not composer._error.isVisible()


def test_the_wheel_chooses_no_other_visit(visits: tuple[Officer, RichVisit, RichVisit]) -> None:
    officer, signed, _ = visits
    composer = compose(officer, SHEET, signed.uid)
    for box in composer.findChildren(ChoiceBox):
        if box.isVisible():
            before = box.currentIndex()
            where = QPointF(box.mapTo(officer.window, box.rect().center()))
            for notches in (-1, 1):
                QTest.wheelEvent(officer.window.windowHandle(), where, QPoint(0, 120 * notches))
                officer.settle()
                assert box.currentIndex() == before
    assert composer.wish().visit == signed.uid
    assert len([box for box in composer.findChildren(ChoiceBox) if box.isVisible()]) >= 2
