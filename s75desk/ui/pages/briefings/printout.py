"""What is in front, on paper: its pages, what else can be printed from there, and the ways to print and save it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QButtonGroup, QLineEdit, QRadioButton, QSizePolicy, QVBoxLayout, QWidget

from s75desk.domain.changes import Changes
from s75desk.domain.errors import DeskError
from s75desk.domain.lanes import Lane
from s75desk.domain.wording import plural
from s75desk.services.briefings import Made
from s75desk.services.paper_wishes import ListWish, PaperWish
from s75desk.ui.filing import print_paper, save_paper
from s75desk.ui.navigation import Destination
from s75desk.ui.pages.briefings.preview import PdfPreview
from s75desk.ui.pages.context import Context
from s75desk.ui.pages.printing import Printable
from s75desk.ui.theme import Theme
from s75desk.ui.widgets.buttons import make_button
from s75desk.ui.widgets.error_panel import ErrorPanel
from s75desk.ui.widgets.file_dialogs import PDF, Purpose, ask_save, paper_name
from s75desk.ui.widgets.labels import Label, WrappedLabel
from s75desk.ui.widgets.layouts import column, row
from s75desk.ui.widgets.surface import Hairline, Surface

_WAIT_MS = 300


class Printout(QWidget):
    """See the module.

    Signals:
        closed: Back to where it was asked for.

    Attributes:
        made: The paper on show, or None while there is none.
    """

    closed = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.made: Made | None = None
        self._offered: tuple[Printable, ...] = ()
        self._chosen = 0
        self._asked = 0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WAIT_MS)
        self._timer.timeout.connect(self._make)
        self.preview = PdfPreview(self)
        self._error = ErrorPanel(parent=self)
        self._error.hide()
        self._error.retry_pressed.connect(self._make)
        self._group = QButtonGroup(self)
        self._group.idClicked.connect(self._choose)
        self._build()

    def offer(self, found: Sequence[Printable]) -> None:
        """Show the first of these on paper, and offer the others."""
        self._offered = tuple(found)
        self._chosen = 0
        for button in self._group.buttons():
            self._group.removeButton(button)
            button.hide()
            button.deleteLater()
        for place, each in enumerate(self._offered):
            button = QRadioButton(each.words.replace("&", "&&"), self._choices)
            button.setChecked(place == 0)
            self._group.addButton(button, place)
            self._choices_column.addWidget(button)
            button.show()
        self._make()

    def wish(self) -> PaperWish | None:
        """What is to be printed; None where nothing was offered yet."""
        if not self._offered:
            return None
        what = self._offered[self._chosen].what
        return None if isinstance(what, Destination) else replace(what, audience=self.audience.text().strip())

    def take_keyboard(self) -> None:
        """Put the keyboard on what is printed: the arrows choose another."""
        button = self._group.checkedButton()
        if button is not None:
            button.setFocus(Qt.FocusReason.OtherFocusReason)

    def save_to(self, file: Path) -> None:
        """Save the paper on show; all but a list is filed in the desk."""
        made = self.made
        if made is not None:
            save_paper(self.context.operations, self, made, file)

    def print_now(self, printer: QPrinter | None = None) -> None:
        """Print the paper on show; all but a list is filed in the desk."""
        if self.made is not None:
            print_paper(self.context.operations, self, self.made, printer)

    # Making

    def _choose(self, place: int) -> None:
        what = self._offered[place].what
        if isinstance(what, Destination):
            self._group.button(self._chosen).setChecked(True)
            self.context.navigator.go(what)
            return
        self._chosen = place
        self._make()

    def _changed(self) -> None:
        self._timer.start()

    def _make(self) -> None:
        self._timer.stop()
        wish = self.wish()
        if wish is None:
            return
        self._asked += 1
        asked = self._asked
        self.made = None
        self._foot.setText("Working out the pages…")
        self._hold("The pages are being worked out.")

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
        self._title.setText(made.title)
        filed = (
            "A list is not filed." if isinstance(made.wish, ListWish) else "Filed in this desk when saved or printed."
        )
        self._foot.setText(
            " ".join((*made.warnings, f"{plural(made.pages, 'page')}, tagged for screen readers.", filed))
        )
        self._hold("")

    def _fail(self, trouble: DeskError) -> None:
        self.made = None
        self._hold("There are no pages to save or print.")
        self._error.set_trouble(trouble)
        self._error.show()
        self.preview.hide()
        self._foot.setText("")

    def _hold(self, reason: str) -> None:
        for button in (self._save, self._print):
            button.withhold(reason)

    def _ask_save(self) -> None:
        if self.made is None:
            return
        suggested = paper_name(self.made.title, self.made.kind.value, self.made.wish.as_at)
        file = ask_save(self, Purpose.PAPER, "Save the paper", suggested, PDF, ".pdf")
        if file is not None:
            self.save_to(file)

    def _ask_print(self) -> None:
        self.print_now()

    def _desk_changed(self, changes: Changes) -> None:
        if self.isVisible() and changes.kinds - {"briefing"} and not isinstance(self.wish(), ListWish):
            self._changed()

    # Build

    def _build(self) -> None:
        back = make_button("Back", "chevron_left", "quiet", key="Alt+Left", parent=self)
        back.clicked.connect(self.closed)
        self._title = Label("", "title", bold=True, parent=self)
        self._title.setWordWrap(True)
        self._choices = QWidget(self)
        self._choices_column = column(gap=6, parent=self._choices)
        self.audience = QLineEdit(self)
        self.audience.setAccessibleName("For")
        self.audience.setPlaceholderText("whom it is for, if anyone in particular")
        self.audience.textChanged.connect(self._changed)
        label = Label("For", parent=self)
        label.setBuddy(self.audience)
        self._print = make_button("Print", "briefing", "primary", key="Ctrl+P", parent=self)
        self._save = make_button("Save PDF", "file", parent=self)
        for button in (self._print, self._save):
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._print.clicked.connect(self._ask_print)
        self._save.clicked.connect(self._ask_save)
        self._foot = WrappedLabel("", "caption", colour="muted", parent=self)
        side = Surface("surface", self)
        side.setFixedWidth(Theme.of(self).metrics.px(28))
        column(
            row(back, None),
            self._title,
            8,
            Label("What to print", "heading", bold=True),
            4,
            self._choices,
            10,
            row(label, (self.audience, 1), gap=10),
            None,
            row((self._print, 1), (self._save, 1), gap=8),
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
        self.setLayout(row(side, Hairline(upright=True), (right, 1), gap=0))
        self.context.operations.bus.changed.connect(self._desk_changed)
