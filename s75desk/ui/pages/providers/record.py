"""One provider: a summary, then services, ratings, visits, actions, agreements, KPIs and papers, a sub-page each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from PySide6.QtWidgets import QWidget

from s75desk.domain.answers import Owner
from s75desk.domain.membership import is_member
from s75desk.domain.records import Action, Agreement, Document, Kpi, Lot, Membership, Provider, Rating, Service, Visit
from s75desk.domain.records.provider import ManagerState
from s75desk.domain.statuses.counts import pressing_count
from s75desk.domain.statuses.visits import VisitProgress
from s75desk.domain.visits.due import Due
from s75desk.domain.wording import date_long, inside, plural
from s75desk.services.providers import ProviderPage
from s75desk.ui.navigation import VISIT_MODE, Destination
from s75desk.ui.pages.agreements.figures import KPIS
from s75desk.ui.pages.child_columns import Names, columns_of
from s75desk.ui.pages.context import Context
from s75desk.ui.pages.documents_page import DocumentsPage
from s75desk.ui.pages.doubts_page import DoubtsPage
from s75desk.ui.pages.form_pane import FormWish, wish_for_edit
from s75desk.ui.pages.history_page import HistoryPage
from s75desk.ui.pages.linked_actions import LinkedActions
from s75desk.ui.pages.plan_visit import plan_visit, usual_visit
from s75desk.ui.pages.providers.summary import SummaryPage
from s75desk.ui.pages.providers.wishes import action_wish, only_service, rating_wish, service_wish, visit_wish
from s75desk.ui.pages.record_view import RecordView, Step
from s75desk.ui.pages.section_page import SectionPage

SHOWN = (
    "provider service rating visit action membership agreement lot organisation kpi target measurement kpi_return "
    "document question_set doubt_answer"
).split()

_SOON = timedelta(days=14)
"""How far ahead a booked visit is the likeliest next step; house rule."""


class ProviderRecord(RecordView):
    """The page of one provider."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, "provider", SHOWN, parent)
        self.page: ProviderPage | None = None
        self._words: dict[str, str] = {}
        self._progress: dict[str, VisitProgress] = {}
        names = Names(self._words, context.today, self._progress)
        self.summary = SummaryPage(context, self)
        self.services = SectionPage(
            context,
            "Services",
            columns_of(Service, names),
            name="provider services",
            wish=self._service_wish,
            tagged=Service.KIND,
            add="Add a service",
            of=self._name,
            empty="None recorded. A service is where care is given: what CQC calls a location.",
            parent=self,
        )
        self.ratings = SectionPage(
            context,
            "Ratings",
            columns_of(Rating, names),
            name="provider ratings",
            wish=self._rating_wish,
            add="Add a rating",
            of=self._name,
            empty="None recorded.",
            parent=self,
        )
        self.visits = SectionPage(
            context,
            "Quality visits",
            columns_of(Visit, names),
            name="provider visits",
            wish=self._visit_wish,
            add="Plan a visit",
            of=self._name,
            page_kind="visit",
            empty="None made or planned.",
            parent=self,
        )
        self.linked = LinkedActions(context, self._new_action, self)
        self.places = SectionPage(
            context,
            "Agreements",
            [column for column in columns_of(Membership, names) if column.key != "provider"],
            name="provider memberships",
            make=lambda: Membership(provider=self.uid),
            add="Admit to an agreement",
            of=self._name,
            page_of=lambda membership: ("agreement", membership.agreement),
            empty="Not admitted to any lot, tier or zone.",
            parent=self,
        )
        self.kpis = SectionPage(
            context,
            "KPIs",
            KPIS,
            name="provider kpis",
            make=lambda: Kpi(provider=self.uid),
            add="Add a KPI",
            of=self._name,
            page_kind="kpi",
            parent=self,
        )
        self.papers = DocumentsPage(context, "provider", self)
        self.doubts = DoubtsPage(context, self._whose_doubts, self.edit_wish, self)
        self.history = HistoryPage(context, self)
        for title, page in (
            ("Summary", self.summary),
            ("Services", self.services),
            ("Ratings", self.ratings),
            ("Visits", self.visits),
            ("Actions", self.linked),
            ("Agreements", self.places),
            ("KPIs", self.kpis),
            ("Documents", self.papers),
            ("Doubts", self.doubts),
            ("History", self.history),
        ):
            self.add_sub_page(title, page)
        for part in (self.summary, self.services, self.ratings, self.visits, self.linked, self.places, self.kpis):
            part.form_asked.connect(self.form_asked)
        self.papers.form_asked.connect(self.form_asked)
        self.doubts.form_asked.connect(self.form_asked)
        self.summary.sub_page_asked.connect(self._show_sub_page)
        self.summary.plan_asked.connect(self.plan_visit)

    def read(self, uid: str) -> ProviderPage:
        """The provider with what is recorded about it."""
        return self.context.office.providers.page(uid)

    def show_page(self, page: ProviderPage) -> None:
        """Show a provider on every sub-page."""
        self.page = page
        provider = page.provider
        self._words.clear()
        self._words.update(names_of(page))
        self._progress.clear()
        self._progress.update(page.progress)
        self.set_header(provider.name, page.subtitle, page.status)
        self.set_steps(self._steps(page))
        self.summary.show_provider(page)
        services, ratings = page.listed(page.services, Service), page.listed(page.ratings, Rating)
        memberships, documents = page.listed(page.memberships, Membership), page.listed(page.documents, Document)
        actions = page.listed(page.actions, Action)
        self.services.show_rows(services, _services_caption(page))
        self.ratings.show_rows(
            sorted(ratings, key=lambda r: (r.published or date.min, r.uid), reverse=True),
            "as published, newest first; never recomputed" if ratings else "",
        )
        visits = sorted(page.listed(page.visits, Visit), key=lambda v: v.made or v.planned or date.max, reverse=True)
        self.visits.show_rows(visits, _visits_caption(page))
        self.linked.show_actions(actions)
        now = [m for m in page.memberships if is_member(m, page.as_at)]
        on = plural(len({m.agreement for m in now}), "agreement")
        self.places.show_rows(memberships, f"on {on} now" if memberships else "")
        loud = pressing_count(sheet.state.status for sheet in page.kpis)
        self.kpis.show_rows(page.kpis, f"{loud} of {len(page.kpis)} need a look" if page.kpis else "")
        self.papers.show_documents(provider.uid, provider.name, documents)
        self.doubts.show_doubts(page.questions, page.answered)
        self.history.show_history("provider", provider.uid)
        for title, count in (
            ("Services", len(services)),
            ("Ratings", len(ratings)),
            ("Visits", len(visits)),
            ("Actions", len(page.open_actions)),
            ("Agreements", len(memberships)),
            ("KPIs", len(page.kpis)),
            ("Documents", len(documents)),
            ("Doubts", len(page.questions)),
        ):
            self.set_count(title, count)

    def next_doubt(self) -> None:
        """Go to the next doubt of the provider, wherever in its pages the keyboard is."""
        self.tabs.set_current("Doubts")
        self.doubts.next_doubt()

    def _whose_doubts(self) -> tuple[Owner, str]:
        return Owner(Provider, self.uid), self._name()

    def edit_wish(self) -> FormWish | None:
        """The form of this provider."""
        return wish_for_edit(self.page.provider) if self.page else None

    def more_actions(self) -> Sequence[tuple[str, Callable[[], None]]]:
        """Further things to do with a provider."""
        found: list[tuple[str, Callable[[], None]]] = [("Add a service", self.services.list.add)]
        if self.page is not None and self.page.services:
            found.append(("Add a rating", self.ratings.list.add))
        found.append(("Admit to an agreement", self.places.list.add))
        return found

    def _steps(self, page: ProviderPage) -> tuple[Step, ...]:
        add_action: Step = ("Add an action", "action", "", self._add_action)
        if not page.services:
            return ("Add a service", "plus", "", self.services.list.add), add_action
        plan: Step = ("Plan a visit", "visit", "", self.plan_visit)
        later: Step = ("Plan a visit", "calendar", "", self.plan_visit)
        if page.under_way is not None and page.under_way.uid in page.with_questions:
            return ("Continue the visit", "visit", "", self._continue), later, add_action
        booked = page.next_visit
        if booked is not None and booked.planned == page.as_at and booked.uid in page.with_questions:
            return ("Start the visit", "visit", "", self._start), later, add_action
        if booked is not None and booked.planned is not None and booked.planned - page.as_at <= _SOON:
            open_visit: Step = (f"Open {_whose(booked.planned, page.as_at)} visit", "visit", "", self._open_next)
            return open_visit, later, add_action
        return plan, add_action, ("Add a rating", "flag", "", self.ratings.list.add)

    def _name(self) -> str:
        return self.page.provider.name if self.page else ""

    def _service_wish(self) -> FormWish | None:
        return service_wish(self.page) if self.page else None

    def _rating_wish(self) -> FormWish | None:
        return rating_wish(self.page) if self.page else None

    def _visit_wish(self) -> FormWish | None:
        self.plan_visit()
        return None

    def plan_visit(self) -> None:
        """Ask for the form of a new visit to the provider's service; one of several is chosen in it."""
        page = self.page
        if page is None:
            return

        def ask(visit: Visit) -> None:
            self.form_asked.emit(replace(visit_wish(page, visit), usual=usual_visit(self.context)))

        plan_visit(self, self.context, ask, only_service(page))

    def _new_action(self) -> Action:
        service = self.page.services[0].uid if self.page and len(self.page.services) == 1 else None
        return Action(provider=self.uid, service=service, raised=self.context.today)

    def _add_action(self) -> None:
        if self.page is not None:
            self.form_asked.emit(action_wish(self.page, self.context.today))

    def _start(self) -> None:
        if self.page is not None and self.page.next_visit is not None:
            self.context.navigator.go(Destination(VISIT_MODE, self.page.next_visit.uid))

    def _continue(self) -> None:
        if self.page is not None and self.page.under_way is not None:
            self.context.navigator.go(Destination(VISIT_MODE, self.page.under_way.uid))

    def _open_next(self) -> None:
        if self.page is not None and self.page.next_visit is not None:
            self.context.navigator.open("visit", self.page.next_visit.uid)

    def _show_sub_page(self, title: str) -> None:
        self.tabs.set_current(title)


def names_of(page: ProviderPage) -> dict[str, str]:
    """Names of everything a provider's records refer to, by uid."""
    names = {service.uid: service.name for service in page.listed(page.services, Service)}
    names |= {uid: agreement.title for uid, agreement in page.agreements.items()}
    names |= {uid: lot.title for uid, lot in page.lots.items()}
    names |= {one.uid: one.heading for one in page.ahead if isinstance(one, Agreement | Lot)}
    names[page.provider.uid] = page.provider.name
    return names


def _services_caption(page: ProviderPage) -> str:
    vacant = sum(1 for service in page.services if service.manager is ManagerState.VACANT)
    if not page.services:
        return ""
    return f"{vacant} of {len(page.services)} without a manager" if vacant else plural(len(page.services), "service")


def _visits_caption(page: ProviderPage) -> str:
    """How many were made, and when the next is due: of several services the one that is due first."""
    parts = [f"{len(page.made_visits)} made"] if page.visits else []
    due = [found for found in page.due.values() if found.by is not None or found.state is Due.NEVER_VISITED]
    if due:
        first = min(due, key=lambda found: found.by or date.min)
        parts.append(f"next due {inside(first.when)}: {first.why}")
    return ", ".join(parts)


def _whose(day: date, today: date) -> str:
    """Which visit it is, for a button: "today’s", "tomorrow’s", "the 9 February"."""
    left = (day - today).days
    if left in (0, 1):
        return ("today’s", "tomorrow’s")[left]
    return f"the {date_long(day).rsplit(' ', 1)[0]}"
