"""The Overview: what needs the officer, the counts that explain themselves, and the next two weeks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from s75desk.domain.attention import Appointment, Day, Group, Item, agenda, in_order
from s75desk.domain.dossier import AgreementDossier
from s75desk.domain.records import Action, Decision, KpiReturn, Meeting
from s75desk.domain.records.action import ActionState
from s75desk.domain.wording import count_words, plural
from s75desk.domain.working_days import HolidayCalendar
from s75desk.models.repository import Repository
from s75desk.services.actions import ActionService
from s75desk.services.agreements import AgreementService
from s75desk.services.headings import Names
from s75desk.services.kpis import KpiService
from s75desk.services.overview_counts import Count, counts_of
from s75desk.services.overview_items import (
    action_items,
    date_items,
    doubt_items,
    gap_items,
    kpi_items,
    late_item,
    visit_items,
)
from s75desk.services.visits import VisitRow, VisitService
from s75desk.services.workplace import Workplace


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything the Overview shows.

    Attributes:
        as_at: The day.
        heading: "Fourteen things need you".
        lead: The sentence under it.
        items: In the order to deal with them.
        counts: The tiles.
        days: The agenda.
        empty: Whether the desk holds no records at all yet.
    """

    as_at: date
    heading: str
    lead: str
    items: tuple[Item, ...]
    counts: tuple[Count, ...]
    days: tuple[Day, ...]
    empty: bool


class OverviewService:
    """Works the Overview out of the records."""

    def __init__(self, place: Workplace, calendar: HolidayCalendar) -> None:
        self.place = place
        self.calendar = calendar
        self._agreements = AgreementService(place)
        self._actions = ActionService(place)
        self._visits = VisitService(place)
        self._kpis = KpiService(place)

    def read(self, first: date | None = None) -> Overview:
        """The Overview as at today.

        Args:
            first: First day of the agenda; today if none is given.
        """
        today = self.place.today()
        dossiers = self._agreements.dossiers()
        visits = self._visits.rows()
        kpis = self._kpis.rows()
        with self.place.desk.reading() as connection:
            repository = Repository(connection)
            actions = repository.all(Action, state=ActionState.OPEN, order=("due",))
            returns = repository.all(KpiReturn, order=("due",))
            meetings = repository.all(Meeting, order=("held",))
            decisions = repository.all(Decision, order=("due",))
            names = Names(repository)
            names.read(actions)
        late = [r for r in returns if r.received is None and r.due and r.due < today]
        gaps = self._visits.overdue()
        items = in_order(
            [
                *date_items(dossiers, decisions, today),
                *visit_items(visits, today, self.calendar),
                *gap_items(gaps, today),
                *action_items(actions, names, today),
                *(late_item(r, today, self.calendar) for r in late),
                *kpi_items(kpis),
                *doubt_items(dossiers),
            ]
        )
        counts = counts_of(items, dossiers, actions, visits, returns, late, kpis, today, len(gaps))
        days = agenda(_appointments(visits, actions, returns, meetings, dossiers, today), first or today)
        empty = not (dossiers or actions or visits or kpis or returns)
        heading, lead = _heading(items, empty)
        return Overview(today, heading, lead, items, counts, days, empty)


def _appointments(
    visits: Sequence[VisitRow],
    actions: Sequence[Action],
    returns: Sequence[KpiReturn],
    meetings: Sequence[Meeting],
    dossiers: Sequence[AgreementDossier],
    today: date,
) -> list[Appointment]:
    found = [
        Appointment(v.day, "visit", f"Visit: {v.service}", v.at, "visit", v.uid) for v in visits if v.day and not v.past
    ]
    due: dict[date, list[Action]] = {}
    for action in actions:
        if action.due:
            due.setdefault(action.due, []).append(action)
    for day, those in due.items():
        text = those[0].title if len(those) == 1 else f"{plural(len(those), 'action')} due"
        found.append(Appointment(day, "action", text, "due" if len(those) == 1 else "", "action", those[0].uid))
    found += [
        Appointment(r.due, "kpi", r.title, "due", "kpi" if r.kpi else "kpi_return", r.kpi or r.uid)
        for r in returns
        if r.due and r.received is None
    ]
    found += [Appointment(m.held, "people", m.title, m.at or "", "agreement", m.agreement) for m in meetings if m.held]
    found += [
        Appointment(
            d.term.next_date, "notice", f"{d.term.next_what}: {d.agreement.title}", "", "agreement", d.agreement.uid
        )
        for d in dossiers
        if d.term.next_date
    ]
    return found


def _heading(items: Sequence[Item], empty: bool) -> tuple[str, str]:
    if empty:
        return (
            "Nothing in this desk yet",
            "Enter an agreement and its dates, money and KPIs appear here as they fall due.",
        )
    if not items:
        return "Nothing needs you", "No date falls within 90 days, nothing is overdue and no figure is in doubt."
    noun = "thing needs" if len(items) == 1 else "things need"
    dated = next((item for item in items if item.group is Group.DATES and item.date), None)
    lead = "Nothing that cannot be moved falls within 90 days."
    if dated is not None:
        what = dated.title.removeprefix("Decision needed: ")
        lead = f"The nearest date you cannot move: {what[:1].lower()}{what[1:]}, {dated.when}."
    return f"{count_words(len(items))} {noun} you", lead
