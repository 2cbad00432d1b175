"""The Overview: what needs the officer, the counts that explain themselves, and the next two weeks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from s75desk.domain.attention import Appointment, Day, Group, Item, agenda, in_order
from s75desk.domain.british_time import british
from s75desk.domain.kept_overview import MOST_ROWS, KeptCount, KeptOverview, KeptRow
from s75desk.domain.records import Action, Briefing, Decision, Document, KpiReturn, Meeting, Organisation, Provider
from s75desk.domain.since import Since, brought_by_time
from s75desk.domain.status import Shape
from s75desk.domain.statuses.actions import SOON
from s75desk.domain.statuses.counts import kpi_tally
from s75desk.domain.statuses.returns import is_waited_for, return_status
from s75desk.domain.wording import count_words, inside, plural
from s75desk.domain.working_days import HolidayCalendar
from s75desk.models import settings
from s75desk.models.first_look import KEPT_OVERVIEW
from s75desk.models.queries.actions import open_actions
from s75desk.services.actions import ActionService
from s75desk.services.agreements import AgreementService, LiveTerm
from s75desk.services.headings import Names
from s75desk.services.kpis import KpiService
from s75desk.services.overview_counts import Count, counts_of, in_place, late_counts, with_steps
from s75desk.services.overview_items import (
    action_items,
    date_items,
    doubt_items,
    gap_items,
    kpi_doubt_items,
    kpi_items,
    late_item,
    provider_doubt_items,
    step_items,
    visit_items,
)
from s75desk.services.providers import ProviderService
from s75desk.services.since import SinceService
from s75desk.services.visit_rows import VisitRow
from s75desk.services.visits import VisitService
from s75desk.services.workplace import Workplace

KPIS_TOGETHER = 250
AGREEMENTS_TOGETHER = 8
"""How many are worked out in one go, so that the window can read something else in between."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the Overview that takes longer: visits to plan, the state of some KPIs, doubts of some records."""

    what: Literal["gaps", "doubts", "kpis", "providers"]
    uids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Findings:
    """What a part came to: its items; of how many KPIs how many are not known; services with no visit booked."""

    items: tuple[Item, ...]
    kpis: int = 0
    unknown: int = 0
    gaps: int = 0


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
        pending: Parts that are still to be worked out, of which counts and items are still missing.
        since: What is new since the officer was last here; None on the first day.
    """

    as_at: date
    heading: str
    lead: str
    items: tuple[Item, ...]
    counts: tuple[Count, ...]
    days: tuple[Day, ...]
    empty: bool
    pending: tuple[Part, ...] = ()
    since: Since | None = None

    @property
    def first_step(self) -> Item | None:
        """What the primary step is for: a visit that is today or under way, else what stands first."""
        now = (item for item in self.items if item.group is Group.VISITS and (item.date or self.as_at) <= self.as_at)
        return next(now, self.items[0] if self.items else None)


class OverviewService:
    """Works the Overview out of the records."""

    def __init__(self, place: Workplace, calendar: HolidayCalendar, since: SinceService) -> None:
        self.place = place
        self.since = since
        self.calendar = calendar
        self._agreements = AgreementService(place)
        self._actions = ActionService(place)
        self._visits = VisitService(place)
        self._kpis = KpiService(place)
        self._providers = ProviderService(place)

    def read(self, first: date | None = None) -> Overview:
        """The whole Overview as at today, in one go.

        Args:
            first: First day of the agenda; today if none is given.
        """
        overview = self.start(first)
        return self.complete(overview, [self.work_out(part) for part in overview.pending])

    def start(self, first: date | None = None) -> Overview:
        """What can be said at once: dates, visits, actions, returns.

        Services past their date for a visit, KPIs and doubts are left as ``pending``.

        Args:
            first: First day of the agenda; today if none is given.
        """
        today = self.place.day()
        terms = self._agreements.terms()
        visits = self._visits.rows(coming=True)
        kpis, providers = self._kpis.uids(), self._providers.uids()
        with self.place.desk.reading() as connection:
            repository = self.place.records(connection)
            actions = list(repository.by_uid(Action, open_actions(connection, today)).values())
            returns = repository.all(KpiReturn, order=("due",))
            meetings = repository.all(Meeting, order=("held",))
            decisions = repository.all(Decision, order=("due",))
            held = any(repository.count(cls) for cls in (Provider, Organisation, Document, Briefing))
            late = [expected for expected in returns if return_status(expected, today).overdue]
            waited = [expected for expected in returns if expected.due and is_waited_for(expected, today)]
            names = Names(repository)
            names.read_returns([*late, *waited])
            names.read([one for one in actions if one.due is None or one.due <= today + timedelta(days=SOON)])
        items = in_order(
            [
                *date_items(terms, decisions, today),
                *visit_items(visits, today, self.calendar),
                *action_items(actions, names, today),
                *(late_item(r, names.whose(r), today, self.calendar) for r in late),
            ]
        )
        counts = counts_of(items, terms, actions, visits, returns, late, today)
        days = agenda(_appointments(visits, actions, waited, names, meetings, terms), first or today)
        empty = not (terms or actions or visits or kpis or returns or held)
        since = _since(self.since.read(), items, today)
        heading, lead = _heading(items, empty, since)
        pending = (
            ()
            if empty
            else (
                Part("gaps"),
                *(Part("doubts", uids) for uids in _cut([t.agreement.uid for t in terms], AGREEMENTS_TOGETHER)),
                *(Part("kpis", uids) for uids in _cut(kpis, KPIS_TOGETHER)),
                *(Part("providers", uids) for uids in _cut(providers, KPIS_TOGETHER)),
            )
        )
        return Overview(today, heading, lead, items, counts, days, empty, pending, since)

    def keep(self, overview: Overview) -> None:
        """Keep the whole Overview of today in the desk, to be shown while it is opened next time.

        Raises:
            DeskError: If the desk cannot be written.
        """
        desk = self.place.desk
        if desk.read_only or self.place.another_day is not None or overview.as_at != self.place.day():
            return
        counts = tuple(KeptCount(f"{one.number:,}", one.name, one.why, one.shape) for one in overview.counts)
        rows = tuple(KeptRow(one.title, one.text, one.when, one.day, one.shape) for one in overview.items[:MOST_ROWS])
        kept = KeptOverview(self.place.now(), overview.heading, overview.lead, counts, rows)
        with desk.writing() as connection:
            settings.put(connection, KEPT_OVERVIEW, kept.to_text())

    def work_out(self, part: Part) -> Findings:
        """Work one part out; a fraction of a second each, so that other reads can come between."""
        if part.what == "gaps":
            gaps = self._visits.overdue()
            return Findings(tuple(gap_items(gaps, self.place.day())), gaps=len(gaps))
        if part.what == "doubts":
            dossiers = self._agreements.dossiers(uids=part.uids)
            return Findings((*step_items(dossiers, self.place.day()), *doubt_items(dossiers)))
        if part.what == "providers":
            return Findings(tuple(provider_doubt_items(self._providers.in_doubt(part.uids))))
        rows = self._kpis.rows(uids=part.uids)
        shapes, _ = kpi_tally(row.status for row in rows)
        items = (*kpi_items(rows), *kpi_doubt_items(self._kpis.in_doubt(part.uids)))
        return Findings(items, len(rows), shapes.get(Shape.UNKNOWN, 0))

    def complete(self, overview: Overview, findings: Sequence[Findings]) -> Overview:
        """The Overview with every part in its place."""
        items = in_order([*overview.items, *(item for found in findings for item in found.items)])
        since = _since(overview.since, items, overview.as_at)
        heading, lead = _heading(items, overview.empty, since)
        kpis, unknown, gaps = (sum(getattr(found, name) for found in findings) for name in ("kpis", "unknown", "gaps"))
        counts = in_place((*with_steps(overview.counts, items), *late_counts(items, kpis, unknown, gaps)))
        return replace(overview, items=items, counts=counts, heading=heading, lead=lead, pending=(), since=since)


def _cut(uids: Sequence[str], together: int) -> list[tuple[str, ...]]:
    return [tuple(uids[start : start + together]) for start in range(0, len(uids), together)]


def _appointments(
    visits: Sequence[VisitRow],
    actions: Sequence[Action],
    waited: Sequence[KpiReturn],
    names: Names,
    meetings: Sequence[Meeting],
    terms: Sequence[LiveTerm],
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
        Appointment(
            r.due,
            "kpi",
            ": ".join(filter(None, (names.whose(r), r.title))),
            "due",
            "kpi" if r.kpi else "kpi_return",
            r.kpi or r.uid,
        )
        for r in waited
        if r.due
    ]
    found += [Appointment(m.held, "people", m.title, m.at or "", "agreement", m.agreement) for m in meetings if m.held]
    found += [
        Appointment(
            d.term.next_date, "notice", f"{d.term.next_what}: {d.agreement.title}", "", "agreement", d.agreement.uid
        )
        for d in terms
        if d.term.next_date
    ]
    return found


def _since(since: Since | None, items: Sequence[Item], today: date) -> Since | None:
    """What time has brought, beside what was changed."""
    if since is None:
        return None
    return replace(since, brought=brought_by_time(items, british(since.at).date(), today))


def _heading(items: Sequence[Item], empty: bool, since: Since | None) -> tuple[str, str]:
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
        lead = f"The nearest date you cannot move: {inside(what)}, {dated.when}."
    new = len(since.brought) if since is not None and not since.seen else 0
    said = f", {inside(count_words(new))} of them new" if 0 < new < len(items) else ""
    return f"{count_words(len(items))} {noun} you{said}", lead
