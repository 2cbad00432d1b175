"""Providers as the list and the page show them: what several services add up to, and what is not known of one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from s75desk.domain.errors import NotFound
from s75desk.domain.records import (
    Action,
    Agreement,
    Document,
    Kpi,
    Measurement,
    Membership,
    Organisation,
    Provider,
    QuestionSet,
    Rating,
    Service,
    Visit,
)
from s75desk.domain.records.action import ActionState
from s75desk.domain.records.kpi import Measure
from s75desk.domain.records.provider import CapacityUnit, ManagerState, RatingScheme, RatingValue, ServiceType
from s75desk.domain.records.visit import SetState, VisitStage
from s75desk.domain.status import Shape
from s75desk.domain.statuses.providers import overall_rating
from s75desk.services.office import Office
from s75desk.services.providers import ProviderRow
from tests.unit.record_help import TODAY

HOME = {"type": ServiceType.CARE_HOME, "capacity": 45, "capacity_unit": CapacityUnit.BEDS}


def day(offset: int) -> date:
    return TODAY + timedelta(days=offset)


def provider_of(office: Office, *services: dict[str, object], **values: object) -> str:
    uid = office.records.create(Provider(**({"name": "Alder Care"} | values))).uid
    for number, service in enumerate(services, 1):
        office.records.create(Service(**({"provider": uid, "name": f"Alder House {number}"} | service)))
    return uid


def row_of(office: Office) -> ProviderRow:
    (row,) = office.providers.rows()
    return row


@pytest.mark.parametrize(
    ("services", "subtitle", "kind"),
    [
        ([], "No services recorded", "Not known"),
        ([HOME], "Care home, 45 beds", "Care home"),
        ([{"type": ServiceType.CARE_HOME}], "Care home", "Care home"),
        ([{"type": ServiceType.CARE_HOME, "capacity": 45}], "Care home", "Care home"),
        ([{}], "Service of unknown type", "Not known"),
        ([HOME, HOME], "Care home, 90 beds, 2 services", "Care home"),
        ([HOME, HOME | {"capacity": None}], "Care home, 2 services", "Care home"),
        ([HOME, HOME | {"capacity_unit": CapacityUnit.PEOPLE}], "Care home, 2 services", "Care home"),
        ([HOME, HOME | {"type": ServiceType.HOME_CARE}], "2 services", "Several"),
        ([HOME, HOME | {"type": None}], "2 services", "Not known"),
        ([HOME | {"capacity": 0}], "Care home, 0 beds", "Care home"),
    ],
)
def test_what_services_add_up_to(office: Office, services: list[dict[str, object]], subtitle: str, kind: str) -> None:
    provider_of(office, *services)
    row = row_of(office)
    assert (row.subtitle, row.kind, row.services) == (subtitle, kind, len(services))


IN_POST = {"manager": ManagerState.IN_POST}
VACANT = {"manager": ManagerState.VACANT}


@pytest.mark.parametrize(
    ("services", "shape", "word", "sentence"),
    [
        ([], Shape.UNKNOWN, "Not known", ""),
        ([{}], Shape.UNKNOWN, "Not known", ""),
        ([IN_POST], Shape.GOOD, "In post", "In post since a date not known"),
        ([IN_POST | {"manager_since": day(-40)}], Shape.GOOD, "In post", "In post since 24 December 2025"),
        ([IN_POST, {}], Shape.UNKNOWN, "Not known", ""),
        ([IN_POST | {"manager_since": day(-40)}, IN_POST], Shape.GOOD, "In post", "In post since a date not known"),
        (
            [IN_POST | {"manager_since": day(-40)}, IN_POST | {"manager_since": day(-2000)}],
            Shape.GOOD, "In post", "In post since 24 December 2025",
        ),
        ([VACANT, {}], Shape.WATCH, "Vacant", "Vacant since a date not known"),
        (
            [VACANT | {"manager_since": day(-40)}, IN_POST | {"manager_since": day(-2000)}],
            Shape.WATCH, "Vacant", "Vacant since 24 December 2025",
        ),
    ],
)  # fmt: skip
def test_managers_of_several_services(
    office: Office, services: list[dict[str, object]], shape: Shape, word: str, sentence: str
) -> None:
    provider_of(office, *services)
    manager = row_of(office).manager
    assert (manager.shape, manager.word, manager.sentence) == (shape, word, sentence)


def test_the_list_and_the_page_say_the_same(sample: Office) -> None:
    for row in sample.providers.rows():
        page = sample.providers.page(row.uid)
        assert (page.provider.name, len(page.services)) == (row.name, row.services)
        assert (len(page.open_actions), len(page.overdue_actions)) == (row.open_actions, row.overdue_actions)
        overall = overall_rating(page.ratings, page.services, RatingScheme.CQC_OVERALL)
        assert (row.cqc, row.cqc_on) == (overall.status, overall.published)
        assert row.status == page.status
        assert row.next_visit == (page.next_visit.planned if page.next_visit else None)
        assert row.last_visit == (page.made_visits[0].made if page.made_visits else None)
        assert (f"on {row.agreements} agreement" in page.subtitle) == bool(row.agreements)
    assert sum(row.open_actions for row in sample.providers.rows()) > 10


def test_the_latest_rating_of_a_scheme_counts(office: Office) -> None:
    uid = provider_of(office, HOME)
    (service,) = office.providers.page(uid).services
    for value, published, scheme in (
        (RatingValue.GOOD, day(-900), RatingScheme.CQC_OVERALL),
        (RatingValue.INADEQUATE, day(-90), RatingScheme.CQC_OVERALL),
        (RatingValue.OUTSTANDING, day(-10), RatingScheme.CQC_SAFE),
        (RatingValue.GOOD, day(-5), RatingScheme.OURS),
    ):
        office.records.create(Rating(service=service.uid, scheme=scheme, value=value, published=published))
    row = row_of(office)
    assert (row.cqc.word, row.cqc.shape, row.cqc_on, row.ours.word) == ("Inadequate", Shape.ALERT, day(-90), "Good")


def test_nothing_recorded_is_not_known(office: Office) -> None:
    uid = provider_of(office)
    row = row_of(office)
    assert [status.word for status in (row.cqc, row.ours, row.manager)] == ["Not known"] * 3
    assert (row.last_visit, row.next_visit, row.cqc_on, row.local_authority) == (None, None, None, None)
    page = office.providers.page(uid)
    assert (page.status.word, page.status.sentence) == ("Not known", "No CQC rating is recorded.")
    assert (page.subtitle, page.service_name("gone"), page.question_set) == ("No services recorded", "Not known", "")


def test_actions_of_its_services_are_its_own(office: Office) -> None:
    uid = provider_of(office, HOME)
    other = provider_of(office, HOME, name="Birch Care")
    (service,) = office.providers.page(uid).services
    for title, values in {
        "By service": {"service": service.uid, "due": day(-3)},
        "By provider": {"provider": uid, "due": day(5)},
        "By both": {"provider": uid, "service": service.uid},
        "State not known": {"provider": uid, "state": None, "due": day(-1)},
        "Done": {"provider": uid, "state": ActionState.DONE},
        "Elsewhere": {"provider": other},
    }.items():
        office.records.create(Action(title=title, **values))
    page = office.providers.page(uid)
    assert [action.title for action in page.open_actions] == ["By service", "State not known", "By provider", "By both"]
    assert (page.status.shape, page.status.word) == (Shape.ALERT, "1 action overdue")
    assert page.status.sentence.startswith("Oldest 3 days late. ")
    rows = {row.name: row for row in office.providers.rows()}
    assert (rows["Alder Care"].open_actions, rows["Alder Care"].overdue_actions) == (4, 1)
    assert (rows["Birch Care"].open_actions, rows["Birch Care"].overdue_actions) == (1, 0)


def test_a_place_counts_from_its_first_day_to_its_last_and_with_its_agreement(office: Office) -> None:
    uid = provider_of(office)
    agreements = [office.records.create(Agreement(title=f"A{n}")).uid for n in range(6)]
    dates = [(None, None), (TODAY, TODAY), (day(1), None), (None, day(-1)), (day(-5), day(5)), (None, None)]
    for agreement, (admitted, left) in zip(agreements, dates, strict=True):
        office.records.create(Membership(provider=uid, agreement=agreement, admitted=admitted, left=left))
    office.records.create(Membership(provider=uid, agreement=agreements[0], zone="North"))
    office.records.archive("agreement", agreements[5])
    assert row_of(office).agreements == 3
    assert "on 3 agreements" in office.providers.page(uid).subtitle


@pytest.mark.parametrize(
    ("manager", "rating", "ours", "overdue", "word", "troubles"),
    [
        (None, None, None, False, "Not known", 0),
        (ManagerState.IN_POST, RatingValue.GOOD, RatingValue.GOOD, False, "Good", 0),
        (ManagerState.IN_POST, RatingValue.GOOD, RatingValue.POOR, False, "Ours: Poor", 1),
        (None, None, RatingValue.REQUIRES_IMPROVEMENT, False, "Ours: Requires improvement", 1),
        (ManagerState.VACANT, RatingValue.REQUIRES_IMPROVEMENT, RatingValue.POOR, False, "Ours: Poor", 3),
        (ManagerState.VACANT, RatingValue.INADEQUATE, RatingValue.POOR, False, "Inadequate", 3),
        (ManagerState.VACANT, RatingValue.GOOD, None, False, "Manager vacant", 1),
        (ManagerState.VACANT, RatingValue.INADEQUATE, None, False, "Inadequate", 2),
        (ManagerState.VACANT, None, None, False, "Manager vacant", 1),
        (ManagerState.VACANT, RatingValue.INADEQUATE, RatingValue.POOR, True, "1 action overdue", 4),
    ],
)
def test_the_chip_is_the_worst_of_what_is_recorded(
    office: Office,
    manager: ManagerState | None,
    rating: RatingValue | None,
    ours: RatingValue | None,
    overdue: bool,
    word: str,
    troubles: int,
) -> None:
    uid = provider_of(office, HOME | {"manager": manager, "manager_since": day(-40)})
    (service,) = office.providers.page(uid).services
    if rating:
        office.records.create(Rating(service=service.uid, value=rating, published=day(-30)))
    if ours:
        scheme = RatingScheme.OURS
        office.records.create(Rating(service=service.uid, scheme=scheme, value=ours, published=day(-3)))
    if overdue:
        office.records.create(Action(title="Late", provider=uid, due=day(-1)))
    row = row_of(office)
    assert (row.status.word, row.troubles) == (word, troubles)
    assert office.providers.page(uid).status == row.status
    assert row.status.days_late == overdue


def test_a_post_that_falls_vacant_later_is_not_vacant_yet(office: Office) -> None:
    uid = provider_of(office, HOME | {"manager": ManagerState.VACANT, "manager_since": day(9)})
    row = row_of(office)
    assert (row.manager.word, row.status.word, row.troubles) == ("Not known", "Not known", 0)
    assert office.providers.page(uid).status == row.status


def test_the_page_of_a_provider(office: Office) -> None:
    company = office.records.create(Organisation(name="Alder Group Ltd")).uid
    questions = office.records.create(QuestionSet(title="House standards", version="1")).uid
    uid = provider_of(office, HOME | {"client_groups": "Older people"}, company=company, sample=True)
    (service,) = office.providers.page(uid).services
    for planned, values in ((day(30), {}), (day(10), {"stage": None}), (day(-5), {})):
        office.records.create(Visit(service=service.uid, planned=planned, **values))
    for made in (day(-400), day(-40)):
        office.records.create(Visit(service=service.uid, planned=made, made=made, stage=VisitStage.FINAL))
    kpi = office.records.create(Kpi(provider=uid, title="Calls", measure=Measure.COUNT)).uid
    office.records.create(Measurement(kpi=kpi, ends=day(-10)))
    office.records.create(Document(provider=uid, title="Insurance"))
    page = office.providers.page(uid)
    assert page.subtitle == "Care home for older people, 45 beds  ·  Alder Group Ltd  ·  invented sample"
    assert page.next_visit is not None
    assert page.next_visit.planned == day(10)
    assert [visit.made for visit in page.made_visits] == [day(-40), day(-400)]
    assert page.service_name(service.uid) == "Alder House 1"
    assert ([sheet.kpi.title for sheet in page.kpis], len(page.documents)) == (["Calls"], 1)
    assert (page.company is not None, page.question_set) == (True, questions)
    office.records.create(QuestionSet(title="Draft", version="2", state=SetState.DRAFT))
    assert office.providers.page(uid).question_set == questions
    office.records.create(QuestionSet(title="Other", version="1"))
    assert office.providers.page(uid).question_set == ""
    with pytest.raises(NotFound, match="That provider is not in this desk"):
        office.providers.page("gone")


def test_archived_providers_only_if_asked(office: Office) -> None:
    uid = provider_of(office, HOME)
    office.records.archive("provider", uid)
    assert office.providers.rows() == ()
    (row,) = office.providers.rows(archived=True)
    assert (row.archived, row.services, row.subtitle) == (True, 0, "No services recorded")


def test_the_search_box_finds_more_than_the_name(office: Office) -> None:
    provider_of(office, HOME | {"client_groups": "Older people"}, postcode="PE29 3TN", cqc_provider_id="1-100000001")
    assert row_of(office).search == "PE29 3TN PE293TN 1-100000001 Older people"


def test_what_is_dated_after_today_stands_in_the_lists_of_a_provider_and_is_gone_by_nowhere(office: Office) -> None:
    provider = office.records.create(Provider(name="Fernbank")).uid
    service = office.records.create(Service(provider=provider, name="Fernbank House")).uid
    good = Rating(service=service, value=RatingValue.GOOD, published=TODAY)
    now, later = (
        office.records.create(one).uid
        for one in (good, replace(good, value=RatingValue.INADEQUATE, published=TODAY + timedelta(days=7)))
    )
    page = office.providers.page(provider)
    assert [rating.uid for rating in page.ratings] == [now]
    assert [rating.uid for rating in page.listed(page.ratings, Rating)] == [now, later]
    assert page.status.word == "Good"
    office.place.looks_at(TODAY - timedelta(days=1))
    page = office.providers.page(provider)
    assert page.listed(page.ratings, Rating) == (), "on a day in the past nothing later is there"
