"""The forms that a provider's page opens, filled in with what is known already."""

from __future__ import annotations

from datetime import date

from s75desk.domain.records import Action, Rating, Service, Visit
from s75desk.services.providers import ProviderPage
from s75desk.ui.pages.form_pane import FormWish, wish_for_new


def visit_wish(page: ProviderPage, visit: Visit) -> FormWish:
    """Plan a visit to one of the provider's services, from what is known of the last one."""
    return _about(page, visit, "Plan a visit")


def rating_wish(page: ProviderPage) -> FormWish:
    """Enter a rating as published."""
    return _about(page, Rating(service=only_service(page)), "New rating")


def action_wish(page: ProviderPage, today: date) -> FormWish:
    """Enter an action for the provider."""
    blank = Action(provider=page.provider.uid, service=only_service(page) or None, raised=today)
    return _about(page, blank, "New action")


def service_wish(page: ProviderPage) -> FormWish:
    """Enter a service; the first one usually bears the provider's name and address."""
    provider = page.provider
    first = not page.services
    blank = Service(
        provider=provider.uid,
        name=provider.name if first else "",
        address=provider.address if first else None,
        postcode=provider.postcode if first else None,
        local_authority=provider.local_authority,
    )
    return wish_for_new(blank, provider.name)


def only_service(page: ProviderPage) -> str:
    """Uid of the provider's service where it runs but one, else ""."""
    return page.services[0].uid if len(page.services) == 1 else ""


def _about(page: ProviderPage, blank: Visit | Rating | Action, title: str) -> FormWish:
    services = [(service.uid, service.name) for service in page.services]
    provider = page.provider
    return FormWish(blank, title, provider.name, choices={"service": services}, about=provider.uid)
