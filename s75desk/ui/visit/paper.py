"""Prints and saves the sheet and the report of the visit on show, and files them in the desk."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget

from s75desk.domain.changes import Changes
from s75desk.domain.errors import DeskError, Rejected
from s75desk.domain.lanes import Lane
from s75desk.domain.records.briefing import BriefingKind
from s75desk.domain.wording import plural
from s75desk.services.briefings import Made, VisitWish
from s75desk.ui.filing import print_paper, save_paper
from s75desk.ui.operations import Operations
from s75desk.ui.visit.session import VisitSession


class Paper(QObject):
    """See the module.

    Args:
        operations: Reads and writes of the open desk.
        session: The visit.
        say: Shows what happened beside the buttons.
        window: Asks for the printer.
    """

    def __init__(
        self, operations: Operations, session: VisitSession, say: Callable[[str], None], window: QWidget
    ) -> None:
        super().__init__(window)
        self._operations = operations
        self._session = session
        self._say = say
        self._window = window

    def print_sheet(self, printer: QPrinter | None = None) -> None:
        """Print the feedback sheet through the system's dialog, or at once on a printer that is given."""
        self._make(BriefingKind.FEEDBACK_SHEET, lambda made: self._print(made, printer))

    def save_sheet(self, file: Path) -> None:
        """Save the feedback sheet as a PDF."""
        self._make(BriefingKind.FEEDBACK_SHEET, lambda made: self._save(made, file))

    def save_report(self, file: Path) -> None:
        """Save the visit report as a PDF."""
        self._make(BriefingKind.VISIT_REPORT, lambda made: self._save(made, file))

    def _make(self, kind: BriefingKind, then: Callable[[Made], None]) -> None:
        """Make the pages of what is on the disk by then: what was typed goes there first."""
        self._session.settle()
        briefings = self._operations.office.briefings
        wish = VisitWish(self._session.visit, kind, self._operations.office.place.today())
        self._say("Working out the pages…")
        self._operations.read(self, lambda: briefings.make(wish), then, self._fail, lane=Lane.LONG)

    def _print(self, made: Made, printer: QPrinter | None) -> None:
        self._say("Not printed.")  # until it is
        filed = self._filed(made, "Printed")
        if print_paper(self._operations, self._window, made, printer, filed, self._fail, silent=True):
            self._say("Printing…")

    def _save(self, made: Made, file: Path) -> None:
        filed = self._filed(made, f"Saved as {file.name}")
        save_paper(self._operations, self._window, made, file, filed, self._fail, silent=True)

    def _filed(self, made: Made, what: str) -> Callable[[Changes], None]:
        said = (f"{what}: {plural(made.pages, 'page')}. It is filed under Briefings.", *made.warnings)
        return lambda _: self._say(" ".join(said))

    def _fail(self, trouble: DeskError | Rejected) -> None:
        self._say(str(trouble))
