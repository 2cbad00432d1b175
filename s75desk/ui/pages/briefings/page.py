"""The Briefings tab: what was printed, each with its PDF and fingerprint, and the making of a new one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from s75desk.domain.records.briefing import BriefingKind
from s75desk.domain.wording import date_short, plural
from s75desk.services.briefings import BriefingRow
from s75desk.ui.itemmodels.cells import Cell, Column
from s75desk.ui.navigation import Destination
from s75desk.ui.pages.briefings.composer import Composer
from s75desk.ui.pages.briefings.printout import Printout
from s75desk.ui.pages.briefings.record import BriefingRecord
from s75desk.ui.pages.context import Context
from s75desk.ui.pages.list_page import ListPage, ListSpec
from s75desk.ui.pages.printing import Printable

PRINTOUT = "printout"
"""What a destination names as new where the paper that was offered is to be shown."""

_UNKNOWN = Cell("Not known", colour="muted")


def _printed(row: BriefingRow) -> Cell:
    if row.printed is None:
        return _UNKNOWN
    local = row.printed.astimezone()
    return Cell(f"{date_short(local.date())} {local:%H:%M}", sort=row.printed)


COLUMNS: list[Column[BriefingRow]] = [
    Column(
        "title",
        "Briefing",
        lambda r: Cell(r.title, f"{r.kind} · for {r.audience}" if r.audience != "Not stated" else r.kind),
        "two_line",
        0,
        second="Kind and audience",
    ),
    Column("of", "Of", lambda r: Cell(r.of), "text", 14, from_width=60),
    Column("as_at", "As at", lambda r: Cell(date_short(r.as_at), sort=r.as_at) if r.as_at else _UNKNOWN, "date", 8),
    Column("printed", "Made", _printed, "text", 10.5, from_width=40, sort_key=lambda r: r.printed),
    Column("pages", "Pages", lambda r: Cell(f"{r.pages}", sort=r.pages) if r.pages else _UNKNOWN, "number", 5),
    Column("how", "How", lambda r: Cell(r.how), "text", 14, from_width=74),
    Column("sha", "SHA-256", lambda r: Cell(r.sha256[:12], tip=r.sha256, colour="muted"), "text", 9, from_width=84),
]


class _FiledBriefings(ListPage):
    """The list of what was printed."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        spec = ListSpec(
            page="briefings",
            title="Briefings",
            hint="Search title, agreement, visit, audience",
            new="New briefing",
            columns=COLUMNS,
            uid=lambda row: row.uid,
            search=lambda row: " ".join((row.title, row.kind, row.of, row.audience, row.sha256)),
            load=lambda archived: context.office.briefings.rows(archived=archived),
            stale=frozenset({"briefing", "agreement", "visit", "service"}),
            count=_count,
            empty_title="No briefings yet",
            empty_text="Print one from an agreement or a visit. It is filed here as it left the desk, with its\n"
            "fingerprint, so that you can always show what was on the table.",
            split=0.47,
        )
        super().__init__(context, spec, BriefingRecord(context), parent=parent)

    def start_new(self) -> None:
        """A new briefing is made in the composer, not in a form."""
        self.context.navigator.go(Destination("briefings", new="briefing"))


class BriefingsPage(QWidget):
    """List, composer and what was asked for elsewhere take turns."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.filed = _FiledBriefings(context, self)
        self.composer = Composer(context, self)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.filed)
        self._stack.addWidget(self.composer)
        self.printout = Printout(context, self)
        self._stack.addWidget(self.printout)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)
        self.composer.closed.connect(self._left)
        self.printout.closed.connect(context.navigator.back)

    def offer(self, found: Sequence[Printable]) -> None:
        """Show something on paper that is in front elsewhere."""
        self.printout.offer(found)
        self.context.navigator.go(Destination("briefings", new=PRINTOUT))

    def arrive(self, destination: Destination) -> None:
        """Show the composer for an agreement or a visit, a filed briefing, or the list.

        ``destination.new`` is a value of ``BriefingKind``, or "briefing" for one of an agreement; ``filter`` is the uid
        of what it is made of.
        """
        if destination.new == PRINTOUT:
            self._stack.setCurrentWidget(self.printout)
            self.printout.take_keyboard()
        elif destination.new:
            self._stack.setCurrentWidget(self.composer)
            kind = destination.new
            known = [each.value for each in BriefingKind]
            self.composer.open(destination.filter, BriefingKind(kind) if kind in known else BriefingKind.AGREEMENT)
        else:
            if destination.uid:
                self._stack.setCurrentWidget(self.filed)
            self.filed.arrive(destination)

    def where(self) -> Destination:
        """Where the page is now."""
        if self._stack.currentWidget() is self.composer:
            kind = self.composer.kind
            new = "briefing" if kind is BriefingKind.AGREEMENT else kind.value
            return Destination("briefings", new=new, filter=self.composer.of)
        if self._stack.currentWidget() is self.printout:
            return Destination("briefings", new=PRINTOUT)
        return self.filed.where()

    def focus_search(self) -> None:
        """Put the cursor into the search field of the list."""
        self._show_list()
        self.filed.focus_search()

    def take_keyboard(self) -> None:
        """Put the keyboard into the list, or into the composer's first field."""
        if self._stack.currentWidget() is self.composer:
            self.composer.take_keyboard()
        elif self._stack.currentWidget() is self.printout:
            self.printout.take_keyboard()
        else:
            self.filed.take_keyboard()

    def start_new(self) -> None:
        """Open the composer."""
        self.filed.start_new()

    def edit_current(self) -> None:
        """Edit the note of a filed briefing."""
        if self._stack.currentWidget() is self.filed:
            self.filed.edit_current()

    def archive_current(self) -> None:
        """Archive a filed briefing."""
        if self._stack.currentWidget() is self.filed:
            self.filed.archive_current()

    def print_current(self) -> None:
        """Print what is on show."""
        if self._stack.currentWidget() is self.composer:
            self.composer.print_now()
        elif self._stack.currentWidget() is self.printout:
            self.printout.print_now()
        else:
            self.filed.record.print_again()  # type: ignore[attr-defined]

    def export(self, what: str = "xlsx") -> None:
        """Export the list."""
        self.filed.export(what)

    def refresh_if_stale(self) -> None:
        """Read the list again if a briefing was filed."""
        self.filed.refresh_if_stale()

    def _left(self) -> None:
        self._show_list()
        self.filed.take_keyboard()

    def _show_list(self) -> None:
        self._stack.setCurrentWidget(self.filed)
        self.filed.refresh_if_stale()


def _count(shown: Sequence[BriefingRow], rows: Sequence[BriefingRow]) -> str:
    words = plural(len(rows), "briefing")
    return words if len(shown) == len(rows) else f"{len(shown)} of {words}"
