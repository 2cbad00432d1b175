"""The term of an agreement: drawn, with every end and notice day, its extensions, parties and links."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from s75desk.domain.dossier import AgreementDossier
from s75desk.domain.drawing import Drawing
from s75desk.domain.findings import Weight
from s75desk.domain.inferred import marked
from s75desk.domain.records import Agreement, BreakClause, Decision, Extension, Link, Party, Variation
from s75desk.domain.term_status import By
from s75desk.domain.wording import date_short
from s75desk.domain.working import UNKNOWN_FIGURE, Figure, Working
from s75desk.services.drawings import term_of_agreement
from s75desk.ui.pages.agreements.budget import Budget
from s75desk.ui.pages.agreements.entering import wish_for_agreement
from s75desk.ui.pages.agreements.lists import names_of
from s75desk.ui.pages.child_columns import Names, columns_of
from s75desk.ui.pages.child_section import ChildSection
from s75desk.ui.pages.context import Context
from s75desk.ui.pages.field_sheet import FieldSheet, noted
from s75desk.ui.pages.finding_list import FindingList
from s75desk.ui.pages.record_view import SubPage
from s75desk.ui.theme import Theme
from s75desk.ui.widgets.buttons import make_button
from s75desk.ui.widgets.drawing_view import DrawingView
from s75desk.ui.widgets.figure_button import FigureBlock
from s75desk.ui.widgets.labels import ElidedLabel, Label
from s75desk.ui.widgets.layouts import boxed, column, row

_WIDE = 75.0
"""Width in multiples of b from which a page shows the next sections too."""


class TermsPage(SubPage):
    """See the module.

    Signals:
        form_asked: A ``FormWish``.
    """

    form_asked = Signal(object)

    def __init__(self, context: Context, agreement: Callable[[], Agreement], parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.context = context
        self._agreement = agreement
        self._dossier: AgreementDossier | None = None
        self._words: dict[str, str] = {}
        names = Names(self._words, context.today)
        self._summary = ElidedLabel("", colour="muted", parent=self)
        edit = make_button("Edit", "pencil", "quiet", parent=self)
        edit.clicked.connect(self._edit)
        edit.setVisible(context.may_change)
        self.drawing = DrawingView(name="Term", parent=self)
        self.ends = FigureBlock("Ends", UNKNOWN_FIGURE, parent=self)
        self.last = FigureBlock("Last possible end", UNKNOWN_FIGURE, parent=self)
        self.notice = FigureBlock("Last day to give notice", UNKNOWN_FIGURE, parent=self)
        self.value = FigureBlock("Value over the whole term", UNKNOWN_FIGURE, parent=self)
        for block in (self.ends, self.last, self.notice, self.value):
            block.asked.connect(context.show_working)
        self.findings = FindingList(parent=self)
        self.extensions = self._section(Extension, "Extensions", "Add an extension", names)
        self.variations = self._section(Variation, "Deeds of variation", "Add a deed of variation", names)
        self.breaks = self._section(BreakClause, "Breaks", "Add a break", names)
        self.parties = self._section(Party, "Parties", "Add a party", names)
        self.links = self._section(Link, "Links to other agreements", "Add a link", names)
        self.budget = Budget(context, self)
        self.decisions = self._section(Decision, "Decisions", "Add a decision", names)
        self.about = FieldSheet(parent=self)
        term = column(
            row(Label("Term", "heading", bold=True, parent=self), (self._summary, 1), edit, gap=8),
            self.drawing,
            8,
            row(self.ends, self.last, self.notice, self.value, None, gap=34),
            self.findings,
            gap=4,
        )
        what = column(Label("What it covers", "heading", bold=True, parent=self), self.about, gap=8)
        self.put(
            boxed(term, self),
            self.budget,
            self.decisions,
            self.extensions,
            self.variations,
            self.breaks,
            self.parties,
            self.links,
            boxed(what, self),
        )

    def show_dossier(self, dossier: AgreementDossier) -> None:
        """Show the term of a dossier."""
        self._dossier = dossier
        term, agreement = dossier.term, dossier.agreement
        self._words.clear()
        self._words.update(names_of(dossier).by_uid)
        self._summary.setText(term.summary)
        self.drawing.set_build(self._draw)
        self.ends.set_figure(term.ends_figure, _certainty(dossier))
        self.last.set_figure(_last(dossier), "with every extension")
        self.notice.set_figure(term.notice_figure, _notice_remark(dossier))
        self.value.set_figure(dossier.money.headline[0], _basis(dossier))
        self.findings.set_findings([f for f in term.findings if f.weight is not Weight.NOTE])
        self.extensions.set_rows(dossier.extensions, "each needs a decision made before the end it moves")
        self.breaks.set_rows(dossier.listed(dossier.breaks, BreakClause), "days on which it may end early")
        self.parties.set_rows(dossier.listed(dossier.parties, Party), "roles by date")
        deeds = dossier.listed(dossier.variations, Variation)
        self.variations.set_rows(deeds, "each changes terms from its day" if deeds else "")
        self.links.set_rows(dossier.links)
        self.decisions.set_rows(tuple(reversed(dossier.decisions)), "every extension needs one, made before the end")
        self._gain()
        self.about.set_pairs(
            [
                ("Kind", marked(agreement.kind.word if agreement.kind else "", agreement, "kind")),
                ("People", agreement.people or ""),
                ("Services", agreement.services or ""),
                ("Aims and outcomes", agreement.aims or ""),
                ("Functions delegated", agreement.functions or ""),
                ("Risk share", agreement.risk_share or ""),
                ("Review", agreement.reviewed or ""),
                ("Source", agreement.cited if agreement.source or agreement.paragraph else ""),
                *noted(agreement),
            ]
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A wide page gains what has a page of its own in a narrow one: the budget and the decisions."""
        super().resizeEvent(event)
        self._gain()

    def _gain(self) -> None:
        wide = self.width() >= Theme.of(self).metrics.px(_WIDE)
        self.decisions.setVisible(wide)
        if wide and self._dossier is not None:
            self.budget.show_dossier(self._dossier)
        else:
            self.budget.hide()

    def _section(self, cls: type, title: str, add: str, names: Names) -> ChildSection:
        part = ChildSection(
            self.context,
            title,
            columns_of(cls, names),
            name=f"agreement {title.lower()}",
            make=lambda: cls(agreement=self._agreement().uid),
            add=add,
            of=lambda: self._agreement().title,
            parent=self,
        )
        part.form_asked.connect(self.form_asked)
        return part

    def _draw(self, width: float) -> Drawing:
        if self._dossier is None:
            return Drawing(width, 0)
        return term_of_agreement(self._dossier, width, today=not self.context.on_another_day)

    def _edit(self) -> None:
        if self._dossier:
            self.form_asked.emit(wish_for_agreement(self.context.office.agreements, self._dossier))

    def show_term_working(self, where: QRect) -> None:
        """Show every end and notice day with the rule."""
        if self._dossier:
            working: Working = self._dossier.term.working
            self.context.show_working(working, where)


def _certainty(dossier: AgreementDossier) -> str:
    term = dossier.term
    if term.rolling:
        return "notice given today: " + (date_short(term.by_notice_today) if term.by_notice_today else "not known")
    if term.over:
        return "has ended" if term.ends else "on a day not recorded"
    if term.ends is None:
        return "not decided which" if term.latest else "start or length not known"
    if term.ended_by is By.NOTICE:
        return "by notice given"
    return "unless extended" if term.last_end and term.last_end > term.ends else "no further extension"


def _notice_remark(dossier: AgreementDossier) -> str:
    if dossier.term.ended_by is By.NOTICE:
        return "given"
    if by := dossier.term.notice_by:
        working = dossier.term.notice_working or by
        return "to end it then" if working == by else f"no working day: give it by {date_short(working)}"
    return "by the agreement" if dossier.agreement.notice is not None else "notice period not known"


def _last(dossier: AgreementDossier) -> Figure:
    last = dossier.term.last_end
    return Figure(date_short(last), dossier.term.working, last) if last else UNKNOWN_FIGURE


def _basis(dossier: AgreementDossier) -> str:
    """What the value stands on; what is missing, where there is none."""
    stated = dossier.agreement.stated_total_basis
    headline, basis = dossier.money.headline
    if headline.known.valued and not dossier.value.known.valued:
        return basis
    if not dossier.value.known.valued:
        return "the whole term is not known" if dossier.money.total.value.known.valued else "no money recorded"
    if dossier.money.total.agrees is False:
        return dossier.money.total.remark
    return f"stated: {stated}" if stated else "plus uplifts not recorded"
