"""One quality visit: what was planned and what came of it, actions before and after, standards, papers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from s75desk.domain.months import add_months
from s75desk.domain.records import Action, Standard, Visit
from s75desk.domain.records.visit import VisitStage
from s75desk.domain.wording import date_long, number, plural, weekday_date
from s75desk.services.visits import VisitPage, outcome_of_visit
from s75desk.ui.itemmodels.cells import Column
from s75desk.ui.pages.cell_words import said
from s75desk.ui.pages.child_columns import Names, columns_of
from s75desk.ui.pages.child_section import ChildSection
from s75desk.ui.pages.context import Context
from s75desk.ui.pages.documents_page import DocumentsPage
from s75desk.ui.pages.field_sheet import FieldSheet, Pair
from s75desk.ui.pages.form_pane import FormWish, wish_for_edit
from s75desk.ui.pages.history_page import HistoryPage
from s75desk.ui.pages.linked_actions import LinkedActions, action_columns
from s75desk.ui.pages.record_view import RecordView, Step, SubPage
from s75desk.ui.pages.section_page import SectionPage
from s75desk.ui.widgets.labels import Label
from s75desk.ui.widgets.layouts import boxed, column

SHOWN = "visit service provider question_set standard action document".split()

_AHEAD = (VisitStage.PLANNED, VisitStage.UNDER_WAY, None)


class VisitSheet(SubPage):
    """What is known of the visit, and the visits made before it.

    Signals:
        form_asked: A ``FormWish``.
    """

    form_asked = Signal(object)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.facts = FieldSheet(label_width=9, parent=self)
        shown = ("day", "kind", "outcome")
        columns: list[Column[Visit]] = [c for c in columns_of(Visit, Names({}, context.today)) if c.key in shown]
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
        self.put(boxed(facts, self), self.earlier)

    def show_visit(self, page: VisitPage) -> None:
        """Show a visit."""
        self.facts.set_pairs(facts_of(page))
        self.earlier.set_rows(page.earlier, f"to {page.service.name}" if page.earlier and page.service else "")


class VisitRecord(RecordView):
    """The page of one visit."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, "visit", SHOWN, parent)
        self.page: VisitPage | None = None
        self.sheet = VisitSheet(context, self)
        self.prior = SectionPage(
            context,
            "Open actions of the service",
            action_columns(context),
            name="visit prior actions",
            page_kind="action",
            empty="None open from before this visit.",
            parent=self,
        )
        self.raised = LinkedActions(context, self._new_action, self)
        self.standards = SectionPage(
            context,
            "Standards",
            columns_of(Standard, Names({}, context.today)),
            name="visit standards",
            page_of=lambda standard: ("question_set", standard.question_set),
            fixed=True,
            empty="No question set is chosen. Edit the visit to choose one.",
            parent=self,
        )
        self.papers = DocumentsPage(context, "visit", self)
        self.history = HistoryPage(context, self)
        for title, part in (
            ("Visit", self.sheet),
            ("Prior actions", self.prior),
            ("Actions raised", self.raised),
            ("Standards", self.standards),
            ("Documents", self.papers),
            ("History", self.history),
        ):
            self.add_sub_page(title, part)
        for asking in (self.sheet, self.prior, self.raised, self.standards, self.papers):
            asking.form_asked.connect(self.form_asked)

    def read(self, uid: str) -> VisitPage:
        """The visit with what it needs."""
        return self.context.office.visits.page(uid)

    def show_page(self, page: VisitPage) -> None:
        """Show a visit on every sub-page."""
        self.page = page
        visit = page.visit
        service = page.service.name if page.service else "Service not known"
        self.set_header(service, _subtitle(page), page.status)
        self.set_steps(self._steps(visit))
        self.sheet.show_visit(page)
        grades = "to be graded met, partly met or not met"
        self.prior.show_rows(page.prior_actions, grades if page.prior_actions else "")
        self.raised.show_actions(page.raised)
        areas = plural(len({standard.area for standard in page.standards}), "area")
        words = f"{number(len(page.standards))} in {areas}, {_set_words(page)}" if page.standards else ""
        self.standards.show_rows(page.standards, words)
        self.papers.show_documents(visit.uid, service, page.documents)
        self.history.show_history("visit", visit.uid)
        for title, count in (
            ("Prior actions", len(page.prior_actions)),
            ("Actions raised", len(page.raised)),
            ("Standards", len(page.standards)),
            ("Documents", len(page.documents)),
        ):
            self.set_count(title, count)

    def edit_wish(self) -> FormWish | None:
        """The form of this visit."""
        return wish_for_edit(self.page.visit, self._name()) if self.page else None

    def more_actions(self) -> Sequence[tuple[str, Callable[[], None]]]:
        """Further things to do with a visit."""
        found: list[tuple[str, Callable[[], None]]] = []
        if self.page is not None and self.page.provider is not None:
            found.append(("Open the provider", self._open_provider))
        if self.page is not None and self.page.visit.stage in _AHEAD:
            found.append(("Plan a visit after it", self._plan_next))
        return found

    def _steps(self, visit: Visit) -> tuple[Step, ...]:
        add_action: Step = ("Add an action", "action", "", self._add_action)
        edit: Step = ("Edit visit", "pencil", "F2", self.ask_edit)
        outcome: Step = ("Record the outcome", "tick", "", self._record_outcome)
        if visit.stage in _AHEAD:
            to_come = visit.planned is None or visit.planned > self.context.today
            return (edit, add_action, outcome) if to_come else (outcome, add_action, edit)
        plan: Step = ("Plan the next visit", "calendar", "", self._plan_next)
        return (outcome, add_action, plan) if visit.stage is VisitStage.DRAFT else (plan, add_action, edit)

    def _name(self) -> str:
        return self.page.service.name if self.page and self.page.service else ""

    def _record_outcome(self) -> None:
        if self.page is None:
            return
        visit, today = self.page.visit, self.context.today
        made = visit.made or (visit.planned if visit.planned and visit.planned <= today else today)
        stage = VisitStage.DRAFT if visit.stage in _AHEAD else visit.stage
        subtitle = f"{self._name()}. Final once its report is agreed."
        self.form_asked.emit(FormWish(replace(visit, made=made, stage=stage), "Record the outcome", subtitle))

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
        visit, service = self.page.visit, self.page.service
        last = visit.made or visit.planned
        months = service.visit_every_months if service else None
        blank = Visit(
            service=visit.service,
            kind=visit.kind,
            planned=max(add_months(last, months), self.context.today) if last and months else None,
            days=visit.days,
            team=visit.team,
            question_set=visit.question_set,
        )
        self.form_asked.emit(FormWish(blank, "Plan a visit", self._name()))

    def _open_provider(self) -> None:
        if self.page is not None and self.page.provider is not None:
            self.context.navigator.open("provider", self.page.provider.uid)


def facts_of(page: VisitPage) -> list[Pair]:
    """Label and value of what is known of a visit; "" where it is not."""
    visit = page.visit
    planned = weekday_date(visit.planned) + (f" at {visit.at}" if visit.at else "") if visit.planned else ""
    made = visit.stage not in _AHEAD
    outcome = outcome_of_visit(visit)
    pairs = [
        ("Kind", visit.kind.word if visit.kind else ""),
        ("Planned for", planned),
        ("Length", plural(visit.days, "day") if visit.days else ""),
        ("Team", visit.team or ""),
        ("Question set", _set_words(page)),
        ("Stage", visit.stage.word if visit.stage else ""),
        ("Made on", weekday_date(visit.made) if visit.made else ("" if made else "Not yet")),
        ("Outcome", outcome.word),
        ("Summary", visit.summary or ("" if made else "Not yet")),
    ]
    if page.service and page.service.visit_every_months:
        pairs.append(("Visit every", plural(page.service.visit_every_months, "month")))
    if visit.source or visit.paragraph:
        pairs.append(("Source", visit.cited))
    if visit.note:
        pairs.append(("Note", visit.note))
    return pairs


def _subtitle(page: VisitPage) -> str:
    visit = page.visit
    day = visit.made or visit.planned
    kind = visit.kind.word if visit.kind else "Visit of unknown kind"
    provider = page.provider.name if page.provider and page.service and page.provider.name != page.service.name else ""
    parts = (kind, date_long(day) if day else "no date yet", provider, visit.team or "")
    return "  ·  ".join(part for part in parts if part)


def _set_words(page: VisitPage) -> str:
    found = page.question_set
    if found is None:
        return ""
    return f"{found.title}, version {found.version}" if found.version else found.title
