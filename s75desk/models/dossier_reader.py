"""Reads whatever hangs under agreements in a fixed number of queries, however many agreements there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from s75desk.domain.parted import PartedTotal
from s75desk.domain.records import (
    Action,
    Breakdown,
    Kpi,
    KpiReturn,
    Lot,
    Measurement,
    Part,
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

    def actions(self, agreements: Sequence[str], kpis: Mapping[str, str]) -> dict[str, tuple[Action, ...]]:
        """Live actions about these agreements or KPIs, by agreement, each once, by due date.

        Args:
            agreements: Uids of agreements.
            kpis: The agreement of each KPI.
        """
        found = {
            uid: {one.uid: one for one in about} for uid, about in self.under(Action, agreements, ("due",)).items()
        }
        for one in sorted(self._each(Action, "kpi", list(kpis), ("due",)), key=lambda a: (a.due is not None, a.due)):
            found.setdefault(kpis[one.kpi or ""], {})[one.uid] = one
        return {uid: tuple(about.values()) for uid, about in found.items()}

    def lots(self, agreements: Sequence[str]) -> dict[str, tuple[Lot, ...]]:
        """Lots, tiers and zones by agreement."""
        return self.under(Lot, agreements, ("type", "title"))

    def _grouped(self, cls: type[R], field: str, uids: Sequence[str], order: Sequence[str]) -> dict[str, tuple[R, ...]]:
        grouped: dict[str, list[R]] = defaultdict(list)
        for record in self._each(cls, field, uids, order):
            grouped[getattr(record, field)].append(record)
        return {uid: tuple(records) for uid, records in grouped.items()}

    def _each(self, cls: type[R], field: str, uids: Sequence[str], order: Sequence[str]) -> Iterator[R]:
        for start in range(0, len(uids), 500):
            chunk: Any = list(uids[start : start + 500])
            yield from self.repository.all(cls, order=order, **{field: chunk})


def named(groups: Iterable[Iterable[Record]], kind: str) -> set[str]:
    """Uids of what records name of a kind."""
    return {
        str(value)
        for group in groups
        for record in group
        for field in record.fields().values()
        if field.refers_to == kind and (value := getattr(record, field.name))
    }
