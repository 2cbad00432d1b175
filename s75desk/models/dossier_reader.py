"""Reads whatever hangs under agreements in a fixed number of queries, however many agreements there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from s75desk.domain.parted import PartedTotal
from s75desk.domain.records import (
    Action,
    Agreement,
    Breakdown,
    Kpi,
    KpiReturn,
    Link,
    Lot,
    Measurement,
    Membership,
    Organisation,
    Part,
    Provider,
    Record,
    Target,
)
from s75desk.models.repository import Repository

R = TypeVar("R", bound=Record)

_FIGURES = ("ends", "starts")
_TWO_YEARS = 24  # months


@dataclass(frozen=True, slots=True)
class KpiRecords:
    """A KPI with its records, before any rule has looked at them."""

    kpi: Kpi
    targets: tuple[Target, ...]
    measurements: tuple[Measurement, ...]
    returns: tuple[KpiReturn, ...]
    breakdowns: tuple[PartedTotal, ...] = ()


class DossierReader:
    """Reads records by agreement or KPI; every method is one or a few queries."""

    def __init__(self, repository: Repository) -> None:
        self.repository = repository

    def under(self, cls: type[R], agreements: Sequence[str], order: Sequence[str] = ()) -> dict[str, tuple[R, ...]]:
        """Live records of a kind by the agreement they name, in order."""
        return self._grouped(cls, "agreement", agreements, order)

    def kpis(self, kpis: Iterable[Kpi], *, recent: int = 0) -> tuple[KpiRecords, ...]:
        """KPIs with their targets, figures and returns.

        Args:
            kpis: The KPIs.
            recent: Only so many of the newest figures of each, and those of two years, which is all that a state
                needs: a year so far and the year before. 0 for every figure, and for breakdowns.
        """
        wanted = tuple(kpis)
        uids = [kpi.uid for kpi in wanted]
        targets = self._grouped(Target, "kpi", uids, ("year",))
        figures = self._recent_figures(uids, recent) if recent else self._grouped(Measurement, "kpi", uids, _FIGURES)
        returns = self._grouped(KpiReturn, "kpi", uids, ("due",))
        totals = {} if recent else self._totals(uids)
        return tuple(
            KpiRecords(
                k,
                targets.get(k.uid, ()),
                figures.get(k.uid, ()),
                returns.get(k.uid, ()),
                tuple(totals.get(k.uid, ())),
            )
            for k in wanted
        )

    def _totals(self, kpis: Sequence[str]) -> dict[str, list[PartedTotal]]:
        """Breakdowns that hang under these KPIs alone, by the KPI; an agreement asks of its own."""
        grouped: dict[str, list[PartedTotal]] = defaultdict(list)
        owned = self._grouped(Breakdown, "kpi", kpis, ("as_at", "title")).values()
        for total in self.breakdowns(each for some in owned for each in some if each.agreement is None):
            grouped[total.breakdown.kpi or ""].append(total)
        return grouped

    def _recent_figures(self, uids: Sequence[str], recent: int) -> dict[str, tuple[Measurement, ...]]:
        grouped: dict[str, list[Measurement]] = defaultdict(list)
        for start in range(0, len(uids), 500):
            chunk = uids[start : start + 500]
            for figure in self.repository.latest_of_each(Measurement, "kpi", chunk, _FIGURES, recent, _TWO_YEARS):
                grouped[figure.kpi].append(figure)
        return {uid: tuple(figures) for uid, figures in grouped.items()}

    def breakdowns(self, breakdowns: Iterable[Breakdown]) -> tuple[PartedTotal, ...]:
        """Breakdowns with their parts in order."""
        wanted = tuple(breakdowns)
        parts = self._grouped(Part, "breakdown", [b.uid for b in wanted], ("number",))
        return tuple(PartedTotal(b, parts.get(b.uid, ())) for b in wanted)

    def organisations(self, *records: Iterable[Record]) -> dict[str, Organisation]:
        """Every organisation that the records name, by uid."""
        return self.repository.by_uid(Organisation, _named(records, "organisation"))

    def linked(self, links: Iterable[Link]) -> dict[str, Agreement]:
        """Agreements at the other end of links, by uid."""
        return self.repository.by_uid(Agreement, [link.other for link in links])

    def admitted(self, memberships: Iterable[Membership]) -> dict[str, Provider]:
        """Providers admitted, by uid."""
        return self.repository.by_uid(Provider, [membership.provider for membership in memberships])

    def actions(self, agreements: Sequence[str], kpis: Sequence[str]) -> tuple[Action, ...]:
        """Live actions about these agreements or KPIs, each once, by due date."""
        found = {a.uid: a for a in self.repository.all(Action, agreement=list(agreements), order=("due",))}
        found |= {a.uid: a for a in self.repository.all(Action, kpi=list(kpis), order=("due",))}
        return tuple(found.values())

    def lots(self, agreements: Sequence[str]) -> dict[str, tuple[Lot, ...]]:
        """Lots, tiers and zones by agreement."""
        return self.under(Lot, agreements, ("type", "title"))

    def _grouped(self, cls: type[R], field: str, uids: Sequence[str], order: Sequence[str]) -> dict[str, tuple[R, ...]]:
        grouped: dict[str, list[R]] = defaultdict(list)
        for start in range(0, len(uids), 500):
            chunk: Any = list(uids[start : start + 500])
            for record in self.repository.all(cls, order=order, **{field: chunk}):
                grouped[getattr(record, field)].append(record)
        return {uid: tuple(records) for uid, records in grouped.items()}


def _named(groups: Iterable[Iterable[Record]], kind: str) -> set[str]:
    return {
        str(value)
        for group in groups
        for record in group
        for field in record.fields().values()
        if field.refers_to == kind and (value := getattr(record, field.name))
    }
