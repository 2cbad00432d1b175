"""The things that need the officer, made from rows and dossiers: one function a kind of thing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from s75desk.domain.attention import HORIZON, TERM, Group, Item
from s75desk.domain.deciding import step_of
from s75desk.domain.records import Action, Decision, KpiReturn, Milestone, Recommendation
from s75desk.domain.status import Shape, Status
from s75desk.domain.statuses.actions import SOON, action_status
from s75desk.domain.statuses.agreement_parts import (
    decision_status,
    is_undecided,
    milestone_status,
    recommendation_status,
)
from s75desk.domain.statuses.returns import return_status
from s75desk.domain.term import Ask
from s75desk.domain.wording import date_long, date_short, days_phrase, inside, period_words, plural, sentence_case
from s75desk.domain.working_days import HolidayCalendar, OutsideCalendar, working_days_between
from s75desk.services.agreements import LiveTerm
from s75desk.services.headings import Names
from s75desk.services.kpis import Doubts, KpiRow
from s75desk.services.providers import ProviderDoubts
from s75desk.services.visit_rows import VisitRow
from s75desk.services.visits import OverdueVisit

if TYPE_CHECKING:
    from s75desk.domain.dossier import AgreementDossier
    from s75desk.domain.findings import Question


VISIT_MODE = "visit_mode"
"""What an item opens that starts or continues a visit: the visit itself, filling the window."""


def visit_items(visits: Sequence[VisitRow], today: date, calendar: HolidayCalendar) -> list[Item]:
    """Visits under way, visits booked within two weeks, and visits planned and not made."""
    found = []
    for row in visits:
        if row.under_way:
            found.append(_under_way(row))
            continue
        if row.past or row.day is None or row.status.finished:
            continue
        text = " · ".join(
            part
            for part in (
                row.kind,
                row.team if row.team != "Not known" else "",
                f"{plural(row.to_grade, 'prior action')} to grade" if row.to_grade else "",
            )
            if part
        )
        if row.day < today and row.status.shape is not Shape.PLAN:
            late = row.status.overdue
            found.append(
                Item(
                    Group.LATE_VISITS if late else Group.VISITS,
                    row.status.shape,
                    f"{'Visit not made' if late else 'Not known whether made'}: {row.service}",
                    f"It was planned for {date_long(row.day)} · {text}",
                    days_phrase(row.day, today),
                    date_short(row.day),
                    row.day,
                    "Open visit",
                    "visit",
                    row.uid,
                    pressing=late,
                )
            )
            continue
        if row.day > today + timedelta(days=14):
            continue
        phrase = days_phrase(max(row.day, today), today)
        when = f"{phrase.capitalize()} {row.at}".strip() if phrase in ("today", "tomorrow") else phrase
        near = row.day <= today or _days_between(today, row.day, calendar)[0] <= 2
        start = row.day == today and row.with_questions
        found.append(
            Item(
                Group.VISITS,
                row.status.shape,
                f"Quality visit: {row.service}",
                text,
                when,
                date_short(row.day),
                row.day,
                "Start visit" if start else "Open visit",
                VISIT_MODE if start else "visit",
                row.uid,
                pressing=near,
            )
        )
    return found


def in_two_weeks(row: VisitRow, today: date) -> bool:
    """Whether a visit is among those booked: under way, or planned for the next two weeks."""
    near = row.day is not None and row.day <= today + timedelta(days=14)
    return row.under_way or (not row.past and near and row.status.shape is Shape.PLAN)


def _under_way(row: VisitRow) -> Item:
    return Item(
        Group.VISITS,
        row.status.shape,
        f"Visit {inside(row.status.word)}: {row.service}",
        row.status.sentence,
        row.status.word,
        date_short(row.day) if row.day else "",
        row.day,
        "Continue visit" if row.with_questions else "Open visit",
        VISIT_MODE if row.with_questions else "visit",
        row.uid,
    )


def late_item(expected: KpiReturn, whose: str, today: date, calendar: HolidayCalendar) -> Item:
    """A return that has not come. It must have a due date; ``whose`` it is stands first."""
    assert expected.due is not None
    late, noun = _days_between(expected.due, today, calendar)
    period = f" for {period_words(expected.starts, expected.ends)}" if expected.ends else ""
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
        return_status(expected, today).shape,
        f"Return not received: {whose}, {inside(expected.title)}"
        if whose
        else f"Return not received: {expected.title}",
        f"It was due on {date_long(expected.due)}{period}",
        f"{plural(late, noun)} late",
        date_short(expected.due),
        expected.due,
        "Record return",
        kind,
        uid,
        page="Returns",
        settle=f"{KpiReturn.KIND}:{expected.uid}",
    )


def _days_between(start: date, end: date, calendar: HolidayCalendar) -> tuple[int, str]:
    """Working days from one day to another and their noun; plain days where the bank holidays are not known."""
    try:
        return working_days_between(start, end, calendar), "working day"
    except OutsideCalendar:
        return (end - start).days, "day"


def date_items(terms: Sequence[LiveTerm], decisions: Sequence[Decision], today: date) -> list[Item]:
    """Notice and extension dates of agreements, and decisions still to be taken."""
    found = []
    limit = today + timedelta(days=HORIZON)
    for live in terms:
        term, agreement = live.term, live.agreement
        if term.ask in (Ask.LAPSED, Ask.NOT_AGREED):
            found.append(_unsaid(live))
            continue
        if term.next_date is None or term.next_date < today:
            continue
        if term.next_date > limit and not term.status.shape.loud:
            continue
        again = f"You asked to be reminded on {date_long(term.reminded)}. " if term.reminded else ""
        found.append(
            Item(
                Group.DATES,
                term.status.shape,
                f"{term.next_what}: {agreement.title}",
                f"{again}{term.status.sentence}",
                days_phrase(term.next_date, today),
                date_short(term.next_date),
                term.next_date,
                step_of(term) or "Open agreement",
                "agreement",
                agreement.uid,
                page="Term",
                pressing=term.next_date <= limit and not term.reminded,
                settle=TERM if step_of(term) else "",
            )
        )
    titles = {live.agreement.uid: live.agreement.title for live in terms}
    for decision in decisions:
        if decision.due is None or not is_undecided(decision, today):
            continue
        if decision.due > limit or decision.agreement not in titles:
            continue
        status = decision_status(decision, today)
        found.append(
            Item(
                Group.DATES,
                status.shape,
                f"Decision needed: {decision.title}",
                f"{titles[decision.agreement]}" + (f" · by {decision.body}" if decision.body else ""),
                days_phrase(decision.due, today) if status.overdue or decision.due >= today else status.word,
                date_short(decision.due),
                decision.due,
                "Record decision",
                "agreement",
                decision.agreement,
                page="Decisions",
                settle=f"{Decision.KIND}:{decision.uid}",
            )
        )
    return found


def _unsaid(live: LiveTerm) -> Item:
    """A term that began without being agreed, or went on after its end: nobody has said which it is."""
    term, agreement = live.term, live.agreement
    day = agreement.starts if term.ask is Ask.NOT_AGREED else term.ends or term.latest
    return Item(
        Group.DATES,
        term.status.shape,
        f"{term.status.word}: {agreement.title}",
        term.status.sentence,
        term.status.word,
        date_short(day) if day else "",
        None,
        step_of(term),
        "agreement",
        agreement.uid,
        page="Term",
        settle=TERM,
    )


def gap_items(gaps: Sequence[OverdueVisit], today: date) -> list[Item]:
    """Services past the date that a rule gives, by frequency or rating, with no visit booked."""
    found = []
    for gap in gaps:
        because = f"{gap.because[:1].upper()}{gap.because[1:]}"
        found.append(
            Item(
                Group.LATE_VISITS,
                Shape.WATCH,
                f"No visit booked: {gap.name}",
                f"{gap.provider} · {because}" if gap.provider != gap.name else because,
                days_phrase(gap.due, today) if gap.due else "Never visited",
                date_short(gap.due) if gap.due else "date not known",
                gap.due,
                "Plan a visit",
                "service",
                gap.service,
            )
        )
    return found


def action_items(actions: Sequence[Action], names: Names, today: date) -> list[Item]:
    """Open actions that are overdue, due soon, or without a day to be done by."""
    found = []
    for action in actions:
        if action.due is not None and action.due > today + timedelta(days=SOON):
            continue
        about = names.about(action)
        text = " · ".join(p for p in (about, f"owner: {action.owner}" if action.owner else "owner not known") if p)
        status = action_status(action, today)
        if action.due is None:
            title, step = f"Without a date: {action.title}", "Open action"
            found.append(
                Item(
                    Group.DUE,
                    status.shape,
                    title,
                    text,
                    "No date",
                    "",
                    None,
                    step,
                    "action",
                    action.uid,
                    pressing=False,
                )
            )
            continue
        overdue = status.overdue
        phrase = days_phrase(action.due, today)
        found.append(
            Item(
                Group.ACTIONS if overdue else Group.DUE,
                status.shape,
                f"{status.state if status.shape.loud else 'Not known whether done'}: {action.title}",
                text,
                status.word if action.due < today else f"Due {phrase}" if phrase in ("today", "tomorrow") else phrase,
                f"due {date_short(action.due)}",
                action.due,
                "Open action",
                "action",
                action.uid,
                pressing=overdue or (action.due >= today and status.shape.loud),
            )
        )
    return found


def kpi_items(kpis: Sequence[KpiRow]) -> list[Item]:
    """KPIs that are off target."""
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


def step_items(dossiers: Sequence[AgreementDossier], today: date) -> list[Item]:
    """Milestones and recommendations that are overdue, of agreements that are not closed."""
    found = []
    for dossier in dossiers:
        late: tuple[tuple[Milestone | Recommendation, Status], ...] = (
            *((one, milestone_status(one, today)) for one in dossier.milestones),
            *((one, recommendation_status(one, today)) for one in dossier.recommendations),
        )
        found += [
            Item(
                Group.ACTIONS,
                status.shape,
                f"{sentence_case(type(step).NOUN)} overdue: {step.title}",
                f"{dossier.agreement.title} · owner: {step.owner or 'not known'}",
                days_phrase(step.due, today),
                f"due {date_short(step.due)}",
                step.due,
                f"Open {type(step).NOUN}",
                "agreement",
                dossier.agreement.uid,
                page="Milestones",
            )
            for step, status in late
            if status.overdue and step.due is not None and not dossier.term.closed
        ]
    return found


def doubt_items(dossiers: Sequence[AgreementDossier]) -> list[Item]:
    """Figures that contradict each other, a row for each agreement."""
    return [
        _in_doubt(
            dossier.questions,
            dossier.agreement.title,
            "agreement",
            dossier.agreement.uid,
            over=dossier.term.over,
        )
        for dossier in dossiers
        if dossier.questions
    ]


def kpi_doubt_items(doubts: Sequence[Doubts]) -> list[Item]:
    """Figures that contradict each other, a row for each KPI that hangs under no agreement."""
    return [_in_doubt(each.questions, each.kpi.title, "kpi", each.kpi.uid) for each in doubts if each.questions]


def provider_doubt_items(doubts: Sequence[ProviderDoubts]) -> list[Item]:
    """What contradicts itself of providers, their services, ratings and visits, a row for each provider."""
    return [
        _in_doubt(each.questions, each.provider.name, "provider", each.provider.uid)
        for each in doubts
        if each.questions
    ]


def _in_doubt(questions: Sequence[Question], owner: str, kind: str, uid: str, *, over: bool = False) -> Item:
    first, several = questions[0], len(questions) > 1
    count = f"{plural(len(questions), 'figure')} in doubt"
    return Item(
        Group.DOUBTS,
        Shape.DOUBT,
        f"{count}: {owner}" if several else f"{first.title}: {owner}",
        f"{first.title}, and {len(questions) - 1} more" if several else first.text,
        "Before print",
        "" if several else first.source.rsplit(", ", 1)[-1],
        None,
        "See doubts" if several else "See working",
        kind,
        uid,
        page="Doubts",
        pressing=False,
        counts=len(questions),
        over=over,
    )
