"""One quality visit: what was planned and what came of it, ratings, findings, actions before and after, papers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from PySide6.QtWidgets import QWidget

from s75desk.domain.lengths import earliest_end
from s75desk.domain.records import Action, Visit
from s75desk.domain.records.briefing import BriefingKind
from s75desk.domain.records.visit import VisitStage
from s75desk.domain.status import Status
from s75desk.domain.statuses.actions import action_status
from s75desk.domain.statuses.visits import AHEAD, TO_COME
from s75desk.domain.visits.found import UNGRADED, grade_status
from s75desk.domain.wording import date_long, number, plural
from s75desk.services.visits import VisitPage
from s75desk.ui.itemmodels.cells import Cell, Column
from s75desk.ui.navigation import VISIT_MODE, Destination
from s75desk.ui.pages.cell_words import day, said
from s75desk.ui.pages.context import Context
from s75desk.ui.pages.documents_page import DocumentsPage
from s75desk.ui.pages.form_pane import FormWish, wish_for_edit
from s75desk.ui.pages.history_page import HistoryPage
from s75desk.ui.pages.linked_actions import LinkedActions
from s75desk.ui.pages.plan_visit import plan_visit, usual_visit
from s75desk.ui.pages.record_view import RecordView, Step
from s75desk.ui.pages.section_page import SectionPage
from s75desk.ui.pages.visits.findings import FindingsPage
from s75desk.ui.pages.visits.sheet import VisitSheet, set_words
from s75desk.ui.pages.visits.standards import StandardsPage

SHOWN = (
    "visit service provider rating membership question_set standard action document visit_answer visit_override "
    "people_spoken prior_grading visit_photo visit_signature visit_version"
).split()

_END = "finish"
"""The place in visit mode where a signed visit is printed and amended."""


@dataclass(frozen=True, slots=True)
class PriorRow:
    """An action from before with how far it was found done; ``uid`` is the action's."""

    action: Action
    status: Status
    grade: Status
    reason: str

    @property
    def uid(self) -> str:
        """Uid of the action."""
        return self.action.uid


PRIOR: list[Column[PriorRow]] = [
    Column("title", "Action", lambda r: Cell(r.action.title, tip=r.action.why or ""), "text", 0),
    Column("owner", "Owner", lambda r: said(r.action.owner), "text", 11, from_width=74),
    Column("due", "Due", lambda r: day(r.action.due), "date", 8),
    Column("state", "Status", lambda r: Cell(status=r.status, tip=r.status.sentence), "status", 9.5, from_width=42),
    Column("grade", "Grade", lambda r: Cell(status=r.grade, sort=r.grade.shape.urgency), "status", 8.5),
    Column("reason", "Reason", lambda r: Cell(r.reason, tip=r.reason), "text", 16, from_width=62),
]


class VisitRecord(RecordView):
    """The page of one visit."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, "visit", SHOWN, parent)
        self.page: VisitPage | None = None
        self.sheet = VisitSheet(context, self)
        self.standards = StandardsPage(context, self)
        self.findings = FindingsPage(self)
        self.prior = SectionPage(
            context,
            "Actions from before",
            PRIOR,
            name="visit prior actions",
            page_kind="action",
            empty="None to grade from before this visit.",
            parent=self,
        )
        self.raised = LinkedActions(context, self._new_action, self)
        self.papers = DocumentsPage(context, "visit", self)
        self.history = HistoryPage(context, self)
        for title, part in (
            ("Visit", self.sheet),
            ("Standards", self.standards),
            ("Findings", self.findings),
            ("Prior actions", self.prior),
            ("Actions raised", self.raised),
            ("Documents", self.papers),
            ("History", self.history),
        ):
            self.add_sub_page(title, part)
        for asking in (self.sheet, self.standards.plain, self.prior, self.raised, self.papers):
            asking.form_asked.connect(self.form_asked)

    def read(self, uid: str) -> VisitPage:
        """The visit with what it needs and what was found at it."""
        return self.context.office.visits.page(uid)

    def show_page(self, page: VisitPage) -> None:
        """Show a visit on every sub-page."""
        self.page = page
        visit = page.visit
        service = page.service.name if page.service else "Service not known"
        self.set_header(service, _subtitle(page), page.status)
        self.set_steps(self._steps(page))
        self.sheet.show_visit(page)
        self._show_standards(page)
        found = self.findings.show_book(page.book if page.answered else None)
        prior = [self._prior_row(page, action) for action in page.prior_actions]
        graded = sum(1 for row in prior if page.book and page.book.grading(row.uid).grade)
        caption = f"{number(graded)} of {number(len(prior))} graded met, partly met or not met" if prior else ""
        self.prior.show_rows(prior, caption)
        self.raised.show_actions(page.raised)
        self.papers.show_documents(visit.uid, service, page.documents)
        self.history.show_history("visit", visit.uid)
        for title, count in (
            ("Standards", len(page.standards)),
            ("Findings", found),
            ("Prior actions", len(prior)),
            ("Actions raised", len(page.raised)),
            ("Documents", len(page.documents)),
        ):
            self.set_count(title, count)

    def edit_wish(self) -> FormWish | None:
        """The form of this visit; none for one that is signed and not being amended."""
        if self.page is None or (self.page.book is not None and self.page.book.locked):
            return None
        return wish_for_edit(self.page.visit, self._name())

    def more_actions(self) -> Sequence[tuple[str, Callable[[], None]]]:
        """Further things to do with a visit."""
        found: list[tuple[str, Callable[[], None]]] = []
        page = self.page
        if page is None:
            return found
        if page.with_questions and page.visit.stage in TO_COME and not self._is_now(page.visit):
            found.append(("Start the visit now (F11)", self._open_mode))
        if page.with_questions and page.visit.stage in TO_COME:
            found.append(("Record the outcome without answers", self._record_outcome))
        if page.answered:
            found.append(("Print the visit report", self._print_report))
        if page.signed:
            found.append(("Add an action", self._add_action))
        if page.book is not None and page.book.locked and page.visit.stage is VisitStage.DRAFT:
            found.append(("Make the report final", self._make_final))
        if page.provider is not None:
            found.append(("Open the provider", self._open_provider))
        if page.visit.stage in AHEAD:
            found.append(("Plan a visit after it", self._plan_next))
        elif page.signed:
            found.append(("Plan the next visit", self._plan_next))
        return found

    def _prior_row(self, page: VisitPage, action: Action) -> PriorRow:
        status = action_status(action, self.context.today)
        if page.book is None:
            return PriorRow(action, status, UNGRADED, "")
        reason = page.book.grading(action.uid).reason or ""
        return PriorRow(action, status, grade_status(page.book, action), reason)

    def _show_standards(self, page: VisitPage) -> None:
        if page.rating is not None and page.answered:
            self.standards.show_rating(page.rating, signed=page.book is not None and page.book.locked)
            return
        areas = plural(len({standard.area for standard in page.standards}), "area")
        words = f"{number(len(page.standards))} in {areas}, {set_words(page)}" if page.standards else ""
        self.standards.show_standards(page.standards, words)

    # Steps

    def _steps(self, page: VisitPage) -> tuple[Step, ...]:
        visit = page.visit
        add_action: Step = ("Add an action", "action", "", self._add_action)
        edit: Step = ("Edit visit", "pencil", "F2", self.ask_edit)
        if page.signed and page.book is not None and page.book.locked:
            return (
                ("Open the signed visit", "visit", "F11", self._open_mode),
                ("Print the feedback sheet", "briefing", "", self._print_sheet),
                ("Amend the visit", "pencil", "", self._amend),
            )
        if page.with_questions and visit.stage is VisitStage.UNDER_WAY:
            words = "Continue the amendment" if visit.amends is not None else "Continue the visit"
            sheet: Step = ("Print the feedback sheet", "briefing", "", self._print_sheet)
            return (words, "visit", "F11", self._open_mode), add_action, sheet
        if page.with_questions and visit.stage in TO_COME:
            start: Step = ("Start the visit", "visit", "F11", self._open_mode)
            return (start, add_action, edit) if self._is_now(visit) else (edit, add_action)
        outcome: Step = ("Record the outcome", "tick", "", self._record_outcome)
        if visit.stage in AHEAD:
            return (outcome, add_action, edit) if self._is_now(visit) else (edit, add_action, outcome)
        plan: Step = ("Plan the next visit", "calendar", "", self._plan_next)
        return (outcome, add_action, plan) if visit.stage is VisitStage.DRAFT else (plan, add_action, edit)

    def _is_now(self, visit: Visit) -> bool:
        """Whether a visit is to be made today, or should have been made."""
        return visit.planned is not None and visit.planned <= self.context.today

    def _name(self) -> str:
        return self.page.service.name if self.page and self.page.service else ""

    def _open_mode(self) -> None:
        if self.page is not None:
            self.context.navigator.go(Destination(VISIT_MODE, self.page.visit.uid))

    def _amend(self) -> None:
        """The signed visit asks for the reason, and begins the amendment."""
        if self.page is not None:
            self.context.navigator.go(Destination(VISIT_MODE, self.page.visit.uid, _END))

    def _print_sheet(self) -> None:
        self._print(BriefingKind.FEEDBACK_SHEET)

    def _print_report(self) -> None:
        self._print(BriefingKind.VISIT_REPORT)

    def _print(self, kind: BriefingKind) -> None:
        if self.page is not None:
            self.context.navigator.go(Destination("briefings", new=kind.value, filter=self.page.visit.uid))

    def _make_final(self) -> None:
        if self.page is None:
            return
        visit, records = self.page.visit, self.context.office.records
        final = replace(visit, stage=VisitStage.FINAL)
        self.context.operations.write(self, lambda: records.save(final, visit))

    def _record_outcome(self) -> None:
        if self.page is None:
            return
        visit, today = self.page.visit, self.context.today
        made = visit.made or (visit.planned if visit.planned and visit.planned <= today else today)
        stage = VisitStage.DRAFT if visit.stage in AHEAD else visit.stage
        subtitle = f"{self._name()}. Final once its report is agreed."
        outcome = replace(visit, made=made, stage=stage)
        self.form_asked.emit(FormWish(outcome, "Record the outcome", subtitle, began=visit))

    def _new_action(self) -> Action:
        visit = self.page.visit if self.page else Visit()
        provider = self.page.provider.uid if self.page and self.page.provider else None
        raised = visit.made or self.context.today
        return Action(provider=provider, service=visit.service or None, visit=visit.uid or None, raised=raised)

    def _add_action(self) -> None:
        if self.page is not None:
            self.form_asked.emit(FormWish(self._new_action(), "New action", self._name(), about=self.page.visit.uid))

    def _plan_next(self) -> None:
        if self.page is None:
            return
        page, visit = self.page, self.page.visit
        service, last = visit.service, visit.made or visit.planned
        by = page.next.by if page.next else None
        every = page.service.visit_every if page.service else None
        if visit.stage in AHEAD and last and every:
            by = earliest_end(last, every)  # the rules count from a visit that was made; this one is still to come

        def ask(planned: Visit) -> None:
            start, usual = replace(planned, kind=visit.kind), usual_visit(self.context)
            self.form_asked.emit(FormWish(start, "Plan a visit", self._name(), usual=usual))

        plan_visit(self, self.context, ask, service, max(by, self.context.today) if by else None)

    def _open_provider(self) -> None:
        if self.page is not None and self.page.provider is not None:
            self.context.navigator.open("provider", self.page.provider.uid)


def _subtitle(page: VisitPage) -> str:
    visit = page.visit
    on = visit.made or visit.planned
    kind = visit.kind.word if visit.kind else "Visit of unknown kind"
    provider = page.provider.name if page.provider and page.service and page.provider.name != page.service.name else ""
    parts = (kind, date_long(on) if on else "no date yet", provider, visit.team or "")
    return "  ·  ".join(part for part in parts if part)
