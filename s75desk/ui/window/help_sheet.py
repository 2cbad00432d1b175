"""F1: what this page is for, and every key."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from s75desk.ui.navigation import VISIT_MODE
from s75desk.ui.pages.field_sheet import FieldSheet
from s75desk.ui.widgets.buttons import ToolIcon
from s75desk.ui.widgets.floating import FloatingSheet
from s75desk.ui.widgets.labels import Label, WrappedLabel
from s75desk.ui.widgets.layouts import column, row
from s75desk.ui.window.commands import Command
from s75desk.ui.window.top_bar import TABS

if TYPE_CHECKING:
    from s75desk.ui.window.desk_view import DeskView

WORDS: dict[str, str] = {
    "overview": "What needs you, in the order to deal with it. Press a count to see only what it counts. Enter opens "
    "the next step. “Why this order” says how the order is made.",
    "agreements": "Agreements and contracts. A dotted underline means that a figure has a working: press it, or F9. "
    "Whatever hangs under an agreement is on its sub-pages; Enter or F2 on a line edits it, Delete archives it.",
    "providers": "Providers and the services they run, with ratings as published. Old ratings are never recomputed.",
    "visits": "Quality visits planned and past, and services whose next visit is overdue.",
    "kpis": "KPIs with their latest figure and status. Missing figures are Not known, never good. A figure keeps its "
    "n and N where they are known. Ctrl+V shows figures copied in a spreadsheet before it writes them.",
    "actions": "Everything someone has undertaken to do, from any origin. Done is not yet verified.",
    "briefings": "What was printed, each as it left the desk. A new briefing shows its pages while you choose.",
    "organisations": "Councils, NHS bodies and companies that are parties or own providers.",
    "question_sets": "Question sets by version. A visit keeps the version it was made with.",
    "visit_mode": "One quality visit. Everything is on the disk within a second, also if the battery gives out: the "
    "next start opens the visit where you were. Nothing has to be answered in order; the left says what is left.",
    "notes": "Notes of an older desk. P lets a note print, K keeps it private; several can be "
    "marked. Ctrl+Z takes it back.",
    "archived": "Archived records. Restoring one brings back what was archived with it.",
}

_IN_PLACE: tuple[tuple[str, str], ...] = (
    ("Enter", "Open, or do the next step"),
    ("F6", "Next pane; with Shift the one before"),
    ("F8", "Next figure in doubt; Ctrl+Alt+R it is right, Ctrl+Alt+M to mend it, Ctrl+Alt+K to be asked"),
    ("F9", "Working of a figure"),
    ("Ctrl+PgDown", "Next sub-page; Ctrl+PgUp the one before"),
    ("Delete", "Archive, with undo"),
    ("Ctrl+C", "Copy the marked rows as a table"),
    ("Ctrl+V", "On a KPI: figures copied in a spreadsheet"),
    ("Ctrl+Return", "Save a form"),
    ("Esc", "Close what floats, then leave the field"),
)


class HelpSheet(FloatingSheet):
    """Floats over the window; Esc closes it."""

    def __init__(
        self,
        window: QWidget,
        page: str,
        title: str,
        commands: Sequence[Command],
        in_place: Sequence[tuple[str, str]] = _IN_PLACE,
    ) -> None:
        """Say what a page is for.

        Args:
            window: Any widget of the window.
            page: Name of the page.
            title: Its title.
            commands: What can be done now.
            in_place: Keys that are no commands, with what they do.
        """
        super().__init__(window, name=f"Help: {title}", width=48)
        close = ToolIcon("close", "Close", key="Esc", small=True)
        close.clicked.connect(self.close_sheet)
        self.body.put(row(Label(title, "title", bold=True), None, close))
        self.body.put(WrappedLabel(WORDS.get(page, "")))
        self.body.put(Label("Keys", "heading", bold=True))
        keys = [(", ".join(_native(one) or one for one in key.split(", ")), words) for key, words in in_place]
        keys += [(_native(command.key), command.words) for command in commands if command.key]
        inside = QWidget()
        inside.setObjectName("scrolled")
        column(FieldSheet(keys, label_width=9), None, gap=0, parent=inside)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inside)
        scroll.setMinimumHeight(min(420, window.height() - 280))
        scroll.setAccessibleName("Keys")
        self.body.put((scroll, 1))


def open_help(window: QWidget, view: DeskView) -> None:
    """Say what that is for which is on show: the page, or the visit that fills the window."""
    if view.visits.mode is not None:
        from s75desk.ui.visit.keys import HELP

        HelpSheet(window, VISIT_MODE, "At a visit", (), HELP).open_centred()
        return
    place = view.current().where().page
    title = next((words for page, words, _ in TABS if page == place), place.replace("_", " ").capitalize())
    HelpSheet(window, place, title, view.commands()).open_centred()


def _native(key: str) -> str:
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
