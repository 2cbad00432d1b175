"""Papers of what is in front: a list, a provider, a KPI, a plan of actions, from what the pages themselves show."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from s75desk.domain.printed import ActionPlan, KpiDossier, PlannedAction, ProviderDossier
from s75desk.domain.records import Action, Kpi, Provider, Rating, Visit
from s75desk.domain.small_numbers import small_numbers, small_rows
from s75desk.domain.status import Status
from s75desk.domain.statuses.actions import action_status, is_open
from s75desk.domain.statuses.providers import published_rating
from s75desk.domain.statuses.visits import outcome_of_visit, visit_status
from s75desk.models.queries.actions import open_actions
from s75desk.services.agreements import AgreementService
from s75desk.services.headings import Names
from s75desk.services.kpis import KpiService
from s75desk.services.paper_wishes import KpiWish, ListWish, PaperWish, PlanWish, ProviderWish, QuestionsWish
from s75desk.services.providers import ProviderPage, ProviderService
from s75desk.services.workplace import Workplace

if TYPE_CHECKING:
    from s75desk.reporting.content import Briefing


class PaperService:
    """Makes the content of papers.

    Args:
        place: The open desk.
    """

    def __init__(self, place: Workplace) -> None:
        self.place = place

    def content(self, wish: PaperWish) -> Briefing:
        """What a paper says.

        Raises:
            NotFound: If the provider or the KPI is not in this desk.
        """
        from s75desk.reporting.plain.action_plan import action_plan
        from s75desk.reporting.plain.kpi_paper import kpi_paper
        from s75desk.reporting.plain.list_paper import list_paper
        from s75desk.reporting.plain.provider_paper import provider_paper

        if wish.as_at != self.place.day():
            return PaperService(self.place.at(wish.as_at)).content(wish)
        who, audience = self.place.who, wish.audience
        match wish:
            case ListWish():
                return list_paper(wish.listing, wish.as_at, prepared_by=who, audience=audience)
            case ProviderWish():
                return provider_paper(self.provider(wish), prepared_by=who, audience=audience)
            case KpiWish():
                return kpi_paper(self.kpi(wish), prepared_by=who, audience=audience)
            case QuestionsWish():
                return self._questions(wish, who)
            case PlanWish():
                return action_plan(self.plan(wish), prepared_by=who, audience=audience)

    def warnings(self, wish: PaperWish) -> tuple[str, ...]:
        """What to think of before the public reads a paper: figures that count so few that they point at a person."""
        match wish:
            case KpiWish():
                return small_numbers([self.kpi(wish).sheet], wish.as_at)
            case ProviderWish():
                return small_numbers(self.provider(wish).kpis, wish.as_at)
            case ListWish():
                return small_rows(wish.listing.small)
        return ()

    def _questions(self, wish: QuestionsWish, who: str) -> Briefing:
        from s75desk.reporting.plain.questions_paper import questions_paper

        uid, place, reference = wish.owner.uid, self.place.at(wish.as_at), ""
        if wish.owner.cls is Kpi:
            page = KpiService(place).page(uid)
            title, questions = page.sheet.kpi.title, page.questions
        elif wish.owner.cls is Provider:
            provider = ProviderService(place).page(uid)
            title, questions = provider.provider.name, provider.questions
        else:
            dossier = AgreementService(self.place).dossier(uid, wish.as_at)
            title, questions, reference = (
                dossier.agreement.heading,
                dossier.questions,
                dossier.agreement.reference or "",
            )
        about = {"reference": reference, "prepared_by": who, "audience": wish.audience}
        return questions_paper(title, questions, wish.as_at, **about)

    def provider(self, wish: ProviderWish) -> ProviderDossier:
        """A provider with what its page shows."""
        page = ProviderService(self.place.at(wish.as_at)).page(wish.provider)
        visits = sorted(page.visits, key=lambda visit: visit.made or visit.planned or date.max, reverse=True)
        return ProviderDossier(
            as_at=wish.as_at,
            provider=page.provider,
            company=page.company,
            status=page.status,
            subtitle=page.subtitle,
            services=page.services,
            ratings=tuple((rating, published_rating(rating, wish.as_at)) for rating in _latest(page)),
            visits=tuple(_visited(each, page) for each in visits),
            actions=self._planned(page.open_actions, wish.as_at),
            memberships=page.memberships,
            agreements=page.agreements,
            lots=page.lots,
            kpis=page.kpis,
            documents=page.documents,
            questions=page.questions,
        )

    def kpi(self, wish: KpiWish) -> KpiDossier:
        """A KPI with what its page shows."""
        page = KpiService(self.place.at(wish.as_at)).page(wish.kpi)
        owner = page.provider.name if page.provider else page.agreement.title if page.agreement else ""
        actions = [action for action in page.actions if is_open(action, wish.as_at)]
        return KpiDossier(wish.as_at, page.sheet, owner, self._planned(actions, wish.as_at), page.questions)

    def plan(self, wish: PlanWish) -> ActionPlan:
        """The actions of a plan; those archived since are left out."""
        with self.place.desk.reading() as connection:
            repository = self.place.records(connection)
            if wish.actions is None:
                found = list(repository.by_uid(Action, open_actions(connection, wish.as_at)).values())
            else:
                kept = repository.by_uid(Action, wish.actions)
                found = [kept[uid] for uid in wish.actions if uid in kept and kept[uid].archived_at is None]
        return ActionPlan(wish.as_at, wish.by, self._planned(found, wish.as_at), wish.filters)

    def _planned(self, actions: Iterable[Action], as_at: date) -> tuple[PlannedAction, ...]:
        wanted = list(actions)
        with self.place.desk.reading() as connection:
            names = Names(self.place.records(connection))
            names.read(wanted)
        return tuple(PlannedAction(action, action_status(action, as_at), names.about(action)) for action in wanted)


def _visited(visit: Visit, page: ProviderPage) -> tuple[Visit, Status, Status]:
    progress = page.progress.get(visit.uid)
    return visit, visit_status(visit, page.as_at, progress), outcome_of_visit(visit, progress)


def _latest(page: ProviderPage) -> list[Rating]:
    """The latest rating of each scheme, of each service, in the order of services and schemes."""
    latest: dict[tuple[str, str], Rating] = {}
    for rating in sorted(page.ratings, key=lambda each: (each.published or date.min, each.uid)):
        latest[rating.service, rating.scheme.value if rating.scheme else ""] = rating
    places = {service.uid: place for place, service in enumerate(page.services)}
    return sorted(latest.values(), key=lambda each: (places.get(each.service, len(places)), _scheme_place(each)))


def _scheme_place(rating: Rating) -> int:
    return list(type(rating.scheme)).index(rating.scheme) if rating.scheme else -1
