"""KPIs: the list with state and trend, one KPI with its figures, and returns that are late."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from s75desk.domain.answers import owner_of_kpi, told_apart
from s75desk.domain.changes import Changes
from s75desk.domain.findings import Question
from s75desk.domain.no_value import small
from s75desk.domain.performance import NO_TARGET
from s75desk.domain.records import (
    Action,
    Agreement,
    Breakdown,
    DoubtAnswer,
    Kpi,
    KpiReturn,
    Measurement,
    Provider,
    Target,
)
from s75desk.domain.records.kpi import TargetType
from s75desk.domain.status import Status
from s75desk.domain.wording import plural
from s75desk.domain.working import Figure
from s75desk.models.dossier_reader import DossierReader
from s75desk.models.repository import Repository
from s75desk.services.records import RecordService

if TYPE_CHECKING:
    from s75desk.domain.performance import KpiSheet

RECENT = 36
"""Newest figures of a KPI that its state and its small chart are worked out from: three years of months."""


@dataclass(frozen=True, slots=True)
class KpiRow:
    """One row of the KPIs list.

    Attributes:
        uid: The KPI.
        title: Its title.
        subtitle: Agreement or provider, and unit.
        agreement: Title of the agreement, "" if none.
        agreement_uid: The agreement.
        provider: Name of the provider, "" if none.
        latest: The figure returned last; never a forecast.
        period: Its period.
        caption: The target.
        status: State against the target.
        trend: Single periods, oldest first.
        lower: Lower edge of the band, or None.
        upper: Upper edge, or None.
        ends: End of the latest period.
        archived: Whether it is archived.
        target_lower: The lowest value on target, whatever period it is for; None for no floor.
        target_upper: The highest value on target.
        forecast: The forecast for the year, of figures that add up.
        small: Whether the latest figure counts so few that it could point at a person.
        unit: What it is counted in.
    """

    uid: str
    title: str
    subtitle: str
    agreement: str
    agreement_uid: str
    provider: str
    latest: Figure
    period: str
    caption: str
    status: Status
    trend: tuple[float, ...]
    lower: float | None
    upper: float | None
    ends: date | None
    archived: bool
    target_lower: Decimal | None = None
    target_upper: Decimal | None = None
    forecast: Decimal | None = None
    unit: str = ""
    small: bool = False


@dataclass(frozen=True, slots=True)
class Doubts:
    """Doubts of one KPI: those that are open, and those that are answered."""

    kpi: Kpi
    questions: tuple[Question, ...]
    answered: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class KpiPage:
    """One KPI with everything recorded about it; what is dated after today apart, for the lists alone."""

    sheet: KpiSheet
    agreement: Agreement | None
    provider: Provider | None
    actions: tuple[Action, ...]
    breakdowns: tuple[Breakdown, ...]
    ahead: tuple[Measurement, ...] = ()
    targets_ahead: tuple[Target, ...] = ()
    returns_ahead: tuple[KpiReturn, ...] = ()
    questions: tuple[Question, ...] = ()
    answered: tuple[Question, ...] = ()

    @property
    def listed_returns(self) -> tuple[KpiReturn, ...]:
        """The returns of the list: those that are there, then those that lie ahead."""
        return (*self.sheet.returns, *self.returns_ahead)


class KpiService(RecordService):
    """Reads KPIs and returns."""

    def rows(self, *, archived: bool = False, uids: Sequence[str] | None = None) -> tuple[KpiRow, ...]:
        """Live KPIs, the ones that need something first.

        Args:
            archived: Archived ones too.
            uids: Only these; every one if None.
        """
        with self.place.desk.reading() as connection:
            repository = self.place.records(connection)
            some: dict[str, Any] = {} if uids is None else {"uid": list(uids)}
            kpis = repository.all(Kpi, archived=archived, order=("title",), **some)
            agreements = repository.by_uid(Agreement, [kpi.agreement for kpi in kpis])
            providers = repository.by_uid(Provider, [kpi.provider for kpi in kpis])
            sheets = self.sheets(repository, kpis)
        rows = [_row(sheet, agreements, providers) for sheet in sheets]
        return tuple(sorted(rows, key=lambda row: (row.status.shape.urgency, row.title.casefold())))

    def sheets(self, repository: Repository, kpis: Sequence[Kpi]) -> list[KpiSheet]:
        """KPIs with their state, worked out from their newest figures as lists show it."""
        from s75desk.services.dossiers import sheet_of

        read = DossierReader(repository).kpis(kpis, recent=RECENT)
        return [sheet_of(records, self.place.day()) for records in read]

    def in_doubt(self, uids: Sequence[str] | None = None) -> tuple[Doubts, ...]:
        """Figures in doubt of KPIs that hang under no agreement, which counts the doubts of its own.

        Args:
            uids: Only these KPIs; every one if None.
        """
        from s75desk.services.dossiers import sheet_of

        with self.place.desk.reading() as connection:
            repository = self.place.records(connection)
            some: dict[str, Any] = {} if uids is None else {"uid": list(uids)}
            kpis = repository.all(Kpi, agreement=None, order=("title",), **some)
            sheets = [sheet_of(records, self.place.day()) for records in DossierReader(repository).kpis(kpis)]
            answers = repository.all(DoubtAnswer, kpi=[kpi.uid for kpi in kpis], order=("answered",))
        return tuple(_doubts(sheet, [each for each in answers if each.kpi == sheet.kpi.uid]) for sheet in sheets)

    def uids(self) -> tuple[str, ...]:
        """Every live KPI, for working them out in parts."""
        with self.place.desk.reading() as connection:
            return tuple(self.place.records(connection).uids(Kpi))

    def page(self, uid: str) -> KpiPage:
        """One KPI with figures, targets, returns, actions and breakdowns.

        Raises:
            NotFound: If it is not in this desk.
        """
        from s75desk.services.dossiers import sheet_of

        kpi = self.seen(Kpi, uid)
        with self.place.desk.reading() as connection:
            repository = self.place.records(connection)
            (records,) = DossierReader(repository).kpis([kpi])
            sheet = sheet_of(records, self.place.day())
            doubts = _doubts(sheet, repository.all(DoubtAnswer, order=("answered",), **owner_of_kpi(kpi).field))
            return KpiPage(
                sheet=sheet,
                questions=doubts.questions,
                answered=doubts.answered,
                agreement=repository.by_uid(Agreement, [kpi.agreement]).get(kpi.agreement or ""),
                provider=repository.by_uid(Provider, [kpi.provider]).get(kpi.provider or ""),
                actions=tuple(repository.all(Action, kpi=uid, order=("due",))),
                breakdowns=tuple(repository.all(Breakdown, kpi=uid)),
                ahead=self.ahead(connection, records.measurements, Measurement, kpi=uid),
                returns_ahead=self.ahead(connection, records.returns, KpiReturn, kpi=uid),
                targets_ahead=self.ahead(connection, records.targets, Target, kpi=uid),
            )

    def keep_figures(self, kpi: Kpi, figures: Sequence[Measurement]) -> Changes:
        """Write figures that were pasted, new ones and changed ones, in one change that one undo takes back.

        Raises:
            Rejected: If one of them has a fault; none is written then.
            DeskError: If the file cannot be written; nothing has changed.
        """
        with self.place.change(f"Recorded: {plural(len(figures), 'figure')} of {kpi.title}") as change:
            for figure in figures:
                self._check(change.records, figure)
                if figure.uid:
                    change.revise(figure)
                else:
                    change.create(figure)
        return change.result

    def waiting_returns(self) -> tuple[KpiReturn, ...]:
        """Returns that are expected and have not come, soonest due first."""
        with self.place.desk.reading() as connection:
            found = self.place.records(connection).all(KpiReturn, received=None, order=("due",))
        return tuple(found)


def _doubts(sheet: KpiSheet, answers: Sequence[DoubtAnswer]) -> Doubts:
    from s75desk.domain.arithmetic import kpi_questions

    return Doubts(sheet.kpi, *told_apart(kpi_questions(sheet), answers))


def _row(sheet: KpiSheet, agreements: Mapping[str, Agreement], providers: Mapping[str, Provider]) -> KpiRow:
    kpi, state = sheet.kpi, sheet.state
    agreement = agreements.get(kpi.agreement or "")
    provider = providers.get(kpi.provider or "")
    owner = provider.name if provider else agreement.title if agreement else ""
    subtitle = ", ".join(part for part in (owner, kpi.unit or "") if part)
    band, forecast = state.band, state.forecast.value if state.forecast else None
    edges = (band.lower, band.upper) if band and _fits_one_period(sheet) else (None, None)
    return KpiRow(
        uid=kpi.uid,
        title=kpi.title,
        subtitle=subtitle,
        agreement=agreement.title if agreement else "",
        agreement_uid=agreement.uid if agreement else "",
        provider=provider.name if provider else "",
        latest=state.latest,
        period=state.latest_caption,
        caption=f"target {state.target}" if state.target != NO_TARGET else state.target,
        status=state.status,
        trend=tuple(float(value) for value in state.trend),
        lower=None if edges[0] is None else float(edges[0]),
        upper=None if edges[1] is None else float(edges[1]),
        ends=state.latest_ends,
        archived=kpi.archived_at is not None,
        target_lower=band.lower if band else None,
        target_upper=band.upper if band else None,
        unit=kpi.unit or "",
        forecast=forecast if isinstance(forecast, Decimal) else None,
        small=any(small(m, m.measure or kpi.measure) for m in sheet.measurements if m.ends == state.latest_ends),
    )


def _fits_one_period(sheet: KpiSheet) -> bool:
    """Whether the band is on the scale of single periods: a year's count is not a month's."""
    return sheet.state.to_date is None or all(target.type is TargetType.AT_MOST for target in sheet.targets)
