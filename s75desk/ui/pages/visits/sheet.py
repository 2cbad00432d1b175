"""What is known of a visit: what it came to and why, the plan, its signed versions, and the visits made before it."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QRect, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from s75desk.domain.british_time import signed_words
from s75desk.domain.records import Visit, VisitVersion
from s75desk.domain.statuses.visits import AHEAD, VisitProgress
from s75desk.domain.visits.due import NextVisit
from s75desk.domain.visits.found import people_words
from s75desk.domain.visits.standing import open_words, standing
from s75desk.domain.wording import number, plural, sentence_case, weekday_date
from s75desk.domain.working import Working
from s75desk.services.visits import VisitPage
from s75desk.ui.itemmodels.cells import Cell, Column
from s75desk.ui.pages.cell_words import said
from s75desk.ui.pages.child_columns import Names, columns_of
from s75desk.ui.pages.child_section import ChildSection
from s75desk.ui.pages.context import Context
from s75desk.ui.pages.field_sheet import AnyPair, Explained, FieldSheet
from s75desk.ui.pages.record_view import SubPage
from s75desk.ui.pages.visits.change_list import ChangeList
from s75desk.ui.theme import Theme
from s75desk.ui.widgets.chip import StatusChip
from s75desk.ui.widgets.labels import ElidedLabel, Label, WrappedLabel
from s75desk.ui.widgets.layouts import boxed, column, row
from s75desk.ui.widgets.read_table import ReadTable

_MARK = 12
"""Characters of a fingerprint that are shown; a page's foot has all of it."""


_VERSIONS: list[Column[VisitVersion]] = [
    Column("number", "Version", lambda v: Cell(number(v.number or 0)), "text", 5, sortable=False),
    Column(
        "signed", "Signed", lambda v: said(signed_words(v.signed) if v.signed else None), "text", 12.5, sortable=False
    ),
    Column("overall", "Overall", lambda v: said(v.overall), "text", 12, sortable=False),
    Column("mark", "Content", lambda v: _mark(v), "text", 9, sortable=False, from_width=44),
    Column("because", "Why", lambda v: _because(v), "text", 0, sortable=False),
]


def _mark(version: VisitVersion) -> Cell:
    if not version.sha256:
        return said(None)
    return Cell(version.sha256[:_MARK], tip=f"SHA-256 of the content: {version.sha256}")


def _because(version: VisitVersion) -> Cell:
    if version.because:
        return Cell(version.because, tip=version.because)
    return Cell("First version" if version.number == 1 else "Not known", colour="muted")


class RatingBlock(QWidget):
    """What a visit came to: chip, reasons, and what is still open."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._line = row(gap=10)
        self._chip: StatusChip | None = None
        self._open = ElidedLabel("", colour="muted", parent=self)
        self._reasons = QVBoxLayout()
        self._reasons.setContentsMargins(0, 0, 0, 0)
        title = Label("Overall rating", "heading", bold=True, parent=self)
        column(title, self._line, self._reasons, gap=6, parent=self)

    def show_page(self, page: VisitPage) -> None:
        """Show the rating; takes no room while nothing is answered."""
        self.setVisible(page.rating is not None and page.answered)
        if page.rating is None:
            return
        overall = page.rating.overall
        signed = page.book is not None and page.book.locked
        status, still = standing(overall, signed=signed), open_words(overall, signed=signed)
        if self._chip is None:
            self._chip = StatusChip(status, parent=self)
            self._line.put(self._chip)
            self._line.put((self._open, 1))
        self._chip.set_status(status)
        self._open.setText(f"{still.rstrip('.')}." if still else "")
        while (item := self._reasons.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self._reasons.setSpacing(Theme.of(self).metrics.space(6))
        for reason in overall.reasons:
            self._reasons.addWidget(WrappedLabel(reason, selectable=True, parent=self))


class VersionsBlock(QWidget):
    """The signed versions of a visit and what each says differently; takes no room while there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.versions: ReadTable[VisitVersion] = ReadTable(
            "Signed versions", _VERSIONS, uid=lambda version: version.uid, parent=self
        )
        self.changes = ChangeList(self)
        what = Label("What changed", "heading", bold=True, parent=self)
        legend = ElidedLabel("changed words in bold", colour="muted", parent=self)
        self._changed = boxed(column(row(what, (legend, 1), gap=8), self.changes, gap=4), self)
        self._caption = ElidedLabel("", colour="muted", parent=self)
        head = row(Label("Signed versions", "heading", bold=True, parent=self), (self._caption, 1), gap=8)
        column(head, self.versions, 12, self._changed, gap=4, parent=self)

    def show_page(self, page: VisitPage) -> None:
        """Show versions, the newest first."""
        versions = page.book.versions if page.book else ()
        self.setVisible(bool(versions))
        self.versions.set_rows(tuple(reversed(versions)))
        amending = bool(versions) and not (page.book and page.book.locked)
        self._caption.setText("kept as signed; being amended now" if amending else "kept as signed")
        self.changes.show_changes(page.changes)
        self._changed.setVisible(bool(page.changes))


class VisitSheet(SubPage):
    """See the module.

    Signals:
        form_asked: A ``FormWish``.
    """

    form_asked = Signal(object)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.context = context
        self.rating = RatingBlock(self)
        self.facts = FieldSheet(label_width=9, parent=self)
        self.facts.working_asked.connect(self._show_working)
        self.versions = VersionsBlock(self)
        shown = ("day", "kind", "outcome")
        self._progress: dict[str, VisitProgress] = {}
        names = Names({}, context.today, self._progress)
        columns: list[Column[Visit]] = [
            replace(column, from_width=50 if column.key == "kind" else 0)
            for column in columns_of(Visit, names)
            if column.key in shown
        ]
        columns.append(Column("summary", "Summary", lambda visit: said(visit.summary, tip=visit.summary or "")))
        self.earlier = ChildSection(
            context,
            "Earlier visits",
            columns,
            name="visit earlier visits",
            page_kind="visit",
            fixed=True,
            empty="None made before.",
            parent=self,
        )
        self.earlier.opened.connect(context.navigator.open)
        self.earlier.form_asked.connect(self.form_asked)
        facts = column(Label("Visit", "heading", bold=True, parent=self), self.facts, gap=8)
        self.put(self.rating, boxed(facts, self), self.versions, self.earlier)

    def show_visit(self, page: VisitPage) -> None:
        """Show a visit."""
        self.rating.show_page(page)
        self.facts.set_pairs(facts_of(page))
        self.versions.show_page(page)
        self._progress.clear()
        self._progress.update(page.earlier_progress)
        self.earlier.set_rows(page.earlier, f"to {page.service.name}" if page.earlier and page.service else "")

    def _show_working(self, working: Working, where: QRect) -> None:
        self.context.show_working(working, where)


def facts_of(page: VisitPage) -> list[AnyPair]:
    """Label and value of what is known of a visit; "" where it is not."""
    visit = page.visit
    planned = weekday_date(visit.planned) + (f" at {visit.at}" if visit.at else "") if visit.planned else ""
    made = visit.stage not in AHEAD
    pairs: list[AnyPair] = [
        ("Kind", visit.kind.word if visit.kind else ""),
        ("Planned for", planned),
        ("Length", plural(visit.days, "day") if visit.days else ""),
        ("Team", visit.team or ""),
        ("Question set", set_words(page)),
        ("Stage", visit.stage.word if visit.stage else ""),
        ("Made on", weekday_date(visit.made) if visit.made else ("" if made else "Not yet")),
        ("Outcome", page.outcome.word),
        ("Summary", visit.summary or ("" if made else "Not yet")),
    ]
    if page.book is not None and page.answered:
        pairs.append(("Spoken to", sentence_case(people_words(page.book))))
        comment = "None to make" if visit.no_comment else visit.comment or ""
        pairs.append(("Provider’s comment", comment))
    pairs += next_visit_pairs(page.next)
    if visit.source or visit.paragraph:
        pairs.append(("Source", visit.cited))
    if visit.note:
        pairs.append(("Note", visit.note))
    return pairs


def next_visit_pairs(found: NextVisit | None) -> list[AnyPair]:
    """How often a service is to be visited and when next, with the working of that."""
    if found is None:
        return []
    every = found.needs.every
    return [
        ("Visit every", every.words if every else ""),
        ("Next visit due", due_value(found)),
    ]


def due_value(found: NextVisit) -> Explained:
    """When a service is to be visited next, and by which rule; the date opens its working."""
    return Explained(found.figure, found.why)


def set_words(page: VisitPage) -> str:
    """The question set of a visit with its version; "" for none."""
    found = page.question_set
    if found is None:
        return ""
    return f"{found.title}, version {found.version}" if found.version else found.title
