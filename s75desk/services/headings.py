"""Names of records for screens: what an action is about and whose a return is, in a phrase."""

from __future__ import annotations

from collections.abc import Sequence

from s75desk.domain.records import Action, Agreement, Kpi, KpiReturn, Provider, Service
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

    def read_returns(self, returns: Sequence[KpiReturn]) -> None:
        """Read every name these returns need."""
        self._kpis |= self._repository.by_uid(Kpi, [each.kpi for each in returns])
        owners: list[KpiReturn | Kpi] = [*returns, *self._kpis.values()]
        self._agreements |= self._repository.by_uid(Agreement, [each.agreement for each in owners])
        self._providers |= self._repository.by_uid(Provider, [each.provider for each in owners])

    def whose(self, expected: KpiReturn) -> str:
        """Whose return it is: a provider, an agreement, or a KPI that belongs to neither; "" if nothing is recorded."""
        kpi = self._kpis.get(expected.kpi or "")
        for owner in (expected, kpi):
            if owner is not None and owner.provider in self._providers:
                return self._providers[owner.provider].name
            if owner is not None and owner.agreement in self._agreements:
                return self._agreements[owner.agreement].title
        return kpi.title if kpi else ""

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
