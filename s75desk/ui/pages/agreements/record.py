"""One agreement: term, money, KPIs, forums, milestones and all else that hangs under it, a sub-page each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QWidget

from s75desk.domain.answers import Owner
from s75desk.domain.deciding import matter_of
from s75desk.domain.dossier import AgreementDossier
from s75desk.domain.records import Agreement, Decision, Meeting
from s75desk.domain.records.agreement import Outcome
from s75desk.domain.statuses.agreement_parts import is_undecided
from s75desk.domain.statuses.agreements import agreement_status
from s75desk.domain.wording import date_short, number, plural
from s75desk.ui.navigation import Destination
from s75desk.ui.pages.agreements.deciding import DecidingSheet
from s75desk.ui.pages.agreements.entering import wish_for_agreement
from s75desk.ui.pages.agreements.figures import FiguresPage
from s75desk.ui.pages.agreements.lists import ListsPage, Section
from s75desk.ui.pages.agreements.money import MoneyPage
from s75desk.ui.pages.agreements.terms import TermsPage
from s75desk.ui.pages.context import Context
from s75desk.ui.pages.documents_page import DocumentsPage
from s75desk.ui.pages.doubts_page import DoubtsPage
from s75desk.ui.pages.form_pane import FormWish, wish_for_new
from s75desk.ui.pages.history_page import HistoryPage
from s75desk.ui.pages.record_view import RecordView, Step, plain_slot

SHOWN = (
    "agreement variation dated_value succession break_clause "
    "party extension contribution link forum meeting milestone recommendation option decision risk document "
    "contradiction doubt_answer "
    "lot membership provider organisation kpi target measurement kpi_return breakdown part action"
).split()


class AgreementRecord(RecordView):
    """The page of one agreement."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, "agreement", SHOWN, parent)
        self.dossier: AgreementDossier | None = None
        self.terms = TermsPage(context, self.agreement, self)
        self.money = MoneyPage(context, self.agreement, self)
        self.figures = FiguresPage(context, self.agreement, self)
        self.people = ListsPage(context, self.agreement, (Section.FORUM, Section.MEETING), self)
        self.plan = ListsPage(context, self.agreement, (Section.MILESTONE,), self)
        self.advice = ListsPage(context, self.agreement, (Section.RECOMMENDATION, Section.OPTION), self)
        self.decisions = ListsPage(context, self.agreement, (Section.DECISION,), self)
        self.risks = ListsPage(context, self.agreement, (Section.RISK,), self)
        self.members = ListsPage(context, self.agreement, (Section.LOT, Section.MEMBERSHIP), self)
        self.papers = DocumentsPage(context, "agreement", self)
        self.doubts = DoubtsPage(context, self._whose_doubts, self.edit_wish, self)
        self.history = HistoryPage(context, self)
        for title, page in (
            ("Term", self.terms),
            ("Money", self.money),
            ("KPIs", self.figures),
            ("Forums", self.people),
            ("Milestones", self.plan),
            ("Options", self.advice),
            ("Decisions", self.decisions),
            ("Risks", self.risks),
            ("Lots", self.members),
            ("Documents", self.papers),
            ("Doubts", self.doubts),
            ("History", self.history),
        ):
            self.add_sub_page(title, page)
        for page in (
            self.terms,
            self.money,
            self.figures,
            self.people,
            self.plan,
            self.advice,
            self.decisions,
            self.risks,
            self.members,
            self.papers,
            self.doubts,
        ):
            page.form_asked.connect(self.form_asked)

    def next_doubt(self) -> None:
        """Go to the next doubt of the agreement, wherever in its pages the keyboard is."""
        self.tabs.set_current("Doubts")
        self.doubts.next_doubt()

    def _whose_doubts(self) -> tuple[Owner, str]:
        agreement = self.agreement()
        return Owner(Agreement, agreement.uid), agreement.title

    def agreement(self) -> Agreement:
        """The agreement shown; a blank one while none is."""
        return self.dossier.agreement if self.dossier else Agreement(uid=self.uid)

    def read(self, uid: str) -> AgreementDossier:
        """The dossier."""
        return self.context.office.agreements.dossier(uid)

    def show_page(self, page: AgreementDossier) -> None:
        """Show a dossier on every sub-page."""
        self.dossier = page
        agreement = page.agreement
        names = [page.organisations[p.organisation].name for p in page.parties if p.organisation in page.organisations]
        subtitle = "  ·  ".join(p for p in (agreement.reference or "", _with(names)) if p) or "No parties recorded yet"
        self.set_header(agreement.title, subtitle, agreement_status(page))
        self.set_steps(
            (
                self._first_step(page),
                ("Print agreement briefing", "briefing", "Ctrl+P", self.print_briefing),
                ("Add a meeting", "people", "", self._add_meeting),
            )
        )
        for part in (
            self.terms,
            self.money,
            self.figures,
            self.people,
            self.plan,
            self.advice,
            self.decisions,
            self.risks,
            self.members,
        ):
            part.show_dossier(page)
        self.doubts.show_doubts(page.questions, page.answered)
        self.papers.show_documents(agreement.uid, agreement.title, page.documents)
        self.history.show_history("agreement", agreement.uid)
        for title, count in (
            ("KPIs", len(page.kpis)),
            ("Forums", len(page.forums)),
            ("Milestones", len(page.milestones)),
            ("Options", len(page.options) + len(page.recommendations)),
            ("Decisions", len(page.decisions)),
            ("Risks", len(page.risks)),
            ("Lots", len(page.lots)),
            ("Documents", len(page.documents)),
            ("Doubts", len(page.questions)),
        ):
            self.set_count(title, count)
        section_75 = agreement.kind is not None and agreement.kind.section_75
        self.tabs.set_shown("Lots", shown=bool(page.lots or page.memberships) or not section_75)
        self.tabs.set_shown("Options", shown=bool(page.options or page.recommendations) or section_75)

    def edit_wish(self) -> FormWish | None:
        """The form of this agreement."""
        return wish_for_agreement(self.context.office.agreements, self.dossier) if self.dossier else None

    def more_actions(self) -> Sequence[tuple[str, Callable[[], None]]]:
        """Further things to do with an agreement."""
        return (
            ("Add a party", self.terms.parties.add),
            ("Add a money line", self.money.lines.add),
            ("Add a recommendation", self.advice.adder(Section.RECOMMENDATION)),
            ("Add an option", self.advice.adder(Section.OPTION)),
            ("Add a lot, tier or zone", self.members.adder(Section.LOT)),
        )

    def print_briefing(self) -> None:
        """Open the briefing of this agreement."""
        self.context.navigator.go(Destination("briefings", new="briefing", filter=self.uid))

    def _first_step(self, page: AgreementDossier) -> Step:
        """What waits to be decided: the one thing, or a short list; where nothing waits a decision can be recorded."""
        waiting = self._waiting(page)
        if not waiting:
            return "Record a decision", "pencil", "", self._record_decision
        if len(waiting) == 1:
            (words, decide) = waiting[0]
            return (words if matter_of(page) else "Record the decision"), "pencil", "", decide
        return f"Decide, {number(len(waiting))} waiting", "pencil", "", self.choose_decision

    def _waiting(self, page: AgreementDossier) -> list[tuple[str, Callable[[], None]]]:
        """What the term asks, then every decision that is still to be taken, the soonest due first."""
        matter = matter_of(page)
        found: list[tuple[str, Callable[[], None]]] = [(matter.step, self.settle)] if matter else []
        undecided = [one for one in page.decisions if is_undecided(one, page.as_at)]
        for one in sorted(undecided, key=lambda one: one.due or date.max):
            by = f", by {date_short(one.due)}" if one.due else ""
            found.append((f"{one.title}{by}", partial(self._open_decision, one.uid)))
        return found

    def _open_decision(self, decision: str) -> None:
        where = (Agreement.KIND, self.uid, "Decisions")
        self.context.navigator.open(*where, f"{Decision.KIND}:{decision}")

    def choose_decision(self) -> None:
        """Offer what waits to be decided, below its step, and a decision that waits nowhere yet."""
        if self.dossier is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for words, decide in self._waiting(self.dossier):
            menu.addAction(words.replace("&", "&&")).triggered.connect(plain_slot(decide))
        menu.addSeparator()
        menu.addAction("Another decision", self._record_decision)
        menu.setActiveAction(menu.actions()[0])
        step = self.first_step()
        menu.popup(step.mapToGlobal(step.rect().bottomLeft()))

    def settle(self) -> None:
        """Ask what the term asks, below its step."""
        matter = matter_of(self.dossier) if self.dossier else None
        if matter is None or self.dossier is None or not self.has_steps:
            return
        DecidingSheet(self.window(), self.context, self.dossier, matter).open_below(self.first_step())

    def _record_decision(self) -> None:
        day = self.context.today
        blank = Decision(agreement=self.uid, taken=day, outcome=Outcome.APPROVED)
        self.form_asked.emit(wish_for_new(blank, self.agreement().title))

    def _add_meeting(self) -> None:
        self.form_asked.emit(wish_for_new(Meeting(agreement=self.uid, held=self.context.today), self.agreement().title))


def _with(names: Sequence[str]) -> str:
    """The first two parties by name, and how many more there are."""
    parties = list(dict.fromkeys(names))
    words = " with ".join(parties[:2])
    return f"{words} and {plural(len(parties) - 2, 'other')}" if len(parties) > 2 else words
