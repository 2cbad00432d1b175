"""What the self-test needs of Qt: an application, a PDF read back, every page and a visit in a window drawn once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEventLoop, QTimer
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QApplication

from s75desk.ui.visit.outline import FINISH, PEOPLE, PRIOR
from s75desk.ui.window.main_window import MainWindow
from s75desk.ui.window.page_maker import PAGES

PATIENCE_MS = 60_000
"""How long a step of the window may take before it counts as failed."""


def application() -> QApplication:
    """The application of this process, made if there is none."""
    instance = QCoreApplication.instance()
    return instance if isinstance(instance, QApplication) else QApplication(["s75desk", "--self-test"])


def read_pdf(file: Path) -> tuple[int, str]:
    """Number of pages of a PDF and all its text, as the preview in the window reads it.

    Raises:
        OSError: If it is no PDF.
    """
    application()
    document = QPdfDocument()
    error = document.load(str(file))
    if error != QPdfDocument.Error.None_:
        raise OSError(f"the PDF cannot be read: {error.name}")
    pages = document.pageCount()
    text = "".join(document.getAllText(page).text() for page in range(pages))
    document.close()
    return pages, text


def wait_until(done: Callable[[], bool], what: str) -> None:
    """Let the window work until something is so.

    Raises:
        TimeoutError: If it is not so within a minute.
    """
    loop = QEventLoop()
    poll, limit = QTimer(), QTimer()
    met = False

    def look() -> None:
        # What was so once counts: a moment later the window may be busy with the next thing.
        nonlocal met
        if not met and done():
            met = True
            loop.quit()

    poll.timeout.connect(look)
    limit.setSingleShot(True)
    limit.timeout.connect(loop.quit)
    poll.start(10)
    limit.start(PATIENCE_MS)
    loop.exec()
    poll.stop()
    limit.stop()
    if not met:
        raise TimeoutError(f"the window did not {what} within a minute")


def draw_pages(window: MainWindow) -> int:
    """Show and draw every page of the desk that is opening; returns how many.

    Raises:
        TimeoutError: If a page does not come.
        RuntimeError: If a page fails or cannot be drawn.
    """
    wait_until(lambda: window.view is not None and not window.worker.busy, "open the sample desk")
    view = window.view
    if view is None:
        raise RuntimeError("no desk is open")
    faults: list[BaseException] = []
    view.crashed.connect(faults.append)
    for page in PAGES:
        view.show_page(page)
        wait_until(lambda: not window.worker.busy, f"show the page {page}")
        if faults:
            raise RuntimeError(f"the page {page} failed") from faults[0]
        if window.grab().isNull():
            raise RuntimeError(f"the page {page} cannot be drawn")
    return len(PAGES)


def fill_with_visit(window: MainWindow, uid: str) -> int:
    """Open a visit in the whole window, draw every kind of place in it, and leave it; returns how many.

    Raises:
        TimeoutError: If the visit does not come or go.
        RuntimeError: If a place fails or cannot be drawn.
    """
    view = window.view
    if view is None:
        raise RuntimeError("no desk is open")
    faults: list[BaseException] = []
    view.crashed.connect(faults.append)
    visits = view.visits
    visits.open(uid)
    wait_until(lambda: visits.mode is not None and not window.worker.busy, "open the visit")
    mode = visits.mode
    assert mode is not None
    places = (PRIOR, PEOPLE, mode.session.book.body.questions[0].code, FINISH)
    for place in places:
        mode.go(place)
        if mode.place != place or window.grab().isNull():
            raise RuntimeError(f"the place {place} of the visit cannot be drawn")
    mode.visit_here()
    wait_until(lambda: visits.mode is None and not window.worker.busy, "leave the visit")
    if faults:
        raise RuntimeError("the visit failed") from faults[0]
    return len(places)


def close_window(window: MainWindow) -> None:
    """Close the window as an officer would and wait until it has gone."""
    window.close()
    wait_until(lambda: not window.isVisible() and not window.worker.busy, "close")
