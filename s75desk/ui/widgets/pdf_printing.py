"""Sends a PDF held in memory to a printer, through the system's dialog or at once."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMargins, QRect, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget

_PRINT_DPI = 300


def print_pdf(parent: QWidget, data: bytes, title: str, *, printer: QPrinter | None = None) -> int:
    """Print a PDF.

    Args:
        parent: Who asks.
        data: The PDF.
        title: What the printer's queue calls it.
        printer: Print at once on this one; the system's dialog asks if none is given.

    Returns:
        How many pages were sent; 0 if the officer changed their mind or the printer took nothing.
    """
    document, buffer = QPdfDocument(parent), QBuffer(parent)
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document.load(buffer)
    try:
        return print_document(parent, document, title, printer=printer)
    finally:
        document.close()
        document.deleteLater()
        buffer.deleteLater()


def print_document(parent: QWidget, document: QPdfDocument, title: str, *, printer: QPrinter | None = None) -> int:
    """Print a PDF that has been loaded; as ``print_pdf``."""
    pages = document.pageCount()
    target = printer
    if target is None:
        target = QPrinter(QPrinter.PrinterMode.HighResolution)
        target.setDocName(title)
        target.setPageLayout(
            QPageLayout(QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, QMargins())
        )
        dialog = QPrintDialog(target, parent)
        dialog.setMinMax(1, max(1, pages))
        accepted = dialog.exec() == QPrintDialog.DialogCode.Accepted
        dialog.deleteLater()
        if not accepted:
            return 0
    return _paint(document, target, target.fromPage() or 1, min(target.toPage() or pages, pages))


def _paint(document: QPdfDocument, printer: QPrinter, first: int, last: int) -> int:
    printer.setFullPage(True)
    painter = QPainter()
    if not painter.begin(printer):
        return 0
    sent = 0
    for number in range(first - 1, last):
        if sent:
            printer.newPage()
        points: QSizeF = document.pagePointSize(number)
        image = document.render(number, (points * (_PRINT_DPI / 72)).toSize())
        painter.drawImage(QRect(0, 0, printer.width(), printer.height()), image)
        sent += 1
    painter.end()
    return sent
