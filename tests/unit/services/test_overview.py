"""The Overview: each count against the same worked out from the records, the order, the agenda, and odd days."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from s75desk.domain.attention import Group, in_order
from s75desk.domain.lengths import earliest_end
from s75desk.domain.months import add_months
from s75desk.domain.ratings import latest
from s75desk.domain.records import (
    Action,
    Agreement,
    Contradiction,
    Decision,
    Kpi,
    KpiReturn,
    Meeting,
    Milestone,
    Organisation,
    Provider,
    Rating,
    Recommendation,
    Record,
    Service,
    Visit,
)
from s75desk.domain.records.action import ActionState
from s75desk.domain.records.agreement import Outcome, Progress, Stage
from s75desk.domain.records.kpi import Measure
from s75desk.domain.records.provider import RatingScheme, RatingValue
from s75desk.domain.records.visit import VisitStage
from s75desk.domain.status import Shape
from s75desk.domain.term import Ask
from s75desk.models.desk_file import DeskFile
from s75desk.models.repository import Repository
from s75desk.services.office import Office
from s75desk.services.overview_counts import LATER
from tests.unit.record_help import TODAY, office_of

LOW = (RatingValue.REQUIRES_IMPROVEMENT, RatingValue.POOR, RatingValue.INADEQUATE)
DAYS = [TODAY, date(2026, 11, 22)]


@pytest.fixture(params=DAYS, ids=str)
def on_a_day(request: pytest.FixtureRequest, sample_files: dict[date, Path], tmp_path: Path) -> Iterator[Office]:
    """The sample made and read as at each of two days."""
    shutil.copyfile(sample_files[request.param], tmp_path / "a.s75desk")
    with DeskFile.open(tmp_path / "a.s75desk") as desk:
        yield office_of(desk, request.param)


def day(offset: int) -> date:
    return TODAY + timedelta(days=offset)


def test_the_counts_agree_with_the_records(on_a_day: Office) -> None:
    today = on_a_day.place.today()
    overview = on_a_day.overview.read()
    with on_a_day.place.desk.reading() as connection:
        repository = Repository(connection)
        actions, returns, visits = (repository.all(cls) for cls in (Action, KpiReturn, Visit))
        services, decisions = repository.all(Service), repository.all(Decision)
        ratings = repository.all(Rating)
    open_actions = [a for a in actions if a.state in (ActionState.OPEN, None)]
    overdue = [a for a in open_actions if a.due and a.due < today]
    coming = [v for v in visits if v.stage in (VisitStage.PLANNED, None)]
    booked = [v for v in coming if v.planned and today <= v.planned <= today + timedelta(days=14)]
    missed = [v for v in coming if v.planned and v.planned < today]
    gaps = []
    for service in services:
        made = [v.made for v in visits if v.service == service.uid and v.made]
        ahead = [v for v in coming if v.service == service.uid and v.planned and v.planned >= today]
        low = [
            r.published
            for scheme in (RatingScheme.OURS, RatingScheme.CQC_OVERALL)
            for r in [latest([r for r in ratings if r.service == service.uid], scheme)]
            if r and r.published and r.value in LOW and not any(day > r.published for day in made)
        ]
        due = [add_months(day, 6) for day in low]
        if service.visit_every:
            due.append(earliest_end(max(made), service.visit_every) if made else date.min)
        gaps += [service] if not ahead and due and min(due) < today else []
    late = [r for r in returns if r.received is None and r.due and r.due < today]
    dossiers = on_a_day.agreements.dossiers()
    states = [on_a_day.kpis.page(row.uid).sheet.state.status for row in on_a_day.kpis.rows()]
    horizon = today + timedelta(days=90)
    needed = [
        d
        for d in decisions
        if d.outcome in (Outcome.UNDECIDED, None) and d.taken is None and d.due and d.due <= horizon
    ]
    dated = [
        d
        for d in dossiers
        if d.term.ask not in (Ask.LAPSED, Ask.NOT_AGREED)
        and d.term.next_date
        and d.term.next_date >= today
        and (d.term.next_date <= horizon or d.term.status.shape.loud)
    ]
    unsaid = [d for d in dossiers if d.term.ask in (Ask.LAPSED, Ask.NOT_AGREED)]
    steps = [
        step
        for d in dossiers
        for step in (*d.milestones, *d.recommendations)
        if step.progress in (Progress.NOT_STARTED, Progress.UNDER_WAY) and step.due and step.due < today
        if (d.term.ends or d.term.last_end or today) >= today
    ]
    counted = {count.group: count for count in overview.counts}
    assert {group: count.number for group, count in counted.items()} == {
        Group.DATES: len(needed) + len(dated) + len(unsaid),
        Group.ACTIONS: len(overdue) + len(steps),
        Group.VISITS: len(booked),
        Group.LATE_VISITS: len(missed) + len(gaps),
        Group.RETURNS: len(late),
        Group.KPIS: sum(1 for status in states if status.shape is Shape.ALERT),
        Group.DOUBTS: sum(len(d.questions) for d in dossiers),
    }
    unknown = sum(1 for status in states if status.shape is Shape.UNKNOWN)
    live = sum(
        1
        for d in dossiers
        if d.agreement.stage is Stage.AGREED
        and (d.agreement.starts or today) <= today
        and (d.term.ends or d.term.last_end or today) >= today
    )
    assert counted[Group.DATES].why == f"{live} live agreements"
    assert counted[Group.ACTIONS].why == f"{len(overdue)} actions; {len(steps)} of agreements"
    assert counted[Group.LATE_VISITS].why == f"{len(gaps)} not booked, {len(missed)} not made"
    received = sum(1 for r in returns if r.received)
    assert counted[Group.RETURNS].why == f"Of {len(returns)}; {received} received"
    assert counted[Group.KPIS].why == f"Of {len(states)}; {unknown} not known"
    providers = {service.uid: service.provider for service in services}
    unseen = [a for a in actions if a.state in (ActionState.OPEN, None, ActionState.DONE)]
    waiting = [
        a
        for v in booked
        for a in unseen
        if a.service == v.service or (a.service is None and a.provider == providers[v.service])
    ]
    assert counted[Group.VISITS].why == f"In 14 days; {len(waiting)} to grade"
    for group in (Group.DATES, Group.ACTIONS, Group.LATE_VISITS, Group.RETURNS, Group.KPIS, Group.DOUBTS):
        assert sum(item.counts for item in overview.items if item.group is group) == counted[group].number
    assert on_a_day.actions.overdue() == len(overdue)


def test_the_sample_is_a_busy_day_in_order(on_a_day: Office) -> None:
    overview = on_a_day.overview.read()
    assert overview.items == in_order(overview.items)
    assert overview.heading == f"{len(overview.items)} things need you"
    assert overview.lead.startswith("The nearest date you cannot move: home care fee uplift")
    for item in overview.items:
        assert item.title
        assert item.text
        assert item.when
        assert item.step.split()[0] in ("Open", "Record", "Plan", "See", "Start", "Decide", "Say")
        assert item.kind
        assert item.uid
    today = on_a_day.place.today()
    assert overview.days[0].day >= today
    assert all(entry.text for shown in overview.days for entry in shown.entries)


def test_parts_worked_out_later_come_to_the_same_whole(sample: Office) -> None:
    whole = sample.overview.read()
    start = sample.overview.start()
    assert start.pending
    assert {item.group for item in start.items}.isdisjoint({Group.KPIS, Group.DOUBTS})
    assert len(start.counts) + len(LATER) == len(whole.counts)
    found = [sample.overview.work_out(part) for part in start.pending]
    assert sample.overview.complete(start, found) == whole
    assert whole.pending == ()


def test_r1_needs_its_notice_decided(sample: Office) -> None:
    (item,) = [item for item in sample.overview.read().items if item.title.startswith("Notice by")]
    assert item.title == "Notice by 31 March 2026: Occupational therapy, Section 75"
    assert (item.when, item.day, item.page, item.pressing) == ("57 days left", "31 Mar 2026", "Term", True)


def test_a_quiet_desk_says_so(office: Office) -> None:
    office.records.create(Agreement(title="Community equipment"))
    overview = office.overview.read()
    assert (overview.empty, overview.items) == (False, ())
    assert (overview.heading, overview.lead) == (
        "Nothing needs you", "No date falls within 90 days, nothing is overdue and no figure is in doubt.",
    )  # fmt: skip


def test_one_thing_is_said_in_the_singular(office: Office) -> None:
    office.records.create(Action(title="Send the care plans", due=day(-1)))
    overview = office.overview.read()
    assert (overview.heading, overview.lead) == (
        "One thing needs you",
        "Nothing that cannot be moved falls within 90 days.",
    )
    (tile,) = [count for count in overview.counts if count.group is Group.ACTIONS]
    assert (tile.number, tile.name, tile.why) == (1, "action overdue", "Of 1 open; oldest 1 day")


def test_an_abbreviation_keeps_its_capitals_in_the_lead(office: Office) -> None:
    agreement = office.records.create(Agreement(title="A")).uid
    office.records.create(Decision(agreement=agreement, title="NHS uplift", due=day(10)))
    assert office.overview.read().lead == "The nearest date you cannot move: NHS uplift, 10 days left."


def test_decisions_are_needed_until_they_are_taken(office: Office) -> None:
    agreement = office.records.create(Agreement(title="Community equipment")).uid
    for title, values in {
        "Soon": {"due": day(30), "body": "Cabinet"},
        "Late": {"due": day(-30)},
        "Not known": {"due": day(40), "outcome": None},
        "Far": {"due": day(91)},
        "Taken": {"due": day(3), "outcome": Outcome.APPROVED, "taken": day(-2)},
        "No date": {},
    }.items():
        office.records.create(Decision(agreement=agreement, title=title, **values))
    items = [item for item in office.overview.read().items if item.group is Group.DATES]
    assert [(item.title, item.text, item.when, item.shape) for item in items] == [
        ("Decision needed: Late", "Community equipment", "30 days late", Shape.ALERT),
        ("Decision needed: Soon", "Community equipment · by Cabinet", "30 days left", Shape.PLAN),
        ("Decision needed: Not known", "Community equipment", "40 days left", Shape.UNKNOWN),
    ]


def test_visits_within_two_working_days_come_early(office: Office) -> None:
    """From Thursday 2 April 2026 over Good Friday, the weekend and Easter Monday: Wednesday is two working days off."""
    thursday = date(2026, 4, 2)
    office = office_of(office.place.desk, thursday)  # type: ignore[arg-type]
    provider = office.records.create(Provider(name="Alder Care")).uid
    home = office.records.create(Service(provider=provider, name="Alder House")).uid
    for planned in (date(2026, 4, 8), date(2026, 4, 9), date(2026, 4, 16), date(2026, 4, 17)):
        office.records.create(Visit(service=home, planned=planned))
    pressing = {item.day: item.pressing for item in office.overview.read().items}
    assert pressing == {"8 Apr 2026": True, "9 Apr 2026": False, "16 Apr 2026": False}


@pytest.mark.parametrize(
    ("due", "today", "when"),
    [
        (date(2026, 1, 23), TODAY, "6 working days late"),
        (date(2026, 4, 2), date(2026, 4, 7), "1 working day late"),
        (date(2010, 4, 1), date(2010, 4, 11), "10 days late"),
        (date(2040, 3, 30), date(2040, 4, 4), "5 days late"),
    ],
)
def test_a_late_return_counts_working_days_where_these_are_known(
    desk: DeskFile, due: date, today: date, when: str
) -> None:
    office = office_of(desk, today)
    kpi = office.records.create(Kpi(title="Deliveries", measure=Measure.COUNT)).uid
    office.records.create(KpiReturn(kpi=kpi, title="Quarter 3 return", due=due))
    (item,) = office.overview.read().items
    assert (item.when, item.kind, item.uid) == (when, "kpi", kpi)


def test_a_visit_years_from_the_known_holidays_stops_nothing(desk: DeskFile) -> None:
    office = office_of(desk, date(2045, 6, 1))
    provider = office.records.create(Provider(name="Alder Care")).uid
    home = office.records.create(Service(provider=provider, name="Alder House")).uid
    office.records.create(Visit(service=home, planned=date(2045, 6, 3)))
    assert [item.title for item in office.overview.read().items] == ["Quality visit: Alder House"]


def test_the_agenda_begins_where_it_is_asked_to(office: Office) -> None:
    agreement = office.records.create(Agreement(title="Community equipment")).uid
    office.records.create(Meeting(agreement=agreement, title="Board", held=day(20), at="10:00"))
    for title in ("One", "Two"):
        office.records.create(Action(title=title, due=day(21)))
    office.records.create(Action(title="Alone", due=day(22)))
    assert not [entry for shown in office.overview.read().days for entry in shown.entries]
    entries = {shown.day: shown.entries for shown in office.overview.read(day(20)).days}
    assert [(entry.text, entry.remark) for entry in entries[day(20)]] == [("Board", "10:00")]
    assert [(entry.text, entry.remark) for entry in entries[day(21)]] == [("2 actions due", "")]
    assert [(entry.text, entry.remark) for entry in entries[day(22)]] == [("Alone", "due")]


@pytest.mark.parametrize("only", [Provider(name="Pellgate House"), Organisation(name="East Council")])
def test_a_desk_with_one_record_is_not_empty(office: Office, only: Record) -> None:
    assert office.overview.read().empty
    office.records.create(only)
    assert not office.overview.read().empty


def test_a_return_that_is_late_says_whose_it_is_and_which_month(office: Office) -> None:
    create = office.records.create
    agreement = create(Agreement(title="Community equipment")).uid
    provider = create(Provider(name="Pellgate House")).uid
    month = {"starts": date(2025, 9, 1), "ends": date(2025, 9, 30), "due": date(2025, 10, 20)}
    for owner in (
        {"agreement": agreement},
        {"provider": provider},
        {"kpi": create(Kpi(title="Falls", agreement=agreement, measure=Measure.COUNT)).uid},
        {"kpi": create(Kpi(title="Deaths", measure=Measure.COUNT)).uid},
    ):
        create(KpiReturn(title="Monthly return", **month, **owner))
    items = [item for item in office.overview.read().items if item.group is Group.RETURNS]
    assert sorted(item.title.split(": ")[1].split(", ")[0] for item in items) == [
        "Community equipment",
        "Community equipment",
        "Deaths",
        "Pellgate House",
    ]
    assert all("for September 2025" in item.text for item in items)


def test_doubts_of_one_agreement_are_one_row_and_those_of_an_ended_one_stand_last(office: Office) -> None:
    create = office.records.create
    for title, ends in (("A ended", date(2018, 3, 31)), ("B running", date(2030, 3, 31))):
        agreement = create(Agreement(title=title, stage=Stage.AGREED, starts=date(2016, 4, 1), stated_end=ends)).uid
        for number in range(3):
            create(Contradiction(agreement=agreement, title=f"Start {number}", one="April", other=f"May {number}"))
    overview = office.overview.read()
    assert [(item.title, item.counts) for item in overview.items][-2:] == [
        ("3 figures in doubt: B running", 3),
        ("3 figures in doubt: A ended", 3),
    ]
    (tile,) = (count for count in overview.counts if count.group is Group.DOUBTS)
    assert tile.number == 6


def test_a_milestone_or_recommendation_that_is_overdue_needs_the_officer_unless_its_agreement_is_over(
    office: Office,
) -> None:
    live = office.records.create(Agreement(title="Beds", stage=Stage.AGREED, starts=day(-100), stated_end=day(300))).uid
    over = office.records.create(Agreement(title="Equipment", stage=Stage.ENDED, stated_end=day(-50))).uid
    for agreement in (live, over):
        office.records.create(Milestone(agreement=agreement, title="Plan", due=day(-9), progress=Progress.UNDER_WAY))
        office.records.create(Milestone(agreement=agreement, title="Not recorded", due=day(-9)))
        office.records.create(
            Recommendation(agreement=agreement, title="Review", due=day(-3), progress=Progress.NOT_STARTED)
        )
    office.records.create(Action(title="Late", due=day(-1)))
    overview = office.overview.read()
    titles = [item.title for item in overview.items if item.group is Group.ACTIONS]
    assert titles == ["Milestone overdue: Plan", "Recommendation overdue: Review", "Overdue: Late"]
    (tile,) = (count for count in overview.counts if count.group is Group.ACTIONS)
    assert (tile.number, tile.name, tile.why) == (3, "steps overdue", "1 action; 2 of agreements")
