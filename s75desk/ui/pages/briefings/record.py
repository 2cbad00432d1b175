"""One briefing as it left the desk: the PDF itself, its fingerprint, saved again or printed again."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget

from s75desk.domain.changes import Changes
from s75desk.domain.errors import DeskError
from s75desk.domain.lanes import Lane
from s75desk.domain.records import Briefing
from s75desk.domain.records.briefing import BriefingKind
from s75desk.domain.statuses.kept import briefing_status
from s75desk.domain.wording import date_long, plural
from s75desk.services.briefings import VISIT_KINDS, version_words
from s75desk.services.exporting import write_whole
from s75desk.ui.navigation import Destination
from s75desk.ui.pages.briefings.preview import PdfPreview
from s75desk.ui.pages.context import Context
from s75desk.ui.pages.field_sheet import FieldSheet
from s75desk.ui.pages.form_pane import FormWish, wish_for_edit
from s75desk.ui.pages.history_page import HistoryPage
from s75desk.ui.pages.record_view import RecordView, Step, SubPage
from s75desk.ui.widgets.file_dialogs import PDF, Purpose, ask_save, paper_name
from s75desk.ui.widgets.pdf_printing import choose_printer, send_to


@dataclass(frozen=True, slots=True)
class FiledBriefing:
    """A filed briefing with its bytes, and what it is of."""

    briefing: Briefing
    data: bytes
    of: str


class BriefingRecord(RecordView):
    """The page of one filed briefing."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, "briefing", (), parent)
        self.filed: FiledBriefing | None = None
        self.preview = PdfPreview(self)
        self.about = FieldSheet(parent=self)
        self.history = HistoryPage(context, self)
        details = SubPage(parent=self)
        details.put(self.about)
        self.add_sub_page("Pages", self.preview)
        self.add_sub_page("Details", details)
        self.add_sub_page("History", self.history)

    def read(self, uid: str) -> FiledBriefing:
        """The briefing and its PDF."""
        service = self.context.office.briefings
        briefing = service.get(Briefing, uid)
        return FiledBriefing(briefing, service.bytes_of(uid), service.of(briefing))

    def show_page(self, page: FiledBriefing) -> None:
        """Show it."""
        self.filed = page
        briefing = page.briefing
        made = briefing.printed.astimezone() if briefing.printed else None
        when = f"{date_long(made.date())} at {made:%H:%M}" if made else "on a date not known"
        how = briefing.how or "made"
        for_ = f"  ·  for {briefing.audience}" if briefing.audience else ""
        kind = briefing.kind.word if briefing.kind else ""
        as_at = f"as at {date_long(briefing.as_at)}" if briefing.as_at else "as-at date not known"
        status = briefing_status(how, when)
        self.set_header(briefing.title, f"{as_at}{for_}", status)
        self.set_steps(
            (
                ("Print again", "briefing", "Ctrl+P", self.print_again),
                ("Save a copy", "file", "", self._ask_save),
                *self._again(briefing),
            )
        )
        self.preview.show_pdf(page.data)
        self.about.set_pairs(
            [
                ("Kind", ", ".join(part for part in (kind, version_words(briefing)) if part)),
                ("Of", page.of),
                ("For", briefing.audience or "Not stated"),
                ("As at", date_long(briefing.as_at) if briefing.as_at else ""),
                ("Made", when),
                ("How", how),
                ("Pages", plural(briefing.pages, "page") if briefing.pages else ""),
                ("SHA-256 of the PDF", briefing.sha256 or ""),
                *([("SHA-256 of the content", briefing.content)] if briefing.content else []),
                ("Note", briefing.note or "None"),
            ]
        )
        self.history.show_history("briefing", briefing.uid)

    def edit_wish(self) -> FormWish | None:
        """Title, audience and note can be changed; the PDF cannot."""
        return wish_for_edit(self.filed.briefing) if self.filed else None

    def print_again(self, printer: QPrinter | None = None) -> None:
        """Print the PDF as it was, through the system's dialog, or at once on a printer that is given."""
        filed, operations = self.filed, self.context.operations
        if filed is None:
            return
        try:
            target = choose_printer(self, filed.data, printer)
        except DeskError as trouble:
            operations.sort_out(trouble)
            return
        if target is not None:

            def send() -> Changes:
                send_to(target, filed.data, filed.briefing.title)
                return Changes("")

            operations.write(self, send, lane=Lane.OUT)

    def save_copy(self, file: Path) -> None:
        """Write the PDF to a file."""
        filed = self.filed
        if filed is None:
            return

        def write() -> Changes:
            write_whole(file, filed.data, "saved")
            return Changes(f"Saved: {file.name}")

        self.context.operations.write(self, write, lane=Lane.OUT)

    def _ask_save(self) -> None:
        if self.filed is not None:
            filed = self.filed.briefing
            suggested = paper_name(filed.title, filed.kind.value if filed.kind else "", filed.as_at)
            file = ask_save(self, Purpose.PAPER, "Save a copy", suggested, PDF, ".pdf")
            if file is not None:
                self.save_copy(file)

    def _again(self, briefing: Briefing) -> tuple[Step, ...]:
        """A new one of the same; what was printed from a page is made anew from there."""
        made_here = (BriefingKind.AGREEMENT, *VISIT_KINDS)
        return (("Make a new one", "plus", "", self._make_new),) if briefing.kind in made_here else ()

    def _make_new(self) -> None:
        if self.filed is not None:
            briefing = self.filed.briefing
            of_visit = briefing.kind in VISIT_KINDS and briefing.kind is not None
            new = briefing.kind.value if of_visit and briefing.kind else "briefing"
            uid = briefing.visit if of_visit else briefing.agreement
            self.context.navigator.go(Destination("briefings", new=new, filter=uid or ""))
