"""Quality visits: planned, overdue and past ones, what each needs, and services past their frequency."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from s75desk.domain.errors import NotFound
from s75desk.domain.records import Action, Document, Provider, QuestionSet, Service, Standard, Visit
from s75desk.domain.records.action import ActionState
from s75desk.domain.records.provider import RatingValue
from s75desk.domain.records.visit import SetState, VisitKind, VisitStage
from s75desk.domain.status import Shape
from s75desk.services.office import Office
from s75desk.services.visits import outcome_of_visit, status_of_visit
from tests.unit.record_help import TODAY


def day(offset: int) -> date:
    return TODAY + timedelta(days=offset)


def service_of(office: Office, name: str, **values: object) -> str:
    provider = office.records.create(Provider(name=f"Provider of {name}")).uid
    return office.records.create(Service(provider=provider, name=name, **values)).uid


@pytest.mark.parametrize(
    ("values", "shape", "word", "sentence"),
    [
        ({"planned": day(9)}, Shape.PLAN, "Planned", "Planned for 11 February 2026, 9 days left."),
        (
            {"planned": day(9), "at": "09:30"},
            Shape.PLAN,
            "Planned",
            "Planned for 11 February 2026 at 09:30, 9 days left.",
        ),
        ({"planned": day(0), "at": "09:30"}, Shape.PLAN, "Today 09:30", "Planned for today at 09:30."),
        ({"planned": day(1)}, Shape.PLAN, "Tomorrow", "Planned for tomorrow."),
        ({"planned": day(-9)}, Shape.ALERT, "Overdue", "It was planned for 24 January 2026, 9 days late."),
        (
            {"planned": day(-9), "stage": None},
            Shape.ALERT,
            "Overdue",
            "It was planned for 24 January 2026, 9 days late.",
        ),
        ({"planned": None}, Shape.UNKNOWN, "No date", "It has no date yet."),
        (
            {"planned": day(0), "stage": VisitStage.UNDER_WAY},
            Shape.INFO,
            "Under way",
            "It has been started and not finished.",
        ),
        (
            {"stage": VisitStage.DRAFT},
            Shape.INFO,
            "Draft report",
            "The report is with the provider or waiting to be finished.",
        ),
        ({"stage": VisitStage.FINAL, "made": day(-30)}, Shape.DONE, "Final", "Made on 3 January 2026."),
        ({"stage": VisitStage.FINAL}, Shape.DONE, "Final", "The date it was made is not known."),
        ({"stage": VisitStage.CANCELLED}, Shape.NONE, "Cancelled", "It was not made."),
    ],
)
def test_where_a_visit_stands(values: dict[str, object], shape: Shape, word: str, sentence: str) -> None:
    status = status_of_visit(Visit(**values), TODAY)
    assert (status.shape, status.word, status.sentence) == (shape, word, sentence)


@pytest.mark.parametrize(
    ("stage", "outcome", "word"),
    [
        (VisitStage.FINAL, RatingValue.GOOD, "Good"),
        (VisitStage.FINAL, None, "Not known"),
        (VisitStage.DRAFT, None, "Not known"),
        (VisitStage.PLANNED, None, "Not yet"),
        (VisitStage.UNDER_WAY, None, "Not yet"),
        (None, None, "Not yet"),
        (VisitStage.CANCELLED, None, "Not made"),
    ],
)
def test_what_a_visit_came_to(stage: VisitStage | None, outcome: RatingValue | None, word: str) -> None:
    assert outcome_of_visit(Visit(stage=stage, outcome=outcome)).word == word


def test_the_list_has_what_is_to_come_by_date_then_what_is_past_newest_first(office: Office) -> None:
    home = service_of(office, "Alder House")
    for planned, stage in (
        (day(20), VisitStage.PLANNED), (day(-9), VisitStage.PLANNED), (day(2), None), (day(-400), VisitStage.FINAL),
        (day(-30), VisitStage.DRAFT), (day(-5), VisitStage.CANCELLED), (day(-1), VisitStage.UNDER_WAY),
    ):  # fmt: skip
        made = planned if stage in (VisitStage.FINAL, VisitStage.DRAFT) else None
        office.records.create(Visit(service=home, planned=planned, stage=stage, made=made))
    rows = office.visits.rows()
    assert [(row.day and (row.day - TODAY).days, row.past) for row in rows] == [
        (-9, False), (-1, False), (2, False), (20, False), (-5, True), (-30, True), (-400, True),
    ]  # fmt: skip
    coming = office.visits.rows(coming=True)
    assert [row.uid for row in coming] == [row.uid for row in rows if not row.past]


def test_a_row_says_what_is_known_and_what_is_not(office: Office) -> None:
    home = service_of(office, "Alder House")
    uid = office.records.create(
        Visit(service=home, kind=VisitKind.FOLLOW_UP, planned=day(1), at="14:00", days=2, team="two quality officers")
    ).uid
    bare = office.records.create(Visit(service=home, planned=day(3))).uid
    rows = {row.uid: row for row in office.visits.rows()}
    assert (rows[uid].service, rows[uid].provider) == ("Alder House", "Provider of Alder House")
    assert (rows[uid].kind, rows[uid].at, rows[uid].team) == ("Follow-up, 2 days", "14:00", "two quality officers")
    assert (rows[bare].kind, rows[bare].at, rows[bare].team) == ("Announced assessment", "", "Not known")


def test_actions_to_grade_are_those_still_open(office: Office) -> None:
    home, other = service_of(office, "Alder House"), service_of(office, "Birch House")
    visit = office.records.create(Visit(service=home, planned=day(1))).uid
    earlier = office.records.create(Visit(service=home, planned=day(-90), made=day(-90), stage=VisitStage.FINAL)).uid
    for title, values in {
        "open": {}, "not known": {"state": None}, "done": {"state": ActionState.DONE}, "from it": {"visit": visit},
        "elsewhere": {"service": other},
    }.items():  # fmt: skip
        office.records.create(Action(title=title, **({"service": home} | values)))
    assert {row.uid: row.open_actions for row in office.visits.rows()}[visit] == 3
    page = office.visits.page(visit)
    assert {action.title for action in page.prior_actions} == {"open", "not known"}
    assert [action.title for action in page.raised] == ["from it"]
    assert [each.uid for each in page.earlier] == [earlier]


def test_the_page_of_a_visit(office: Office) -> None:
    home = service_of(office, "Alder House")
    questions = office.records.create(QuestionSet(title="House standards", version="1")).uid
    for number in (2, 1):
        office.records.create(Standard(question_set=questions, number=number, title=f"Standard {number}"))
    uid = office.records.create(Visit(service=home, planned=day(0), question_set=questions)).uid
    office.records.create(Document(visit=uid, title="Floor plan"))
    page = office.visits.page(uid)
    assert page.service is not None
    assert page.provider is not None
    assert page.question_set is not None
    assert [standard.number for standard in page.standards] == [1, 2]
    assert [document.title for document in page.documents] == ["Floor plan"]
    assert page.status.word == "Today"
    bare = office.visits.page(office.records.create(Visit(service=home, planned=day(3))).uid)
    assert (bare.question_set, bare.standards, bare.documents) == (None, (), ())
    with pytest.raises(NotFound, match="That quality visit is not in this desk"):
        office.visits.page("gone")


def test_services_past_their_frequency_with_no_visit_booked(office: Office) -> None:
    homes = {
        name: service_of(office, name, visit_every_months=every)
        for name, every in (
            ("Never", 12),
            ("Long ago", 12),
            ("Lately", 12),
            ("Booked", 12),
            ("Missed", 6),
            ("No rule", None),
        )
    }
    visits = {"Long ago": day(-400), "Lately": day(-300), "Booked": day(-500), "Missed": day(-200)}
    for name, made in visits.items():
        office.records.create(Visit(service=homes[name], planned=made, made=made, stage=VisitStage.FINAL))
    office.records.create(Visit(service=homes["Booked"], planned=day(5), stage=None))
    office.records.create(Visit(service=homes["Missed"], planned=day(-3)))
    gaps = office.visits.overdue()
    assert [(gap.name, gap.last, gap.due) for gap in gaps] == [
        ("Never", None, None), ("Long ago", day(-400), date(2025, 12, 29)), ("Missed", day(-200), date(2026, 1, 17)),
    ]  # fmt: skip
    assert gaps[0].provider == "Provider of Never"


def test_a_visit_is_due_on_the_last_day_of_a_shorter_month(office: Office) -> None:
    home = service_of(office, "Alder House", visit_every_months=6)
    made = date(2025, 7, 31)
    office.records.create(Visit(service=home, planned=made, made=made, stage=VisitStage.FINAL))
    (gap,) = office.visits.overdue()
    assert gap.due == date(2026, 1, 31)


def test_planning_starts_from_what_is_overdue_and_the_only_question_set_in_use(office: Office) -> None:
    assert (office.visits.planning().question_set, office.visits.planning().services) == ("", 0)
    service_of(office, "Alder House", visit_every_months=6)
    only = office.records.create(QuestionSet(title="House standards", version="1")).uid
    office.records.create(QuestionSet(title="Older", version="0", state=SetState.RETIRED))
    planning = office.visits.planning()
    assert ([gap.name for gap in planning.overdue], planning.question_set, planning.services) == (
        ["Alder House"],
        only,
        1,
    )
    office.records.create(QuestionSet(title="Another", version="1"))
    assert office.visits.planning().question_set == ""
    assert [found.title for found, _ in office.visits.question_sets()] == ["Another", "House standards", "Older"]


def test_archived_visits_only_if_asked(office: Office) -> None:
    home = service_of(office, "Alder House")
    uid = office.records.create(Visit(service=home, planned=day(1))).uid
    office.records.archive("visit", uid)
    assert office.visits.rows() == ()
    assert [row.archived for row in office.visits.rows(archived=True)] == [True]
