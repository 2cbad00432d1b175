"""A paper that was made is saved or printed beside all saves, and filed in the desk when that is done."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget

from s75desk.domain.changes import Changes
from s75desk.domain.errors import DeskError, Rejected
from s75desk.domain.wording import plural
from s75desk.services.briefings import Made
from s75desk.services.exporting import write_whole
from s75desk.services.paper_wishes import ListWish
from s75desk.ui.operations import Operations
from s75desk.ui.widgets.pdf_printing import choose_printer, send_to

Done = Callable[[Changes], None]
Failed = Callable[[DeskError | Rejected], None]


def save_paper(
    operations: Operations,
    owner: QWidget,
    made: Made,
    file: Path,
    done: Done | None = None,
    failed: Failed | None = None,
    *,
    silent: bool = False,
) -> None:
    """Write a paper to a file and file it in the desk; a list is only written.

    Args:
        operations: Where it is done.
        owner: Who asks.
        made: The paper.
        file: Where it goes.
        done: Takes what was filed.
        failed: Takes trouble; if only the desk cannot be written, the file is there.
        silent: No notice.
    """
    briefings = operations.office.briefings

    def keep(_: object) -> Changes:
        only_written = isinstance(made.wish, ListWish)
        return Changes(f"Saved: {file.name}") if only_written else briefings.file(made, f"saved as {file.name}")

    operations.make_and_write(owner, lambda: write_whole(file, made.data, "saved"), keep, done, failed, silent=silent)


def print_paper(
    operations: Operations,
    owner: QWidget,
    made: Made,
    printer: QPrinter | None,
    done: Done | None = None,
    failed: Failed | None = None,
    *,
    silent: bool = False,
) -> bool:
    """Print a paper and file it in the desk; a list is only printed.

    Args:
        operations: Where it is done.
        owner: Who asks.
        made: The paper.
        printer: Print on this one; the system's dialog asks if none is given.
        done: Takes what was filed.
        failed: Takes trouble.
        silent: No notice.

    Returns:
        Whether it is on its way; False if there is trouble, or the officer changed their mind.
    """
    briefings = operations.office.briefings
    try:
        target = choose_printer(owner, made.data, printer)
    except DeskError as trouble:
        operations.sort_out(trouble, failed)
        return False
    if target is None:
        return False

    def keep(sent: int) -> Changes:
        if isinstance(made.wish, ListWish):
            return Changes(f"Printed: {made.title}, {plural(sent, 'page')}")
        return briefings.file(made, "printed")

    operations.make_and_write(owner, lambda: send_to(target, made.data, made.title), keep, done, failed, silent=silent)
    return True
