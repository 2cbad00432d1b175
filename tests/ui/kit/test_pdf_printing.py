"""Printing a PDF: through the real dialog, onto paper that here is a file, and the words for what goes wrong."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from PySide6.QtCore import QEvent, QMarginsF, QObject, QSizeF, QTimer
from PySide6.QtGui import QImage, QPageLayout, QPageRanges, QPageSize
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QApplication, QCheckBox, QLineEdit, QMainWindow, QPushButton, QRadioButton, QSpinBox
from reportlab.pdfgen.canvas import Canvas

from s75desk.domain.errors import DeskError
from s75desk.ui.widgets import pdf_printing
from s75desk.ui.widgets.pdf_printing import choose_printer, send_to

A4 = (595.276, 841.89)
A5 = (419.528, 595.276)
FULL = Path("/dev/full")


def pdf(*sizes: tuple[float, float]) -> bytes:
    """A PDF of pages of these sizes; each has a black bar across it, an eighth of the page further down every time."""
    held = io.BytesIO()
    canvas = Canvas(held)
    for number, (wide, high) in enumerate(sizes):
        canvas.setPageSize((wide, high))
        canvas.rect(0, high - high / 8 * (number + 1), wide, high / 8, stroke=0, fill=1)
        canvas.showPage()
    canvas.save()
    return held.getvalue()


def file_printer(file: Path | str, size: QPageSize.PageSizeId = QPageSize.PageSizeId.A4) -> QPrinter:
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(file))
    printer.setPageLayout(QPageLayout(QPageSize(size), QPageLayout.Orientation.Portrait, QMarginsF()))
    return printer


def drawn(file: Path, page: int = 0, scale: float = 0.2) -> QImage:
    """A printed page as it looks, small."""
    document = QPdfDocument()
    document.load(str(file))
    size: QSizeF = document.pagePointSize(page)
    seen = document.render(page, (size * scale).toSize())
    document.close()
    return seen


def bar(file: Path, page: int = 0) -> int:
    """Which eighth of a printed page is black, from 1; 0 for none."""
    seen = drawn(file, page)
    middle = seen.width() // 2
    for eighth in range(8):
        colour = seen.pixelColor(middle, int(seen.height() * (eighth + 0.5) / 8))
        if colour.alpha() > 128 and colour.lightness() < 64:
            return eighth + 1
    return 0


def print_pdf(window: QMainWindow, data: bytes, title: str, *, printer: QPrinter | None = None) -> int:
    """Choose a printer as the window does, and print as its lanes do: on a thread of their own."""
    target = choose_printer(window, data, printer)
    if target is None:
        return 0
    with ThreadPoolExecutor(1) as lane:
        return lane.submit(send_to, target, data, title).result()


def refused(call: Callable[[], object]) -> DeskError:
    with pytest.raises(DeskError) as caught:
        call()
    return caught.value


@pytest.fixture
def in_dialog(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Callable[[Any], None]], None]]:
    """Do something in the system's dialog when it opens; where no printer is set up it offers a file."""
    monkeypatch.setattr(pdf_printing, "has_printer", lambda: True)
    timers: list[QTimer] = []
    seen: list[bool] = []

    def plan(act: Callable[[Any], None]) -> None:
        def poll() -> None:
            dialog = QApplication.activeModalWidget()
            if isinstance(dialog, QPrintDialog):
                timer.stop()
                try:
                    act(dialog)
                    seen.append(True)
                finally:
                    if dialog.isVisible():
                        dialog.reject()

        timer = QTimer()
        timer.timeout.connect(poll)
        timers.append(timer)
        timer.start(5)

    yield plan
    for timer in timers:
        timer.stop()
    assert len(seen) == len(timers), "the dialog did not open, or what was wanted in it did not work"


def press(dialog: QPrintDialog, words: str) -> None:
    (button,) = [one for one in dialog.findChildren(QPushButton) if one.text().replace("&", "") == words]
    button.click()


def test_pages_and_their_order_are_those_of_the_pdf(window: QMainWindow, tmp_path: Path) -> None:
    paper = tmp_path / "paper.pdf"
    assert print_pdf(window, pdf(A4, A4, A4), "Feedback sheet", printer=file_printer(paper)) == 3
    assert [bar(paper, page) for page in range(3)] == [1, 2, 3]
    with pikepdf.open(paper) as printed:
        assert str(printed.docinfo["/Title"]) == "Feedback sheet"


def test_every_page_is_as_fine_as_print_asks(window: QMainWindow, tmp_path: Path) -> None:
    paper = tmp_path / "paper.pdf"
    print_pdf(window, pdf(A4), "One page", printer=file_printer(paper))
    with pikepdf.open(paper) as printed:
        widths = [int(image.Width) for image in printed.pages[0].get_images().values()]
    assert max(widths) == 2480, "210 mm at 300 dots an inch"


def test_a_poster_is_drawn_coarser_and_not_larger(window: QMainWindow, tmp_path: Path) -> None:
    paper = tmp_path / "paper.pdf"
    assert print_pdf(window, pdf((3000, 14_000)), "Poster", printer=file_printer(paper)) == 1
    with pikepdf.open(paper) as printed:
        heights = [int(image.Height) for image in printed.pages[0].get_images().values()]
    assert max(heights) == 10_000


@pytest.mark.parametrize(("page", "size"), [(A4, QPageSize.PageSizeId.A5), (A5, QPageSize.PageSizeId.A4)])
def test_another_size_of_paper_holds_the_whole_page(
    window: QMainWindow, tmp_path: Path, page: tuple[float, float], size: QPageSize.PageSizeId
) -> None:
    paper = tmp_path / "paper.pdf"
    print_pdf(window, pdf(page, page), "Other paper", printer=file_printer(paper, size))
    assert [bar(paper, 0), bar(paper, 1)] == [1, 2]


def test_on_paper_of_another_shape_nothing_is_drawn_out_of_shape(window: QMainWindow, tmp_path: Path) -> None:
    """A square page on upright paper: its bar keeps its shape, with white above and below the page."""
    paper = tmp_path / "paper.pdf"
    print_pdf(window, pdf((400, 400)), "Square", printer=file_printer(paper))
    seen = drawn(paper, scale=1.0)
    middle = seen.width() // 2
    column = [seen.pixelColor(middle, down) for down in range(seen.height())]
    black = [down for down, colour in enumerate(column) if colour.alpha() > 128 and colour.lightness() < 64]
    assert abs(len(black) - seen.width() / 8) <= 2, "an eighth of the square's height"
    assert abs(black[0] - (seen.height() - seen.width()) / 2) <= 2, "the square stands in the middle"


def test_only_the_pages_chosen_are_printed(window: QMainWindow, tmp_path: Path) -> None:
    paper = tmp_path / "paper.pdf"
    printer = file_printer(paper)
    ranges = QPageRanges()
    ranges.addPage(1)
    ranges.addRange(3, 9)
    printer.setPageRanges(ranges)
    assert print_pdf(window, pdf(A4, A4, A4, A4), "Some", printer=printer) == 3
    assert [bar(paper, page) for page in range(3)] == [1, 3, 4]


def test_the_last_page_comes_first_where_the_printer_wants_it(window: QMainWindow, tmp_path: Path) -> None:
    paper = tmp_path / "paper.pdf"
    printer = file_printer(paper)
    printer.setPageOrder(QPrinter.PageOrder.LastPageFirst)
    assert print_pdf(window, pdf(A4, A4), "Reversed", printer=printer) == 2
    assert [bar(paper, 0), bar(paper, 1)] == [2, 1]


def test_pages_that_are_not_there_are_not_printed_and_it_says_so(window: QMainWindow, tmp_path: Path) -> None:
    printer = file_printer(tmp_path / "paper.pdf")
    printer.setFromTo(7, 9)
    trouble = refused(lambda: print_pdf(window, pdf(A4, A4), "None", printer=printer))
    assert trouble.what == "Not printed: none of the pages chosen is there; there are 2."
    assert not (tmp_path / "paper.pdf").exists()


def test_the_dialog_prints_what_is_chosen_in_it(
    window: QMainWindow, tmp_path: Path, in_dialog: Callable[[Callable[[Any], None]], None]
) -> None:
    paper = tmp_path / "paper.pdf"

    def choose(dialog: QPrintDialog) -> None:
        to = dialog.findChild(QSpinBox, "to")
        assert to.maximum() == 4, "it knows how many pages there are"
        dialog.findChild(QLineEdit, "filename").setText(str(paper))
        dialog.findChild(QRadioButton, "printRange").setChecked(True)
        dialog.findChild(QSpinBox, "from").setValue(2)
        to.setValue(3)
        dialog.findChild(QCheckBox, "reverse").setChecked(True)
        press(dialog, "Print")

    in_dialog(choose)
    assert print_pdf(window, pdf(A5, A5, A5, A5), "Chosen") == 2
    assert [bar(paper, 0), bar(paper, 1)] == [3, 2]
    with pikepdf.open(paper) as printed:
        size = [round(float(edge)) for edge in printed.pages[0].mediabox[2:]]
    assert size == [420, 595], "the paper is of the size of the first page"


def test_paper_for_a_broad_page_is_turned(
    window: QMainWindow, tmp_path: Path, in_dialog: Callable[[Callable[[Any], None]], None]
) -> None:
    paper = tmp_path / "paper.pdf"

    def choose(dialog: QPrintDialog) -> None:
        dialog.findChild(QLineEdit, "filename").setText(str(paper))
        press(dialog, "Print")

    in_dialog(choose)
    assert print_pdf(window, pdf((A4[1], A4[0])), "Broad") == 1
    assert drawn(paper).width() > drawn(paper).height()
    assert bar(paper) == 1


def test_who_changes_their_mind_prints_nothing_and_hears_nothing(
    window: QMainWindow, in_dialog: Callable[[Callable[[Any], None]], None]
) -> None:
    in_dialog(lambda dialog: press(dialog, "Cancel"))
    assert print_pdf(window, pdf(A4), "Cancelled") == 0


def test_without_a_printer_it_says_so_before_any_dialog(window: QMainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_printing, "has_printer", lambda: False)
    trouble = refused(lambda: print_pdf(window, pdf(A4), "Nowhere"))
    assert trouble.what == "Not printed: no printer is set up on this computer."
    assert trouble.remedy == "Save the PDF and print it elsewhere."


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_a_printer_that_takes_nothing_is_told(window: QMainWindow, tmp_path: Path) -> None:
    printer = file_printer(tmp_path / "not there" / "paper.pdf")
    trouble = refused(lambda: print_pdf(window, pdf(A4), "Refused", printer=printer))
    assert trouble.what == "Not printed: the printer takes nothing."
    assert trouble.remedy == "See that it is switched on and connected, then print again."


@pytest.mark.skipif(not FULL.exists(), reason="this system has no file that is always full")
def test_a_printer_that_stops_on_the_way_is_told(window: QMainWindow) -> None:
    trouble = refused(lambda: print_pdf(window, pdf(A4, A4, A4), "Stopped", printer=file_printer(FULL)))
    assert trouble.what == "The printer stopped after 1 of 3 pages."
    assert trouble.remedy == "See that it is on and has paper, then print again."


@pytest.mark.parametrize("data", [b"", b"no PDF", pdf(A4)[:200]], ids=["empty", "other", "cut off"])
def test_what_is_no_pdf_is_not_printed(window: QMainWindow, tmp_path: Path, data: bytes) -> None:
    trouble = refused(lambda: print_pdf(window, data, "Broken", printer=file_printer(tmp_path / "paper.pdf")))
    assert trouble.what == "Not printed: the PDF cannot be read."
    assert not (tmp_path / "paper.pdf").exists()


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_nothing_of_a_print_stays_with_who_asked(
    window: QMainWindow, tmp_path: Path, in_dialog: Callable[[Callable[[Any], None]], None]
) -> None:
    def parts() -> set[QObject]:
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        return set(window.findChildren(QObject))

    before = parts()
    print_pdf(window, pdf(A4), "Printed", printer=file_printer(tmp_path / "paper.pdf"))
    in_dialog(lambda dialog: press(dialog, "Cancel"))
    print_pdf(window, pdf(A4), "Cancelled")
    refused(lambda: print_pdf(window, b"no PDF", "Broken", printer=file_printer(tmp_path / "other.pdf")))
    refused(lambda: print_pdf(window, pdf(A4), "Refused", printer=file_printer(tmp_path / "none" / "paper.pdf")))
    assert parts() == before
