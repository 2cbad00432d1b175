"""Making a briefing: options on the left, the PDF itself on the right; saved or printed, it is filed in the desk."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QGridLayout,
    QLineEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from s75desk.domain.changes import Changes
from s75desk.domain.errors import DeskError
from s75desk.domain.parsing import NotUnderstood, parse_date
from s75desk.domain.status import Shape
from s75desk.domain.wording import count_words, date_long, plural
from s75desk.services.briefings import Made, Wish
from s75desk.ui.pages.briefings.preview import PdfPreview
from s75desk.ui.pages.briefings.sections import SectionList
from s75desk.ui.pages.context import Context
from s75desk.ui.theme import Theme
from s75desk.ui.widgets.buttons import make_button
from s75desk.ui.widgets.chip import ShapeMark
from s75desk.ui.widgets.error_panel import ErrorPanel
from s75desk.ui.widgets.labels import Label, WrappedLabel
from s75desk.ui.widgets.layouts import column, row
from s75desk.ui.widgets.styling import set_look
from s75desk.ui.widgets.surface import Hairline, Surface

_WAIT_MS = 300


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

    def open(self, agreement: str = "") -> None:
        """Start a briefing of an agreement, or of the first there is."""
        self._as_at.setText(date_long(self.context.today))
        self.made = None
        office = self.context.office

        def read() -> tuple[list[tuple[str, str]], tuple[tuple[str, str], ...]]:
            return office.records.lookup("agreement"), office.briefings.sections()

        def show(found: tuple[list[tuple[str, str]], tuple[tuple[str, str], ...]]) -> None:
            agreements, sections = found
            self._agreement.blockSignals(True)
            self._agreement.clear()
            for uid, title in agreements:
                self._agreement.addItem(title, uid)
            place = self._agreement.findData(agreement)
            self._agreement.setCurrentIndex(max(0, place))
            self._agreement.blockSignals(False)
            if not self._sections.count():
                self._sections.set_sections(sections)
            self._make()
            self.take_keyboard()

        self.context.operations.read(self, read, show, self._fail)

    def take_keyboard(self) -> None:
        """Put the keyboard into the first field."""
        self._agreement.setFocus(Qt.FocusReason.OtherFocusReason)

    def wish(self) -> Wish | None:
        """What is asked for, or None while the date cannot be read or there is no agreement."""
        as_at = self._date()
        uid = self._agreement.currentData()
        sections = self._sections.ticked()
        if as_at is None or not uid:
            return None
        return Wish(str(uid), as_at, self._audience.text().strip(), sections, self._workings.isChecked())

    def save_to(self, file: Path) -> None:
        """Save the PDF on show and file it in the desk."""
        made = self.made
        if made is not None:
            self.context.operations.write(self, lambda: self.context.office.briefings.save_as(made, file))

    def print_now(self, printer: QPrinter | None = None) -> None:
        """Print the PDF on show and file it in the desk."""
        made = self.made
        if made is not None and self.preview.print_out(made.title, printer=printer):
            self.context.operations.write(self, lambda: self.context.office.briefings.file(made, "printed"))

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

        self.context.operations.read(self, lambda: self.context.office.briefings.make(wish), take, self._fail)

    def _show(self, made: Made) -> None:
        self.made = made
        self._error.hide()
        self.preview.show()
        self.preview.show_pdf(made.data)
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
        if made.warnings:
            words = f"{made.warnings[0]} {words}"
        self._foot.setText(words)
        self._save.withhold("")
        self._print.withhold("")

    def _fail(self, trouble: DeskError) -> None:
        self._error.set_trouble(trouble)
        self._error.show()
        self.preview.hide()
        self._foot.setText("")

    def _date(self) -> date | None:
        try:
            found = parse_date(self._as_at.text(), self.context.today)
        except NotUnderstood as trouble:
            set_look(self._as_at, "state", "fault")
            self._as_at_message.setText(trouble.reason)
            self._as_at_message.show()
            return None
        set_look(self._as_at, "state", "none")
        self._as_at_message.hide()
        return found

    def _normalise(self) -> None:
        found = self._date()
        if found is not None:
            self._as_at.setText(date_long(found))

    def _ask_save(self) -> None:
        if self.made is None:
            return
        suggested = f"{self.made.title}.pdf".replace("/", "-")
        name, _ = QFileDialog.getSaveFileName(self, "Save the briefing", suggested, "PDF (*.pdf)")
        if name:
            self.save_to(Path(name if name.lower().endswith(".pdf") else f"{name}.pdf"))

    def _ask_print(self) -> None:
        self.print_now()

    def _see_doubts(self) -> None:
        if self.made is not None:
            self.context.navigator.open("agreement", self.made.wish.agreement, "Doubts")

    # Build

    def _build(self) -> None:
        back = make_button("All briefings", "chevron_left", "quiet", parent=self)
        back.clicked.connect(self.closed)
        self._agreement = QComboBox(self)
        self._agreement.setAccessibleName("Agreement")
        self._agreement.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._audience = QLineEdit(self)
        self._audience.setAccessibleName("For")
        self._audience.setPlaceholderText("Adults and Health Committee")
        self._as_at = QLineEdit(self)
        self._as_at.setAccessibleName("As at")
        self._as_at_message = WrappedLabel("", "small", colour="alert_text", parent=self)
        self._as_at_message.hide()
        self._sections = SectionList(self)
        self._workings = QCheckBox("Show the working of every total", self)
        self._workings.setChecked(True)
        grid = QGridLayout()
        metrics = Theme.of(self).metrics
        grid.setHorizontalSpacing(metrics.space(10))
        grid.setVerticalSpacing(metrics.space(6))
        grid.setColumnStretch(1, 1)
        for line, (words, field) in enumerate(
            (("Agreement", self._agreement), ("For", self._audience), ("As at", self._as_at))
        ):
            label = Label(words, parent=self)
            label.setBuddy(field)
            grid.addWidget(label, line, 0)
            grid.addWidget(field, line, 1)
        grid.addWidget(self._as_at_message, 3, 1)
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
            Label("Agreement briefing", "title", bold=True),
            6,
            grid,
            8,
            row(Label("Sections", "heading", bold=True), Label("drag, or Alt with up and down", colour="muted"), None),
            (self._sections, 1),
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
        self._agreement.currentIndexChanged.connect(self._changed)
        self._audience.textChanged.connect(self._changed)
        self._as_at.textChanged.connect(self._changed)
        self._as_at.editingFinished.connect(self._normalise)
        self._sections.changed.connect(self._changed)
        self._workings.toggled.connect(self._changed)
        self.context.operations.bus.changed.connect(self._desk_changed)

    def _desk_changed(self, changes: Changes) -> None:
        if self.isVisible() and changes.kinds - {"briefing"}:
            self._changed()
