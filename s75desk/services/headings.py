"""Names of records for screens: what an action or a visit is about, in a phrase."""

from __future__ import annotations

from s75desk.domain.records import Action, Agreement, Kpi, Provider, Service
from s75desk.models.repository import Repository


class Names:
    """Names of the records that others refer to, read together."""

    def __init__(self, repository: Repository) -> None:
        self._repository = repository
        self._agreements: dict[str, Agreement] = {}
        self._providers: dict[str, Provider] = {}
        self._services: dict[str, Service] = {}
        self._kpis: dict[str, Kpi] = {}

    def read(self, actions: list[Action]) -> None:
        """Read every name these actions need."""
        self._agreements |= self._repository.by_uid(Agreement, [a.agreement for a in actions])
        self._kpis |= self._repository.by_uid(Kpi, [a.kpi for a in actions])
        self._services |= self._repository.by_uid(Service, [a.service for a in actions])
        owners = [a.provider for a in actions] + [s.provider for s in self._services.values()]
        self._providers |= self._repository.by_uid(Provider, owners)

    def about(self, action: Action) -> str:
        """What an action is about: a service, a provider, an agreement or a KPI; "" if nothing is recorded."""
        if action.service and action.service in self._services:
            return self._services[action.service].name
        if action.provider and action.provider in self._providers:
            return self._providers[action.provider].name
        if action.agreement and action.agreement in self._agreements:
            return self._agreements[action.agreement].title
        if action.kpi and action.kpi in self._kpis:
            return self._kpis[action.kpi].title
        return ""
