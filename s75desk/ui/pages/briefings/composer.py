"""Making a briefing: options on the left, the PDF itself on the right; saved or printed, it is filed in the desk."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QVBoxLayout, QWidget

from s75desk.domain.changes import Changes
from s75desk.domain.errors import DeskError
from s75desk.domain.lanes import Lane
from s75desk.domain.records.briefing import BriefingKind
from s75desk.domain.status import Shape
from s75desk.domain.wording import count_words, plural
from s75desk.services.briefings import AnyWish, Made, Wish
from s75desk.services.visit_dossiers import VisitChoice
from s75desk.ui.filing import print_paper, save_paper
from s75desk.ui.pages.briefings.preview import PdfPreview
from s75desk.ui.pages.briefings.sections import SectionList
from s75desk.ui.pages.briefings.subject import Subject
from s75desk.ui.pages.context import Context
from s75desk.ui.theme import Theme
from s75desk.ui.widgets.buttons import make_button
from s75desk.ui.widgets.chip import ShapeMark
from s75desk.ui.widgets.error_panel import ErrorPanel
from s75desk.ui.widgets.file_dialogs import PDF, Purpose, ask_save, paper_name
from s75desk.ui.widgets.labels import Label, WrappedLabel
from s75desk.ui.widgets.layouts import column, row
from s75desk.ui.widgets.surface import Hairline, Surface

_WAIT_MS = 300

_Sections = tuple[tuple[tuple[str, str], ...], tuple[str, ...]]
_Offered = tuple[list[tuple[str, str]], tuple[VisitChoice, ...], _Sections]


class Composer(QWidget):
    """See the module.

    Signals:
        closed: Back to the list of briefings.
    """

    closed = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.made: Made | None = None
        self._asked = 0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WAIT_MS)
        self._timer.timeout.connect(self._make)
        self.preview = PdfPreview(self)
        self._error = ErrorPanel(parent=self)
        self._error.hide()
        self._error.retry_pressed.connect(self._make)
        self._build()

    def open(self, uid: str = "", kind: BriefingKind = BriefingKind.AGREEMENT) -> None:
        """Start a briefing of an agreement or of a visit, or of the first there is."""
        self._subject.begin()
        self.made = None
        office = self.context.office

        def read() -> _Offered:
            briefings = office.briefings
            return (
                office.records.lookup("agreement"),
                briefings.visits.choices(),
                (briefings.sections(), briefings.essentials()),
            )

        def show(found: _Offered) -> None:
            agreements, visits, sections = found
            self._subject.fill(agreements, visits, kind, uid)
            if not self._sections.count():
                self._sections.set_sections(*sections)
            self._dress_for_kind()
            self._make()
            self.take_keyboard()

        self.context.operations.read(self, read, show, self._fail)

    def take_keyboard(self) -> None:
        """Put the keyboard into the field that says what it is made of."""
        self._subject.take_keyboard()

    def wish(self) -> AnyWish | None:
        """What is asked for, or None while the date cannot be read or there is nothing to make it of."""
        return self._subject.wish(self._sections.ticked(), workings=self._workings.isChecked())

    @property
    def kind(self) -> BriefingKind:
        """Which kind of briefing is being made."""
        return self._subject.kind

    @property
    def of(self) -> str:
        """The agreement or the visit it is made of; "" if there is none."""
        return self._subject.uid

    def save_to(self, file: Path) -> None:
        """Save the PDF on show and file it in the desk."""
        made = self.made
        if made is not None:
            save_paper(self.context.operations, self, made, file)

    def print_now(self, printer: QPrinter | None = None) -> None:
        """Print the PDF on show and file it in the desk."""
        if self.made is not None:
            print_paper(self.context.operations, self, self.made, printer)

    # Making

    def _changed(self) -> None:
        self._timer.start()

    def _make(self) -> None:
        self._timer.stop()
        wish = self.wish()
        if wish is None:
            return
        self._asked += 1
        asked = self._asked
        self._foot.setText("Working out the pages…")

        def take(made: Made) -> None:
            if asked == self._asked:
                self._show(made)

        briefings = self.context.office.briefings
        self.context.operations.read(self, lambda: briefings.make(wish), take, self._fail, lane=Lane.LONG)

    def _show(self, made: Made) -> None:
        self.made = made
        self._error.hide()
        self.preview.show()
        self.preview.show_pdf(made.data)
        if not made.content:
            self._sections.set_pages(self.preview.outline())
        questions = made.questions
        self._doubts.setVisible(bool(questions))
        if questions:
            figure = "figure" if len(questions) == 1 else "figures"
            self._doubts_title.setText(f"{count_words(len(questions))} {figure} in doubt")
            shown = "; ".join(question.title for question in questions[:2])
            more = f"; and {len(questions) - 2} more" if len(questions) > 2 else ""
            verb = "It is" if len(questions) == 1 else "All are"
            self._doubts_text.setText(f"{shown}{more}. {verb} printed as stated, with a note.")
        words = f"{plural(made.pages, 'page')}, tagged for screen readers. Filed in this desk when saved or printed."
        if made.content and made.version is None:
            words = f"A draft: this visit is not signed. {words}"
        if made.warnings:
            words = f"{' '.join(made.warnings)} {words}"
        self._foot.setText(words)
        self._save.withhold("")
        self._print.withhold("")

    def _fail(self, trouble: DeskError) -> None:
        self.made = None
        for button in (self._save, self._print):
            button.withhold("There are no pages to save or print.")
        self._error.set_trouble(trouble)
        self._error.show()
        self.preview.hide()
        self._foot.setText("")

    def _dress_for_kind(self) -> None:
        """Show what can be chosen for this kind; a paper on a visit has no sections to choose."""
        of_visit = self._subject.of_visit
        self._title.setText(self._subject.kind.word)
        for part in (self._sections_title, self._sections_hint, self._sections):
            part.setVisible(not of_visit)
        self._workings.setVisible(self._subject.kind is not BriefingKind.FEEDBACK_SHEET)
        self._filler.setVisible(of_visit)
        nothing = of_visit and not self._subject.uid
        self._nothing.setVisible(nothing)
        if nothing:
            self._clear()

    def _clear(self) -> None:
        """Nothing to make: no page on show, nothing to save."""
        self.made = None
        self._asked += 1
        self.preview.hide()
        self._doubts.hide()
        self._foot.setText("")
        for button in (self._save, self._print):
            button.withhold("There is no visit to print.")

    def _ask_save(self) -> None:
        if self.made is None:
            return
        suggested = paper_name(self.made.title, self.made.kind.value, self.made.wish.as_at)
        file = ask_save(self, Purpose.PAPER, "Save the briefing", suggested, PDF, ".pdf")
        if file is not None:
            self.save_to(file)

    def _ask_print(self) -> None:
        self.print_now()

    def _see_doubts(self) -> None:
        if self.made is not None and isinstance(self.made.wish, Wish):
            self.context.navigator.open("agreement", self.made.wish.agreement, "Doubts")

    # Build

    def _build(self) -> None:
        back = make_button("All briefings", "chevron_left", "quiet", parent=self)
        back.clicked.connect(self.closed)
        self._subject = Subject(self.context, self)
        # The parts of it that pictures and tests work.
        self._audience = self._subject.audience
        self._as_at = self._subject.as_at
        self._as_at_message = self._subject.as_at_message
        self._sections = SectionList(self)
        self._workings = QCheckBox("Show how every figure was worked out", self)
        self._title = Label("Agreement briefing", "title", bold=True)
        self._sections_title = Label("Sections", "heading", bold=True)
        self._sections_hint = Label("drag, or Alt with up and down", colour="muted")
        self._nothing = WrappedLabel("No visit has begun yet. Start one from the Quality visits tab.", colour="muted")
        self._nothing.hide()
        self._filler = QWidget(self)
        self._filler.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self._filler.hide()
        metrics = Theme.of(self).metrics
        self._doubts = Surface("well", self)
        self._doubts_title = Label("", bold=True)
        self._doubts_text = WrappedLabel("")
        see = make_button("See them", "", "quiet")
        see.clicked.connect(self._see_doubts)
        column(
            row(ShapeMark(Shape.DOUBT), self._doubts_title, None, see, gap=8),
            self._doubts_text,
            gap=2,
            margins=(12, 8, 8, 8),
            parent=self._doubts,
        )
        self._doubts.hide()
        self._save = make_button("Save PDF", "file", "primary", key="Ctrl+S", parent=self)
        self._print = make_button("Print", "briefing", key="Ctrl+P", parent=self)
        for button in (self._save, self._print):
            button.withhold("The pages are being worked out.")
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._save.clicked.connect(self._ask_save)
        self._print.clicked.connect(self._ask_print)
        self._foot = WrappedLabel("", "caption", colour="muted", parent=self)
        side = Surface("surface", self)
        side.setFixedWidth(metrics.px(28))
        column(
            row(back, None),
            self._title,
            6,
            self._subject,
            8,
            self._nothing,
            row(self._sections_title, self._sections_hint, None),
            (self._sections, 1),
            (self._filler, 1),
            6,
            self._workings,
            8,
            self._doubts,
            10,
            row((self._save, 1), (self._print, 1), gap=8),
            6,
            self._foot,
            gap=0,
            margins=(20, 8, 20, 10),
            parent=side,
        )
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.addWidget(self._error)
        right.addWidget(self.preview, 1)
        whole = row(side, Hairline(upright=True), (right, 1), gap=0)
        self.setLayout(whole)
        self._subject.changed.connect(self._changed)
        self._subject.kind_changed.connect(self._dress_for_kind)
        self._sections.changed.connect(self._changed)
        self._workings.toggled.connect(self._changed)
        self.context.operations.bus.changed.connect(self._desk_changed)

    def _desk_changed(self, changes: Changes) -> None:
        if self.isVisible() and changes.kinds - {"briefing"}:
            self._changed()
