"""Councils, NHS bodies and companies: the list, and one body with the agreements it is in and the providers it owns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from s75desk.domain.records import Agreement, Organisation, Party, Provider, Succession
from s75desk.domain.status import Status
from s75desk.domain.statuses.kept import going_status, organisation_status
from s75desk.domain.wording import NOT_KNOWN
from s75desk.models.repository import Repository
from s75desk.services.records import RecordService


@dataclass(frozen=True, slots=True)
class OrganisationRow:
    """One row of the Organisations list.

    Attributes:
        uid: The organisation.
        name: Its name.
        subtitle: Short name and codes; "" if none is recorded.
        kind: What sort of body it is, "Not known" if it is not.
        agreements: In how many live agreements it is a party.
        providers: How many live providers it owns.
    """

    uid: str
    name: str
    subtitle: str
    kind: str
    agreements: int
    providers: int


@dataclass(frozen=True, slots=True)
class OrganisationPage:
    """One organisation with where it is a party and what it owns; archived records left out."""

    organisation: Organisation
    status: Status
    parties: tuple[Party, ...]
    agreements: Mapping[str, Agreement]
    providers: tuple[Provider, ...]
    successions: tuple[Succession, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)


class OrganisationService(RecordService):
    """Reads organisations."""

    def rows(self) -> tuple[OrganisationRow, ...]:
        """Every live organisation, by name."""
        with self.place.desk.reading() as connection:
            repository = self.place.records(connection)
            bodies = repository.all(Organisation)
            live = {agreement.uid for agreement in repository.all(Agreement)}
            agreements: dict[str, set[str]] = {}
            for party in repository.all(Party):
                if party.agreement in live:
                    agreements.setdefault(party.organisation, set()).add(party.agreement)
            providers: dict[str, int] = {}
            for provider in repository.all(Provider):
                if provider.company:
                    providers[provider.company] = providers.get(provider.company, 0) + 1
        rows = [
            OrganisationRow(
                uid=body.uid,
                name=body.name,
                subtitle=" · ".join(_codes(body)),
                kind=body.type.word if body.type else NOT_KNOWN,
                agreements=len(agreements.get(body.uid, ())),
                providers=providers.get(body.uid, 0),
            )
            for body in bodies
        ]
        return tuple(sorted(rows, key=lambda row: row.name.casefold()))

    def page(self, uid: str) -> OrganisationPage:
        """One organisation.

        Raises:
            NotFound: If it is not in this desk.
        """
        body = self.seen(Organisation, uid)
        with self.place.desk.reading() as connection:
            repository = self.place.records(connection)
            parties = repository.all(Party, organisation=uid)
            agreements = repository.by_uid(Agreement, [party.agreement for party in parties])
            agreements = {key: found for key, found in agreements.items() if found.archived_at is None}
            providers = repository.all(Provider, company=uid, order=("name",))
            # Those to come too: a body that goes is planned for long before its day.
            recorded = repository if self.place.another_day else Repository(connection)
            successions = [*recorded.all(Succession, organisation=uid), *recorded.all(Succession, successor=uid)]
            bodies = repository.by_uid(Organisation, (b for s in successions for b in (s.organisation, s.successor)))
        shown = [party for party in parties if party.agreement in agreements]
        shown.sort(key=lambda party: agreements[party.agreement].title.casefold())
        names = {key: found.name for key, found in bodies.items()}
        own = [one for one in successions if one.organisation == uid]
        status = going_status(own, names, self.place.day()) or organisation_status(len(agreements), len(providers))
        return OrganisationPage(body, status, tuple(shown), agreements, tuple(providers), tuple(successions), names)


def _codes(body: Organisation) -> list[str]:
    named = (("ODS", body.ods_code), ("CQC", body.cqc_provider_id), ("company", body.company_number))
    codes = [f"{name} {code}" for name, code in named if code]
    return [body.short_name, *codes] if body.short_name else codes
