"""Prints a PDF held in memory: on a printer from the system's dialog or one that is given, beside the window.

The only place that prints, so that the same trouble has the same words wherever it is met. Trouble is a ``DeskError``
with what happened and what to do. An officer who changes their mind is no trouble.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMargins, QRect, QSize, QSizeF, Qt
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QWidget

from s75desk.domain.errors import DeskError

_DPI = 300
"""Fine enough for small print; a page of A4 is 35 MB while it is drawn."""

_MOST_PIXELS = 10_000
"""The longest edge of a page as it is drawn: a poster is drawn coarser, not larger."""


def choose_printer(parent: QWidget, data: bytes, printer: QPrinter | None = None) -> QPrinter | None:
    """The printer on which a PDF goes.

    Args:
        parent: Who asks.
        data: The PDF.
        printer: Print on this one; the system's dialog asks if none is given, beginning at the default printer.

    Returns:
        The printer; None if the officer changed their mind.

    Raises:
        DeskError: If there is no printer, or the PDF cannot be read.
    """
    if printer is not None:
        return printer
    with _opened(data) as document:
        return _asked(parent, document)


def send_to(target: QPrinter, data: bytes, title: str) -> int:
    """Print a PDF, on any thread.

    A page is made to fit the paper without being drawn out of shape.

    Args:
        target: The printer; nobody else uses it meanwhile.
        data: The PDF.
        title: What the printer's queue calls it.

    Returns:
        How many pages were sent.

    Raises:
        DeskError: If the printer takes nothing or stops, or the PDF cannot be read.
    """
    with _opened(data) as document:
        target.setDocName(title)
        pages = _chosen(target, document.pageCount())
        if not pages:
            raise DeskError(
                f"Not printed: none of the pages chosen is there; there are {document.pageCount()}.", "Choose again."
            )
        _paint(document, target, pages)
        return len(pages)


@contextmanager
def _opened(data: bytes) -> Iterator[QPdfDocument]:
    document, buffer = QPdfDocument(), QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document.load(buffer)
    try:
        if not document.pageCount():
            raise _unreadable()
        yield document
    finally:
        document.close()
        buffer.close()


def has_printer() -> bool:
    """Whether a printer is set up on this computer."""
    return bool(QPrinterInfo.availablePrinterNames())


def _asked(parent: QWidget, document: QPdfDocument) -> QPrinter | None:
    """The printer that the officer chooses; None if they change their mind."""
    if not has_printer():
        raise DeskError("Not printed: no printer is set up on this computer.", "Save the PDF and print it elsewhere.")
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPageLayout(_paper(document.pagePointSize(0)))
    dialog = QPrintDialog(printer, parent)
    dialog.setMinMax(1, document.pageCount())
    try:
        return printer if dialog.exec() == QPrintDialog.DialogCode.Accepted else None
    finally:
        dialog.deleteLater()


def _paper(page: QSizeF) -> QPageLayout:
    """Paper of a page's size, by the name that printers know it by if it has one."""
    across = page.width() > page.height()
    upright = page.transposed() if across else page
    size = QPageSize(upright, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyMatch)
    turned = QPageLayout.Orientation.Landscape if across else QPageLayout.Orientation.Portrait
    return QPageLayout(size, turned, QMargins())


def _chosen(printer: QPrinter, count: int) -> Sequence[int]:
    """The numbers of the pages to print, in the order in which the printer wants them."""
    ranges = printer.pageRanges()
    pages = [page for page in range(1, count + 1) if ranges.isEmpty() or ranges.contains(page)]
    return pages[::-1] if printer.pageOrder() is QPrinter.PageOrder.LastPageFirst else pages


def _paint(document: QPdfDocument, printer: QPrinter, pages: Sequence[int]) -> None:
    printer.setFullPage(True)
    painter = QPainter()
    if printer.printerState() is QPrinter.PrinterState.Error or not painter.begin(printer):
        raise DeskError(
            "Not printed: the printer takes nothing.", "See that it is switched on and connected, then print again."
        )
    try:
        for sent, page in enumerate(pages):
            if sent and not printer.newPage():
                raise _stopped(sent, len(pages))
            size = document.pagePointSize(page - 1)
            image = document.render(page - 1, _pixels(size))
            if image.isNull():
                raise _unreadable()
            painter.drawImage(_fitted(size, printer), image)
        if printer.printerState() in (QPrinter.PrinterState.Error, QPrinter.PrinterState.Aborted):
            raise _stopped(len(pages) - 1, len(pages))
    except DeskError:
        printer.abort()
        raise
    finally:
        painter.end()


def _pixels(size: QSizeF) -> QSize:
    """How large a page is drawn."""
    scale = min(_DPI / 72, _MOST_PIXELS / max(size.width(), size.height(), 1.0))
    return (size * scale).toSize()


def _fitted(size: QSizeF, printer: QPrinter) -> QRect:
    """Where on the paper a page goes: as large as it can be, in the middle."""
    paper = QRect(0, 0, printer.width(), printer.height())
    fitted = QRect(paper.topLeft(), size.scaled(QSizeF(paper.size()), Qt.AspectRatioMode.KeepAspectRatio).toSize())
    fitted.moveCenter(paper.center())
    return fitted


def _stopped(sent: int, of: int) -> DeskError:
    return DeskError(
        f"The printer stopped after {sent} of {of} pages.", "See that it is on and has paper, then print again."
    )


def _unreadable() -> DeskError:
    return DeskError("Not printed: the PDF cannot be read.", "Make it again, then print it.")
