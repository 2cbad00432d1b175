"""The Overview: what needs the officer, the counts that explain themselves, and the next two weeks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from s75desk.domain.attention import HORIZON, Appointment, Day, Group, Item, agenda, in_order
from s75desk.domain.dossier import AgreementDossier
from s75desk.domain.records import Action, Decision, KpiReturn, Meeting
from s75desk.domain.records.action import ActionState
from s75desk.domain.records.agreement import Outcome
from s75desk.domain.status import Shape
from s75desk.domain.wording import count_words, date_long, date_short, days_phrase, plural
from s75desk.domain.working_days import HolidayCalendar, working_days_between
from s75desk.models.repository import Repository
from s75desk.services.actions import SOON, ActionService
from s75desk.services.agreements import AgreementService
from s75desk.services.headings import Names
from s75desk.services.kpis import KpiRow, KpiService
from s75desk.services.visits import OverdueVisit, VisitRow, VisitService
from s75desk.services.workplace import Workplace


@dataclass(frozen=True, slots=True)
class Count:
    """A tile: a count with its base. ``shape`` is quiet when the count is nought."""

    group: Group
    shape: Shape
    number: int
    name: str
    why: str


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
                *_date_items(dossiers, decisions, today),
                *self._visit_items(visits, today),
                *_gap_items(gaps, today),
                *_action_items(actions, names, today),
                *(self._late_item(r, today) for r in late),
                *_kpi_items(kpis),
                *_doubt_items(dossiers),
            ]
        )
        counts = _counts(items, dossiers, actions, visits, returns, late, kpis, today, len(gaps))
        days = agenda(_appointments(visits, actions, returns, meetings, dossiers, today), first or today)
        empty = not (dossiers or actions or visits or kpis or returns)
        heading, lead = _heading(items, empty)
        return Overview(today, heading, lead, items, counts, days, empty)

    def _visit_items(self, visits: Sequence[VisitRow], today: date) -> list[Item]:
        found = []
        for row in visits:
            if row.past or row.day is None or row.status.word in ("Under way",):
                continue
            text = " · ".join(
                part
                for part in (
                    row.kind,
                    row.team if row.team != "Not known" else "",
                    f"{plural(row.open_actions, 'prior action')} to grade" if row.open_actions else "",
                )
                if part
            )
            if row.day < today:
                found.append(
                    Item(
                        Group.LATE_VISITS,
                        Shape.ALERT,
                        f"Visit not made: {row.service}",
                        f"It was planned for {date_long(row.day)} · {text}",
                        days_phrase(row.day, today),
                        date_short(row.day),
                        row.day,
                        "Open visit",
                        "visit",
                        row.uid,
                    )
                )
                continue
            if row.day > today + timedelta(days=14):
                continue
            phrase = days_phrase(row.day, today)
            when = f"{phrase.capitalize()} {row.at}".strip() if phrase in ("today", "tomorrow") else phrase
            near = row.day == today or working_days_between(today, row.day, self.calendar) <= 2
            found.append(
                Item(
                    Group.VISITS,
                    Shape.PLAN,
                    f"Quality visit: {row.service}",
                    text,
                    when,
                    date_short(row.day),
                    row.day,
                    "Open visit",
                    "visit",
                    row.uid,
                    pressing=near,
                )
            )
        return found

    def _late_item(self, expected: KpiReturn, today: date) -> Item:
        assert expected.due is not None
        late = working_days_between(expected.due, today, self.calendar)
        period = f" for the period to {date_long(expected.ends)}" if expected.ends else ""
        kind, uid = next(
            (k, u)
            for k, u in (
                ("kpi", expected.kpi),
                ("provider", expected.provider),
                ("agreement", expected.agreement),
                ("kpi_return", expected.uid),
            )
            if u
        )
        return Item(
            Group.RETURNS,
            Shape.WATCH,
            f"Return not received: {expected.title}",
            f"It was due on {date_long(expected.due)}{period}",
            f"{plural(late, 'working day')} late",
            date_short(expected.due),
            expected.due,
            "Record return",
            kind,
            uid,
            page="Returns",
        )


def _date_items(dossiers: Sequence[AgreementDossier], decisions: Sequence[Decision], today: date) -> list[Item]:
    found = []
    limit = today + timedelta(days=HORIZON)
    for dossier in dossiers:
        term, agreement = dossier.term, dossier.agreement
        if term.next_date is None or term.next_date < today:
            continue
        if term.next_date > limit and not term.status.shape.loud:
            continue
        found.append(
            Item(
                Group.DATES,
                Shape.WATCH,
                f"{term.next_what}: {agreement.title}",
                term.status.sentence,
                days_phrase(term.next_date, today),
                date_short(term.next_date),
                term.next_date,
                "Record decision",
                "agreement",
                agreement.uid,
                page="Term",
                pressing=term.next_date <= limit,
            )
        )
    titles = {dossier.agreement.uid: dossier.agreement.title for dossier in dossiers}
    for decision in decisions:
        if decision.outcome not in (Outcome.UNDECIDED, None) or decision.taken or decision.due is None:
            continue
        if decision.due > limit or decision.agreement not in titles:
            continue
        found.append(
            Item(
                Group.DATES,
                Shape.ALERT if decision.due < today else Shape.WATCH,
                f"Decision needed: {decision.title}",
                f"{titles[decision.agreement]}" + (f" · by {decision.body}" if decision.body else ""),
                days_phrase(decision.due, today),
                date_short(decision.due),
                decision.due,
                "Record decision",
                "agreement",
                decision.agreement,
                page="Decisions",
            )
        )
    return found


def _gap_items(gaps: Sequence[OverdueVisit], today: date) -> list[Item]:
    found = []
    for gap in gaps:
        every = plural(gap.every_months, "month")
        last = f"last visited {date_long(gap.last)}" if gap.last else "no visit recorded"
        found.append(
            Item(
                Group.LATE_VISITS,
                Shape.WATCH,
                f"No visit booked: {gap.name}",
                f"{gap.provider} · to be visited every {every} · {last}",
                days_phrase(gap.due, today) if gap.due else "Never visited",
                date_short(gap.due) if gap.due else "date not known",
                gap.due,
                "Plan a visit",
                "service",
                gap.service,
            )
        )
    return found


def _action_items(actions: Sequence[Action], names: Names, today: date) -> list[Item]:
    found = []
    for action in actions:
        if action.due is None or action.due > today + timedelta(days=SOON):
            continue
        about = names.about(action)
        text = " · ".join(p for p in (about, f"owner: {action.owner}" if action.owner else "owner not known") if p)
        overdue = action.due < today
        phrase = days_phrase(action.due, today)
        found.append(
            Item(
                Group.ACTIONS if overdue else Group.DUE,
                Shape.ALERT if overdue else Shape.PLAN,
                f"{'Overdue' if overdue else 'Due soon'}: {action.title}",
                text,
                phrase if overdue else f"Due {phrase}" if phrase in ("today", "tomorrow") else phrase,
                f"due {date_short(action.due)}",
                action.due,
                "Open action",
                "action",
                action.uid,
                pressing=overdue,
            )
        )
    return found


def _kpi_items(kpis: Sequence[KpiRow]) -> list[Item]:
    return [
        Item(
            Group.KPIS,
            Shape.ALERT,
            f"{row.title}: {row.status.word[:1].lower()}{row.status.word[1:]}",
            " ".join(part for part in (row.status.sentence, f"{row.agreement or row.provider}".strip()) if part),
            row.status.word,
            date_short(row.ends) if row.ends else "",
            None,
            "Open KPI",
            "kpi",
            row.uid,
        )
        for row in kpis
        if row.status.shape is Shape.ALERT
    ]


def _doubt_items(dossiers: Sequence[AgreementDossier]) -> list[Item]:
    return [
        Item(
            Group.DOUBTS,
            Shape.DOUBT,
            question.title,
            f"{question.text} {dossier.agreement.title}",
            "Before print",
            question.source.rsplit(", ", 1)[-1],
            None,
            "See working",
            "agreement",
            dossier.agreement.uid,
            page="Doubts",
        )
        for dossier in dossiers
        for question in dossier.questions
    ]


def _counts(
    items: Sequence[Item],
    dossiers: Sequence[AgreementDossier],
    actions: Sequence[Action],
    visits: Sequence[VisitRow],
    returns: Sequence[KpiReturn],
    late: Sequence[KpiReturn],
    kpis: Sequence[KpiRow],
    today: date,
    gaps: int,
) -> tuple[Count, ...]:
    def count(group: Group) -> int:
        return sum(1 for item in items if item.group is group)

    live = sum(1 for d in dossiers if not d.term.ends or d.term.ends >= today)
    overdue = [a for a in actions if a.due and a.due < today]
    oldest = max(((today - a.due).days for a in overdue if a.due), default=0)
    booked = [v for v in visits if not v.past and v.day and today <= v.day <= today + timedelta(days=14)]
    to_grade = sum(v.open_actions for v in booked)
    received = sum(1 for r in returns if r.received is not None)
    unknown = sum(1 for k in kpis if k.status.shape is Shape.UNKNOWN)
    late_visits = count(Group.LATE_VISITS)

    def tile(group: Group, shape: Shape, number: int, name: str, why: str) -> Count:
        return Count(group, shape if number else Shape.GOOD, number, name, why)

    return (
        tile(
            Group.DATES,
            Shape.WATCH,
            count(Group.DATES),
            "date to decide" if count(Group.DATES) == 1 else "dates to decide",
            f"{plural(live, 'live agreement')}",
        ),
        tile(
            Group.ACTIONS,
            Shape.ALERT,
            len(overdue),
            "action overdue" if len(overdue) == 1 else "actions overdue",
            f"Of {len(actions)} open" + (f"; oldest {plural(oldest, 'day')}" if overdue else ""),
        ),
        Count(
            Group.VISITS,
            Shape.PLAN,
            len(booked),
            "visit booked" if len(booked) == 1 else "visits booked",
            f"In 14 days; {to_grade} to grade",
        ),
        tile(
            Group.LATE_VISITS,
            Shape.ALERT,
            late_visits,
            "visit overdue" if late_visits == 1 else "visits overdue",
            f"{gaps} by frequency, {late_visits - gaps} planned",
        ),
        tile(
            Group.RETURNS,
            Shape.WATCH,
            len(late),
            "return late" if len(late) == 1 else "returns late",
            f"Of {len(returns)}; {received} received",
        ),
        tile(
            Group.KPIS,
            Shape.ALERT,
            count(Group.KPIS),
            "KPI off target" if count(Group.KPIS) == 1 else "KPIs off target",
            f"Of {len(kpis)}; {unknown} not known",
        ),
        tile(
            Group.DOUBTS,
            Shape.DOUBT,
            count(Group.DOUBTS),
            "figure in doubt" if count(Group.DOUBTS) == 1 else "figures in doubt",
            "Sums that disagree",
        ),
    )


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
