"""Quality visits: planned, overdue and past ones, what each needs, and services past their frequency."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import text

from s75desk.domain.errors import NotFound
from s75desk.domain.lengths import Length
from s75desk.domain.records import (
    Action,
    Agreement,
    Document,
    Membership,
    Provider,
    QuestionSet,
    Rating,
    Service,
    Standard,
    Visit,
)
from s75desk.domain.records.action import ActionState
from s75desk.domain.records.provider import RatingScheme, RatingValue, ServiceType
from s75desk.domain.records.visit import SetState, VisitKind, VisitStage
from s75desk.domain.status import Shape
from s75desk.domain.statuses.visits import VisitProgress, outcome_of_visit, visit_status
from s75desk.services.office import Office
from s75desk.services.visits import chosen_set
from tests.unit.record_help import TODAY, office_of


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
            Shape.UNKNOWN,
            "Not known",
            "It was planned for 24 January 2026; whether it was made is not recorded.",
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
    status = visit_status(Visit(**values), TODAY)
    assert (status.shape, status.word, status.sentence) == (shape, word, sentence)


@pytest.mark.parametrize(
    ("stage", "outcome", "word"),
    [
        (VisitStage.FINAL, RatingValue.GOOD, "Good, as recorded"),
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


def test_actions_to_grade_are_those_nobody_has_seen_done(office: Office) -> None:
    home, other = service_of(office, "Alder House"), service_of(office, "Birch House")
    visit = office.records.create(Visit(service=home, planned=day(1))).uid
    earlier = office.records.create(Visit(service=home, planned=day(-90), made=day(-90), stage=VisitStage.FINAL)).uid
    provider = office.records.get(Service, home).provider
    for title, values in {
        "open": {}, "not known": {"state": None}, "said to be done": {"state": ActionState.DONE},
        "seen done": {"state": ActionState.VERIFIED}, "given up": {"state": ActionState.WITHDRAWN},
        "from it": {"visit": visit, "raised": TODAY}, "elsewhere": {"service": other},
        "of the provider as a whole": {"service": None, "provider": provider},
        "of another provider": {"service": None, "provider": office.records.get(Service, other).provider},
        "raised since": {"raised": day(-10)},
    }.items():  # fmt: skip
        office.records.create(Action(title=title, **({"service": home} | values)))
    wanted = {"open", "not known", "said to be done", "of the provider as a whole", "raised since"}
    assert {row.uid: row.to_grade for row in office.visits.rows()}[visit] == len(wanted)
    page = office.visits.page(visit)
    assert {action.title for action in page.prior_actions} == wanted
    before = {action.title for action in office.visits.page(earlier).prior_actions}
    assert before == wanted - {"raised since"}, "what came up later belongs to a later visit"
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
        name: service_of(office, name, visit_every=Length(months=every) if every else None)
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
    home = service_of(office, "Alder House", visit_every=Length(months=6))
    made = date(2025, 7, 31)
    office.records.create(Visit(service=home, planned=made, made=made, stage=VisitStage.FINAL))
    (gap,) = office.visits.overdue()
    assert gap.due == date(2026, 1, 31)


def test_planning_starts_from_what_is_overdue_and_the_only_question_set_in_use(office: Office) -> None:
    assert (office.visits.planning().question_set, office.visits.planning().services) == ("", 0)
    service_of(office, "Alder House", visit_every=Length(months=6))
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


def test_services_due_by_their_rating_with_no_visit_booked(office: Office) -> None:
    """Our assessment or CQC's; what has been visited since, is booked, or is nobody's to visit, is left out."""
    low, good = RatingValue.REQUIRES_IMPROVEMENT, RatingValue.GOOD
    homes = {
        name: service_of(office, name)
        for name in (
            "Rated", "By its visit", "CQC", "Visited since", "Booked", "Under way", "Lately", "Good", "Unknown",
            "Nobody's",
        )
    }  # fmt: skip

    def rated(name: str, scheme: RatingScheme, value: RatingValue, offset: int) -> None:
        office.records.create(Rating(service=homes[name], scheme=scheme, value=value, published=day(offset)))

    def made(name: str, offset: int, **values: object) -> None:
        on = day(offset)
        office.records.create(Visit(service=homes[name], planned=on, made=on, stage=VisitStage.FINAL, **values))

    rated("Rated", RatingScheme.OURS, low, -200)
    made("By its visit", -250, outcome=low)
    made("CQC", -400)
    rated("CQC", RatingScheme.CQC_OVERALL, RatingValue.INADEQUATE, -190)
    rated("Visited since", RatingScheme.OURS, low, -300)
    made("Visited since", -100)
    rated("Booked", RatingScheme.OURS, low, -300)
    office.records.create(Visit(service=homes["Booked"], planned=day(3)))
    rated("Under way", RatingScheme.OURS, low, -300)
    office.records.create(Visit(service=homes["Under way"], planned=day(-1), stage=VisitStage.UNDER_WAY))
    rated("Lately", RatingScheme.OURS, low, -30)
    rated("Good", RatingScheme.OURS, good, -500)
    made("Unknown", -500)
    rated("Nobody's", RatingScheme.CQC_OVERALL, RatingValue.INADEQUATE, -300)
    planning = office.visits.planning()
    assert [(gap.name, gap.because) for gap in planning.overdue] == [
        ("By its visit", "rated Requires improvement on 28 May 2025"),
        ("Rated", "rated Requires improvement on 17 July 2025"),
        ("CQC", "CQC rated it Inadequate on 27 July 2025"),
    ]
    assert office.visits.overdue() == planning.overdue
    assert [(one.name, one.due) for one in planning.due] == [("Lately", date(2026, 7, 3))]
    agreement = office.records.create(Agreement(title="Framework")).uid
    provider = office.records.get(Service, homes["Nobody's"]).provider
    office.records.create(Membership(provider=provider, agreement=agreement))
    first = next(gap.name for gap in office.visits.overdue())
    assert first == "Nobody's", "on an agreement it is ours to visit"


def test_the_page_says_when_the_service_is_to_be_visited_next(office: Office) -> None:
    home = service_of(office, "Alder House", visit_every=Length(years=1))
    on = date(2025, 11, 3)
    made = Visit(service=home, planned=on, made=on, stage=VisitStage.FINAL, outcome=RatingValue.REQUIRES_IMPROVEMENT)
    found = office.visits.page(office.records.create(made).uid).next
    assert found is not None
    assert found.sentence(TODAY) == "Next visit due by 3 May 2026: rated Requires improvement on 3 November 2025."
    assert [asked.rule.key for asked in found.asked] == ["our-assessment", "agreement"]


@pytest.mark.parametrize(
    ("values", "progress", "word", "sentence"),
    [
        (
            {"stage": VisitStage.UNDER_WAY}, VisitProgress(0, 1204, 2000), "Under way",
            "It has been started and not finished: 1,204 of 2,000 questions answered.",
        ),
        (
            {"stage": VisitStage.UNDER_WAY}, VisitProgress(0, 0), "Under way",
            "It has been started and not finished.",
        ),
        (
            {"stage": VisitStage.UNDER_WAY, "amends": 1, "amended_because": "A chart was found."},
            VisitProgress(1, 74, 74),
            "Being amended", "Signed version 1 is kept. It is being amended because: A chart was found.",
        ),
        (
            {"stage": VisitStage.UNDER_WAY, "amends": 2}, None, "Being amended",
            "Signed version 2 is kept. It is being amended.",
        ),
        (
            {"stage": VisitStage.DRAFT}, VisitProgress(2, 74, 74), "Signed",
            "Version 2 is signed and locked; the report is in draft.",
        ),
        (
            {"stage": VisitStage.DRAFT}, VisitProgress(0, 0, 74), "Draft report",
            "The report is with the provider or waiting to be finished.",
        ),
        (
            {"stage": VisitStage.FINAL, "made": day(-30)}, VisitProgress(1, 74, 74), "Final",
            "Made on 3 January 2026. Version 1 is signed and locked.",
        ),
    ],
    ids=["how far", "no questions", "amended", "amended without a reason", "signed", "not signed", "final and signed"],
)  # fmt: skip
def test_where_a_visit_made_question_by_question_stands(
    values: dict[str, object], progress: VisitProgress | None, word: str, sentence: str
) -> None:
    status = visit_status(Visit(**values), TODAY, progress)
    assert (status.word, status.sentence) == (word, sentence)


def test_a_visit_made_question_by_question_has_its_book_and_rating(office: Office) -> None:
    questions = office.question_sets.house().uid
    home = service_of(office, "Alder House", type=ServiceType.CARE_HOME)
    uid = office.records.create(Visit(service=home, planned=day(0), question_set=questions)).uid
    page = office.visits.page(uid)
    assert (page.with_questions, page.answered, page.signed, page.status.word) == (True, False, 0, "Today")
    assert page.rating is not None
    assert (page.rating.overall.word, page.rating.overall.total) == ("Not known", 74)
    office.visiting.start(uid)
    page, (row,) = office.visits.page(uid), office.visits.rows()
    assert page.answered
    sentence = "It has been started and not finished: 0 of 74 questions answered."
    assert page.status.sentence == row.status.sentence == sentence
    assert (row.with_questions, row.under_way, row.past) == (True, True, False)
    (item,) = [item for item in office.overview.read().items if item.uid == uid]
    assert (item.title, item.step, item.kind) == ("Visit under way: Alder House", "Continue visit", "visit_mode")


def test_a_visit_whose_questions_are_lost_still_has_a_page(office: Office) -> None:
    questions = office.question_sets.house().uid
    uid = office.records.create(
        Visit(service=service_of(office, "Alder House"), planned=day(0), question_set=questions)
    ).uid
    office.visiting.start(uid)
    with office.place.desk.writing() as connection:
        connection.execute(text("DELETE FROM blob"))
    lost = office_of(office.place.desk)
    page, (row,) = lost.visits.page(uid), lost.visits.rows()
    assert (page.with_questions, page.book, page.rating, len(page.standards)) == (True, None, None, 16)
    assert row.status.sentence == "It has been started and not finished."


def test_a_new_visit_starts_from_the_last_one_to_the_service(office: Office) -> None:
    home = service_of(office, "Alder House")
    office.question_sets.house()
    for made, team, days in ((day(-400), "two officers", 2), (day(-100), "one officer", 1)):
        office.records.create(
            Visit(service=home, planned=made, made=made, stage=VisitStage.FINAL, team=team, days=days)
        )
    office.records.create(Visit(service=home, planned=day(9), team="not made yet", days=5))
    found = office.visits.plan(home, day(30))
    (house,) = office.question_sets.rows()
    assert found == Visit(service=home, planned=day(30), team="one officer", days=1, question_set=house.uid)
    assert office.visits.plan("") == Visit(question_set=house.uid)


def test_the_newest_set_with_questions_is_chosen_for_a_new_visit() -> None:
    listed = QuestionSet(uid="l", title="Listed", since=day(0))
    old = QuestionSet(uid="o", title="House", version="1", since=day(-400), content="x")
    new = QuestionSet(uid="n", title="House", version="2", since=day(-30), content="y")
    assert chosen_set([listed, old, new]) == chosen_set([new, listed, old]) == "n"
    assert chosen_set([listed, old]) == "o"
    assert chosen_set([listed]) == "l"
    assert chosen_set([listed, replace(listed, uid="m")]) == chosen_set([]) == ""


def test_archived_visits_only_if_asked(office: Office) -> None:
    home = service_of(office, "Alder House")
    uid = office.records.create(Visit(service=home, planned=day(1))).uid
    office.records.archive("visit", uid)
    assert office.visits.rows() == ()
    assert [row.archived for row in office.visits.rows(archived=True)] == [True]
