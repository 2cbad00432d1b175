"""What an officer wants to see of a provider first: ratings drawn, what is known, open actions, visits."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial

from PySide6.QtCore import QRect, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from s75desk.domain.drawing import Drawing
from s75desk.domain.records import Action, Rating, Service, Visit
from s75desk.domain.records.provider import RatingScheme
from s75desk.domain.records.visit import VisitStage
from s75desk.domain.statuses.actions import action_status
from s75desk.domain.statuses.providers import published_rating, service_status
from s75desk.domain.statuses.visits import VisitProgress, outcome_of_visit, visit_status
from s75desk.domain.wording import date_long, list_words, number, plural, sentence_case
from s75desk.domain.working import Working
from s75desk.services.drawings import history_of_ratings
from s75desk.services.providers import ProviderPage
from s75desk.ui.itemmodels.cells import Cell, Column
from s75desk.ui.pages.context import Context
from s75desk.ui.pages.field_sheet import AnyPair, Explained, FieldSheet, noted
from s75desk.ui.pages.form_pane import wish_for_edit
from s75desk.ui.pages.providers.events import events_of, near
from s75desk.ui.pages.providers.short_list import ShortList, heading_row
from s75desk.ui.pages.providers.two_columns import TwoColumns
from s75desk.ui.pages.providers.wishes import action_wish
from s75desk.ui.pages.record_view import SubPage
from s75desk.ui.widgets.buttons import make_button
from s75desk.ui.widgets.drawing_view import DrawingView
from s75desk.ui.widgets.labels import ElidedLabel, Label
from s75desk.ui.widgets.layouts import boxed, column
from s75desk.ui.widgets.timeline import Event, Timeline

_MOST_DRAWN = 3
"""Rating histories drawn on the summary; the others are on the sub-page of ratings."""


class SummaryPage(SubPage):
    """See the module.

    Signals:
        form_asked: A ``FormWish``.
        sub_page_asked: Title of the sub-page that has the rest.
        plan_asked: Plan a visit.
    """

    form_asked = Signal(object)
    sub_page_asked = Signal(str)
    plan_asked = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.context = context
        self._page: ProviderPage | None = None
        self._rating_caption = ElidedLabel("", colour="muted", parent=self)
        self._drawings = QVBoxLayout()
        self._drawings.setContentsMargins(0, 0, 0, 0)
        self.facts = FieldSheet(label_width=11, parent=self)
        edit = make_button("Edit", "pencil", "quiet", key="F2", parent=self)
        edit.clicked.connect(self._edit)
        edit.setVisible(context.may_change)
        self._progress: dict[str, VisitProgress] = {}
        self.open_actions = ShortList(
            "Open actions",
            _action_columns(context),
            uid=lambda action: action.uid,
            add="Add" if context.may_change else "",
            empty="None open.",
            parent=self,
        )
        self.visits = ShortList(
            "Visits",
            _visit_columns(context, self._progress),
            uid=lambda visit: visit.uid,
            add="Plan" if context.may_change else "",
            empty="None made or planned.",
            most=3,
            parent=self,
        )
        self.timeline = Timeline(parent=self)
        self.timeline.opened.connect(self._open_event)
        self.open_actions.opened.connect(self._open_action)
        self.open_actions.add_asked.connect(self._add_action)
        self.open_actions.all_asked.connect(partial(self.sub_page_asked.emit, "Actions"))
        self.visits.opened.connect(self._open_visit)
        self.visits.add_asked.connect(self.plan_asked)
        self.facts.working_asked.connect(self._show_working)
        ratings = column(
            heading_row(Label("Ratings", "heading", bold=True, parent=self), (self._rating_caption, 1)),
            self._drawings,
            gap=2,
        )
        facts = heading_row(Label("Key facts", "heading", bold=True, parent=self), None, edit)
        known = column(facts, self.facts, gap=4)
        left = boxed(column(ratings, known, None, gap=16), self)
        happened = column(heading_row(Label("Timeline", "heading", bold=True, parent=self), None), self.timeline, gap=2)
        right = boxed(column(self.open_actions, self.visits, happened, None, gap=16), self)
        self.put(TwoColumns(left, right, self))

    def show_provider(self, page: ProviderPage) -> None:
        """Show a provider."""
        self._page = page
        self._progress.clear()
        self._progress.update(page.progress)
        self._draw_ratings(page)
        self.facts.set_pairs(facts_of(page))
        open_, overdue = page.open_actions, page.overdue_actions
        words = f"{number(len(open_))}, {number(len(overdue))} overdue" if overdue else number(len(open_))
        self.open_actions.set_rows(open_, words if open_ else "")
        booked = [visit for visit in page.visits if visit.planned and not visit.made and not _over(visit)]
        booked.sort(key=lambda visit: visit.planned or date.max)
        # The next ones and the last; the timeline and the sub-page of visits tell of those before.
        self.visits.set_rows([*booked[:2], *page.made_visits[:1]], f"{number(len(page.made_visits))} made")
        self.timeline.set_events(events_of(page))
        if self.visits.add_button is not None:
            self.visits.add_button.setVisible(bool(page.services))

    def _draw_ratings(self, page: ProviderPage) -> None:
        while (item := self._drawings.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        rated = [(service, _overall(page, service)) for service in page.services]
        rated = [(service, ratings) for service, ratings in rated if ratings]
        for service, ratings in rated[:_MOST_DRAWN]:
            if len(page.services) > 1:
                self._drawings.addWidget(Label(service.name, colour="muted", parent=self))
            drawing = DrawingView(
                partial(self._history, ratings), name=f"Ratings of {service.name} over time", parent=self
            )
            self._drawings.addWidget(drawing)
        if not rated:
            self._drawings.addWidget(Label("No overall rating is recorded.", colour="muted", parent=self))
            self._rating_caption.setText("")
            return
        left_out = len(rated) - _MOST_DRAWN
        self._rating_caption.setText(
            f"{plural(left_out, 'further service')} under Ratings" if left_out > 0 else "as published; never recomputed"
        )

    def _history(self, ratings: tuple[Rating, ...], width: float) -> Drawing:
        return history_of_ratings(ratings, self.context.today, width)

    def _edit(self) -> None:
        if self._page is not None:
            self.form_asked.emit(wish_for_edit(self._page.provider))

    def _add_action(self) -> None:
        if self._page is not None:
            self.form_asked.emit(action_wish(self._page, self.context.today))

    def _show_working(self, working: Working, where: QRect) -> None:
        self.context.show_working(working, where)

    def _open_action(self, action: Action) -> None:
        self.context.navigator.open("action", action.uid)

    def _open_event(self, event: Event) -> None:
        self.context.navigator.open(event.kind, event.uid)

    def _open_visit(self, visit: Visit) -> None:
        self.context.navigator.open("visit", visit.uid)


def facts_of(page: ProviderPage) -> list[AnyPair]:
    """Label and value of what is worth knowing at a glance; "" where it is not known."""
    provider = page.provider
    place = ", ".join(part for part in (provider.address or "", provider.postcode or "") if part)
    contact = ", ".join(part for part in (provider.contact_role or "", provider.contact_details or "") if part)
    pairs: list[AnyPair] = [
        ("CQC overall", _latest(page, RatingScheme.CQC_OVERALL)),
        ("Our assessment", _latest(page, RatingScheme.OURS)),
        ("Food hygiene", _latest(page, RatingScheme.FOOD_HYGIENE)),
        ("Registered manager", _by_service(page, lambda service: _manager(service, page.as_at))),
        ("Capacity", _by_service(page, _capacity)),
        ("Client groups", _by_service(page, lambda service: service.client_groups or "")),
        ("Visit every", _by_service(page, _frequency)),
        *_next_visits(page),
        ("Company", page.company.name if page.company else ""),
        ("Local authority", provider.local_authority or ""),
        ("Address", place),
        ("First contact", contact),
        ("CQC provider id", provider.cqc_provider_id or ""),
    ]
    return [*pairs, *noted(provider)]


def _next_visits(page: ProviderPage) -> list[AnyPair]:
    """When each service is to be visited next and by which rule; its name where there are several."""
    pairs: list[AnyPair] = []
    for service in page.services:
        found = page.due.get(service.uid)
        if found is not None:
            why = f"{service.name}: {found.why}" if len(page.services) > 1 else found.why
            label = "Next visit due" if not pairs else ""
            pairs.append((label, Explained(found.figure, why)))
    return pairs


def _overall(page: ProviderPage, service: Service) -> tuple[Rating, ...]:
    schemes = (RatingScheme.CQC_OVERALL, RatingScheme.OURS)
    return tuple(r for r in page.ratings if r.service == service.uid and r.scheme in schemes and r.published)


def _latest(page: ProviderPage, scheme: RatingScheme) -> str:
    def words(service: Service) -> str:
        rating = page.latest(scheme, service.uid)
        if rating is None:
            return ""
        when = f", {date_long(rating.published)}" if rating.published else ""
        return f"{published_rating(rating, page.as_at).word}{when}"

    return _by_service(page, words)


def _by_service(page: ProviderPage, words: Callable[[Service], str]) -> str:
    """One value for all services, or a line for each where they differ."""
    said = [(service.name, words(service)) for service in page.services]
    values = {value for _, value in said}
    if len(values) <= 1:
        return values.pop() if values else ""
    together: dict[str, list[str]] = {}
    for name, value in said:
        together.setdefault(value or "Not known", []).append(name)
    return "\n".join(f"{list_words(names)}: {value}" for value, names in together.items())


def _manager(service: Service, today: date) -> str:
    status = service_status(service, today)
    return status.sentence if status.known else ""


def _capacity(service: Service) -> str:
    if service.capacity is None:
        return ""
    return f"{number(service.capacity)} {service.capacity_unit.value if service.capacity_unit else ''}".strip()


def _frequency(service: Service) -> str:
    return service.visit_every.words if service.visit_every else ""


def _over(visit: Visit) -> bool:
    return visit.stage in (VisitStage.CANCELLED, VisitStage.FINAL)


def _action_columns(context: Context) -> list[Column[Action]]:
    def what(action: Action) -> Cell:
        return Cell(action.title, status=action_status(action, context.today))

    def due(action: Action) -> Cell:
        status = action_status(action, context.today)
        late = status.overdue
        words = status.word if late else near(action.due, context.today)
        colour = "alert_text" if late else "" if action.due else "muted"
        return Cell(sentence_case(words), sort=action.due, colour=colour, tip=status.sentence)

    return [Column("title", "Action", what), Column("due", "Due", due, "date", 7.2)]


def _visit_columns(context: Context, progress: Mapping[str, VisitProgress]) -> list[Column[Visit]]:
    def what(visit: Visit) -> Cell:
        come = progress.get(visit.uid)
        status = outcome_of_visit(visit, come) if visit.made else visit_status(visit, context.today, come)
        kind = visit.kind.word if visit.kind else "Visit of unknown kind"
        return Cell(status.word, status=status, tip=f"{kind}. {status.sentence}".strip())

    def day(visit: Visit) -> Cell:
        found = visit.made or visit.planned
        return Cell(near(found, context.today), sort=found, colour="muted" if visit.made else "")

    return [Column("what", "Visit", what), Column("day", "Date", day, "date", 7.2)]
