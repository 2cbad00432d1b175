"""What happened to a provider, newest first, from the dates that its records bear."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from s75desk.domain.records import Action, Rating, Visit
from s75desk.domain.records.provider import ManagerState, RatingScheme
from s75desk.domain.status import Shape
from s75desk.domain.statuses.actions import action_status
from s75desk.domain.statuses.providers import published_rating
from s75desk.domain.statuses.visits import outcome_of_visit
from s75desk.domain.wording import date_short, plural
from s75desk.services.providers import ProviderPage
from s75desk.ui.widgets.timeline import Event

_DRAWN = (RatingScheme.CQC_OVERALL, RatingScheme.FOOD_HYGIENE)
"""Our own assessments are told by the visits they come from."""


@dataclass(frozen=True, slots=True)
class _Dated:
    day: date
    title: str
    sub: str
    shape: Shape | None = None
    icon: str = "note"
    kind: str = ""
    uid: str = ""


def events_of(page: ProviderPage, most: int = 8) -> list[Event]:
    """The newest events up to the day of the page.

    Args:
        page: The provider.
        most: How many at most.
    """
    found = [event for rating in page.ratings if (event := _of_rating(rating, page)) is not None]
    found += [event for visit in page.visits if (event := _of_visit(visit, page)) is not None]
    found += [event for action in page.actions if (event := _of_action(action, page)) is not None]
    found += _of_managers(page)
    found += _of_places(page)
    found = [event for event in found if event.day <= page.as_at]
    found.sort(key=lambda event: (event.day, event.title), reverse=True)
    return [
        Event(
            when=near(event.day, page.as_at),
            title=event.title,
            sub=event.sub,
            shape=event.shape,
            icon=event.icon,
            bold=event.shape is not None and event.shape.loud,
            kind=event.kind,
            uid=event.uid,
        )
        for event in found[:most]
    ]


def _of_rating(rating: Rating, page: ProviderPage) -> _Dated | None:
    if rating.scheme not in _DRAWN or rating.published is None or rating.scheme is None:
        return None
    status = published_rating(rating, page.as_at)
    title = f"{rating.scheme.word}: {status.word}"
    return _Dated(rating.published, title, page.service_name(rating.service), shape=status.shape)


def _of_visit(visit: Visit, page: ProviderPage) -> _Dated | None:
    if visit.made is None:
        return None
    raised = sum(1 for action in page.actions if action.visit == visit.uid)
    sub = plural(raised, "action") + " raised" if raised else page.service_name(visit.service)
    if visit.outcome is None:
        return _Dated(visit.made, "Quality visit made", sub, icon="visit", kind="visit", uid=visit.uid)
    status = outcome_of_visit(visit, page.progress.get(visit.uid))
    return _Dated(visit.made, f"Quality visit: {status.word}", sub, status.shape, kind="visit", uid=visit.uid)


def _of_action(action: Action, page: ProviderPage) -> _Dated | None:
    status = action_status(action, page.as_at)
    if status.shape is Shape.DONE:
        if action.done is None:
            return None
        return _Dated(action.done, "Action done", action.title, icon="tick", kind="action", uid=action.uid)
    if status.overdue and action.due is not None:
        return _Dated(action.due, "Action due, not done", action.title, status.shape, kind="action", uid=action.uid)
    return None


def _of_managers(page: ProviderPage) -> list[_Dated]:
    found = []
    for service in page.services:
        if service.manager is None or service.manager_since is None:
            continue
        left = service.manager is ManagerState.VACANT
        title = "Registered manager left" if left else "Registered manager in post"
        found.append(_Dated(service.manager_since, title, service.name, icon="person"))
    return found


def _of_places(page: ProviderPage) -> list[_Dated]:
    found = []
    for place in page.memberships:
        agreement = page.agreements.get(place.agreement)
        if agreement is None:
            continue
        lot = page.lots.get(place.lot or "")
        sub = ", ".join(part for part in (lot.title if lot else "", agreement.title) if part)
        for day, title in ((place.admitted, "Admitted to an agreement"), (place.left, "Left an agreement")):
            if day is not None:
                found.append(_Dated(day, title, sub, icon="agreement", kind="agreement", uid=agreement.uid))
    return found


def near(day: date | None, today: date) -> str:
    """A date without its year where that is this year's."""
    if day is None:
        return "No date"
    return date_short(day).rsplit(" ", 1)[0] if day.year == today.year else date_short(day)
